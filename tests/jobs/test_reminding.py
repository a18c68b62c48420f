"""Whoever must act is reminded before, on and after the last day, once for each, in the app."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlmodel import Session, select

from negotiation.acts import NEGOTIATIONS
from tests.cast import EMPLOYER, WORKERS, Story, hongxing, noon, wage_talks
from tests.jobs.processes import in_processes
from web import house as rooms
from web.dispatch import House
from workflow import reminding
from workflow.database import Database
from workflow.deadlines import Deadline
from workflow.outbox import Message, MessageSetting
from workflow.people import Appointment, Office, Person

RECEIVED, LAST_DAY = date(2026, 9, 12), date(2026, 9, 28)


@pytest.fixture
def house(database: Database) -> Iterator[House]:
    opened = House(database)
    yield opened
    opened.close()


def offered(db: Session) -> Story:
    """The employer (韩文博 and 陈静) has until 28 September to reply."""
    story = wage_talks(db, hongxing(db), date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 1))
    story.record_receipt("陈静", RECEIVED, received=RECEIVED, means="return_slip")
    return story


def agreed_to_talk(db: Session) -> Story:
    """In Guizhou, where talks begin within ten days of the reply."""
    story = wage_talks(db, hongxing(db, "520100", city="贵阳"), date(2026, 9, 1))
    story.offer("李敏", date(2026, 9, 1))
    story.record_receipt("陈静", date(2026, 9, 2), received=date(2026, 9, 2), means="return_slip")
    story.accept_offer("陈静", date(2026, 9, 3), statement="同意协商。")
    return story


def remind(house: House, on: date) -> int:
    return rooms.remind(house, on, noon(on))


def told(house: House, label: str = "书面答复要约") -> list[tuple[str, str]]:
    """(name, sentence) of what was said of one clock, in the order they were written."""

    def find(db: Session) -> list[tuple[str, str]]:
        rows = db.exec(select(Message, Person.name).join(Person).where(Message.once != None).order_by(Message.id)).all()  # type: ignore[arg-type]  # noqa: E711
        return [(name, str(message.sentence())) for message, name in rows if label in str(message.sentence())]

    return house.read(find)


def test_the_employer_is_reminded_three_days_before_the_day_before_on_the_day_and_weekly_after_it(house: House) -> None:
    house.write(lambda db: offered(db))
    written = {day: remind(house, date(2026, 9, day)) for day in range(20, 31)} | {
        30 + day: remind(house, date(2026, 10, day)) for day in range(1, 15)
    }
    assert {day: count for day, count in written.items() if count} == {25: 2, 27: 2, 28: 2, 29: 2, 36: 2, 43: 2}
    assert [sentence for name, sentence in told(house) if name == "陈静"] == [
        "“书面答复要约”还有3天到期，最后一天是2026-09-28。",
        "“书面答复要约”明天到期，最后一天是2026-09-28。",
        "“书面答复要约”今天到期。",
        "“书面答复要约”已经逾期1天，最后一天是2026-09-28。",
        "“书面答复要约”已经逾期8天，最后一天是2026-09-28。",
        "“书面答复要约”已经逾期15天，最后一天是2026-09-28。",
    ]
    assert {name for name, _sentence in told(house)} == {"韩文博", "陈静"}


def test_reminding_again_the_same_day_writes_nothing(house: House) -> None:
    house.write(lambda db: offered(db))
    assert remind(house, LAST_DAY) == 2
    assert remind(house, LAST_DAY) == 0


def test_only_cases_of_which_somebody_is_still_to_be_told_are_gone_through(house: House) -> None:
    story = house.write(offered)

    def to_remind(day: date) -> list[tuple[str, int]]:
        return house.read(reminding.cases_to_remind, rooms.PROCEEDINGS, day)

    found = [("negotiation", story.case.id)]
    assert to_remind(date(2026, 9, 24)) == [] and to_remind(date(2026, 9, 25)) == found
    remind(house, date(2026, 9, 25))
    assert to_remind(date(2026, 9, 26)) == []

    def hire(db: Session) -> None:
        """A second person who acts for the employer, after the first were told."""
        person = Person(name="新任")
        db.add(person)
        db.flush()
        body = story.house.enterprise.id or 0
        db.add(Appointment(person_id=person.id or 0, organisation_id=body, office=Office.EMPLOYER_OFFICER, since=RECEIVED))

    house.write(hire)
    assert to_remind(date(2026, 9, 26)) == found
    assert remind(house, date(2026, 9, 26)) == 1


def test_days_on_which_the_program_stood_still_are_made_up_for(house: House) -> None:
    house.write(lambda db: offered(db))
    assert remind(house, date(2026, 9, 26)) == 2
    assert told(house)[0][1] == "“书面答复要约”还有2天到期，最后一天是2026-09-28。"
    assert remind(house, date(2026, 9, 27)) == 2


def test_everyone_chooses_how_many_days_before(house: House) -> None:
    def choose(db: Session) -> None:
        story = offered(db)
        db.add(MessageSetting(person_id=story.house["陈静"], days_before=[7], overdue=False))
        db.add(MessageSetting(person_id=story.house["韩文博"], days_before=[], overdue=True))

    house.write(choose)
    for day in range(15, 30):
        remind(house, date(2026, 9, day))
    assert told(house) == [
        ("陈静", "“书面答复要约”还有7天到期，最后一天是2026-09-28。"),
        ("韩文博", "“书面答复要约”已经逾期1天，最后一天是2026-09-28。"),
    ]


def test_a_period_that_was_met_reminds_nobody(house: House) -> None:
    house.write(lambda db: agreed_to_talk(db))
    remind(house, LAST_DAY)
    assert told(house) == []


def test_while_a_side_has_no_chief_its_officers_are_reminded(house: House) -> None:
    house.write(lambda db: agreed_to_talk(db))
    due = house.read(lambda db: db.exec(select(Deadline.due).where(Deadline.rule == "NEG-START")).one())
    remind(house, due)
    assert {name for name, _sentence in told(house, "开始协商")} == {"李敏", "王强"}


def test_a_day_from_which_something_may_be_done_makes_nobody_late(house: House) -> None:
    """In Guizhou either side may apply for coordination once 30 days have passed since the first meeting."""

    def talk(db: Session) -> date:
        story = agreed_to_talk(db)
        story.appoint("李敏", date(2026, 9, 4), side="workers", representatives=WORKERS)
        story.appoint("陈静", date(2026, 9, 4), side="employer", representatives=EMPLOYER)
        story.name_recorder("王强", date(2026, 9, 4), name="孙洁")
        story.convene("李敏", date(2026, 9, 7), held_on=date(2026, 9, 8), place="二楼会议室", agenda="工资调整", chair="workers")
        meeting = story.facts(date(2026, 9, 8)).meetings[-1].id
        story.minute("孙洁", date(2026, 9, 8), meeting=meeting, present="双方代表", record="逐条讨论。", signed="both")
        return db.exec(select(Deadline.due).where(Deadline.rule == "NEG-DEADLOCK")).one()

    due = house.write(talk)
    for day in (date.fromordinal(due.toordinal() + step) for step in (-3, -1, 0, 1, 8)):
        remind(house, day)
    assert told(house, "可以申请协调") == [("李敏", f"满此日可以申请协调：{due}。")]


def test_the_end_of_a_mandate_is_nobodys_date_to_keep(house: House) -> None:
    """In Shanghai representatives are in office for six months where no contract comes of it."""

    def name(db: Session) -> date:
        story = offered(db)
        story.accept_offer("陈静", date(2026, 9, 14), statement="同意协商。")
        story.appoint("李敏", date(2026, 9, 15), side="workers", representatives=WORKERS)
        return db.exec(select(Deadline.due).where(Deadline.rule == "REP-TERM-FAIL")).one()

    due = house.write(name)
    for day in (date.fromordinal(due.toordinal() + step) for step in (-3, 0, 1)):
        remind(house, day)
    assert not told(house, "履职期限")


def test_a_corrected_date_reminds_of_the_new_last_day(house: House) -> None:
    def remind_and_correct(db: Session) -> None:
        story = offered(db)
        assert reminding.remind(db, NEGOTIATIONS, story.case.id or 0, LAST_DAY, noon(LAST_DAY))
        event = next(e for e in story.facts(LAST_DAY).events if e.name == "REQUEST_RECEIVED")
        story.correct_date("陈静", LAST_DAY, event=event.id, to=date(2026, 9, 16), reason="回执上的日期是16日。", evidence=story.paper())

    house.write(remind_and_correct)
    remind(house, date(2026, 10, 7))
    assert [sentence for name, sentence in told(house) if name == "陈静"] == [
        "“书面答复要约”今天到期。",
        "“书面答复要约”明天到期，最后一天是2026-10-08。",
    ]


def test_two_who_remind_at_once_remind_once(house: House) -> None:
    house.write(lambda db: offered(db))
    if house.database.is_sqlite:
        assert remind(house, LAST_DAY) + remind(house, LAST_DAY) == 2
    else:
        assert sum(in_processes("remind", house.database.url, LAST_DAY)) == 2
    assert len(told(house)) == 2
