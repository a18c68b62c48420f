"""Every act of a negotiation with nothing, nonsense, too much, and what belongs to another case: a sentence, and nothing is stored."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import UnionType
from typing import Any, Union, get_args, get_origin

import pytest
from sqlalchemy import func
from sqlmodel import Session, col, select

from congress.models import CongressMeeting
from negotiation.acts import NEGOTIATIONS
from negotiation.facts import Facts
from negotiation.forms import NO_ACCOUNT, PIECES
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from tests.cases import stages
from tests.cast import WORKERS, noon, paper
from tests.databases import copied
from web.casework import needed
from web.dispatch import House
from web.fields import extra
from web.tables import metadata
from workflow.documents.issue import Document
from workflow.forms import FormModel, Invalid
from workflow.joint import Motion
from workflow.procedure import Actor, Refused
from workflow.proceedings import do, locked
from workflow.seats import Seat

IN_WORDS = re.compile(r"[\u4e00-\u9fff].*[。？]\Z", re.DOTALL)
"""A Chinese sentence, with its full stop."""


@dataclass(frozen=True)
class Standing:
    case_id: int
    people: dict[str, int]
    today: date
    facts: Facts
    motion: int | None
    """What waits for an answer."""
    meeting: int | None
    """Of the congress, being prepared."""
    token: str | None
    """Of a document that was issued."""


@dataclass(frozen=True)
class Place:
    """One database with a case in every stage, and a scan to hand in."""

    house: House
    cases: dict[str, Standing]
    scan: list[dict[str, str]]
    wrong: list[str] = field(default_factory=list)
    """What was not answered as it should be."""


@dataclass(frozen=True)
class Way:
    """How an act is done well: in which stage, by whom, with what."""

    stage: str
    by: str
    sent: Callable[[Facts, Place], dict[str, Any]] = lambda facts, place: {}


def first(rows: Any) -> Any:
    return next(iter(rows)).id


def _scan(facts: Facts, place: Place) -> dict[str, Any]:
    return {"evidence": place.scan}


def _reason(facts: Facts, place: Place) -> dict[str, Any]:
    return {"reason": "双方商定"}


DOSSIER = {"authority": "市人社局", "copies": 3, "pieces": list(PIECES)}
WAYS: dict[str, Way] = {
    "edit_offer": Way("drafted", "李敏", lambda f, p: {"subject": "工资", "proposed_on": "2026-04-01", "proposed_place": "会议室"}),
    "offer": Way("drafted", "李敏"),
    "record_receipt": Way("sent", "陈静", lambda f, p: {"received": "2026-03-04", "means": "return_slip", "reference": "EX1"}),
    "accept_offer": Way("offered", "陈静", lambda f, p: {"proposed_on": "2026-03-20", "proposed_place": "会议室", "statement": "同意"}),
    "decline_offer": Way("offered", "陈静", lambda f, p: {"reasons": "尚未到期", "matters": ["LAYOFF"]}),
    "press": Way("offered", "李敏", lambda f, p: dict(stages.LETTER)),
    "record_reply": Way("offered", "陈静", lambda f, p: {"letter": first(f.letters), "reply": "收悉"}),
    "appoint": Way("preparing", "李敏", lambda f, p: {"side": "workers", "representatives": WORKERS}),
    "replace": Way(
        "preparing",
        "李敏",
        lambda f, p: {"outgoing": f.workers.members[-1].id, "why": "病假", "name": "蒋涛", "post": "车工", "produced": "union_selection"},
    ),
    "vacate": Way("preparing", "李敏", lambda f, p: {"representative": f.workers.members[-1].id, "why": "病假"}),
    "publish_representatives": Way("preparing", "李敏"),
    "name_recorder": Way("preparing", "李敏", lambda f, p: {"name": "书记员"}),
    "notify_upper": Way("preparing", "李敏", lambda f, p: {"told": "时间、地点"}),
    "request_information": Way("preparing", "陈静", lambda f, p: {"what": "职工意见"}),
    "disclose": Way("preparing", "陈静", lambda f, p: {"request": first(f.requests), "answer": "见附件"}),
    "convene": Way(
        "preparing",
        "李敏",
        lambda f, p: {"held_on": "2026-03-16", "held_time": "09:30", "place": "会议室", "agenda": "工资", "chair": "joint"},
    ),
    "minute": Way(
        "consulting",
        "孙洁",
        lambda f, p: {
            "meeting": f.meetings[-1].id,
            "present": "双方",
            "record": "讨论",
            "signed": "both",
            "agreed": "一",
            "open_points": "二",
        },
    ),
    "lay_out": Way("consulting", "王强", lambda f, p: {"clauses": [{"head": "other", "heading": "其他", "text": "设劳模津贴。"}]}),
    "propose": Way("consulting", "王强", lambda f, p: {"head": "other", "heading": "其他", "text": "设劳模津贴。", "reason": "激励"}),
    "counter": Way("consulting", "陈静", lambda f, p: {"clause": first(f.clauses), "based_on": f.clauses[0].text_id, "text": "另拟。"}),
    "withdraw_proposal": Way("consulting", "王强", lambda f, p: {"clause": first(f.clauses)}),
    "agree_clause": Way("consulting", "李敏", lambda f, p: {"clause": first(f.clauses), "text": f.clauses[0].text_id}),
    "defer_clause": Way("consulting", "李敏", lambda f, p: {"clause": first(f.clauses), "reason": "后议"}),
    "set_terms": Way(
        "consulting",
        "王强",
        lambda f, p: {
            "term_from": "2026-05-01",
            "term_until": "2027-04-30",
            "lowest_wage": "3000",
            "local_minimum": "2740",
            "local_minimum_source": "沪人社规〔2025〕12号",
            "daily_hours": 8,
            "weekly_hours": 40,
            "wages": [{"post": "一线工", "persons": 200, "before": "6000", "after": "6360"}],
        },
    ),
    "suspend": Way("agreed", "李敏", lambda f, p: dict(stages.BREAK)),
    "suspend_for_force_majeure": Way("consulting", "韩文博", lambda f, p: {"reason": "洪水", "evidence": p.scan}),
    "resume": Way("suspended", "李敏", lambda f, p: {"early": True}),
    "refer": Way("consulting", "李敏", lambda f, p: {"open_items": "工资"}),
    "accept_coordination": Way("referred", "郑楠"),
    "decline_coordination": Way("referred", "郑楠", _reason),
    "withdraw_referral": Way("referred", "李敏", _reason),
    "extend_coordination": Way("coordinating", "郑楠", _reason),
    "coordinate": Way("coordinating", "郑楠", lambda f, p: {"agreed": "涨5%", "left_open": "津贴", "evidence": p.scan}),
    "coordination_fails": Way("coordinating", "郑楠", _reason),
    "settle": Way("agreed", "李敏"),
    "reopen": Way("settled", "李敏", _reason),
    "submit_to_congress": Way("settled", "李敏", lambda f, p: {"meetings": [p.cases["settled"].meeting]}),
    "withdraw_from_congress": Way("submitted", "李敏", _reason),
    "meeting_failed": Way("submitted", "李敏", lambda f, p: {"reason": "改期", "evidence": p.scan}),
    "adopt": Way("passed", "李敏", _scan),
    "reject": Way("failed", "李敏", _scan),
    "void_adoption": Way("adopted", "李敏", lambda f, p: {"reason": "撤销", "evidence": p.scan}),
    "notify_passage": Way("adopted", "李敏", lambda f, p: {"received": "2026-04-12", "means": "return_slip", "reference": "EX2"}),
    "sign": Way("adopted", "李敏", lambda f, p: {"confirmed": True, "sealed": True}),
    "hand_in": Way("signed", "陈静", lambda f, p: {"piece": "licence", "evidence": p.scan}),
    "file": Way("signed", "陈静", lambda f, p: dict(DOSSIER)),
    "record_filing_receipt": Way("handed_in", "郑楠", lambda f, p: {"received": "2026-04-17", "number": "收1号"}),
    "ask_supplement": Way("filed", "郑楠", lambda f, p: {"what": "会议记录", "by": "2026-04-27"}),
    "supplement": Way("incomplete", "陈静"),
    "object": Way("filed", "郑楠", lambda f, p: {"number": "审1号", "served": "2026-04-20", "opinion": "不合法"}),
    "approve": Way("filed", "郑楠", lambda f, p: {"number": "审1号", "served": "2026-04-20", "opinion": "没有异议"}),
    "renegotiate": Way("objected", "李敏"),
    "withdraw_filing": Way("filed", "李敏", _reason),
    "publish": Way("in_force", "李敏", lambda f, p: {"form": "board", "place": "公告栏"}),
    "report_upper": Way("in_force", "李敏"),
    "list_obligations": Way(
        "in_force",
        "李敏",
        lambda f, p: {
            "obligations": [{"clause": first(f.clauses), "what": "增资", "owner": "employer", "due": "2026-12-31", "every_months": 12}]
        },
    ),
    "start_round": Way(
        "in_force",
        "李敏",
        lambda f, p: {"period_from": "2026-05-07", "period_until": "2026-05-10", "members": "双方各两人", "method": "查阅资料"},
    ),
    "record_finding": Way(
        "in_review", "李敏", lambda f, p: {"obligation": first(f.obligations), "result": "not", "note": "未发", "correct_by": "2026-12-01"}
    ),
    "record_correction": Way("in_review", "陈静", lambda f, p: {"finding": f.findings[-1].id, "correction": "已补"}),
    "close_round": Way("reviewed", "李敏", lambda f, p: {"conclusion": "完成"}),
    "report_round": Way("in_review", "李敏", lambda f, p: {"round": first(f.rounds)}),
    "publish_performance": Way("in_force_there", "陈静", lambda f, p: {"form": "board", "place": "公告栏"}),
    "amend": Way("in_force", "李敏", _reason),
    "terminate": Way("in_force", "李敏", _reason),
    "renew": Way("reviewed", "李敏"),
    "succeed": Way("in_force", "陈静", lambda f, p: {"how": "merger", "successor": "重工公司", "facts": "合并", "evidence": p.scan}),
    "discard": Way("drafted", "李敏", _reason),
    "give_up": Way("offered", "李敏", _reason),
    "give_up_jointly": Way("agreed", "李敏", _reason),
    "end_by_law": Way("in_force", "陈静", lambda f, p: {"ground": "bankrupt", "facts": "破产", "evidence": p.scan}),
    "correct_date": Way(
        "offered",
        "陈静",
        lambda f, p: {"event": next(e.id for e in f.events if e.name == "REQUEST_RECEIVED"), "to": "2026-03-04", "reason": "更正"},
    ),
    "dispute_entry": Way("offered", "陈静", lambda f, p: {"seq": 2, "reason": "不实"}),
    "decline_motion": Way("consulting", "李敏", lambda f, p: {"motion": p.cases["consulting"].motion, "reason": "不同意"}),
    "record_enterprise_result": Way("several", "吴磊", lambda f, p: {"enterprise": f.covered[0].organisation_id, "recognised": True}),
    "file_by_union": Way("several_signed", "吴磊", lambda f, p: dict(DOSSIER)),
    "issue_document": Way("consulting", "李敏", lambda f, p: {"document": "representatives", "subject": "workers"}),
    "keep_scan": Way("offered", "李敏", lambda f, p: {"document": p.cases["offered"].token, "evidence": p.scan}),
    "withdraw_motion": Way("consulting", "韩文博", lambda f, p: {"motion": p.cases["consulting"].motion, "reason": "不提了"}),
}
SWEPT = {"in_force", "in_force_there", "in_review", "reviewed"}
"""Made by the passing of time, which would pass for the others as well: these come first."""
REGIONS = (
    *("310101", "310104", "310105", "310106", "310107", "310109", "310110", "310112", "310113", "310114", "310115", "310116", "310117"),
    *("310118", "310120", "310151", "340100", "340200", "340300", "340400", "340500", "340600", "340700", "340800"),
)
"""One for each case: Shanghai, then Anhui, where nothing local is in force."""


@pytest.fixture(scope="module")
def place(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Made once: whatever is tried here leaves it as it was."""
    with copied(template, tmp_path_factory.mktemp("bad_input")) as database:
        house = House(database)
        made: dict[str, Standing] = {}
        regions = iter(REGIONS)
        for name in sorted({way.stage for way in WAYS.values()}, key=lambda name: (name not in SWEPT, name)):
            chongqing = name == "in_force_there"
            stage = stages.in_force if chongqing else getattr(stages, name)

            def make(db: Session, stage: stages.Stage = stage, region: str = "500000" if chongqing else next(regions)) -> Standing:
                story, today = stage(db, region)
                assert story.case.id is not None
                motion = db.exec(select(Motion.id).where(Motion.case_id == story.case.id, Motion.status == "open")).first()
                meeting = db.exec(select(CongressMeeting.id).where(CongressMeeting.organisation_id == story.case.organisation_id)).first()
                token = db.exec(select(Document.token).where(Document.case_id == story.case.id, Document.kind == "offer")).first()
                return Standing(story.case.id, dict(story.house.people), today, story.facts(today), motion, meeting, token)

            made[name] = house.write(make)
        yield Place(house, made, house.write(paper))


