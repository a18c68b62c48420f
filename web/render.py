"""Pages: the environment of the templates, the reader they are written for, and the replies that carry them."""

import contextvars
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.datastructures import Cookie
from litestar.types import Scope
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from negotiation.procedure import NEGOTIATION
from negotiation.terms import LETTER_LABELS, PERFORMANCE_LABELS
from web import fields
from web.languages import longday as long_form
from web.languages import translation
from web.practice import SHANGHAI
from web.settings import ROOT, Settings
from web.signing import seal
from web.standards import STANDARDS
from workflow.law import regions
from workflow.organisations import KIND_LABELS
from workflow.people import OFFICE_LABELS, Person
from workflow.seats import SEAT_LABELS
from workflow.words import N_, Sentence, say

AnyRequest = Request[Any, Any, Any]

STATIC = Path(__file__).parent / "static"
CSRF_COOKIE = "heyi_csrf"
HTMX = "htmx-2.0.11.min.js"
SECTIONS = (
    ("/", N_("工作台")),
    ("/negotiations", N_("集体合同")),
    ("/congress", N_("职代会")),
    ("/mediation", N_("劳动争议调解")),
    ("/rules", N_("法规与期限")),
    ("/help", N_("帮助")),
)
ADMINISTRATION = (("/organisations", N_("单位")), ("/admin", N_("管理")))
WEEKDAYS = (N_("星期一"), N_("星期二"), N_("星期三"), N_("星期四"), N_("星期五"), N_("星期六"), N_("星期日"))


@dataclass(frozen=True)
class Reader:
    """Whom a page is written for, and how they like it. Nobody signed in: no `person`."""

    settings: Settings
    today: date
    language: str = "zh"
    theme: str = ""
    """`light`, `dark`, or empty to follow the device."""
    size: str = ""
    """`large` or empty."""
    path: str = "/"
    query: str = ""
    person: Person | None = None
    account_id: int | None = None
    session_id: int | None = None
    is_administrator: bool = False
    organisation: str = ""
    unread: int = 0
    """Messages not looked at yet."""
    must_set_up: bool = False
    """A second factor, before anything else."""
    flash: str = ""
    scope: Scope | None = None

    @property
    def here(self) -> str:
        """The address of this page, to come back to."""
        return f"{self.path}?{self.query}" if self.query else self.path


READER: contextvars.ContextVar[Reader] = contextvars.ContextVar("reader")
"""The reader of the request in hand."""


def render(template: str, /, **context: Any) -> str:
    """A page in the reader's language. `template` is a path below `templates/`."""
    reader = READER.get()
    return (
        environment()
        .get_template(template)
        .render(
            reader=reader,
            today=reader.today,
            practice=reader.settings.practice,
            nav=_section(reader.path),
            sections=_sections(reader),
            **context,
        )
    )


def at_page(number: int) -> int:
    """The page of a list that was asked for, within what a database can count."""
    return min(max(1, number), 1_000_000)


def page(template: str, /, status: int = 200, **context: Any) -> Response[str]:
    """A rendered page as a reply. A status of 400 or more undoes what was written (`House.write`)."""
    response = Response(render(template, **context), status_code=status, media_type=MediaType.HTML)
    if READER.get().flash:
        response.delete_cookie("heyi_flash")
    return response


def redirect(to: str, flash: Sentence | None = None) -> Response[str]:
    """303 after an act; `flash` is shown once on the page that follows."""
    response = Response("", status_code=303, media_type=MediaType.HTML, headers={"Location": quote(to, safe="/?#=&%:@,+")})
    if flash:
        settings = READER.get().settings
        value = seal(settings.secret, "flash", word(flash))
        response.set_cookie(
            Cookie(key="heyi_flash", value=value, path="/", max_age=60, httponly=True, samesite="lax", secure=settings.secure_cookies)
        )
    return response


def translate(msgid: str) -> str:
    """The sentence in the reader's language."""
    return translation(READER.get().language).gettext(msgid) if msgid else ""


def word(value: object) -> str:
    """A sentence, a label or a plain string in the reader's language."""
    if isinstance(value, Sentence):
        return value.read(translate)
    if isinstance(value, Markup) or not isinstance(value, str):
        return value if isinstance(value, Markup) else str(value)
    return translate(value)


