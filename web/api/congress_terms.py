"""Terms and rolls over the API: who is on the roll by constituency, the composition with its arithmetic, and the acts of the term.

A roll is imported by the act `import_roll`, which names an uploaded workbook; faults come back row by row, in the page's own words.
"""

from datetime import date

from litestar import Response, get
from sqlmodel import Session, col, select

from congress.rolls import queries
from congress.rolls.composition import measured
from congress.rolls.facts import Facts
from congress.rolls.models import CongressTerm, Delegate
from congress.rolls.procedure import TERM
from web.api import answers, shapes
from web.api.acts import Cases
from web.dispatch import in_read
from web.pages.rolls import CASEWORK, standing_roll
from web.practice import today
from web.render import word
from web.sessions import is_signed_in
from workflow import deadlines
from workflow.organisations import Organisation
from workflow.procedure import Actor


@get("/congress/terms", guards=[is_signed_in])
async def index() -> Response[bytes]:
    return await in_read(_index)


def _index(db: Session) -> Response[bytes]:
    terms = queries.visible_terms(db, CASEWORK.person(), today(db))
    bodies = {o.id: o.name for o in db.exec(select(Organisation).where(col(Organisation.id).in_({t.organisation_id for t in terms})))}
    sizes = queries.sizes(db, [t.id or 0 for t in terms])
    items = [
        shapes.TermLine(
            id=t.id or 0,
            title=t.title,
            organisation=shapes.Body(id=t.organisation_id, name=bodies[t.organisation_id]),
            form=t.form,
            number=t.number,
            state=t.state,
            since=t.since,
            until=t.until,
            members=sizes.get(t.id or 0, 0),
        )
        for t in terms
    ]
    return answers.answer(shapes.Terms(items=items))


def _see(db: Session, person_id: int, case_id: int, lock: bool) -> tuple[CongressTerm, None]:
    return CASEWORK.load(db, person_id, case_id, lock), None


def _look(db: Session, term: CongressTerm, _seen: None, by: Actor, on: date) -> shapes.Term:
    assert term.id is not None and term.version is not None
    facts = queries.facts(db, term, on)
    roll = standing_roll(facts, on)
    return shapes.Term(
        id=term.id,
        title=term.title,
        organisation=shapes.Body(id=term.organisation_id, name=facts.body.name),
        form=term.form,
        number=term.number,
        state=term.state,
        version=term.version,
        since=term.since,
        until=term.until,
        constituencies=[
            shapes.Constituency(id=c.id or 0, name=c.name, seats=c.seats, delegates=[_delegate(d) for d in facts.of(c, facts.delegates)])
            for c in facts.constituencies
        ],
        members=len(roll),
        composition=[
            shapes.Measure(rule=m.rule.id, article=m.rule.article, sentence=word(m.sentence), met=m.met) for m in measured(facts, roll, on)
        ],
        acts=CASES.standings(db, term, facts, by, on),
        deadlines=answers.deadlines(
            deadlines.deadlines(db, TERM.name, term.id), deadlines.events(db, TERM.name, term.id), TERM.clocks, facts.rules
        ),
    )


def _delegate(delegate: Delegate) -> shapes.Delegate:
    return shapes.Delegate(
        id=delegate.id or 0,
        name=delegate.name,
        female=delegate.female,
        staff_number=delegate.staff_number,
        job=delegate.job,
        post=delegate.post,
        dispatched=delegate.dispatched,
        young=delegate.young,
        manner=delegate.manner,
        since=delegate.since,
        until=delegate.until,
        why_left=delegate.why_left,
        replaces=delegate.replaces_id,
    )


CASES: Cases[CongressTerm, Facts] = Cases(CASEWORK, _see, _look)

routes = (index, *CASES.routes())
