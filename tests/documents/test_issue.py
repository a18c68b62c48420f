"""A document is numbered, frozen, and rendered to the same bytes whenever somebody asks."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import Session, select

from tests.documents.papers import OFFER
from workflow.database import Database
from workflow.documents.issue import PDF, Document, DocumentFile, MissingGlyph, compose, file_of, issue, keep, next_number
from workflow.documents.vocabulary import parse
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Person

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


def union(db: Session, name: str = "沪江泵业有限公司工会委员会") -> int:
    one = Organisation(kind=OrganisationKind.UNION, name=name, region="310115", document_code="沪江泵工")
    db.add(one)
    db.flush()
    assert one.id is not None
    return one.id


def clerk(db: Session) -> int:
    one = Person(name="孙玥")
    db.add(one)
    db.flush()
    assert one.id is not None
    return one.id


def offered(db: Session, organisation_id: int, side_of: str | None = None, **changed: object) -> Document:
    return issue(
        db,
        case_kind="negotiation",
        case_id=7,
        organisation_id=organisation_id,
        kind="offer",
        form="H01",
        title=OFFER.title,
        template="negotiation/offer.html",
        context=replace(OFFER, **changed),  # type: ignore[arg-type]
        on=ON,
        at=AT,
        by=clerk(db),
        act="offer",
        entry_seq=1,
        number=str(changed.get("number", OFFER.number)) or None,
        side=side_of,
    )


def test_what_is_issued_is_frozen_with_its_hash(database: Database) -> None:
    with database.write() as db:
        issued_id = offered(db, union(db)).id
    with database.read() as db:
        document = db.get_one(Document, issued_id)
        assert document.html == compose("negotiation/offer.html", OFFER, token=document.token)
        assert document.sha256 == hashlib.sha256(document.html.encode()).hexdigest()
        assert document.template.startswith("negotiation/offer.html@") and len(document.template) == 35
        assert (document.number, document.issued_on, document.issued_at) == ("沪江泵工〔2026〕1号", ON, AT)
        assert int(document.token, 16) >= 0 and len(document.token) == 32
        assert parse(document.html).title == document.title


def test_each_document_has_an_address_of_its_own(db: Session) -> None:
    organisation_id = union(db)
    assert len({offered(db, organisation_id, number=f"沪江泵工〔2026〕{n}号").token for n in range(5)}) == 5


def test_one_number_is_never_given_to_two_documents(db: Session) -> None:
    organisation_id = union(db)
    offered(db, organisation_id)
    with pytest.raises(IntegrityError):
        offered(db, organisation_id)
    db.rollback()


def test_documents_without_a_number_do_not_disturb_each_other(db: Session) -> None:
    organisation_id = union(db)
    offered(db, organisation_id, number="")
    offered(db, organisation_id, number="")
    assert db.exec(select(Document.number)).all() == [None, None]


def test_a_character_that_no_font_has_is_refused_by_name(db: Session) -> None:
    with pytest.raises(MissingGlyph) as refused:
        offered(db, union(db), place="二层\U0001f600会议室\u202e")
    assert refused.value.characters == ["\U0001f600", "\u202e"]
    assert str(refused.value.sentence) == "下列字符无法在文书中显示，请改用其他写法：“\U0001f600”（U+1F600）、U+202E。"
    assert db.exec(select(Document)).all() == []


def test_letters_written_in_pieces_are_joined_before_they_are_hashed() -> None:
    assert compose("negotiation/offer.html", replace(OFFER, place="Cafe\u0301")) == compose(
        "negotiation/offer.html", replace(OFFER, place="Caf\u00e9")
    )


def test_the_pdf_is_the_same_before_and_after_it_is_kept(database: Database) -> None:
    with database.write() as db:
        issued_id = offered(db, union(db)).id
    with database.read() as db:
        document = db.get_one(Document, issued_id)
        made = file_of(db, document, PDF)
        assert db.exec(select(DocumentFile)).all() == []
    later = datetime(2026, 11, 23, tzinfo=UTC)
    with database.write() as db:
        keep(db, document, made, later)
        keep(db, document, b"other", later)
    with database.read() as db:
        (file,) = db.exec(select(DocumentFile)).all()
        assert file_of(db, document, PDF) == made == file.data
        assert (file.format, file.sha256, file.made_at) == ("pdf", hashlib.sha256(made).hexdigest(), later)


@pytest.mark.parametrize("change", ["SET html = 'x'", "SET sha256 = sha256", "SET number = NULL", "SET issued_on = '2026-01-01'"])
def test_the_database_itself_refuses_to_change_what_was_issued(database: Database, change: str) -> None:
    with database.write() as db:
        offered(db, union(db))
    with pytest.raises(DBAPIError, match="document is frozen"), database.write() as db:
        db.connection().execute(text(f"UPDATE document {change}"))


def test_the_database_itself_refuses_to_remove_what_was_issued(database: Database) -> None:
    with database.write() as db:
        offered(db, union(db))
    with pytest.raises(DBAPIError, match="document is frozen"), database.write() as db:
        db.connection().execute(text("DELETE FROM document"))


def test_a_document_of_one_side_may_be_put_on_the_table(database: Database) -> None:
    with database.write() as db:
        document = offered(db, union(db), side_of="workers")
    with database.write() as db:
        db.get_one(Document, document.id).side = None
    with database.read() as db:
        assert db.get_one(Document, document.id).side is None


def test_numbers_run_by_organisation_code_and_year(db: Session) -> None:
    one, other = union(db), union(db, "东岳阀门有限公司工会委员会")
    taken = [next_number(db, one, "沪江泵工", 2026) for _ in range(3)]
    assert taken == ["沪江泵工〔2026〕1号", "沪江泵工〔2026〕2号", "沪江泵工〔2026〕3号"]
    assert next_number(db, one, "沪江泵工", 2027) == "沪江泵工〔2027〕1号"
    assert next_number(db, one, "沪江泵职代", 2026) == "沪江泵职代〔2026〕1号"
    assert next_number(db, other, "沪江泵工", 2026) == "沪江泵工〔2026〕1号"


def test_a_number_taken_by_an_act_that_fails_is_taken_again(database: Database) -> None:
    with database.write() as db:
        organisation_id = union(db)
    with pytest.raises(RuntimeError), database.write() as db:
        next_number(db, organisation_id, "沪江泵工", 2026)
        raise RuntimeError
    with database.write() as db:
        assert next_number(db, organisation_id, "沪江泵工", 2026) == "沪江泵工〔2026〕1号"


def test_acts_at_the_same_moment_get_numbers_without_gap_or_double(database: Database) -> None:
    with database.write() as db:
        organisation_id = union(db)
    start, taken = Barrier(6), list[str]()

    def take() -> None:
        start.wait()
        for _ in range(3):
            with database.write() as db:
                taken.append(next_number(db, organisation_id, "沪江泵工", 2026))

    in_parallel(take, 6)
    assert sorted(taken) == sorted(f"沪江泵工〔2026〕{n}号" for n in range(1, 19))


def in_parallel(work: Callable[[], None], times: int) -> None:
    threads = [Thread(target=work) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
