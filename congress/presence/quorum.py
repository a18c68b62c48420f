"""Who is present in numbers, and what it takes, with the sum."""

from dataclasses import dataclass
from datetime import date

from congress.facts import Facts
from workflow.law.rules import Citation
from workflow.words import N_, Sentence, say


@dataclass(frozen=True)
class Quorum:
    """Two thirds read 3×到会 ≥ 2×应到."""

    present: int
    roll: int
    needed: int
    sum: Sentence
    verdict: Sentence
    citations: tuple[Citation, ...]

    @property
    def is_met(self) -> bool:
        return self.present >= self.needed


def quorum_of(facts: Facts, on: date) -> Quorum:
    present, needed = facts.present or 0, facts.quorum_needed(on)
    share = facts.quorum_share(on)
    met = present >= needed
    return Quorum(
        present,
        facts.roll,
        needed,
        say(
            N_("{b}×到会{present}＝{left}　{sign}　{a}×应到{roll}＝{right}"),
            a=share.numerator,
            b=share.denominator,
            present=present,
            roll=facts.roll,
            left=share.denominator * present,
            right=share.numerator * facts.roll,
            sign="≥" if met else "＜",
        ),
        say(N_("已达到法定人数（{needed}人）"), needed=needed)
        if met
        else say(N_("法定人数{needed}人，还差{missing}人"), needed=needed, missing=needed - present),
        facts.quorum_rule(on).citations,
    )
