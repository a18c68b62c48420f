"""What time itself brings, to many cases at once: each once, whoever looks and however often."""

from datetime import date

from sqlmodel import Session, select

from congress.acts import PROCEEDINGS as CONGRESSES
from negotiation.acts import NEGOTIATIONS
from negotiation.models import Negotiation
from negotiation.terms import State
from tests.cases.linked import linked, to_filed
from tests.cast import Story, hongxing, noon, wage_talks
from tests.procedures import walk
from web.dispatch import House
from web.house import sweep, verify
from workflow import jobs
from workflow.database import Database
from workflow.procedure import THE_CLOCK, Changed
from workflow.proceedings import do

SHANGHAI, PUDONG, ANHUI = "310000", "310115", "340000"


def swept(story: Story, database: Database, on: date) -> int:
    story.db.commit()
    done = sweep(House(database), on, noon(on))
    story.db.expire_all()
    return done


def test_every_case_has_its_own_day_and_a_second_look_finds_nothing_to_do(db: Session, database: Database) -> None:
    lapsing = walk.offered(db, SHANGHAI)
    answered = walk.preparing(db, PUDONG)
    reviewed = walk.filed(db, ANHUI)
    assert swept(lapsing, database, date(2026, 3, 18)) == 0
    assert swept(lapsing, database, date(2026, 3, 19)) == 1
    assert swept(lapsing, database, date(2026, 3, 19)) == 0
    assert swept(lapsing, database, date(2026, 5, 7)) == 1
    assert swept(lapsing, database, date(2026, 5, 7)) == 0
    assert [lapsing.case.state, answered.case.state, reviewed.case.state] == [State.DECLINED, State.PREPARING, State.IN_FORCE]
    assert verify(db) == []


def test_a_house_that_slept_for_years_wakes_and_does_everything_for_its_own_day(db: Session, database: Database) -> None:
    story = walk.filed(db, ANHUI)
    assert swept(story, database, date(2030, 1, 1)) == 2
    assert story.journal()[-2:] == ["2026-05-07 生效", "2027-05-01 期满"]
    assert story.case.state == State.ENDED
    assert swept(story, database, date(2030, 1, 1)) == 0


def test_one_who_looked_before_another_acted_does_nothing(db: Session) -> None:
    """Two processes see the same period run out; the second locks the case after the first has acted."""
    story = walk.offered(db, SHANGHAI)
    day = date(2026, 3, 25)
    mine, yours = list(jobs.lapses(db, [NEGOTIATIONS], day)), list(jobs.lapses(db, [NEGOTIATIONS], day))
    assert len(mine) == len(yours) == 1
    assert jobs.perform_lapse(db, NEGOTIATIONS, mine[0], noon(day))
    assert not jobs.perform_lapse(db, NEGOTIATIONS, yours[0], noon(day))
    assert [line for line in story.journal() if "逾期" in line] == ["2026-03-19 逾期未应约"]


def test_an_answer_between_the_look_and_the_act_is_in_time(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    day = date(2026, 3, 25)
    (seen,) = jobs.lapses(db, [NEGOTIATIONS], day)
    story.accept_offer("陈静", date(2026, 3, 18), entered=day, evidence=story.paper())
    assert not jobs.perform_lapse(db, NEGOTIATIONS, seen, noon(day))
    assert story.case.state == State.PREPARING


def test_a_corrected_day_between_the_look_and_the_act_counts(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    day = date(2026, 3, 19)
    (seen,) = jobs.lapses(db, [NEGOTIATIONS], day)
    received = next(e for e in story.facts(day).events if e.name == "REQUEST_RECEIVED")
    story.correct_date("陈静", day, event=received.id, to=date(2026, 3, 10), reason="更正", evidence=story.paper())
    assert not jobs.perform_lapse(db, NEGOTIATIONS, seen, noon(day))
    assert story.case.state == State.OFFERED


def test_a_successor_that_takes_effect_in_the_sweep_spares_its_predecessor_a_second_end(db: Session, database: Database) -> None:
    old = walk.in_force(db, ANHUI)
    old.renew("李敏", date(2027, 3, 8))
    new = to_filed(linked(old), date(2027, 3, 8), term=(date(2027, 5, 1), date(2028, 4, 30)))
    assert swept(old, database, date(2027, 6, 1)) == 1
    assert (old.case.outcome, new.case.state) == ("replaced", State.IN_FORCE)
    assert old.journal()[-1].endswith("replaced")


def test_where_the_successor_is_late_the_old_contract_runs_out_first(db: Session, database: Database) -> None:
    old = walk.in_force(db, ANHUI)
    old.renew("李敏", date(2027, 4, 19))
    new = to_filed(linked(old), date(2027, 4, 19), term=(date(2027, 6, 1), date(2028, 5, 31)))
    assert swept(old, database, date(2027, 6, 10)) == 2
    assert (old.case.outcome, new.case.state) == ("expired", State.IN_FORCE)


def test_a_stale_page_does_not_act(db: Session) -> None:
    story = wage_talks(db, hongxing(db), date(2026, 3, 2))
    seen = story.case.version
    story.edit_offer("李敏", date(2026, 3, 2), subject="工资、加班费", proposed_on=date(2026, 4, 1), proposed_place="会议室")
    by = NEGOTIATIONS.actor(db, story.case, story.house["李敏"], date(2026, 3, 2))
    try:
        do(db, NEGOTIATIONS, story.case, "offer", {}, by=by, today=date(2026, 3, 2), at=noon(date(2026, 3, 2)), version=seen)
    except Changed:
        assert story.case.state == State.DRAFTED
    else:
        raise AssertionError("a page that was read before the change has acted")


def test_the_clock_does_nothing_that_is_not_its_own(db: Session) -> None:
    story = walk.offered(db, SHANGHAI)
    facts = story.facts(date(2026, 3, 10))
    can = [s.act.name for s in NEGOTIATIONS.procedure.explain(story.case.state, facts, THE_CLOCK, date(2026, 3, 25)) if s.open]
    assert can == ["lapse"]
    assert [s.act.name for s in NEGOTIATIONS.procedure.explain(story.case.state, facts, THE_CLOCK, date(2026, 3, 18)) if s.open] == []


def test_meetings_of_congresses_are_looked_at_too_and_nothing_of_theirs_lapses(db: Session) -> None:
    story, _meeting = walk.submitted(db, SHANGHAI)
    assert list(jobs.lapses(db, [NEGOTIATIONS, CONGRESSES], date(2027, 1, 1))) == []
    assert db.exec(select(Negotiation)).one().state == State.BEFORE_CONGRESS == story.case.state
