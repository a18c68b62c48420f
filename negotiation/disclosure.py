"""What of a case each sight discloses: its documents, its journal, the hash of its text. Pages and the API ask here.

A superior union sees stages and dates; the authority what was filed with it; neither sees what lies on the table, and nobody
the room of another (procedures: two private sides and a table).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from congress.documents import RESOLUTION
from congress.procedure import CONGRESS
from negotiation.models import Negotiation, Submission, TalkMeeting
from negotiation.procedure import NEGOTIATION
from negotiation.queries import Sight, rules
from negotiation.terms import Side
from workflow.documents.issue import Document
from workflow.evidence import Evidence
from workflow.journal import Entry
from workflow.statements import statements

AT_THE_TABLE = frozenset({Sight.TABLE, Sight.RECORD})
OF_STAGES = frozenset(
    {"open", "record_receipt", "press", "record_reply", "publish", "start_round", "close_round", "report_round", "report_upper"}
)
"""Acts that are read of from outside, beside those that move the case."""
LETTERS_FROM_ABOVE = frozenset({"superior_opinion", "proposal", "superior_renewal_reminder"})
"""Documents that a superior union writes itself."""
OF_COORDINATION = frozenset({"coordination_application", "coordination_agreement", "proposal"})
"""Documents that are addressed to the authority, or that it signs."""
FILED_BY = frozenset({"file", "file_by_union"})
WITH_THE_AUTHORITY = frozenset(
    {"file", "file_by_union", "supplement", "ask_supplement", "record_filing_receipt", "object", "approve", "refer", "coordinate"}
)
"""Acts whose papers went to the authority or came from it."""
HANDED_OVER = FILED_BY | {"supplement"}
FILED_WITH = frozenset(
    {
        "contract",
        RESOLUTION,
        "filing_letter",
        "filing_letter_of_union",
        "filing_account",
        "representatives",
        "mandate",
        "outsider_mandate",
        "minutes",
    }
)
"""Documents that go to the authority with a filing, as they stood on the day."""
ASKED_FOR = {"offer": "要约书", "reply": "答复书"}
"""Documents that go there too where the local rule on the dossier names them: kind → its name there."""
OF_THE_AUTHORITY = frozenset({"filing_receipt", "supplement_notice", "review_opinion"})


def told(entries: Sequence[Entry], sight: Sight) -> list[Entry]:
    """The entries that this sight is told of."""
    return [e for e in entries if sight in AT_THE_TABLE or e.state_from != e.state_to or e.act in OF_STAGES]


def said(db: Session, case: Negotiation, entries: Iterable[Entry], sight: Sight) -> dict[int, list[tuple[str, str]]]:
    """Reasons and answers given with acts, for those at the table: entry → (label of the field, its words)."""
    if sight not in AT_THE_TABLE:
        return {}
    words = statements(db, NEGOTIATION.name, case.id or 0)
    forms = {e.seq: NEGOTIATION.acts[e.act].form.model_fields for e in entries if e.seq in words}
    return {seq: [(str(fields[name].title), text) for name, text in words[seq].items()] for seq, fields in forms.items()}


def text_hash(case: Negotiation, entries: Iterable[Entry], sight: Sight) -> str | None:
    """Of the frozen text; the authority is told it once that very text was filed."""
    if sight in AT_THE_TABLE:
        return case.text_hash
    last = {"file" if e.act in FILED_BY else e.act: e.seq for e in entries}
    return case.text_hash if sight is Sight.FILED and last.get("file", 0) > last.get("settle", 0) else None


def refusal(case: Negotiation, sight: Sight) -> str:
    """Why the other side will not negotiate: said across the table, and to nobody beside it."""
    return case.refusal if sight in AT_THE_TABLE else ""


def names_sides(case: Negotiation, entries: Iterable[Entry], sight: Sight) -> bool:
    """Whether chiefs and representatives are named: to the authority once it has the contract that they signed."""
    return sight in AT_THE_TABLE or text_hash(case, entries, sight) is not None


def documents(db: Session, case: Negotiation, entries: Iterable[Entry], sight: Sight, side: Side | None) -> list[Document]:
    """Documents of the case and the resolutions of the congress on it, newest first.

    With a filing, or a supplement to it, go the contract that was signed and what proves how it came about, as they stood on the
    day; what is settled anew after an objection is not the authority's before it is filed again. Its own papers it always reads, as a
    superior union the letters that it wrote itself.
    """
    found = list(db.exec(select(Document).where(Document.case_kind == NEGOTIATION.name, Document.case_id == case.id)))
    found += _resolutions(db, case)
    found.sort(key=lambda d: (d.issued_on, d.id or 0), reverse=True)
    if sight in AT_THE_TABLE:
        return [d for d in found if d.side is None or d.side == side]
    if sight is not Sight.FILED:
        return [d for d in found if d.side is None and d.kind in LETTERS_FROM_ABOVE]
    handed_over = max((e for e in entries if e.act in HANDED_OVER), key=lambda e: e.seq, default=None)
    at_hand = {id(d) for d in _went_with(db, case, found, handed_over)} if handed_over is not None else set()
    return [d for d in found if d.side is None and (d.kind in OF_COORDINATION | OF_THE_AUTHORITY or id(d) in at_hand)]


def _went_with(db: Session, case: Negotiation, documents: Iterable[Document], handed_over: Entry) -> list[Document]:
    """Some places want the offer and the reply too (FILE-DOSSIER). Minutes that a side would not sign stay at the table."""
    rule = rules(db, case).find("FILE-DOSSIER", handed_over.done_on)
    asked = str(rule.value) if rule is not None else ""
    kinds = FILED_WITH | {kind for kind, name in ASKED_FOR.items() if name in asked}
    meetings = db.exec(select(TalkMeeting).where(TalkMeeting.negotiation_id == case.id))
    refused = {("minutes", str(m.number)) for m in meetings if m.signed_workers is False or m.signed_employer is False}
    return [d for d in documents if d.kind in kinds and d.issued_at <= handed_over.entered_at and (d.kind, d.subject) not in refused]


def files(db: Session, case: Negotiation, sight: Sight, side: Side | None) -> list[Evidence]:
    """What was handed in, newest first: all of the table and one's own room; to the authority what came with a filing or a referral,
    and with the filing what was handed in ahead of it."""
    rows = db.exec(
        select(Evidence).where(Evidence.case_kind == NEGOTIATION.name, Evidence.case_id == case.id).order_by(col(Evidence.id).desc())
    ).all()
    if sight in AT_THE_TABLE:
        return [e for e in rows if e.side is None or e.side == side]
    if sight is not Sight.FILED:
        return []
    filed_at = _last_handed_over(db, case)
    ahead = {e.id for e in rows if e.stage == "hand_in" and filed_at is not None and e.entered_at <= filed_at}
    return [e for e in rows if e.side is None and (e.stage in WITH_THE_AUTHORITY or e.id in ahead)]


def _last_handed_over(db: Session, case: Negotiation) -> datetime | None:
    query = select(func.max(Entry.entered_at)).where(Entry.case_kind == NEGOTIATION.name, Entry.case_id == case.id)
    return db.exec(query.where(col(Entry.act).in_(HANDED_OVER))).one()


def _resolutions(db: Session, case: Negotiation) -> list[Document]:
    """Those of the congress on the items that this case put to the vote."""
    items = {str(item) for item in db.exec(select(Submission.item_id).where(Submission.negotiation_id == case.id))}
    query = select(Document).where(Document.case_kind == CONGRESS.name, Document.kind == RESOLUTION, col(Document.subject).in_(items))
    return list(db.exec(query)) if items else []
