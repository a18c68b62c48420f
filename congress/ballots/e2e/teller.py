"""What a teller's own device does when the box is closed: believe nothing that it has not computed, and open one sum only."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from congress.ballots.e2e import tally
from congress.ballots.e2e.board import Board, Entry
from congress.ballots.e2e.encoding import Code, Rejected, digest
from congress.ballots.e2e.groups import Group, best
from congress.ballots.e2e.keys import parameters, secret_share


@dataclass
class Teller:
    """`opened` must outlast the device's restarts: two sums of one election that differ by a ballot would show that ballot."""

    number: int
    seed: bytes
    heads: set[bytes] = field(default_factory=set)
    """Every head that the device has seen."""
    opened: dict[bytes, bytes] = field(default_factory=dict)
    """HE → hash of the sums that this teller helped to open."""

    def see(self, head: bytes) -> None:
        self.heads.add(head)

    def open(self, entries: Iterable[Entry], random: bytes, group: Group | None = None) -> bytes:
        """This teller's parts, from the board made anew. Raises `Rejected`."""
        board = Board.replay(entries, group or best())
        if not self.heads <= set(board.heads):
            raise Rejected(Code.CHAIN, "a head that was seen is not on the board")
        if board.round is None or board.ceremony is None or len(board.counted) < board.round.min_ballots:
            raise Rejected(Code.FEW, "ballots")
        sums = digest("sums", *(point for total in board.totals for point in total))
        if self.opened.setdefault(board.election.digest, sums) != sums:
            raise Rejected(Code.SECOND)
        of = parameters(board.ceremony)
        share = secret_share(of, self.number, self.seed, board.reveals, board.sharings, board.group)
        return tally.parts(board.election.digest, self.number, share, board.totals, random, board.group)
