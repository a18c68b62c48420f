"""An act that is sent twice is done once."""

import hashlib
import hmac
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, func, select, update

from negotiation.models import InformationRequest
from tests.api.client import Answer, Program, program
from tests.api.test_talks import OPENING
from tests.cast import House, hongxing
from tests.web.client import Client
from web.api.models import Replay
from web.practice import now

Today = Callable[[date], None]


@pytest.fixture
def house(client: Client, today: Today) -> House:
    today(date(2026, 9, 1))
    return client.house.write(hongxing)


@pytest.fixture
def union(client: Client, house: House) -> Program:
    return program(client, house["李敏"])


@pytest.fixture
def case(client: Client, union: Program, house: House) -> int:
    """In preparation."""
    employer = program(client, house["陈静"])
    made: int = union.post("/negotiations", {**OPENING, "organisation": house.enterprise.id}, status=201).json["id"]
    union.act(made, "offer")
    employer.act(made, "record_receipt", {"received": "2026-09-01", "means": "return_slip"})
    employer.act(made, "accept_offer")
    return made


def asked(client: Client, case: int) -> int:
    return client.house.read(
        lambda db: db.exec(select(func.count()).select_from(InformationRequest).where(InformationRequest.negotiation_id == case)).one()
    )


def test_the_same_key_gives_the_stored_answer(client: Client, union: Program, case: int) -> None:
    first = union.act(case, "request_information", {"what": "利润"}, idempotency_key="k-1")
    again = union.act(case, "request_information", {"what": "利润"}, idempotency_key="k-1")
    assert again.response.content == first.response.content and again.etag == first.etag
    assert (first.response.headers.get("idempotency-replayed"), again.response.headers["idempotency-replayed"]) == (None, "true")
    assert asked(client, case) == 1
    union.act(case, "request_information", {"what": "利润"}, idempotency_key="k-2")
    assert asked(client, case) == 2


def test_the_same_key_for_another_request_is_refused(client: Client, union: Program, case: int) -> None:
    union.act(case, "request_information", {"what": "利润"}, idempotency_key="k")
    for act, sent in (("request_information", {"what": "工资总额"}), ("name_recorder", {"what": "利润"})):
        refused = union.act(case, act, sent, status=422, idempotency_key="k")
        assert refused.json["errors"] == {"Idempotency-Key": ["这个Idempotency-Key已经用在另一个请求上，请换一个。"]}
    assert asked(client, case) == 1
    for key in ("x" * 201, "有", "a b"):
        answer = union.http.post(
            f"/api/v1/negotiations/{case}/acts/request_information",
            json={"what": "利润"},
            headers=[(b"Authorization", union.headers["Authorization"].encode()), (b"Idempotency-Key", key.encode())],
        )
        assert answer.status_code == 422, key


def test_a_key_belongs_to_one_account(client: Client, house: House, union: Program, case: int) -> None:
    union.act(case, "request_information", {"what": "利润"}, idempotency_key="k")
    other = program(client, house["陈静"]).act(case, "request_information", {"what": "工时"}, idempotency_key="k")
    assert "idempotency-replayed" not in other.response.headers and asked(client, case) == 2


def test_a_refusal_leaves_the_key_free(client: Client, house: House, union: Program, case: int) -> None:
    union.act(case, "disclose", {"request": 1, "answer": "附后"}, status=409, idempotency_key="k")
    program(client, house["陈静"]).act(case, "request_information", {"what": "利润"})
    number = client.house.read(lambda db: db.exec(select(InformationRequest.id)).one())
    assert union.act(case, "disclose", {"request": number, "answer": "附后"}, idempotency_key="k").status == 200


def test_a_replay_does_not_ask_for_the_version_again(union: Program, case: int) -> None:
    seen = union.get(f"/negotiations/{case}").etag
    first = union.act(case, "request_information", {"what": "利润"}, idempotency_key="k", if_match=seen)
    again = union.act(case, "request_information", {"what": "利润"}, idempotency_key="k", if_match=seen)
    assert again.response.content == first.response.content


def test_an_opening_is_not_repeated(client: Client, house: House, union: Program) -> None:
    sent = {**OPENING, "organisation": house.enterprise.id}
    first = union.post("/negotiations", sent, status=201, idempotency_key="o")
    again = union.post("/negotiations", sent, status=201, idempotency_key="o")
    assert again.json == first.json and again.response.headers["location"] == first.response.headers["location"]
    assert union.get("/negotiations").json["total"] == 1


def test_two_equal_requests_at_once_are_one_act(client: Client, union: Program, case: int) -> None:
    def send(_n: int) -> Answer:
        return union.act(case, "request_information", {"what": "利润"}, idempotency_key="at-once")

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(6)))
    assert len({a.response.content for a in answers}) == 1
    assert sorted(a.response.headers.get("idempotency-replayed", "") for a in answers) == ["", *["true"] * 5]
    assert asked(client, case) == 1


def test_of_two_acts_on_one_version_the_second_finds_it_changed(client: Client, union: Program, case: int) -> None:
    seen = union.get(f"/negotiations/{case}").etag

    def send(n: int) -> int:
        answer = union.http.post(
            f"/api/v1/negotiations/{case}/acts/request_information", json={"what": f"资料{n}"}, headers={**union.headers, "If-Match": seen}
        )
        return answer.status_code

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(send, range(4))) == [200, 412, 412, 412]
    assert asked(client, case) == 1


def test_old_keys_are_forgotten(client: Client, union: Program, case: int) -> None:
    union.act(case, "request_information", {"what": "利润"}, idempotency_key="old")

    def age(db: Session) -> None:
        db.exec(update(Replay).values(taken_at=now() - timedelta(days=8)))

    client.house.write(age)
    union.act(case, "request_information", {"what": "工时"}, idempotency_key="old")
    assert asked(client, case) == 2
    assert client.house.read(lambda db: list(db.exec(select(Replay.key).order_by(col(Replay.key))))) == ["old"]


def test_a_request_is_kept_as_a_keyed_hash_only(client: Client, union: Program, case: int) -> None:
    """A password may be in it, and whoever copies the database must not be able to try passwords against a plain hash."""
    union.act(case, "request_information", {"what": "利润"}, idempotency_key="k")
    stored = client.house.read(lambda db: db.exec(select(Replay)).one())
    written = json.dumps(["POST", f"/api/v1/negotiations/{case}/acts/request_information", {"what": "利润"}], sort_keys=True)
    assert len(stored.fingerprint) == 64 and stored.fingerprint != hashlib.sha256(written.encode()).hexdigest()
    assert stored.fingerprint == hmac.new(bytes.fromhex("ab" * 32), written.encode(), hashlib.sha256).hexdigest()
