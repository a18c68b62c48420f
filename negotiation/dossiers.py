"""Dossiers that check themselves: 报审材料, what goes to the labour authority, and 卷宗, what is kept of a case.

Each piece says under which rule it belongs there, whether it must be there in this case, in which documents and files it was found, and
how what is missing is come by. Only what the reader may see is counted: the caller gives it (`negotiation.disclosure`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session, col, select

from congress.documents import RESOLUTION
from negotiation import disclosure
from negotiation.disclosure import ASKED_FOR
from negotiation.facts import Facts
from negotiation.forms import HANDED_IN, PIECES
from negotiation.models import Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import Sight
from negotiation.terms import SIDE_LABELS, WRITTEN_MANDATE, Adoption, ContractKind, Side
from workflow.documents.issue import Document, SignedScan
from workflow.documents.phrases import articles
from workflow.evidence import Evidence
from workflow.journal import entries
from workflow.words import N_, Sentence, Word, say


class Need(StrEnum):
    MUST = "must"
    MAY = "may"


@dataclass(frozen=True)
class Subject:
    """One of several that a piece is made of: the list of each side, the minutes of each meeting. `key` is the document's subject."""

    key: str
    label: Sentence


Needed = Callable[[Facts, date], Need | None]
Subjects = Callable[[Facts], Sequence[Subject]]


def _must(facts: Facts, on: date) -> Need | None:
    return Need.MUST


def _may(facts: Facts, on: date) -> Need | None:
    return Need.MAY


@dataclass(frozen=True)
class Piece:
    """One piece of a dossier. `documents`, `pieces` and `acts` say where it comes from: issued under these names, handed in as one of
    these (`negotiation.forms.HANDED_IN`) or with these acts."""

    name: str
    label: str
    rule: str
    documents: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    needed: Needed = _must
    """None where it has no place in the dossier of a case that stands so."""
    subjects: Subjects | None = None
    of_text: bool = False
    """Only what is about the text as it stands."""
    since: str = ""
    """Only what was issued on the day of this event or after it."""
    tells: str = ""
    """Only a document that was told something in this field."""
    signed: bool = False
    """The paper is signed or sealed: its scan belongs beside it."""


class PartKind(StrEnum):
    DOCUMENT = "document"
    SCAN = "scan"
    FILE = "file"


@dataclass(frozen=True)
class Part:
    """One thing to print, in its place: `id` is the row's in `document`, `signed_scan` or `evidence`."""

    kind: PartKind
    id: int
    title: str
    sha256: str
    on: date
    """Day of issue, or of entry."""
    by: int | None = None
    """Who issued it or handed it in."""
    number: str = ""


@dataclass(frozen=True)
class PieceState:
    """How a piece of the dossier stands for one reader."""

    piece: Piece
    article: str
    need: Need
    parts: tuple[Part, ...] = ()
    wanting: tuple[Subject, ...] = ()
    """Those of its subjects that nothing was found for."""
    unsigned: tuple[str, ...] = ()
    """Titles of documents that no scan of the signed paper was kept with."""
    declared: bool = False
    """Whoever filed the contract ticked it among the pieces handed in."""

    @property
    def name(self) -> str:
        return self.piece.name

    @property
    def label(self) -> str:
        return self.piece.label

    @property
    def is_there(self) -> bool:
        return bool(self.parts) and not self.wanting

    @property
    def is_missing(self) -> bool:
        return self.need is Need.MUST and not self.is_there

    @property
    def document(self) -> str:
        """Name of the standard document that supplies it, or nothing."""
        return self.piece.documents[0] if self.piece.documents else ""

    @property
    def act(self) -> str:
        """Name of the act with which its file is handed in, or nothing."""
        return self.piece.acts[0] if self.piece.acts else ""

    @property
    def sentence(self) -> Sentence | None:
        """What is missing; none where nothing is."""
        if self.is_there:
            return None
        if self.wanting and self.parts:
            return say(N_("“{piece}”还缺一部分。"), piece=Word(self.label))
        return say(N_("还没有“{piece}”。"), piece=Word(self.label))


@dataclass(frozen=True)
class Dossier:
    name: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass
class _Shelf:
    """What a reader sees of a case, oldest first: of each document the latest issue only."""

    case: Negotiation
    facts: Facts
    documents: list[Document]
    scans: dict[int, list[SignedScan]]
    files: list[Evidence]
    on: date


