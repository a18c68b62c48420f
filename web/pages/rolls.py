"""Terms and rolls of a congress: the list, setting one up, its file, and the import of a roll by upload, preview and confirmation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, col, select

from congress import queries as congresses
from congress.models import CongressMeeting
from congress.rolls import acts, forms, queries, sheet
from congress.rolls.composition import Measure, measured
from congress.rolls.facts import Facts
from congress.rolls.models import CongressTerm, Constituency, Delegate
from congress.rolls.procedure import TERM
from congress.rolls.telling import more, tell
from congress.terms import FORM_LABELS, LEAVING_LABELS, MANNER_LABELS, POST_LABELS, TermState
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.downloads import attachment, named
from web.fields import shown
from web.pages.congress_file import Closed, Offer, Period, Stage, Told
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, left, page, redirect, translate, urgency
from web.sessions import is_signed_in
from workflow import deadlines, journal
from workflow.deadlines import STATUS_LABELS, Status
from workflow.evidence import Blob, Evidence
from workflow.forms import Invalid, invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor, How, Refused, Standing
from workflow.proceedings import locked
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, say

ADDRESS = "/congress/terms"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 300
"""Rows of a preview that are printed."""

NOUNS = {
    "arrange": "arrangement",
    "import_roll": "import",
    "register_delegate": "delegate",
    "strike_delegate": "striking",
    "confirm_roll": "confirmation",
    "by_elect": "by-election",
    "replace_delegate": "replacement",
    "recall": "recall",
    "end_seat": "end-of-seat",
    "enrol": "enrolment",
    "correct_delegate": "correction",
    "name_leader": "leader",
    "form_committee": "committee",
    "change_committee": "committee-members",
    "dissolve_committee": "end-of-committee",
    "invite": "attendee",
    "uninvite": "end-of-attendance",
    "extend": "extension",
    "end_term": "end",
}

for _form in (forms.NewTerm, forms.Arrange):
    shown(_form.model_fields["constituencies"], blank=6)
for _list in (forms.FormCommittee, forms.ChangeCommittee):
    shown(_list.model_fields["members"], blank=5)

# ---- routes


@get(ADDRESS, guards=[is_signed_in])
async def index() -> Response[str]:
    return await in_read(_index)


@get(f"{ADDRESS}/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_new_page, {}, {})


@post(f"{ADDRESS}/new", guards=[is_signed_in])
async def create(request: AnyRequest) -> Response[str]:
    return await in_write(_create, await posted(request))


@get(f"{ADDRESS}/{{case_id:int}}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@get(f"{ADDRESS}/{{case_id:int}}/files/{{file_id:int}}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


@get(f"{ADDRESS}/{{case_id:int}}/roll/template", guards=[is_signed_in])
async def show_template(case_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_template, case_id)


@post(f"{ADDRESS}/{{case_id:int}}/roll/preview", guards=[is_signed_in], status_code=200)
async def show_preview(request: AnyRequest, case_id: FromPath[int]) -> Response[str]:
    return await in_read(_preview, case_id, await posted(request))


@post(f"{ADDRESS}/{{case_id:int}}/roll/marked", guards=[is_signed_in], status_code=200)
async def show_marked(request: AnyRequest, case_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_marked, case_id, await posted(request))


@get("/congress/{case_id:int}/roll", guards=[is_signed_in])
async def show_frozen(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_frozen, case_id)


# ---- the list, and a new one


@dataclass(frozen=True)
class Line:
    """A term in the list."""

    term: CongressTerm
    body: str
    form: str
    state: str
    size: int


def _index(db: Session) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    terms = queries.visible_terms(db, person, on)
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({t.organisation_id for t in terms})))}
    sizes = queries.sizes(db, [t.id or 0 for t in terms])
    lines = [Line(t, bodies[t.organisation_id], FORM_LABELS[t.form], TERM.states[t.state], sizes.get(t.id or 0, 0)) for t in terms]
    return page("pages/congress/terms.html", lines=lines, may_set_up=bool(congresses.may_convene(db, person, on)))


def _new_page(db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    bodies = congresses.may_convene(db, CASEWORK.person(), today(db))
    if not bodies:
        raise NotFoundException
    return page(
        "pages/congress/new_term.html",
        status=422 if errors else 200,
        form=forms.NewTerm,
        values={"organisation": bodies[0].id, "form": "congress", "years": 5} | dict(values),
        errors=errors,
        choices={"organisation": {str(o.id): o.name for o in bodies}},
    )


def _create(db: Session, sent: Posted) -> Response[str]:
    try:
        sent.check()
        term = acts.set_up(db, forms.NewTerm.read(sent.values), by=CASEWORK.person(), today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, sent.values, error.errors)
    return redirect(f"{ADDRESS}/{term.id}", say(N_("已经登记。接着登记名册：从Excel导入，或者逐个登记。")))


# ---- one term


@dataclass(frozen=True)
class Member:
    delegate: Delegate
    post: str
    manner: str
    why_left: str
    replaces: str


@dataclass(frozen=True)
class Group:
    """A constituency with those who hold its seats."""

    constituency: Constituency
    members: tuple[Member, ...]
    free: int


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    term = load(db, person, case_id, False)
    facts, by = queries.facts(db, term, on), queries.actor(db, term, person, on)
    roll = standing_roll(facts, on)
    entries = journal.entries(db, TERM.name, term.id or 0)
    standings = TERM.explain(term.state, facts, by, on)
    measures = measured(facts, roll, on)
    return page(
        "pages/congress/term.html",
        case=term,
        body=facts.body,
        form=FORM_LABELS[term.form],
        is_assembly=facts.is_assembly,
        stages=_stages(term, entries),
        can=sorted((_offer(term, s) for s in standings if s.open and s.how is How.SELF), key=lambda offer: not offer.main),
        cannot=[Closed(s.act.label, s.reasons) for s in standings if s.here and not s.open and s.act.by & by.seats and not _is_foreign(s)],
        groups=[Group(c, tuple(_member(facts, d) for d in facts.of(c, roll)), facts.free(c)) for c in facts.constituencies],
        left=[_member(facts, d) for d in sorted(facts.delegates, key=lambda d: (d.until or date.max, d.id or 0), reverse=True) if d.until],
        places={c.id: c.name for c in facts.constituencies},
        roll=roll,
        seats=sum(c.seats for c in facts.constituencies),
        counts=_counts(roll),
        measures=measures,
        short=[m for m in measures if m.met is False] if roll else [],
        attendees=[a for a in facts.attendees if a.until is None],
        committees=[(c, facts.members_of(c)) for c in facts.committees if c.until is None],
        periods=_periods(db, term, facts),
        meetings=db.exec(_meetings(term)).all() if by.seats & {Seat.UNION, Seat.EMPLOYER} else [],
        files=_files(db, term) if Seat.UNION in by.seats else [],
        entries=[Told(e.done_on, SEAT_LABELS[Seat(e.seat)], tell(e, facts), more(e), e.seq) for e in reversed(entries)],
    )


def standing_roll(facts: Facts, on: date) -> tuple[Delegate, ...]:
    """The roll as it stands: before the term begins all who were registered, after its end those who held a seat to the last."""
    return facts.roll(on) if facts.term.state == TermState.SERVING else facts.elected()


def _member(facts: Facts, delegate: Delegate) -> Member:
    before = next((d.name for d in facts.delegates if d.id == delegate.replaces_id), "")
    return Member(
        delegate, POST_LABELS[delegate.post], MANNER_LABELS[delegate.manner], LEAVING_LABELS.get(delegate.why_left or "", ""), before
    )


def _counts(roll: Sequence[Delegate]) -> list[tuple[str, int]]:
    posts = [(label, sum(d.post == post for d in roll)) for post, label in POST_LABELS.items()]
    return [
        (N_("女"), sum(d.female for d in roll)),
        *posts,
        (N_("劳务派遣"), sum(d.dispatched for d in roll)),
        (N_("35周岁以下"), sum(d.young for d in roll)),
    ]


def _meetings(term: CongressTerm) -> Any:
    return (
        select(CongressMeeting)
        .where(
            CongressMeeting.organisation_id == term.organisation_id, CongressMeeting.form == term.form, CongressMeeting.term == term.number
        )
        .order_by(col(CongressMeeting.held_on).desc())
    )


def _files(db: Session, term: CongressTerm) -> Sequence[Evidence]:
    query = select(Evidence).where(Evidence.case_kind == TERM.name, Evidence.case_id == term.id)
    return db.exec(query.order_by(col(Evidence.id).desc())).all()


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    """What proves a change of the roll is for the union that keeps it."""
    person, on = CASEWORK.person(), today(db)
    term = load(db, person, case_id, False)
    found = _files(db, term) if Seat.UNION in queries.seats_of(db, term, person, on) else []
    file = next((f for f in found if f.id == file_id), None)
    if file is None:
        raise NotFoundException
    blob = db.get_one(Blob, file.sha256)
    return attachment(blob.data, blob.media_type, named(file.name, blob), inline=False)


def _stages(term: CongressTerm, entries: Sequence[journal.Entry]) -> list[Stage]:
    index = next(i for i, (_, _, states) in enumerate(TERM.stages) if term.state in states)
    over = term.state == TermState.ENDED
    came = {e.state_to: e.done_on for e in reversed(entries)}
    found = []
    for place, (_, label, states) in enumerate(TERM.stages):
        day = next((came[s] for s in states if s in came), None)
        mark = "done" if place < index or over else "now" if place == index else "later"
        found.append(Stage(label, mark, N_("未开始") if mark == "later" or day is None else say(N_("{day}起"), day=day)))
    return found


def _offer(term: CongressTerm, standing: Standing[Facts]) -> Offer:
    return Offer(CASEWORK.href(term, standing.act.name), standing.act.label, standing.act.gist, standing.act.main)


def _is_foreign(standing: Standing[Facts]) -> bool:
    """An act of assemblies on the page of a congress, or the other way about: it will never be open."""
    return any(reason.rule == "CONG-OR-ASSEMBLY" for reason in standing.reasons)


def _periods(db: Session, term: CongressTerm, facts: Facts) -> list[Period]:
    events = {e.id: e for e in deadlines.events(db, TERM.name, term.id or 0)}
    rule = facts.rules.find("CONG-TERM", term.since)
    found = []
    for one in deadlines.deadlines(db, TERM.name, term.id or 0):
        if one.status == Status.STOPPED:
            continue
        running, ended = one.status == Status.RUNNING, events.get(one.end_id)
        said = say(N_("{status}（{day}）"), status=Word(STATUS_LABELS[Status(one.status)]), day=ended.on) if ended else ""
        found.append(
            Period(
                label=TERM.clock(one.rule).label,
                span=say(N_("{day}到期"), day=one.due),
                status=left(one.due) if running else said,
                derivation="",
                citations=rule.citations if rule else (),
                mark=(urgency(one.due) or "now") if running else "done",
                tag=N_("法定"),
            )
        )
    return found


def load(db: Session, person_id: int, case_id: int, lock: bool) -> CongressTerm:
    """The term whose roll this person may see, or 404."""
    term = db.get(CongressTerm, case_id) if 0 < case_id < 2**63 else None
    if term is None or not queries.visible_to(db, term, person_id, today(db)):
        raise NotFoundException
    return locked(db, CongressTerm, case_id) if lock else term


# ---- the import


def _template(db: Session, case_id: int) -> Response[bytes]:
    term = load(db, CASEWORK.person(), case_id, False)
    names = [c.name for c in queries.facts(db, term, today(db)).constituencies]
    return attachment(sheet.template(term.title, names), XLSX, f"{term.title}名册模板.xlsx", inline=False)


def _preview(db: Session, case_id: int, sent: Posted) -> Response[str]:
    """What the file holds, and what the roll would be; nothing is stored but the file itself."""
    term, facts, act = _importing(db, case_id)
    try:
        sent.check()
        form = forms.ImportRoll.read({"document": sent.values.get("document", [])})
        blob = db.get(Blob, form.document[0].sha256)
        if blob is None:
            raise invalid("document", N_("文件“{name}”没有上传成功，请重新选择。"), name=form.document[0].name)
    except Invalid as error:
        return _import_page(db, term, facts, act, errors=error.errors)
    found = acts.read_roll(facts, blob.data)
    delegates = acts.drawn_up(db, facts, found.rows, today(db))
    measures: list[Measure] = measured(facts, delegates, max(today(db), term.since))
    return page(
        "pages/congress/import_preview.html",
        status=422 if found.faults else 200,
        case=term,
        work=CASEWORK,
        file=form.document[0].model_dump(),
        found=found,
        faults=found.faults[:SHOWN],
        more=max(0, len(found.faults) - SHOWN),
        can_be_marked=any(fault.at for fault in found.faults),
        groups=[(c, [row for row in found.rows if row.constituency == c.name]) for c in facts.constituencies],
        shown=SHOWN,
        posts=POST_LABELS,
        before=len(facts.delegates),
        counts=_counts(delegates),
        measures=measures,
    )


def _marked(db: Session, case_id: int, sent: Posted) -> Response[bytes]:
    _term, facts, _act = _importing(db, case_id)
    sent.check()
    form = forms.ImportRoll.read({"document": sent.values.get("document", [])})
    blob = db.get(Blob, form.document[0].sha256)
    if blob is None:
        raise NotFoundException
    found = acts.read_roll(facts, blob.data)
    if not any(fault.at for fault in found.faults):
        raise NotFoundException
    name = form.document[0].name.removesuffix(".xlsx")
    return attachment(sheet.marked(blob.data, found, translate), XLSX, f"{name}（标出错处）.xlsx", inline=False)


def _importing(db: Session, case_id: int) -> tuple[CongressTerm, Facts, Standing[Facts]]:
    """Raises `Refused` for whoever may not import now."""
    person, on = CASEWORK.person(), today(db)
    term = load(db, person, case_id, False)
    facts = queries.facts(db, term, on)
    standing = TERM.standing("import_roll", term.state, facts, queries.actor(db, term, person, on), on)
    if not standing.open:
        raise Refused("import_roll", standing.act.label, standing.reasons)
    return term, facts, standing


def _import_page(
    db: Session, term: CongressTerm, facts: Facts, standing: Standing[Facts], *, errors: Mapping[str, Sequence[Sentence]]
) -> Response[str]:
    return page(
        CASEWORK.templates["import_roll"],
        status=422 if errors else 200,
        case=term,
        work=CASEWORK,
        act=standing.act,
        form=forms.ImportRoll,
        errors=errors,
        values={},
        before=len(facts.delegates),
    )


# ---- the roll of a meeting


def _frozen(db: Session, case_id: int) -> Response[str]:
    """The roll of a meeting as it stood when it opened, for whoever sees the meeting."""
    meeting = db.get(CongressMeeting, case_id) if 0 < case_id < 2**63 else None
    if meeting is None or not congresses.visible_to(db, meeting, CASEWORK.person(), today(db)):
        raise NotFoundException
    entries = queries.frozen_roll(db, meeting)
    if not entries:
        raise NotFoundException
    return page("pages/congress/frozen_roll.html", case=meeting, entries=entries)


# ---- the acts


def choices(db: Session, term: CongressTerm, facts: Facts, act: str, by: Actor) -> dict[str, dict[str, str]]:
    places = {c.id: c.name for c in facts.constituencies}
    holders = {str(d.id): _named(d, places) for d in facts.elected()}
    found: dict[str, dict[str, str]] = {"constituency": {str(c.id): c.name for c in facts.constituencies}}
    match act:
        case "strike_delegate" | "recall" | "end_seat" | "name_leader" | "correct_delegate":
            return {"delegate": holders}
        case "replace_delegate":
            return found | {"replaces": holders}
        case "by_elect":
            return found | {"replaces": {str(d.id): _named(d, places) for d in facts.vacancies()}}
        case "change_committee" | "dissolve_committee":
            return {"committee": {str(c.id): c.name for c in facts.committees if c.until is None}}
        case "uninvite":
            return {"attendee": {str(a.id): f"{a.name}　{a.job}" for a in facts.attendees if a.until is None}}
    return found


def _named(delegate: Delegate, places: Mapping[int | None, str]) -> str:
    return f"{delegate.name}（{places[delegate.constituency_id]}）"


def begins(db: Session, term: CongressTerm, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    if act == "arrange":
        years = term.first_until.year - term.since.year + (term.first_until.month > term.since.month)
        rows = [{"name": c.name, "seats": c.seats} for c in facts.constituencies]
        return {"since": term.since, "years": max(1, years), "constituencies": rows}
    if act == "change_committee":
        standing = [c for c in facts.committees if c.until is None]
        chosen = next((c for c in standing if str(c.id) == query.get("committee")), standing[0] if len(standing) == 1 else None)
        rows = [{"name": m.name, "heads": m.heads} for m in facts.members_of(chosen)] if chosen else []
        return {"committee": chosen.id if chosen else None, "members": rows}
    if act == "correct_delegate":
        return {"delegate": query.get("delegate")}
    begun: dict[str, Any] = {"post": "frontline", "manner": "direct", "dispatched": False, "young": False}
    for name, options in choices(db, term, facts, act, by).items():
        if query.get(name) in options:
            begun[name] = query[name]
    return begun


def _beside(db: Session, term: CongressTerm, facts: Facts, act: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"before": len(facts.delegates)} if act == "import_roll" else {}


CASEWORK: Casework[CongressTerm, Facts] = Casework(
    acts.PROCEEDINGS,
    ADDRESS,
    NOUNS,
    lambda term: term.title,
    load,
    choices,
    begins,
    beside=_beside,
    templates={"import_roll": "pages/congress/import.html"},
)

routes = (index, show_new, create, show, show_file, show_template, show_preview, show_marked, show_frozen, *CASEWORK.routes())
