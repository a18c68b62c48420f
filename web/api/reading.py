"""What a client sends: a JSON object, conditions in headers, words in the address. Whatever cannot be read is a problem with a sentence."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from web.render import READER, AnyRequest
from workflow.forms import FormModel, Invalid, invalid
from workflow.seats import Seat
from workflow.words import N_, Sentence, say

QUERY = TypeVar("QUERY", bound=FormModel)
LARGEST_BODY = 4 * 1024 * 1024
"""Bytes of one JSON body; files go to `/api/v1/evidence` first."""
LONGEST_KEY = 200


class Problem(Exception):
    """What becomes problem details of `status`, with `members` beside the standard ones."""

    def __init__(self, status: int, title: str, detail: Sentence, **members: Any) -> None:
        super().__init__(str(detail))
        self.status = status
        self.title = title
        self.detail = detail
        self.members = members


@dataclass(frozen=True)
class Sent:
    """One request to write. `versions` are those that If-Match allows, None for any."""

    values: dict[str, Any]
    key: str = ""
    fingerprint: str = ""
    """Of method, address and body; keyed, since a password may be in the body."""
    versions: frozenset[int] | None = None
    seat: Seat | None = None
    on_paper: bool = False
    errors: dict[str, list[Sentence]] = field(default_factory=dict)


async def sent(request: AnyRequest) -> Sent:
    """Raises `Problem`."""
    values = await json_object(request)
    return Sent(values, _key(request), fingerprint(request, values), _versions(request))


async def json_object(request: AnyRequest) -> dict[str, Any]:
    """The body; nothing is an empty object. Raises `Problem`."""
    body = await request.body()
    if not body.strip():
        return {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not re.fullmatch(r"application/[\w.-]+\+json", kind):
        raise Problem(415, N_("请求有误"), say(N_("内容要用JSON发送，并写明Content-Type: application/json。")))
    if len(body) > LARGEST_BODY:
        raise Problem(413, N_("内容太大"), say(N_("JSON内容不能超过4MB；文件请先上传到/api/v1/evidence。")))
    try:
        value = json.loads(body.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise Problem(400, N_("请求有误"), say(N_("内容不是正确的JSON：{error}。"), error=str(error)[:200])) from None
    if not isinstance(value, dict):
        raise Problem(400, N_("请求有误"), say(N_("内容要是一个JSON对象，写在花括号里。")))
    return value


def take_beside(values: dict[str, Any], form: type[FormModel]) -> tuple[Seat | None, bool, dict[str, list[Sentence]]]:
    """Remove what stands beside the fields of the form (`seat`, `on_paper`); what stands there unknown gives errors."""
    errors: dict[str, list[Sentence]] = {}
    seat, on_paper = values.pop("seat", None), values.pop("on_paper", False)
    if seat is not None and not (isinstance(seat, str) and seat in set(Seat)):
        errors["seat"] = [say(N_("没有“{seat}”这个身份。"), seat=str(seat))]
        seat = None
    if not isinstance(on_paper, bool):
        errors["on_paper"] = [say(N_("“{name}”要写true或者false。"), name="on_paper")]
        on_paper = False
    return Seat(seat) if seat is not None else None, on_paper, errors | unknown(values, form)


def unknown(values: Mapping[str, Any], form: type[FormModel]) -> dict[str, list[Sentence]]:
    return {name: [say(N_("没有“{name}”这一项。"), name=name)] for name in values if name not in form.model_fields}


def query(request: AnyRequest, form: type[QUERY], **names: str) -> QUERY:
    """The words after the question mark, read by a form; `names` are those of fields that a client calls otherwise. Raises `Invalid`."""
    asked = {field: name for field, name in names.items()}
    values = {next((f for f, n in asked.items() if n == name), name): value for name, value in request.query_params.items()}
    try:
        if errors := unknown(values, form):
            raise Invalid(errors)
        return form.read(values)
    except Invalid as error:
        raise Invalid({asked.get(name, name): said for name, said in error.errors.items()}) from None


def fingerprint(request: AnyRequest, values: Mapping[str, Any]) -> str:
    written = json.dumps([request.method, request.url.path, values], sort_keys=True)
    return hmac.new(bytes.fromhex(READER.get().settings.secret), written.encode(), hashlib.sha256).hexdigest()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Problem(400, N_("请求有误"), say(N_("同一个对象里“{name}”写了两次。"), name=twice))
    return found


def _no_number(written: str) -> NoReturn:
    raise ValueError(written)


def _key(request: AnyRequest) -> str:
    key: str = request.headers.get("idempotency-key", "")
    if len(key) > LONGEST_KEY or not re.fullmatch(r"[\x21-\x7e]*", key):
        raise invalid("Idempotency-Key", N_("Idempotency-Key最多{n}个字符，只能用字母、数字和英文标点。"), n=LONGEST_KEY)
    return key


def _versions(request: AnyRequest) -> frozenset[int] | None:
    """If-Match: strong comparison with the version of the case (RFC 9110 section 13.1.1), so that a weak tag never matches."""
    condition = request.headers.get("if-match")
    if condition is None or condition.strip() == "*":
        return None
    tags = [tag.strip() for tag in condition.split(",")]
    if not all(re.fullmatch(r'(?:W/)?"[\x21\x23-\x7e\x80-\uffff]*"', tag) for tag in tags):
        raise Problem(400, N_("请求有误"), say(N_('If-Match要写案件的版本号，带引号，比如"7"。')))
    return frozenset(int(tag[1:-1]) for tag in tags if re.fullmatch(r'"[0-9]{1,18}"', tag))
