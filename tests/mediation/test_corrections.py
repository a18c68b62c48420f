"""What was left out, came late, was written down wrong or was lost: the file is put right, and says so."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session

from mediation.acts.opening import hash_of
from mediation.models import MediationCase
from mediation.queries import seats_of
from mediation.terms import PartyRole
from tests.mediation import cast, stages
from tests.mediation.cast import ACCEPTED, APPLICANT, ASKED, RECEIVED, RESPONDENT, SIGNED, TALKED, street
from tests.mediation.test_documents import issued, text
from tests.web.client import Client
from web.house import verify
from workflow.forms import Invalid
from workflow.people import Person
from workflow.seats import Seat

LATE = date(2026, 3, 23)
NO_ACCOUNT = {"kind": "worker", "name": "田野", "phone": "13900000000"}
UNKNOWN = {"kind": "employer", "name": "红星机械"}


def line(party: Any, **other: Any) -> dict[str, Any]:
    kept = {name: getattr(party, name) for name in ("name", "id_number", "phone", "address", "head")}
    return {"party": party.id, "kind": "worker" if party.is_worker else "employer", **kept, **other}


def sides(story: cast.Story) -> tuple[Any, Any]:
    facts = story.facts(RECEIVED)
    return facts.side(PartyRole.APPLICANT)[0], facts.side(PartyRole.RESPONDENT)[0]


def test_what_an_application_left_out_is_added_later(db: Session) -> None:
    """The other side's telephone by the applicant, its full name by the committee; co-workers until the other side is asked."""
    story = cast.applied(db, street(db), respondents=[UNKNOWN], known_on=None)
    assert story.refused("ask_consent", "方雨", ASKED, answer_by=date(2026, 3, 5))[0].startswith("没有登记红星机械的联系电话")
    _, employer = sides(story)
    with pytest.raises(Invalid, match="由调解委员会更正"):
        story.correct_application("孙洁", RECEIVED, respondents=[line(employer, name=RESPONDENT["name"])])
    story.correct_application("孙洁", RECEIVED, respondents=[line(employer, phone="021-55550100")], known_on=date(2026, 1, 15))
    story.correct_application(
        "方雨", ASKED, respondents=[line(employer, name=RESPONDENT["name"])], applicants=[{"kind": "worker", "name": "工人甲"}], persons=4
    )
    assert [str(said).split(" ", 1)[1] for said in story.told()[1:]] == [
        "补正申请：更正当事人1名，增加0名。",
        "补正申请：更正当事人1名，增加1名。",
    ]
    assert (employer.organisation_id, story.case.persons) == (story.committee.house.enterprise.id, 4)
    assert story.limits(ASKED)[1] == date(2027, 1, 15)
    story.ask_consent("方雨", ASKED, answer_by=date(2026, 3, 5))
    with pytest.raises(Invalid, match="请另行申请"):
        story.correct_application("方雨", ASKED, applicants=[{"kind": "worker", "name": "工人乙"}])
    story.consent("陈静", ASKED)


def test_of_two_applicants_one_signs_here_and_the_other_on_paper(db: Session) -> None:
    story = cast.agreed(db, street(db), applicants=[APPLICANT, NO_ACCOUNT])
    signer, absent = story.facts(SIGNED).side(PartyRole.APPLICANT)
    with pytest.raises(Invalid, match="不由您签"):
        story.act("sign", "方雨", SIGNED, seat=Seat.APPLICANT, mark=f"party:{signer.id}", evidence=story.paper())
    story.sign("孙洁", SIGNED, mark=f"party:{signer.id}")
    story.act("sign", "方雨", SIGNED, seat=Seat.APPLICANT, mark=f"party:{absent.id}", evidence=story.paper())
    assert len(story.facts(SIGNED).missing_marks) == 3
    extension = {"until": date(2026, 4, 20), "reason": "等待盖章。", "evidence": story.paper()}
    assert story.refused("extend", "方雨", SIGNED, seat=Seat.APPLICANT, **extension) == ["这件事由申请人、被申请人办理。"]


