"""协商准备: representatives, recorder, information."""

from sqlmodel import col, select

from negotiation import documents, forms
from negotiation.acts.registry import Now, does, not_in_future, number_of, other_side, person_meant, side_of
from negotiation.facts import team_now
from negotiation.models import ClauseConsent, InformationRequest, Representative
from negotiation.terms import WRITTEN_MANDATE, ChiefAs, Side
from workflow import joint
from workflow.deadlines import Status
from workflow.forms import invalid
from workflow.proceedings import ActForm
from workflow.seats import Seat
from workflow.words import N_

RECORDS = N_("{name}已经是记录员，记录员不能是协商代表。")


@does("appoint")
def appoint(now: Now, form: forms.Appoint) -> None:
    """The whole list of one side. Who stays keeps the row; who is missing from the new list leaves with today's date."""
    side = Side(form.side)
    if side != side_of(now):
        raise invalid("side", N_("每一方只能确定自己的代表。"))
    old = {r.name: r for r in now.facts.team(side).members}
    other = {r.name for r in now.facts.team(side.other).members}
    for row in form.representatives:
        if row.name in other:
            raise invalid("representatives", N_("{name}已经是对方的代表，双方代表不得相互兼任。"), name=row.name)
        if row.name == now.case.recorder_name:
            raise invalid("representatives", RECORDS, name=row.name)
        if row.produced_on is not None:
            not_in_future(now, "representatives", row.produced_on)
    new_chief = next((r for r in form.representatives if r.chief), None)
    if new_chief and new_chief.chief_as in WRITTEN_MANDATE and not now.evidence and not _mandate(old.get(new_chief.name)):
        raise invalid("evidence", N_("{name}受书面委托担任首席代表，请上传授权委托书。"), name=new_chief.name)
    now.perform(side=side, count=len(form.representatives))
    if new_chief and new_chief.chief_as in WRITTEN_MANDATE:
        now.piece = f"mandate_{side}"
    _change_of_chief(now, side, new_chief.name if new_chief else None)
    kept = {row.name for row in form.representatives}
    for name, gone in old.items():
        if name not in kept:
            _leave(now, gone, N_("新名单中没有"))
    now.db.flush()
    for representative in old.values():
        representative.chief = False
        representative.chief_as = None
    now.db.flush()
    for at, row in enumerate(form.representatives):
        mandate = now.evidence[0].sha256 if row.chief and row.chief_as in WRITTEN_MANDATE and now.evidence else None
        found = old.get(row.name) if row.name in kept else None
        if found is None:
            found = Representative(negotiation_id=number_of(now), side=side, name=row.name, produced="", produced_on=now.on, since=now.on)
        found.person_id = person_meant(now, row.name, row.account, f"representatives.{at}.account")
        found.post, found.produced, found.produced_on = row.post, row.produced, row.produced_on or now.on
        found.female, found.frontline, found.dispatched = row.female, row.frontline, row.dispatched
        found.outsider, found.kin = row.outsider, row.kin
        found.chief, found.chief_as = row.chief, row.chief_as or None
        found.mandate_sha256 = mandate or found.mandate_sha256
        now.db.add(found)
    now.db.flush()
    team = team_now(now.db, number_of(now))
    if {r.side for r in team if r.chief} == {Side.WORKERS, Side.EMPLOYER} and now.facts.day_of("BOTH_NAMED") is None:
        now.happened("BOTH_NAMED")
        now.happened("REPRESENTATIVES_PRODUCED")
    now.happened("VACANCY_FILLED", subject=side)
    mandate_ends = now.facts.deadline("REP-TERM-FAIL", side, running=True)
    if mandate_ends is None or now.on > mandate_ends.due:
        now.happened("MANDATE", subject=side)
    documents.issue_with(now, "representatives", subject=side)
    now.tell(other_side(now), N_("对方确定了协商代表，共{count}人。"), count=len(form.representatives))


@does("replace")
def replace(now: Now, form: forms.Replace) -> None:
    """Replacing a chief voids only those consents that the other chief has not matched."""
    gone = now.db.get(Representative, form.outgoing)
    side = side_of(now)
    if gone is None or gone.negotiation_id != now.case.id or gone.side != side or gone.until is not None:
        raise invalid("outgoing", N_("请选择本方在任的代表。"))
    if any(r.name == form.name for r in now.facts.representatives):
        raise invalid("name", N_("{name}已经是协商代表。"), name=form.name)
    if form.name == now.case.recorder_name:
        raise invalid("name", RECORDS, name=form.name)
    if gone.chief and not form.chief_as:
        raise invalid("chief_as", N_("换下的是首席代表，请写明接任者以什么身份担任首席代表。"))
    if form.chief_as in WRITTEN_MANDATE and not now.evidence:
        raise invalid("evidence", N_("受书面委托担任首席代表的，请上传授权委托书。"))
    now.perform(outgoing=gone.id)
    if form.chief_as in WRITTEN_MANDATE:
        now.piece = f"mandate_{side}"
    was_chief = gone.chief
    if was_chief:
        _change_of_chief(now, side, form.name)
    _leave(now, gone, form.why)
    now.db.flush()
    now.db.add(
        Representative(
            negotiation_id=number_of(now),
            side=side,
            name=form.name,
            post=form.post,
            person_id=person_meant(now, form.name, form.account, "account"),
            female=form.female,
            frontline=form.frontline,
            produced=form.produced,
            produced_on=now.on,
            since=now.on,
            chief=was_chief,
            chief_as=ChiefAs(form.chief_as) if was_chief else None,
            mandate_sha256=now.evidence[0].sha256 if now.evidence and form.chief_as in WRITTEN_MANDATE else None,
        )
    )
    now.happened("VACANCY_FILLED", subject=side)
    documents.issue_with(now, "representatives", subject=side)
    now.tell(other_side(now), N_("对方更换了协商代表。"))


