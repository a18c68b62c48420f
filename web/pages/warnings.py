"""Early warnings, as the union of a unit and the union above see them: facts, never a name or a word of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from mediation.terms import MATTER_LABELS
from mediation.warnings import acts, queries
from mediation.warnings.documents import CATALOGUE
from mediation.warnings.facts import Facts
from mediation.warnings.models import EarlyWarning
from mediation.warnings.procedure import EARLY_WARNING
from mediation.warnings.telling import tell
from mediation.warnings.terms import ADVICE, TRIGGER_LABELS, TRIGGER_RULES, Trigger
from web import casefile
from web.casework import Casework
from web.dispatch import in_read
from web.issuing import Desk
from web.practice import today
from web.render import at_page, page
from web.sessions import is_signed_in
from workflow.organisations import Organisation
from workflow.procedure import Actor
from workflow.proceedings import locked
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, say

ADDRESS = "/mediation/warnings"
NOUNS = {"record_step": "step", "lift": "end"}
ON_A_PAGE = 50


@get(ADDRESS, guards=[is_signed_in])
async def index(number: FromQuery[int] = 1) -> Response[str]:
    return await in_read(_index, at_page(number))


@get(f"{ADDRESS}/{{case_id:int}}", guards=[is_signed_in])
async def show(case_id: FromPath[int]) -> Response[str]:
    return await in_read(_show, case_id)


@dataclass(frozen=True)
class Line:
    warning: EarlyWarning
    trigger: str
    matter: str
    state: str
    mark: str


def _index(db: Session, number: int) -> Response[str]:
    found = queries.register(db, CASEWORK.person(), today(db), limit=ON_A_PAGE + 1, offset=(number - 1) * ON_A_PAGE)
    return page(
        "pages/mediation/warnings.html",
        lines=[_line(one) for one in found[:ON_A_PAGE]],
        number=number,
        pages=number + (len(found) > ON_A_PAGE),
    )


def _line(warning: EarlyWarning) -> Line:
    mark = {"raised": "bad", "handled": "warn", "lifted": "ok"}[warning.state]
    return Line(warning, TRIGGER_LABELS[warning.trigger], MATTER_LABELS[warning.matter], EARLY_WARNING.states[warning.state], mark)


def _show(db: Session, case_id: int) -> Response[str]:
    person, on = CASEWORK.person(), today(db)
    warning = load(db, person, case_id, False)
    facts, by = queries.facts(db, warning, on), queries.actor(db, warning, person, on)
    return page(
        "pages/mediation/warning.html",
        **casefile.view(CASEWORK, db, warning, facts, by, on, tell),
        line=_line(warning),
        body=db.get_one(Organisation, warning.organisation_id),
        advice=ADVICE[warning.trigger],
        rule=facts.rules.find(TRIGGER_RULES[Trigger(warning.trigger)], warning.opened_on),
        papers=casefile.papers(queries.documents(db, warning)),
        steps=[(one, SEAT_LABELS[Seat(one.seat)]) for one in reversed(facts.steps)],
    )


def load(db: Session, person_id: int, case_id: int, lock: bool) -> EarlyWarning:
    """The warning that this person may see, or 404."""
    warning = db.get(EarlyWarning, case_id) if 0 < case_id < 2**63 else None
    if warning is None or not queries.visible_to(db, warning, person_id, today(db)):
        raise NotFoundException
    return locked(db, EarlyWarning, case_id) if lock else warning


def begins(db: Session, warning: EarlyWarning, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    return {}


CASEWORK: Casework[EarlyWarning, Facts] = Casework(
    acts.PROCEEDINGS,
    ADDRESS,
    NOUNS,
    lambda warning: str(say(N_("预警{number}"), number=warning.number)),
    load,
    lambda db, warning, facts, act, by: {},
    begins,
)
DESK = Desk(CASEWORK, CATALOGUE, lambda db, warning, by, on: queries.documents(db, warning))

routes = (index, show, *DESK.routes(), *CASEWORK.routes())