class Undone(Exception):
    """It could be done; it is not kept."""


def attempt(place: Place, act: str, sent: dict[str, Any], by: str = "") -> list[str] | None:
    """What is said against it, each sentence; None where it could be done. Anything but a sentence is a fault of the program."""
    way = WAYS[act]
    case = place.cases[way.stage]

    def work(db: Session) -> None:
        row = locked(db, Negotiation, case.case_id)
        actor = NEGOTIATIONS.actor(db, row, case.people[by or way.by], case.today)
        do(db, NEGOTIATIONS, row, act, sent, by=actor, today=case.today, at=noon(case.today))
        db.flush()
        raise Undone

    try:
        place.house.write(work)
    except Undone:
        return None
    except Invalid as wrong:
        return [str(said) for sentences in wrong.errors.values() for said in sentences]
    except Refused as refused:
        return [str(reason.sentence) for reason in refused.reasons]
    raise AssertionError


def well(place: Place, act: str) -> dict[str, Any]:
    way = WAYS[act]
    return {"on": place.cases[way.stage].today, **way.sent(place.cases[way.stage].facts, place)}


def stored(place: Place) -> dict[str, object]:
    """How many rows each table has, and where each case stands."""

    def read(db: Session) -> dict[str, object]:
        counts: dict[str, object] = {
            t.name: db.connection().execute(select(func.count()).select_from(t)).scalar() for t in metadata.sorted_tables
        }
        rows = db.exec(select(Negotiation).order_by(col(Negotiation.id)))
        return {**counts, "heads": [(c.id, c.state, c.version, c.journal_seq, c.journal_head) for c in rows]}

    return place.house.read(read)


