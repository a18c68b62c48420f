"""Every route × every seat: what is closed reaches nobody else.

Marked words lie in each closed place of one case. Every address that the application knows is fetched with this case's own ids by every
kind of person; a marked word may appear only in the answers to those it is meant for.
"""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from litestar.routes import HTTPRoute
from sqlmodel import Session, select

from congress.documents import CATALOGUE as CONGRESS_CATALOGUE
from negotiation.documents import CATALOGUE
from negotiation.dossiers import DOSSIERS
from negotiation.models import RoomNote
from negotiation.procedure import NEGOTIATION
from negotiation.terms import Side
from tests.cast import BEGINNING, House, Story, hongxing, noon, wage_talks
from tests.congress import cast as congresses
from tests.procedures import walk
from tests.web.client import Client
from web.accounts import tokens
from web.accounts.models import Account
from web.dispatch import House as App
from web.pages.negotiations import WORK
from web.practice import set_today
from workflow import evidence
from workflow.documents.bundle import Bundle, BundleForm
from workflow.documents.issue import Document, SignedScan
from workflow.evidence import Evidence
from workflow.people import Appointment, Office, Person

WORKERS_ROOM = "职工方底线甲七三"
EMPLOYERS_ROOM = "企业方底线乙八四"
TABLE = "桌面条文丙九五"
SCANNED = "盖章扫描戊五一"
OWN_SIDE = "职工方内部文书己四二"
WORKERS_BUNDLE, EMPLOYERS_BUNDLE = "工会卷宗庚三三", "企业卷宗辛二四"
TALKS = walk.MET

MAY_READ: Mapping[str, frozenset[str]] = {
    WORKERS_ROOM: frozenset({"李敏", "王强", "赵丽"}),
    EMPLOYERS_ROOM: frozenset({"韩文博", "陈静", "周刚"}),
    TABLE: frozenset({"李敏", "王强", "赵丽", "韩文博", "陈静", "周刚", "孙洁"}),
    SCANNED: frozenset({"李敏", "王强", "赵丽", "韩文博", "陈静", "周刚", "孙洁"}),
    OWN_SIDE: frozenset({"李敏", "王强", "赵丽"}),
    WORKERS_BUNDLE: frozenset({"李敏"}),
    EMPLOYERS_BUNDLE: frozenset({"陈静"}),
}
CLOSED = ("/documents/", "/files/", "/room", "/dossiers/", "/redline", "/bundles/", "/scans/")
HALL = frozenset({"desk", "presence", "projector", "control"})
OUTSIDERS = ("吴磊", "郑楠", "管理员", "别家工会", "别家企业", "别处上级", "本厂职工", "")


@dataclass(frozen=True)
class Scene:
    people: Mapping[str, int]
    case_id: int
    other_case_id: int
    ids: Mapping[str, tuple[str, ...]]


def build(db: Session) -> Scene:
    story = walk.consulting(db, walk.SHANGHAI)
    case_id = story.case.id or 0
    story.minute("孙洁", TALKS, meeting=story.facts(TALKS).meetings[-1].id, present="双方", record=TABLE, signed="all")
    story.propose("王强", TALKS, head="wage_level", text=f"平均工资增长6%。{TABLE}", reason=TABLE, evidence=story.paper())
    for side, words, who in ((Side.WORKERS, WORKERS_ROOM, "王强"), (Side.EMPLOYER, EMPLOYERS_ROOM, "陈静")):
        db.add(RoomNote(negotiation_id=case_id, side=side, heading=words, text=words, author_id=story.house[who], written_at=noon(TALKS)))
    offer = db.exec(select(Document).where(Document.case_id == case_id, Document.kind == "offer")).one()
    number = evidence.keep(db, "章.pdf", f"%PDF-1.7 {SCANNED}".encode())
    db.add(SignedScan(document_id=offer.id or 0, sha256=number, name=SCANNED, entered_by=story.house["李敏"], entered_at=noon(TALKS)))
    secret = {**offer.model_dump(exclude={"id", "token", "number"}), "token": "a" * 32, "side": Side.WORKERS}
    db.add(Document(**{**secret, "html": offer.html.replace("要约", OWN_SIDE)}))
    other = hongxing(db, "330100", city="杭州")
    people = {**story.house.people, **_more(db, story.house, other)}
    case = elsewhere(db, other)
    db.flush()
    tokens_of = tuple(db.exec(select(Document.token).where(Document.case_id == case_id)))
    files = tuple(str(i) for i in db.exec(select(Evidence.id).where(Evidence.case_id == case_id)))
    nouns = tuple(WORK.noun(act) for act in NEGOTIATION.acts)
    scans = tuple(str(i) for i in db.exec(select(SignedScan.id)))
    bundles = tuple(bundle(db, story, name, who) for name in DOSSIERS for who in ("李敏", "陈静"))
    return Scene(
        people,
        case_id,
        case,
        {
            "case_id": (str(case_id),),
            "token": (*tokens_of, story.case.token),
            "file_id": files,
            "noun": nouns,
            "act": tuple(NEGOTIATION.acts),
            "elsewhere": ("edit", "nothing"),
            "paper": (*CATALOGUE, *CONGRESS_CATALOGUE, "nothing"),
            "own_paper": ("offer", "reply", "nothing"),
            "name": tuple(DOSSIERS),
            "format": ("pdf", "docx", "html", "..%2Fpdf"),
            "organisation_id": tuple(str(body.id) for body in (story.house.union, story.house.enterprise, story.house.federation)),
            "scan_id": (*scans, "999999"),
            "bundle": bundles,
            "document_id": tuple(str(i) for i in db.exec(select(Document.id).where(Document.case_id == case_id))),
        },
    )


