"""What a browser sent with a form: single values, repeated values, and files, which are kept before the form is read."""

import re
from dataclasses import dataclass, field
from typing import Any

from litestar.datastructures import UploadFile
from sqlmodel import Session

from web.dispatch import in_write
from web.practice import now
from web.render import READER, AnyRequest
from web.signing import unseal
from web.uploads import receive
from workflow.evidence import Unacceptable
from workflow.forms import Invalid
from workflow.words import Sentence

KEPT = "_kept."
"""Prefix of the hidden fields that carry files received with an earlier try."""


@dataclass(frozen=True)
class Posted:
    """`values` is what `FormModel.read` takes and what the form is shown with again; `errors` are those of the files."""

    values: dict[str, Any]
    errors: dict[str, list[Sentence]] = field(default_factory=dict)

    def text(self, name: str) -> str:
        """A single value, or empty."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def number(self, name: str) -> int | None:
        """A whole number in plain digits, or None."""
        found = self.text(name)
        return int(found) if re.fullmatch(r"[0-9]{1,18}", found) else None

    def check(self) -> None:
        """Raises `Invalid` if a file could not be taken."""
        if self.errors:
            raise Invalid(self.errors)


async def posted(request: AnyRequest, person_id: int | None = None) -> Posted:
    """Files are taken from people who are signed in only, or from `person_id`, who is known by something else."""
    reader = READER.get().person
    bringer = reader.id if reader is not None else person_id
    values: dict[str, Any] = {}
    files: dict[str, list[Any]] = {}
    uploads: list[tuple[str, str, bytes]] = []
    for name, value in (await request.form()).multi_items():
        if isinstance(value, UploadFile):
            if value.filename and bringer is not None:
                uploads.append((name, value.filename, await value.read()))
            continue
        if name.startswith(KEPT):
            file = unseal(READER.get().settings.secret, "file", value)
            if file:
                files.setdefault(name.removeprefix(KEPT), []).append(file)
        elif name not in values:
            values[name] = value
        elif isinstance(values[name], list):
            values[name].append(value)
        else:
            values[name] = [values[name], value]
    errors = await in_write(_keep, uploads, files, bringer) if uploads and bringer is not None else {}
    return Posted(values | files, errors)


def _keep(db: Session, uploads: list[tuple[str, str, bytes]], files: dict[str, list[Any]], person_id: int) -> dict[str, list[Sentence]]:
    errors: dict[str, list[Sentence]] = {}
    for field_name, name, data in uploads:
        try:
            digest = receive(db, name, data, person_id, at=now())
        except Unacceptable as error:
            errors.setdefault(field_name, []).append(error.sentence)
        else:
            files.setdefault(field_name, []).append({"name": name[-200:], "sha256": digest})
    return errors
