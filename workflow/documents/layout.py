"""What lies between the blocks of a page, whatever it is made with: which blocks stay together, and how wide words are."""

from collections.abc import Sequence
from datetime import timedelta, timezone
from math import ceil
from unicodedata import east_asian_width

from workflow.documents.vocabulary import Block, Cell, Closing, Grid, Masthead, Paragraph, Role, Title, text_of

CIVIL_TIME = timezone(timedelta(hours=8))
MEASURE, PAGE = 442.2, 637.8
"""Of the type area, in points: 156 mm by 225 mm."""
CELL, CELL_LINE, CELL_SIDES, CELL_ENDS = 12, 17, 8, 9
"""Of a ruled table, in points: its type, a line of it, and what a cell keeps free beside and above its lines."""
MOST_LOST = PAGE / 3
"""A table that stays whole leaves at most so much of a page empty above it; a higher one is divided between rows."""


def role_of(one: Block) -> Role | None:
    return one.role if isinstance(one, Paragraph) else None


def is_front(one: Block) -> bool:
    """Masthead, titles and what belongs to them; one blank line follows the last."""
    return isinstance(one, Masthead | Title) or role_of(one) in (Role.TITLE_NOTE, Role.NUMBER)


def is_kept(blocks: Sequence[Block], number: int) -> bool:
    """Whether the block at `number` stays with the next.

    A paragraph stays with the table that it announces; the last before 以下无正文 and the last two before a closing stay
    with it, so that no page carries signatures alone.
    """
    following = [other for other in blocks[number + 1 : number + 4] if role_of(other) is not Role.ANNEXES]
    if following and (role_of(following[0]) is Role.END or isinstance(following[0], Grid)):
        return True
    return any(isinstance(other, Closing) for other in following[:2])


def ems(text: str) -> float:
    """Width of a line in characters: a Han character or full mark is one, a Latin letter half."""
    return sum(1.0 if east_asian_width(one) in "WFA" else 0.5 for one in text)


def stays_whole(grid: Grid) -> bool:
    return sum(heights(grid)) <= MOST_LOST


def has_whole_rows(grid: Grid) -> bool:
    """Whether none of its rows is so high that a page may end within it."""
    return max(heights(grid), default=0) <= MOST_LOST


def heights(grid: Grid) -> list[float]:
    """Of its head and its rows, in points, near enough to decide by."""
    head = tuple(Cell(words) for words in grid.head)
    return [
        max(height(one, width * MEASURE / 100) for one, width in zip(row, grid.widths, strict=True)) for row in (head, *grid.rows) if row
    ]


def height(cell: Cell, width: float) -> float:
    room = max(1.0, (width - CELL_SIDES) // CELL)
    return CELL_LINE * sum(max(1, ceil(ems(line) / room)) for line in text_of(cell.inlines).split("\n")) + CELL_ENDS
