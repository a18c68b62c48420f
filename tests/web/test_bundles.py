"""Many papers in one file: a dossier as one PDF, a batch as one ZIP, made in the background and only for who asked."""

import io
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from pypdf import PdfReader
from sqlmodel import Session, col, func, select

from negotiation.models import Negotiation, Representative
from negotiation.terms import State
from tests.cast import Story, hongxing, noon, wage_talks
from tests.jobs.post import wait_until
from tests.jobs.test_jobs import at_work
from tests.procedures import walk
from tests.web.client import Client, Page
from tests.web.test_case_pages import Told, led
from tests.web.test_papers import PNG, adopted, last_of
from web import bundling, uploads
from web.house import verify
from web.practice import set_today
from workflow.documents.bundle import Bundle
from workflow.documents.issue import Document, SignedScan
from workflow.evidence import Blob, keep
from workflow.people import Appointment

pytestmark = pytest.mark.once

AFTER = date(2026, 4, 16)
ADDRESS = "https://heyi.example/verify"


def signed(db: Session) -> Story:
    return walk.signed(db, walk.SHANGHAI)


def bundle_of(client: Client, token: str = "") -> Bundle:
    def read(db: Session) -> Bundle:
        query = select(Bundle).order_by(col(Bundle.id).desc())
        found = db.exec(query.where(Bundle.token == token) if token else query).first()
        assert found is not None
        db.expunge_all()
        return found

    return client.house.read(read)


def made(client: Client, on: date) -> Bundle:
    """The bundle asked for last, done as the job does it."""
    bundling.make(client.house, bundle_of(client).id or 0, on, noon(on), ADDRESS)
    return bundle_of(client)


# ---- a dossier


@pytest.fixture
def told(client: Client) -> Told:
    return led(client, signed, AFTER)


def bind(told: Told, name: str = "archive", who: str = "李敏") -> Page:
    return told.client.as_(told.people[who]).post(f"{told.address}/dossiers/{name}", {})


def test_a_dossier_is_one_pdf_with_contents_page_numbers_and_every_document(told: Told) -> None:
    shown = told.client.as_(told.people["李敏"]).get(f"{told.address}/dossiers/archive")
    page = bind(told)
    assert "正在装订" in page.body and page.response.headers["refresh"] == "2"
    bundle = made(told.client, AFTER)
    done = told.client.get(f"/bundles/{bundle.token}")
    assert "已经做好。" in done.text and "refresh" not in done.response.headers
    response = told.client.http.get(f"/bundles/{bundle.token}/file")
    assert response.headers["content-type"] == "application/pdf" and "attachment" in response.headers["content-disposition"]
    reader = PdfReader(io.BytesIO(response.content))
    pages = [text.extract_text() for text in reader.pages]
    assert "序号材料名称页数起始页" in "".join(pages[0].split())
    titles = [title for title in shown.tree.xpath("//td[@data-l='已有']//span[@class='sub']/text()")]
    labels = ["".join(str(item.title).split()) for item in reader.outline]  # type: ignore[union-attr]
    assert len(titles) == bundle.total == len(labels) >= 10
    for wanted in ("工资集体协商要约书", "集体协商应约书", "职工方协商代表名单", "企业方协商代表名单", "关于《集体合同》的决议"):
        assert any(wanted in label for label in labels), wanted
    begins = [reader.get_destination_page_number(item) or 0 for item in reader.outline]  # type: ignore[arg-type]
    first = begins[0]
    assert begins == sorted(begins) and first > 0
    count = len(pages) - first
    for number, text in enumerate(pages[first:], 1):
        assert f"{number}/{count}" in text.replace(" ", ""), (number, text[-80:])
    whole = "".join("".join(pages).split())
    assert "2026年3月20日" in whole and "夜班津贴每班不低于30元" in whole


def test_what_a_dossier_lacks_is_named_with_how_to_come_by_it(client: Client) -> None:
    told = led(client, adopted, date(2026, 4, 13))
    page = client.as_(told.people["李敏"]).get(f"{told.address}/dossiers/filing")
    assert "件必备的材料" in page.text and f"{told.address}/signature" in page.links()
    for link in page.links():
        if link.startswith(told.address):
            client.get(link)