@does("vacate")
def vacate(now: Now, form: forms.Vacate) -> None:
    """集体合同规定 Art. 31: filled within fifteen days of the vacancy."""
    gone = now.db.get(Representative, form.representative)
    if gone is None or gone.negotiation_id != now.case.id or gone.side != side_of(now) or gone.until is not None:
        raise invalid("representative", N_("请选择本方在任的代表。"))
    now.perform(representative=gone.id)
    if gone.chief:
        _change_of_chief(now, side_of(now), None)
    _leave(now, gone, form.why)
    now.happened("VACANCY", subject=side_of(now))


@does("publish_representatives")
def publish_representatives(now: Now, form: ActForm) -> None:
    now.perform()
    now.happened("REPRESENTATIVES_PUBLISHED")


@does("name_recorder")
def name_recorder(now: Now, form: forms.NameRecorder) -> None:
    if any(r.name == form.name for r in now.facts.representatives):
        raise invalid("name", N_("{name}是协商代表，记录员应当是非协商代表。"), name=form.name)
    now.perform()
    now.case.recorder_name = form.name
    now.case.recorder_id = person_meant(now, form.name, form.account, "account")
    now.tell(other_side(now), N_("记录员已经确定。"))


@does("notify_upper")
def notify_upper(now: Now, form: forms.NotifyUpper) -> None:
    now.perform()
    now.said(told=form.told)
    now.happened("SUPERIOR_TOLD")


@does("request_information")
def request_information(now: Now, form: forms.RequestInformation) -> None:
    now.perform()
    request = InformationRequest(negotiation_id=number_of(now), side=side_of(now), asked_on=now.on, what=form.what)
    now.db.add(request)
    now.db.flush()
    now.happened("INFORMATION_REQUESTED", subject=f"request:{request.id}")
    ahead = [e for e in now.facts.events if e.name in ("START", "MEETING") and e.on >= now.on]
    if ahead and now.facts.deadline("INFO-DAYS", running=True) is None:
        now.keeper.begin(now.db, now.case, "INFO-DAYS", ahead[-1])
    now.tell(other_side(now), N_("对方要求提供协商资料，请按期答复。"))


@does("disclose")
def disclose(now: Now, form: forms.Disclose) -> None:
    request = now.db.get(InformationRequest, form.request)
    if request is None or request.negotiation_id != now.case.id or request.disclosed_on is not None:
        raise invalid("request", N_("请选择一次还没有答复的资料要求。"))
    if request.side == side_of(now):
        raise invalid("request", N_("这是本方提出的要求，由对方提供资料。"))
    if now.on < request.asked_on:
        raise invalid("on", N_("提供日期不能早于要求日期（{day}）。"), day=request.asked_on)
    now.perform(request=request.id)
    request.disclosed_on, request.answer = now.on, form.answer
    request.files = [{"name": f.name, "sha256": f.sha256} for f in now.evidence]
    still_open = any(r.disclosed_on is None and r.id != request.id for r in now.facts.requests)
    if not still_open:
        awaited = {d.subject for d in now.facts.deadlines if d.rule == "INFO-DAYS" and d.status == Status.RUNNING}
        for subject in awaited or {""}:
            now.happened("DISCLOSED", subject=subject)
    now.tell(other_side(now), N_("对方提供了协商资料。"))


def _mandate(representative: Representative | None) -> bool:
    return representative is not None and representative.mandate_sha256 is not None


def _leave(now: Now, gone: Representative, why: str) -> None:
    gone.until, gone.ended_why = now.on, why
    gone.chief = False


def _change_of_chief(now: Now, side: Side, new: str | None) -> None:
    """What the outgoing chief proposed or agreed to alone falls; what the other chief has matched stands."""
    old = now.facts.team(side).chief
    if old is None or old.name == new:
        return
    consents = now.db.exec(
        select(ClauseConsent).where(ClauseConsent.negotiation_id == number_of(now), col(ClauseConsent.void).is_(False))
    ).all()
    matched = {c.text_id for c in consents if c.side == side.other}
    for consent in consents:
        if consent.side == side and consent.text_id not in matched:
            consent.void = True
    seat = Seat.WORKER_CHIEF if side is Side.WORKERS else Seat.EMPLOYER_CHIEF
    joint.void(now.db, now.proceedings.procedure.name, number_of(now), moved_by=seat)
