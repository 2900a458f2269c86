"""One table on one sheet: values of its rows, and the rows that are not the form's.

In: a sheet, a table, its aligned items and panels. Out: observations and findings without owner.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.form.definition import BlankPolicy, Indicator, Row, ValueType
from consolidator.form.texts.wording import short
from consolidator.locate.around.overtitles import titles_of_table
from consolidator.locate.causes import gather
from consolidator.locate.cells.readings import Reading, placed
from consolidator.locate.cells.texts import filled_in, read_cell
from consolidator.locate.period.leaves import without_values
from consolidator.locate.rows.align import align
from consolidator.locate.rows.structure import judge_rows
from consolidator.locate.tables import merges
from consolidator.locate.tables.codes import codes_at_odds
from consolidator.locate.tables.group_heads import GroupHeads
from consolidator.locate.tables.lines import Lines, is_filled
from consolidator.locate.tables.measure import UnitsOfMeasure
from consolidator.locate.tables.other_periods import OtherPeriods
from consolidator.locate.tables.sayings import Sayings
from consolidator.locate.tables.slid import Slides
from consolidator.locate.tables.strangers import Strangers
from consolidator.model import Area, CellAddress, Observation, a1
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.columns.search import Columns
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Period, Sheet


class TableReading(Struct, frozen=True):
    """What one table gives: observations by indicator code, findings, and the rows (from 1) that it covers."""

    observations: Mapping[str, Observation]
    findings: tuple[Finding, ...]
    first_row: int
    last_row: int


class TableReader:
    """Reads one table from one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        form: Form,
        table: Table,
        items: Sequence[Item],
        policy: BlankPolicy | None,
        columns: Columns,
        *,
        period: Period | None,
    ) -> None:
        self.sheet = sheet
        self.form = form
        self.table = table
        self.policy = policy
        self.rows: Mapping[str, Row] = {row.code: row for row in table.rows}
        self.columns = columns
        self._panels: dict[tuple[int, int], Panel] = {}
        self.items = self._in_reading_order(items)
        self.alignment = align(self.items, self.rows)
        self._item_rows = {item.row for item in self.items}
        self._furthest = {(id(self.panel_of(item)), item.row): item.column for item in self.items}
        sayings = Sayings(sheet, self.rows, self.alignment, columns)
        self.units = UnitsOfMeasure(sayings, form)
        self.groups = GroupHeads(sayings, form, table)
        self.lines = Lines(sayings, self._item_rows, period)
        self.other_periods = OtherPeriods(sayings, self.groups, self.lines, titles_of_table(form, table), period)

    def read(self) -> TableReading:
        """Observations and findings of the whole table."""
        chosen, doubled = self.choose()
        told = {code: lines for code, lines in doubled.items() if code not in self._single}
        observations: dict[str, Observation] = {}
        panels = self.columns.panels
        findings = [*self.columns.findings, *self.groups.asked(panels), *self.units.asked(panels)]
        unknown = self.strangers()
        strangers = tuple(unknown.rows({item.row for item in self.alignment.undecided}))
        findings.extend(judge_rows(self.sheet.name, self.alignment, self.rows, strangers, told, self.sheet.hidden_rows))
        findings.extend(codes_at_odds(self.sheet, self.form, self.rows, chosen, self.panel_of))
        for code, row in self.rows.items():
            if code not in chosen:
                continue
            item = chosen[code]
            panel = self.panel_of(item)
            if row.type is ValueType.HEADING:
                findings.extend(self.heading_value(row, item, panel))
                continue
            for indicator in self.indicators(row):
                observation, said = self._observe(indicator, item, panel, usable=code not in doubled)
                if observation is not None:
                    observations[indicator.code] = observation
                findings.extend(said)
            if code in doubled:
                findings.extend(self._faults_of_others(row, item))
        read = {(seen.address.row, seen.address.column) for seen in observations.values()}
        findings.extend((*unknown.columns(), *unknown.numbers(read), *unknown.texts(read)))
        for slide in Slides(self.sheet, self.table, self.columns, chosen, unknown.signs).found():
            observations |= without_values({c: o for c, o in observations.items() if slide.holds(c)})
            findings = [*(said for said in findings if not slide.tells(said)), slide.finding]
        rows = [item.row for item in self.items] or [1]
        return TableReading(observations, gather(findings), max(1, min([*rows, *self.columns.header_rows])), max(rows))

    def strangers(self) -> Strangers:
        """What stands inside the table and is not the form's."""
        return Strangers(self.sheet, self.form, self.table, self.columns, self.items)

    def _in_reading_order(self, items: Sequence[Item]) -> list[Item]:
        """Items that stand among the labels, panel by panel, top to bottom."""
        ordered = []
        for panel in self.columns.panels:
            mine = panel.labels_of(items)
            for item in mine:
                self._panels.setdefault((item.row, item.column), panel)
            ordered += mine
        return ordered

    def indicators(self, row: Row) -> Iterator[Indicator]:
        """The indicators of a row, one a column."""
        for column in self.table.columns:
            yield self.form.indicators[f"{row.code}.{column.key}" if column.key else row.code]

    def panel_of(self, item: Item) -> Panel:
        """The panel among whose labels an item stands."""
        return self._panels[item.row, item.column]

    @cached_property
    def _single(self) -> frozenset[str]:
        """Rows of which a rule asks whether they stand once: a second line is told by the rule alone."""
        return frozenset(code.partition(".")[0] for code in self.form.left_to_rules.get("single", ()))

    def choose(self) -> tuple[dict[str, Item], dict[str, Sequence[Item]]]:
        """The item to read for each row; rows with several filled lines are doubled, here with all of their lines.

        A chapter heading repeated after a page break has no value of its own and is no second line.
        """
        chosen: dict[str, Item] = {}
        doubled: dict[str, Sequence[Item]] = {}
        for code, items in self.alignment.items.items():
            heading = self.rows[code].type is ValueType.HEADING
            own = [item for item in items if not self._beside(item)] if heading or len(items) > 1 else items
            timely = [item for item in own if self.lines.late(item, self.panel_of(item)) is None]
            once = merges.said_once(self.sheet, timely or own, self.panel_of)
            filled = [item for item in once if self._filled(item)]
            if len(filled) > 1 or (len(once) != 1 and not filled and not heading):
                doubled[code] = items
            elif len(items) == 1 and not heading and (lines := self._several(items[0])):
                doubled[code] = [replace(items[0], row=row) for row in lines]
            chosen[code] = self._settled(filled[0] if filled else once[0] if once else items[0])
        return chosen, doubled

    def _beside(self, item: Item) -> bool:
        """Whether a heading stands in a column of its own, beside a row of its chapter, which the figures are of."""
        return self._furthest[id(self.panel_of(item)), item.row] > item.column

    def _several(self, item: Item) -> Sequence[int]:
        """The lines of a label that is merged over several ones with figures; in a list they may repeat the same ones."""
        return self.lines.several(item, self.panel_of(item), alike=self.table.is_record)

    def _settled(self, item: Item) -> Item:
        """The item at the line of this period."""
        panel = self.panel_of(item)
        settled = self.lines.settled(item, panel)
        self._panels[settled.row, settled.column] = panel
        return settled

    def _filled(self, item: Item) -> bool:
        cells = [self.sheet.at(item.row, column) for column in self.panel_of(item).values.values()]
        return any(cell is not None and fold(cell.text) and not is_dash(cell.text) for cell in cells)

    def _observe(
        self, indicator: Indicator, item: Item, panel: Panel, *, usable: bool
    ) -> tuple[Observation | None, tuple[Finding, ...]]:
        column = panel.values.get(indicator.column.key)
        if column is None:
            return None, ()
        cell, area = self._value_cell(item, column)
        place = (cell.row, cell.column) if cell is not None else (item.row, column)
        address = CellAddress(self.sheet.name, *place)
        raw = cell.text if cell is not None else ""
        if area is not None:
            merged = self._merged(indicator, area, raw)
            return Observation(indicator.code, None, raw, address, item.how), (merged,)
        if indicator.row.type is ValueType.TEXT and not raw and filled_in(item.text, indicator.row):
            label = CellAddress(self.sheet.name, item.row, item.column)
            return Observation(indicator.code, item.text.strip(), item.text, label, item.how), ()
        late = self.other_periods.told(indicator, item, panel)
        reading = Reading(None, (late,)) if late is not None else self._read(indicator, item, panel, cell)
        value = reading.value if usable else None
        how = "doubled" if not usable else "moved" if indicator.row.code in self.alignment.moved else item.how
        findings = placed(reading, address)
        if not usable:  # nothing is taken, so nothing is said of how it was; what cannot stand is told all the same
            findings = tuple(finding for finding in findings if finding.severity is Severity.HARD and finding.observed)
        return Observation(indicator.code, value, raw, address, how), findings

    def _read(self, indicator: Indicator, item: Item, panel: Panel, cell: Cell | None) -> Reading:
        reading = read_cell(cell, indicator, self.form, self.form.policy(indicator, self.policy))
        reading = self.units.check(reading, indicator, item, panel)
        return self.units.ask(reading, indicator, cell)

    def _faults_of_others(self, row: Row, chosen: Item) -> Iterator[Finding]:
        """What cannot stand in the further lines of a row that is there several times."""
        for item in self.alignment.items[row.code]:
            if item is not chosen and row.type is not ValueType.HEADING:
                for indicator in self.indicators(row):
                    yield from self._observe(indicator, item, self.panel_of(item), usable=False)[1]

    def _value_cell(self, item: Item, column: int) -> tuple[Cell | None, Area | None]:
        """The cell that holds the value, looking through merges; the merge itself where it covers several values.

        Where a label is merged over several lines, its value may stand on any one of them.
        """
        filled = [line for line in self.lines.of(item, self.panel_of(item)) if self._stands(line, column)]
        row = filled[0] if len(filled) == 1 else item.row
        area = self.sheet.area_at(row, column)
        if area is not None and self.joins(area):
            return self.sheet.at(area.top, area.left), area
        return self.sheet.seen_at(row, column), None

    def _stands(self, row: int, column: int) -> bool:
        return is_filled(self.sheet.seen_at(row, column))

    def joins(self, area: Area) -> bool:
        """Whether a merge joins several values: of rows, or of columns unless it says that there is nothing in any."""
        if merges.over_rows(area, self._item_rows):
            return True
        return merges.over_values(area, self.columns.panels) and not merges.says_nothing(self.sheet, area)

    def _merged(self, indicator: Indicator, area: Area, raw: str) -> Finding:
        return Finding(
            code="L06",
            severity=Severity.HARD,
            indicators=(indicator.code,),
            sheet=self.sheet.name,
            cells=(a1(area.top, area.left),),
            observed=raw,
            details={"cells": area.a1, "found": raw.strip(), "label": short(indicator.label)},
        )

    def heading_value(self, row: Row, item: Item, panel: Panel) -> list[Finding]:
        """A number written on a heading line, where the form asks for none."""
        if self._beside(item):
            return []
        found = []
        for column in panel.values.values():
            cell, area = self._value_cell(item, column)
            down = area is not None and merges.over_rows(area, self._item_rows)
            if cell is None or down or not fold(cell.text) or is_dash(cell.text) or fold(cell.text) == "0":
                continue
            details = {"row": str(item.row), "label": row.label, "found": cell.text.strip()}
            found.append(
                Finding(
                    "S04", Severity.INFO, "heading_value", sheet=self.sheet.name, cells=(cell.a1,),
                    observed=cell.text, details=details,
                )
            )  # fmt: skip
        return found
