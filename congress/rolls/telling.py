"""The journal of a term as sentences. Entries hold ids, dates and numbers; the names are read from the roll."""

from collections.abc import Mapping
from datetime import date

from congress.rolls.facts import Facts
from congress.rolls.procedure import TERM
from congress.terms import LEAVING_LABELS
from workflow.journal import Entry
from workflow.words import N_, Sentence, Word, say

_TOLD: Mapping[str, str] = {
    "arrange": N_("登记任期{since}至{until}，{constituencies}个选区，名额共{seats}名。"),
    "import_roll": N_("从Excel导入名册，{count}人（校验码{roll}）。"),
    "register_delegate": N_("登记名册一人。"),
    "strike_delegate": N_("从名册去掉一人。"),
    "confirm_roll": N_("确认名册{count}人（校验码{roll}），任期开始，到{until}届满。"),
    "by_elect": N_("补选代表{elected}：选区全体职工{workers}人，参加{attended}人，赞成{in_favour}票。"),
    "replace_delegate": N_(
        "更换代表：{delegate}资格终止（{why}），{elected}继任；选区全体职工{workers}人，参加{attended}人，赞成{in_favour}票。"
    ),
    "recall": N_("罢免代表{delegate}：选区全体职工{workers}人，参加{attended}人，赞成{in_favour}票。"),
    "end_seat": N_("{delegate}的资格终止：{why}。"),
    "enrol": N_("登记新职工{elected}。"),
    "correct_delegate": N_("更正名册上{delegate}的登记（校验码{roll}）。"),
    "name_leader": N_("{delegate}任代表团（组）长。"),
    "form_committee": N_("设立{committee}，成员{members}人。"),
    "change_committee": N_("更换{committee}的成员，现有{members}人。"),
    "dissolve_committee": N_("撤销{committee}。"),
    "invite": N_("登记一名列席人员。"),
    "uninvite": N_("{attendee}不再列席。"),
    "extend": N_("延期换届，任期由{old}改为{new}届满。"),
    "end_term": N_("换届，本届结束，名册{count}人。"),
}
_DAYS = frozenset({"since", "until", "old", "new"})


def tell(entry: Entry, facts: Facts) -> Sentence:
    msgid = _TOLD.get(entry.act)
    if msgid is None:
        return say(TERM.acts[entry.act].label)
    values: dict[str, object] = {}
    for name, value in entry.particulars.items():
        if name in _DAYS and isinstance(value, str):
            values[name] = date.fromisoformat(value)
        elif name == "why":
            values[name] = Word(LEAVING_LABELS.get(str(value), str(value)))
        elif name == "delegate":
            values[name] = next((d.name for d in facts.delegates if d.id == value), "")
        elif name == "committee":
            values[name] = next((c.name for c in facts.committees if c.id == value), "")
        elif name == "attendee":
            values[name] = next((a.name for a in facts.attendees if a.id == value), "")
        else:
            values[name] = str(value)[:8] if name == "roll" else value
    if "{elected}" in msgid:
        values["elected"] = next((d.name for d in facts.delegates if d.id == entry.particulars.get("elected")), "")
    return Sentence(msgid, values)


def more(entry: Entry) -> Sentence | None:
    return say(N_("据书面材料录入")) if entry.on_paper else None