def check(place: Place, act: str, sent: dict[str, Any], *, must_fail: bool) -> None:
    said = attempt(place, act, sent)
    shown = f"{act} with {str(sent)[:300]}"
    if said is None:
        if must_fail:
            place.wrong.append(f"{shown} was done")
    elif not said or not all(IN_WORDS.search(sentence) and len(sentence) < 400 for sentence in said):
        place.wrong.append(f"{shown} says {str(said)[:300]}")


ACTS = [name for name, act in NEGOTIATION.acts.items() if act.by != frozenset({Seat.CLOCK})]


def test_there_is_a_way_to_do_every_act() -> None:
    assert set(WAYS) == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_done_well_it_is_done(place: Place, act: str) -> None:
    """Or else nothing that is refused below would prove anything."""
    assert attempt(place, act, well(place, act)) is None


@pytest.mark.parametrize("act", ACTS)
def test_files_are_marked_as_needed_where_the_act_is_refused_without_them(place: Place, act: str) -> None:
    way = WAYS[act]
    case = place.cases[way.stage]
    bare = {name: value for name, value in well(place, act).items() if name != "evidence"}
    for who in ("李敏", "陈静", "韩文博", "郑楠"):
        by = place.house.read(
            lambda db, who=who: NEGOTIATIONS.actor(db, db.get_one(Negotiation, case.case_id), case.people[who], case.today)
        )
        standing = NEGOTIATION.standing(act, case.facts.case.state, case.facts, by, case.today)
        if not standing.open:
            continue
        said = attempt(place, act, bare, who) or []
        if needed(standing, by):
            assert any("上传" in sentence for sentence in said), f"{act} by {who}: {said}"
        elif who == way.by and not extra(NEGOTIATION.acts[act].form.model_fields["evidence"])["proof"]:
            assert not any("上传" in sentence for sentence in said), f"{act} by {who}: {said}"


