"""Files over the API: received once, then named by their hash in the forms of acts.

A hash alone opens nothing: only who has brought a file may hand it in, or a hash read in a journal would be enough to have
somebody else's paper laid on a table of one's own. (Pages carry a file already received under a seal.)
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from litestar import Response, post
from litestar.datastructures import UploadFile
from sqlmodel import Session

from web.api import answers, shapes
from web.api.models import Upload
from web.api.reading import query
from web.dispatch import in_write
from web.practice import now
from web.render import AnyRequest
from web.sessions import current_person, is_signed_in
from web.uploads import receive as receive_file
from workflow import evidence
from workflow.evidence import ENDINGS, Unacceptable
from workflow.forms import FormModel, Invalid, field, invalid
from workflow.words import N_, Sentence, say

FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class Named(FormModel):
    name: str = field(N_("文件名"), default="")


@post("/evidence", guards=[is_signed_in], status_code=201)
async def receive(request: AnyRequest) -> Response[bytes]:
    """One file: the only file of a form, or the body itself with `?name=`."""
    name: str = query(request, Named).name
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() in FORMS:
        found = [value for _name, value in (await request.form()).multi_items() if isinstance(value, UploadFile) and value.filename]
        if len(found) != 1:
            raise invalid("file", N_("每次上传一个文件，现在有{n}个。"), n=len(found))
        name, data = name or found[0].filename, await found[0].read()
    else:
        data = await request.body()
    return await in_write(_receive, name[-200:], data)


def _receive(db: Session, name: str, data: bytes) -> Response[bytes]:
    try:
        named = name or f"file.{ENDINGS[evidence.media_type(name, data)]}"
        digest = receive_file(db, named, data, current_person(db).id or 0, at=now())
    except Unacceptable as error:
        raise Invalid({"file": [error.sentence]}) from None
    return answers.answer(shapes.File(name=named, sha256=digest), status=201)


def check_own(db: Session, values: Mapping[str, Any], person_id: int) -> None:
    """Every file named anywhere in `values` was brought by this person. Raises `Invalid`; of a file that is somebody else's it
    says what it says of one that nobody has brought.
    """
    errors: dict[str, list[Sentence]] = {}
    for name, value in values.items():
        for file in _named(value):
            digest = str(file["sha256"])
            if not re.fullmatch("[0-9a-f]{64}", digest) or db.get(Upload, (digest, person_id)) is None:
                said = say(N_("文件“{name}”没有上传成功，请重新选择。"), name=str(file.get("name", ""))[:200])
                errors.setdefault(name, []).append(said)
    if errors:
        raise Invalid(errors)


def _named(value: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(value, Mapping):
        if "sha256" in value:
            yield value
        for below in value.values():
            yield from _named(below)
    elif isinstance(value, list):
        for below in value:
            yield from _named(below)


routes = (receive,)
