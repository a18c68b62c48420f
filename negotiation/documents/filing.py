"""H20: the letter that files a contract, by whom it goes and to whom."""

from sqlmodel import col, select

from negotiation.documents.record import entries
from negotiation.documents.votes import passed, signed_on, under
from negotiation.documents.writing import EITHER_SIDE, Work, body, enterprise, name_of, union
from negotiation.facts import Facts
from negotiation.forms import PIECES, filed
from negotiation.models import Filing, Negotiation
from negotiation.terms import PURPOSE_LABELS, Purpose, Side, State
from templates.documents.filing import FilingLetter
from workflow.documents.catalogue import Standard
from workflow.forms import FormModel, field
from workflow.organisations import Organisation
from workflow.seats import Seat
from workflow.words import N_

TO_FILE = frozenset({State.SIGNED, State.FILED})


class Contact(FormModel):
    contact: str = field(N_("联系人和电话"), default="", hint=N_("不填的，文书里不写。"), max_length=100)


def authority(w: Work) -> Organisation | None:
    number = w.facts.organisation.authority_id
    return w.db.get(Organisation, number) if number is not None else None


def authority_name(w: Work, *, of_its_own: bool = False) -> str:
    """As it was named when the contract was filed, else as it is registered; on a paper of its own the other way round."""
    filing, registered = w.facts.filing, authority(w)
    named_then = filing.authority if filing is not None and not (of_its_own and registered) else ""
    return w.need(
        named_then or (registered.name if registered else ""),
        N_("负责审查的人社部门"),
        page=f"/organisations/{w.case.organisation_id}/edit",
    )


def filing_side(w: Work) -> Side:
    """Who filed the contract: the employers' side, unless it was the union's to do (SECT-FILE)."""
    found = entries(w, "file", "file_by_union")
    return Side.WORKERS if found and found[-1].act == "file_by_union" else Side.EMPLOYER


def filer(w: Work) -> Organisation | None:
    return body(w.db, w.case, filing_side(w))


def enclosures(facts: Facts) -> tuple[str, ...]:
    """报送材料 as they went, or as they are to go."""
    pieces = facts.filing.pieces if facts.filing is not None and is_sent(facts) else filed(facts.case.kind)
    return tuple(label for name, label in PIECES.items() if name in pieces)


def is_sent(facts: Facts) -> bool:
    """The text as it stands lies with the authority, or is on its way there."""
    filing = facts.filing
    return filing is not None and filing.withdrawn_on is None and filing.opinion != "objected"


def filing_letter(w: Work) -> FilingLetter:
    return _letter(w, Side.EMPLOYER)


def filing_letter_of_union(w: Work) -> FilingLetter:
    return _letter(w, Side.WORKERS)


def _letter(w: Work, side: Side) -> FilingLetter:
    asked: Contact = w.words  # type: ignore[assignment]
    copies = w.facts.rules.find("FILE-COPIES", w.on)
    filing = w.facts.filing if is_sent(w.facts) else None
    before = _objected(w)
    case = w.case
    return FilingLetter(
        addressee=authority_name(w),
        contract=case.title,
        purpose=PURPOSE_LABELS[Purpose.CONCLUDE if case.purpose == Purpose.CONTINUE else case.purpose],
        workers=name_of(w, Side.WORKERS),
        employer=name_of(w, Side.EMPLOYER),
        votes=passed(w),
        signed_on=signed_on(w),
        basis=under(w, "FILE-DAYS", "FILE-COPIES", *(("SECT-FILE",) if w.facts.is_of_several else ())),
        copies=filing.copies if filing else int(copies.value) if copies else 3,
        enclosures=enclosures(w.facts),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        term_from=case.term_from,
        term_until=case.term_until,
        headcount=w.facts.organisation.workforce if not w.facts.is_of_several else 0,
        covered=len(w.facts.covered),
        refiled_after=before.opinion_on if before else None,
        contact=asked.contact,
    )


def _objected(w: Work) -> Filing | None:
    """The latest filing that the authority objected to."""
    rows = select(Filing).where(Filing.negotiation_id == w.case.id, Filing.opinion == "objected").order_by(col(Filing.id).desc())
    return w.db.exec(rows).first()


def is_to_file(facts: Facts) -> bool:
    return facts.case.state in TO_FILE


def _union_may_file(facts: Facts) -> bool:
    rule = facts.rules.find("SECT-FILE", facts.case.opened_on)
    return is_to_file(facts) and facts.is_of_several and rule is not None and "UNION" in (rule.value or ())


FILING: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "filing_letter", "H20", N_("集体合同报审函"), "negotiation/filing-letter.html", EITHER_SIDE, filing_letter, enterprise,
        asks=Contact, ready=is_to_file,
    ),
    Standard(
        "filing_letter_of_union", "H20", N_("集体合同报审函（工会报送）"), "negotiation/filing-letter.html", frozenset({Seat.UNION}),
        filing_letter_of_union, union, asks=Contact, ready=_union_may_file,
    ),
)  # fmt: skip
