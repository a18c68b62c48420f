"""What a place's own rules change in a case: one test for each parameter, on a real case of an enterprise there."""

from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from negotiation.models import Negotiation
from negotiation.terms import Outcome, State
from tests.cast import EMPLOYER, WAGE_CLAUSES, WORKERS, Story
from tests.procedures import walk
from tests.procedures.walk import (
    ACCEPTED,
    ANHUI,
    BEIJING,
    CHONGQING,
    CONVENED,
    GUANGDONG,
    GUIZHOU,
    HANGZHOU,
    HENAN,
    MET,
    NAMED,
    NINGBO,
    SETTLED,
    SHANDONG,
    SHANGHAI,
    TIANJIN,
    ZHEJIANG,
    due,
    refused,
)
from workflow.deadlines import Status
from workflow.forms import Invalid

pytestmark = pytest.mark.once

LONG_AGO = date(2026, 12, 31)


def wrong(story: Story, act: str, by: str, on: date, field: str, **sent: Any) -> str:
    """The sentence beside the field."""
    with pytest.raises(Invalid) as found:
        story.act(act, by, on, **sent)
    return str(found.value.errors[field][0])


# ---- the reply


@pytest.mark.parametrize(
    ("region", "kind", "last"),
    [
        (ANHUI, "comprehensive", date(2026, 3, 23)),
        (SHANGHAI, "wage", date(2026, 3, 18)),
        (BEIJING, "comprehensive", date(2026, 3, 23)),
        (ZHEJIANG, "comprehensive", date(2026, 3, 17)),
        (CHONGQING, "wage", date(2026, 3, 23)),
        (SHANDONG, "wage", date(2026, 3, 13)),
        (SHANDONG, "comprehensive", date(2026, 3, 23)),
        (HENAN, "wage", date(2026, 3, 17)),
        (HENAN, "comprehensive", date(2026, 3, 18)),
        (TIANJIN, "wage", date(2026, 3, 10)),
        (GUIZHOU, "wage", date(2026, 3, 23)),
        (HANGZHOU, "wage", date(2026, 3, 17)),
        (NINGBO, "wage", date(2026, 3, 17)),
        (GUANGDONG, "comprehensive", date(2026, 4, 2)),
    ],
)
def test_the_reply_is_due_as_the_place_and_the_kind_say(db: Session, region: str, kind: str, last: date) -> None:
    story = walk.offered(db, region, kind)
    assert due(story, "NEG-RESPONSE-DAYS") == last
    assert walk.until(story, LONG_AGO)[0] == f"{date.fromordinal(last.toordinal() + 1)} lapse"


@pytest.mark.parametrize(
    ("region", "kind", "matters", "lawful"),
    [
        (ANHUI, "wage", [], None),
        (ZHEJIANG, "comprehensive", [], False),
        (HANGZHOU, "wage", [], False),
        (NINGBO, "wage", [], False),
        (CHONGQING, "special", [], False),
        (BEIJING, "wage", [], False),
        (BEIJING, "safety", [], False),
        (BEIJING, "special", [], None),
        (BEIJING, "special", ["LAYOFF"], False),
        (SHANGHAI, "wage", [], None),
        (SHANGHAI, "wage", ["LAYOFF"], None),
        (SHANGHAI, "wage", ["MAJOR_HAZARD"], False),
        (SHANGHAI, "wage", ["LAYOFF_20_OR_10PCT"], False),
    ],
)
def test_a_refusal_is_marked_where_none_is_allowed(db: Session, region: str, kind: str, matters: list[str], lawful: bool | None) -> None:
    story = walk.offered(db, region, kind, special_subject="休息休假")
    story.decline_offer("陈静", ACCEPTED, reasons="正在停产。", matters=matters)
    assert (story.case.state, story.case.refusal_lawful) == (State.DECLINED, lawful)


@pytest.mark.parametrize(
    ("region", "last"),
    [
        (ANHUI, None),
        (BEIJING, date(2026, 3, 30)),
        (ZHEJIANG, date(2026, 4, 3)),
        (GUANGDONG, date(2026, 4, 13)),
        (GUIZHOU, date(2026, 3, 30)),
    ],
)
def test_a_union_opinion_is_answered_where_a_period_is_set(db: Session, region: str, last: date | None) -> None:
    story = walk.offered(db, region)
    day = date(2026, 3, 13)
    story.press("李敏", day, kind="opinion", ground="no_reply", addressee="公司", facts="逾期未答复。", demand="请书面答复。")
    assert due(story, "UNION-OPINION-REPLY") == last


# ---- after the reply


@pytest.mark.parametrize(("region", "last"), [(ANHUI, None), (GUIZHOU, date(2026, 3, 16))])
def test_in_guizhou_talks_begin_within_ten_days_of_the_reply(db: Session, region: str, last: date | None) -> None:
    story = walk.preparing(db, region)
    assert due(story, "NEG-START") == last


@pytest.mark.parametrize(("region", "last"), [(ANHUI, None), (SHANGHAI, date(2026, 3, 20))])
def test_in_shanghai_the_representatives_are_named_to_the_other_side_in_time(db: Session, region: str, last: date | None) -> None:
    story = walk.preparing(db, region)
    assert due(story, "REP-NOTICE") == last


@pytest.mark.parametrize(
    ("region", "last"),
    [(ANHUI, None), (SHANDONG, date(2026, 3, 11)), (HENAN, date(2026, 3, 11)), (NINGBO, date(2026, 3, 13)), (TIANJIN, None)],
)
def test_representatives_are_announced_where_a_period_is_set(db: Session, region: str, last: date | None) -> None:
    story = walk.named(db, region)
    assert due(story, "REP-PUBLISH") == last
    story.publish_representatives("李敏", date(2026, 3, 10))
    if last:
        deadline = story.facts(LONG_AGO).deadline("REP-PUBLISH")
        assert deadline is not None and deadline.status == Status.MET


