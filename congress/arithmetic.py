"""Quorum and majority in whole numbers. Every share is of all members, so absent members and abstentions count against."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from congress.terms import OPERATOR_LABELS, Operator
from workflow.documents.numerals import percentage
from workflow.words import N_, Sentence, Word, say

TWO_THIRDS = Fraction(2, 3)


class Outcome(StrEnum):
    PASSED = "passed"
    REJECTED = "rejected"
    HALF = "half"
    """Exactly half, under a rule that can be read both ways."""


def quorum(roll: int, share: Fraction = TWO_THIRDS) -> int:
    """The least attendance of `roll` members: a third of a person is a whole person."""
    return -(-roll * share.numerator // share.denominator)


def needed(roll: int, operator: Operator) -> int:
    """The least number of votes in favour that passes; under ASK without a decision of the meeting."""
    return (roll + 1) // 2 if operator is Operator.GE_HALF else roll // 2 + 1


def outcome(in_favour: int, roll: int, operator: Operator) -> Outcome:
    if operator is Operator.ASK and 2 * in_favour == roll:
        return Outcome.HALF
    return Outcome.PASSED if in_favour >= needed(roll, operator) else Outcome.REJECTED


@dataclass(frozen=True)
class Numbers:
    """What is read from a count sheet. `check` names the sums that do not come out."""

    issued: int
    returned: int
    valid: int
    invalid: int
    in_favour: int
    against: int
    abstained: int

    @property
    def unreturned(self) -> int:
        return self.issued - self.returned

    def check(self, present: int) -> dict[str, list[Sentence]]:
        """Field → what is wrong with it; empty where every sum comes out."""
        faults: dict[str, list[Sentence]] = {}
        if self.issued > present:
            faults["issued"] = [say(N_("发出{issued}张，多于实到{present}人，请核对。"), issued=self.issued, present=present)]
        if self.returned > self.issued:
            faults["returned"] = [say(N_("收回{returned}张，多于发出的{issued}张，请核对。"), returned=self.returned, issued=self.issued)]
        if self.valid + self.invalid != self.returned:
            faults["valid"] = [
                say(
                    N_("有效{valid}张加无效{invalid}张等于{sum}张，与收回的{returned}张不符。"),
                    valid=self.valid,
                    invalid=self.invalid,
                    sum=self.valid + self.invalid,
                    returned=self.returned,
                )
            ]
        total = self.in_favour + self.against + self.abstained
        if total != self.valid:
            faults["in_favour"] = [
                say(
                    N_("赞成{in_favour}、反对{against}、弃权{abstained}合计{total}张，与有效的{valid}张不符。"),
                    in_favour=self.in_favour,
                    against=self.against,
                    abstained=self.abstained,
                    total=total,
                    valid=self.valid,
                )
            ]
        return faults


def requirement_in_words(whole: str, roll: int, operator: Operator) -> Sentence:
    """What it takes, said before anyone votes. `whole` is the msgid for 全体职工代表 or 全体职工."""
    values = {"whole": Word(whole), "roll": roll, "needed": needed(roll, operator)}
    if operator is Operator.GT_HALF:
        return Sentence(N_("{whole}{roll}人，过半数为{needed}票。"), values)
    if operator is Operator.ASK and roll % 2 == 0:
        return Sentence(
            N_("{whole}{roll}人，{needed}票即通过；恰好{half}票时，由主席团或者执行主席附理由决定。"), {**values, "half": roll // 2}
        )
    return Sentence(N_("{whole}{roll}人，半数以上为{needed}票。"), values)


def result_in_words(
    numbers: Numbers, *, roll: int, present: int, quorum_needed: int, operator: Operator, passed: bool, by_decision: bool = False
) -> Sentence:
    """The whole sum, as it is printed on the result."""
    verdict = (
        (N_("恰为半数，会议决定按通过处理") if passed else N_("恰为半数，会议决定按未通过处理"))
        if by_decision
        else (N_("通过") if passed else N_("未通过"))
    )
    return say(
        N_(
            "应到{roll}人，出席须{quorum}人，实到{present}人；发出{issued}张，收回{returned}张，有效{valid}张，无效{invalid}张；"
            "赞成{in_favour}票，反对{against}票，弃权{abstained}票。按应到人数的{operator}计，须{needed}票，"
            "赞成{in_favour}票，占应到人数的{share}，{verdict}。"
        ),
        roll=roll,
        quorum=quorum_needed,
        present=present,
        issued=numbers.issued,
        returned=numbers.returned,
        valid=numbers.valid,
        invalid=numbers.invalid,
        in_favour=numbers.in_favour,
        against=numbers.against,
        abstained=numbers.abstained,
        operator=Word(OPERATOR_LABELS[operator]),
        needed=needed(roll, operator),
        share=percentage(numbers.in_favour, roll),
        verdict=Word(verdict),
    )
