"""H26: the application to have a dispute over concluding the contract coordinated, and the agreement that ends it."""

from sqlmodel import col, select

from negotiation.documents.record import cited, course, offer_number
from negotiation.documents.writing import EITHER_SIDE, Work, body, party
from negotiation.facts import Facts
from negotiation.models import Coordination, Negotiation
from negotiation.terms import SIDE_LABELS, Side, State
from templates.documents.talks import CoordinationAgreement, CoordinationApplication
from workflow.documents.catalogue import Standard
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.organisations import Organisation
from workflow.seats import Seat
from workflow.words import N_

ONE_A_LINE = N_("一行写一项。")


class ApplicationWords(FormModel):
    reasons: str = field(N_("争议的事实和理由"), widget="textarea", default="", hint=N_("协商的经过按案卷印；双方的意见和分歧在这里写。"))


class AgreementWords(FormModel):
    agreed: str = field(
        N_("达成一致的事项"), widget="textarea", default="", hint=N_("一行写一项；已经登记“达成协调”的，不填，按登记的印。")
    )
    left_open: str = field(N_("继续协商的事项"), widget="textarea", default="", hint=ONE_A_LINE)
    coordinators: str = field(N_("协调处理人员"), widget="textarea", default="", hint=N_("一行写一人：姓名和单位。不填的，留空白手写。"))


def authority(w: Work) -> Organisation | None:
    return w.db.get(Organisation, w.facts.organisation.authority_id) if w.facts.organisation.authority_id else None


def _needed_authority(w: Work) -> Organisation:
    return w.insist(authority(w), N_("主管的人社部门"), page=f"/organisations/{w.case.organisation_id}")


def applied(w: Work) -> Coordination:
    """The latest, ended or not: the agreement is written once it has ended."""
    query = select(Coordination).where(Coordination.negotiation_id == w.case.id).order_by(col(Coordination.id).desc())
    return w.insist(w.db.exec(query).first(), N_("协调申请"), act="refer")


def applicant_of(w: Work) -> Organisation | None:
    current = w.facts.coordination
    return body(w.db, w.case, Side(current.applicant)) if current and current.applicant in (Side.WORKERS, Side.EMPLOYER) else None


def application(w: Work) -> CoordinationApplication:
    """集体合同规定 Art. 49: in writing, by one side or both."""
    current = applied(w)
    w.insist(current.applicant != "authority", N_("一方的书面申请（本次由人社部门主动协调）"))
    side = Side(current.applicant)
    asked: ApplicationWords = w.words  # type: ignore[assignment]
    return CoordinationApplication(
        authority=_needed_authority(w).name,
        applicant=party(w.db, w.case, side, w.on),
        applicant_side=SIDE_LABELS[side],
        respondent=party(w.db, w.case, side.other, w.on),
        respondent_side=SIDE_LABELS[side.other],
        contract=w.case.title,
        course=course(w),
        open_items=w.need(lines(current.open_items), N_("未达成一致的事项"), act="refer"),
        basis=cited(w, "COORD-APPLY"),
        issued_on=w.on,
        number=w.number,
        reasons=lines(asked.reasons),
        offer_number=offer_number(w),
        minutes=tuple(m.number for m in w.facts.held_meetings),
    )


def agreement(w: Work) -> CoordinationAgreement:
    """集体合同规定 Art. 54: the application, the facts and the result; what is left open is negotiated on."""
    current = applied(w)
    asked: AgreementWords = w.words  # type: ignore[assignment]
    return CoordinationAgreement(
        authority=_needed_authority(w).name,
        workers=party(w.db, w.case, Side.WORKERS, w.on),
        employer=party(w.db, w.case, Side.EMPLOYER, w.on),
        contract=w.case.title,
        applicant="" if current.applicant == "authority" else SIDE_LABELS[current.applicant],
        applied_on=current.applied_on,
        accepted_on=w.need(current.accepted_on, N_("受理日期"), act="accept_coordination"),
        open_items=w.need(lines(current.open_items), N_("未达成一致的事项"), act="refer"),
        agreed=w.need(lines(asked.agreed or current.agreed), N_("达成一致的事项"), act="coordinate"),
        basis=cited(w, "COORD-APPLY", "COORD-DOC"),
        issued_on=w.on,
        number=w.number,
        left_open=lines(asked.left_open or current.left_open),
        coordinators=lines(asked.coordinators),
    )


def _was_applied_for(facts: Facts) -> bool:
    return facts.coordination is not None and facts.coordination.applicant != "authority" and facts.case.state == State.COORDINATING


def _was_accepted(facts: Facts) -> bool:
    return facts.day_of("COORDINATION_ACCEPTED") is not None


COORDINATION: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "coordination_application", "H26", N_("协调处理申请书"), "negotiation/coordination-application.html", EITHER_SIDE, application,
        applicant_of, asks=ApplicationWords, ready=_was_applied_for,
    ),
    Standard(
        "coordination_agreement", "H26", N_("协调处理协议书"), "negotiation/coordination-agreement.html", EITHER_SIDE | {Seat.AUTHORITY},
        agreement, authority, asks=AgreementWords, numbered=False, ready=_was_accepted,
    ),
)  # fmt: skip
