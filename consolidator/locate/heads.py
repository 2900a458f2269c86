"""The head cells of a table's value columns: by their exact wording or a registered one, never by similarity.

In: a sheet, a table with keyed columns. Out: `Head`s with the area they span.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.locate.labels import closing_remark
from consolidator.locate.remarks import of_other_period
from consolidator.locate.timely import of_another_period, says_another_kind
from consolidator.model import Area, Cell, CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from consolidator.form.definition import Column, Table
    from consolidator.model import Period, Sheet

_THIS_YEAR = re.compile(r"^(?:(?:19|20)\d{2}年度?|[本今当]年度?)")
_LAST_YEAR = re.compile(r"^[上去]年度?(?:同期)?")
_STATED_YEAR = re.compile(r"^((?:19|20)\d{2})年度?(?:同期)?")
_QUARTER = re.compile(r"第?([1-4一二三四])季度?")
_DIGITS = str.maketrans("一二三四", "1234")
_REMARK = re.compile(r"\([^()]*\)$")


class Head(Struct, frozen=True):
    """A cell that names a column. `alias` tells that it does so in other words than the form prints."""

    key: str
    cell: Cell
    top: int
    bottom: int
    left: int
    right: int
    alias: bool


def find_heads(sheet: Sheet, table: Table, period: Period | None = None) -> Iterator[Head]:
    """Every cell of the sheet that names a column of the table; years name 本年 and 上年 only where the `period` is known."""
    for cell in sheet.cells.values():
        if cell.kind is not CellKind.TEXT:
            continue
        found = named_column(cell.text, table.columns, period)
        if found is not None:
            column, alias = found
            area = span_of(sheet, cell)
            yield Head(column.key, cell, area.top, area.bottom, area.left, area.right, alias)


def named_column(text: str, columns: Iterable[Column], period: Period | None = None) -> tuple[Column, bool] | None:
    """The column that a head names, and whether in other words than those printed: registered ones, or a remark added."""
    bare = fold(text)
    columns = tuple(columns)
    for column in columns:
        if bare == fold(column.label):
            return column, False
    spelled = _spelled(bare)
    for column in columns:
        if spelled in map(_spelled, column.wordings):
            return column, True
        if without_remark(bare) == without_remark(fold(column.label)) and not _of_another_period(bare):
            return column, True
    said = _columns_of_year(bare, columns, period) if period is not None else []
    if not said and _THIS_YEAR.match(bare):
        said = [column for column in columns if _says_this_periods(bare, column)]
    return (said[0], True) if len(said) == 1 else None


def _spelled(text: str) -> str:
    """A head with its quarters spelled alike."""
    folded = fold(text)
    return _QUARTER.sub(lambda found: f"{found[1].translate(_DIGITS)}季度", folded) if "季" in folded else folded


def _columns_of_year(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by a year, as `2016年` for 本年数 and `2015年` for 上年数 of a form of 2016."""
    found = _STATED_YEAR.match(bare)
    said = _word_for_year(int(found[1]), period) if found else None
    if found is None or said is None:
        return []
    rest = bare[found.end() :]
    theirs = [(column, said.sub("", fold(column.label))) for column in columns if said.match(fold(column.label))]
    return [column for column, words in theirs if rest == words] or [column for column, _ in theirs if not rest]


def _word_for_year(year: int, period: Period) -> re.Pattern[str] | None:
    """What a form of a year calls that year, or the one before it."""
    return {period.year: _THIS_YEAR, period.year - 1: _LAST_YEAR}.get(year) if period.is_year else None


def _says_this_periods(bare: str, column: Column) -> bool:
    """Whether a head says a year or 本年 before a column's own words, as `2025年制发件数` for 本年制发件数."""
    rest = without_period(bare)
    return rest != bare and bool(rest) and rest == without_period(fold(column.label))


def without_period(folded: str) -> str:
    """A folded head without a year, or a word for this one, before it."""
    return _THIS_YEAR.sub("", folded)


def _of_another_period(folded: str) -> bool:
    """Whether the remark that a head ends in says that its figures are another period's."""
    remark = _REMARK.search(folded)
    return remark is not None and of_another_period((remark.group(),), None)


def is_of(head: Head, table: Table, period: Period | None) -> bool:
    """Whether nothing that is added to the form's own words for a column says another period, or no figures of it."""
    own = [word for column in table.columns if column.key == head.key for word in column.wordings]
    units = [row.unit_of_measure for row in table.rows]
    added = () if fold(head.cell.text) in map(fold, own) else (closing_remark(head.cell.text),)
    if says_another_kind(added, [*own, *units]):
        return False
    begun = _THIS_YEAR.match(fold(head.cell.text)) if added else None
    if begun is not None and not _may_begin_so(begun.group(), own, period):
        return False
    return not of_other_period(head.cell.text, tuple(own), period)


def _may_begin_so(words: str, own: Iterable[str], period: Period | None) -> bool:
    """Whether a year before a head is the form's; over a month or a quarter only where the form's own words have one."""
    stated = _STATED_YEAR.match(words)
    said = _word_for_year(int(stated[1]), period) if stated and period is not None else None
    if said is not None and any(map(said.match, own)):
        return True
    yearly = period is not None and period.is_year
    return (yearly or any(map(_THIS_YEAR.match, own))) and not of_another_period((words,), period)


def without_remark(folded: str) -> str:
    """A folded head without what stands in brackets at its end."""
    return _REMARK.sub("", folded)


def span_of(sheet: Sheet, cell: Cell) -> Area:
    """The merged area that begins at a cell, or the cell alone."""
    for area in sheet.merges:
        if area.top == cell.row and area.left == cell.column:
            return area
    return Area(cell.row, cell.column, cell.row, cell.column)
