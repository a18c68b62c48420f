"""How the fields of a form are printed: what stands in each box, from what was typed or from what is stored."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from workflow.forms import EMPTY, MOST_ROWS, FormModel

LOOK: dict[str, Any] = {
    "widget": "text", "hint": "", "unit": "", "choices": {}, "autocomplete": "", "inputmode": "", "look": "", "rows": 5, "proof": {},
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    form: type[FormModel]
    values: Mapping[str, Any]
    """Values of this row under their full names (`articles.0.text`)."""
    spare: bool
    """Nothing is in it and nothing need be."""


def shown(info: Any, **look: str | int) -> Any:
    """A field with how its box behaves in a browser: `autocomplete`, `inputmode`, `look` (a class), `rows`, `blank` (empty rows)."""
    info.json_schema_extra.update(look)
    return info


def is_required(info: FieldInfo) -> bool:
    """Whether the box must not be left empty. A group of rows or choices counts only if it asks for at least one."""
    if not info.is_required():
        return False
    if get_origin(info.annotation) is list:
        return any(getattr(limit, "min_length", 0) for limit in info.metadata)
    return True


def extra(info: FieldInfo, hint: str | None = None) -> Mapping[str, Any]:
    """How the box looks; with a hint of its own on this page."""
    return LOOK | (info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}) | ({"hint": hint} if hint else {})


def typed(values: Mapping[str, Any], name: str, widget: str) -> str:
    """The text in the box. Stored money (fen) is written in yuan, dates in ISO form; passwords never come back."""
    value = values.get(name)
    if value is None or widget == "password":
        return ""
    if isinstance(value, list):
        value = value[-1] if value else ""
    if widget == "money" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}" if value % 100 else str(value // 100)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


def chosen_values(values: Mapping[str, Any], name: str, widget: str) -> frozenset[str]:
    value = values.get(name)
    if value is None or value == "":
        return frozenset()
    if widget == "yesno" or isinstance(value, bool):
        return frozenset({"yes" if str(value).lower() in ("true", "yes", "on", "1") else "no"})
    return frozenset(map(str, value if isinstance(value, list | tuple | set | frozenset) else [value]))


def only_option(info: FieldInfo, options: Mapping[str, Any]) -> str:
    """Where something must be chosen and there is but one thing to choose, it is chosen."""
    keys = list(options)
    return keys[0] if len(keys) == 1 and is_required(info) and not isinstance(options[keys[0]], Mapping) else ""


def kept_files(values: Mapping[str, Any], name: str) -> list[Mapping[str, str]]:
    """Files received with an earlier try."""
    found = values.get(name) or []
    return [file if isinstance(file, Mapping) else file.model_dump() for file in found if not isinstance(file, str)]


def is_plain(value: str, widget: str) -> bool:
    """Whether the browser's own date or time box can show it; other writings stay as they were typed in a text box."""
    return re.fullmatch(r"(\d{4}-\d{2}-\d{2})?" if widget == "date" else r"(\d{2}:\d{2}(:\d{2})?)?", value) is not None


def rows_of(info: FieldInfo, name: str, values: Mapping[str, Any], more: Mapping[str, Any]) -> list[Row]:
    """The rows typed or stored, and some empty ones after them."""
    form = get_args(info.annotation)[0]
    stored = values.get(name)
    flat = dict(values)
    count = 0
    if isinstance(stored, list | tuple):
        for at, row in enumerate(stored):
            cells = row if isinstance(row, Mapping) else row.model_dump()
            flat |= {f"{name}.{at}.{part}": value for part, value in cells.items()}
        count = len(stored)
    for key in values:
        if match := re.match(rf"{re.escape(name)}\.(\d{{1,4}})\.", key):
            count = max(count, int(match[1]) + 1)
    blank = int(more.get("blank", 1 if count else 2))
    needed = max((limit.min_length for limit in info.metadata if hasattr(limit, "min_length")), default=0)
    begun = {
        int(match[1])
        for key, value in flat.items()
        if value not in EMPTY and (match := re.match(rf"{re.escape(name)}\.(\d{{1,4}})\.", key))
    }
    return [Row(form, flat, at >= needed and at not in begun) for at in range(min(count + blank, MOST_ROWS))]


GLOBALS = {
    "is_required": is_required,
    "extra": extra,
    "typed": typed,
    "chosen_values": chosen_values,
    "only_option": only_option,
    "kept_files": kept_files,
    "is_plain": is_plain,
    "rows_of": rows_of,
}
