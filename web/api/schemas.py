"""Records and forms as schemas: what stands beside a box for a person is said to a program in the terms of a schema."""

from collections.abc import Iterator
from typing import Any

from pydantic.json_schema import models_json_schema

from web.api import mediation_shapes, register_shapes, shapes
from web.fields import extra
from web.render import translate, word
from workflow.forms import FormModel, row_type
from workflow.seats import Seat
from workflow.words import N_, say

Json = dict[str, Any]
REFERENCE = "#/components/schemas/"
SHOWN: tuple[type[shapes.Shape], ...] = (
    shapes.ActForm,
    shapes.Case,
    shapes.DocumentText,
    shapes.Due,
    shapes.File,
    shapes.Found,
    shapes.Journal,
    shapes.Me,
    shapes.Meeting,
    shapes.Rule,
    shapes.Rules,
    shapes.Term,
    shapes.Terms,
    mediation_shapes.Mediation,
    mediation_shapes.Mediations,
    register_shapes.RegisterLines,
    register_shapes.Proposal,
    register_shapes.Joint,
    register_shapes.Disclosed,
    shapes.Problem,
    shapes.Refusal,
    shapes.Faults,
    shapes.Stale,
)


def records() -> Json:
    _, whole = models_json_schema([(shape, "serialization") for shape in SHOWN], ref_template=REFERENCE + "{model}")
    schemas: Json = whole["$defs"]
    for schema in schemas.values():
        schema.pop("description", None)
        for field in schema.get("properties", {}).values():
            field.pop("title", None)
            if "description" in field:
                field["description"] = translate(field["description"])
    return schemas


def laid_out(schemas: Json, form: type[FormModel], prefix: str, *, beside: bool) -> str:
    """Lay the schema of a form, and of its rows, among `schemas`. Gives its name."""
    name = f"{prefix}.{form.__name__}"
    if name in schemas:
        return name
    schema = schema_of(form, prefix)
    if beside:
        schema["properties"] |= {
            "seat": {
                "type": "string",
                "enum": [str(seat) for seat in Seat if seat is not Seat.CLOCK],
                "description": translate(N_("有几个身份可以办的，用哪一个")),
            },
            "on_paper": {"type": "boolean", "default": False, "description": translate(N_("凭对方的书面材料代为登记，必须有附件"))},
        }
    for defined, below in schema.pop("$defs", {}).items():
        schemas.setdefault(f"{prefix}.{defined}", below)
    schemas[name] = schema
    return name


def schema_of(form: type[FormModel], prefix: str) -> Json:
    schema = form.model_json_schema(ref_template=f"{REFERENCE}{prefix}.{{model}}")
    for one in [form, *_rows(form)]:
        below = schema if one is form else schema["$defs"][one.__name__]
        below.pop("title", None)
        below.pop("description", None)
        for name, field in below["properties"].items():
            _explain(field, one, name)
    return schema


def _rows(form: type[FormModel]) -> Iterator[type[FormModel]]:
    for info in form.model_fields.values():
        if (row := row_type(info.annotation)) is not None:
            yield row
            yield from _rows(row)


def _explain(field: Json, form: type[FormModel], name: str) -> None:
    """What a box shows to a person, in the terms of a schema."""
    look = extra(form.model_fields[name])
    for key in ("widget", "hint", "unit", "choices", "autocomplete", "inputmode", "look", "rows", "blank", "proof"):
        field.pop(key, None)
    field["title"] = translate(field.get("title", name))
    said = [translate(look["hint"]), word(say(N_("单位：{unit}"), unit=translate(look["unit"]))) if look["unit"] else ""]
    if look["widget"] == "money":
        _replace(field, {"type": ["string", "number"], "examples": ["5200.50"]})
    elif look["widget"] == "password":
        _replace(field, {"type": "string", "format": "password"})
    elif look["choices"]:
        offered = field["items"] if field.get("type") == "array" else next(iter(field.get("anyOf", [field])))
        offered["enum"] = [str(value) for value in look["choices"]]
        said.append("；".join(f"{value}：{translate(label)}" for value, label in look["choices"].items() if value))
    if any(said):
        field["description"] = "\n\n".join(s for s in said if s)


def _replace(field: Json, shape: Json) -> None:
    """Another type than the one it is stored as; nothing is still nothing."""
    optional = any(one.get("type") == "null" for one in field.pop("anyOf", []))
    field.pop("default", None)
    if optional:
        kinds = shape["type"] if isinstance(shape["type"], list) else [shape["type"]]
        shape = {**shape, "type": [*kinds, "null"]}
    field.pop("type", None)
    field.update(shape)
