"""Anybody may ask whether a paper is one of ours, and learns no more than that."""

import hashlib
from datetime import date

import pytest
from sqlmodel import Session, col, select

from tests.cast import paper
from tests.web.client import Client, Page
from tests.web.test_case_pages import Told, led
from tests.web.test_papers import adopted, issued, scan, send
from workflow.documents.issue import Document, SignedScan
from workflow.evidence import LIMIT, Blob

AFTER = date(2026, 4, 13)
OURS, NOT_OURS, REPLACED = "是本系统出具的文书。", "本系统没有出具过这样的文书。", "这份文书后来又重新出具，请以新的一份为准。"
SECRETS = ("王强", "二楼会议室", "岗位绩效工资", "平均工资增长", "韩文博", "职工方首席代表")
"""What stands in the documents of the case, and in no title."""


@pytest.fixture
def told(client: Client) -> Told:
    return led(client, adopted, AFTER)


def of_case(told: Told) -> list[Document]:
    def read(db: Session) -> list[Document]:
        found = list(db.exec(select(Document).order_by(col(Document.id))))
        db.expunge_all()
        return found

    return told.client.house.read(read)


def ask(client: Client, data: bytes, name: str = "文书.pdf", *, status: int = 200) -> Page:
    return client.as_nobody().post("/verify", {}, files={"file": (name, data, "application/pdf")}, status=status)


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "［］", "【】", "()", "（）"])
def test_a_number_is_found_however_its_brackets_were_typed(told: Told, brackets: str) -> None:
    (document,) = issued(told.client, told.number, "offer")
    typed = (document.number or "").replace("〔", f" {brackets[0]}").replace("〕", f"{brackets[1]} ")
    page = told.client.as_nobody().get(f"/verify?number={typed}&issued_on=2026-03-02")
    assert OURS in page.text and document.title in page.text and document.sha256 in page.text
    assert "上海红星机械有限公司工会委员会" in page.text and "2026年3月2日" in page.text


def test_a_number_alone_or_with_another_date_tells_nothing(told: Told) -> None:
    (document,) = issued(told.client, told.number, "offer")
    client = told.client.as_nobody()
    for typed in ("", "2026-02-30", "昨天"):
        page = client.get(f"/verify?number={document.number}&issued_on={typed}", status=422)
        assert "请填写文书上的成文日期，比如2026-03-02。" in page.text and document.title not in page.text
        assert page.form("/verify")["number"] == document.number
    assert NOT_OURS in client.get(f"/verify?number={document.number}&issued_on=2026-03-03").text


def test_a_document_is_found_by_its_code_and_by_the_hash_of_its_text(told: Told) -> None:
    client = told.client.as_nobody()
    for document in of_case(told):
        for page in (client.get(f"/verify/{document.token}"), client.get(f"/verify?number={document.sha256}")):
            assert OURS in page.text and document.title in page.text
    (offer,) = issued(client, told.number, "offer")
    assert hashlib.sha256(offer.html.encode()).hexdigest() == offer.sha256


def test_no_word_of_the_text_is_told_to_who_verifies(told: Told) -> None:
    documents = of_case(told)
    assert all(any(secret in d.html for d in documents) for secret in SECRETS[:2])
    client = told.client.as_nobody()
    for document in documents:
        for address in (
            f"/verify/{document.token}",
            f"/verify?number={document.sha256}",
            f"/verify?number={document.number or document.sha256}&issued_on={document.issued_on}",
        ):
            page = client.get(address)
            assert not [secret for secret in SECRETS if secret in page.body], address
            assert not [link for link in page.links() if "/documents/" in link or "/negotiations/" in link]
        assert client.http.get(f"/documents/{document.token}", follow_redirects=False).status_code == 303


def test_a_number_that_anybody_can_guess_tells_nothing_of_what_one_side_keeps_to_itself(told: Told) -> None:
    def close(db: Session) -> None:
        db.exec(select(Document).where(Document.kind == "offer")).one().side = "workers"

    (document,) = issued(told.client, told.number, "offer")
    told.client.house.write(close)
    client = told.client.as_nobody()
    assert NOT_OURS in client.get(f"/verify?number={document.number}&issued_on={document.issued_on}").text
    assert OURS in client.get(f"/verify/{document.token}").text


