"""H04 to H06: whom a side sends in whose place, and what those who receive information promise about it."""

from collections.abc import Mapping
from fractions import Fraction

from negotiation.documents.meetings import in_common
from negotiation.documents.record import cited
from negotiation.documents.talks import body_at_hand, side_at_hand
from negotiation.documents.writing import EITHER_SIDE, Work, named, party
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.models import Representative as Row
from negotiation.terms import SIDE_LABELS, WRITTEN_MANDATE, Side, State
from templates.documents.talks import (
    CHIEFS_POWERS,
    LIABILITY,
    OUTSIDERS_POWERS,
    SCOPE,
    SECRECY_ENDS,
    UNTIL_SIGNED,
    Confidentiality,
    Mandate,
    OutsiderMandate,
)
from workflow.documents.catalogue import Standard
from workflow.documents.numerals import han_numeral
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.people import Office, holders
from workflow.words import N_

ONE_A_LINE = N_("一行写一项。")


class MandateWords(FormModel):
    delegate: str = field(
        N_("受托人姓名"),
        default="",
        max_length=60,
        hint=N_("不填的，写已经确定、受书面委托的首席代表；还没有确定代表的，在这里写，签署后确定代表时上传。"),
    )
    delegate_post: str = field(N_("受托人的职务或者岗位"), default="", max_length=100)
    powers: str = field(N_("授权事项"), widget="textarea", default=CHIEFS_POWERS, hint=ONE_A_LINE)
    term: str = field(N_("授权期限"), default=UNTIL_SIGNED)


class OutsiderWords(FormModel):
    qualification: str = field(N_("专业或者执业资格"), default="", hint=N_("没有的，不填。"))
    phone: str = field(N_("受托人电话"), default="", max_length=30)
    powers: str = field(N_("授权事项"), widget="textarea", default=OUTSIDERS_POWERS, hint=ONE_A_LINE)
    term: str = field(N_("授权期限"), default=UNTIL_SIGNED)


class ConfidentialityWords(FormModel):
    scope: str = field(N_("保密信息的范围"), widget="textarea", default=SCOPE, hint=ONE_A_LINE)
    term: str = field(N_("保密期限"), widget="textarea", default=SECRECY_ENDS)
    liability: str = field(N_("违约责任"), widget="textarea", default=LIABILITY, hint=ONE_A_LINE)


def either(w: Work) -> Mapping[str, str]:
    return {side.value: SIDE_LABELS[side] for side in Side}


def receivers(w: Work) -> Mapping[str, str]:
    """The side that receives the information, if it has representatives to promise anything."""
    return {side.value: f"{SIDE_LABELS[side]}收到资料" for side in Side if w.facts.team(side).members}


def outsiders(w: Work) -> Mapping[str, str]:
    """Representatives who come from outside, the latest named first."""
    rows = [row for row in w.facts.representatives if row.outsider]
    return {str(row.id): f"{SIDE_LABELS[row.side]}　{row.name}" for row in reversed(rows)}


def outsider_at_hand(w: Work) -> Row | None:
    rows = {str(row.id): row for row in w.facts.representatives if row.outsider}
    return rows.get(w.subject) if w.subject else next(reversed(rows.values()), None)


def principal_of(w: Work, side: Side) -> tuple[str, str]:
    """工会主席 or 法定代表人 by name, and the office."""
    own = body_at_hand(w)
    office, post = (Office.UNION_CHAIR, "工会主席") if side is Side.WORKERS else (Office.LEGAL_REPRESENTATIVE, "法定代表人")
    found = holders(w.db, own.id or 0, {office}, w.on) if own else []
    wanted = N_("工会主席") if side is Side.WORKERS else N_("法定代表人")
    name = w.need(found[0].name if found else "", wanted, page=f"/organisations/{own.id}" if own else "/organisations")
    return name, post


def mandate(w: Work) -> Mandate:
    """集体合同规定 Arts. 20, 21: a chair delegates to another representative, a legal representative to another manager."""
    side = side_at_hand(w)
    chief = w.facts.team(side).chief
    delegated = chief if chief and chief.chief_as in WRITTEN_MANDATE else None
    asked: MandateWords = w.words  # type: ignore[assignment]
    principal, post = principal_of(w, side)
    own = body_at_hand(w)
    name = asked.delegate or (delegated.name if delegated else "")
    row = next((r for r in w.facts.team(side).members if r.name == name), None)
    return Mandate(
        own_side=SIDE_LABELS[side],
        unit=own.name if own else "",
        principal=principal,
        principal_post=post,
        delegate=w.need(name, N_("受托人姓名"), act="appoint"),
        delegate_post=asked.delegate_post or (row.post if row else ""),
        contract=w.case.title,
        powers=lines(asked.powers),
        term=asked.term,
        basis=cited(w, "REP-W-CHIEF" if side is Side.WORKERS else "REP-E-CHIEF"),
        issued_on=w.on,
    )


