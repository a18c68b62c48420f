"""What the documents of a meeting share: in whose name, about which matter."""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from congress import queries
from congress.facts import Facts
from congress.models import CongressMeeting, Item
from congress.terms import WHOLE, Form, ItemState
from workflow.documents.catalogue import Writing
from workflow.law.rules import Rule, rulebook
from workflow.organisations import Organisation
from workflow.seats import Seat

Work: TypeAlias = Writing[CongressMeeting, Facts]

UNION = frozenset({Seat.UNION})
CONDUCT = frozenset({Seat.UNION, Seat.MEETING_CHAIR})
COUNT = frozenset({Seat.UNION, Seat.MEETING_CHAIR, Seat.TELLER})


def unit(w: Work) -> str:
    return w.db.get_one(Organisation, w.case.organisation_id).name


def union(w: Work) -> Organisation:
    """The congress's working body (企业民主管理规定 Art. 22); where there is none, the body itself."""
    body = w.db.get_one(Organisation, w.case.organisation_id)
    return queries.union_behind(w.db, body) or body


def members(w: Work) -> str:
    return WHOLE[Form(w.case.form)].removeprefix("全体")


def is_assembly(w: Work) -> bool:
    return w.case.form == Form.ASSEMBLY


def manner(item: Item) -> str:
    return "无记名投票" if item.secret else "举手表决"


def rules_of(w: Work, item: Item, *ids: str) -> list[Rule | None]:
    """The rules for the kind of the item: of a contract draft those of its own kind."""
    book = rulebook(w.case.region, item.rule_kind, w.facts.overrides)
    return [book.find(one, w.on) for one in ids]


def labelled(items: Iterable[Item]) -> Mapping[str, str]:
    """Items as what a document can be about, the last on the agenda first."""
    return {str(i.id): f"{i.number}. {i.title}" for i in sorted(items, key=lambda i: (i.number, i.round), reverse=True)}


def item_of(w: Work, *states: ItemState) -> Item:
    """The item that the document is about. Raises `ValueError` where it is not in one of these states."""
    for item in w.facts.in_state(*states):
        if str(item.id) == w.subject:
            return item
    raise ValueError(f"no item {w.subject} in {states}")
