"""A program that calls the API with a person's token, and looks over every answer it gets."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from httpx import Response
from litestar.testing import TestClient
from sqlmodel import Session, select

from tests.web.client import Client
from web.accounts import invitations, tokens
from web.accounts.models import Account
from web.practice import now, today
from workflow.people import Person

API = "/api/v1"


@dataclass(frozen=True)
class Answer:
    response: Response

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def json(self) -> Any:
        return self.response.json()

    @property
    def etag(self) -> str:
        return str(self.response.headers["etag"])

    def act(self, name: str) -> Mapping[str, Any]:
        """One act of a case."""
        found: Mapping[str, Any] = next(a for a in self.json["acts"] if a["name"] == name)
        return found

    def reasons(self) -> list[str]:
        return [reason["text"] for reason in self.json["reasons"]]


class Program:
    """`get` and `post` give what came, having checked its status and shape."""

    def __init__(self, http: TestClient[Any], token: str = "", language: str = "") -> None:
        self.http = http
        self.headers = ({"Authorization": f"Bearer {token}"} if token else {}) | ({"Accept-Language": language} if language else {})

    def get(self, address: str, *, status: int = 200, **query: Any) -> Answer:
        return self._looked_over(self.http.get(API + address, params=query, headers=self.headers), status)

    def post(self, address: str, sent: Any = None, *, status: int = 200, **headers: str) -> Answer:
        """`sent` as JSON; `if_match` and `idempotency_key` become headers."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = {"content": json.dumps(sent), "headers": {**self.headers, "Content-Type": "application/json", **named}}
        return self._looked_over(
            self.http.post(API + address, **(body if sent is not None else {"headers": {**self.headers, **named}})), status
        )

    def send(self, method: str, address: str, content: bytes, *, status: int, **headers: str) -> Answer:
        """Whatever bytes."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._looked_over(self.http.request(method, API + address, content=content, headers={**self.headers, **named}), status)

    def act(self, case: int, act: str, sent: Any = None, *, status: int = 200, **headers: str) -> Answer:
        return self.post(f"/negotiations/{case}/acts/{act}", {} if sent is None else sent, status=status, **headers)

    def upload(self, data: bytes, name: str = "签收单.pdf") -> dict[str, str]:
        answer = self.http.post(f"{API}/evidence", params={"name": name}, content=data, headers=self.headers)
        file: dict[str, str] = self._looked_over(answer, 201).json
        return file

    def _looked_over(self, response: Response, status: int) -> Answer:
        said = f"{response.status_code} instead of {status} at {response.request.method} {response.url}\n{response.text[:3000]}"
        assert response.status_code == status, said
        assert response.headers["cache-control"] == "no-store"
        assert "set-cookie" not in response.headers, "the API sets no cookie"
        kind = response.headers["content-type"].partition(";")[0]
        if status >= 400:
            assert kind == "application/problem+json", said
            problem = response.json()
            assert problem["status"] == status and problem["title"], said
            if status == 409:
                assert problem["reasons"] and all(r["text"] and "{" not in r["text"] for r in problem["reasons"]), said
            if status == 422:
                assert problem["errors"] and all(sentences for sentences in problem["errors"].values()), said
            if status == 401:
                assert response.headers["www-authenticate"] == "Bearer"
        elif kind != "application/pdf":
            assert kind == "application/json", said
        return Answer(response)


def program(client: Client, person: int | None, language: str = "") -> Program:
    """With the token of `person`, who gets an account if there is none; None calls without a token."""
    client.as_nobody()
    token = client.house.write(_token_for, person) if person is not None else ""
    return Program(client.http, token, language)


def _token_for(db: Session, person_id: int) -> str:
    account = db.exec(select(Account).where(Account.person_id == person_id)).first()
    if account is None:
        account = invitations.open_account(db, db.get_one(Person, person_id), f"person{person_id}", at=now() - timedelta(minutes=1))
    return tokens.create(db, account, "test", on=today(db))
