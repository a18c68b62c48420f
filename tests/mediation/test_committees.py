"""A committee from its first member to the mediator proposed for a case."""

from datetime import date

import pytest
from sqlmodel import Session, select

from mediation.committees import acts, forms, roll
from mediation.committees.acts import By
from mediation.committees.composition import composition
from mediation.committees.conflicts import conflicts, propose
from mediation.models import Assignment, MediationCase, Party
from mediation.terms import Channel, Matter, Outcome, PartyRole, State
from tests.cast import House, hongxing, noon
from tests.web.client import Client
from web.house import verify
from workflow import administration, journal
from workflow.forms import Invalid
from workflow.law.rules import rulebook
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.seats import Seat

ON = date(2026, 3, 2)
RULES = rulebook("310000", "mediation")


def committee_of(db: Session, of_id: int | None, name: str = "红星机械劳动争议调解委员会") -> Organisation:
    body = Organisation(kind=OrganisationKind.COMMITTEE, name=name, region="310000", of_id=of_id)
    db.add(body)
    db.flush()
    return body


def by(house: House) -> By:
    return By(house["李敏"], Seat.ADMINISTRATOR, ON, noon(ON))


def enrol(db: Session, committee: Organisation, house: House, name: str, office: str, produced: str = "", **more: object) -> int:
    form = forms.Enrol.read({"name": name, "office": office, "produced": produced, "since": "2026-03-01", **more})
    return acts.enrol(db, committee, form, RULES, by(house)).person_id


def gaps(db: Session, committee: Organisation) -> list[str]:
    return [f"{reason.rule}：{reason.sentence}" for reason in composition(db, committee, RULES, ON).gaps]


def test_what_is_missing_in_a_committee_is_said_with_its_article(db: Session) -> None:
    house = hongxing(db)
    committee = committee_of(db, house.enterprise.id)
    assert gaps(db, committee) == ["COMM-COMP：还没有主任。", "COMM-COMP：还没有职工代表。", "COMM-DUTY：还没有专职或者兼职的工作人员。"]
    db.add(Appointment(person_id=house["周刚"], organisation_id=committee.id, office=Office.COMMITTEE_CHAIR, since=date(2026, 1, 5)))
    assert "COMM-COMP：没有登记主任周刚是工会委员会成员，也没有登记由双方推举。" in gaps(db, committee)
    chair = db.exec(select(Appointment).where(Appointment.office == Office.COMMITTEE_CHAIR)).one()
    acts.note_production(db, chair, forms.HowProduced(produced="jointly"), by(house))
    assert "COMM-COMP：没有登记主任周刚是工会委员会成员，也没有登记由双方推举。" not in gaps(db, committee)
    acts.leave(db, chair, forms.Leave(until=date(2026, 3, 1)), by(house))
    db.add(Appointment(person_id=house["李敏"], organisation_id=committee.id, office=Office.COMMITTEE_CHAIR, since=ON))
    assert "COMM-COMP：还没有企业代表。" in gaps(db, committee), "the chairwoman of the union sits for the workers, entered or not"
    enrol(db, committee, house, "陈静", "committee_member", "named")
    enrol(db, committee, house, "王强", "committee_clerk")
    assert gaps(db, committee) == []
    enrol(db, committee, house, "赵丽", "committee_member", "elected")
    assert gaps(db, committee) == ["COMM-COMP：职工代表2人，企业代表1人，人数不对等。"]
    (gap,) = composition(db, committee, RULES, ON).gaps
    assert str(gap.citations[0]) == "《企业劳动争议协商调解规定》第十五条" and Seat.COMMITTEE_CHAIR in gap.who


def test_a_mediator_is_appointed_for_a_year_at_least(db: Session) -> None:
    house = hongxing(db)
    committee = committee_of(db, house.enterprise.id)
    with pytest.raises(Invalid) as refused:
        enrol(db, committee, house, "孙洁", "mediator", until="2027-02-27")
    said = "聘期从2026-03-01到2027-02-27，不满1年。调解员的聘期至少1年（《企业劳动争议协商调解规定》第十九条）。"
    assert [str(one) for one in refused.value.errors["until"]] == [said]
    assert enrol(db, committee, house, "孙洁", "mediator", until="2027-02-28", matters=["payment"]) == house["孙洁"]
    newcomer = enrol(db, committee, house, "钱多多", "mediator", phone="13800000000")
    assert db.get_one(Person, newcomer).phone == "13800000000"
    acts.note_absence(db, committee, newcomer, forms.Absence(since=date(2026, 3, 9), until=date(2026, 3, 13)), by(house))
    acts.declare(db, committee, newcomer, forms.Declare(name="韩文博", tie="kin"), by(house))
    on_roll = {one.person.name: one for one in roll.mediators(db, committee, date(2026, 3, 10))}
    assert (on_roll["孙洁"].matters, on_roll["孙洁"].away(ON)) == (frozenset({Matter.PAYMENT}), None)
    assert on_roll["钱多多"].away(date(2026, 3, 13)) and not on_roll["钱多多"].away(date(2026, 3, 14))
    names = {house["孙洁"]: "孙洁", newcomer: "钱多多"}
    told = [str(administration.tell(e, names, {})) for e in journal.entries(db, administration.REGISTRATION, committee.id or 0)]
    assert told == [
        "登记孙洁任调解员，从2026-03-01起。",
        "登记了孙洁擅长调解的争议。",
        "登记钱多多任调解员，从2026-03-01起。",
        "登记钱多多从2026-03-09到2026-03-13不接案。",
        "登记了钱多多的一项回避声明。",
    ]
    assert "韩文博" not in str([e.particulars for e in journal.entries(db, administration.REGISTRATION, committee.id or 0)])
    assert verify(db) == []


