"""What the forms of a mediation offer to choose from, and what they begin with."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session

from mediation import queries
from mediation.acts.opening import channels
from mediation.acts.performing import marks_of, route_faults
from mediation.committees.conflicts import Candidate, propose
from mediation.disclosure import READS
from mediation.documents.mediating import to_serve
from mediation.facts import ROLE_SEATS, Facts
from mediation.forms import FAILURES, PartyDetails
from mediation.models import AgreementTerm, MediationCase, Party
from mediation.procedure import MEDIATION
from mediation.terms import CIRCLE_LABELS, EVENT_LABELS, MARK_LABELS, PARTY_ROLE_LABELS, ROUTE_LABELS, Channel, Circle, PartyRole, State
from web.casework import Choices
from web.practice import today
from web.render import money, translate, word
from workflow import clock, joint
from workflow.calendar import load_calendar
from workflow.people import appointments
from workflow.procedure import Actor, Standing
from workflow.seats import Seat
from workflow.words import N_, say

NOUNS: Mapping[str, str] = {
    "request_consultation": "consultation",
    "respond": "consultation-answer",
    "extend_consultation": "consultation-extension",
    "stop_consultation": "consultation-end",
    "settle_consultation": "consultation-settlement",
    "register": "application",
    "ask_consent": "enquiry",
    "consent": "consent",
    "refuse_consent": "consent-refusal",
    "accept": "acceptance",
    "decline": "refusal",
    "assign": "assignment",
    "challenge": "challenge",
    "decide_challenge": "challenge-decision",
    "vote_on_challenge": "challenge-vote",
    "recuse": "recusal",
    "hold_talk": "talk",
    "keep_note": "note",
    "make_proposal": "proposal",
    "answer_proposal": "proposal-answer",
    "open_talks": "public-talks",
    "extend": "extension",
    "agree": "agreement",
    "sign": "signature",
    "fail": "failure",
    "apply_review": "review",
    "apply_confirmation": "confirmation",
    "record_review_result": "review-result",
    "record_performance": "performance",
    "follow_up": "follow-up",
    "perform": "fulfilment",
    "hand_on": "recourse",
    "withdraw": "withdrawal",
    "settle_between": "settlement",
    "transfer": "transfer",
    "archive": "archive",
    "hand_in": "evidence",
    "name_agent": "agent",
    "name_representatives": "representatives",
    "record_service": "service",
    "correct_application": "correction",
    "correct_date": "date-correction",
    "give_code": "access-code",
    "sign_belatedly": "late-signature",
    "record_default": "default",
    "record_interruption": "interruption",
    "decline_motion": "motion-refusal",
    "withdraw_motion": "motion-withdrawal",
}


TEMPLATES: Mapping[str, str] = {"assign": "pages/mediation/assign.html", "hold_talk": "pages/mediation/talk.html"}


def choices(db: Session, case: MediationCase, facts: Facts, act: str, by: Actor) -> Choices:
    on = today(db)
    match act:
        case "consent" | "refuse_consent":
            return {"party": parties(p for p in facts.asked if p.consents is None) if len(facts.asked) > 1 else {}}
        case "assign":
            found = candidates(db, case, on)
            return {
                "mediators": {str(one.mediator.id): word(one.line) for one in found},
                "leads": {str(one.mediator.id): one.mediator.person.name for one in found},
            }
        case "challenge":
            return {"assignment": {str(a.id): facts.names[a.person_id] for a in facts.mediating(on)}}
        case "keep_note":
            return {"party": parties(facts.parties)}
        case "record_service":
            return {"party": parties(facts.parties), "document": {title: title for title in to_serve(db, case, facts)}}
        case "name_agent":
            return {"party": parties(own(db, facts, by) if by.seats & set(ROLE_SEATS.values()) else facts.parties)}
        case "name_representatives":
            return {"representatives": {str(p.id): p.name for p in facts.side(facts.workers)}}
        case "answer_proposal":
            mine = [role for role, seat in ROLE_SEATS.items() if seat in by.seats or seat is by.seat]
            waiting = [p for p in facts.open_proposals if set(mine) & facts.unanswered(p)]
            return {"proposal": {str(p.id): word(say(N_("第{n}个方案"), n=p.number)) for p in waiting}}
        case "agree":
            return {"terms.debtor": parties(facts.parties)}
        case "register":
            return {"channel": channels(Seat.APPLICANT in by.seats)}
        case "correct_date":
            return {"event": {str(e.id): f"{word(EVENT_LABELS[e.name])}（{e.on}）" for e in facts.events if e.name in EVENT_LABELS}}
        case "sign" | "sign_belatedly":
            return {"mark": marks(db, facts, by)}
        case "record_performance":
            return {"term": {str(t.id): describe(t) for t in facts.terms}}
        case "fail":
            return {"cause": {name: label for name, label in FAILURES.items() if name != "will_not_sign" or case.state == State.AGREED}}
        case "hand_on":
            closed = route_faults(facts)
            return {"route": {route: label for route, label in ROUTE_LABELS.items() if route not in closed}}
        case "hand_in":
            return {"circle": circles(by)}
        case "decline_motion" | "withdraw_motion":
            waiting_ = joint.open_motions(db, MEDIATION.name, case.id or 0)
            return {"motion": {str(m.id): word(MEDIATION.acts[m.act].label) for m in waiting_}}
    return {}


def candidates(db: Session, case: MediationCase, on: date) -> list[Candidate]:
    """Whom the chair may assign, the fittest first."""
    free = {person.id for person in queries.mediators(db, case, on)}
    return [one for one in propose(db, case, on) if one.mediator.id in free]


def beside(db: Session, case: MediationCase, facts: Facts, act: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {"candidates": candidates(db, case, today(db))} if act == "assign" else {}


def begins(db: Session, case: MediationCase, facts: Facts, act: str, by: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    on = today(db)
    match act:
        case "ask_consent":
            period = facts.latest("MED-ACCEPT")
            rule = facts.rules.get("MED-ACCEPT", on)
            day = period.due if period is not None and period.due > on else clock.due(rule, on, load_calendar(db)).date
            return {"answer_by": day}
        case "assign":
            return {
                "mediators": [str(a.person_id) for a in facts.mediating(on)],
                "leads": next((a.person_id for a in facts.mediating(on) if a.leads), ""),
            }
        case "hold_talk":
            return {"present": "、".join(p.agent or p.name for p in facts.parties), "record": query.get("record", ""), "rights_told": True}
        case "extend" | "extend_consultation":
            end = facts.end if act == "extend" else next(iter(facts.running("CONS-PERIOD")), None)
            return {"until": end.due + timedelta(days=15)} if end is not None else {}
        case "agree" if facts.agreement is not None:
            drawn = facts.agreement
            rows = [t.model_dump(include={"debtor_id", "what", "head", "amount_fen", "due", "how"}) for t in facts.terms]
            return {
                "result": drawn.result,
                "liability": drawn.liability,
                "closes_dispute": drawn.closes_dispute,
                "terms": [{**row, "debtor": row["debtor_id"]} for row in rows],
            }
        case "hand_in":
            return {"circle": Circle.EVERYBODY}
        case "record_performance":
            return {"term": query.get("term", "")}
        case "register":
            return {"channel": Channel.ONLINE if Seat.APPLICANT in by.seats else case.channel}
        case "correct_application":
            return {
                **case.model_dump(include={"persons", "known_on", "employment_ended_on"}),
                **{f"{role}s": [_line(p) for p in facts.side(role)] for role in PartyRole},
            }
    return {}


def _line(party: Party) -> dict[str, Any]:
    kept = party.model_dump(include=set(PartyDetails.model_fields))
    return {**kept, "party": party.id, "kind": "worker" if party.is_worker else "employer"}


def stands_in(facts: Facts, standing: Standing[Facts], by: Actor) -> Seat | None:
    """The committee enters what a party without account signed on paper."""
    if not by.may_record or by.seat in facts.without_account or standing.act.name not in ("sign", "sign_belatedly"):
        return None
    for mark, number in facts.missing_marks:
        party = facts.party(number)
        if mark == "party" and party is not None and party.id in facts.absent:
            return ROLE_SEATS[PartyRole(party.role)]
    return None


def parties(some: Any) -> dict[str, str]:
    return {str(p.id): f"{translate(PARTY_ROLE_LABELS[p.role])} {p.name}" for p in some}


def own(db: Session, facts: Facts, by: Actor) -> list[Party]:
    return queries.standing_for(facts.parties, by.person_id, appointments(db, by.person_id or 0, today(db)))


def marks(db: Session, facts: Facts, by: Actor) -> dict[str, str]:
    """What this person may set under the agreement, in whichever seat; from paper, what the absent party signed."""
    on_paper = by.seat in facts.without_account and by.seat not in by.seats
    seats = {by.seat} if on_paper else set(by.seats)
    mine: set[int | None] = set(facts.absent) if on_paper else {p.id for p in own(db, facts, by)}
    found = {}
    for seat in seats:
        side = {p.id for p in facts.parties if ROLE_SEATS[PartyRole(p.role)] is seat}
        for key in marks_of(seat, facts.missing_marks, mine & side):
            mark, _, number = key.partition(":")
            party = facts.party(int(number)) if number else None
            found[key] = f"{translate(MARK_LABELS[mark])}{f'：{party.name}' if party else ''}"
    return found


def circles(by: Actor) -> dict[str, str]:
    """Everybody, or one's own circle."""
    own_circle = {Seat.APPLICANT: Circle.APPLICANT, Seat.RESPONDENT: Circle.RESPONDENT, Seat.MEDIATOR: Circle.MEDIATOR}
    mine = [circle for seat, circle in own_circle.items() if seat in by.seats and circle in READS]
    return {str(c): CIRCLE_LABELS[c] for c in (Circle.EVERYBODY, *mine)}


def describe(term: AgreementTerm) -> str:
    amount = money(term.amount_fen) if term.amount_fen is not None else ""
    return word(say(N_("第{n}项 {what} {amount} {due}前"), n=term.position, what=term.what[:30], amount=amount, due=term.due))
