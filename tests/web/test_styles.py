"""How an organisation's documents look is its officers' business: what they set shows in the next document and in none before."""

import hashlib
from datetime import date
from io import BytesIO
from typing import Any, get_type_hints
from zipfile import ZipFile

import pytest
from docx import Document as WordDocument
from sqlmodel import Session, select

from templates.documents.demanded import DEMANDED
from tests.cast import BEGINNING, hongxing, noon
from tests.documents.test_own_word import template
from tests.documents.word_files import part, replaced, words
from tests.web.client import Client, Page
from tests.web.test_case_pages import Told, led
from tests.web.test_papers import PHONE, adopted, issued, send, with_a_letter
from web import uploads
from web.accounts.models import Account
from web.standards import STANDARDS
from workflow.documents.style import DocumentStyle, OwnTemplate
from workflow.evidence import Blob
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person

pytestmark = pytest.mark.once

AFTER = date(2026, 4, 13)
PASSAGE = (
    "{{ addressee }}：",
    "《{{ contract }}》已经通过：{% for one in votes %}{{ loop.index }}{% endfor %}",
    "{{ text_hash }}{{ basis }}",
    "{{ issuer }}　{{ signer }}　{{ issued_on }}",
)


@pytest.fixture
def told(client: Client) -> Told:
    return led(client, adopted, AFTER)


def union(told: Told, which: OrganisationKind = OrganisationKind.UNION) -> int:
    return told.client.house.read(lambda db: db.exec(select(Organisation.id).where(Organisation.kind == which)).one()) or 0


def style(told: Told, **sent: Any) -> Page:
    address = f"/organisations/{union(told)}/papers"
    page = told.client.as_(told.people["李敏"]).get(address)
    return told.client.post(address, {**page.form(address), **sent})


def test_what_is_set_shows_in_the_next_document_and_in_none_before(told: Told) -> None:
    send(told, "passage")
    (old,) = issued(told.client, told.number, "passage")
    page = style(
        told,
        masthead="上海红星机械有限公司工会委员会文件",
        dates="han",
        seal="over",
        **{"paragraphs.0.document": "passage", "paragraphs.0.text": "本告知书一式三份。\n第三份存档。"},
    )
    assert "已经保存，以后出具的文书照此印制；已出具的不变。" in page.body
    assert "上海红星机械有限公司工会委员会文件" in page.tree.xpath("string(//section[@aria-labelledby='specimen'])")
    send(told, "passage")
    before, new = issued(told.client, told.number, "passage")
    assert (before.html, before.sha256) == (old.html, old.sha256) and hashlib.sha256(before.html.encode()).hexdigest() == old.sha256
    for words_of_style in ("上海红星机械有限公司工会委员会文件", "二〇二六年四月十三日", "本告知书一式三份。", "第三份存档。"):
        assert words_of_style in new.html and words_of_style not in old.html
    assert "（盖章）" in old.html and "（盖章）" not in new.html
    client = told.client
    for document in (before, new):
        assert client.http.get(f"/documents/{document.token}/pdf").content.startswith(b"%PDF-")
        assert client.http.get(f"/documents/{document.token}/docx").content.startswith(b"PK")


def test_a_paragraph_stands_only_in_the_documents_it_was_written_for(told: Told) -> None:
    style(told, **{"paragraphs.0.document": "offer", "paragraphs.0.text": "只在要约书里。"})
    send(told, "passage")
    assert "只在要约书里。" not in issued(told.client, told.number, "passage")[-1].html


def test_another_organisations_style_does_not_touch_it(told: Told) -> None:
    enterprise = union(told, OrganisationKind.ENTERPRISE)
    address = f"/organisations/{enterprise}/papers"
    page = told.client.as_(told.people["陈静"]).get(address)
    told.client.post(address, {**page.form(address), "masthead": "上海红星机械有限公司文件"})
    send(told, "passage")
    assert "上海红星机械有限公司文件" not in issued(told.client, told.number, "passage")[-1].html


def test_paragraphs_with_markup_are_printed_as_they_were_typed(told: Told) -> None:
    typed = '<script>alert(1)</script>{{ title }}{% for %} #read("/etc/passwd") $x$ \\ @a <b>'
    style(told, masthead="<b>甲</b>#x{{ 1 }}", **{"paragraphs.0.document": "passage", "paragraphs.0.text": typed})
    page = send(told, "passage")
    assert typed in page.text and "<b>甲</b>#x{{ 1 }}" in page.text and not page.tree.xpath("//main//script")
    token = issued(told.client, told.number, "passage")[-1].token
    assert told.client.http.get(f"/documents/{token}/pdf").content.startswith(b"%PDF-")
    assert typed in words(part(told.client.http.get(f"/documents/{token}/docx").content))


