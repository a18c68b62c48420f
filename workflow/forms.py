"""One form class per act, shared by page and API.

A form says what is typed, in what shape, with which label and hint. `FormModel.read` takes what a browser or a client sent
and gives the form, or raises `Invalid` with a sentence for every wrong field.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Self, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from workflow.documents import glyphs
from workflow.seats import Seat
from workflow.words import N_, Sentence, Word, say

EMPTY: tuple[object, ...] = ("", None, [], False)
"""Values of a cell in which nothing is written: a row of such cells is no row."""
MOST_ROWS = 300
"""Rows of one form, on a page and over the API: a page of ten thousand would keep everybody else waiting."""


class Invalid(Exception):
    """What was typed does not do: field → sentences. The field `""` is the form as a whole."""

    def __init__(self, errors: Mapping[str, Sequence[Sentence]]) -> None:
        super().__init__("; ".join(f"{name}: {' '.join(map(str, said))}" for name, said in errors.items()))
        self.errors: dict[str, list[Sentence]] = {name: list(said) for name, said in errors.items()}


def invalid(name: str, msgid: str, /, **values: object) -> Invalid:
    """One wrong field."""
    return Invalid({name: [say(msgid, **values)]})


class FormModel(BaseModel):
    """Base of all forms. Every field is made by `field()`, which carries its label, hint and widget."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, frozen=True)

    is_printed: ClassVar[bool] = False
    """What is typed may come to stand in a document: a character that no font of the documents can draw is refused."""

    @classmethod
    def read(cls, sent: Mapping[str, Any]) -> Self:
        """From a browser (`name`, repeated names, `rows.0.name`) or a client (JSON). Raises `Invalid`."""
        try:
            form = cls.model_validate(cls.gather(sent))
        except ValidationError as error:
            raise Invalid(_sentences(cls, error)) from None
        if faults := _unstorable(form) or (unprintable(form) if cls.is_printed else {}):
            raise Invalid(faults)
        return form

    @classmethod
    def gather(cls, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Browser shape → model shape: single values of list fields become lists, empty optional values go, rows are put together."""
        found: dict[str, Any] = {}
        for name, info in cls.model_fields.items():
            row = row_type(info.annotation)
            if row is not None and not isinstance(sent.get(name), list):
                rows = _rows(name, row, sent)
                if rows:
                    found[name] = rows
                elif sent.get(name) not in (None, ""):
                    found[name] = sent[name]
                continue
            if name not in sent:
                continue
            value = sent[name]
            if _is_list(info.annotation):
                value = [v for v in (value if isinstance(value, list) else [value]) if v != ""]
            elif isinstance(value, str) and value.strip() == "":
                if info.annotation is str and info.is_required():
                    value = ""
                else:
                    continue
            found[name] = value
        if not any("." in name or name in cls.model_fields for name in sent):
            return found
        found.update({name: value for name, value in sent.items() if name not in cls.model_fields and "." not in name and name[:1] != "_"})
        return found


def field(
    title: str,
    *,
    hint: str = "",
    widget: str = "text",
    choices: Mapping[str, str] | None = None,
    default: Any = ...,
    unit: str = "",
    **limits: Any,
) -> Any:
    """A form field. `widget`: text, textarea, date, time, number, money, choice, radios, checks, yesno,
    tick, files, rows, password, hidden; unasked: for clients only, on no page.

    `choices` maps the value stored to its Chinese label. `unit` stands behind the box (元, 人, 日).
    """
    if "default_factory" not in limits:
        limits["default"] = default
    if default is ... and widget in ("text", "textarea") and "min_length" not in limits:
        limits["min_length"] = 1
    if widget in ("text",) and "max_length" not in limits:
        limits["max_length"] = 200
    if widget == "textarea" and "max_length" not in limits:
        limits["max_length"] = 20_000
    if widget == "rows" and "max_length" not in limits:
        limits["max_length"] = MOST_ROWS
    extra: dict[str, Any] = {"widget": widget, "hint": hint, "unit": unit}
    if choices is not None:
        extra["choices"] = dict(choices)
    return Field(title=title, json_schema_extra=extra, **limits)


def proof(hint: str, *, always: bool = False, but: Collection[Seat] = ()) -> Any:
    """The files of an act that needs them, with the reason for hint. `always`: it is refused without them, but to who holds one of these seats."""
    info = field(N_("附件"), widget="files", default_factory=list, hint=hint)
    info.json_schema_extra["proof"] = {"always": always, "but": sorted(but)}
    return info


def wrong(msgid: str, at: str = "", **values: object) -> PydanticCustomError:
    """A validator's sentence. `at` names the field beside which it stands; `{title}` is the label of the field that was checked."""
    return PydanticCustomError("wrong", "{msgid}", {**values, "msgid": msgid, "at": at})


CHOOSE = N_("请选择“{title}”。")
CHOSEN = frozenset({"choice", "radios", "checks", "yesno"})
"""Widgets in which something is chosen, not written."""


def one_of(choices: Mapping[str, str]) -> BeforeValidator:
    """Only a value that is offered."""

    def check(value: object) -> object:
        if not isinstance(value, str) or value not in choices:
            raise wrong(CHOOSE if value == "" else N_("请从列出的选项中选“{title}”。"))
        return value

    return BeforeValidator(check)


def _fen(value: object) -> object:
    if isinstance(value, str | int | float | Decimal) and not isinstance(value, bool):
        try:
            amount = Decimal(str(value).replace(",", "").replace("，", "").removesuffix("元").strip())
        except InvalidOperation:
            raise wrong(N_("“{title}”要写成金额，比如5200或5200.50。")) from None
        if not amount.is_finite() or not 0 <= amount < Decimal(10) ** 12 or amount != amount.quantize(Decimal("0.01")):
            raise wrong(N_("“{title}”要写成不超过两位小数的金额，比如5200.50。"))
        return int(amount * 100)
    return value


Fen = Annotated[int, BeforeValidator(_fen)]
"""Money: typed in yuan (5,200.50), held in fen (520050)."""


FIRST_YEAR, LAST_YEAR = 1949, 2099
"""Days that any case could speak of; beyond them is a slip of the pen."""


def _day(value: object) -> object:
    if isinstance(value, str):
        found = re.fullmatch(r"\s*(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\s*", value)
        if not found:
            raise wrong(N_("“{title}”要写成2026-03-04这样的日期。"))
        try:
            value = date(*map(int, found.groups()))
        except ValueError:
            raise wrong(N_("日历上没有这一天，请检查“{title}”。")) from None
    elif value is not None and type(value) is not date:
        raise wrong(N_("“{title}”要写成2026-03-04这样的日期。"))
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise wrong(N_("“{title}”的年份不对，请检查。"))
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A civil date; 2026-03-04, 2026/3/4 and 2026年3月4日 are read alike."""


class FileRef(BaseModel):
    """A file already stored by its content."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(max_length=200)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


Files = list[FileRef]


def _is_list(annotation: object) -> bool:
    return get_origin(annotation) is list or any(get_origin(a) is list for a in get_args(annotation))


def row_type(annotation: object) -> type[FormModel] | None:
    if get_origin(annotation) is list and isinstance(args := get_args(annotation)[0], type) and issubclass(args, FormModel):
        return args
    return None


def _rows(name: str, row: type[FormModel], sent: Mapping[str, Any]) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for key, value in sent.items():
        if match := re.fullmatch(rf"{re.escape(name)}\.(\d{{1,4}})\.(\w+)", key):
            found.setdefault(int(match[1]), {})[match[2]] = value
    gathered = [row.gather(found[i]) for i in sorted(found)]
    return [g for g in gathered if any(v not in EMPTY for v in g.values())]


_SENTENCES: dict[str, str] = {
    "missing": N_("请填写“{title}”。"),
    "string_too_short": N_("请填写“{title}”。"),
    "too_short": N_("请填写“{title}”。"),
    "too_long": N_("“{title}”最多填{max_length}行。"),
    "string_too_long": N_("“{title}”最多{max_length}个字，请缩短。"),
    "date_type": N_("“{title}”要写成2026-03-04这样的日期。"),
    "date_parsing": N_("“{title}”要写成2026-03-04这样的日期。"),
    "date_from_datetime_parsing": N_("“{title}”要写成2026-03-04这样的日期。"),
    "time_parsing": N_("“{title}”要写成09:30这样的时间。"),
    "int_parsing": N_("“{title}”要填整数。"),
    "int_type": N_("“{title}”要填整数。"),
    "int_from_float": N_("“{title}”要填整数。"),
    "greater_than_equal": N_("“{title}”不能小于{ge}。"),
    "greater_than": N_("“{title}”要大于{gt}。"),
    "less_than_equal": N_("“{title}”不能大于{le}。"),
    "less_than": N_("“{title}”要小于{lt}。"),
    "bool_parsing": N_("“{title}”请选是或否。"),
    "bool_type": N_("“{title}”请选是或否。"),
    "enum": N_("请从列出的选项中选“{title}”。"),
    "literal_error": N_("请从列出的选项中选“{title}”。"),
    "string_pattern_mismatch": N_("“{title}”的写法不对，请按提示填写。"),
    "extra_forbidden": N_("没有“{name}”这一项。"),
    "string_type": N_("“{title}”要填文字。"),
    "list_type": N_("“{title}”要填一组。"),
}


def _sentences(form: type[FormModel], error: ValidationError) -> dict[str, list[Sentence]]:
    found: dict[str, list[Sentence]] = {}
    for fault in error.errors(include_url=False):
        path = [str(part) for part in fault["loc"]]
        title, place = _title(form, path)
        values = {
            "title": title,
            "name": path[-1] if path else "",
            **{k: v for k, v in fault.get("ctx", {}).items() if k not in ("error", "msgid", "at")},
        }
        if fault["type"] == "string_too_short" and str(fault.get("input") or "").strip():
            found.setdefault(place, []).append(say(N_("“{title}”至少要写{min_length}个字。"), **values))
            continue
        given = fault.get("ctx", {})
        if fault["type"] in ("missing", "too_short") and _widget(form, path) in CHOSEN:
            found.setdefault(place, []).append(say(CHOOSE, **values))
            continue
        msgid = given["msgid"] if fault["type"] == "wrong" else _SENTENCES.get(fault["type"], N_("“{title}”填得不对，请检查。"))
        if fault["type"] == "wrong" and given["at"]:
            row = path if path and path[-1].isdigit() else path[:-1]
            place = ".".join([*row, given["at"]])
        found.setdefault(place, []).append(say(msgid, **values))
    return found


def _unstorable(form: FormModel, prefix: str = "") -> dict[str, list[Sentence]]:
    """Characters and numbers that no database column can hold: field → sentence."""
    found: dict[str, list[Sentence]] = {}
    for name, info in type(form).model_fields.items():
        value = getattr(form, name)
        for place, one in enumerate(value) if isinstance(value, list) else [(-1, value)]:
            if isinstance(one, FormModel):
                found |= _unstorable(one, f"{name}.{place}.")
            elif re.search(r"[\x00\ud800-\udfff]", one.name if isinstance(one, FileRef) else one if isinstance(one, str) else ""):
                found[prefix + name] = [say(N_("“{title}”里有不能保存的字符，请删去后重新填写。"), title=Word(info.title or name))]
            elif isinstance(one, int) and not -(2**63) <= one < 2**63:
                found[prefix + name] = [say(N_("“{title}”填得不对，请检查。"), title=Word(info.title or name))]
    return found


def unprintable(form: FormModel, prefix: str = "") -> dict[str, list[Sentence]]:
    """Characters that no document can show: field → sentence that names them."""
    found: dict[str, list[Sentence]] = {}
    for name in type(form).model_fields:
        value = getattr(form, name)
        for place, one in enumerate(value) if isinstance(value, list) else [(-1, value)]:
            if isinstance(one, FormModel):
                found |= unprintable(one, f"{name}.{place}.")
            elif isinstance(one, str) and (characters := glyphs.missing(one)):
                found[prefix + name] = [glyphs.refusal(characters)]
    return found


def _widget(form: type[FormModel], path: Sequence[str]) -> str:
    """How the field at `path` is filled in."""
    info = form.model_fields.get(path[0]) if path else None
    row = row_type(info.annotation) if info else None
    if row is not None and len(path) > 2:
        return _widget(row, path[2:])
    more = info.json_schema_extra if info else None
    return str(more.get("widget", "")) if isinstance(more, dict) else ""


def _title(form: type[FormModel], path: Sequence[str]) -> tuple[str | Sentence, str]:
    """Label of the field at `path`, and the name under which its error is shown."""
    info = form.model_fields.get(path[0]) if path else None
    if info is None:
        return (path[0] if path else "", path[0] if path else "")
    title = Word(info.title or path[0])
    row = row_type(info.annotation)
    if row is not None and len(path) == 3 and path[2] in row.model_fields:
        part = Word(row.model_fields[path[2]].title or path[2])
        return say(N_("{title} {n}·{part}"), title=title, n=int(path[1]) + 1, part=part), f"{path[0]}.{path[1]}.{path[2]}"
    return title, path[0]
