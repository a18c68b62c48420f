"""Issued documents and the files handed in, for whoever may see the case they belong to."""

from urllib.parse import quote

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from lxml import html
from markupsafe import Markup
from sqlmodel import Session, select

from negotiation import disclosure
from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation, Submission
from negotiation.queries import side_of, sight
from web import loaders
from web.dispatch import in_read
from web.pages.negotiations import WORK
from web.practice import today
from web.render import page
from web.sessions import is_signed_in
from workflow.documents.issue import Document, pdf_of
from workflow.evidence import ENDINGS, Blob, Evidence
from workflow.journal import entries

SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


@get("/documents/{token:str}", guards=[is_signed_in])
async def show_document(token: FromPath[str]) -> Response[str]:
    return await in_read(_document_page, token)


@get("/documents/{token:str}/pdf", guards=[is_signed_in])
async def show_pdf(token: FromPath[str]) -> Response[bytes]:
    return await in_read(_pdf, token)


@get("/negotiations/{case_id:int}/files/{file_id:int}", guards=[is_signed_in])
async def show_file(case_id: FromPath[int], file_id: FromPath[int]) -> Response[bytes]:
    return await in_read(_file, case_id, file_id)


def _document_page(db: Session, token: str) -> Response[str]:
    document, case = _readable(db, token)
    heading = " ".join(str(html.fromstring(document.html).xpath("string(.//h1)")).split())
    return page("pages/documents/show.html", document=document, case=case, heading=heading, body=Markup(document.html))


def _pdf(db: Session, token: str) -> Response[bytes]:
    document, _case = _readable(db, token)
    return attachment(pdf_of(db, document), "application/pdf", f"{document.title}.pdf", inline=True)


def _file(db: Session, case_id: int, file_id: int) -> Response[bytes]:
    case, seen = loaders.seen(db, WORK.person(), case_id)
    file = db.get(Evidence, file_id)
    side = side_of(NEGOTIATIONS.actor(db, case, WORK.person(), today(db)).seats)
    if file is None or file.id not in {e.id for e in disclosure.files(db, case, seen, side)}:
        raise NotFoundException
    blob = db.get_one(Blob, file.sha256)
    name = file.name if "." in file.name else f"{file.name}.{ENDINGS[blob.media_type]}"
    return attachment(blob.data, blob.media_type, name, inline=False)


def _readable(db: Session, token: str) -> tuple[Document, Negotiation]:
    """The document and its negotiation; a resolution of a congress is read through the negotiation that it resolved on."""
    document = db.exec(select(Document).where(Document.token == token)).first()
    if document is None:
        raise NotFoundException
    for case in _negotiations(db, document):
        seen = sight(db, case, WORK.person(), today(db))
        if seen is None:
            continue
        side = side_of(NEGOTIATIONS.actor(db, case, WORK.person(), today(db)).seats)
        journal = entries(db, NEGOTIATIONS.procedure.name, case.id or 0)
        if document.id in {d.id for d in disclosure.documents(db, case, journal, seen, side)}:
            return document, case
    raise NotFoundException


def _negotiations(db: Session, document: Document) -> list[Negotiation]:
    if document.case_kind == NEGOTIATIONS.procedure.name:
        return [db.get_one(Negotiation, document.case_id)]
    query = select(Negotiation).join(Submission, Submission.negotiation_id == Negotiation.id)  # type: ignore[arg-type]
    return list(db.exec(query.where(Submission.meeting_id == document.case_id)))


def attachment(data: bytes, media_type: str, name: str, *, inline: bool) -> Response[bytes]:
    """A file as a download; only what cannot run in our origin may open in the browser."""
    shown = "inline" if inline and media_type in SHOWN_INLINE else "attachment"
    headers = {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=media_type, headers=headers)


routes = (show_document, show_pdf, show_file)
