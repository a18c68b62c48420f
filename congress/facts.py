"""What the requirements of a meeting look at: one frozen record, loaded in a bounded number of queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from congress.arithmetic import Outcome, needed, outcome, quorum
from congress.ballots.facts import Ballots
from congress.ballots.models import BallotRound, ItemTally
from congress.delegates.models import Opinion
from congress.joint.models import JointMeeting
from congress.models import CongressMeeting, Item, MeetingOfficer, PaperCount, Result
from congress.presence.book import Book
from congress.terms import BODY_LABELS, COUNTING, UNDER_WAY, WHOLE, Body, Form, ItemState, Matter, OfficerSeat, Operator
from workflow.clock import Due
from workflow.law.overrides import Override
from workflow.law.rules import Rule, Rulebook, rulebook
from workflow.seats import Seat

VOTE, MAJORITY, ADOPTION = "CONG-VOTE", "CONG-APPROVE", "SECT-ADOPT"
"""What it takes: of elections and other matters; of a contract; of a regional or sectoral contract."""


@dataclass(frozen=True)
class Facts:
    """`item` is the one that an act is about; without it a requirement asks whether any item will do."""

    meeting: CongressMeeting
    rules: Rulebook
    overrides: tuple[Override, ...]
    officers: tuple[MeetingOfficer, ...]
    """All that were ever named; `current` ones sit now."""
    items: tuple[Item, ...]
    counts: tuple[PaperCount, ...]
    results: tuple[Result, ...]
    notice_due: Due
    """Last day on which notice of the announced day can still be delivered."""
    earliest: date | None
    """Day of the meeting that a notice delivered today would allow."""
    roll: int
    present: int | None
    """By the presence book; where no roll is kept, as last typed."""
    book: Book | None = None
    """The presence book as of the day, where a roll is kept."""
    opinions: tuple[Opinion, ...] = ()
    unconfirmed: tuple[JointMeeting, ...] = ()
    """Decisions of joint meetings since the last meeting that the congress has not spoken on."""
    on_site_elsewhere: bool = False
    """Another meeting of the same body in the year of this one is held on site, or is to be."""
    ballots: Ballots = field(default_factory=Ballots)
    item: Item | None = None
    moved: Mapping[str, Seat] = field(default_factory=dict)

    @property
    def sealed(self) -> dict[str, Any]:
        """For the journal entry of an act that rests on who is present."""
        return {"book": self.book.seal} if self.book is not None else {}

    def about(self, item: Item) -> "Facts":
        return replace(self, item=item)

    def about_round(self, round: BallotRound) -> "Facts":
        return replace(self, ballots=self.ballots.about(round))

    @property
    def without_account(self) -> frozenset[Seat]:
        """Recorded from paper: the chair's acts, and the sheets of those who count, where they do not act here themselves."""
        found = set()
        if not any(o.person_id for o in self.sitting(OfficerSeat.CHAIR)):
            found.add(Seat.MEETING_CHAIR)
        if not self.counters or any(o.person_id is None for o in self.counters):
            found.add(Seat.TELLER)
        return frozenset(found)

    def sitting(self, *seats: OfficerSeat) -> tuple[MeetingOfficer, ...]:
        return tuple(o for o in self.officers if o.current and o.seat in seats)

    @property
    def chair(self) -> MeetingOfficer | None:
        return next(iter(self.sitting(OfficerSeat.CHAIR)), None)

    @cached_property
    def counters(self) -> tuple[MeetingOfficer, ...]:
        """监票人 and 计票人."""
        return self.sitting(*COUNTING)

    @property
    def whole(self) -> str:
        return WHOLE[Form(self.meeting.form)]

    @property
    def agenda(self) -> tuple[Item, ...]:
        """What stands on it: not what was withdrawn, and of a ballot taken anew the last round."""
        last = {i.number: i for i in self.items if i.state != ItemState.WITHDRAWN}
        return tuple(last.values())

    def in_state(self, *states: ItemState) -> tuple[Item, ...]:
        return tuple(i for i in self.items if i.state in states)

    @property
    def outstanding(self) -> int:
        """Ballots whose result is still to come."""
        return len(self.in_state(*UNDER_WAY))

    def counts_of(self, item: Item, counting: int | None = None) -> tuple[PaperCount, ...]:
        wanted = item.counting if counting is None else counting
        return tuple(c for c in self.counts if c.item_id == item.id and c.counting == wanted)

    def opinions_on(self, item: Item) -> tuple[Opinion, ...]:
        return tuple(o for o in self.opinions if o.item_id == item.id)

    def result_of(self, item: Item) -> Result | None:
        return next((r for r in self.results if r.item_id == item.id), None)

    # ---- what the rules ask

    def quorum_share(self, on: date) -> Fraction:
        return Fraction(str(self.quorum_rule(on).value))

    def quorum_rule(self, on: date) -> Rule:
        return self.rules.find("CONG-QUORUM", on) or self.rules.get("CONG-QUORUM-DM", on)

    def quorum_needed(self, on: date) -> int:
        return quorum(self.roll, self.quorum_share(on))

    def pass_rule(self, item: Item, on: date) -> Rule | None:
        """The rule that says how many of all members it takes to adopt this item. What a regional or sectoral contract takes
        may stand in its own rule or in the general one: the local one of the two goes first.
        """
        book = rulebook(self.meeting.region, item.rule_kind, self.overrides)
        names = (ADOPTION, MAJORITY) if item.rule == ADOPTION else (item.rule,)
        found = [r for name in names if (r := book.find(name, on) or self.rules.find(name, on)) is not None and operator_of(r)]
        return next((r for r in found if r.is_local), found[0] if found else None)

    def operator(self, item: Item, on: date) -> Operator:
        """As frozen when the ballot opened, else as the rule reads on the day."""
        if item.operator is not None:
            return Operator(item.operator)
        rule = self.pass_rule(item, on)
        return (operator_of(rule) if rule else None) or Operator.GT_HALF

    def votes_needed(self, item: Item, on: date) -> int:
        return item.needed if item.needed is not None else needed(item.roll or self.roll, self.operator(item, on))

    def must_be_secret(self, item: Item, on: date) -> bool:
        """Important matters, and whatever the rule of adoption itself asks a secret ballot for."""
        rule = self.pass_rule(item, on)
        return item.matter != Matter.OTHER or bool(rule and rule.parameters.get("secret"))

    # ---- what was counted

    def agreed_count(self, item: Item) -> PaperCount | ItemTally:
        """Of a counted item: what came out of its electronic box, else one of its two sheets, which are alike."""
        return self.ballots.tally_of(item.id) or self.counts_of(item)[0]

    def outcome(self, item: Item) -> Outcome:
        assert item.roll is not None and item.operator is not None
        return outcome(self.agreed_count(item).in_favour, item.roll, Operator(item.operator))

    @property
    def deciding_body(self) -> str:
        """Who decides where exactly half voted for."""
        return BODY_LABELS[self.body]

    @property
    def body(self) -> Body:
        return Body.PRESIDIUM if self.meeting.presidium else Body.CHAIR


def operator_of(rule: Rule) -> Operator | None:
    """An administrator's override may name the operator as the value itself."""
    for said in (rule.value, rule.parameters.get("operator")):
        if isinstance(said, str) and said in set(Operator):
            return Operator(said)
    return None
