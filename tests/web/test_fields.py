"""Forms as they stand on a page: every widget, with hint, error and what was typed."""

from datetime import date, time
from typing import Annotated, Any

import pytest
from lxml import html

from web.fields import shown
from web.render import READER, Reader, environment
from web.settings import Settings
from web.signing import seal, unseal
from workflow.forms import Day, Fen, Files, FormModel, Invalid, field, one_of
from workflow.words import N_

pytestmark = pytest.mark.once

SECRET = "ab" * 32


class Article(FormModel):
    number: int = field(N_("条"), widget="number")
    text: str = field(N_("内容"), widget="textarea")


class Everything(FormModel):
    subject: str = field(N_("协商事项"), hint=N_("一句话写清楚"), widget="textarea")
    on: Day = field(N_("日期"), widget="date")
    at: time | None = field(N_("时间"), widget="time", default=None)
    people: int = field(N_("人数"), widget="number", unit=N_("人"), ge=1)
    wage: Fen | None = field(N_("工资"), widget="money", default=None)
    kind: str = field(N_("种类"), widget="choice", choices={"wage": N_("工资"), "women": N_("女职工")})
    manner: str = field(N_("方式"), widget="radios", choices={"hand": N_("当面"), "post": N_("邮寄")})
    heads: list[str] = field(N_("事项"), widget="checks", choices={"a": N_("甲"), "b": N_("乙")}, min_length=1)
    agreed: bool = field(N_("同意"), widget="yesno")
    evidence: Files = field(N_("附件"), widget="files", default_factory=list)
    articles: list[Article] = field(N_("条款"), widget="rows", default_factory=list)
    version: int = field(N_("版本"), widget="hidden", default=1)


@pytest.fixture(autouse=True)
def reader() -> None:
    READER.set(Reader(Settings("sqlite://", SECRET), date(2026, 3, 1)))


def printed(values: dict[str, Any], errors: dict[str, Any] | None = None, **options: Any) -> html.HtmlElement:
    template = environment().from_string(
        '{% from "macros/fields.html" import form_fields, error_summary %}<div>{{ error_summary(errors, form) }}'
        "{{ form_fields(form, values, errors, **options) }}</div>"
    )
    return html.fragment_fromstring(template.render(form=Everything, values=values, errors=errors or {}, options=options))


def sent_by(tree: html.HtmlElement) -> dict[str, Any]:
    """What a browser would send with the form as it stands."""
    form = html.fragment_fromstring(f"<form>{html.tostring(tree, encoding='unicode')}</form>")
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def box(tree: html.HtmlElement, name: str) -> html.HtmlElement:
    return tree.xpath(f"//*[@name='{name}']")[0]


STORED = {
    "subject": "工资增长",
    "on": date(2026, 3, 4),
    "at": time(9, 30),
    "people": 7,
    "wage": 520050,
    "kind": "wage",
    "manner": "post",
    "heads": ["a", "b"],
    "agreed": False,
    "articles": [{"number": 1, "text": "第一条"}],
}


def test_what_is_stored_comes_back_from_the_page_as_it_was() -> None:
    sent = sent_by(printed(STORED))
    form = Everything.read(sent)
    assert form.model_dump() == {**STORED, "evidence": [], "version": 1, "articles": [{"number": 1, "text": "第一条"}]}


def test_what_was_typed_stays_even_where_it_is_wrong() -> None:
    sent = {"subject": "", "on": "三月四日", "people": "很多", "wage": "5,2", "articles.0.number": "x", "articles.0.text": "甲"}
    with pytest.raises(Invalid) as caught:
        Everything.read(sent)
    tree = printed(sent, caught.value.errors)
    assert [box(tree, name).get("value") for name in ("on", "people", "wage", "articles.0.number")] == ["三月四日", "很多", "5,2", "x"]
    assert box(tree, "on").get("type") == "text"
    for name in caught.value.errors:
        anchor = tree.xpath(f"//*[@id='error-summary']//a[@href='#f-{name}']")
        assert anchor and tree.xpath(f"//*[@id='f-{name}']"), name


def test_an_error_is_tied_to_its_field() -> None:
    tree = printed({}, {"subject": ["请填写“协商事项”。"]})
    area = box(tree, "subject")
    assert area.get("aria-invalid") == "true"
    assert area.get("aria-describedby") == "hint-subject err-subject"
    assert tree.xpath("//*[@id='err-subject']")[0].text_content().strip() == "请填写“协商事项”。"


