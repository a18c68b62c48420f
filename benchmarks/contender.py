"""The program itself as one of those measured by `benchmarks.acts`: reads how many cases to run, answers with the seconds of each act."""

import json
import sys

from benchmarks.line import Line
from workflow.database import Database


def main(url: str) -> None:
    database = Database(url)
    number = 0
    for line in sys.stdin:
        seconds, worked = list[float](), 0.0
        for _ in range(int(line)):
            number += 1
            for _, taken, processor in Line.begun(database, number).acts():
                seconds.append(taken)
                worked += processor
        print(json.dumps({"seconds": seconds, "processor": worked}), flush=True)
    database.close()


if __name__ == "__main__":
    main(sys.argv[1])
