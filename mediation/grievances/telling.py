"""The journal of a grievance as sentences."""

from collections.abc import Mapping
from datetime import date

from mediation.grievances.procedure import GRIEVANCE
from mediation.grievances.terms import GRIEVANCE_CHANNEL_LABELS, GRIEVANCE_SATISFACTION_LABELS, GRIEVANCE_SUBJECT_LABELS, ROUTE_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

TOLD: Mapping[str, str] = {
    "register_grievance": N_("登记诉求（{channel}，{subject}）。"),
    "route": N_("转办：{route}，最迟{answer_by}答复。"),
    "answer_grievance": N_("答复诉求。"),
    "become_application": N_("登记为调解申请，案号{number}。"),
    "rate_answer": N_("登记评价：{satisfaction}。办结。"),
    "close_grievance": N_("不回访办结。"),
    "withdraw_grievance": N_("撤回诉求。"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {
    "channel": GRIEVANCE_CHANNEL_LABELS,
    "subject": GRIEVANCE_SUBJECT_LABELS,
    "route": ROUTE_LABELS,
    "satisfaction": GRIEVANCE_SATISFACTION_LABELS,
}


def tell(entry: Entry) -> Sentence:
    msgid = TOLD.get(entry.act)
    if msgid is None:
        return say(GRIEVANCE.acts[entry.act].label)
    values: dict[str, object] = {}
    for name, value in entry.particulars.items():
        if name in _WORDS:
            values[name] = Word(_WORDS[name].get(str(value), str(value)))
        else:
            values[name] = date.fromisoformat(value) if name == "answer_by" and isinstance(value, str) else value
    return Sentence(msgid, values)
