"""A worker with a telephone and nothing else, script off: applies, hands in a photograph, comes back with the code, withdraws."""

import pytest

from tests.browser.conftest import Desks
from tests.browser.desk import PHOTO
from tests.browser.site import PHONE
from tests.mediation.cast import street
from workflow.database import Database

pytestmark = pytest.mark.once


def test_a_worker_without_account_applies_by_phone_and_follows_by_the_code(database: Database, desks: Desks) -> None:
    with database.write() as db:
        street(db)
    phone = desks(viewport=PHONE, java_script_enabled=False)
    phone.goes("/apply").fills({"q": "红星"})
    phone.presses("查找")
    phone.opens("江湾街道劳动争议调解委员会")
    said = {"name": "周小雨", "address": "江湾路8号", "requests": "支付一月、二月工资9600元", "matters": "payment", "is_true": True}
    phone.fills({**said, "phone": "没有", "account": "一月、二月的工资到现在没有发，问过三次。", "owes_wages": True})
    phone.presses("提交申请")
    assert phone.wrongs() == ["“您的手机号”的写法不对，请按提示填写。"]
    assert phone.page.input_value("[name=requests]") == said["requests"] and phone.page.is_checked("[name=owes_wages]")
    phone.fills({"phone": "13900000009"})
    phone.presses("提交申请")
    number, code = phone.page.locator("dl.receipt dd").all_inner_texts()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.fills({"title": "工资条", "evidence": PHOTO})
    phone.presses("提交材料")
    assert PHOTO["name"] in phone.reads() and "三个工作日" not in phone.reads()
    phone.presses("退出查询")
    phone.goes("/follow").fills({"number": number, "code": code.replace(" ", "")[:-1] + "?"})
    phone.presses("查询")
    assert phone.wrongs() == ["案号或者查询码不对，请核对后重新输入。"]
    phone.fills({"code": code.lower()})
    phone.presses("查询")
    assert phone.page.locator("h1").inner_text() == number and "决定是否受理" in phone.reads()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    phone.opens("撤回申请")
    phone.fills({"reason": "公司已经把工资发了。"})
    phone.presses("撤回申请")
    assert "申请人撤回申请" in phone.reads() and phone.links(r"/follow/case/\w+") == ["/follow/case/rating"]
