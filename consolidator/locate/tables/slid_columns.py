"""One column of figures that may have slid down by one line, its last figure lost: only the blank at its top is left to see.

In: a sheet, one panel of a table, its rows of figures. Out: a question (S04) at the blank cell, and its indicator.
Never: a figure withheld, as all may be sound; a blank asked about that is not the only one among the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from consolidator.findings import Finding, Severity
from consolidator.form.texts.wording import short
from consolidator.locate.tables.footing import is_figure
from consolidator.model import a1, column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet

_ROWS, _COLUMNS = 4, 2  # among fewer figures one blank says nothing


class BlankTop(NamedTuple):
    """The question, and the code of the indicator that it is asked of."""

    finding: Finding
    indicator: str


def blank_top(sheet: Sheet, panel: Panel, rows: Mapping[str, Item]) -> BlankTop | None:
    """What is asked where the first cell of one column is the only blank one of all, and figures fill the others.

    `rows` are those of figures, by their codes.
    """
    if len(rows) < _ROWS or len(panel.values) < _COLUMNS:
        return None
    (code, first), *rest = sorted(rows.items(), key=lambda entry: entry[1].row)
    below = [item for _, item in rest]
    blank = [key for key, column in panel.values.items() if not _is_filled(sheet, first.row, column)]
    if len(blank) != 1:
        return None
    spot = panel.values[blank[0]]
    others = [column for column in panel.values.values() if column != spot]
    cells = [(first.row, column) for column in others]
    cells += [(item.row, column) for item in below for column in (spot, *others)]
    if not all(_is_filled(sheet, *cell) for cell in cells) or not _are_figures(sheet, below, spot):
        return None
    place = a1(first.row, spot)
    details = {"label": short(first.text), "cell": place, "columns": column_letters(spot)}
    asked = Finding("S04", Severity.SOFT, "slid_column", sheet=sheet.name, cells=(place,), details=details)
    return BlankTop(asked, f"{code}.{blank[0]}")


def _is_filled(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.seen_at(row, column)
    return cell is not None and bool(fold(cell.text))


def _are_figures(sheet: Sheet, items: Sequence[Item], column: int) -> bool:
    cells = (sheet.at(item.row, column) for item in items)
    return all(cell is not None and is_figure(cell) for cell in cells)
