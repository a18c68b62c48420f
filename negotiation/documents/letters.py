"""H25, H44, H45: what is written across the table once the talks or the contract want a push."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from sqlmodel import col, select

from negotiation.documents.record import cited, entries, figures, reachable
from negotiation.documents.writing import EITHER_SIDE, WORKER_SIDE, Work, body, name_of, union
from negotiation.facts import Facts
from negotiation.models import Letter, Negotiation
from negotiation.requirements.performance import renewal_opens
from negotiation.terms import GROUNDS, LETTER_LABELS, SIDE_LABELS, LetterKind, Purpose, Side, State
from templates.documents.talks import ChangeProposal, RenewalReminder, SupervisionLetter
from workflow.documents.catalogue import Standard
from workflow.documents.phrases import length
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.journal import Entry
from workflow.organisations import Organisation, ancestors
from workflow.people import Office, appointments
from workflow.seats import Seat
from workflow.words import N_

OF_GROUND: Mapping[str, tuple[tuple[str, ...], str]] = {
    "refusal": (("NEG-NO-REFUSE",), "不得无正当理由拒绝集体协商"),
    "no_reply": (("NEG-RESPONSE-DAYS", "NEG-NO-REFUSE"), "收到集体协商要约应当按期书面答复"),
    "no_data": (("INFO-DAYS", "INFO-ON-REQUEST"), "如实提供与集体协商有关的情况和资料"),
    "refusal_to_sign": (("CC-SIGN", "NEG-SIGN-DUTY"), "签订集体合同"),
    "not_filed": (("FILE-DAYS",), "报送集体合同审查"),
    "not_published": (("PUBLISH",), "公布集体合同"),
    "not_performed": (("CC-EFFECT", "PERF-DISPUTE"), "履行集体合同"),
}
"""Ground of a letter → the rules that were not kept, and what they are about."""

SUPERVISION = (
    "《中华人民共和国劳动法》第八十八条",
    "《中华人民共和国劳动合同法》第七十八条",
    "《工会劳动法律监督办法》（总工办发〔2021〕9号）",
)
"""By what a union watches over the law (劳动法 Art. 88, 劳动合同法 Art. 78)."""
IN_ZHEJIANG = {
    LetterKind.OPINION: "《浙江省工会劳动法律监督条例》第二十一条",
    LetterKind.PROPOSAL: "《浙江省工会劳动法律监督条例》第二十三条",
}
ZHEJIANG = "33"
SIGNED_BY_CHAIR = "工会主席（副主席）"
"""浙江省工会劳动法律监督条例 Art. 21; elsewhere the chair, a vice-chair or the head of the supervision committee signs."""
SIGNED = "签发人"
NEAR = timedelta(days=30)
"""Before the window of renewal opens: early enough to write to somebody."""


class LetterWords(FormModel):
    reply_days: int = field(
        N_("答复期限"),
        widget="number",
        default=15,
        ge=1,
        le=90,
        unit=N_("日"),
        hint=N_("当地对答复意见书的期限有规定的，按规定印，不用填。"),
    )
    contact: str = field(N_("联系人和电话"), default="", hint=N_("不填的，用登记的电话；没有登记的，留空白手写。"))


class ChangeWords(FormModel):
    clauses: str = field(N_("建议变更的条款和内容"), widget="textarea", default="", hint=N_("一行写一条；解除全部合同的，不填。"))
    evidence: str = field(N_("依据的材料"), widget="textarea", default="", hint=N_("一行写一项；没有的，不填。"))
    contact: str = field(N_("联系人和电话"), default="", hint=N_("不填的，用登记的电话；没有登记的，留空白手写。"))


class ReminderWords(FormModel):
    contact: str = field(N_("联系人和电话"), default="", hint=N_("不填的，用登记的电话；没有登记的，留空白手写。"))


# ---- 一函两书


def _sent(w: Work) -> list[tuple[Letter, Entry]]:
    """Letters with the acts that sent them: each act sends one."""
    rows = w.db.exec(select(Letter).where(Letter.negotiation_id == w.case.id).order_by(col(Letter.id))).all()
    return list(zip(rows, entries(w, "press"), strict=False))


def letters(kind: LetterKind, superior: bool) -> Callable[[Work], Mapping[str, str]]:
    """Letters of this kind that the union sent, or the one above it; newest first."""

    def found(w: Work) -> Mapping[str, str]:
        return {
            str(letter.id): f"{figures(letter.sent_on)}　{GROUNDS[letter.ground]}"
            for letter, entry in reversed(_sent(w))
            if letter.kind == kind and (entry.seat == Seat.SUPERIOR_UNION) == superior
        }

    return found


def letter_at_hand(w: Work) -> tuple[Letter, Entry] | None:
    sent = _sent(w)
    return next((one for one in reversed(sent) if w.subject in ("", str(one[0].id))), None)


def sender(w: Work) -> Organisation | None:
    """The enterprise's union; or the union above it in whose office the sender sits."""
    own = union(w)
    found = letter_at_hand(w)
    if found is None or found[1].seat != Seat.SUPERIOR_UNION or found[1].actor_id is None:
        return own
    offices = appointments(w.db, found[1].actor_id, found[1].done_on)
    seats = {one.organisation_id for one in offices if one.office == Office.SUPERIOR_OFFICER}
    return next((one for one in superiors(w) if one.id in seats), own)


