"""What goes wrong at a desk: two who act at once, a button pressed twice, a step back, a file that will not do, an address guessed."""

from collections.abc import Iterator

import pytest

from tests.browser.conftest import Desks
from tests.browser.desk import Desk
from tests.browser.site import shown
from web.demo.people import PASSWORD

pytestmark = pytest.mark.once

UNION, EMPLOYER, ELSEWHERE = "li.min", "han.wenbo", "gu.haiyan"


@pytest.fixture(scope="module")
def address(demonstration: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with shown(demonstration, tmp_path_factory.mktemp("mistakes")) as found:
        yield found


def at_the_table(desk: Desk, login: str = UNION) -> Desk:
    """At the wage talks of the demonstration."""
    desk.sign_in(login, PASSWORD).goes("/negotiations?stage=consult&kind=wage")
    [case] = desk.links(r"/negotiations/\d+")
    desk.case = case
    return desk.goes(case)


def entries(desk: Desk) -> int:
    """How many entries the journal has, the latest first."""
    return int(desk.goes(desk.case).page.locator("ol.log .seq").first.inner_text())


def test_who_writes_while_the_other_acts_keeps_what_was_written(desks: Desks) -> None:
    union, employer = at_the_table(desks()), at_the_table(desks(), EMPLOYER)
    union.begins("提出条款")
    union.fills({"head": "other", "heading": "高温津贴", "text": "高温津贴按月随工资发放。"})
    employer.does("要求提供资料", what="职工方对夜班津贴的测算依据。")
    said = union.fails("提出条款")
    assert said == ["您打开这一页以后，案卷有了变化，还没有办理。您写的内容还在下面，请核对后再提交。"]
    assert union.page.input_value("[name=text]") == "高温津贴按月随工资发放。"
    assert "高温津贴" not in employer.goes(employer.case).reads()
    union.sends("提出条款")
    assert "高温津贴" in employer.goes(employer.case).reads()


def test_two_wordings_for_one_clause_meet_openly(desks: Desks) -> None:
    """The second who writes sees the wording that came first, and puts in an answer to that one."""
    union, employer = at_the_table(desks()), at_the_table(desks(), EMPLOYER)
    links = [_counter(desk, "年终奖金") for desk in (union, employer)]
    assert links[0] == links[1]
    union.fills({"text": "年终奖金平均不低于本人半个月的岗位工资。"})
    employer.goes(links[0]).sends("修改条款", text="年终奖金按年度考核结果分档发放。", reason="与考核挂钩。")
    assert union.fails("修改条款") == ["您打开这一页以后，案卷有了变化，还没有办理。您写的内容还在下面，请核对后再提交。"]
    assert "年终奖金按年度考核结果分档发放。" in union.reads(".clause-now")
    assert union.page.input_value("[name=text]") == "年终奖金平均不低于本人半个月的岗位工资。"
    union.sends("修改条款", reason="职工方让步到半个月。")


def _counter(desk: Desk, heading: str) -> str:
    clause = desk.page.locator("details.clause").filter(has_text=heading).first
    clause.evaluate("clause => clause.open = true")
    link = clause.get_by_role("link", name="提出修改意见")
    path = link.get_attribute("href") or ""
    with desk.page.expect_navigation():
        link.click()
    return path


def test_an_act_that_became_impossible_says_why(desks: Desks) -> None:
    """Two of the same side answer one offer."""
    first, second = desks().sign_in("gao.qian", PASSWORD), desks().sign_in("lu.zhenhua", PASSWORD)
    [first.case] = first.goes("/negotiations?stage=offer&kind=wage").links(r"/negotiations/\d+")
    second.case = first.case
    second.begins("同意协商")
    first.does("同意协商", statement="同意协商。")
    [said] = second.fails("同意协商", statement="我方同意。")
    assert said.startswith("现在处于“协商准备”"), said


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_a_button_pressed_twice_acts_once(desks: Desks, java_script_enabled: bool) -> None:
    union = at_the_table(desks(java_script_enabled=java_script_enabled))
    before = entries(union)
    union.begins("要求提供资料")
    union.fills({"what": "近三年职工培训经费的使用明细。"})
    union.page.locator("main form .btns button").dblclick(delay=20)
    union.page.locator("#notices > .notice, #error-summary").first.wait_for()
    assert entries(union) == before + 1


def test_a_step_back_does_not_act_twice(desks: Desks) -> None:
    """The form comes back fresh, and asks again."""
    union = at_the_table(desks())
    before = entries(union)
    union.does("要求提供资料", what="本年度安全投入明细。")
    union.page.go_back()
    union.page.wait_for_url("**/information-request")
    union.page.wait_for_load_state()
    assert union.page.input_value("[name=what]") == ""
    assert union.fails("要求提供资料") == ["请填写“要求提供的资料”。"]
    assert entries(union) == before + 1


def test_a_file_that_will_not_do_is_named_and_what_was_typed_is_kept(desks: Desks) -> None:
    union = at_the_table(desks())
    before = entries(union)
    program = {"name": "工资表.exe", "mimeType": "application/octet-stream", "buffer": b"MZ" + b"\0" * 100}
    said = union.tries("要求提供资料", what="工资表电子版。", evidence=program)
    assert said == ["文件“工资表.exe”不是可以接收的类型。请用PDF、图片（JPG、PNG、WEBP、HEIC）、DOCX或XLSX。"]
    assert union.page.input_value("[name=what]") == "工资表电子版。"
    large = {"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + b"0" * (20 * 1024 * 1024)}
    said = union.tries("要求提供资料", what="工资表电子版。", evidence=large)
    assert said == ["文件“扫描件.pdf”超过20MB，请压缩或分成几个文件。"]
    assert entries(union) == before


def test_another_enterprises_case_is_not_there(desks: Desks) -> None:
    case = at_the_table(desks()).case
    stranger = desks().sign_in(ELSEWHERE, PASSWORD)
    for path in (case, f"{case}/room", f"{case}/print", f"{case}/information-request"):
        stranger.goes(path, status=404)
        assert stranger.reads("h1") == "找不到这一页"
    assert case not in stranger.goes("/negotiations").links(r"/negotiations/\d+")


def test_nobody_sees_a_case_without_signing_in_and_comes_back_to_it_after(desks: Desks) -> None:
    case = at_the_table(desks()).case
    somebody = desks().goes(case)
    assert "/login" in somebody.page.url
    somebody.fills({"login": UNION, "password": PASSWORD})
    somebody.presses("登录")
    assert somebody.page.url.endswith(case)
