"""What runs by itself: the clock's acts, results of congresses, reminding, mails, checkpoints of the journal.

On DBOS, in the application's own database (`docs/decisions/005-jobs-run-on-dbos.md`). Any job may run twice or be cut off at
any point: it looks at the rows anew and does what is still to be done. A row that wants a job has it from the transaction
that wrote the row.
"""

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSClient, DBOSPortableJSONSerializer, EnqueueOptions
from sqlalchemy import Connection, Engine, create_engine, event, text, update
from sqlalchemy import select as sa_select
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, exists, select

from congress.models import CongressNotice
from web import bundling, nodes, sending
from web import house as rooms
from web.dispatch import House
from web.practice import SHANGHAI, now, today
from web.settings import Settings, verified_at
from workflow import journal
from workflow.database import is_sqlite, sqlite_module
from workflow.documents.bundle import Bundle
from workflow.outbox import Message

log = logging.getLogger("heyi.jobs")

VERSION = "1"
"""Raised only when jobs that are under way could not go on under the new code. DBOS's own, a digest of the code, would leave
every waiting job behind at each upgrade."""

HOUSE, OUTBOX = "house", "outbox"
"""Queues: what moves cases must not wait behind a mail server that does not answer."""

MORNING = 8
"""Hour in China at which people are reminded."""

KEPT = timedelta(days=3)
"""How long finished jobs can be looked at."""

STALE = timedelta(days=7)
"""A message that nobody sent for so long is no news any more."""

ALONE = 7_305_814
"""PostgreSQL advisory lock: two checkpoints at once would both follow the same one."""


@dataclass(frozen=True)
class Pace:
    """Seconds. A process silent for longer than `silence` is taken for dead, and its work taken over."""

    beat: float = 15
    silence: float = 60
    poll: float = 0.5
    backoff: Sequence[float] = sending.BACKOFF


@dataclass(frozen=True)
class Running:
    house: House
    settings: Settings
    pace: Pace
    claim: nodes.Claim
    client: DBOSClient

    @property
    def silence(self) -> timedelta:
        return timedelta(seconds=self.pace.silence)

    def ask(self, connection: Connection, job: str, queue: str, row_id: int) -> None:
        """Put a job for a row into the transaction in hand. Asked again, nothing happens."""
        self.client.enqueue_in_transaction(connection, _job(job, queue, row_id), row_id)


_running: Running | None = None
"""Of this process. DBOS knows one engine a process, and its jobs are plain functions."""


def run(house: House, settings: Settings, stop: threading.Event, *, pace: Pace = Pace(), ready: threading.Event | None = None) -> None:
    """Run jobs until `stop` is set. A database that goes away is waited for."""
    while not stop.is_set():
        try:
            with _engine(house, settings, pace) as running:
                if ready is not None:
                    ready.set()
                _watch(running, stop)
        except DBAPIError:
            log.exception("the database is out of reach; jobs stand still")
            stop.wait(pace.beat)


def _watch(running: Running, stop: threading.Event) -> None:
    """Beat, and take over the work of those whose heart stopped. Returns to stop, or when this process itself was taken for dead."""
    while not stop.wait(running.pace.beat):
        if not running.house.write(nodes.beat, running.claim):
            log.warning("%s was silent for too long and its name has gone to another process", running.claim.name)
            return
        living = running.house.read(nodes.alive, running.silence)
        pending = running.client.list_workflows(status="PENDING", load_input=False, load_output=False)
        if dead := {str(job.executor_id) for job in pending if job.executor_id} - living:
            log.warning("taking over the jobs of %s", ", ".join(sorted(dead)))
            DBOS._recover_pending_workflows(sorted(dead))


