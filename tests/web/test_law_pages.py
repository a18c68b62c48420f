"""The rules, the calendar and the law texts, as read and as corrected by an administrator."""

from datetime import date

import pytest
from sqlmodel import Session, select

from tests.web.client import PASSWORD, Client
from web.accounts.setup import add_administrator
from web.house import verify
from web.pages.law import items_of
from web.practice import now
from workflow import journal
from workflow.calendar import CalendarYear
from workflow.law.overrides import REGISTER, Override, Register, load_overrides
from workflow.law.rules import rulebook, rules
from workflow.organisations import Organisation, OrganisationKind
from workflow.people import Appointment, Office, Person

pytestmark = pytest.mark.once


def administrator(client: Client, region: str = "330100") -> Client:
    def make(db: Session) -> int:
        account = add_administrator(
            db,
            login="admin",
            name="管理员",
            password=PASSWORD,
            organisation="江城市总工会",
            region=region,
            on=date(2020, 1, 1),
            at=now(),
        )
        return account.person_id

    return client.as_(client.house.write(make))


def officer(client: Client, region: str) -> Client:
    def make(db: Session) -> int:
        union = Organisation(kind=OrganisationKind.UNION, name="江城泵业工会", region=region)
        person = Person(name="李敏")
        db.add_all([union, person])
        db.flush()
        assert union.id and person.id
        db.add(Appointment(person_id=person.id, organisation_id=union.id, office=Office.UNION_CHAIR, since=date(2020, 1, 1)))
        return person.id

    return client.as_(client.house.write(make))


def test_the_rules_shown_are_those_of_the_readers_own_place(client: Client) -> None:
    page = officer(client, "310115").get("/rules")
    assert page.heading == "法规与期限"
    assert "收到集体协商建议书之日起15日内应当书面答复" in page.text
    assert "收到要约次日起15日内" in page.text
    assert "/laws/shanghai-collective-contracts#art-15" in page.links()


def test_another_place_kind_and_day_may_be_asked(client: Client) -> None:
    page = officer(client, "310000").get("/rules?region=410000&kind=wage&on=2026-09-12")
    assert "被要约方应当自收到要约书之日起10个工作日内给予答复" in page.text
    before = client.get("/rules?region=410000&kind=wage&on=2013-12-31")
    assert "被要约方应当自收到要约书之日起10个工作日内给予答复" not in before.text


def test_rules_are_found_by_article_id_and_words(client: Client) -> None:
    officer(client, "310000")
    for q in ("第三十七条", "CONG-REPORT", "上一级工会"):
        assert "CONG-REPORT" in client.get(f"/rules?kind=congress&q={q}").text
    assert "没有这样的规则" in client.get("/rules?q=不存在的字句").text


def test_only_unverified_rules_may_be_shown(client: Client) -> None:
    page = officer(client, "310000").get("/rules?only=unverified")
    assert "待核" in page.text and "NEG-PRINCIPLES" in page.text and "NEG-RESPONSE-DAYS" not in page.text


def test_a_rule_shows_its_source_and_what_other_places_say(client: Client) -> None:
    page = officer(client, "330106").get("/rules/NEG-RESPONSE-DAYS")
    assert "另一方不得拒绝，并应当在收到书面要求之日起十个工作日内予以书面答复" in page.text
    for place in ("全国", "上海市", "浙江省杭州市", "广东省"):
        assert place in page.text
    client.get("/rules/NOPE", status=404)


def test_a_date_is_worked_out_on_the_page_of_its_rule(client: Client) -> None:
    page = officer(client, "310000").get("/rules/NEG-RESPONSE-DAYS?region=000000&kind=comprehensive&from=2026-09-12")
    assert "2026年10月8日到期" in page.text
    assert "遇国庆节假期顺延至2026-10-08" in page.text
    wrong = client.get("/rules/NEG-RESPONSE-DAYS?region=000000&kind=comprehensive&from=tomorrow")
    assert "“tomorrow”不是日期" in wrong.text
    assert "推算日期" not in client.get("/rules/REP-MIN").text


def test_a_rule_that_does_not_hold_here_says_so(client: Client) -> None:
    page = officer(client, "310000").get("/rules/TO-CONGRESS?region=310000&kind=wage")
    assert "对上海市、工资专项集体合同不适用" in page.text