def superiors(w: Work) -> list[Organisation]:
    """Unions above the workers', nearest first."""
    return ancestors(w.db, union(w) or w.facts.organisation)


def _basis(w: Work, kind: LetterKind) -> tuple[str, ...]:
    local = IN_ZHEJIANG.get(kind) if w.case.region.startswith(ZHEJIANG) else None
    return (*SUPERVISION, local) if local else SUPERVISION


def _earlier(w: Work, letter: Letter) -> tuple[str, ...]:
    """What was written to the enterprise before on the same ground, and whether it answered."""
    told = []
    for one in w.facts.letters:
        if one.ground == letter.ground and (one.id or 0) < (letter.id or 0):
            answer = f"用人单位于{figures(one.replied_on)}作出书面答复" if one.replied_on else "用人单位至今未作书面答复"
            told.append(f"{figures(one.sent_on)}发出《工会劳动法律监督{LETTER_LABELS[one.kind]}》，{answer}")
    return tuple(told)


def supervision_letter(w: Work) -> SupervisionLetter:
    found = w.insist(letter_at_hand(w), N_("提示函、意见书或者建议书"), act="press")
    letter, _ = found
    kind = LetterKind(letter.kind)
    ids, duty = OF_GROUND[letter.ground]
    rule = w.facts.rules.find("UNION-OPINION-REPLY", w.on) if kind is LetterKind.OPINION else None
    own = sender(w)
    asked: LetterWords = w.words  # type: ignore[assignment]
    in_zhejiang = w.case.region.startswith(ZHEJIANG)
    return SupervisionLetter(
        title=f"工会劳动法律监督{LETTER_LABELS[kind]}",
        kind=kind.value,
        addressee=letter.addressee,
        unit=w.facts.organisation.name,
        facts=w.need(lines(letter.facts), N_("事实"), act="press"),
        ground=GROUNDS[letter.ground],
        duty=duty,
        provisions=cited(w, *ids),
        demand=w.need(lines(letter.demand), N_("要求"), act="press"),
        basis=_basis(w, kind),
        issuer=own.name if own else name_of(w, Side.WORKERS),
        issued_on=w.on,
        number=w.number,
        reply_period="" if kind is LetterKind.PROPOSAL else length(rule) if rule else f"{asked.reply_days}日",
        reply_basis=str(rule.citations[0]) if rule and rule.citations else "",
        earlier=_earlier(w, letter),
        contact=asked.contact or reachable(w, own),
        signer="" if kind is LetterKind.REMINDER else SIGNED_BY_CHAIR if in_zhejiang else SIGNED,
    )


# ---- amendment, termination


def changes(w: Work) -> Mapping[str, str]:
    """Negotiations opened to amend or end this contract, newest first."""
    return {str(one.id): f"{figures(one.opened_on)}　{one.title}" for one in _opened(w)}


def _opened(w: Work) -> list[Negotiation]:
    query = select(Negotiation).where(
        Negotiation.predecessor_id == w.case.id, col(Negotiation.purpose).in_([Purpose.AMEND, Purpose.TERMINATE])
    )
    return list(w.db.exec(query.order_by(col(Negotiation.id).desc())).all())


def change_at_hand(w: Work) -> Negotiation | None:
    return next((one for one in _opened(w) if w.subject in ("", str(one.id))), None)


def proposer(w: Work) -> Organisation | None:
    found = change_at_hand(w)
    return body(w.db, w.case, Side(found.initiator)) if found else None


def change_proposal(w: Work) -> ChangeProposal:
    """集体合同规定 Arts. 39 to 41; some places want the grounds in writing with what proves them (重庆市集体合同条例 Art. 31)."""
    linked = w.insist(change_at_hand(w), N_("变更或者解除的提议"), act="amend")
    side = Side(linked.initiator)
    reply = w.facts.rules.find("NEG-RESPONSE-DAYS", w.on)
    asked: ChangeWords = w.words  # type: ignore[assignment]
    act = "amend" if linked.purpose == Purpose.AMEND else "terminate"
    return ChangeProposal(
        action="变更" if act == "amend" else "解除",
        addressee=name_of(w, side.other),
        own_side=SIDE_LABELS[side],
        contract=w.case.title,
        contract_number=w.case.number,
        term=f"自{figures(w.case.term_from)}起至{figures(w.case.term_until)}止" if w.case.term_from and w.case.term_until else "",
        grounds=w.need(lines(linked.subject), N_("变更或者解除的理由"), act=act),
        basis=cited(w, "CC-CHANGE-CONSENT", "CC-CHANGE-GROUNDS"),
        procedure=cited(w, "CC-CHANGE-PROC"),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        clauses=lines(asked.clauses),
        evidence=lines(asked.evidence),
        reply_period=length(reply) if reply else "",
        contact=asked.contact or reachable(w, body(w.db, w.case, side)),
    )


