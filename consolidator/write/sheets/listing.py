"""Parts that every list of findings shares: title, header, and the cells that tell about one finding."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from consolidator.findings import Outcome, Severity
from consolidator.write.names import continued
from consolidator.write.workbook import limits, styles
from consolidator.write.workbook.links import location
from consolidator.write.workbook.text import as_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.write.plans.facts import Facts
    from consolidator.write.plans.form_plan import FormPlan
    from consolidator.write.workbook.links import FileLink, Linker
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style
    from consolidator.write.workbook.typesetting import Canvas

_Line = TypeVar("_Line")

TITLE, HINT, HEADER, FIRST = range(4)
"""Rows of a list: its name, how to use it, the header, the first line (0-based)."""

_CODES_SHOWN = 3
_CELLS_SHOWN = 2  # a link does not wrap in every program
_INKS = {Severity.HARD: styles.HARD_INK, Severity.SOFT: styles.SOFT_INK}


class Teller(Struct, frozen=True):
    """Words and links for the cells of a finding's line. `forms` finds the county's own cells in 汇总表."""

    facts: Facts
    linker: Linker
    forms: Mapping[str, FormPlan]

    def level(self, finding: Finding) -> str:
        """强制, 核实 …, or 无法判定."""
        if finding.outcome is Outcome.UNDECIDED:
            return self.facts.word("outcome", finding.outcome)
        return self.facts.word("severity", finding.severity)

    def codes(self, finding: Finding) -> str:
        """The codes that 分乡镇明细表 has over the indicators, of a cell its row's where the form prints none; many are counted."""
        form, codes = self.facts.forms.get(finding.form), finding.indicators
        if form is None or not form.codes_printed:
            codes = tuple(dict.fromkeys(code.partition(".")[0] for code in codes))
        if len(codes) <= _CODES_SHOWN:
            return self.facts.joined(codes)
        return self.facts.word("list", "items", first=codes[0], count=str(len(codes)))

    def label(self, finding: Finding) -> str:
        """The first indicator as the form prints it, and how many there are where no codes tell."""
        form, codes = self.facts.forms.get(finding.form), finding.indicators
        if form is None or not codes or codes[0].partition(".")[0] not in form.rows:
            return ""
        indicator = form.indicators.get(codes[0])
        above = form.apart.get(codes[0].partition(".")[0], "")
        label = indicator.label if indicator else form.rows[codes[0].partition(".")[0]].label
        first = f"{above}·{label}" if above else label
        if len(codes) == 1 or form.codes_printed:
            return first
        return self.facts.word("list", "items", first=first, count=str(len(codes)))

    def several(self, finding: Finding, text: str) -> str:
        """What was found or expected: a list for several cells is joined as a reader writes lists, not as CSV does."""
        if max(len(finding.cells), len(finding.indicators)) > 1:
            return text.replace(";", self.facts.word("mark", "semicolon"))
        return text

    def cells(self, finding: Finding) -> str:
        """The addresses; of many the first one and how many there are."""
        cells = finding.cells
        if not cells:
            return self.facts.word("list", "open") if finding.file else self._county_cell(finding)
        if len(cells) <= _CELLS_SHOWN:
            return self.facts.joined(cells)
        return self.facts.word("list", "more_cells", first=cells[0], count=str(len(cells)))

    def target(self, finding: Finding) -> FileLink | str | None:
        """What a click on the addresses opens: the township's file at the first cell, or the county's own cell."""
        if finding.file:
            return self.linker.to_file(finding.file, finding.sheet, finding.cells[0] if finding.cells else "A1")
        cell = self._county_cell(finding)
        return location(self.forms[finding.form].name, cell) if cell else None

    def _county_cell(self, finding: Finding) -> str:
        plan = self.forms.get(finding.form)
        if finding.file or plan is None or not finding.indicators or finding.indicators[0] not in plan.places:
            return ""
        return plan.cell(finding.indicators[0])


def portions(lines: Sequence[_Line], name: str, before: int = 0) -> list[tuple[str, Sequence[_Line]]]:
    """A list parted over as many sheets as it needs, with their names; `before` of these sheets are there already.

    One sheet of Excel holds no more than 1,048,576 rows; the rest goes on on `差错清单（2）`.
    """
    room = limits.EXCEL_ROWS_A_SHEET - FIRST
    starts = range(0, max(1, len(lines)), room)
    return [(continued(name, number), lines[start : start + room]) for number, start in enumerate(starts, start=before)]


def hint_of(facts: Facts, hint: str, lines: int, part: int, parts: int) -> str:
    """The hint of a list, with what a reader of a very long one has to know."""
    told = [hint]
    if parts > 1:
        told.append(facts.word("list", "continued", part=str(part), parts=str(parts)))
    if lines > limits.EXCEL_LINKS_A_SHEET:
        told.append(facts.word("list", "too_many_links", most=f"{limits.EXCEL_LINKS_A_SHEET:,}"))
    return "".join(told)


def head(page: Page, title: str, hint: str, names: Sequence[str], *, above: tuple[int, int, int]) -> None:
    """The top of a list: title and hint over all columns, the header row; `above` are the rows of the three."""
    last = len(names) - 1
    page.span(above[0], 0, last, title, styles.SECTION.but(size=14))
    page.span(above[1], 0, last, hint, styles.HINT)
    for column, name in enumerate(names):
        page.text(above[2], column, name, styles.HEADER)


class Looks(Struct, frozen=True):
    """How the cells of a line look: all derived from one `body`."""

    body: Style
    right: Style
    number: Style
    middle: Style
    small: Style

    @classmethod
    def of(cls, body: Style) -> Looks:
        """The looks of a line in that style."""
        right = body.but(align="right")
        return cls(body, right, right.but(wrap=False, shrink=True), body.but(align="center"), body.but(size=9))

    @property
    def all(self) -> tuple[Style, ...]:
        """Every one of them."""
        return (self.body, self.right, self.number, self.middle, self.small)


def amount(canvas: Canvas, row: int, column: int, text: str, looks: Looks) -> None:
    """A found or expected value: a number where the text is one to the letter, else the text as it stands."""
    number = as_number(text) if text else None
    if number is None:
        canvas.text(row, column, text, looks.body if text else looks.right)
    else:
        canvas.number(row, column, number, looks.number)


@cache
def level_style(severity: Severity, fill: str = "") -> Style:
    """How the level's word looks."""
    ink = _INKS.get(severity, styles.BLACK)
    return styles.BODY_CENTRE.but(ink=ink, bold=severity is Severity.HARD, fill=fill)
