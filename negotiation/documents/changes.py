"""修改对照: two versions of a contract side by side in one text, to be printed or to be decided in Word change by change."""

from collections.abc import Sequence

from templates.documents.contexts import WageTable
from templates.documents.contexts_redline import ComparedTable, Fate, Passage, Piece, Redline
from workflow.documents.numerals import article, chapter
from workflow.redline import Change, Clause, Pieces, compare, redline
from workflow.redline import Fate as Became

WHAT = {Became.CHANGED: "修改", Became.MOVED: "移动", Became.INSERTED: "新增", Became.DELETED: "删除"}


def redline_of(
    old: Sequence[Clause],
    new: Sequence[Clause],
    *,
    unit: str,
    title: str,
    old_name: str,
    new_name: str,
    by: str,
    old_table: WageTable | None = None,
    new_table: WageTable | None = None,
) -> Redline:
    """`old_name` and `new_name` say which versions they are, `by` whose changes Word is to show."""
    changes = compare(old, new)
    old_numbers, new_numbers = numbers(old), numbers(new)
    articles = [one for one in changes if not clause_of(one, old, new).is_heading]
    return Redline(
        unit=unit,
        title=title,
        old=old_name,
        new=new_name,
        by=by,
        passages=tuple(passage(one, old, new, old_numbers, new_numbers) for one in changes),
        fates=tuple(fate(one, old_numbers, new_numbers) for one in articles if one.fate in WHAT),
        untouched=sum(one.fate is Became.KEPT for one in articles),
        tables=tables_of(old_table, new_table),
    )


def clause_of(change: Change, old: Sequence[Clause], new: Sequence[Clause]) -> Clause:
    return new[change.new] if change.new is not None else old[change.old or 0]


def numbers(version: Sequence[Clause]) -> list[str]:
    """第一章, 第一条 …: articles are numbered through, whatever chapter they stand in."""
    found, chapters, articles = list[str](), 0, 0
    for one in version:
        chapters, articles = chapters + one.is_heading, articles + (not one.is_heading)
        found.append(chapter(chapters) if one.is_heading else article(articles))
    return found


def passage(
    change: Change, old: Sequence[Clause], new: Sequence[Clause], old_numbers: Sequence[str], new_numbers: Sequence[str]
) -> Passage:
    """An article that moved goes whole from where it stood and comes whole to where it stands."""
    is_heading = clause_of(change, old, new).is_heading
    if change.fate is Became.MOVED and change.new is not None:
        come = compare((), (new[change.new],))[0]
        return Passage((("ins", new_numbers[change.new]),), frozen(come.lines), is_heading)
    if change.fate in (Became.LEFT, Became.DELETED) and change.old is not None:
        return Passage((("del", old_numbers[change.old]),), frozen(change.lines), is_heading)
    if change.old is None or change.new is None:
        return Passage((("ins", new_numbers[change.new or 0]),), frozen(change.lines), is_heading)
    return Passage(tuple(redline(old_numbers[change.old], new_numbers[change.new])), frozen(change.lines), is_heading)


def frozen(lines: Sequence[Pieces]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(tuple(line) for line in lines)


def fate(change: Change, old_numbers: Sequence[str], new_numbers: Sequence[str]) -> Fate:
    reworded = "并修改" if change.fate is Became.MOVED and change.is_reworded else ""
    return Fate(
        old_numbers[change.old] if change.old is not None else "",
        new_numbers[change.new] if change.new is not None else "",
        WHAT[change.fate] + reworded,
    )


def tables_of(old: WageTable | None, new: WageTable | None) -> tuple[ComparedTable, ...]:
    """Both tables in one, row by row, where they have the same columns; else one after the other."""
    if old and new and [(c.width, c.is_number) for c in old.columns] == [(c.width, c.is_number) for c in new.columns]:
        return (compared(old, new),)
    return (*([whole("del", old)] if old else ()), *([whole("ins", new)] if new else ()))


def compared(old: WageTable, new: WageTable) -> ComparedTable:
    """Rows belong together by what stands in the columns without numbers."""
    rows = list[tuple[tuple[Piece, ...], ...]]()
    for change in compare(posts(old), posts(new)):
        if change.fate in (Became.LEFT, Became.DELETED) and change.old is not None:
            rows.append(one_sided("del", old.rows[change.old]))
        elif change.new is not None and (change.old is None or change.fate is Became.MOVED):
            rows.append(one_sided("ins", new.rows[change.new]))
        elif change.old is not None and change.new is not None:
            rows.append(tuple(tuple(redline(*cells)) for cells in zip(old.rows[change.old], new.rows[change.new], strict=True)))
    head = tuple(tuple(redline(before.heading, after.heading)) for before, after in zip(old.columns, new.columns, strict=True))
    return ComparedTable(tuple(redline(old.caption, new.caption)), *shape(new), head, tuple(rows))


def posts(table: WageTable) -> list[Clause]:
    return [
        Clause("\u3000".join(cell for cell, column in zip(row, table.columns, strict=True) if not column.is_number)) for row in table.rows
    ]


def whole(operation: str, table: WageTable) -> ComparedTable:
    (caption,) = one_sided(operation, [table.caption])
    head = one_sided(operation, [column.heading for column in table.columns])
    return ComparedTable(caption, *shape(table), head, tuple(one_sided(operation, row) for row in table.rows))


def shape(table: WageTable) -> tuple[tuple[int, ...], tuple[bool, ...]]:
    return tuple(column.width for column in table.columns), tuple(column.is_number for column in table.columns)


def one_sided(operation: str, cells: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    return tuple(((operation, cell),) if cell else () for cell in cells)
