"""The desk of a case: its documents are looked at, issued and kept with their signed paper, by whoever may and nobody else."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from urllib.parse import quote

import pytest
from sqlmodel import Session, col, func, select

from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation
from tests.api.client import program
from tests.cast import PDF, Story, hongxing, noon, wage_talks
from tests.procedures import walk
from tests.web.client import Client, Page
from tests.web.test_case_pages import Told, led
from web.api.models import Upload
from web.house import verify
from workflow.database import metadata
from workflow.documents.catalogue import latest
from workflow.documents.issue import Document, SignedScan
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.proceedings import do, locked

AFTER = date(2026, 4, 13)
PHONE = {"contact": "李敏　021-5555 0101"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 16


@pytest.fixture
def told(client: Client) -> Told:
    """The congress has passed the contract, and the union has written a letter before."""
    return led(client, with_a_letter, AFTER)


def with_a_letter(db: Session) -> Story:
    story = walk.offered(db, walk.SHANGHAI)
    letter = {"kind": "opinion", "ground": "no_data", "addressee": "公司", "facts": "至今未提供资料", "demand": "请提供资料"}
    story.press("李敏", date(2026, 3, 4), **letter)
    return story


def adopted(db: Session) -> Story:
    return walk.adopted(db, walk.SHANGHAI)


def rows(client: Client) -> dict[str, int]:
    """How many rows each table has, but for those of who is signed in."""
    tables = [t for t in metadata.sorted_tables if t.name not in ("account", "web_session")]
    return client.house.read(lambda db: {t.name: db.connection().execute(select(func.count()).select_from(t)).scalar_one() for t in tables})


def issued(client: Client, case: int, kind: str) -> list[Document]:
    def read(db: Session) -> list[Document]:
        found = list(db.exec(select(Document).where(Document.case_id == case, Document.kind == kind).order_by(col(Document.id))))
        db.expunge_all()
        return found

    return client.house.read(read)


def paper(told: Told, name: str, who: str = "李敏") -> Page:
    return told.client.as_(told.people[who]).get(f"{told.address}/papers/{name}")


def send(told: Told, name: str, sent: dict[str, Any] | None = None, *, who: str = "李敏", status: int = 200) -> Page:
    """What the form of this document sends, with `sent` typed into it."""
    page = paper(told, name, who)
    return told.client.post(f"{told.address}/papers/{name}", {**filled_in(page), **(sent or {})}, status=status)


def filled_in(page: Page) -> dict[str, Any]:
    """What the form that issues the document would send untouched."""
    return dict(next(form for form in page.tree.forms if form.xpath(".//input[@name='version']")).form_values())


# ---- issuing


def test_a_document_that_asks_for_nothing_is_issued_from_its_page(client: Client) -> None:
    told = led(client, adopted, AFTER)
    shown = paper(told, "passage")
    assert "还没有编号，没有留存" in shown.text and "审议通过情况告知书" in shown.heading and "〔2026〕" not in shown.text
    page = send(told, "passage")
    (document,) = issued(client, told.number, "passage")
    assert page.response.url.path == f"/documents/{document.token}"
    assert document.number is not None and document.number in page.text
    assert "已出具《审议通过情况告知书》。" in page.body


def test_what_is_typed_stands_in_the_document(told: Told) -> None:
    page = send(told, "opinion", PHONE)
    assert "021-5555 0101" in page.text
    assert "021-5555 0101" in issued(told.client, told.number, "opinion")[-1].html


def test_a_union_without_a_code_of_its_own_is_told_that_its_letter_bears_no_number(told: Told) -> None:
    assert "发文代字" not in paper(told, "opinion").text

    def take_away(db: Session) -> None:
        for organisation in db.exec(select(Organisation)):
            organisation.document_code = ""

    told.client.house.write(take_away)
    shown = paper(told, "opinion")
    assert "没有登记发文代字，这份文书不编文号。" in shown.text and shown.tree.xpath("//a[text()='登记发文代字']")
    send(told, "opinion", PHONE)
    document = issued(told.client, told.number, "opinion")[-1]
    assert document.number is None and "编号" not in document.html


def test_looking_at_a_document_writes_nothing(told: Told) -> None:
    before = rows(told.client)
    page = send(told, "opinion", {**PHONE, "look": "1"})
    assert "021-5555 0101" in page.tree.xpath("string(//section[@aria-labelledby='preview'])")
    assert page.tree.xpath("//input[@name='contact']/@value") == [PHONE["contact"]]
    paper(told, "opinion")
    assert rows(told.client) == before


def test_what_is_missing_is_named_with_the_page_that_supplies_it_and_nothing_is_stored(client: Client) -> None:
    told = led(client, lambda db: walk.preparing(db, walk.SHANGHAI), walk.NAMED)
    page = paper(told, "mandate")
    links = {a.text: a.get("href") for a in page.tree.xpath("//div[contains(@class, 'warn')]//a")}
    assert links == {"受托人姓名": f"{told.address}/representatives"}
    before = rows(client)
    refused = client.post(f"{told.address}/papers/mandate", filled_in(page), status=409)
    assert "《首席代表授权委托书》还缺：受托人姓名。" in refused.text and "先办理“确定协商代表”" in refused.text
    assert rows(client) == before
    assert client.get(links["受托人姓名"]).status == 200
    index = client.get(f"{told.address}/papers")
    assert f"{told.address}/papers/mandate" in index.links()


def test_a_document_is_not_there_for_a_seat_that_does_not_issue_it(client: Client) -> None:
    told = led(client, adopted, AFTER)
    for who in ("陈静", "韩文博", "孙洁"):
        client.as_(told.people[who])
        assert f"{told.address}/papers/passage" not in client.get(f"{told.address}/papers").links()
        client.get(f"{told.address}/papers/passage", status=404)
        client.post(f"{told.address}/papers/passage", {}, status=404)
        client.post(f"{told.address}/papers/passage", {"look": "1"}, status=404)
    for path in ("nothing", "filing_receipt", "..%2Fpassage", quote("审议"), "%00"):
        client.as_(told.people["李敏"]).get(f"{told.address}/papers/{path}", status=404)
    assert issued(client, told.number, "passage") == []


def test_the_desk_is_not_there_for_who_does_not_see_the_case(client: Client) -> None:
    told = led(client, adopted, AFTER)
    other = client.house.write(lambda db: hongxing(db, walk.ANHUI).people)
    for who in (other["李敏"], other["陈静"], other["吴磊"]):
        client.as_(who)
        for path in ("papers", "papers/passage", "dossiers/archive", "redline"):
            client.get(f"{told.address}/{path}", status=404)
        client.post(f"{told.address}/papers/passage", {}, status=404)
        client.post(f"{told.address}/dossiers/archive", {}, status=404)


def test_a_page_that_is_out_of_date_issues_nothing_and_keeps_what_was_typed(told: Told) -> None:
    before = len(issued(told.client, told.number, "opinion"))
    page = paper(told, "opinion")
    old = filled_in(page)
    send(told, "opinion")
    again = told.client.post(f"{told.address}/papers/opinion", {**old, **PHONE}, status=409)
    assert "案卷有了变化，还没有办理" in again.text
    assert again.tree.xpath("//input[@name='contact']/@value") == [PHONE["contact"]]
    assert len(issued(told.client, told.number, "opinion")) == before + 1
    sent = {**filled_in(again), **PHONE}
    assert "021-5555 0101" in told.client.post(f"{told.address}/papers/opinion", sent).text


def test_issued_anew_it_stands_beside_the_old_one_which_says_so(client: Client) -> None:
    told = led(client, adopted, AFTER)
    first = send(told, "passage")
    again = paper(told, "passage")
    assert "已于2026-04-13出具过；再出具的另存一份，原来的一份保留。" in again.body
    second = send(told, "passage")
    old, new = issued(client, told.number, "passage")
    assert (old.supersedes, new.supersedes) == (None, old.id) and old.number != new.number
    assert f"/documents/{old.token}" in second.links()
    page = client.get(str(first.response.url.path))
    assert "这份文书已经重新出具。" in page.text and f"/documents/{new.token}" in page.links()
    index = client.get(f"{told.address}/papers")
    tagged = [row.xpath("string(.//a)") for row in index.tree.xpath("//tr[.//span[text()='已有新的一份']]")]
    assert tagged == ["审议通过情况告知书"]


@pytest.mark.parametrize("character", ["😀", "𪚥", "ก"])
def test_a_character_that_no_font_has_is_named_and_no_number_is_lost(told: Told, character: str) -> None:
    before = rows(told.client)
    page = send(told, "opinion", {"contact": f"李敏{character}"}, status=422)
    assert f"下列字符无法在文书中显示，请改用其他写法：“{character}”（U+{ord(character):04X}）。" in page.summary
    assert page.tree.xpath("//input[@name='contact']/@value") == [f"李敏{character}"]
    assert page.tree.xpath("//input[@name='contact']/@aria-invalid") == ["true"]
    assert rows(told.client) == before
    numbers = [d.number for d in issued(told.client, told.number, "opinion")]
    send(told, "opinion", PHONE)
    assert last(issued(told.client, told.number, "opinion")[-1]) == max(last_of(one) for one in numbers) + 1


def last(document: Document) -> int:
    return last_of(document.number)


def last_of(number: str | None) -> int:
    assert number is not None
    code, _, rest = number.partition("〔2026〕")
    assert code == "红星工" and rest.endswith("号")
    return int(rest.removesuffix("号"))


def test_a_wrong_value_stands_beside_its_field(told: Told) -> None:
    page = send(told, "opinion", {"reply_days": "400"}, status=422)
    assert page.errors and page.tree.xpath("//input[@name='reply_days']/@value") == ["400"]
    looked = send(told, "opinion", {"reply_days": "x", "look": "1"}, status=422)
    assert looked.errors and not looked.tree.xpath("//section[@aria-labelledby='preview']")


def test_what_the_document_is_about_must_be_of_this_case(told: Told) -> None:
    told.client.as_(told.people["李敏"])
    before = rows(told.client)
    told.client.get(f"{told.address}/papers/opinion?subject=99999", status=404)
    told.client.post(f"{told.address}/papers/opinion", {"subject": "99999"}, status=404)
    told.client.post(f"{told.address}/papers/opinion", {"subject": "99999", "look": "1"}, status=404)
    assert rows(told.client) == before


def test_markup_that_is_typed_is_printed_as_it_was_typed(told: Told) -> None:
    typed = '<script>alert(1)</script> {{ title }} #read("/etc/passwd") $x$ <b>'
    page = send(told, "opinion", {"contact": typed})
    assert typed in page.text and not page.tree.xpath("//main//script | //main//b[not(normalize-space())]")
    token = issued(told.client, told.number, "opinion")[-1].token
    for format, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        assert told.client.http.get(f"/documents/{token}/{format}").content.startswith(begins)


def test_without_its_token_a_form_does_nothing(told: Told) -> None:
    told.client.as_(told.people["李敏"])
    token = issued(told.client, told.number, "opinion")[-1].token
    before = rows(told.client)
    for address in (
        f"{told.address}/papers/opinion",
        f"{told.address}/dossiers/archive",
        f"/documents/{token}/scans",
        "/batches/passage",
        "/organisations/1/papers",
        "/organisations/1/papers/offer",
        "/organisations/1/papers/offer/withdrawal",
        "/verify",
    ):
        assert told.client.http.post(address, data={"x": "1"}).status_code == 403, address
    assert rows(told.client) == before


# ---- numbers


def test_numbers_run_on_without_gap_or_double_where_several_write_at_once(client: Client) -> None:
    """In eight threads; every second try is refused."""
    told = led(client, with_a_letter, AFTER)
    before = [d.number for d in client.house.read(numbered)]
    assert before == [f"红星工〔2026〕{n}号" for n in range(1, len(before) + 1)]

    def issue(words: dict[str, str]) -> str:
        try:
            return client.house.write(issue_opinion, told.number, told.people["李敏"], words)
        except Invalid:
            return ""

    with ThreadPoolExecutor(8) as threads:
        given = list(threads.map(issue, [{"contact": "李敏😀" if n % 2 else f"李敏{n}"} for n in range(16)]))
    assert sum(1 for one in given if one) == 8
    numbers = sorted(last_of(d.number) for d in client.house.read(numbered))
    assert numbers == list(range(1, len(before) + 9))


def test_two_cases_of_one_union_at_once_share_the_count(client: Client) -> None:
    def lead(db: Session) -> tuple[int, list[int]]:
        first = with_a_letter(db)
        second = wage_talks(db, first.house, walk.OFFERED)
        second.offer("李敏", walk.OFFERED)
        letter = {"kind": "opinion", "ground": "no_data", "addressee": "公司", "facts": "未提供资料", "demand": "请提供"}
        second.record_receipt("陈静", walk.RECEIVED, received=walk.RECEIVED, means="return_slip")
        second.press("李敏", date(2026, 3, 4), **letter)
        return first.house["李敏"], [first.case.id or 0, second.case.id or 0]

    person, cases = client.house.write(lead)
    begun = len(client.house.read(numbered))
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda n: client.house.write(issue_opinion, cases[n % 2], person, {}), range(16)))
    assert sorted(last_of(d.number) for d in client.house.read(numbered)) == list(range(1, begun + 17))
    assert client.house.read(verify) == []


def numbered(db: Session) -> list[Document]:
    return list(db.exec(select(Document).where(col(Document.number).is_not(None)).order_by(col(Document.id))))


def issue_opinion(db: Session, case_id: int, person: int, words: dict[str, str]) -> str:
    case = locked(db, Negotiation, case_id)
    by = NEGOTIATIONS.actor(db, case, person, AFTER)
    do(db, NEGOTIATIONS, case, "issue_document", {"document": "opinion", "words": words}, by=by, today=AFTER, at=noon(AFTER))
    found = latest(db, "negotiation", case_id, "opinion")
    assert found is not None
    return found.number or ""


# ---- over the API


def test_a_program_issues_a_document_with_words(told: Told) -> None:
    union = program(told.client, told.people["李敏"])
    answer = union.act(told.number, "issue_document", {"document": "opinion", "words": PHONE})
    document = issued(told.client, told.number, "opinion")[-1]
    assert "021-5555 0101" in document.html
    assert answer.json["documents"][0]["number"] == document.number


@pytest.mark.parametrize(
    "sent, wrong",
    [
        ({"document": "opinion", "words": {"reply_days": 400}}, {"words.reply_days"}),
        ({"document": "opinion", "words": {"reply_days": "x", "contact": "长" * 201}}, {"words.reply_days", "words.contact"}),
        ({"document": "opinion", "words": {"nothing": 1}}, {"words.nothing"}),
        ({"document": "opinion", "words": {"contact": "a\x00b"}}, {"words.contact"}),
        ({"document": "opinion", "words": [1]}, {"words"}),
        ({"document": "opinion", "subject": "99999"}, {"subject"}),
        ({"document": "nothing"}, {"document"}),
        ({"document": "../offer"}, {"document"}),
        ({}, {"document"}),
    ],
)
def test_a_program_is_told_which_words_are_wrong(told: Told, sent: dict[str, Any], wrong: set[str]) -> None:
    union = program(told.client, told.people["李敏"])
    before = rows(told.client)
    answer = union.act(told.number, "issue_document", sent, status=422)
    assert set(answer.json["errors"]) == wrong
    after = rows(told.client)
    assert {name: after[name] for name in ("document", "journal")} == {name: before[name] for name in ("document", "journal")}


def test_a_program_is_told_why_a_document_is_not_issued_and_what_to_do(client: Client) -> None:
    told = led(client, lambda db: walk.preparing(db, walk.SHANGHAI), walk.NAMED)
    union, employer = program(client, told.people["李敏"]), program(client, told.people["陈静"])
    (reason,) = union.act(told.number, "issue_document", {"document": "mandate"}, status=409).json["reasons"]
    assert reason["text"] == "《首席代表授权委托书》还缺：受托人姓名。" and "确定协商代表" in reason["remedy"] and reason["article"]
    assert union.act(told.number, "issue_document", {"document": "offer"}, status=409).reasons()[0].startswith("《集体协商要约书》")
    assert union.act(told.number, "issue_document", {"document": "passage"}, status=409).reasons() == [
        "案卷还没有到出具《审议通过情况告知书》的时候。"
    ]
    (reason,) = employer.act(told.number, "issue_document", {"document": "passage"}, status=409).json["reasons"]
    assert reason["text"] == "《审议通过情况告知书》不由您这一方出具。" and "工会" in "".join(reason["who"])
    assert issued(client, told.number, "mandate") == []


# ---- the signed paper


def scan(name: str = "盖章件.png", data: bytes = PNG) -> dict[str, Any]:
    return {"evidence": (name, data, "application/octet-stream")}


def offer_of(told: Told) -> str:
    return issued(told.client, told.number, "offer")[0].token


def scans(client: Client) -> list[tuple[int, str]]:
    return client.house.read(lambda db: [(s.id or 0, s.name) for s in db.exec(select(SignedScan).order_by(col(SignedScan.id)))])


def test_the_signed_paper_is_kept_with_the_document_and_read_by_both_sides(told: Told) -> None:
    client, token = told.client, offer_of(told)
    page = client.as_(told.people["李敏"]).post(f"/documents/{token}/scans", {}, files=scan())
    ((number, name),) = scans(client)
    assert name == "盖章件.png" and f"/documents/{token}/scans/{number}" in page.links()
    for who in ("李敏", "陈静"):
        client.as_(told.people[who])
        assert f"/documents/{token}/scans/{number}" in client.get(f"/documents/{token}").links()
        response = client.http.get(f"/documents/{token}/scans/{number}")
        assert response.content == PNG and response.headers["content-disposition"].startswith("attachment")
    assert "1件" in client.get(f"{told.address}/papers").text
    assert client.house.read(verify) == []
    assert "存入《集体协商要约书》签字盖章的扫描件。" in client.get(told.address).text


def test_the_same_scan_twice_another_type_and_nothing_at_all_are_refused(told: Told) -> None:
    client, address = told.client, f"/documents/{offer_of(told)}/scans"
    client.as_(told.people["李敏"]).post(address, {}, files=scan())
    twice = client.post(address, {}, files=scan("又一次.png"), status=422)
    assert twice.summary == ["“又一次.png”已经和这份文书存在一起了。"]
    wrong = client.post(address, {}, files=scan("程序.exe", b"MZ\x90\x00"), status=422)
    assert "不是可以接收的类型" in wrong.summary[0]
    assert client.post(address, {}, status=422).summary == ["请上传签字盖章后的扫描件。"]
    assert client.post(address, {}, files=scan("空.png", b""), status=422).summary
    assert len(scans(client)) == 1 and client.house.read(verify) == []


def test_who_does_not_see_the_case_neither_keeps_nor_reads_a_scan(told: Told) -> None:
    client, token = told.client, offer_of(told)
    client.as_(told.people["李敏"]).post(f"/documents/{token}/scans", {}, files=scan())
    ((number, _),) = scans(client)
    other = client.house.write(lambda db: hongxing(db, walk.ANHUI).people)
    for who in (other["李敏"], other["陈静"], told.people["吴磊"], told.people["郑楠"]):
        client.as_(who)
        client.get(f"/documents/{token}/scans/{number}", status=404)
        client.post(f"/documents/{token}/scans", {}, files=scan("别家.png", PNG + b"1"), status=404)
    assert len(scans(client)) == 1


def test_a_scan_is_found_only_under_its_own_document(client: Client) -> None:
    """Both are one's own; the address of the one does not give the paper of the other."""
    first, second = led(client, with_a_letter, AFTER), led(client, lambda db: walk.offered(db, walk.ANHUI), AFTER)
    client.as_(first.people["李敏"]).post(f"/documents/{offer_of(first)}/scans", {}, files=scan())
    client.as_(second.people["李敏"]).post(f"/documents/{offer_of(second)}/scans", {}, files=scan("乙.png", PNG + b"2"))
    (one, _), (other, _) = scans(client)
    assert client.http.get(f"/documents/{offer_of(second)}/scans/{other}").content == PNG + b"2"
    client.get(f"/documents/{offer_of(second)}/scans/{one}", status=404)
    client.get(f"/documents/{offer_of(first)}/scans/{one}", status=404)
    for number in ("0", "-1", "99999999999999999999", "9223372036854775808"):
        client.get(f"/documents/{offer_of(second)}/scans/{number}", status=404)