@pytest.mark.parametrize(
    "sent, beside",
    [
        ({"masthead": "文件😀"}, "masthead"),
        ({"masthead": "长" * 61}, "masthead"),
        ({"dates": "roman"}, "dates"),
        ({"seal": "none"}, "seal"),
        ({"paragraphs.0.document": "passage", "paragraphs.0.text": "段落😀"}, "paragraphs.0.text"),
        ({"paragraphs.0.document": "nothing", "paragraphs.0.text": "段落"}, "paragraphs.0.document"),
        ({"paragraphs.0.document": "passage", "paragraphs.0.text": ""}, "paragraphs.0.text"),
    ],
)
def test_what_cannot_be_printed_is_refused_beside_its_field_and_kept(told: Told, sent: dict[str, str], beside: str) -> None:
    address = f"/organisations/{union(told)}/papers"
    page = told.client.as_(told.people["李敏"]).get(address)
    answer = told.client.post(address, {**page.form(address), "masthead": "工会文件", **sent}, status=422)
    assert answer.errors and f"#f-{beside.replace('.', '-')}" in [link.replace(".", "-") for link in answer.links()]
    assert answer.tree.xpath("//input[@name='masthead']/@value") == [sent.get("masthead", "工会文件")]
    assert told.client.house.read(lambda db: db.exec(select(DocumentStyle)).all()) == []


def test_only_its_officers_and_administrators_reach_it(told: Told) -> None:
    client, number = told.client, union(told)
    other = client.house.write(lambda db: hongxing(db, "340000").people)
    paths = [f"/organisations/{number}/papers{rest}" for rest in ("", "/passage", "/passage/file")]
    for who in (told.people["陈静"], told.people["韩文博"], told.people["赵丽"], told.people["吴磊"], told.people["郑楠"], other["李敏"]):
        client.as_(who)
        for path in paths:
            client.get(path, status=404)
        client.post(paths[0], {"masthead": "别家"}, status=404)
        client.post(paths[1], {}, files=file(template(*PASSAGE)), status=404)
        client.post(f"{paths[1]}/withdrawal", {}, status=404)
    assert client.house.read(lambda db: (db.exec(select(DocumentStyle)).all(), db.exec(select(OwnTemplate)).all())) == ([], [])
    administrator = client.house.write(an_administrator)
    client.as_(administrator).get(paths[0])
    for number_of_none in ("0", "999999", "9223372036854775808", "-1"):
        client.get(f"/organisations/{number_of_none}/papers", status=404)
    response = client.as_nobody().http.get(paths[0], follow_redirects=False)
    assert response.status_code == 303 and response.headers["location"].startswith("/login")


def an_administrator(db: Session) -> int:
    body = db.exec(select(Organisation).where(Organisation.kind == OrganisationKind.FEDERATION)).first()
    person = Person(name="管理员")
    db.add(person)
    db.flush()
    assert body is not None and body.id is not None and person.id is not None
    db.add(Appointment(person_id=person.id, organisation_id=body.id, office=Office.ADMINISTRATOR, since=BEGINNING))
    db.add(Account(person_id=person.id, login="管理员@test", password_hash="x", created_at=noon(BEGINNING)))
    return person.id


def test_an_officer_who_has_left_reaches_it_no_more(told: Told) -> None:
    def leave(db: Session) -> None:
        db.exec(select(Appointment).where(Appointment.person_id == told.people["王强"])).one().until = date(2026, 4, 1)

    told.client.as_(told.people["王强"]).get(f"/organisations/{union(told)}/papers")
    told.client.house.write(leave)
    told.client.get(f"/organisations/{union(told)}/papers", status=404)


# ---- a Word template of one's own


def file(data: bytes, name: str = "我们的模板.docx") -> dict[str, Any]:
    return {"template": (name, data, "application/octet-stream")}


def hand_in(told: Told, data: bytes, name: str = "我们的模板.docx", *, paper: str = "passage", status: int = 200) -> Page:
    return told.client.as_(told.people["李敏"]).post(
        f"/organisations/{union(told)}/papers/{paper}", {}, files=file(data, name), status=status
    )


def faults(page: Page) -> list[str]:
    return [li.text_content() for li in page.tree.xpath("//div[contains(@class, 'bad')]//li")]