@contextmanager
def _engine(house: House, settings: Settings, pace: Pace) -> Iterator[Running]:
    global _running
    claim = house.write(nodes.take, timedelta(seconds=pace.silence))
    engine = _own_engine(house)
    serializer = DBOSPortableJSONSerializer()
    dbos_log = logging.getLogger("dbos")
    if not dbos_log.handlers:
        dbos_log.addHandler(logging.NullHandler())  # DBOS adds a console of its own where it finds none
    try:
        DBOS(
            config={
                "name": "heyi",
                "system_database_engine": engine,
                "application_version": VERSION,
                "executor_id": claim.name,
                "serializer": serializer,
                "max_executor_threads": 12,
                "use_listen_notify": False,
                "log_level": "WARNING",
            }
        )
        dbos_log.setLevel(logging.WARNING)
        DBOS.launch()
        DBOS.register_queue(HOUSE, worker_concurrency=2, polling_interval_sec=pace.poll, on_conflict="always_update")
        DBOS.register_queue(OUTBOX, worker_concurrency=8, polling_interval_sec=pace.poll, on_conflict="always_update")
        DBOS.apply_schedules(
            [
                {
                    "schedule_name": job.__name__,
                    "workflow_fn": job,
                    "schedule": cron,
                    "cron_timezone": "Asia/Shanghai",
                    "queue_name": HOUSE,
                }
                for job, cron in ((every_minute, "* * * * *"), (every_hour, "0 * * * *"), (every_morning, f"0 {MORNING} * * *"))
            ]
        )
        client = DBOSClient(system_database_engine=engine, serializer=serializer, application_name="heyi", lazy=True)
        _running = Running(house, settings, pace, claim, client)
        client.enqueue({**_job("begin", HOUSE), "workflow_id": f"begin-{claim.token}"})
        yield _running
    finally:
        _running = None
        dbos_log.setLevel(logging.CRITICAL)  # what it was about to begin is left to the next process, without a word
        DBOS.destroy(workflow_completion_timeout_sec=5)
        engine.dispose()
        house.write(nodes.leave, claim)