def test_the_scan_lies_in_the_dossier_behind_its_document_and_a_broken_one_is_named(told: Told) -> None:
    """The picture of the tests is none that can be read."""

    def attach(db: Session) -> None:
        offer = db.exec(select(Document).where(Document.kind == "offer")).one()
        number = told.people["李敏"]
        db.add(
            SignedScan(document_id=offer.id or 0, sha256=keep(db, "坏.png", PNG), name="坏.png", entered_by=number, entered_at=noon(AFTER))
        )

    told.client.house.write(attach)
    bind(told)
    bundle = made(told.client, AFTER)
    assert {"name": "坏.png"} in bundle.faults
    page = told.client.get(f"/bundles/{bundle.token}")
    assert "坏.png" in page.tree.xpath("string(//section[@aria-labelledby='faults'])")
    text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(told.client.http.get(f"/bundles/{bundle.token}/file").content)).pages)
    assert "坏.png" in text.replace(" ", "")


def test_a_bundle_is_there_only_for_who_asked(told: Told) -> None:
    bind(told)
    bundle = made(told.client, AFTER)
    paths = (f"/bundles/{bundle.token}", f"/bundles/{bundle.token}/file")
    for who in ("王强", "陈静", "吴磊", "郑楠"):
        told.client.as_(told.people[who])
        for path in paths:
            told.client.get(path, status=404)
    for path in paths:
        response = told.client.as_nobody().http.get(path, follow_redirects=False)
        assert response.status_code == 303 and response.headers["location"].startswith("/login")
    told.client.as_(told.people["李敏"])
    for token in ("0" * 32, "%00", bundle.token[:-1], "x" * 3000):
        told.client.get(f"/bundles/{token}", status=404)
    assert told.client.http.head(paths[0]).status_code == 200
    assert told.client.http.get(paths[1]).status_code == 200


def test_a_bundle_is_closed_to_who_has_left_the_office_in_which_it_was_asked_for(told: Told) -> None:
    def leave(db: Session) -> None:
        person = told.people["李敏"]
        for held in db.exec(select(Appointment).where(Appointment.person_id == person)):
            held.until = AFTER - timedelta(days=1)
        for seat in db.exec(select(Representative).where(Representative.person_id == person)):
            seat.until, seat.chief = AFTER - timedelta(days=1), False

    bind(told)
    bundle = made(told.client, AFTER)
    told.client.house.write(leave)
    told.client.as_(told.people["李敏"])
    for path in (f"/bundles/{bundle.token}", f"/bundles/{bundle.token}/file"):
        told.client.get(path, status=404)


def test_a_bundle_that_is_not_ready_gives_no_file_and_answers_head(told: Told) -> None:
    bind(told)
    token = bundle_of(told.client).token
    told.client.get(f"/bundles/{token}/file", status=404)
    response = told.client.http.head(f"/bundles/{token}")
    assert (response.status_code, response.content, response.headers["refresh"]) == (200, b"", "2")


def test_a_bundle_that_cannot_be_made_says_so_and_can_be_asked_for_again(told: Told) -> None:
    """A scan whose bytes are gone from the database, as after a damaged restore."""
    token = bind(told).response.url.path.rpartition("/")[2]

    def damage(db: Session) -> None:
        bundle = db.exec(select(Bundle).where(Bundle.token == token)).one()
        bundle.wanted = {**bundle.wanted, "parts": [{"label": "扫描件", "file": "0" * 64}]}

    told.client.house.write(damage)
    assert made(told.client, AFTER).sha256 is None
    page = told.client.get(f"/bundles/{token}")
    assert "没有做成" in page.text and "refresh" not in page.response.headers
    told.client.get(f"/bundles/{token}/file", status=404)
    bind(told)
    assert made(told.client, AFTER).sha256 is not None


def test_a_dossier_that_is_none_is_not_there(told: Told) -> None:
    told.client.as_(told.people["李敏"])
    for name in ("nothing", "..%2Farchive", "%00"):
        told.client.get(f"{told.address}/dossiers/{name}", status=404)
        told.client.post(f"{told.address}/dossiers/{name}", {}, status=404)
    told.client.as_(told.people["吴磊"]).get(f"{told.address}/dossiers/archive", status=404)
    told.client.post(f"{told.address}/dossiers/archive", {}, status=404)
    assert told.client.house.read(lambda db: db.exec(select(func.count()).select_from(Bundle)).one()) == 0


