"""汇总表: the form as printed, filled with the county's totals as live formulas over 分乡镇明细表."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.definition import ValueType
from consolidator.write.plans.form_plan import COVERAGE, FILER, PERIOD, TITLE
from consolidator.write.sheets.form_frame import write_header, write_label, write_title
from consolidator.write.telling.adjustments import face_lines
from consolidator.write.telling.coverage import coverage_lines, named
from consolidator.write.telling.notes import TotalNotes, marks
from consolidator.write.workbook import styles
from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import plain
from consolidator.write.workbook.widths import half_widths, half_widths_in

if TYPE_CHECKING:
    from consolidator.form.definition import Row
    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.facts import Facts
    from consolidator.write.plans.form_plan import FormPlan, TablePlan
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page

_LIST_WIDTHS = (64.0, 7.0, 14.0)  # A4 upright at full size
_MATRIX_LABEL, _MATRIX_UNIT, _MATRIX_VALUE = 36.0, 8.0, 11.0
_UPRIGHT_COLUMNS = 8  # a matrix of seven columns still fits upright, a chapter to a page
_SIGNATURES_A_LINE = 3
_NUMBER = styles.FORM_BODY.but(align="right", indent=1, wrap=False, shrink=True)


class FormSheet(Struct, frozen=True):
    """Writes one form's 汇总表. `comments` adds to each incomplete total whom it lacks."""

    book: Book
    facts: Facts
    plan: FormPlan
    detail: DetailPlan
    comments: bool

    def write(self) -> Page:
        """Make the sheet and fill it."""
        page = self.book.page(self.plan.name)
        page.columns(self._widths())
        self._head(page)
        for plan in self.plan.tables:
            write_header(page, plan, plan.table.title, self.plan.last_column)
            for down, row in enumerate(plan.table.rows):
                self._row(page, plan, plan.first + down, row)
        last = self._foot(page)
        first = self.plan.tables[0]
        page.sheet.freeze_panes(first.first, 0)
        header = (first.header if first.groups is None else first.groups, first.header)
        if len(self.plan.tables) > 1:  # one table's header over another's rows would mislead
            header = (TITLE, PERIOD)
        wide = self.plan.last_column >= _UPRIGHT_COLUMNS
        page.print_as(landscape=wide, header=header, last=(last, self.plan.last_column))
        page.sheet.set_h_pagebreaks(self._breaks())
        return page

    def _breaks(self) -> list[int]:
        """Rows at which a new page begins: a grouped header must not be parted from what stands under it."""
        followers = self.plan.tables[1:]
        return [plan.caption for plan in followers if plan.groups is not None and plan.caption is not None]

    def _widths(self) -> list[float]:
        if self.plan.last_column == len(_LIST_WIDTHS) - 1:
            return list(_LIST_WIDTHS)
        lead = max(plan.lead for plan in self.plan.tables)
        widths = [_MATRIX_LABEL, _MATRIX_UNIT] if lead > 1 else [_MATRIX_LABEL]
        return widths + [_MATRIX_VALUE] * (self.plan.last_column + 1 - lead)

    def _head(self, page: Page) -> None:
        table, last = self.detail.table, self.plan.last_column
        write_title(page, last, table.form.title)
        page.span(PERIOD, 0, last, self.facts.word("form", "period", period=table.period.chinese), styles.SUBTITLE)
        coverage = [*coverage_lines(self.facts, table.coverage), *face_lines(self.facts, table)]
        page.span(COVERAGE, 0, last, "\n".join(coverage), styles.FORM_NOTE)
        page.span(FILER, 0, last, self.facts.word("form", "filer", county=table.county), styles.FORM_LINE)

    def _row(self, page: Page, plan: TablePlan, at: int, row: Row) -> None:
        write_label(page, plan, at, row, self.facts.word("mark", "heading"))
        for across, column in enumerate(plan.table.columns, start=plan.lead):
            if row.type is ValueType.HEADING:
                page.blank(at, across, across, styles.FORM_BODY)
            else:
                self._total(page, at, across, f"{row.code}.{column.key}" if column.key else row.code)

    def _total(self, page: Page, at: int, across: int, code: str) -> None:
        row = self.plan.form.indicators[code].row
        total = self.detail.table.totals.get(code)
        middle = styles.FORM_BODY.but(align="center")
        if not self.plan.form.indicators[code].numeric:
            page.text(at, across, self.facts.word("form", "see_detail"), middle.but(size=9))
        elif total is None or total.value is None:
            page.text(at, across, self.facts.word("mark", "no_value"), middle)
        else:
            mark = marks(self.facts, total)
            look = _NUMBER.but(shape=shape(row, total.value, mark))
            if code in self.detail.live:
                page.formula(at, across, self.detail.sum_elsewhere(code), total.value, look)
            else:
                page.text(at, across, plain(total.value) + mark, look)
        if self.comments and total is not None and total.lacking:
            page.comment(at, across, self.facts.word("form", "lacking", names=named(self.facts, total.lacking)))

    def _foot(self, page: Page) -> int:
        at, last = self.plan.end + 1, self.plan.last_column
        labels = [field.label for field in self.plan.form.sign_off]
        room = half_widths_in(page.width(0, last), styles.FORM_LINE.size) // _SIGNATURES_A_LINE
        for start in range(0, len(labels), _SIGNATURES_A_LINE):
            fields = [
                self.facts.word("form", "signature", label=label) for label in labels[start:][:_SIGNATURES_A_LINE]
            ]
            line = "".join(field + "　" * max(1, (room - half_widths(field)) // 2) for field in fields).rstrip("　")
            page.span(at, 0, last, line, styles.FORM_LINE)
            page.at_least(at, 24)
            at += 1
        for line in TotalNotes(self.facts, self.detail).lines():
            page.span(at, 0, last, line, styles.FORM_NOTE)
            at += 1
        return at - 1
