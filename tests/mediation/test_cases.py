"""Disputes before a committee, from the application to the end, as the journal tells them."""

from datetime import date

from sqlmodel import Session

from tests.mediation import cast
from tests.mediation.cast import FIRST, SECOND, street


def test_a_dispute_is_settled_and_the_agreement_performed(db: Session) -> None:
    story = cast.performing(db, street(db))
    assert story.case.state == "performing"
    story.record_performance("孙洁", FIRST, term=story.facts(FIRST).terms[0].id, state="performed", amount_fen="10000")
    story.record_performance("孙洁", date(2026, 5, 6), term=story.facts(FIRST).terms[1].id, state="partly", amount_fen="3000")
    story.record_performance("陈静", SECOND, term=story.facts(FIRST).terms[1].id, state="partly", amount_fen="5000")
    story.perform("罗文", SECOND)
    story.archive("方雨", date(2026, 5, 20), file_number="2026-001")
    assert story.told()[-4:] == [
        "2026-05-06 第2项履行情况：部分履行。",
        "2026-05-15 第2项履行情况：已履行。",
        "2026-05-15 履行完毕。",
        "2026-05-20 归档，卷宗号2026-001。",
    ]
