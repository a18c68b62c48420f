"""The text of an agreement as one hash, so that nobody changes behind the journal's back what was signed."""

import hashlib
import json
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from mediation.models import AgreementTerm, MediationAgreement
from workflow.journal import Entry, Fault
from workflow.words import N_, say


def text_hash(agreement: MediationAgreement, terms: Sequence[AgreementTerm]) -> str:
    """SHA-256 of the result, the liability and each term, as a JSON list without spaces; how a term is performed is no part of it."""
    rows = [[t.position, t.debtor_id, t.what, t.head, t.amount_fen, t.due.isoformat(), t.how] for t in terms]
    whole = [agreement.result, agreement.liability, agreement.closes_dispute, rows]
    return hashlib.sha256(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def faults(db: Session) -> Iterator[Fault]:
    """Agreements that are no longer what was drawn up: the one that stands against the last entry that drew one up."""
    entries = select(Entry.case_id, Entry.seq, Entry.particulars).where(Entry.case_kind == "mediation", Entry.act == "agree")
    drawn: dict[int, tuple[int, object]] = {}
    for case_id, seq, particulars in db.exec(entries.order_by(col(Entry.case_id), col(Entry.seq))):
        drawn[case_id] = seq, particulars.get("text_hash")
    standing = select(MediationAgreement).where(col(MediationAgreement.void).is_(False)).order_by(col(MediationAgreement.case_id))
    agreements = {one.case_id: one for one in db.exec(standing)}
    terms: dict[int, list[AgreementTerm]] = {one.id or 0: [] for one in agreements.values()}
    for term in db.exec(select(AgreementTerm).order_by(col(AgreementTerm.position))):
        if term.agreement_id in terms:
            terms[term.agreement_id].append(term)
    for number in sorted(drawn.keys() | agreements.keys()):
        seq, journalled = drawn.get(number, (0, None))
        found = agreements.get(number)
        if found is None or text_hash(found, terms[found.id or 0]) != journalled:
            yield Fault(f"mediation/{number}", seq, say(N_("调解协议的内容被改动过，与第{seq}条记录的校验值不符。"), seq=seq))
