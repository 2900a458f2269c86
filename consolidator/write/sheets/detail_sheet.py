"""分乡镇明细表: one row a unit, the included ones as one block that the totals add up, the rest below it."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import column_name
from consolidator.write.plans.detail_plan import HEADER_ROWS
from consolidator.write.plans.detail_widths import SIZE, detail_widths
from consolidator.write.plans.excel_rules import address
from consolidator.write.plans.readers import PINNED, Reader, leads
from consolidator.write.sheets.unit_rows import CELL, NUMBER, UnitRows
from consolidator.write.telling.adjustments import entry_lines, face_lines, signed_shape
from consolidator.write.telling.coverage import coverage_lines
from consolidator.write.workbook import styles
from consolidator.write.workbook.page import ROW_POINTS
from consolidator.write.workbook.paper import WIDE_SCALE, page_breaks, wide_scale
from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.facts import Facts
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.links import Linker
    from consolidator.write.workbook.page import Page

_HEAD_COLUMNS = 10
_UNITS_A_PAGE = 60
_HEAD = styles.HEADER.but(size=SIZE)
_SUM = NUMBER.but(bold=True, fill=styles.TOTAL_FILL)


class DetailSheet(Struct, frozen=True, dict=True):
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
        self._head(page, breaks)
        self._header(page, breaks)
        if not self._coded:
            self._name_columns()
        self._rows.put(page, self.plan.first, 1, self.plan.included)
        if self.plan.adjustment is not None:
            self._adjustments(page, self.plan.adjustment)
        self._totals(page)
        last = self._reasons(page, self._others(page))
        self._finish(page, last, breaks, self._scale(page, last, widths))
        return page

    def _scale(self, page: Page, last: int, widths: Sequence[float]) -> int:
        """How large it prints: a county's units stay on one page where a few of them alone would stand on the next."""
        units = [*self.plan.included, *self.plan.others]
        if len(units) > _UNITS_A_PAGE:
            return WIDE_SCALE
        return wide_scale(page.height(last) + self._rows.height(units, widths) - ROW_POINTS * len(units))

    def _head(self, page: Page, breaks: Sequence[int]) -> None:
        facts, plan = self.facts, self.plan
        table = plan.table
        last = min(plan.last_column, plan.lead + _HEAD_COLUMNS, *(column - 1 for column in breaks[:1]))
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
            page.text(top + 3, at, column.indicator.code if self._coded else str(number + 1), _HEAD)
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

    @property
    def _coded(self) -> bool:
        """Whether codes stand under the heads: for the office, which reads them again, and where the form prints them."""
        return self.reader is Reader.OFFICE or self.plan.table.form.codes_printed

    def _name_columns(self) -> None:
        """Hidden names that tell the next period's run which column is which; those that differ in capitals alone get none."""
        codes = [column.indicator.code for column in self.plan.columns]
        capitals = Counter(code.casefold() for code in codes)
        number = [table.form.id for table in self.facts.result.tables].index(self.plan.table.form.id) + 1
        row = self.plan.top + HEADER_ROWS - 1
        for column in self.plan.columns:
            code = column.indicator.code
            if capitals[code.casefold()] == 1:
                self.book.name(column_name(number, code), self.plan.name, address(row, column.position))

    def _adjustments(self, page: Page, at: int) -> None:
        """The county's own line: one more addend of every total, never a change of a unit's figure."""
        plan, look = self.plan, CELL.but(bold=True)
        page.span(at, 0, PINNED - 1, self.facts.word("adjustment", "name"), look.but(align="center"))
        page.blank(at, PINNED, plan.lead - 1, look)
        for column in plan.columns:
            total = plan.table.totals.get(column.indicator.code)
            if total is None or not total.adjustments:
                page.blank(at, column.position, column.position, look)
            else:
                signed = signed_shape(column.indicator.row, total.adjusted)
                page.number(at, column.position, total.adjusted, NUMBER.but(bold=True, shape=signed))

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
        page.span(at, 0, PINNED - 1, self.facts.word("detail", f"others_{self.reader}"), CELL.but(bold=True))
        page.blank(at, PINNED, plan.last_column, CELL)
        self._rows.put(page, at + 1, len(plan.included) + 1, plan.others)
        return at + len(plan.others)

    def _finish(self, page: Page, last: int, breaks: Sequence[int], scale: int) -> None:
        plan = self.plan
        page.sheet.freeze_panes(plan.first, PINNED)
        end = plan.last if plan.included else last
        page.sheet.autofilter(plan.first - 1, 0, max(end, plan.first), plan.last_column)
        header = (plan.top, plan.first - 1)
        page.print_wide(header=header, pinned=PINNED, breaks=breaks, last=(last, plan.last_column), scale=scale)

    def _group_ends(self) -> list[int]:
        columns = self.plan.columns
        return [
            column.position
            for column, follower in zip(columns, (*columns[1:], None), strict=True)
            if follower is None or follower.group != column.group
        ]

    @cached_property
    def _rows(self) -> UnitRows:
        return UnitRows(self.facts, self.plan, self.reader, self._leads, self.linker)

    @property
    def _leads(self) -> tuple[str, ...]:
        return leads(self.reader, self.plan.table)
