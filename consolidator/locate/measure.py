"""The unit of measure that a row states, against the form's (计量单位).

In: a sheet, an item, its panel. Out: the reading, without its value where the two differ in size, or where what stands
over or before it says that it is another period's.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.choices import ValueType
from consolidator.form.wording import short
from consolidator.locate import numerals
from consolidator.locate.labels import closing_remark, core
from consolidator.locate.overtitles import head_of_another_period, is_period_alone, title_of_another_period
from consolidator.locate.readings import Reading
from consolidator.locate.remarks import of_other_period
from consolidator.locate.scales import is_note, other_scale, other_scale_in_line, states_units
from consolidator.model import CellKind, a1
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Indicator, Row
    from consolidator.locate.align import Alignment
    from consolidator.locate.columns import Columns
    from consolidator.locate.headers import Panel
    from consolidator.locate.match import Item
    from consolidator.locate.overtitles import Titles
    from consolidator.model import Cell, Period, Sheet

    _Saying = tuple[Cell, str, tuple[str, ...]]


def seen_at(sheet: Sheet, row: int, column: int) -> Cell | None:
    """What a person sees at a place: the upper left cell of a merge."""
    area = sheet.area_at(row, column)
    own = sheet.at(row, column)
    return own if area is None else sheet.at(area.top, area.left) or own


class UnitsOfMeasure:
    """What a sheet states of its figures: their units of measure, and in a label that they are another period's."""

    def __init__(
        self,
        sheet: Sheet,
        rows: Mapping[str, Row],
        alignment: Alignment,
        columns: Columns,
        period: Period | None,
        titles: Titles,
    ) -> None:
        self._sheet = sheet
        self._rows = rows
        self._items = alignment.items
        self._heads = columns.heads
        self._header_rows = columns.header_rows
        self._period = period
        self._titles = titles
        items = [item for found in alignment.items.values() for item in found]
        rows_of_items = [item.row for item in (*items, *alignment.undecided)]
        self._first, self._last = min(rows_of_items, default=1), max(rows_of_items, default=1)
        self._labelled: dict[tuple[str, int, int], tuple[_Saying, ...]] = {}
        self._over: dict[tuple[int, int], tuple[Cell, ...]] = {}

    def check(self, reading: Reading, indicator: Indicator, item: Item, panel: Panel) -> Reading:
        """The unit of measure printed on the row, in brackets or over the table, against the form's."""
        late = self._other_period(indicator, item, panel)
        if late is not None:
            return Reading(None, (self._late(indicator, item, *late),))
        scaled = self._other_scale(indicator, item, panel)
        if scaled is not None:
            return self._differing(reading, indicator, *scaled) if reading.value else reading
        cell, stated = self._stated(indicator, item, panel)
        if cell is None or _agrees(stated, indicator):
            return reading
        return self._differing(reading, indicator, cell, stated)

    def _differing(self, reading: Reading, indicator: Indicator, cell: Cell, stated: str) -> Reading:
        """The reading with a question, and without its value where the unit of measure is one of another size."""
        expected = indicator.row.unit_of_measure
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
        agreed = cell is None or _agrees(stated, indicator)
        usual = self._other_period(indicator, item, panel) is None and self._other_scale(indicator, item, panel) is None
        return agreed and usual and not indicator.column.ask_unit

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

    def _other_period(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell | None, str] | None:
        """What says that a figure is another period's, and its cell: the label, a heading, head or title over it."""
        for cell, text, own in self._labels_of(indicator, item):
            remark = of_other_period(text, own, self._period)
            if remark:
                return cell, remark
        column = indicator.column
        own = (*column.wordings, column.group)
        for cell in self._heads_over(panel, panel.values.get(column.key, 0)):
            if panel.first_row < panel.last_row or self._begins_label(cell.text):
                remark = head_of_another_period(cell.text, own, self._period)
                if remark:
                    return cell, remark
        return self._title

    def _begins_label(self, text: str) -> bool:
        """Whether a text over a table that stands across is the first part of a row's name, printed over several."""
        return any(label.startswith(core(text)) for label in self._labels)

    def _late(self, indicator: Indicator, item: Item, cell: Cell | None, remark: str) -> Finding:
        """A line, a column or a table of another period's figures, which the form does not have."""
        label = seen_at(self._sheet, item.row, item.column)
        over = cell is not None and cell is not label
        details = {"row": str(item.row), "label": short(indicator.label), "found": remark}
        if over and cell is not None:
            details["label"] = cell.text.strip()
        return Finding(
            "S04", Severity.HARD, "other_period_over" if over else "other_period", indicators=(indicator.code,),
            sheet=self._sheet.name, cells=(cell.a1 if over and cell is not None else a1(item.row, item.column),),
            observed=shown.text if (shown := cell or label) is not None else "", details=details,
        )  # fmt: skip

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(core(word) for row in self._rows.values() for word in row.wordings)

    @cached_property
    def _title(self) -> tuple[Cell, str] | None:
        return title_of_another_period(self._sheet, self._first, self._titles, self._period)

    def _other_scale(self, indicator: Indicator, item: Item, panel: Panel) -> tuple[Cell, str] | None:
        """A scale that is not the form's in the label, a chapter's heading over it, the heads, a line over the table."""
        unit = indicator.row.unit_of_measure
        if not indicator.numeric or fold(unit) == numerals.PERCENT:
            return None
        for cell, text, own in self._sayings(indicator, item, panel):
            stated = other_scale(text, unit)
            if stated and not any(other_scale(wording, unit) == stated for wording in own):
                return cell, stated
        for line in self._lines:
            said = other_scale_in_line(line.text, unit)
            if said is not None:
                return (line, said) if said else None
        return None

    def _sayings(self, indicator: Indicator, item: Item, panel: Panel) -> Iterator[_Saying]:
        """The texts that may state a unit of measure in brackets, each with the form's own wordings for it."""
        yield from self._labels_of(indicator, item)
        column = indicator.column
        for cell in self._heads_over(panel, panel.values.get(column.key, 0)):
            yield cell, cell.text, (*column.wordings, column.group)

    def _labels_of(self, indicator: Indicator, item: Item) -> tuple[_Saying, ...]:
        """The label of a figure and the headings over it, each with the form's own wordings for it."""
        place = (indicator.row.code, item.row, item.column)
        if place not in self._labelled:
            self._labelled[place] = tuple(self._read_labels(indicator, item))
        return self._labelled[place]

    def _read_labels(self, indicator: Indicator, item: Item) -> Iterator[_Saying]:
        row: Row | None = self._rows[indicator.row.code]
        items: tuple[Item, ...] = (item,)
        while row is not None:
            for each in items:
                cell = seen_at(self._sheet, each.row, each.column)
                if cell is not None:
                    yield cell, each.text, row.wordings
            row = self._rows.get(row.parent)
            headed = row is not None and row.type is ValueType.HEADING
            items = self._items.get(row.code, ()) if row is not None and headed else ()

    def _heads_over(self, panel: Panel, column: int) -> tuple[Cell, ...]:
        """What stands over a column in its header lines, and between them and the first indicator."""
        place = (panel.header_row, column)
        if place not in self._over:
            first = min((each.row for found in self._items.values() for each in found if panel.covers(each)), default=1)
            rows = self._header_rows.union(range(panel.header_row, first) if panel.header_row else ())
            cells = [seen_at(self._sheet, row, column) for row in sorted(rows) if row < first]
            group = self._group_over(panel, column)
            found = [cell for cell in (group, *cells) if cell is not None and cell.kind is CellKind.TEXT]
            self._over[place] = tuple({cell.a1: cell for cell in found}.values())
        return self._over[place]

    def _group_over(self, panel: Panel, column: int) -> Cell | None:
        """The cell over the header lines that is merged over several columns of values, or says a year alone."""
        top = panel.header_row
        while top - 1 in self._header_rows:
            top -= 1
        cell, area = self._sheet.at(top - 1, column), self._sheet.area_at(top - 1, column)
        if panel.first_row == panel.last_row or not panel.header_row:
            return None
        if cell is not None and (area is None or area.left == area.right):
            return cell if is_period_alone(cell.text) else None
        return self._sheet.at(area.top, area.left) if area is not None and panel.label < area.left else None

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

    @cached_property
    def _lines(self) -> tuple[Cell, ...]:
        """The notes under the table that state units of measure, then the lines over it, the nearest first: the first counts."""
        counters = {row.unit_of_measure for row in self._rows.values()}
        cells = [cell for cell in self._sheet.cells.values() if not self._first <= cell.row <= self._last]
        stating = [cell for cell in cells if cell.kind is CellKind.TEXT and states_units(cell.text, counters)]
        notes = [cell for cell in stating if cell.row > self._last and is_note(cell.text)]
        over = [cell for cell in stating if cell.row < self._first]
        return (*notes, *sorted(over, key=lambda cell: (-cell.row, cell.column)))

    def _money_line(self) -> Cell | None:
        """The line over the table that states the unit of money."""
        lines = (
            cell for cell in self._sheet.cells.values() if cell.row < self._first and numerals.money_line(cell.text)
        )
        return min(lines, key=lambda cell: (cell.row, cell.column), default=None)


def _agrees(stated: str, indicator: Indicator) -> bool:
    return not indicator.numeric or is_dash(stated) or fold(stated) in {"", fold(indicator.row.unit_of_measure)}