def test_in_shanghai_a_mandate_ends_after_six_months_without_a_contract(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    assert due(story, "REP-TERM-FAIL", subject="workers") == date(2026, 9, 7)
    late = date(2026, 9, 8)
    said = refused(story, "convene", "李敏", late, held_on=late, place="会议室", agenda="工资", chair="joint")
    assert said == ["职工方、企业方协商代表的履职期限已经届满（2026-09-07）。"]
    for who, side, team in (("李敏", "workers", WORKERS), ("陈静", "employer", EMPLOYER)):
        story.appoint(who, late, side=side, representatives=team)
    walk.convene(story, on=late, held_on=late)
    assert story.case.state == State.CONSULTING


def test_elsewhere_a_mandate_has_no_such_end(db: Session) -> None:
    story = walk.named(db, ZHEJIANG)
    assert due(story, "REP-TERM-FAIL") is None


# ---- the teams


def members(team: list[dict[str, Any]], count: int, **more: Any) -> list[dict[str, Any]]:
    """So many of a side: the first three, then others without a name in the cast."""
    produced = team[1]["produced"]
    return [*team, *({"name": f"{produced}{n}", "post": "职员", "produced": produced, **more} for n in range(4, count + 1))][:count]


def objections(story: Story, by: str = "李敏") -> list[str]:
    chair = walk.may_chair(story.facts(CONVENED), CONVENED)[0]
    return refused(story, "convene", by, CONVENED, held_on=MET, place="会议室", agenda="工资", chair=chair)


@pytest.mark.parametrize(
    ("region", "workers", "employer", "said"),
    [
        (ANHUI, 4, 3, ["双方协商代表的人数应当对等，现在职工方4人，企业方3人。"]),
        (BEIJING, 4, 3, ["双方协商代表的人数应当对等，现在职工方4人，企业方3人。"]),
        (SHANGHAI, 4, 3, []),
        (ZHEJIANG, 4, 3, []),
        (CHONGQING, 4, 3, []),
        (NINGBO, 4, 3, []),
        (SHANGHAI, 3, 4, ["企业方协商代表不得多于职工方，现在企业方4人，职工方3人。"]),
        (HANGZHOU, 3, 4, ["企业方协商代表不得多于职工方，现在企业方4人，职工方3人。"]),
        (ANHUI, 2, 2, ["每方协商代表至少3人，现在职工方2人、企业方2人。"]),
    ],
)
def test_the_sides_are_balanced_as_the_place_says(db: Session, region: str, workers: int, employer: int, said: list[str]) -> None:
    story = walk.named(db, region, workers=members(WORKERS, workers, female=True), employer=members(EMPLOYER, employer))
    assert objections(story) == said


@pytest.mark.parametrize(
    ("region", "kind", "most"),
    [
        (BEIJING, "wage", 10),
        (TIANJIN, "wage", 7),
        (HANGZHOU, "wage", 9),
        (NINGBO, "wage", 10),
        (HENAN, "comprehensive", 10),
        (CHONGQING, "comprehensive", 15),
        (GUIZHOU, "wage", 9),
    ],
)
def test_a_side_seats_no_more_than_the_place_allows(db: Session, region: str, kind: str, most: int) -> None:
    many = members(WORKERS, most + 1, female=True, frontline=True)
    story = walk.named(db, region, kind, workers=many, employer=members(EMPLOYER, most + 1))
    assert objections(story) == [f"每方协商代表最多{most}人，现在职工方{most + 1}人、企业方{most + 1}人。"]


def test_nationally_there_is_no_upper_limit(db: Session) -> None:
    story = walk.named(db, ANHUI, workers=members(WORKERS, 20), employer=members(EMPLOYER, 20))
    assert objections(story) == []


@pytest.mark.parametrize("region", [ZHEJIANG, HANGZHOU, NINGBO])
def test_in_zhejiang_a_large_enterprise_seats_five(db: Session, region: str) -> None:
    story = walk.named(db, region, enterprise={"above_scale": True})
    assert objections(story) == ["每方协商代表至少5人，现在职工方3人、企业方3人。"]


def test_elsewhere_a_large_enterprise_seats_three(db: Session) -> None:
    assert objections(walk.named(db, SHANGHAI, enterprise={"above_scale": True})) == []


DELEGATED = [{**WORKERS[0], "name": "王强", "chief_as": "union_delegate"}, {**WORKERS[1], "name": "李敏"}, WORKERS[2]]
MANAGED = [{**EMPLOYER[0], "name": "周刚", "produced": "appointed", "chief_as": "manager"}, EMPLOYER[1], {**EMPLOYER[2], "name": "韩文博"}]


@pytest.mark.parametrize(
    ("region", "allowed"),
    [(ANHUI, True), (BEIJING, True), (CHONGQING, True), (HENAN, True)]
    + [(region, False) for region in (SHANGHAI, ZHEJIANG, HANGZHOU, NINGBO, SHANDONG)],
)
def test_the_union_chair_may_send_another_chief_only_where_allowed(db: Session, region: str, allowed: bool) -> None:
    story = walk.named(db, region, workers=DELEGATED)
    said = ["当地规定职工方首席代表由工会主席或者工会主要负责人担任，不能书面委托他人，王强是受委托担任的。"]
    assert objections(story, by="王强") == ([] if allowed else said)


@pytest.mark.parametrize(
    ("region", "allowed"), [(ANHUI, True), (SHANGHAI, True), (HANGZHOU, True), (SHANDONG, True), (ZHEJIANG, False), (NINGBO, False)]
)
def test_the_legal_representative_may_send_another_chief_only_where_allowed(db: Session, region: str, allowed: bool) -> None:
    story = walk.named(db, region, employer=MANAGED)
    said = ["当地规定企业方首席代表由法定代表人或者主要负责人担任，不能书面委托他人，周刚是受委托担任的。"]
    assert objections(story) == ([] if allowed else said)


NOMINATED, ELECTED = "“工会提名、职代会或职工半数以上通过”", "“职代会选举”"


@pytest.mark.parametrize(
    ("region", "kind", "produced", "how"),
    [
        (ANHUI, "wage", "union_selection", ""),
        (ANHUI, "wage", "recommendation", f"“工会选派”或者{ELECTED}或者{NOMINATED}"),
        (SHANGHAI, "wage", "union_selection", ""),
        (HENAN, "comprehensive", "union_selection", ""),
        (CHONGQING, "wage", "union_selection", ""),
        (ZHEJIANG, "comprehensive", "union_selection", ELECTED),
        (HANGZHOU, "wage", "nomination_and_vote", ELECTED),
        (NINGBO, "wage", "congress_election", ""),
        (SHANDONG, "wage", "union_selection", f"{NOMINATED}或者{ELECTED}"),
        (SHANDONG, "wage", "nomination_and_vote", ""),
        (HENAN, "wage", "union_selection", f"{NOMINATED}或者{ELECTED}"),
        (TIANJIN, "wage", "union_selection", f"{NOMINATED}或者{ELECTED}"),
        (GUIZHOU, "wage", "union_selection", f"{NOMINATED}或者{ELECTED}"),
    ],
)
def test_workers_representatives_come_to_their_seats_as_the_place_says(
    db: Session, region: str, kind: str, produced: str, how: str
) -> None:
    """The chief sits by office, wherever."""
    story = walk.named(db, region, kind, workers=[WORKERS[0], {**WORKERS[1], "produced": produced}, WORKERS[2]])
    assert objections(story) == ([f"王强担任职工方协商代表，产生方式不符合规定，应当是{how}。"] if how else [])


def test_without_a_union_the_workers_recommend_their_representatives(db: Session) -> None:
    story = walk.named(db, ANHUI)
    story.case.union_id = None
    db.flush()
    said = "王强、赵丽担任职工方协商代表，产生方式不符合规定，应当是“职工民主推荐并经本单位半数以上职工同意”。"
    assert [
        str(r.sentence)
        for r in walk.NEGOTIATIONS.procedure.standing("convene", "preparing", story.facts(CONVENED), walk.THE_CHIEF, CONVENED).reasons
    ] == [said]


@pytest.mark.parametrize(
    ("region", "kind", "said"),
    [
        (ANHUI, "wage", []),
        (SHANGHAI, "wage", []),
        (SHANDONG, "wage", ["当地规定外聘专业人员只能担任顾问，不能担任协商代表：赵丽。"]),
        (TIANJIN, "wage", ["当地规定外聘专业人员只能担任顾问，不能担任协商代表：赵丽。"]),
        (HENAN, "wage", []),
        (HENAN, "comprehensive", ["当地规定外聘专业人员只能担任顾问，不能担任协商代表：赵丽。"]),
    ],
)
def test_outsiders_sit_or_only_advise(db: Session, region: str, kind: str, said: list[str]) -> None:
    story = walk.named(db, region, kind, workers=[WORKERS[0], WORKERS[1], {**WORKERS[2], "outsider": True}])
    assert objections(story) == said


def test_more_than_a_third_of_outsiders_is_too_many(db: Session) -> None:
    outsiders = [WORKERS[0], {**WORKERS[1], "outsider": True}, {**WORKERS[2], "outsider": True}]
    story = walk.named(db, ANHUI, workers=outsiders)
    assert objections(story) == ["外聘专业人员不得超过本方代表的1/3，现在职工方3人中有2人是外聘。"]


@pytest.mark.parametrize(
    ("region", "said"),
    [
        (ANHUI, []),
        (SHANDONG, ["当地规定企业负责人、投资人、他们的近亲属不得担任职工方协商代表：王强。"]),
        (HENAN, ["当地规定企业负责人、投资人、人力资源负责人、他们的亲属不得担任职工方协商代表：王强。"]),
        (GUIZHOU, ["当地规定企业负责人、投资人、人力资源负责人不得担任职工方协商代表：王强。"]),
    ],
)
def test_those_close_to_the_employer_do_not_speak_for_workers(db: Session, region: str, said: list[str]) -> None:
    story = walk.named(db, region, workers=[WORKERS[0], {**WORKERS[1], "kin": True}, WORKERS[2]])
    assert objections(story) == said


@pytest.mark.parametrize(
    ("region", "barred"), [(ANHUI, False), (CHONGQING, True), (SHANDONG, True), (HENAN, True), (NINGBO, True), (GUIZHOU, True)]
)
def test_union_staff_do_not_speak_for_the_employer(db: Session, region: str, barred: bool) -> None:
    workers = [WORKERS[0], {**WORKERS[1], "name": "钱进"}, WORKERS[2]]
    story = walk.named(db, region, workers=workers, employer=[*EMPLOYER[:2], {**EMPLOYER[2], "name": "王强"}])
    assert objections(story) == (["当地规定工会工作人员不得担任企业方协商代表：王强。"] if barred else [])


@pytest.mark.parametrize(("region", "barred"), [(ANHUI, False), (NINGBO, True)])
def test_in_ningbo_heads_of_the_enterprise_do_not_speak_for_workers(db: Session, region: str, barred: bool) -> None:
    workers = [WORKERS[0], {**WORKERS[1], "name": "韩文博"}, WORKERS[2]]
    employer = [{**EMPLOYER[0], "name": "秦明"}, *EMPLOYER[1:]]
    story = walk.named(db, region, workers=workers, employer=employer)
    assert objections(story) == (["当地规定企业负责人不得担任职工方协商代表：韩文博。"] if barred else [])


MEN = [{**WORKERS[0], "female": False}, WORKERS[1], {**WORKERS[2], "female": False}]


@pytest.mark.parametrize(
    ("region", "kind", "female", "needed"),
    [
        (ANHUI, "wage", 300, 0),
        (SHANGHAI, "wage", 30, 1),
        (SHANGHAI, "wage", 29, 0),
        (TIANJIN, "wage", 100, 1),
        (TIANJIN, "wage", 99, 0),
        (CHONGQING, "wage", 60, 1),
        (CHONGQING, "wage", 59, 0),
        (GUIZHOU, "wage", 30, 1),
        (HENAN, "wage", 210, 2),
        (HENAN, "wage", 29, 0),
        (ZHEJIANG, "wage", 240, 2),
        (ZHEJIANG, "wage", 99, 0),
        (HENAN, "comprehensive", 99, 0),
        (HENAN, "comprehensive", 100, 1),
    ],
)
def test_women_sit_from_the_share_that_the_place_names(db: Session, region: str, kind: str, female: int, needed: int) -> None:
    story = walk.named(db, region, kind, workers=MEN, enterprise={"female": female})
    assert objections(story) == ([f"职工方代表中应当有女性代表，至少{needed}人，现在0人。"] if needed else [])


@pytest.mark.parametrize(("region", "needed"), [(ANHUI, 0), (SHANDONG, 1), (HENAN, 1)])
def test_a_third_of_the_seats_is_for_the_front_line(db: Session, region: str, needed: int) -> None:
    story = walk.named(db, region, workers=[{**row, "frontline": False} for row in WORKERS])
    assert objections(story) == ([f"职工方代表中一线职工至少{needed}人，现在0人。"] if needed else [])


@pytest.mark.parametrize(
    ("region", "dispatched", "needed"),
    [(ANHUI, 200, 0), (HANGZHOU, 30, 1), (HANGZHOU, 29, 0), (GUIZHOU, 24, 1), (GUIZHOU, 23, 0), (CHONGQING, 16, 1), (CHONGQING, 15, 0)],
)
def test_dispatched_workers_sit_from_the_share_that_the_place_names(db: Session, region: str, dispatched: int, needed: int) -> None:
    story = walk.named(db, region, enterprise={"dispatched": dispatched})
    assert objections(story) == ([f"职工方代表中应当有被派遣劳动者，至少{needed}人，现在0人。"] if needed else [])


@pytest.mark.parametrize(("region", "refuses"), [(ANHUI, False), (CHONGQING, True)])
def test_in_chongqing_a_vacancy_is_filled_before_the_next_meeting(db: Session, region: str, refuses: bool) -> None:
    story = walk.named(db, region, workers=members(WORKERS, 4), employer=members(EMPLOYER, 4))
    story.vacate("李敏", date(2026, 3, 9), representative=story.facts(NAMED).workers.members[-1].id, why="辞任")
    story.vacate("陈静", date(2026, 3, 9), representative=story.facts(NAMED).employer.members[-1].id, why="辞任")
    said = ["当地规定代表空缺的，应当在下一次协商会议前产生新的代表，职工方、企业方还有空缺。"]
    assert objections(story) == (said if refuses else [])


# ---- the meetings


@pytest.mark.parametrize("region", [ANHUI, SHANDONG, HENAN, CHONGQING])
def test_the_chiefs_chair_in_turn(db: Session, region: str) -> None:
    story = walk.named(db, region)
    told = {"held_on": MET, "place": "会议室", "agenda": "工资"}
    assert wrong(story, "convene", "李敏", CONVENED, "chair", chair="joint", **told) == "协商会议由双方首席代表轮流主持，请选其中一方。"
    walk.convene(story, chair="workers")
    walk.minute(story)
    again = {"held_on": date(2026, 3, 27), "place": "会议室", "agenda": "工资"}
    assert wrong(story, "convene", "李敏", MET, "chair", chair="workers", **again) == "上一次会议已由这一方主持，这一次轮到对方。"
    walk.convene(story, on=MET, held_on=date(2026, 3, 27), chair="employer")


def test_in_shanghai_they_chair_together(db: Session) -> None:
    story = walk.named(db, SHANGHAI)
    told = {"held_on": MET, "place": "会议室", "agenda": "工资"}
    assert wrong(story, "convene", "李敏", CONVENED, "chair", chair="workers", **told) == "当地规定协商会议由双方首席代表共同主持。"
    walk.convene(story, chair="joint")


@pytest.mark.parametrize("region", [SHANDONG, HENAN, TIANJIN, GUIZHOU, NINGBO])
def test_the_requester_chairs_the_first_meeting_where_the_rule_says_so(db: Session, region: str) -> None:
    story = walk.named(db, region)
    told = {"held_on": MET, "place": "会议室", "agenda": "工资"}
    assert (
        wrong(story, "convene", "李敏", CONVENED, "chair", chair="employer", **told) == "当地规定首次协商会议由提出要约一方的首席代表主持。"
    )


@pytest.mark.parametrize("region", [ANHUI, ZHEJIANG, HANGZHOU])
def test_elsewhere_either_chief_may_begin(db: Session, region: str) -> None:
    story = walk.named(db, region)
    walk.convene(story, chair="employer")
    assert story.case.state == State.CONSULTING


@pytest.mark.parametrize(
    ("region", "signed", "said"),
    [
        (ANHUI, "none", None),
        (TIANJIN, "none", None),
        (SHANGHAI, "none", "当地规定会议记录由双方首席代表签字；有人拒绝签字的，写明理由和见证人。"),
        (SHANGHAI, "both", None),
        (BEIJING, "none", "当地规定会议记录由双方首席代表签字；有人拒绝签字的，写明理由和见证人。"),
        (ZHEJIANG, "none", "当地规定会议记录由双方首席代表签字；有人拒绝签字的，写明理由和见证人。"),
        (SHANDONG, "both", "当地规定会议记录由到会的全体协商代表签字；有人拒绝签字的，写明理由和见证人。"),
        (HENAN, "both", "当地规定会议记录由到会的全体协商代表签字；有人拒绝签字的，写明理由和见证人。"),
        (HENAN, "all", None),
    ],
)
def test_the_minutes_are_signed_by_whom_the_place_names(db: Session, region: str, signed: str, said: str | None) -> None:
    story = walk.consulting(db, region)
    told = {"meeting": story.facts(MET).meetings[0].id, "present": "双方代表", "record": "讨论。", "signed": signed}
    if said is None:
        story.minute("孙洁", MET, **told)
    else:
        assert wrong(story, "minute", "孙洁", MET, "signed", **told) == said
        story.minute("孙洁", MET, **told, refusal_note="周刚拒绝签字，赵丽见证。")
    assert story.facts(MET).held_meetings


@pytest.mark.parametrize(
    ("region", "kind", "last"),
    [
        (ANHUI, "wage", date(2026, 3, 13)),
        (ANHUI, "comprehensive", None),
        (ZHEJIANG, "comprehensive", date(2026, 3, 13)),
        (HANGZHOU, "wage", date(2026, 3, 11)),
        (CHONGQING, "comprehensive", date(2026, 3, 10)),
        (SHANDONG, "wage", date(2026, 3, 10)),
        (HENAN, "wage", date(2026, 3, 13)),
        (TIANJIN, "wage", date(2026, 3, 13)),
        (GUIZHOU, "wage", date(2026, 3, 13)),
    ],
)
def test_information_is_due_before_the_meeting_as_the_place_says(db: Session, region: str, kind: str, last: date | None) -> None:
    story = walk.named(db, region, kind)
    story.request_information("李敏", NAMED, what="上年度工资总额")
    walk.convene(story)
    assert due(story, "INFO-DAYS") == last
    story.disclose("陈静", CONVENED, request=story.facts(CONVENED).requests[0].id, answer="见附件。")
    found = story.facts(CONVENED).deadline("INFO-DAYS")
    assert found is None or found.status == Status.MET


def test_in_shandong_the_superior_union_is_told_five_days_ahead(db: Session) -> None:
    story = walk.preparing(db, SHANDONG)
    for who, side, team in (("李敏", "workers", WORKERS), ("陈静", "employer", EMPLOYER)):
        story.appoint(who, NAMED, side=side, representatives=team)
    story.name_recorder("王强", NAMED, name="孙洁")
    assert objections(story) == ["当地规定协商开始前要把协商时间等告知上级工会，还没有登记。"]
    story.notify_upper("李敏", CONVENED, told="时间、内容")
    soon = {"held_on": date(2026, 3, 13), "place": "会议室", "agenda": "工资", "chair": "workers"}
    assert wrong(story, "convene", "李敏", CONVENED, "held_on", **soon) == (
        "当地规定协商开始前要先告知上级工会：2026-03-13开会最迟2026-03-06告知，现在是2026-03-10才告知的，请改到以后。"
    )
    walk.convene(story)
    assert story.case.state == State.CONSULTING


def test_elsewhere_nobody_need_be_told(db: Session) -> None:
    story = walk.preparing(db, HENAN)
    for who, side, team in (("李敏", "workers", WORKERS), ("陈静", "employer", EMPLOYER)):
        story.appoint(who, NAMED, side=side, representatives=team)
    story.name_recorder("王强", NAMED, name="孙洁")
    assert objections(story) == []


# ---- suspension


def suspend(story: Story, on: date, resume_on: date) -> None:
    for chief in ("李敏", "韩文博"):
        story.suspend(chief, on, reason="等待数据", resume_on=resume_on, place="会议室", content="工资")


@pytest.mark.parametrize("region", [SHANDONG, HENAN, GUIZHOU])
def test_only_force_majeure_suspends_where_the_rule_says_so(db: Session, region: str) -> None:
    story = walk.consulting(db, region)
    told = {"reason": "等待数据", "resume_on": date(2026, 4, 1), "place": "会议室", "content": "工资"}
    assert refused(story, "suspend", "李敏", MET, **told) == ["当地规定只有因不可抗力才能中止协商。"]
    story.suspend_for_force_majeure("李敏", MET, reason="台风", evidence=story.paper())
    assert story.case.state == State.SUSPENDED


@pytest.mark.parametrize(
    ("region", "kind", "latest"),
    [
        (BEIJING, "wage", date(2026, 5, 19)),
        (ZHEJIANG, "comprehensive", date(2026, 5, 19)),
        (HANGZHOU, "wage", date(2026, 4, 19)),
        (NINGBO, "wage", date(2026, 5, 19)),
        (HENAN, "comprehensive", date(2026, 4, 19)),
    ],
)
def test_a_suspension_lasts_no_longer_than_the_place_allows(db: Session, region: str, kind: str, latest: date) -> None:
    story = walk.consulting(db, region, kind)
    days = (latest - MET).days
    told = {"reason": "等待数据", "place": "会议室", "content": "工资"}
    sentence = wrong(story, "suspend", "李敏", MET, "resume_on", resume_on=date.fromordinal(latest.toordinal() + 1), **told)
    assert sentence == f"当地规定中止协商最长{days}日，最迟应在{latest}恢复。"
    suspend(story, MET, latest)
    assert (story.case.state, due(story, "NEG-SUSPEND")) == (State.SUSPENDED, latest)


@pytest.mark.parametrize("region", [ANHUI, CHONGQING])
def test_where_no_cap_is_set_or_the_parties_may_agree_otherwise_they_decide(db: Session, region: str) -> None:
    story = walk.consulting(db, region)
    suspend(story, MET, date(2026, 9, 1))
    assert story.case.state == State.SUSPENDED


@pytest.mark.parametrize(("region", "summed"), [(HANGZHOU, True), (BEIJING, False)])
def test_in_hangzhou_suspensions_are_added_up(db: Session, region: str, summed: bool) -> None:
    story = walk.consulting(db, region)
    suspend(story, MET, date(2026, 4, 9))
    story.resume("李敏", date(2026, 4, 9))
    again = {"reason": "等待数据", "resume_on": date(2026, 4, 25), "place": "会议室", "content": "工资"}
    day = date(2026, 4, 13)
    if summed:
        assert wrong(story, "suspend", "李敏", day, "resume_on", **again) == "当地规定中止协商最长30日，最迟应在2026-04-23恢复。"
    else:
        suspend(story, day, date(2026, 4, 25))
        assert story.case.state == State.SUSPENDED


# ---- the period of the talks


@pytest.mark.parametrize(
    ("region", "kind", "last"),
    [
        (ANHUI, "wage", None),
        (SHANGHAI, "wage", None),
        (SHANDONG, "wage", date(2026, 5, 6)),
        (HENAN, "wage", date(2026, 5, 6)),
        (HENAN, "comprehensive", date(2026, 5, 19)),
        (GUIZHOU, "wage", date(2026, 5, 6)),
        (HANGZHOU, "wage", date(2026, 5, 6)),
        (NINGBO, "wage", date(2026, 5, 7)),
    ],
)
def test_the_talks_end_in_time_where_a_period_is_set(db: Session, region: str, kind: str, last: date | None) -> None:
    story = walk.consulting(db, region, kind)
    assert due(story, "NEG-PERIOD-MAX") == last
    if last:
        assert f"{date.fromordinal(last.toordinal() + 1)} period_ends" in walk.until(story, date(2026, 5, 21))
        assert story.case.state == State.CONSULTING


@pytest.mark.parametrize(("region", "kind", "last"), [(SHANDONG, "wage", date(2026, 5, 19)), (HENAN, "comprehensive", date(2026, 6, 3))])
def test_days_of_force_majeure_do_not_count(db: Session, region: str, kind: str, last: date) -> None:
    story = walk.consulting(db, region, kind)
    story.suspend_for_force_majeure("李敏", date(2026, 3, 23), reason="台风", evidence=story.paper())
    assert walk.until(story, date(2026, 12, 1)) == []
    story.resume("李敏", date(2026, 4, 7))
    assert due(story, "NEG-PERIOD-MAX") == last


@pytest.mark.parametrize(("region", "kind", "counts"), [(HENAN, "comprehensive", False), (HANGZHOU, "wage", True), (NINGBO, "wage", True)])
def test_an_agreed_suspension_stops_the_period_only_where_the_actual_time_counts(db: Session, region: str, kind: str, counts: bool) -> None:
    story = walk.consulting(db, region, kind)
    before = due(story, "NEG-PERIOD-MAX")
    suspend(story, MET, date(2026, 4, 9))
    story.resume("李敏", date(2026, 4, 9))
    after = due(story, "NEG-PERIOD-MAX")
    assert before is not None and after is not None
    assert (after == before) is counts


@pytest.mark.parametrize(("region", "ends"), [(HANGZHOU, True), (NINGBO, True), (SHANDONG, False), (HENAN, False), (GUIZHOU, False)])
def test_the_period_runs_to_the_signature_or_to_the_settled_draft(db: Session, region: str, ends: bool) -> None:
    story = walk.settled(db, region, workers=WORKERS)
    found = story.facts(SETTLED).deadline("NEG-PERIOD-MAX")
    assert found is not None
    assert found.status == (Status.MET if ends else Status.RUNNING)


def test_in_henan_talks_are_over_when_nobody_asks_for_coordination(db: Session) -> None:
    story = walk.consulting(db, HENAN)
    assert walk.until(story, date(2026, 5, 8)) == ["2026-05-07 period_ends"]
    assert due(story, "COORD-APPLY-WITHIN") == date(2026, 5, 21)
    assert walk.until(story, date(2026, 6, 30)) == ["2026-05-22 close_without_agreement"]
    assert (story.case.state, story.case.outcome) == (State.ENDED, Outcome.NO_AGREEMENT)


def test_in_henan_coordination_is_applied_for_within_fifteen_days(db: Session) -> None:
    story = walk.consulting(db, HENAN)
    walk.until(story, date(2026, 5, 8))
    assert refused(story, "refer", "李敏", date(2026, 5, 25), open_items="第1条") == [
        "当地规定协商期满后最迟2026-05-21申请协调，已经过了。"
    ]
    story.refer("李敏", date(2026, 5, 11), open_items="第1条")
    assert walk.until(story, date(2026, 6, 30)) == []
    assert due(story, "COORD-START") == date(2026, 5, 18)


@pytest.mark.parametrize("region", [SHANDONG, GUIZHOU, HANGZHOU, NINGBO])
def test_elsewhere_the_end_of_the_period_ends_nothing(db: Session, region: str) -> None:
    story = walk.consulting(db, region)
    walk.until(story, date(2026, 12, 31))
    assert story.case.state == State.CONSULTING
    assert due(story, "COORD-APPLY-WITHIN") is None


# ---- coordination


def coordinating(db: Session, region: str, kind: str = "wage") -> Story:
    story = walk.consulting(db, region, kind)
    story.refer("李敏", date(2026, 4, 27), open_items="第1条")
    return story


def test_in_guizhou_coordination_waits_for_thirty_days_of_talks(db: Session) -> None:
    story = walk.consulting(db, GUIZHOU)
    assert due(story, "NEG-DEADLOCK") == date(2026, 4, 20)
    assert refused(story, "refer", "李敏", date(2026, 4, 20), open_items="第1条") == [
        "当地规定从第一次协商会议起到2026-04-20仍未达成一致的，才可以申请协调。"
    ]
    story.refer("李敏", date(2026, 4, 21), open_items="第1条")
    assert (story.case.state, due(story, "COORD-START")) == (State.COORDINATING, date(2026, 4, 26 + 1))


@pytest.mark.parametrize(
    ("region", "kind", "last", "extended"),
    [
        (ANHUI, "wage", date(2026, 5, 28), date(2026, 6, 12)),
        (CHONGQING, "wage", date(2026, 6, 29), date(2026, 7, 27)),
        (HENAN, "comprehensive", date(2026, 5, 28), date(2026, 6, 12)),
    ],
)
def test_coordination_takes_as_long_as_the_place_allows(db: Session, region: str, kind: str, last: date, extended: date) -> None:
    story = coordinating(db, region, kind)
    story.accept_coordination("郑楠", date(2026, 4, 28))
    assert due(story, "COORD-DAYS") == last
    story.extend_coordination("郑楠", date(2026, 5, 20), reason="争议复杂")
    assert due(story, "COORD-DAYS") == extended


@pytest.mark.parametrize(
    ("region", "kind", "state"),
    [(ANHUI, "wage", State.CONSULTING), (HENAN, "comprehensive", State.CONSULTING), (HENAN, "wage", State.ENDED)],
)
def test_failed_coordination_ends_the_talks_only_in_henan_on_wages(db: Session, region: str, kind: str, state: State) -> None:
    story = coordinating(db, region, kind)
    story.accept_coordination("郑楠", date(2026, 4, 28))
    walk.until(story, date(2026, 5, 29))
    assert story.case.state == state


# ---- the draft


@pytest.mark.parametrize(
    ("region", "kind", "years", "said"),
    [
        (ANHUI, "comprehensive", 3, []),
        (BEIJING, "comprehensive", 1, ["合同期限应当为3年，现在写的是2026-05-01至2027-04-30。"]),
        (BEIJING, "comprehensive", 3, []),
        (TIANJIN, "wage", 2, ["合同期限应当为1年，现在写的是2026-05-01至2028-04-30。"]),
        (GUIZHOU, "wage", 3, ["合同期限应当为1至2年，现在写的是2026-05-01至2029-04-30。"]),
        (SHANDONG, "wage", 4, ["合同期限应当为1至3年，现在写的是2026-05-01至2030-04-30。"]),
    ],
)
def test_the_term_is_what_the_place_allows(db: Session, region: str, kind: str, years: int, said: list[str]) -> None:
    story = walk.drafted(db, region, kind, years=years)
    assert refused(story, "settle", "李敏", SETTLED) == said


ONE_HEAD = [WAGE_CLAUSES[2]]


@pytest.mark.parametrize(
    ("region", "said"),
    [
        (ANHUI, []),
        (
            NINGBO,
            ["当地规定合同应当包括下列内容，现在还缺：工资分配制度、工资标准和工资分配形式、奖金、津贴、补贴等分配办法、工资支付办法。"],
        ),
        (
            HANGZHOU,
            ["当地规定合同应当包括下列内容，现在还缺：工资分配制度、工资标准和工资分配形式、奖金、津贴、补贴等分配办法、工资支付办法。"],
        ),
        (
            ZHEJIANG,
            ["当地规定合同应当包括下列内容，现在还缺：工资分配制度、工资标准和工资分配形式、奖金、津贴、补贴等分配办法、工资支付办法。"],
        ),
        (SHANDONG, []),
    ],
)
def test_a_wage_contract_has_the_heads_that_the_place_makes_compulsory(db: Session, region: str, said: list[str]) -> None:
    story = walk.drafted(db, region, clauses=ONE_HEAD)
    if region == NINGBO:
        said = []
    assert refused(story, "settle", "李敏", SETTLED) == said


@pytest.mark.parametrize(("region", "missing"), [(ANHUI, 0), (ZHEJIANG, 7), (CHONGQING, 0)])
def test_in_zhejiang_a_safety_contract_has_eight_heads(db: Session, region: str, missing: int) -> None:
    clauses = [{"head": "conditions", "heading": "劳动条件", "text": "公司改善通风。"}]
    story = walk.drafted(db, region, "safety", clauses=clauses)
    said = refused(story, "settle", "李敏", SETTLED)
    assert len(said) == bool(missing)
    assert sum(one.count("、") + 1 for one in said) >= missing


@pytest.mark.parametrize(("region", "missing"), [(ANHUI, 0), (ZHEJIANG, 4)])
def test_in_zhejiang_a_womens_contract_has_five_heads(db: Session, region: str, missing: int) -> None:
    clauses = [{"head": "maternity", "heading": "生育待遇", "text": "公司依法支付生育津贴差额。"}]
    story = walk.drafted(db, region, "women", clauses=clauses)
    said = refused(story, "settle", "李敏", SETTLED)
    assert len(said) == bool(missing)


def test_a_draft_without_any_listed_head_is_no_contract(db: Session) -> None:
    story = walk.drafted(db, ANHUI, clauses=[{"head": "other", "heading": "其他", "text": "双方友好合作。"}])
    assert refused(story, "settle", "李敏", SETTLED) == ["草案里没有一条属于规定的协商内容。"]


@pytest.mark.parametrize(("region", "last"), [(ANHUI, None), (SHANGHAI, None), (ZHEJIANG, date(2026, 4, 14)), (NINGBO, date(2026, 4, 14))])
def test_in_zhejiang_the_draft_goes_to_the_congress_within_fifteen_working_days(db: Session, region: str, last: date | None) -> None:
    story = walk.settled(db, region)
    assert due(story, "TO-CONGRESS") == last


def test_in_zhejiang_a_draft_withdrawn_from_the_congress_is_still_due_there(db: Session) -> None:
    story, _ = walk.submitted(db, ZHEJIANG)
    story.withdraw_from_congress("李敏", date(2026, 3, 25), reason="会议改期")
    found = story.facts(SETTLED).deadline("TO-CONGRESS", running=True)
    assert found is not None and found.due == date(2026, 4, 14)


@pytest.mark.parametrize(("region", "last"), [(ANHUI, None), (ZHEJIANG, date(2026, 4, 20)), (HANGZHOU, date(2026, 4, 20))])
def test_in_zhejiang_a_rejected_draft_is_voted_again_within_five_working_days(db: Session, region: str, last: date | None) -> None:
    story, meeting = walk.submitted(db, region)
    walk.vote(story, meeting, 10, walk.VOTED)
    assert story.case.state == State.CONSULTING
    walk.settle(story, date(2026, 4, 13))
    assert due(story, "REVOTE") == last
    assert story.facts(SETTLED).deadline("TO-CONGRESS", running=True) is None


# ---- signature, filing, review


@pytest.mark.parametrize(
    ("region", "kind", "last"),
    [
        (ANHUI, "wage", date(2026, 4, 21)),
        (ANHUI, "comprehensive", date(2026, 4, 24)),
        (BEIJING, "wage", date(2026, 4, 24)),
        (HENAN, "wage", date(2026, 4, 21)),
        (HENAN, "comprehensive", date(2026, 4, 21)),
        (TIANJIN, "wage", date(2026, 4, 24)),
    ],
)
def test_the_signed_contract_is_filed_in_the_days_of_the_place(db: Session, region: str, kind: str, last: date) -> None:
    story = walk.signed(db, region, kind, years=3 if region == BEIJING and kind == "comprehensive" else 1)
    assert due(story, "FILE-DAYS") == last


def test_in_shanghai_filing_counts_from_the_notice_that_the_congress_passed_it(db: Session) -> None:
    story = walk.signed(db, SHANGHAI)
    assert due(story, "FILE-DAYS") is None
    story.notify_passage("李敏", date(2026, 4, 15), received=date(2026, 4, 15), means="return_slip", evidence=story.paper())
    assert due(story, "FILE-DAYS") == date(2026, 4, 27)


@pytest.mark.parametrize(("region", "copies"), [(ANHUI, 3), (ZHEJIANG, 5), (HANGZHOU, 5)])
def test_as_many_copies_are_filed_as_the_place_wants(db: Session, region: str, copies: int) -> None:
    story = walk.signed(db, region)
    with pytest.raises(Invalid) as found:
        walk.file_in(story, copies=copies - 1)
    assert str(found.value.errors["copies"][0]) == f"应当一式{copies}份报送。"
    walk.file_in(story, copies=copies)


def test_a_supplement_has_the_day_that_the_authority_set(db: Session) -> None:
    story = walk.filed(db, ANHUI)
    story.ask_supplement("郑楠", date(2026, 4, 20), what="补充代表名单", by=date(2026, 4, 27))
    assert due(story, "FILE-SUPPLEMENT") == date(2026, 4, 27)
    story.supplement("陈静", date(2026, 4, 22))
    found = story.facts(FILED_LATER).deadline("FILE-SUPPLEMENT")
    assert found is not None and found.status == Status.MET
    assert due(story, "REVIEW-DAYS") == date(2026, 5, 7)


FILED_LATER = date(2026, 4, 30)


# ---- in force


@pytest.mark.parametrize(
    ("region", "kind", "last"),
    [
        (ANHUI, "wage", date(2026, 5, 12)),
        (ANHUI, "comprehensive", None),
        (ZHEJIANG, "comprehensive", date(2026, 5, 13)),
        (CHONGQING, "comprehensive", date(2026, 5, 18)),
        (SHANDONG, "wage", date(2026, 5, 14)),
        (HENAN, "comprehensive", date(2026, 5, 18)),
    ],
)
def test_it_is_published_in_the_days_of_the_place(db: Session, region: str, kind: str, last: date | None) -> None:
    story = walk.in_force(db, region, kind)
    assert due(story, "PUBLISH") == last


def test_in_chongqing_it_is_published_in_writing_and_pay_twice_a_year(db: Session) -> None:
    story = walk.in_force(db, CHONGQING)
    day = date(2026, 5, 8)
    assert (
        wrong(story, "publish", "李敏", day, "form", form="meeting", place="班前会")
        == "当地规定合同应当以书面形式公布，请选一种书面的方式。"
    )
    story.publish("李敏", day, form="board", place="厂门口")
    assert due(story, "PERF-WAGE-PUBLISH") == date(2026, 11, 9)
    story.publish_performance("陈静", date(2026, 11, 2), form="board", place="厂门口")
    assert due(story, "PERF-WAGE-PUBLISH") == date(2027, 5, 7)


def test_elsewhere_it_may_be_told_at_a_meeting(db: Session) -> None:
    story = walk.in_force(db, ANHUI)
    story.publish("李敏", date(2026, 5, 8), form="meeting", place="班前会")
    assert due(story, "PERF-WAGE-PUBLISH") is None


@pytest.mark.parametrize(
    ("region", "kind", "opens"),
    [
        (ANHUI, "wage", date(2027, 3, 1)),
        (ANHUI, "comprehensive", date(2027, 1, 30)),
        (ZHEJIANG, "wage", date(2027, 1, 30)),
        (HENAN, "wage", date(2027, 2, 28)),
        (HENAN, "comprehensive", date(2027, 3, 1)),
    ],
)
def test_renewal_opens_when_the_place_says(db: Session, region: str, kind: str, opens: date) -> None:
    story = walk.in_force(db, region, kind)
    early = date.fromordinal(opens.toordinal() - 1)
    assert refused(story, "renew", "李敏", early) == [f"离期满还早：续订可以从{opens}起提出（2027-04-30期满）。"]
    story.renew("李敏", opens)
    assert story.db.exec(select(Negotiation).where(Negotiation.predecessor_id == story.case.id)).one().purpose == "renew"


@pytest.mark.parametrize(("region", "kind", "last"), [(ANHUI, "comprehensive", None), (HENAN, "comprehensive", date(2026, 4, 21))])
def test_in_henan_the_superior_union_has_its_copy_within_seven_days_of_signing(
    db: Session, region: str, kind: str, last: date | None
) -> None:
    story = walk.signed(db, region, kind)
    assert due(story, "COPY-UPPER") == last
    story.report_upper("李敏", date(2026, 4, 20))
    if last:
        found = story.facts(FILED_LATER).deadline("COPY-UPPER")
        assert found is not None and found.status == Status.MET


def test_each_year_the_congress_hears_of_the_performance(db: Session) -> None:
    story = walk.in_force(db, ZHEJIANG, "comprehensive", years=3)
    assert due(story, "PERF-REPORT") == date(2027, 5, 7)
    clause = story.facts(FILED_LATER).standing_clauses[0].id
    rows = [{"clause": clause, "what": "按月支付工资", "owner": "employer"}]
    story.list_obligations("李敏", date(2026, 6, 1), obligations=rows)
    story.start_round("李敏", date(2027, 1, 4), period_from=date(2026, 5, 7), period_until=date(2026, 12, 31), members="李敏、陈静")
    story.record_finding("李敏", date(2027, 1, 5), obligation=story.facts(LONG_AGO).obligations[0].id, result="fulfilled")
    story.close_round("李敏", date(2027, 1, 6), conclusion="已履行。")
    story.report_round("李敏", date(2027, 1, 8), round=story.facts(LONG_AGO).rounds[0].id)
    assert due(story, "PERF-REPORT") == date(2028, 5, 8)


@pytest.mark.parametrize(
    ("region", "rule", "last"),
    [
        (ANHUI, "FILE-DAYS", date(2026, 10, 19)),
        (BEIJING, "TERMINATION-FILE", date(2026, 10, 19)),
        (ZHEJIANG, "TERMINATION-FILE", date(2026, 10, 15)),
    ],
)
def test_a_termination_is_filed_within_its_own_days(db: Session, region: str, rule: str, last: date) -> None:
    story = walk.in_force(db, region, "comprehensive", years=3)
    story.terminate("李敏", date(2026, 9, 1), reason="经营状况重大变化")
    ending = Story(db, story.house, db.exec(select(Negotiation).where(Negotiation.predecessor_id == story.case.id)).one())
    walk.terminate(ending)
    other = {"FILE-DAYS": "TERMINATION-FILE", "TERMINATION-FILE": "FILE-DAYS"}[rule]
    assert (due(ending, rule), due(ending, other)) == (last, None)
