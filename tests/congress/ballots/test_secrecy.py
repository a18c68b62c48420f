"""Attacks on the secret of the ballot by whoever has the database, its log, or what the program writes down: they must fail."""

import logging
import random
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, func, select

from congress.ballots import casting
from congress.ballots.models import BoardEntry, CastMark, Pin, Slip
from tests.congress.ballots.room import Room
from tests.jobs.processes import start
from tests.web.client import SECRET
from web.copies import backup
from web.dispatch import House
from web.tables import metadata
from workflow.database import Database, sqlite_module
from workflow.journal import Entry

COLUMNS = {
    "ballot_slip": {"key", "meeting_id", "box", "number", "state", "tries"},
    "ballot_pin": {"digest", "meeting_id", "slip"},
    "cast_mark": {"round_id", "slip", "counter", "is_invalid", "on_paper"},
    "ballot_total": {"item_id", "choice", "votes"},
    "board_entry": {"round_id", "seq", "kind", "payload", "head"},
    "board_point": {"round_id", "point"},
    "paper_ballot": {"round_id", "slip", "officer_id", "digest"},
}


def test_the_tables_of_ballots_have_these_columns_and_no_others() -> None:
    assert {name: {column.name for column in metadata.tables[name].columns} for name in COLUMNS} == COLUMNS


def test_nothing_of_the_voting_tables_points_to_a_person() -> None:
    """The officer of a paper ballot is a teller; delegates, accounts and appointments cannot be reached from any of them."""
    reached: set[str] = set()
    ahead = [name for name in COLUMNS if name != "paper_ballot"]
    while ahead:
        table = metadata.tables[ahead.pop()]
        if table.name in ("congress_meeting", "congress_item", "ballot_round"):
            continue
        found = {key.column.table.name for key in table.foreign_keys} - reached
        reached |= found
        ahead += found
    assert reached == {"congress_meeting", "congress_item", "ballot_round"}


def vote_all(room: Room) -> dict[bytes, int]:
    """Slip → how it voted on the first item."""
    chance = random.Random(7)
    order, voted = chance.sample(range(11), 11), {}
    for slip in order:
        voted[room.key(room.codes[slip])] = voted[room.plain_key(room.codes[slip])] = choice = chance.choice((0, 0, 1, 2))
        assert room.vote(slip, (choice, 0))["ok"]
    return voted


def test_no_transaction_links_a_slip_to_a_choice(room: Room) -> None:
    """PostgreSQL's own columns, SQLite's row numbers and log of changes."""
    vote_all(room)
    if room.round().box == "e2e":
        kinds = room.client.house.read(lambda db: set(db.exec(select(BoardEntry.kind)).all()))
        assert kinds == {"ceremony", "creds", "round", "ballot"}, "what lies beside a slip is a ciphertext"
        return
    if room.client.house.database.is_sqlite:
        with pytest.raises(OperationalError, match="no such column"):
            room.client.house.read(lambda db: db.exec(text("SELECT rowid FROM cast_mark")).all())  # type: ignore[call-overload]
        room.close()
        path = Path(str(room.client.house.database.engine.url.database))
        assert path.with_name(path.name + "-wal").stat().st_size == 0
        return
    totals = "SELECT count(DISTINCT xmin::text) FROM ballot_total GROUP BY item_id"
    marks = "SELECT count(DISTINCT m.xmin::text) FROM cast_mark m"
    order = "SELECT slip FROM cast_mark ORDER BY ctid"
    assert run(room, totals) == [(1,), (1,)], "which total was written last tells nothing"
    room.close()
    assert run(room, marks) == [(1,)]
    slips = [bytes(row[0]) for row in run(room, order)]
    assert slips == sorted(slips)


def run(room: Room, statement: str) -> list[Any]:
    return room.client.house.read(lambda db: [tuple(row) for row in db.execute(text(statement)).all()])


