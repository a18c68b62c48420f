"""The acts of any procedure over the API: what stands open and why not, and doing it; by the same table and forms as the pages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from sqlmodel import Session

from web.api import answers, files, replays, shapes
from web.api.reading import Problem, Sent, sent, take_beside, unknown
from web.casework import Casework, confirmed
from web.dispatch import in_read, in_write
from web.errors import CHANGED
from web.practice import now, today
from web.render import READER, AnyRequest
from web.sessions import is_signed_in
from workflow.forms import FormModel, Invalid
from workflow.procedure import Act, Actor, F, Refused
from workflow.proceedings import C, do
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Words, say

OPENING = TypeVar("OPENING", bound=FormModel)


@dataclass(frozen=True)
class Cases(Generic[C, F]):
    """One kind of case. `see` gives the case that a person may see, locked if asked, and how much of it they see, or raises
    NotFoundException; `look` is what they are shown of it.
    """

    work: Casework[C, F]
    see: Callable[[Session, int, int, bool], tuple[C, Any]]
    look: Callable[[Session, C, Any, Actor, date], shapes.Shape]

    def address(self, case: C) -> str:
        return f"{answers.ADDRESS}{self.work.address}/{case.id}"

    def act_named(self, name: str) -> Act[F]:
        act = self.work.proceedings.procedure.acts.get(name)
        if act is None or act.by == {Seat.CLOCK}:
            raise NotFoundException
        return act

    def standings(self, db: Session, case: C, facts: F, by: Actor, on: date) -> list[shapes.Standing]:
        """Every act that somebody does; for who looks on from outside, those that could be theirs."""
        found = self.work.proceedings.procedure.explain(case.state, facts, by, on)
        told = [s for s in found if s.act.by != {Seat.CLOCK} and (not by.outside or s.act.by & by.seats)]
        return [answers.standing(s, self.address(case)) for s in told]

    def shown(self, db: Session, case: C, seen: Any, by: Actor, on: date, *, status: int = 200) -> Response[bytes]:
        location = self.address(case) if status == 201 else ""
        return answers.answer(self.look(db, case, seen, by, on), status=status, version=case.version, location=location)

    def routes(self) -> Sequence[HTTPRouteHandler]:
        @get(f"{self.work.address}/{{case_id:int}}", guards=[is_signed_in])
        async def show(case_id: FromPath[int]) -> Response[bytes]:
            return await in_read(self._show, case_id)

        @get(f"{self.work.address}/{{case_id:int}}/acts/{{act:str}}", guards=[is_signed_in])
        async def show_act(case_id: FromPath[int], act: FromPath[str]) -> Response[bytes]:
            return await in_read(self._show_act, case_id, self.act_named(act).name)

        @post(f"{self.work.address}/{{case_id:int}}/acts/{{act:str}}", guards=[is_signed_in], status_code=200)
        async def do_act(request: AnyRequest, case_id: FromPath[int], act: FromPath[str]) -> Response[bytes]:
            form = self.act_named(act).form
            found = await sent(request)
            seat, on_paper, errors = take_beside(found.values, form)
            errors |= await confirmed(request, form, found.values)
            return await in_write(self._do, case_id, act, replace(found, seat=seat, on_paper=on_paper, errors=errors))

        return (show, show_act, do_act)

    def opening(
        self, db: Session, found: Sent, form: type[OPENING], open_case: Callable[[Session, OPENING, int, date, datetime], tuple[C, Any]]
    ) -> Response[bytes]:
        """Open a case with what was sent: 201, once for each key. Raises `Invalid`."""
        account, person = READER.get().account_id, self.work.person()
        assert account is not None
        at, on = now(), today(db)
        if found.key and (told := replays.earlier(db, account, found.key, found.fingerprint, at=at)):
            return told
        if errors := unknown(found.values, form):
            raise Invalid(errors)
        files.check_own(db, found.values, person)
        case, seen = open_case(db, form.read(found.values), person, on, at)
        db.flush()
        by = self.work.proceedings.actor(db, case, person, on)
        return replays.kept(db, account, found.key, self.shown(db, case, seen, by, on, status=201))

    def _show(self, db: Session, case_id: int) -> Response[bytes]:
        case, seen = self.see(db, self.work.person(), case_id, False)
        on = today(db)
        return self.shown(db, case, seen, self.work.proceedings.actor(db, case, self.work.person(), on), on)

    def _show_act(self, db: Session, case_id: int, name: str) -> Response[bytes]:
        case, _seen = self.see(db, self.work.person(), case_id, False)
        on = today(db)
        by = self.work.proceedings.actor(db, case, self.work.person(), on)
        facts = self.work.proceedings.facts(db, case, on)
        standing = self.work.proceedings.procedure.standing(name, case.state, facts, by, on)
        choices = self.work.choices(db, case, facts, name, by) if standing.open else {}
        return answers.answer(answers.act_form(standing, self.address(case), choices), version=case.version)

    def _do(self, db: Session, case_id: int, name: str, found: Sent) -> Response[bytes]:
        account = READER.get().account_id
        assert account is not None
        at, on = now(), today(db)
        if found.key and (told := replays.earlier(db, account, found.key, found.fingerprint, at=at)):
            return told
        case, seen = self.see(db, self.work.person(), case_id, True)
        if found.versions is not None and case.version not in found.versions:
            raise Problem(412, N_("页面不是最新的"), CHANGED, version=case.version, state=case.state)
        by = replace(self.work.proceedings.actor(db, case, self.work.person(), on), seat=found.seat, on_paper=found.on_paper)
        try:
            self._check(db, case, name, by, on, found)
            do(db, self.work.proceedings, case, name, found.values, by=by, today=on, at=at)
        except Invalid as error:
            db.rollback()
            raise self._refusal(db, case_id, name, by, on) or error from None
        return replays.kept(db, account, found.key, self._afterwards(db, case, seen, by, on))

    def _check(self, db: Session, case: C, name: str, by: Actor, on: date, found: Sent) -> None:
        """What the form itself cannot see. Raises `Invalid`."""
        if found.errors:
            raise Invalid(found.errors)
        files.check_own(db, found.values, self.work.person())
        if by.seat is not None:
            facts = self.work.proceedings.facts(db, case, on)
            standing = self.work.proceedings.procedure.standing(name, case.state, facts, by, on)
            if standing.open and by.seat not in standing.seats:
                seats = Words(SEAT_LABELS[seat] for seat in Seat if seat in standing.seats)
                raise Invalid({"seat": [say(N_("您办这件事的身份只能是：{seats}。"), seats=seats)]})

    def _refusal(self, db: Session, case_id: int, name: str, by: Actor, on: date) -> Refused | None:
        """What was typed is wrong, but the act is closed anyhow: say why, since correcting the form would not help."""
        case, _seen = self.see(db, self.work.person(), case_id, False)
        facts = self.work.proceedings.facts(db, case, on)
        standing = self.work.proceedings.procedure.standing(name, case.state, facts, by, on)
        return None if standing.open else Refused(name, standing.act.label, standing.reasons)

    def _afterwards(self, db: Session, case: C, seen: Any, by: Actor, on: date) -> Response[bytes]:
        """The case after the act, also to somebody who has just left it."""
        try:
            case, seen = self.see(db, self.work.person(), case.id or 0, False)
        except NotFoundException:
            return self.shown(db, case, seen, by, on)
        return self.shown(db, case, seen, self.work.proceedings.actor(db, case, self.work.person(), on), on)
