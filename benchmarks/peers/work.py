"""How every maker of documents is driven: it reads a number of documents a line, and answers with the seconds of each, the processor's
seconds of all and of what it started, its peak memory in MB, and the bytes of the last document."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path


def processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak() -> float:
    """MB, of the largest process. Of this one by what the kernel says of it: its resource usage begins with what its parent held."""
    own = next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1e3


def serve(make: Callable[[], bytes]) -> None:
    for line in sys.stdin:
        seconds, before, made = [], processor(), b""
        for _ in range(int(line)):
            began = time.perf_counter()
            made = make()
            seconds.append(time.perf_counter() - began)
        answer = {"seconds": seconds, "processor": processor() - before, "memory": peak(), "bytes": len(made)}
        print(json.dumps(answer), flush=True)
