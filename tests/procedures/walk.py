"""A negotiation led to where a test begins: the same people and days everywhere, in the acts' own verbs."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, select

from congress import acts as congress_acts
from congress import forms as congress_forms
from congress.models import CongressMeeting, Item
from negotiation.acts import NEGOTIATIONS
from negotiation.forms import PIECES
from negotiation.requirements.talks import may_chair
from tests.cast import EMPLOYER, WAGE_CLAUSES, WORKERS, House, Story, hongxing, noon, paper, perform, talks
from tests.procedures.remembered import remembered
from workflow import jobs
from workflow.procedure import Actor, Refused
from workflow.proceedings import do
from workflow.seats import Seat

OFFERED, RECEIVED, ACCEPTED, NAMED = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 6)
CONVENED, MET, SETTLED = date(2026, 3, 10), date(2026, 3, 20), date(2026, 3, 23)
VOTED, SIGNED, FILED, FILED_IN = date(2026, 4, 10), date(2026, 4, 14), date(2026, 4, 16), date(2026, 4, 17)

THE_CHIEF = Actor(1, frozenset({Seat.WORKER_CHIEF}))

SHANGHAI, BEIJING, ZHEJIANG, CHONGQING = "310000", "110000", "330000", "500000"
SHANDONG, HENAN, TIANJIN, GUIZHOU = "370000", "410000", "120000", "520000"
HANGZHOU, NINGBO, GUANGDONG, ANHUI = "330100", "330200", "440000", "340000"
"""Anhui has no rules of its own here: what holds there is the nation's."""

CLAUSES: dict[str, list[dict[str, str]]] = {
    "wage": [clause for clause in WAGE_CLAUSES if clause["head"] in ("wage_system", "wage_level", "bonus_and_allowance", "wage_payment")],
    "comprehensive": [
        {"head": "remuneration", "heading": "劳动报酬", "text": "公司每月10日支付上月工资。"},
        {"head": "women_and_minors", "heading": "女职工保护", "text": "公司实行男女平等，孕期女职工不上夜班。"},
    ],
}