@pytest.mark.parametrize(
    ("office", "produced"),
    [("committee_chair", "named"), ("committee_chair", "elected"), ("committee_member", "jointly"), ("committee_member", "")],
)
def test_who_is_produced_otherwise_than_the_law_says_takes_no_seat(office: str, produced: str) -> None:
    with pytest.raises(Invalid) as refused:
        forms.Enrol.read({"name": "周刚", "office": office, "produced": produced, "since": "2026-03-01"})
    assert list(refused.value.errors) == ["produced"]


def case_of(db: Session, committee: Organisation, serial: int, *parties: Party, outcome: Outcome | None = None) -> MediationCase:
    case = MediationCase(
        organisation_id=committee.id,
        region="310000",
        state=State.CLOSED if outcome else State.ACCEPTED,
        outcome=outcome,
        opened_on=ON,
        series="江街劳调〔2026〕",
        serial=serial,
        channel=Channel.COUNTER,
        matters=[Matter.PAYMENT],
        requests="支付工资",
        account="拖欠两个月工资",
        received_on=ON,
        token=f"{serial:032d}",
    )
    db.add(case)
    db.flush()
    for party in parties:
        party.case_id, party.position = case.id or 0, 1
        db.add(party)
    db.flush()
    return case


def worker(house: House, name: str) -> Party:
    return Party(role=PartyRole.APPLICANT, name=name, person_id=house.people.get(name))


def employer(house: House, agent: int | None = None) -> Party:
    return Party(
        role=PartyRole.RESPONDENT, name=house.enterprise.name, is_worker=False, organisation_id=house.enterprise.id, agent_person_id=agent
    )


def test_mediators_are_proposed_by_skill_and_load_and_conflicts_come_last(db: Session) -> None:
    house = hongxing(db)
    street = committee_of(db, None, "江街道劳动争议调解委员会")
    skilled = enrol(db, street, house, "何平", "mediator", matters=["payment", "contract"])
    busy = enrol(db, street, house, "冯忙", "mediator", matters=["payment"])
    plain = enrol(db, street, house, "蒋新", "mediator")
    away = enrol(db, street, house, "沈远", "mediator", matters=["payment"])
    kin = enrol(db, street, house, "杨亲", "mediator", matters=["payment"])
    agent = enrol(db, street, house, "朱代", "mediator")
    once = enrol(db, street, house, "秦旧", "mediator")
    db.add(
        Appointment(
            person_id=once, organisation_id=house.enterprise.id, office=Office.MANAGER, since=date(2021, 1, 4), until=date(2023, 6, 30)
        )
    )
    acts.note_absence(db, street, away, forms.Absence(since=ON, until=ON), by(house))
    acts.declare(db, street, kin, forms.Declare(name="孙洁", tie="kin"), by(house))
    earlier = case_of(db, street, 1, worker(house, "赵丽"), employer(house, agent), outcome=Outcome.FAILED)
    running = case_of(db, street, 2, worker(house, "赵丽"))
    db.add_all([Assignment(case_id=n.id, person_id=busy, since=ON) for n in (earlier, running)])
    case = case_of(db, street, 3, worker(house, "孙洁"), employer(house))
    found = propose(db, case, ON)
    assert [str(one.line) for one in found] == [
        "何平（手上0件、擅长本案争议）",
        "冯忙（手上1件、擅长本案争议）",
        "蒋新（手上0件）",
        "沈远（手上0件、擅长本案争议、到2026-03-02为止不接案）",
        "杨亲（手上0件、擅长本案争议、可能要回避）",
        "朱代（手上0件、可能要回避）",
        "秦旧（手上0件、可能要回避）",
    ]
    assert [str(one) for candidate in found for one in candidate.conflicts] == [
        "2026-03-02声明与孙洁的关系：近亲属。",
        f"在{house.enterprise.name}的江街劳调〔2026〕1号案中是代理人。",
        f"2021-01-04至2023-06-30在{house.enterprise.name}任企业管理人员。",
    ]
    assert {skilled, plain} == {one.mediator.id for one in found if not one.conflicts} - {busy, away}
    for_zhao = case_of(db, street, 4, worker(house, "赵丽"))
    assert [str(one) for one in conflicts(db, for_zhao, busy)] == [
        "在赵丽的江街劳调〔2026〕1号案中是调解员。",
        "在赵丽的江街劳调〔2026〕2号案中是调解员。",
    ]


