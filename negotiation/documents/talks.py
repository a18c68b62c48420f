"""H02, H03: the reply to the offer, and the lists of representatives."""

from collections.abc import Mapping
from datetime import date

from negotiation.documents.record import (
    cited,
    figures,
    last_of,
    offer_number,
    reachable,
    said,
)
from negotiation.documents.writing import EITHER_SIDE, Work, body, name_of, named, other_side
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.models import Representative as Row
from negotiation.terms import CHIEF_LABELS, PRODUCED_LABELS, SIDE_LABELS, Produced, Side
from templates.documents.talks import (
    Listed,
    Reply,
    RepresentativeList,
)
from workflow.documents.catalogue import Standard
from workflow.documents.phrases import in_words
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.organisations import Organisation
from workflow.seats import Seat
from workflow.words import N_

VOTED = frozenset({Produced.CONGRESS_ELECTION, Produced.NOMINATION_AND_VOTE, Produced.RECOMMENDATION, Produced.EMPLOYERS_CHOICE})
"""Ways to the seat in which others vote or consent."""


class ReplyWords(FormModel):
    content: str = field(N_("对协商内容的补充或者不同意见"), widget="textarea", default="", hint=N_("一行写一项；没有的，不填。"))
    contact: str = field(N_("联系人和电话"), default="", hint=N_("不填的，用登记的电话；没有登记的，留空白手写。"))


class ProductionWords(FormModel):
    meeting: str = field(N_("产生会议的时间和地点"), default="", hint=N_("选举、推荐产生代表的会议；不填的，留空白手写。"))
    due: int | None = field(N_("应到人数"), widget="number", default=None, ge=1, unit=N_("人"))
    present: int | None = field(N_("实到人数"), widget="number", default=None, ge=0, unit=N_("人"))
    in_favour: int | None = field(N_("同意人数"), widget="number", default=None, ge=0, unit=N_("人"))


def reply(w: Work) -> Reply:
    """集体合同规定 Art. 32: in writing. Some places want time, place, content, the representatives and the position as well."""
    case, side = w.case, Side(w.case.initiator).other
    entry = last_of(w, "accept_offer", "decline_offer")
    agrees = entry is not None and entry.act == "accept_offer"
    words = said(w, entry)
    received = w.facts.day_of("REQUEST_RECEIVED")
    day = str(entry.particulars.get("proposed_on") or "") if entry and agrees else ""
    asked: ReplyWords = w.words  # type: ignore[assignment]
    return Reply(
        title="集体协商应约书" if agrees else "集体协商要约答复书",
        addressee=name_of(w, side.other),
        own_side=SIDE_LABELS[side],
        contract=case.title,
        agrees=agrees,
        basis=cited(w, "NEG-RESPONSE-DAYS", "NEG-NO-REFUSE", "WAGE-LETTER") if agrees else cited(w, "NEG-RESPONSE-DAYS", "NEG-NO-REFUSE"),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        offer_number=offer_number(w),
        received_on=w.need(received, N_("收到要约的日期"), act="record_receipt") if agrees else received,
        proposed=in_words(case.proposed_on, case.proposed_time),
        proposed_place=case.proposed_place,
        time="" if not day or date.fromisoformat(day) == case.proposed_on else figures(date.fromisoformat(day)),
        place="" if words.get("proposed_place", "") == case.proposed_place else words.get("proposed_place", ""),
        content=lines(asked.content),
        position=lines(words.get("statement", "")) if agrees else (),
        reasons=() if agrees else w.need(lines(case.refusal), N_("拒绝的理由"), act="decline_offer"),
        representatives=tuple(named(r) for r in w.facts.team(side).members) if agrees else (),
        contact=asked.contact or reachable(w, body(w.db, case, side)),
    )


# ---- representatives


def sides_named(w: Work) -> Mapping[str, str]:
    """Sides that have named representatives."""
    return {side.value: SIDE_LABELS[side] for side in Side if w.facts.team(side).members}


def side_at_hand(w: Work) -> Side:
    return Side(w.subject) if w.subject else Side.WORKERS


def body_at_hand(w: Work) -> Organisation | None:
    return body(w.db, w.case, side_at_hand(w))


def _role(row: Row) -> str:
    return "首席代表" if row.chief else "外聘专业人员" if row.outsider else "协商代表"


def representatives(w: Work) -> RepresentativeList:
    side = side_at_hand(w)
    team = w.facts.team(side)
    w.need(team.chief, N_("首席代表"), act="appoint")
    source = ("REP-W-SOURCE", "REP-W-CHIEF") if side is Side.WORKERS else ("REP-E-SOURCE", "REP-E-CHIEF")
    asked: ProductionWords = w.words  # type: ignore[assignment]
    return RepresentativeList(
        own_side=SIDE_LABELS[side],
        contract=w.case.title,
        rows=tuple(
            Listed(r.name, "女" if r.female else "男", r.post, _role(r), PRODUCED_LABELS[r.produced], r.produced_on) for r in team.members
        ),
        basis=cited(w, "REP-EQUAL", *source),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        chief_as=CHIEF_LABELS[team.chief.chief_as or ""] if team.chief else "",
        women=tuple(r.name for r in team.members if r.female),
        frontline=tuple(r.name for r in team.members if r.frontline),
        dispatched=tuple(r.name for r in team.members if r.dispatched),
        outsiders=tuple(r.name for r in team.members if r.outsider),
        of_workers=side is Side.WORKERS,
        by_vote=any(r.produced in VOTED for r in team.members),
        meeting=asked.meeting,
        due=asked.due,
        present=asked.present,
        in_favour=asked.in_favour,
        published_on=w.facts.day_of("REPRESENTATIVES_PUBLISHED"),
    )


TALKS: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "reply", "H02", N_("集体协商应约（答复）书"), "negotiation/reply.html", frozenset({Seat.OTHER_SIDE}), reply, other_side,
        asks=ReplyWords, ready=lambda facts: bool(facts.day_of("REPLY_AGREED") or facts.day_of("REPLY_REFUSED")),
        titled=lambda record: record.title,
    ),
    Standard(
        "representatives", "H03", N_("协商代表名单"), "negotiation/representatives.html", EITHER_SIDE, representatives, body_at_hand,
        asks=ProductionWords, subjects=sides_named, numbered=False, ready=lambda facts: bool(facts.representatives),
        titled=lambda record: f"{record.own_side}协商代表名单",
    ),
)  # fmt: skip
