"""A document is issued when somebody asks for it, and its signed paper is tied to it: each in one act of the journal."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.cast import PDF, Story, paper
from tests.procedures import walk
from tests.web.test_papers import with_a_letter
from web.house import verify
from workflow import evidence
from workflow.documents.catalogue import latest
from workflow.documents.issue import Document, DocumentNumber, SignedScan
from workflow.forms import Invalid
from workflow.procedure import Refused

ON = date(2026, 4, 13)


def errors(story: Story, act: str, by: str = "李敏", **sent: Any) -> dict[str, list[str]]:
    """Field → what is said of it; with nothing written."""
    with pytest.raises(Invalid) as wrong, story.db.begin_nested():
        story.act(act, by, ON, **sent)
    return {name: [str(one) for one in said] for name, said in wrong.value.errors.items()}


def found(story: Story, kind: str = "opinion") -> list[Document]:
    query = select(Document).where(Document.case_id == story.case.id, Document.kind == kind)
    return list(story.db.exec(query.order_by(col(Document.id))))


def test_the_act_names_the_document_and_stands_in_the_journal(db: Session) -> None:
    story = with_a_letter(db)
    story.issue_document("李敏", ON, document="opinion")
    document = found(story)[-1]
    assert (document.act, document.entry_seq, document.issued_by) == ("issue_document", story.case.journal_seq, story.house["李敏"])
    assert story.told()[-1] == "2026-04-13 出具《工会劳动法律监督意见书》。" and verify(db) == []


def test_each_issue_takes_the_place_of_the_one_before_about_the_same_thing(db: Session) -> None:
    story = walk.adopted(db, walk.SHANGHAI)
    for side in ("workers", "employer", "workers"):
        by = "李敏" if side == "workers" else "陈静"
        story.issue_document(by, ON, document="representatives", subject=side)
    documents = found(story, "representatives")
    by_subject = {subject: [d for d in documents if d.subject == subject] for subject in ("workers", "employer")}
    for chain in by_subject.values():
        assert [d.supersedes for d in chain] == [None, *(d.id for d in chain[:-1])]
    assert latest(db, "negotiation", story.case.id or 0, "representatives", "workers") == by_subject["workers"][-1]


def test_words_that_cannot_be_printed_are_told_by_field_and_those_of_the_case_by_the_document(db: Session) -> None:
    story = with_a_letter(db)
    said = errors(story, "issue_document", document="opinion", words={"contact": "李敏😀ก"})
    assert list(said) == ["words.contact"]
    assert all(one in said["words.contact"][0] for one in ("“😀”（U+1F600）", "“ก”（U+0E01）"))
    story.house.union.name = "红星😀工会"
    db.flush()
    assert list(errors(story, "issue_document", document="opinion")) == [""]


def test_a_try_that_failed_takes_no_number(db: Session) -> None:
    story = with_a_letter(db)
    before = db.exec(select(DocumentNumber.last)).all()
    story.house.union.name = "红星😀工会"
    db.flush()
    assert list(errors(story, "issue_document", document="opinion")) == [""]
    assert db.exec(select(DocumentNumber.last)).all() == before


def test_words_that_the_document_does_not_ask_for_are_refused(db: Session) -> None:
    story = with_a_letter(db)
    assert errors(story, "issue_document", document="opinion", words={"kontakt": "x"}) == {"words.kontakt": ["没有“kontakt”这一项。"]}
    assert list(errors(walk.adopted(db, walk.ANHUI), "issue_document", document="passage", words={"x": 1})) == ["words.x"]


def test_a_document_that_the_case_does_not_bear_is_refused_with_its_article(db: Session) -> None:
    story = with_a_letter(db)
    for name, by in (("passage", "李敏"), ("offer", "李敏"), ("opinion", "陈静")):
        with pytest.raises(Refused) as refused, db.begin_nested():
            story.issue_document(by, ON, document=name)
        (reason,) = refused.value.reasons
        assert reason.citations and str(reason.sentence).endswith("。")


def test_a_scan_is_kept_by_either_side_and_the_same_one_only_once(db: Session) -> None:
    story = with_a_letter(db)
    token = found(story, "offer")[0].token
    story.keep_scan("陈静", ON, document=token, evidence=paper(db, "回执.pdf"))
    assert errors(story, "keep_scan", document=token, evidence=paper(db, "再来.pdf")) == {
        "evidence": ["“再来.pdf”已经和这份文书存在一起了。"]
    }
    other = [{"name": "另一页.pdf", "sha256": evidence.keep(db, "另一页.pdf", PDF + b"%2")}]
    story.keep_scan("李敏", ON, document=token, evidence=other)
    assert [scan.name for scan in db.exec(select(SignedScan).order_by(col(SignedScan.id)))] == ["回执.pdf", "另一页.pdf"]
    assert verify(db) == []


def test_the_same_file_twice_at_once_is_refused_in_words(db: Session) -> None:
    story = with_a_letter(db)
    token = found(story, "offer")[0].token
    said = errors(story, "keep_scan", document=token, evidence=[*paper(db, "甲.pdf"), *paper(db, "乙.pdf")])
    assert list(said) == ["evidence"]
    assert db.exec(select(SignedScan)).all() == []
