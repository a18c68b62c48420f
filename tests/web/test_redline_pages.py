"""修改对照: two versions of a contract side by side, for who may read both."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlmodel import Session, select

from negotiation.models import Negotiation
from tests.cast import Story, hongxing
from tests.documents.word_files import accepted, rejected
from tests.procedures import walk
from tests.web.client import Client
from tests.web.test_case_pages import Told, led
from tests.web.test_papers import issued

pytestmark = pytest.mark.once

AFTER = date(2026, 4, 20)
BEFORE_IT, AFTER_IT = "2027年度在岗职工平均工资增长6%。", "2027年度在岗职工平均工资增长8%。"


def settled_twice(db: Session) -> Story:
    """The congress refused the draft; the rise was raised and the text settled again."""
    story, meeting = walk.submitted(db, walk.SHANGHAI)
    walk.vote(story, meeting, 5, walk.VOTED)
    day = date(2026, 4, 13)
    clause = story.facts(day).clauses[1]
    story.counter("陈静", day, clause=clause.id, based_on=clause.text_id, text=AFTER_IT)
    walk.agree(story, day)
    walk.settle(story, date(2026, 4, 14))
    return story


@pytest.fixture
def told(client: Client) -> Told:
    return led(client, settled_twice, AFTER)


def drafts(told: Told) -> tuple[str, str]:
    old, new = issued(told.client, told.number, "draft")
    return old.token, new.token


def test_what_changed_between_two_drafts_is_shown(told: Told) -> None:
    old, new = drafts(told)
    for who in ("李敏", "陈静", "孙洁"):
        page = told.client.as_(told.people[who]).get(f"{told.address}/redline?old={old}&new={new}")
        assert "6%" in page.tree.xpath("string(//main//del)") and "8%" in page.tree.xpath("string(//main//ins)")
        assert page.tree.xpath("//select[@name='old']/option[@selected]/@value") == [old]
        assert page.tree.xpath("//select[@name='new']/option[@selected]/@value") == [new]


def test_without_a_choice_what_stands_now_is_compared_with_the_version_before(told: Told) -> None:
    old, new = drafts(told)
    page = told.client.as_(told.people["李敏"]).get(f"{told.address}/redline")
    assert page.tree.xpath("//select[@name='new']/option[@selected]/@value") == ["now"]
    assert page.tree.xpath("//select[@name='old']/option[@selected]/@value") == [new]
    assert "两个文本的全部条文一致" in page.text
    assert "8%" in told.client.get(f"{told.address}/redline?old={old}").tree.xpath("string(//main//ins)")


def test_the_pdf_and_the_word_file_come_and_its_changes_can_be_taken_or_not(told: Told) -> None:
    old, new = drafts(told)
    client, query = told.client.as_(told.people["李敏"]), f"?old={old}&new={new}"
    pdf = client.http.get(f"{told.address}/redline/pdf{query}")
    assert pdf.headers["content-type"] == "application/pdf"
    text = "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages).split())
    assert "修改对照" in text and "增长" in text
    word = client.http.get(f"{told.address}/redline/docx{query}").content
    assert any(AFTER_IT in line for line in accepted(word)) and not any("6%" in line for line in accepted(word))
    assert any(BEFORE_IT in line for line in rejected(word)) and not any("8%" in line for line in rejected(word))


def test_keys_and_formats_that_are_none_are_not_there(told: Told) -> None:
    old, new = drafts(told)
    elsewhere = led(told.client, lambda db: walk.settled(db, walk.ANHUI), AFTER)
    (theirs,) = issued(told.client, elsewhere.number, "draft")
    offer = issued(told.client, told.number, "offer")[0].token
    client = told.client.as_(told.people["李敏"])
    for wrong in (
        f"old={old}&new={old}",
        f"old={theirs.token}&new={new}",
        f"old={offer}&new={new}",
        "old=x&new=y",
        "old=%00",
        "new=before",
        "old=__class__",
    ):
        client.get(f"{told.address}/redline?{wrong}", status=404)
        client.get(f"{told.address}/redline/pdf?{wrong}", status=404)
    for format in ("html", "exe", "..%2F..%2Fetc%2Fpasswd", "PDF", "%00", "pdf%00"):
        client.get(f"{told.address}/redline/{format}?old={old}&new={new}", status=404)


def test_who_does_not_see_the_texts_compares_nothing(told: Told) -> None:
    old, new = drafts(told)
    other = told.client.house.write(lambda db: hongxing(db, walk.ANHUI).people)
    for who in (other["李敏"], other["陈静"], told.people["吴磊"], told.people["郑楠"]):
        told.client.as_(who)
        for path in ("redline", "redline/pdf", "redline/docx"):
            told.client.get(f"{told.address}/{path}?old={old}&new={new}", status=404)


def test_with_one_text_there_is_nothing_to_compare_and_the_page_says_so(client: Client) -> None:
    told = led(client, lambda db: walk.drafted(db, walk.SHANGHAI), AFTER)
    page = client.as_(told.people["李敏"]).get(f"{told.address}/redline")
    assert "只有一个文本，没有可以比较的。" in page.text and not page.tree.xpath("//main//select")
    empty = led(client, lambda db: walk.offered(db, walk.ANHUI), AFTER)
    assert "只有一个文本" in client.as_(empty.people["李敏"]).get(f"{empty.address}/redline").text


def test_the_authority_compares_only_what_was_filed_with_it(client: Client) -> None:
    told = led(client, lambda db: walk.filed(db, walk.SHANGHAI), AFTER)
    (draft,) = issued(client, told.number, "draft")
    (contract,) = issued(client, told.number, "contract")
    page = client.as_(told.people["郑楠"]).get(f"{told.address}/redline")
    assert "只有一个文本" in page.text and draft.token not in page.response.text
    for query in (f"old={draft.token}&new={contract.token}", f"old=now&new={contract.token}", f"old={contract.token}&new=now"):
        page = client.get(f"{told.address}/redline?{query}")
        assert "只有一个文本" in page.text and not page.tree.xpath("//article")
        client.get(f"{told.address}/redline/docx?{query}", status=404)
    at_the_table = client.as_(told.people["陈静"]).get(f"{told.address}/redline?old={draft.token}&new={contract.token}")
    assert "两个文本的全部条文一致" in at_the_table.text


def renewed(db: Session) -> Story:
    """In force, and renewed: the new case begins with the text of the old."""
    story = walk.in_force(db, walk.SHANGHAI)
    story.renew("李敏", date(2027, 3, 2))
    successor = db.exec(select(Negotiation).where(Negotiation.predecessor_id == story.case.id)).one()
    return Story(db, story.house, successor)


def test_a_renewed_contract_is_compared_with_the_one_before(client: Client) -> None:
    told = led(client, renewed, date(2027, 3, 3))
    page = client.as_(told.people["李敏"]).get(f"{told.address}/redline?old=before&new=now")
    assert "前一合同《集体合同》" in page.text
