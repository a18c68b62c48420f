"""Deadlines worked out by hand, row by row; the reason stands beside each in gold.csv."""

import csv
from datetime import date
from pathlib import Path

import pytest

from workflow.law.due import compute

ROWS = list(csv.DictReader((Path(__file__).parent / "gold.csv").open(encoding="utf-8")))


def test_the_table_is_as_long_as_it_should_be():
    assert len(ROWS) >= 120


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']} {row['in'] or 'CN'} {row['kind']} {row['from']}")
def test_the_deadline_is_the_one_worked_out_by_hand(row):
    answer = compute(row["rule"], date.fromisoformat(row["from"]), row["in"] or "000000", row["kind"] or None)
    assert (answer.due.isoformat(), answer.provisional) == (row["due"], row["provisional"] == "yes"), f"{row['reason']}: {answer.in_words}"
