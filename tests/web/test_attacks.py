"""What somebody tries who means no good: each is refused, and nothing is told or kept."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlmodel import Session

from tests.cast import BEGINNING, WORKERS, Story
from tests.procedures import walk
from tests.web.client import Client
from web.pages.negotiations import WORK
from web.practice import set_today
from workflow.forms import MOST_ROWS
from workflow.people import Appointment, Office, Person

Led = Callable[[Session, str], Story]


def begun(client: Client, lead: Led, today: date) -> tuple[dict[str, int], int]:
    """People by name, and the case that `lead` gives, seen from `today`."""

    def tell(db: Session) -> tuple[dict[str, int], int]:
        story = lead(db, walk.SHANGHAI)
        return story.house.people, story.case.id or 0

    found = client.house.write(tell)
    client.house.write(set_today, today, by=None)
    return found


# ---- rooms


def test_a_name_alone_opens_no_room(client: Client) -> None:
    """A workers' representative has the name of the employer's officer, another that of an officer who left years ago."""

    def lead(db: Session, region: str) -> Story:
        story = walk.preparing(db, region)
        gone = Person(name="钱进")
        db.add(gone)
        db.flush()
        assert gone.id is not None and story.house.enterprise.id is not None
        office = {"organisation_id": story.house.enterprise.id, "office": Office.EMPLOYER_OFFICER}
        db.add(Appointment(person_id=gone.id, since=BEGINNING, until=date(2022, 1, 1), **office))
        story.house.people["钱进"] = gone.id
        namesakes: list[dict[str, Any]] = [{"name": name, "produced": "union_selection"} for name in ("钱进", "陈静")]
        story.appoint("李敏", walk.NAMED, side="workers", representatives=[*WORKERS, *namesakes])
        return story

    people, case = begun(client, lead, walk.NAMED)
    client.as_(people["李敏"]).post(f"/negotiations/{case}/room", {"heading": "底线", "text": "不低于五个点"})
    assert "不低于五个点" not in client.as_(people["陈静"]).get(f"/negotiations/{case}/room").text
    client.as_(people["钱进"]).get(f"/negotiations/{case}", status=404)


# ---- what is sent


def test_ten_thousand_rows_keep_nobody_waiting(client: Client) -> None:
    people, case = begun(client, walk.consulting, walk.MET)
    client.as_(people["李敏"])
    address = f"/negotiations/{case}/{WORK.noun('lay_out')}"
    assert len(client.post(address, {"clauses.9999.head": "other"}, status=422).tree.xpath("//fieldset[@class='rowset']")) <= MOST_ROWS
    many = {f"clauses.{i}.text": "夜班津贴" for i in range(MOST_ROWS + 1)}
    page = client.post(address, many, status=422)
    assert f"“条款”最多填{MOST_ROWS}行。" in page.text
