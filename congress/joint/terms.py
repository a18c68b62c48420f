"""The words of joint meetings (联席会议) between two meetings of a congress."""

from enum import StrEnum

from workflow.words import N_


class State(StrEnum):
    CALLED = "called"
    DECIDED = "decided"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    CALLED_OFF = "called_off"


JOINT_STATE_LABELS: dict[str, str] = {
    State.CALLED: N_("已召集"),
    State.DECIDED: N_("待大会确认"),
    State.CONFIRMED: N_("大会已确认"),
    State.REFUSED: N_("未获确认"),
    State.CALLED_OFF: N_("不再召开"),
}

STAGES = (
    ("call", N_("召集"), frozenset({State.CALLED})),
    ("decide", N_("作出决定"), frozenset({State.DECIDED})),
    ("confirm", N_("大会确认"), frozenset({State.CONFIRMED, State.REFUSED, State.CALLED_OFF})),
)
