"""What is read of joint meetings: seats, who may see one, those that the congress still has to confirm."""

from datetime import date

from sqlmodel import Session, col, select

from congress.joint.models import JointMeeting
from congress.joint.procedure import Facts
from congress.queries import offices_of, union_behind
from congress.rolls import queries as rolls
from congress.rolls.models import Committee, CommitteeMember, CongressTerm, Delegate
from workflow.law.overrides import load_overrides
from workflow.law.rules import Rulebook, rulebook
from workflow.organisations import Organisation
from workflow.people import holders
from workflow.procedure import Actor
from workflow.seats import Seat


def actor(db: Session, joint: JointMeeting, person_id: int, on: date) -> Actor:
    seats = seats_of(db, joint, person_id, on)
    return Actor(person_id, seats, may_record=Seat.UNION in seats, outside=Seat.UNION not in seats)


def seats_of(db: Session, joint: JointMeeting, person_id: int, on: date) -> frozenset[Seat]:
    return rolls.seats_of(db, db.get_one(CongressTerm, joint.term_id), person_id, on)


def people(db: Session, joint: JointMeeting, seats: set[Seat], on: date) -> set[int | None]:
    union = union_behind(db, db.get_one(Organisation, joint.organisation_id))
    if Seat.UNION not in seats or union is None or union.id is None:
        return set()
    return {p.id for p in holders(db, union.id, set(offices_of(union)), on)}


def visible_to(db: Session, joint: JointMeeting, person_id: int, on: date) -> bool:
    """The union, the employer and the delegates: what was decided binds them all until the congress has spoken."""
    return bool(seats_of(db, joint, person_id, on) - {Seat.SUPERIOR_UNION})


def joint_meetings_of(db: Session, term_id: int) -> list[JointMeeting]:
    """Newest first."""
    query = select(JointMeeting).where(JointMeeting.term_id == term_id)
    return list(db.exec(query.order_by(col(JointMeeting.held_on).desc(), col(JointMeeting.id).desc())).all())


def rules(db: Session, joint: JointMeeting) -> Rulebook:
    return rulebook(joint.region, "congress", load_overrides(db))


def facts(db: Session, joint: JointMeeting, on: date) -> Facts:
    return Facts(
        joint=joint,
        term=db.get_one(CongressTerm, joint.term_id),
        rules=rules(db, joint),
        members=len(members(db, joint.term_id, on)),
    )


def members(db: Session, term_id: int, on: date) -> list[str]:
    """Names of the leaders of the delegations and the heads of the committees, each person once."""
    leaders = db.exec(select(Delegate).where(Delegate.term_id == term_id, col(Delegate.leads).is_(True)).order_by(col(Delegate.id))).all()
    heads = db.exec(
        select(CommitteeMember)
        .join(Committee, col(Committee.id) == col(CommitteeMember.committee_id))
        .where(Committee.term_id == term_id, col(CommitteeMember.heads).is_(True), col(CommitteeMember.until).is_(None))
        .order_by(col(CommitteeMember.id))
    ).all()
    standing = [d for d in leaders if d.is_on_roll(on)]
    known = {d.id for d in standing}
    return [d.name for d in standing] + [h.name for h in heads if h.delegate_id is None or h.delegate_id not in known]
