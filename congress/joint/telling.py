"""The journal of a joint meeting as sentences."""

from collections.abc import Mapping
from datetime import date

from congress.joint.procedure import JOINT
from congress.terms import MATTER_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

TOLD: Mapping[str, str] = {
    "call": N_("召集联席会议，定于{held_on}召开（{matter}）。"),
    "decide": N_("登记联席会议的决定：应到{invited}人，实到{attended}人。"),
    "call_off": N_("联席会议不再召开。"),
    "confirm": N_("职工代表大会确认联席会议的决定：赞成{in_favour}人，须{needed}人。"),
    "refuse": N_("职工代表大会没有确认联席会议的决定：赞成{in_favour}人，须{needed}人。"),
}


def tell(entry: Entry) -> Sentence:
    msgid = TOLD.get(entry.act)
    if msgid is None:
        return say(JOINT.acts[entry.act].label)
    values: dict[str, object] = dict(entry.particulars)
    if "matter" in values:
        values["matter"] = Word(MATTER_LABELS[str(values["matter"])])
    if isinstance(values.get("held_on"), str):
        values["held_on"] = date.fromisoformat(str(values["held_on"]))
    return Sentence(msgid, values)
