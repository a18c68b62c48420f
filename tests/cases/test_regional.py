"""区域性、行业性集体合同: several enterprises, adopted by one congress or by the congress of each, filed by the union where it may."""

from datetime import date

import pytest
from sqlmodel import Session

from congress.acts import PROCEEDINGS as CONGRESSES
from negotiation import disclosure, forms
from negotiation.queries import Sight, journal_of
from negotiation.requirements.conclusion import is_bound
from negotiation.terms import State
from tests.cases.hall import a_hall, from_paper, hear
from tests.cases.several import APRIL_10, entered, halls, rows, settled, signed, town, votes
from tests.procedures import walk
from tests.procedures.walk import by_congress, refused
from web.pages.case_file import covered
from workflow.database import Database
from workflow.forms import Invalid
from workflow.procedure import Refused

pytestmark = pytest.mark.once

SHANGHAI, ZHEJIANG, CHONGQING = "310000", "330000", "500000"


# ---- one congress


def test_one_congress_of_the_region_adopts_it(db: Session, database: Database) -> None:
    place = town(db, SHANGHAI)
    story = settled(db, place, "one_congress")
    hall = a_hall(story, APRIL_10, date(2026, 3, 24), body=place.house.federation, by="吴磊", form="regional")
    story.submit_to_congress("吴磊", date(2026, 3, 24), meetings=[hall.id])
    from_paper(hall, APRIL_10, 30, 25)
    assert hear(story, database, APRIL_10) == 1
    facts = story.facts(APRIL_10)
    assert not any(one.is_bound for one in covered(facts, APRIL_10)), "only those who recognise it (Art. 32)"
    assert story.case.state == State.ADOPTED, "half is enough in Shanghai (上海市集体合同条例 Art. 30)"
    assert refused(story, "record_enterprise_result", "吴磊", date(2026, 4, 13), enterprise=place.covered[0].id)


# ---- the congress of each


def test_in_zhejiang_each_enterprise_must_pass_it_for_it_binds_all(db: Session, database: Database) -> None:
    place = town(db, ZHEJIANG)
    story = settled(db, place, "each_enterprise")
    found = halls(story, place)
    votes(story, place, found, 60, 50, 40)
    assert hear(story, database, APRIL_10) == 0 and story.case.state == State.BEFORE_CONGRESS, "the union enters them one by one"
    entered(story, place, False, False)
    with pytest.raises(Refused, match="还有1家企业没有登记审议结果：江城三厂"):
        by_congress(story, "adopt", date(2026, 4, 13))
    entered(story, place, False, False, False)
    by_congress(story, "adopt", date(2026, 4, 14))
    assert story.case.state == State.ADOPTED
    assert [is_bound(row, story.facts(date(2026, 4, 14)), date(2026, 4, 14)) for row in rows(story)] == [True, True, True]


def test_in_zhejiang_one_enterprise_that_rejects_it_sends_it_back_and_the_votes_fall_with_the_text(db: Session) -> None:
    place = town(db, ZHEJIANG)
    story = settled(db, place, "each_enterprise")
    found = halls(story, place)
    votes(story, place, found, 60, 20, 60)
    entered(story, place, True)
    with pytest.raises(Refused, match="从各企业的审议结果还看不出草案没有通过"):
        by_congress(story, "reject", date(2026, 4, 13))
    entered(story, place, True, True, True)
    with pytest.raises(Refused, match="下列企业没有通过：江城二厂"):
        by_congress(story, "adopt", date(2026, 4, 13))
    by_congress(story, "reject", date(2026, 4, 14))
    assert story.case.state == State.CONSULTING
    assert [(row.passed, row.recognised_on, row.item_id) for row in rows(story)] == [(None, None, None)] * 3
    assert story.journal()[-1] == "2026-04-14 审议未通过"


def test_in_shanghai_it_binds_those_that_passed_and_recognised_it(db: Session) -> None:
    """上海市集体合同条例 Arts. 28, 32."""
    place = town(db, SHANGHAI)
    story = settled(db, place, "each_enterprise")
    found = halls(story, place)
    votes(story, place, found, 60, 45, 10)
    entered(story, place, True, False, False)
    by_congress(story, "adopt", date(2026, 4, 14))
    assert story.case.state == State.ADOPTED
    facts = story.facts(date(2026, 4, 14))
    assert [(row.passed, is_bound(row, facts, date(2026, 4, 14))) for row in rows(story)] == [(True, True), (True, False), (False, False)]
    assert [(one.vote, one.recognised_on is not None, one.is_bound) for one in covered(facts, date(2026, 4, 14))] == [
        ("职代会已通过", True, True),
        ("职代会已通过", False, False),
        ("职代会未通过", False, False),
    ]


def test_in_shanghai_it_is_rejected_where_nobody_is_bound(db: Session) -> None:
    place = town(db, SHANGHAI)
    story = settled(db, place, "each_enterprise")
    found = halls(story, place)
    votes(story, place, found, 10, 10, 60)
    entered(story, place, False, False)
    with pytest.raises(Refused, match="从各企业的审议结果还看不出草案没有通过"):
        by_congress(story, "reject", date(2026, 4, 14))
    entered(story, place, False, False, False)
    by_congress(story, "reject", date(2026, 4, 14))
    assert story.case.state == State.CONSULTING


