"""Every act of a mediation with nothing, nonsense, too much, and what belongs to another case: a sentence, and nothing is stored."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, col, select

from mediation.acts import MEDIATIONS
from mediation.facts import Facts
from mediation.procedure import MEDIATION
from mediation.terms import EVENT_LABELS, PartyRole
from tests import bad_input
from tests.bad_input import Place, Standing, Way
from tests.cast import paper
from tests.databases import copied
from tests.mediation import stages
from tests.mediation.cast import street
from web.dispatch import House
from workflow.documents.issue import Document
from workflow.joint import Motion

pytestmark = pytest.mark.once


def _scan(facts: Facts, place: Place) -> dict[str, Any]:
    return {"evidence": place.scan}


def _reason(facts: Facts, place: Place) -> dict[str, Any]:
    return {"reason": "双方另行商定"}


def _motion(facts: Facts, place: Place) -> dict[str, Any]:
    return {"motion": place.cases["mediating"].more["motion"], "reason": "数额不够"}


def _terms(facts: Facts, place: Place) -> list[dict[str, Any]]:
    employer = facts.side("respondent")[0].id  # type: ignore[arg-type]
    return [{"debtor": employer, "what": "支付工资", "head": "remuneration", "amount_fen": "18000", "due": "2026-04-13", "how": "转账"}]


def _rows(facts: Facts, role: PartyRole | str) -> list[dict[str, Any]]:
    kinds = {True: "worker", False: "employer"}
    return [
        {"party": one.id, "kind": kinds[one.is_worker], "name": one.name, "phone": "021-55550100", "address": "江湾路99号"}
        for one in facts.side(PartyRole(role))
    ]


def _wrong_day(facts: Facts) -> dict[str, Any]:
    return {"event": next(one.id for one in facts.events if one.name == "MEDIATION_ACCEPTED"), "to": "2026-03-06"}


SETTLEMENT = {"text": "公司一次付清15000元。", "due": "2026-04-30"}
WAYS: dict[str, Way] = {
    "request_consultation": Way("unwilling", "孙洁"),
    "respond": Way("consulting", "陈静", lambda f, p: {"reply": "agrees", "until": "2026-03-20"}),
    "extend_consultation": Way("in_consultation", "孙洁", lambda f, p: {"until": "2026-04-20", "reason": "等财务核对"}),
    "stop_consultation": Way("in_consultation", "孙洁"),
    "settle_consultation": Way("in_consultation", "陈静", lambda f, p: dict(SETTLEMENT)),
    "register": Way("consulting", "方雨", lambda f, p: {"channel": "counter"}),
    "ask_consent": Way("registered", "方雨", lambda f, p: {"answer_by": "2026-03-09"}),
    "consent": Way("asked", "陈静", lambda f, p: {"party": f.asked[0].id}),
    "refuse_consent": Way("asked", "陈静", lambda f, p: {"party": f.asked[0].id, "reason": "不同意"}),
    "accept": Way("consented", "顾平"),
    "decline": Way("registered", "顾平", lambda f, p: {"cause": "out_of_scope", "reason": "不属于劳动争议"}),
    "assign": Way("accepted", "顾平", lambda f, p: {"mediators": [_who(p, "罗文"), _who(p, "蒋芸")], "leads": _who(p, "罗文")}),
    "challenge": Way("mediating", "孙洁", lambda f, p: {"assignment": f.assignments[0].id, "reason": "与公司经理是亲属"}),
    "decide_challenge": Way("challenged", "顾平", lambda f, p: {"decision": "granted"}),
    "vote_on_challenge": Way("chair_challenged", "石岩", lambda f, p: {"decision": "granted"}),
    "recuse": Way("mediating", "罗文", _reason),
    "hold_talk": Way(
        "mediating",
        "罗文",
        lambda f, p: {"began": "09:30", "place": "调解室", "present": "双方", "rights_told": True, "record": "核对工资表"},
    ),
    "keep_note": Way("mediating", "罗文", lambda f, p: {"party": f.parties[0].id, "text": "最低可以接受15000元"}),
    "make_proposal": Way("mediating", "陈静", lambda f, p: {"text": "一次付清15000元。", "amount_fen": "15000"}),
    "answer_proposal": Way("mediating", "孙洁", lambda f, p: {"proposal": f.proposals[0].id, "accepts": True, "words": "同意"}),
    "open_talks": Way("mediating", "孙洁"),
    "extend": Way("mediating", "孙洁", lambda f, p: {"until": "2026-04-20", "reason": "等财务核对"}),
    "agree": Way("mediating", "罗文", lambda f, p: {"result": "公司支付18000元。", "terms": _terms(f, p), "liability": "另付利息"}),
    "sign": Way("agreed", "罗文", lambda f, p: {"mark": "mediator"}),
    "fail": Way("mediating", "罗文", lambda f, p: {"cause": "no_agreement", "reason": "差距太大"}),
    "apply_review": Way("performing", "孙洁", lambda f, p: {"body": "虹口区劳动人事争议仲裁委员会"}),
    "apply_confirmation": Way("performing", "孙洁", lambda f, p: {"body": "虹口区人民法院"}),
    "record_review_result": Way("under_review", "方雨", lambda f, p: {"result": "confirmed", "paper_number": "虹劳人仲（2026）审1号"}),
    "record_performance": Way(
        "performing", "孙洁", lambda f, p: {"term": f.terms[0].id, "state": "partly", "amount_fen": "3000", "words": "收到"}
    ),
    "follow_up": Way("performing", "罗文", lambda f, p: {"words": "电话回访，已经收到第一期。"}),
    "perform": Way("paid", "罗文"),
    "hand_on": Way("missed", "孙洁", lambda f, p: {"route": "payment_order"}),
    "record_default": Way("settled", "孙洁"),
    "record_interruption": Way("mediating", "孙洁", lambda f, p: {"what": "claimed", "happened": "2026-02-10", "evidence": p.scan}),
    "correct_application": Way(
        "registered", "方雨", lambda f, p: {"applicants": _rows(f, "applicant"), "respondents": _rows(f, "respondent"), "persons": "3"}
    ),
    "correct_date": Way("accepted", "方雨", lambda f, p: {**_wrong_day(f), "reason": "收件章是3日", "evidence": p.scan}),
    "give_code": Way("registered", "方雨", lambda f, p: {"code": "23456789ABCD"}),
    "sign_belatedly": Way("lapsed", "罗文", lambda f, p: {"on": "2026-03-20", "mark": "mediator", "evidence": p.scan}),
    "withdraw": Way("registered", "孙洁", _reason),
    "settle_between": Way("accepted", "陈静", lambda f, p: dict(SETTLEMENT)),
    "transfer": Way("accepted", "顾平", lambda f, p: {"to": "区劳动争议调解中心", "reason": "属于区里的案件"}),
    "archive": Way("closed", "方雨", lambda f, p: {"file_number": "2026-001"}),
    "hand_in": Way("mediating", "孙洁", lambda f, p: {"title": "工资单", "proves": "欠薪", "circle": "applicant", "evidence": p.scan}),
    "name_agent": Way(
        "mediating", "孙洁", lambda f, p: {"party": f.side("applicant")[0].id, "agent": "律师", "mandate": "一般代理", "evidence": p.scan}
    ),
    "name_representatives": Way(
        "group", "孙洁", lambda f, p: {"representatives": [one.id for one in f.side("applicant")[:3]], "evidence": p.scan}
    ),
    "record_service": Way(
        "mediating", "方雨", lambda f, p: {"document": "劳动争议调解受理通知书", "party": f.parties[0].id, "means": "in_person"}
    ),
    "decline_motion": Way("mediating", "孙洁", _motion),
    "withdraw_motion": Way("mediating", "陈静", _motion),
    "rate": Way("closed", "孙洁", lambda f, p: {"satisfaction": "satisfied", "words": "耐心"}),
    "issue_document": Way("mediating", "罗文", lambda f, p: {"document": "talk_record", "subject": str(f.talks[0].number)}),
    "keep_scan": Way("agreed", "孙洁", lambda f, p: {"document": p.cases["agreed"].more["token"], "evidence": p.scan}),
}
ROWS: dict[str, Any] = {
    "party": lambda f: f.parties,
    "debtor": lambda f: f.parties,
    "representatives": lambda f: f.parties,
    "assignment": lambda f: f.assignments,
    "event": lambda f: [one for one in f.events if one.name in EVENT_LABELS],
    "proposal": lambda f: f.proposals,
    "term": lambda f: f.terms,
}


def _who(place: Place, name: str) -> int:
    return place.cases["accepted"].people[name]


@pytest.fixture(scope="module")
def place(template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Made once: whatever is tried here leaves it as it was."""
    with copied(template, tmp_path_factory.mktemp("bad_input")) as database:
        house = House(database)

        def make(db: Session) -> dict[str, Standing]:
            committee = street(db)
            return {name: _standing(db, getattr(stages, name), committee) for name in sorted({way.stage for way in WAYS.values()})}

        made = house.write(make)
        yield Place(house, MEDIATIONS, WAYS, made, house.write(paper), ROWS)


