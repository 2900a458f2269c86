"""A table whose rows stand side by side as heads, one figure under each: a form with one line to fill in.

检查企业 | 发现隐患 over 一般, 重大 | 罚款, and one line of figures under them; beside it, perhaps, the name of who files.
In: a sheet, a table printed across with one column of values, its labels there. Out: columns and items as if it stood in rows.
Never: a line chosen of several.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.definition import ValueType
from consolidator.locate.columns.across import is_figure
from consolidator.locate.columns.column_numbers import may_number_a_column, numbers_columns
from consolidator.locate.columns.head_findings import one_too_many
from consolidator.locate.columns.headers import REMARK, SERIAL, Panel, means
from consolidator.locate.columns.heads import span_of
from consolidator.locate.columns.search import Columns
from consolidator.locate.rows.match import Item
from consolidator.model import a1, column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Table
    from consolidator.model import Cell, Sheet

_BELOW = 6  # rows under the heads in which the line of figures may begin


def read_one_line(sheet: Sheet, table: Table, items: Sequence[Item]) -> tuple[Columns, tuple[Item, ...]] | None:
    """The table where its labels are heads over one line, else None."""
    if not table.is_one_line or not items:
        return None
    spans = [span_of(sheet, cell) for item in items if (cell := sheet.at(item.row, item.column)) is not None]
    top, bottom = min(area.top for area in spans), max(area.bottom for area in spans)
    headings = {row.code for row in table.rows if row.type is ValueType.HEADING}
    lines = _lines(sheet, bottom, sorted({item.column for item in items}))
    row = lines[0] if lines else bottom + 1
    panels, placed = [], []
    for item in sorted(items, key=lambda each: (each.column, each.row)):
        at = item.row if headings.issuperset(item.codes) else row
        panel = Panel(left=item.column - 1, label=item.column - 1, header_row=at - 1, right=item.column - 1)
        panel.first_row = panel.last_row = at
        if at == row and len(lines) < 2:  # noqa: PLR2004 - else the line is not chosen
            panel.values[table.columns[0].key] = panel.right = item.column
        panels.append(panel)
        placed.append(Item(at, panel.left, item.text, item.codes, item.how, printed=(item.row, item.column)))
    header = range(top, row)
    findings = (
        [_several(sheet, table, items[0].column, lines)]
        if len(lines) > 1
        else [*_strange(sheet, table, header, items, row)]
    )
    return Columns(tuple(panels), frozenset(header), tuple(findings)), tuple(placed)


def _lines(sheet: Sheet, bottom: int, columns: Sequence[int]) -> list[int]:
    """The rows of figures under the heads; a line of column numbers is none, and notes below the table are none."""
    found: list[int] = []
    for row in range(bottom + 1, bottom + 1 + _BELOW):
        cells = [cell for column in columns if (cell := sheet.at(row, column)) is not None and fold(cell.text)]
        if any(is_figure(cell) and ":" not in fold(cell.text) for cell in cells) and not (
            len(cells) > 1 and numbers_columns(cells)
        ):
            found.append(row)
        elif found:
            break
    return found


def _strange(sheet: Sheet, table: Table, header: range, items: Sequence[Item], row: int) -> Iterator[Finding]:
    """Figures on the line under heads that are none of the form's, or under a heading alone whose own head is gone."""
    known = {item.column for item in items}
    headings = {(item.row, item.column) for item in items}
    for cell in sheet.lines.get(row, ()):
        over = [seen for at in header if (seen := sheet.seen_at(at, cell.column)) is not None and fold(seen.text)]
        over = [seen for seen in over if not may_number_a_column(fold(seen.text))]
        head = over[-1] if over else None
        if cell.column in known or not fold(cell.text) or not is_figure(cell):
            continue
        if head is None or means(head.text, SERIAL | REMARK):
            continue
        if (head.row, head.column) in headings:
            yield _headless(sheet, table, head, cell.column)
            continue
        text, inside = head.text.strip(), cell.column < max(known)
        yield one_too_many(sheet.name, cell.column, head.a1, head.text, text, inside=inside)


def _headless(sheet: Sheet, table: Table, heading: Cell, column: int) -> Finding:
    """A figure over which a heading stands, and no head that says which of the rows under the heading it is."""
    details = {"table": table.title, "columns": column_letters(column), "found": heading.text.strip()}
    cells = (a1(span_of(sheet, heading).bottom + 1, column),)
    return Finding(
        "L04", Severity.HARD, "head_gone", sheet=sheet.name, cells=cells, observed=heading.text, details=details
    )


def _several(sheet: Sheet, table: Table, column: int, lines: Sequence[int]) -> Finding:
    """More than one line of figures where the form has one."""
    cells = tuple(a1(row, column) for row in lines)
    details = {"label": table.title, "count": str(len(lines)), "cells": "、".join(cells)}
    return Finding("S04", Severity.HARD, "lines", sheet=sheet.name, cells=cells, details=details)
