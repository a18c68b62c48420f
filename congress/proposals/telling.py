"""The journal of a proposal as sentences."""

from collections.abc import Mapping
from datetime import date

from congress.proposals.procedure import PROPOSAL
from congress.proposals.terms import SATISFACTION_LABELS, SUBJECT_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

TOLD: Mapping[str, str] = {
    "submit": N_("提交提案（{subject}）。"),
    "second": N_("{seconders}名代表附议。"),
    "take_back": N_("撤回提案。"),
    "file_proposal": N_("立案，编为第{number}号。"),
    "decline_proposal": N_("不予立案。"),
    "assign": N_("交办，最迟{answer_by}答复。"),
    "reassign": N_("改变承办，最迟{answer_by}答复。"),
    "answer_proposal": N_("第{round}次答复。"),
    "accept_answer": N_("对第{round}次答复评价：{satisfaction}。"),
    "send_back": N_("对第{round}次答复评价：{satisfaction}。"),
    "conclude": N_("办结归档。"),
}
_WORDS: Mapping[str, Mapping[str, str]] = {"subject": SUBJECT_LABELS, "satisfaction": SATISFACTION_LABELS}


def tell(entry: Entry) -> Sentence:
    msgid = TOLD.get(entry.act)
    if msgid is None:
        return say(PROPOSAL.acts[entry.act].label)
    values: dict[str, object] = {}
    for name, value in entry.particulars.items():
        if name in _WORDS:
            values[name] = Word(_WORDS[name].get(str(value), str(value)))
        else:
            values[name] = date.fromisoformat(value) if name == "answer_by" and isinstance(value, str) else value
    return Sentence(msgid, values)
