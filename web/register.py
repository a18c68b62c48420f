"""The pages that every register of simple cases has: its list, entering a new one, the file of each with the papers in it, and its acts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from sqlmodel import Session

from web import casefile
from web.casework import Casework, Choices
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, at_page, page, redirect
from web.sessions import is_signed_in
from workflow.forms import FormModel, Invalid
from workflow.journal import Entry
from workflow.procedure import Actor, F
from workflow.proceedings import C, Proceedings, locked
from workflow.words import Sentence

Form = TypeVar("Form", bound=FormModel)
Filled = TypeVar("Filled", bound=FormModel, contravariant=True)
Made = TypeVar("Made", covariant=True)
Reader = Callable[[Session, C, int, date], bool]


class Enter(Protocol[Filled, Made]):
    """Make the new case of what its form holds. Raises `Invalid`."""

    def __call__(self, db: Session, form: Filled, *, by: int, today: date, at: datetime) -> Made: ...


@dataclass(frozen=True)
class New(Generic[Form, C]):
    """Entering a new case.

    `blank` gives what the template of the form needs beside the form: `choices`, and `values` to begin with; None for whoever may enter none.
    """

    form: type[Form]
    template: str
    blank: Callable[[Session, int, date], dict[str, Any] | None]
    enter: Enter[Form, C]
    done: Callable[[C], Sentence]


@dataclass(frozen=True)
class Register(Generic[C, F, Form]):
    """`listed` gives what the template of the list needs, page by page from 1; `shown` what the template of one case needs beside what
    `casefile.view` gives all of them."""

    proceedings: Proceedings[C, F]
    address: str
    nouns: Mapping[str, str]
    title: Callable[[C], str]
    is_visible: Reader[C]
    tell: Callable[[Entry], Sentence]
    new: New[Form, C]
    listing: str
    """Template of the list."""
    listed: Callable[[Session, int, date, int], dict[str, Any]]
    file: str
    """Template of one case."""
    shown: Callable[[Session, C, F, date], dict[str, Any]]
    choices: Callable[[Session, C, F, str, Actor], Choices] = field(default=lambda db, case, facts, act, by: {})
    begins: Callable[[Session, C, F, str, Actor, Mapping[str, str]], dict[str, Any]] = field(
        default=lambda db, case, facts, act, by, query: {}
    )

    @cached_property
    def casework(self) -> Casework[C, F]:
        return Casework(self.proceedings, self.address, self.nouns, self.title, self.load, self.choices, self.begins)

    def load(self, db: Session, person_id: int, case_id: int, lock: bool) -> C:
        """The case that this person may see, or 404."""
        case = db.get(self.proceedings.model, case_id) if 0 < case_id < 2**63 else None
        if case is None or not self.is_visible(db, case, person_id, today(db)):
            raise NotFoundException
        return locked(db, self.proceedings.model, case_id) if lock else case

    def routes(self) -> Sequence[HTTPRouteHandler]:
        name = self.proceedings.procedure.name

        @get(self.address, guards=[is_signed_in], name=f"{name}_register")
        async def index(number: FromQuery[int] = 1) -> Response[str]:
            return await in_read(self._index, at_page(number))

        @get(f"{self.address}/new", guards=[is_signed_in], name=f"{name}_blank")
        async def show_new() -> Response[str]:
            return await in_read(self._new_page, {}, {})

        @post(f"{self.address}/new", guards=[is_signed_in], name=f"{name}_new")
        async def create(request: AnyRequest) -> Response[str]:
            return await in_write(self._create, await posted(request))

        @get(f"{self.address}/{{case_id:int}}", guards=[is_signed_in], name=f"{name}_file")
        async def show(case_id: FromPath[int]) -> Response[str]:
            return await in_read(self._show, case_id)

        @get(f"{self.address}/{{case_id:int}}/files/{{file_id:int}}", guards=[is_signed_in], name=f"{name}_paper")
        async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
            return await in_read(self._paper, case_id, file_id)

        return (index, show_new, create, show, show_file, *self.casework.routes())

    def _index(self, db: Session, number: int) -> Response[str]:
        return page(self.listing, **self.listed(db, self.casework.person(), today(db), number))

    def _new_page(self, db: Session, values: Mapping[str, Any], errors: Mapping[str, Sequence[Sentence]]) -> Response[str]:
        blank = self.new.blank(db, self.casework.person(), today(db))
        if blank is None:
            raise NotFoundException
        told = {**blank, "values": {**blank.get("values", {}), **values}}
        return page(self.new.template, status=422 if errors else 200, form=self.new.form, errors=errors, **told)

    def _create(self, db: Session, sent: Posted) -> Response[str]:
        try:
            sent.check()
            case = self.new.enter(db, self.new.form.read(sent.values), by=self.casework.person(), today=today(db), at=now())
        except Invalid as error:
            db.rollback()
            return self._new_page(db, sent.values, error.errors)
        return redirect(f"{self.address}/{case.id}", self.new.done(case))

    def _show(self, db: Session, case_id: int) -> Response[str]:
        person, on = self.casework.person(), today(db)
        case = self.load(db, person, case_id, False)
        facts, by = self.proceedings.facts(db, case, on), self.proceedings.actor(db, case, person, on)
        return page(self.file, **casefile.view(self.casework, db, case, facts, by, on, self.tell), **self.shown(db, case, facts, on))

    def _paper(self, db: Session, case_id: int, file_id: int) -> Response[bytes]:
        case = self.load(db, self.casework.person(), case_id, False)
        return casefile.download(db, casefile.files_of(db, self.proceedings.procedure.name, case.id or 0), file_id)
