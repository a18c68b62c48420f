"""The journal of a mediation as sentences. Entries hold dates, numbers and ids; the words are here."""

from collections.abc import Mapping
from datetime import date

from mediation.documents import CATALOGUE, OF_ONE_SIDE
from mediation.forms import FAILURES, REFUSALS, REPLIES
from mediation.limitation import INTERRUPTION_LABELS
from mediation.procedure import MEDIATION
from mediation.terms import (
    CHANNEL_LABELS,
    DECISION_LABELS,
    EVENT_LABELS,
    MARK_LABELS,
    MEANS_LABELS,
    OUTCOME_LABELS,
    RATING_LABELS,
    REVIEW_LABELS,
    REVIEW_RESULT_LABELS,
    ROUTE_LABELS,
    TERM_STATE_LABELS,
)
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

_TOLD: Mapping[str, str] = {
    "respond": N_("回应协商要求：{reply}。"),
    "extend_consultation": N_("双方把协商期限延长到{until}。"),
    "register": N_("登记调解申请（{channel}）。"),
    "ask_consent": N_("征询对方意见，请在{answer_by}以前答复。"),
    "decline": N_("不予受理：{cause}。"),
    "assign": N_("指定调解员{mediators}名。"),
    "decide_challenge": N_("决定回避申请：{decision}。"),
    "vote_on_challenge": N_("对回避申请表决：{decision}。"),
    "hold_talk": N_("记录第{number}次调解会谈。"),
    "make_proposal": N_("提出第{number}个调解方案。"),
    "extend": N_("双方同意延期，调解期限由{was}延长到{until}。"),
    "agree": N_("达成协议，履行事项{terms}项。"),
    "sign": N_("签署协议：{mark}。"),
    "fail": N_("调解不成：{cause}。"),
    "lapse": N_("调解期限届满，视为调解不成。"),
    "record_review_result": N_("登记{review}结果：{result}。"),
    "record_performance": N_("第{term}项履行情况：{state}。"),
    "miss": N_("{terms}项到期没有履行的记录。"),
    "rate": N_("评价调解：{satisfaction}。"),
    "correct_application": N_("补正申请：更正当事人{changed}名，增加{added}名。"),
    "correct_date": N_("更正日期：“{event}”由{was}改为{to}。"),
    "sign_belatedly": N_("补录调解期限以内的签署，期满未成的结案撤销。"),
    "hand_on": N_("移交后续程序：{route}。"),
    "record_default": N_("登记不履行和解协议，约定的履行期限是{due}。"),
    "record_interruption": N_("登记时效中断：{happened}{interruption}。"),
    "record_service": N_("登记送达（{means}）。"),
    "name_representatives": N_("推举代表{count}名。"),
    "decline_motion": N_("不同意提议“{declines}”。"),
    "withdraw_motion": N_("撤回提议“{withdraws}”。"),
    "issue_document": N_("出具《{document}》。"),
    "keep_scan": N_("存入《{document}》签字盖章的扫描件。"),
    "archive": N_("归档，卷宗号{file_number}。"),
}
_ANSWERED = {True: N_("同意第{number}个调解方案。"), False: N_("不同意第{number}个调解方案。")}
OWN = N_("只供本方使用的文书")
"""The other side learns that there is one, not what it prepares."""
_LABELS = {name: act.label for name, act in MEDIATION.acts.items()}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "document": {name: OWN if name in OF_ONE_SIDE else one.title for name, one in CATALOGUE.items()},
    "reply": REPLIES,
    "event": EVENT_LABELS,
    "channel": CHANNEL_LABELS,
    "cause": {**REFUSALS, **FAILURES},
    "decision": DECISION_LABELS,
    "mark": MARK_LABELS,
    "review": REVIEW_LABELS,
    "result": REVIEW_RESULT_LABELS,
    "state": TERM_STATE_LABELS,
    "route": ROUTE_LABELS,
    "means": MEANS_LABELS,
    "interruption": INTERRUPTION_LABELS,
    "outcome": OUTCOME_LABELS,
    "satisfaction": RATING_LABELS,
    "declines": _LABELS,
    "withdraws": _LABELS,
}
_DAYS = frozenset({"to", "until", "was", "answer_by", "due", "happened"})


def tell(entry: Entry) -> Sentence:
    act = MEDIATION.acts.get(entry.act)
    label = act.label if act else entry.act
    if entry.particulars.get("proposed"):
        return say(N_("提议“{act}”，等对方答复。"), act=Word(label))
    if entry.act == "answer_proposal":
        return say(_ANSWERED[bool(entry.particulars["accepts"])], number=entry.particulars["number"])
    msgid = _TOLD.get(entry.act)
    if msgid is None:
        return say(N_("{act}。"), act=Word(label))
    return Sentence(msgid, {name: _value(name, value) for name, value in entry.particulars.items()})


def _value(name: str, value: object) -> object:
    if name in _WORDS:
        return Word(_WORDS[name].get(str(value), str(value)))
    return date.fromisoformat(value) if name in _DAYS and isinstance(value, str) else value