def test_a_consent_posted_in_time_turns_the_silence_back(db: Session) -> None:
    story = cast.asked(db, street(db))
    story.until(date(2026, 3, 9))
    assert story.refused("accept", "顾平", date(2026, 3, 9))
    with pytest.raises(Invalid, match="期限2026-03-05已经届满"):
        story.act("consent", "陈静", date(2026, 3, 9))
    with pytest.raises(Invalid, match="请上传证明材料"):
        story.act("consent", "陈静", date(2026, 3, 5), entered=date(2026, 3, 9))
    story.act("consent", "陈静", date(2026, 3, 5), entered=date(2026, 3, 9), evidence=story.paper())
    assert story.due("MED-REJECT") == "2026-03-05 met" and story.limits(date(2026, 3, 9))[1] == date(2027, 1, 15)
    story.accept("顾平", date(2026, 3, 9))
    assert verify(db) == []


def test_an_answer_to_a_demand_posted_in_time_turns_the_silence_back(db: Session) -> None:
    story, _ = stages.consulting(db, street(db))
    story.until(date(2026, 3, 10))
    given = {"reply": "agrees", "until": date(2026, 3, 20)}
    story.act("respond", "陈静", date(2026, 3, 9), entered=date(2026, 3, 11), evidence=story.paper(), **given)
    assert story.due("CONS-RESPONSE") == "2026-03-09 met" and story.due("CONS-PERIOD") == "2026-03-20 running"
    assert [e.name for e in story.facts(date(2026, 3, 11)).events].count("LIMITATION_RESTARTED") == 0


def test_the_last_signature_given_in_time_makes_the_agreement_of_a_lapsed_case(db: Session) -> None:
    story = cast.agreed(db, street(db))
    worker, employer = sides(story)
    story.sign("孙洁", SIGNED, mark=f"party:{worker.id}")
    story.sign("罗文", SIGNED, mark="mediator")
    story.sign("方雨", SIGNED, mark="seal")
    story.until(LATE)
    assert story.case.outcome == "lapsed"
    with pytest.raises(Invalid, match="期限2026-03-20已经届满"):
        story.sign_belatedly("陈静", LATE, mark=f"party:{employer.id}", evidence=story.paper())
    story.act("sign_belatedly", "陈静", date(2026, 3, 20), entered=LATE, mark=f"party:{employer.id}", evidence=story.paper())
    assert (story.case.state, story.case.outcome, story.case.closed_on) == ("performing", None, None)
    assert story.due("MED-END") == "2026-03-20 met"
    assert [one.split(" ", 1)[1] for one in story.told()[-2:]] == [
        "补录调解期限以内的签署，期满未成的结案撤销。",
        "签署协议：当事人签名或者盖章。",
    ]
    restarted = [e.subject for e in story.facts(LATE).events if e.name == "LIMITATION_RESTARTED"]
    assert restarted == ["performance_agreed"] and verify(db) == []


def test_a_case_that_was_closed_otherwise_is_not_signed_any_more(db: Session) -> None:
    story, on = stages.closed(db, street(db))
    assert story.refused("sign_belatedly", "罗文", on, mark="mediator", evidence=story.paper())


def test_a_wrong_day_is_corrected_with_what_hangs_on_it(db: Session) -> None:
    """The statutory periods move; what the parties agreed on stays."""
    story = cast.mediating(db, street(db))
    event = next(e for e in story.facts(ACCEPTED).events if e.name == "MEDIATION_ACCEPTED")
    with pytest.raises(Invalid, match="不能早于2026-03-04，那天是“对方同意调解”"):
        story.correct_date("方雨", TALKED, event=event.id, to=date(2026, 3, 3), reason="受理通知上的日期。", evidence=story.paper())
    story.correct_date("方雨", TALKED, event=event.id, to=date(2026, 3, 6), reason="受理通知上是6日。", evidence=story.paper())
    assert story.due("MED-END") == "2026-03-23 running"
    assert story.told()[-1] == "2026-03-09 更正日期：“受理调解申请”由2026-03-05改为2026-03-06。"
    received = next(e for e in story.facts(TALKED).events if e.name == "APPLICATION_RECEIVED")
    story.correct_date("方雨", TALKED, event=received.id, to=date(2026, 2, 27), reason="邮戳是27日。", evidence=story.paper())
    assert (story.case.received_on, story.case.opened_on) == (date(2026, 2, 27), date(2026, 2, 27))
    asked = next(e for e in story.facts(TALKED).events if e.name == "CONSENT_ASKED")
    story.correct_date("方雨", TALKED, event=asked.id, to=date(2026, 3, 2), reason="2日寄出。", evidence=story.paper())
    assert story.due("MED-REJECT") == "2026-03-05 met" and verify(db) == []


