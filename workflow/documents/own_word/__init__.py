"""An organisation's own Word template: checked when it is handed in, filled with what a document is told.

Placeholders are those of docxtpl: `{{ employer.name }}`, `{% if … %}`, `{%tr for one in representatives %}` for a row of a table, `{%p for … %}`
for a paragraph. They read the fields of the record and a few formats; they cannot call anything, and the file may hold nothing that runs or
is fetched from elsewhere.
"""

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any, get_type_hints

from docxtpl import DocxTemplate
from jinja2 import TemplateError

from workflow.documents.issue import facts_of
from workflow.documents.own_word.file import Fault, Unfit, parts_of, unsafe
from workflow.documents.own_word.reading import unknown
from workflow.documents.own_word.writing import environment, misspelt
from workflow.words import N_, pack, say, unpack

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SECONDS, MEMORY = 30, 2 * 1024**3
"""What filling a template may take."""
UNFIT = 3
"""How the process that fills ends where the template is at fault."""
TOO_MUCH = say(N_("填写这个模板要的时间或者内存太多，请减少模板里的循环和重复。"))


def check(data: bytes, record_type: type, required: Iterable[str] | None = None) -> list[Fault]:
    """Everything that keeps a template from being used for records of this type. `required` are the fields that it must print or ask
    for; by default all those without which no record is made."""
    found = unsafe(data)
    if found:
        return found
    used = set[str]()
    for part in parts_of(data):
        found += misspelt(part) or unknown(part, record_type, used)
    names = required_of(record_type) if required is None else required
    found += [Fault(say(N_("缺少必须有的占位符“{name}”。"), name=braced(name))) for name in names if name not in used]
    return list({str(fault.sentence): fault for fault in found}.values())


def unused(data: bytes, record_type: type) -> list[str]:
    """Fields that every record has words for and that a sound template does not print."""
    used = set[str]()
    for part in parts_of(data):
        unknown(part, record_type, used)
    return [name for name in required_of(record_type) if name not in used]


def fill(data: bytes, record: "Mapping[str, Any] | DataclassInstance") -> bytes:
    """The template with the record's words, which are never read as markup. Raises `Unfit`."""
    found = unsafe(data)
    if found:
        raise Unfit(found)
    facts = record if isinstance(record, Mapping) else facts_of(record)
    template = DocxTemplate(BytesIO(data))
    try:
        template.render({name: with_dates(value) for name, value in facts.items()}, environment(), autoescape=True)
    except (TemplateError, ValueError, TypeError) as error:
        raise Unfit([Fault(say(N_("模板无法填写：{error}"), error=str(error)))]) from error
    made = BytesIO()
    template.save(made)
    return made.getvalue()


def fill_apart(data: bytes, facts: Mapping[str, Any]) -> bytes:
    """As `fill`, in a process of its own that may take so long and so much memory: a few loops in one another can ask for more than
    the server has."""
    sent = json.dumps(facts).encode() + b"\n" + data
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run([sys.executable, "-m", __name__], input=sent, capture_output=True, timeout=SECONDS, env=paths, check=False)
    except subprocess.TimeoutExpired:
        raise Unfit([Fault(TOO_MUCH)]) from None
    if done.returncode == UNFIT:
        raise Unfit([Fault(unpack(one)) for one in json.loads(done.stdout)])
    if done.returncode:
        raise Unfit([Fault(TOO_MUCH)])
    return done.stdout


def main() -> int:
    """What `fill_apart` starts: facts and template on standard input, the filled file, or what is wrong, on standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    facts, _, data = sys.stdin.buffer.read().partition(b"\n")
    try:
        sys.stdout.buffer.write(fill(data, json.loads(facts)))
    except Unfit as error:
        sys.stdout.buffer.write(json.dumps([pack(fault.sentence) for fault in error.faults]).encode())
        return UNFIT
    return 0


def with_dates(value: Any) -> Any:
    """JSON with its dates as dates again."""
    if isinstance(value, Mapping):
        return {name: with_dates(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [with_dates(one) for one in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def required_of(record_type: type) -> list[str]:
    """Fields that every record has words for; whether something is so may be left unsaid."""
    hints = get_type_hints(record_type)
    return [
        one.name for one in fields(record_type) if one.default is MISSING and one.default_factory is MISSING and hints[one.name] is not bool
    ]


def braced(name: str) -> str:
    return f"{{{{ {name} }}}}"


__all__ = ["Fault", "Unfit", "check", "fill", "fill_apart", "main", "required_of", "unused"]
