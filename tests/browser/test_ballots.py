"""A congress votes: three tellers make keys, delegates vote on their telephones, what goes wrong in a hall goes wrong, the box is opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from congress.ballots.e2e.ballot import slip_number
from congress.ballots.e2e.encoding import base32
from tests.browser.hall import Hall, chooses, hall_of, loses_the_first_answer, presses, tracker, view
from tests.browser.site import DESK, PHONE
from tests.browser.test_looks import AXE, BEYOND, BY_NIGHT, STANDARDS, TAP, TOO_SMALL, violations
from tests.databases import copied

ALREADY_VOTED = 9
"""Slips of the hall that have voted without a browser; the next ones are the tests'."""


@pytest.fixture(scope="module")
def ceremony(template: str, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Hall]:
    """Before there are keys."""
    folder = tmp_path_factory.mktemp("ceremony")
    with copied(template, folder) as database, hall_of(database, folder, browser) as hall:
        yield hall


@pytest.fixture(scope="module")
def voting(template: str, tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Hall]:
    """While a round of two items is open."""
    folder = tmp_path_factory.mktemp("voting")
    with copied(template, folder) as database, hall_of(database, folder, browser, roll=24, present=22, slips=24) as hall:
        hall.room.make_keys()
        hall.room.register()
        hall.room.prepare()
        hall.room.open()
        for slip in range(ALREADY_VOTED):
            assert hall.room.vote(slip, (slip % 3, 0))["ok"]
        yield hall


@pytest.fixture(autouse=True)
def closing(request: pytest.FixtureRequest) -> Iterator[None]:
    """What was watched in a test is told of that test."""
    yield
    for name in {"ceremony", "voting"} & set(request.fixturenames):
        request.getfixturevalue(name).end()


def faults_of(page: Page) -> list[str]:
    """As every other page is looked at (tests/browser/test_looks.py)."""
    page.evaluate(AXE)
    found: list[str] = violations(page, STANDARDS) + page.evaluate(BEYOND)
    if page.viewport_size == PHONE:
        found += page.evaluate(TOO_SMALL, TAP)
    page.emulate_media(color_scheme="dark")
    found += violations(page, BY_NIGHT)
    page.emulate_media(color_scheme="light")
    return found


# ---- keys


def test_three_tellers_make_keys_each_in_a_browser_of_his_own(ceremony: Hall) -> None:
    room = ceremony.room
    room.does(room.people.li, "new-keys", tellers=room.client.house.read(room.officers), k=2)
    pages = [ceremony.teller(i, "keys", viewport=PHONE if i == 1 else DESK) for i in (1, 2, 3)]
    for page in pages:
        presses(page, "生成我的钥匙")
        assert len(page.locator("[data-say=seed]").inner_text().replace("-", "")) == 52
    assert not faults_of(pages[0])
    for page in pages[:2]:
        presses(page, "已经封入信封，继续")
    assert "还没有承诺的：郑监票。" in view(pages[0], "waiting")
    presses(pages[2], "已经封入信封，继续")
    for page in pages:
        view(page, "compare")
    assert len({page.locator("[data-say=digits]").inner_text() for page in pages}) == 1
    for page in pages:
        presses(page, "大家的都一样")
    for page in pages[:2]:
        view(page, "rehearse")
        presses(page, "试开箱")
    for page in pages:
        view(page, "ready")
    assert len(room.ceremony("part")) == 2
    room.does(room.people.li, "abandoned-keys", reason="郑监票的备份信封没有封好。")
    for page in pages:
        assert "这副钥匙已经放弃 郑监票的备份信封没有封好。" in view(page, "abandoned")


# ---- slips


def test_slips_are_made_in_the_browser_and_forgotten(voting: Hall) -> None:
    room = voting.room
    page = voting.teller(2, "slips")
    page.fill("[name=count]", "9")
    page.fill("[name=wifi]", "礼堂")
    assert not faults_of(page)
    presses(page, "生成并预览")
    assert "打印2页A4纸" in view(page, "sheet")
    codes = page.locator(".slip-letters").all_inner_texts()
    assert len(set(codes)) == 9 and all(len(code.replace(" ", "")) == 26 for code in codes)
    assert page.locator(".slip svg.qr").count() == 9
    before = room.case().version or 0
    presses(page, "已经印好，登记公钥")
    view(page, "registered")
    assert page.locator(".slip").count() == 0
    assert room.case().version == before + 1


# ---- telephones


