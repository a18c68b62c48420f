"""Files come with a form, are kept by content, and are not lost when the form has to be corrected."""

import hashlib

import pytest
from litestar import Response, post
from sqlmodel import Session, select

from tests.web.client import Client
from web.posted import posted
from web.render import AnyRequest
from web.signing import seal
from workflow.evidence import Blob
from workflow.forms import Files, FormModel, Invalid, field
from workflow.people import Person
from workflow.words import N_

PDF = b"%PDF-1.7 receipt"
SHA256 = hashlib.sha256(PDF).hexdigest()


class Letter(FormModel):
    subject: str = field(N_("事由"))
    evidence: Files = field(N_("附件"), widget="files", default_factory=list)


@post("/try-files", opt={"exclude_from_csrf": True})
async def try_files(request: AnyRequest) -> Response[dict[str, object]]:
    sent = await posted(request)
    try:
        sent.check()
    except Invalid as error:
        return Response({"errors": {name: [str(s) for s in said] for name, said in error.errors.items()}}, status_code=422)
    return Response({name: value for name, value in sent.values.items() if name[:1] != "_"}, status_code=200)


@pytest.fixture
def posting(client: Client) -> Client:
    client.http.app.register(try_files)

    def li_min(db: Session) -> int:
        person = Person(name="李敏")
        db.add(person)
        db.flush()
        assert person.id is not None
        return person.id

    return client.as_(client.house.write(li_min))


def test_a_file_is_stored_by_what_it_holds(posting: Client) -> None:
    sent = posting.send("/try-files", {"subject": "回执"}, files={"evidence": ("回执.pdf", PDF)})
    assert sent.json() == {"subject": "回执", "evidence": [{"name": "回执.pdf", "sha256": SHA256}]}
    assert posting.house.read(lambda db: db.exec(select(Blob)).one().media_type) == "application/pdf"


def test_nobody_unknown_leaves_files(posting: Client) -> None:
    posting.as_nobody().send("/try-files", {"subject": "回执"}, files={"evidence": ("回执.pdf", PDF)})
    assert posting.house.read(lambda db: db.exec(select(Blob)).all()) == []


def test_several_files_and_repeated_values_come_as_lists(posting: Client) -> None:
    files = [("evidence", ("a.pdf", PDF)), ("evidence", ("b.pdf", PDF + b"2"))]
    sent = posting.send("/try-files", {"heads": ["pay", "rest"]}, files=files).json()
    assert [file["name"] for file in sent["evidence"]] == ["a.pdf", "b.pdf"]
    assert sent["heads"] == ["pay", "rest"]


def test_a_file_of_another_type_is_refused_with_a_sentence(posting: Client) -> None:
    sent = posting.send("/try-files", {}, files={"evidence": ("页面.pdf", b"<html>")})
    assert sent.status_code == 422
    assert "不是可以接收的类型" in sent.json()["errors"]["evidence"][0]
    assert posting.house.read(lambda db: db.exec(select(Blob)).all()) == []


def test_no_file_chosen_is_no_file(posting: Client) -> None:
    sent = posting.send("/try-files", {"subject": "x"}, files={"evidence": ("", b"")}).json()
    assert Letter.read(sent).evidence == []


def test_a_file_of_an_earlier_try_is_taken_only_with_our_mark(posting: Client) -> None:
    file = {"name": "回执.pdf", "sha256": SHA256}
    assert posting.send("/try-files", {"_kept.evidence": seal("ab" * 32, "file", file)}).json() == {"evidence": [file]}
    assert posting.send("/try-files", {"_kept.evidence": seal("cd" * 32, "file", file)}).json() == {}


def test_a_form_that_is_too_large_says_so(posting: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    response = posting.http.post(
        "/try-files", content=b"x", headers={"content-length": str(80 * 1024 * 1024), "content-type": "application/x-www-form-urlencoded"}
    )
    assert response.status_code == 413
    assert "文件太大" in response.text


def part(name: bytes, value: bytes, more: bytes = b"") -> bytes:
    return b'--B\r\nContent-Disposition: form-data; name="' + name + b'"' + more + b"\r\n\r\n" + value + b"\r\n"


@pytest.mark.parametrize(
    "unread",
    [
        part(b"login", "工会".encode("gb18030")),
        part(b"login", b"x", b"\r\nContent-Type: text/plain; charset=nosuch"),
        part("工会".encode("gb18030"), b"x"),
    ],
)
def test_a_form_that_is_not_text_is_answered_and_not_a_fault_of_ours(
    client: Client, caplog: pytest.LogCaptureFixture, unread: bytes
) -> None:
    body = part(b"_csrf_token", client.token().encode()) + unread + b"--B--\r\n"
    page = client.http.post("/login", content=body, headers={"content-type": "multipart/form-data; boundary=B"})
    assert page.status_code == 400 and "地址或者内容的写法不对" in page.text
    assert not [record for record in caplog.records if record.exc_info]
