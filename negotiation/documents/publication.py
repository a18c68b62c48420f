"""H19 and H23: what the other side is told of the vote, and everybody of the contract in force."""

from negotiation.documents.contract import contract_text
from negotiation.documents.filing import Contact, authority_name
from negotiation.documents.votes import passed, signed_on, under
from negotiation.documents.writing import EITHER_SIDE, Work, name_of, union
from negotiation.facts import Facts
from negotiation.models import Negotiation
from negotiation.terms import Side, State
from templates.documents.filing import PassageNotice, PublicationNotice
from workflow.documents.catalogue import Standard
from workflow.documents.phrases import length
from workflow.organisations import Organisation
from workflow.seats import Seat
from workflow.words import N_

ADOPTED = frozenset({State.ADOPTED, State.SIGNED})


def passage(w: Work) -> PassageNotice:
    chief = w.facts.workers.chief
    filing = w.facts.rules.find("FILE-DAYS", w.on)
    counts = filing is not None and filing.start == "PASS_NOTICE_RECEIVED"
    return PassageNotice(
        addressee=name_of(w, Side.EMPLOYER),
        contract=w.case.title,
        votes=passed(w),
        text_hash=w.case.text_hash or "",
        basis=under(w, "CONG-SUBMIT", "CONG-APPROVE"),
        issuer=name_of(w, Side.WORKERS),
        signer=w.need(chief.name if chief else "", N_("职工方首席代表"), act="appoint"),
        issued_on=w.on,
        number=w.number,
        file_period=length(filing) if filing and counts else "",
        file_basis="、".join(under(w, "FILE-DAYS")) if counts else "",
        is_signed=w.facts.signed_by(Side.WORKERS) and w.facts.signed_by(Side.EMPLOYER),
    )


def publication(w: Work) -> PublicationNotice:
    asked: Contact = w.words  # type: ignore[assignment]
    text = contract_text(w.db, w.case, is_draft=False, on=w.on, rules=w.facts.rules)
    filing = w.facts.filing
    return PublicationNotice(
        contract=w.case.title,
        unit=text.unit,
        heading=text.title,
        workers=name_of(w, Side.WORKERS),
        employer=name_of(w, Side.EMPLOYER),
        votes=passed(w),
        signed_on=signed_on(w),
        authority=authority_name(w),
        effective_on=w.need(w.facts.day_of("EFFECTIVE"), N_("生效日期"), act="record_filing_receipt"),
        by_silence=w.case.effective_by != "approval",
        basis=under(w, "PUBLISH"),
        chapters=text.chapters,
        text_hash=text.text_hash,
        issued_on=w.on,
        contract_number=w.case.number,
        receipt_number=filing.receipt_number if filing else "",
        opinion_number=filing.opinion_number if filing else "",
        term_from=w.case.term_from,
        term_until=w.case.term_until,
        wage_table=text.wage_table,
        wage_table_after=text.wage_table_after,
        covered=text.covered,
        contact=asked.contact,
    )


def in_common(_w: Work) -> Organisation | None:
    """A paper of both sides: in nobody's name and number."""
    return None


PASSAGE: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "passage", "H19", N_("审议通过情况告知书"), "negotiation/passage.html", frozenset({Seat.UNION, Seat.WORKER_CHIEF}), passage, union,
        ready=lambda facts: facts.case.state in ADOPTED,
    ),
)  # fmt: skip

PUBLICATION: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "publication", "H23", N_("集体合同公布公告"), "negotiation/publication.html", EITHER_SIDE, publication, in_common,
        asks=Contact, numbered=False, ready=lambda facts: facts.case.state == State.IN_FORCE,
    ),
)  # fmt: skip
