"""图表: the form's headline indicators by township, largest first, each chart beside the figures it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import a1
from consolidator.write.telling.coverage import counts_line, named
from consolidator.write.workbook import styles
from consolidator.write.workbook.charts import UNITS_SHOWN, BarChart, Series
from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import fits_excel
from consolidator.write.workbook.widths import column_units

if TYPE_CHECKING:
    from decimal import Decimal

    from consolidator.form.definition import Indicator
    from consolidator.model import UnitRow
    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.facts import Facts
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page

    _Line = tuple[UnitRow, Decimal, int]

_WIDTHS = (16, 10, 64)
_NAME_SIZE, _NAME_WIDEST = 10, 34
_CHART_PIXELS = 64 * 8
_ROW_POINTS = 16.5
_ROW_PIXELS = 22
_LEAST_ROWS = 9
_PAGE_POINTS = 760
_HEADLINES_SHOWN = 3
_EXPLANATION = re.compile(r"(?<=.{6})[（(][^（）()]+[）)]$")


class ChartSheet(Struct, frozen=True):
    """Writes the charts of every form of the run."""

    facts: Facts
    plans: tuple[DetailPlan, ...]

    def write(self, book: Book, name: str) -> Page:
        """Make the sheet and fill it."""
        page = book.page(name)
        names = [column_units(row.unit.name, _NAME_SIZE) for plan in self.plans for row in plan.included]
        page.columns((min(_NAME_WIDEST, max([_WIDTHS[0], *names])), *_WIDTHS[1:]))
        at = 0
        breaks: list[int] = []
        for plan in self.plans:
            table = plan.table
            title = self.facts.word("chart", "title", form=table.form.title)
            page.span(at, 0, 2, title, styles.TITLE.but(size=16, wrap=True))
            counts = counts_line(self.facts, table.coverage)
            period = self.facts.period(table.period)
            line = self.facts.word("chart", "subtitle", county=table.county, period=period, counts=counts)
            page.span(at + 1, 0, 2, line, styles.SUBTITLE.but(size=10, wrap=True))
            at += 3
            used = 80.0
            if not plan.included:
                page.span(at, 0, 2, self.facts.word("chart", "nobody"), styles.HINT)
                at += 2
                continue
            for indicator in self._headlines(plan):
                end = self._block(book, page, at, plan, indicator)
                points = (end - at) * _ROW_POINTS
                if used + points > _PAGE_POINTS:
                    breaks.append(at)
                    used = 0.0
                used += points
                at = end
        page.print_as(landscape=False, header=(0, 1), last=(max(1, at - 1), 2))
        if breaks:
            page.sheet.set_h_pagebreaks(breaks)
        return page

    def _headlines(self, plan: DetailPlan) -> list[Indicator]:
        form = plan.table.form
        if form.headlines:
            return [form.indicators[code] for code in form.headlines if form.indicators[code].numeric]
        figures = [form.indicators[code] for code in form.numeric]
        rows = {each.row.code for each in figures}
        firsts = {each.row.code: each for each in reversed(figures) if each.row.parent not in rows}  # one column a row
        return list(reversed(firsts.values()))[:_HEADLINES_SHOWN]

    def _block(self, book: Book, page: Page, at: int, plan: DetailPlan, indicator: Indicator) -> int:
        """One indicator: caption, figures, chart. Gives the row after it."""
        lines = _largest_first(plan, indicator.code)
        shown = lines[:UNITS_SHOWN]
        page.span(at, 0, 2, self._caption(indicator, indicator.label), styles.SECTION.but(size=11, wrap=True))
        end = at + 1
        if shown:
            end = self._figures(book, page, at + 1, plan, indicator, shown)
        page.span(end, 0, 2, self._remark(plan, lines, len(shown)), styles.HINT)
        return end + 2

    def _figures(
        self, book: Book, page: Page, at: int, plan: DetailPlan, indicator: Indicator, shown: list[_Line]
    ) -> int:
        page.text(at, 0, self.facts.word("column", "unit"), styles.HEADER)
        page.text(at, 1, indicator.row.unit_of_measure, styles.HEADER)
        for row, (unit, value, down) in enumerate(shown, start=at + 1):
            place = a1(down + 1, plan.positions[indicator.code] + 1)
            page.text(row, 0, unit.unit.name, styles.BODY.but(wrap=False, shrink=True))
            look = styles.BODY_NUMBER.but(shape=shape(indicator.row, value))
            page.formula(row, 1, f"={plan.reference(place)}", value, look)
        end = at + 1 + max(len(shown) + 1, _LEAST_ROWS)
        for row in range(at, end):
            page.at_least(row, _ROW_POINTS)
        series = Series(indicator.label, 1, styles.BAR_PLAIN, shape(indicator.row))
        title = self._caption(indicator, _EXPLANATION.sub("", indicator.label))  # else it fills the chart's head
        chart = BarChart(title, 0, at + 1, at + len(shown), (series,), float(shown[0][1]))
        chart.draw(book, page, (at, 2), (_CHART_PIXELS, (end - at) * _ROW_PIXELS - 8))
        return end

    def _caption(self, indicator: Indicator, label: str) -> str:
        unit = indicator.row.unit_of_measure
        said = label.endswith((f"（{unit}）", f"({unit})", f"：{unit}）"))
        return self.facts.word("chart", "indicator", label=label, unit=unit) if unit and not said else label

    def _remark(self, plan: DetailPlan, lines: list[_Line], shown: int) -> str:
        parts = []
        if len(lines) > shown:
            parts.append(self.facts.word("chart", "more", shown=str(shown), count=str(len(lines))))
        drawn = {row.unit.key for row, _, _ in lines}
        lacking = [row.unit.name for row in plan.included if row.unit.key not in drawn]
        if lacking:
            parts.append(self.facts.word("chart", "lacking", names=named(self.facts, lacking)))
        return "".join(parts)


def _largest_first(plan: DetailPlan, code: str) -> list[_Line]:
    """Every included unit that has a value, with the value and its row."""
    lines = []
    for at, row in enumerate(plan.included, start=plan.first):
        observation = row.values.get(code)
        number = observation.number if observation is not None else None
        if number is not None and fits_excel(number):
            lines.append((row, number, at))
    return sorted(lines, key=lambda line: line[1], reverse=True)