def check(
    db: Session, case: Negotiation, facts: Facts, dossier: Dossier, documents: Iterable[Document], files: Iterable[Evidence], *, on: date
) -> list[PieceState]:
    """The pieces of a dossier in their order, for a reader who sees these documents and files on the day `on`."""
    seen = sorted(documents, key=lambda d: (d.issued_on, d.id or 0))
    latest = {(d.case_kind, d.case_id, d.kind, d.subject): d for d in seen}
    kept = [d for d in seen if latest[d.case_kind, d.case_id, d.kind, d.subject] is d]
    shelf = _Shelf(case, facts, kept, _scans(db, kept), sorted(files, key=lambda e: e.id or 0), on)
    found = [(piece, piece.needed(facts, on)) for piece in dossier.pieces]
    return [_stands(shelf, piece, need) for piece, need in found if need is not None]


def missing(states: Iterable[PieceState]) -> list[PieceState]:
    """What must be there and is not."""
    return [one for one in states if one.is_missing]


def _scans(db: Session, documents: Iterable[Document]) -> dict[int, list[SignedScan]]:
    found: dict[int, list[SignedScan]] = {}
    numbers = [d.id for d in documents]
    for scan in db.exec(select(SignedScan).where(col(SignedScan.document_id).in_(numbers)).order_by(col(SignedScan.id))):
        found.setdefault(scan.document_id, []).append(scan)
    return found


def _stands(shelf: _Shelf, piece: Piece, need: Need) -> PieceState:
    documents = [d for d in shelf.documents if d.kind in piece.documents and _belongs(shelf, piece, d)]
    files = [e for e in shelf.files if _is_of(piece, e) and _is_of_now(shelf, piece, e.entered_at.date())]
    parts = tuple(part for d in documents for part in _of_document(d, shelf.scans.get(d.id or 0, ())))
    parts += tuple(Part(PartKind.FILE, e.id or 0, e.name, e.sha256, e.entered_at.date(), e.entered_by) for e in files)
    rule = shelf.facts.rules.find(piece.rule, shelf.on)
    pieces = shelf.facts.filing.pieces if shelf.facts.filing is not None else ()
    return PieceState(
        piece,
        "、".join(articles([rule])) if rule is not None else "",
        need,
        parts,
        wanting=_wanting(shelf.facts, piece, documents, files),
        unsigned=tuple(d.title for d in documents if piece.signed and not files and not shelf.scans.get(d.id or 0)),
        declared=piece.name in pieces,
    )


def _belongs(shelf: _Shelf, piece: Piece, document: Document) -> bool:
    if piece.of_text and document.facts.get("text_hash", shelf.case.text_hash) != shelf.case.text_hash:
        return False
    if piece.tells and not document.facts.get(piece.tells):
        return False
    day = shelf.facts.day_of(piece.since) if piece.since else None
    return day is None or document.issued_on >= day


def _is_of(piece: Piece, file: Evidence) -> bool:
    return file.piece in piece.pieces if file.piece else file.stage in piece.acts


def _is_of_now(shelf: _Shelf, piece: Piece, entered: date) -> bool:
    """A scanned signature is one on the text as it stands: nothing entered before that text was first signed."""
    first = min((signature.on for signature in shelf.facts.signatures), default=date.max)
    return not piece.of_text or entered >= first


def _of_document(document: Document, scans: Iterable[SignedScan]) -> Iterable[Part]:
    issued = document.issued_on
    yield Part(PartKind.DOCUMENT, document.id or 0, document.title, document.sha256, issued, document.issued_by, document.number or "")
    for scan in scans:
        yield Part(PartKind.SCAN, scan.id or 0, scan.name, scan.sha256, scan.entered_at.date(), scan.entered_by)


def _wanting(facts: Facts, piece: Piece, documents: Sequence[Document], files: Sequence[Evidence]) -> tuple[Subject, ...]:
    """Subjects that neither a document nor a file is about; as many files that name none stand for as many of them, and one that came
    with the filing itself for all that is handed in beside documents."""
    if piece.subjects is None:
        return ()
    subjects = piece.subjects(facts)
    there = {_about(d) for d in documents} | {e.piece for e in files}
    unnamed = [e for e in files if e.piece not in {subject.key for subject in subjects}]
    wanting = tuple(subject for subject in subjects if subject.key not in there)
    if unnamed and all(subject.key in piece.pieces for subject in wanting):
        return ()
    return wanting[len(unnamed) :]


