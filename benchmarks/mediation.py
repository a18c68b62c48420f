"""Mediation under load: 20,000 cases of one committee on SQLite asked for by eight readers at once, and the daily look for early warnings.

    .venv/bin/python -m benchmarks.mediation [--cases 20000] [--clients 8] [--seconds 10] [--signs 2000 20000 200000]

The cases are twenty led by the real acts, copied by SQL with their parties, periods and journals; the committee's clerk sees all of
them, which no clerk will: it is the longest list there can be. The server is `heyi serve` on a free port of this machine, without its
jobs, which would first act on thousands of copied periods. The signs for
the early warnings lie within a year at a thousand units; one in a hundred units has a crowd.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from sqlalchemy import Table, insert
from sqlmodel import Session, col, func, select

from benchmarks.databases import on_sqlite
from benchmarks.figures import machine, memory_of, processor_of, say, table
from benchmarks.pages import Ask, load, rest, row, served
from mediation.acts import MEDIATIONS, apply_for_mediation
from mediation.forms import Application
from mediation.models import MediationCase
from mediation.warnings.models import WarningSign
from mediation.warnings.watching import heavy
from web.accounts import entry
from web.accounts.models import Account
from web.dispatch import House
from web.house import warn
from web.practice import SHANGHAI, now
from web.tables import metadata
from workflow import evidence
from workflow.database import Database, sqlite_module
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person
from workflow.procedure import Actor
from workflow.proceedings import do
from workflow.seats import Seat

T = TypeVar("T")

LED = 20
"""Cases led by the acts; the others are copies."""
STEP = 1_000_000
COPIED = ("mediation", "mediation_party", "mediation_assignment", "mediation_talk", "case_event", "deadline", "journal")
MOVED = {"id", "case_id", "start_id", "end_id", "replaces_id"}
"""Columns that count, in a copy, from where the copy's rows do."""
UNITS = 1000
SAMPLE = 400
PDF = b"%PDF-1.4\n" + b"0" * 64


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--cases", type=int, default=20_000)
    ask.add_argument("--clients", type=int, default=8)
    ask.add_argument("--seconds", type=float, default=10, help="of each kind of load")
    ask.add_argument("--signs", type=int, nargs="+", default=[2_000, 20_000, 200_000])
    asked = ask.parse_args()
    today = now().astimezone(SHANGHAI).date()
    pages = _pages(asked.cases, asked.clients, asked.seconds, today)
    sweeps = [_sweep(number, today) for number in asked.signs]
    print(f"\n{machine()}\n")
    print(table(("page", "p50 ms", "p95 ms", "p99 ms", "pages/s", "processor ms a page", "pages", "not 200", "kB"), pages))
    print()
    print(table(("signs", "look for warnings s", "raise them s", "raised", "look again s", "raised again"), sweeps))


# ---- pages


