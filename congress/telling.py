"""The journal of a meeting as sentences. Entries hold dates, numbers and hashes; the words are here."""

from collections.abc import Mapping, Sequence
from datetime import date

from congress.ballots.forms import STEP_LABELS
from congress.ballots.terms import BOX_LABELS
from congress.documents import CATALOGUE
from congress.models import Item
from congress.procedure import CONGRESS
from congress.terms import CHANNEL_LABELS, WHY_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

EVENT_LABELS: Mapping[str, str] = {"NOTICE_SENT": N_("会议通知送达日期"), "CONGRESS_CLOSED": N_("闭会日期")}

_TOLD: Mapping[str, str] = {
    "arrange": N_("安排会议：定于{held_on}召开，应到{roll}人。"),
    "add_item": N_("第{number}项加入议程（校验码{text_hash}）。"),
    "change_item": N_("更换第{number}项的文本（校验码{text_hash}）。"),
    "withdraw_item": N_("撤下第{number}项。"),
    "name_officers": N_("确定执行主席和监票人、计票人。"),
    "convene": N_("送达会议通知和议题材料。"),
    "notify_again": N_("送达补发的通知和材料。"),
    "postpone": N_("会议延期：{why}。"),
    "cancel": N_("取消会议。"),
    "open": N_("宣布开会：应到{roll}人，实到{present}人。"),
    "record_presence": N_("更新实到人数：{present}人。"),
    "adjourn": N_("宣布休会。"),
    "resume": N_("继续开会：实到{present}人。"),
    "open_ballot": N_("第{number}项开始表决：应到{roll}人，实到{present}人（校验码{text_hash}）。"),
    "close_ballot": N_("第{number}项结束表决，封箱。"),
    "enter_count": N_("登记第{number}项第{counting}次计票的计票单。"),
    "decide_at_half": N_("第{number}项恰为半数，会议作出决定。"),
    "certify": N_("确认第{number}项表决结果：赞成{in_favour}票，须{needed}票（校验码{text_hash}）。"),
    "void_item": N_("宣布第{number}项表决作废。"),
    "annul": N_("撤销第{number}项表决结果（校验码{text_hash}）。"),
    "close": N_("宣布闭会。"),
    "publish": N_("公布结果：{channel}。"),
    "report": N_("向上一级工会报告会议情况。"),
    "confirm_joint": N_("对联席会议的决定表决：赞成{in_favour}人，须{needed}人。"),
    "record_delivery": N_("登记签收名单：{members}人签收会议材料。"),
    "undo_delivery": N_("更正签收登记一人。"),
    "give_opinion": N_("对第{number}项提出意见（第{opinion}条）。"),
    "answer_opinion": N_("答复对第{number}项的意见（第{opinion}条）。"),
    "begin_keys": N_("开始生成第{keys}副票箱钥匙：{n}名监票人，{k}人开箱。"),
    "post_keys": N_("第{keys}副钥匙：{teller}号监票人{step}。"),
    "rehearse": N_("第{keys}副钥匙：{teller}号监票人试开箱。"),
    "abandon_keys": N_("放弃第{keys}副钥匙。"),
    "register_slips": N_("登记选票条{slips}张（{box}）。"),
    "make_pins": N_("制作PIN码，共{pins}个。"),
    "void_slips": N_("收回未用的选票条{slips}张。"),
    "exchange_slip": N_("一张选票条换成纸质选票。"),
    "prepare_round": N_("编排第{round}轮表决（{box}）。"),
    "take_round_apart": N_("拆开第{round}轮。"),
    "open_round": N_("第{round}轮开始投票：应到{roll}人，实到{present}人。"),
    "close_round": N_("第{round}轮结束投票，封箱。"),
    "post_share": N_("第{round}轮：{teller}号监票人开箱。"),
    "count_round": N_("第{round}轮计票，剩余选票条{unused}张。"),
    "enter_paper": N_("第{round}轮录入一张纸票。"),
    "continue_on_paper": N_("第{round}轮的电子票箱不开箱，改用纸票（第{paper}轮）。"),
    "void_round": N_("宣布第{round}轮作废。"),
    "correct_date": N_("更正日期：{event}由{old}改为{new}。"),
    "issue_document": N_("出具《{document}》。"),
    "keep_scan": N_("存入《{document}》签字盖章的扫描件。"),
}
_INVALID = N_("第{round}轮录入一张无效的纸票。")
_DIFFER, _AGREE = (
    N_("登记第{number}项第{counting}次计票的计票单，两份不一致，重新计票。"),
    N_("登记第{number}项第{counting}次计票的计票单，两份一致。"),
)


def tell(entry: Entry, items: Sequence[Item]) -> Sentence:
    said = dict(entry.particulars)
    item = next((i for i in items if i.id == said.get("item")), None)
    msgid = _TOLD.get(entry.act)
    if entry.act == "enter_count" and said.get("agrees") is not None:
        msgid = _AGREE if said["agrees"] else _DIFFER
    if said.get("invalid") is True:
        msgid = _INVALID
    if msgid is None:
        return say(CONGRESS.acts[entry.act].label)
    if item is not None:
        said["number"] = item.number
    words: Mapping[str, Mapping[str, str]] = {
        "why": WHY_LABELS,
        "channel": CHANNEL_LABELS,
        "event": EVENT_LABELS,
        "step": STEP_LABELS,
        "box": BOX_LABELS,
        "document": {name: one.title for name, one in CATALOGUE.items()},
    }
    values: dict[str, object] = {}
    for name, value in said.items():
        if name in words:
            values[name] = Word(words[name].get(str(value), str(value)))
        elif name == "text_hash":
            values[name] = str(value)[:8]
        else:
            values[name] = date.fromisoformat(value) if isinstance(value, str) and name in ("held_on", "old", "new") else value
    return Sentence(msgid, values)


def more(entry: Entry) -> Sentence | None:
    return say(N_("据书面材料录入")) if entry.on_paper else None
