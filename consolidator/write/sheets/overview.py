"""审核概况: what a reviewer with two minutes has to know, from coverage down to the run record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import remarks
from consolidator.write.plans.facts import owner
from consolidator.write.telling.adjustments import entry_lines
from consolidator.write.telling.coverage import category_lines, counts_line, left_out_lines, missing_lines
from consolidator.write.telling.league import Standing, league
from consolidator.write.telling.run_lines import run_lines
from consolidator.write.telling.toplist import TopLine, top_lines
from consolidator.write.workbook import styles
from consolidator.write.workbook.charts import UNITS_SHOWN, BarChart, Series, chart_height
from consolidator.write.workbook.links import location
from consolidator.write.workbook.widths import CELL_PIXELS, PIXELS_A_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.model import CountyTable, Coverage
    from consolidator.write.plans.facts import Facts
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.typesetting import Canvas, Typesetter

_WIDTHS = (8.5, 18, 21, 6, 6, 6, 8.5, 20)
_LAST = len(_WIDTHS) - 1
_WIDTH_PIXELS = int(sum(_WIDTHS) * PIXELS_A_UNIT) + CELL_PIXELS * len(_WIDTHS)
_ROW_POINTS = 15
_ROW_PIXELS = 20
_PAGE_POINTS = (297 / 25.4 - 1.3) * 72 * 0.97  # A4 upright, less the margins and what programs differ in
_BARS_BELOW = 12
"""A chart of more bars does not fit under the rest of the first page."""

_SMALL = styles.BODY.but(size=9)
_NOUGHT = styles.BODY_CENTRE.but(ink=styles.QUIET_INK)
_LEAGUE_LOOKS = (styles.BODY, styles.BODY_CENTRE, _NOUGHT)
_LINE = styles.Style(size=11, wrap=True)
_LEAGUE = ("serial", "unit", "status", "hard", "soft", "info", "undecided", "look")
_TOP = ("rule", "rule_title", "", "hard", "soft", "units", "share", "remark")


class Places(Struct, frozen=True):
    """Names of the sheets the overview points to; sheet and first row of every owner in the two lists (0-based)."""

    hard: str
    soft: str
    notes: str
    rules: str
    first_hard: Mapping[str, tuple[str, int]]
    first_soft: Mapping[str, tuple[str, int]]


class Overview(Struct, frozen=True):
    """Writes the front sheet; the sheets it points to are planned before it is written."""

    facts: Facts
    places: Places

    def write(self, book: Book, name: str) -> Page:
        """Make the sheet and fill it."""
        page = book.page(name)
        page.columns(_WIDTHS)
        at = self._head(page)
        for table in self.facts.result.tables:
            at = self._coverage(page, at, table)
        at = self._counts(page, at)
        at = self._reading(page, at)
        at = self._top(page, at)
        at = self._units(book, page, at)
        last = self._record(page, at)
        page.print_as(landscape=False, header=(0, 0), last=(last, _LAST))
        return page

    def _head(self, page: Page) -> int:
        facts, record = self.facts, self.facts.result.record
        tables = facts.result.tables
        named = {"county": tables[0].county, "period": facts.period(tables[0].period)} if tables else {}
        form = tables[0].form.title if len(tables) == 1 else ""
        title = facts.word("overview", "title", form=form, **named).strip()
        page.span(0, 0, _LAST, title, styles.TITLE.but(size=17, wrap=True))
        moment = record.created.strftime("%Y-%m-%d %H:%M")
        page.span(1, 0, _LAST, facts.word("overview", "subtitle", moment=moment), styles.SUBTITLE.but(size=10))
        said = remarks(facts.result, facts.result.inbox.name)
        for row, remark in enumerate(said, start=2):
            page.span(row, 0, _LAST, remark.told(facts.texts), _LINE.but(bold=True, ink=styles.HARD_INK))
        return 2 + len(said)

    def _section(self, page: Page, at: int, key: str, **details: str) -> int:
        page.span(at, 0, _LAST, self.facts.word("overview", key, **details), styles.SECTION)
        return at + 1

    def _coverage(self, page: Page, at: int, table: CountyTable) -> int:
        facts = self.facts
        at = self._section(page, at, "coverage", form=table.form.title, period=facts.period(table.period))
        page.span(at, 0, _LAST, counts_line(facts, table.coverage), _LINE.but(bold=True, size=13))
        lines = [*left_out_lines(facts, table.coverage), *missing_lines(facts, table.coverage)]
        lines = [*(lines or [facts.word("overview", _whole(table.coverage))]), *category_lines(facts, table)]
        for row, line in enumerate([*lines, *entry_lines(facts, table)], start=at + 1):
            page.span(row, 0, _LAST, line, _LINE)
            at = row
        return at + 2

    def _counts(self, page: Page, at: int) -> int:
        facts, places = self.facts, self.places
        at = self._section(page, at, "counts")
        kinds = (
            ("hard", facts.hard, places.hard, styles.HARD_INK),
            ("soft", facts.soft, places.soft, styles.SOFT_INK),
            ("undecided", facts.undecided, places.rules, styles.BLACK),
            ("info", facts.info, places.notes, styles.BLACK),
            ("note", facts.notes, places.notes, styles.BLACK),
        )
        for row, (key, found, sheet, ink) in enumerate(kinds, start=at):
            word = facts.word("severity", key) if key != "undecided" else facts.word("outcome", key)
            page.span(row, 0, 0, word, styles.BODY_CENTRE.but(ink=ink, bold=True))
            page.text(
                row, 1, self._counted(found), styles.BODY.but(bold=bool(found), ink=ink if found else styles.QUIET_INK)
            )
            page.link(row, 2, sheet, styles.BODY, location(sheet, "A1"))
            page.span(row, 3, _LAST, facts.word("overview", f"means_{key}"), styles.BODY)
        return at + len(kinds) + 1

    def _counted(self, found: Sequence[Finding]) -> str:
        """How many findings there are, and whom they are about: units, files of nobody known, the county's total."""
        facts, owners = self.facts, {owner(finding): finding.file for finding in found}
        units = sum(key in facts.ranks for key in owners)
        files = sum(key not in facts.ranks and bool(file) for key, file in owners.items())
        parts = [facts.word("overview", "counted_units", count=str(units))] if units or not found else []
        if files:
            parts.append(facts.word("overview", "counted_files", count=str(files)))
        if len(owners) > units + files:
            parts.append(facts.word("list", "county_total"))
        return facts.word("overview", "count", count=str(len(found)), owners=facts.joined(parts))

    def _reading(self, page: Page, at: int) -> int:
        at = self._section(page, at, "reading")
        for number in (1, 2, 3):
            page.span(at, 0, _LAST, self.facts.word("overview", f"reading_{number}"), _LINE.but(size=10))
            at += 1
        return at + 1

    def _top(self, page: Page, at: int) -> int:
        lines = top_lines(self.facts)
        at = self._section(page, at, "top")
        if not lines:
            page.span(at, 0, _LAST, self.facts.word("overview", "no_findings"), _LINE)
            return at + 2
        self._header(page, at, _TOP)
        page.span(at, 1, 2, self.facts.word("column", "rule_title"), styles.HEADER)
        for row, line in enumerate(lines, start=at + 1):
            self._top_line(page, row, line)
        return at + len(lines) + 2

    def _top_line(self, page: Page, at: int, line: TopLine) -> None:
        page.text(at, 0, line.code, styles.BODY_CENTRE)
        page.span(at, 1, 2, line.title, styles.BODY)
        page.count(at, 3, line.hard, styles.BODY_CENTRE.but(ink=styles.HARD_INK if line.hard else styles.QUIET_INK))
        page.count(at, 4, line.soft, styles.BODY_CENTRE.but(ink=styles.SOFT_INK if line.soft else styles.QUIET_INK))
        page.count(at, 5, line.units, styles.BODY_CENTRE)
        if line.share is None:
            page.blank(at, 6, 6, styles.BODY_CENTRE)
        else:
            page.share(at, 6, line.share, styles.BODY_CENTRE)
        remark = self.facts.word("overview", "suspect_rule") if line.suspect else ""
        page.text(at, 7, remark, styles.BODY.but(size=9))

    def _units(self, book: Book, page: Page, at: int) -> int:
        """The chart, then the table it is drawn from."""
        standings = league(self.facts)
        drawn = [standing for standing in standings if standing.hard or standing.soft]
        shown = drawn[:UNITS_SHOWN]
        breaks = [at] if len(shown) > _BARS_BELOW else []
        at = self._section(page, at, "units")
        chart_at = at
        if shown:
            at += -(-chart_height(len(shown)) // _ROW_PIXELS) + 1
            for row in range(chart_at, at):
                page.at_least(row, _ROW_POINTS)
        if len(drawn) > len(shown):
            more = self.facts.word("chart", "more", shown=str(len(shown)), count=str(len(drawn)))
            page.span(at, 0, _LAST, more, styles.HINT)
            at += 1
        above = page.height(breaks[0] - 1) if breaks else 0.0
        if page.height(at + len(standings)) - above > _PAGE_POINTS:
            breaks.append(at)  # the header of the table goes with its lines
        page.sheet.set_h_pagebreaks(breaks)
        self._header(page, at, _LEAGUE)
        self._standings(page, at + 1, standings)
        if shown:
            series = (
                Series(self.facts.word("severity", "hard"), 3, styles.BAR_HARD, ink="#FFFFFF"),
                Series(self.facts.word("severity", "soft"), 4, styles.BAR_SOFT),
            )
            longest = max(standing.hard + standing.soft for standing in shown)
            chart = BarChart(self.facts.word("chart", "findings"), 1, at + 1, at + len(shown), series, longest)
            chart.draw(book, page, (chart_at, 0), (_WIDTH_PIXELS - 4, chart_height(len(shown))))
        return at + len(standings) + 2

    def _standings(self, page: Page, at: int, standings: Sequence[Standing]) -> None:
        """The lines that the chart is drawn from cell by cell, for it keeps their values; the rest in bulk."""
        for number, standing in enumerate(standings[:UNITS_SHOWN]):
            self._standing(page, at + number, number + 1, standing)
        rest = standings[UNITS_SHOWN:]
        first = at + UNITS_SHOWN
        page.body(first, len(rest), lambda setter: self._rows(setter, first, rest), _LEAGUE_LOOKS, [_SMALL])

    def _rows(self, setter: Typesetter, first: int, standings: Sequence[Standing]) -> Iterator[str]:
        for number, standing in enumerate(standings):
            self._standing(setter, first + number, UNITS_SHOWN + number + 1, standing)
            yield setter.take(first + number)

    def _standing(self, canvas: Canvas, at: int, serial: int, standing: Standing) -> None:
        canvas.count(at, 0, serial, styles.BODY_CENTRE)
        canvas.text(at, 1, standing.name, styles.BODY)
        canvas.text(at, 2, standing.status, styles.BODY_CENTRE)
        counts = (standing.hard, standing.soft, standing.info, standing.undecided)
        for column, count in enumerate(counts, start=3):
            canvas.count(at, column, count, styles.BODY_CENTRE if count else _NOUGHT)
        for lines in (self.places.first_hard, self.places.first_soft):
            if standing.key in lines:
                sheet, row = lines[standing.key]
                text = self.facts.word("overview", "look", sheet=sheet, row=str(row + 1))
                canvas.link(at, 7, text, _SMALL, location(sheet, f"A{row + 1}"))
                return
        canvas.text(at, 7, "", styles.BODY)

    def _header(self, page: Page, at: int, keys: tuple[str, ...]) -> None:
        for column, key in enumerate(keys):
            if key:
                page.text(at, column, self.facts.word("column", key), styles.HEADER)

    def _record(self, page: Page, at: int) -> int:
        at = self._section(page, at, "record")
        for key, text in run_lines(self.facts):
            page.span(at, 0, 1, key, styles.BODY)
            page.span(at, 2, _LAST, text, styles.BODY.but(size=9))
            at += 1
        return at - 1


def _whole(coverage: Coverage) -> str:
    """What is said where nobody is known to be missing or left out: without a roster nobody knows who had to file."""
    if not coverage.received:
        return "nothing_filed"
    return "complete" if coverage.required is not None else "nobody_known_missing"
