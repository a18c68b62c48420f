"""The seam between a round and what its ballots are put into. A box never sees a delegate, a name or a request."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol

from congress.ballots.e2e.board import Receipt
from congress.ballots.models import CastMark, Slip
from congress.models import Item
from workflow.words import N_

CHOICES = ("赞成", "反对", "弃权")
"""In the order in which they are counted; part of what is published, so they stay Chinese."""


class Refusal(StrEnum):
    """Why a ballot is not taken."""

    CLOSED = "closed"
    SLIP = "slip"
    ON_PAPER = "on-paper"
    CODE = "code"
    PIN = "pin"
    LOCKED = "locked"
    FULL = "full"
    REPEATED = "repeated"
    TOO_MANY = "too-many"
    BALLOT = "ballot"


REFUSALS: dict[str, str] = {
    Refusal.CLOSED: N_("这一轮没有在投票，您的票没有投出。请看大屏幕。"),
    Refusal.SLIP: N_("这张选票条不能用于这一轮投票。请到监票台。"),
    Refusal.ON_PAPER: N_("这张选票条已经换成纸票，请投纸票。"),
    Refusal.CODE: N_("会场码不对，请看大屏幕上的六位数字。"),
    Refusal.PIN: N_("PIN码不对，请核对后再投。"),
    Refusal.LOCKED: N_("PIN码错了五次，这张选票条不能再用手机投票。请到监票台换纸票。"),
    Refusal.FULL: N_("投出的票已经与到会人数一样多，请到监票台核对。"),
    Refusal.REPEATED: N_("这张选票条已经投过票，不能再改。"),
    Refusal.TOO_MANY: N_("赞成的候选人多于应选人数，请减少后再投。"),
    Refusal.BALLOT: N_("这张票读不出来，请刷新页面重新选择，或者到监票台换纸票。"),
}


class NotTaken(Exception):
    def __init__(self, why: Refusal) -> None:
        super().__init__(why)
        self.why = why


class Vote(Protocol):
    """A ballot as it was sent."""

    @property
    def slip(self) -> bytes:
        """Key of the slip that it was made with."""

    @property
    def counter(self) -> int:
        """The how-manyth of its slip, from 0."""

    def check(self) -> None:
        """All that can be said of it without the box; may take long. Raises `NotTaken`."""


class BallotBox(Protocol):
    """What lies in a box is known to nobody before `totals`."""

    def begin(self, items: Sequence[Item], slips: Sequence[Slip]) -> None:
        """The round opens: from here on its text and its slips are frozen."""

    def read(self, data: bytes) -> Vote:
        """Raises `NotTaken`."""

    def put_in(self, vote: Vote, mark: CastMark | None) -> Receipt | None:
        """`mark` is that of the slip, if it has voted before; the caller holds the round's row. Raises `NotTaken`."""

    def seal(self) -> None:
        """The round closes."""

    def totals(self) -> dict[int, tuple[int, int, int]]:
        """Item → votes in favour, against, abstained."""
