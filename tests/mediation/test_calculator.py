"""Worked examples: every figure here was reckoned by hand."""

from datetime import date

import pytest
from sqlmodel import Session

from mediation.calculator.forms import Reckoning
from mediation.calculator.sums import Estimate, reckon, text_of
from tests.web.client import Client
from workflow.forms import Invalid
from workflow.law.rules import rulebook
from workflow.people import Person

ON = date(2026, 11, 24)
ADDRESS = "/mediation/calculator"


def worked_out(**typed: object) -> Estimate:
    return reckon(rulebook("000000", "mediation"), Reckoning.read(typed), ON)


def lines(**typed: object) -> list[str]:
    return text_of(worked_out(**typed).lines).splitlines()


def test_overtime_goes_by_the_calendar_of_statutory_days():
    days = [("2026-05-04", "8"), ("2026-05-02", "8"), ("2026-05-09", "3"), ("2026-05-19", "1.5")]
    overtime = [{"day": day, "hours": hours} for day, hours in days] + [{"day": "2026-05-16", "hours": "8", "leave": "yes"}]
    assert lines(monthly="6000", overtime=overtime, holiday_hours="10") == [
        "加班工资：2,646.55元。",
        "小时工资：6,000.00元÷21.75天÷8小时，约34.48元（人社部发〔2025〕2号）。",
        "2026-05-02（劳动节，法定休假日）8小时。",
        "2026-05-04（劳动节，休息日）8小时。",
        "2026-05-09（调休上班日，按工作日计）3小时。",
        "2026-05-16（休息日）8小时，已安排补休，不另付加班工资。",
        "2026-05-19（延长工作时间）1.5小时。",
        "延长工作时间共4.5小时，按150%：232.76元（《劳动法》第四十四条第（一）项）。",
        "休息日共8小时，按200%：551.72元（《劳动法》第四十四条第（二）项）。",
        "法定休假日共18小时，按300%：1,862.07元（《劳动法》第四十四条第（三）项）。",
        "合计2,646.55元。",
        "中间结果不取整；每一笔得数四舍五入到分。",
    ]


def test_leave_makes_good_a_rest_day_only():
    overtime = [{"day": day, "hours": "8", "leave": "yes"} for day in ("2026-10-01", "2026-10-12")]
    assert worked_out(monthly="6960", overtime=overtime).fen == 40_00 * 8 * 3 + 60_00 * 8


def test_wages_owed_are_added_up_to_the_fen():
    arrears = [{"period": "2026年7月", "payable": "6000", "paid": "4500.50"}, {"period": "2026年8月", "payable": "6000.05"}]
    found = lines(arrears=arrears)
    assert found[:2] == [
        "拖欠工资：7,499.55元。",
        "2026年7月应付6,000.00元，已付4,500.50元，拖欠1,499.50元（《劳动合同法》第三十条第一款）。",
    ]
    assert found[-2] == "合计7,499.55元。"


@pytest.mark.parametrize(
    ("hired", "ended", "ending", "average", "local", "yuan", "reason"),
    [
        ("2019-03-11", "2026-09-10", "compensation", "5800", "9000", 46_400, "7 years and 6 months to the day: 8 months"),
        ("2019-03-11", "2026-09-09", "compensation", "5800", "9000", 43_500, "a day less: 7.5 months"),
        ("2019-03-11", "2026-03-10", "compensation", "5800", "9000", 40_600, "7 years exactly: 7 months"),
        ("2019-03-11", "2026-03-11", "compensation", "5800", "", 43_500, "a day more: 7.5 months"),
        ("2024-02-29", "2025-02-27", "compensation", "5000", "", 5_000, "a day short of the year: more than six months"),
        ("2026-06-01", "2026-06-01", "compensation", "5000.01", "", 2_500.01, "one day: half a month, half a fen upwards"),
        ("2010-01-04", "2026-06-30", "compensation", "40000", "9000", 324_000, "above three times: 27,000 for 12 of 16.5 years"),
        ("2010-01-04", "2026-06-30", "compensation", "27000", "9000", 445_500, "three times exactly is not above: 16.5 months"),
        ("2006-05-08", "2026-05-07", "compensation", "5000", "9000", 92_500, "from 2008-01-01: 18 years and 4 months, 18.5 months"),
        ("2006-05-08", "2026-05-07", "damages", "5000", "9000", 200_000, "from the first day of work: 20 months, twice"),
        ("2010-01-04", "2026-06-30", "damages", "40000", "9000", 648_000, "twice what the cap leaves"),
    ],
)
def test_compensation_goes_by_years_of_service(hired, ended, ending, average, local, yuan, reason):
    estimate = worked_out(hired=hired, ended=ended, ending=ending, average=average, local_average=local)
    assert estimate.fen == round(yuan * 100), reason


