"""Help: how the procedures go, drawn and told from their tables, and where a case stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.params import FromQuery
from markupsafe import Markup
from sqlmodel import Session

from congress.acts import PROCEEDINGS as CONGRESSES
from congress.disclosure.acts import PROCEEDINGS as DISCLOSURES
from congress.joint.acts import PROCEEDINGS as JOINT_MEETINGS
from congress.proposals.acts import PROCEEDINGS as PROPOSALS
from congress.rolls.acts import PROCEEDINGS as TERMS
from mediation.grievances.acts import PROCEEDINGS as GRIEVANCES
from mediation.warnings.acts import PROCEEDINGS as WARNINGS
from negotiation.acts import NEGOTIATIONS
from web import loaders
from web.dispatch import in_read
from web.pages import congress
from web.practice import today
from web.render import READER, page, translate
from web.sessions import is_signed_in
from workflow import diagram, journal
from workflow.case import Case
from workflow.law.rules import Citation, Rulebook, rulebook
from workflow.procedure import Act, Procedure
from workflow.proceedings import Proceedings
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_

PROCEDURES: Mapping[str, tuple[Proceedings[Any, Any], str]] = {
    NEGOTIATIONS.procedure.name: (NEGOTIATIONS, "comprehensive"),
    CONGRESSES.procedure.name: (CONGRESSES, "congress"),
    **{one.procedure.name: (one, "congress") for one in (TERMS, PROPOSALS, JOINT_MEETINGS, DISCLOSURES)},
    GRIEVANCES.procedure.name: (GRIEVANCES, "mediation"),
    WARNINGS.procedure.name: (WARNINGS, "mediation"),
}
"""Each with the kind whose national rules its articles are read from where no case is in hand."""

SEATS = {
    Seat.INITIATOR: N_("先提出协商要约的一方：工会方或者企业方。"),
    Seat.OTHER_SIDE: N_("收到要约、要书面答复的一方。"),
    Seat.UNION: N_("企业工会的主席和工会干部。没有工会的企业，由上级工会代为登记。"),
    Seat.WORKER_CHIEF: N_("职工方协商代表中的首席代表，一般由工会主席担任。"),
    Seat.WORKER_REPRESENTATIVE: N_("职工方确定的其他协商代表。"),
    Seat.EMPLOYER: N_("企业的法定代表人和经办人，比如人力资源部门的人员。"),
    Seat.EMPLOYER_CHIEF: N_("企业方协商代表中的首席代表，一般由法定代表人担任。"),
    Seat.EMPLOYER_REPRESENTATIVE: N_("企业方确定的其他协商代表。"),
    Seat.RECORDER: N_("双方共同确定的记录员，不是任何一方的代表。"),
    Seat.SUPERIOR_UNION: N_("企业工会的上级工会。看得到进展和期限，看不到双方各自的内部材料。"),
    Seat.AUTHORITY: N_("审查集体合同、协调处理争议的人力资源社会保障部门。"),
    Seat.CONGRESS: N_("职工代表大会。表决结果在职代会会议中确认以后，系统自动登记到协商案卷里。"),
    Seat.MEETING_CHAIR: N_("主持职代会会议的执行主席。"),
    Seat.TELLER: N_("职代会会议的监票人和计票人，两人各自登记计票单。"),
    Seat.DELEGATE: N_("名册上的职工代表，有账户的在系统里阅读会议材料、提出意见和提案。"),
    Seat.PROPOSER: N_("提出这件提案的职工代表。"),
    Seat.WORKER: N_("反映诉求的职工本人，有账户的可以自己登记、评价和撤回。"),
    Seat.WATCH: N_("不是人：争议达到预警条件时由系统自动登记的事。"),
    Seat.CLOCK: N_("不是人：法定期限届满以后由系统自动登记的事。"),
}
"""Who sits where, for people who have never seen the word."""

NEGOTIATORS = {Seat.UNION, Seat.WORKER_CHIEF, Seat.EMPLOYER, Seat.EMPLOYER_CHIEF}

AFTER = 4
"""An act open in more stages than this is told once, apart from the stages."""


@dataclass(frozen=True)
class Told:
    """An act as the help tells it."""

    act: Act[Any]
    who: str
    whence: str
    leads: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Shown:
    """A procedure on a page."""

    procedure: Procedure[Any]
    picture: Markup
    groups: list[tuple[str, list[Told]]]


@get("/help")
async def index() -> Response[str]:
    return await in_read(_index)


@get("/help/flow", guards=[is_signed_in])
async def flow(case: FromQuery[int | None] = None, meeting: FromQuery[int | None] = None) -> Response[str]:
    """The picture with a negotiation's or a congress meeting's state marked; without either, the picture alone."""
    if case is not None:
        return await in_read(_of_negotiation, case)
    if meeting is not None:
        return await in_read(_of_meeting, meeting)
    return await in_read(_index)


def _index(db: Session) -> Response[str]:
    shown = [_shown(name, today(db)) for name in PROCEDURES]
    taken = {seat for one in shown for act in one.procedure.acts.values() for seat in act.by}
    return page("pages/help/index.html", shown=shown, seats={seat: told for seat, told in SEATS.items() if seat in taken})


def _of_negotiation(db: Session, case_id: int) -> Response[str]:
    case, _sight = loaders.seen(db, _person(), case_id)
    return _of_case(db, NEGOTIATIONS, case, case.title, f"/negotiations/{case.id}")


def _of_meeting(db: Session, case_id: int) -> Response[str]:
    meeting = congress.load(db, _person(), case_id, False)
    return _of_case(db, CONGRESSES, meeting, meeting.title, f"/congress/{meeting.id}")


def _of_case(db: Session, proceedings: Proceedings[Any, Any], case: Case, title: str, address: str) -> Response[str]:
    on, procedure = today(db), proceedings.procedure
    rules = proceedings.rules(db, case)
    entries = journal.entries(db, procedure.name, case.id or 0)
    been = {state for entry in entries for state in (entry.state_from, entry.state_to)} - {case.state}
    told = [_told(procedure, act, rules, on) for act in procedure.acts.values() if case.state in procedure.sources(act.name)]
    return page(
        "pages/help/flow.html",
        case=case,
        case_title=title,
        address=address,
        state=procedure.states[case.state],
        been=been,
        picture=_picture(procedure, rules, on, here=case.state, been=been),
        label=procedure.label,
        acts=told,
    )


def _person() -> int:
    person = READER.get().person
    assert person is not None and person.id is not None
    return person.id


def _shown(name: str, on: date) -> Shown:
    proceedings, kind = PROCEDURES[name]
    procedure, rules = proceedings.procedure, rulebook("000000", kind)
    return Shown(procedure, _picture(procedure, rules, on), _groups(procedure, rules, on))


def _picture(procedure: Procedure[Any], rules: Rulebook, on: date, *, here: str | None = None, been: set[str] | None = None) -> Markup:
    def cite(rule_id: str) -> str:
        found = rules.find(rule_id, on)
        return str(found.citations[0]) if found is not None and found.citations else diagram.article_of(rule_id)

    return Markup(diagram.svg(procedure, here, translate, been=been or (), cite=cite))


def _groups(procedure: Procedure[Any], rules: Rulebook, on: date) -> list[tuple[str, list[Told]]]:
    """The acts by the stage they belong to first; those of many stages at the end."""
    found: dict[str, list[Told]] = {}
    for act in procedure.acts.values():
        states = [s for s in procedure.states if s in procedure.sources(act.name)]
        place = procedure.states[states[0]] if len(states) <= AFTER else N_("好几个阶段都可以办的事")
        found.setdefault(place, []).append(_told(procedure, act, rules, on))
    order = [*procedure.states.values(), N_("好几个阶段都可以办的事")]
    return sorted(found.items(), key=lambda group: order.index(group[0]))


def _told(procedure: Procedure[Any], act: Act[Any], rules: Rulebook, on: date) -> Told:
    rows = [row for row in procedure.rows if row.name == act.name]
    states = [s for s in procedure.states if s in procedure.sources(act.name)]
    stays = set(states) >= set(procedure.states) - procedure.final
    leads = [s for s in procedure.states if s in {row.to for row in rows if row.to is not None and not row.back}]
    return Told(
        act,
        _who(act),
        _listed([N_("任何阶段")] if stays else [procedure.states[s] for s in states]),
        _listed([procedure.states[s] for s in leads] + ([N_("退回原来的阶段")] if any(row.back for row in rows) else [])),
        _cited(act, rules, on),
    )


TOGETHER = (
    ({*NEGOTIATORS, *(Seat.WORKER_REPRESENTATIVE, Seat.EMPLOYER_REPRESENTATIVE)}, N_("双方的任何代表")),
    (NEGOTIATORS, N_("双方中的任何一方")),
    ({Seat.WORKER_CHIEF, Seat.EMPLOYER_CHIEF}, N_("双方中的任何一名首席代表")),
)
"""Seats that are named together, the larger company first."""


def _who(act: Act[Any]) -> str:
    if act.joint:
        return translate(N_("双方首席代表"))
    by, named = set(act.by), []
    for company, name in TOGETHER:
        if company <= by:
            by -= company
            named.append(name)
    return _listed([*named, *(SEAT_LABELS[seat] for seat in Seat if seat in by)])


def _listed(labels: Sequence[str]) -> str:
    return translate(N_("、")).join(map(translate, labels))


def _cited(act: Act[Any], rules: Rulebook, on: date) -> tuple[Citation, ...]:
    found = [rule for rule in (rules.find(one, on) for one in act.under) if rule is not None]
    return tuple(dict.fromkeys(rule.citations[0] for rule in found if rule.citations))


routes = (index, flow)
