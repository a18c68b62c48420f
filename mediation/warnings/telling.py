"""The journal of a warning as sentences."""

from collections.abc import Mapping

from mediation.warnings.documents import CATALOGUE
from mediation.warnings.procedure import EARLY_WARNING
from mediation.warnings.terms import TRIGGER_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

TOLD: Mapping[str, str] = {
    "raise_warning": N_("发出预警：{trigger}，{cases}件，{persons}人。"),
    "renew_warning": N_("预警加重：现在{cases}件，{persons}人。"),
    "record_step": N_("登记处置。"),
    "lift": N_("解除预警。"),
    "issue_document": N_("出具《{document}》。"),
    "keep_scan": N_("存入《{document}》签字盖章的扫描件。"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "trigger": TRIGGER_LABELS,
    "document": {name: one.title for name, one in CATALOGUE.items()},
}


def tell(entry: Entry) -> Sentence:
    msgid = TOLD.get(entry.act)
    if msgid is None:
        return say(EARLY_WARNING.acts[entry.act].label)
    return Sentence(msgid, {name: Word(WORDS[name].get(str(v), str(v))) if name in WORDS else v for name, v in entry.particulars.items()})
