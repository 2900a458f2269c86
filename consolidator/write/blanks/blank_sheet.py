"""The form's sheet of a blank form: as printed, labels locked, cells to fill in, sums and warnings alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.form.definition import BlankPolicy, ValueType
from consolidator.form.printing.identity import cell_names
from consolidator.form.printing.sums import plain_sums
from consolidator.form.texts.wording import short
from consolidator.terms import catalogue
from consolidator.write.blanks.blank_inputs import Inputs
from consolidator.write.blanks.blank_line import write_line_heads
from consolidator.write.blanks.blank_plan import AcrossPlan, valued
from consolidator.write.plans.excel_rules import address, quoted, total
from consolidator.write.plans.form_plan import COVERAGE, FILER, PERIOD
from consolidator.write.sheets.form_frame import write_header, write_heads, write_label, write_title
from consolidator.write.workbook import styles
from consolidator.write.workbook.shapes import shape

if TYPE_CHECKING:
    from consolidator.form.definition import Indicator, Row
    from consolidator.model import Period, ReportingUnit
    from consolidator.terms import Catalogue
    from consolidator.write.blanks.blank_checks import BlankChecks
    from consolidator.write.blanks.blank_plan import BlankPlan
    from consolidator.write.plans.form_plan import TablePlan
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page

_INPUT_SPAN = 2  # columns beside the labels of the heading and of the signatures that are written in
_SIGNATURE_HEIGHT = 24
_NOTICE = styles.FORM_NOTE.but(ink=styles.HARD_INK, bold=True)
_MESSAGE = styles.Style(size=9, ink=styles.HARD_INK)
_FIELD = styles.FORM_LINE.but(align="right")
_SUM = styles.FORM_BODY.but(align="right", indent=1, wrap=False, shrink=True, fill=styles.TOTAL_FILL)


class BlankSheet(Struct, frozen=True):
    """Writes one blank form. `unit` and `period` are filled in where they are known."""

    book: Book
    plan: BlankPlan
    checks: BlankChecks
    texts: Catalogue
    unit: ReportingUnit | None
    period: Period | None

    def write(self, violated: str) -> Page:
        """Make the sheet and fill it; `violated` is the formula that counts the rules which do not hold."""
        page = self.book.page(self.plan.name)
        page.columns(self.plan.widths)
        self._head(page, violated)
        for plan in self.plan.tables:
            self._table(page, plan)
        self._cells(page)
        self._warn(page)
        last = self._foot(page)
        self._settle(page, last)
        return page

    def _head(self, page: Page, violated: str) -> None:
        last = self.plan.last_column
        write_title(page, last, self.plan.form.title)
        if self.period is not None:
            text = self._printed("period", period=self.period.chinese)
            page.span(PERIOD, 0, last, text, styles.SUBTITLE)
        else:
            self._field(page, PERIOD, self._printed("year"), "year_asked")
        before, after = map(quoted, self.texts.word("template", "notice").split("{count}"))
        page.span(COVERAGE, 0, last, "", _NOTICE)
        page.reckoned(COVERAGE, 0, f'IF({violated}=0,"",{before}&{violated}&{after})', _NOTICE)
        label = self._printed("field", label=self.plan.form.filer_labels[0])
        self._field(page, FILER, label, "filer_asked", self.unit.name if self.unit else "")

    @staticmethod
    def _printed(key: str, **details: str) -> str:
        """Words on the form itself: Chinese in every language, for the form is read by them when it comes back."""
        return catalogue("zh").text("printed", key, **details)

    def _field(self, page: Page, row: int, label: str, asked: str, known: str = "", title: str = "") -> None:
        """A label and the cell beside it, locked where what it asks for is `known`."""
        last = min(_INPUT_SPAN, self.plan.last_column)
        look = styles.FORM_INPUT.but(border_ink=styles.GRID, shape="@", shrink=True, wrap=False, unlocked=not known)
        page.text(row, 0, label, _FIELD)
        page.span(row, 1, last, known, look)
        if not known:
            page.ask(row, 1, Inputs.words(title or label.rstrip("：:"), self.texts.word("template", asked)))

    def _table(self, page: Page, plan: TablePlan) -> None:
        if isinstance(plan, AcrossPlan):
            self._across(page, plan)
        else:
            write_header(page, plan, self._caption(plan), self.plan.last_column)
            for down, row in enumerate(plan.table.rows):
                self._row(page, plan, plan.first + down, row)
        top = plan.header if plan.groups is None else plan.groups
        column = self.plan.messages(plan)
        look = styles.Style(size=9, ink=styles.QUIET_INK, valign="bottom")
        page.span(top, column, column, self._printed("messages"), look, bottom=plan.header)

    def _caption(self, plan: TablePlan) -> str:
        """The table's title, with the unit of measure where all its numbers have one and nothing else prints it."""
        codes = {place.indicator.code for place in self.plan.cells if plan.first <= place.row <= plan.last}
        numbers = [self.plan.form.indicators[code] for code in codes if self.plan.form.indicators[code].numeric]
        units = {each.row.unit_of_measure for each in numbers}
        printed = plan.table.unit_headers or any(unit in each.column.label for unit in units for each in numbers)
        if printed or len(units) != 1:
            return plan.table.title
        return self._printed("measured", title=plan.table.title, unit=next(iter(units)))

    def _row(self, page: Page, plan: TablePlan, at: int, row: Row) -> None:
        write_label(page, plan, at, row, self.texts.word("mark", "heading"))
        if "_" in row.label.translate(_BLANKS):  # a sentence with blanks is filled in where it is printed
            page.text(at, 0, row.label, styles.FORM_INPUT.but(indent=max(0, row.level - 1)))
            above = self.plan.form.rows.get(row.parent, row)
            page.ask(at, 0, Inputs.words(short(above.label), self.texts.word("template", "sentence")))
        if row.type is ValueType.HEADING:
            page.blank(at, plan.lead, plan.lead + len(plan.table.columns) - 1, styles.FORM_BODY)

    def _across(self, page: Page, plan: AcrossPlan) -> None:
        look, columns = styles.FORM_HEADER, plan.table.columns
        assert plan.groups is not None  # noqa: S101 - as every table across
        if plan.caption is not None:
            page.span(plan.caption, 0, self.plan.last_column, self._caption(plan), styles.FORM_LINE.but(bold=True))
        page.span(plan.groups, 0, 0, plan.table.label_headers[0], look, bottom=plan.header)
        if plan.table.is_one_line:
            write_line_heads(page, plan, valued(plan.table), look)
        for number, row in enumerate(() if plan.table.is_one_line else valued(plan.table)):
            left = plan.lead + number * len(columns)
            page.span(plan.groups, left, left + len(columns) - 1, row.label, look)
            write_heads(page, columns, left, plan.groups + 1, plan.header, look.but(size=9))
        page.text(plan.first, 0, self._printed("line"), styles.FORM_BODY.but(align="center"))

    def _cells(self, page: Page) -> None:
        """The cells of all indicators: sums reckoned, the others open, each under its hidden name."""
        inputs = Inputs(self.plan.form, self.texts)
        sums = plain_sums(self.plan.form)
        named = cell_names(self.plan.form)
        for place in self.plan.cells:
            code = place.indicator.code
            if code in sums:
                page.reckoned(
                    place.row, place.column, self._sum(place.indicator, sums[code]), self._sum_look(place.indicator)
                )
                page.ask(place.row, place.column, inputs.reckoned(place.indicator, sums[code]))
            else:
                page.blank(place.row, place.column, place.column, inputs.look(place.indicator))
                page.ask(place.row, place.column, inputs.question(place.indicator))
            if code in named:
                self.book.name(named[code], self.plan.name, address(place.row, place.column))

    def _sum(self, indicator: Indicator, addends: tuple[str, ...]) -> str:
        form = self.plan.form
        zero = all(form.policy(form.indicators[code]) is BlankPolicy.ZERO for code in (indicator.code, *addends))
        return total(addends, self.plan.numbers, zero=zero)

    @staticmethod
    def _sum_look(indicator: Indicator) -> styles.Style:
        return _SUM.but(shape=shape(indicator.row))

    def _warn(self, page: Page) -> None:
        red: list[tuple[list[tuple[int, int]], str]] = []
        yellow: list[tuple[list[tuple[int, int]], str]] = []
        for each in self.checks.alarms:
            places = [self.plan.numbers[code] for code in each.operands]
            hard = each.rule.severity is Severity.HARD
            red += [(places, each.violated if hard else each.escalated)] if hard or each.escalated else []
            yellow += [] if hard else [(places, each.violated)]
        for places, condition in red:  # the first colour that holds is shown
            page.colour(places, condition, styles.HARD_FILL, styles.HARD_INK)
        for places, condition in yellow:
            page.colour(places, condition, styles.SOFT_FILL, styles.SOFT_INK)
        columns = {
            row: self.plan.messages(plan) for plan in self.plan.tables for row in range(plan.first, plan.last + 1)
        }
        for row, formula in self.checks.messages().items():
            page.reckoned(row, columns[row], formula, _MESSAGE)

    def _foot(self, page: Page) -> int:
        at = self.plan.end + 2
        for field in self.plan.form.sign_off:
            label = self._printed("field", label=field.label)
            self._field(page, at, label, "signature_asked", title=field.label)
            page.at_least(at, _SIGNATURE_HEIGHT)
            at += 1
        return at - 1

    def _settle(self, page: Page, last: int) -> None:
        first = self.plan.tables[0]
        several = len(self.plan.tables) > 1
        top = first.header if first.groups is None else first.groups
        page.sheet.freeze_panes(FILER + 1 if several else first.first, 1)
        header = (0, PERIOD) if several else (top, first.header)
        page.print_as(landscape=self.plan.wide, header=header, last=(last, self.plan.last_column))
        breaks = [plan.caption for plan in self.plan.tables[1:] if plan.groups is not None and plan.caption is not None]
        page.sheet.set_h_pagebreaks(breaks)
        start = self.plan.cells[0]
        page.sheet.set_selection(start.row, start.column, start.row, start.column)
        page.protect()


_BLANKS = str.maketrans("＿﹍", "__")
