"""Files: ours by their hash, the packaged ones from a dictionary. Neither is ever looked up in a directory by a name from outside."""

from litestar import MediaType, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from sqlmodel import Session

from web.accounts.models import Account
from web.dispatch import in_write
from web.languages import LANGUAGES
from web.posted import posted
from web.render import HTMX, READER, AnyRequest, htmx_file, redirect, scripts, static_files
from web.sessions import cookie

TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@get("/static/{version:str}/{name:str}", opt={"without_reader": True})
async def static(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    known, data = static_files().get(name, ("", b""))
    if not data:
        raise NotFoundException
    headers = FOR_EVER if version == known else {"Cache-Control": "no-cache"}
    return Response(data, media_type=TYPES[name.rsplit(".", 1)[1]], headers=headers)


@get("/vendor/{name:str}", opt={"without_reader": True})
async def vendor(name: FromPath[str]) -> Response[bytes]:
    path = {HTMX: htmx_file(READER.get().settings)}.get(name)
    if path is None or not path.exists():
        raise NotFoundException
    return Response(path.read_bytes(), media_type=TYPES["js"], headers=FOR_EVER)


@get("/scripts/{version:str}/{name:str}", opt={"without_reader": True})
async def script(version: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """One file with all that it runs, so that it can be fetched from elsewhere and compared."""
    known, data = scripts(READER.get().settings).get(name, ("", b""))
    if not data:
        raise NotFoundException
    return Response(data, media_type=TYPES["js"], headers=FOR_EVER if known.startswith(version) else {"Cache-Control": "no-cache"})


@get("/robots.txt", opt={"without_reader": True}, media_type=MediaType.TEXT)
async def robots() -> str:
    return "User-agent: *\nDisallow: /\n"


@post("/preferences")
async def preferences(request: AnyRequest) -> Response[str]:
    """Language, theme and size, kept in cookies so that they need neither account nor script."""
    sent = await posted(request)
    settings = READER.get().settings
    response = redirect(local_address(sent.text("back")))
    reader = READER.get()
    if reader.account_id is not None and sent.text("language") in LANGUAGES:
        await in_write(_remember_language, reader.account_id, sent.text("language"))
    for name, offered in {"language": tuple(LANGUAGES), "theme": ("light", "dark", "auto"), "size": ("large", "normal")}.items():
        value = sent.text(name)
        if value in offered:
            response.set_cookie(cookie(settings, f"heyi_{name}", value, days=400))
    return response


def _remember_language(db: Session, account_id: int, language: str) -> None:
    """For letters, which no cookie goes with."""
    account = db.get_one(Account, account_id)
    account.language = language
    db.add(account)


def local_address(text: str) -> str:
    """`text` if it is a path of ours, else the first page: nobody is sent to another site."""
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) and "\n" not in text else "/"


routes = (static, vendor, script, robots, preferences)
