"""Twice, late, at once, behind one's back: whatever is done to a case, it is whole, and what was said in private goes in time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import text
from sqlmodel import Session, func, select

from mediation.models import CaucusNote, MediationCase, Talk
from tests.api.client import program
from tests.cast import noon
from tests.mediation import cast
from tests.mediation.cast import Committee, Story, street
from tests.web.client import Client
from web import house as rooms
from web.dispatch import House
from workflow.database import Database, is_sqlite
from workflow.journal import APPEND_ONLY, Entry

Today = Callable[[date], None]
SAID = {"place": "调解室", "present": "双方", "record": "双方核对了工资表。"}


@pytest.fixture
def committee(client: Client, today: Today) -> Committee:
    today(cast.TALKED)
    return client.house.write(lambda db: street(db))


def made(client: Client, lead: Callable[..., Story], committee: Committee) -> int:
    return client.house.write(lambda db: lead(db, committee).case.id or 0)


def talks(client: Client, case: int) -> int:
    return client.house.read(lambda db: db.exec(select(func.count()).select_from(Talk).where(Talk.case_id == case)).one())


def test_a_form_sent_twice_is_one_act_and_a_stale_page_is_shown_anew(client: Client, committee: Committee) -> None:
    """The second time the page is stale, and comes back with what was typed; nothing is stored."""
    case = made(client, cast.mediating, committee)
    client.as_(committee["罗文"])
    action = f"/mediation/{case}/talk"
    sent = {**client.get(action).form(action), **SAID}
    client.post(action, sent)
    again = client.post(action, sent, status=409)
    assert again.form(action)["record"] == SAID["record"] and talks(client, case) == 1
    assert client.house.read(rooms.verify) == []


def test_of_two_who_act_at_once_on_one_version_one_is_told_that_the_case_has_changed(client: Client, committee: Committee) -> None:
    case = made(client, cast.mediating, committee)
    mediator, employer = program(client, committee["罗文"]), program(client, committee["陈静"])
    seen = mediator.get(f"/mediation/{case}").etag

    def send(n: int) -> int:
        who, act, given = ((mediator, "hold_talk", SAID), (employer, "make_proposal", {"text": "一次付清15000元。"}))[n % 2]
        return who.http.post(f"/api/v1/mediation/{case}/acts/{act}", json=given, headers={**who.headers, "If-Match": seen}).status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(send, range(4))) == [200, 412, 412, 412]
    assert client.house.read(rooms.verify) == []


def test_two_applications_at_once_have_two_numbers(client: Client, committee: Committee) -> None:
    def apply(_n: int) -> str:
        return client.house.write(lambda db: cast.applied(db, committee).case.number)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(apply, range(4))) == [f"江湾劳调〔2026〕{n}号" for n in range(1, 5)]


def test_two_sides_that_sign_at_once_both_have_signed(client: Client, committee: Committee) -> None:
    case = made(client, cast.agreed, committee)
    programs = [(program(client, committee[who]), side) for who, side in (("孙洁", 0), ("陈静", 1))]
    parties = programs[0][0].get(f"/mediation/{case}").json["parties"]

    def sign(n: int) -> int:
        who, side = programs[n]
        mark = f"party:{parties[side]['id']}"
        return who.http.post(f"/api/v1/mediation/{case}/acts/sign", json={"mark": mark}, headers=who.headers).status_code

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(sign, range(2))) == [200, 200]
    marks = programs[0][0].get(f"/mediation/{case}").json["agreement"]["marks"]
    assert sorted(mark["mark"] for mark in marks if mark["on"]) == ["party", "party"]


# ---- behind the journal's back


@pytest.fixture
def opened(db: Session) -> Iterator[Story]:
    """An agreement being performed, and somebody who has taken the triggers away."""
    story = cast.performing(db, street(db))
    db.commit()
    assert rooms.verify(db) == []
    if is_sqlite(db):
        for name in (f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete")):
            db.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.execute(text("SET session_replication_role = replica"))
    yield story
    db.rollback()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE mediation_agreement_term SET amount_fen = 100 WHERE position = 1",
            "调解协议的内容被改动过，与第{agree}条记录的校验值不符。",
        ),
        ("UPDATE mediation_agreement SET result = '无'", "调解协议的内容被改动过，与第{agree}条记录的校验值不符。"),
        ("UPDATE mediation_agreement SET void = (1 = 1)", "调解协议的内容被改动过，与第{agree}条记录的校验值不符。"),
        ("UPDATE mediation SET state = 'mediating'", "案件的状态被改动过，与最后一条（第{last}条）记录不符。"),
        ("UPDATE journal SET done_on = '2026-03-01' WHERE act = 'sign' AND seat = 'mediator'", ""),
        ("UPDATE case_event SET seq = 900 WHERE name = 'AGREEMENT_EFFECTIVE'", ""),
    ],
)
def test_what_is_changed_behind_the_journal_is_named_by_its_case(opened: Story, statement: str, sentence: str) -> None:
    opened.db.execute(text(statement))
    opened.db.expire_all()
    agree = opened.db.exec(select(Entry.seq).where(Entry.act == "agree")).one()
    found = rooms.verify(opened.db)
    assert found and {fault.case for fault in found} == {f"mediation/{opened.case.id}"}
    assert sentence.format(agree=agree, last=opened.case.journal_seq) in " ".join(str(fault.sentence) for fault in found)


# ---- what goes in time


def test_what_was_said_in_private_goes_two_years_after_the_case(database: Database) -> None:
    house = House(database)

    def lead(db: Session) -> None:
        committee = street(db)
        for closes in (True, False):
            story = cast.mediating(db, committee)
            story.keep_note("罗文", cast.TALKED, text="可以让到15000元")
            if closes:
                story.fail("罗文", date(2026, 3, 10), cause="no_agreement")

    def kept(db: Session) -> list[tuple[str, date | None]]:
        return [(db.get_one(MediationCase, note.case_id).state, note.erase_after) for note in db.exec(select(CaucusNote))]

    house.write(lead)
    last = date(2028, 3, 10)
    for on, left in ((date(2026, 3, 11), 2), (last, 2), (date(2028, 3, 11), 1)):
        rooms.clear(house, on, noon(on))
        found = house.read(kept)
        assert len(found) == left
    assert found == [("mediating", None)] and house.read(rooms.verify) == []
    house.close()