def test_the_authority_binds_only_what_was_filed_with_it(client: Client) -> None:
    told = led(client, lambda db: walk.filed(db, walk.SHANGHAI), date(2026, 4, 20))
    page = client.as_(told.people["郑楠"]).get(f"{told.address}/dossiers/archive")
    assert "集体协商要约书" not in page.tree.xpath("string(//td[@data-l='已有'][1])")
    bind(told, "archive", "郑楠")
    wanted = bundle_of(client).wanted["parts"]
    seen = client.house.read(lambda db: {d.token: d.kind for d in db.exec(select(Document))})
    kinds = {seen[one["document"]] for one in wanted if "document" in one}
    assert "contract" in kinds and not kinds & {"draft", "meeting_notice", "suspension"}


def test_what_a_bundle_holds_stays_when_what_nobody_handed_in_is_cleared_away(told: Told) -> None:
    bind(told)
    bundle = made(told.client, AFTER)
    stray = told.client.house.write(lambda db: uploads.receive(db, "忘.pdf", b"%PDF-1.7 x", told.people["李敏"], at=noon(AFTER)))
    scan = told.client.house.write(lambda db: uploads.receive(db, "章.png", PNG, told.people["李敏"], at=noon(AFTER)))

    def attach(db: Session) -> None:
        document = db.exec(select(Document).where(Document.kind == "offer")).one()
        db.add(SignedScan(document_id=document.id or 0, sha256=scan, name="章", entered_by=told.people["李敏"], entered_at=noon(AFTER)))

    told.client.house.write(attach)
    assert told.client.house.write(lambda db: uploads.clear(db, at=noon(AFTER).replace(year=2030))) == 1
    kept = told.client.house.read(lambda db: set(db.exec(select(Blob.sha256))))
    assert {bundle.sha256, scan} <= kept and stray not in kept
    assert told.client.http.get(f"/bundles/{bundle.token}/file").status_code == 200


# ---- a batch


def five(db: Session) -> tuple[dict[str, int], list[int]]:
    """Five offers of one union, written and not sent."""
    house = hongxing(db, walk.SHANGHAI)
    return house.people, [wage_talks(db, house, walk.OFFERED).case.id or 0 for _ in range(5)]


def begun(client: Client) -> tuple[dict[str, int], list[int]]:
    found = client.house.write(five)
    client.house.write(set_today, walk.OFFERED, by=None)
    return found


def ask(client: Client, cases: list[Any], *, status: int = 200, paper: str = "offer") -> Page:
    return client.post(f"/batches/{paper}", {"cases": [str(one) for one in cases]}, status=status)


def names(client: Client, bundle: Bundle) -> list[str]:
    data = client.http.get(f"/bundles/{bundle.token}/file").content
    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def states(client: Client, cases: list[int]) -> list[str]:
    return client.house.read(lambda db: [db.get_one(Negotiation, one).state for one in cases])


def test_five_offers_are_issued_and_taken_away_as_ten_files_with_numbers_in_a_row(client: Client) -> None:
    people, cases = begun(client)
    client.as_(people["李敏"])
    assert ("/batches/offer" in client.get("/batches").links()) and "5个案卷" in client.get("/batches").text
    assert sorted(client.get("/batches/offer").tree.xpath("//input[@name='cases']/@value")) == sorted(map(str, cases))
    ask(client, cases)
    bundle = made(client, walk.OFFERED)
    assert (bundle.made, bundle.total, bundle.faults) == (5, 5, [])
    found = names(client, bundle)
    numbers = [name.partition("-")[2].removesuffix(".pdf") for name in found if name.startswith("pdf/")]
    assert len(found) == 10 and [last_of(one) for one in numbers] == [1, 2, 3, 4, 5]
    assert states(client, cases) == [State.OFFERED] * 5
    assert client.house.read(verify) == []
    assert "offer" not in [link.rpartition("/")[2] for link in client.get("/batches").links()]


def test_what_lies_in_the_archive_is_known_when_it_is_verified(client: Client) -> None:
    people, cases = begun(client)
    ask(client.as_(people["李敏"]), cases[:1])
    bundle = made(client, walk.OFFERED)
    archive = zipfile.ZipFile(io.BytesIO(client.http.get(f"/bundles/{bundle.token}/file").content))
    for name in archive.namelist():
        page = client.as_nobody().post("/verify", {}, files={"file": (name, archive.read(name), "x/y")})
        assert "一字未改" in page.text, name


