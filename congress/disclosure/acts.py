"""The acts of a disclosure, and making one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlmodel import Session

from congress.disclosure import forms, queries
from congress.disclosure.models import Disclosure, Remark
from congress.disclosure.procedure import DISCLOSURE, Facts
from congress.filing import lay_in
from workflow.forms import invalid
from workflow.proceedings import ActForm, Doing, Proceedings
from workflow.seats import Seat
from workflow.words import N_, Word

Now: TypeAlias = Doing[Disclosure, Facts]
DOES: dict[str, Callable[[Now, Any], None]] = {}


def does(name: str) -> Callable[[Callable[[Now, Any], None]], Callable[[Now, Any], None]]:
    def register(function: Callable[[Now, Any], None]) -> Callable[[Now, Any], None]:
        DOES[name] = function
        return function

    return register


def disclose_affair(db: Session, form: forms.NewDisclosure, *, by: int, today: date, at: datetime) -> Disclosure:
    """By the employer, or entered by the union. Raises `Invalid`."""
    on = form.on or today
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    term = next((t for t in queries.terms_to_disclose_in(db, by, today) if t.id == form.term), None)
    if term is None or term.id is None:
        raise invalid("term", N_("请从列出的选项中选“{title}”。"), title=Word(N_("单位和届次")))
    disclosure = Disclosure(
        organisation_id=term.organisation_id,
        region=term.region,
        state=DISCLOSURE.initial,
        opened_on=on,
        term_id=term.id,
        title=form.title,
        affair=form.affair,
        means=form.means,
        place=form.place,
        account=form.account,
    )
    db.add(disclosure)
    db.flush()
    facts, actor = queries.facts(db, disclosure, on), queries.actor(db, disclosure, by, on)
    proof = {"evidence": [f.sha256 for f in form.evidence]} if form.evidence else {}
    told = {"affair": form.affair, "means": form.means, **proof}
    DISCLOSURE.perform(db, disclosure, "disclose", facts, by=actor, on=on, at=at, particulars=told)
    lay_in(db, DISCLOSURE.name, disclosure.id or 0, form.evidence, act="disclose", by=by, at=at)
    db.flush()
    return disclosure


@does("disclose")
def disclose(now: Now, form: ActForm) -> None:
    if not now.evidence:
        raise invalid("evidence", N_("请上传公开的材料或者照片。"))
    now.perform()


@does("raise_remark")
def raise_remark(now: Now, form: forms.Raise) -> None:
    number = len(now.facts.remarks) + 1
    entry = now.perform(number=number)
    by_union = entry.seat == Seat.UNION
    now.db.add(Remark(disclosure_id=now.case.id or 0, number=number, by_union=by_union, words=form.words, raised_on=now.on))
    now.happened("DISCLOSURE_OPINION", subject=str(number))
    now.tell({Seat.EMPLOYER, Seat.UNION}, N_("对公开的内容“{title}”有新的意见，请在规定的日数以内答复。"), title=now.case.title)


@does("answer_remark")
def answer_remark(now: Now, form: forms.AnswerRemark) -> None:
    remark = next((r for r in now.facts.waiting if r.id == form.remark), None)
    if remark is None:
        raise invalid("remark", N_("请从列出的选项中选“{title}”。"), title=Word(N_("意见")))
    if now.on < remark.raised_on:
        raise invalid("on", N_("答复的日期不能早于提出意见的日期（{day}）。"), day=remark.raised_on)
    now.perform(number=remark.number)
    remark.answer, remark.answered_on = form.answer, now.on
    now.happened("DISCLOSURE_ANSWERED", subject=str(remark.number))


@does("file_away")
def file_away(now: Now, form: ActForm) -> None:
    now.perform()
    now.case.closed_on = now.on


PROCEEDINGS: Proceedings[Disclosure, Facts] = Proceedings(
    procedure=DISCLOSURE,
    model=Disclosure,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)