def test_what_was_not_chosen_is_asked_to_be_chosen_and_what_was_not_written_to_be_written() -> None:
    class Choosing(FormModel):
        kind: Annotated[str, one_of({"wage": "工资"})] = field(N_("种类"), widget="choice")
        meeting: int = field(N_("会议"), widget="radios")

    class Whole(Everything):
        lines: list[Choosing] = field(N_("行"), widget="rows", default_factory=list)

    with pytest.raises(Invalid) as caught:
        Whole.read({"kind": "", "lines.0.kind": "", "lines.0.meeting": "1"} | {"lines.1.kind": "wage"})
    said = {name: str(sentences[0]) for name, sentences in caught.value.errors.items()}
    assert said["subject"] == "请填写“协商事项”。"
    assert {said[name] for name in ("manner", "heads", "agreed")} == {"请选择“方式”。", "请选择“事项”。", "请选择“同意”。"}
    assert said["lines.0.kind"] == "请选择“行 1·种类”。"
    assert said["lines.1.meeting"] == "请选择“行 2·会议”。"


def test_required_fields_are_marked_and_others_are_not() -> None:
    tree = printed({})
    marked = {label.get("for") for label in tree.xpath("//label[abbr]")}
    assert {"f-subject", "f-on", "f-people", "f-kind"} <= marked and not marked & {"f-at", "f-wage", "f-evidence"}
    assert [legend.text_content().split()[0] for legend in tree.xpath("//legend[abbr]")] == ["方式", "事项", "同意"]


def test_nothing_is_marked_in_a_row_that_nobody_need_fill_in() -> None:
    tree = printed({"articles": [{"number": 1, "text": "第一条"}]})
    assert {label.get("for") for label in tree.xpath("//fieldset[@data-rows]//label[abbr]")} == {"f-articles.0.number", "f-articles.0.text"}
    assert box(tree, "articles.0.text").get("aria-required") == "true"
    assert box(tree, "articles.1.text").get("aria-required") is None
    begun = printed({"articles.0.number": "", "articles.0.text": "", "articles.1.number": "", "articles.1.text": "第二条"})
    assert {label.get("for") for label in begun.xpath("//fieldset[@data-rows]//label[abbr]")} == {
        "f-articles.1.number",
        "f-articles.1.text",
    }


def test_what_the_case_needs_is_marked_with_its_reason() -> None:
    tree = printed({}, needed={"evidence": "必须上传收件单。"})
    assert tree.xpath("//label[@for='f-evidence'][abbr]")
    assert box(tree, "evidence").get("aria-required") == "true"
    assert tree.xpath("string(//*[@id='hint-evidence'])") == "必须上传收件单。"


def test_what_only_clients_send_is_on_no_page() -> None:
    class Asked(FormModel):
        old: bool = field(N_("旧的写法"), widget="unasked", default=False)

    template = environment().from_string('{% from "macros/fields.html" import form_fields %}{{ form_fields(form) }}')
    assert "旧的写法" not in template.render(form=Asked) and Asked.read({"old": True}).old


def test_every_box_has_a_label_and_no_id_stands_twice() -> None:
    tree = printed(STORED, {"subject": ["不对。"], "articles.0.text": ["不对。"]})
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for each in tree.xpath("//input[@type!='hidden'] | //input[not(@type)] | //select | //textarea"):
        assert tree.xpath(f"//label[@for='{each.get('id')}']") or each.xpath("ancestor::label"), each.get("name")


def test_files_received_with_an_earlier_try_are_carried_on_and_cannot_be_made_up() -> None:
    file = {"name": "回执.pdf", "sha256": "c" * 64}
    tree = printed({"evidence": [file]})
    value = box(tree, "_kept.evidence").get("value")
    assert "回执.pdf" in tree.text_content()
    assert unseal(SECRET, "file", value) == file
    assert unseal(SECRET, "file", seal("cd" * 32, "file", file)) is None
    assert unseal(SECRET, "file", value[:-1]) is None and unseal(SECRET, "ticket", value) is None


def test_choices_known_only_now_may_be_grouped() -> None:
    tree = printed({"kind": "330100"}, choices={"kind": {"000000": "全国", "浙江省": {"330000": "浙江省", "330100": "杭州市"}}})
    assert tree.xpath("//optgroup/@label") == ["浙江省"]
    assert tree.xpath("//option[@selected]/@value") == ["330100"]


def test_some_fields_may_be_printed_alone() -> None:
    assert set(sent_by(printed(STORED, only=["people", "on"]))) == {"people", "on"}
    assert "people" not in sent_by(printed(STORED, but=["people"]))


def test_what_is_typed_is_never_markup() -> None:
    tree = printed({"subject": "</textarea><script>alert(1)</script>", "on": '"><script>'})
    assert not tree.xpath("//script")


def test_the_look_of_a_box_is_given_with_its_field() -> None:
    class Login(FormModel):
        login: str = shown(field(N_("用户名")), autocomplete="username")

    assert Login.model_fields["login"].json_schema_extra == {"widget": "text", "hint": "", "unit": "", "autocomplete": "username"}
