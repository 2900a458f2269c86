"""Merged areas over the figures: whether one cell stands where several values belong.

In: a sheet, a merged area, where rows and value columns are. Out: whether no single value can be read there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.facets import is_nothing
from consolidator.locate import numerals

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from consolidator.locate.headers import Panel
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
