"""签订与报审: signatures on the adopted text, filing, review, effect."""

from datetime import date

from sqlmodel import select

from negotiation import documents, dossiers, forms
from negotiation.acts.adopting import loosen
from negotiation.acts.registry import BOTH_SIDES, Now, chief, does, not_before, not_in_future, number_of, other_side, side_of
from negotiation.forms import HANDED_IN, PIECES
from negotiation.models import Filing, Negotiation, Signature
from negotiation.terms import Outcome, Purpose, State
from workflow import journal
from workflow.forms import Invalid, invalid
from workflow.procedure import Reason, Refused
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_, Word, Words, say


@does("sign")
def sign(now: Now, form: forms.Sign) -> None:
    """Each chief signs the adopted hash; after the second the contract is concluded (集体合同规定 Art. 37)."""
    side = side_of(now)
    if now.facts.signed_by(side):
        raise Refused(
            now.act.name,
            now.act.label,
            [
                Reason(
                    say(N_("本方首席代表已经签字，正在等对方。")),
                    "CC-SIGN",
                    who=frozenset(other_side(now) & {Seat.WORKER_CHIEF, Seat.EMPLOYER_CHIEF}),
                )
            ],
        )
    not_before(now, "on", now.on, "ADOPTED", N_("签字日期不能早于职代会通过的日期（{day}）。"))
    if not now.evidence and not form.confirmed:
        raise invalid("confirmed", N_("请输入登录密码确认签字，或者上传签字页的扫描件。"))
    if now.facts.case.kind == "wage" and not form.sealed:
        raise invalid("sealed", N_("工资协议由双方首席代表签字盖章后成立，请确认已经加盖公章。"))
    assert now.case.text_hash is not None
    second = now.facts.signed_by(side.other)
    now.perform(side=side, text_hash=now.case.text_hash)
    now.db.add(
        Signature(
            negotiation_id=number_of(now),
            side=side,
            representative_id=chief(now, side).id or 0,
            text_hash=now.case.text_hash,
            on=now.on,
            sealed=form.sealed,
            means="paper" if now.evidence else "in_app",
        )
    )
    if second:
        days = [s.on for s in now.facts.signatures]
        last = max([now.on, *days])
        ends = now.case.purpose == Purpose.TERMINATE
        now.happened("CHIEFS_SIGNED", last, but=("FILE-DAYS",) if ends and now.facts.rules.find("TERMINATION-FILE", last) else ())
        if ends:
            now.happened("TERMINATED", last)
        now.keeper.stop(now.db, now.case, ["REP-TERM-FAIL"])
        documents.issue(now, "contract")
        now.tell(BOTH_SIDES, N_("双方首席代表都已签字，请企业按期报送审查。"))
    else:
        now.tell(other_side(now), N_("对方首席代表已经签字，等您签字。"))


@does("hand_in")
def hand_in(now: Now, form: forms.HandIn) -> None:
    """Ahead of filing, one piece at a time; each side may, and what it hands in lies on the table."""
    if form.piece not in forms.handed_in(now.case.kind):
        raise invalid("piece", N_("这一类合同不需要这件材料。"))
    if not now.evidence:
        raise invalid("evidence", N_("请上传这件材料的扫描件。"))
    now.perform(piece=form.piece)
    now.piece = form.piece
    now.tell(other_side(now), N_("对方存入了“{piece}”。"), piece=Word(HANDED_IN[form.piece]))


@does("file")
@does("file_by_union")
def file(now: Now, form: forms.File) -> None:
    """What lies in the case goes with it; what is handed over beside it is named."""
    there = {*form.pieces, *dossiers.held(now.db, now.case, now.facts, now.on)}
    missing = [PIECES[p] for p in forms.filed(now.case.kind) if p not in there]
    errors = {}
    if missing:
        errors["pieces"] = [say(N_("报送材料还缺：{missing}。"), missing=Words(missing))]
    copies = now.facts.rules.find("FILE-COPIES", now.on)
    if copies is not None and form.copies < int(copies.value):
        errors["copies"] = [say(N_("应当一式{copies}份报送。"), copies=copies.value)]
    if errors:
        raise Invalid(errors)
    not_before(now, "on", now.on, "CHIEFS_SIGNED", N_("报送日期不能早于双方签字的日期（{day}）。"))
    pieces = [name for name in PIECES if name in there]
    now.perform(copies=form.copies, pieces=pieces)
    now.db.add(Filing(negotiation_id=number_of(now), filed_on=now.on, authority=form.authority, copies=form.copies, pieces=pieces))
    now.happened("SENT")
    documents.issue_once(now, "filing_letter_of_union" if now.act.name == "file_by_union" else "filing_letter", "CHIEFS_SIGNED")
    documents.issue_once(now, "filing_account", "CHIEFS_SIGNED")
    now.tell(BOTH_SIDES | {Seat.AUTHORITY}, N_("合同已经报送审查。"))


