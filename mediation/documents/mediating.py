"""H32, H34 to H36: the record of a talk, the longer period, the failure, the proof of service."""

from collections.abc import Mapping
from datetime import date

from sqlmodel import Session, col, select

from mediation.documents.writing import (
    CONDUCT,
    EVERYBODY,
    MEDIATION,
    Work,
    cited,
    committee,
    figures,
    first,
    head,
    mediators,
    no_body,
    period,
    recourse,
)
from mediation.facts import Facts
from mediation.limitation import Interruption
from mediation.models import MediationCase, ServiceRecord, Talk
from mediation.terms import MEANS_LABELS, Circle, Means, Outcome, PartyRole
from templates.documents.mediation import Extension, Failure, ServiceSlip, TalkRecord
from workflow.documents.catalogue import Standard
from workflow.documents.issue import Document
from workflow.documents.phrases import in_words
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.journal import Entry
from workflow.statements import statements
from workflow.words import N_

ENDED: dict[str, str] = {
    Interruption.MEDIATION_STOPPED: "refused",
    Interruption.MEDIATION_FAILED: "not_agreed",
    Interruption.AGREEMENT_UNPERFORMED: "unperformed",
}
FAILED = frozenset({Outcome.FAILED, Outcome.LAPSED, Outcome.HANDED_ON})


class TalkWords(FormModel):
    recorder: str = field(N_("记录人"), default="", max_length=60, hint=N_("不填的，是调解员本人。"))
    refused: str = field(
        N_("没有签名的情况"), widget="textarea", default="", hint=N_("有人不签名的，写明是谁、什么理由，一行写一人；没有的不填。")
    )


class FailureWords(FormModel):
    account: str = field(
        N_("有关情况"), widget="textarea", default="", hint=N_("双方都会看到：争议的焦点、没有达成一致的事项，一行写一项；可以不填。")
    )


class ExtensionWords(FormModel):
    reasons: str = field(N_("延期的理由"), widget="textarea", default="", hint=N_("不填的，用同意延期时写明的理由。"))


class ServiceWords(FormModel):
    manner: str = field(N_("送达方式"), default="", hint=N_("不填的，用登记的方式，没有登记的按直接送达。"))
    place: str = field(N_("送达地点"), default="", hint=N_("不填的，用登记的地点；没有登记的，用受送达人的住所。"))
    server: str = field(N_("送达人"), default="", max_length=60, hint=N_("不填的，留空白手写。"))


# ---- talks


def talks(w: Work) -> Mapping[str, str]:
    return {str(one.number): f"第{one.number}次调解（{figures(one.held_on)}）" for one in reversed(w.facts.talks)}


def talk_at_hand(w: Work) -> Talk | None:
    return next((one for one in reversed(w.facts.talks) if w.subject in ("", str(one.number))), None)


def talk_record(w: Work) -> TalkRecord:
    """The part that both read and sign; what one party told alone is no part of a talk."""
    asked = w.words
    assert isinstance(asked, TalkWords)
    talk = w.insist(talk_at_hand(w), N_("调解会谈"), act="hold_talk")
    conducted = w.need(mediators(w), N_("调解员"), act="assign")
    return TalkRecord(
        case=head(w),
        ordinal=talk.number,
        time=in_words(talk.held_on, talk.began),
        place=talk.place,
        mediators=conducted,
        recorder=asked.recorder or conducted[0] if conducted else asked.recorder,
        present=lines(talk.present),
        record=lines(talk.record),
        outcome="；".join(one.rstrip("。；") for one in lines(talk.outcome)),
        basis=cited(w, "MED-CLOSED", "MED-ASSIGN"),
        held_on=talk.held_on,
        is_public=w.case.is_open,
        refused=lines(asked.refused),
    )


# ---- the period


def extensions(w: Work) -> dict[str, Entry]:
    """Acts that made the period longer; a motion that the other side has not joined is none."""
    query = select(Entry).where(Entry.case_kind == MEDIATION, Entry.case_id == w.case.id, Entry.act == "extend")
    made = [one for one in w.db.exec(query.order_by(col(Entry.seq))) if one.particulars.get("was")]
    return {str(number): one for number, one in enumerate(made, start=1)}


def extended(w: Work) -> Mapping[str, str]:
    return {number: f"延期到{figures(_day(one, 'until'))}" for number, one in reversed(extensions(w).items())}


def extension(w: Work) -> Extension:
    """企业劳动争议协商调解规定 Art. 29."""
    asked = w.words
    assert isinstance(asked, ExtensionWords)
    made = w.insist(extensions(w), N_("双方同意的延期"), act="extend")
    number = w.subject or max(made, key=int)
    entry = made[number]
    said = statements(w.db, MEDIATION, w.case.id or 0).get(entry.seq, {})
    return Extension(
        case=head(w),
        accepted_on=w.insist(w.facts.day_of("MEDIATION_ACCEPTED"), N_("受理日期"), act="accept"),
        ended_on=_day(entry, "was"),
        until=_day(entry, "until"),
        ordinal=int(number),
        reasons=w.need(lines(asked.reasons or said.get("reason", "")), N_("延期的理由"), act="extend"),
        basis=first(w, "MED-END"),
        arbitration_period=period(w, "MED-15"),
        arbitration_basis=first(w, "MED-15"),
        issued_on=entry.done_on,
    )


def _day(entry: Entry, name: str) -> date:
    return date.fromisoformat(str(entry.particulars[name]))


