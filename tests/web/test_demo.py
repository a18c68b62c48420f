"""The demonstration: whole, lively, and only for an empty database."""

from base64 import b32decode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from congress.ballots.e2e import ballot
from congress.ballots.e2e.encoding import base32, read_base64, to_base64
from congress.ballots.models import BallotRound
from mediation.models import AgreementTerm, MediationCase
from mediation.terms import State as Mediation
from negotiation.documents import CATALOGUE
from negotiation.models import Clause, ClauseText, CoveredEnterprise, Negotiation, Publication
from negotiation.terms import COMPREHENSIVE_HEADS, State
from tests.databases import DEMONSTRATION_DAY, copied
from tests.web.client import Client, open_client
from web import demo
from web.demo.hall import voting
from web.demo.people import PASSWORD
from web.house import PROCEEDINGS, verify
from web.practice import now, set_today
from workflow.database import Database
from workflow.deadlines import Deadline, Status
from workflow.documents.bundle import Bundle
from workflow.documents.issue import Document
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import OFFICE_LABELS, Appointment, Office


@pytest.fixture
def shown(demonstration: str, tmp_path: Path) -> Iterator[Database]:
    with copied(demonstration, tmp_path) as opened:
        yield opened


@pytest.fixture
def stage(shown: Database) -> Iterator[Session]:
    with shown.write() as session:
        yield session


@pytest.fixture
def visitor(shown: Database) -> Iterator[Client]:
    with open_client(shown) as opened:
        opened.house.write(set_today, DEMONSTRATION_DAY, by=None)
        yield opened


def test_a_case_stands_at_every_stage(stage: Session) -> None:
    assert {str(s) for s in stage.exec(select(Negotiation.state))} == {str(s) for s in State}


def test_a_dispute_stands_at_every_stage_but_the_shortest(stage: Session) -> None:
    """Between acceptance and the assignment of a mediator there is a day at most."""
    assert {str(s) for s in stage.exec(select(MediationCase.state))} == {str(s) for s in Mediation if s is not Mediation.ACCEPTED}
    assert {str(s) for s in stage.exec(select(AgreementTerm.state))} >= {"performed", "missed", "awaited"}


def test_every_seat_of_the_procedure_has_somebody_who_signs_in(stage: Session) -> None:
    accounts = demo.accounts(stage)
    signed = {seat for account in accounts for seat in account.seats}
    assert signed >= {OFFICE_LABELS[office] for office in Office if office is not Office.MANAGER}
    assert signed >= {"记录员", "执行主席", "监票人", "计票人"}
    assert {account.password for account in accounts} == {PASSWORD}


def test_every_standard_document_is_issued_in_some_case(stage: Session) -> None:
    assert set(stage.exec(select(Document.kind))) >= set(CATALOGUE)


def test_the_dossier_of_one_signed_case_is_bound_by_one_click(visitor: Client, shown: Database) -> None:
    with shown.write() as db:
        case = db.exec(select(Negotiation).where(Negotiation.kind == "women", Negotiation.state == "signed")).one()
        address = f"/negotiations/{case.id}/dossiers/filing"
    visitor.sign_in("luo.xue", PASSWORD)
    page = visitor.get(address)
    assert "必备的材料已经齐全。" in page.text and "企业营业执照.pdf" in page.text and "罗雪" in page.text
    visitor.post(address, {})
    with shown.read() as db:
        wanted = [part["label"] for part in db.exec(select(Bundle)).one().wanted["parts"]]
    assert len(wanted) == len(set(wanted)) and "企业营业执照和工会法人资格证明：企业营业执照.pdf" in wanted


def test_it_spreads_over_shanghai_and_zhejiang_with_hangzhou(stage: Session) -> None:
    enterprises = stage.exec(select(Organisation).where(Organisation.kind == OrganisationKind.ENTERPRISE)).all()
    assert {o.region for o in enterprises} == {"310000", "330100", "330600"}
    with_union = {o.of_id for o in stage.exec(select(Organisation).where(Organisation.kind == OrganisationKind.UNION))}
    assert len([o for o in enterprises if o.id in with_union]) >= 5
    assert len(stage.exec(select(CoveredEnterprise)).all()) >= 3


def test_the_comprehensive_contract_has_every_head_of_the_regulation(stage: Session) -> None:
    case = stage.exec(select(Negotiation).where(Negotiation.kind == "comprehensive", Negotiation.state == "in_force")).first()
    assert case is not None
    clauses = stage.exec(select(Clause).where(Clause.negotiation_id == case.id)).all()
    assert len(clauses) > 20
    assert {c.head for c in clauses} == set(COMPREHENSIVE_HEADS)