def _own_engine(house: House) -> Engine:
    """DBOS's own connections. On SQLite a single one, which begins `IMMEDIATE` like the writer's and leaves checkpoints to it."""
    database = house.database
    if not database.is_sqlite:
        return create_engine(database.url, pool_size=4, max_overflow=4, pool_pre_ping=True)
    engine = create_engine(
        database.url, module=sqlite_module(), connect_args={"check_same_thread": False}, pool_size=1, max_overflow=0, pool_timeout=60
    )
    if database.is_faulty_sqlite():
        event.listen(engine, "checkout", lambda *_: house.alone.__enter__())
        event.listen(engine, "checkin", lambda *_: house.alone.__exit__(None, None, None))

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "wal_autocheckpoint=0"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def begin_once(_connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> tuple[str, Any]:
        """DBOS's migration says BEGIN itself, for a driver that would not."""
        begun = statement == "BEGIN IMMEDIATE" and cursor.connection.in_transaction
        return ("SELECT 1" if begun else statement), parameters

    return engine


# ---- rows that want a job


@event.listens_for(Message, "after_insert")
def _message_written(_mapper: object, connection: Connection, message: Message) -> None:
    running = _serving(connection)
    if running is not None and message.id is not None and _can_send(connection, running.settings):
        running.ask(connection, "send", OUTBOX, message.id)


@event.listens_for(CongressNotice, "after_insert")
def _notice_written(_mapper: object, connection: Connection, notice: CongressNotice) -> None:
    running = _serving(connection)
    if running is not None and notice.id is not None:
        running.ask(connection, "hear", HOUSE, notice.id)


@event.listens_for(Bundle, "after_insert")
def _bundle_asked(_mapper: object, connection: Connection, bundle: Bundle) -> None:
    running = _serving(connection)
    if running is not None and bundle.id is not None:
        running.ask(connection, "bundle", HOUSE, bundle.id)


def _serving(connection: Connection) -> Running | None:
    """The engine, if it runs in this process on the database of this connection."""
    return _running if _running is not None and _running.house.database.engine.url == connection.engine.url else None


def _can_send(connection: Connection, settings: Settings) -> bool:
    """Whether anything leaves this house at all."""
    if settings.smtp:
        return True
    return bool(connection.scalar(sa_select(exists().where(col(sending.Robot.removed_on).is_(None)))))


def _job(job: str, queue: str, row_id: int | None = None) -> EnqueueOptions:
    options: EnqueueOptions = {"workflow_name": job, "queue_name": queue}
    return options if row_id is None else {**options, "workflow_id": f"{job}-{row_id}"}


# ---- the jobs


def _now() -> Running:
    assert _running is not None, "jobs run only while the engine does"
    return _running


@DBOS.workflow(name="send")
def send(message_id: int, tries: int = 0) -> None:
    running = _now()
    wait = sending.send(running.house, running.settings, message_id, running.pace.backoff)
    if wait is not None:
        later: EnqueueOptions = {**_job("send", OUTBOX), "workflow_id": f"send-{message_id}-{tries + 1}", "delay_seconds": wait}
        running.client.enqueue(later, message_id, tries + 1)


@DBOS.workflow(name="hear")
def hear(notice_id: int) -> None:
    house = _now().house
    rooms.hear(house, notice_id, house.read(today), now())


@DBOS.workflow(name="bundle")
def bundle(bundle_id: int) -> None:
    running = _now()
    bundling.make(running.house, bundle_id, running.house.read(today), now(), verified_at(running.settings))


@DBOS.workflow(name="begin")
def begin() -> None:
    """What was missed while nobody ran."""
    house, at = _now().house, now()
    _gather(_now(), at, timedelta(0))
    rooms.come_to(house, house.read(today), at, reminding=at.astimezone(SHANGHAI).hour >= MORNING)


@DBOS.workflow(name="every_minute")
def every_minute(_scheduled: object, _context: object) -> None:
    house, at = _now().house, now()
    house.write(_checkpoint, at)
    _gather(_now(), at, timedelta(minutes=1))


@DBOS.workflow(name="every_hour")
def every_hour(_scheduled: object, _context: object) -> None:
    house = _now().house
    rooms.come_to(house, house.read(today), now(), reminding=False)


@DBOS.workflow(name="every_morning")
def every_morning(_scheduled: object, _context: object) -> None:
    house, at = _now().house, now()
    rooms.come_to(house, house.read(today), at)
    rooms.clear(house, house.read(today), at)
    _forget(_now(), at)


def _checkpoint(db: Session, at: datetime) -> None:
    if not is_sqlite(db):
        db.connection().execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": ALONE})
    journal.checkpoint(db, at)


def _gather(running: Running, at: datetime, age: timedelta) -> None:
    """Give a job to rows that a process without an engine wrote (a command, a start, a crash between two versions)."""
    for notice in running.house.read(rooms.pending):
        running.client.enqueue(_job("hear", HOUSE, notice), notice)
    for waiting in running.house.read(bundling.unfinished):
        running.client.enqueue(_job("bundle", HOUSE, waiting), waiting)
    for message in running.house.write(_unsent, running.settings, at, age):
        running.client.enqueue(_job("send", OUTBOX, message), message)


def _unsent(db: Session, settings: Settings, at: datetime, age: timedelta) -> Sequence[int]:
    waits = col(Message.sent_at).is_(None) & ~exists().where(col(sending.Sending.message_id) == col(Message.id))
    too_late = col(Message.created_at) < at - STALE if _can_send(db.connection(), settings) else col(Message.created_at) <= at - age
    db.connection().execute(update(Message).where(waits, too_late).values(sent_at=at))
    query = select(Message.id).where(waits, col(Message.created_at) <= at - age).order_by(col(Message.id)).limit(1000)
    return [message for message in db.exec(query).all() if message is not None]


def _forget(running: Running, at: datetime) -> None:
    """Remove the records of jobs that ended long ago."""
    before = (at - KEPT).isoformat()
    while ended := running.client.list_workflows(completed_before=before, limit=500, load_input=False, load_output=False):
        running.client.delete_workflows([job.workflow_id for job in ended])
