"""H07 to H09: meetings with their notices, minutes and summaries, and the suspension of the talks."""

from collections.abc import Mapping
from datetime import date

from negotiation.documents.record import chaired_by, cited, entries, figures, last_of, names, ordinal, said, side_of
from negotiation.documents.writing import EITHER_SIDE, Work, body, name_of, party
from negotiation.facts import Facts
from negotiation.models import Negotiation, TalkMeeting
from negotiation.terms import SIDE_LABELS, Side, State
from templates.documents.talks import ForceMajeure, MeetingNotice, Minutes, Summary, Suspension
from workflow.documents.catalogue import Standard
from workflow.documents.phrases import articles, in_words
from workflow.documents.render import lines
from workflow.forms import FormModel, field
from workflow.organisations import Organisation
from workflow.seats import Seat
from workflow.words import N_


class SummaryWords(FormModel):
    next_steps: str = field(N_("下一步工作"), widget="textarea", default="", hint=N_("一行写一项。"))


def meetings(w: Work) -> Mapping[str, str]:
    return {str(m.number): f"第{m.number}次协商会议（{figures(m.held_on)}）" for m in reversed(w.facts.meetings)}


def minuted(w: Work) -> Mapping[str, str]:
    return {str(m.number): f"第{m.number}次协商会议（{figures(m.held_on)}）" for m in reversed(w.facts.held_meetings)}


def meeting_at_hand(w: Work) -> TalkMeeting | None:
    found = {str(m.number): m for m in w.facts.meetings}
    return found.get(w.subject) if w.subject else (w.facts.meetings[-1] if w.facts.meetings else None)


def convener(w: Work) -> Side:
    """The side whose chief convened the meeting at hand: each act of convening brings one meeting."""
    meeting = meeting_at_hand(w)
    convened = entries(w, "convene")
    if meeting is None or len(convened) < meeting.number:
        return Side(w.case.initiator)
    return side_of(w.case, convened[meeting.number - 1])


def meeting_notice(w: Work) -> MeetingNotice:
    meeting = w.insist(meeting_at_hand(w), N_("协商会议"), act="convene")
    side = convener(w)
    return MeetingNotice(
        addressee=name_of(w, side.other),
        contract=w.case.title,
        ordinal=meeting.number,
        time=in_words(meeting.held_on, meeting.held_time),
        place=meeting.place,
        chair=chaired_by(w, meeting),
        agenda=lines(meeting.agenda),
        own_side=SIDE_LABELS[side],
        own=names(w, side),
        others=names(w, side.other),
        recorder=w.need(w.case.recorder_name, N_("记录员"), act="name_recorder"),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
        first=meeting.number == 1,
        asked=tuple(line for r in w.facts.requests if r.side == side and r.disclosed_on is None for line in lines(r.what)),
    )


def minutes(w: Work) -> Minutes:
    """Who signs is for the place to say: the chiefs, or all who were there; where it says nothing, whoever was to sign has a line."""
    meeting = w.insist(meeting_at_hand(w), N_("会议记录"), act="minute")
    minuted_on = w.need(meeting.minuted_on, N_("会议记录"), act="minute")
    rule = w.facts.rules.find("MINUTES-SIGN", meeting.held_on)
    everybody = rule is not None and rule.value == "ALL_PRESENT"
    nobody = meeting.signed_workers is None and (rule is None or rule.value not in ("CHIEFS", "ALL_PRESENT"))
    required = rule is not None and rule.value in ("CHIEFS", "ALL_PRESENT")
    suspended = next((e for e in entries(w, "suspend") if e.state_to == State.SUSPENDED and e.done_on == meeting.held_on), None)
    return Minutes(
        contract=w.case.title,
        ordinal=meeting.number,
        held=in_words(meeting.held_on, meeting.held_time),
        place=meeting.place,
        chair=chaired_by(w, meeting),
        recorder=w.need(w.case.recorder_name, N_("记录员"), act="name_recorder"),
        present=w.need(lines(meeting.present), N_("出席人员"), act="minute"),
        agenda=lines(meeting.agenda),
        record=w.need(lines(meeting.record), N_("会议记录"), act="minute"),
        signing="all" if everybody else "none" if nobody else "chiefs",
        workers=names(w, Side.WORKERS),
        employer=names(w, Side.EMPLOYER),
        minuted_on=minuted_on,
        sign_basis="、".join(articles([rule])) if rule is not None and required else "",
        agreed=lines(meeting.agreed),
        left_open=lines(meeting.open_points),
        suspended=figures(date.fromisoformat(str(suspended.particulars["resume_on"]))) if suspended else "",
        refused=lines(meeting.refusal_note),
    )


