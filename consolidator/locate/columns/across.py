"""A table whose rows stand side by side in one line: each under its own name, with its own set of column heads.

Chapter 四 of the annual report is printed so: 行政复议 over five columns, 行政诉讼 over ten, one line of figures. Some
put the parts under one another, each with its heads and its line.
In: a sheet, a table, its header bands, the items on the sheet. Out: columns and items as if it stood in rows.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.definition import Arrangement
from consolidator.form.texts.days import only_day
from consolidator.locate.cells import numerals
from consolidator.locate.columns.column_numbers import numbers_columns
from consolidator.locate.columns.headers import Panel
from consolidator.locate.columns.heads import span_of
from consolidator.locate.columns.search import Columns
from consolidator.locate.rows.match import Item
from consolidator.model import Cell, CellKind, a1
from consolidator.patterns import regex
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Table
    from consolidator.locate.columns.bands import Band
    from consolidator.locate.columns.heads import Head
    from consolidator.model import Sheet

_ABOVE = 3  # rows over the heads in which the names of the rows may stand
_BELOW = 3  # rows under the heads in which the line of figures may begin
_LONGEST_FIGURE = 10  # characters of a figure with words around it
_DIGIT = regex(r"\d")


def read_across(
    sheet: Sheet, table: Table, bands: Sequence[Band], items: Sequence[Item]
) -> tuple[Columns, tuple[Item, ...]] | None:
    """The table where it stands across, else None."""
    if table.arrangement is not Arrangement.ACROSS:
        return None
    stacked = _stacked(sheet, table, bands, items)
    if stacked is not None:
        return stacked
    for band in bands:
        groups = _groups(sheet, band, items, len(table.columns))
        columns = [head.left for head in band.heads]
        if groups and len(set(columns)) > len(table.columns):
            return _read(sheet, table, band, groups)
    return None


def _stacked(
    sheet: Sheet, table: Table, bands: Sequence[Band], items: Sequence[Item]
) -> tuple[Columns, tuple[Item, ...]] | None:
    """The table where its parts stand under one another, each name over heads of its own, no name twice; else None."""
    parts = []
    for above, band in pairwise([None, *bands]):
        assert band is not None  # noqa: S101 - only the first one is
        first, last = min(head.left for head in band.heads), max(head.right for head in band.heads)
        over = [item for item in items if first <= item.column <= last and (above is None or above.bottom < item.row)]
        groups = _groups(sheet, band, over, len(table.columns))
        if not groups:
            return None
        parts.append(_read(sheet, table, band, groups))
    found = [item for _, mine in parts for item in mine]
    if len(parts) < 2 or len({item.codes for item in found}) < len(found):  # noqa: PLR2004 - one is no stack
        return None
    panels = tuple(panel for columns, _ in parts for panel in columns.panels)
    rows = frozenset[int]().union(*(columns.header_rows for columns, _ in parts)) - {item.row for item in found}
    return Columns(panels, rows, tuple(told for columns, _ in parts for told in columns.findings)), tuple(found)


def _groups(sheet: Sheet, band: Band, items: Sequence[Item], least: int) -> list[tuple[Item, int, int]]:
    """The names over the heads, each with the columns it spans: `least` heads, or all up to the next name."""
    first = min(head.cell.row for head in band.heads)
    over = [item for item in items if band.top - _ABOVE <= item.row < max(first, band.bottom)]
    over.sort(key=lambda item: item.column)
    last = max(head.right for head in band.heads)
    found = []
    for item, following in pairwise([*over, None]):
        assert item is not None  # noqa: S101 - only the last one is
        cell = sheet.at(item.row, item.column)
        area = span_of(sheet, cell) if cell is not None else None
        whole = area is not None and sum(area.left <= head.left <= area.right for head in band.heads) >= least
        after = following.column - 1 if following is not None else last
        found.append((item, item.column, area.right if area is not None and whole else after))
    return found


def _read(
    sheet: Sheet, table: Table, band: Band, groups: Sequence[tuple[Item, int, int]]
) -> tuple[Columns, tuple[Item, ...]]:
    lines = _lines(sheet, band)
    row = lines[0] if lines else band.bottom + 1
    findings = [_several(sheet, table, band, lines)] if len(lines) > 1 else []
    panels, items = [], []
    for name, left, right in groups:
        heads = [head for head in band.heads if left <= head.left <= right]
        panel, wrong = _panel(sheet, table, name, heads, row)
        findings += wrong
        if panel is None:
            continue
        if len(lines) > 1:
            panel.values.clear()
            panel.right = panel.label
        panels.append(panel)
        items.append(Item(row, panel.left, name.text, name.codes, "label"))
    rows = frozenset(range(band.top - _ABOVE, row))
    return Columns(tuple(panels), rows, tuple(findings)), tuple(items)


def _panel(
    sheet: Sheet, table: Table, name: Item, heads: Sequence[Head], row: int
) -> tuple[Panel | None, list[Finding]]:
    """The columns of one name: each head once, or a finding."""
    if not heads:
        return None, []
    first, last = min(head.left for head in heads), max(head.right for head in heads)
    panel = Panel(left=first - 1, label=first - 1, header_row=row - 1, right=last, first_row=row, last_row=row)
    findings = []
    for column in table.columns:
        mine = sorted({head.left for head in heads if head.key == column.key})
        if len(mine) == 1:
            panel.values[column.key] = mine[0]
            continue
        details = {"header": f"{name.text.strip()}／{column.label}", "table": table.title, "count": str(len(mine))}
        details["columns"] = "、".join(a1(row, spot).rstrip("0123456789") for spot in mine)
        case = "several" if mine else "none"
        findings.append(Finding("L04", Severity.HARD, case, sheet=sheet.name, details=details))
    return panel, findings


def _lines(sheet: Sheet, band: Band) -> list[int]:
    """The rows of figures under the heads; a line of column numbers is none, and notes below the table are none."""
    columns = sorted({head.left for head in band.heads})
    found: list[int] = []
    for row in range(band.bottom + 1, band.bottom + 1 + _BELOW):
        cells = [cell for column in columns if (cell := sheet.at(row, column)) is not None and fold(cell.text)]
        numbered = len(cells) == len(columns) and numbers_columns(cells)
        if any(map(is_figure, cells)) and not numbered:
            found.append(row)
        elif found:
            break
    return found


def is_figure(cell: Cell) -> bool:
    """Whether a cell holds what people write for a number; a note, a name or a date under the table is none."""
    text = cell.text.strip()
    if cell.kind is not CellKind.TEXT or numerals.is_bare(text) or is_dash(text) or numerals.is_none_word(text):
        return True
    return len(text) <= _LONGEST_FIGURE and bool(_DIGIT.search(text)) and only_day(text) is None


def _several(sheet: Sheet, table: Table, band: Band, lines: Sequence[int]) -> Finding:
    """More than one line of figures where the form has one."""
    cells = tuple(a1(row, min(head.left for head in band.heads)) for row in lines)
    details = {"label": table.title, "count": str(len(lines)), "cells": "、".join(cells)}
    return Finding("S04", Severity.HARD, "lines", sheet=sheet.name, cells=cells, details=details)
