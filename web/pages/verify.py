"""Whether a paper is one of ours: by the code on it, by its number and date, or by the file. Anybody may ask; what it says is told to nobody."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from litestar import Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from sqlmodel import Session, and_, col, or_, select

from web.dispatch import in_read
from web.render import AnyRequest, page
from web.security import at_most
from workflow.documents.issue import Document, DocumentFile, SignedScan
from workflow.evidence import LIMIT
from workflow.organisations import Organisation
from workflow.words import N_, Sentence, say

SHA256 = re.compile(r"[0-9a-fA-F]{64}")
AT_MOST = 20
"""Answers to one number: every organisation counts its own."""


@dataclass(frozen=True)
class Answer:
    """What anybody may know of a document that is ours."""

    title: str
    number: str
    issuer: str
    issued_on: date
    sha256: str
    as_what: Sentence | None = None
    """Which of its files was handed in."""
    is_replaced: bool = False


@get("/verify", guards=[at_most(60)])
async def show(number: FromQuery[str] = "", issued_on: FromQuery[str] = "") -> Response[str]:
    return await in_read(_by_number, number.replace("\x00", "").strip(), issued_on.strip())


@get("/verify/{token:str}")
async def show_token(token: FromPath[str]) -> Response[str]:
    return await in_read(_by_token, token)


@post("/verify", guards=[at_most(60)], status_code=200)
async def check_file(request: AnyRequest) -> Response[str]:
    """The file is hashed and forgotten."""
    sent = (await request.form()).get("file")
    data = await sent.read() if isinstance(sent, UploadFile) else b""
    return await in_read(_by_file, hashlib.sha256(data).hexdigest() if data else "", len(data))


def _by_number(db: Session, number: str, issued_on: str) -> Response[str]:
    """Numbers can be guessed, so they are asked for with the date on the paper; what one side keeps to itself is found only by what stands
    on it."""
    if not number:
        return _page()
    day = _day(issued_on)
    if day is None and not SHA256.fullmatch(number):
        undated = say(N_("请填写文书上的成文日期，比如2026-03-02。"))
        return _page(number=number, issued_on=issued_on, undated=undated)
    asked = re.sub(r"[\[［【(（]", "〔", re.sub(r"[\]］】)）]", "〕", re.sub(r"\s", "", number)))
    named = or_(
        and_(col(Document.number) == asked, col(Document.issued_on) == day, col(Document.side).is_(None)),
        col(Document.sha256) == number.lower(),
    )
    found = db.exec(select(Document).where(named).limit(AT_MOST)).all()
    return _page([_answer(db, one) for one in found], number=number, issued_on=issued_on)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _by_token(db: Session, token: str) -> Response[str]:
    document = db.exec(select(Document).where(Document.token == token)).first()
    if document is None:
        raise NotFoundException
    return _page([_answer(db, document)])


def _by_file(db: Session, sha256: str, size: int) -> Response[str]:
    error = say(N_("请选择要核验的文件。")) if not sha256 else say(N_("文件超过20MB，不是本系统的文书。")) if size > LIMIT else None
    if error:
        return _page(error=error)
    answers: Sequence[Answer] = [
        *(_answer(db, db.get_one(Document, file.document_id), say(N_("本系统生成的{format}文件，一字未改"), format=file.format.upper()))
          for file in db.exec(select(DocumentFile).where(DocumentFile.sha256 == sha256))),
        *(_answer(db, db.get_one(Document, scan.document_id), say(N_("与文书存在一起的签字盖章扫描件")))
          for scan in db.exec(select(SignedScan).where(SignedScan.sha256 == sha256))),
    ]  # fmt: skip
    return _page(answers)


def _page(
    answers: Sequence[Answer] | None = None,
    *,
    number: str = "",
    issued_on: str = "",
    error: Sentence | None = None,
    undated: Sentence | None = None,
) -> Response[str]:
    return page(
        "pages/verify.html",
        status=422 if error or undated else 200,
        answers=answers,
        number=number,
        issued_on=issued_on,
        error=error,
        undated=undated,
    )


def _answer(db: Session, document: Document, as_what: Sentence | None = None) -> Answer:
    later = db.exec(select(col(Document.id)).where(Document.supersedes == document.id)).first()
    issuer = db.get_one(Organisation, document.organisation_id)
    return Answer(document.title, document.number or "", issuer.name, document.issued_on, document.sha256, as_what, later is not None)


routes = (show, show_token, check_file)