@remembered
def offered(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    """The offer has been received on 3 March 2026."""
    house = hongxing(db, region)
    for name, value in more.pop("enterprise", {}).items():
        setattr(house.enterprise, name, value)
    db.flush()
    story = talks(db, house, OFFERED, kind=kind, title="集体合同", **more)
    story.offer("李敏", OFFERED)
    story.record_receipt("陈静", RECEIVED, received=RECEIVED, means="return_slip")
    return story


def preparing(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    story = offered(db, region, kind, **more)
    story.accept_offer("陈静", ACCEPTED)
    return story


@remembered
def named(
    db: Session,
    region: str,
    kind: str = "wage",
    *,
    workers: Sequence[dict[str, Any]] = WORKERS,
    employer: Sequence[dict[str, Any]] = EMPLOYER,
    **more: Any,
) -> Story:
    """Both sides have named their representatives and a recorder; the superior union has been told."""
    story = preparing(db, region, kind, **more)
    story.appoint("李敏", NAMED, side="workers", representatives=list(workers), evidence=story.paper())
    story.appoint("陈静", NAMED, side="employer", representatives=list(employer), evidence=story.paper())
    story.name_recorder("王强", NAMED, name="孙洁")
    story.notify_upper("李敏", NAMED, told="协商的时间、地点和内容")
    return story


def convene(story: Story, by: str = "李敏", on: date = CONVENED, held_on: date = MET, chair: str = "") -> None:
    """A meeting chaired by whoever may."""
    story.convene(by, on, held_on=held_on, place="二楼会议室", agenda="工资调整", chair=chair or may_chair(story.facts(on), on)[0])


@remembered
def consulting(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    story = named(db, region, kind, **more)
    convene(story)
    return story


def minute(story: Story, signed: str = "all", on: date = MET, **more: Any) -> None:
    story.minute("孙洁", on, meeting=story.facts(on).meetings[-1].id, present="双方代表", record="逐条讨论。", signed=signed, **more)


@remembered
def drafted(
    db: Session, region: str, kind: str = "wage", *, years: int = 1, clauses: list[dict[str, str]] | None = None, **more: Any
) -> Story:
    """Every clause is agreed; the draft is not settled yet."""
    story = consulting(db, region, kind, **more)
    minute(story)
    story.lay_out("王强", MET, clauses=CLAUSES[kind] if clauses is None else clauses)
    story.set_terms("王强", MET, term_from=date(2026, 5, 1), term_until=date(2026 + years, 4, 30))
    agree(story, MET)
    return story


def agree(story: Story, on: date) -> None:
    for clause in story.facts(on).clauses:
        if clause.state == "open":
            story.agree_clause("李敏", on, clause=clause.id)
            story.agree_clause("韩文博", on, clause=clause.id)


def settle(story: Story, on: date = SETTLED) -> None:
    story.settle("李敏", on)
    story.settle("韩文博", on)


@remembered
def settled(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    story = drafted(db, region, kind, **more)
    settle(story)
    return story


def a_meeting(db: Session, house: House, held_on: date, on: date, number: int = 1) -> CongressMeeting:
    """A meeting of the enterprise's congress, being prepared."""
    form = congress_forms.NewMeeting.read(
        {
            "organisation": house.enterprise.id,
            "form": "congress",
            "term": 3,
            "number": number,
            "held_on": held_on,
            "place": "礼堂",
            "mode": "onsite",
            "roll": 30,
            "on": on,
        }
    )
    return congress_acts.plan(db, form, by=house["李敏"], today=on, at=noon(on))


def submitted(db: Session, region: str, kind: str = "wage", **more: Any) -> tuple[Story, CongressMeeting]:
    story = settled(db, region, kind, **more)
    meeting = a_meeting(db, story.house, VOTED, SETTLED)
    story.submit_to_congress("李敏", date(2026, 3, 24), meetings=[meeting.id])
    return story, meeting


def vote(story: Story, meeting: CongressMeeting, in_favour: int, on: date) -> None:
    """The meeting is held and the result on the draft certified, all from signed paper, and the negotiation hears of it."""
    db, house = story.db, story.house

    def act(name: str, day: date, **sent: Any) -> None:
        perform(db, congress_acts.PROCEEDINGS, meeting, name, house["李敏"], day, entered=day, evidence=paper(db, "会议材料.pdf"), **sent)

    called = on - timedelta(days=14)
    act("name_officers", called, chair="赵丽", officers=[{"seat": "teller", "name": "周明"}, {"seat": "counter", "name": "吴刚"}])
    act("convene", called, means="书面送达签收")
    act("open", on, roll=30, present=30)
    item = db.exec(select(Item).where(Item.meeting_id == meeting.id)).one()
    act("open_ballot", on, item=item.id)
    act("close_ballot", on, item=item.id)
    counts = {"issued": 30, "returned": 30, "valid": 30, "invalid": 0, "in_favour": in_favour, "against": 30 - in_favour, "abstained": 0}
    for officer in sorted(congress_acts.PROCEEDINGS.facts(db, meeting, on).counters, key=lambda one: one.id or 0):
        act("enter_count", on, item=item.id, officer=officer.id, **counts)
    act("certify", on, item=item.id)
    by_congress(story, "adopt" if in_favour > 15 else "reject", on)


def by_congress(story: Story, name: str, on: date, **sent: Any) -> None:
    by = Actor(None, frozenset({Seat.CONGRESS}), Seat.CONGRESS)
    do(story.db, NEGOTIATIONS, story.case, name, {"on": on, **sent}, by=by, today=on, at=noon(on))


@remembered
def adopted(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    story, meeting = submitted(db, region, kind, **more)
    vote(story, meeting, 28, VOTED)
    return story


@remembered
def signed(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    story = adopted(db, region, kind, **more)
    for chief in ("李敏", "韩文博"):
        story.sign(chief, SIGNED, sealed=True, evidence=story.paper())
    return story


def file_in(story: Story, on: date = FILED, copies: int = 5) -> None:
    story.file("陈静", on, authority="人力资源和社会保障局", copies=copies, pieces=list(PIECES))


@remembered
def filed(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    story = signed(db, region, kind, **more)
    file_in(story)
    story.record_filing_receipt("郑楠", FILED_IN, received=FILED_IN)
    return story


@remembered
def in_force(db: Session, region: str, kind: str = "wage", **more: Any) -> Story:
    """The authority kept silent: the contract took effect on 7 May 2026, after the May holidays."""
    story = filed(db, region, kind, **more)
    until(story, date(2026, 5, 7))
    return story


def until(story: Story, on: date) -> list[str]:
    """Time passes: what the clock does by that day, named."""
    done: list[str] = []
    while lapses := list(jobs.lapses(story.db, [NEGOTIATIONS], on)):
        acted = [lapse for lapse in lapses if jobs.perform_lapse(story.db, NEGOTIATIONS, lapse, noon(on))]
        done += [f"{lapse.day} {lapse.act}" for lapse in acted]
        if not acted:
            break
    return done


def refused(story: Story, act: str, by: str, on: date, **sent: Any) -> list[str]:
    """Why it may not be done, sentence by sentence."""
    try:
        story.act(act, by, on, **sent)
    except Refused as refusal:
        return [str(reason.sentence) for reason in refusal.reasons]
    return []


def due(story: Story, rule: str, on: date = date(2026, 12, 31), subject: str | None = None) -> date | None:
    """Last day of the latest period under a rule, or None where none was started."""
    found = story.facts(on).deadline(rule, subject)
    return found.due if found else None


def terminate(story: Story) -> None:
    """A negotiation to end a contract, led to the second signature on 9 October 2026."""
    story.offer("李敏", date(2026, 9, 1))
    story.record_receipt("陈静", date(2026, 9, 1), received=date(2026, 9, 1), means="return_slip")
    story.accept_offer("陈静", date(2026, 9, 2))
    for officer, side, team in (("李敏", "workers", WORKERS), ("陈静", "employer", EMPLOYER)):
        story.appoint(officer, date(2026, 9, 2), side=side, representatives=team)
    story.name_recorder("王强", date(2026, 9, 2), name="孙洁")
    convene(story, on=date(2026, 9, 3), held_on=date(2026, 9, 7))
    minute(story, on=date(2026, 9, 7))
    story.propose("李敏", date(2026, 9, 7), head="change", text="双方同意自签字之日起解除集体合同。")
    agree(story, date(2026, 9, 7))
    settle(story, date(2026, 9, 8))
    meeting = a_meeting(story.db, story.house, date(2026, 10, 8), date(2026, 9, 8), number=2)
    story.submit_to_congress("李敏", date(2026, 9, 9), meetings=[meeting.id])
    vote(story, meeting, 28, date(2026, 10, 8))
    for chief in ("李敏", "韩文博"):
        story.sign(chief, date(2026, 10, 9), sealed=True, evidence=story.paper())