# ---- renewal


def window(w: Work) -> Mapping[str, str]:
    """The term that is running out, once its window of renewal is open or near."""
    opens, until = renewal_opens(w.facts, w.on), w.case.term_until
    if opens is None or until is None or not opens - NEAR <= w.on <= until:
        return {}
    return {until.isoformat(): f"{figures(until)}期满"}


def _renewal_reminder(w: Work, own: Organisation | None, addressees: tuple[str, ...]) -> RenewalReminder:
    opens = w.insist(renewal_opens(w.facts, w.on), N_("合同期限"), act="set_terms")
    until = w.insist(w.case.term_until, N_("合同期限"), act="set_terms")
    asked: ReminderWords = w.words  # type: ignore[assignment]
    return RenewalReminder(
        addressees=addressees,
        unit=w.facts.organisation.name,
        contract=w.case.title,
        contract_number=w.case.number,
        until=until,
        opens=opens,
        basis=cited(w, "CC-RENEW-WINDOW"),
        issuer=own.name if own else name_of(w, Side.WORKERS),
        issued_on=w.on,
        number=w.number,
        wage=w.case.kind == "wage",
        contact=asked.contact or reachable(w, own),
    )


def renewal_reminder(w: Work) -> RenewalReminder:
    return _renewal_reminder(w, union(w), (name_of(w, Side.EMPLOYER),))


def nearest_superior(w: Work) -> Organisation | None:
    return next(iter(superiors(w)), None)


def superior_renewal_reminder(w: Work) -> RenewalReminder:
    own = w.insist(nearest_superior(w), N_("上级工会"), page="/organisations")
    return _renewal_reminder(w, own, (name_of(w, Side.EMPLOYER), name_of(w, Side.WORKERS)))


def _was_sent(kind: LetterKind) -> Callable[[Facts], bool]:
    return lambda facts: any(one.kind == kind for one in facts.letters)


def _runs(facts: Facts) -> bool:
    return facts.case.state == State.IN_FORCE


SUPERIOR = frozenset({Seat.SUPERIOR_UNION})
OPINION, PROPOSAL, REMINDER = LetterKind.OPINION, LetterKind.PROPOSAL, LetterKind.REMINDER

LETTERS: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "reminder", "H25", N_("工会劳动法律监督提示函"), "negotiation/letter.html", WORKER_SIDE, supervision_letter, sender,
        asks=LetterWords, subjects=letters(REMINDER, False), ready=_was_sent(REMINDER),
    ),
    Standard(
        "opinion", "H25", N_("工会劳动法律监督意见书"), "negotiation/letter.html", WORKER_SIDE, supervision_letter, sender,
        asks=LetterWords, subjects=letters(OPINION, False), ready=_was_sent(OPINION),
    ),
    Standard(
        "superior_opinion", "H25", N_("上级工会劳动法律监督意见书"), "negotiation/letter.html", SUPERIOR, supervision_letter, sender,
        asks=LetterWords, subjects=letters(OPINION, True), ready=_was_sent(OPINION),
    ),
    Standard(
        "proposal", "H25", N_("工会劳动法律监督建议书"), "negotiation/letter.html", SUPERIOR, supervision_letter, sender,
        asks=LetterWords, subjects=letters(PROPOSAL, True), ready=_was_sent(PROPOSAL),
    ),
    Standard(
        "change_proposal", "H44", N_("变更（解除）集体合同建议书"), "negotiation/change-proposal.html", EITHER_SIDE, change_proposal, proposer,
        asks=ChangeWords, subjects=changes, ready=_runs, titled=lambda record: f"{record.action}集体合同建议书",
    ),
    Standard(
        "renewal_reminder", "H45", N_("集体合同续签提示函"), "negotiation/renewal-reminder.html", WORKER_SIDE, renewal_reminder, union,
        asks=ReminderWords, subjects=window, ready=_runs,
    ),
    Standard(
        "superior_renewal_reminder", "H45", N_("上级工会集体合同续签提示函"), "negotiation/renewal-reminder.html", SUPERIOR,
        superior_renewal_reminder, nearest_superior,
        asks=ReminderWords, subjects=window, ready=_runs, titled=lambda record: "集体合同续签提示函",
    ),
)  # fmt: skip