def test_a_delegate_votes_on_a_telephone(voting: Hall) -> None:
    slip = ALREADY_VOTED
    phone = voting.scanned(slip)
    view(phone, "ballot")
    assert phone.url == f"{voting.address}/v/{voting.room.hall}"
    presses(phone, "核对我的投票")
    assert phone.locator("[data-errors] li").all_inner_texts() == [
        "第1项还没有选。",
        "第2项还没有选。",
        "请填签到时领到的6位PIN码。",
        "请填大屏幕上的6位会场码。",
    ]
    expect(phone.locator("[data-errors]")).to_be_focused()
    assert not faults_of(phone)
    chooses(phone, 0, 2)
    voting.numbers(phone, slip, code="000000")
    presses(phone, "核对我的投票")
    assert "赞成" in view(phone, "check") and "弃权" in view(phone, "check")
    assert not faults_of(phone)
    presses(phone, "确认投票")
    view(phone, "ballot")
    assert phone.locator("[data-errors] li").all_inner_texts() == ["会场码不对，请看大屏幕上的六位数字。"]
    voting.numbers(phone, slip)
    presses(phone, "核对我的投票")
    phone.go_back()
    view(phone, "ballot")
    presses(phone, "核对我的投票")
    presses(phone, "确认投票")
    assert "投票已收到" in view(phone, "receipt")
    assert not faults_of(phone)
    assert "回执的签名已经核对" in phone.inner_text("main")
    mine = tracker(phone)
    presses(phone, "在公开的票箱里查")
    view(phone, "board")
    own = phone.locator("tr.own").inner_text()
    assert mine in own and slip_number(voting.room.key(voting.room.codes[slip])) in own


def test_after_a_reload_it_is_known_that_the_slip_has_voted_and_not_how(voting: Hall) -> None:
    slip = ALREADY_VOTED + 1
    phone = voting.scanned(slip)
    _vote(voting, phone, slip)
    phone.reload()
    assert "本项已投票" in view(phone, "voted")
    kept = phone.evaluate("JSON.stringify([Object.entries(sessionStorage), Object.entries(localStorage), history.state, document.cookie])")
    assert "赞成" not in kept and "votes" not in kept and "seed" not in kept
    assert phone.locator("input:checked").count() == 0 and phone.locator("[data-choices] div").count() == 0
    assert voting.fragment(slip) not in phone.url


def test_a_lost_answer_is_asked_for_again_and_the_vote_counts_once(voting: Hall) -> None:
    slip, before = ALREADY_VOTED + 2, voting.room.board().count(b"\nballot ")
    phone = voting.scanned(slip)
    sent = loses_the_first_answer(phone)
    _vote(voting, phone, slip)
    assert len(sent) == 2 and len(set(sent)) == 1
    assert voting.room.board().count(b"\nballot ") == before + 1


def test_the_same_slip_in_another_window_is_told_of_its_vote_and_may_vote_anew(voting: Hall) -> None:
    slip = ALREADY_VOTED + 3
    first, second = voting.scanned(slip), voting.scanned(slip)
    for phone in (first, second):
        view(phone, "ballot")
        chooses(phone, 0, 0)
        voting.numbers(phone, slip)
        presses(phone, "核对我的投票")
    presses(first, "确认投票")
    view(first, "receipt")
    presses(second, "确认投票")
    assert "本项已投票" in view(second, "voted")
    assert tracker(second) == tracker(first)
    presses(second, "改投")
    _vote(voting, second, slip, 1, 1)
    assert tracker(second) != tracker(first)


def test_a_slip_is_typed_where_its_code_cannot_be_scanned(voting: Hall) -> None:
    slip = ALREADY_VOTED + 4
    phone = voting.device()
    phone.goto(f"/v/{voting.room.hall}")
    view(phone, "slip")
    assert not faults_of(phone)
    phone.fill("[name=slip]", voting.room.text(voting.room.codes[slip])[:-1])
    presses(phone, "下一步")
    assert "应当是26位" in view(phone, "slip")
    phone.fill("[name=slip]", voting.room.text(voting.room.codes[slip]).lower())
    presses(phone, "下一步")
    view(phone, "ballot")


def test_a_slip_of_other_tellers_does_not_believe_this_key(voting: Hall) -> None:
    phone = voting.device()
    phone.goto(f"/v/{voting.room.hall}#{voting.fragment(20, ceremony=bytes(16))}")
    assert "请立即告诉监票人" in view(phone, "slip")


def test_a_challenged_telephone_shows_what_it_had_encrypted(voting: Hall) -> None:
    slip = ALREADY_VOTED + 5
    phone = voting.scanned(slip)
    view(phone, "ballot")
    chooses(phone, 1, 0)
    voting.numbers(phone, slip)
    presses(phone, "核对我的投票")
    presses(phone, "抽查这台手机")
    view(phone, "offer")
    promised = phone.locator("[data-say=offered]").inner_text()
    presses(phone, "打开检验，这张不投")
    view(phone, "opening")
    other = voting.device()
    other.goto(phone.locator("[data-opening] a").get_attribute("href") or "")
    said = view(other, "examined")
    assert promised in said and "反对" in said and "的一致" in said
    presses(phone, "回去投票")
    presses(phone, "核对我的投票")
    presses(phone, "确认投票")
    view(phone, "receipt")
    assert tracker(phone) != promised