def an_empty_form(place: Place, act: str) -> None:
    form = NEGOTIATION.acts[act].form
    wanted = [name for name, info in form.model_fields.items() if info.is_required()]
    for sent in ({}, dict.fromkeys(form.model_fields, ""), dict.fromkeys(form.model_fields), {n: [] for n in form.model_fields}):
        check(place, act, sent, must_fail=bool(wanted) and sent is not None)
    for name in wanted:
        check(place, act, {k: v for k, v in well(place, act).items() if k != name}, must_fail=True)


NONSENSE: tuple[Any, ...] = (
    "甲乙丙", "-1", "0", "1e400", "NaN", "true; DROP TABLE journal", "２０２６年３月", "\x00", "a\x00b", "\ud800", "‮", " " * 50,
    0, -1, 1.5, 10**30, -(10**30), float("inf"), float("nan"), True, None, [], [[]], [None], [5], ["x"] * 50, {}, {"on": 1}, [{}],
    date(2026, 3, 4),
)  # fmt: skip


def nonsense_in_any_field(place: Place, act: str) -> None:
    form = NEGOTIATION.acts[act].form
    for name, info in form.model_fields.items():
        for value in NONSENSE:
            check(place, act, {**well(place, act), name: value}, must_fail=_is_nonsense(info.annotation, value))
    for row in _rows(form):
        name, model, good = row[0], row[1], well(place, act)[row[0]][0]
        for part, info in model.model_fields.items():
            for value in NONSENSE:
                check(place, act, {**well(place, act), name: [{**good, part: value}]}, must_fail=_is_nonsense(info.annotation, value))