def test_a_case_that_is_refused_meanwhile_is_reported_and_the_others_are_issued(client: Client) -> None:
    people, cases = begun(client)
    ask(client.as_(people["李敏"]), cases)
    client.post(f"/negotiations/{cases[2]}/offer", {"on": str(walk.OFFERED)})
    before = client.house.read(lambda db: len(db.exec(select(Document)).all()))
    bundle = made(client, walk.OFFERED)
    assert [one["case"] for one in bundle.faults] == [cases[2]] and bundle.made == 5
    assert len(names(client, bundle)) == 8
    assert client.house.read(lambda db: len(db.exec(select(Document)).all())) == before + 4
    page = client.get(f"/bundles/{bundle.token}")
    assert "工资专项集体合同" in page.tree.xpath("string(//section[@aria-labelledby='faults'])")


def test_cut_off_in_the_middle_it_goes_on_and_issues_nothing_twice(client: Client) -> None:
    people, cases = begun(client)
    ask(client.as_(people["李敏"]), cases)
    bundle = bundle_of(client)
    for one in cases[:2]:
        client.house.write(bundling._issue_one, bundle.id or 0, one, walk.OFFERED, noon(walk.OFFERED))
    assert "已完成2，共5" in client.get(f"/bundles/{bundle.token}").text
    done = made(client, walk.OFFERED)
    assert (done.made, done.faults, len(names(client, done))) == (5, [], 10)
    bundling.make(client.house, bundle.id or 0, walk.OFFERED, noon(walk.OFFERED), ADDRESS)
    assert bundle_of(client).sha256 == done.sha256
    numbers = client.house.read(lambda db: sorted(last_of(d.number) for d in db.exec(select(Document))))
    assert numbers == [1, 2, 3, 4, 5]


def test_who_has_lost_the_office_meanwhile_issues_nothing(client: Client) -> None:
    people, cases = begun(client)
    ask(client.as_(people["李敏"]), cases)

    def leave(db: Session) -> None:
        db.exec(select(Appointment).where(Appointment.person_id == people["李敏"])).one().until = date(2026, 3, 1)

    client.house.write(leave)
    done = made(client, walk.OFFERED)
    assert len(done.faults) == 5 and states(client, cases) == [State.DRAFTED] * 5


def test_a_case_named_twice_is_issued_once(client: Client) -> None:
    people, cases = begun(client)
    ask(client.as_(people["李敏"]), [cases[0], cases[0], f"0{cases[0]}"])
    assert made(client, walk.OFFERED).total == 1
    ask(client, cases[1:2])
    assert len(names(client, made(client, walk.OFFERED))) == 2


def test_cases_of_others_and_none_at_all_are_refused(client: Client) -> None:
    people, cases = begun(client)
    elsewhere = client.house.write(lambda db: wage_talks(db, hongxing(db, walk.ANHUI), walk.OFFERED).case.id or 0)
    client.as_(people["李敏"])
    for chosen in ([], [elsewhere], [cases[0], elsewhere], [10**17], ["x"], ["-1"], ["1e3"], [10**30]):
        assert ask(client, chosen, status=422).summary, chosen
    for paper in ("nothing", "opinion", "minutes", "%00"):
        client.get(f"/batches/{paper}", status=404)
        client.post(f"/batches/{paper}", {"cases": str(cases[0])}, status=404)
    assert client.house.read(lambda db: db.exec(select(func.count()).select_from(Bundle)).one()) == 0
    ask(client.as_(people["陈静"]), cases[:1], status=422)
    assert states(client, cases) == [State.DRAFTED] * 5


def test_no_name_in_the_archive_leads_out_of_its_folder(client: Client) -> None:
    def lead(db: Session) -> tuple[int, int]:
        house = hongxing(db, walk.SHANGHAI)
        house.union.document_code = "../../..\\红星/工"
        return house["李敏"], wage_talks(db, house, walk.OFFERED).case.id or 0

    person, case = client.house.write(lead)
    client.house.write(set_today, walk.OFFERED, by=None)
    ask(client.as_(person), [case])
    for name in names(client, made(client, walk.OFFERED)):
        assert name.count("/") == 1 and "\\" not in name and ".." not in name.split("/"), name


def test_it_is_done_in_the_background_without_anybody_waiting(client: Client) -> None:
    people, cases = begun(client)
    with at_work(client.house, practice=True):
        page = ask(client.as_(people["李敏"]), cases[:2])
        address = page.response.url.path
        wait_until(lambda: "已经做好。" in client.get(address).text, 60)
    assert len(names(client, bundle_of(client))) == 4
