"""What hangs on the journal: whoever changes a document, a file, a settled clause or a date behind its back is found out, by case."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, col, select

from negotiation.models import Clause, Negotiation, WageRow
from negotiation.text import Article, current_text, current_wages, stands, stated_term, text_hash
from tests.cast import Story, noon
from tests.databases import copied
from tests.procedures import walk
from web.house import verify
from workflow.database import is_sqlite
from workflow.deadlines import Deadline, Event
from workflow.documents.issue import Document, keep
from workflow.evidence import Evidence
from workflow.evidence import keep as keep_file
from workflow.journal import APPEND_ONLY, Entry

ZEROS = "0" * 64


@pytest.fixture
def story(db: Session) -> Story:
    """A settled text before a congress; offer, slips and dates lie behind it."""
    story, _meeting = walk.submitted(db, walk.SHANGHAI)
    db.commit()
    assert verify(db) == []
    return story


@pytest.fixture
def opened(story: Story) -> Iterator[Story]:
    """Somebody with the keys of the database has taken the triggers and, where it can be done, the references away."""
    db = story.db
    if is_sqlite(db):
        db.rollback()
        db.connection().exec_driver_sql("ROLLBACK")
        db.connection().exec_driver_sql("PRAGMA foreign_keys=OFF")
        db.connection().exec_driver_sql("BEGIN IMMEDIATE")
        for name in ("document_frozen", "document_kept", *(f"{table}_no_{verb}" for table in APPEND_ONLY for verb in ("update", "delete"))):
            db.execute(text(f"DROP TRIGGER {name}"))
    else:
        db.execute(text("SET session_replication_role = replica"))
    yield story
    if is_sqlite(db):
        db.rollback()
        db.connection().exec_driver_sql("ROLLBACK")
        db.connection().exec_driver_sql("PRAGMA foreign_keys=ON")
        db.connection().exec_driver_sql("BEGIN")


def place(story: Story) -> str:
    return f"negotiation/{story.case.id}"


def change(story: Story, statement: str, **values: object) -> list[str]:
    """What is found after the statement, which must have met one row."""
    assert story.db.execute(text(statement), values).rowcount == 1
    story.db.flush()
    story.db.expire_all()
    return [f"{fault.case}#{fault.seq} {fault.sentence}" for fault in verify(story.db)]


def the_offer(story: Story) -> Document:
    return story.db.exec(select(Document).where(Document.kind == "offer")).one()


def test_a_document_changed_with_its_hash_no_longer_fits_its_entry(opened: Story) -> None:
    offer = the_offer(opened)
    html = offer.html.replace("工资", "奖金")
    sha256 = hashlib.sha256(html.encode()).hexdigest()
    found = change(opened, "UPDATE document SET html = :html, sha256 = :sha256 WHERE id = :id", html=html, sha256=sha256, id=offer.id)
    assert found == [f"{place(opened)}#{offer.entry_seq} 文书“{offer.title}”和签发时记入办理记录的校验值不符。"]


def the_slip(story: Story) -> Evidence:
    return story.db.exec(select(Evidence).where(Evidence.case_kind == "negotiation").order_by(col(Evidence.id))).all()[0]


def test_a_changed_document_is_named(opened: Story) -> None:
    offer = the_offer(opened)
    found = change(opened, "UPDATE document SET html = replace(html, '工资', '奖金') WHERE id = :id", id=offer.id)
    assert found == [f"{place(opened)}#{offer.entry_seq} 文书“{offer.title}”的正文被改动过，与签发时的校验值不符。"]


def test_a_document_of_an_entry_that_is_not_there_is_named(opened: Story) -> None:
    offer = the_offer(opened)
    found = change(opened, "UPDATE document SET entry_seq = 900 WHERE id = :id", id=offer.id)
    assert found == [f"{place(opened)}#900 文书“{offer.title}”所依据的第900条记录不存在。"]


def test_a_changed_pdf_is_named(opened: Story) -> None:
    offer = the_offer(opened)
    keep(opened.db, offer, b"%PDF-1.4 as made", noon(date(2026, 3, 2)))
    assert verify(opened.db) == []
    found = change(opened, "UPDATE document_file SET data = :data WHERE document_id = :id", data=b"%PDF-1.4 forged", id=offer.id)
    assert found == [f"{place(opened)}#{offer.entry_seq} 文书“{offer.title}”保存的文件被改动过。"]


def test_a_changed_file_is_named_in_each_case_it_was_handed_to(opened: Story) -> None:
    slip = the_slip(opened)
    uses = opened.db.exec(select(Evidence).where(Evidence.sha256 == slip.sha256).order_by(col(Evidence.id))).all()
    found = change(opened, "UPDATE blob SET data = :data WHERE sha256 = :hash", data=b"%PDF-1.4 forged", hash=slip.sha256)
    assert found == [f"{use.case_kind}/{use.case_id}#0 文件“{use.name}”的内容被改动过。" for use in uses]


def test_a_changed_file_that_no_case_has_is_named(opened: Story) -> None:
    digest = keep_file(opened.db, "草稿.pdf", b"%PDF-1.4 nobody's")
    found = change(opened, "UPDATE blob SET data = :data WHERE sha256 = :hash", data=b"%PDF-1.4 forged", hash=digest)
    assert found == [f"blob#0 没有交到任何案件的文件{digest}的内容被改动过。"]


def test_a_file_that_is_gone_is_named_by_its_case_and_by_the_entries(opened: Story) -> None:
    slip = the_slip(opened)
    found = change(opened, "DELETE FROM blob WHERE sha256 = :hash", hash=slip.sha256)
    entries = [e for e in opened.db.exec(select(Entry).order_by(col(Entry.id))) if slip.sha256 in str(e.particulars.get("evidence", []))]
    assert entries
    assert f"{place(opened)}#0 文件“{slip.name}”不见了。" in found
    for one in entries:
        assert f"{one.case_kind}/{one.case_id}#{one.seq} 第{one.seq}条记录所附的文件{slip.sha256}不见了。" in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE clause_text SET text = text || '。' WHERE id = (SELECT min(text_id) FROM clause)",
        "UPDATE clause SET head = 'other' WHERE id = (SELECT min(id) FROM clause)",
        "UPDATE clause SET state = 'dropped' WHERE id = (SELECT min(id) FROM clause)",
        "INSERT INTO wage_row (negotiation_id, position, post, persons, before_fen, after_fen) SELECT min(id), 1, '车工', 3, 500000, 600000 "
        "FROM negotiation",
        "UPDATE negotiation SET term_until = '2029-12-31' WHERE id = (SELECT min(id) FROM negotiation)",
    ],
)
def test_a_settled_text_that_was_changed_is_named(opened: Story, statement: str) -> None:
    seq = settled_at(opened)
    assert change(opened, statement) == [f"{place(opened)}#{seq} 定稿的条款、工资表或者期限被改动过，与定稿时的校验值不符。"]


def test_the_hash_is_over_the_clauses_the_wages_and_the_term_as_described() -> None:
    clause = Clause(negotiation_id=1, position=1, head="raise", heading="")
    wages = WageRow(negotiation_id=1, position=1, post="车工", persons=3, before_fen=500000, after_fen=600000)
    whole = "1\traise\n月工资增加六百元。\n车工\t3\t500000\t600000\nterm\t2027-01-01\t2027-12-31\n"
    found = text_hash([Article(1, clause, "月工资增加六百元。")], [wages], (date(2027, 1, 1), date(2027, 12, 31)))
    assert found == hashlib.sha256(whole.encode()).hexdigest() == "03d05a85a1c7a1897e2a450881f0c72c8c547a82be850ced7f6b8b1d3bfc7092"


def test_a_text_settled_before_its_term_was_part_of_it_still_stands(story: Story) -> None:
    number = story.case.id or 0
    found, wages = current_text(story.db, number), current_wages(story.db, number)
    assert story.case.text_hash == text_hash(found, wages, stated_term(story.case, found))
    assert stands(story.db, number, text_hash(found, wages)) and not stands(story.db, number, text_hash(found[1:], wages))


def test_a_settled_text_changed_with_its_hash_no_longer_fits_the_journal(opened: Story) -> None:
    seq = settled_at(opened)
    found = change(opened, "UPDATE negotiation SET text_hash = :hash WHERE id = :id", hash=ZEROS, id=opened.case.id)
    assert found == [
        f"{place(opened)}#{seq} 案件所记的定稿校验值与第{seq}条记录不符。",
        f"{place(opened)}#{seq} 定稿的条款、工资表或者期限被改动过，与定稿时的校验值不符。",
    ]


def settled_at(story: Story) -> int:
    rows = story.db.exec(select(Entry).where(Entry.case_kind == "negotiation", Entry.act == "settle")).all()
    return next(e.seq for e in rows if "text_hash" in e.particulars)


def test_an_event_that_no_entry_brought_is_named(opened: Story) -> None:
    event = opened.db.exec(select(Event).where(Event.name == "REQUEST_RECEIVED")).one()
    found = change(opened, "UPDATE case_event SET seq = 900 WHERE id = :id", id=event.id)
    assert found == [f"{place(opened)}#900 {event.on}的事件REQUEST_RECEIVED所依据的第900条记录不存在。"]


@pytest.mark.parametrize("which", ["start_id", "end_id"])
def test_a_deadline_without_its_event_is_named(opened: Story, which: str) -> None:
    deadline = opened.db.exec(select(Deadline).where(col(Deadline.end_id).is_not(None)).order_by(col(Deadline.id))).all()[0]
    found = change(opened, f"UPDATE deadline SET {which} = 99999 WHERE id = :id", id=deadline.id)
    assert found == [f"{place(opened)}#0 期限{deadline.rule}（{deadline.due}）所依据的事件不存在，或者属于别的案件。"]


def test_a_deadline_counted_from_another_cases_event_is_named(opened: Story) -> None:
    other = walk.talks(opened.db, opened.house, date(2026, 3, 21), kind="safety", title="专项")
    other.offer("李敏", date(2026, 3, 21))
    theirs = opened.db.exec(select(Event).where(Event.case_id == other.case.id, Event.case_kind == "negotiation")).all()[0]
    deadline = opened.db.exec(select(Deadline).where(Deadline.case_id == opened.case.id, Deadline.case_kind == "negotiation")).all()[0]
    found = change(opened, "UPDATE deadline SET start_id = :event WHERE id = :id", event=theirs.id, id=deadline.id)
    assert found == [f"{place(opened)}#0 期限{deadline.rule}（{deadline.due}）所依据的事件不存在，或者属于别的案件。"]


def test_one_case_changed_says_nothing_of_another(opened: Story) -> None:
    other = walk.talks(opened.db, opened.house, date(2026, 3, 21), kind="safety", title="专项")
    other.offer("李敏", date(2026, 3, 21))
    found = change(opened, "UPDATE document SET html = html || ' ' WHERE case_id = :id", id=other.case.id)
    assert [line.partition("#")[0] for line in found] == [f"negotiation/{other.case.id}"]
    assert opened.db.get_one(Negotiation, opened.case.id).text_hash


def test_the_demonstration_is_as_it_was_written(demonstration: str, tmp_path: Path) -> None:
    with copied(demonstration, tmp_path) as database, database.read() as db:
        assert verify(db) == []