def _about(document: Document) -> str:
    """The key of the subject that it is about."""
    if document.kind == RESOLUTION:
        return str(document.facts.get("unit"))
    return f"mandate_{document.subject}" if document.kind == "mandate" else document.subject


# ---- what belongs where


def _sides(facts: Facts) -> list[Subject]:
    return [Subject(side.value, say(SIDE_LABELS[side])) for side in Side]


def _mandated(facts: Facts) -> list[Subject]:
    """The written mandate of each chief who has one, and what proves who the chiefs are."""
    written = [side for side in Side if (chief := facts.team(side).chief) is not None and chief.chief_as in WRITTEN_MANDATE]
    return _handed_in(*(f"mandate_{side}" for side in written), *(f"identity_{side}" for side in Side))


def _of_both_bodies(facts: Facts) -> list[Subject]:
    return _handed_in("licence", "union_status")


def _handed_in(*names: str) -> list[Subject]:
    return [Subject(name, say(HANDED_IN[name])) for name in names]


def _minuted(facts: Facts) -> list[Subject]:
    return [Subject(str(m.number), say(N_("第{number}次协商会议"), number=m.number)) for m in facts.held_meetings]


def _rounds(facts: Facts) -> list[Subject]:
    return [Subject(str(r.number), say(N_("第{number}轮履约检查"), number=r.number)) for r in facts.rounds if r.closed_on]


def once(event: str, need: Need = Need.MUST) -> Needed:
    """From the day on which something happened; before that it has no place."""
    return lambda facts, on: need if facts.day_of(event) is not None else None


def of_kind(kind: ContractKind) -> Needed:
    return lambda facts, on: Need.MUST if facts.case.kind == kind else None


def where_asked(kind: str) -> Needed:
    """Where the local rule on the dossier names it (FILE-DOSSIER)."""

    def needed(facts: Facts, on: date) -> Need | None:
        rule = facts.rules.find("FILE-DOSSIER", on)
        return Need.MUST if rule is not None and ASKED_FOR[kind] in str(rule.value) else None

    return needed


def _notice_starts_the_clock(facts: Facts, on: date) -> Need | None:
    """Where the filing period counts from the notice of passage, the notice is kept with it (上海市集体合同条例 Art. 23)."""
    rule = facts.rules.find("FILE-DAYS", on)
    if rule is not None and rule.start == "PASS_NOTICE_RECEIVED":
        return Need.MAY
    return None


def _passage_kept(facts: Facts, on: date) -> Need | None:
    if facts.day_of("ADOPTED") is None:
        return None
    rule = facts.rules.find("FILE-DAYS", on)
    return Need.MUST if rule is not None and rule.start == "PASS_NOTICE_RECEIVED" else Need.MAY


def _by_mandate(facts: Facts, on: date) -> Need | None:
    written = any(one.chief_as in WRITTEN_MANDATE for one in facts.representatives)
    return Need.MUST if written else Need.MAY


def _with_outsiders(facts: Facts, on: date) -> Need | None:
    return Need.MUST if any(one.outsider for one in facts.representatives) else None


def _replied(facts: Facts, on: date) -> Need | None:
    return Need.MUST if facts.day_of("REPLY_AGREED") or facts.day_of("REPLY_REFUSED") else None


def _suspended(facts: Facts, on: date) -> Need | None:
    return Need.MUST if facts.day_of("SUSPENDED") else None


def _met(facts: Facts, on: date) -> Need | None:
    return Need.MUST if facts.held_meetings else None


def _met_may(facts: Facts, on: date) -> Need | None:
    return Need.MAY if facts.meetings else None


def _received(facts: Facts, on: date) -> Need | None:
    return Need.MUST if facts.filing is not None and facts.filing.received_on else None


def _supplement_asked(facts: Facts, on: date) -> Need | None:
    return Need.MUST if facts.filing is not None and facts.filing.supplement_what else None


def _opinion_given(facts: Facts, on: date) -> Need | None:
    return Need.MUST if facts.filing is not None and facts.filing.opinion else None


def _reviewed(facts: Facts, on: date) -> Need | None:
    return Need.MUST if any(r.closed_on for r in facts.rounds) else None


def _voters(facts: Facts) -> list[Subject]:
    """The enterprises that passed a contract which each of them votes on; none where one congress does."""
    if not (facts.is_of_several and facts.case.adoption == Adoption.EACH_ENTERPRISE):
        return []
    names = [facts.names[row.organisation_id] for row in facts.covered if facts.vote_of(row)]
    return [Subject(name, say(N_("{enterprise}的职代会决议"), enterprise=name)) for name in names]


