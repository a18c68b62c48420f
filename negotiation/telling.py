"""The journal of a negotiation as sentences. Entries hold dates, numbers and ids; the words are here."""

from collections.abc import Mapping

from negotiation.documents import CATALOGUE
from negotiation.forms import HANDED_IN, MEANS, SIGNED
from negotiation.procedure import CLOCKS, NEGOTIATION
from negotiation.terms import GROUNDS, LETTER_LABELS, OUTCOME_LABELS, PERFORMANCE_LABELS, SIDE_LABELS
from workflow.journal import Entry
from workflow.law.rules import EVENTS
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

EVENT_LABELS: Mapping[str, str] = {
    **EVENTS,
    "REPLY_REFUSED": N_("答复拒绝协商"),
    "BOTH_NAMED": N_("双方确定协商代表"),
    "VACANCY_FILLED": N_("补足代表空缺"),
    "REPRESENTATIVES_PUBLISHED": N_("公布协商代表"),
    "SUPERIOR_TOLD": N_("告知上级工会"),
    "DISCLOSED": N_("提供资料"),
    "RESUMED": N_("恢复协商"),
    "FORCE_MAJEURE": N_("因不可抗力中止"),
    "FORCE_MAJEURE_OVER": N_("不可抗力结束"),
    "REFERRED": N_("提交协调"),
    "COORDINATED": N_("协调结束"),
    "SUBMITTED": N_("提交职代会"),
    "ADOPTED": N_("职代会通过"),
    "REJECTED": N_("职代会未通过"),
    "SENT": N_("报送审查"),
    "SUPPLEMENTED": N_("完成补正"),
    "OBJECTED": N_("审查异议送达"),
    "APPROVED": N_("审查意见送达"),
    "WITHDRAWN": N_("撤回报送"),
    "PUBLISHED": N_("公布"),
    "COPIED": N_("报送上级工会"),
    "ROUND_STARTED": N_("开始履约检查"),
    "ROUND_CLOSED": N_("结束履约检查"),
    "REPORTED": N_("向职代会报告"),
    "OPINION_REPLIED": N_("答复意见书"),
    "COMPLETED": N_("完成协商"),
    "PERFORMANCE_PUBLISHED": N_("公布工资事项履行情况"),
    "ENDED": N_("终止"),
}

_TOLD: Mapping[str, str] = {
    "record_receipt": N_("登记送达：{received}收到（{means}）。"),
    "lapse": N_("答复期限届满，没有书面答复。"),
    "press": N_("发出{kind}：{ground}。"),
    "appoint": N_("确定{side}协商代表{count}人。"),
    "convene": N_("召开协商会议：定于{held_on}，{chair}主持。"),
    "minute": N_("记入第{meeting}次会议记录（{signed}）。"),
    "lay_out": N_("提出合同草案，共{count}条。"),
    "counter": N_("修改第{number}条。"),
    "withdraw_proposal": N_("撤回对第{number}条的提议。"),
    "agree_clause": N_("同意第{number}条。"),
    "defer_clause": N_("暂缓第{number}条。"),
    "set_terms": N_("填写合同期限：{term_from}至{term_until}。"),
    "suspend": N_("中止协商，约定{resume_on}恢复。"),
    "settle": N_("议定草案，文本固定（校验码{text_hash}）。"),
    "adopt": N_("职代会审议通过（校验码{text_hash}）。"),
    "reject": N_("职代会审议未通过（校验码{text_hash}）。"),
    "notify_passage": N_("书面告知通过：{received}收到。"),
    "sign": N_("{side}首席代表签字（校验码{text_hash}）。"),
    "hand_in": N_("存入“{piece}”。"),
    "file": N_("报送审查，一式{copies}份。"),
    "file_by_union": N_("由工会报送审查，一式{copies}份。"),
    "record_filing_receipt": N_("登记收件：{received}收到文本。"),
    "ask_supplement": N_("要求补正，最迟{by}。"),
    "object": N_("审查异议，{served}送达。"),
    "approve": N_("审查无异议，{served}送达。"),
    "take_effect": N_("审查期限届满没有异议，合同生效。"),
    "list_obligations": N_("列出履行事项{count}项。"),
    "start_round": N_("开始第{number}轮履约检查。"),
    "record_finding": N_("第{round}轮检查：一项{result}。"),
    "close_round": N_("结束第{round}轮履约检查：履行{fulfilled}项，共{due}项。"),
    "report_round": N_("向职代会报告第{round}轮履约检查。"),
    "correct_date": N_("更正日期：“{event}”由{was}改为{to}。"),
    "dispute_entry": N_("对第{disputed}条记录提出异议。"),
    "decline_motion": N_("不同意提议“{declines}”。"),
    "withdraw_motion": N_("撤回提议“{withdraws}”。"),
    "period_ends": N_("协商期限届满，还没有订立合同。"),
    "close_without_agreement": N_("协商期满，没有申请协调处理，本次协商终止。"),
    "expire": N_("合同期满终止。"),
    "replaced": N_("新合同生效，本合同终止。"),
    "restored": N_("新合同因审查异议未生效，本合同恢复效力。"),
    "open": N_("立案。"),
    "issue_document": N_("出具《{document}》。"),
    "keep_scan": N_("存入《{document}》签字盖章的扫描件。"),
}

