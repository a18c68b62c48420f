"""The words of the check-in desk and of the screen in the hall."""

from enum import StrEnum

from workflow.words import N_


class Move(StrEnum):
    """What a line of the presence book says of one person. UNDO takes back the line before it of the same person."""

    ARRIVE = "arrive"
    LATE = "late"
    LEAVE = "leave"
    UNDO = "undo"


MOVE_LABELS: dict[str, str] = {
    Move.ARRIVE: N_("签到"),
    Move.LATE: N_("迟到签到"),
    Move.LEAVE: N_("离场"),
    Move.UNDO: N_("撤销"),
}

HERE = (Move.ARRIVE, Move.LATE)


class Screen(StrEnum):
    """What the screen in the hall shows."""

    CHECK_IN = "check_in"
    VOTING = "voting"
    RESULT = "result"


SCREEN_LABELS: dict[str, str] = {
    Screen.CHECK_IN: N_("签到"),
    Screen.VOTING: N_("表决"),
    Screen.RESULT: N_("结果"),
}
