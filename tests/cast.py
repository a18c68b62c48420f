"""The standing people and bodies of the stories, as plain functions and constants.

江城泵业 in Shanghai and 钱江纺织 in Hangzhou (Zhejiang), each with its union; above them a federation, beside them an authority.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session

from negotiation import forms
from negotiation.acts import NEGOTIATIONS, open_negotiation
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import facts, journal_of
from negotiation.telling import more, tell
from web.accounts.models import Account
from workflow import evidence
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.procedure import THE_CLOCK, Actor
from workflow.proceedings import Proceedings, do
from workflow.seats import Seat

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
BEGINNING = date(2020, 1, 1)


def noon(on: date) -> datetime:
    return datetime.combine(on, time(4, 0), UTC)


@dataclass
class House:
    """One enterprise, its union and the people of both."""

    enterprise: Organisation
    union: Organisation
    federation: Organisation
    authority: Organisation
    people: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        return self.people[name]


def hongxing(
    db: Session, region: str = "310000", *, workforce: int = 300, city: str = "上海", without_account: frozenset[str] = frozenset()
) -> House:
    """An enterprise of 300 workers, 90 of them women, with a union, a federation above it and an authority."""
    federation = _body(db, OrganisationKind.FEDERATION, f"{city}总工会", region)
    authority = _body(db, OrganisationKind.AUTHORITY, f"{city}人力资源和社会保障局", region)
    enterprise = _body(
        db, OrganisationKind.ENTERPRISE, f"{city}红星机械有限公司", region, parent_id=federation.id, authority_id=authority.id
    )
    enterprise.workforce, enterprise.female = workforce, workforce * 3 // 10
    union = _body(db, OrganisationKind.UNION, f"{city}红星机械有限公司工会委员会", region, parent_id=federation.id, of_id=enterprise.id)
    union.document_code = "红星工"
    house = House(enterprise, union, federation, authority)
    for name, body, office, female in (
        ("李敏", union, Office.UNION_CHAIR, True),
        ("王强", union, Office.UNION_OFFICER, False),
        ("赵丽", union, Office.WORKER, True),
        ("韩文博", enterprise, Office.LEGAL_REPRESENTATIVE, False),
        ("陈静", enterprise, Office.EMPLOYER_OFFICER, True),
        ("周刚", enterprise, Office.MANAGER, False),
        ("孙洁", enterprise, Office.WORKER, True),
        ("吴磊", federation, Office.SUPERIOR_OFFICER, False),
        ("郑楠", authority, Office.AUTHORITY_REVIEWER, True),
    ):
        person = Person(name=name, female=female)
        db.add(person)
        db.flush()
        assert person.id is not None and body.id is not None
        db.add(Appointment(person_id=person.id, organisation_id=body.id, office=office, since=BEGINNING))
        house.people[name] = person.id
        if name not in without_account:
            db.add(Account(person_id=person.id, login=f"{name}@{region}", password_hash="x", created_at=noon(BEGINNING)))
    db.flush()
    return house


def _body(db: Session, kind: OrganisationKind, name: str, region: str, **more: Any) -> Organisation:
    body = Organisation(kind=kind, name=name, region=region, **more)
    db.add(body)
    db.flush()
    return body


def paper(db: Session, name: str = "签收单.pdf") -> list[dict[str, str]]:
    """A scanned page, stored."""
    return [{"name": name, "sha256": evidence.keep(db, name, PDF)}]


@dataclass
class Story:
    """One case and its people: every act by its own name, `story.offer("李敏", on=date(…), …)`."""

    db: Session
    house: House
    case: Negotiation
    today: date | None = None

    def act(
        self, name: str, by: str | None, on: date, /, *, entered: date | None = None, seat: Seat | None = None, **sent: Any
    ) -> Negotiation:
        day = entered or on
        return perform(self.db, NEGOTIATIONS, self.case, name, self.house[by] if by else None, on, entered=day, seat=seat, **sent)

    def __getattr__(self, name: str) -> Any:
        if name not in NEGOTIATION.acts:
            raise AttributeError(name)
        return lambda by, on, /, **sent: self.act(name, by, on, **sent)

    def both(self, name: str, on: date, /, **sent: Any) -> Negotiation:
        """A joint act: the workers' chief proposes, the employer's agrees."""
        self.act(name, "李敏", on, **sent)
        return self.act(name, "韩文博", on)

    def facts(self, on: date) -> Facts:
        return facts(self.db, self.case, on)

    def told(self) -> list[str]:
        """The journal as sentences, with what is said beside them."""
        return [f"{e.done_on} {tell(e)}" + (f"（{beside}）" if (beside := more(e)) else "") for e in journal_of(self.db, self.case)]

    def deadlines(self, on: date) -> dict[str, str]:
        """Rule → how its latest period stands."""
        return {d.rule: f"{d.due} {d.status}" for d in sorted(self.facts(on).deadlines, key=lambda d: d.id or 0)}

    def journal(self) -> list[str]:
        labels = {a: act.label for a, act in NEGOTIATION.acts.items()} | {"open": "立案"}
        return [f"{e.done_on} {labels.get(e.act, e.act)}" for e in journal_of(self.db, self.case)]

    def paper(self) -> list[dict[str, str]]:
        return paper(self.db)


def perform(
    db: Session,
    proceedings: Proceedings[Any, Any],
    case: Any,
    name: str,
    person: int | None,
    on: date,
    /,
    *,
    entered: date,
    seat: Seat | None = None,
    **sent: Any,
) -> Any:
    """One act as a page would do it; `None` is the clock."""
    if person is None:
        by = THE_CLOCK
    else:
        found = proceedings.actor(db, case, person, on)
        by = Actor(person, found.seats, seat, may_record=found.may_record)
    has_day = "on" in proceedings.procedure.acts[name].form.model_fields
    values: Mapping[str, Any] = {**({"on": on} if has_day else {}), **sent}
    return do(db, proceedings, case, name, values, by=by, today=entered, at=noon(entered))


def wage_talks(db: Session, house: House, on: date, **more: Any) -> Story:
    return talks(db, house, on, kind="wage", title="工资专项集体合同", **more)


def talks(db: Session, house: House, on: date, *, kind: str, title: str, by: str = "李敏", **more: Any) -> Story:
    given = {
        "kind": kind,
        "level": "enterprise",
        "organisation": house.enterprise.id,
        "title": title,
        "subject": "2027年度工资调整幅度\n加班工资计算基数",
        "proposed_on": on + timedelta(days=30),
        "proposed_place": "公司二楼会议室",
        "data_requested": "上年度工资总额",
        **more,
    }
    case = open_negotiation(db, forms.Opening.read(given), person_id=house[by], on=on, at=noon(on))
    return Story(db, house, case)


WORKERS = [
    {"name": "李敏", "post": "工会主席", "produced": "union_selection", "chief": True, "chief_as": "union_chair", "female": True},
    {"name": "王强", "post": "电焊工", "produced": "congress_election", "frontline": True},
    {"name": "赵丽", "post": "质检员", "produced": "congress_election", "female": True, "frontline": True},
]
EMPLOYER: list[dict[str, Any]] = [
    {"name": "韩文博", "post": "总经理", "produced": "legal_representative", "chief": True, "chief_as": "legal_representative"},
    {"name": "陈静", "post": "人力资源部经理", "produced": "appointed", "female": True},
    {"name": "周刚", "post": "生产部经理", "produced": "appointed"},
]
WAGE_CLAUSES = [
    {"head": "term", "heading": "期限", "text": "本合同期限为一年，自2027年1月1日起至2027年12月31日止。"},
    {"head": "wage_system", "heading": "分配制度", "text": "公司实行岗位绩效工资制，工资由岗位工资、绩效工资和津贴组成。"},
    {"head": "wage_level", "heading": "调整幅度", "text": "2027年度在岗职工平均工资增长6%。"},
    {"head": "bonus_and_allowance", "heading": "奖金津贴", "text": "夜班津贴每班不低于30元。"},
    {"head": "wage_payment", "heading": "支付办法", "text": "公司每月10日以货币形式支付上月工资，遇节假日提前支付。"},
    {"head": "change", "heading": "变更解除", "text": "变更或者解除本合同，应当经双方协商一致，并按订立程序办理。"},
    {"head": "ending", "heading": "终止条件", "text": "期限届满或者双方约定的终止条件出现，本合同终止。"},
    {"head": "liability", "heading": "违约责任", "text": "一方违反本合同给对方造成损失的，依法承担责任。"},
]