def test_rules_need_a_login_and_law_texts_do_not(client: Client) -> None:
    administrator(client).as_nobody()
    assert client.get("/rules").heading == "登录"
    page = client.get("/laws/labour-contract-law")
    assert page.heading == "中华人民共和国劳动合同法"
    assert page.tree.xpath("//article[@id='art-54']//p")


def test_every_text_held_can_be_opened(client: Client) -> None:
    page = client.get("/laws")
    addresses = [link for link in page.links() if link.startswith("/laws/")]
    assert len(addresses) == 22
    for address in addresses:
        assert client.get(address).tree.xpath("//article")
    client.get("/laws/nothing", status=404)


def test_an_article_names_the_rules_that_rest_on_it(client: Client) -> None:
    page = officer(client, "310000").get("/laws/shanghai-collective-contracts")
    assert "依据本条的规则 NEG-RESPONSE-DAYS" in page.text


def correction(**changed: str) -> dict[str, str]:
    return {
        "region": "330100",
        "kind": "wage",
        "value": "12",
        "unit": "WD",
        "citation": "《杭州市企业工资集体协商条例》第二十四条",
        "reason": "按修订后的条文",
        "from_": "2026-12-01",
        "until": "",
    } | changed


def test_an_administrator_corrects_a_rule_and_the_journal_holds_it(client: Client) -> None:
    administrator(client)
    page = client.post("/rules/WAGE-RESPONSE-DAYS/corrections/new", correction())
    assert "已经调整，从2026-12-01起适用。" in page.body and "按修订后的条文" in page.text

    def held(db: Session) -> tuple[object, list[str], list[journal.Fault]]:
        rule = rulebook("330106", "wage", load_overrides(db)).get("NEG-RESPONSE-DAYS", date(2026, 12, 1))
        register = db.exec(select(Register)).one()
        acts = [entry.act for entry in journal.entries(db, REGISTER, register.id or 0)]
        return (rule.value, rule.unit), acts, verify(db)

    assert client.house.read(held) == ((12, "WD"), ["correct_rule"], [])
    assert "12个工作日" in client.get("/rules?region=330106&kind=wage&on=2026-12-01&only=corrected").text


def test_a_correction_is_ended_and_never_removed(client: Client) -> None:
    administrator(client)
    client.post("/rules/WAGE-RESPONSE-DAYS/corrections/new", correction())
    row = client.house.read(lambda db: db.exec(select(Override)).one())
    address = f"/rules/WAGE-RESPONSE-DAYS/corrections/{row.id}/end"
    assert client.get(address).heading == "停止适用这项调整"
    assert client.post(address, {"until": "2026-11-30"}, status=422).errors == ["不能早于开始适用的2026-12-01。"]
    assert "这项调整适用到2026-12-31为止。" in client.post(address, {"until": "2026-12-31"}).body

    def held(db: Session) -> tuple[object, int]:
        book = rulebook("330100", "wage", load_overrides(db))
        register = db.exec(select(Register)).one()
        return book.value("NEG-RESPONSE-DAYS", date(2027, 1, 1)), len(journal.entries(db, REGISTER, register.id or 0))

    assert client.house.read(held) == (10, 2)


def test_each_wrong_part_of_a_correction_has_its_sentence_and_nothing_is_stored(client: Client) -> None:
    administrator(client)
    wrong = {
        "value": ("十二天", "这条规则的规定应当写成：整数。"),
        "citation": ("", "请填写“依据”。"),
        "reason": ("", "请填写“理由”。"),
        "until": ("2026-11-30", "“到哪一天为止”不能早于“从哪一天起适用”。"),
        "kind": ("safety", "WAGE-RESPONSE-DAYS只适用于工资专项集体合同。"),
        "from_": ("soon", "“从哪一天起适用”要写成2026-03-04这样的日期。"),
    }
    for name, (typed, sentence) in wrong.items():
        page = client.post("/rules/WAGE-RESPONSE-DAYS/corrections/new", correction(**{name: typed}), status=422)
        assert page.errors == [sentence]
        assert page.form("/rules/WAGE-RESPONSE-DAYS/corrections/new")["citation"] == correction(**{name: typed})["citation"]
    assert client.house.read(lambda db: db.exec(select(Override)).all()) == []


