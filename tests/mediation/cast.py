"""A street committee and an enterprise's own, and cases led before them in the acts' own verbs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from mediation.acts import MEDIATIONS, apply_for_mediation
from mediation.facts import Facts
from mediation.forms import Application
from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from mediation.queries import facts
from mediation.telling import tell
from tests.cast import BEGINNING, House, hongxing, noon, paper, perform
from web.accounts.models import Account
from workflow import deadlines, jobs, journal
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.procedure import Actor, Refused
from workflow.seats import Seat

RECEIVED, ASKED, CONSENTED, ACCEPTED, ASSIGNED = (date(2026, 3, day) for day in (2, 3, 4, 5, 5))
TALKED, DRAWN, SIGNED = date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 13)
FIRST, SECOND = date(2026, 4, 13), date(2026, 5, 15)
"""Days by which the two instalments are to be paid."""


@dataclass
class Committee:
    body: Organisation
    house: House

    def __getitem__(self, name: str) -> int:
        return self.house[name]


def street(db: Session, region: str = "310000", **more: Any) -> Committee:
    """Chair 顾平, clerk 方雨, members 石岩 and 何静, mediators 罗文 and 蒋芸; 孙洁 works at the enterprise, 陈静 is its officer."""
    return committee(db, hongxing(db, region, **more))


def committee(db: Session, house: House, *, own: bool = False) -> Committee:
    where: dict[str, Any] = {"of_id": house.enterprise.id} if own else {"parent_id": house.federation.id}
    body = Organisation(
        kind=OrganisationKind.COMMITTEE, name="江湾街道劳动争议调解委员会", region=house.enterprise.region, document_code="江湾", **where
    )
    db.add(body)
    db.flush()
    for name, office in (
        ("顾平", Office.COMMITTEE_CHAIR),
        ("方雨", Office.COMMITTEE_CLERK),
        ("石岩", Office.COMMITTEE_MEMBER),
        ("何静", Office.COMMITTEE_MEMBER),
        ("罗文", Office.MEDIATOR),
        ("蒋芸", Office.MEDIATOR),
    ):
        person = Person(name=name)
        db.add(person)
        db.flush()
        assert person.id is not None and body.id is not None
        db.add(Appointment(person_id=person.id, organisation_id=body.id, office=office, since=BEGINNING))
        db.add(Account(person_id=person.id, login=f"{name}@{body.region}", password_hash="x", created_at=noon(BEGINNING)))
        house.people[name] = person.id
    db.get_one(Person, house["孙洁"]).phone = APPLICANT["phone"]
    db.flush()
    return Committee(body, house)


@dataclass
class Story:
    """One case: every act by its own name, `story.accept("顾平", date(…))`."""

    db: Session
    committee: Committee
    case: MediationCase

    def act(self, name: str, by: str | None, on: date, /, *, entered: date | None = None, seat: Seat | None = None, **sent: Any) -> Any:
        person = self.committee[by] if by else None
        return perform(self.db, MEDIATIONS, self.case, name, person, on, entered=entered or on, seat=seat, **sent)

    def __getattr__(self, name: str) -> Any:
        if name not in MEDIATION.acts:
            raise AttributeError(name)
        return lambda by, on, /, **sent: self.act(name, by, on, **sent)

    def facts(self, on: date) -> Facts:
        return facts(self.db, self.case, on)

    def told(self) -> list[str]:
        entries = journal.entries(self.db, MEDIATION.name, self.case.id or 0)
        return [f"{e.done_on} {tell(e)}" for e in entries]

    def paper(self) -> list[dict[str, str]]:
        return paper(self.db)

    def refused(self, name: str, by: str, on: date, **sent: Any) -> list[str]:
        try:
            self.act(name, by, on, **sent)
        except Refused as refusal:
            return [str(reason.sentence) for reason in refusal.reasons]
        return []

    def until(self, on: date) -> list[str]:
        """Time passes: what the clock does by that day."""
        done: list[str] = []
        while lapses := list(jobs.lapses(self.db, [MEDIATIONS], on)):
            acted = [one for one in lapses if jobs.perform_lapse(self.db, MEDIATIONS, one, noon(on))]
            done += [f"{one.day} {one.act}" for one in acted]
            if not acted:
                break
        return done

    def due(self, rule: str) -> str:
        """How the latest period under a rule stands."""
        found = max((d for d in deadlines.deadlines(self.db, MEDIATION.name, self.case.id or 0) if d.rule == rule), key=lambda d: d.id or 0)
        return f"{found.due} {found.status}"

    def limits(self, on: date) -> list[date | None]:
        """Until when arbitration may be applied for: wages, then other claims."""
        return [one.until for one in self.facts(on).limitations(on)]


APPLICANT = {"kind": "worker", "name": "孙洁", "phone": "13800000001", "address": "江湾路1号"}
RESPONDENT = {"kind": "employer", "name": "上海红星机械有限公司", "address": "江湾路99号"}


def applied(db: Session, at: Committee, on: date = RECEIVED, *, by: str = "方雨", **more: Any) -> Story:
    """An application that the clerk registers, unless somebody else does."""
    given = {
        "committee": at.body.id,
        "channel": "counter",
        "matters": ["payment"],
        "applicants": [APPLICANT],
        "respondents": [RESPONDENT],
        "requests": "支付2025年10月至12月工资18000元",
        "account": "公司自2025年10月起没有支付工资。",
        "claim_fen": "18000",
        "known_on": date(2026, 1, 15),
        **more,
    }
    seat = Seat.COMMITTEE_CLERK if by == "方雨" else Seat.APPLICANT
    actor = Actor(at[by], frozenset({seat}), seat)
    return Story(db, at, apply_for_mediation(db, Application.read(given), at.body, by=actor, today=on, at=noon(on)))


def asked(db: Session, at: Committee, **more: Any) -> Story:
    story = applied(db, at, **more)
    story.ask_consent("方雨", ASKED, answer_by=date(2026, 3, 5))
    return story


def accepted(db: Session, at: Committee, **more: Any) -> Story:
    story = asked(db, at, **more)
    story.consent("陈静", CONSENTED)
    story.accept("顾平", ACCEPTED)
    return story


def mediating(db: Session, at: Committee, **more: Any) -> Story:
    story = accepted(db, at, **more)
    story.assign("顾平", ASSIGNED, mediators=[at["罗文"]])
    return story


def terms(story: Story, **second: Any) -> list[dict[str, Any]]:
    """18,000 yuan in two instalments, by the employer."""
    employer = story.facts(TALKED).side("respondent")[0].id  # type: ignore[arg-type]
    owed = {"debtor": employer, "what": "支付拖欠的工资", "head": "remuneration", "how": "转入申请人工资卡"}
    return [{**owed, "amount_fen": "10000", "due": FIRST}, {**owed, "amount_fen": "8000", "due": SECOND, **second}]


def agreed(db: Session, at: Committee, *, second: dict[str, Any] | None = None, **more: Any) -> Story:
    story = mediating(db, at, **more)
    story.hold_talk("罗文", TALKED, place="调解室", present="孙洁、陈静", record="双方核对了工资表。")
    story.agree("罗文", DRAWN, result="公司分两期支付工资18000元。", terms=terms(story, **(second or {})))
    return story


def sign_all(story: Story, on: date = SIGNED) -> None:
    facts = story.facts(on)
    applicant, respondent = (facts.side(role)[0].id for role in ("applicant", "respondent"))  # type: ignore[arg-type]
    story.sign("孙洁", on, mark=f"party:{applicant}")
    story.sign("陈静", on, mark=f"party:{respondent}")
    story.sign("罗文", on, mark="mediator")
    story.sign("方雨", on, mark="seal")


def performing(db: Session, at: Committee, **more: Any) -> Story:
    story = agreed(db, at, **more)
    sign_all(story)
    return story