def test_nothing_is_written_down_of_who_votes(room: Room, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    before = room.client.house.read(lambda db: db.exec(select(func.count()).select_from(Entry)).one())
    caplog.set_level(logging.INFO)
    vote_all(room)

    def fail(*given: object) -> None:
        raise RuntimeError(f"{room.text(room.codes[11])} {room.pins[11]} {given}")

    monkeypatch.setattr(casting, "put_in", fail)
    assert room.vote(11, (0, 0))["refused"] == "ballot"
    said = caplog.text
    known = [room.text(code) for code in room.codes] + room.pins + [room.key(code).hex() for code in room.codes] + ["testclient", room.hall]
    assert not [one for one in known if one in said.replace(f"/v/{room.hall}", "")]
    assert "RuntimeError" in said
    assert room.client.house.read(lambda db: db.exec(select(func.count()).select_from(Entry)).one()) == before


def test_a_killed_process_loses_no_ballot_that_it_acknowledged(sealed: Room) -> None:
    contents = [(sealed.filled(slip, (0, 1)), sealed.pins[slip], sealed.round().hall_code) for slip in range(11)]
    process, line = start(votes, sealed.client.house.database.url, sealed.hall, contents)
    acknowledged = 0
    try:
        while acknowledged < 6:
            assert line.poll(60)
            acknowledged = line.recv()
    finally:
        process.kill()
        process.join(10)
    while line.poll():
        try:
            acknowledged = line.recv()
        except EOFError:
            break
    marks, cast, bound = sealed.client.house.read(_stored)
    assert acknowledged <= marks <= acknowledged + 1
    assert cast == marks == bound


def _stored(db: Session) -> tuple[int, int, int]:
    marks = db.exec(select(func.count()).select_from(CastMark)).one()
    cast = db.exec(select(func.count()).select_from(BoardEntry).where(BoardEntry.kind == "ballot")).one()
    bound = db.exec(select(func.count()).select_from(Pin).where(Pin.slip.is_not(None))).one()  # type: ignore[union-attr]
    return marks, cast, bound


def votes(line: Connection, url: str, hall: str, contents: list[tuple[bytes, str, str]]) -> None:
    """Ballot after ballot, each in its transaction, until killed. Tells how many are committed."""
    house = House(Database(url), secret=SECRET)
    for number, (data, pin, code) in enumerate(contents, start=1):
        house.write(casting.cast, house.read(casting.admit, hall, 1, data, pin, code))
        line.send(number)


def test_slips_and_pins_lie_in_no_order(room: Room) -> None:
    """By their keys only, whatever the printer or the server made first."""
    keys = room.client.house.read(lambda db: list(db.exec(select(Slip.key))))
    assert keys == sorted(keys)
    if room.client.house.database.is_sqlite:
        digests = room.client.house.read(lambda db: list(db.exec(select(Pin.digest))))
        assert digests == sorted(digests)


@pytest.mark.once
def test_a_backup_says_the_same_of_every_slip_that_voted(room: Room, tmp_path: Path) -> None:
    """Whoever steals the file and knows the slip of a person: whatever stands beside it in any table is what stands beside all others."""
    voted = vote_all(room)
    room.close()
    copy, faults = backup(room.client.house.database.url, tmp_path)
    assert not faults
    key = room.key if room.round().box == "e2e" else room.plain_key
    with sqlite_module().connect(copy) as stolen:
        profiles = {slip: beside(stolen, key(room.codes[slip])) for slip in range(11)}
    stolen.close()
    assert len({voted[key(room.codes[slip])] for slip in profiles}) > 1, "they did not all vote alike"
    assert len(set(profiles.values())) == 1, "the choices can be told apart"
    assert {table for table, _row in profiles[0]} == {"ballot_slip", "ballot_pin", "cast_mark"} | BESIDE_A_BALLOT[room.round().box]
    raw = copy.read_bytes()
    spoken = [one for slip in range(11) for one in (room.codes[slip], room.text(room.codes[slip]).encode())]
    assert not [secret for secret in spoken if secret in raw]


BESIDE_A_BALLOT = {"e2e": {"board_entry"}, "plain": set[str]()}
OF_THE_SLIP_ALONE = {"key", "slip", "number", "digest", "payload", "head", "seq"}
"""Names a slip or a ciphertext, or where on the public board it stands: that much everybody may read."""


def beside(stolen: Any, key: bytes) -> frozenset[tuple[str, tuple[Any, ...]]]:
    """Table and row for each row that has this key in it anywhere, without what is the slip's alone."""
    found = set()
    for (table,) in stolen.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").fetchall():
        columns = [row[1] for row in stolen.execute(f"PRAGMA table_info('{table}')")]
        here = " OR ".join(f'instr(CAST("{column}" AS BLOB), :key) OR instr("{column}", :hex)' for column in columns)
        for row in stolen.execute(f'SELECT * FROM "{table}" WHERE {here}', {"key": key, "hex": key.hex()}):
            found.add((table, tuple(value for column, value in zip(columns, row, strict=True) if column not in OF_THE_SLIP_ALONE)))
    return frozenset(found)