def elsewhere(db: Session, house: House) -> int:
    return wage_talks(db, house, walk.OFFERED).case.id or 0


def _more(db: Session, house: House, other: House) -> dict[str, int]:
    found = {"别家工会": other["李敏"], "别家企业": other["陈静"], "别处上级": other["吴磊"]}
    for name, body, office in (("管理员", house.federation, Office.ADMINISTRATOR), ("本厂职工", house.enterprise, Office.WORKER)):
        person = Person(name=name)
        db.add(person)
        db.flush()
        assert person.id is not None and body.id is not None
        db.add(Appointment(person_id=person.id, organisation_id=body.id, office=office, since=BEGINNING))
        db.add(Account(person_id=person.id, login=f"{name}@test", password_hash="x", created_at=noon(BEGINNING)))
        found[name] = person.id
    return found


def addresses(client: Client, scene: Scene) -> Iterator[str]:
    """Every GET address of the application, with this case's own ids in every place that takes one."""
    for route in client.http.app.routes:
        if not isinstance(route, HTTPRoute) or "GET" not in route.methods:
            continue
        names = [p.name for p in route.path_parameters.values()]
        values = [scene.ids.get(meant(name, route.path), ("1", "2")) if name != "path" else ("nowhere",) for name in names]
        if route.path.startswith(("/static", "/vendor", "/scripts")):
            continue
        for chosen in itertools.product(*values):
            path = route.path_format
            for name, value in zip(names, chosen, strict=True):
                path = path.replace(f"{{{name}}}", value)
            yield path


def meant(name: str, path: str) -> str:
    """The same name stands for other things at other addresses: there are acts of other kinds of case than this one."""
    if name in ("noun", "act") and "/negotiations/" not in path:
        return "elsewhere"
    others = {("/bundles", "token"): "bundle", ("/organisations", "paper"): "own_paper"}
    return others.get((f"/{path.split('/')[1]}", name), name)


def bundle(db: Session, story: Story, name: str, who: str) -> str:
    """A dossier that somebody has bound, with the marked words in it."""
    words = {"李敏": WORKERS_BUNDLE, "陈静": EMPLOYERS_BUNDLE}[who]
    made = Bundle(
        form=BundleForm.DOSSIER,
        name=name,
        title=words,
        case_kind=NEGOTIATION.name,
        case_id=story.case.id,
        wanted={"unit": "公司", "parts": []},
        asked_by=story.house[who],
        asked_at=noon(TALKS),
        total=1,
        made=1,
        sha256=evidence.keep(db, "卷宗.pdf", f"%PDF-1.7 {words}".encode()),
        finished_at=noon(TALKS),
    )
    db.add(made)
    db.flush()
    return made.token


@pytest.fixture
def scene(client: Client) -> Scene:
    return client.house.write(build)


@pytest.mark.once
def test_every_route_times_every_seat_keeps_what_is_closed(client: Client, scene: Scene) -> None:
    client.house.write(set_today, TALKS, by=None)
    paths = list(addresses(client, scene))
    assert len(paths) > 100
    reached: dict[str, set[str]] = {word: set() for word in MAY_READ}
    leaks = []
    for who in (*MAY_READ[TABLE], *OUTSIDERS):
        token = _token(client.house, scene.people[who]) if who else ""
        client.as_(scene.people[who]) if who else client.as_nobody()
        for path in paths:
            headers = {"Authorization": f"Bearer {token}"} if token and path.startswith("/api/") else {}
            response = client.http.get(path, headers=headers, follow_redirects=False)
            assert response.status_code < 500, (who, path, response.text[:500])
            if who in OUTSIDERS and response.status_code == 200 and any(part in path for part in CLOSED):
                leaks.append((who, path, "opened"))
            for word, readers in MAY_READ.items():
                if word in response.text:
                    reached[word].add(who)
                    if who not in readers:
                        leaks.append((who, path, word))
    assert not leaks, leaks
    assert all(reached[word] for word in MAY_READ), f"a marked word was never shown at all, so the test proves nothing: {reached}"


