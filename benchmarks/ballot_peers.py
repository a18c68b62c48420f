"""One ballot of 10 items of three choices, made and checked by heyi, by the algorithms of Helios and by Belenios' own tool, in turns.

    .venv/bin/python -m benchmarks.ballot_peers [--ballots 5] [--items 10] [--rounds 3]

Milliseconds of the processor. The tool of Belenios starts anew for each ballot and reads the election: what an election without ballots
takes to verify is taken off its checks, and making a ballot is given with the start. Where the tool is not installed, Belenios is left out.
"""

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.ballots import check, make
from benchmarks.figures import machine, say, spread, table
from benchmarks.peers import belenios, helios
from congress.ballots.e2e import ballot, groups
from congress.ballots.e2e.groups import Group
from tests.congress.ballots.cast import ITEMS, Hall, seed

Measure = Callable[[], tuple[float, float]]
"""Milliseconds for making and for checking one ballot."""


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--ballots", type=int, default=5, help="a round")
    ask.add_argument("--items", type=int, default=10)
    ask.add_argument("--rounds", type=int, default=3)
    asked = ask.parse_args()
    dice = random.Random(1)
    votes = [tuple(dice.randrange(3) for _ in range(asked.items)) for _ in range(asked.ballots)]
    with tempfile.TemporaryDirectory() as folder:
        contenders = dict(_contenders(votes, Path(folder)))
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in contenders}
        for number in range(asked.rounds):
            say(f"Round {number + 1} of {asked.rounds} …")
            for name, (measure, _) in sorted(contenders.items(), key=lambda one: dice.random()):
                taken[name].append(measure())
    ours = statistics.median(checked for _, checked in taken[next(iter(contenders))])
    rows = [
        (
            name,
            spread([made for made, _ in taken[name]]),
            spread([checked for _, checked in taken[name]]),
            f"{statistics.median(checked for _, checked in taken[name]) / ours:.1f}",
            f"{size:,}",
        )
        for name, (_, size) in contenders.items()
    ]
    print(machine(), end="\n\n")
    print(table(["one ballot, ms of the processor", "make", "check", "to heyi's check", "bytes"], rows))


def _contenders(votes: Sequence[tuple[int, ...]], folder: Path) -> list[tuple[str, tuple[Measure, int]]]:
    items = [replace(ITEMS[0], id=str(i), threshold=None) for i in range(len(votes[0]))]
    hall = Hall(items=items, slips=len(votes))
    ways: list[Group] = [*filter(None, [groups.sodium()]), groups.Python()]
    found = [(f"heyi, {group.name}", (_of_heyi(hall, votes, group), hall.election.size)) for group in ways]
    say("A group for Helios is made …")
    found.append(("Helios' algorithms, Python, 2048 bits", _of_helios(votes)))
    if belenios.tool():
        say("An election is set up by the tool of Belenios …")
        found.append((f"belenios-tool {belenios.version()}, {belenios.GROUP}", _of_belenios(votes, folder)))
    return found


def _of_heyi(hall: Hall, votes: Sequence[tuple[int, ...]], group: Group) -> Measure:
    made = [ballot.make(hall.election, hall.secrets[i], chosen, 0, seed(f"ballot {i}")) for i, chosen in enumerate(votes)]
    return lambda: (_each(partial(make, hall, votes, group), len(votes)), _each(partial(check, hall, made, group), len(votes)))


def _of_helios(votes: Sequence[tuple[int, ...]]) -> tuple[Measure, int]:
    dice, of = random.Random(2), helios.group()
    _, key = helios.keys(of, dice)
    chosen = [_ones(one) for one in votes]
    made = [helios.make(of, key, one, dice) for one in chosen]

    def checked() -> None:
        assert all(helios.check(of, key, one) for one in made)

    return (
        lambda: (_timed(lambda: [helios.make(of, key, one, dice) for one in chosen], len(votes)), _timed(checked, len(votes))),
        len(json.dumps(made[0], default=vars)),
    )


def _of_belenios(votes: Sequence[tuple[int, ...]], folder: Path) -> tuple[Measure, int]:
    elections = 0

    def begun() -> belenios.Election:
        nonlocal elections
        elections += 1
        place = folder / str(elections)
        place.mkdir()
        return belenios.Election(place, len(votes[0]), 3, len(votes))

    def measure() -> tuple[float, float]:
        election = begun()
        empty = _timed(election.verify, 1, belenios.processor)
        made: list[str] = []
        making = _timed(lambda: made.extend(election.make(i, _ones(one)) for i, one in enumerate(votes)), len(votes), belenios.processor)
        for one in made:
            election.cast(one)
        whole = _timed(election.verify, 1, belenios.processor)
        return making, (whole - empty) / len(votes)

    return measure, len(begun().make(0, _ones(votes[0])))


def _ones(chosen: Sequence[int]) -> list[list[int]]:
    """As Helios and Belenios write a choice: a one among noughts."""
    return [[int(answer == one) for answer in range(3)] for one in chosen]


def _each(step: Callable[[int], None], times: int) -> float:
    def every() -> None:
        for number in range(times):
            step(number)

    return _timed(every, times)


def _timed(step: Callable[[], object], times: int, clock: Callable[[], float] = time.process_time) -> float:
    began = clock()
    step()
    return 1000 * (clock() - began) / times


if __name__ == "__main__":
    main()