@does("record_filing_receipt")
def record_filing_receipt(now: Now, form: forms.RecordFilingReceipt) -> None:
    filing = _filing(now)
    not_in_future(now, "received", form.received)
    if form.received < filing.filed_on:
        raise invalid("received", N_("收件日期不能早于报送日期（{day}）。"), day=filing.filed_on)
    _proven(now, N_("请上传人社部门的收件单。"))
    now.perform(received=form.received, number=form.number)
    filing.received_on, filing.receipt_number = form.received, form.number
    now.happened("TEXT_RECEIVED", form.received)
    given = _of_authority(now, "filing_receipt")
    filing.receipt_number = filing.receipt_number or given
    now.tell(BOTH_SIDES, N_("人社部门{day}收到文本，审查期限开始计算。"), day=form.received)


@does("ask_supplement")
def ask_supplement(now: Now, form: forms.AskSupplement) -> None:
    filing = _filing(now)
    if form.by < now.on:
        raise invalid("by", N_("补正期限不能早于今天的办理日期（{day}）。"), day=now.on)
    _proven(now, N_("请上传补正通知。"))
    now.perform(by=form.by)
    rule = now.facts.rules.find("FILE-SUPPLEMENT", now.on)
    if rule is not None and rule.parameters.get("restarts_review"):
        now.keeper.stop(now.db, now.case, ["REVIEW-DAYS"])
    filing.supplement_what, filing.supplement_by, filing.supplemented_on = form.what, form.by, None
    event = now.happened("SUPPLEMENT_ASKED")
    now.keeper.start_agreed(now.db, now.case, "FILE-SUPPLEMENT", Seat.EMPLOYER, event, form.by)
    _of_authority(now, "supplement_notice")
    now.tell({Seat.EMPLOYER, Seat.EMPLOYER_CHIEF}, N_("人社部门要求补正报送材料，最迟{day}。"), day=form.by)


@does("supplement")
def supplement(now: Now, form: ActForm) -> None:
    """Whether the review period starts again is a parameter of the rule."""
    filing = _filing(now)
    now.perform()
    filing.supplemented_on = now.on
    now.happened("SUPPLEMENTED")
    rule = now.facts.rules.find("FILE-SUPPLEMENT", now.on)
    if rule is not None and rule.parameters.get("restarts_review"):
        now.happened("TEXT_RECEIVED")
    now.tell(BOTH_SIDES | {Seat.AUTHORITY}, N_("报送材料已经补正。"))


@does("object")
def object_(now: Now, form: forms.Opinion) -> None:
    """Served in time. One that was served in time but entered after the silence had let the contract take effect turns that back."""
    filing = _opinion(now, form, "objected")
    late_entry = now.case.state != State.FILED
    now.perform(served=form.served, reverses="take_effect" if late_entry else None)
    if late_entry:
        _undo_effect(now)
    filing.opinion = "objected"
    now.happened("OBJECTED", form.served)
    given = _of_authority(now, "review_opinion")
    filing.opinion_number = filing.opinion_number or given
    now.tell(BOTH_SIDES, N_("人社部门提出了审查异议，请就异议重新协商。"))


@does("approve")
def approve(now: Now, form: forms.Opinion) -> None:
    filing = _opinion(now, form, "approved")
    if now.case.kind == "wage":
        _make_room(now, form.served)
    now.perform(served=form.served)
    given = _of_authority(now, "review_opinion")
    filing.opinion_number = filing.opinion_number or given
    if now.case.state != State.FILED:
        now.happened("APPROVED", form.served)
        _effect(now, form.served, "approval")
    else:
        now.tell(BOTH_SIDES, N_("人社部门出具了没有异议的审查意见；审查期限届满后合同生效。"))


@does("take_effect")
def take_effect(now: Now, form: ActForm) -> None:
    """劳动合同法 Art. 54: no objection within fifteen days of receipt, and the contract is in force."""
    _make_room(now, now.on)
    now.perform()
    now.keeper.lapse(now.db, now.case, "REVIEW-DAYS")
    _effect(now, now.on, "silence")


@does("renegotiate")
def renegotiate(now: Now, form: ActForm) -> None:
    now.perform(superseded=now.case.text_hash)
    loosen(now)
    now.tell(BOTH_SIDES, N_("双方就审查异议重新协商。"))


@does("withdraw_filing")
def withdraw_filing(now: Now, form: forms.Reasoned) -> None:
    filing = _filing(now)
    now.perform()
    now.said(reason=form.reason)
    filing.withdrawn_on = now.on
    now.happened("WITHDRAWN")
    now.tell(BOTH_SIDES | {Seat.AUTHORITY}, N_("双方撤回了报送。"))


def _filing(now: Now) -> Filing:
    assert now.facts.filing is not None
    return now.facts.filing


