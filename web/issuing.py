"""The desk of a case: its documents, those that can be issued and what they still lack, each looked at before it is issued."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, FromQuery
from markupsafe import Markup
from sqlmodel import Session, col, func, select

from web.casework import OUTDATED, Casework
from web.dispatch import in_read, in_write
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.documents.asked import ISSUE
from workflow.documents.catalogue import Catalogue, Incomplete, Lack, Standard, Writing, latest, preview, subjects, without_code, written
from workflow.documents.issue import Document, MissingGlyph, SignedScan
from workflow.forms import FormModel, Invalid, unprintable
from workflow.organisations import Organisation
from workflow.people import KEEPERS, appointments
from workflow.procedure import Actor, F
from workflow.proceedings import C, do
from workflow.words import N_, Sentence, say

BESIDE = frozenset({"version", "subject", "look"})
"""What the page carries beside the fields of the document."""


@dataclass(frozen=True)
class Missing:
    """A particular that is missing, and the page that supplies it; none where this reader cannot."""

    what: str
    href: str = ""


@dataclass(frozen=True)
class Offer:
    """A standard document that can be issued, or could be but for what it lacks."""

    standard: Standard[Any, Any]
    href: str
    lacks: Sequence[Missing] = ()
    asks: bool = False
    issued: Document | None = None


@dataclass(frozen=True)
class Issued:
    document: Document
    scans: int
    is_old: bool
    """A later one of the same kind and subject has taken its place."""


@dataclass(frozen=True)
class Desk(Generic[C, F]):
    """`readable` gives the documents of a case that this reader may read, newest first."""

    work: Casework[C, F]
    catalogue: Catalogue[C, F]
    readable: Callable[[Session, C, Actor, date], list[Document]]
    more: Callable[[Session, C, Actor], Mapping[str, Any]] = field(default=lambda db, case, by: {})
    """Further names for the template of the list."""

    def routes(self) -> Sequence[HTTPRouteHandler]:
        address, kind = self.work.address, self.work.proceedings.procedure.name

        @get(f"{address}/{{case_id:int}}/papers", guards=[is_signed_in], name=f"{kind}_papers")
        async def index(case_id: FromPath[int]) -> Response[str]:
            return await in_read(self._index, case_id)

        @get(f"{address}/{{case_id:int}}/papers/{{paper:str}}", guards=[is_signed_in], name=f"{kind}_paper")
        async def show(case_id: FromPath[int], paper: FromPath[str], subject: FromQuery[str] = "") -> Response[str]:
            return await in_read(self._show, case_id, paper, subject)

        @post(f"{address}/{{case_id:int}}/papers/{{paper:str}}", guards=[is_signed_in], status_code=200, name=f"{kind}_issue")
        async def issue(request: AnyRequest, case_id: FromPath[int], paper: FromPath[str]) -> Response[str]:
            sent = await posted(request)
            if sent.text("look"):
                return await in_read(self._look, case_id, paper, sent)
            return await in_write(self._issue, case_id, paper, sent)

        return (index, show, issue)

    # ---- the list

    def _index(self, db: Session, case_id: int) -> Response[str]:
        case, by, facts, on = self._opened(db, case_id)
        found = self.readable(db, case, by, on)
        offers = [self._offer(db, case, facts, by, on, one) for one in self.catalogue.of(by.seats, facts)]
        return page(
            "pages/papers/index.html",
            case=case,
            work=self.work,
            issued=issued(db, found),
            ready=[one for one in offers if one is not None and not one.lacks],
            lacking=[one for one in offers if one is not None and one.lacks],
            own=self._kept_by_reader(db, on),
            **self.more(db, case, by),
        )

    def _offer(self, db: Session, case: C, facts: F, by: Actor, on: date, standard: Standard[C, F]) -> Offer | None:
        about = subjects(standard, db, case, facts, on)
        if standard.subjects is not None and not about:
            return None
        subject = next(iter(about), "")
        asks = bool(standard.asks.model_fields)
        try:
            words = standard.asks.read({})
        except Invalid:
            words = None
        lacks: Sequence[Lack] = ()
        writing = Writing(db, case, facts, on, subject=subject, words=words or standard.asks.model_construct())
        if words is not None:
            try:
                written(standard, writing)
            except Incomplete as error:
                lacks = error.lacks
        asked = f"{self.work.address}/{case.id}/papers/{standard.name}"
        return Offer(
            standard,
            asked,
            [self._missing(case, facts, by, on, lack, asked if asks else "") for lack in lacks],
            asks,
            latest(db, self.work.proceedings.procedure.name, case.id or 0, standard.name),
        )

    def _missing(self, case: C, facts: F, by: Actor, on: date, lack: Lack, asked: str = "") -> Missing:
        """`asked` is the page of the document, where it asks for what no act supplies."""
        if not lack.act:
            return Missing(lack.what, lack.page or asked)
        standing = self.work.proceedings.procedure.standing(lack.act, case.state, facts, by, on)
        return Missing(lack.what, self.work.href(case, lack.act) if standing.open else "")

    # ---- one of them

    def _show(self, db: Session, case_id: int, paper: str, subject: str) -> Response[str]:
        return self._page(db, *self._opened(db, case_id), paper, subject, {}, {})

    def _look(self, db: Session, case_id: int, paper: str, sent: Posted) -> Response[str]:
        """What was typed, as it would be printed. Nothing is written."""
        return self._page(db, *self._opened(db, case_id), paper, sent.text("subject"), self._words(sent), {}, looked=True)

    def _page(
        self,
        db: Session,
        case: C,
        by: Actor,
        facts: F,
        on: date,
        paper: str,
        subject: str,
        values: Mapping[str, Any],
        errors: Mapping[str, Sequence[Sentence]],
        *,
        status: int = 0,
        looked: bool = False,
    ) -> Response[str]:
        standard = self._standard(paper, by, facts)
        about = subjects(standard, db, case, facts, on)
        if standard.subjects is not None and not about or subject and subject not in about:
            raise NotFoundException
        lacks: Sequence[Missing] = ()
        shown: Markup | None = None
        uncoded: Organisation | None = None
        found: Mapping[str, Sequence[Sentence]] = errors
        try:
            words = standard.asks.read(values)
            if faults := unprintable(words):
                raise Invalid(faults)
            writing = Writing(db, case, facts, on, subject=subject or next(iter(about), ""), words=words)
            shown = inset(preview(standard, writing))
            uncoded = without_code(standard, writing)
        except Invalid as error:
            found = found or (error.errors if looked else {})
        except Incomplete as error:
            lacks = [self._missing(case, facts, by, on, lack) for lack in error.lacks]
        except MissingGlyph as error:
            found = found or {"": [error.sentence]}
        return page(
            "pages/papers/issue.html",
            status=status or (422 if found else 200),
            case=case,
            work=self.work,
            standard=standard,
            form=standard.asks,
            values=_begun(standard.asks) | dict(values),
            errors=found,
            subjects=about,
            subject=subject or next(iter(about), ""),
            lacks=lacks,
            preview=shown,
            uncoded=uncoded,
            keeps_style=uncoded is not None and uncoded in self._kept_by_reader(db, on),
            before=latest(db, self.work.proceedings.procedure.name, case.id or 0, standard.name, subject),
        )

    def _issue(self, db: Session, case_id: int, paper: str, sent: Posted) -> Response[str]:
        on = today(db)
        case = self.work.load(db, self.work.person(), case_id, True)
        by = self.work.proceedings.actor(db, case, self.work.person(), on)
        facts = self.work.proceedings.facts(db, case, on)
        standard = self._standard(paper, by, facts)
        version, words, subject = sent.number("version"), self._words(sent), sent.text("subject")
        if version is not None and version != case.version:
            return self._page(db, case, by, facts, on, paper, subject, words, {"": [OUTDATED]}, status=409)
        try:
            sent.check()
            asked = {"document": standard.name, "subject": subject, "words": words}
            do(db, self.work.proceedings, case, ISSUE, asked, by=by, today=on, at=now(), version=version)
        except Invalid as error:
            db.rollback()
            errors = {name.removeprefix("words."): said for name, said in error.errors.items()}
            return self._page(db, *self._opened(db, case_id), paper, subject, words, errors)
        document = latest(db, self.work.proceedings.procedure.name, case_id, standard.name)
        assert document is not None
        return redirect(f"/documents/{document.token}", say(N_("已出具《{title}》。"), title=document.title))

    def _standard(self, name: str, by: Actor, facts: F) -> Standard[C, F]:
        found = next((one for one in self.catalogue.of(by.seats, facts) if one.name == name), None)
        if found is None:
            raise NotFoundException
        return found

    def _opened(self, db: Session, case_id: int) -> tuple[C, Actor, F, date]:
        on = today(db)
        case = self.work.load(db, self.work.person(), case_id, False)
        return case, self.work.proceedings.actor(db, case, self.work.person(), on), self.work.proceedings.facts(db, case, on), on

    def _kept_by_reader(self, db: Session, on: date) -> Sequence[Organisation]:
        """Organisations whose documents look as this reader says."""
        kept = [one.organisation_id for one in appointments(db, self.work.person(), on) if one.office in KEEPERS]
        return db.exec(select(Organisation).where(col(Organisation.id).in_(kept))).all()

    def _words(self, sent: Posted) -> dict[str, Any]:
        return {name: value for name, value in sent.values.items() if name not in BESIDE}


def inset(html: str) -> Markup:
    """A document as part of a page that has a heading of its own: the title is one of the second rank."""
    return Markup(html.replace("<h1", "<h2").replace("</h1>", "</h2>"))


def issued(db: Session, documents: Sequence[Document]) -> list[Issued]:
    """Documents with their signed papers; of each kind and subject the newest stands."""
    ids = [one.id for one in documents]
    counted = select(SignedScan.document_id, func.count()).where(col(SignedScan.document_id).in_(ids)).group_by(col(SignedScan.document_id))
    scans = dict(db.exec(counted).all())
    replaced = {one.supersedes for one in documents}
    return [Issued(one, scans.get(one.id or 0, 0), one.id in replaced) for one in documents]


def _begun(form: type[FormModel]) -> dict[str, Any]:
    return {name: info.get_default(call_default_factory=True) for name, info in form.model_fields.items() if not info.is_required()}