def _pages(cases: int, clients: int, seconds: float, today: date) -> list[tuple[object, ...]]:
    with tempfile.TemporaryDirectory(prefix="heyi-mediation-") as name, on_sqlite(Path(name)) as database:
        with database.write() as db:
            _lead(db, today)
        database.close()
        path = database.url.removeprefix("sqlite:///")
        _copy(path, -(-cases // LED) - 1)
        kinds = _readers(database)
        with database.read() as db:
            say(f"{db.exec(select(func.count()).select_from(MediationCase)).one()} cases, {Path(path).stat().st_size / 1e6:.0f} MB")
        database.close()
        with served(database, Path(name), HEYI_JOBS="0") as (port, process):
            rest(process.pid)
            rows = []
            for label, kind in kinds.items():
                load(port, kind, 2, 2)
                say(f"asking: {label}, {seconds:g} s")
                before = processor_of(process.pid)
                answers = load(port, kind, clients, seconds)
                rows.append(row(f"{label}, {clients} readers", answers, seconds, processor_of(process.pid) - before))
            say(f"the server held {memory_of(process.pid):.0f} MB at the end")
            return rows


def _lead(db: Session, today: date) -> None:
    """A street with its committee and an enterprise; twenty disputes received on the days before, each as far as its number says."""
    federation = _body(db, OrganisationKind.FEDERATION, "江湾街道总工会")
    enterprise = _body(db, OrganisationKind.ENTERPRISE, "上海红星机械有限公司", parent_id=federation)
    _body(db, OrganisationKind.UNION, "上海红星机械有限公司工会", of_id=enterprise, parent_id=federation)
    committee = _body(db, OrganisationKind.COMMITTEE, "江湾街道劳动争议调解委员会", parent_id=federation, document_code="江湾")
    clerk, chair, mediator = (
        _seated(db, name, committee, office)
        for name, office in (("方雨", Office.COMMITTEE_CLERK), ("顾平", Office.COMMITTEE_CHAIR), ("罗文", Office.MEDIATOR))
    )
    for number in range(LED):
        day = today - timedelta(days=20 - number)
        case = _received(db, db.get_one(Organisation, committee), clerk, day, number)
        steps: tuple[tuple[str, int, Seat | None, dict[str, Any]], ...] = (
            ("ask_consent", clerk, None, {"answer_by": day + timedelta(days=3)}),
            ("consent", clerk, Seat.RESPONDENT, {"evidence": [{"name": "答复.pdf", "sha256": evidence.keep(db, "答复.pdf", PDF)}]}),
            ("accept", chair, None, {}),
            ("assign", chair, None, {"mediators": [mediator]}),
            ("hold_talk", mediator, None, {"place": "调解室", "present": "双方", "record": "双方核对了工资表和考勤。"}),
        )
        for act, who, seat, sent in steps[: number % (len(steps) + 1)]:
            by = MEDIATIONS.actor(db, case, who, day)
            by = Actor(who, by.seats, seat, may_record=True) if seat else by
            do(db, MEDIATIONS, case, act, {"on": day, **sent}, by=by, today=day, at=_noon(day))


def _received(db: Session, committee: Organisation, clerk: int, day: date, number: int) -> MediationCase:
    form = Application.read(
        {
            "committee": committee.id,
            "matters": ["payment" if number % 2 else "dismissal"],
            "applicants": [{"kind": "worker", "name": f"职工{number}", "phone": f"1390000{number:04}"}],
            "respondents": [{"kind": "employer", "name": "上海红星机械有限公司"}],
            "requests": "支付工资18000元",
            "account": "公司三个月没有支付工资，多次催要没有结果。",
            "claim_fen": "18000",
        }
    )
    by = Actor(clerk, frozenset({Seat.COMMITTEE_CLERK}), Seat.COMMITTEE_CLERK)
    return apply_for_mediation(db, form, committee, by=by, today=day, at=_noon(day))


def _body(db: Session, kind: OrganisationKind, name: str, **more: Any) -> int:
    body = Organisation(kind=kind, name=name, region="310000", **more)
    db.add(body)
    db.flush()
    return body.id or 0


def _seated(db: Session, name: str, body: int, office: Office) -> int:
    person = Person(name=name)
    db.add(person)
    db.flush()
    assert person.id is not None
    db.add(Appointment(person_id=person.id, organisation_id=body, office=office, since=date(2020, 1, 1)))
    db.add(Account(person_id=person.id, login=f"person{person.id}", password_hash="x", created_at=now()))
    db.flush()
    return person.id


def _noon(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), SHANGHAI) + timedelta(hours=12)


def _copy(path: str, copies: int) -> None:
    db = sqlite_module().connect(path, isolation_level=None)
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", "cache_size=-200000", "temp_store=MEMORY"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN IMMEDIATE")
    db.execute("CREATE TEMP TABLE copy (n INTEGER PRIMARY KEY)")
    db.executemany("INSERT INTO copy VALUES (?)", [(n,) for n in range(1, copies + 1)])
    for name in COPIED:
        say(f"copying: {name}")
        db.execute(_copying(metadata.tables[name]))
    db.execute("COMMIT")
    assert not db.execute("PRAGMA foreign_key_check").fetchall()
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def _copying(one: Table) -> str:
    own = {"token": "lower(hex(randomblob(16)))", "serial": f"serial + n * {LED}"}
    columns = [column.name for column in one.columns]
    values = ", ".join(own.get(c) or (f"{c} + n * {STEP}" if c in MOVED else f'"{c}"') for c in columns)
    which = " WHERE case_kind = 'mediation'" if "case_kind" in columns else ""
    return f"INSERT INTO {one.name} ({', '.join(f'{chr(34)}{c}{chr(34)}' for c in columns)}) SELECT {values} FROM {one.name}, copy{which}"


def _readers(database: Database) -> dict[str, Ask]:
    chance = random.Random(7)
    with database.write() as db:
        every = list(db.exec(select(MediationCase.id).order_by(col(MediationCase.id))).all())
        account = db.exec(
            select(Account.id)
            .join(Appointment, col(Appointment.person_id) == col(Account.person_id))
            .where(Appointment.office == Office.COMMITTEE_CLERK)
        ).one()
        clerk = entry.begin_session(db, account or 0, address="127.0.0.1", agent="", at=now())
    chosen = chance.sample(every, min(SAMPLE, len(every)))
    pages = len(every) // 50
    return {
        "case page": lambda chance: (f"/mediation/{chance.choice(chosen)}", clerk),
        "list, the overdue first": lambda chance: ("/mediation", clerk),
        "list, any of its pages": lambda chance: (f"/mediation?number={chance.randint(1, pages)}", clerk),
    }


# ---- early warnings


def _sweep(number: int, today: date) -> tuple[object, ...]:
    say(f"early warnings: {number} signs")
    with tempfile.TemporaryDirectory(prefix="heyi-warnings-") as name, on_sqlite(Path(name)) as database:
        house = House(database)
        house.write(_signs, number, today)
        looked = [_timed(lambda: house.read(heavy, today))[0] for _ in range(3)]
        raising, raised = _timed(lambda: warn(house, today, now()))
        again, more = _timed(lambda: warn(house, today, now()))
        house.close()
    return f"{number:,}", f"{median(looked):.3f}", f"{raising:.2f}", raised, f"{again:.3f}", more


def _signs(db: Session, number: int, today: date) -> None:
    """Spread over a year; at every hundredth unit three of the last days are alike."""
    keeper = _body(db, OrganisationKind.FEDERATION, "江湾街道总工会")
    chance, matters = random.Random(11), ("relation", "contract", "dismissal", "conditions", "payment", "other_dispute")
    crowds = [(unit, day) for unit in range(0, UNITS, 100) for day in range(3)]
    rows = [
        {
            "case_kind": "mediation",
            "case_id": n,
            "keeper_id": keeper,
            "unit": f"第{crowds[n][0]}家单位" if n < len(crowds) else f"散户{n % (number // 2)}",
            "matter": "payment" if n < len(crowds) else chance.choice(matters),
            "persons": chance.randint(1, 9),
            "arrears": False,
            "on_day": today - timedelta(days=crowds[n][1] if n < len(crowds) else chance.randint(0, 364)),
        }
        for n in range(number)
    ]
    db.connection().execute(insert(metadata.tables[WarningSign.__tablename__]), rows)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found


if __name__ == "__main__":
    main()
