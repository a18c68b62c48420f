"""Every route × every seat of a dispute: what was told to the mediator alone, and what only some may read, reaches nobody else."""

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from litestar.routes import HTTPRoute
from sqlmodel import Session, select

from mediation.models import CaucusNote
from mediation.procedure import MEDIATION
from mediation.retention import date_notes
from tests.cast import BEGINNING, hongxing, noon
from tests.mediation import cast
from tests.mediation.cast import DRAWN, TALKED, committee, street
from tests.web.client import Client
from web.accounts.models import Account
from web.pages.mediation import CASEWORK
from web.practice import set_today
from workflow import evidence, journal
from workflow.documents.issue import Document
from workflow.evidence import Evidence
from workflow.forms import Invalid
from workflow.outbox import Message
from workflow.people import Appointment, Office, Person
from workflow.retention import erase

TOLD_BY_WORKER, TOLD_BY_EMPLOYER, MEDIATORS_OWN = "职工底数甲七三", "单位底数乙八四", "调解员手记丙九五"
WORKERS_PROOF, TABLE = "职工证据丁六二", "桌面笔录戊五一"
FOR_ARBITRATION, TOLD_AT_A_VISIT = "仲裁请求己四九", "回访所述庚三八"
SEATED = frozenset({"孙洁", "陈静", "韩文博", "罗文", "方雨", "顾平"})
MAY_READ: Mapping[str, frozenset[str]] = {
    TOLD_BY_WORKER: frozenset({"孙洁", "罗文"}),
    TOLD_BY_EMPLOYER: frozenset({"陈静", "韩文博", "罗文"}),
    MEDIATORS_OWN: frozenset({"罗文"}),
    WORKERS_PROOF: frozenset({"孙洁", "罗文"}),
    TABLE: SEATED,
    FOR_ARBITRATION: frozenset({"孙洁"}),
    TOLD_AT_A_VISIT: frozenset({"罗文", "方雨", "顾平"}),
}
OUTSIDERS = ("吴磊", "李敏", "郑楠", "赵丽", "蒋芸", "石岩", "管理员", "别家主任", "别家企业", "")
NOUNS = ("agree", "sign", "hold_talk", "keep_note", "hand_in", "answer_proposal", "assign")


@dataclass(frozen=True)
class Scene:
    people: Mapping[str, int]
    case_id: int
    ids: Mapping[str, tuple[str, ...]]


def build(db: Session) -> Scene:
    at = street(db)
    story = cast.mediating(db, at, account=f"公司没有支付工资。{TABLE}")
    story.hold_talk("罗文", TALKED, place="调解室", present="双方", record=TABLE)
    applicant, respondent = (story.facts(TALKED).side(role)[0].id for role in ("applicant", "respondent"))  # type: ignore[arg-type]
    for party, words in ((applicant, TOLD_BY_WORKER), (respondent, TOLD_BY_EMPLOYER), (None, MEDIATORS_OWN)):
        story.keep_note("罗文", TALKED, party=party, text=words)
    proof = [{"name": f"{WORKERS_PROOF}.pdf", "sha256": evidence.keep(db, "录音.pdf", f"%PDF-1.7 {WORKERS_PROOF}".encode())}]
    story.hand_in("孙洁", TALKED, title=WORKERS_PROOF, circle="applicant", evidence=proof)
    story.agree("罗文", DRAWN, result=f"分两期支付。{TABLE}", terms=cast.terms(story))
    words = {"commission": "虹口区劳动人事争议仲裁委员会", "requests": FOR_ARBITRATION}
    story.issue_document("孙洁", DRAWN, document="arbitration_application", words=words)
    cast.sign_all(story, DRAWN)
    story.follow_up("罗文", DRAWN, words=TOLD_AT_A_VISIT)
    other = hongxing(db, "330100", city="杭州")
    elsewhere = committee(db, other)
    people = {**at.house.people, "别家主任": elsewhere["顾平"], "别家企业": other["陈静"]}
    admin = Person(name="管理员")
    db.add(admin)
    db.flush()
    assert admin.id is not None and at.house.federation.id is not None
    db.add(Appointment(person_id=admin.id, organisation_id=at.house.federation.id, office=Office.ADMINISTRATOR, since=BEGINNING))
    db.add(Account(person_id=admin.id, login="admin@test", password_hash="x", created_at=noon(BEGINNING)))
    db.flush()
    number = story.case.id or 0
    tokens = db.exec(select(Document.token).where(Document.case_kind == MEDIATION.name)).all()
    files = db.exec(select(Evidence.id).where(Evidence.case_kind == MEDIATION.name)).all()
    return Scene(
        {**people, "管理员": admin.id},
        number,
        {
            "case_id": (str(number),),
            "token": (*tokens, story.case.token),
            "file_id": tuple(map(str, files)),
            "noun": tuple(CASEWORK.noun(act) for act in NOUNS),
            "format": ("pdf",),
            "paper": ("agreement", "talk_record", "register_sheet", "arbitration_application", "arbitration_application_of_respondent"),
        },
    )


