"""Every kind of page there is, found by following links as somebody of each seat would."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx
from lxml import html

from web.demo.people import PASSWORD

SEATS = (
    "li.min",
    "chen.jing",
    "sun.jie",
    "yu.meihua",
    "luo.xue",
    "song.yuee",
    "wu.xiaolan",
    "zheng.nan",
    "hu.jianmin",
    "meng.agen",
    "feng.yan",
    "gu.changhe",
    "luo.wenbin",
    "admin",
)
"""A union chair and an employer's officer in either province, a recorder, a teller, a superior union, an authority, the chair of a mediation
committee and a mediator, the administrator."""
BEGINNINGS = ("/", "/negotiations", "/congress", "/mediation", "/apply", "/follow")
NOT_PAGES = re.compile(r"\.(pdf|csv|svg|json|css|js|html|docx|xlsx|mmd)$|^/(static|api|files|evidence)/|/file$|/download$")


@dataclass(frozen=True)
class Place:
    """One page of a kind, and who sees it; nobody has no login."""

    path: str
    login: str = ""
    boxes: str = ""
    """Of the form of an act: the sorts of box in it. All such forms are printed by one template."""

    @property
    def kind(self) -> str:
        return kind(self.path)


def kind(path: str) -> str:
    """An address without its numbers and tokens; what is asked for behind `?` belongs to it by its names."""
    parts = urlsplit(path)
    bare = re.sub(r"^/(rules|laws)/[^/]+", r"/\1/#", re.sub(r"(?<=/)(\d+|[0-9a-f]{32})(?=/|$)", "#", parts.path))
    asked = ",".join(sorted(part.partition("=")[0] for part in parts.query.split("&") if part and not part.startswith("region=")))
    return f"{bare}?{asked}" if asked else bare


def signed_in(address: str, login: str) -> httpx.Client:
    client = httpx.Client(base_url=address, follow_redirects=True, timeout=60)
    client.get("/login")
    if login:
        sent = {"_csrf_token": client.cookies["heyi_csrf"], "login": login, "password": PASSWORD}
        assert client.post("/login", data=sent).url.path == "/", f"{login} could not sign in"
    return client


def found(address: str, *, breadth: int = 400) -> list[Place]:
    """One place of each kind, by breadth first from everybody's workbench; cases count by where they stand."""
    seen: dict[str, Place] = {"/login": Place("/login")}
    for login in SEATS:
        client = signed_in(address, login)
        for place in _walk(client, login, breadth, set(seen)):
            seen.setdefault(place[0], place[1])
        client.close()
    return list(seen.values())


def _walk(client: httpx.Client, login: str, breadth: int, known: set[str]) -> Iterator[tuple[str, Place]]:
    waiting, met = list(BEGINNINGS), set(BEGINNINGS)
    while waiting and breadth:
        path = waiting.pop(0)
        breadth -= 1
        reply = client.get(path)
        assert reply.status_code < 500, f"{reply.status_code} at {path} for {login}"
        if reply.status_code != 200 or "text/html" not in reply.headers.get("content-type", ""):
            continue
        tree = html.document_fromstring(reply.text)
        yield _sort(path, tree), Place(path, login, _boxes(path, tree))
        for link in tree.iter("a"):
            target = urlsplit(urljoin(path, link.get("href", "")))
            address = target.path + (f"?{target.query}" if target.query else "")
            if target.netloc or target.scheme or NOT_PAGES.search(target.path) or address in met:
                continue
            met.add(address)
            listed = re.fullmatch(r"/(negotiations|congress|mediation)/\d+", target.path) is not None
            if listed or kind(address) not in known:
                if not listed:
                    known.add(kind(address))
                waiting.append(address)


def unlike(places: Iterable[Place]) -> list[Place]:
    """Of the forms of acts only those that look unlike each other."""
    return list({(place.boxes or place.path): place for place in places}.values())


def _boxes(path: str, tree: html.HtmlElement) -> str:
    if not re.match(r"^/(negotiations|congress|mediation)/\d+/", path) or not tree.xpath("//main//form//input[@name='version']"):
        return ""
    [form] = [form for form in tree.forms if "version" in form.fields]
    boxes = {box.get("type") or str(box.tag) for box in form.iter("select", "textarea", "input") if box.get("type") != "hidden"}
    pieces = {
        str(one.get("class"))
        for one in tree.find(".//main").iter("section", "div")
        if "notice" in one.classes or "clause-now" in one.classes
    }
    rows = {"rows"} if form.find(".//*[@data-rows]") is not None else set()
    return " ".join(sorted(boxes | pieces | rows))


def _sort(path: str, tree: html.HtmlElement) -> str:
    """The kind of page; of a case file, with its stage."""
    stage = tree.xpath("string(//ol[@class='rail']/li[@aria-current='step'])")
    return f"{kind(path)} {' '.join(stage.split())[:12]}".strip()
