"""How things are said to a program: acts with their reasons, deadlines with their derivation, documents with their address."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, overload

from litestar import Response

from web.api import shapes
from web.casework import Choices
from web.errors import reason_json
from web.fields import extra, is_required
from web.languages import LOCALES
from web.render import READER, translate, word
from workflow.clock import NEVER
from workflow.deadlines import Deadline, Event
from workflow.documents.issue import Document
from workflow.forms import FormModel, row_type
from workflow.law.rules import Rulebook
from workflow.procedure import Clock, Standing
from workflow.seats import SEAT_LABELS, Seat
from workflow.words import N_

ADDRESS = "/api/v1"


def answer(shape: shapes.Shape, *, status: int = 200, version: int | None = None, location: str = "") -> Response[bytes]:
    """JSON in the caller's language; `version` becomes the ETag that If-Match takes."""
    headers = {"Content-Language": LOCALES[READER.get().language], "Vary": "Accept-Language"}
    if version is not None:
        headers["ETag"] = f'"{version}"'
    if location:
        headers["Location"] = location
    return Response(shape.model_dump_json(by_alias=True).encode(), status_code=status, media_type="application/json", headers=headers)


@overload
def yuan(fen: int) -> str: ...


@overload
def yuan(fen: None) -> None: ...


def yuan(fen: int | None) -> str | None:
    """Money as a program reads it."""
    return f"{fen // 100}.{fen % 100:02d}" if fen is not None else None


def standing(found: Standing[Any], address: str) -> shapes.Standing:
    return shapes.Standing(**_standing(found, address))


def act_form(found: Standing[Any], address: str, choices: Choices) -> shapes.ActForm:
    return shapes.ActForm(**_standing(found, address), fields=asked(found.act.form, choices))


def _standing(found: Standing[Any], address: str) -> dict[str, Any]:
    return {
        "name": found.act.name,
        "label": translate(found.act.label),
        "open": found.open,
        "how": found.how,
        "seats": [str(seat) for seat in Seat if found.open and seat in found.seats],
        "reasons": [shapes.Reason(**reason_json(reason)) for reason in found.reasons],
        "href": f"{address}/acts/{found.act.name}",
    }


def asked(form: type[FormModel], choices: Choices, prefix: str = "") -> list[shapes.Asked]:
    """The fields of a form. `choices` under `name` or `rows.name` stand instead of those of the form itself."""
    found = []
    for name, info in form.model_fields.items():
        look = extra(info)
        row = row_type(info.annotation)
        offered: Mapping[str, str] = choices.get(prefix + name, look["choices"] or {})
        found.append(
            shapes.Asked(
                name=name,
                title=translate(info.title or name),
                widget=look["widget"],
                hint=translate(look["hint"]),
                unit=translate(look["unit"]),
                required=is_required(info),
                options=[shapes.Option(value=str(value), label=word(label)) for value, label in offered.items()],
                rows=asked(row, choices, f"{name}.") if row is not None else [],
            )
        )
    return found


def deadlines(found: Iterable[Deadline], events: Sequence[Event], clocks: Sequence[Clock], rules: Rulebook) -> list[shapes.Deadline]:
    labels = {clock.rule: clock.label for clock in clocks}
    days = {event.id: event.on for event in events}
    said = []
    for one in found:
        day = days.get(one.start_id)
        rule = rules.find(one.rule, day) if day is not None else None
        said.append(
            shapes.Deadline(
                rule=one.rule,
                label=translate(labels.get(one.rule, one.rule)),
                due=None if one.due == NEVER else one.due,
                provisional=one.provisional,
                agreed=one.agreed,
                derivation=translate(N_("；")).join(step.read(translate) for step in one.derivation()),
                article="、".join(citation.in_full for citation in rule.citations) if rule else "",
                status=one.status,
                who=translate(SEAT_LABELS[Seat(one.who)]),
                subject=one.subject,
            )
        )
    return said


def document(found: Document, address: str) -> shapes.DocumentLine:
    return shapes.DocumentLine(**_document(found, address))


def document_text(found: Document, address: str) -> shapes.DocumentText:
    line = _document(found, address)
    return shapes.DocumentText(**line, html=found.html, pdf=f"{line['url']}.pdf", docx=f"{line['url']}.docx")


def _document(found: Document, address: str) -> dict[str, Any]:
    assert found.id is not None
    return {
        "id": found.id,
        "title": found.title,
        "kind": found.kind,
        "form": found.form,
        "number": found.number,
        "issued_on": found.issued_on,
        "sha256": found.sha256,
        "url": f"{address}/documents/{found.id}",
    }
