"""What the forms of a negotiation's acts offer and begin with, and the nouns that stand for the acts in addresses."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, col, select

from congress import queries as congress
from negotiation import dossiers
from negotiation.acts.registry import OF_SIDE, officials
from negotiation.facts import Facts
from negotiation.forms import CHAIRS, NO_ACCOUNT, handed_in
from negotiation.models import ClauseText, Letter, Negotiation
from negotiation.procedure import NEGOTIATION
from negotiation.queries import side_of
from negotiation.requirements.talks import may_chair
from negotiation.telling import EVENT_LABELS, tell
from negotiation.terms import (
    CHIEF_BY_SIDE,
    CHIEF_LABELS,
    HEADS,
    LETTER_LABELS,
    PRODUCED_BY_SIDE,
    PRODUCED_LABELS,
    SIDE_LABELS,
    ClauseState,
    Side,
)
from web.casework import Choices
from web.practice import today
from web.render import word
from workflow import joint
from workflow.journal import entries
from workflow.organisations import Organisation
from workflow.people import OFFICE_LABELS, Office, appointments
from workflow.procedure import Actor, How, Standing
from workflow.seats import Seat
from workflow.words import N_, say

NOUNS: Mapping[str, str] = {
    "edit_offer": "draft",
    "offer": "offer",
    "record_receipt": "receipt",
    "accept_offer": "acceptance",
    "decline_offer": "refusal",
    "press": "letter",
    "record_reply": "letter-reply",
    "appoint": "representatives",
    "replace": "replacement",
    "vacate": "vacancy",
    "publish_representatives": "representatives-notice",
    "name_recorder": "recorder",
    "notify_upper": "superior-notice",
    "request_information": "information-request",
    "disclose": "disclosure",
    "convene": "meeting",
    "minute": "minutes",
    "lay_out": "contract-draft",
    "propose": "proposal",
    "counter": "counter-proposal",
    "withdraw_proposal": "proposal-withdrawal",
    "agree_clause": "clause-agreement",
    "defer_clause": "clause-deferral",
    "set_terms": "terms",
    "suspend": "suspension",
    "suspend_for_force_majeure": "force-majeure",
    "resume": "resumption",
    "refer": "referral",
    "accept_coordination": "coordination-acceptance",
    "decline_coordination": "coordination-refusal",
    "extend_coordination": "coordination-extension",
    "coordinate": "coordination-agreement",
    "coordination_fails": "coordination-failure",
    "withdraw_referral": "referral-withdrawal",
    "settle": "settlement",
    "reopen": "reopening",
    "submit_to_congress": "submission",
    "withdraw_from_congress": "submission-withdrawal",
    "meeting_failed": "meeting-failure",
    "record_enterprise_result": "enterprise-result",
    "adopt": "adoption",
    "reject": "rejection",
    "void_adoption": "adoption-annulment",
    "notify_passage": "passage-notice",
    "sign": "signature",
    "hand_in": "piece",
    "file": "filing",
    "file_by_union": "filing-by-union",
    "record_filing_receipt": "filing-receipt",
    "ask_supplement": "supplement-request",
    "supplement": "supplement",
    "object": "objection",
    "approve": "approval",
    "renegotiate": "renegotiation",
    "withdraw_filing": "filing-withdrawal",
    "publish": "publication",
    "report_upper": "superior-copy",
    "list_obligations": "obligations",
    "start_round": "review-round",
    "record_finding": "finding",
    "record_correction": "correction",
    "close_round": "review-conclusion",
    "report_round": "review-report",
    "amend": "amendment",
    "terminate": "termination",
    "renew": "renewal",
    "succeed": "succession",
    "discard": "case-withdrawal",
    "give_up": "offer-withdrawal",
    "give_up_jointly": "abandonment",
    "end_by_law": "end-by-law",
    "correct_date": "date-correction",
    "dispute_entry": "entry-dispute",
    "decline_motion": "motion-refusal",
    "withdraw_motion": "motion-withdrawal",
}


def choices(db: Session, case: Negotiation, facts: Facts, act: str, by: Actor) -> Choices:
    side = acting_side(case, facts, by)
    match act:
        case "record_reply":
            return {"letter": {str(x.id): f"{x.sent_on} {word(LETTER_LABELS[x.kind])}" for x in letters(db, case) if x.replied_on is None}}
        case "appoint":
            produced = {str(p): PRODUCED_LABELS[p] for p in PRODUCED_BY_SIDE[side]}
            chief = {"": N_("不是首席代表"), **{str(c): CHIEF_LABELS[c] for c in CHIEF_BY_SIDE[side]}}
            return {
                "side": {side: SIDE_LABELS[side]},
                "representatives.account": namesakes(db, case),
                "representatives.produced": produced,
                "representatives.chief_as": chief,
            }
        case "replace":
            return {
                "account": namesakes(db, case),
                "outgoing": _members(facts, side),
                "produced": {str(p): PRODUCED_LABELS[p] for p in PRODUCED_BY_SIDE[side]},
                "chief_as": {"": N_("不接任首席代表"), **{str(c): CHIEF_LABELS[c] for c in CHIEF_BY_SIDE[side]}},
            }
        case "name_recorder":
            return {"account": namesakes(db, case)}
        case "vacate":
            return {"representative": _members(facts, side)}
        case "disclose":
            return {
                "request": {str(r.id): f"{r.asked_on} {r.what[:40]}" for r in facts.requests if r.disclosed_on is None and r.side != side}
            }
        case "minute":
            return {
                "meeting": {
                    str(m.id): word(say(N_("第{number}次会议（{day}）"), number=m.number, day=m.held_on))
                    for m in facts.meetings
                    if m.minuted_on is None
                }
            }
        case "convene":
            return {"chair": chairs(facts, today(db))}
        case "lay_out":
            return {"clauses.head": HEADS[case.kind]}
        case "propose":
            return {"head": HEADS[case.kind]}
        case "counter" | "withdraw_proposal" | "agree_clause" | "defer_clause":
            return {"clause": clause_names(case, facts)}
        case "submit_to_congress":
            bodies = [case.organisation_id, *(c.organisation_id for c in facts.covered), *([case.union_id] if case.union_id else [])]
            return {"meetings": {str(m.id): f"{m.title}（{m.held_on}）" for m in congress.open_agendas(db, bodies)}}
        case "record_enterprise_result":
            names = {
                o.id: o.name
                for o in db.exec(select(Organisation).where(col(Organisation.id).in_([c.organisation_id for c in facts.covered])))
            }
            return {"enterprise": {str(c.organisation_id): names[c.organisation_id] for c in facts.covered if facts.vote_of(c) is None}}
        case "hand_in":
            return {"piece": handed_in(case.kind)}
        case "list_obligations":
            return {"obligations.clause": clause_names(case, facts)}
        case "record_finding":
            return {"obligation": {str(o.id): o.what[:60] for o in facts.obligations}}
        case "record_correction":
            open_ones = [f for f in facts.findings if f.correct_by and not f.corrected_on and not f.superseded]
            what = {o.id: o.what for o in facts.obligations}
            return {"finding": {str(f.id): f"{what[f.obligation_id][:50]}（{f.correct_by}）" for f in open_ones}}
        case "report_round":
            return {
                "round": {
                    str(r.id): word(say(N_("第{number}轮履约检查"), number=r.number))
                    for r in facts.rounds
                    if r.closed_on and not r.reported_on
                }
            }
        case "correct_date":
            return {"event": {str(e.id): f"{word(EVENT_LABELS.get(e.name, e.name))}（{e.on}）" for e in facts.events}}
        case "dispute_entry":
            told = [e for e in entries(db, "negotiation", case.id or 0) if e.actor_id not in (None, by.person_id)]
            return {"seq": {str(e.seq): f"{e.seq:04d} {e.done_on} {word(tell(e))}" for e in reversed(told)}}
        case "decline_motion" | "withdraw_motion":
            mine = act == "withdraw_motion"
            found = [m for m in joint.open_motions(db, "negotiation", case.id or 0) if (m.seat in by.seats) == mine]
            return {"motion": {str(m.id): f"{m.on} {word(NEGOTIATION.acts[m.act].label)}" for m in found}}
    return {}


def begins(db: Session, case: Negotiation, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """What the fields begin with: what is known, and what the link that led here says (`?clause=12`)."""
    side = acting_side(case, facts, by)
    given: dict[str, Any] = {
        k: v for k, v in query.items() if k in ("clause", "meeting", "letter", "request", "obligation", "finding", "round", "piece")
    }
    match act:
        case "edit_offer":
            return {
                "title": case.title,
                "subject": case.subject,
                "proposed_on": case.proposed_on,
                "proposed_time": case.proposed_time,
                "proposed_place": case.proposed_place,
                "data_requested": case.data_requested,
            }
        case "accept_offer":
            return {"proposed_on": case.proposed_on, "proposed_place": case.proposed_place}
        case "appoint":
            rows = [{**r.model_dump(), "account": r.person_id} for r in facts.team(side).members]
            return {"side": side, "representatives": rows or [{} for _ in range(3)]}
        case "press":
            return {"addressee": facts.organisation.name}
        case "convene":
            possible = chairs(facts, today(db))
            place = facts.meetings[-1].place if facts.meetings else case.proposed_place
            return {"place": place, "chair": next(iter(possible)) if len(possible) == 1 else None}
        case "lay_out":
            present = {c.head for c in facts.standing_clauses}
            return {"clauses": [{"head": head, "heading": "", "text": ""} for head in HEADS[case.kind] if head not in present]}
        case "counter" | "agree_clause":
            clause = next((c for c in facts.clauses if str(c.id) == query.get("clause")), None)
            if clause is not None and clause.text_id is not None:
                text = db.get_one(ClauseText, clause.text_id)
                return {**given, "text": text.text if act == "counter" else clause.text_id, "based_on": clause.text_id}
        case "set_terms":
            terms = facts.terms
            return {
                "term_from": case.term_from,
                "term_until": case.term_until,
                **(
                    {
                        "lowest_wage": terms.lowest_wage_fen,
                        "local_minimum": terms.local_minimum_fen,
                        "local_minimum_source": terms.local_minimum_source,
                        "daily_hours": terms.daily_hours,
                        "weekly_hours": terms.weekly_hours,
                    }
                    if terms
                    else {}
                ),
                "wages": [{"post": w.post, "persons": w.persons, "before": w.before_fen, "after": w.after_fen} for w in facts.wage_rows],
            }
        case "file" | "file_by_union":
            authority = db.get(Organisation, facts.organisation.authority_id) if facts.organisation.authority_id else None
            copies = facts.rules.find("FILE-COPIES", case.opened_on)
            held = dossiers.held(db, case, facts, today(db))
            return {"authority": authority.name if authority else "", "copies": copies.value if copies else 3, "pieces": held}
        case "refer":
            numbers = [n for n, c in enumerate(facts.standing_clauses, start=1) if c.state in (ClauseState.OPEN, ClauseState.DEFERRED)]
            return {"open_items": "\n".join(f"第{n}条" for n in numbers)}
        case "start_round":
            last = facts.rounds[-1].period_until if facts.rounds else facts.day_of("EFFECTIVE")
            return {"period_from": last}
    return given


def acting_side(case: Negotiation, facts: Facts, by: Actor) -> Side:
    """The side a form is for: of the seat chosen where an act is recorded for another, else one's own."""
    if by.seat in (Seat.EMPLOYER, Seat.EMPLOYER_CHIEF):
        return Side.EMPLOYER
    if by.seat in (Seat.UNION, Seat.WORKER_CHIEF):
        return Side.WORKERS
    return side_of(by.seats) or Side(case.initiator)


