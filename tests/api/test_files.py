"""Files are brought once and handed in by their hash, by who brought them and by nobody else."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import func, select

from tests.api.client import Program, program
from tests.api.test_talks import OPENING
from tests.cast import PDF, House, hongxing
from tests.web.client import Client
from workflow.evidence import Blob, Evidence

Today = Callable[[date], None]
SECRET = PDF + b"% the employer's own paper\n"


@pytest.fixture
def house(client: Client, today: Today) -> House:
    today(date(2026, 9, 1))
    return client.house.write(hongxing)


@pytest.fixture
def union(client: Client, house: House) -> Program:
    return program(client, house["李敏"])


@pytest.fixture
def employer(client: Client, house: House) -> Program:
    return program(client, house["陈静"])


@pytest.fixture
def case(union: Program, house: House) -> int:
    made: int = union.post("/negotiations", {**OPENING, "organisation": house.enterprise.id}, status=201).json["id"]
    union.act(made, "offer")
    return made


def receipt(*files: object) -> dict[str, object]:
    return {"received": "2026-09-01", "means": "courier", "evidence": list(files)}


def test_a_file_is_brought_and_handed_in(client: Client, union: Program, case: int) -> None:
    file = union.upload(PDF, "快递签收单.pdf")
    assert file["name"] == "快递签收单.pdf" and union.upload(PDF, "快递签收单.pdf") == file
    union.act(case, "record_receipt", receipt(file))
    kept = client.house.read(lambda db: [(e.name, e.sha256, e.stage) for e in db.exec(select(Evidence))])
    assert kept == [("快递签收单.pdf", file["sha256"], "record_receipt")]


def test_a_file_may_come_in_a_form(union: Program) -> None:
    answer = union.http.post("/api/v1/evidence", files={"file": ("回证.pdf", PDF)}, headers=union.headers)
    assert (answer.status_code, answer.json()["name"]) == (201, "回证.pdf")
    two = union.http.post("/api/v1/evidence", files=[("file", ("a.pdf", PDF)), ("file", ("b.pdf", PDF))], headers=union.headers)
    assert (two.status_code, two.json()["errors"]) == (422, {"file": ["每次上传一个文件，现在有2个。"]})
    assert union.http.post("/api/v1/evidence", data={"file": "x"}, headers=union.headers).status_code == 422


def test_only_what_can_be_taken_is_taken(client: Client, union: Program) -> None:
    for data in (b"", b"<html><script>alert(1)</script>", b"MZ\x90\x00", PDF + b"0" * (20 << 20)):
        refused = union.http.post("/api/v1/evidence", content=data, headers=union.headers)
        assert refused.status_code == 422 and list(refused.json()["errors"]) == ["file"]
    assert client.house.read(lambda db: db.exec(select(func.count()).select_from(Blob)).one()) == 0


def test_a_file_without_a_name_is_named_for_its_type(union: Program) -> None:
    assert union.upload(PDF, "")["name"] == "file.pdf"


def test_a_hash_alone_does_not_hand_in_somebody_elses_file(client: Client, union: Program, employer: Program, case: int) -> None:
    """The union has read the hash in a journal; the file is the employer's and nobody else's."""
    theirs = employer.upload(SECRET)
    unknown = {"name": "签收单.pdf", "sha256": "0" * 64}
    said = [union.act(case, "record_receipt", receipt(file), status=422).json["errors"] for file in (theirs, unknown)]
    assert said[0] == said[1] == {"evidence": ["文件“签收单.pdf”没有上传成功，请重新选择。"]}
    assert client.house.read(lambda db: db.exec(select(func.count()).select_from(Evidence)).one()) == 0
    assert union.get(f"/negotiations/{case}").json["deadlines"] == []


def test_who_has_the_same_paper_may_bring_it_too(union: Program, employer: Program, case: int) -> None:
    employer.upload(SECRET)
    assert union.act(case, "record_receipt", receipt(union.upload(SECRET))).json["deadlines"]


@pytest.mark.parametrize(
    "file", ["x", 1, None, {}, {"name": "x"}, {"sha256": "0" * 64}, {"name": "x", "sha256": 5}, {"name": "x" * 300, "sha256": "0" * 64}]
)
def test_what_is_no_file_is_refused(union: Program, case: int, file: object) -> None:
    assert "evidence" in union.act(case, "record_receipt", receipt(file), status=422).json["errors"]