WITH_THE_FILING = ("file", "file_by_union", "supplement")
PROOFS = ("licence", "union_status")
IDENTITIES = tuple(f"identity_{side}" for side in Side)
MANDATES = tuple(f"mandate_{side}" for side in Side)
ACCOUNTS = ("explanation", "wage_explanation", "safety_explanation", "women_explanation")

FILING_DOSSIER = Dossier(
    "filing",
    N_("报审材料"),
    (
        Piece(
            "letter", N_("集体合同报审函"), "FILE-DAYS", ("filing_letter", "filing_letter_of_union"), needed=_may, since="CHIEFS_SIGNED",
            signed=True,
        ),
        Piece("contract", PIECES["contract"], "FILE-DOSSIER", ("contract",), ("sign",), ("contract",), of_text=True, signed=True),
        Piece("explanation", PIECES["explanation"], "FILE-DOSSIER", ("filing_account",), pieces=("explanation",), since="CHIEFS_SIGNED", signed=True),
        Piece("resolution", PIECES["resolution"], "CONG-APPROVE", (RESOLUTION,), pieces=("resolution",), subjects=_voters, of_text=True, signed=True),
        Piece("representatives", PIECES["representatives"], "FILE-DOSSIER", ("representatives",), pieces=("representatives",), subjects=_sides, signed=True),
        Piece(
            "mandates", PIECES["mandates"], "REP-W-CHIEF", ("mandate",), WITH_THE_FILING, (*MANDATES, *IDENTITIES), subjects=_mandated,
            signed=True,
        ),
        Piece("minutes", PIECES["minutes"], "NEG-MEETING", ("minutes",), ("minute",), ("minutes",), subjects=_minuted, signed=True),
        Piece("employer_proof", PIECES["employer_proof"], "REVIEW-SCOPE", (), WITH_THE_FILING, PROOFS, subjects=_of_both_bodies),
        Piece(
            "wage_explanation", PIECES["wage_explanation"], "FILE-DOSSIER", ("filing_account",), pieces=("wage_explanation",),
            needed=of_kind(ContractKind.WAGE), since="CHIEFS_SIGNED", tells="situation",
        ),
        Piece(
            "safety_explanation", PIECES["safety_explanation"], "FILE-DOSSIER", ("filing_account",), pieces=("safety_explanation",),
            needed=of_kind(ContractKind.SAFETY), since="CHIEFS_SIGNED", tells="situation",
        ),
        Piece(
            "women_explanation", PIECES["women_explanation"], "FILE-DOSSIER", ("filing_account",), pieces=("women_explanation",),
            needed=of_kind(ContractKind.WOMEN), since="CHIEFS_SIGNED", tells="situation",
        ),
        Piece("offer", N_("要约书"), "FILE-DOSSIER", ("offer",), needed=where_asked("offer"), signed=True),
        Piece("reply", N_("应约书（答复书）"), "FILE-DOSSIER", ("reply",), ("accept_offer",), needed=where_asked("reply"), signed=True),
        Piece("passage", N_("审议通过情况告知书"), "FILE-DAYS", ("passage",), ("notify_passage",), needed=_notice_starts_the_clock, signed=True),
    ),
)  # fmt: skip

