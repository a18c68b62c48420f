"""Issued documents, their files and signed papers, and the files handed in, for whoever may see the case they belong to."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from lxml import html
from markupsafe import Markup
from sqlmodel import Session, col, select

from congress.documents import BALLOT
from congress.models import CongressMeeting
from congress.procedure import CONGRESS
from congress.queries import documents, visible_to
from mediation.documents import readable
from mediation.models import MediationCase
from mediation.procedure import MEDIATION
from mediation.warnings.models import EarlyWarning
from mediation.warnings.procedure import EARLY_WARNING
from mediation.warnings.queries import visible_to as seen_warning
from negotiation import disclosure
from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation, Submission
from negotiation.queries import side_of, sight
from web import loaders
from web.casework import Casework
from web.dispatch import in_read, in_write
from web.downloads import MEDIA_TYPES, attachment, made, named
from web.pages import congress, mediation, warnings
from web.pages.negotiations import WORK
from web.posted import Posted, posted
from web.practice import now, today
from web.render import AnyRequest, page, redirect
from web.sessions import is_signed_in
from workflow.documents import own_word
from workflow.documents.asked import KEEP, KeepScan
from workflow.documents.cutting import two_to_a_sheet
from workflow.documents.issue import DOCX, PDF, Document, DocumentFile, SignedScan
from workflow.documents.style import own_template
from workflow.evidence import Blob, Evidence
from workflow.forms import Invalid
from workflow.journal import entries
from workflow.proceedings import do
from workflow.words import N_, Sentence, say


@dataclass(frozen=True)
class Reading:
    """A document in the hands of somebody who may read it."""

    document: Document
    case: Any
    work: Casework[Any, Any]


@get("/documents/{token:str}", guards=[is_signed_in])
async def show_document(token: FromPath[str]) -> Response[str]:
    return await in_read(_document_page, token)


@get("/documents/{token:str}/pdf", guards=[is_signed_in])
async def show_pdf(token: FromPath[str]) -> Response[bytes]:
    return await _download(token, PDF)


@get("/documents/{token:str}/docx", guards=[is_signed_in])
async def show_docx(token: FromPath[str]) -> Response[bytes]:
    return await _download(token, DOCX)


@get("/documents/{token:str}/sheet", guards=[is_signed_in])
async def show_sheet(token: FromPath[str]) -> Response[bytes]:
    """Ballots as they are printed: two to a sheet, to be cut apart."""
    document, kept = await in_read(_kept, token, PDF)
    if document.kind != BALLOT:
        raise NotFoundException
    data = await asyncio.to_thread(two_to_a_sheet, kept or await made(document, PDF))
    return attachment(data, MEDIA_TYPES[PDF], f"{document.title}.pdf", inline=True)


@get("/documents/{token:str}/own", guards=[is_signed_in])
async def show_own(token: FromPath[str]) -> Response[bytes]:
    """By the Word template of the organisation that issued it."""
    title, template, facts = await in_read(_own, token)
    try:
        data = await asyncio.to_thread(own_word.fill_apart, template, facts)
    except own_word.Unfit as error:
        raise Invalid({"": [fault.sentence for fault in error.faults]}) from None
    return attachment(data, MEDIA_TYPES[DOCX], f"{title}.docx", inline=False)


@post("/documents/{token:str}/scans", guards=[is_signed_in], status_code=200)
async def keep_scan(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    return await in_write(_keep_scan, token, await posted(request))


@get("/documents/{token:str}/scans/{scan_id:int}", guards=[is_signed_in])
async def show_scan(token: FromPath[str], scan_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_scan, token, scan_id)


@get("/negotiations/{case_id:int}/files/{file_id:int}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


async def _download(token: str, format: str) -> Response[bytes]:
    """The file, made by the first who asks and kept from then on."""
    document, kept = await in_read(_kept, token, format)
    data = kept or await made(document, format)
    return attachment(data, MEDIA_TYPES[format], f"{document.title}.{format}", inline=format == PDF)


def _kept(db: Session, token: str, format: str) -> tuple[Document, bytes | None]:
    document = reading(db, token).document
    kept = db.get(DocumentFile, (document.id, format))
    db.expunge(document)
    return document, kept.data if kept else None


def _own(db: Session, token: str) -> tuple[str, bytes, Mapping[str, Any]]:
    document = reading(db, token).document
    template = own_template(db, document.organisation_id, document.kind)
    if template is None:
        raise NotFoundException
    return document.title, db.get_one(Blob, template.sha256).data, document.facts


def _document_page(db: Session, token: str) -> Response[str]:
    return _page(db, reading(db, token), {})


def _page(db: Session, read: Reading, errors: Mapping[str, list[Sentence]]) -> Response[str]:
    document = read.document
    heading = " ".join(str(html.fromstring(document.html).xpath("string(.//h1)")).split())
    seats = read.work.proceedings.actor(db, read.case, read.work.person(), today(db)).seats
    return page(
        "pages/documents/show.html",
        status=422 if errors else 200,
        document=document,
        case=read.case,
        work=read.work,
        heading=heading,
        body=Markup(document.html),
        form=KeepScan,
        errors=errors,
        scans=db.exec(select(SignedScan).where(SignedScan.document_id == document.id).order_by(col(SignedScan.id))).all(),
        is_ballot=document.kind == BALLOT,
        may_keep=bool(seats & read.work.proceedings.procedure.acts[KEEP].by),
        own=own_template(db, document.organisation_id, document.kind),
        later=db.exec(select(Document).where(Document.supersedes == document.id)).first(),
        earlier=db.get(Document, document.supersedes) if document.supersedes else None,
    )


def _keep_scan(db: Session, token: str, sent: Posted) -> Response[str]:
    read = reading(db, token)
    case = read.work.load(db, read.work.person(), read.case.id, True)
    by = read.work.proceedings.actor(db, case, read.work.person(), today(db))
    try:
        sent.check()
        values = {"document": token, "evidence": sent.values.get("evidence", [])}
        do(db, read.work.proceedings, case, KEEP, values, by=by, today=today(db), at=now())
    except Invalid as error:
        db.rollback()
        return _page(db, reading(db, token), error.errors)
    return redirect(f"/documents/{token}", say(N_("已把签字盖章的扫描件和文书存在一起。")))


def _scan(db: Session, token: str, scan_id: int) -> Response[bytes]:
    document = reading(db, token).document
    scan = db.exec(select(SignedScan).where(SignedScan.id == scan_id, SignedScan.document_id == document.id)).first()
    if scan is None:
        raise NotFoundException
    blob = db.get_one(Blob, scan.sha256)
    return attachment(blob.data, blob.media_type, named(scan.name, blob), inline=False)


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    case, seen = loaders.seen(db, WORK.person(), case_id)
    file = db.get(Evidence, file_id)
    side = side_of(NEGOTIATIONS.actor(db, case, WORK.person(), today(db)).seats)
    if file is None or file.id not in {e.id for e in disclosure.files(db, case, seen, side)}:
        raise NotFoundException
    blob = db.get_one(Blob, file.sha256)
    return attachment(blob.data, blob.media_type, named(file.name, blob), inline=False)


def reading(db: Session, token: str) -> Reading:
    """The document and the case through which this reader may read it, or 404.

    A resolution of a congress is read through the negotiation that it resolved on too.
    """
    document = db.exec(select(Document).where(Document.token == token)).first()
    found = READERS[document.case_kind](db, document) if document is not None and document.case_kind in READERS else None
    if found is None:
        raise NotFoundException
    return found


def _of_negotiation(db: Session, document: Document) -> Reading | None:
    return _through(db, document, [db.get_one(Negotiation, document.case_id)])


def _of_congress(db: Session, document: Document) -> Reading | None:
    meeting = db.get_one(CongressMeeting, document.case_id)
    work = congress.CASEWORK
    if visible_to(db, meeting, work.person(), today(db)) and document.id in {d.id for d in documents(db, meeting)}:
        return Reading(document, meeting, work)
    query = select(Negotiation).join(Submission, col(Submission.negotiation_id) == col(Negotiation.id))
    return _through(db, document, list(db.exec(query.where(Submission.meeting_id == meeting.id))))


def _of_mediation(db: Session, document: Document) -> Reading | None:
    """Whoever may not see the case holds no seat in it, and reads nothing."""
    case = db.get_one(MediationCase, document.case_id)
    work = mediation.CASEWORK
    by = work.proceedings.actor(db, case, work.person(), today(db))
    return Reading(document, case, work) if document.id in {one.id for one in readable(db, case, by)} else None


def _of_warning(db: Session, document: Document) -> Reading | None:
    warning = db.get_one(EarlyWarning, document.case_id)
    work = warnings.CASEWORK
    return Reading(document, warning, work) if seen_warning(db, warning, work.person(), today(db)) else None


def _through(db: Session, document: Document, cases: list[Negotiation]) -> Reading | None:
    for case in cases:
        seen = sight(db, case, WORK.person(), today(db))
        if seen is None:
            continue
        side = side_of(NEGOTIATIONS.actor(db, case, WORK.person(), today(db)).seats)
        journal = entries(db, NEGOTIATIONS.procedure.name, case.id or 0)
        if document.id in {d.id for d in disclosure.documents(db, case, journal, seen, side)}:
            return Reading(document, case, WORK)
    return None


READERS: Mapping[str, Callable[[Session, Document], Reading | None]] = {
    NEGOTIATIONS.procedure.name: _of_negotiation,
    CONGRESS.name: _of_congress,
    MEDIATION.name: _of_mediation,
    EARLY_WARNING.name: _of_warning,
}


routes = (show_document, show_pdf, show_docx, show_sheet, show_own, keep_scan, show_scan, show_file)
