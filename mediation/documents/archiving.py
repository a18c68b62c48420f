"""案卷目录: what the file holds in the end, and what it still lacks."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlmodel import Session, col, select

from mediation.documents.agreeing import AGREEMENT
from mediation.documents.applying import APPLICATION, ORALLY
from mediation.documents.mediating import FAILED, PROCEEDINGS, documents
from mediation.documents.performing import PERFORMANCE
from mediation.documents.writing import COMMITTEE, OFFICE, Work, committee, first, head
from mediation.facts import Facts
from mediation.models import MediationCase
from mediation.terms import OUTCOME_LABELS, Circle, Outcome, PartyRole, State
from templates.documents.mediation import ArchiveLine, ArchiveList
from workflow.clock import add_months
from workflow.documents.catalogue import Standard
from workflow.documents.issue import SignedScan
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.words import N_, Sentence, Word, say

TITLES: Mapping[str, str] = {one.name: one.title for one in (*APPLICATION, *PROCEEDINGS, *AGREEMENT, *PERFORMANCE)}
DUE: Mapping[str, Callable[[Facts], bool]] = {
    "register_sheet": lambda facts: facts.case.received_on is not None,
    "oral_application": lambda facts: facts.case.received_on is not None and facts.case.channel in ORALLY,
    "consent_enquiry": lambda facts: facts.day_of("CONSENT_ASKED") is not None,
    "declining": lambda facts: facts.case.outcome in (Outcome.NOT_ACCEPTED, Outcome.REFUSED),
    "acceptance": lambda facts: facts.day_of("MEDIATION_ACCEPTED") is not None,
    "talk_record": lambda facts: bool(facts.talks),
    "extension": lambda facts: facts.day_of("EXTENDED") is not None,
    "agreement": lambda facts: facts.day_of("AGREEMENT_EFFECTIVE") is not None,
    "failure": lambda facts: facts.case.outcome in FAILED,
    "settlement": lambda facts: bool(facts.settlements),
    "follow_up": lambda facts: facts.day_of("AGREEMENT_EFFECTIVE") is not None,
}
"""Paper → whether the course of the case brought it."""
SIGNED = frozenset({"oral_application", "talk_record", "extension", "agreement", "settlement"})
"""Papers that come back signed."""
BOTH = tuple(PartyRole)
SERVED: Mapping[str, tuple[PartyRole, ...]] = {
    "consent_enquiry": (PartyRole.RESPONDENT,),
    "declining": (PartyRole.APPLICANT,),
    "acceptance": BOTH,
    "agreement": BOTH,
    "failure": BOTH,
}
"""Papers that have to reach somebody."""


class ArchiveWords(FormModel):
    archivist: str = field(N_("立卷人"), max_length=60)
    further: str = field(N_("其他材料"), widget="textarea", default="", hint=N_("不在系统里的纸质材料，一行写一件。"))
    missing: str = field(
        N_("缺少的材料"), widget="textarea", default="", hint=N_("系统查出的会自动列出；其他缺少的，一行写一件，没有的不填。")
    )


def archive_list(w: Work) -> ArchiveList:
    """企业劳动争议协商调解规定 Art. 32: every paper and every file that lies on the table, in the order of its day, with the signed papers.
    What only one side or the mediator may read stays out of the common file."""
    asked = w.words
    assert isinstance(asked, ArchiveWords)
    issued = [
        ArchiveLine(one.title, one.number or "", one.issued_on)
        for one in documents(w.db, w.case)
        if one.side in (None, COMMITTEE) and one.kind != "archive_list"
    ]
    handed = [ArchiveLine(one.title, "", one.on, note="证据") for one in w.facts.handed_in if one.circle == Circle.EVERYBODY]
    return ArchiveList(
        case=head(w),
        file_number=w.need(w.case.file_number, N_("卷宗号"), act="archive"),
        outcome=OUTCOME_LABELS[w.case.outcome] if w.case.outcome else "",
        closed_on=w.insist(w.case.closed_on, N_("结案日期")),
        years=_years(w.facts, w.on),
        lines=(*sorted([*issued, *handed], key=lambda one: one.made_on or w.on), *(ArchiveLine(one) for one in lines(asked.further))),
        archivist=w.need(asked.archivist, N_("立卷人")),
        basis=first(w, "MED-SYSTEMS"),
        archived_on=w.on,
        missing=(*map(str, lacks(w.db, w.case, w.facts)), *lines(asked.missing)),
    )


def kept_until(facts: Facts) -> date:
    """Of a closed case, the day until which its file is kept."""
    closed_on = facts.case.closed_on
    assert closed_on is not None
    return add_months(closed_on, 12 * _years(facts, closed_on))


def _years(facts: Facts, on: date) -> int:
    return int(facts.rules.get("MED-ARCHIVE", on).value)


def lacks(db: Session, case: MediationCase, facts: Facts) -> list[Sentence]:
    """Papers that the course of the case brought and nobody drew up; signed copies and proofs of service of those that were."""
    issued = documents(db, case)
    query = select(SignedScan.document_id).where(col(SignedScan.document_id).in_([one.id for one in issued]))
    kinds, scanned = {one.kind for one in issued}, set(db.exec(query).all())
    reached = {(one.document, one.party_id) for one in facts.services}
    found = [say(N_("《{title}》"), title=Word(TITLES[kind])) for kind, is_due in DUE.items() if kind not in kinds and is_due(facts)]
    for one in issued:
        if one.kind not in DUE or not DUE[one.kind](facts):
            continue
        if one.kind in SIGNED and one.id not in scanned:
            found.append(say(N_("《{title}》签字盖章的扫描件"), title=one.title))
        parties = [party for role in SERVED.get(one.kind, ()) for party in facts.acting(role)]
        if without := [party.name for party in parties if (one.title, party.id) not in reached]:
            found.append(say(N_("《{title}》送达{who}的证明"), title=one.title, who="、".join(without)))
    return found


ARCHIVE: tuple[Standard[MediationCase, Facts], ...] = (
    Standard(
        "archive_list", "", N_("劳动争议调解案卷目录"), "mediation/archive.html", OFFICE, archive_list, committee, asks=ArchiveWords,
        numbered=False, ready=lambda facts: facts.case.state == State.CLOSED and bool(facts.case.file_number), side=lambda w: COMMITTEE,
    ),
)  # fmt: skip
