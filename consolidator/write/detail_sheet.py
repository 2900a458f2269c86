"""分乡镇明细表: one row a unit, the included ones as one block that the totals add up, the rest below it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import TYPE_CHECKING

from consolidator.model import Status
from consolidator.write import styles
from consolidator.write.adjustments import entry_lines, face_lines, signed_shape
from consolidator.write.category_plan import CATEGORY, category_name
from consolidator.write.coverage import coverage_lines
from consolidator.write.detail_plan import HEADER_ROWS, DetailColumn, DetailPlan
from consolidator.write.detail_widths import SIZE, detail_widths
from consolidator.write.facts import owner
from consolidator.write.paper import page_breaks
from consolidator.write.shapes import shape
from consolidator.write.text import plain, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.model import CountyTable, Observation, UnitRow
    from consolidator.write.book import Book
    from consolidator.write.facts import Facts
    from consolidator.write.links import Linker
    from consolidator.write.page import Page
    from consolidator.write.styles import Style

_HEAD_COLUMNS = 10
_RAW_SHOWN = 10
_CELL = styles.BODY.but(size=SIZE)
_NUMBER = styles.BODY_NUMBER.but(size=SIZE)
_HEAD = styles.HEADER.but(size=SIZE)
_SUM = _NUMBER.but(bold=True, fill=styles.TOTAL_FILL)


class Reader(StrEnum):
    """For whom a sheet is: the county office sees everything, superiors see figures only."""

    OFFICE = "office"
    SUPERIORS = "superiors"


_LEADS: Mapping[Reader, tuple[str, ...]] = {
    Reader.OFFICE: ("serial", "unit_name", "unit_code", CATEGORY, "status"),
    Reader.SUPERIORS: ("serial", "unit_name", CATEGORY),
}
PINNED = 2
"""The first columns, number and name, stay in sight and stand on every printed page."""

TOPS: Mapping[Reader, int] = {Reader.OFFICE: 4, Reader.SUPERIORS: 3}


def leads(reader: Reader, table: CountyTable) -> tuple[str, ...]:
    """The columns about the unit; its category is one of them where the totals are parted by it."""
    return tuple(key for key in _LEADS[reader] if key != CATEGORY or table.categories)


@dataclass(frozen=True)
class DetailSheet:
    """Writes one form's detail sheet. `linker` is None for superiors, who get no paths."""

    book: Book
    facts: Facts
    plan: DetailPlan
    reader: Reader
    linker: Linker | None = None

    def write(self) -> Page:
        """Make the sheet and fill it."""
        page = self.book.page(self.plan.name)
        widths = detail_widths(self.facts, self.plan, self._leads)
        page.columns(widths)
        breaks = page_breaks(widths, PINNED, self.plan.lead, self._group_ends())
        self._head(page)
        self._header(page, breaks)
        for number, row in enumerate(self.plan.included):
            self._unit(page, self.plan.first + number, number + 1, row)
        if self.plan.adjustment is not None:
            self._adjustments(page, self.plan.adjustment)
        self._totals(page)
        last = self._reasons(page, self._others(page))
        self._finish(page, last, breaks)
        return page

    def _head(self, page: Page) -> None:
        facts, plan = self.facts, self.plan
        table = plan.table
        last = min(plan.last_column, plan.lead + _HEAD_COLUMNS)
        corner = facts.word("detail", "corner", county=table.county, period=facts.period(table.period))
        page.span(0, 0, PINNED - 1, corner, _HEAD.but(fill="", border=0, size=12), bottom=plan.top - 1)
        page.span(0, PINNED, last, facts.word("detail", "title", form=table.form.title), styles.TITLE.but(size=16))
        lines = [*coverage_lines(facts, table.coverage), *face_lines(facts, table)]
        page.span(1, PINNED, last, lines[0], styles.HINT.but(size=11, bold=True, ink=styles.BLACK))
        page.span(2, PINNED, last, "\n".join(lines[1:]), styles.HINT)
        if self.reader is Reader.OFFICE:
            page.span(3, PINNED, last, facts.word("detail", "legend"), styles.HINT)

    def _header(self, page: Page, breaks: Sequence[int]) -> None:
        top, plan = self.plan.top, self.plan
        ordinals = self.facts.word("mark", "ordinals")
        for number, key in enumerate(self._leads):
            page.span(top, number, number, self.facts.word("column", key), _HEAD, bottom=top + HEADER_ROWS - 2)
            page.text(top + HEADER_ROWS - 1, number, ordinals[number], _HEAD)
        start = 0
        light = _HEAD.but(font=styles.LIST_FONT)
        for number, column in enumerate(plan.columns):
            at = column.position
            page.text(top + 2, at, column.indicator.row.unit_of_measure, light)
            page.text(top + 3, at, column.indicator.code, _HEAD)
            follows = plan.columns[number + 1].group if number + 1 < len(plan.columns) else None
            ends = follows != column.group or at + 1 in breaks
            if ends and start == number and column.group == column.label:
                page.text(top + 1, at, column.label, light)  # for the height; then both rows become one
                page.span(top, at, at, column.label, light, bottom=top + 1)
            else:
                page.text(top + 1, at, column.label, light)
                if ends:
                    page.span(top, plan.columns[start].position, at, column.group, _HEAD)
            start = number + 1 if ends else start

    def _unit(self, page: Page, at: int, serial: int, row: UnitRow) -> None:
        ink = styles.BLACK if row.included else styles.QUIET_INK
        look = _CELL.but(ink=ink)
        for number, key in enumerate(self._leads):
            if key == "serial":
                page.count(at, number, serial, look.but(align="center"))
            elif key == "unit_name":
                link = self.linker.to_file(row.file, row.sheet, "A1") if self.linker else None
                page.link(at, number, row.unit.name, look, link)
            else:
                page.text(at, number, self._about(row, key), look.but(align="center"))
        if not row.file or row.status is Status.CONFLICT:  # to show one of several versions would be to choose it
            page.blank(at, self.plan.lead, self.plan.last_column, look)
            return
        fills = self._fills.get((row.unit.key, row.file), {})
        for column in self.plan.columns:
            code = column.indicator.code
            self._value(page, at, column, row.values.get(code), (fills.get(code, ""), ink))

    def _about(self, row: UnitRow, key: str) -> str:
        if key == CATEGORY:
            return category_name(self.facts, row.unit.category)
        return row.unit.code if key == "unit_code" else self.facts.word("status", row.status)

    def _value(
        self, page: Page, at: int, column: DetailColumn, value: Observation | None, colours: tuple[str, str]
    ) -> None:
        if value is not None and value.number is not None:
            look = _number_look(*colours, shape(column.indicator.row, value.number))
            page.number(at, column.position, value.number, look)
        elif value is not None and isinstance(value.value, str) and value.value:
            page.text(at, column.position, value.value, _text_look(*colours))
        else:
            raw = visible(value.raw).strip() if value is not None and self.reader is Reader.OFFICE else ""
            text = self.facts.word("mark", "no_value")
            if raw and column.indicator.numeric:
                clipped = raw if len(raw) <= _RAW_SHOWN else raw[:_RAW_SHOWN] + "…"
                text = self.facts.word("mark", "not_used", raw=clipped)
            page.text(at, column.position, text, _text_look(colours[0], styles.QUIET_INK).but(align="center"))

    def _adjustments(self, page: Page, at: int) -> None:
        """The county's own line: one more addend of every total, never a change of a unit's figure."""
        plan, look = self.plan, _CELL.but(bold=True)
        page.span(at, 0, PINNED - 1, self.facts.word("adjustment", "name"), look.but(align="center"))
        page.blank(at, PINNED, plan.lead - 1, look)
        for column in plan.columns:
            total = plan.table.totals.get(column.indicator.code)
            if total is None or not total.adjustments:
                page.blank(at, column.position, column.position, look)
            else:
                signed = signed_shape(column.indicator.row, total.adjusted)
                page.number(at, column.position, total.adjusted, _NUMBER.but(bold=True, shape=signed))

    def _reasons(self, page: Page, at: int) -> int:
        """Every adjustment with its reason, below the units; gives the last row."""
        last = min(self.plan.last_column, self.plan.lead + _HEAD_COLUMNS)
        for line in entry_lines(self.facts, self.plan.table):
            at += 1
            page.span(at, 0, last, line, styles.HINT)
        return at

    def _totals(self, page: Page) -> None:
        plan = self.plan
        label = _SUM.but(align="center")
        page.span(plan.total, 0, PINNED - 1, self.facts.word("detail", "total"), label)
        page.blank(plan.total, PINNED, plan.lead - 1, label)
        for column in plan.columns:
            total = plan.table.totals.get(column.indicator.code)
            if not column.indicator.numeric or total is None or total.value is None:
                page.text(plan.total, column.position, self.facts.word("mark", "no_value"), label)
                continue
            look = _SUM.but(shape=shape(column.indicator.row, total.value))
            if total.indicator in plan.live:
                page.formula(plan.total, column.position, plan.sum_here(total.indicator), total.value, look)
            else:
                page.text(plan.total, column.position, plain(total.value), look)

    def _others(self, page: Page) -> int:
        plan, at = self.plan, self.plan.total
        if not plan.others:
            return at
        at += 1
        page.span(at, 0, PINNED - 1, self.facts.word("detail", f"others_{self.reader}"), _CELL.but(bold=True))
        page.blank(at, PINNED, plan.last_column, _CELL)
        for number, row in enumerate(plan.others):
            at += 1
            if self.reader is Reader.OFFICE:
                self._unit(page, at, len(plan.included) + number + 1, row)
            else:
                self._absent(page, at, len(plan.included) + number + 1, row)
        return at

    def _absent(self, page: Page, at: int, serial: int, row: UnitRow) -> None:
        look = _CELL.but(ink=styles.QUIET_INK)
        page.count(at, 0, serial, look.but(align="center"))
        page.text(at, 1, row.unit.name, look)
        for number, key in enumerate(self._leads[PINNED:], start=PINNED):
            page.text(at, number, self._about(row, key), look.but(align="center"))
        last = min(self.plan.last_column, self.plan.lead + 2)
        page.span(at, self.plan.lead, last, self.facts.word("status", row.status), look)
        page.blank(at, last + 1, self.plan.last_column, look)

    def _finish(self, page: Page, last: int, breaks: Sequence[int]) -> None:
        plan = self.plan
        page.sheet.freeze_panes(plan.first, PINNED)
        end = plan.last if plan.included else last
        page.sheet.autofilter(plan.first - 1, 0, max(end, plan.first), plan.last_column)
        header = (plan.top, plan.first - 1)
        page.print_wide(header=header, pinned=PINNED, breaks=breaks, last=(last, plan.last_column))

    def _group_ends(self) -> list[int]:
        columns = self.plan.columns
        return [
            column.position
            for column, follower in zip(columns, (*columns[1:], None), strict=True)
            if follower is None or follower.group != column.group
        ]

    @property
    def _leads(self) -> tuple[str, ...]:
        return leads(self.reader, self.plan.table)

    @cached_property
    def _fills(self) -> Mapping[tuple[str, str], Mapping[str, str]]:
        """Colours of the cells that findings are about, by unit and file, then by indicator; hard ones win."""
        fills: defaultdict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        if self.reader is Reader.SUPERIORS:
            return fills
        for found, fill in ((self.facts.soft, styles.SOFT_FILL), (self.facts.hard, styles.HARD_FILL)):
            for finding in found:
                if finding.form == self.plan.table.form.id:
                    fills[owner(finding), finding.file].update(dict.fromkeys(finding.indicators, fill))
        return fills


@cache
def _number_look(fill: str, ink: str, number_shape: str) -> Style:
    return _NUMBER.but(fill=fill, ink=ink, shape=number_shape)


@cache
def _text_look(fill: str, ink: str) -> Style:
    return _CELL.but(fill=fill, ink=ink)