def test_at_its_own_committee_only_the_legal_representative_is_in_conflict_by_office(db: Session) -> None:
    house = hongxing(db)
    committee = committee_of(db, house.enterprise.id)
    case = case_of(db, committee, 1, worker(house, "孙洁"), employer(house))
    assert conflicts(db, case, house["陈静"]) == ()
    assert [str(one) for one in conflicts(db, case, house["韩文博"])] == [f"自2020-01-01起在{house.enterprise.name}任法定代表人。"]
    assert [str(one) for one in conflicts(db, case, house["孙洁"])] == ["是本案的申请人。"]


def test_the_chair_keeps_the_roll_and_a_declaration_is_seen_by_who_must_know(client: Client) -> None:
    def build(db: Session) -> tuple[House, int]:
        house = hongxing(db)
        committee = committee_of(db, house.enterprise.id)
        enrol(db, committee, house, "李敏", "committee_chair", "union_committee")
        enrol(db, committee, house, "孙洁", "mediator")
        enrol(db, committee, house, "赵丽", "mediator")
        return house, committee.id or 0

    house, number = client.house.write(build)
    address = f"/mediation/committees/{number}"
    chair = client.as_(house["李敏"])
    assert "还没有企业代表。" in chair.get(address).text
    sent = {"name": "陈静", "office": "committee_member", "produced": "elected", "since": "2026-03-01"}
    assert chair.post(f"{address}/enrolment", {**sent, "since": "三月"}, status=422).form(f"{address}/enrolment")["name"] == "陈静"
    chair.post(f"{address}/enrolment", sent)
    member = client.house.read(lambda db: db.exec(select(Appointment.id).where(Appointment.office == Office.COMMITTEE_MEMBER)).one())
    page = chair.post(f"{address}/production?of={member}", {"produced": "named"})
    assert "还没有企业代表。" not in page.text and "企业负责人指定" in page.text
    own = client.as_(house["孙洁"])
    own.post(f"{address}/skills?of={house['孙洁']}", {"matters": "payment"})
    assert "何人杰" in own.post(f"{address}/tie?of={house['孙洁']}", {"name": "何人杰", "tie": "kin"}).text
    for closed in (f"{address}/enrolment", f"{address}/tie?of={house['赵丽']}", f"{address}/end?of={member}", f"{address}/nothing"):
        own.get(closed, status=404)
    assert "何人杰" not in client.as_(house["赵丽"]).get(address).text
    assert "何人杰" in client.as_(house["李敏"]).get(address).text
    assert "何人杰" not in client.as_(house["韩文博"]).get(address).text, "the enterprise sees who sits there, not what they declared"
    client.as_(house["吴磊"]).get(address, status=404)
    tie = client.as_(house["李敏"]).get(address).tree.xpath(f"//form[starts-with(@action, '{address}/ties/')]/@action")
    assert "何人杰" not in client.post(str(tie[0])).text
    client.post(str(tie[0]), status=404)


def test_the_chair_sees_conflicts_before_assigning_and_the_mediator_takes_figures_into_the_talk(client: Client) -> None:
    def build(db: Session) -> tuple[House, int, int]:
        house = hongxing(db)
        street = committee_of(db, None, "江街道劳动争议调解委员会")
        enrol(db, street, house, "吴磊主任", "committee_chair", "jointly")
        plain = enrol(db, street, house, "蒋新", "mediator", matters=["payment"])
        once = enrol(db, street, house, "秦旧", "mediator")
        db.add(Appointment(person_id=once, organisation_id=house.enterprise.id, office=Office.MANAGER, since=date(2021, 1, 4)))
        case = case_of(db, street, 1, worker(house, "孙洁"), employer(house))
        case.employment_ended_on = date(2025, 12, 31)
        house.people |= {"蒋新": plain, "主任": roll.mediators(db, street, ON)[0].id}
        return house, case.id or 0, once

    house, number, once = client.house.write(build)
    page = client.as_(house["主任"]).get(f"/mediation/{number}/assignment")
    assert f"秦旧 自2021-01-04起在{house.enterprise.name}任企业管理人员。" in page.text
    assert page.tree.xpath("//input[@name='mediators']/@value")[-1] == str(once), "who may have to stand aside comes last"
    assert "蒋新（手上0件、擅长本案争议）" in page.text
    client.post(f"/mediation/{number}/assignment", {"mediators": str(house["蒋新"]), "on": "2026-03-02"})
    mediator = client.as_(house["蒋新"])
    assert f"/mediation/calculator?case={number}" in mediator.get(f"/mediation/{number}/talk").links()
    address = f"/mediation/calculator?case={number}"
    assert mediator.get(address).form(address)["ended"] == "2025-12-31"
    page = mediator.post(address, {"monthly": "6000", "rest_hours": "8"})
    record = page.form(f"/mediation/calculator/talk/{number}")["record"]
    talk = mediator.post(f"/mediation/calculator/talk/{number}", {"record": record})
    assert talk.heading == "记录调解会谈"
    assert "551.72元（《劳动法》第四十四条第（二）项）" in talk.form(f"/mediation/{number}/talk")["record"]
    client.as_(house["郑楠"]).get(address, status=404)
    assert client.send(f"/mediation/calculator/talk/{number}", {"record": "x"}).status_code == 404
