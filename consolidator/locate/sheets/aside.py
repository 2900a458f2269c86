"""What a sheet holds aside: hidden rows, columns and sheets, filters, comments. All of it was read; a person should know.

In: a sheet. Out: findings without owner. Never: a hidden part left out of the reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.model import CellKind, Visibility, column_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import Sheet

_LISTED = 20  # hidden rows or comments named in one sentence; the rest is counted


def concealed(sheet: Sheet) -> list[Finding]:
    """Hidden rows, columns and sheets, and filters. Everything was read; a person should know."""
    rows = sorted(sheet.hidden_rows.intersection(sheet.lines))
    columns = sorted(sheet.hidden_columns.intersection(column for _, column in sheet.cells))
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if sheet.visibility is not Visibility.VISIBLE:
        found.append(("sheet", "", ()))
    if rows:
        cells = tuple(_first_in(sheet, row=row) for row in rows[:_LISTED])
        found.append(("filtered" if sheet.filtered else "rows", _listed([str(row) for row in rows]), cells))
    if columns:
        cells = tuple(_first_in(sheet, column=column) for column in columns[:_LISTED])
        found.append(("columns", _listed([column_letters(column) for column in columns]), cells))
    by_place = {cell.a1: cell.text for cell in sheet.cells.values()} if found else {}
    return [
        Finding(
            code="B12",
            case=case,
            severity=Severity.SOFT,
            sheet=sheet.name,
            cells=cells,
            observed=";".join(by_place[cell] for cell in cells),
            details={"sheet": sheet.name, "which": which},
        )
        for case, which, cells in found
    ]


def _first_in(sheet: Sheet, *, row: int | None = None, column: int | None = None) -> str:
    cells = [cell for cell in sheet.cells.values() if cell.row == row or cell.column == column]
    return min(cells, key=lambda cell: (cell.row, cell.column)).a1


def _listed(names: Sequence[str]) -> str:
    more = f"…（{len(names)}）" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more


def comments(sheet: Sheet) -> list[Finding]:
    """Comments on cells: a person should read them."""
    commented = sorted((c for c in sheet.cells.values() if c.comment), key=lambda cell: (cell.row, cell.column))
    if not commented:
        return []
    shown = commented[:_LISTED]
    return [
        Finding(
            code="B15",
            severity=Severity.SOFT,
            sheet=sheet.name,
            cells=tuple(cell.a1 for cell in shown),
            observed=";".join(cell.text if cell.kind is not CellKind.BLANK else "" for cell in shown),
            details={
                "cells": _listed([cell.a1 for cell in commented]),
                "comments": "；".join(" ".join(cell.comment.split())[:200] for cell in shown),
            },
        )
    ]
