"""The acts of a term: setting it up, the roll before it begins, every change of it afterwards, its end."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session

from congress.arithmetic import needed, quorum
from congress.queries import may_convene
from congress.rolls import bodies, forms, queries, sheet
from congress.rolls.facts import Facts, fingerprint
from congress.rolls.models import Attendee, CongressTerm, Constituency, Delegate
from congress.rolls.procedure import TERM
from congress.rolls.registry import DOES, Now, does, holder
from congress.terms import Form, Leaving, Manner, Operator, Post
from workflow.clock import add_months
from workflow.deadlines import Event
from workflow.documents.numerals import han_numeral
from workflow.evidence import Blob
from workflow.forms import Invalid, invalid
from workflow.law.rules import Rule
from workflow.organisations import Organisation, OrganisationKind
from workflow.procedure import Refused
from workflow.proceedings import ActForm, Proceedings
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

MOST_TOLD = 200
"""Faults of one file that are told at once; whoever has more reads them in the marked file."""


# ---- setting up


def set_up(db: Session, form: forms.NewTerm, *, by: int, today: date, at: datetime) -> CongressTerm:
    """Begin a term, or the register of an assembly. Raises `Invalid`, and `Refused` for whoever is not of the union that organises it."""
    on = form.on or today
    if on > today:
        raise invalid("on", N_("办理日期不能晚于今天（{today}）。"), today=today)
    body = db.get(Organisation, form.organisation)
    if body is None or body.id is None:
        raise invalid("organisation", N_("请从列出的选项中选“{title}”。"), title=Word(N_("单位")))
    shape = Form(form.form)
    if (shape in (Form.REGIONAL, Form.SECTORAL)) is (body.kind == OrganisationKind.ENTERPRISE):
        raise invalid("form", N_("企业召开职工代表大会或者职工大会，区域性、行业性职工代表大会由组织它的工会召开。"))
    if shape is not Form.ASSEMBLY and form.number is None:
        raise invalid("number", N_("请填写第几届。"))
    number = form.since.year if shape is Form.ASSEMBLY else form.number or 0
    if any((t.form, t.number) == (shape, number) for t in queries.terms_of(db, body.id)):
        raise invalid("number", N_("这一届已经在系统里，请核对届次。"))
    term = CongressTerm(
        organisation_id=body.id,
        region=body.region,
        state=TERM.initial,
        opened_on=on,
        form=shape,
        number=number,
        title=title(shape, number),
        since=form.since,
        until=form.since,
        first_until=form.since,
    )
    facts, actor = queries.facts(db, term, on), queries.actor(db, term, by, on)
    standing = TERM.standing("arrange", term.state, facts, actor, on)
    if not standing.open or body.id not in {o.id for o in may_convene(db, by, on)}:
        raise Refused("arrange", N_("登记新一届"), standing.reasons)
    _set_span(term, facts, form.since, form.years, on)
    db.add(term)
    db.flush()
    _set_constituencies(db, term, (), form.constituencies)
    TERM.perform(db, term, "arrange", facts, by=actor, on=on, at=at, particulars=_span(term, form.constituencies))
    db.flush()
    return term


def title(form: Form, number: int) -> str:
    """A proper name; it stays Chinese."""
    if form is Form.ASSEMBLY:
        return f"{number}年职工大会名册"
    kind = {Form.REGIONAL: "区域性", Form.SECTORAL: "行业性"}.get(form, "")
    return f"第{han_numeral(number)}届{kind}职工代表大会"


@does("arrange")
def arrange(now: Now, form: forms.Arrange) -> None:
    term = now.case
    _set_span(term, now.facts, form.since, form.years, now.on)
    now.perform(**_span(term, form.constituencies))
    _set_constituencies(now.db, term, now.facts.constituencies, form.constituencies, now.facts)


def _span(term: CongressTerm, rows: Sequence[forms.ConstituencyRow]) -> dict[str, Any]:
    return {"since": term.since, "until": term.until, "constituencies": len(rows), "seats": sum(r.seats for r in rows)}


def _set_span(term: CongressTerm, facts: Facts, since: date, years: int, on: date) -> None:
    if term.form == Form.ASSEMBLY:
        term.number = term.number or since.year
        term.since, term.until = since, date(since.year, 12, 31)
        if since == term.until:
            raise invalid("since", N_("名册按年度登记，起算日期要早于12月31日。"))
    else:
        least, most = term_years(facts, since)
        if not least <= years <= most:
            raise invalid("years", N_("每届任期为{least}年至{most}年。"), least=least, most=most)
        term.since, term.until = since, add_months(since, 12 * years) - timedelta(days=1)
    term.first_until = term.until


def term_years(facts: Facts, on: date) -> tuple[int, int]:
    """The least and the most years of a term (CONG-TERM)."""
    least, most = facts.rules.get("CONG-TERM", on).value
    return int(least), int(most)


def _set_constituencies(
    db: Session,
    term: CongressTerm,
    before: Sequence[Constituency],
    rows: Sequence[forms.ConstituencyRow],
    facts: Facts | None = None,
) -> None:
    """By name: those that stay keep their delegates. Raises `Invalid` where one with delegates would go."""
    assert term.id is not None
    names = [row.name for row in rows]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise invalid("constituencies", N_("“{name}”写了两次。"), name=twice)
    for old in before:
        if old.name not in names:
            if facts is not None and facts.of(old, facts.delegates):
                raise invalid("constituencies", N_("“{name}”已经登记了代表，不能去掉。先从名册去掉这些代表。"), name=old.name)
            db.delete(old)
    known = {old.name: old for old in before}
    for number, row in enumerate(rows, start=1):
        if row.name in known:
            known[row.name].number, known[row.name].seats = number, row.seats
        else:
            db.add(Constituency(term_id=term.id, number=number, name=row.name, seats=row.seats))
    db.flush()


# ---- the roll before the term begins


@does("import_roll")
def import_roll(now: Now, form: forms.ImportRoll) -> None:
    """The file takes the place of whatever was registered before: all of it, or none."""
    assert now.case.id is not None
    blob = now.db.get(Blob, form.document[0].sha256)
    if blob is None:
        raise invalid("document", N_("文件“{name}”没有上传成功，请重新选择。"), name=form.document[0].name)
    found = read_roll(now.facts, blob.data)
    if found.faults:
        raise Invalid({"document": told(found)})
    delegates = drawn_up(now.db, now.facts, found.rows, now.on)
    now.evidence = [*now.evidence, form.document[0]]
    now.perform(count=len(delegates), roll=fingerprint(delegates), file=blob.sha256)
    for old in now.facts.delegates:
        now.db.delete(old)
    now.db.flush()
    now.db.add_all(delegates)


def read_roll(facts: Facts, data: bytes) -> sheet.Found:
    """What a file holds, judged against the constituencies of this term too."""
    found = sheet.read(data, [c.name for c in facts.constituencies])
    if found.faults or facts.is_assembly:
        return found
    faults = [
        sheet.Fault(
            0,
            0,
            "",
            say(N_("“{name}”有{seats}个名额，文件里有{count}人。请核对名额，或者去掉多出的人。"), name=c.name, seats=c.seats, count=count),
        )
        for c in facts.constituencies
        if (count := sum(row.constituency == c.name for row in found.rows)) > c.seats
    ]
    return sheet.Found(() if faults else found.rows, tuple(faults), found.unread)


def told(found: sheet.Found) -> list[Sentence]:
    """Every fault as a sentence, up to as many as a reader can take in."""
    said = [fault.sentence for fault in found.faults[:MOST_TOLD]]
    more = len(found.faults) - len(said)
    return [*said, say(N_("还有{n}处，请下载标出错处的文件查看。"), n=more)] if more else said


def drawn_up(db: Session, facts: Facts, rows: Sequence[sheet.Row], on: date) -> list[Delegate]:
    """The roll that these rows make, not yet stored. A name that two rows share belongs to no account."""
    assert facts.term.id is not None
    places = {c.name: c.id or 0 for c in facts.constituencies}
    names = [row.name for row in rows]
    return [
        Delegate(
            term_id=facts.term.id,
            constituency_id=places[row.constituency],
            name=row.name,
            staff_number=row.staff_number,
            person_id=queries.person_named(db, facts.body, row.name, on) if names.count(row.name) == 1 else None,
            female=row.female,
            job=row.job,
            post=row.post,
            dispatched=row.dispatched,
            young=row.young,
            manner=row.manner,
            since=max(row.since or facts.term.since, facts.term.since),
        )
        for row in rows
    ]


@does("register_delegate")
def register_delegate(now: Now, form: forms.Register) -> None:
    constituency = _constituency(now, form.constituency)
    _check_free(now, constituency)
    delegate = _seat(now, constituency, form, now.case.since, form.manner)
    now.perform(count=1, constituency=constituency.number)
    now.db.add(delegate)


@does("strike_delegate")
def strike_delegate(now: Now, form: forms.Strike) -> None:
    delegate = holder(now, "delegate", form.delegate)
    now.perform(delegate=delegate.id)
    now.db.delete(delegate)


@does("confirm_roll")
def confirm_roll(now: Now, form: ActForm) -> None:
    roll = now.facts.elected()
    now.perform(count=len(roll), roll=fingerprint(roll), until=now.case.until)
    event = now.happened("TERM_BEGAN", now.case.since)
    if not now.facts.is_assembly:
        _run_to(now, event, now.case.until)


# ---- changes


@does("by_elect")
def by_elect(now: Now, form: forms.ByElect) -> None:
    constituency = _constituency(now, form.constituency)
    vacancy = None
    if form.replaces is not None:
        vacancy = next((d for d in now.facts.vacancies() if d.id == form.replaces), None)
        if vacancy is None:
            raise invalid("replaces", N_("请从列出的选项中选“{title}”。"), title=Word(N_("补谁的缺")))
        _check_same(constituency, vacancy)
    _check_free(now, constituency)
    _check_election(now, form)
    elected = _seated(now, _seat(now, constituency, form, now.on, form.manner, replaces=form.replaces))
    now.perform(elected=elected.id, constituency=constituency.number, replaces=form.replaces, **_votes(form))


@does("replace_delegate")
def replace_delegate(now: Now, form: forms.Replace) -> None:
    leaving = holder(now, "replaces", form.replaces)
    constituency = _constituency(now, form.constituency)
    _check_same(constituency, leaving)
    _check_begun(now, "replaces", leaving)
    _check_election(now, form)
    _leave(leaving, now.on, form.why)
    elected = _seated(now, _seat(now, constituency, form, now.on, form.manner, replaces=leaving.id))
    now.perform(delegate=leaving.id, elected=elected.id, why=form.why, constituency=constituency.number, **_votes(form))


@does("recall")
def recall(now: Now, form: forms.Recall) -> None:
    delegate = holder(now, "delegate", form.delegate)
    _check_begun(now, "delegate", delegate)
    if not now.evidence:
        raise invalid("evidence", N_("请上传选区作出罢免决定的书面材料。"))
    rule = now.facts.rules.get("DEL-RECALL", now.on)
    meeting = now.facts.rules.get("DEL-ELECT-QUORUM", now.on)
    _check_votes(form, None if meeting.is_local else meeting, Operator(str(rule.parameters["operator"])), rule)
    now.perform(delegate=delegate.id, **_votes(form))
    now.said(reason=form.reason)
    _leave(delegate, now.on, Leaving.RECALLED)


@does("end_seat")
def end_seat(now: Now, form: forms.EndSeat) -> None:
    delegate = holder(now, "delegate", form.delegate)
    _check_begun(now, "delegate", delegate)
    if form.why == Leaving.OTHER_REASON and not form.reason:
        raise invalid("reason", N_("请写明缘由。"))
    now.perform(delegate=delegate.id, why=form.why)
    now.said(reason=form.reason)
    _leave(delegate, now.on, form.why)


@does("enrol")
def enrol(now: Now, form: forms.Enrol) -> None:
    constituency = _constituency(now, form.constituency)
    elected = _seated(now, _seat(now, constituency, form, now.on, Manner.DIRECT))
    now.perform(elected=elected.id, constituency=constituency.number)


@does("invite")
def invite(now: Now, form: forms.Invite) -> None:
    assert now.case.id is not None
    now.perform()
    now.db.add(Attendee(term_id=now.case.id, name=form.name, job=form.job, dispatched=form.dispatched, since=now.on))


@does("uninvite")
def uninvite(now: Now, form: forms.Uninvite) -> None:
    attendee = next((a for a in now.facts.attendees if a.id == form.attendee and a.until is None), None)
    if attendee is None or now.on < attendee.since:
        raise invalid("attendee", N_("请从列出的选项中选“{title}”。"), title=Word(N_("列席人员")))
    now.perform(attendee=attendee.id)
    attendee.until = now.on


@does("extend")
def extend(now: Now, form: forms.Extend) -> None:
    term = now.case
    if not now.evidence:
        raise invalid("evidence", N_("请上传职工代表大会或者其授权的机构同意延期换届的决定。"))
    if form.until <= term.until:
        raise invalid("until", N_("新的日期要晚于现在的任期届满日{until}。"), until=term.until)
    rule = now.facts.rules.get("CONG-TERM", term.since)
    years = rule.parameters.get("delay_years")
    if isinstance(years, int) and form.until > add_months(term.first_until, 12 * years):
        raise invalid(
            "until",
            N_("延期换届不得超过{years}年（{article}），最迟到{latest}。"),
            years=years,
            article=rule.article,
            latest=add_months(term.first_until, 12 * years),
        )
    now.perform(old=term.until, new=form.until)
    now.said(reason=form.reason)
    term.until = form.until
    now.keeper.stop(now.db, term, ["CONG-TERM"])
    _run_to(now, now.happened("TERM_EXTENDED"), form.until)


@does("end_term")
def end_term(now: Now, form: ActForm) -> None:
    """The seats end with the term itself; the rows of the roll stay as they are."""
    now.perform(count=len(now.facts.elected()))
    now.case.closed_on = now.on
    now.happened("TERM_ENDED")


def _run_to(now: Now, event: Event, until: date) -> None:
    now.keeper.start_agreed(now.db, now.case, "CONG-TERM", Seat.UNION, event, until)


# ---- what they share


def _constituency(now: Now, constituency_id: int) -> Constituency:
    found = now.facts.constituency(constituency_id)
    if found is None:
        raise invalid("constituency", N_("请从列出的选项中选“{title}”。"), title=Word(N_("选区")))
    return found


def _check_begun(now: Now, field: str, delegate: Delegate) -> None:
    if now.on < delegate.since:
        raise invalid(field, N_("{name}从{since}起才在名册上，办理日期不能早于这一天。"), name=delegate.name, since=delegate.since)


def _check_same(constituency: Constituency, leaving: Delegate) -> None:
    if leaving.constituency_id != constituency.id:
        raise invalid("constituency", N_("补选在原选区进行，请选{name}所在的选区。"), name=leaving.name)


def _check_free(now: Now, constituency: Constituency) -> None:
    if not now.facts.is_assembly and now.facts.free(constituency) <= 0:
        raise invalid("constituency", N_("“{name}”的{seats}个名额已满。"), name=constituency.name, seats=constituency.seats)


def _check_election(now: Now, form: forms.ByElect) -> None:
    """Two thirds of the electing unit take part, and more than half of all its workers are in favour (DEL-ELECT-QUORUM)."""
    rule = now.facts.rules.get("DEL-ELECT-QUORUM", now.on)
    _check_votes(form, rule, Operator(str(rule.parameters["operator"])), rule)


def _check_votes(form: forms.ByElect | forms.Recall, meeting: Rule | None, operator: Operator, rule: Rule) -> None:
    if form.attended > form.workers:
        raise invalid(
            "attended", N_("参加的{attended}人，多于选区全体职工{workers}人，请核对。"), attended=form.attended, workers=form.workers
        )
    if form.in_favour > form.attended:
        raise invalid(
            "in_favour", N_("赞成的{in_favour}票，多于参加的{attended}人，请核对。"), in_favour=form.in_favour, attended=form.attended
        )
    if meeting is not None:
        least = quorum(form.workers, queries.share_of(meeting))
        if form.attended < least:
            raise invalid(
                "attended", N_("选区全体职工{workers}人，至少{least}人参加才有效（{article}），参加的只有{attended}人。"),
                workers=form.workers, least=least, article=meeting.article, attended=form.attended,
            )  # fmt: skip
    votes = needed(form.workers, operator)
    if form.in_favour < votes:
        raise invalid(
            "in_favour", N_("选区全体职工{workers}人，须{votes}票赞成（{article}），赞成的只有{in_favour}票。"),
            workers=form.workers, votes=votes, article=rule.article, in_favour=form.in_favour,
        )  # fmt: skip


def _votes(form: forms.ByElect | forms.Recall) -> dict[str, Any]:
    return {"workers": form.workers, "attended": form.attended, "in_favour": form.in_favour}


def _seat(
    now: Now,
    constituency: Constituency,
    form: forms.Register | forms.ByElect | forms.Enrol,
    since: date,
    manner: Manner,
    replaces: int | None = None,
) -> Delegate:
    """Raises `Invalid` where the name is on the roll already and nothing tells the two apart."""
    assert now.case.id is not None and constituency.id is not None
    others = now.facts.elected()
    for same in others:
        if form.staff_number and same.staff_number == form.staff_number:
            raise invalid("staff_number", N_("工号“{number}”已经在名册上（{name}）。"), number=form.staff_number, name=same.name)
        if (same.constituency_id, same.name) == (constituency.id, form.name) and not (form.staff_number and same.staff_number):
            raise invalid("name", N_("“{name}”已经在这个选区的名册上。是另一个人的，请两人都填工号。"), name=form.name)
    return Delegate(
        term_id=now.case.id,
        constituency_id=constituency.id,
        name=form.name,
        staff_number=form.staff_number,
        person_id=None if any(d.name == form.name for d in others) else queries.person_named(now.db, now.facts.body, form.name, now.on),
        female=form.female,
        job=form.job,
        post=Post(form.post),
        dispatched=form.dispatched,
        young=form.young,
        manner=manner,
        since=since,
        replaces_id=replaces,
    )


def _seated(now: Now, delegate: Delegate) -> Delegate:
    """Stored, so that the journal can name the row; undone with the act if that is refused."""
    now.db.add(delegate)
    now.db.flush()
    return delegate


def _leave(delegate: Delegate, on: date, why: Leaving) -> None:
    delegate.until, delegate.why_left = on, why


PROCEEDINGS: Proceedings[CongressTerm, Facts] = Proceedings(
    procedure=TERM,
    model=CongressTerm,
    facts=queries.facts,
    actor=queries.actor,
    people=queries.people,
    does=DOES,
    rules=queries.rules,
)

__all__ = ["PROCEEDINGS", "bodies", "drawn_up", "read_roll", "set_up", "term_years", "title"]
