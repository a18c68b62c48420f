"""The API at `/api/v1`: JSON by bearer tokens, derived from the same procedure tables and the same forms as the pages."""

from typing import Any

from litestar import Response, Router, get
from litestar.types import ControllerRouterHandler
from sqlmodel import Session

from web.api import answers, congress, congress_terms, description, files, law, mediation, negotiation_case, negotiations, registers, shapes
from web.api.reading import Problem
from web.dispatch import in_read
from web.errors import problem
from web.practice import today
from web.render import READER, AnyRequest, word
from web.sessions import current_person, is_signed_in


@get("/me", guards=[is_signed_in])
async def me() -> Response[bytes]:
    return await in_read(_me)


def _me(db: Session) -> Response[bytes]:
    person = current_person(db)
    assert person.id is not None
    return answers.answer(
        shapes.Me(
            id=person.id,
            name=person.name,
            organisation=READER.get().organisation,
            may_open=negotiations.openers(db, person.id, today(db)),
        )
    )


def told(_request: AnyRequest, error: Problem) -> Response[Any]:
    return problem(error.status, word(error.title), detail=word(error.detail), **error.members)


routes: tuple[ControllerRouterHandler, ...] = (
    Router(
        "/api/v1",
        route_handlers=[
            me,
            description.show,
            *negotiations.routes,
            *negotiation_case.routes,
            *mediation.routes,
            *congress.routes,
            *congress_terms.routes,
            *registers.routes,
            *files.routes,
            *law.routes,
        ],
        exception_handlers={Problem: told},
    ),
)