def test_the_two_disputed_readings_are_corrected_in_words(client: Client) -> None:
    administrator(client)
    client.post("/rules/TIME-ROLL/corrections/new", correction(value="否", unit="", kind=""))
    client.post("/rules/CONG-APPROVE/corrections/new", correction(value="过半数", unit="", kind=""))
    client.post("/rules/CC-TERM/corrections/new", correction(value="1-2", unit=""))
    client.post("/rules/REP-OUTSIDER-MAX/corrections/new", correction(value="1/4", unit=""))
    found = client.house.read(lambda db: {row.rule: row.value for row in db.exec(select(Override))})
    assert found == {"TIME-ROLL": False, "CONG-APPROVE": "GT_HALF", "CC-TERM": [1, 2], "REP-OUTSIDER-MAX": "1/4"}
    page = client.post("/rules/CONG-APPROVE/corrections/new", correction(value="三分之二", unit="", kind=""), status=422)
    assert page.errors == ["这条规则的规定应当写成：比例，如1/3、半数以上（含半数）、过半数、恰好半数时由会议决定。"]


def test_only_administrators_correct_rules_and_import_calendars(client: Client) -> None:
    officer(client, "310000")
    for address in ("/rules/TIME-ROLL/corrections/new", "/calendar/import"):
        client.get(address, status=403)
        assert client.send(address, {}).status_code == 403
    assert "附依据调整" not in client.get("/rules/TIME-ROLL").text


def test_the_calendar_shows_a_year_and_says_when_it_is_an_estimate(client: Client) -> None:
    officer(client, "310000")
    page = client.get("/calendar?year=2026")
    assert page.heading == "2026年工作日历"
    assert "2026-02-15 星期日 至 2026-02-23 星期一" in page.text and "调休上班日" in page.text
    assert "放假安排还没有公布" in client.get("/calendar?year=2027").text
    assert client.get("/calendar?year=1492").status == 200


NOTICE = "日期,类别,名称\n" + "".join(
    f"2027-{day},{kind},{name}\n"
    for day, kind, name in [
        ("01-01", "放假", "元旦"),
        *[(f"02-{n:02d}", "放假", "春节") for n in range(5, 10)],
        ("02-20", "上班", "春节"),
        ("04-05", "放假", "清明节"),
        ("05-01", "放假", "劳动节"),
        ("05-02", "放假", "劳动节"),
        ("06-09", "放假", "端午节"),
        ("09-15", "放假", "中秋节"),
        *[(f"10-{n:02d}", "放假", "国庆节") for n in range(1, 4)],
    ]
)


def test_a_notice_is_imported_whole_or_not_at_all(client: Client) -> None:
    administrator(client)
    sent = {"year": "2027", "source": "国办发明电〔2026〕9号", "rows": NOTICE + "2027-02-31,放假,春节\n"}
    page = client.post("/calendar/import", sent, status=422)
    assert page.errors == ["第17行：“2027-02-31”不是日期，请写成2027-02-06的样子。"]
    assert client.house.read(lambda db: db.get(CalendarYear, 2027)) is None
    done = client.post("/calendar/import", sent | {"rows": NOTICE})
    assert "已导入2027年的放假安排" in done.body and "国办发明电〔2026〕9号" in done.text
    assert "预估" not in done.text
    assert "2027-03-11到期" not in client.get("/rules/FILE-DAYS?region=000000&from=2027-03-01").text
    assert "预估" not in client.get("/rules/FILE-DAYS?region=000000&from=2027-03-01").text


def test_what_a_rule_lists_is_shown_in_the_words_of_the_statute(client: Client) -> None:
    officer(client, "310000")
    items = client.get("/rules/CC-HEADS?region=000000&kind=comprehensive").tree.xpath("//dd//ol/li/text()")
    assert len(items) == 15 and items[0] == "劳动报酬"
    powers = client.get("/rules/CONG-POWERS?region=310000&kind=congress").tree.xpath("//dd/h3/text()")
    assert powers == ["听取报告、审议建议", "审议通过", "选举和罢免", "审查监督和评议"]


def test_what_a_rule_lists_can_be_shown() -> None:
    shown = {rule.id: items_of(rule) for rule in rules()}
    assert all(isinstance(items, list) for groups in shown.values() for _, items in groups)