@pytest.fixture
def scene(client: Client) -> Scene:
    found = client.house.write(build)
    client.house.write(set_today, DRAWN, by=None)
    return found


def addresses(client: Client, scene: Scene) -> Iterator[str]:
    """Every GET address that could speak of the case, with its own ids in every place that takes one."""
    for route in client.http.app.routes:
        if not isinstance(route, HTTPRoute) or "GET" not in route.methods or route.path.startswith(("/static", "/vendor", "/scripts")):
            continue
        if route.path_parameters and not route.path.startswith(
            ("/mediation", "/documents", "/api/v1/mediation", "/follow", "/public", "/verify")
        ):
            continue
        names = [p.name for p in route.path_parameters.values()]
        for chosen in itertools.product(*(scene.ids.get(name, ("1",)) for name in names)):
            path = route.path_format
            for name, value in zip(names, chosen, strict=True):
                path = path.replace(f"{{{name}}}", value)
            yield path


@pytest.mark.once
def test_every_route_times_every_seat_keeps_what_is_closed(client: Client, scene: Scene) -> None:
    paths = list(addresses(client, scene))
    assert len(paths) > 60
    reached: dict[str, set[str]] = {word: set() for word in MAY_READ}
    leaks = []
    for who in (*sorted(SEATED), *OUTSIDERS):
        client.as_(scene.people[who]) if who else client.as_nobody()
        for path in paths:
            response = client.http.get(path, follow_redirects=False)
            assert response.status_code < 500, (who, path, response.text[:500])
            for word, readers in MAY_READ.items():
                if word in response.text:
                    reached[word].add(who)
                    if who not in readers:
                        leaks.append((who, path, word))
            if who in OUTSIDERS and response.status_code == 200 and path.startswith(f"/mediation/{scene.case_id}"):
                leaks.append((who, path, "opened"))
    assert not leaks, leaks
    assert {word: reached[word] for word in MAY_READ} == MAY_READ


@pytest.mark.once
def test_nobody_outside_can_act_and_learns_nothing_by_trying(client: Client, scene: Scene) -> None:
    for who in ("李敏", "吴磊", "管理员", "别家主任"):
        client.as_(scene.people[who])
        for act in MEDIATION.acts:
            response = client.send(f"/mediation/{scene.case_id}/{CASEWORK.noun(act)}", {"reason": "x"}, follow=False)
            assert response.status_code == 404, (who, act, response.status_code)


def test_messages_and_the_journal_name_a_case_and_nothing_of_it(db: Session) -> None:
    scene = build(db)
    told = json.dumps([m.words for m in db.exec(select(Message).where(Message.case_kind == MEDIATION.name)).all()], ensure_ascii=False)
    told_of = "\n".join(str(e.particulars) for e in journal.entries(db, MEDIATION.name, scene.case_id))
    assert "江湾劳调〔2026〕1号" in told
    for words in (*MAY_READ, "孙洁", "红星机械", "工资", "18000"):
        assert words not in told and words not in told_of


def test_what_was_told_alone_is_erased_two_years_after_the_end(db: Session) -> None:
    """No file comes with it that would stay."""
    story = cast.mediating(db, street(db))
    with pytest.raises(Invalid):
        story.keep_note("罗文", TALKED, text=MEDIATORS_OWN, evidence=story.paper())
    story.keep_note("罗文", TALKED, party=None, text=MEDIATORS_OWN)
    assert date_notes(db) == 0
    story.fail("罗文", DRAWN, cause="no_agreement")
    assert date_notes(db) == 1
    db.flush()
    assert erase(db, DRAWN.replace(year=2028)) == 0
    assert erase(db, DRAWN.replace(year=2028, day=DRAWN.day + 1)) == 1 and not db.exec(select(CaucusNote)).all()