def failure(w: Work) -> Failure:
    """企业劳动争议协商调解规定 Art. 30."""
    asked = w.words
    assert isinstance(asked, FailureWords)
    ground = ground_of(w)
    return Failure(
        case=head(w),
        accepted_on=w.facts.day_of("MEDIATION_ACCEPTED"),
        ground=ground,
        ended_on=w.case.closed_on or w.on,
        basis=cited(w, *(("MED-END",) if ground == "expired" else ()), "MED-FAIL-NOTICE"),
        arbitration=recourse(w),
        mediators=mediators(w),
        issued_on=w.on,
        account=lines(asked.account),
        number=w.number,
    )


def ground_of(w: Work) -> str:
    """By the outcome and by what started the limitation anew; who stopped, and who would not sign, the journal tells."""
    if w.case.outcome == Outcome.LAPSED:
        return "expired"
    query = select(Entry).where(Entry.case_kind == MEDIATION, Entry.case_id == w.case.id, Entry.act == "fail")
    if any(one.particulars.get("cause") == "will_not_sign" for one in w.db.exec(query)):
        return "unsigned"
    return ENDED.get(w.case.interruption or "", "not_agreed")


# ---- service


def documents(db: Session, case: MediationCase) -> list[Document]:
    """Those in force, the last of each kind and subject, oldest first."""
    query = select(Document).where(Document.case_kind == MEDIATION, Document.case_id == case.id).order_by(col(Document.id))
    found = db.exec(query).all()
    replaced = {one.supersedes for one in found}
    return [one for one in found if one.id not in replaced]


def to_serve(db: Session, case: MediationCase, facts: Facts) -> list[str]:
    """Titles of what can be brought to somebody: papers and material that both sides may read, the newest first."""
    papers = [one.title for one in reversed(documents(db, case)) if one.side is None and one.kind != "service_record"]
    material = [one.title for one in reversed(facts.handed_in) if one.circle == Circle.EVERYBODY]
    return list(dict.fromkeys([*papers, *material]))


def served(w: Work) -> Mapping[str, str]:
    """Services that were recorded, then every paper on the table with every addressee to whom it can still be brought."""
    names = {one.id: one.name for one in w.facts.parties}
    done = {f"s{one.id}": f"{one.document}　{names[one.party_id]}（{figures(one.on)}送达）" for one in reversed(w.facts.services)}
    addressees = [party for role in PartyRole for party in w.facts.acting(role)]
    open_ones = {
        f"{one.id}-{party.id}": f"{one.title}　{party.name}"
        for one in reversed(documents(w.db, w.case))
        if one.side is None and one.kind != "service_record"
        for party in addressees
    }
    return done | open_ones


def service_at_hand(w: Work) -> ServiceRecord | None:
    return next((one for one in w.facts.services if w.subject == f"s{one.id}"), None)


def service_record(w: Work) -> ServiceSlip:
    """民事诉讼法 Arts. 87 to 89, which arbitration and mediation borrow: filled in where the service is recorded, else to be filled in by hand."""
    asked = w.words
    assert isinstance(asked, ServiceWords)
    done = service_at_hand(w)
    paper, _, addressee = w.subject.partition("-")
    party = w.facts.party(done.party_id if done else int(addressee) if addressee.isdigit() else None)
    party = w.insist(party, N_("受送达人"), act="record_service")
    document = next((one for one in documents(w.db, w.case) if str(one.id) == paper), None)
    titles = {one.title: one for one in documents(w.db, w.case)}
    if done is not None:
        document = titles.get(done.document)
    return ServiceSlip(
        case=head(w),
        document=done.document if done else w.insist(document, N_("送达的文书")).title,
        document_number=(document.number or "") if document else "",
        addressee=party.name,
        manner=asked.manner or (MEANS_LABELS[done.means] if done else "直接送达"),
        place=asked.place or (done.place if done else "") or party.address,
        basis=cited(w, "MED-SERVICE"),
        issued_on=w.on,
        server=asked.server,
        received_on=done.on if done else None,
        refusal="；".join(lines(done.remark)) if done and done.means in (Means.LEFT_BEHIND, Means.AT_THE_DOOR) else "",
    )


PROCEEDINGS: tuple[Standard[MediationCase, Facts], ...] = (
    Standard(
        "talk_record", "H32", N_("劳动争议调解笔录"), "mediation/talk.html", CONDUCT, talk_record, committee, asks=TalkWords,
        subjects=talks, numbered=False, titled=lambda record: f"劳动争议调解笔录（第{record.ordinal}次）", ready=lambda facts: bool(facts.talks),
    ),
    Standard(
        "extension", "H36", N_("延期调解同意书"), "mediation/extension.html", EVERYBODY, extension, no_body, asks=ExtensionWords,
        subjects=extended, numbered=False, ready=lambda facts: facts.day_of("EXTENDED") is not None,
    ),
    Standard(
        "failure", "H34", N_("劳动争议调解不成通知书"), "mediation/failure.html", CONDUCT, failure, committee, asks=FailureWords,
        ready=lambda facts: facts.case.outcome in FAILED,
    ),
    Standard(
        "service_record", "H35", N_("送达回证"), "mediation/service-record.html", CONDUCT, service_record, committee, asks=ServiceWords, numbered=False,
        subjects=served, titled=lambda record: f"送达回证（{record.document}，{record.addressee}）", ready=lambda facts: True,
    ),
)  # fmt: skip
