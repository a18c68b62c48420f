"""An organisation's own Word template: whatever is wrong with it is named with its place, and nothing in it runs or is fetched."""

import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.document import Document as Written

from templates.documents.contexts import ContractText, OfferLetter
from tests.documents.papers import CONTRACT, OFFER
from tests.documents.word_files import W, names, part, replaced, words
from workflow.documents.issue import facts_of
from workflow.documents.own_word import Unfit, check, fill

pytestmark = pytest.mark.once

COMPLETE = (
    "{{ title }}",
    "{{ addressee }}：",
    "{{ own_side }}现就签订《{{ contract }}》提出要约，依据{{ basis }}。",
    "{%p for matter in matters|listed %}",
    "{{ loop.index|item }}{{ matter }}",
    "{%p endfor %}",
    "时间：{{ time }}，地点：{{ place }}。请于{{ reply_period }}内答复。",
    "{%p if contact %}",
    "联系人：{{ contact }}",
    "{%p endif %}",
    "{{ issuer }}　{{ issued_on }}",
)


def saved(document: Written) -> bytes:
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def template(*paragraphs: str, change: Callable[[Written], object] = lambda document: None) -> bytes:
    """A Word file with these paragraphs and a table of representatives."""
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    table = document.add_table(rows=4, cols=2)
    for row, cells in zip(
        table.rows,
        (("姓名", "职务"), ("{%tr for one in representatives %}", ""), ("{{ one.name }}", "{{ one.post }}"), ("{%tr endfor %}", "")),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    change(document)
    return saved(document)


def said(data: bytes, record_type: type = OfferLetter, required: tuple[str, ...] | None = ()) -> list[str]:
    return [str(fault.sentence) for fault in check(data, record_type, required)]


def test_a_whole_template_is_found_right_and_filled() -> None:
    data = template(*COMPLETE)
    assert said(data, required=None) == []
    text = words(part(fill(data, facts_of(OFFER))))
    assert "工资集体协商要约书" in text and "（一）2027年度职工年度平均工资水平及其调整幅度；" in text
    assert "依据《中华人民共和国劳动法》第三十三条、《中华人民共和国工会法》第二十一条" in text
    assert "李春梅工会主席赵志强" in text and "2026年11月22日" in text and "{" not in text


def test_a_record_and_its_facts_fill_alike() -> None:
    data = template(*COMPLETE)
    assert words(part(fill(data, OFFER))) == words(part(fill(data, facts_of(OFFER))))


def test_words_of_the_record_are_never_read_as_markup() -> None:
    hostile = "</w:t><w:p/>{{ 7 * 7 }}{% for %} & <b> \"'"
    text = words(part(fill(template(*COMPLETE), replace(OFFER, addressee=hostile, matters=(hostile,)))))
    assert text.count("</w:t><w:p/>{{ 7 * 7 }}{% for %} & <b> \"'") == 2


@pytest.mark.parametrize(
    ("paragraph", "fault"),
    [
        ("{{ addresse }}", "没有“addresse”这一项，是不是“addressee”？"),
        ("{{ zzz }}", "没有“zzz”这一项。"),
        ("{% if zzz %}甲{% endif %}", "没有“zzz”这一项。"),
        ("{% for one in representatives %}{{ one.nam }}{% endfor %}", "没有“nam”这一项，是不是“name”？"),
        ("{{ issued_on.year }}", "没有“year”这一项。"),
        ("{{ title.upper }}", "没有“upper”这一项。"),
        ("{{ representatives }}", "“representatives”有多项，要用for语句逐项写出。"),
        ("{{ title", "“{{”没有对应的“}}”，两者要写在同一段里。"),
        ("title }}", "“}}”没有对应的“{{”，两者要写在同一段里。"),
        ("{{ title title }}", "“{{ title title }}”的写法不对。"),
        ("{{ 标题 }}", "没有“标题”这一项。"),
        ("{{ title|大写 }}", "没有名为“大写”的格式。"),
        ("{{ title|upper }}", "没有名为“upper”的格式。"),
        ("{%p if contact %}", "“if”没有对应的“endif”。"),
        ("{%p endfor %}", "“endfor”前面没有与它对应的“for”。"),
        ("{% iff contact %}", "没有名为“iff”的语句，或者它不能用在这里。"),
        ("{{ title.upper() }}", "占位符里不能调用函数、做乘除，也不能引用其他文件。"),
        ("{{ 'x' * 999999999 }}", "占位符里不能调用函数、做乘除，也不能引用其他文件。"),
        ("{% include 'x' %}", "占位符里不能调用函数、做乘除，也不能引用其他文件。"),
        ("{{ ''.__class__ }}", "没有“__class__”这一项。"),
        ("{% for a in data %}" * 4 + "{{ a }}" + "{% endfor %}" * 4, "for语句最多套3层。"),
        ("{{r title }}", "“{{r title }}”这种写法不能使用，请写成“{{ title }}”。"),
    ],
)
def test_a_fault_in_a_paragraph_is_named_with_its_place(paragraph: str, fault: str) -> None:
    found = said(template("第一段。", paragraph))
    assert len(found) == 1
    assert found[0].startswith(f"正文第2段：{fault}")


def test_faults_in_tables_heads_and_feet_are_named_with_their_places() -> None:
    def spoil(document: Written) -> None:
        document.tables[0].rows[2].cells[1].text = "{{ one.job }}"
        document.sections[0].header.paragraphs[0].text = "{{ heading }}"
        document.sections[0].footer.paragraphs[0].text = "{% if %}"
        document.core_properties.title = "{{ topic }}"

    assert sorted(said(template(change=spoil))) == [
        "文件属性：没有“topic”这一项。",
        "第1个表格第3行：没有“job”这一项。",
        "页眉：没有“heading”这一项。",
        "页脚：“if”没有对应的“endif”。",
    ]


def test_every_placeholder_that_must_be_there_is_asked_for() -> None:
    found = said(template("{{ title }}{% if place %}甲{% endif %}"), required=None)
    assert found[0] == "缺少必须有的占位符“{{ addressee }}”。"
    assert not any("title" in one or "place" in one or "representatives" in one for one in found)
    assert said(template(), required=("title",)) == ["缺少必须有的占位符“{{ title }}”。"]


def test_placeholders_of_what_lies_deeper_are_followed() -> None:
    text = "{{ employer.name }}{% for chapter in chapters %}{% for one in chapter.articles %}{{ one.number|article }}{{ one.text }}{% endfor %}{% endfor %}"
    assert said(template(text), ContractText)[0].startswith("第1个表格第2行")
    document = Document()
    document.add_paragraph(text + "{{ employer.nme }}{{ employer }}{{ wage_table.caption }}{% set one = workers %}{{ one.code }}")
    assert said(saved(document), ContractText) == [
        "正文第1段：没有“nme”这一项，是不是“name”？",
        "正文第1段：“employer”要写明其中的哪一项：name、address、code、principal、chief、chief_post、contact。",
    ]
    document = Document()
    document.add_paragraph(text)
    assert "第十八条" in words(part(fill(saved(document), CONTRACT)))


def test_a_placeholder_that_word_has_cut_into_runs_is_read_whole() -> None:
    document = Document()
    paragraph = document.add_paragraph("{{ ti")
    paragraph.add_run("tle }").bold = True
    paragraph.add_run("}")
    data = saved(document)
    assert said(data, required=("title",)) == []
    assert "工资集体协商要约书" in words(part(fill(data, OFFER)))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    made = BytesIO(data)
    with ZipFile(made, "a", ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return made.getvalue()


def with_type(data: bytes, old: bytes, new: bytes) -> bytes:
    with ZipFile(BytesIO(data)) as archive:
        return replaced(data, "[Content_Types].xml", archive.read("[Content_Types].xml").replace(old, new))


def with_relationship(data: bytes, relationship: str) -> bytes:
    name = "word/_rels/document.xml.rels"
    with ZipFile(BytesIO(data)) as archive:
        content = archive.read(name).decode()
    return replaced(data, name, content.replace("</Relationships>", f"{relationship}</Relationships>").encode())


OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
GOOD = template(*COMPLETE)
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
DOCUMENT = f'<w:document xmlns:w="{W[1:-1]}"><w:body>%s</w:body></w:document>'
REFUSED = {
    "no file": (b"", "这不是完好的Word文档"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "这不是完好的Word文档"),
    "half a file": (GOOD[: len(GOOD) // 2], "这不是完好的Word文档"),
    "an old file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "这是旧版Word文档"),
    "a bomb": (with_part(GOOD, "word/media/a.bin", b"\0" * (51 * 1024 * 1024)), "文件展开后超过50MB"),
    "macros by type": (with_type(GOOD, MAIN_TYPE, b"application/vnd.ms-word.document.macroEnabled.main+xml"), "文件带有宏"),
    "macros by part": (with_part(GOOD, "word/vbaProject.bin", b"1"), "文件带有宏"),
    "a dotx": (
        with_type(GOOD, MAIN_TYPE, MAIN_TYPE.replace(b"document.main", b"template.main")),
        "这不是Word文档（.docx）。如果是Word模板（.dotx）",
    ),
    "an embedded file": (with_part(GOOD, "word/embeddings/oleObject1.bin", b"1"), "文件中嵌有其他文件"),
    "a distant template": (
        with_relationship(
            GOOD, f'<Relationship Id="x1" Type="{OFFICE}/attachedTemplate" Target="http://evil.example/a.dotm" TargetMode="External"/>'
        ),
        "文件引用了外部内容（http://evil.example/a.dotm）",
    ),
    "a distant picture": (
        with_relationship(GOOD, f'<Relationship Id="x1" Type="{OFFICE}/image" Target="file:///etc/passwd" TargetMode="External"/>'),
        "文件引用了外部内容（file:///etc/passwd）",
    ),
    "a link to a file": (
        with_relationship(GOOD, f'<Relationship Id="x1" Type="{OFFICE}/hyperlink" Target="file:///etc/passwd" TargetMode="External"/>'),
        "文件引用了外部内容",
    ),
    "a field that fetches": (
        replaced(
            GOOD,
            "word/document.xml",
            (DOCUMENT % '<w:p><w:r><w:instrText>INCLUDE</w:instrText><w:instrText>TEXT "c:/a"</w:instrText></w:r></w:p>').encode(),
        ),
        "文件中的域“INCLUDETEXT”会读取外部内容",
    ),
    "entities": (
        replaced(
            GOOD,
            "word/document.xml",
            ('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + DOCUMENT % "<w:p><w:r><w:t>&b;</w:t></w:r></w:p>").encode(),
        ),
        "这不是完好的Word文档",
    ),
    "broken markup": (replaced(GOOD, "word/document.xml", b"<w:document"), "这不是完好的Word文档"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none_or_that_runs_or_fetches_is_refused(name: str) -> None:
    data, words_of_it = REFUSED[name]
    found = said(data)
    assert found and found[0].startswith(words_of_it), found
    with pytest.raises(Unfit):
        fill(data, OFFER)


def test_a_file_of_very_many_parts_is_refused() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        for number in range(501):
            archive.writestr(f"word/{number}.xml", "")
    assert said(made.getvalue())[0].startswith("文件展开后超过50MB或者部件过多")


def test_a_file_damaged_anywhere_is_refused_or_read_and_never_breaks_the_check() -> None:
    chance = random.Random(1)
    refused = 0
    for _ in range(300):
        damaged = bytearray(GOOD)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        refused += said(bytes(damaged[: chance.randint(len(damaged) // 2, 2 * len(damaged))])) != []
    assert refused > 100


def test_a_link_to_a_page_is_let_through() -> None:
    link = f'<Relationship Id="x1" Type="{OFFICE}/hyperlink" Target="https://www.gov.cn/" TargetMode="External"/>'
    assert said(with_relationship(GOOD, link), required=None) == []


def test_what_a_check_would_have_found_still_does_no_harm_when_filled() -> None:
    for text in (
        "{{ title.__class__ }}",
        "{{ title.upper() }}",
        "{{ 'x' * 999999999 }}",
        "{{ range(9) }}",
        "{% include 'x' %}",
        "{{ zzz }}",
    ):
        with pytest.raises(Unfit):
            fill(template(text), OFFER)


def test_a_filled_file_opens_again() -> None:
    data = fill(GOOD, OFFER)
    assert names(data) and Document(BytesIO(data)).tables[0].rows[1].cells[0].text == "李春梅"