def test_both_sides_have_put_clauses_of_the_talks_in_their_own_words(stage: Session) -> None:
    case = stage.exec(select(Negotiation).where(Negotiation.kind == "wage", Negotiation.state == "consulting")).one()
    clauses = stage.exec(select(Clause).where(Clause.negotiation_id == case.id)).all()
    assert {c.state for c in clauses} == {"open", "agreed", "deferred"}
    sides = [{t.side for t in stage.exec(select(ClauseText).where(ClauseText.clause_id == c.id))} for c in clauses]
    assert {"workers", "employer"} in sides


def test_some_deadlines_are_near_and_one_has_passed(stage: Session) -> None:
    permitting = {clock.rule for p in PROCEEDINGS for clock in p.procedure.clocks if clock.permits}
    running = stage.exec(
        select(Deadline).where(Deadline.status == Status.RUNNING, col(Deadline.rule).not_in(permitting)).order_by(col(Deadline.due))
    ).all()
    assert sum(d.due < DEMONSTRATION_DAY for d in running) == 1
    assert sum(DEMONSTRATION_DAY <= d.due <= DEMONSTRATION_DAY + timedelta(days=7) for d in running) >= 5


def test_a_congress_is_voting_and_whoever_holds_a_slip_votes(visitor: Client) -> None:
    hall = visitor.house.read(voting)
    secret, _, ceremony = hall.slips[0].fragment.partition(".")
    told = visitor.http.get(f"{hall.path}/rounds/1/election").json()
    of = ballot.election(ballot.Round(read_base64(told["manifest"])), [read_base64(one) for one in told["credentials"]])
    assert ceremony == base32(ballot.Round(of.manifest).ceremony[:16], 26)
    drawn = ballot.credential_secret(hall.path.removeprefix("/v/"), b32decode(f"{secret}======"))
    made = ballot.make(of, drawn, (0, 2), 0, bytes(32))
    sent = {"ballot": to_base64(made), "pin": hall.slips[0].pin, "code": hall.code}
    assert visitor.http.post(f"{hall.path}/rounds/1/ballots", json=sent).json()["ok"]
    with visitor.house.database.read() as db:
        meeting = db.exec(select(BallotRound.meeting_id)).one()
    visitor.sign_in("li.min", PASSWORD)
    assert "正在投票" in visitor.get(f"/congress/{meeting}/rounds").text
    assert "二级以上医院" in visitor.get(f"/congress/{meeting}/reading").text


def test_congresses_have_proposals_disclosure_and_a_joint_meeting_to_confirm(visitor: Client) -> None:
    visitor.sign_in("chen.jing", PASSWORD)
    register = visitor.get("/congress/proposals").text
    assert "夏季通风降温" in register and "带徒津贴" in register and "充电叉车" not in register
    assert "社会保险费和企业年金" in visitor.get("/congress/disclosure").text
    visitor.sign_in("gu.haiyan", PASSWORD)
    assert "待大会确认" in visitor.get("/congress/joint").text and "只是暂时有效" in visitor.get("/congress/joint/1").text


def test_its_journal_verifies(stage: Session) -> None:
    assert verify(stage) == []


def test_it_is_loaded_into_an_empty_database_only(stage: Session) -> None:
    with pytest.raises(demo.NotEmpty, match="只能装进空的数据库"):
        demo.load(stage, DEMONSTRATION_DAY, now())


def test_everybody_finds_every_case_of_theirs_in_order(visitor: Client) -> None:
    with visitor.house.database.read() as db:
        people = db.exec(select(Appointment.person_id).where(Appointment.office != Office.MANAGER).distinct()).all()
        cases = db.exec(select(Negotiation.id).order_by(col(Negotiation.id))).all()
    seen: set[int] = set()
    for person in people:
        visitor.as_(person).get("/")
        listed = {
            int(href.rsplit("/", 1)[-1]) for href in visitor.get("/negotiations").links() if href.removeprefix("/negotiations/").isdigit()
        }
        for case in listed - seen:
            assert len(visitor.get(f"/negotiations/{case}").text) > 200
        seen |= listed
    assert seen == set(cases)


def test_everybody_reads_how_the_congress_voted_on_a_published_contract(visitor: Client) -> None:
    with visitor.house.database.read() as db:
        published = select(Negotiation.token).where(Negotiation.id == Publication.negotiation_id, Negotiation.level == "enterprise")
        token = db.exec(published.order_by(col(Negotiation.id))).first()
    visitor.as_nobody()
    text = visitor.get(f"/public/{token}").text
    assert "职代会表决" in text and "按应到人数的" in text
