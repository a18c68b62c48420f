"""A browser without a screen: signs in as a person and looks over every page it fetches."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from httpx import Response
from litestar.testing import TestClient
from lxml import html
from sqlmodel import Session, select

from web.accounts import entry, invitations
from web.accounts.models import Account
from web.app import create_app
from web.dispatch import House
from web.practice import now
from web.settings import Settings
from workflow.database import Database
from workflow.people import Person

PASSWORD = "three words together"
SECRET = "ab" * 32
TOTP_KEY = Settings(database="", secret=SECRET).totp_key


@dataclass(frozen=True)
class Page:
    """A fetched page, parsed."""

    response: Response
    tree: html.HtmlElement

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def heading(self) -> str:
        return _text(self.tree.xpath("//h1")[0])

    @property
    def text(self) -> str:
        """What the reader sees of the main part."""
        return _text(self.tree.xpath("//main")[0])

    @property
    def body(self) -> str:
        """All that is seen, with masthead and banner."""
        return _text(self.tree.xpath("//body")[0])

    @property
    def errors(self) -> list[str]:
        """Words beside fields, in their order."""
        return [_text(p) for p in self.tree.xpath("//p[@class='err']")]

    @property
    def summary(self) -> list[str]:
        """Sentences of the error summary."""
        return [_text(li) for li in self.tree.xpath("//*[@id='error-summary']//li")]

    def links(self) -> list[str]:
        return [str(href) for href in self.tree.xpath("//a/@href")]

    def form(self, action: str) -> dict[str, Any]:
        """What the form to `action` would send untouched."""
        form = next(f for f in self.tree.forms if f.get("action") == action)
        return dict(form.form_values())


class Client:
    """`get` and `post` check the page; `as_` signs in without the login page, `sign_in` with it."""

    def __init__(self, http: TestClient[Any], house: House) -> None:
        self.http = http
        self.house = house

    def get(self, address: str, *, status: int = 200) -> Page:
        return self._page(self.http.get(address), status)

    def post(self, address: str, sent: Mapping[str, Any] | None = None, *, status: int = 200, files: Any = None) -> Page:
        """Send a form with its token, follow the redirect, and read the page that comes."""
        return self._page(self.send(address, sent, files=files), status)

    def send(self, address: str, sent: Mapping[str, Any] | None = None, *, files: Any = None, follow: bool = True) -> Response:
        data = {"_csrf_token": self.token(), **(sent or {})}
        response: Response = self.http.post(address, data=data, files=files, follow_redirects=follow)
        return response

    def token(self) -> str:
        if "heyi_csrf" not in self.http.cookies:
            self.http.get("/login")
        return str(self.http.cookies["heyi_csrf"])

    def as_(self, person: Person | int) -> "Client":
        """Sign in as `person` (a row or its id), who gets an account if there is none."""
        person_id = person if isinstance(person, int) else person.id
        assert person_id is not None
        self.http.cookies.delete("heyi_session")
        self.http.cookies.set("heyi_session", self.house.write(session_for, person_id))
        return self

    def as_nobody(self) -> "Client":
        self.http.cookies.delete("heyi_session")
        return self

    def sign_in(self, login: str, password: str = PASSWORD, *, status: int = 200) -> Page:
        return self.post("/login", {"login": login, "password": password}, status=status)

    def _page(self, response: Response, status: int) -> Page:
        assert response.status_code == status, f"{response.status_code} instead of {status} at {response.url}\n{response.text[:3000]}"
        tree = html.document_fromstring(response.text)
        look_over(response, tree)
        return Page(response, tree)


def look_over(response: Response, tree: html.HtmlElement) -> None:
    """What holds of every page."""
    where = str(response.url)
    headings = tree.xpath("//h1")
    assert len(headings) == 1, f"{len(headings)} h1 at {where}"
    title = _text(tree.xpath("//title")[0])
    assert title.startswith(_text(headings[0])), f"the title “{title}” does not begin with the h1 at {where}"
    assert tree.get("lang") in ("zh-CN", "en"), where
    for form in tree.forms:
        assert form.get("action"), f"a form without action at {where}"
        if form.method == "POST":
            assert form.xpath(".//input[@name='_csrf_token']/@value") not in ([], [""]), f"a form without token at {where}"
    repeated = [name for name, count in Counter(tree.xpath("//@id")).items() if count > 1]
    assert not repeated, f"ids twice at {where}: {repeated}"
    assert not tree.xpath("//@style") and "<style" not in response.text, f"inline style at {where}"
    assert not [a for a in tree.xpath("//@*[starts-with(name(), 'on')]")], f"inline script at {where}"
    unlabelled = [
        box.get("name")
        for box in tree.xpath("//input[not(@type='hidden')] | //select | //textarea")
        if not box.get("aria-label") and not tree.xpath(f"//label[@for='{box.get('id')}']") and not box.xpath("ancestor::label")
    ]
    assert not [name for name in unlabelled if name != "_login"], f"boxes without label at {where}: {unlabelled}"
    dangling = [
        ref
        for refs in tree.xpath("//@aria-describedby | //@aria-labelledby")
        for ref in refs.split()
        if not tree.xpath(f"//*[@id='{ref}']")
    ]
    assert not dangling, f"references to nothing at {where}: {dangling}"
    assert "default-src 'none'" in response.headers["content-security-policy"], where
    assert response.headers["cache-control"] == "no-store", where


@contextmanager
def open_client(database: Database, **settings: Any) -> Iterator[Client]:
    """A client on an application of its own. `settings` are those of `web.settings.Settings`; practice mode is on unless said otherwise."""
    chosen = replace(Settings(database=database.url, secret=SECRET, practice=True), **settings)
    house = House(database, practice=chosen.practice, secret=chosen.secret)
    with TestClient(create_app(chosen, house)) as http:
        yield Client(http, house)


def session_for(db: Session, person_id: int) -> str:
    at = now()
    account = db.exec(select(Account).where(Account.person_id == person_id)).first()
    if account is None:
        account = invitations.open_account(db, db.get_one(Person, person_id), f"person{person_id}", at=at - timedelta(minutes=1))
    assert account.id is not None
    return entry.begin_session(db, account.id, address="127.0.0.1", agent="test", at=at)


def _text(node: html.HtmlElement) -> str:
    return re.sub(r"\s+", " ", node.text_content()).strip()