RETITLED = N_("修改要约内容，合同名称由“{was}”改为“{title}”。")

_CHAIRS = {**SIDE_LABELS, "joint": N_("双方共同")}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "document": {name: one.title for name, one in CATALOGUE.items()},
    "piece": HANDED_IN,
    "means": MEANS,
    "kind": LETTER_LABELS,
    "ground": GROUNDS,
    "side": SIDE_LABELS,
    "chair": _CHAIRS,
    "signed": SIGNED,
    "result": PERFORMANCE_LABELS,
    "outcome": OUTCOME_LABELS,
    "event": EVENT_LABELS,
    "declines": {name: act.label for name, act in NEGOTIATION.acts.items()},
    "withdraws": {name: act.label for name, act in NEGOTIATION.acts.items()},
}


def tell(entry: Entry) -> Sentence:
    """What the entry says, as a sentence."""
    act = NEGOTIATION.acts.get(entry.act)
    if entry.particulars.get("proposed") and act is not None:
        return say(N_("提议“{act}”，等对方首席代表答复。"), act=Word(act.label))
    msgid = RETITLED if entry.act == "edit_offer" and "title" in entry.particulars else _TOLD.get(entry.act)
    if msgid is None:
        return say(N_("{act}。"), act=Word(act.label if act else entry.act))
    return Sentence(msgid, {name: _value(name, value) for name, value in entry.particulars.items()})


def more(entry: Entry) -> Sentence | None:
    """What must be said beside it: entered from paper, entered later, late, or turning an entry of the clock back."""
    if entry.particulars.get("reverses"):
        return say(N_("期限届满时的自动登记已经冲正：书面材料表明办理在期限之内。"))
    if entry.on_paper:
        return say(N_("据书面材料录入。"))
    if entry.particulars.get("late"):
        return say(N_("逾期办理。"))
    if entry.particulars.get("lawful") is False:
        return say(N_("当地规定不得拒绝协商，这一答复不符合规定。"))
    if (entry.entered_at.date() - entry.done_on).days > 1 and entry.seat != Seat.CLOCK:
        return say(N_("补录。"))
    return None


def clock_label(rule: str) -> str:
    return next((c.label for c in CLOCKS if c.rule == rule), rule)


def _value(name: str, value: object) -> object:
    if name in _WORDS:
        return Word(_WORDS[name].get(str(value), str(value)))
    if name == "text_hash":
        return str(value)[:8]
    return value