def test_a_program_keeps_no_scan_with_another_cases_document(client: Client) -> None:
    first, second = led(client, with_a_letter, AFTER), led(client, lambda db: walk.offered(db, walk.ANHUI), AFTER)
    union = program(client, first.people["李敏"])
    file = union.upload(PDF)
    for token in (offer_of(second), "0" * 32):
        answer = union.act(first.number, "keep_scan", {"document": token, "evidence": [file]}, status=422)
        assert answer.json["errors"] == {"document": ["没有这份文书。"]}
    assert set(union.act(first.number, "keep_scan", {"document": "../x", "evidence": [file]}, status=422).json["errors"]) == {"document"}
    union.act(first.number, "keep_scan", {"document": offer_of(first), "evidence": [file]})
    assert [name for _, name in scans(client)] == [file["name"]]


def test_the_page_keeps_no_file_that_somebody_else_brought(client: Client) -> None:
    told = led(client, with_a_letter, AFTER)
    theirs = program(client, told.people["陈静"]).upload(PDF + b"%secret")
    sent = {"evidence": f'{{"name": "x.pdf", "sha256": "{theirs["sha256"]}"}}', "_kept.evidence": theirs["sha256"]}
    client.as_(told.people["李敏"]).post(f"/documents/{offer_of(told)}/scans", sent, status=422)
    assert scans(client) == [] and client.house.read(lambda db: db.exec(select(func.count()).select_from(Upload)).one()) == 1
