"""The unit of measure that a row states, against the form's (计量单位).

In: a reading, an item, its panel. Out: the reading, without its value where the two differ in size.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.form.texts.wording import short
from consolidator.locate.cells import numerals
from consolidator.locate.cells.readings import Reading
from consolidator.locate.cells.sizes import same_size
from consolidator.locate.tables.other_scales import OtherScales
from consolidator.locate.tables.unit_lines import UnitLines
from consolidator.locate.tables.unit_titles import UnitTitles, units_at_end
from consolidator.locate.words.appended import in_brackets
from consolidator.locate.words.labels import closing_remark
from consolidator.locate.words.scales import (
    is_ditto,
    line_of_another_kind,
    lists_units,
    of_another_kind,
    other_scale_in_line,
)
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Form, Indicator
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.locate.tables.sayings import Sayings
    from consolidator.model import Cell


class UnitsOfMeasure:
    """What a sheet states of the units of measure of one table's figures."""

    def __init__(self, sayings: Sayings, form: Form) -> None:
        """Of the figures that `sayings` stand around, on a form."""
        self._counters = form.units
        self._form = form
        self._foreign: dict[tuple[int, int, str, str], tuple[Cell, str] | None] = {}
        self._sheet = sayings.sheet
        self._sayings = sayings
        self._titles = UnitTitles(sayings, form)
        self._lines = UnitLines(sayings, form)
        self._scales = OtherScales(sayings, form, self._titles, self._lines)

    def check(self, reading: Reading, indicator: Indicator, item: Item, panel: Panel) -> Reading:
        """The unit of measure printed on the row, in brackets or over the table, against the form's."""
        if reading.value is None:
            return self._in_other_size(reading, indicator, item, panel)
        scaled = self._scales.of(indicator, item, panel)
        if scaled is not None:
            return self._differing(reading, indicator, *scaled) if reading.value else reading
        cell, stated = self._stated(indicator, item, panel)
        if cell is None or _agrees(stated, indicator):
            foreign = self._of_another_kind(indicator, panel) if reading.value else None
            return self._differing(reading, indicator, *foreign) if foreign is not None else reading
        if not reading.value and same_size(stated, indicator.row.unit_of_measure) is False:
            return reading  # nothing is nothing in every size
        return self._differing(reading, indicator, cell, stated)

    def _in_other_size(self, reading: Reading, indicator: Indicator, item: Item, panel: Panel) -> Reading:
        """A fraction where a count is asked for: said once where its unit of measure is one of another size (1.2 of 万人)."""
        if [told.code for told in reading.findings if told.case in ("decimal", "point")] != ["F01"]:
            return reading
        judged = self.check(Reading(Decimal(1)), indicator, item, panel)
        if judged.value is not None:
            return reading
        value = reading.findings[0].observed.strip()
        told = (replace(each, details={**each.details, "value": value}) for each in judged.findings)
        return Reading(None, tuple(told))

    def _differing(self, reading: Reading, indicator: Indicator, cell: Cell, stated: str) -> Reading:
        """The reading with a question, and without its value where the unit of measure is one of another size."""
        expected = indicator.row.unit_of_measure
        alike = same_size(stated, expected)
        withheld = bool(reading.value) and (
            numerals.scale(stated) != numerals.scale(expected) if alike is None else not alike
        )
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
        agreed = cell is None or _agrees(stated, indicator)
        scaled = self._scales.of(indicator, item, panel)
        foreign = not self.asked((panel,)) and self._of_another_kind(indicator, panel) is None
        return agreed and foreign and scaled is None and not indicator.column.ask_unit

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

    def _of_another_kind(self, indicator: Indicator, panel: Panel) -> tuple[Cell, str] | None:
        """A head over a figure that states a unit of measure which no figure under that head can have."""
        place = (panel.header_row, panel.left, indicator.column.key, indicator.row.unit_of_measure)
        if place not in self._foreign:
            found = self._foreign_heads(indicator, panel) if self._is_measured(indicator) else ()
            self._foreign[place] = next(iter(found), None)
        return self._foreign[place]

    def _foreign_heads(self, indicator: Indicator, panel: Panel) -> Iterator[tuple[Cell, str]]:
        for cell, text, own in self._sayings.over(indicator, panel):
            said = in_brackets(fold(text))
            may = "(" in said or lists_units(said, self._counters)
            units = self._units_under(cell, panel) if may else frozenset()
            stated = of_another_kind(said, units) if units else ""
            if stated and not any(of_another_kind(in_brackets(fold(word)), units) == stated for word in own):
                yield cell, stated

    def _units_under(self, cell: Cell, panel: Panel) -> frozenset[str]:
        """The units of measure of all figures under a head."""
        under = {key for key, spot in panel.values.items() if cell in self._sayings.heads_over(panel, spot)}
        return frozenset(
            fold(each.row.unit_of_measure)
            for each in self._form.indicators.values()
            if each.row.code in self._sayings.rows and each.column.key in under and self._is_measured(each)
        )

    @staticmethod
    def _is_measured(indicator: Indicator) -> bool:
        unit = fold(indicator.row.unit_of_measure)
        return indicator.numeric and bool(unit) and unit != numerals.PERCENT

    def asked(self, panels: Sequence[Panel]) -> tuple[Finding, ...]:
        """A question about a line over the table, or a note, that states units of measure which no figure of the form has."""
        units = frozenset(unit for unit in self._counters - {"", numerals.PERCENT} if not is_dash(unit))
        if not units or not self._lines.stating:
            return ()
        heads = {
            cell for each in panels for spot in each.values.values() for cell in self._sayings.heads_over(each, spot)
        }
        for line in (line for line in self._lines.stating if line not in heads):
            found = line_of_another_kind(line.text, units)
            if found and all(other_scale_in_line(line.text, unit, self._counters) is None for unit in units):
                details = {"found": found, "unit": "、".join(sorted(units))}
                where = self._sheet.name
                told = Finding(
                    "U01", Severity.SOFT, "line", sheet=where, cells=(line.a1,), observed=line.text, details=details
                )
                return (told,)
        return ()

    def _stated(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell | None, str]:
        """The unit of measure that the row states. One of money in brackets, after its label or in the head, wins."""
        label = self._sheet.at(item.row, item.column)
        key = indicator.column.key
        over = self._sayings.heads_over(panel, panel.values.get(key, 0))
        if numerals.is_money_unit(indicator.row.unit_of_measure):
            for cell in (label, panel.heads.get(key), *reversed(over), self._sayings.heads.get(key)):
                stated = numerals.money_unit_in(in_brackets(fold(cell.text))) if cell is not None else ""
                if stated and (cell is not label or self._is_of(stated, indicator)):
                    return cell, stated
            for cell in over:
                if numerals.is_money_unit(fold(cell.text).strip("()")):
                    return cell, fold(cell.text).strip("()")  # on a line of its own under the heads
            for cell in self._titles.over(panel):
                stated = numerals.money_unit_in(in_brackets(fold(cell.text)))
                if stated and not any(_agrees(each, indicator) for each in (stated, *units_at_end(cell.text)) if each):
                    return cell, stated
        line = self._lines.of_money if numerals.is_money_unit(indicator.row.unit_of_measure) else None
        stated = numerals.money_line(line.text) if line is not None else ""
        if stated and not _agrees(stated, indicator):
            return line, stated  # whatever the row says: one of the two is wrong
        own = self._on_row(item.row, panel.unit) if panel.unit is not None else None
        if own is not None and fold(own.text) and self._is_of(own.text, indicator):
            return own, own.text
        remark = closing_remark(item.text)
        after = numerals.is_unit_of_measure(remark) and self._is_of(remark, indicator)
        return (label, remark) if after else (line, stated)

    def _on_row(self, row: int, column: int) -> Cell | None:
        """What stands in the column of units of measure: where that says ditto, what stands above it."""
        cell = self._sheet.seen_at(row, column)
        while cell is not None and is_ditto(cell.text):
            row -= 1
            cell = self._sheet.seen_at(row, column)
        return cell

    def _is_of(self, stated: str, indicator: Indicator) -> bool:
        """Whether the unit of measure that a row states is that of its figure, also under a column with a unit of its own."""
        own, row = indicator.column.unit_of_measure, self._sayings.rows[indicator.row.code].unit_of_measure
        if not own or fold(own) == fold(row):
            return True
        return fold(stated) != fold(row) and same_size(stated, own) is not None


def _agrees(stated: str, indicator: Indicator) -> bool:
    unit = indicator.row.unit_of_measure
    return not indicator.numeric or is_dash(stated) or fold(stated) in {"", fold(unit)} or bool(same_size(stated, unit))