EACH_FOR_ITSELF = frozenset(
    {"appoint", "replace", "vacate", "request_information", "disclose", "propose", "counter", "withdraw_proposal", "agree_clause", "sign"}
)
"""Acts that one side does for itself and the other must do too, or may."""


def stands_in(facts: Facts, standing: Standing[Facts], by: Actor) -> Seat | None:
    """The other side's seat, where nobody there has an account and this person may enter its papers as well as act for their own."""
    side = side_of(by.seats)
    if standing.how not in (How.SELF, How.PROPOSE) or side is None or not by.may_record or standing.act.name not in EACH_FOR_ITSELF:
        return None
    absent = OF_SIDE[side.other] & standing.act.by & facts.without_account
    return next((seat for seat in Seat if seat in absent), None)


def namesakes(db: Session, case: Negotiation) -> dict[str, str]:
    """Those of the enterprise and its union who share their name with somebody there, told apart by what they are; nothing where nobody does."""
    on = today(db)
    people = officials(db, case, on)
    names = [person.name for person in people]
    found = {}
    for person in people:
        if names.count(person.name) > 1 and person.id is not None:
            offices = [word(OFFICE_LABELS[Office(held.office)]) for held in appointments(db, person.id, on)]
            found[str(person.id)] = word(
                say(N_("{name}（{offices}，编号{number}）"), name=person.name, offices="、".join(offices), number=person.id)
            )
    return {**found, str(NO_ACCOUNT): N_("没有账户的另一位")} if found else {}


def chairs(facts: Facts, on: date) -> dict[str, str]:
    return {chair: CHAIRS[chair] for chair in may_chair(facts, on)}


def clause_names(case: Negotiation, facts: Facts) -> dict[str, str]:
    heads = HEADS[case.kind]
    return {
        str(c.id): word(say(N_("第{number}条　{name}"), number=n, name=c.heading or word(heads.get(c.head, c.head))))
        for n, c in enumerate(facts.standing_clauses, start=1)
    }


def letters(db: Session, case: Negotiation) -> list[Letter]:
    return list(db.exec(select(Letter).where(Letter.negotiation_id == case.id).order_by(col(Letter.id))).all())


def _members(facts: Facts, side: Side) -> dict[str, str]:
    return {str(r.id): r.name + (f"（{r.post}）" if r.post else "") for r in facts.team(side).members}
