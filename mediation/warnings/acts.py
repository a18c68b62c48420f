"""The acts of an early warning."""

from collections.abc import Callable
from typing import Any, TypeAlias

from mediation.warnings import forms, queries
from mediation.warnings.documents import CATALOGUE
from mediation.warnings.facts import Facts
from mediation.warnings.models import EarlyWarning, WarningStep
from mediation.warnings.procedure import EARLY_WARNING
from mediation.warnings.terms import TRIGGER_LABELS
from workflow.documents import asked
from workflow.documents.asked import IssueDocument, KeepScan
from workflow.proceedings import ActForm, Doing, Proceedings
from workflow.seats import Seat
from workflow.words import N_, Word

Now: TypeAlias = Doing[EarlyWarning, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}
TOLD = {Seat.UNION, Seat.SUPERIOR_UNION}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


@does("raise_warning")
def raise_warning(now: Now, form: ActForm) -> None:
    now.perform(trigger=now.case.trigger, cases=now.case.cases, persons=now.case.persons)
    now.happened("WARNING_RAISED")
    now.tell(TOLD, N_("劳动关系预警{number}：{trigger}，请了解情况并登记处置。"), number=now.case.number, trigger=_trigger(now.case))


@does("renew_warning")
def renew_warning(now: Now, form: ActForm) -> None:
    now.perform(cases=now.case.cases, persons=now.case.persons)
    now.happened("WARNING_RAISED")
    now.tell(TOLD, N_("劳动关系预警{number}加重：现在{n}件。"), number=now.case.number, n=now.case.cases)


@does("record_step")
def record_step(now: Now, form: forms.Step) -> None:
    entry = now.perform()
    now.db.add(WarningStep(warning_id=now.case.id or 0, number=len(now.facts.steps) + 1, seat=entry.seat, words=form.words, on=now.on))
    now.happened("WARNING_HANDLED")
    now.tell(TOLD, N_("劳动关系预警{number}已经登记处置。"), number=now.case.number)


@does("lift")
def lift(now: Now, form: forms.Lift) -> None:
    entry = now.perform()
    now.db.add(WarningStep(warning_id=now.case.id or 0, number=len(now.facts.steps) + 1, seat=entry.seat, words=form.words, on=now.on))
    now.case.closed_on = now.on
    now.keeper.stop(now.db, now.case)
    now.tell(TOLD, N_("劳动关系预警{number}已经解除。"), number=now.case.number)


@does("issue_document")
def issue_document(now: Now, form: IssueDocument) -> None:
    asked.issue_document(now, form, CATALOGUE)


@does("keep_scan")
def keep_scan(now: Now, form: KeepScan) -> None:
    asked.keep_scan(now, form, {document.id for document in queries.documents(now.db, now.case)})


def _trigger(warning: EarlyWarning) -> Word:
    return Word(TRIGGER_LABELS[warning.trigger])


PROCEEDINGS: Proceedings[EarlyWarning, Facts] = Proceedings(
    procedure=EARLY_WARNING,
    model=EarlyWarning,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)
