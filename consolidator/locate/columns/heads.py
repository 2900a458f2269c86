"""The head cells of a table's value columns: by their exact wording or a registered one, never by similarity.

In: a sheet, a table with keyed columns. Out: `Head`s with the area they span.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from consolidator.locate.columns.groups import heads_over
from consolidator.locate.columns.headers import units_of
from consolidator.locate.words.appended import is_rate
from consolidator.locate.words.labels import closing_remark
from consolidator.locate.words.last_year import STATED_PART, columns_of_last_year
from consolidator.locate.words.naming import (
    STATED_YEAR,
    THIS_YEAR,
    named_columns,
    naming_of,
    word_for_year,
    words_for_part,
)
from consolidator.locate.words.over_columns import head_of_another_period, speaks_of_others
from consolidator.locate.words.remarks import of_other_period
from consolidator.locate.words.timely import of_another_period, says_another_kind
from consolidator.model import Area, Cell, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from consolidator.form.definition import Column, Table
    from consolidator.model import Sheet

_SHORT_YEAR = regex(r"\S{2}年度?数?")


class Head(Struct, frozen=True):
    """A cell that names a column. `alias` tells that it does so in other words than the form prints.

    `keys` are those of all columns that go by these words: they are told apart by the group that they stand in.
    """

    key: str
    cell: Cell
    top: int
    bottom: int
    left: int
    right: int
    alias: bool
    keys: tuple[str, ...] = ()


def find_heads(sheet: Sheet, table: Table, period: Period | None = None) -> Iterator[Head]:
    """Every cell of the sheet that names a column of the table; years name 本年 and 上年 only where the `period` is known."""
    naming = naming_of(table.columns)
    for cell in sheet.texts:
        found, alias = naming.of(cell.text, period)
        if found:
            area = span_of(sheet, cell)
            keys = tuple(column.key for column in found)
            yield Head(keys[0], cell, area.top, area.bottom, area.left, area.right, alias, keys)


class Apart(NamedTuple):
    """Heads of one band, each of its own column, and those that stand in a group of another period."""

    heads: list[Head]
    late: list[Head]


def told_apart(sheet: Sheet, heads: Sequence[Head], table: Table, period: Period | None) -> Apart:
    """Heads of one band that say the same, each with the column of the group over it; as they are where one has no group.

    One in a group that is not the form's is none of them where all of the form's groups are there. Of several for one column
    those are none that stand under another group alone: 人数 over 小计 is the head of a group itself.
    """
    counts = Counter(head.key for head in heads if len(head.keys) == 1)
    strange = [head for head in heads if counts[head.key] > 1 and _is_of_another_group(sheet, head, table, period)]
    counts.subtract(head.key for head in strange)
    heads = [head for head in heads if head not in strange or not counts[head.key]]
    sure = {
        head: head.key if len(head.keys) == 1 else _key_in_group(sheet, head.cell, head.keys, table, period)
        for head in heads
    }
    named = {key for key in sure.values() if key}
    over = {head: next(heads_over(sheet, head.top, head.left), None) for head, key in sure.items() if key is None}
    groups = tuple({fold(column.group) for column in table.columns if column.group})
    late = [head for head, cell in over.items() if cell and _is_late(cell.text, groups, period)]
    spare = [head for head, cell in over.items() if cell is not None and named.issuperset(head.keys)]
    unsure = {head.keys for head in over if head not in late and head not in spare}
    return Apart(
        [
            replace(head, key=key) if key and head.keys not in unsure else head
            for head, key in sure.items()
            if head not in late and head not in spare
        ],
        [_of_group(head, over[head] or head.cell, named) for head in late],
    )


def _is_late(text: str, groups: Iterable[str], period: Period | None) -> bool:
    """Whether a text over heads says another period, whatever the form's groups say that it does not name."""
    own = tuple(group for group in groups if group in fold(text))
    return bool(head_of_another_period(text, own, period))


def _of_group(head: Head, group: Cell, named: Collection[str]) -> Head:
    """A head in a group of another period: of the column that none else is of, and the group's cell says so."""
    return replace(head, key=next((key for key in head.keys if key not in named), head.key), cell=group)


def may_be_under(sheet: Sheet, cell: Cell, key: str, table: Table) -> bool:
    """Whether a head names a column, and no group over it says that it is another one of the same words."""
    keys = tuple(column.key for column in named_columns(cell.text, table.columns)[0])
    return key in keys and _key_in_group(sheet, cell, keys, table, None) in (key, None)


