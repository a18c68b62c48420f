"""The text of the draft, and the hash that a vote, a signature and a filing are bound to.

`text_hash` is SHA-256 over UTF-8 (NFC) of the standing clauses in order, each `number TAB head LF text LF`, then the wage
table, each row `post TAB persons TAB before TAB after LF` with money in fen, then the term where no clause states it,
`term TAB from TAB until LF`. Neither a template nor a printing date is in it.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlmodel import Session, col, select

from negotiation.models import Clause, ClauseText, Negotiation, WageRow
from negotiation.terms import ClauseState, Purpose
from workflow.journal import Entry, Fault
from workflow.words import N_, say

Term: TypeAlias = tuple[date, date]
"""First and last day."""


@dataclass(frozen=True)
class Article:
    """One article of the text as it stands: its number counts the clauses that were not dropped."""

    number: int
    clause: Clause
    text: str


def articles(clauses: Iterable[Clause], texts: Mapping[int, str]) -> list[Article]:
    standing = [c for c in sorted(clauses, key=lambda c: (c.position, c.id or 0)) if c.state != ClauseState.DROPPED]
    return [Article(number, clause, texts.get(clause.text_id or 0, "")) for number, clause in enumerate(standing, start=1)]


def stated_term(case: Negotiation, found: Iterable[Article]) -> Term | None:
    """The term that the paper states after its clauses; none where a clause states it, or where the contract is to end."""
    if case.purpose == Purpose.TERMINATE or any(a.clause.head == "term" for a in found):
        return None
    return (case.term_from, case.term_until) if case.term_from and case.term_until else None


def text_hash(found: Sequence[Article], wages: Iterable[WageRow] = (), term: Term | None = None) -> str:
    lines = [f"{a.number}\t{a.clause.head}\n{a.text}\n" for a in found]
    lines += [f"{r.post}\t{r.persons}\t{r.before_fen}\t{r.after_fen}\n" for r in sorted(wages, key=lambda r: r.position)]
    lines += [f"term\t{term[0]}\t{term[1]}\n"] if term else []
    return hashlib.sha256(unicodedata.normalize("NFC", "".join(lines)).encode()).hexdigest()


def texts_of(db: Session, negotiation_id: int) -> dict[int, ClauseText]:
    """Every wording of every clause, by id."""
    rows = db.exec(select(ClauseText).where(ClauseText.negotiation_id == negotiation_id).order_by(col(ClauseText.seq)))
    return {row.id: row for row in rows if row.id is not None}


def current_text(db: Session, negotiation_id: int) -> list[Article]:
    clauses = db.exec(select(Clause).where(Clause.negotiation_id == negotiation_id)).all()
    return articles(clauses, {i: row.text for i, row in texts_of(db, negotiation_id).items()})


def current_wages(db: Session, negotiation_id: int) -> list[WageRow]:
    return list(db.exec(select(WageRow).where(WageRow.negotiation_id == negotiation_id).order_by(col(WageRow.position))).all())


def current_term(db: Session, negotiation_id: int) -> Term | None:
    return stated_term(db.get_one(Negotiation, negotiation_id), current_text(db, negotiation_id))


def current_hash(db: Session, negotiation_id: int) -> str:
    found = current_text(db, negotiation_id)
    return text_hash(found, current_wages(db, negotiation_id), stated_term(db.get_one(Negotiation, negotiation_id), found))


def stands(db: Session, negotiation_id: int, frozen: str) -> bool:
    """Whether the text is still the one with this hash. One settled before its term was part of it is known by the rest."""
    if db.get(Negotiation, negotiation_id) is None:
        return False
    if current_hash(db, negotiation_id) == frozen:
        return True
    return text_hash(current_text(db, negotiation_id), current_wages(db, negotiation_id)) == frozen


def faults(db: Session) -> Iterator[Fault]:
    """Settled texts that are no longer what was settled: their clauses, wages and term against the hash, the hash against the journal."""
    entries = select(Entry.case_id, Entry.seq, Entry.particulars).where(Entry.case_kind == "negotiation", Entry.act == "settle")
    settled: dict[int, tuple[int, object]] = {}
    for case_id, seq, particulars in db.exec(entries.order_by(col(Entry.case_id), col(Entry.seq))):
        if "text_hash" in particulars:
            settled[case_id] = seq, particulars["text_hash"]
    cases = select(Negotiation.id, Negotiation.text_hash).where(col(Negotiation.text_hash).is_not(None)).order_by(col(Negotiation.id))
    for number, frozen in db.exec(cases).all():
        assert number is not None
        seq, journalled = settled.get(number, (0, None))
        if journalled != frozen:
            yield Fault(f"negotiation/{number}", seq, say(N_("案件所记的定稿校验值与第{seq}条记录不符。"), seq=seq))
        if not stands(db, number, frozen or ""):
            yield Fault(f"negotiation/{number}", seq, say(N_("定稿的条款、工资表或者期限被改动过，与定稿时的校验值不符。")))
