"""The journal of a disclosure as sentences."""

from collections.abc import Mapping

from congress.disclosure.procedure import DISCLOSURE
from congress.disclosure.terms import AFFAIR_LABELS, MEANS_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

TOLD: Mapping[str, str] = {
    "raise_remark": N_("提出第{number}条意见。"),
    "answer_remark": N_("答复第{number}条意见。"),
    "file_away": N_("归档。"),
}
_MADE, _ADDED = N_("公开（{affair}，{means}）。"), N_("补充公开的材料。")


def tell(entry: Entry) -> Sentence:
    if entry.act == "disclose":
        said = entry.particulars
        if "affair" not in said:
            return say(_ADDED)
        return say(_MADE, affair=Word(AFFAIR_LABELS[str(said["affair"])]), means=Word(MEANS_LABELS[str(said["means"])]))
    msgid = TOLD.get(entry.act)
    return Sentence(msgid, dict(entry.particulars)) if msgid else say(DISCLOSURE.acts[entry.act].label)