def _of_authority(now: Now, name: str) -> str:
    """Issue what the authority writes itself, and give its number. Where a side enters the act, the paper is there already."""
    issued = documents.issue_with(now, name) if now.by.seat is Seat.AUTHORITY else None
    return (issued.number or "") if issued is not None else ""


def _proven(now: Now, msgid: str) -> None:
    """What the authority did is entered by a side only from the paper."""
    if now.by.seat is not Seat.AUTHORITY and not now.evidence:
        raise invalid("evidence", msgid)


def _opinion(now: Now, form: forms.Opinion, what: str) -> Filing:
    filing = _filing(now)
    not_in_future(now, "served", form.served)
    if filing.received_on is not None and form.served < filing.received_on:
        raise invalid("served", N_("送达日期不能早于收件日期（{day}）。"), day=filing.received_on)
    deadline = now.facts.deadline("REVIEW-DAYS")
    if what == "objected" and deadline is not None and form.served > deadline.due:
        raise invalid("served", N_("审查意见书应当在{due}以前送达；逾期送达的异议不能阻止合同生效。"), due=deadline.due)
    _proven(now, N_("请上传审查意见书。"))
    filing.opinion, filing.opinion_on = what, form.served
    filing.opinion_number, filing.opinion_text = form.number, form.opinion
    return filing


def _effect(now: Now, day: date, how: str) -> None:
    case = now.case
    case.effective_by = how
    event = now.happened("EFFECTIVE", day)
    if case.term_until is not None and case.state == State.IN_FORCE:
        now.keeper.start_agreed(now.db, case, "CC-TERM", Seat.UNION, event, case.term_until)
    if case.state == State.ENDED:
        case.outcome, case.closed_on = Outcome.TERMINATED, day
        now.keeper.stop(now.db, case)
    now.tell(BOTH_SIDES | {Seat.SUPERIOR_UNION}, N_("合同自{day}起生效，请及时公布。"), day=day)


def _make_room(now: Now, day: date) -> None:
    """One contract of a kind is in force at a time: a new one ends the one before it in the same transaction."""
    case = now.case
    in_force = now.db.exec(
        select(Negotiation).where(
            Negotiation.organisation_id == case.organisation_id,
            Negotiation.level == case.level,
            Negotiation.kind == case.kind,
            Negotiation.special_subject == case.special_subject,
            Negotiation.state == State.IN_FORCE,
        )
    ).first()
    if in_force is not None:
        _replace(now, in_force, day)


def _replace(now: Now, old: Negotiation, day: date) -> None:
    before = old.state
    old.state, old.closed_on = State.ENDED.value, day
    old.outcome = Outcome.TERMINATED if now.case.purpose == Purpose.TERMINATE else Outcome.REPLACED
    stopped = now.proceedings.keeper(now.db, old).stop(now.db, old)
    journal.append(
        now.db,
        old,
        "negotiation",
        act="replaced",
        seat=Seat.CLOCK,
        actor_id=now.by.person_id,
        done_on=day,
        entered_at=now.at,
        rules=["CC-CHANGE-PROC"],
        state_from=before,
        particulars={"by": now.case.id, "stopped": stopped},
    )
    now.db.flush()


def _undo_effect(now: Now) -> None:
    """What followed from the effect falls with it, and the contract that had made room is in force again."""
    case = now.case
    case.effective_by, case.outcome, case.closed_on = None, None, None
    effect = {e.id for e in now.facts.events if e.name == "EFFECTIVE"}
    for event in now.facts.events:
        if event.id in effect:
            event.current = False
    now.keeper.stop(now.db, case, {d.rule for d in now.facts.deadlines if d.start_id in effect})
    now.keeper.turn_back(now.db, case, "REVIEW-DAYS")
    ended = now.db.exec(
        select(Negotiation).where(
            Negotiation.organisation_id == case.organisation_id,
            Negotiation.level == case.level,
            Negotiation.kind == case.kind,
            Negotiation.special_subject == case.special_subject,
            Negotiation.state == State.ENDED,
        )
    )
    for old in ended:
        last = journal.moves(now.db, "negotiation", old.id or 0)[-1]
        if last.act == "replaced" and last.particulars["by"] == case.id:
            _restore(now, old, last)


def _restore(now: Now, old: Negotiation, replaced: journal.Entry) -> None:
    old.state, old.outcome, old.closed_on = State.IN_FORCE.value, None, None
    journal.append(
        now.db,
        old,
        "negotiation",
        act="restored",
        seat=Seat.CLOCK,
        actor_id=now.by.person_id,
        done_on=now.on,
        entered_at=now.at,
        rules=["REVIEW-DAYS"],
        state_from=State.ENDED,
        particulars={"by": now.case.id},
    )
    stopped = replaced.particulars["stopped"]
    assert isinstance(stopped, list)
    now.proceedings.keeper(now.db, old).run_on(now.db, old, stopped)
    now.db.flush()