def outsider_mandate(w: Work) -> OutsiderMandate:
    """集体合同规定 Art. 23: by the chief, in writing; such people are at most one third of the side."""
    row = w.insist(outsider_at_hand(w), N_("外聘专业人员"), act="appoint")
    side = Side(row.side)
    team = w.facts.team(side)
    chief = w.insist(team.chief, N_("首席代表"), act="appoint")
    rule = w.facts.rules.find("REP-OUTSIDER-MAX", w.on)
    limit = Fraction(str(rule.value)) if rule and rule.value != "ADVISER" else None
    w.need(rule is None or rule.value != "ADVISER", N_("可以担任代表的本单位人员（当地规定外聘专业人员只能担任顾问）"), act="appoint")
    w.need(limit is None or team.outsiders <= limit * len(team), N_("不超过比例的外聘专业人员"), act="appoint")
    asked: OutsiderWords = w.words  # type: ignore[assignment]
    return OutsiderMandate(
        own_side=SIDE_LABELS[side],
        unit=party(w.db, w.case, side, w.on).name,
        chief=chief.name,
        chief_post=chief.post,
        delegate=row.name,
        delegate_post=w.need(row.post, N_("受托人的工作单位和职业"), act="appoint"),
        contract=w.case.title,
        powers=lines(asked.powers),
        term=asked.term,
        count=len(team),
        outsiders=team.outsiders,
        share=f"{han_numeral(limit.denominator)}分之{han_numeral(limit.numerator)}" if limit is not None else "",
        basis=cited(w, "REP-OUTSIDER-MAX"),
        issued_on=w.on,
        qualification=asked.qualification,
        phone=asked.phone,
    )


def confidentiality(w: Work) -> Confidentiality:
    """Optional: 上海市集体合同条例 Art. 18, 重庆市集体合同条例 Art. 14; the duty itself is in 集体合同规定 Art. 26."""
    side = side_at_hand(w)
    asked: ConfidentialityWords = w.words  # type: ignore[assignment]
    return Confidentiality(
        contract=w.case.title,
        giver=party(w.db, w.case, side.other, w.on),
        giver_side=SIDE_LABELS[side.other],
        taker=party(w.db, w.case, side, w.on),
        taker_side=SIDE_LABELS[side],
        people=w.need(tuple(named(r) for r in w.facts.team(side).members), N_("协商代表"), act="appoint"),
        scope=w.need(lines(asked.scope), N_("保密信息的范围")),
        term=asked.term.rstrip("。"),
        liability=w.need(lines(asked.liability), N_("违约责任")),
        basis=cited(w, "REP-CONDUCT", "INFO-ON-REQUEST"),
        recorder=w.case.recorder_name,
    )


def _has_outsider(facts: Facts) -> bool:
    return any(row.outsider for row in facts.representatives)


def _is_talking(facts: Facts) -> bool:
    return facts.case.state in (State.PREPARING, State.CONSULTING, State.SUSPENDED, State.COORDINATING) and bool(facts.representatives)


def _before_signature(facts: Facts) -> bool:
    return facts.case.state not in (State.SIGNED, State.FILED, State.IN_FORCE, State.ENDED)


MANDATES: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "mandate", "H04", N_("首席代表授权委托书"), "negotiation/mandate.html", EITHER_SIDE, mandate, body_at_hand,
        asks=MandateWords, subjects=either, numbered=False, ready=_before_signature,
    ),
    Standard(
        "outsider_mandate", "H05", N_("专业人员委托书"), "negotiation/outsider-mandate.html", EITHER_SIDE, outsider_mandate, in_common,
        asks=OutsiderWords, subjects=outsiders, numbered=False, ready=_has_outsider,
    ),
    Standard(
        "confidentiality", "H06", N_("保密协议"), "negotiation/confidentiality.html", EITHER_SIDE, confidentiality, in_common,
        asks=ConfidentialityWords, subjects=receivers, numbered=False, ready=_is_talking,
    ),
)  # fmt: skip
