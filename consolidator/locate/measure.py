"""The unit of measure that a row states, against the form's (计量单位).

In: a sheet, an item, its panel. Out: the reading, without its value where the two differ in size.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.wording import short
from consolidator.locate import numerals
from consolidator.locate.labels import closing_remark
from consolidator.locate.readings import Reading
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Indicator
    from consolidator.locate.headers import Panel
    from consolidator.locate.match import Item
    from consolidator.model import Cell, Sheet


def seen_at(sheet: Sheet, row: int, column: int) -> Cell | None:
    """What a person sees at a place: the upper left cell of a merge."""
    area = sheet.area_at(row, column)
    own = sheet.at(row, column)
    return own if area is None else sheet.at(area.top, area.left) or own


class UnitsOfMeasure:
    """The units of measure on one sheet; `first` is the first row of indicators, `heads` the head cells by column key."""

    def __init__(self, sheet: Sheet, first: int, heads: Mapping[str, Cell]) -> None:
        self._sheet = sheet
        self._first = first
        self._heads = heads

    def check(self, reading: Reading, indicator: Indicator, item: Item, panel: Panel) -> Reading:
        """The unit of measure printed on the row, or in brackets after its label, against the form's."""
        expected = indicator.row.unit_of_measure
        cell, stated = self._stated(indicator, item, panel)
        if cell is None or _agrees(stated, indicator):
            return reading
        withheld = numerals.scale(stated) != numerals.scale(expected) and bool(reading.value)
        details = {
            "label": short(indicator.label),
            "indicator": indicator.code,
            "found": stated.strip(),
            "unit": expected,
            "value": str(reading.value if reading.value is not None else ""),
        }
        finding = Finding(
            code="U01",
            case="scale" if withheld else "column",
            severity=Severity.SOFT,
            indicators=(indicator.code,),
            sheet=self._sheet.name,
            cells=(cell.a1,),
            observed=cell.text,
            expected=expected,
            details=details,
        )
        return Reading(None if withheld else reading.value, (*reading.findings, finding))

    def agree(self, indicator: Indicator, item: Item, panel: Panel) -> bool:
        """Whether there is nothing to check or to ask, whatever the reading."""
        cell, stated = self._stated(indicator, item, panel)
        return (cell is None or _agrees(stated, indicator)) and not indicator.column.ask_unit

    def ask(self, reading: Reading, indicator: Indicator, cell: Cell | None) -> Reading:
        """A question where the form prints no unit of measure and the cell states none either."""
        if not indicator.column.ask_unit or not reading.value or cell is None or not numerals.is_bare(cell.text):
            return reading
        details = {
            "label": short(indicator.label),
            "indicator": indicator.code,
            "unit": indicator.row.unit_of_measure,
            "value": cell.text.strip(),
        }
        finding = Finding(
            "U01", Severity.SOFT, "unstated", indicators=(indicator.code,), sheet=self._sheet.name, cells=(cell.a1,),
            observed=cell.text, expected=indicator.row.unit_of_measure, details=details,
        )  # fmt: skip
        return Reading(reading.value, (*reading.findings, finding))

    def _stated(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell | None, str]:
        """The unit of measure that the row states. One of money in brackets, after its label or in the head, wins."""
        label = self._sheet.at(item.row, item.column)
        key = indicator.column.key
        head = self._heads.get(key) or self._sheet.at(panel.header_row, panel.values.get(key, 0))
        if numerals.is_money_unit(indicator.row.unit_of_measure):
            for cell in (label, head):
                if cell is not None and numerals.money_unit_in(cell.text):
                    return cell, numerals.money_unit_in(cell.text)
        own = seen_at(self._sheet, item.row, panel.unit) if panel.unit is not None else None
        if own is not None and fold(own.text):
            return own, own.text
        remark = closing_remark(item.text)
        if numerals.is_unit_of_measure(remark):
            return label, remark
        money = numerals.is_money_unit(indicator.row.unit_of_measure)
        line = self._money_line() if money else None
        return (line, numerals.money_line(line.text)) if line is not None else (None, "")

    def _money_line(self) -> Cell | None:
        """The line over the table that states the unit of money."""
        lines = (
            cell for cell in self._sheet.cells.values() if cell.row < self._first and numerals.money_line(cell.text)
        )
        return min(lines, key=lambda cell: (cell.row, cell.column), default=None)


def _agrees(stated: str, indicator: Indicator) -> bool:
    return not indicator.numeric or is_dash(stated) or fold(stated) in {"", fold(indicator.row.unit_of_measure)}
