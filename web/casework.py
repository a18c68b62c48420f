"""The pages that every procedure has: one form an act, done in one transaction, and the case as its journal tells it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from sqlmodel import Session

from web.confirming import objection
from web.dispatch import in_read, in_write
from web.fields import extra
from web.posted import Posted, posted
from web.practice import now, today
from web.render import READER, AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow import joint
from workflow.documents.asked import ISSUE, KEEP
from workflow.forms import FormModel, Invalid
from workflow.procedure import Actor, F, How, Refused, Standing
from workflow.proceedings import C, Proceedings, do
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_, Sentence, Word, say

Choices = Mapping[str, Mapping[str, str]]
OUTDATED = say(N_("您打开这一页以后，案卷有了变化，还没有办理。您写的内容还在下面，请核对后再提交。"))
ON_PAPER = N_("这是代对方登记，必须上传签字或盖章的书面材料。")
FILES = N_("{reason}扫描件、照片或PDF，每个不超过20MB。")
BESIDE = frozenset({"version", "seat", "on_paper", "back"})
"""What a form carries beside its fields."""


@dataclass(frozen=True)
class Casework(Generic[C, F]):
    """How one kind of case is reached and shown.

    `load` gives the case that a person may see, locked if asked, or raises NotFoundException. `choices` are those of fields
    whose options lie in the case; `begins` what the fields of an act begin with.
    """

    proceedings: Proceedings[C, F]
    address: str
    nouns: Mapping[str, str]
    """Act → the noun that stands for it in addresses."""
    title: Callable[[C], str]
    load: Callable[[Session, int, int, bool], C]
    choices: Callable[[Session, C, F, str, Actor], Choices]
    begins: Callable[[Session, C, F, str, Actor, Mapping[str, str]], dict[str, Any]]
    beside: Callable[[Session, C, F, str, Mapping[str, Any]], dict[str, Any]] = field(default=lambda db, case, facts, act, values: {})
    """More for the template of one act's page, from what its fields hold; `fixed` names fields that are settled and not asked again."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """Act → a template of its own."""
    stands_in: Callable[[F, Standing[F], Actor], Seat | None] = field(default=lambda facts, standing, by: None)
    """Whose act, beside one's own, a person may enter here from the signed paper: the page then offers the choice."""

    places: frozenset[str] = frozenset()
    """Pages of a case beside its file from which acts are begun, as their addresses end: `back` names the one to return to."""

    def noun(self, act: str) -> str:
        return self.nouns.get(act, act.replace("_", "-"))

    def href(self, case: C, act: str) -> str:
        return f"{self.address}/{case.id}/{self.noun(act)}"

    def home(self, case_id: int | None, back: object) -> str:
        """Where an act leads when it is done: the file, or the place from which it was begun."""
        return f"{self.address}/{case_id}" + (f"/{back}" if back in self.places else "")

    def act_of(self, noun: str) -> str:
        for act in self.proceedings.procedure.acts:
            if act not in (ISSUE, KEEP) and self.noun(act) == noun and Seat.CLOCK not in self.proceedings.procedure.acts[act].by:
                return act
        raise NotFoundException

    def routes(self) -> Sequence[HTTPRouteHandler]:
        """The form of each act, and doing it."""

        @get(f"{self.address}/{{case_id:int}}/{{noun:str}}", guards=[is_signed_in], name=f"{self.proceedings.procedure.name}_act")
        async def show_act(request: AnyRequest, case_id: FromPath[int], noun: FromPath[str]) -> Response[str]:
            query = {k: v for k, v in request.query_params.items()}
            return await in_read(self.opened, case_id, self.act_of(noun), query)

        @post(
            f"{self.address}/{{case_id:int}}/{{noun:str}}",
            guards=[is_signed_in],
            status_code=200,
            name=f"{self.proceedings.procedure.name}_do",
        )
        async def do_act(request: AnyRequest, case_id: FromPath[int], noun: FromPath[str]) -> Response[str]:
            act = self.act_of(noun)
            sent = await posted(request)
            confirming = await confirmed(request, self.proceedings.procedure.acts[act].form, sent.values)
            return await in_write(self.done, case_id, act, Posted(sent.values, {**sent.errors, **confirming}))

        return (show_act, do_act)

    def person(self) -> int:
        person = READER.get().person
        assert person is not None and person.id is not None
        return person.id

    def opened(self, db: Session, case_id: int, act: str, query: Mapping[str, str]) -> Response[str]:
        """The form of an act, begun with what the query brings."""
        case = self.load(db, self.person(), case_id, False)
        on = today(db)
        by = self.actor(db, case, on, query.get("seat", ""))
        facts = self.proceedings.facts(db, case, on)
        standing = self.proceedings.procedure.standing(act, case.state, facts, by, on)
        if not standing.open:
            raise Refused(act, standing.act.label, standing.reasons)
        values = {"on": on, **self.begins(db, case, facts, act, by, query)}
        return self._page(db, case, facts, standing, by, on, values, {}, query=query)

    def _page(
        self,
        db: Session,
        case: C,
        facts: F,
        standing: Standing[F],
        by: Actor,
        on: date,
        values: Mapping[str, Any],
        errors: Mapping[str, Sequence[Sentence]],
        status: int = 0,
        query: Mapping[str, str] = {},
    ) -> Response[str]:
        act = standing.act
        absent = self.stands_in(facts, standing, by)
        motion = joint.open_motion(db, self.proceedings.procedure.name, case.id or 0, act.name) if standing.how is How.AGREE else None
        seats = {str(s): SEAT_LABELS[s] for s in Seat if s in standing.seats}
        rules = [r for r in (self.proceedings.rules(db, case).find(i, on) for i in act.under) if r is not None]
        return page(
            self.templates.get(act.name, "pages/casework/act.html"),
            status=status or (422 if errors else 200),
            case=case,
            work=self,
            act=act,
            standing=standing,
            how=standing.how,
            motion=motion,
            rules=list({r.id: r for r in rules}.values()),
            form=act.form,
            values=values,
            errors=errors,
            choices=self.choices(db, case, facts, act.name, by),
            seats=seats if standing.how is How.PAPER else {},
            seat=by.seat if by.seat in standing.seats else next(iter(seats), ""),
            absent=absent,
            instead=f"{self.href(case, act.name)}?{urlencode({**query, 'seat': absent})}" if absent else "",
            needed=needed(standing, by),
            back=query.get("back") or values.get("back") or "",
            **self.beside(db, case, facts, act.name, values),
        )

    def done(self, db: Session, case_id: int, act: str, sent: Posted) -> Response[str]:
        """Do it; gives the way to the next page, or this one anew with what is wrong."""
        case = self.load(db, self.person(), case_id, True)
        on = today(db)
        by = self.actor(db, case, on, sent.text("seat"))
        version = sent.number("version")
        try:
            if version is not None and version != case.version:
                return self._outdated(db, case, act, by, on, sent)
            sent.check()
            values = {name: value for name, value in sent.values.items() if name not in BESIDE}
            do(db, self.proceedings, case, act, values, by=by, today=on, at=now(), version=version)
        except Invalid as error:
            db.rollback()
            case = self.load(db, self.person(), case_id, False)
            facts = self.proceedings.facts(db, case, on)
            standing = self.proceedings.procedure.standing(act, case.state, facts, by, on)
            if not standing.open:
                raise Refused(act, standing.act.label, standing.reasons) from None
            return self._page(db, case, facts, standing, by, on, sent.values, error.errors)
        done = self.proceedings.procedure.acts[act]
        proposed = joint.open_motion(db, self.proceedings.procedure.name, case_id, act) is not None
        flash = (
            say(N_("已经提出：{act}。等对方答复。"), act=Word(done.label)) if proposed else say(N_("已办理：{act}。"), act=Word(done.label))
        )
        return redirect(self.home(case_id, sent.text("back")), flash)

    def _outdated(self, db: Session, case: C, act: str, by: Actor, on: date, sent: Posted) -> Response[str]:
        """Somebody acted since the page was read. What was typed comes back on the case as it stands now, unless the act is closed by it."""
        facts = self.proceedings.facts(db, case, on)
        standing = self.proceedings.procedure.standing(act, case.state, facts, by, on)
        if not standing.open:
            raise Refused(act, standing.act.label, standing.reasons)
        typed = {name: value for name, value in sent.values.items() if isinstance(value, str)}
        fresh = self.begins(db, case, facts, act, by, typed)
        unseen = {n: fresh.get(n) for n, info in standing.act.form.model_fields.items() if extra(info)["widget"] == "hidden"}
        return self._page(db, case, facts, standing, by, on, {**sent.values, **unseen}, {"": [OUTDATED]}, status=409)

    def actor(self, db: Session, case: C, on: date, seat: str = "") -> Actor:
        by = self.proceedings.actor(db, case, self.person(), on)
        chosen = Seat(seat) if seat in set(Seat) else None
        return replace(by, seat=chosen)


def needed(standing: Standing[F], by: Actor) -> dict[str, Sentence]:
    """Fields that the form could do without but the act could not, with the reason: the files that prove it."""
    info = standing.act.form.model_fields.get("evidence")
    if info is None:
        return {}
    proof = extra(info)["proof"]
    if proof and proof["always"] and not by.seats & set(proof["but"]):
        return {"evidence": say(FILES, reason=Word(extra(info)["hint"]))}
    return {"evidence": say(FILES, reason=Word(ON_PAPER))} if standing.how is How.PAPER else {}


async def confirmed(request: AnyRequest, form: type[FormModel], values: dict[str, Any]) -> dict[str, list[Sentence]]:
    """Fields confirmed by one's password: what was typed becomes yes in `values`, or gives a sentence. Nobody can send the yes itself."""
    errors: dict[str, list[Sentence]] = {}
    for name in [name for name, info in form.model_fields.items() if extra(info)["widget"] == "password"]:
        typed = values.pop(name, None)
        if not typed:
            continue
        said = await objection(request, str(typed))
        if said is None:
            values[name] = True
        else:
            errors[name] = [said]
    return errors