def test_what_both_must_ask_for_is_not_begun_by_one(db: Session) -> None:
    at = street(db)
    with pytest.raises(Invalid, match="主动调解要双方都同意"):
        cast.applied(db, at, channel="own_motion")
    story = stages.demanded(db, at)
    for who, channel in (("孙洁", "oral"), ("孙洁", "counter"), ("方雨", "own_motion"), ("方雨", "online")):
        with pytest.raises(Invalid, match="申请方式"):
            story.register(who, date(2026, 3, 3), channel=channel)
    story.register("方雨", date(2026, 3, 3), channel="hotline")


def test_an_oral_application_is_printed_with_its_registration_and_signed_before_it_is_accepted(db: Session) -> None:
    story = cast.applied(db, street(db), channel="oral")
    (record,) = issued(story)
    assert record.kind == "oral_application" and "方雨" in text(record)
    story.ask_consent("方雨", ASKED, answer_by=date(2026, 3, 5))
    story.consent("陈静", ASKED)
    assert story.refused("accept", "顾平", ASKED) == ["口头申请的笔录还没有申请人核对签名的扫描件。"]
    story.keep_scan("方雨", ASKED, document=record.token, evidence=story.paper())
    story.accept("顾平", ASKED)


def test_a_worker_does_not_apply_for_the_enterprise_and_an_agent_acts_once_he_is_known(db: Session) -> None:
    at = street(db)
    with pytest.raises(Invalid, match="申请人里要有您自己"):
        cast.applied(db, at, by="孙洁", applicants=[RESPONDENT], respondents=[APPLICANT])
    story = cast.mediating(db, at)
    for name, phone in (("吴磊", "13811110000"), ("陈静", "13811110001")):
        db.get_one(Person, at[name]).phone = phone
    given = {"party": sides(story)[0].id, "mandate": "一般代理", "evidence": story.paper()}
    with pytest.raises(Invalid, match="不能代理"):
        story.name_agent("孙洁", TALKED, agent="陈静", agent_phone="13811110001", **given)
    story.name_agent("孙洁", TALKED, agent="吴磊", agent_phone="13811110000", **given)
    assert seats_of(db, story.case, at["吴磊"], TALKED) == {Seat.APPLICANT}
    story.make_proposal("吴磊", TALKED, text="一次付清18000元。")


def test_the_counter_gives_a_new_code_and_the_former_opens_nothing(client: Client, today: Callable[[date], None]) -> None:
    today(RECEIVED)
    people = client.house.write(street)
    case = client.house.write(lambda db: cast.applied(db, people, applicants=[NO_ACCOUNT]).case.id)
    client.as_(people["方雨"])
    page = client.get(f"/mediation/{case}")
    action = f"/mediation/{case}/access-code"
    assert action in page.links()
    codes = []
    for _ in range(2):
        page = client.post(action, client.get(action).form(action))
        codes.append(page.tree.xpath("//dl[contains(@class,'receipt')]/dd")[1].text_content().replace(" ", "").strip())
    assert client.house.read(lambda db: db.get_one(MediationCase, case).access_hash) == hash_of(codes[1]) != hash_of(codes[0])
    number = client.house.read(lambda db: db.get_one(MediationCase, case).number)
    client.as_nobody()
    client.post("/follow", {"number": number, "code": codes[0]}, status=422)
    assert client.post("/follow", {"number": number, "code": codes[1]}).heading == number
