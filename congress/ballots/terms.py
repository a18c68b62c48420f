"""The words of electronic ballots: boxes, rounds, keys, slips. One English identifier for one Chinese term."""

from enum import StrEnum

from workflow.words import N_


class Box(StrEnum):
    """What a round's ballots are put into."""

    E2E = "e2e"
    PLAIN = "plain"
    PAPER = "paper"
    HANDS = "hands"


BOX_LABELS: dict[str, str] = {
    Box.E2E: N_("加密票箱，人人可验"),
    Box.PLAIN: N_("普通电子票箱"),
    Box.PAPER: N_("纸质票箱"),
    Box.HANDS: N_("举手表决"),
}

ELECTRONIC = (Box.E2E, Box.PLAIN)


class RoundState(StrEnum):
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    CERTIFIED = "certified"
    VOID = "void"


ROUND_LABELS: dict[str, str] = {
    RoundState.PREPARED: N_("待开始"),
    RoundState.OPEN: N_("正在投票"),
    RoundState.CLOSED: N_("已封箱，待开箱计票"),
    RoundState.COUNTED: N_("已计票，待确认"),
    RoundState.CERTIFIED: N_("结果已确认"),
    RoundState.VOID: N_("本轮作废"),
}

LIVE_ROUNDS = (RoundState.PREPARED, RoundState.OPEN, RoundState.CLOSED, RoundState.COUNTED)
"""Rounds whose items wait for a result."""


class KeysState(StrEnum):
    """How far the tellers' ceremony has come; READY once k of them have opened the rehearsal."""

    GATHERING = "gathering"
    COMMITTED = "committed"
    REVEALED = "revealed"
    SHARED = "shared"
    READY = "ready"
    ABANDONED = "abandoned"


KEYS_LABELS: dict[str, str] = {
    KeysState.GATHERING: N_("等监票人承诺"),
    KeysState.COMMITTED: N_("等监票人公开公钥"),
    KeysState.REVEALED: N_("等监票人分发密钥份额"),
    KeysState.SHARED: N_("等试开箱"),
    KeysState.READY: N_("钥匙可用"),
    KeysState.ABANDONED: N_("已放弃"),
}


class SlipState(StrEnum):
    PRINTED = "printed"
    VOID = "void"
    PAPER = "paper"


class Revote(StrEnum):
    """Which ballot of a slip counts."""

    LAST = "last"
    FIRST = "first"


REVOTE_LABELS: dict[str, str] = {
    Revote.LAST: N_("封箱以前可以改投，以最后一次为准"),
    Revote.FIRST: N_("投出以后不能再改"),
}
