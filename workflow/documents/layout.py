"""What lies between the blocks of a page, whatever it is made with: which blocks stay together, and how wide words are."""

from collections.abc import Sequence
from datetime import timedelta, timezone
from unicodedata import east_asian_width

from workflow.documents.vocabulary import Block, Closing, Grid, Masthead, Paragraph, Role, Title

CIVIL_TIME = timezone(timedelta(hours=8))
WHOLE = 12
"""Rows of a table that is never divided between pages."""


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
