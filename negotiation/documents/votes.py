"""What the papers after a vote say of it, and the articles they rest on."""

from datetime import date

from sqlmodel import Session

from congress import queries as congress
from congress.models import CongressMeeting, Item, Result
from congress.terms import WHOLE
from congress.terms import Form as CongressForm
from negotiation.documents.record import cited
from negotiation.documents.writing import Work
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.terms import Adoption
from templates.documents.filing import Vote
from workflow.organisations import Organisation
from workflow.words import N_


def under(w: Work, *ids: str) -> tuple[str, ...]:
    """The articles of these rules, those of one law together: 《集体合同规定》第四十四条、第四十五条."""
    found: dict[str, list[str]] = {}
    for one in cited(w, *ids):
        law, mark, at = one.rpartition("》")
        found.setdefault(law + mark, []).append(at)
    return tuple(law + "、".join(dict.fromkeys(places)) for law, places in found.items())


def votes(db: Session, case: Negotiation, facts: Facts) -> tuple[Vote, ...]:
    """The certified results on the text as it stands: of one congress, or of each enterprise in the order in which it is bound."""
    if facts.is_of_several and case.adoption == Adoption.EACH_ENTERPRISE:
        rows = [(row, congress.result_of(db, row.item_id)) for row in facts.covered if row.item_id is not None]
        return tuple(_vote(db, found, row.recognised_on is not None) for row, found in rows if found is not None)
    return (_vote(db, facts.result),) if facts.result is not None else ()


def _vote(db: Session, result: Result, recognised: bool = False) -> Vote:
    meeting = db.get_one(CongressMeeting, db.get_one(Item, result.item_id).meeting_id)
    return Vote(
        body=db.get_one(Organisation, meeting.organisation_id).name,
        meeting=meeting.title,
        held_on=meeting.began_on or meeting.held_on,
        due=result.roll,
        present=result.present,
        yes=result.in_favour,
        no=result.against,
        abstain=result.abstained,
        members=WHOLE[CongressForm(meeting.form)].removeprefix("全体"),
        passed=result.passed,
        recognised=recognised,
    )


def signed_on(w: Work) -> date:
    return w.need(max((s.on for s in w.facts.signatures), default=None), N_("双方首席代表签字的日期"), act="sign")


def passed(w: Work) -> tuple[Vote, ...]:
    return w.need(votes(w.db, w.case, w.facts), N_("职代会的表决结果"), act="submit_to_congress")
