"""A seat belongs to a person who is there: not to a name, and not to who has left."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, col, select

from negotiation.forms import NO_ACCOUNT
from negotiation.models import Negotiation, Representative
from negotiation.queries import Sight, holders, seats_of, sight, visible_to, without_account
from tests.cast import BEGINNING, EMPLOYER, Story
from tests.procedures import walk
from workflow.forms import Invalid
from workflow.people import Appointment, Office, Person
from workflow.seats import Seat

pytestmark = pytest.mark.once

LEFT = walk.MET
AFTER = LEFT + timedelta(days=1)


@pytest.fixture
def story(db: Session) -> Story:
    """韩文博 leads the employer's side, 周刚 sits beside him, 孙洁 records."""
    return walk.consulting(db, walk.SHANGHAI)


def leave(story: Story, name: str, last_day: date = LEFT) -> None:
    for one in story.db.exec(select(Appointment).where(Appointment.person_id == story.house[name])):
        one.until = last_day
    story.db.flush()


def enter(story: Story, name: str, office: Office = Office.WORKER) -> int:
    """Another person of this name."""
    person = Person(name=name)
    story.db.add(person)
    story.db.flush()
    assert person.id is not None and story.house.enterprise.id is not None
    story.db.add(Appointment(person_id=person.id, organisation_id=story.house.enterprise.id, office=office, since=BEGINNING))
    story.db.flush()
    return person.id


def sees(story: Story, person: int, on: date) -> bool:
    """By the list and by the case, which must agree."""
    listed = story.db.exec(select(Negotiation.id).where(Negotiation.id == story.case.id, visible_to(story.db, person, on))).first()
    assert (listed is not None) == (sight(story.db, story.case, person, on) is not None)
    return listed is not None


@pytest.mark.parametrize("name", ["周刚", "韩文博", "孙洁"])
def test_who_has_left_the_enterprise_has_left_the_seat(story: Story, name: str) -> None:
    person = story.house[name]
    leave(story, name)
    assert seats_of(story.db, story.case, person, LEFT) and sees(story, person, LEFT)
    assert not seats_of(story.db, story.case, person, AFTER) and not sees(story, person, AFTER)
    assert person not in set().union(*holders(story.db, story.case, AFTER).values())


def test_the_seat_of_a_chief_who_left_is_recorded_from_paper_until_another_is_named(story: Story) -> None:
    leave(story, "韩文博")
    assert Seat.EMPLOYER_CHIEF in without_account(story.db, story.case, AFTER)
    assert Seat.EMPLOYER_CHIEF not in without_account(story.db, story.case, LEFT)


def test_who_comes_back_sits_again(story: Story) -> None:
    leave(story, "周刚")
    assert story.house.enterprise.id is not None
    story.db.add(
        Appointment(
            person_id=story.house["周刚"],
            organisation_id=story.house.enterprise.id,
            office=Office.MANAGER,
            since=LEFT + timedelta(days=30),
        )
    )
    story.db.flush()
    assert sight(story.db, story.case, story.house["周刚"], LEFT + timedelta(days=30)) is Sight.TABLE


def test_an_office_elsewhere_is_no_seat_here(story: Story) -> None:
    leave(story, "周刚")
    assert story.house.federation.id is not None
    story.db.add(
        Appointment(person_id=story.house["周刚"], organisation_id=story.house.authority.id or 0, office=Office.WORKER, since=BEGINNING)
    )
    story.db.flush()
    assert not sees(story, story.house["周刚"], AFTER)


def test_of_two_people_who_bear_a_name_the_one_who_is_meant_must_be_chosen(db: Session) -> None:
    story = walk.preparing(db, walk.SHANGHAI)
    other = enter(story, "周刚")
    team = list(EMPLOYER)
    zhou = next(row for row in team if row["name"] == "周刚")

    def appoint(account: int | None) -> None:
        rows = [{**row, "account": account} if row == zhou else row for row in team]
        story.appoint("陈静", walk.NAMED, side="employer", representatives=rows, evidence=story.paper())

    with pytest.raises(Invalid) as refused:
        appoint(None)
    (field,) = refused.value.errors
    assert field == f"representatives.{team.index(zhou)}.account"
    with pytest.raises(Invalid):
        appoint(story.house["陈静"])
    appoint(NO_ACCOUNT)
    assert not sees(story, other, walk.NAMED) and not sees(story, story.house["周刚"], walk.NAMED)
    appoint(story.house["周刚"])
    assert sees(story, story.house["周刚"], walk.NAMED) and not sees(story, other, walk.NAMED)


def test_a_namesake_hired_later_takes_nobodys_seat_and_gets_none(story: Story) -> None:
    other = enter(story, "周刚")
    assert sight(story.db, story.case, story.house["周刚"], AFTER) is Sight.TABLE
    assert not sees(story, other, AFTER)
    story.appoint("陈静", AFTER, side="employer", representatives=list(EMPLOYER), evidence=story.paper())
    zhou = story.db.exec(select(Representative).where(Representative.name == "周刚", col(Representative.until).is_(None))).one()
    assert zhou.person_id == story.house["周刚"]


def test_a_namesake_does_not_inherit_the_seat_of_who_left(story: Story) -> None:
    leave(story, "周刚")
    other = enter(story, "周刚")
    assert not sees(story, other, AFTER)


def test_a_person_renamed_keeps_the_seat(story: Story) -> None:
    story.db.get_one(Person, story.house["周刚"]).name = "周钢"
    story.db.flush()
    assert sight(story.db, story.case, story.house["周刚"], AFTER) is Sight.TABLE
