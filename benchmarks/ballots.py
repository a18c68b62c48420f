"""A round of electronic ballots from the first encryption to the published result: 10 items of three choices, 500 voters.

    .venv/bin/python -m benchmarks.ballots [--ballots 500] [--items 10] [--sample 20] [--rounds 3] [--large 100000]

The ballots are made in Node by the script that voters' browsers run, and taken, counted, opened and verified in Python. What Python does without
libsodium is timed on a sample. Node's figures are by the clock, the others are the processor's time. Of the large number what goes by the ballot is
reckoned from the smaller one, and said to be; adding up and finding the numbers, which go by the number itself, are done, for five minutes at most.
"""

import argparse
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from typing import Any

from benchmarks.figures import machine, percentile, say, spread, table
from congress.ballots.e2e import ballot, groups, tally
from congress.ballots.e2e.ballot import Ballot
from congress.ballots.e2e.board import Entry, Kind
from congress.ballots.e2e.encoding import scalar_bytes
from congress.ballots.e2e.groups import Group
from tests.congress.ballots.cast import ITEMS, Hall, seed, verified
from tests.congress.ballots.script import produced

LONGEST, CHUNK = 300, 2000
"""Seconds of the processor, and how many ballots lie between two looks at them."""
BY_THE_BALLOT = ("take and check every ballot", "two tellers, who check everything first", "verify.py")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--ballots", type=int, default=500)
    ask.add_argument("--items", type=int, default=10)
    ask.add_argument("--sample", type=int, default=20, help="ballots that Python makes and checks without libsodium")
    ask.add_argument("--rounds", type=int, default=3, help="rounds over a sample, of which the medians and ranges are shown")
    ask.add_argument("--large", type=int, default=100_000, help="ballots of a round that is partly reckoned; 0 for none")
    asked = ask.parse_args()
    items = [replace(ITEMS[0], id=str(i), threshold=None) for i in range(asked.items)]
    hall = Hall(items=items, slips=asked.ballots)
    dice = random.Random(1)
    votes = [tuple(dice.randrange(3) for _ in items) for _ in range(asked.ballots)]

    say(f"{asked.ballots} ballots are made in Node …")
    made, in_node = by_node(hall, votes)
    rows = [
        ("make, Node", f"{percentile(in_node, 0.5):.1f} ({min(in_node):.1f}–{percentile(in_node, 0.95):.1f})"),
        ("the first of them", f"{in_node[0]:.1f}"),
    ]
    ways: list[Group] = [*filter(None, [groups.sodium()]), groups.Python()]
    for group in ways:
        say(f"A sample is made and checked by {group.name} …")
        steps: list[tuple[str, Callable[[int], object]]] = [
            ("make", partial(make, hall, votes, group)),
            ("check", partial(check, hall, made, group)),
        ]
        for what, step in steps:
            rows.append((f"{what}, {group.name}", spread([each(step, asked.sample) for _ in range(asked.rounds)])))
    say("The ballots are cast, counted, opened, verified …")
    whole = count(hall, made)
    print(machine(), end="\n\n")
    exported = whole.pop("bytes")
    print(f"A ballot of {asked.items} items has {hall.election.size:,} bytes, the export of the round {exported:,.0f}.\n")
    print(table(["one ballot", "ms, median (range)"], rows), end="\n\n")
    print(table([f"{asked.ballots} ballots", "processor s"], [(what, f"{seconds:.2f}") for what, seconds in whole.items()]), end="\n\n")
    if asked.large:
        say(f"The sums of {asked.large} ballots are made and read …")
        print(table([f"{asked.large:,} ballots", "processor s", "how"], large(hall, made, asked.large, whole, exported)))


def by_node(hall: Hall, votes: Sequence[tuple[int, ...]]) -> tuple[list[bytes], list[float]]:
    """The ballots, and the milliseconds of each."""
    voters = [
        {"sk": scalar_bytes(secret).hex(), "votes": list(chosen), "counter": 0, "seed": seed(f"ballot {i}").hex()}
        for i, (secret, chosen) in enumerate(zip(hall.secrets, votes, strict=True))
    ]
    of = hall.election
    election = {
        "manifest": of.manifest.hex(),
        "Y": of.key.hex(),
        "roll": [one.hex() for one in of.credentials],
        "shape": list(of.shape),
        "voters": voters,
    }
    answer = produced({"hashes": [], "slips": [], "election": election}, timeout=1200)
    return [bytes.fromhex(one["bytes"]) for one in answer["ballots"]], answer["times"]


def make(hall: Hall, votes: Sequence[Sequence[int]], group: Group, i: int) -> None:
    ballot.make(hall.election, hall.secrets[i], votes[i], 0, seed(f"ballot {i}"), group)


def check(hall: Hall, made: Sequence[bytes], group: Group, i: int) -> None:
    ballot.check(Ballot(made[i], hall.election), group)


def count(hall: Hall, made: Sequence[bytes]) -> dict[str, float]:
    """Seconds of the processor for each step; `bytes` of the export."""
    taken: dict[str, float] = {}

    def timed(what: str, step: Callable[[], Any]) -> Any:
        began = time.process_time()
        done = step()
        taken[what] = time.process_time() - began
        return done

    timed("take and check every ballot", lambda: [hall.board.append(Entry(Kind.BALLOT, one)) for one in made])
    hall.close()
    timed("add them up", lambda: hall.board.totals)
    timed("two tellers, who check everything first", lambda: hall.open(1, 2))
    timed("put their parts together and find the numbers", hall.publish)
    exported = timed("write the export", hall.exported)
    code, lines = timed("verify.py", lambda: verified(exported))
    assert code is None, lines
    taken["bytes"] = len(exported)
    return taken


def large(hall: Hall, made: Sequence[bytes], ballots: int, whole: Mapping[str, float], exported: float) -> list[tuple[str, str, str]]:
    times = ballots / len(made)
    rows = [(what, f"{times * whole[what]:,.0f}", f"reckoned, × {times:g}") for what in BY_THE_BALLOT]
    read = [Ballot(one, hall.election) for one in made]
    done, began = 0, time.process_time()
    while done < ballots and time.process_time() - began < LONGEST:
        next_ones = min(CHUNK, ballots - done)
        tally.aggregate(islice(cycle(read), next_ones), hall.election.ciphertexts, hall.group)
        done += next_ones
    spent = time.process_time() - began
    rows.append(("add them up", f"{spent * ballots / done:,.0f}", "done" if done == ballots else f"reckoned from {done:,}"))
    dice = random.Random(2)
    points = [hall.group.base(dice.randint(0, ballots)) for _ in range(hall.election.ciphertexts)]
    began = time.process_time()
    tally.discrete_logs(points, ballots, hall.group)
    rows.append(("find the numbers", f"{time.process_time() - began:.2f}", "done"))
    return [*rows, ("the export", f"{times * exported / 1e6:,.0f} MB", f"reckoned, × {times:g}")]


def each(step: Callable[[int], object], times: int) -> float:
    """Milliseconds of the processor for one, over so many."""
    began = time.process_time()
    for i in range(times):
        step(i)
    return 1000 * (time.process_time() - began) / times


if __name__ == "__main__":
    main()