def _is_nonsense(annotation: Any, value: object) -> bool:
    """Whether no reading of `value` fits a field of this type."""
    kinds = _kinds(annotation)
    if isinstance(value, dict) or (isinstance(value, list) and list not in kinds and len(value) != 1):
        return value != {} and list not in kinds
    if isinstance(value, str) and re.search(r"[\x00\ud800]", value):
        return True
    return value == "甲乙丙" and str not in kinds and list not in kinds


def _kinds(annotation: Any) -> set[Any]:
    if get_origin(annotation) in (Union, UnionType):
        return set().union(*(_kinds(a) for a in get_args(annotation)))
    return {get_origin(annotation) or annotation}


def _rows(form: type[FormModel]) -> list[tuple[str, type[FormModel]]]:
    """Fields that hold rows, with the form of one row."""
    found = []
    for name, info in form.model_fields.items():
        args = get_args(info.annotation)
        if get_origin(info.annotation) is list and args and isinstance(args[0], type) and issubclass(args[0], FormModel):
            found.append((name, args[0]))
    return found


def too_much(place: Place, act: str) -> None:
    form = NEGOTIATION.acts[act].form
    for name, info in form.model_fields.items():
        if str in _kinds(info.annotation):
            for length in (201, 20_001, 1_000_000):
                limit = next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)
                check(place, act, {**well(place, act), name: "长" * length}, must_fail=limit is not None and length > limit)
        if int in _kinds(info.annotation):
            for number in (2**31, 2**63 - 1, 2**63, -(2**63), 10**40):
                check(place, act, {**well(place, act), name: number}, must_fail=abs(number) > 2**63)
    for name, model in _rows(form):
        good = well(place, act)[name][0]
        check(place, act, {**well(place, act), name: [good] * 500}, must_fail=False)
        for part in model.model_fields:
            for value in ("长" * 20_001, 10**15, 2**63, "999999999999.99"):
                check(place, act, {**well(place, act), name: [{**good, part: value}]}, must_fail=False)


def a_field_that_it_does_not_have(place: Place, act: str) -> None:
    check(place, act, {**well(place, act), "state": "in_force"}, must_fail=True)
    check(place, act, {**well(place, act), "text_hash": "f" * 64}, must_fail=True)


