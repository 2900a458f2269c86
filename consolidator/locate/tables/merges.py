"""Merged areas over the figures: whether one cell stands where several values belong, or one was left on several lines.

In: a sheet, a merged area, where rows and value columns are. Out: whether no single value can be read there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.texts.facets import is_nothing
from consolidator.locate.cells import numerals

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.model import Area, Sheet


def over_rows(area: Area, rows: Collection[int]) -> bool:
    """Whether an area lies over several of the rows of indicators."""
    return area.top < area.bottom and sum(area.top <= row <= area.bottom for row in rows) > 1


def over_values(area: Area, panels: Iterable[Panel]) -> bool:
    """Whether an area lies over several columns of values."""
    if area.left == area.right:
        return False
    beside = (panel for panel in panels if panel.first_row <= area.bottom and area.top <= panel.last_row)
    columns = {column for panel in beside for column in panel.values.values()}
    return sum(area.left <= column <= area.right for column in columns) > 1


def says_nothing(sheet: Sheet, area: Area) -> bool:
    """Whether an area is empty or says that there is nothing: then it says so of all that it lies over."""
    cell = sheet.at(area.top, area.left)
    return cell is None or is_nothing(cell.text) or numerals.is_none_word(cell.text)


def said_once(sheet: Sheet, items: Sequence[Item], panel_of: Callable[[Item], Panel]) -> Sequence[Item]:
    """The lines of one row without those that repeat the one right above: merged cells that were taken apart and filled in."""
    if len(items) == 1:
        return items
    return [item for item in items if not any(_repeats(sheet, item, other, panel_of(item)) for other in items)]


def _repeats(sheet: Sheet, item: Item, above: Item, panel: Panel) -> bool:
    """Whether a line says the same as the one right above it, label and figures."""
    if (item.row, item.column, item.text) != (above.row + 1, above.column, above.text):
        return False
    pairs = [(sheet.at(item.row, spot), sheet.at(above.row, spot)) for spot in panel.values.values()]
    return all((a.kind, a.text) == (b.kind, b.text) if a and b else a is b for a, b in pairs)
