"""送达: the signed list of those who received the papers, and corrections of it."""

import re
from collections.abc import Sequence

from congress.acts.registry import Now, does
from congress.delegates import forms, queries
from congress.delegates.models import Receipt
from congress.delegates.queries import Delivery
from workflow.forms import invalid
from workflow.words import N_, Word, Words

BETWEEN = re.compile(r"[、，,；;\s]+")


@does("record_delivery")
def record_delivery(now: Now, form: forms.RecordDelivery) -> None:
    if not now.evidence:
        raise invalid("evidence", N_("请上传代表签收的名单。"))
    papers = queries.papers(now.db, now.facts)
    sent = max([i.noticed_on for i in now.facts.agenda if i.noticed_on is not None], default=now.case.notice_sent_on)
    if sent is not None and now.on < sent:
        raise invalid("on", N_("签收的日期不能早于材料送出的日期（{day}）。"), day=sent)
    members = _signed(now, form)
    new = [(member, paper) for member in members for paper in member.missing(papers)]
    if not new:
        raise invalid("", N_("这些人都已经收到全部材料，没有要登记的。"))
    entry = now.perform(members=len({m.delegate.id for m, _ in new}), papers=len(papers))
    for member, paper in new:
        now.db.add(queries.receipt(now.case.id or 0, member, paper, now.on, entry.actor_id or 0, now.at, on_list=True))


@does("undo_delivery")
def undo_delivery(now: Now, form: forms.UndoDelivery) -> None:
    member = next((m for m in queries.deliveries(now.db, now.case, now.on) if m.delegate.id == form.delegate and m.on_list), None)
    if member is None:
        raise invalid("delegate", N_("请从列出的选项中选“{title}”。"), title=Word(N_("代表")))
    entry = now.perform(delegate=member.delegate.id, papers=len(member.on_list))
    now.said(reason=form.reason)
    for paper in sorted(member.on_list):
        now.db.add(
            Receipt(
                meeting_id=now.case.id or 0,
                delegate_id=form.delegate,
                paper=paper,
                received_on=member.received[paper],
                undone=True,
                on_list=True,
                entered_by=entry.actor_id or 0,
                entered_at=now.at,
            )
        )


def _signed(now: Now, form: forms.RecordDelivery) -> list[Delivery]:
    """Whom the list names. Raises `Invalid` for a name that is not on the roll, or that two members share."""
    everybody = queries.deliveries(now.db, now.case, now.on)
    if not everybody:
        raise invalid("", N_("本次会议没有名册，不能逐人登记签收。先在“届次和名册”里登记。"))
    if form.only and form.but:
        raise invalid("but", N_("“只登记这些人”和“没有签收的人”只能填一项。"))
    asked = [m for m in everybody if form.constituency in (None, m.constituency.id)]
    if form.only:
        return _named(asked, form.only, "only")
    absent = {m.delegate.id for m in _named(asked, form.but, "but")}
    return [m for m in asked if m.delegate.id not in absent]


def _named(members: Sequence[Delivery], written: str, field: str) -> list[Delivery]:
    names = [name for name in BETWEEN.split(written.strip()) if name]
    found = {name: [m for m in members if name in (m.delegate.name, m.delegate.staff_number)] for name in names}
    if unknown := [name for name, those in found.items() if not those]:
        raise invalid(field, N_("名册上没有{names}，请核对姓名。"), names=Words(unknown))
    if shared := [name for name, those in found.items() if len(those) > 1]:
        raise invalid(field, N_("名册上有几位{names}，分不清是哪一位，请写工号。"), names=Words(shared))
    return [m for those in found.values() for m in those]
