"""Every act of a negotiation with nothing, nonsense, too much, and what belongs to another case: a sentence, and nothing is stored."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, select

from congress.models import CongressMeeting
from negotiation.acts import NEGOTIATIONS
from negotiation.facts import Facts
from negotiation.forms import NO_ACCOUNT, PIECES
from negotiation.procedure import NEGOTIATION
from tests import bad_input
from tests.bad_input import Place, Standing, Way
from tests.cases import stages
from tests.cast import WORKERS, paper
from tests.databases import copied
from web.dispatch import House
from workflow.documents.issue import Document
from workflow.joint import Motion


def first(rows: Any) -> Any:
    return next(iter(rows)).id


def _scan(facts: Facts, place: Place) -> dict[str, Any]:
    return {"evidence": place.scan}


def _reason(facts: Facts, place: Place) -> dict[str, Any]:
    return {"reason": "双方商定"}


DOSSIER = {"authority": "市人社局", "copies": 3, "pieces": list(PIECES)}
WAYS: dict[str, Way] = {
    "edit_offer": Way("drafted", "李敏", lambda f, p: {"subject": "工资", "proposed_on": "2026-04-01", "proposed_place": "会议室"}),
    "offer": Way("drafted", "李敏"),
    "record_receipt": Way("sent", "陈静", lambda f, p: {"received": "2026-03-04", "means": "return_slip", "reference": "EX1"}),
    "accept_offer": Way("offered", "陈静", lambda f, p: {"proposed_on": "2026-03-20", "proposed_place": "会议室", "statement": "同意"}),
    "decline_offer": Way("offered", "陈静", lambda f, p: {"reasons": "尚未到期", "matters": ["LAYOFF"]}),
    "press": Way("offered", "李敏", lambda f, p: dict(stages.LETTER)),
    "record_reply": Way("offered", "陈静", lambda f, p: {"letter": first(f.letters), "reply": "收悉"}),
    "appoint": Way("preparing", "李敏", lambda f, p: {"side": "workers", "representatives": WORKERS}),
    "replace": Way(
        "preparing",
        "李敏",
        lambda f, p: {"outgoing": f.workers.members[-1].id, "why": "病假", "name": "蒋涛", "post": "车工", "produced": "union_selection"},
    ),
    "vacate": Way("preparing", "李敏", lambda f, p: {"representative": f.workers.members[-1].id, "why": "病假"}),
    "publish_representatives": Way("preparing", "李敏"),
    "name_recorder": Way("preparing", "李敏", lambda f, p: {"name": "书记员"}),
    "notify_upper": Way("preparing", "李敏", lambda f, p: {"told": "时间、地点"}),
    "request_information": Way("preparing", "陈静", lambda f, p: {"what": "职工意见"}),
    "disclose": Way("preparing", "陈静", lambda f, p: {"request": first(f.requests), "answer": "见附件"}),
    "convene": Way(
        "preparing",
        "李敏",
        lambda f, p: {"held_on": "2026-03-16", "held_time": "09:30", "place": "会议室", "agenda": "工资", "chair": "joint"},
    ),
    "minute": Way(
        "consulting",
        "孙洁",
        lambda f, p: {
            "meeting": f.meetings[-1].id,
            "present": "双方",
            "record": "讨论",
            "signed": "both",
            "agreed": "一",
            "open_points": "二",
        },
    ),
    "lay_out": Way("consulting", "王强", lambda f, p: {"clauses": [{"head": "other", "heading": "其他", "text": "设劳模津贴。"}]}),
    "propose": Way("consulting", "王强", lambda f, p: {"head": "other", "heading": "其他", "text": "设劳模津贴。", "reason": "激励"}),
    "counter": Way("consulting", "陈静", lambda f, p: {"clause": first(f.clauses), "based_on": f.clauses[0].text_id, "text": "另拟。"}),
    "withdraw_proposal": Way("consulting", "王强", lambda f, p: {"clause": first(f.clauses)}),
    "agree_clause": Way("consulting", "李敏", lambda f, p: {"clause": first(f.clauses), "text": f.clauses[0].text_id}),
    "defer_clause": Way("consulting", "李敏", lambda f, p: {"clause": first(f.clauses), "reason": "后议"}),
    "set_terms": Way(
        "consulting",
        "王强",
        lambda f, p: {
            "term_from": "2026-05-01",
            "term_until": "2027-04-30",
            "lowest_wage": "3000",
            "local_minimum": "2740",
            "local_minimum_source": "沪人社规〔2025〕12号",
            "daily_hours": 8,
            "weekly_hours": 40,
            "wages": [{"post": "一线工", "persons": 200, "before": "6000", "after": "6360"}],
        },
    ),
    "suspend": Way("agreed", "李敏", lambda f, p: dict(stages.BREAK)),
    "suspend_for_force_majeure": Way("consulting", "韩文博", lambda f, p: {"reason": "洪水", "evidence": p.scan}),
    "resume": Way("suspended", "李敏", lambda f, p: {"early": True}),
    "refer": Way("consulting", "李敏", lambda f, p: {"open_items": "工资"}),
    "accept_coordination": Way("referred", "郑楠"),
    "decline_coordination": Way("referred", "郑楠", _reason),
    "withdraw_referral": Way("referred", "李敏", _reason),
    "extend_coordination": Way("coordinating", "郑楠", _reason),
    "coordinate": Way("coordinating", "郑楠", lambda f, p: {"agreed": "涨5%", "left_open": "津贴", "evidence": p.scan}),
    "coordination_fails": Way("coordinating", "郑楠", _reason),
    "settle": Way("agreed", "李敏"),
    "reopen": Way("settled", "李敏", _reason),
    "submit_to_congress": Way("settled", "李敏", lambda f, p: {"meetings": [p.cases["settled"].more["meeting"]]}),
    "withdraw_from_congress": Way("submitted", "李敏", _reason),
    "meeting_failed": Way("submitted", "李敏", lambda f, p: {"reason": "改期", "evidence": p.scan}),
    "adopt": Way("passed", "李敏", _scan),
    "reject": Way("failed", "李敏", _scan),
    "void_adoption": Way("adopted", "李敏", lambda f, p: {"reason": "撤销", "evidence": p.scan}),
    "notify_passage": Way("adopted", "李敏", lambda f, p: {"received": "2026-04-12", "means": "return_slip", "reference": "EX2"}),
    "sign": Way("adopted", "李敏", lambda f, p: {"confirmed": True, "sealed": True}),
    "hand_in": Way("signed", "陈静", lambda f, p: {"piece": "licence", "evidence": p.scan}),
    "file": Way("signed", "陈静", lambda f, p: dict(DOSSIER)),
    "record_filing_receipt": Way("handed_in", "郑楠", lambda f, p: {"received": "2026-04-17", "number": "收1号"}),
    "ask_supplement": Way("filed", "郑楠", lambda f, p: {"what": "会议记录", "by": "2026-04-27"}),
    "supplement": Way("incomplete", "陈静"),
    "object": Way("filed", "郑楠", lambda f, p: {"number": "审1号", "served": "2026-04-20", "opinion": "不合法"}),
    "approve": Way("filed", "郑楠", lambda f, p: {"number": "审1号", "served": "2026-04-20", "opinion": "没有异议"}),
    "renegotiate": Way("objected", "李敏"),
    "withdraw_filing": Way("filed", "李敏", _reason),
    "publish": Way("in_force", "李敏", lambda f, p: {"form": "board", "place": "公告栏"}),
    "report_upper": Way("in_force", "李敏"),
    "list_obligations": Way(
        "in_force",
        "李敏",
        lambda f, p: {
            "obligations": [{"clause": first(f.clauses), "what": "增资", "owner": "employer", "due": "2026-12-31", "every_months": 12}]
        },
    ),
    "start_round": Way(
        "in_force",
        "李敏",
        lambda f, p: {"period_from": "2026-05-07", "period_until": "2026-05-10", "members": "双方各两人", "method": "查阅资料"},
    ),
    "record_finding": Way(
        "in_review", "李敏", lambda f, p: {"obligation": first(f.obligations), "result": "not", "note": "未发", "correct_by": "2026-12-01"}
    ),
    "record_correction": Way("in_review", "陈静", lambda f, p: {"finding": f.findings[-1].id, "correction": "已补"}),
    "close_round": Way("reviewed", "李敏", lambda f, p: {"conclusion": "完成"}),
    "report_round": Way("in_review", "李敏", lambda f, p: {"round": first(f.rounds)}),
    "publish_performance": Way("in_force_there", "陈静", lambda f, p: {"form": "board", "place": "公告栏"}),
    "amend": Way("in_force", "李敏", _reason),
    "terminate": Way("in_force", "李敏", _reason),
    "renew": Way("reviewed", "李敏"),
    "succeed": Way("in_force", "陈静", lambda f, p: {"how": "merger", "successor": "重工公司", "facts": "合并", "evidence": p.scan}),
    "discard": Way("drafted", "李敏", _reason),
    "give_up": Way("offered", "李敏", _reason),
    "give_up_jointly": Way("agreed", "李敏", _reason),
    "end_by_law": Way("in_force", "陈静", lambda f, p: {"ground": "bankrupt", "facts": "破产", "evidence": p.scan}),
    "correct_date": Way(
        "offered",
        "陈静",
        lambda f, p: {"event": next(e.id for e in f.events if e.name == "REQUEST_RECEIVED"), "to": "2026-03-04", "reason": "更正"},
    ),
    "dispute_entry": Way("offered", "陈静", lambda f, p: {"seq": 2, "reason": "不实"}),
    "decline_motion": Way("consulting", "李敏", lambda f, p: {"motion": p.cases["consulting"].more["motion"], "reason": "不同意"}),
    "record_enterprise_result": Way("several", "吴磊", lambda f, p: {"enterprise": f.covered[0].organisation_id, "recognised": True}),
    "file_by_union": Way("several_signed", "吴磊", lambda f, p: dict(DOSSIER)),
    "issue_document": Way("consulting", "李敏", lambda f, p: {"document": "representatives", "subject": "workers"}),
    "keep_scan": Way("offered", "李敏", lambda f, p: {"document": p.cases["offered"].more["token"], "evidence": p.scan}),
    "withdraw_motion": Way("consulting", "韩文博", lambda f, p: {"motion": p.cases["consulting"].more["motion"], "reason": "不提了"}),
}
SWEPT = {"in_force", "in_force_there", "in_review", "reviewed"}
"""Made by the passing of time, which would pass for the others as well: these come first."""
REGIONS = (
    *("310101", "310104", "310105", "310106", "310107", "310109", "310110", "310112", "310113", "310114", "310115", "310116", "310117"),
    *("310118", "310120", "310151", "340100", "340200", "340300", "340400", "340500", "340600", "340700", "340800"),
)
"""One for each case: Shanghai, then Anhui, where nothing local is in force."""
ROWS: dict[str, Any] = {
    "clause": lambda f: f.clauses,
    "request": lambda f: f.requests,
    "letter": lambda f: f.letters,
    "outgoing": lambda f: f.representatives,
    "representative": lambda f: f.representatives,
    "meeting": lambda f: f.meetings,
    "obligation": lambda f: f.obligations,
    "finding": lambda f: f.findings,
    "round": lambda f: f.rounds,
    "event": lambda f: f.events,
    "enterprise": lambda f: (f.organisation,),
}
FREE = {"account": {NO_ACCOUNT}, "based_on": {0, -1, 999_999}}


@pytest.fixture(scope="module")
def place(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Made once: whatever is tried here leaves it as it was."""
    with copied(template, tmp_path_factory.mktemp("bad_input")) as database:
        house = House(database)
        made: dict[str, Standing] = {}
        regions = iter(REGIONS)
        for name in sorted({way.stage for way in WAYS.values()}, key=lambda name: (name not in SWEPT, name)):
            chongqing = name == "in_force_there"
            stage = stages.in_force if chongqing else getattr(stages, name)

            def make(db: Session, stage: stages.Stage = stage, region: str = "500000" if chongqing else next(regions)) -> Standing:
                story, today = stage(db, region)
                assert story.case.id is not None
                motion = db.exec(select(Motion.id).where(Motion.case_id == story.case.id, Motion.status == "open")).first()
                meeting = db.exec(select(CongressMeeting.id).where(CongressMeeting.organisation_id == story.case.organisation_id)).first()
                token = db.exec(select(Document.token).where(Document.case_id == story.case.id, Document.kind == "offer")).first()
                more = {"motion": motion, "meeting": meeting, "token": token}
                return Standing(story.case.id, story.house.people, today, story.facts(today), more)

            made[name] = house.write(make)
        yield Place(house, NEGOTIATIONS, WAYS, made, house.write(paper), ROWS, FREE)


ACTS = bad_input.acts_of(NEGOTIATION)


def test_there_is_a_way_to_do_every_act() -> None:
    assert set(WAYS) == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_done_well_it_is_done(place: Place, act: str) -> None:
    """Or else nothing that is refused below would prove anything."""
    assert bad_input.attempt(place, act, bad_input.well(place, act)) is None


@pytest.mark.parametrize("act", ACTS)
def test_files_are_marked_as_needed_where_the_act_is_refused_without_them(place: Place, act: str) -> None:
    bad_input.files_are_marked_as_needed_where_it_is_refused_without_them(place, act, ("李敏", "陈静", "韩文博", "郑楠"))


@pytest.mark.parametrize("act", ACTS)
def test_bad_input_is_answered_in_words_and_nothing_is_stored(place: Place, act: str) -> None:
    bad_input.bad_input_is_answered_in_words_and_nothing_is_stored(place, act)


@pytest.mark.parametrize("who", ["赵丽", "周刚", "吴磊", "郑楠", "孙洁"])
def test_whoever_does_not_sit_where_an_act_is_done_is_told_who_does(place: Place, who: str) -> None:
    bad_input.whoever_does_not_sit_there_is_told_who_does(place, who)
