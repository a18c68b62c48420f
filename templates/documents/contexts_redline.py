"""What 修改对照 is told: two versions of a contract, compared."""

from dataclasses import dataclass

Piece = tuple[str, str]
"""`del`, `ins` or empty, and the words."""


@dataclass(frozen=True)
class Passage:
    """An article or the heading of a chapter. `number` is 第三条 or 第三章, compared too; `lines` are its paragraphs, each in pieces."""

    number: tuple[Piece, ...]
    lines: tuple[tuple[Piece, ...], ...]
    is_heading: bool = False


@dataclass(frozen=True)
class ComparedTable:
    """A wage table; each heading and cell is in pieces. A row that is new or gone has all its cells so."""

    caption: tuple[Piece, ...]
    widths: tuple[int, ...]
    numbers: tuple[bool, ...]
    """Whether a column holds numbers."""
    head: tuple[tuple[Piece, ...], ...]
    rows: tuple[tuple[tuple[Piece, ...], ...], ...]


@dataclass(frozen=True)
class Fate:
    """A row of the table of changes: the numbers of an article in both versions, empty where it has none there."""

    old: str
    new: str
    what: str
    """修改, 新增, 删除, 移动, 移动并修改."""


@dataclass(frozen=True)
class Redline:
    """`negotiation/redline.html`, 修改对照. What is inserted and deleted is that of `by`: in a Word file all of it can be accepted or rejected."""

    unit: str
    title: str
    """Of the contract: 2027年度工资专项集体合同（草案）."""
    old: str
    """What the old version is: 2026年12月1日双方讨论稿."""
    new: str
    by: str
    passages: tuple[Passage, ...]
    fates: tuple[Fate, ...]
    untouched: int
    """Articles that read as before."""
    tables: tuple[ComparedTable, ...] = ()
    """The wage table; two where its columns are others than before, the old and the new."""