def summary(w: Work) -> Summary:
    meeting = w.insist(meeting_at_hand(w), N_("会议记录"), act="minute")
    w.need(meeting.minuted_on, N_("会议记录"), act="minute")
    agreed, left_open = lines(meeting.agreed), lines(meeting.open_points)
    w.need(agreed or left_open, N_("达成一致或者没有达成一致的事项"), act="minute")
    asked: SummaryWords = w.words  # type: ignore[assignment]
    following = next((m for m in w.facts.meetings if m.number == meeting.number + 1), None)
    return Summary(
        unit=w.facts.organisation.name,
        contract=w.case.title,
        ordinal=meeting.number,
        held=in_words(meeting.held_on, meeting.held_time),
        place=meeting.place,
        chair=chaired_by(w, meeting),
        workers=names(w, Side.WORKERS),
        employer=names(w, Side.EMPLOYER),
        recorder=w.need(w.case.recorder_name, N_("记录员"), act="name_recorder"),
        agenda=lines(meeting.agenda),
        issued_on=w.on,
        agreed=agreed,
        left_open=left_open,
        next_steps=lines(asked.next_steps),
        next_meeting=f"{in_words(following.held_on, following.held_time)}，{following.place}" if following else "",
    )


# ---- suspension


def suspension(w: Work) -> Suspension:
    entry = next((e for e in reversed(entries(w, "suspend")) if e.state_to == State.SUSPENDED), None)
    words = said(w, entry)
    entry = w.insist(entry, N_("中止的期限"), act="suspend")
    resume_on = date.fromisoformat(str(entry.particulars["resume_on"]))
    return Suspension(
        contract=w.case.title,
        workers=party(w.db, w.case, Side.WORKERS, w.on),
        employer=party(w.db, w.case, Side.EMPLOYER, w.on),
        reason=w.need(lines(words.get("reason", "")), N_("中止的原因"), act="suspend"),
        since=entry.done_on,
        resume_on=resume_on,
        days=(resume_on - entry.done_on).days,
        place=w.need(words.get("place", ""), N_("下次协商的地点"), act="suspend"),
        content=w.need(lines(words.get("content", "")), N_("下次协商的内容"), act="suspend"),
        basis=cited(w, "NEG-SUSPEND"),
    )


def _forced(w: Work) -> Side:
    entry = last_of(w, "suspend_for_force_majeure")
    return side_of(w.case, entry) if entry else Side.WORKERS


def force_majeure(w: Work) -> ForceMajeure:
    entry = last_of(w, "suspend_for_force_majeure")
    words = said(w, entry)
    entry = w.insist(entry, N_("不可抗力的情况"), act="suspend_for_force_majeure")
    side = side_of(w.case, entry)
    return ForceMajeure(
        addressee=name_of(w, side.other),
        own_side=SIDE_LABELS[side],
        contract=w.case.title,
        reason=w.need(lines(words.get("reason", "")), N_("不可抗力的情况"), act="suspend_for_force_majeure"),
        since=entry.done_on,
        basis=cited(w, "NEG-SUSPEND"),
        issuer=name_of(w, side),
        issued_on=w.on,
        number=w.number,
    )


def in_common(_w: Work) -> Organisation | None:
    """A paper of both sides: in nobody's name and number."""
    return None


def _has_suspended(facts: Facts) -> bool:
    return facts.day_of("SUSPENDED") is not None


TABLE = EITHER_SIDE | {Seat.RECORDER}

MEETINGS: tuple[Standard[Negotiation, Facts], ...] = (
    Standard(
        "meeting_notice", "", N_("集体协商会议通知"), "negotiation/meeting-notice.html", EITHER_SIDE, meeting_notice,
        lambda w: body(w.db, w.case, convener(w)), subjects=meetings, ready=lambda facts: bool(facts.meetings),
    ),
    Standard(
        "minutes", "H07", N_("集体协商会议记录"), "negotiation/minutes.html", TABLE, minutes, in_common,
        subjects=minuted, numbered=False, ready=lambda facts: bool(facts.held_meetings),
        titled=lambda record: f"集体协商会议记录（{ordinal(record.ordinal)}）",
    ),
    Standard(
        "summary", "H08", N_("集体协商会议纪要"), "negotiation/summary.html", TABLE, summary, in_common,
        asks=SummaryWords, subjects=minuted, numbered=False, ready=lambda facts: bool(facts.held_meetings),
        titled=lambda record: f"集体协商会议纪要（{ordinal(record.ordinal)}）",
    ),
    Standard(
        "suspension", "H09", N_("中止协商协议书"), "negotiation/suspension.html", EITHER_SIDE, suspension, in_common,
        numbered=False, ready=_has_suspended,
    ),
    Standard(
        "force_majeure", "", N_("中止协商情况说明"), "negotiation/force-majeure.html", EITHER_SIDE, force_majeure,
        lambda w: body(w.db, w.case, _forced(w)), ready=lambda facts: facts.case.force_majeure,
    ),
)  # fmt: skip