def test_the_pdf_and_the_word_file_as_downloaded_are_ours_and_an_altered_one_is_not(told: Told) -> None:
    client = told.client.as_(told.people["陈静"])
    (document,) = issued(client, told.number, "offer")
    for format in ("pdf", "docx"):
        data = client.as_(told.people["陈静"]).http.get(f"/documents/{document.token}/{format}").content
        page = ask(client, data)
        assert OURS in page.text and document.number and document.number in page.text
        assert f"本系统生成的{format.upper()}文件，一字未改" in page.text
        for altered in (data + b"\n", data[:-1], data.replace(b"a", b"b", 1)):
            page = ask(client, altered)
            assert NOT_OURS in page.text and OURS not in page.text and document.title not in page.text


def test_the_scan_is_known_for_what_it_is(told: Told) -> None:
    client = told.client
    (document,) = issued(client, told.number, "offer")
    client.as_(told.people["李敏"]).post(f"/documents/{document.token}/scans", {}, files=scan())
    data = client.house.read(lambda db: db.get_one(Blob, db.exec(select(SignedScan.sha256)).one()).data)
    page = ask(client, data, "盖章件.png")
    assert OURS in page.text and "与文书存在一起的签字盖章扫描件" in page.text
    assert "盖章件.png" not in page.text


def test_a_file_handed_in_as_evidence_is_not_confirmed(told: Told) -> None:
    """It would tell anybody that a party has handed in this very file."""

    def blobs(db: Session) -> list[bytes]:
        return [blob.data for blob in db.exec(select(Blob))]

    told.client.house.write(lambda db: paper(db, "内部.pdf"))
    found = told.client.house.read(blobs)
    assert found
    for data in found:
        assert NOT_OURS in ask(told.client, data).text


def test_nothing_chosen_and_a_file_beyond_the_limit_are_told_so(client: Client) -> None:
    assert "请选择要核验的文件。" in client.post("/verify", {}, status=422).text
    assert "请选择要核验的文件。" in ask(client, b"", status=422).text
    assert "请选择要核验的文件。" in client.post("/verify", {"file": "words"}, status=422).text
    assert "文件超过20MB，不是本系统的文书。" in ask(client, b"%PDF-" + b"0" * LIMIT, status=422).text
    assert client.send("/verify", {}, files={"file": ("x.pdf", b"0" * (65 << 20))}).status_code == 413


def test_asking_keeps_nothing(told: Told) -> None:
    before = told.client.house.read(lambda db: len(db.exec(select(Blob.sha256)).all()))
    ask(told.client, b"%PDF-1.7 somebody else's paper")
    assert told.client.house.read(lambda db: len(db.exec(select(Blob.sha256)).all())) == before


def test_a_replaced_document_says_so(told: Told) -> None:
    send(told, "passage")
    (old,) = issued(told.client, told.number, "passage")
    assert REPLACED not in told.client.as_nobody().get(f"/verify/{old.token}").text
    send(told, "passage")
    new = issued(told.client, told.number, "passage")[-1]
    client = told.client.as_nobody()
    assert (
        REPLACED in client.get(f"/verify/{old.token}").text
        and REPLACED in client.get(f"/verify?number={old.number}&issued_on={old.issued_on}").text
    )
    assert REPLACED not in client.get(f"/verify/{new.token}").text
    data = client.as_(told.people["李敏"]).http.get(f"/documents/{old.token}/pdf").content
    assert REPLACED in ask(client, data).text


def test_unknown_codes_and_numbers_are_not_ours(told: Told) -> None:
    client = told.client.as_nobody()
    (offer,) = issued(client, told.number, "offer")
    for token in ("0" * 32, offer.token.upper(), offer.token[:-1], f"{offer.token}0", "x", "%00", "..%2F..%2Fetc", "%25", "é", "9" * 5000):
        client.get(f"/verify/{token}", status=404)
    for number in ("红星工〔2026〕999号", "%25", "_", "红星工〔2026〕%25", "'--", "1%00", offer.sha256[:-1], "1" * 5000, "<script>"):
        page = client.get(f"/verify?number={number}&issued_on=2026-03-02")
        assert NOT_OURS in page.text and OURS not in page.text, number
    blank = client.get("/verify?number=%20")
    assert NOT_OURS not in blank.text and OURS not in blank.text