def what_belongs_to_another_case(place: Place, act: str) -> None:
    """Clauses, letters, requests, representatives, meetings, obligations, findings, rounds, days and motions of other cases."""
    own = place.cases[WAYS[act].stage]
    for name, info in NEGOTIATION.acts[act].form.model_fields.items():
        extra: dict[str, Any] = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        if extra.get("widget") not in ("choice", "hidden") or int not in _kinds(info.annotation) or name == "based_on":
            continue
        for number in {*_others(place, own, name), 0, -1, 999_999} - ({NO_ACCOUNT} if name == "account" else set()):
            check(place, act, {**well(place, act), name: number}, must_fail=True)
    for name, model in _rows(NEGOTIATION.acts[act].form):
        if "clause" in model.model_fields:
            good = well(place, act)[name][0]
            for number in {*_others(place, own, "clause"), 0, 999_999}:
                check(place, act, {**well(place, act), name: [{**good, "clause": number}]}, must_fail=True)


def _others(place: Place, own: Standing, name: str) -> set[int]:
    rows = {
        "clause": lambda f: f.clauses,
        "request": lambda f: f.requests,
        "letter": lambda f: f.letters,
        "outgoing": lambda f: f.representatives,
        "representative": lambda f: f.representatives,
        "meeting": lambda f: f.meetings,
        "obligation": lambda f: f.obligations,
        "finding": lambda f: f.findings,
        "round": lambda f: f.rounds,
        "event": lambda f: f.events,
        "enterprise": lambda f: (f.organisation,),
    }.get(name, lambda f: ())
    return {row.id for case in place.cases.values() if case is not own for row in rows(case.facts)} - {row.id for row in rows(own.facts)}


def days_out_of_reach(place: Place, act: str) -> None:
    today = place.cases[WAYS[act].stage].today
    for day in (
        "2026-02-30",
        "2026-13-01",
        "0001-01-01",
        "9999-12-31",
        "1948-12-31",
        "明天",
        "2026-03-04T10:00:00",
        today + timedelta(days=1),
    ):
        check(place, act, {**well(place, act), "on": day}, must_fail=True)
    check(place, act, {**well(place, act), "on": date(2026, 3, 1)}, must_fail=True)
    for name, info in NEGOTIATION.acts[act].form.model_fields.items():
        if name != "on" and date in _kinds(info.annotation):
            for day in ("2026-02-30", "9999-12-31", "1948-12-31", "明天"):
                check(place, act, {**well(place, act), name: day}, must_fail=True)


def files_that_are_none(place: Place, act: str) -> None:
    unknown = {"name": "扫描件.pdf", "sha256": "0" * 64}
    for files in ([unknown], unknown, "扫描件.pdf", [5], [{"name": "x"}], [{**unknown, "sha256": "Z"}], [{**unknown, "extra": 1}]):
        check(place, act, {**well(place, act), "evidence": files}, must_fail=True)


BAD = (
    an_empty_form,
    nonsense_in_any_field,
    too_much,
    a_field_that_it_does_not_have,
    what_belongs_to_another_case,
    days_out_of_reach,
    files_that_are_none,
)


@pytest.mark.parametrize("act", ACTS)
def test_bad_input_is_answered_in_words_and_nothing_is_stored(place: Place, act: str) -> None:
    before = stored(place)
    place.wrong.clear()
    for tried in BAD:
        tried(place, act)
    assert place.wrong == []
    assert stored(place) == before


@pytest.mark.parametrize("who", ["赵丽", "周刚", "吴磊", "郑楠", "孙洁"])
def test_whoever_does_not_sit_where_an_act_is_done_is_told_who_does(place: Place, who: str) -> None:
    before = stored(place)
    for act in ACTS:
        case = place.cases[WAYS[act].stage]
        by = NEGOTIATION.acts[act].by
        actor = _actor(place, case, who)
        if not by & actor.seats and not (actor.may_record and by & case.facts.without_account):
            said = attempt(place, act, well(place, act), by=who)
            assert said is not None and said[0].startswith("这件事由"), (act, said)
    assert stored(place) == before


def _actor(place: Place, case: Standing, who: str) -> Actor:
    return place.house.read(lambda db: NEGOTIATIONS.actor(db, db.get_one(Negotiation, case.case_id), case.people[who], case.today))
