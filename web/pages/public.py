"""What a worker without an account reads: a published contract, by its link. Reading can be confirmed, once a browser."""

import hashlib
import secrets

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlalchemy import func
from sqlmodel import Session, col, select

from congress.queries import results_on
from negotiation.models import Negotiation, Publication, ReadReceipt, Signature
from negotiation.terms import HEADS, SIDE_LABELS, State
from negotiation.text import current_text, current_wages
from web.dispatch import in_read, in_write
from web.practice import now
from web.render import READER, AnyRequest, page, redirect
from workflow.organisations import Organisation
from workflow.words import N_, say

READER_COOKIE = "heyi_reader"


@get("/public/{token:str}")
async def show(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    return await in_read(_show, token, request.cookies.get(READER_COOKIE, ""))


@post("/public/{token:str}/receipt", status_code=200)
async def confirm(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    known = request.cookies.get(READER_COOKIE, "")
    mark = known if len(known) == 32 else secrets.token_hex(16)
    await in_write(_confirm, token, mark)
    response = redirect(f"/public/{token}", say(N_("谢谢，已经记下一次阅读。不会记录您是谁。")))
    settings = READER.get().settings
    response.set_cookie(
        Cookie(key=READER_COOKIE, value=mark, max_age=400 * 86400, httponly=True, samesite="lax", secure=settings.secure_cookies)
    )
    return response


def _published(db: Session, token: str) -> Negotiation:
    """A contract that both was published and has been in force; anything else has no public page."""
    case = db.exec(select(Negotiation).where(Negotiation.token == token)).first()
    if case is None or case.state not in (State.IN_FORCE, State.ENDED):
        raise NotFoundException
    if db.exec(select(Publication.id).where(Publication.negotiation_id == case.id)).first() is None:
        raise NotFoundException
    return case


def _show(db: Session, token: str, mark: str) -> Response[str]:
    case = _published(db, token)
    assert case.id is not None
    return page(
        "pages/public/contract.html",
        case=case,
        organisation=db.get_one(Organisation, case.organisation_id),
        articles=current_text(db, case.id),
        heads=HEADS[case.kind],
        wages=current_wages(db, case.id),
        publications=db.exec(select(Publication).where(Publication.negotiation_id == case.id).order_by(col(Publication.id))).all(),
        signatures=db.exec(
            select(Signature)
            .where(Signature.negotiation_id == case.id, Signature.text_hash == case.text_hash, col(Signature.void).is_(False))
            .order_by(col(Signature.id))
        ).all(),
        sides=SIDE_LABELS,
        results=[r for r in results_on(db, case.text_hash or "", ("negotiation", str(case.id))) if r.passed],
        count=db.exec(select(func.count()).select_from(ReadReceipt).where(ReadReceipt.negotiation_id == case.id)).one(),
        confirmed=_has_read(db, case.id, mark),
    )


def _confirm(db: Session, token: str, mark: str) -> None:
    case = _published(db, token)
    assert case.id is not None
    if not _has_read(db, case.id, mark):
        db.add(ReadReceipt(negotiation_id=case.id, reader=_digest(case.id, mark), at=now()))


def _has_read(db: Session, case_id: int, mark: str) -> bool:
    if not mark:
        return False
    return (
        db.exec(select(ReadReceipt.id).where(ReadReceipt.negotiation_id == case_id, ReadReceipt.reader == _digest(case_id, mark))).first()
        is not None
    )


def _digest(case_id: int, mark: str) -> str:
    """Keeps one browser from being counted twice for one contract, and tells nothing across contracts."""
    return hashlib.sha256(f"{case_id}:{mark}".encode()).hexdigest()


routes = (show, confirm)
