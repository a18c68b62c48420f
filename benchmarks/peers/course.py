"""What every peer runs: the process as a table of moves, and the acts of one case. Reads how many cases to run, answers with the seconds of each act.

Only the standard library, since the peers live in an environment of their own.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time
from typing import NamedTuple


class Move(NamedTuple):
    act: str
    source: str
    to: str


class Course:
    def __init__(self, path: str) -> None:
        told = json.loads(Path(path).read_text())
        self.initial: str = told["initial"]
        self.states: list[str] = told["states"]
        self.moves = [Move(*one) for one in told["moves"]]
        """Every row of the table of acts; those that stay lead back to their source."""
        self.walk = [Move(*one) for one in told["walk"]]
        """What is done in one case, in order."""

    def serve(self, begin: Callable[[], int], do: Callable[[int, Move], None], size: Callable[[int], int]) -> None:
        """`begin` makes a case and gives its number, `do` makes one move durable, `size` tells the bytes of a finished case."""
        for line in sys.stdin:
            seconds, worked = [], 0.0
            for _ in range(int(line)):
                case = begin()
                for move in self.walk:
                    began, before = perf_counter(), process_time()
                    do(case, move)
                    seconds.append(perf_counter() - began)
                    worked += process_time() - before
            print(json.dumps({"seconds": seconds, "processor": worked, "bytes": size(case)}), flush=True)


PRAGMAS = ("busy_timeout=15000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000")
"""As the program itself sets them."""