def count_of(heads: Iterable[Head]) -> int:
    """How many columns these heads name: of those that say the same, as many as there are heads."""
    counts = Counter(head.keys for head in heads)
    return sum(min(len(keys), count) for keys, count in counts.items())


def _key_in_group(sheet: Sheet, cell: Cell, keys: Sequence[str], table: Table, period: Period | None) -> str | None:
    """Which of several columns of the same words a head is of, by the words over it; the one without a group under none."""
    columns = [column for column in table.columns if column.key in keys]
    nested = [column for column in columns if len(column.groups) > 1]
    if nested:
        words = [head.text for head in heads_over(sheet, cell.row, cell.column)]
        under = [column.key for column in nested if _stands_under(column.groups, words, column, period)]
        if under:
            return under[0] if len(under) == 1 else None
    groups = [replace(column, label=column.group, aliases=()) for column in columns if column.group]
    for over in heads_over(sheet, cell.row, cell.column):
        found, _ = named_columns(over.text, groups, period)
        if found:
            return found[0].key if len(found) == 1 else None
    alone = [column.key for column in columns if not column.group]
    return alone[0] if len(alone) == 1 else None


def late_under(
    sheet: Sheet, table: Table, head: Head, column: int, lines: Iterable[int], period: Period | None
) -> bool:
    """Whether one of several columns under a head says in a line of its own that it is of another period, or of plans."""
    own = tuple(word for each in table.columns if each.key == head.key for word in (*each.wordings, each.group))
    texts = [
        cell.text for row in lines if (cell := sheet.seen_at(row, column)) is not None and cell.kind is CellKind.TEXT
    ]
    return any(speaks_of_others(text, own, own, period) for text in texts)


def _stands_under(levels: Iterable[str], over: Iterable[str], column: Column, period: Period | None) -> bool:
    """Whether every one of some heads is among the words over a column."""
    named = [replace(column, label=level, group="", aliases=()) for level in levels]
    return all(any(named_columns(words, (level,), period)[0] for words in over) for level in named)


def _is_of_another_group(sheet: Sheet, head: Head, table: Table, period: Period | None) -> bool:
    """Whether a head that names one column alone, one of a group, stands under the group of others and not under its own."""
    column = next(column for column in table.columns if column.key == head.key)
    if len(head.keys) > 1 or not column.group:
        return False
    over = [cell.text for cell in heads_over(sheet, head.cell.row, head.cell.column)]
    others = {each.group for each in table.columns} - {"", column.group}
    own = any(_stands_under((group,), over, column, period) for group in column.group_words)
    return not own and any(_stands_under((group,), over, column, period) for group in others)


def is_of(head: Head, table: Table, period: Period | None) -> bool:
    """Whether nothing that is added to the form's own words for a column says another period, or no figures of it."""
    columns = [column for column in table.columns if column.key == head.key]
    own = [word for column in columns for word in column.wordings]
    if period is not None and not period.is_year and columns_of_last_year(fold(head.cell.text), columns, period):
        return True
    units = [row.unit_of_measure for row in table.rows]
    added = () if fold(head.cell.text) in map(fold, own) else (closing_remark(head.cell.text),)
    if says_another_kind(added, [*own, *units]) or (added and is_rate(head.cell.text, units_of(table, head.key))):
        return False
    begun = THIS_YEAR.match(fold(head.cell.text)) if added else None
    part = STATED_PART.match(fold(head.cell.text)) if period is not None and not period.is_year else None
    fits = part is not None and period is not None and bool(words_for_part(part, period))
    if begun is not None and not fits and not _may_begin_so(begun.group(), own, period):
        return False
    if any(map(_SHORT_YEAR.fullmatch, added)) and of_another_period(added, period, own):
        return False
    return not of_other_period(head.cell.text, tuple(own), period)


def _may_begin_so(words: str, own: Iterable[str], period: Period | None) -> bool:
    """Whether a year before a head is the form's; over a month or a quarter only where the form's own words have one."""
    stated = STATED_YEAR.match(words)
    said = word_for_year(int(stated[1]), period) if stated and period is not None else None
    if said is not None and any(map(said.match, own)):
        return True
    yearly = period is not None and period.is_year
    return (yearly or any(map(THIS_YEAR.match, own))) and not of_another_period((words,), period)


def span_of(sheet: Sheet, cell: Cell) -> Area:
    """The merged area that begins at a cell, or the cell alone."""
    for area in sheet.merges:
        if area.top == cell.row and area.left == cell.column:
            return area
    return Area(cell.row, cell.column, cell.row, cell.column)
