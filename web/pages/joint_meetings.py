"""Joint meetings between two meetings of a congress: the list, calling one, and the file of each."""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session

from congress.joint import acts, forms, queries
from congress.joint.models import JointMeeting
from congress.joint.procedure import JOINT, Facts
from congress.joint.telling import tell
from congress.models import CongressMeeting
from congress.rolls import queries as rolls
from congress.rolls.models import CongressTerm
from congress.terms import MATTER_LABELS, TermState
from web import casefile
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.forms import Invalid
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.seats import Seat
from workflow.words import N_, Sentence, say

ADDRESS = "/congress/joint"
NOUNS = {"call": "call", "decide": "decision", "call_off": "calling-off"}

# ---- routes


@get(ADDRESS, guards=[is_signed_in])
async def index() -> Response[str]:
    return await in_read(_index)


@get(f"{ADDRESS}/new", guards=[is_signed_in])
async def show_new() -> Response[str]:
    return await in_read(_new_page, {}, {})


@post(f"{ADDRESS}/new", guards=[is_signed_in])
async def create(request: AnyRequest) -> Response[str]:
    return await in_write(_create, await posted(request))


@get(f"{ADDRESS}/{{case_id:int}}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@get(f"{ADDRESS}/{{case_id:int}}/files/{{file_id:int}}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


# ---- the list, and a new one


def _index(db: Session) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    found = [
        (joint, db.get_one(Organisation, term.organisation_id).name, JOINT.states[joint.state])
        for term in rolls.visible_terms(db, person, on)
        for joint in queries.joint_meetings_of(db, term.id or 0)
        if queries.visible_to(db, joint, person, on)
    ]
    return page("pages/congress/joint_meetings.html", lines=found, may_call=bool(_terms(db, person)))


def _terms(db: Session, person: int) -> list[CongressTerm]:
    """Terms in office for which this person calls joint meetings."""
    on = today(db)
    serving = [t for t in rolls.visible_terms(db, person, on) if t.state == TermState.SERVING]
    return [t for t in serving if Seat.UNION in rolls.seats_of(db, t, person, on)]


def _new_page(db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
    terms = _terms(db, CASEWORK.person())
    if not terms:
        raise NotFoundException
    return page(
        "pages/congress/new_joint_meeting.html",
        status=422 if errors else 200,
        form=forms.NewJointMeeting,
        values={"term": terms[0].id, **values},
        errors=errors,
        choices={"term": {str(t.id): t.title for t in terms}},
    )


def _create(db: Session, sent: Posted) -> Response[str]:
    try:
        sent.check()
        joint = acts.call_together(db, forms.NewJointMeeting.read(sent.values), by=CASEWORK.person(), today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _new_page(db, sent.values, error.errors)
    return redirect(f"{ADDRESS}/{joint.id}", say(N_("联席会议已经召集。开会以后登记决定。")))


# ---- one joint meeting


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    joint = load(db, person, case_id, False)
    facts, by = queries.facts(db, joint, on), queries.actor(db, joint, person, on)
    put_to = db.get(CongressMeeting, joint.put_to_id) if joint.put_to_id is not None else None
    return page(
        "pages/congress/joint_meeting.html",
        **casefile.view(CASEWORK, db, joint, facts, by, on, tell),
        term=facts.term,
        body=db.get_one(Organisation, joint.organisation_id),
        matter=MATTER_LABELS[joint.matter],
        members=queries.members(db, joint.term_id, on),
        put_to=put_to,
    )


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    joint = load(db, CASEWORK.person(), case_id, False)
    return casefile.download(db, casefile.files_of(db, JOINT.name, joint.id or 0), file_id)


def load(db: Session, person_id: int, case_id: int, lock: bool) -> JointMeeting:
    """The joint meeting that this person may see, or 404."""
    joint = db.get(JointMeeting, case_id) if 0 < case_id < 2**63 else None
    if joint is None or not queries.visible_to(db, joint, person_id, today(db)):
        raise NotFoundException
    return locked(db, JointMeeting, case_id) if lock else joint


def begins(db: Session, joint: JointMeeting, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    match act:
        case "call":
            return {name: getattr(joint, name) for name in ("title", "matter", "urgency", "authority", "held_on", "place")}
        case "decide":
            return {"on": joint.held_on, "invited": facts.members}
    return {}


CASEWORK: Casework[JointMeeting, Facts] = Casework(
    acts.PROCEEDINGS,
    ADDRESS,
    NOUNS,
    lambda joint: joint.title,
    load,
    lambda db, joint, facts, act, by: {},
    begins,
)

routes = (index, show_new, create, show, show_file, *CASEWORK.routes())