def test_a_telephone_that_cannot_vote_is_shown_the_way_to_paper(voting: Hall) -> None:
    without_script = voting.device(java_script_enabled=False)
    without_script.goto(f"/v/{voting.room.hall}")
    assert "到监票台换一张盖章的纸质选票" in without_script.inner_text("main")
    old = voting.device()
    old.add_init_script("Object.defineProperty(crypto, 'getRandomValues', {value: undefined})")
    assert "这部手机不能投票" in view(voting.scanned(20, old), "unable")


def _vote(hall: Hall, phone: Page, slip: int, *choices: int) -> None:
    view(phone, "ballot")
    chooses(phone, *(choices or (0, 1)))
    hall.numbers(phone, slip)
    presses(phone, "核对我的投票")
    presses(phone, "确认投票")
    view(phone, "receipt")


# ---- the plain box


def test_a_delegate_elects_by_telephone_into_a_plain_box(template: str, tmp_path: Path, browser: Browser) -> None:
    """Two candidates for one seat: the limit is said, held to by the page, and held to by the box whoever asks it."""
    with copied(template, tmp_path) as database, hall_of(database, tmp_path, browser) as hall:
        room = hall.room
        room.register("plain")
        room.prepare(box="plain", seats=1, revote="first")
        room.open()
        phone = hall.device()
        phone.goto(f"/v/{room.hall}#{room.text(room.codes[0])}")
        assert "没有加密" in view(phone, "ballot") and "赞成的不能超过1人，超过的票箱不收。" in view(phone, "ballot")
        presses(phone, "大字")
        phone.reload()
        view(phone, "ballot")
        assert phone.evaluate("document.documentElement.dataset.size") == "large"
        assert not faults_of(phone)
        chooses(phone, 0, 0)
        hall.numbers(phone, 0)
        presses(phone, "核对我的投票")
        assert phone.locator("[data-errors] li").all_inner_texts() == ["赞成的超过了1人。"]
        assert room.post(room.plain(0, (0, 0))).json()["refused"] == "too-many"
        chooses(phone, 0, 1)
        presses(phone, "核对我的投票")
        presses(phone, "确认投票")
        assert "普通电子票箱没有查验码" in view(phone, "receipt")
        phone.goto(f"/v/{room.hall}#{room.text(room.codes[0])}")
        assert "本项已投票" in view(phone, "voted") and not phone.get_by_role("button", name="改投").is_visible()
        for slip in range(1, 6):
            assert room.vote(slip, (1, 0) if slip == 5 else (0, 1))["ok"]
        room.close()
        room.count(unused=room.slips - room.present)
        room.certify()
        expect(phone.locator("[data-say=next]")).to_contain_text("结果已经确认")


# ---- paper, and the box


def test_two_tellers_enter_a_paper_ballot_and_must_agree(voting: Hall) -> None:
    room, slip = voting.room, 20
    room.does(room.people.li, "exchanged-slip", number=slip_number(room.key(room.codes[slip])))
    said: list[str] = []
    for teller, choices in ((1, (0, 0)), (2, (0, 1)), (1, (0, 1)), (2, (0, 1))):
        page = voting.teller(teller, "rounds/1/papers")
        view(page, "slip")
        page.fill("[name=slip]", room.text(room.codes[slip]))
        presses(page, "下一步")
        chooses(page, *choices)
        presses(page, "核对")
        if not said:
            assert not faults_of(page)
        presses(page, "录入")
        page.locator("[data-say=entered]").wait_for()
        said.append(page.locator("[data-say=entered]").inner_text())
    assert [one[:6] for one in said] == ["已经录入，等", "与另一人录入", "已经录入，等", "两人录入的一"]
    room.does(room.people.li, "exchanged-slip", number=slip_number(room.key(room.codes[23])))
    for teller, answer in ((1, "已经录入，等另一人"), (2, "两人都登记为废票")):
        page = voting.teller(teller, "rounds/1/papers")
        view(page, "slip")
        page.fill("[name=slip]", room.text(room.codes[23]))
        presses(page, "下一步")
        presses(page, "这是废票")
        presses(page, "登记为废票")
        expect(page.locator("[data-say=entered]")).to_contain_text(answer)


def test_the_box_is_closed_over_who_still_chooses_and_opened_by_two_devices(voting: Hall) -> None:
    room, slip = voting.room, 21
    phone = voting.scanned(slip)
    view(phone, "ballot")
    chooses(phone, 0, 0)
    room.close()
    view(phone, "waiting")
    assert "这一轮已经封箱，您的票还没有投出。" in phone.inner_text("main")
    for number in (1, 3):
        page = voting.teller(number, "rounds/1/box")
        view(page, "lost")
        page.fill("[name=seed]", base32(room.devices[1].seed, 52))
        presses(page, "恢复钥匙")
        assert "另一名监票人的" in view(page, "lost")
        page.fill("[name=seed]", base32(room.devices[number - 1].seed, 52))
        presses(page, "恢复钥匙")
        assert "全部核对无误" in view(page, "compare")
        assert number == 3 or not faults_of(page)
        presses(page, "一样，用我的钥匙开箱")
        view(page, "posted")
    page.get_by_role("link", name="计票").wait_for()
    assert room.board().count(b"\nshare ") == 2
