"""Proposals, joint meetings and disclosure over the API: each register as a list, each case with its acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic

from litestar import Response, get, post
from litestar.handlers import HTTPRouteHandler
from sqlmodel import Session, col, select

from congress.disclosure import queries as disclosures
from congress.disclosure.models import Disclosure
from congress.disclosure.procedure import Facts as DisclosureFacts
from congress.joint import queries as joint_meetings
from congress.joint.models import JointMeeting
from congress.joint.procedure import Facts as JointFacts
from congress.proposals import queries as proposals
from congress.proposals.facts import Facts as ProposalFacts
from congress.proposals.models import DelegateProposal
from congress.rolls import queries as rolls
from web.api import answers
from web.api.acts import Cases
from web.api.reading import Sent, sent
from web.api.register_shapes import Disclosed, Handled, Joint, Proposal, RegisterCase, RegisterLine, RegisterLines, Remarked
from web.api.shapes import Body, Shape
from web.dispatch import in_read, in_write
from web.pages import disclosures as disclosure_pages
from web.pages import joint_meetings as joint_pages
from web.pages import proposals as proposal_pages
from web.practice import today
from web.register import Register
from web.render import AnyRequest
from web.sessions import is_signed_in
from workflow import deadlines
from workflow.forms import FormModel
from workflow.organisations import Organisation
from workflow.procedure import Actor, F
from workflow.proceedings import C


@dataclass(frozen=True)
class Listed(Generic[C, F]):
    """One register. `found` gives the cases that a person may see; `told` what one of them shows beside what they all do."""

    register: Register[C, F, Any]
    found: Callable[[Session, int, date], Sequence[C]]
    shape: type[RegisterCase]
    told: Callable[[C, F], dict[str, Any]]

    @property
    def cases(self) -> Cases[C, F]:
        return Cases(
            self.register.casework, lambda db, person, case_id, lock: (self.register.load(db, person, case_id, lock), None), self._look
        )

    def routes(self) -> Sequence[HTTPRouteHandler]:
        @get(self.register.address, guards=[is_signed_in])
        async def index() -> Response[bytes]:
            return await in_read(self._index)

        @post(self.register.address, guards=[is_signed_in], status_code=201)
        async def create(request: AnyRequest) -> Response[bytes]:
            return await in_write(self._create, await sent(request))

        return (index, create, *self.cases.routes())

    def _create(self, db: Session, found: Sent) -> Response[bytes]:
        return self.cases.opening(db, found, self.register.new.form, self._entered)

    def _entered(self, db: Session, form: FormModel, person_id: int, on: date, at: datetime) -> tuple[C, None]:
        return self.register.new.enter(db, form, by=person_id, today=on, at=at), None

    def _index(self, db: Session) -> Response[bytes]:
        found = self.found(db, self.register.casework.person(), today(db))
        bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({c.organisation_id for c in found})))}
        items = [
            RegisterLine(
                id=case.id or 0,
                title=self.register.title(case),
                organisation=Body(id=case.organisation_id, name=bodies[case.organisation_id]),
                state=case.state,
                opened_on=case.opened_on,
                href=self.cases.address(case),
            )
            for case in found
        ]
        return answers.answer(RegisterLines(items=items))

    def _look(self, db: Session, case: C, _seen: None, by: Actor, on: date) -> RegisterCase:
        assert case.id is not None and case.version is not None
        procedure, facts = self.register.proceedings.procedure, self.register.proceedings.facts(db, case, on)
        return self.shape(
            id=case.id,
            title=self.register.title(case),
            organisation=Body(id=case.organisation_id, name=db.get_one(Organisation, case.organisation_id).name),
            state=case.state,
            version=case.version,
            opened_on=case.opened_on,
            acts=self.cases.standings(db, case, facts, by, on),
            deadlines=answers.deadlines(
                deadlines.deadlines(db, procedure.name, case.id),
                deadlines.events(db, procedure.name, case.id),
                procedure.clocks,
                self.register.proceedings.rules(db, case),
            ),
            **self.told(case, facts),
        )


def _proposal(proposal: DelegateProposal, facts: ProposalFacts) -> dict[str, Any]:
    return {
        "term": proposal.term_id,
        "number": proposal.number,
        "subject": proposal.subject,
        "account": proposal.account,
        "wish": proposal.wish,
        "proposer": facts.proposer.name,
        "proposer_id": proposal.proposer_id,
        "seconders": [facts.names[s.delegate_id] for s in facts.seconders],
        "handlings": [_of(Handled, h) for h in facts.handlings],
        "why_ended": proposal.why_ended,
    }


def _joint(joint: JointMeeting, facts: JointFacts) -> dict[str, Any]:
    names = Joint.model_fields.keys() & JointMeeting.model_fields.keys() - {"id", "title", "state", "version", "opened_on"}
    return {"term": joint.term_id, "put_to": joint.put_to_id, **{name: getattr(joint, name) for name in names}}


def _disclosure(disclosure: Disclosure, facts: DisclosureFacts) -> dict[str, Any]:
    return {
        "term": disclosure.term_id,
        "affair": disclosure.affair,
        "means": disclosure.means,
        "place": disclosure.place,
        "account": disclosure.account,
        "remarks": [_of(Remarked, r) for r in facts.remarks],
    }


def _of(shape: type[Shape], row: Any) -> Shape:
    return shape(**{name: getattr(row, name) for name in shape.model_fields})


def _joint_meetings(db: Session, person: int, on: date) -> list[JointMeeting]:
    found = [one for term in rolls.visible_terms(db, person, on) for one in joint_meetings.joint_meetings_of(db, term.id or 0)]
    return [one for one in found if joint_meetings.visible_to(db, one, person, on)]


PROPOSALS = Listed(proposal_pages.REGISTER, proposals.register, Proposal, _proposal)
JOINT_MEETINGS = Listed(joint_pages.REGISTER, _joint_meetings, Joint, _joint)
DISCLOSURES = Listed(disclosure_pages.REGISTER, disclosures.disclosures, Disclosed, _disclosure)

routes = (*PROPOSALS.routes(), *JOINT_MEETINGS.routes(), *DISCLOSURES.routes())