def _standing(db: Session, stage: stages.Stage, committee: Any) -> Standing:
    story, today = stage(db, committee)
    assert story.case.id is not None
    waiting = select(Motion.id).where(Motion.case_kind == MEDIATION.name, Motion.case_id == story.case.id, Motion.status == "open")
    motion = db.exec(waiting.order_by(col(Motion.id))).first()
    token = db.exec(select(Document.token).where(Document.case_kind == MEDIATION.name, Document.case_id == story.case.id)).first()
    return Standing(story.case.id, committee.house.people, today, story.facts(today), {"motion": motion, "token": token})


ACTS = bad_input.acts_of(MEDIATION)


def test_there_is_a_way_to_do_every_act() -> None:
    assert set(WAYS) == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_done_well_it_is_done_and_done_badly_it_is_answered_in_words_and_nothing_is_stored(place: Place, act: str) -> None:
    assert bad_input.attempt(place, act, bad_input.well(place, act)) is None
    bad_input.files_are_marked_as_needed_where_it_is_refused_without_them(place, act, (WAYS[act].by, "方雨"))
    bad_input.bad_input_is_answered_in_words_and_nothing_is_stored(place, act)


@pytest.mark.parametrize("who", ["赵丽", "周刚", "吴磊", "郑楠", "蒋芸", "方雨"])
def test_whoever_does_not_sit_where_an_act_is_done_is_told_who_does(place: Place, who: str) -> None:
    bad_input.whoever_does_not_sit_there_is_told_who_does(place, who)
