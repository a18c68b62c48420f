"""A dispute before a street's committee, each of its people in a browser of their own: applied for by telephone, agreed in three
instalments, the second missed, and the papers for a payment order drawn up. Another committee sees nothing of it.
"""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.cast import PASSWORD, let_in
from tests.browser.conftest import Desks
from tests.browser.desk import SCAN, Desk
from tests.browser.site import PHONE
from tests.cast import hongxing
from tests.mediation.cast import Committee, committee, street
from workflow.database import Database

pytestmark = pytest.mark.once

RECEIVED, ASKED, ACCEPTED, TALKED, DRAWN = (date(2026, 3, day) for day in (2, 3, 5, 9, 12))
INSTALMENTS = (date(2026, 4, 13), date(2026, 5, 13), date(2026, 6, 15))
LOGINS = {"方雨": "clerk", "顾平": "chair", "罗文": "mediator", "陈静": "employer"}
WORKERS_WORDS, EMPLOYERS_WORDS = "可以分三期，但是六月以前要付清", "账上只有一万元，其余要等回款"


def cast(database: Database) -> Committee:
    with database.write() as db:
        found = street(db)
        for name, login in LOGINS.items():
            let_in(db, found[name], login)
        other = committee(db, hongxing(db, "330100", city="杭州"))
        let_in(db, other["顾平"], "elsewhere")
        return found


def apply_by_phone(phone: Desk) -> tuple[str, str]:
    """The number of the case and the code to follow it by."""
    phone.goes("/apply").fills({"q": "红星"})
    phone.presses("查找")
    phone.opens("江湾街道劳动争议调解委员会")
    phone.fills({"name": "周小雨", "phone": "13900000009", "address": "江湾路8号", "matters": "payment", "is_true": True})
    phone.fills({"requests": "支付一月至三月工资18000元", "account": "一月起工资没有发，问过三次。", "owes_wages": True})
    phone.presses("提交申请")
    number, code = phone.page.locator("dl.receipt dd").all_inner_texts()
    return number, code


def test_a_dispute_from_the_telephone_to_the_payment_order(database: Database, desks: Desks) -> None:
    people = cast(database)
    clerk, chair, mediator, employer = (desks().sign_in(login, PASSWORD) for login in LOGINS.values())
    clerk.on(RECEIVED)
    phone = desks(viewport=PHONE)
    number, code = apply_by_phone(phone)
    [case] = clerk.goes("/mediation").links(r"/mediation/\d+")
    clerk.case = chair.case = mediator.case = employer.case = case
    assert number in clerk.reads()

    clerk.on(ASKED).does("征询意见", answer_by=ACCEPTED)
    employer.does("同意调解")
    chair.on(ACCEPTED).does("受理")
    chair.does("指定调解员", mediators=[people["罗文"]])
    mediator.on(TALKED).does(
        "记录调解会谈", place="第一调解室", present="周小雨、陈静", record="双方核对了三个月的工资表。", rights_told=True
    )
    for party, words in (("周小雨", WORKERS_WORDS), ("上海红星机械有限公司", EMPLOYERS_WORDS)):
        mediator.begins("记录单独谈话")
        choice = mediator.page.locator("[name=party] option").filter(has_text=party).get_attribute("value")
        mediator.sends("记录单独谈话", party=choice, text=words)
    assert WORKERS_WORDS in mediator.goes(case).reads() and EMPLOYERS_WORDS in mediator.reads()
    assert EMPLOYERS_WORDS in employer.goes(case).reads() and WORKERS_WORDS not in employer.reads()
    for desk in (clerk, chair):
        assert WORKERS_WORDS not in desk.goes(case).reads() and EMPLOYERS_WORDS not in desk.reads()

    mediator.on(DRAWN).begins("达成协议")
    debtor = mediator.page.locator('[name="terms.0.debtor"] option').filter(has_text="红星").get_attribute("value")
    owed = {"debtor": debtor, "what": "支付拖欠的工资", "head": "remuneration", "amount_fen": "6000", "how": "转入申请人工资卡"}
    mediator.sends("达成协议", result="公司分三期支付工资18000元。", terms=[{**owed, "due": due} for due in INSTALMENTS])
    employer.does("签署协议")
    mediator.does("签署协议", mark="mediator")
    clerk.goes(f"{case}/signature?seat=applicant").sends("签署协议", evidence=SCAN)
    clerk.does("签署协议", mark="seal")
    assert "履行协议" in mediator.stage()

    mediator.on(INSTALMENTS[0]).does("记录履行", term="1", state="performed", amount_fen="6000")
    mediator.on(date(2026, 5, 15)).goes(case)
    assert "逾期未履行" in mediator.reads() and "待履行" in mediator.reads()
    phone.goes("/follow").fills({"number": number, "code": code})
    phone.presses("查询")
    assert "逾期未履行" in phone.reads()

    clerk.goes(f"{case}/papers/payment_order").fills({"court": "上海市虹口区人民法院"})
    clerk.presses("出具《支付令申请书》")
    assert "支付令申请书" in clerk.goes(case).reads() and "支付令申请书" not in employer.goes(case).reads()
    clerk.opens("支付令申请书")
    paper = clerk.page.url
    printed = clerk.page.request.get(f"{paper}/pdf").body()
    words = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages))
    assert "给付人民币6,000.00元（大写：人民币陆仟元整）" in words and "上海市虹口区人民法院" in words

    elsewhere = desks().sign_in("elsewhere", PASSWORD)
    assert number not in elsewhere.goes("/mediation").reads()
    elsewhere.goes(case, status=404)
    elsewhere.goes(paper, status=404)
