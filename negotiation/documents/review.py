"""H21 and H22: the authority's own papers, the receipt, what is to be supplied, the opinion."""

from datetime import date

from negotiation.documents.account import WAGE
from negotiation.documents.filing import authority, authority_name, enclosures, filing_side
from negotiation.documents.votes import under
from negotiation.documents.writing import Work, name_of, party
from negotiation.facts import Facts
from negotiation.models import Filing, Negotiation
from negotiation.terms import Side
from templates.documents.filing import FilingReceipt, ReviewOpinion, SupplementNotice
from workflow.documents.catalogue import Standard
from workflow.documents.numerals import date_in_figures
from workflow.documents.phrases import length
from workflow.documents.render import lines
from workflow.seats import Seat
from workflow.words import N_

AUTHORITY = frozenset({Seat.AUTHORITY})


def own_number(w: Work, typed: str) -> str:
    """The number that the authority itself gave in its act, before one of its own series."""
    if typed:
        w.number = ""
    return typed or w.number


def _received(w: Work) -> tuple[Filing, date]:
    filing = w.insist(w.facts.filing, N_("报送"), act="file")
    return filing, w.insist(filing.received_on, N_("收件日期"), act="record_filing_receipt")


def filing_receipt(w: Work) -> FilingReceipt:
    filing, received = _received(w)
    review = w.facts.rules.find("REVIEW-DAYS", received)
    deadline = w.facts.deadline("REVIEW-DAYS")
    return FilingReceipt(
        addressee=name_of(w, filing_side(w)),
        contract=w.case.title,
        employer=name_of(w, Side.EMPLOYER),
        workers=name_of(w, Side.WORKERS),
        filed_on=filing.filed_on,
        received_on=received,
        copies=filing.copies,
        pieces=enclosures(w.facts),
        basis=under(w, "FILE-REGISTER", "REVIEW-DAYS"),
        issuer=authority_name(w, of_its_own=True),
        issued_on=w.on,
        number=own_number(w, filing.receipt_number),
        review_period=length(review) if review else "",
        review_until=deadline.due if deadline else None,
    )


def supplement_notice(w: Work) -> SupplementNotice:
    filing, received = _received(w)
    rule = w.facts.rules.find("FILE-SUPPLEMENT", w.on)
    return SupplementNotice(
        addressee=name_of(w, Side.EMPLOYER),
        contract=w.case.title,
        received_on=received,
        what=w.need(lines(filing.supplement_what), N_("要补正什么"), act="ask_supplement"),
        by=w.need(filing.supplement_by, N_("补正期限"), act="ask_supplement"),
        basis=under(w, "FILE-SUPPLEMENT"),
        issuer=authority_name(w, of_its_own=True),
        issued_on=w.on,
        number=w.number,
        receipt_number=filing.receipt_number,
        restarts_review=bool(rule and rule.parameters.get("restarts_review")),
    )


def review_opinion(w: Work) -> ReviewOpinion:
    """集体合同规定 Art. 45; of wages 工资集体协商试行办法 Art. 22."""
    filing, received = _received(w)
    objects = filing.opinion == "objected"
    return ReviewOpinion(
        title=opinion_title(w.case),
        contract=w.case.title,
        employer=party(w.db, w.case, Side.EMPLOYER, w.on),
        workers=party(w.db, w.case, Side.WORKERS, w.on),
        received_on=received,
        opinion=w.need(lines(filing.opinion_text), N_("审查意见"), act="object" if objects else "approve"),
        objects=objects,
        basis=under(w, "REVIEW-SCOPE", "REVIEW-DAYS"),
        issuer=authority_name(w, of_its_own=True),
        issued_on=w.on,
        number=own_number(w, filing.opinion_number),
        receipt_number=filing.receipt_number,
        effect=_follows(w, filing, objects),
    )


def opinion_title(case: Negotiation) -> str:
    return "工资协议审查意见书" if case.kind == WAGE else "集体合同审查意见书"


def _follows(w: Work, filing: Filing, objects: bool) -> str:
    if objects:
        return f"请双方就上述异议事项进行集体协商，修改后依法重新审议、签字，并重新报送审查（{'、'.join(under(w, 'REFILE'))}）。"
    if w.case.kind == WAGE:
        return "本意见书送达双方后，该工资协议即行生效（《工资集体协商试行办法》第二十二条）。"
    deadline = w.facts.deadline("REVIEW-DAYS")
    until = f"（至{date_in_figures(deadline.due)}）" if deadline else ""
    return f"审查期限{until}届满，该集体合同即行生效（{'、'.join(under(w, 'REVIEW-DAYS'))}）。"


def _is_received(facts: Facts) -> bool:
    return facts.filing is not None and facts.filing.received_on is not None


REVIEW: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "filing_receipt", "H21", N_("集体合同收件回执"), "negotiation/filing-receipt.html", AUTHORITY, filing_receipt, authority,
        ready=_is_received,
    ),
    Standard(
        "supplement_notice", "H21", N_("集体合同报送材料补正通知书"), "negotiation/supplement-notice.html", AUTHORITY, supplement_notice,
        authority, ready=lambda facts: _is_received(facts) and bool(facts.filing and facts.filing.supplement_what),
    ),
    Standard(
        "review_opinion", "H22", N_("集体合同审查意见书"), "negotiation/review-opinion.html", AUTHORITY, review_opinion, authority,
        ready=lambda facts: _is_received(facts) and bool(facts.filing and facts.filing.opinion),
    ),
)  # fmt: skip
