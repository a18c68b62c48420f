"""What a bundle wants done, part by part: a dossier is bound into one PDF, a batch of documents is issued and zipped.

Each part is remembered as it is done, so that a job that was cut off goes on where it stopped and issues nothing twice.
"""

import logging
import re
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col, select

from congress.acts import PROCEEDINGS as CONGRESSES
from negotiation.acts import NEGOTIATIONS
from web.dispatch import House
from workflow import evidence
from workflow.documents.asked import ISSUE
from workflow.documents.binding import Part, bind
from workflow.documents.bundle import Bundle, BundleForm
from workflow.documents.catalogue import latest
from workflow.documents.issue import DOCX, PDF, Document, file_of, keep
from workflow.evidence import Blob
from workflow.forms import Invalid
from workflow.procedure import Refused
from workflow.proceedings import Proceedings, do, locked
from workflow.words import pack

log = logging.getLogger("heyi.bundles")

UNFIT_FOR_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^\.+')
"""What no name of a file may hold: it would lead out of the folder."""
PROCEDURES: Mapping[str, Proceedings[Any, Any]] = {one.procedure.name: one for one in (NEGOTIATIONS, CONGRESSES)}


def unfinished(db: Session) -> list[int]:
    return [number for number in db.exec(select(Bundle.id).where(col(Bundle.finished_at).is_(None))) if number is not None]


def make(house: House, bundle_id: int, on: date, at: datetime, address: str) -> None:
    """Make what the bundle wants, and keep it. Done already, nothing happens; what cannot be made is told to who asked, not tried for ever."""
    form, is_done = house.read(_state, bundle_id)
    if is_done:
        return
    try:
        _make(house, bundle_id, form, on, at, address)
    except DBAPIError:
        raise  # the database is away: what was asked is still to be done
    except Exception:
        log.exception("bundle %s could not be made", bundle_id)
        house.write(_fail, bundle_id, at)


def _make(house: House, bundle_id: int, form: str, on: date, at: datetime, address: str) -> None:
    if form == BundleForm.BATCH:
        _issue_all(house, bundle_id, on, at)
        _keep_files(house, bundle_id, at, address)
        data, name = house.read(_zipped, bundle_id, address), "application/zip"
        faults: list[dict[str, Any]] = []
    else:
        title, unit, parts = house.read(_parts, bundle_id, address)
        data, unread = bind(title, unit, parts, at, progress=lambda done: house.write(_count, bundle_id, done))
        name, faults = "application/pdf", [{"name": one} for one in unread]
    house.write(_finish, bundle_id, data, name, faults, at)


def _state(db: Session, bundle_id: int) -> tuple[str, bool]:
    bundle = db.get_one(Bundle, bundle_id)
    return bundle.form, bundle.finished_at is not None


def _count(db: Session, bundle_id: int, done: int) -> None:
    db.get_one(Bundle, bundle_id).made = done


def _finish(db: Session, bundle_id: int, data: bytes, media_type: str, faults: list[dict[str, Any]], at: datetime) -> None:
    bundle = db.get_one(Bundle, bundle_id)
    bundle.sha256 = evidence.keep_as(db, data, media_type)
    bundle.faults = [*bundle.faults, *faults]
    bundle.made, bundle.finished_at = bundle.total, at


def _fail(db: Session, bundle_id: int, at: datetime) -> None:
    db.get_one(Bundle, bundle_id).finished_at = at


# ---- a dossier


def _parts(db: Session, bundle_id: int, address: str) -> tuple[str, str, list[Part]]:
    bundle = db.get_one(Bundle, bundle_id)
    return bundle.title, bundle.wanted["unit"], [_part(db, one, address) for one in bundle.wanted["parts"]]


def _part(db: Session, wanted: Mapping[str, str], address: str) -> Part:
    if "document" in wanted:
        return Part(wanted["label"], "application/pdf", file_of(db, _issued(db, wanted["document"]), PDF, address))
    blob = db.get_one(Blob, wanted["file"])
    return Part(wanted["label"], blob.media_type, blob.data, wanted.get("name", ""))


# ---- a batch


def _issue_all(house: House, bundle_id: int, on: date, at: datetime) -> None:
    for case_id in house.read(_waiting, bundle_id):
        try:
            house.write(_issue_one, bundle_id, case_id, on, at)
        except Invalid as error:
            said = next(iter(error.errors.values()))[0]
            house.write(_fault, bundle_id, case_id, pack(said))
        except Refused as error:
            house.write(_fault, bundle_id, case_id, pack(error.reasons[0].sentence))


def _waiting(db: Session, bundle_id: int) -> list[int]:
    bundle = db.get_one(Bundle, bundle_id)
    done = {*map(int, bundle.wanted["issued"]), *(one["case"] for one in bundle.faults)}
    return [number for number in bundle.wanted["cases"] if number not in done]


def _issue_one(db: Session, bundle_id: int, case_id: int, on: date, at: datetime) -> None:
    """The act of who asked for the batch, with his seat in this case."""
    bundle = db.get_one(Bundle, bundle_id)
    proceedings = PROCEDURES[bundle.case_kind]
    case = locked(db, proceedings.model, case_id)
    by = proceedings.actor(db, case, bundle.asked_by, on)
    act = bundle.wanted["act"]
    sent = {"document": bundle.name} if act == ISSUE else {}
    do(db, proceedings, case, act, sent, by=by, today=on, at=at)
    document = latest(db, bundle.case_kind, case_id, bundle.name)
    assert document is not None
    bundle.wanted = {**bundle.wanted, "issued": {**bundle.wanted["issued"], str(case_id): document.token}}
    bundle.made += 1


def _fault(db: Session, bundle_id: int, case_id: int, sentence: Any) -> None:
    bundle = db.get_one(Bundle, bundle_id)
    bundle.faults = [*bundle.faults, {"case": case_id, "sentence": sentence}]
    bundle.made += 1


def _keep_files(house: House, bundle_id: int, at: datetime, address: str) -> None:
    """What is handed out is known again when somebody verifies it."""
    for token in house.read(lambda db: list(db.get_one(Bundle, bundle_id).wanted["issued"].values())):
        for format in (PDF, DOCX):
            house.write(_keep, token, format, house.read(_file, token, format, address), at)


def _file(db: Session, token: str, format: str, address: str) -> bytes:
    return file_of(db, _issued(db, token), format, address)


def _keep(db: Session, token: str, format: str, data: bytes, at: datetime) -> None:
    keep(db, _issued(db, token), data, at, format)


def _issued(db: Session, token: str) -> Document:
    return db.exec(select(Document).where(Document.token == token)).one()


def _zipped(db: Session, bundle_id: int, address: str) -> bytes:
    bundle = db.get_one(Bundle, bundle_id)
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for number, token in enumerate(bundle.wanted["issued"].values(), 1):
            document = _issued(db, token)
            name = f"{number:03d}-{UNFIT_FOR_NAMES.sub('_', document.number or document.title)[:60]}"
            for format in (PDF, DOCX):
                archive.writestr(f"{format}/{name}.{format}", file_of(db, document, format, address))
    return made.getvalue()
