"""What keeps the file: evidence, agents, representatives, service, motions, the archive."""

from collections.abc import Mapping

from mediation import forms, queries
from mediation.acts.opening import person_known
from mediation.acts.registry import PARTIES, Now, does, number_of, other_side, own_parties, role_of
from mediation.documents.mediating import to_serve
from mediation.models import HandedIn, Party, ServiceRecord
from mediation.terms import Circle, Means, PartyRole
from workflow.forms import invalid
from workflow.joint import Motion
from workflow.people import appointments
from workflow.procedure import Reason, Refused
from workflow.seats import Seat
from workflow.words import N_, Word, say

PROVEN: Mapping[str, str] = {
    Means.LEFT_BEHIND: N_("留置送达的，请上传见证人签名的送达回证，或者记录送达过程的照片。"),
    Means.AT_THE_DOOR: N_("张贴送达的，请上传记录张贴的照片。"),
    Means.ELECTRONIC: N_("电子送达的，请上传受送达人同意电子送达的确认书。"),
}
"""Means that nobody signs for: what proves them (民事诉讼法 Arts. 89, 90)."""


@does("hand_in")
def hand_in(now: Now, form: forms.HandIn) -> None:
    role = role_of(now)
    if not now.evidence:
        raise invalid("evidence", N_("请上传要提交的材料。"))
    open_to = {
        Circle.EVERYBODY,
        *((Circle(role),) if role is not None else ()),
        *((Circle.MEDIATOR,) if now.by.seat is Seat.MEDIATOR else ()),
    }
    if form.circle not in open_to:
        raise invalid("circle", N_("请选给双方看，或者只给本方和调解员看。"))
    now.side = None if form.circle == Circle.EVERYBODY else form.circle
    entry = now.perform()
    now.piece = str(entry.seq)
    now.db.add(
        HandedIn(
            case_id=number_of(now),
            seq=entry.seq,
            role=now.by.seat or "",
            title=form.title,
            proves=form.proves,
            circle=form.circle,
            on=now.on,
        )
    )
    told = {Seat.MEDIATOR} if now.side else other_side(now) | {Seat.MEDIATOR}
    now.tell(told, N_("调解案{number}有新提交的材料。"), number=now.case.number)


@does("name_agent")
def name_agent(now: Now, form: forms.NameAgent) -> None:
    party = now.facts.party(form.party)
    if party is None or (role_of(now) is not None and party not in own_parties(now)):
        raise invalid("party", N_("请从列出的选项中选“{title}”。"), title=Word(N_("当事人")))
    if not now.evidence:
        raise invalid("evidence", N_("请上传当事人签名或者盖章的授权委托书。"))
    person = person_known(now.db, form.agent, form.agent_phone)
    if person is not None and _is_elsewhere(now, person, party):
        raise invalid("agent", N_("{name}是本案的对方或者调解员，不能代理。"), name=form.agent)
    now.perform()
    party.agent, party.agent_phone, party.mandate = form.agent, form.agent_phone, form.mandate
    party.agent_person_id = person


def _is_elsewhere(now: Now, person: int, party: Party) -> bool:
    """Acts for the other side, or mediates."""
    others = now.facts.side(PartyRole(party.role).other)
    stands = queries.standing_for(others, person, appointments(now.db, person, now.on))
    return bool(stands) or any(a.person_id == person and a.until is None for a in now.facts.assignments)


@does("name_representatives")
def name_representatives(now: Now, form: forms.NameRepresentatives) -> None:
    workers = now.facts.side(now.facts.workers)
    if role_of(now) not in (None, now.facts.workers):
        raise invalid("representatives", N_("代表由职工一方推举。"))
    chosen = set(form.representatives)
    rule = now.facts.rules.find("ARB-GROUP-REPS", now.on)
    if not now.facts.is_group(now.on):
        rule = now.facts.rules.get("DISP-GROUP", now.on)
        raise Refused(
            now.act.name,
            now.act.label,
            [Reason(say(N_("不到{n}名职工的争议不推举代表，各人自己参加。"), n=rule.value), rule.id, rule.citations)],
        )
    if not chosen <= {p.id for p in workers}:
        raise invalid("representatives", N_("请从列出的选项中选“{title}”。"), title=Word(N_("推举的代表")))
    if rule is not None and not rule.value[0] <= len(chosen) <= rule.value[1]:
        raise invalid("representatives", N_("代表要推举{least}至{most}名。"), least=rule.value[0], most=rule.value[1])
    if not now.evidence:
        raise invalid("evidence", N_("请上传由职工签名的推举书。"))
    now.perform(count=len(chosen))
    for party in workers:
        party.is_representative = party.id in chosen


@does("record_service")
def record_service(now: Now, form: forms.RecordService) -> None:
    party = now.facts.party(form.party)
    if party is None or party.id is None:
        raise invalid("party", N_("请从列出的选项中选“{title}”。"), title=Word(N_("送给谁")))
    if form.document not in to_serve(now.db, now.case, now.facts):
        raise invalid("document", N_("请从列出的选项中选“{title}”。"), title=Word(N_("送达的文书")))
    if form.means in PROVEN and not now.evidence:
        raise invalid("evidence", PROVEN[form.means])
    now.perform(means=form.means)
    now.db.add(
        ServiceRecord(
            case_id=number_of(now),
            document=form.document,
            party_id=party.id,
            means=form.means,
            place=form.place,
            on=now.on,
            remark=form.remark,
        )
    )


@does("decline_motion")
def decline_motion(now: Now, form: forms.AnswerMotion) -> None:
    motion = _motion(now, form.motion)
    if motion.seat == now.by.seat:
        raise invalid("motion", N_("这是本方的提议；不再坚持的，请用“撤回提议事项”。"))
    now.perform(declines=motion.act)
    motion.status, motion.answer = "declined", form.reason
    now.tell(other_side(now), N_("对方不同意提议：{act}。"), act=now.proceedings.procedure.acts[motion.act].label)


@does("withdraw_motion")
def withdraw_motion(now: Now, form: forms.AnswerMotion) -> None:
    motion = _motion(now, form.motion)
    if motion.seat != now.by.seat:
        raise invalid("motion", N_("这是对方的提议；不同意的，请用“不同意提议”。"))
    now.perform(withdraws=motion.act)
    motion.status, motion.answer = "withdrawn", form.reason


def _motion(now: Now, number: int) -> Motion:
    motion = now.db.get(Motion, number)
    if motion is None or motion.case_kind != now.proceedings.procedure.name or motion.case_id != now.case.id or motion.status != "open":
        raise invalid("motion", N_("没有这个等待答复的提议。"))
    return motion


@does("archive")
def archive(now: Now, form: forms.Archive) -> None:
    now.perform(file_number=form.file_number)
    now.case.file_number = form.file_number
    now.tell(PARTIES, N_("调解案{number}已经归档。"), number=now.case.number)
