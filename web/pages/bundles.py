"""Files that are made in the background: how far they have come, and the file. Only for who asked."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session, select

from negotiation.queries import sight
from web.bundling import PROCEDURES
from web.dispatch import in_read
from web.downloads import attachment
from web.pages.dossiers import OPEN_TO
from web.practice import today
from web.render import page
from web.sessions import current_person, is_signed_in
from workflow.documents.bundle import Bundle, BundleForm
from workflow.evidence import Blob
from workflow.words import N_, Sentence, say, unpack

ENDINGS = {"application/pdf": "pdf", "application/zip": "zip"}


@get("/bundles/{token:str}", guards=[is_signed_in])
async def show(token: FromPath[str]) -> Response[str]:
    return await in_read(_show, token)


@get("/bundles/{token:str}/file", guards=[is_signed_in])
async def file(token: FromPath[str]) -> Response[bytes]:
    return await in_read(_file, token)


def _show(db: Session, token: str) -> Response[str]:
    bundle = _own(db, token)
    response = page("pages/papers/bundle.html", bundle=bundle, faults=[_said(db, bundle, one) for one in bundle.faults])
    if bundle.finished_at is None:
        response.headers["Refresh"] = "2"
    return response


def _said(db: Session, bundle: Bundle, fault: dict[str, Any]) -> tuple[str, Sentence]:
    """What could not be made, and why."""
    if bundle.form == BundleForm.DOSSIER:
        return str(fault["name"]), say(N_("不是PDF或图片，或者不能读取，请另附原件"))
    case = db.get_one(PROCEDURES[bundle.case_kind].model, fault["case"])
    return str(getattr(case, "title", "")), unpack(fault["sentence"])


def _file(db: Session, token: str) -> Response[bytes]:
    bundle = _own(db, token)
    if bundle.sha256 is None:
        raise NotFoundException
    blob = db.get_one(Blob, bundle.sha256)
    return attachment(blob.data, blob.media_type, f"{bundle.title}.{ENDINGS[blob.media_type]}", inline=False)


def _own(db: Session, token: str) -> Bundle:
    bundle = db.exec(select(Bundle).where(Bundle.token == token)).first()
    if bundle is None or bundle.asked_by != current_person(db).id or not _may_still_ask(db, bundle):
        raise NotFoundException
    return bundle


def _may_still_ask(db: Session, bundle: Bundle) -> bool:
    """What somebody gathered in an office is closed to them once they have left it."""
    proceedings = PROCEDURES[bundle.case_kind]
    on = today(db)
    cases = [db.get_one(proceedings.model, number) for number in bundle.wanted.get("cases", [bundle.case_id])]
    if bundle.form == BundleForm.DOSSIER:
        return all(sight(db, case, bundle.asked_by, on) in OPEN_TO for case in cases)
    by = proceedings.procedure.acts[bundle.wanted["act"]].by
    return all(proceedings.actor(db, case, bundle.asked_by, on).seats & by for case in cases)


routes = (show, file)
