"""意见: what members and delegations say of a text before it is voted on, and the answers."""

from dataclasses import replace

from congress.acts.registry import Now, does
from congress.delegates import forms, queries
from congress.delegates.models import Opinion
from congress.delegates.terms import Voice
from congress.rolls import queries as rolls
from congress.rolls.models import Constituency, Delegate
from congress.terms import ItemState
from workflow.forms import invalid
from workflow.seats import Seat
from workflow.words import N_, Word


@does("give_opinion")
def give_opinion(now: Now, form: forms.GiveOpinion) -> None:
    item = next((i for i in now.facts.in_state(ItemState.PREPARED) if i.id == form.item), None)
    if item is None:
        raise invalid("item", N_("请从列出的选项中选“{title}”。"), title=Word(N_("事项")))
    delegate, constituency = _voice(now, form)
    number = len(now.facts.opinions) + 1
    now.perform(item=item.id, opinion=number, voice=form.voice)
    assert now.case.id is not None and item.id is not None and constituency.id is not None
    now.db.add(
        Opinion(
            meeting_id=now.case.id,
            item_id=item.id,
            number=number,
            text_hash=item.text_hash,
            delegate_id=delegate.id if delegate else None,
            constituency_id=constituency.id,
            words=form.words,
            given_on=now.on,
        )
    )
    now.tell({Seat.UNION, Seat.EMPLOYER}, N_("代表对第{number}项提出了意见，请在表决以前答复。"), number=item.number)


@does("answer_opinion")
def answer_opinion(now: Now, form: forms.AnswerOpinion) -> None:
    opinion = next((o for o in now.facts.opinions if o.id == form.opinion and o.answered_on is None), None)
    if opinion is None:
        raise invalid("opinion", N_("请从列出的选项中选“{title}”。"), title=Word(N_("意见")))
    if now.on < opinion.given_on:
        raise invalid("on", N_("答复的日期不能早于提出意见的日期（{day}）。"), day=opinion.given_on)
    entry = now.perform(item=opinion.item_id, opinion=opinion.number)
    opinion.answer, opinion.answered_on, opinion.answered_by = form.answer, now.on, entry.seat


def _voice(now: Now, form: forms.GiveOpinion) -> tuple[Delegate | None, Constituency]:
    """Whose opinion it is; none but the delegation's where it speaks as one. Raises `Invalid`."""
    if form.voice == Voice.PAPER:
        return None, _entered(now, form)
    seat = queries.own(now.db, now.case, now.by.person_id or 0, now.on)
    if seat is None:
        raise invalid("voice", N_("您不在本次会议的名册上。代为登记书面意见的，请选“登记书面意见”。"))
    delegate, constituency = seat
    if form.constituency is not None and form.constituency != constituency.id:
        raise invalid("constituency", N_("代表只能提出自己所在代表团的意见。"))
    if form.voice == Voice.DELEGATION and not delegate.leads:
        raise invalid("voice", N_("代表团的意见由团（组）长提出。"))
    return None if form.voice == Voice.DELEGATION else delegate, constituency


def _entered(now: Now, form: forms.GiveOpinion) -> Constituency:
    """By the union, from the paper that a delegation or a member without an account handed in."""
    if Seat.UNION not in now.by.seats:
        raise invalid("voice", N_("书面意见由工会登记。"))
    places = {c.id: c for _, c in rolls.roll_of(now.db, now.case, now.on)}
    if form.constituency not in places:
        raise invalid("constituency", N_("请选择是哪个代表团的意见。"))
    if not now.evidence:
        raise invalid("evidence", N_("请上传书面意见的扫描件或照片。"))
    now.by = replace(now.by, seat=Seat.UNION)
    return places[form.constituency]
