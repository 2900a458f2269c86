"""A form with one line to fill in: its indicators are heads that stand side by side, none of its rows has a label.

In: the panels under some heads, what stands below these. Out: the indicators as rows, those under one head beneath it.
Never: a list to be filled in line by line (姓名 | 性别 | 年龄): its lines are none of the form's.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.draft import measures, words
from consolidator.draft.numbering import numbered
from consolidator.draft.plan import Doubt, PlannedColumn, PlannedRow, PlannedTable
from consolidator.form import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.columns import Panel
    from consolidator.draft.surface import Surface

_FEWEST = 2  # heads that make a line


def one_line(surface: Surface, band: Band, panels: Sequence[Panel], title: str) -> PlannedTable | None:
    """The table where it is such a form; None where anything speaks for a list."""
    panel = panels[0]
    named = all(map(words.is_filer_head, panel.label_heads)) if panel.labels else True
    if len(panels) > 1 or len(band.rows) > 1 or not named:
        return None
    columns = [column for column in panel.values if not words.is_filer_head(column.label)]
    filer = bool(panel.labels) or len(columns) < len(panel.values) or panel.unit is not None
    wordy = any(words.is_text_head(column.label) for column in columns)
    if len(columns) < _FEWEST or wordy or not (filer or _is_of_figures(columns[0])):
        return None
    line = band.rows[0] if band.rows else band.bottom + 1
    rows = _rows(surface, columns, line)
    table = PlannedTable(
        title,
        words.LABEL_HEADS,
        (),
        [PlannedColumn(words.FIGURE, columns[0].column, (words.FIGURE,))],
        rows,
        across=True,
    )
    table.doubts.append(Doubt("one_line"))
    return table


def _is_of_figures(column: PlannedColumn) -> bool:
    """Whether a head is over figures: it states a unit of measure, or stands under another head."""
    return bool(column.printed_unit) or len(column.path) > 1 or any(map(measures.in_brackets, column.path))


def _rows(surface: Surface, columns: Sequence[PlannedColumn], line: int) -> list[PlannedRow]:
    """A row for every head, in the order of the sheet; heads over others are headings."""
    rows: list[PlannedRow] = []
    open_: list[PlannedRow] = []  # the heads over the one before, from the outermost in
    before: tuple[str, ...] = ()
    for column in columns:
        upper = column.path[:-1]
        shared = next((at for at, (one, other) in enumerate(zip(before, upper, strict=False)) if one != other), None)
        depth = min(len(before), len(upper)) if shared is None else shared
        del open_[depth:]
        for label in upper[depth:]:
            open_.append(_row(label, line, column, open_[-1] if open_ else None, own=False))
            rows.append(open_[-1])
        row = _row(column.label, line, column, open_[-1] if open_ else None, own=True)
        cell = surface.over(line, column.column)
        row.figures = (cell.number if cell is not None else None,)
        row.printed_unit = column.printed_unit or next(
            filter(None, map(measures.in_brackets, reversed(column.path))), None
        )
        rows.append(row)
        before = upper
    for one, other in pairwise(rows):
        if words.is_among(other.label) and one.own_line and one.parent is other.parent:
            other.parent, other.level, other.relation = one, one.level + 1, Relation.OF_WHICH
    return rows


def _row(label: str, line: int, column: PlannedColumn, parent: PlannedRow | None, *, own: bool) -> PlannedRow:
    row = PlannedRow(label, numbered(label), line, column.column, 0, own)
    row.parent, row.level = parent, parent.level + 1 if parent else 1
    return row
