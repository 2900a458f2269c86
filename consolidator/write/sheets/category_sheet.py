"""分类汇总表: the county's totals by category of unit (区直、乡镇街道), as live sums over 分乡镇明细表.

The layout is one in use for consolidated reports: 序号 | 统计指标 | 单位 | 全县合计 | one column a category, and one for the
county's adjustments where there are any; the columns add up to 全县合计.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.write.plans import category_plan as at
from consolidator.write.plans.category_plan import category_name
from consolidator.write.telling.adjustments import face_lines, signed_shape
from consolidator.write.telling.coverage import coverage_lines
from consolidator.write.telling.notes import TotalNotes, marks
from consolidator.write.workbook import styles
from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from consolidator.form.definition import Indicator
    from consolidator.model import Total
    from consolidator.write.plans.category_plan import CategoryPlan, Line
    from consolidator.write.plans.facts import Facts
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style

_WIDTHS = (6.0, 50.0, 7.0)
_VALUE = 13.0
_UPRIGHT_VALUES = 3
_NUMBER = styles.FORM_BODY.but(align="right", indent=1, wrap=False, shrink=True)
_MIDDLE = styles.FORM_BODY.but(align="center")


class CategorySheet(Struct, frozen=True):
    """Writes one form's totals by category."""

    facts: Facts
    plan: CategoryPlan

    def write(self, book: Book) -> Page:
        """Make the sheet and fill it."""
        plan = self.plan
        page = book.page(plan.name)
        page.columns([*_WIDTHS, *[_VALUE] * (plan.last_column - at.UNIT)])
        self._head(page)
        self._header(page)
        self._units(page)
        for line in plan.lines:
            self._line(page, line)
        last = plan.last
        for note in TotalNotes(self.facts, plan.detail).lines():
            last += 1
            page.span(last, 0, plan.last_column, note, styles.FORM_NOTE)
        page.sheet.freeze_panes(at.FIRST, at.UNIT + 1)
        wide = plan.last_column - at.UNIT > _UPRIGHT_VALUES
        page.print_as(landscape=wide, header=(at.HEADER, at.HEADER), last=(last, plan.last_column))
        return page

    def _head(self, page: Page) -> None:
        facts, table, last = self.facts, self.plan.table, self.plan.last_column
        title = facts.word("category", "title", form=table.form.title)
        page.span(at.TITLE, 0, last, title, styles.TITLE.but(size=16, wrap=True))
        period = facts.word("category", "period", county=table.county, period=facts.period(table.period))
        page.span(at.PERIOD, 0, last, period, styles.SUBTITLE)
        lines = [*coverage_lines(facts, table.coverage), *face_lines(facts, table)]
        page.span(at.COVERAGE, 0, last, "\n".join(lines), styles.FORM_NOTE)

    def _header(self, page: Page) -> None:
        facts, plan = self.facts, self.plan
        names = [facts.word("category", key) for key in ("serial", "label", "unit", "total")]
        names += [category_name(facts, part.name) for part in plan.columns.values()]
        names += [facts.word("category", "adjustment")] * (plan.adjustment is not None)
        for column, name in enumerate(names):
            page.text(at.HEADER, column, name, styles.FORM_HEADER)

    def _units(self, page: Page) -> None:
        """How many units each column speaks of."""
        coverage = self.plan.table.coverage
        for row, key in ((at.REQUIRED, "required"), (at.CONSOLIDATED, "consolidated")):
            page.blank(row, at.SERIAL, at.SERIAL, styles.FORM_BODY)
            page.text(row, at.LABEL, self.facts.word("category", key), styles.FORM_BODY)
            page.text(row, at.UNIT, self.facts.word("category", "units"), _MIDDLE)
            counts = {at.TOTAL: coverage, **{column: part.coverage for column, part in self.plan.columns.items()}}
            for column, counted in counts.items():
                number = counted.required if row == at.REQUIRED else counted.consolidated
                page.count(row, column, number or 0, _NUMBER)
            if self.plan.adjustment is not None:
                page.blank(row, self.plan.adjustment, self.plan.adjustment, styles.FORM_BODY)

    def _line(self, page: Page, line: Line) -> None:
        look = styles.FORM_BODY
        page.text(line.row, at.LABEL, line.label, look.but(indent=max(0, line.level - 1), bold=line.level == 1))
        if line.indicator is None:
            page.blank(line.row, at.SERIAL, at.SERIAL, look)
            page.text(line.row, at.UNIT, self.facts.word("mark", "heading"), _MIDDLE)
            page.blank(line.row, at.TOTAL, self.plan.last_column, look)
            return
        page.count(line.row, at.SERIAL, line.serial, _MIDDLE)
        page.text(line.row, at.UNIT, line.indicator.row.unit_of_measure, _MIDDLE)
        total = self.plan.table.totals.get(line.indicator.code)
        if total is None:
            page.text(line.row, at.TOTAL, self.facts.word("form", "see_detail"), _MIDDLE.but(size=9))
            page.blank(line.row, at.VALUES, self.plan.last_column, look)
            return
        self._sums(page, line.row, line.indicator, total)

    def _sums(self, page: Page, row: int, indicator: Indicator, total: Total) -> None:
        plan, code = self.plan, indicator.code
        names = {column: category_name(self.facts, part.name) for column, part in plan.columns.items()}
        live = all(plan.live(code, name) for name in names.values())
        self._sum(page, (row, at.TOTAL), total, indicator, plan.whole(row) if live else "")
        for column, part in plan.columns.items():
            formula = plan.part(code, names[column]) if live else ""
            self._sum(page, (row, column), part.totals[code], indicator, formula)
        if plan.adjustment is not None and total.adjustments:
            look = _NUMBER.but(shape=signed_shape(indicator.row, total.adjusted))
            page.number(row, plan.adjustment, total.adjusted, look)
        elif plan.adjustment is not None:
            page.blank(row, plan.adjustment, plan.adjustment, styles.FORM_BODY)

    def _sum(self, page: Page, place: tuple[int, int], total: Total, indicator: Indicator, formula: str) -> None:
        if total.value is None:
            page.text(*place, self.facts.word("mark", "no_value"), _MIDDLE)
            return
        mark = marks(self.facts, total)
        look = _NUMBER.but(shape=shape(indicator.row, total.value, mark))
        if formula:
            page.formula(*place, formula, total.value, look)
        else:
            self._exact(page, place, total.value, mark, look)

    @staticmethod
    def _exact(page: Page, place: tuple[int, int], value: Decimal, mark: str, look: Style) -> None:
        """A sum that a spreadsheet would round: every digit, as text."""
        page.text(*place, plain(value) + mark, look)
