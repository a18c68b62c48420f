"""The journal: append-only, hash-chained per case, and sealed across the installation by checkpoints.

An entry's hash is SHA-256 over the canonical JSON of its columns and the hash before it in the same case. A checkpoint
holds the heads of the cases that changed since the one before it and is chained itself, so that an entry removed from the
tail of a case is missed even by someone who also turned back the case row. What an act issues comes into being after its
entry and is written beside it as an addendum: a link of the same chain, to which the next entry joins.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter

from sqlalchemy import Connection, String, Table, UniqueConstraint, and_, event, func
from sqlmodel import Field, Session, SQLModel, col, select

from workflow.case import START_OF_CHAIN, Case
from workflow.database import JSONB_OR_JSON, Big
from workflow.words import N_, Sentence, say


class Entry(SQLModel, table=True):
    """One act: who did it in which seat, on which legal day, entered when, under which rules, from where to where."""

    __tablename__ = "journal"
    __table_args__ = (UniqueConstraint("case_kind", "case_id", "seq"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big, index=True)
    seq: int
    act: str = Field(sa_type=String(60))
    seat: str = Field(sa_type=String(40))
    """Seat whose act it is."""
    actor_id: int | None = Field(default=None, sa_type=Big)
    """Person who entered it; none is the clock."""
    done_on: date
    entered_at: datetime
    rules: list[str] = Field(sa_type=JSONB_OR_JSON)
    state_from: str = Field(sa_type=String(40))
    state_to: str = Field(sa_type=String(40))
    on_paper: bool = False
    particulars: dict[str, object] = Field(sa_type=JSONB_OR_JSON)
    previous: str = Field(sa_type=String(64))
    hash: str = Field(sa_type=String(64))


class Addendum(SQLModel, table=True):
    """What an act brought about once its entry stood: `particulars` name it with its hash. `number` counts within the entry."""

    __tablename__ = "journal_addendum"
    __table_args__ = (UniqueConstraint("case_kind", "case_id", "seq", "number"), {"sqlite_autoincrement": True})

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    case_kind: str = Field(sa_type=String(40))
    case_id: int = Field(sa_type=Big)
    seq: int
    number: int
    particulars: dict[str, object] = Field(sa_type=JSONB_OR_JSON)
    previous: str = Field(sa_type=String(64))
    hash: str = Field(sa_type=String(64))


class Checkpoint(SQLModel, table=True):
    """`heads` maps `kind/id` to `[seq, hash]` for every case that changed since the checkpoint before."""

    __tablename__ = "journal_checkpoint"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int | None = Field(default=None, primary_key=True, sa_type=Big)
    at: datetime
    last_entry: int = Field(sa_type=Big)
    heads: dict[str, list[object]] = Field(sa_type=JSONB_OR_JSON)
    previous: str = Field(sa_type=String(64))
    hash: str = Field(sa_type=String(64))


APPEND_ONLY = ("journal", "journal_addendum", "journal_checkpoint")


def append_only_ddl(dialect: str, tables: Sequence[str] = APPEND_ONLY) -> list[str]:
    """Statements that make the database itself refuse to change or remove a row of these tables."""
    if dialect == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for table in tables
            for verb in ("update", "delete")
        ]
    statements = [
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
    ]
    for table in tables:
        statements.append(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        statements.append(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    return statements


@event.listens_for(SQLModel.metadata.tables[Checkpoint.__tablename__], "after_create")
def close_the_book(_table: Table, connection: Connection, **_: object) -> None:
    """All of them stand by now: the checkpoint's is the last to be made."""
    for statement in append_only_ddl(connection.dialect.name):
        connection.exec_driver_sql(statement.replace("%", "%%") if connection.dialect.name == "postgresql" else statement)


def append(
    db: Session,
    case: Case,
    kind: str,
    *,
    act: str,
    seat: str,
    actor_id: int | None,
    done_on: date,
    entered_at: datetime,
    rules: list[str],
    state_from: str,
    particulars: Mapping[str, object] | None = None,
    on_paper: bool = False,
) -> Entry:
    """Write the next entry of `case` and move its head. `particulars` hold ids, hashes, dates and numbers, no personal words."""
    assert case.id is not None
    entry = Entry(
        case_kind=kind,
        case_id=case.id,
        seq=case.journal_seq + 1,
        act=act,
        seat=seat,
        actor_id=actor_id,
        done_on=done_on,
        entered_at=entered_at,
        rules=rules,
        state_from=state_from,
        state_to=case.state,
        on_paper=on_paper,
        particulars=json.loads(canonical(particulars or {})),
        previous=case.journal_head,
        hash="",
    )
    entry.hash = digest(entry)
    case.journal_seq = entry.seq
    case.journal_head = entry.hash
    db.add(entry)
    db.flush()
    return entry