def test_another_enterprises_case_is_not_there(client: Client, scene: Scene) -> None:
    for who in OUTSIDERS[2:-1]:
        client.as_(scene.people[who])
        for path in (f"/negotiations/{scene.case_id}", f"/negotiations/{scene.case_id}/offer", f"/negotiations/{scene.case_id}/room"):
            assert client.http.get(path).status_code == 404, (who, path)


def test_an_outsider_cannot_act_and_learns_nothing_by_trying(client: Client, scene: Scene) -> None:
    for who in ("管理员", "别家工会", "本厂职工"):
        client.as_(scene.people[who])
        for act in NEGOTIATION.acts:
            response = client.send(f"/negotiations/{scene.case_id}/{WORK.noun(act)}", {"reason": "x"}, follow=False)
            assert response.status_code == 404, (who, act, response.status_code)


def test_the_room_is_written_only_by_its_own_side(client: Client, scene: Scene) -> None:
    for who in ("孙洁", "吴磊", "郑楠", "管理员"):
        client.as_(scene.people[who])
        response = client.send(f"/negotiations/{scene.case_id}/room", {"heading": "x", "text": "y"}, follow=False)
        assert response.status_code == 404, who


def test_the_hall_of_a_congress_is_closed_to_all_but_its_own_people(client: Client) -> None:
    """The employer, the union above and any worker are told how many are present, never who; the code of the hall is read in the hall."""
    people = client.house.write(congresses.cast)
    meeting = client.house.write(lambda db: congresses.opened(db, people)[0].id)
    client.house.write(set_today, congresses.MEETING, by=None)
    stranger = client.house.write(lambda db: congresses.person(db, "别家职工", people.federation, Office.WORKER))
    paths = [path.replace("{case_id}", str(meeting)).replace("{place}", "1") for path in _hall_paths(client)]
    assert len(paths) >= 7
    for who in (people.wang, people.zhou, stranger, None):
        client.as_(who) if who else client.as_nobody()
        for path in paths:
            response = client.http.get(path, follow_redirects=False)
            assert response.status_code == (404 if who else 303), (who, path, response.status_code)


def _hall_paths(client: Client) -> list[str]:
    """Every page of the check-in desk, the presence book, the screen and the control desk."""
    found = [route.path_format for route in client.http.app.routes if isinstance(route, HTTPRoute) and "GET" in route.methods]
    return [path for path in found if path.startswith("/congress/{case_id}/") and path.split("/")[3] in HALL]


def _token(house: App, person_id: int) -> str:
    return house.write(_new_token, person_id)


def _new_token(db: Session, person_id: int) -> str:
    account = db.exec(select(Account).where(Account.person_id == person_id)).one()
    return tokens.create(db, account, "test", on=TALKS)


def test_why_an_offer_was_refused_stays_at_the_table(client: Client) -> None:
    reason = "因为丁六二"

    def refused(db: Session) -> tuple[House, int]:
        story = walk.offered(db, walk.SHANGHAI)
        story.decline_offer("陈静", walk.ACCEPTED, reasons=reason)
        return story.house, story.case.id or 0

    house, case = client.house.write(refused)
    client.house.write(set_today, TALKS, by=None)
    for who, is_told in (("李敏", True), ("陈静", True), ("吴磊", False)):
        page = client.as_(house[who]).get(f"/negotiations/{case}")
        assert (reason in page.body) is is_told, who


def test_chiefs_are_named_at_the_table_and_to_the_authority_once_it_has_their_contract(client: Client) -> None:
    day = date(2026, 4, 20)

    def begin(db: Session) -> tuple[House, int, House, int]:
        filed, referred = walk.filed(db, walk.SHANGHAI), walk.consulting(db, walk.HANGZHOU)
        referred.refer("李敏", day, open_items="工资调整幅度")
        return filed.house, filed.case.id or 0, referred.house, referred.case.id or 0

    filed, contract, referred, talks = client.house.write(begin)
    client.house.write(set_today, day, by=None)
    for house, case, named in ((filed, contract, {"李敏", "陈静", "郑楠"}), (referred, talks, {"李敏", "陈静"})):
        for who in ("李敏", "陈静", "郑楠", "吴磊"):
            page = client.as_(house[who]).get(f"/negotiations/{case}")
            assert ("首席代表韩文博" in page.body, "赵丽" in page.body) == (who in named, who in named), (who, case)
