"""The public board of one round: an append-only chain that takes an entry only if the protocol allows it there, and says why not.

What stands on it needs no secret and no database: the board is made again from its entries, by the server as by anybody else.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from congress.ballots.e2e import tally
from congress.ballots.e2e.ballot import (
    Ballot,
    Election,
    Opening,
    Round,
    check_header,
    check_points,
    check_proofs,
    check_signature,
    election,
    opened_digest,
)
from congress.ballots.e2e.encoding import Code, Rejected, digest, enc, to_base64, tracker, u16, u32
from congress.ballots.e2e.groups import Group, best, read_point
from congress.ballots.e2e.keys import Ceremony, Parameters, Reveal, check_reveal, fingerprint, joint_key, parameters, public_share

BEGINNING = bytes(32)
"""What the first head follows."""


class Kind(StrEnum):
    CEREMONY = "ceremony"
    CREDENTIALS = "creds"
    ROUND = "round"
    BALLOT = "ballot"
    SPOIL = "spoil"
    CLOSE = "close"
    SHARE = "share"
    RESULT = "result"
    VOID = "void"


class Step(StrEnum):
    """The steps of the ceremony; the first byte of such an entry is the number of its step."""

    MANIFEST = "manifest"
    COMMIT = "commit"
    REVEAL = "reveal"
    SHARES = "shares"


STEPS = tuple(Step)


@dataclass(frozen=True)
class Entry:
    kind: Kind
    payload: bytes


@dataclass(frozen=True)
class Receipt:
    """Proves that the ballot of this tracker stands on the board, not what it holds."""

    tracker: str
    seq: int
    head: bytes
    signature: bytes

    def __str__(self) -> str:
        return f"{self.tracker} {self.seq} {to_base64(self.head)} {to_base64(self.signature)}"


def next_head(head: bytes, entry: Entry) -> bytes:
    return digest("entry", head, entry.kind.encode(), entry.payload)


def signed_words(seq: int, head: bytes) -> bytes:
    """What the server signs, by Ed25519."""
    return enc("head", u32(seq), head)


def ceremony_entry(step: Step, payload: bytes, teller: int = 0) -> Entry:
    """Of every step but the first, the teller's number comes before what he sends."""
    number = u16(teller) if step is not Step.MANIFEST else b""
    return Entry(Kind.CEREMONY, bytes([STEPS.index(step)]) + number + payload)


