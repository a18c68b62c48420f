"""The words of what members do before a vote."""

from enum import StrEnum

from workflow.words import N_


class Voice(StrEnum):
    """Whose opinion it is."""

    OWN = "own"
    DELEGATION = "delegation"
    PAPER = "paper"


VOICE_LABELS: dict[str, str] = {
    Voice.OWN: N_("代表本人的意见"),
    Voice.DELEGATION: N_("代表团的意见"),
    Voice.PAPER: N_("登记书面意见"),
}
