"""The journal of a warning as sentences."""

from collections.abc import Mapping

from mediation.warnings.procedure import EARLY_WARNING
from mediation.warnings.terms import TRIGGER_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

TOLD: Mapping[str, str] = {
    "raise_warning": N_("发出预警：{trigger}，{cases}件，{persons}人。"),
    "renew_warning": N_("预警加重：现在{cases}件，{persons}人。"),
    "record_step": N_("登记处置。"),
    "lift": N_("解除预警。"),
}


def tell(entry: Entry) -> Sentence:
    msgid = TOLD.get(entry.act)
    if msgid is None:
        return say(EARLY_WARNING.acts[entry.act].label)
    values = {name: Word(TRIGGER_LABELS.get(str(v), str(v))) if name == "trigger" else v for name, v in entry.particulars.items()}
    return Sentence(msgid, values)
