"""Templates and their records → the semantic HTML of a document."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta, pass_context
from jinja2.runtime import Context

from workflow.documents import TEMPLATES
from workflow.documents.numerals import amount, amount_in_capitals, article, chapter, date_in_figures, date_in_han, han_numeral, percentage
from workflow.documents.style import PLAIN, Seal, Style

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

END_MARKS = "；;。.，,、 \u3000"


def render(template: str, record: "DataclassInstance", style: Style = PLAIN, token: str = "") -> str:
    """`record` gives the template its names, one for each field; a name that it lacks is an error. `token` is that of an issued document."""
    names = {field.name: getattr(record, field.name) for field in fields(record)}
    written = environment().get_template(template).render({"number": ""} | names | {"style": style, "token": token})
    return "\n".join(line for line in written.split("\n") if line.strip()) + "\n"


@cache
def version(template: str) -> str:
    """Name and state of a template: `negotiation/offer.html@` and 12 digits of a hash over it and all that it includes. A process
    reads each template once: what it prints is what it names."""
    digest = hashlib.sha256()
    for source in sources(template, {}).values():
        digest.update(source.encode())
    return f"{template}@{digest.hexdigest()[:12]}"


def sources(template: str, found: dict[str, str]) -> dict[str, str]:
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    found[template] = source
    for name in meta.find_referenced_templates(environment().parse(source)):
        if name is not None and name not in found:
            sources(name, found)
    return found


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(
        amount=amount,
        article=article,
        capitals=amount_in_capitals,
        chapter=chapter,
        dated=dated,
        day=date_in_figures,
        han=han_numeral,
        handay=date_in_han,
        item=item,
        lines=lines,
        listed=listed,
        sealed=sealed,
    )
    made.globals.update(counter=counter, percentage=percentage)
    return made


@pass_context
def dated(context: Context, day: date) -> str:
    """成文日期, as the organisation writes it."""
    style: Style = context["style"]
    return date_in_han(day) if style.han_dates else date_in_figures(day)


@pass_context
def sealed(context: Context, issuer: str) -> str:
    """署名, with the place of the seal as the organisation marks it."""
    style: Style = context["style"]
    return f"{issuer}（盖章）" if style.seal is Seal.MARKED else issuer


def item(number: int) -> str:
    return f"（{han_numeral(number)}）"


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something, as paragraphs."""
    return tuple(line for line in (one.strip(" \t\u3000") for one in text.splitlines()) if line)


def listed(items: Sequence[str], between: str = "；") -> list[str]:
    """Items of an enumeration: each ends in `between`, the last in 。, whatever mark it was written with."""
    bare = [one.strip().rstrip(END_MARKS) for one in items]
    return [one + ("。" if number == len(bare) else between) for number, one in enumerate(bare, 1)]


def counter() -> Callable[[], int]:
    """1, 2, 3 … one at each call."""
    numbers: Any = count(1)
    return lambda: next(numbers)