@dataclass
class Board:
    """`append` raises `Rejected` and leaves the board as it was."""

    group: Group = field(default_factory=best)
    entries: list[Entry] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)

    ceremony: Ceremony | None = None
    commitments: dict[int, bytes] = field(default_factory=dict)
    reveals: dict[int, Reveal] = field(default_factory=dict)
    sharings: dict[int, bytes] = field(default_factory=dict)
    credentials: tuple[bytes, ...] = ()
    round: Round | None = None
    counters: dict[bytes, int] = field(default_factory=dict)
    """Credential → the counter of its last ballot."""
    void: set[bytes] = field(default_factory=set)
    is_closed: bool = False
    parts: dict[int, list[bytes]] = field(default_factory=dict)
    result: tally.Result | None = None
    _election: Election | None = None
    _parameters: Parameters | None = None
    _counted: dict[bytes, Ballot] = field(default_factory=dict)
    _ballots: int = 0
    _points: set[bytes] = field(default_factory=set)
    _digests: set[bytes] = field(default_factory=set)
    _totals: list[tally.Ciphertext] | None = None

    @classmethod
    def replay(cls, entries: Iterable[Entry], group: Group | None = None) -> "Board":
        board = cls(group or best())
        for number, entry in enumerate(entries):
            try:
                board.append(entry)
            except Rejected as error:
                raise Rejected(error.code, f"entry {number} {error.where}".rstrip()) from error
        return board

    def append(self, entry: Entry) -> bytes:
        """The new head."""
        self._take(entry)
        self.entries.append(entry)
        self.heads.append(next_head(self.head, entry))
        return self.head

    def cast(self, data: bytes, sign: Callable[[bytes], bytes]) -> Receipt:
        self.append(Entry(Kind.BALLOT, data))
        return self.receipt(Ballot(data, self.election).tracker, sign)

    def spoil(self, promised: bytes, opening: Opening, sign: Callable[[bytes], bytes]) -> Receipt:
        """The voter challenged his device instead of casting: `promised` is the HB of the tracker that it showed."""
        self.append(Entry(Kind.SPOIL, promised + bytes(opening)))
        return self.receipt(tracker(promised), sign)

    def receipt(self, shown: str, sign: Callable[[bytes], bytes]) -> Receipt:
        seq = len(self.entries) - 1
        return Receipt(shown, seq, self.head, sign(signed_words(seq, self.head)))

    @property
    def head(self) -> bytes:
        return self.heads[-1] if self.heads else BEGINNING

    @property
    def election(self) -> Election:
        if self._election is None:
            raise Rejected(Code.ORDER, "no round")
        return self._election

    @property
    def counted(self) -> list[Ballot]:
        """One ballot a credential: the one with the highest counter, or with counter 0 where the first one stands."""
        return [self._counted[credential] for credential in sorted(self._counted)]

    @property
    def totals(self) -> list[tally.Ciphertext]:
        """The sums of what is counted; of an open box nobody needs them."""
        if not self.is_closed:
            raise Rejected(Code.ORDER, "not closed")
        if self._totals is None:
            self._totals = tally.aggregate(self.counted, self.election.ciphertexts, self.group)
        return self._totals

    def public_share(self, teller: int) -> bytes:
        return public_share(self._of, teller, self.reveals, self.group)

    def computed_result(self) -> tally.Result:
        """From the parts on the board. Raises `Rejected` if there are fewer than k."""
        counted = len(self._counted)
        points = tally.opened(self.totals, self.parts, self._of.k, self.group)
        return tally.result(tally.discrete_logs(points, counted, self.group), self.election.shape, counted)

    # Entries

    def _take(self, entry: Entry) -> None:
        takes = {
            Kind.CEREMONY: self._take_ceremony,
            Kind.CREDENTIALS: self._take_credentials,
            Kind.ROUND: self._take_round,
            Kind.BALLOT: self._take_ballot,
            Kind.SPOIL: self._take_spoil,
            Kind.VOID: self._take_void,
            Kind.CLOSE: self._take_close,
            Kind.SHARE: self._take_share,
            Kind.RESULT: self._take_result,
        }
        takes[entry.kind](entry.payload)

    @property
    def _of(self) -> Parameters:
        if self._parameters is None:
            raise Rejected(Code.ORDER, "no ceremony")
        return self._parameters

    @property
    def _taken(self) -> dict[Step, Collection[int]]:
        """Step → the tellers who have done it."""
        return {Step.COMMIT: self.commitments.keys(), Step.REVEAL: self.reveals.keys(), Step.SHARES: self.sharings.keys()}

    def _take_ceremony(self, payload: bytes) -> None:
        step = self._step_now()
        if payload[:1] != bytes([STEPS.index(step)]):
            raise Rejected(Code.ORDER, f"{step} expected")
        if step is Step.MANIFEST:
            self.ceremony = Ceremony(payload[1:])
            self._parameters = parameters(self.ceremony)
            return
        teller, sent = int.from_bytes(payload[1:3], "big"), payload[3:]
        if not 1 <= teller <= self._of.n or teller in self._taken[step]:
            raise Rejected(Code.ORDER, f"teller {teller}")
        if step is Step.COMMIT:
            self._take_commitment(teller, sent)
        elif step is Step.REVEAL:
            shown = Reveal.read(sent, self._of.k)
            check_reveal(self._of, teller, self.commitments[teller], shown, self.group)
            self.reveals[teller] = shown
        else:
            if len(sent) != 96 * self._of.n:
                raise Rejected(Code.LENGTH, f"teller {teller}")
            self.sharings[teller] = sent

    def _step_now(self) -> Step:
        if self.ceremony is None:
            return Step.MANIFEST
        for step, taken in self._taken.items():
            if len(taken) < self._of.n:
                return step
        raise Rejected(Code.ORDER, "the ceremony is over")

    def _take_commitment(self, teller: int, sent: bytes) -> None:
        if len(sent) != 32:
            raise Rejected(Code.LENGTH, f"teller {teller}")
        self.commitments[teller] = sent

    def _take_credentials(self, payload: bytes) -> None:
        if self.ceremony is None or len(self.sharings) < self._of.n or self.credentials:
            raise Rejected(Code.ORDER)
        if not payload or len(payload) % 32:
            raise Rejected(Code.LENGTH)
        credentials = tuple(payload[at : at + 32] for at in range(0, len(payload), 32))
        if any(one >= other for one, other in zip(credentials, credentials[1:], strict=False)):
            raise Rejected(Code.CREDENTIAL, "not sorted")
        for number, credential in enumerate(credentials):
            read_point(self.group, credential, f"credential {number}")
        self.credentials = credentials

    def _take_round(self, payload: bytes) -> None:
        if not self.credentials or self.round is not None:
            raise Rejected(Code.ORDER)
        round = Round(payload)
        assert self.ceremony
        if (round.congress, round.key, round.ceremony) != (
            self.ceremony.congress,
            joint_key(self.reveals, self.group),
            fingerprint(self.reveals),
        ):
            raise Rejected(Code.MANIFEST, "of another ceremony")
        self.round, self._election = round, election(round, self.credentials)

    def _take_ballot(self, payload: bytes) -> None:
        """The cheap checks first: nobody is to keep the server busy with rubbish."""
        self._must_be_open()
        ballot = Ballot(payload, self.election)
        check_header(ballot)
        if ballot.credential in self.void:
            raise Rejected(Code.VOID)
        self._check_counter(ballot)
        check_signature(ballot, self.group)
        check_points(ballot, self._points, self.group)
        if ballot.digest in self._digests:
            raise Rejected(Code.REPEATED)
        check_proofs(ballot, self.group)
        self.counters[ballot.credential] = ballot.counter
        self._counted[ballot.credential] = ballot
        self._ballots += 1
        self._points.update(ballot.points)
        self._digests.add(ballot.digest)

    def _check_counter(self, ballot: Ballot) -> None:
        assert self.round
        if ballot.counter <= self.counters.get(ballot.credential, -1) or (self.round.revote == "first" and ballot.counter > 0):
            raise Rejected(Code.COUNTER)

    def _take_spoil(self, payload: bytes) -> None:
        self._must_be_open()
        promised, opening = payload[:32], Opening.read(payload[32:], self.election)
        if opening.credential not in self.election.roll:
            raise Rejected(Code.CREDENTIAL)
        if opened_digest(self.election, opening, self.group) != promised:
            raise Rejected(Code.SPOIL)
        if promised in self._digests:
            raise Rejected(Code.REPEATED)
        self._digests.add(promised)

    def _take_void(self, payload: bytes) -> None:
        """A slip that came back unused. One that has cast cannot be taken back: nobody knows whose it is."""
        if not self.credentials or self.is_closed:
            raise Rejected(Code.ORDER)
        if payload not in self.credentials:
            raise Rejected(Code.CREDENTIAL)
        if payload in self.void or payload in self.counters:
            raise Rejected(Code.VOID)
        self.void.add(payload)

    def _take_close(self, payload: bytes) -> None:
        self._must_be_open()
        if payload != u32(self._ballots):
            raise Rejected(Code.ORDER, "number of ballots")
        self.is_closed = True

    def _take_share(self, payload: bytes) -> None:
        if not self.is_closed or self.result is not None or self.round is None:
            raise Rejected(Code.ORDER)
        if len(self._counted) < self.round.min_ballots:
            raise Rejected(Code.FEW, "ballots")
        teller, sent = tally.read_parts(payload, self.election.ciphertexts)
        if not 1 <= teller <= self._of.n or teller in self.parts:
            raise Rejected(Code.SHARE, f"teller {teller}")
        self.parts[teller] = tally.check_parts(self.election.digest, teller, self.public_share(teller), self.totals, sent, self.group)

    def _take_result(self, payload: bytes) -> None:
        if not self.is_closed or self.result is not None or self.round is None:
            raise Rejected(Code.ORDER)
        computed = self.computed_result()
        tally.check_written(payload, computed, self.round)
        self.result = computed

    def _must_be_open(self) -> None:
        if self.round is None or self.is_closed:
            raise Rejected(Code.ORDER)