def add(db: Session, case: Case, kind: str, **particulars: object) -> Addendum:
    """Write what the last entry of `case` brought about, and move its head."""
    assert case.id is not None
    there = select(func.count(col(Addendum.id))).where(
        Addendum.case_kind == kind, Addendum.case_id == case.id, Addendum.seq == case.journal_seq
    )
    addendum = Addendum(
        case_kind=kind,
        case_id=case.id,
        seq=case.journal_seq,
        number=db.exec(there).one() + 1,
        particulars=json.loads(canonical(particulars)),
        previous=case.journal_head,
        hash="",
    )
    addendum.hash = digest_of(addendum)
    case.journal_head = addendum.hash
    db.add(addendum)
    db.flush()
    return addendum


def addenda(db: Session, kind: str, case_id: int) -> list[Addendum]:
    query = select(Addendum).where(Addendum.case_kind == kind, Addendum.case_id == case_id)
    return list(db.exec(query.order_by(col(Addendum.seq), col(Addendum.number))).all())


def entries(db: Session, kind: str, case_id: int) -> list[Entry]:
    return list(db.exec(select(Entry).where(Entry.case_kind == kind, Entry.case_id == case_id).order_by(col(Entry.seq))).all())


def latest(db: Session, kind: str, case_id: int, count: int) -> list[Entry]:
    """The last entries of a case, newest first."""
    query = select(Entry).where(Entry.case_kind == kind, Entry.case_id == case_id).order_by(col(Entry.seq).desc())
    return list(db.exec(query.limit(count)).all())


def moves(db: Session, kind: str, case_id: int) -> list[Entry]:
    """Entries that changed the state, oldest first."""
    return list(
        db.exec(
            select(Entry)
            .where(Entry.case_kind == kind, Entry.case_id == case_id, Entry.state_from != Entry.state_to)
            .order_by(col(Entry.seq))
        ).all()
    )


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces; dates and instants in ISO 8601."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso)


def digest(entry: Entry) -> str:
    return _sha256(
        [
            entry.case_kind,
            entry.case_id,
            entry.seq,
            entry.act,
            entry.seat,
            entry.actor_id,
            entry.done_on,
            entry.entered_at,
            entry.rules,
            entry.state_from,
            entry.state_to,
            entry.on_paper,
            entry.particulars,
            entry.previous,
        ]
    )


def digest_of(addendum: Addendum) -> str:
    return _sha256([addendum.case_kind, addendum.case_id, addendum.seq, addendum.number, addendum.particulars, addendum.previous])


def checkpoint(db: Session, at: datetime) -> Checkpoint | None:
    """Seal what was written since the last checkpoint; nothing new, nothing written."""
    last = db.exec(select(Checkpoint).order_by(col(Checkpoint.id).desc()).limit(1)).first()
    since = last.last_entry if last else 0
    newest = db.exec(select(func.max(Entry.id))).one() or 0
    if newest <= since:
        return None
    # Concurrent writers may commit ids out of order: each checkpoint also looks back a little.
    rows = db.exec(
        select(Entry.case_kind, Entry.case_id, func.max(Entry.seq))
        .where(col(Entry.id) > since - 1000)
        .group_by(Entry.case_kind, col(Entry.case_id))
    ).all()
    heads: dict[str, list[object]] = {}
    for kind, case_id, seq in rows:
        entry = select(Entry.hash).where(Entry.case_kind == kind, Entry.case_id == case_id, Entry.seq == seq)
        added = select(Addendum.hash).where(Addendum.case_kind == kind, Addendum.case_id == case_id, Addendum.seq == seq)
        last_added = db.exec(added.order_by(col(Addendum.number).desc()).limit(1)).first()
        heads[f"{kind}/{case_id}"] = [seq, last_added or db.exec(entry).one()]
    previous = last.hash if last else START_OF_CHAIN
    mark = Checkpoint(at=at, last_entry=newest, heads=heads, previous=previous, hash="")
    mark.hash = _sha256([mark.at, mark.last_entry, mark.heads, mark.previous])
    db.add(mark)
    db.flush()
    return mark


@dataclass(frozen=True)
class Fault:
    """What is wrong, and where: `case` is `kind/id`, `seq` the entry's place in its case."""

    case: str
    seq: int
    sentence: Sentence


