"""How figures are taken and shown: medians of interleaved rounds, percentiles, and the machine they were taken on."""

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from statistics import median
from unicodedata import east_asian_width

import psycopg

from workflow.database import sqlite_module

ROOT = Path(__file__).resolve().parent.parent


def say(words: str) -> None:
    """Progress, beside the results."""
    print(words, file=sys.stderr, flush=True)


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank: the smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]


def spread(values: Sequence[float]) -> str:
    """Median, and the lowest and highest round."""
    return f"{median(values):.1f} ({min(values):.1f}–{max(values):.1f})"


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown, the first column to the left and the others to the right."""
    lines = [list(map(str, row)) for row in (head, *rows)]
    widths = [max(_width(line[i]) for line in lines) for i in range(len(head))]
    rule = ["-" * widths[0], *("-" * (w - 1) + ":" for w in widths[1:])]
    lines.insert(1, rule)
    return "\n".join("| " + " | ".join(_pad(cell, widths[i], left=i == 0) for i, cell in enumerate(line)) + " |" for line in lines)


def machine() -> str:
    """What the figures hang on, and how busy it was beside them."""
    cpu = next((line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    memory = next((int(line.split()[1]) / 1e6 for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0.0)
    load = " ".join(f"{one:.2f}" for one in os.getloadavg())
    return (
        f"{os.cpu_count()} × {cpu}, {memory:.0f} GB, {platform.system()} {platform.release()}, Python {platform.python_version()}, "
        f"SQLite {sqlite_module().sqlite_version}; load average {load}; commit {_commit()}"
    )


def server_version(url: str) -> str:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        return f"PostgreSQL {connection.info.server_version // 10000}.{connection.info.server_version % 10000}"


def memory_of(pid: int) -> float:
    """Resident, in MB."""
    return next((int(line.split()[1]) / 1e3 for line in _lines(f"/proc/{pid}/status") if line.startswith("VmRSS")), 0.0)


def processor_of(pid: int) -> float:
    """Seconds of the processor that a process has used so far."""
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")


def _commit() -> str:
    run = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return run.stdout.strip() or "unknown"


def _lines(path: str) -> list[str]:
    return Path(path).read_text().splitlines() if Path(path).exists() else []


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int, *, left: bool) -> str:
    space = " " * (width - _width(text))
    return text + space if left else space + text