def plain(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs and nothing else."""
    document, made = WordDocument(), BytesIO()
    for one in paragraphs:
        document.add_paragraph(one)
    document.save(made)
    return made.getvalue()


def test_a_document_is_taken_away_in_the_organisations_own_words(told: Told) -> None:
    send(told, "passage")
    (document,) = issued(told.client, told.number, "passage")
    told.client.get(f"/documents/{document.token}/own", status=404)
    data = plain(*PASSAGE)
    page = hand_in(told, data)
    assert "模板合用，已经保存。" in page.body and "我们的模板.docx" in page.text
    assert told.client.http.get(f"/organisations/{union(told)}/papers/passage/file").content == data
    for who in ("李敏", "陈静"):
        shown = told.client.as_(told.people[who]).get(f"/documents/{document.token}")
        assert f"/documents/{document.token}/own" in shown.links()
        made = told.client.http.get(f"/documents/{document.token}/own")
        assert made.headers["content-disposition"].startswith("attachment")
        text = words(part(made.content))
        assert text.startswith("上海红星机械有限公司：《集体合同》已经通过：1") and "2026年4月13日" in text and "{" not in text
    other = told.client.house.write(lambda db: hongxing(db, "340000").people)
    told.client.as_(other["李敏"]).get(f"/documents/{document.token}/own", status=404)


def test_a_template_must_say_what_the_law_asks_and_is_only_told_what_else_it_leaves_out(told: Told) -> None:
    page = hand_in(told, plain(*(line for line in PASSAGE if "text_hash" not in line)))
    assert "模板合用，已经保存。" in page.body
    assert "可以不印：" in page.text and "text_hash" in page.tree.xpath("//p[contains(., '可以不印')]//code/text()")


def test_what_the_law_asks_of_each_form_is_a_field_of_its_record() -> None:
    assert DEMANDED.keys() == STANDARDS.keys()
    unknown = {(name, one) for name, asked in DEMANDED.items() for one in asked if one not in get_type_hints(STANDARDS[name].record)}
    assert not unknown


@pytest.mark.parametrize(
    "data, said",
    [
        (plain(*PASSAGE, "{{ adressee }}"), "没有“adressee”这一项，是不是“addressee”？"),
        (plain(*PASSAGE[:-1]), "缺少必须有的占位符“{{ issuer }}”。"),
        (plain(*PASSAGE, "{% if signer %}"), "“if”没有对应的“endif”。"),
        (plain(*PASSAGE, "{{ ''.__class__.__mro__ }}"), "没有“__class__”这一项。"),
        (plain(*PASSAGE, "{{ title.format(1) }}"), ""),
        (plain(*PASSAGE, "{% include '/etc/passwd' %}"), "占位符里不能调用函数、做乘除，也不能引用其他文件。"),
        (plain(*PASSAGE, "{{ cycler.__init__.__globals__ }}"), "没有“cycler”这一项。"),
        (b"PK\x03\x04word/ and nothing more", "这不是完好的Word文档（.docx）。"),
    ],
)
def test_whatever_is_wrong_with_a_template_is_named_and_nothing_is_kept(told: Told, data: bytes, said: str) -> None:
    page = hand_in(told, data, status=422)
    assert any(said in fault for fault in faults(page)) and faults(page)
    assert told.client.house.read(lambda db: db.exec(select(OwnTemplate)).all()) == []


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    made = BytesIO(data)
    with ZipFile(made, "a") as archive:
        archive.writestr(name, content)
    return made.getvalue()


RELATION = b'<Relationship Id="rId99" Type="%s" Target="%s" TargetMode="External"/></Relationships>'
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def fetching(kind: bytes, target: bytes, name: str = "word/_rels/document.xml.rels") -> bytes:
    data = plain(*PASSAGE)
    with ZipFile(BytesIO(data)) as archive:
        found = archive.read(name)
    return replaced(data, name, found.replace(b"</Relationships>", RELATION % (OFFICE + kind, target)))


@pytest.mark.parametrize(
    "data, said",
    [
        (with_part(plain(*PASSAGE), "word/vbaProject.bin", b"x"), "文件带有宏"),
        (with_part(plain(*PASSAGE), "word/embeddings/oleObject1.bin", b"x"), "文件中嵌有其他文件"),
        (fetching(b"image", b"http://169.254.169.254/latest/meta-data"), "文件引用了外部内容"),
        (fetching(b"image", b"file:///etc/passwd"), "文件引用了外部内容"),
        (fetching(b"font", b"http://10.0.0.1/font.odttf"), "文件引用了外部内容"),
        (fetching(b"attachedTemplate", b"http://10.0.0.1/x.dotm"), "文件引用了外部内容"),
        (fetching(b"hyperlink", b"file:///etc/passwd"), "文件引用了外部内容"),
        (fetching(b"image", b"\\\\10.0.0.1\\share\\x.png"), "文件引用了外部内容"),
    ],
)
def test_a_file_that_runs_or_fetches_something_is_not_taken(told: Told, data: bytes, said: str) -> None:
    assert any(said in fault for fault in faults(hand_in(told, data, status=422)))
    assert told.client.house.read(lambda db: db.exec(select(OwnTemplate)).all()) == []


def test_what_is_no_word_file_is_told_so(told: Told) -> None:
    for data, name in (
        (b"%PDF-1.7 x", "模板.pdf"),
        (b"MZ\x90", "模板.docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "模板.doc"),
        (b"", "空.docx"),
    ):
        page = hand_in(told, data, name, status=422)
        assert faults(page) or page.errors or page.summary, name
    address = f"/organisations/{union(told)}/papers/passage"
    assert "请选择一个.docx文件。" in told.client.post(address, {}, status=422).summary
    two = [("template", ("a.docx", plain(*PASSAGE), "x/y")), ("template", ("b.docx", plain(*PASSAGE, "乙"), "x/y"))]
    assert "请选择一个.docx文件。" in told.client.post(address, {}, files=two, status=422).summary
    for paper in ("nothing", "..%2Foffer", "%00"):
        told.client.get(f"/organisations/{union(told)}/papers/{paper}", status=404)


def test_a_withdrawn_template_is_used_no_more(told: Told) -> None:
    send(told, "passage")
    (document,) = issued(told.client, told.number, "passage")
    hand_in(told, plain(*PASSAGE))
    hand_in(told, plain(*PASSAGE, "第二版"), "第二版.docx")
    assert "第二版" in words(part(told.client.http.get(f"/documents/{document.token}/own").content))
    address = f"/organisations/{union(told)}/papers/passage"
    page = told.client.post(f"{address}/withdrawal", {})
    assert "已停用本单位的模板。" in page.body
    told.client.get(f"/documents/{document.token}/own", status=404)
    told.client.get(f"{address}/file", status=404)
    assert told.client.house.read(lambda db: [one.current for one in db.exec(select(OwnTemplate))]) == [False, False]


def test_a_template_that_this_document_cannot_fill_is_told_so(told: Told) -> None:
    send(told, "passage")
    (document,) = issued(told.client, told.number, "passage")
    hand_in(told, plain(*PASSAGE, "{{ basis[99] }}"))
    page = told.client.get(f"/documents/{document.token}/own", status=422)
    assert "模板无法填写" in page.text


@pytest.mark.parametrize(
    "bomb",
    [
        "{% set a = contract %}" + "{% set a = a ~ a %}" * 40 + "{{ a|length }}",
        '{{ "aaaaaaaaaa"' + '|replace("a", "aaaaaaaaaa")' * 12 + "|length }}",
    ],
)
def test_a_template_that_grows_without_end_hurts_nobody_else(told: Told, bomb: str) -> None:
    send(told, "passage")
    (document,) = issued(told.client, told.number, "passage")
    hand_in(told, plain(*PASSAGE, bomb))
    page = told.client.get(f"/documents/{document.token}/own", status=422)
    assert "填写这个模板要的时间或者内存太多" in page.text


def test_a_template_stays_when_what_nobody_handed_in_is_cleared_away(told: Told) -> None:
    hand_in(told, plain(*PASSAGE))
    hand_in(told, plain(*PASSAGE, "{{ nothing }}"), status=422)
    at = noon(AFTER).replace(year=2030)
    assert told.client.house.read(lambda db: len(db.exec(select(Blob.sha256)).all())) >= 2
    assert told.client.house.write(lambda db: uploads.clear(db, at=at)) == 1
    response = told.client.http.get(f"/organisations/{union(told)}/papers/passage/file")
    assert response.status_code == 200 and response.content.startswith(b"PK")


def test_what_was_typed_for_a_letter_stands_in_the_own_template_too(client: Client) -> None:
    told = led(client, with_a_letter, AFTER)
    send(told, "opinion", PHONE)
    fields = [
        "number",
        "reply_period",
        "title",
        "kind",
        "addressee",
        "unit",
        "facts",
        "ground",
        "duty",
        "provisions",
        "demand",
        "basis",
        "issuer",
        "issued_on",
        "contact",
    ]
    hand_in(told, plain(*(f"{{{{ {name} }}}}" for name in fields)), paper="opinion")
    token = issued(client, told.number, "opinion")[-1].token
    assert "021-5555 0101" in words(part(client.http.get(f"/documents/{token}/own").content))
