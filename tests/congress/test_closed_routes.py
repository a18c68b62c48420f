"""Every route of the congress × who has no seat in it: nothing is there for them, and a route that nobody has classified fails."""

from collections.abc import Mapping, Sequence

import pytest
from litestar.routes import HTTPRoute
from sqlmodel import Session, select

from congress.disclosure import acts as disclosure
from congress.disclosure import forms as disclosed
from congress.joint import acts as joint
from congress.joint import forms as called
from congress.models import CongressMeeting, Item
from congress.proposals import acts as proposals
from congress.proposals import forms as proposed
from tests.api.client import program
from tests.congress import rolls
from tests.congress.cast import MEETING, NOTICE, PLANNED, SUZHOU, Cast, act, at, cast, convened, file, person
from tests.web.client import Client
from web.practice import set_today
from workflow.people import Office, Person

LISTS = frozenset({"/congress", "/congress/proposals", "/congress/joint", "/congress/disclosure", "/congress/terms"})
OWN = frozenset(f"{one}/new" for one in LISTS)
"""Of the reader's own body; a body's new case is nobody else's."""
VALUES = {"file_id": "1", "paper": "notice", "place": "1", "item_id": "1", "number": "1"}
NOUNS = {"proposals": "filing", "joint": "decision", "disclosure": "answer", "terms": "roll-confirmation", "{case_id}": "opening"}
TITLES = ("第三季度社会保险费缴纳情况", "冬季检修期间调整作息", "改善铸造车间夏季通风")


def build(db: Session) -> tuple[int, Cast, Cast, Mapping[str, int]]:
    """A worker of the house without a seat, the people of another house, and one case of each kind."""
    people, others = cast(db, SUZHOU), cast(db, SUZHOU)
    term = rolls.serving(db, people)
    meeting, _item = convened(db, people, roll=7)
    told = {"term": term.id, "title": TITLES[0], "affair": "insurance", "means": "network", "place": "内网", "account": "应缴已缴。"}
    shown = disclosure.disclose_affair(db, disclosed.NewDisclosure.read(told), by=people.wang, today=PLANNED, at=at(PLANNED))
    asked = {"urgency": "检修下周开始。", "authority": "第一次会议决议", "held_on": NOTICE, "place": "会议室", "matter": "other"}
    form = called.NewJointMeeting.read({"term": term.id, "title": TITLES[1], **asked})
    together = joint.call_together(db, form, by=people.li, today=PLANNED, at=at(PLANNED))
    words = {"title": TITLES[2], "subject": "safety", "account": "车间温度超过四十度。", "wish": "增设岗位送风。"}
    handed = {"term": term.id, "proposer": rolls.named(db, term, "郑明").id, "evidence": [file(db)], **words}
    proposal = proposals.propose(db, proposed.NewProposal.read(handed), by=people.li, today=PLANNED, at=at(PLANNED))
    worker = person(db, "何平", people.enterprise, Office.WORKER)
    ids = {"{case_id}": meeting.id, "terms": term.id, "joint": together.id, "disclosure": shown.id, "proposals": proposal.id}
    return worker, people, others, {name: number or 0 for name, number in ids.items()}


def paths(client: Client, ids: Mapping[str, int], method: str) -> list[str]:
    found = []
    for route in client.http.app.routes:
        if not isinstance(route, HTTPRoute) or method not in route.methods or not route.path_format.startswith("/congress"):
            continue
        if route.path_format in LISTS | OWN:
            continue
        kind = route.path_format.split("/")[2]
        assert kind in ids, f"say to whom {route.path_format} is open"
        values = {**VALUES, "case_id": str(ids[kind]), "noun": NOUNS[kind]}
        found.append(route.path_format.format_map(values))
    return found


@pytest.mark.once
def test_nothing_of_a_congress_is_there_for_who_has_no_seat_in_it(client: Client) -> None:
    worker, _people, others, ids = client.house.write(build)
    client.house.write(set_today, MEETING, by=None)
    closed, acts = paths(client, ids, "GET"), paths(client, ids, "POST")
    assert len(closed) > 35 and len(acts) > 18
    for who in (others.li, others.wang, others.zhou, others.chen, worker, None):
        client.as_(who) if who else client.as_nobody()
        for path in closed:
            response = client.http.get(path, follow_redirects=False)
            assert response.status_code == (404 if who else 303), (who, path, response.status_code)
        for path in acts:
            sent = client.send(path, {}, follow=False)
            assert (sent.status_code, sent.headers.get("location", "")[:6]) == ((404, "") if who else (303, "/login")), (who, path)
        for path in LISTS if who else ():
            assert not any(title in client.http.get(path).text for title in TITLES), (who, path)


@pytest.mark.once
def test_the_employer_reads_opinions_and_never_who_gave_them(client: Client) -> None:
    """On every page and in every answer of the API that is open to them; the union reads the names."""

    def give(db: Session) -> tuple[Cast, Mapping[str, int], str]:
        _worker, people, _others, ids = build(db)
        meeting = db.get_one(CongressMeeting, ids["{case_id}"])
        item = db.exec(select(Item.id).where(Item.meeting_id == meeting.id)).one()
        told = {"item": item, "words": "夜班津贴应当按实际出勤计发。"}
        act(db, meeting, "give_opinion", people.zhao, NOTICE, voice="own", **told)
        return people, ids, db.get_one(Person, people.zhao).name

    people, ids, author = client.house.write(give)
    client.house.write(set_today, MEETING, by=None)
    wanted = paths(client, ids, "GET")
    assert any(author in page and "夜班津贴应当按实际出勤计发" in page for page in pages(client.as_(people.li), wanted))
    read = pages(client.as_(people.wang), wanted)
    assert "夜班津贴应当按实际出勤计发" in " ".join(read)
    said = program(client, people.wang)
    read += [
        said.get(f"/congress/{ids['{case_id}']}").response.text,
        said.get(f"/congress/{ids['{case_id}']}/acts/answer_opinion").response.text,
    ]
    assert not [page for page in read if author in page and "夜班津贴应当按实际出勤计发" in page]


def pages(client: Client, wanted: Sequence[str]) -> list[str]:
    """Of the meeting alone: a roll has names on it."""
    found = [client.http.get(path, follow_redirects=False) for path in wanted if "/terms/" not in path and "/papers" not in path]
    return [one.text for one in found if one.status_code == 200 and "text/html" in one.headers["content-type"]]