def test_an_average_below_the_local_minimum_is_raised_to_it():
    found = lines(hired="2024-01-01", ended="2025-12-31", ending="compensation", average="2000", minimum="2490")
    assert found[0] == "经济补偿：4,980.00元。"
    assert "平均工资2,000.00元低于当地最低工资标准，按2,490.00元计算（《劳动合同法实施条例》第二十七条）。" in found


@pytest.mark.parametrize(
    ("hired", "written", "ended", "yuan", "reason"),
    [
        ("2025-03-10", "", "", 66_000, "to the day before the year is full: eleven months"),
        ("2025-03-10", "2025-04-10", "", 0, "written on the last day in time plus one: nothing ran yet"),
        ("2025-03-10", "2025-04-11", "", 275.86, "one working day, 10 April, of 21.75"),
        ("2025-03-10", "2025-07-25", "", 21_034.48, "three months to 9 July, then 11 working days to the 24th"),
        ("2025-03-10", "", "2025-05-09", 6_000, "employment ended when one month was full"),
        ("2025-01-31", "", "", 66_000, "from 28 February to 30 January: eleven months"),
        ("2026-09-24", "", "", 6_000 + 6_000 / 21.75, "today is the last day that has passed: a month to 23 November and one day"),
    ],
)
def test_double_wages_run_from_the_second_month(hired, written, ended, yuan, reason):
    assert worked_out(monthly="6000", hired=hired, written_on=written, ended=ended, unwritten="yes").fen == round(yuan * 100), reason


def test_what_is_begun_must_be_complete():
    def errors(**typed: object) -> list[str]:
        with pytest.raises(Invalid) as refused:
            worked_out(**typed)
        return [f"{name}: {sentence}" for name, said in refused.value.errors.items() for sentence in said]

    assert errors(monthly="6000")[0].startswith(": 还没有要测算的内容")
    assert errors(rest_hours="8") == ["monthly: 算加班工资和二倍工资，要填写“月工资”。"]
    assert errors(ending="damages", average="5000", hired="2025-01-01") == ["ended: 算经济补偿和赔偿金，要填写“劳动关系结束的最后一日”。"]
    assert errors(arrears=[{"period": "七月", "payable": "10", "paid": "10"}])[0].startswith("arrears.0.paid: “已付”要少于“应付”")
    assert errors(monthly="1", overtime=[{"day": "2026-05-04", "hours": "25"}]) == ["overtime.0.hours: 一天最多24小时，请检查“小时数”。"]
    assert errors(monthly="1", rest_hours="两") == ["rest_hours: “其他休息日加班合计（未补休）”要写成小时数，比如3或2.5。"]


def test_whoever_is_signed_in_reckons_and_nothing_is_kept(client: Client):
    def anybody(db: Session) -> int:
        person = Person(name="王师傅")
        db.add(person)
        db.flush()
        assert person.id
        return person.id

    assert client.http.get(ADDRESS, follow_redirects=False).status_code == 303
    client.as_(client.house.write(anybody))
    typed = {
        "monthly": "6000",
        "rest_hours": "8",
        "arrears.0.period": "2026年7月",
        "arrears.0.payable": "6000",
        "arrears.0.paid": "4500.50",
    }
    page = client.post(ADDRESS, typed)
    assert "2,051.22元" in page.text and "《劳动法》第四十四条第（二）项" in page.text
    assert page.tree.xpath("string(//textarea[@id='record'])").startswith("拖欠工资：1,499.50元。")
    assert page.form(ADDRESS)["arrears.0.paid"] == "4500.50"
    wrong = client.post(ADDRESS, {**typed, "monthly": "六千"}, status=422)
    assert wrong.errors == ["“月工资”要写成金额，比如5200或5200.50。"] and wrong.form(ADDRESS)["monthly"] == "六千"
    assert "6000" not in client.get(ADDRESS).form(ADDRESS).values()
