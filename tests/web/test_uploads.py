"""Files that nobody has handed in yet: how many a person may have, and for how long."""

from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.cast import hongxing, noon
from tests.procedures import walk
from web import uploads
from web.api.models import Upload
from workflow.evidence import Blob, Evidence, Unacceptable
from workflow.forms import Invalid

AT = noon(walk.MET)
LATER = AT + uploads.KEPT + timedelta(minutes=1)


def pdf(number: int) -> bytes:
    return b"%PDF-1.4 number " + str(number).encode()


def kept(db: Session) -> set[str]:
    return set(db.exec(select(Blob.sha256)))


def test_a_person_may_have_only_so_much_waiting(db: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "QUOTA", 3 * len(pdf(1)))
    house = hongxing(db)
    for number in range(3):
        uploads.receive(db, f"{number}.pdf", pdf(number), house["李敏"], at=AT)
    with pytest.raises(Unacceptable, match="“3.pdf”没有收下"):
        uploads.receive(db, "3.pdf", pdf(3), house["李敏"], at=AT)
    assert uploads.receive(db, "3.pdf", pdf(3), house["王强"], at=AT) in kept(db)


def test_what_was_handed_in_no_longer_counts(db: Session) -> None:
    story = walk.offered(db, walk.SHANGHAI)
    person = story.house["陈静"]
    digest = uploads.receive(db, "答复书.pdf", pdf(1), person, at=AT)
    assert uploads.waiting(db, person) == len(pdf(1))
    story.accept_offer("陈静", walk.ACCEPTED, evidence=[{"name": "答复书.pdf", "sha256": digest}])
    assert uploads.waiting(db, person) == 0


def test_what_waited_a_fortnight_is_removed_and_what_was_handed_in_stays(db: Session) -> None:
    story = walk.offered(db, walk.SHANGHAI)
    person = story.house["陈静"]
    handed = uploads.receive(db, "答复书.pdf", pdf(1), person, at=AT)
    story.accept_offer("陈静", walk.ACCEPTED, evidence=[{"name": "答复书.pdf", "sha256": handed}])
    forgotten = uploads.receive(db, "草稿.pdf", pdf(2), person, at=AT)
    young = uploads.receive(db, "新稿.pdf", pdf(3), person, at=LATER - timedelta(days=1))
    assert uploads.clear(db, at=AT) == 0 and {handed, forgotten, young} <= kept(db)
    assert uploads.clear(db, at=LATER) == 1
    assert {handed, young} <= kept(db) and forgotten not in kept(db)
    assert forgotten not in set(db.exec(select(Upload.sha256)))


def test_a_file_brought_again_waits_anew(db: Session) -> None:
    person = hongxing(db)["李敏"]
    digest = uploads.receive(db, "草稿.pdf", pdf(1), person, at=AT)
    uploads.receive(db, "草稿.pdf", pdf(1), person, at=LATER)
    assert uploads.clear(db, at=LATER) == 0 and digest in kept(db)


def test_a_file_that_two_brought_stays_until_both_have_waited(db: Session) -> None:
    house = hongxing(db)
    digest = uploads.receive(db, "草稿.pdf", pdf(1), house["李敏"], at=AT)
    uploads.receive(db, "草稿.pdf", pdf(1), house["王强"], at=LATER)
    assert uploads.clear(db, at=LATER) == 0 and digest in kept(db)


def test_every_table_that_names_a_file_is_looked_at() -> None:
    assert Evidence.__table__.c.sha256 in uploads._references()  # type: ignore[attr-defined]
    assert Upload.__table__.c.sha256 not in uploads._references()  # type: ignore[attr-defined]


def test_a_file_cleared_away_meanwhile_is_asked_for_again(db: Session) -> None:
    story = walk.offered(db, walk.SHANGHAI)
    digest = uploads.receive(db, "答复书.pdf", pdf(1), story.house["陈静"], at=AT)
    uploads.clear(db, at=LATER)
    with pytest.raises(Invalid, match="没有上传成功"):
        story.accept_offer("陈静", walk.ACCEPTED, evidence=[{"name": "答复书.pdf", "sha256": digest}])
