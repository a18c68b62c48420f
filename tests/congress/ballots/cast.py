"""A small congress that votes: three tellers of whom two open the box, a dozen slips, two items. All of it from fixed seeds."""

import hashlib
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from congress import verify
from congress.ballots.e2e import ballot, export, keys
from congress.ballots.e2e.board import BEGINNING, Board, Entry, Kind, Receipt, Step, ceremony_entry, next_head, signed_words
from congress.ballots.e2e.encoding import u32
from congress.ballots.e2e.groups import Group, best
from congress.ballots.e2e.teller import Teller

CONGRESS = "hongxing-2026"
TELLERS = ["周监票", "吴监票", "郑监票"]
CHOICES = ("赞成", "反对", "弃权")
ITEMS = (
    ballot.Item("wage", "2026年工资集体合同（草案）", CHOICES, ballot.Threshold(12, "gt_half")),
    ballot.Item("bonus", "年终奖分配办法", CHOICES),
)


def seed(name: str, size: int = 32) -> bytes:
    """Fixed, so that a fault can be made again."""
    return hashlib.sha512(name.encode()).digest()[:size]


@dataclass
class Hall:
    """Everybody in the hall with what is his: the server's key, the tellers' seeds, the slips."""

    items: Sequence[ballot.Item] = ITEMS
    slips: int = 12
    k: int = 2
    n: int = 3
    revote: str = "last"
    min_ballots: int = 5
    group: Group = field(default_factory=best)

    def __post_init__(self) -> None:
        self.server = Ed25519PrivateKey.from_private_bytes(seed("server"))
        self.tellers = [Teller(i, seed(f"teller {i}")) for i in range(1, self.n + 1)]
        self.secrets = sorted(
            (ballot.credential_secret(CONGRESS, seed(f"slip {i}", 16)) for i in range(self.slips)), key=lambda sk: self.group.base(sk)
        )
        self.credentials = [self.group.base(secret) for secret in self.secrets]
        self.board = Board(self.group)
        self._hold_ceremony()
        self.board.append(Entry(Kind.CREDENTIALS, b"".join(self.credentials)))
        round = ballot.Round.of(
            congress=CONGRESS,
            round="1",
            title="第一次表决",
            items=self.items,
            ceremony=keys.fingerprint(self.board.reveals),
            key=keys.joint_key(self.board.reveals, self.group),
            revote=self.revote,
            min_ballots=self.min_ballots,
        )
        self.board.append(Entry(Kind.ROUND, round.manifest))

    def _hold_ceremony(self) -> None:
        names = [*TELLERS, *(f"监票人{i}" for i in range(4, 20))][: self.n]
        ceremony = keys.Ceremony.of(CONGRESS, names, self.k, self.server.public_key().public_bytes_raw())
        of = keys.parameters(ceremony)
        shown = {t.number: keys.reveal(of, t.number, t.seed, self.group) for t in self.tellers}
        self.board.append(ceremony_entry(Step.MANIFEST, ceremony.manifest))
        for i, one in shown.items():
            self.board.append(ceremony_entry(Step.COMMIT, keys.commitment(of, i, one), i))
        for i, one in shown.items():
            self.board.append(ceremony_entry(Step.REVEAL, bytes(one), i))
        for t in self.tellers:
            self.board.append(ceremony_entry(Step.SHARES, keys.shares(of, t.number, t.seed, shown, self.group), t.number))

    @property
    def election(self) -> ballot.Election:
        return self.board.election

    def fill(self, slip: int, votes: Sequence[int], counter: int = 0, name: str = "") -> bytes:
        """A ballot, not cast yet."""
        made_from = seed(f"ballot {slip} {counter} {name}")
        return ballot.make(self.election, self.secrets[slip], votes, counter, made_from, self.group)

    def vote(self, slip: int, votes: Sequence[int], counter: int = 0) -> Receipt:
        return self.board.cast(self.fill(slip, votes, counter), self.server.sign)

    def challenge(self, slip: int, votes: Sequence[int], counter: int = 0) -> Receipt:
        opening = ballot.Opening(self.credentials[slip], counter, seed(f"challenge {slip}"), tuple(votes))
        return self.board.spoil(ballot.opened_digest(self.election, opening, self.group), opening, self.server.sign)

    def void(self, slip: int) -> None:
        self.board.append(Entry(Kind.VOID, self.credentials[slip]))

    def close(self) -> None:
        cast = sum(entry.kind is Kind.BALLOT for entry in self.board.entries)
        self.board.append(Entry(Kind.CLOSE, u32(cast)))

    def open(self, *tellers: int) -> None:
        for i in tellers:
            self.board.append(Entry(Kind.SHARE, self.tellers[i - 1].open(self.board.entries, b"", self.group)))

    def publish(self) -> None:
        assert self.board.round
        self.board.append(Entry(Kind.RESULT, self.board.computed_result().written(self.board.round)))

    def exported(self) -> bytes:
        return sealed(self.board.entries, self.board.heads[-1], self.server)


def sealed(entries: Sequence[Entry], head: bytes, server: Ed25519PrivateKey) -> bytes:
    """An export as the server signs it, whatever is on it."""
    return export.export(entries, head, server.sign(signed_words(len(entries) - 1, head)))


def rechained(entries: Sequence[Entry], server: Ed25519PrivateKey) -> bytes:
    """The same by a server that cheats: the chain is made anew behind what was changed, and signed."""
    head = BEGINNING
    for entry in entries:
        head = next_head(head, entry)
    return sealed(entries, head, server)


def verified(data: bytes, *arguments: str) -> tuple[str | None, list[str]]:
    """What the stand-alone verifier answers: the code of the first fault or None, and its lines."""
    lines: list[str] = []
    asked: Namespace = verify.options(["-", *arguments])
    return verify.verify(data, asked, lines.append), lines


def voted(group: Group | None = None) -> Hall:
    """Seven slips vote, one of them again; one device is challenged, one slip comes back unused. Two tellers open the box."""
    hall = Hall(group=group or best())
    hall.void(11)
    for slip, votes in enumerate([(0, 0), (0, 1), (0, 2), (1, 0), (0, 0), (2, 2), (0, 1)]):
        hall.vote(slip, votes)
    hall.challenge(7, (1, 1))
    hall.vote(3, (0, 0), counter=1)
    hall.close()
    hall.open(1, 3)
    hall.publish()
    return hall