ARCHIVE_DOSSIER = Dossier(
    "archive",
    N_("卷宗"),
    (
        Piece("offer", N_("要约书"), "NEG-REQUEST", ("offer",), needed=once("REQUEST_SENT"), signed=True),
        Piece("delivery", N_("要约的送达证明"), "NEG-REQUEST", ("delivery",), ("record_receipt",), needed=once("REQUEST_RECEIVED", Need.MAY)),
        Piece(
            "reply", N_("应约书（答复书）"), "NEG-RESPONSE-DAYS", ("reply",), ("accept_offer", "decline_offer"), needed=_replied, signed=True
        ),
        Piece(
            "representatives", N_("协商代表名单"), "REP-EQUAL", ("representatives",), pieces=("representatives",),
            needed=once("REPLY_AGREED"), subjects=_sides, signed=True,
        ),
        Piece("mandates", N_("首席代表授权委托书"), "REP-W-CHIEF", ("mandate",), pieces=MANDATES, needed=_by_mandate, signed=True),
        Piece("outsiders", N_("专业人员委托书"), "REP-OUTSIDER-MAX", ("outsider_mandate",), needed=_with_outsiders, signed=True),
        Piece("information", N_("提供的协商资料"), "NEG-PREP", acts=("request_information", "disclose"), needed=_may),
        Piece("notices", N_("协商会议通知"), "NEG-MEETING", ("meeting_notice",), needed=_met_may),
        Piece("minutes", N_("协商会议记录"), "NEG-MEETING", ("minutes",), ("minute",), ("minutes",), needed=_met, subjects=_minuted, signed=True),
        Piece("summaries", N_("协商会议纪要"), "NEG-MEETING", ("summary",), needed=_met_may, signed=True),
        Piece(
            "suspension", N_("中止协商的文书和证明"), "NEG-SUSPEND", ("suspension", "force_majeure"), ("suspend", "suspend_for_force_majeure"),
            needed=_suspended, signed=True,
        ),
        Piece("coordination", N_("协调处理申请书"), "COORD-APPLY", ("coordination_application",), ("refer",), needed=once("REFERRED")),
        Piece(
            "coordination_agreement", N_("协调处理协议书"), "COORD-DOC", ("coordination_agreement",), ("coordinate",),
            needed=once("COORDINATED", Need.MAY), signed=True,
        ),
        Piece("draft", N_("集体合同草案"), "NEG-MEETING", ("draft",), needed=once("SETTLED"), signed=True),
        Piece("resolution", N_("职代会决议"), "CONG-APPROVE", (RESOLUTION,), pieces=("resolution",), needed=once("ADOPTED"), subjects=_voters, signed=True),
        Piece("passage", N_("审议通过情况告知书"), "FILE-DAYS", ("passage",), ("notify_passage",), needed=_passage_kept, signed=True),
        Piece("contract", N_("集体合同正式文本"), "CC-SIGN", ("contract",), ("sign",), ("contract",), needed=once("CHIEFS_SIGNED"), signed=True),
        Piece("letter", N_("集体合同报审函"), "FILE-DAYS", ("filing_letter", "filing_letter_of_union"), needed=once("SENT", Need.MAY), signed=True),
        Piece("account", N_("集体协商情况说明"), "FILE-DOSSIER", ("filing_account",), pieces=ACCOUNTS, needed=once("SENT"), signed=True),
        Piece("filed", N_("随报送交的其他材料"), "FILE-DOSSIER", acts=WITH_THE_FILING, pieces=(*PROOFS, *IDENTITIES), needed=once("SENT", Need.MAY)),
        Piece("receipt", N_("收件回执"), "FILE-REGISTER", ("filing_receipt",), ("record_filing_receipt",), needed=_received),
        Piece(
            "supplement", N_("补正通知书"), "FILE-SUPPLEMENT", ("supplement_notice",), ("ask_supplement",), needed=_supplement_asked
        ),
        Piece("opinion", N_("审查意见书"), "REVIEW-DOC-FIELDS", ("review_opinion",), ("approve", "object"), needed=_opinion_given),
        Piece("publication", N_("公布公告和公布的证明"), "PUBLISH", ("publication",), ("publish",), needed=once("PUBLISHED"), signed=True),
        Piece(
            "letters", N_("提示函、意见书、建议书和答复"), "TU-54", ("reminder", "opinion", "superior_opinion", "proposal"),
            ("press", "record_reply"), needed=lambda facts, on: Need.MAY if facts.letters else None,
        ),
        Piece("fulfilment_reports", N_("履行情况检查报告"), "PERF-REPORT", ("fulfilment_report",), needed=_reviewed, subjects=_rounds, signed=True),
        Piece("changes", N_("变更、解除的建议书"), "CC-CHANGE-PROC", ("change_proposal",), ("amend", "terminate"), needed=once("EFFECTIVE", Need.MAY)),
        Piece("ending", N_("终止的证明"), "CC-CHANGE-GROUNDS", acts=("end_by_law", "succeed"), needed=once("ENDED", Need.MAY)),
    ),
)  # fmt: skip

DOSSIERS = {one.name: one for one in (FILING_DOSSIER, ARCHIVE_DOSSIER)}


def held(db: Session, case: Negotiation, facts: Facts, on: date) -> list[str]:
    """The pieces of the filing that lie on the table whole: they go with it."""
    journal = entries(db, NEGOTIATION.name, case.id or 0)
    documents = disclosure.documents(db, case, journal, Sight.TABLE, None)
    states = check(db, case, facts, FILING_DOSSIER, documents, disclosure.files(db, case, Sight.TABLE, None), on=on)
    return [one.name for one in states if one.is_there and one.name in PIECES]
