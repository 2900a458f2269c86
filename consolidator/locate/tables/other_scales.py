"""A scale that is not the form's, in words around a figure: tens of thousands where it counts ones, another unit of money.

In: what stands around a table's figures, what states units of measure of all of them. Out: the cell that says so, and what.
Never: a scale that the form's own words say there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.cells import numerals
from consolidator.locate.words.appended import in_brackets
from consolidator.locate.words.scales import other_scale, other_scale_in_line
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.form.definition import Form, Indicator
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.locate.tables.sayings import Saying, Sayings
    from consolidator.locate.tables.unit_lines import UnitLines
    from consolidator.locate.tables.unit_titles import UnitTitles
    from consolidator.model import Cell

Said = tuple["Cell", str]


class OtherScales:
    """Hears the scales that are stated around the figures of one table: once for each label, once for each column."""

    def __init__(self, sayings: Sayings, form: Form, titles: UnitTitles, lines: UnitLines) -> None:
        self._sayings = sayings
        self._counters = form.units
        self._titles = titles
        self._lines = lines
        self._heard: dict[tuple[str, str, int, int], Said | None] = {}

    def of(self, indicator: Indicator, item: Item, panel: Panel) -> Said | None:
        """One in the label, a chapter's heading over it, the heads, a title or a line over the table, a note under it."""
        unit = indicator.row.unit_of_measure
        if not indicator.numeric or fold(unit) == numerals.PERCENT:
            return None
        label = (indicator.row.code, unit, item.row, item.column)
        if label not in self._heard:
            self._heard[label] = self._in_sayings(self._sayings.labels(indicator, item), unit)
        column = (indicator.column.key, unit, panel.header_row, panel.left)
        if column not in self._heard:
            over = self._in_sayings(self._sayings.over(indicator, panel), unit)
            self._heard[column] = over or self._in_titles(panel, unit) or self._in_lines(unit)
        return self._heard[label] or self._heard[column]

    def _in_sayings(self, sayings: Iterable[Saying], unit: str) -> Said | None:
        for cell, text, own in sayings:
            stated = other_scale(in_brackets(fold(text)), unit, self._counters)
            if stated and not any(other_scale(wording, unit, self._counters) == stated for wording in own):
                return cell, stated
        return None

    def _in_titles(self, panel: Panel, unit: str) -> Said | None:
        for cell in self._titles.over(panel):
            stated = other_scale(in_brackets(fold(cell.text)), unit, self._counters)
            if stated:
                return cell, stated
        return None

    def _in_lines(self, unit: str) -> Said | None:
        for line in self._lines.stating:
            said = other_scale_in_line(line.text, unit, self._counters)
            if said is not None:
                return (line, said) if said else None
        return None