def verify(db: Session, case_types: Mapping[str, type[Case]]) -> Iterator[Fault]:
    """Every changed, removed, reordered or inserted entry, by name. Reads the journal in order, a case at a time."""
    heads: dict[str, tuple[int, str, str]] = {}
    known: dict[str, dict[int, str]] = {}
    added = and_(*(col(getattr(Addendum, name)) == col(getattr(Entry, name)) for name in ("case_kind", "case_id", "seq")))
    query = select(Entry, Addendum).outerjoin(Addendum, added).order_by(col(Entry.case_kind), col(Entry.case_id), col(Entry.seq))
    rows = db.exec(query.order_by(col(Entry.id), col(Addendum.number)).execution_options(yield_per=500))
    for entry, beside in groupby(rows, key=itemgetter(0)):
        name = f"{entry.case_kind}/{entry.case_id}"
        seq, head, _state = heads.get(name, (0, START_OF_CHAIN, ""))
        if entry.seq > seq + 1:
            yield Fault(name, seq + 1, say(N_("第{first}至{last}条记录不见了。"), first=seq + 1, last=entry.seq - 1))
        if entry.seq <= seq:
            yield Fault(name, entry.seq, say(N_("第{seq}条记录出现了两次，有一条是插入的。"), seq=entry.seq))
        is_whole = digest(entry) == entry.hash
        if not is_whole:
            yield Fault(name, entry.seq, say(N_("第{seq}条记录的内容被改动过。"), seq=entry.seq))
        elif entry.previous != head and entry.seq == seq + 1:
            yield Fault(name, entry.seq, say(N_("第{seq}条记录接不上前一条：它之前的记录被换过、调过顺序或插入过。"), seq=entry.seq))
        last = entry.hash
        for _, addendum in beside:
            if addendum is None:
                continue
            if is_whole and (addendum.previous != last or digest_of(addendum) != addendum.hash):
                yield Fault(name, entry.seq, say(N_("第{seq}条记录的附记（出具的文书）被改动过，或者少了一条。"), seq=entry.seq))
            last = addendum.hash
        heads[name] = (entry.seq, last, entry.state_to)
        known.setdefault(name, {})[entry.seq] = last
    for kind, case_type in case_types.items():
        for case_id, seq, head, state in db.exec(select(case_type.id, case_type.journal_seq, case_type.journal_head, case_type.state)):
            name = f"{kind}/{case_id}"
            last_seq, last_head, last_state = heads.pop(name, (0, START_OF_CHAIN, state))
            if seq > last_seq:
                yield Fault(name, last_seq + 1, say(N_("末尾的第{first}至{last}条记录不见了。"), first=last_seq + 1, last=seq))
            elif last_seq > seq:
                said = say(N_("末尾的第{first}至{last}条记录是插入的：案件只记到第{seq}条。"), first=seq + 1, last=last_seq, seq=seq)
                yield Fault(name, seq + 1, said)
            elif (seq, head) != (last_seq, last_head):
                yield Fault(name, last_seq, say(N_("案件所记的最后一条（第{seq}条）与记录不符。"), seq=seq))
            elif state != last_state:
                yield Fault(name, last_seq, say(N_("案件的状态被改动过，与最后一条（第{seq}条）记录不符。"), seq=seq))
    for name, (seq, _head, _state) in heads.items():
        yield Fault(name, seq, say(N_("有{count}条记录，但没有这个案件。"), count=seq))
    yield from _verify_checkpoints(db, known)


def _verify_checkpoints(db: Session, known: Mapping[str, Mapping[int, str]]) -> Iterator[Fault]:
    previous = START_OF_CHAIN
    reported: set[tuple[str, int]] = set()
    for mark in db.exec(select(Checkpoint).order_by(col(Checkpoint.id))):
        assert mark.id is not None
        if mark.previous != previous or mark.hash != _sha256([mark.at, mark.last_entry, mark.heads, mark.previous]):
            yield Fault("checkpoint", mark.id, say(N_("第{seq}号封存记录被改动过，或它之前的封存记录不见了。"), seq=mark.id))
        for name, (seq, head) in mark.heads.items():
            place = (name, int(str(seq)))
            if known.get(name, {}).get(place[1]) != head and place not in reported:
                reported.add(place)
                yield Fault(name, place[1], say(N_("第{seq}条记录与{at}封存时不同，或已经不见。"), seq=seq, at=mark.at.isoformat()))
        previous = mark.hash


def _sha256(values: list[object]) -> str:
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not journal material: {value!r}")
