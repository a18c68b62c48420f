"""Files on their way to a reader."""

import asyncio
from urllib.parse import quote

from litestar import Response

from web.dispatch import in_write
from web.practice import now
from web.render import READER
from web.settings import verified_at
from workflow.documents.issue import DOCX, PDF, RENDERERS, Document, keep
from workflow.evidence import ENDINGS, Blob

SHOWN_INLINE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})
MEDIA_TYPES = {PDF: "application/pdf", DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


async def made(document: Document, format: str) -> bytes:
    """The file of a document that is kept in this format from now on; made outside the threads that the database is read in."""
    data = await asyncio.to_thread(RENDERERS[format], document.html, document.issued_at, verified_at(READER.get().settings))
    await in_write(keep, document, data, now(), format)
    return data


def attachment(data: bytes, media_type: str, name: str, *, inline: bool) -> Response[bytes]:
    """A file as a download; only what cannot run in our origin may open in the browser."""
    shown = "inline" if inline and media_type in SHOWN_INLINE else "attachment"
    headers = {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}"}
    return Response(data, media_type=media_type, headers=headers)


def named(name: str, blob: Blob) -> str:
    """With the ending that its type has, where it came without one."""
    return name if "." in name else f"{name}.{ENDINGS[blob.media_type]}"
