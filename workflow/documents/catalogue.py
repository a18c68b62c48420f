"""The standard documents (文书) of a procedure: what each is called, who issues it, in whose name, and what it is told.

A document is issued with an act, or asked for on the page of the case; both through `issue_standard`. What the case lacks for it
is named, with the act that supplies it, before anything is frozen.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints

from sqlmodel import Session, col, select

from workflow import journal
from workflow.documents.issue import Document, MissingGlyph, compose, issue, next_number
from workflow.documents.style import PLAIN, code_of, style_of
from workflow.forms import FormModel, Invalid
from workflow.organisations import Organisation
from workflow.procedure import F
from workflow.proceedings import C, Doing
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, Words, say

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

V = TypeVar("V")


class NoWords(FormModel):
    """A document that asks for nothing that the case does not hold."""


@dataclass(frozen=True)
class Lack:
    """A particular that a document needs and the case does not hold. `act` supplies it, or the page at `page`."""

    what: str
    act: str = ""
    page: str = ""


class Incomplete(Exception):
    """The case lacks particulars for a document; `lacks` names each."""

    def __init__(self, title: str, lacks: Iterable[Lack]) -> None:
        self.title, self.lacks = title, tuple(dict.fromkeys(lacks))
        super().__init__(f"{title}: {', '.join(lack.what for lack in self.lacks)}")

    @property
    def sentence(self) -> Sentence:
        return say(N_("《{title}》还缺：{what}。"), title=Word(self.title), what=Words([lack.what for lack in self.lacks]))


@dataclass
class Writing(Generic[C, F]):
    """What the writer of a document works from, and the list of what it misses."""

    db: Session
    case: C
    facts: F
    on: date
    """成文日期: the day of the act that issues it."""
    number: str = ""
    subject: str = ""
    """Which meeting, letter or round it is about; a key of `Standard.subjects`, or empty for the latest."""
    words: FormModel = field(default_factory=NoWords)
    """What was typed for this document."""
    lacks: list[Lack] = field(default_factory=list)
    title: str = ""
    """Of the document that is written."""

    def need(self, value: V | None, what: str, act: str = "", page: str = "") -> V:
        """`value`; an empty one is noted as missing."""
        if not value:
            self.lacks.append(Lack(what, act, page))
        return value  # type: ignore[return-value]

    def insist(self, value: V | None, what: str, act: str = "", page: str = "") -> V:
        """`value`, from which more is written. Raises `Incomplete` for an empty one, with all that was found missing before it."""
        found = self.need(value, what, act, page)
        if not found:
            raise Incomplete(self.title, self.lacks)
        return found


@dataclass(frozen=True)
class Standard(Generic[C, F]):
    """One standard document. The functions are given a `Writing`; `subjects` gives what it can be about, newest first: none, none to issue."""

    name: str
    form: str
    """Number in the list of standard documents: H02. Empty for those beside the list."""
    title: str
    template: str
    by: frozenset[Seat]
    """Who issues it."""
    write: Callable[[Writing[C, F]], "DataclassInstance"]
    issuer: Callable[[Writing[C, F]], Organisation | None]
    """In whose name and number; none where a body has no organisation of its own."""
    asks: type[FormModel] = NoWords
    subjects: Callable[[Writing[C, F]], Mapping[str, str]] | None = None
    ready: Callable[[F], bool] = lambda facts: True
    """Whether it belongs on the page of a case that stands so."""
    with_act: str = ""
    """The act that alone issues it; until then the page only shows how it will look."""
    numbered: bool = True
    titled: Callable[[Any], str] = lambda record: getattr(record, "title", "")
    """Its own title, from its record; where that has none, `title`."""
    form_of: Callable[[C], str] | None = None
    """Number in the list, where it depends on the case."""
    side: Callable[[Writing[C, F]], str | None] = lambda writing: None
    """The side whose own it stays; none puts it on the table."""

    @property
    def record(self) -> type:
        """What its template is told."""
        found: type = get_type_hints(self.write)["return"]
        return found


@dataclass(frozen=True)
class Written:
    """A document before it is frozen."""

    title: str
    record: "DataclassInstance"
    issuer: Organisation | None


class Catalogue(Generic[C, F], dict[str, Standard[C, F]]):
    """The standard documents of one procedure by name, in the order of their page."""

    def __init__(self, standards: Iterable[Standard[C, F]]) -> None:
        super().__init__((one.name, one) for one in standards)

    def of(self, seats: frozenset[Seat], facts: F) -> list[Standard[C, F]]:
        """Those that belong to a case that stands so, and that these seats may issue."""
        return [one for one in self.values() if one.by & seats and one.ready(facts)]

    def issue(self, doing: Doing[C, F], name: str, subject: str = "") -> Document:
        """Issue it with the act under way, which cannot be without it. Raises as `issue_standard`."""
        return issue_standard(doing, self[name], subject=subject)

    def issue_with(self, doing: Doing[C, F], name: str, subject: str = "") -> Document | None:
        """Issue it beside an act of the body that issues it. None where the act was entered from that body's own paper, or where the
        case lacks a particular: it stays on the page among those that can be issued, with what it lacks."""
        if doing.by.on_paper:
            return None
        try:
            with doing.db.begin_nested():
                return self.issue(doing, name, subject)
        except Incomplete:
            return None


def written(standard: Standard[C, F], writing: Writing[C, F]) -> Written:
    """The record and its title. Raises `Incomplete`."""
    if standard.subjects is not None and not writing.subject:
        writing.subject = next(iter(standard.subjects(writing)), "")
    writing.title = standard.title
    record = standard.write(writing)
    if writing.lacks:
        raise Incomplete(standard.title, writing.lacks)
    return Written(standard.titled(record) or standard.title, record, standard.issuer(writing))


def subjects(standard: Standard[C, F], db: Session, case: C, facts: F, on: date) -> Mapping[str, str]:
    """What a document of this kind can be about: key → label, newest first; empty for those that are about the case as a whole."""
    return standard.subjects(Writing(db, case, facts, on)) if standard.subjects else {}


def preview(standard: Standard[C, F], writing: Writing[C, F]) -> str:
    """The semantic HTML as it would be issued, without number and token. Raises `Incomplete`, `MissingGlyph`."""
    made = written(standard, writing)
    style = style_of(writing.db, made.issuer.id, standard.name) if made.issuer else PLAIN
    return compose(standard.template, made.record, style)


def without_code(standard: Standard[C, F], writing: Writing[C, F]) -> Organisation | None:
    """The organisation that issues it, if it should number it and has no 发文代字 to do so."""
    issuer = standard.issuer(writing) if standard.numbered else None
    return issuer if issuer is not None and not code_of(writing.db, issuer, standard.name) else None


def issue_standard(
    doing: Doing[C, F], standard: Standard[C, F], *, subject: str = "", words: FormModel | None = None, supersedes: int | None = None
) -> Document:
    """Freeze it with the act under way, whose entry is written. Raises `Incomplete`; `Invalid` for characters that cannot be printed."""
    assert doing.entry is not None and doing.case.id is not None
    doing.db.flush()
    facts = doing.proceedings.facts(doing.db, doing.case, doing.on)
    writing = Writing(doing.db, doing.case, facts, doing.on, subject=subject, words=words or standard.asks())
    issuer = standard.issuer(writing)
    code = code_of(doing.db, issuer, standard.name) if standard.numbered and issuer is not None else ""
    if issuer is not None and code:
        writing.number = next_number(doing.db, issuer.id or 0, code, doing.on.year)
    made = written(standard, writing)
    try:
        document = issue(
            doing.db,
            case_kind=doing.proceedings.procedure.name,
            case_id=doing.case.id,
            organisation_id=(issuer.id if issuer else None) or doing.case.organisation_id,
            kind=standard.name,
            form=standard.form_of(doing.case) if standard.form_of else standard.form,
            title=made.title,
            template=standard.template,
            context=made.record,
            style=style_of(doing.db, issuer.id if issuer else None, standard.name),
            on=doing.on,
            at=doing.at,
            by=doing.by.person_id,
            act=doing.act.name,
            entry_seq=doing.entry.seq,
            number=writing.number or None,
            subject=writing.subject,
            side=standard.side(writing),
            supersedes=supersedes,
        )
    except MissingGlyph as error:
        raise Invalid({"": [error.sentence]}) from None
    journal.add(doing.db, doing.case, document.case_kind, document=document.kind, id=document.id, sha256=document.sha256)
    return document


def latest(db: Session, kind: str, case_id: int, name: str, subject: str = "") -> Document | None:
    """The document of this kind, about this subject, that was issued last."""
    found = select(Document).where(Document.case_kind == kind, Document.case_id == case_id, Document.kind == name)
    if subject:
        found = found.where(Document.subject == subject)
    return db.exec(found.order_by(col(Document.id).desc())).first()
