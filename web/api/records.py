"""What lies in a case beside the case itself: its journal as sentences, its documents, the files handed in, as far as the reader may see them."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from sqlmodel import Session, col, select

from web import casefile
from web.api import answers, shapes
from web.api.acts import Cases
from web.dispatch import in_read
from web.downloads import MEDIA_TYPES, attachment, made
from web.practice import today
from web.render import translate, word
from web.sessions import is_signed_in
from workflow.documents.issue import Document, DocumentFile
from workflow.evidence import Evidence
from workflow.journal import Entry, addenda
from workflow.people import Person
from workflow.procedure import Actor, F
from workflow.proceedings import C
from workflow.words import Sentence

Particulars = Mapping[str, Any]


@dataclass(frozen=True)
class Record:
    """A case in the hands of one reader. `particulars` gives those of an entry that the reader may know, or None."""

    entries: Sequence[Entry]
    documents: Sequence[Document]
    files: Sequence[Evidence]
    particulars: Callable[[Particulars], Particulars | None]
    names: bool
    """Who entered what."""


@dataclass(frozen=True)
class Records(Generic[C, F]):
    cases: Cases[C, F]
    read: Callable[[Session, C, Any, Actor], Record]
    tell: Callable[[Entry], Sentence]
    more: Callable[[Entry], Sentence | None] = lambda entry: None

    def routes(self) -> Sequence[HTTPRouteHandler]:
        address = f"{self.cases.work.address}/{{case_id:int}}"

        @get(f"{address}/journal", guards=[is_signed_in])
        async def journal(case_id: FromPath[int]) -> Response[bytes]:
            return await in_read(self._journal, case_id)

        @get(f"{address}/documents/{{document_id:str}}", guards=[is_signed_in])
        async def document(case_id: FromPath[int], document_id: FromPath[str]) -> Response[bytes]:
            """`7` is its text, `7.pdf` the print, `7.docx` the Word file."""
            asked = re.fullmatch(r"([0-9]{1,18})(?:\.(pdf|docx))?", document_id)
            if asked is None:
                raise NotFoundException
            number, format = asked.groups()
            if format is None:
                return await in_read(self._document, case_id, int(number))
            found, kept = await in_read(self._kept, case_id, int(number), format)
            data = kept or await made(found, format)
            return attachment(data, MEDIA_TYPES[format], f"{found.title}.{format}", inline=False)

        @get(f"{address}/files/{{file_id:int}}", guards=[is_signed_in])
        async def file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
            return await in_read(self._file, case_id, file_id)

        return (journal, document, file)

    def _open(self, db: Session, case_id: int) -> tuple[C, Record]:
        person = self.cases.work.person()
        case, seen = self.cases.see(db, person, case_id, False)
        return case, self.read(db, case, seen, self.cases.work.proceedings.actor(db, case, person, today(db)))

    def _journal(self, db: Session, case_id: int) -> Response[bytes]:
        case, record = self._open(db, case_id)
        wanted = {e.actor_id for e in record.entries if e.actor_id is not None} if record.names else set()
        names = dict(db.exec(select(Person.id, Person.name).where(col(Person.id).in_(wanted))).all())
        added: dict[int, list[shapes.Addendum]] = defaultdict(list)
        for one in addenda(db, self.cases.work.proceedings.procedure.name, case_id):
            shown = record.particulars(one.particulars)
            added[one.seq].append(
                shapes.Addendum(particulars=dict(shown) if shown is not None else None, hash=one.hash, previous=one.previous)
            )
        items = [self._entry(e, names.get(e.actor_id), record.particulars(e.particulars), added[e.seq]) for e in record.entries]
        return answers.answer(shapes.Journal(items=items), version=case.version)

    def _entry(self, entry: Entry, by: str | None, particulars: Particulars | None, added: list[shapes.Addendum]) -> shapes.Entry:
        act, beside = self.cases.work.proceedings.procedure.acts.get(entry.act), self.more(entry)
        return shapes.Entry(
            seq=entry.seq,
            on=entry.done_on,
            entered_at=entry.entered_at,
            act=entry.act,
            label=translate(act.label) if act else word(self.tell(entry)),
            text=word(self.tell(entry)),
            note=word(beside) if beside else None,
            seat=entry.seat,
            by=by,
            rules=entry.rules,
            from_=entry.state_from,
            to=entry.state_to,
            on_paper=entry.on_paper,
            particulars=dict(particulars) if particulars is not None else None,
            hash=entry.hash,
            previous=entry.previous,
            addenda=added,
        )

    def _document(self, db: Session, case_id: int, document_id: int) -> Response[bytes]:
        case, found = self._readable(db, case_id, document_id)
        return answers.answer(answers.document_text(found, self.cases.address(case)))

    def _kept(self, db: Session, case_id: int, document_id: int, format: str) -> tuple[Document, bytes | None]:
        _case, found = self._readable(db, case_id, document_id)
        kept = db.get(DocumentFile, (found.id, format))
        return found, kept.data if kept else None

    def _readable(self, db: Session, case_id: int, document_id: int) -> tuple[C, Document]:
        case, record = self._open(db, case_id)
        for found in record.documents:
            if found.id == document_id:
                return case, found
        raise NotFoundException

    def _file(self, db: Session, case_id: int, file_id: int) -> Response[bytes]:
        _case, record = self._open(db, case_id)
        return casefile.download(db, record.files, file_id)