def test_a_result_is_entered_for_a_covered_enterprise_with_a_certified_vote_on_this_text(db: Session) -> None:
    place = town(db, SHANGHAI)
    story = settled(db, place, "each_enterprise")
    halls(story, place)
    with pytest.raises(Invalid, match="请选择合同覆盖的企业"):
        story.record_enterprise_result("吴磊", date(2026, 4, 13), enterprise=place.house.enterprise.id)
    with pytest.raises(Invalid, match="表决结果还没有确认"):
        story.record_enterprise_result("吴磊", date(2026, 4, 13), enterprise=place.covered[0].id)


def test_one_enterprise_whose_meeting_failed_is_put_before_another_and_the_votes_of_the_others_stand(
    db: Session, database: Database
) -> None:
    place = town(db, ZHEJIANG)
    story = settled(db, place, "each_enterprise")
    one, two, three = halls(story, place)
    votes(story, place, [one, two], 60, 60)
    three.cancel("三厂主席", date(2026, 4, 2), reason="停产检修")
    assert hear(story, database, APRIL_10) == 0 and story.case.state == State.BEFORE_CONGRESS
    entered(story, place, False, False)
    story.withdraw_from_congress("吴磊", date(2026, 4, 13), reason="三厂改期")
    again = a_hall(story, date(2026, 5, 8), date(2026, 4, 13), number=2, body=place.covered[2], by="三厂主席")
    story.submit_to_congress("吴磊", date(2026, 4, 13), meetings=[again.id])
    from_paper(again, date(2026, 5, 8), 50, 10)
    for_all = story.facts(date(2026, 5, 8))
    assert [for_all.vote_of(row) for row in rows(story)] == [True, True, None]
    story.record_enterprise_result("吴磊", date(2026, 5, 8), enterprise=place.covered[2].id)
    by_congress(story, "adopt", date(2026, 5, 8))
    assert story.case.state == State.ADOPTED


def test_an_annulled_result_of_one_enterprise_no_longer_counts(db: Session, database: Database) -> None:
    place = town(db, ZHEJIANG)
    story = settled(db, place, "each_enterprise")
    found = halls(story, place)
    votes(story, place, found, 60, 60, 60)
    entered(story, place, False, False, False)
    found[1].annul("二厂主席", date(2026, 4, 14), item=found[1].item.id, reason="应到人数漏计两个班组的代表", evidence=story.paper())
    assert hear(story, database, date(2026, 4, 14)) == 0
    with pytest.raises(Refused, match="还有1家企业没有登记审议结果：江城二厂"):
        by_congress(story, "adopt", date(2026, 4, 14))


def test_taken_back_it_leaves_every_agenda(db: Session) -> None:
    place = town(db, SHANGHAI)
    story = settled(db, place, "each_enterprise")
    found = halls(story, place)
    story.withdraw_from_congress("吴磊", date(2026, 3, 25), reason="文本有误")
    assert [hall.item.state for hall in found] == ["withdrawn"] * 3
    assert story.case.state == State.SETTLED
    assert all(CONGRESSES.facts(db, hall.meeting, date(2026, 3, 25)).agenda == () for hall in found)


# ---- filing


def test_in_shanghai_the_union_may_file_it(db: Session) -> None:
    """上海市集体合同条例 Art. 31."""
    story = signed(db, SHANGHAI)
    story.file_by_union("吴磊", date(2026, 4, 16), authority="区人社局", copies=3, pieces=list(forms.PIECES))
    assert refused(story, "file", "何平", date(2026, 4, 17), authority="区人社局", pieces=list(forms.PIECES)) == [
        "已于2026-04-16报送，正在等人社部门收件。"
    ]
    story.record_filing_receipt("郑楠", date(2026, 4, 17), received=date(2026, 4, 17))
    assert story.journal()[-2:] == ["2026-04-16 由工会报送审查", "2026-04-17 登记收件"]
    told = journal_of(db, story.case)
    read = [d.kind for d in disclosure.documents(db, story.case, told, Sight.FILED, None)]
    assert read.count("resolution") == 3 and {"contract", "filing_letter_of_union", "filing_receipt"} <= set(read)
    assert "draft" not in read and "offer" not in read
    assert disclosure.text_hash(story.case, told, Sight.FILED) == story.case.text_hash


def test_in_chongqing_only_the_employers_side_files_it(db: Session) -> None:
    said = "本合同由企业报送；只有当地规定可以由工会报送的区域性、行业性集体合同，才由工会办。"
    dossier = {"authority": "人社局", "copies": 5, "pieces": list(forms.PIECES)}
    assert refused(signed(db, CHONGQING), "file_by_union", "吴磊", date(2026, 4, 16), **dossier) == [said]


def test_an_enterprise_contract_is_not_filed_by_its_union(db: Session) -> None:
    story = walk.signed(db, SHANGHAI)
    assert refused(story, "file_by_union", "李敏", date(2026, 4, 16), authority="人社局", pieces=list(forms.PIECES)) == [
        "本合同由企业报送；只有当地规定可以由工会报送的区域性、行业性集体合同，才由工会办。"
    ]
