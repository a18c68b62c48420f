"""The journal of a real case: the database refuses to change it, and whoever changes it all the same is found out and the entry named."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import object_session
from sqlmodel import Session, col, select

from negotiation.models import Negotiation
from tests.cast import Story, noon
from tests.procedures import walk
from web.house import CASE_TYPES, verify
from workflow import journal
from workflow.database import is_sqlite
from workflow.documents.issue import Document
from workflow.journal import APPEND_ONLY, START_OF_CHAIN, Addendum, Checkpoint, Entry, addenda, checkpoint, digest, digest_of, entries

SHANGHAI = "310000"


@pytest.fixture
def story(db: Session) -> Story:
    """Twelve entries and more, sealed by a checkpoint."""
    story = walk.consulting(db, SHANGHAI)
    checkpoint(db, noon(date(2026, 3, 20)))
    db.commit()
    assert verify(db) == []
    return story


@pytest.fixture
def open_book(story: Story) -> Story:
    """Somebody with the keys of the database has taken the triggers away."""
    for table in APPEND_ONLY:
        names = ("no_update", "no_delete") if is_sqlite(story.db) else ("append_only", "no_truncate")
        for name in names:
            story.db.execute(text(f"DROP TRIGGER {table}_{name}" + ("" if is_sqlite(story.db) else f" ON {table}")))
    return story


def book(story: Story) -> list[Entry]:
    story.db.expire_all()
    return entries(story.db, "negotiation", story.case.id or 0)


def faults(story: Story) -> list[str]:
    """Of the chain alone; what hangs on it is tried in `test_integrity.py`."""
    story.db.flush()
    story.db.expire_all()
    return [f"{fault.case}#{fault.seq} {fault.sentence}" for fault in journal.verify(story.db, CASE_TYPES)]


def place(story: Story) -> str:
    return f"negotiation/{story.case.id}"


def forge(entry: Entry, previous: str) -> str:
    """As if it had always been so: the hash fits what the entry says now, and so do those of its addenda. Gives the last of them."""
    entry.previous = previous
    entry.hash = last = digest(entry)
    for addendum in beside(entry):
        addendum.previous = last
        addendum.hash = last = digest_of(addendum)
    return last


def beside(entry: Entry) -> list[Addendum]:
    """The addenda of an entry; none of one that is not written yet."""
    db = object_session(entry)
    return [one for one in addenda(db, entry.case_kind, entry.case_id) if one.seq == entry.seq] if isinstance(db, Session) else []


def link(entry: Entry) -> str:
    """What the entry after it joins to."""
    return beside(entry)[-1].hash if beside(entry) else entry.hash


# ---- what the database refuses


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = 'x'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_remove_an_entry(story: Story, table: str, statement: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is append-only"):
        story.db.execute(text(statement.format(table)))
    story.db.rollback()
    assert faults(story) == []


def test_an_entry_has_one_place_in_its_case(story: Story) -> None:
    twin = book(story)[2]
    with pytest.raises(DBAPIError):
        story.db.add(Entry(**{**twin.model_dump(exclude={"id"}), "act": "settle"}))
        story.db.flush()
    story.db.rollback()


# ---- changed


def change_act(entry: Entry) -> None:
    entry.act = "decline_offer"


def change_day(entry: Entry) -> None:
    entry.done_on = date(2026, 3, 4)


def change_seat(entry: Entry) -> None:
    entry.seat = "union"


def change_actor(entry: Entry) -> None:
    entry.actor_id = 999


def change_rules(entry: Entry) -> None:
    entry.rules = ["TU-54"]


def change_particulars(entry: Entry) -> None:
    entry.particulars = {**entry.particulars, "late": True}


def change_paper(entry: Entry) -> None:
    entry.on_paper = True


def change_instant(entry: Entry) -> None:
    entry.entered_at = noon(date(2026, 3, 4))


CHANGES = [change_act, change_day, change_seat, change_actor, change_rules, change_particulars, change_paper, change_instant]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_entry_is_named(open_book: Story, change: Callable[[Entry], None]) -> None:
    change(book(open_book)[3])
    assert faults(open_book) == [f"{place(open_book)}#4 第4条记录的内容被改动过。"]


def test_a_changed_entry_with_a_hash_to_match_no_longer_fits_the_next(open_book: Story) -> None:
    rows = book(open_book)
    rows[3].done_on = date(2026, 3, 4)
    forge(rows[3], link(rows[2]))
    assert faults(open_book) == [f"{place(open_book)}#5 第5条记录接不上前一条：它之前的记录被换过、调过顺序或插入过。"]


def test_a_chain_forged_to_its_end_no_longer_fits_the_case(open_book: Story) -> None:
    _forge_from(open_book, 3)
    last = book(open_book)[-1].seq
    found = faults(open_book)
    assert found[0] == f"{place(open_book)}#{last} 案件所记的最后一条（第{last}条）与记录不符。"


def test_a_chain_forged_with_its_case_no_longer_fits_the_seal(open_book: Story) -> None:
    _forge_from(open_book, 3)
    last = book(open_book)[-1]
    _set_head(open_book, last.seq, link(last))
    found = faults(open_book)
    assert len(found) == 1 and found[0].startswith(f"{place(open_book)}#{last.seq} 第{last.seq}条记录与2026-03-20T04:00:00")


def _forge_from(story: Story, first: int) -> None:
    rows = book(story)
    rows[first].done_on = date(2026, 3, 4)
    previous = link(rows[first - 1])
    for row in rows[first:]:
        previous = forge(row, previous)
    story.db.flush()


def _set_head(story: Story, seq: int, head: str) -> None:
    story.db.execute(
        text("UPDATE negotiation SET journal_seq = :seq, journal_head = :head WHERE id = :id"),
        {"seq": seq, "head": head, "id": story.case.id},
    )


# ---- what an act issued


def test_a_document_is_vouched_for_by_the_entry_it_was_issued_with(open_book: Story) -> None:
    """A changed addendum, one without its fellows, and a chain that leaves them out are all found."""
    db = open_book.db
    offer = next(entry for entry in book(open_book) if entry.act == "offer")
    (addendum,) = beside(offer)
    document = db.exec(select(Document).where(Document.kind == "offer")).one()
    assert addendum.particulars == {"document": "offer", "id": document.id, "sha256": document.sha256}
    addendum.particulars = {**addendum.particulars, "sha256": "0" * 64}
    changed = f"{place(open_book)}#{offer.seq} 第{offer.seq}条记录的附记（出具的文书）被改动过，或者少了一条。"
    assert faults(open_book) == [changed]
    db.delete(addendum)
    assert faults(open_book) == [
        f"{place(open_book)}#{offer.seq + 1} 第{offer.seq + 1}条记录接不上前一条：它之前的记录被换过、调过顺序或插入过。"
    ]


# ---- removed


def test_an_entry_removed_from_the_middle_is_named(open_book: Story) -> None:
    open_book.db.delete(book(open_book)[3])
    assert faults(open_book) == [f"{place(open_book)}#4 第4至4条记录不见了。"]


def test_several_removed_in_a_row_are_named(open_book: Story) -> None:
    for row in book(open_book)[2:5]:
        open_book.db.delete(row)
    assert faults(open_book) == [f"{place(open_book)}#3 第3至5条记录不见了。"]


def test_the_first_entry_removed_is_named(open_book: Story) -> None:
    open_book.db.delete(book(open_book)[0])
    assert faults(open_book) == [f"{place(open_book)}#1 第1至1条记录不见了。"]


def test_entries_removed_from_the_tail_are_named(open_book: Story) -> None:
    rows = book(open_book)
    last = rows[-1].seq
    for row in rows[-2:]:
        open_book.db.delete(row)
    assert faults(open_book)[0] == f"{place(open_book)}#{last - 1} 末尾的第{last - 1}至{last}条记录不见了。"


def test_entries_removed_from_the_tail_with_the_case_turned_back_are_missed_by_the_seal(open_book: Story) -> None:
    rows = book(open_book)
    last = rows[-1].seq
    _set_head(open_book, rows[-3].seq, link(rows[-3]))
    for row in rows[-2:]:
        open_book.db.delete(row)
    (forgotten, _sealed) = faults(open_book)
    assert forgotten == f"{place(open_book)}#{rows[-3].seq} 案件的状态被改动过，与最后一条（第{rows[-3].seq}条）记录不符。"
    open_book.case.state = rows[-3].state_to
    found = faults(open_book)
    assert len(found) == 1 and found[0].startswith(f"{place(open_book)}#{last} 第{last}条记录与2026-03-20T04:00:00")


def test_a_case_removed_with_its_whole_journal_is_missed(open_book: Story) -> None:
    last = book(open_book)[-1].seq
    for row in book(open_book):
        open_book.db.delete(row)
    open_book.db.flush()
    _set_head(open_book, 0, START_OF_CHAIN)
    found = faults(open_book)
    assert len(found) == 1 and found[0].startswith(f"{place(open_book)}#{last} 第{last}条记录与")


def test_a_journal_without_its_case_is_named(story: Story) -> None:
    story.db.add(
        Entry(
            case_kind="negotiation",
            case_id=777,
            seq=1,
            act="open",
            seat="union",
            actor_id=None,
            done_on=date(2026, 3, 2),
            entered_at=noon(date(2026, 3, 2)),
            rules=[],
            state_from="drafted",
            state_to="drafted",
            particulars={},
            previous=START_OF_CHAIN,
            hash="",
        )
    )
    story.db.flush()
    row = story.db.exec(select(Entry).where(Entry.case_id == 777)).one()
    assert faults(story) == ["negotiation/777#1 第1条记录的内容被改动过。", "negotiation/777#1 有1条记录，但没有这个案件。"]
    assert row.hash == ""


# ---- reordered and inserted


def test_two_entries_in_each_others_place_are_named(open_book: Story) -> None:
    _swap(open_book, 3, 4)
    assert faults(open_book) == [
        f"{place(open_book)}#4 第4条记录的内容被改动过。",
        f"{place(open_book)}#5 第5条记录的内容被改动过。",
    ]


def test_two_entries_in_each_others_place_with_hashes_to_match_no_longer_fit_the_next(open_book: Story) -> None:
    _swap(open_book, 3, 4)
    rows = book(open_book)
    forge(rows[3], link(rows[2]))
    forge(rows[4], link(rows[3]))
    assert faults(open_book) == [f"{place(open_book)}#6 第6条记录接不上前一条：它之前的记录被换过、调过顺序或插入过。"]


def _swap(story: Story, one: int, other: int) -> None:
    rows = book(story)
    seqs = rows[one].seq, rows[other].seq
    ids = rows[one].id, rows[other].id
    for number, seq in ((ids[0], -1), (ids[1], seqs[0]), (ids[0], seqs[1])):
        story.db.execute(text("UPDATE journal SET seq = :seq WHERE id = :id"), {"seq": seq, "id": number})


def test_an_entry_inserted_in_the_middle_is_named(open_book: Story) -> None:
    rows = book(open_book)
    forged = _make_room_for(open_book, 4)
    forge(forged, link(rows[2]))
    open_book.db.add(forged)
    last = len(rows)
    assert faults(open_book) == [
        *(f"{place(open_book)}#{seq} 第{seq}条记录的内容被改动过。" for seq in range(5, last + 2)),
        f"{place(open_book)}#{last + 1} 末尾的第{last + 1}至{last + 1}条记录是插入的：案件只记到第{last}条。",
        f"{place(open_book)}#{last} 第{last}条记录与2026-03-20T04:00:00+00:00封存时不同，或已经不见。",
    ]


def _make_room_for(story: Story, seq: int) -> Entry:
    """The entries from `seq` on move up by one."""
    for row in reversed(book(story)[seq - 1 :]):
        story.db.execute(text("UPDATE journal SET seq = seq + 1 WHERE id = :id"), {"id": row.id})
        story.db.execute(text("UPDATE journal_addendum SET seq = seq + 1 WHERE seq = :seq"), {"seq": row.seq})
    model = book(story)[0]
    return Entry(**{**model.model_dump(exclude={"id"}), "seq": seq, "act": "press", "particulars": {"kind": "reminder"}})


def test_an_entry_added_behind_the_last_is_named(story: Story) -> None:
    """No trigger forbids to add: the case does not know of it."""
    last = book(story)[-1]
    more = Entry(**{**last.model_dump(exclude={"id"}), "seq": last.seq + 1, "act": "settle"})
    forge(more, link(last))
    story.db.add(more)
    assert faults(story) == [
        f"{place(story)}#{last.seq + 1} 末尾的第{last.seq + 1}至{last.seq + 1}条记录是插入的：案件只记到第{last.seq}条。"
    ]


# ---- the seals


def test_a_changed_seal_is_named(open_book: Story) -> None:
    seal = open_book.db.exec(select(Checkpoint)).one()
    seal.heads = {place(open_book): [1, "0" * 64]}
    found = faults(open_book)
    assert f"checkpoint#{seal.id} 第{seal.id}号封存记录被改动过，或它之前的封存记录不见了。" in found


def test_a_seal_removed_from_between_is_named(open_book: Story) -> None:
    for day in (21, 22):
        open_book.propose("李敏", date(2026, 3, day), head="other", text=f"第{day}日的条款")
        checkpoint(open_book.db, noon(date(2026, 3, day)))
    seals = list(open_book.db.exec(select(Checkpoint).order_by(col(Checkpoint.id))))
    assert faults(open_book) == []
    open_book.db.delete(seals[1])
    assert faults(open_book) == [f"checkpoint#{seals[2].id} 第{seals[2].id}号封存记录被改动过，或它之前的封存记录不见了。"]


def test_a_seal_covers_only_what_has_changed_since_and_nothing_new_makes_none(story: Story) -> None:
    assert checkpoint(story.db, noon(date(2026, 3, 21))) is None
    other = walk.talks(story.db, story.house, date(2026, 3, 21), kind="safety", title="专项")
    seal = checkpoint(story.db, noon(date(2026, 3, 21)))
    assert seal is not None and seal.heads[f"negotiation/{other.case.id}"] == [1, other.case.journal_head]


# ---- what is found elsewhere stays out of it


def test_one_case_forged_says_nothing_of_another(open_book: Story) -> None:
    other = walk.talks(open_book.db, open_book.house, date(2026, 3, 21), kind="safety", title="专项")
    book(open_book)[3].done_on = date(2026, 3, 4)
    assert [line for line in faults(open_book) if line.startswith(f"negotiation/{other.case.id}#")] == []


def test_each_act_raises_the_version_of_its_case(story: Story) -> None:
    before = story.case.version or 0
    story.propose("李敏", date(2026, 3, 21), head="other", text="劳模津贴")
    story.db.expire_all()
    assert story.db.get_one(Negotiation, story.case.id).version == before + 1
