"""同比对比表, 环比对比表: the county's totals beside those of the period before, with the change and room for its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import a1
from consolidator.write.names import sheet_name
from consolidator.write.plans.claims import Shown
from consolidator.write.plans.comparison_plan import (
    BEFORE,
    CAUSE,
    CHANGE,
    COVERAGE,
    HEADER,
    LABEL,
    NOW,
    PERCENT,
    PERIODS,
    TITLE,
    UNIT,
)
from consolidator.write.telling.coverage import counts_line, named
from consolidator.write.telling.notes import items
from consolidator.write.workbook import styles
from consolidator.write.workbook.shapes import shape
from consolidator.write.workbook.text import fits_excel, plain

if TYPE_CHECKING:
    from decimal import Decimal

    from consolidator.form.definition import Row
    from consolidator.model import Period, Total
    from consolidator.write.plans.comparison_plan import Block, ComparisonPlan, Line
    from consolidator.write.plans.facts import Facts
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style

_WIDTHS = (40.0, 7.0, 11.0, 11.0, 10.0, 9.0, 17.0)
_HEADS = ("label", "unit", "present", "before", "change", "percent", "cause")
_MIDDLE = styles.FORM_BODY.but(align="center")
_NUMBER = styles.FORM_BODY.but(align="right", indent=1, wrap=False, shrink=True)
_CAPTION = styles.FORM_BODY.but(bold=True, fill=styles.TOTAL_FILL)
_SHARE = "+0.0%;-0.0%;0.0%"


class ComparisonSheet(Struct, frozen=True):
    """Writes one form's comparison: 同比对比表 against the year before, 环比对比表 against the month or quarter before."""

    book: Book
    facts: Facts
    plan: ComparisonPlan

    def write(self) -> Page:
        """Make the sheet and fill it."""
        page = self.book.page(self.plan.name)
        page.columns(_WIDTHS)
        self._head(page)
        for block in self.plan.blocks:
            self._block(page, block)
        last = self._foot(page)
        page.sheet.freeze_panes(HEADER + 1, 1)
        page.print_as(landscape=False, header=(HEADER, HEADER), last=(last, CAUSE))
        page.sheet.set_h_pagebreaks(self.plan.breaks)
        return page

    def shown(self) -> tuple[Shown, ...]:
        """What the sheet asserts: both totals of every indicator that has them as numbers."""
        made = []
        for line in self._lines():
            for column, number in ((NOW, self._now(line.code)), (BEFORE, self._before(line.code))):
                if number is not None:
                    made.append(Shown(line.code, self.plan.name, (line.at, column), number))
        return tuple(made)

    def _lines(self) -> list[Line]:
        return [line for block in self.plan.blocks for line in block.lines if line.code]

    def _head(self, page: Page) -> None:
        facts, table, before = self.facts, self.plan.detail.table, self.plan.comparison
        page.span(TITLE, 0, CAUSE, self._title(), styles.TITLE.but(size=16, wrap=True))
        periods = {"period": facts.period(table.period), "earlier": facts.period(before.period)}
        page.span(PERIODS, 0, CAUSE, f"{table.county}　{self._word('periods', **periods)}", styles.SUBTITLE)
        page.span(COVERAGE, 0, CAUSE, "\n".join(self._coverage()), styles.FORM_LINE)
        heads = [self._heads.get(key) or self._word(key) for key in _HEADS]
        for column, head in enumerate(heads):
            page.text(HEADER, column, head, styles.FORM_HEADER)

    @property
    def _heads(self) -> dict[str, str]:
        """The heads over the totals: 本期, and what the earlier period is to it (上年, 上月 …); each with its period."""
        now, before = self.plan.detail.table.period, self.plan.comparison.period
        kind = _kind_of(before, now)
        told = f"{self._word(f'before_{kind}')}\n" if kind else ""
        return {
            "present": f"{self._word('present')}\n{self.facts.period(now)}",
            "before": told + self.facts.period(before),
        }

    def _title(self) -> str:
        name = sheet_name(comparison_key(self.plan.comparison.period, self.plan.detail.table.period))
        return self._word("title", form=self.plan.detail.table.form.title, sheet=name)

    def _coverage(self) -> list[str]:
        """Who is in the totals of both periods, and who makes them unlike."""
        facts, table, before = self.facts, self.plan.detail.table, self.plan.comparison
        key = "before" if before.settled else "before_unsettled"
        lines = [
            self._word("now", period=facts.period(table.period), counts=counts_line(facts, table.coverage)),
            self._word(key, period=facts.period(before.period), count=str(before.counted)),
            self._word("alike" if before.alike else "unlike"),
        ]
        for kind, names in (("only_now", before.only_now), ("only_before", before.only_before)):
            if names:
                lines.append(self._word(kind, names=named(facts, names)))
        return lines

    def _block(self, page: Page, block: Block) -> None:
        if block.at is not None:
            caption = self._word("block", table=block.table, part=block.part) if block.part else block.table
            page.span(block.at, 0, CAUSE, caption, _CAPTION)
        deep = any(line.level > 1 for line in block.lines)
        for line in block.lines:
            look = styles.FORM_BODY
            label = look.but(indent=max(0, line.level - 1), bold=deep and line.level == 1)
            page.text(line.at, LABEL, line.label, label)
            page.text(line.at, UNIT, line.unit, _MIDDLE)
            if line.code and self.plan.form.form.indicators[line.code].numeric:
                self._figures(page, line)
            else:
                page.blank(line.at, NOW, PERCENT, look)
            page.blank(line.at, CAUSE, CAUSE, look)

    def _figures(self, page: Page, line: Line) -> None:
        row = self.plan.form.form.indicators[line.code].row
        now, before = self._now(line.code), self._before(line.code)
        total = self.plan.detail.table.totals.get(line.code)
        if now is None:
            self._without(page, line.at, NOW, total)
        else:
            page.formula(line.at, NOW, f"={self.plan.form.reference(line.code)}", now, self._look(row, total))
        earlier = self.plan.comparison.totals.get(line.code)
        if before is None:
            self._without(page, line.at, BEFORE, earlier)
        else:
            page.number(line.at, BEFORE, before, self._look(row, earlier))
        self._change(page, line, row)

    def _change(self, page: Page, line: Line, row: Row) -> None:
        """Live formulas, with their results: no change where a total is no number, no percentage of nothing."""
        none = self.facts.word("mark", "no_value")
        now, before = self._now(line.code), self._before(line.code)
        new, old, change = (a1(line.at + 1, column + 1) for column in (NOW, BEFORE, CHANGE))
        difference = None if now is None or before is None else now - before
        look = _NUMBER.but(shape=_signed(row, difference)) if difference is not None else _MIDDLE
        formula = f'=IF(AND(ISNUMBER({new}),ISNUMBER({old})),{new}-{old},"{none}")'
        page.formula(line.at, CHANGE, formula, none if difference is None else difference, look)
        share = None if difference is None or not before else difference / abs(before)
        look = _NUMBER.but(shape=_SHARE) if share is not None else _MIDDLE
        formula = f'=IF(ISNUMBER({change}),IF({old}=0,"{none}",{change}/ABS({old})),"{none}")'
        page.formula(line.at, PERCENT, formula, none if share is None else share, look)

    def _without(self, page: Page, at: int, column: int, total: Total | None) -> None:
        """A total that is no number a spreadsheet can hold: its digits, or the mark for none."""
        mark = self.facts.word("mark", "no_value")
        page.text(at, column, mark if total is None or total.value is None else plain(total.value), _MIDDLE)

    def _look(self, row: Row, total: Total | None) -> Style:
        mark = self.facts.word("mark", "lacking") if total is not None and total.lacking else ""
        return _NUMBER.but(shape=shape(row, total.value if total is not None else None, mark))

    def _now(self, code: str) -> Decimal | None:
        """The present total where 汇总表 has it as a number."""
        total = self.plan.detail.table.totals.get(code)
        return total.value if total is not None and code in self.plan.detail.live else None

    def _before(self, code: str) -> Decimal | None:
        """The earlier total where there is one that a spreadsheet can hold."""
        total = self.plan.comparison.totals.get(code)
        return total.value if total is not None and total.value is not None and fits_excel(total.value) else None

    def _foot(self, page: Page) -> int:
        at = self.plan.end + 1
        for line in self._notes():
            page.span(at, 0, CAUSE, line, styles.FORM_NOTE)
            at += 1
        return at - 1

    def _notes(self) -> list[str]:
        notes = [self._word("legend")]
        if not self.plan.comparison.own_form:
            notes.append(self._word("other_form"))
        if any(total.lacking and total.value is not None for total in self.plan.detail.table.totals.values()):
            notes.append(self._word("lacking", sheet=self.plan.form.name))
        groups: dict[tuple[str, ...], list[str]] = {}
        for code, total in self.plan.comparison.totals.items():
            if total.lacking and total.value is not None:
                groups.setdefault(total.lacking, []).append(code)
        for lacking, codes in groups.items():
            told = items(self.facts, self.plan.form.form, codes)
            notes.append(self._word("lacking_before", items=told, names=named(self.facts, lacking)))
        return notes

    def _word(self, key: str, **details: str) -> str:
        return self.facts.word("comparison", key, **details)


def _signed(row: Row, number: Decimal) -> str:
    digits = shape(row, number)
    return f"+{digits};-{digits};{digits}"


def comparison_key(before: Period, now: Period) -> str:
    """Which sheet compares these two periods: the year before (同比), the period before (环比), or any other earlier one."""
    if before.a_year_before(now):
        return "comparison_year"
    return "comparison_step" if before.right_before(now) else "comparison_other"


def _kind_of(before: Period, now: Period) -> str:
    """What the earlier period is to the present one; empty where there is no word for it."""
    if before.a_year_before(now):
        return "year" if now.is_year else "part"
    if before.right_before(now):
        return "month" if now.month else "quarter" if now.quarter else "step"
    return ""
