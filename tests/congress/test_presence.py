"""The presence book: who came and went, the quorum that follows from it, and that it cannot be changed behind anybody's back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from congress import queries
from congress.arithmetic import quorum
from congress.models import CongressMeeting
from congress.presence import book, members
from congress.presence.book import AlreadyWritten, Whom
from congress.presence.terms import Move
from congress.rolls.models import Attendee, CongressTerm
from tests.congress.cast import MEETING, NOTICE, Cast, act, at, cast, convened, officers, opened, placed, planned
from tests.congress.rolls import serving
from web.house import verify
from workflow.forms import Invalid
from workflow.procedure import Refused
from workflow.seats import Seat

NEEDED = 5
"""Of seven on the roll."""


def hall(db: Session, people: Cast) -> CongressMeeting:
    serving(db, people)
    meeting = planned(db, people, roll=None)
    placed(db, people, meeting)
    officers(db, people, meeting, check_in=[{"name": "王海"}])
    act(db, meeting, "convene", people.li, NOTICE, means="书面送达签收")
    return meeting


def everyone(db: Session, meeting: CongressMeeting) -> list[Whom]:
    return [one.whom for one in members.members(db, meeting, MEETING)]


def write(db: Session, people: Cast, meeting: CongressMeeting, move: Move, *whom: Whom, on: date = MEETING) -> None:
    book.write(db, meeting, move, whom, by=people.li, on=on, at=at(on))


def test_the_meeting_opens_on_who_is_in_the_book(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    whom = everyone(db, meeting)
    write(db, people, meeting, Move.ARRIVE, *whom[: NEEDED - 1])
    with pytest.raises(Refused, match="应到7人，至少5人出席才有效，实到4人，还差1人"):
        act(db, meeting, "open", people.li, MEETING)
    write(db, people, meeting, Move.ARRIVE, whom[NEEDED - 1])
    with pytest.raises(Invalid, match="签到簿上到会5人，与填写的6人不符"):
        act(db, meeting, "open", people.li, MEETING, present=6)
    act(db, meeting, "open", people.li, MEETING)
    assert (meeting.roll, meeting.present) == (7, 5)
    with pytest.raises(Refused, match="按签到簿计算"):
        act(db, meeting, "record_presence", people.li, MEETING, present=7)


def test_the_quorum_is_asked_again_before_each_ballot(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    whom = everyone(db, meeting)
    write(db, people, meeting, Move.ARRIVE, *whom[:NEEDED])
    act(db, meeting, "open", people.li, MEETING)
    write(db, people, meeting, Move.LEAVE, whom[0])
    item = queries.facts(db, meeting, MEETING).items[0]
    with pytest.raises(Refused, match="实到4人，还差1人"):
        act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    write(db, people, meeting, book.arrival(meeting), *whom[NEEDED:])
    act(db, meeting, "open_ballot", people.zhao, MEETING, item=item.id)
    write(db, people, meeting, Move.LEAVE, *whom)
    assert (item.present, meeting.present) == (6, 6), "who leaves later does not touch a ballot that is open"
    assert verify(db) == []


def test_on_another_day_everybody_checks_in_again(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    whom, morrow = everyone(db, meeting), MEETING + timedelta(days=1)
    write(db, people, meeting, Move.ARRIVE, *whom)
    act(db, meeting, "open", people.li, MEETING)
    act(db, meeting, "adjourn", people.li, MEETING, reason="第二天继续")
    with pytest.raises(Refused, match="实到0人"):
        act(db, meeting, "resume", people.li, morrow)
    write(db, people, meeting, Move.LATE, *whom[:NEEDED], on=morrow)
    act(db, meeting, "resume", people.li, morrow)
    assert meeting.present == NEEDED


def test_two_desks_at_once_check_a_person_in_once(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    first, second = everyone(db, meeting)[:2]
    version = meeting.version
    book.write(db, meeting, Move.ARRIVE, [first], by=people.li, on=MEETING, at=at(MEETING))
    with pytest.raises(AlreadyWritten) as found:
        book.write(db, meeting, Move.ARRIVE, [first], by=people.wang, on=MEETING, at=at(MEETING))
    assert found.value.entry is not None and found.value.entry.entered_by == people.li
    book.write(db, meeting, Move.ARRIVE, [first, second], by=people.wang, on=MEETING, at=at(MEETING))
    db.flush()
    assert [line.delegate_id for line in book.lines(db, meeting.id or 0)] == [first.delegate_id, second.delegate_id]
    assert meeting.version == version, "the desk holds up no act"


def test_undoing_takes_back_the_last_line_of_a_person(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    whom = everyone(db, meeting)[0]
    for move, here in (
        (Move.ARRIVE, True), (Move.LEAVE, False), (Move.UNDO, True), (Move.UNDO, False), (Move.LATE, True)
    ):  # fmt: skip
        write(db, people, meeting, move, whom)
        assert book.read(db, meeting.id, MEETING).is_here(whom) is here, move
    with pytest.raises(AlreadyWritten):
        write(db, people, meeting, Move.UNDO, everyone(db, meeting)[1])
    assert [line.move for line in book.lines(db, meeting.id or 0)] == ["arrive", "leave", "undo", "undo", "late"]


def test_who_attends_without_a_vote_never_counts(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    term = db.exec(select(CongressTerm)).one()
    db.add(Attendee(term_id=term.id or 0, name="何文", since=term.since))
    db.flush()
    (guest,) = members.attendees(db, meeting, MEETING)
    write(db, people, meeting, Move.ARRIVE, guest.whom)
    assert book.read(db, meeting.id, MEETING).is_here(guest.whom)
    assert queries.facts(db, meeting, MEETING).present == 0


def test_a_check_in_officer_sees_the_meeting_and_does_no_act(db: Session) -> None:
    people = cast(db)
    meeting, _ = convened(db, people)
    assert Seat.CHECK_IN_OFFICER not in queries.seats_of(db, meeting, people.sun, MEETING)
    officers(
        db, people, meeting, officers=[{"seat": "teller", "name": "陈芳"}, {"seat": "counter", "name": "某人"}], check_in=[{"name": "孙丽"}]
    )
    assert queries.seats_of(db, meeting, people.sun, MEETING) == {Seat.CHECK_IN_OFFICER}
    assert [m.id for m in queries.visible_meetings(db, people.sun, MEETING)] == [meeting.id]
    officers(db, people, meeting)
    assert Seat.CHECK_IN_OFFICER not in queries.seats_of(db, meeting, people.sun, MEETING)


def test_the_database_refuses_to_change_a_line(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    write(db, people, meeting, Move.ARRIVE, everyone(db, meeting)[0])
    for statement in ("UPDATE presence_entry SET move = 'leave'", "DELETE FROM presence_entry"):
        with pytest.raises(DBAPIError, match="append-only"), db.begin_nested():
            db.connection().execute(text(statement))


def test_a_line_that_was_changed_or_taken_off_the_end_is_found(db: Session) -> None:
    people = cast(db)
    meeting = hall(db, people)
    write(db, people, meeting, Move.ARRIVE, *everyone(db, meeting)[:NEEDED])
    act(db, meeting, "open", people.li, MEETING)
    assert verify(db) == []
    _without_triggers(db)
    db.connection().execute(text("DELETE FROM presence_entry WHERE seq = 5"))
    db.expire_all()
    assert [str(fault.sentence) for fault in verify(db)] == ["第5条记录所依据的签到簿末尾少了，或者被换过。"]
    db.connection().execute(text("UPDATE presence_entry SET move = 'leave' WHERE seq = 2"))
    db.expire_all()
    assert "签到簿第2行被改动过，或者它之前少了一行。" in [str(fault.sentence) for fault in verify(db)]


@pytest.mark.parametrize(("roll", "needed"), [(99, 66), (100, 67), (101, 68), (150, 100), (151, 101)])
def test_two_thirds_are_rounded_up_to_a_whole_person(db: Session, roll: int, needed: int) -> None:
    assert quorum(roll) == needed
    people = cast(db)
    meeting, _ = convened(db, people, roll=roll)
    with pytest.raises(Refused, match=f"实到{needed - 1}人，还差1人"):
        act(db, meeting, "open", people.li, MEETING, roll=roll, present=needed - 1)
    act(db, meeting, "open", people.li, MEETING, roll=roll, present=needed)


def test_where_no_roll_is_kept_the_number_is_typed(db: Session) -> None:
    people = cast(db)
    meeting, _ = opened(db, people)
    assert queries.facts(db, meeting, MEETING).book is None and meeting.present == 280


def _without_triggers(db: Session) -> None:
    if db.connection().dialect.name == "postgresql":
        db.connection().execute(text("ALTER TABLE presence_entry DISABLE TRIGGER USER"))
        return
    for verb in ("update", "delete"):
        db.connection().execute(text(f"DROP TRIGGER presence_entry_no_{verb}"))
