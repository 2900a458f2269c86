"""Columns that a form does not have between its labels and its figures: nothing is read from them, and a person should know.

In: a sheet, a table, its columns and labels. Out: findings. Never: a further column of labels, of units of measure or of
serial numbers accused; one that another finding names told again.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.locate.cells import numerals
from consolidator.locate.columns.column_numbers import may_number_a_column
from consolidator.locate.columns.headers import SERIAL, head_named, means
from consolidator.locate.tables.footing import is_figure
from consolidator.locate.words.labels import core
from consolidator.locate.words.scales import lists_units
from consolidator.model import column_letters
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Table
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.columns.search import Columns
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet

_NEAR = 4  # lines under the words for the labels that may hold further heads


def early_columns(sheet: Sheet, table: Table, columns: Columns, items: Sequence[Item]) -> Iterator[Finding]:
    """A word on every such column that holds anything: a question where it holds figures under no head."""
    told = {letters for said in columns.findings for letters in said.details.get("columns", "").split("、")}
    for panel in columns.panels:
        mine = {item.row: item for item in panel.labels_of(items)}
        known = {item.column for item in mine.values()} | {panel.unit}
        first = min((spot for spot in panel.values.values() if spot > panel.label), default=0)
        for column in range(panel.label + 1, first):
            if column not in known and column_letters(column) not in told:
                yield from _column(sheet, table, columns, panel, mine, column)


def _column(
    sheet: Sheet, table: Table, columns: Columns, panel: Panel, items: dict[int, Item], column: int
) -> Iterator[Finding]:
    """What is to be said of one column."""
    units = numerals.COUNTERS.union(fold(row.unit_of_measure) for row in table.rows if row.unit_of_measure)
    cells = [cell for row, item in items.items() if (cell := _foreign(sheet, row, column, item, units))]
    if not cells:
        return
    over = _over(sheet, columns, panel, column, min(items))
    if over and means(over, SERIAL | {*table.unit_headers, *table.label_headers}):
        return
    if not over and _counts(cells):
        return
    asked = not over and any(map(is_figure, cells))
    yield Finding(
        "L05",
        Severity.SOFT if asked else Severity.NOTE,
        "early",
        Outcome.VIOLATED if asked else Outcome.SATISFIED,
        sheet=sheet.name,
        cells=tuple(cell.a1 for cell in cells),
        observed=";".join(cell.text for cell in cells),
        details={"found": cells[0].text.strip(), "name": head_named(over), "columns": column_letters(column)},
    )


def _foreign(sheet: Sheet, row: int, column: int, item: Item, units: frozenset[str]) -> Cell | None:
    """What stands on a row in the column, unless it says nothing, a unit of measure or the label again."""
    cell = sheet.at(row, column)
    text = fold(cell.text) if cell is not None else ""
    if cell is None or not text or is_dash(text) or text in units or lists_units(text, units):
        return None
    area = sheet.area_at(row, column)
    if area is not None and (area.top, area.left) != (row, column):
        return None
    return None if core(cell.text) == core(item.text) else cell


def _over(sheet: Sheet, columns: Columns, panel: Panel, column: int, first: int) -> str:
    """The lowest words over a column among the heads of its panel, and the lines under them down to the `first` label's."""
    under = range(panel.header_row + 1, min(first, panel.header_row + _NEAR)) if panel.header_row else ()
    heads = {row for row in columns.header_rows if row <= panel.header_row}
    for row in sorted(heads.union(under), reverse=True):
        cell = sheet.seen_at(row, column)
        if cell is not None and fold(cell.text) and not may_number_a_column(fold(cell.text)):
            return cell.text.strip()
    return ""


def _counts(cells: Sequence[Cell]) -> bool:
    """Whether the numbers of a column count the lines."""
    texts = [fold(cell.text) for cell in cells]
    return len(texts) > 1 and all(map(str.isdecimal, texts)) and all(int(b) == int(a) + 1 for a, b in pairwise(texts))