def gloss(kind: str) -> str:
    """What a document of this kind is called in the reader's language, beside the Chinese title that it bears; empty in Chinese."""
    title = STANDARDS[kind].title if kind in STANDARDS else ""
    said = translate(title)
    return said if said != title else ""


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translate,
        lambda one, many, n: translation(READER.get().language).ngettext(one, many, n),
        newstyle=True,
        pgettext=lambda context, msgid: translation(READER.get().language).pgettext(context, msgid),
        npgettext=lambda context, one, many, n: translation(READER.get().language).npgettext(context, one, many, n),
    )
    env.filters |= {
        "say": word,
        "gloss": gloss,
        "day": day,
        "longday": longday,
        "moment": moment,
        "left": left,
        "urgency": urgency,
        "money": money,
        "fours": lambda text: " ".join(text[i : i + 4] for i in range(0, len(text), 4)),
        "say_seat": lambda seat: word(SEAT_LABELS[seat]),
        "weekday": lambda d: translate(WEEKDAYS[d.weekday()]),
        "sealed": lambda file: seal(READER.get().settings.secret, "file", {"name": file["name"], "sha256": file["sha256"]}),
        "stop": lambda text: text if text[-1:] in "。.！!？?：" else text + translate(N_("。")),
    }
    env.globals |= {
        "csrf_token": csrf_token,
        "static": static_address,
        "htmx": _htmx_address,
        "script": _script_address,
        "script_digest": script_digest,
        "seat_label": SEAT_LABELS.__getitem__,
        "office_label": OFFICE_LABELS.__getitem__,
        "kind_label": KIND_LABELS.__getitem__,
        "letter_label": LETTER_LABELS.__getitem__,
        "performance_label": PERFORMANCE_LABELS.__getitem__,
        "act_label": _act_label,
        "region_name": lambda code: translate(regions.full_name(code)),
    }
    env.globals |= fields.GLOBALS
    return env


def _act_label(name: str) -> str:
    act = NEGOTIATION.acts.get(name)
    return act.label if act else name


def day(value: date | None) -> str:
    """2026-11-22."""
    return Markup('<time datetime="{0}">{0}</time>').format(value.isoformat()) if value else ""


def longday(value: date | None) -> str:
    """2026年11月22日 / 22 November 2026."""
    if value is None:
        return ""
    text = long_form(value, READER.get().language)
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), text)


def moment(value: datetime | None) -> str:
    """An instant as it was in China: 2026-11-22 09:05."""
    if value is None:
        return ""
    return Markup('<time datetime="{}">{:%Y-%m-%d %H:%M}</time>').format(
        value.astimezone(UTC).isoformat(timespec="seconds"), value.astimezone(SHANGHAI)
    )


def left(due: date | None) -> str:
    """还有3天, 今天到期 or 逾期2天, counted from the reader's today."""
    if due is None:
        return ""
    days = (due - READER.get().today).days
    if days == 0:
        return translate(N_("今天到期"))
    ngettext = translation(READER.get().language).ngettext
    text = ngettext("还有{n}天", "还有{n}天", days) if days > 0 else ngettext("逾期{n}天", "逾期{n}天", -days)
    return text.format(n=abs(days))


def urgency(due: date | None) -> str:
    """`bad` once overdue, `warn` in the last three days, else empty."""
    days = (due - READER.get().today).days if due else 99
    return "bad" if days < 0 else "warn" if days <= 3 else ""


def money(fen: int | None) -> str:
    """Fen → 1,234.56元."""
    return "" if fen is None else word(say(N_("{amount}元"), amount=f"{fen / 100:,.2f}"))


def csrf_token() -> str:
    """The token of this request; where the check did not run (an address that does not exist), that of the browser."""
    scope = READER.get().scope
    if scope is None:
        return ""
    token = ScopeState.from_scope(scope).csrf_token
    return token if isinstance(token, str) else Request(scope).cookies.get(CSRF_COOKIE, "")


def static_address(name: str) -> str:
    """Address of a file of ours; it changes with the contents, so that browsers may keep it for ever."""
    return f"/static/{static_files()[name][0]}/{name}"


@cache
def static_files() -> Mapping[str, tuple[str, bytes]]:
    """Name → (hash of the contents, contents)."""
    found = {}
    for path in sorted(STATIC.iterdir()):
        if path.is_file() and path.suffix in (".css", ".js", ".svg"):
            data = path.read_bytes()
            found[path.name] = (hashlib.sha256(data).hexdigest()[:12], data)
    return found


def htmx_file(settings: Settings) -> Path:
    return settings.assets / "htmx.org" / "dist" / "htmx.min.js"


def _htmx_address() -> str:
    """Empty where the front-end packages are not installed: every page works without."""
    return f"/vendor/{HTMX}" if htmx_file(READER.get().settings).exists() else ""


@cache
def scripts(settings: Settings) -> Mapping[str, tuple[str, bytes]]:
    """The scripts that set-up bundled, for voters and tellers: name → (SHA-256 in hex, contents)."""
    found = {}
    for path in sorted((settings.assets / "heyi").glob("*.js")):
        data = path.read_bytes()
        found[path.name] = (hashlib.sha256(data).hexdigest(), data)
    return found


def script_digest(name: str) -> str:
    """What people compare a published script with."""
    return scripts(READER.get().settings)[name][0]


def _script_address(name: str) -> str:
    return f"/scripts/{script_digest(name)[:12]}/{name}"


def _section(path: str) -> str:
    first = "/" + path.split("/", 2)[1]
    return "/rules" if first in ("/calendar", "/laws") else first


def _sections(reader: Reader) -> tuple[tuple[str, str], ...]:
    return (*SECTIONS, *ADMINISTRATION) if reader.is_administrator else SECTIONS
