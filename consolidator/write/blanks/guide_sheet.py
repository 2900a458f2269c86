"""填报说明: how a blank form is filled in, every rule in words, and how each stands right now."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.definition import BlankPolicy, ValueType
from consolidator.form.printing.sums import plain_sums
from consolidator.form.texts.figures import MAGNITUDES
from consolidator.write.blanks.blank_inputs import catalogue_key
from consolidator.write.plans.excel_rules import address
from consolidator.write.sheets.listing import level_style
from consolidator.write.workbook import styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Rule, TextRule
    from consolidator.terms import Catalogue
    from consolidator.write.blanks.blank_checks import BlankChecks
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page

_COLUMNS: Mapping[str, float] = {"rule": 9, "rule_title": 46, "level": 7, "remedy": 44, "state": 12}
_SHORT_ID, _WIDE_ID = 9, 20  # characters of an id that the column has room for; its width for PART-A02.year_to_date
_TITLE, _FIRST = 0, 1
_STATE = 4


class GuideSheet(Struct, frozen=True, dict=True):
    """Writes how to fill in, then the rules with a live verdict."""

    checks: BlankChecks
    texts: Catalogue
    name: str

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """How this form is filled in: a line for each kind of value that it asks for, none for others."""
        told = [("colours", {}), *self._of_numbers(), *((key, {}) for key in self._texts_asked), *self._of_rules()]
        told += [("layout", {}), ("send", {})]
        return tuple(
            self.texts.text("template", f"guide_{key}", number=str(number), **details)
            for number, (key, details) in enumerate(told, start=1)
        )

    def _of_numbers(self) -> Iterator[tuple[str, dict[str, str]]]:
        form = self.checks.plan.form
        numbers = [place.indicator for place in self.checks.plan.cells if place.indicator.numeric]
        if not numbers:
            return
        yield "blank" if all(form.policy(each) is BlankPolicy.ZERO for each in numbers) else "zero", {}
        yield "digits", {}
        for unit in dict.fromkeys(each.row.unit_of_measure for each in numbers):
            if len(unit) > 1 and unit[0] in MAGNITUDES:
                yield "scale", {"unit": unit, "base": unit[1:]}
        if plain_sums(form):
            yield "sums", {}

    @property
    def _texts_asked(self) -> list[str]:
        kinds = {place.indicator.row.type for place in self.checks.plan.cells if not place.indicator.numeric}
        return [catalogue_key(kind) for kind in ValueType if kind in kinds]

    def _of_rules(self) -> Iterator[tuple[str, dict[str, str]]]:
        if self.checks.plan.form.all_rules:
            yield "warnings" if self.checks.alarms else "judged", {}

    @property
    def _header(self) -> int:
        return _FIRST + len(self.lines) + 2

    def violated(self) -> str:
        """The formula that counts the rules which do not hold, for another sheet."""
        rules = self.checks.plan.form.all_rules
        first = self._header + 1
        area = f"{address(first, _STATE)}:{address(first + max(0, len(rules) - 1), _STATE)}"
        return f"COUNTIF('{self.name}'!{area},\"{self.texts.word('template', 'violated')}\")"

    def write(self, book: Book) -> Page:
        """Make the sheet and fill it."""
        page = book.page(self.name)
        form = self.checks.plan.form
        long_ids = any(len(rule.id) > _SHORT_ID for rule in form.all_rules)
        page.columns([_WIDE_ID if long_ids and key == "rule" else width for key, width in _COLUMNS.items()])
        last = len(_COLUMNS) - 1
        title = self.texts.text("template", "guide", title=form.title)
        page.span(_TITLE, 0, last, title, styles.SECTION.but(size=14))
        for number, line in enumerate(self.lines):
            page.span(_FIRST + number, 0, last, line, styles.HINT.but(size=11))
        section = self.texts.text("template", "rules", count=str(len(form.all_rules)))
        page.span(self._header - 1, 0, last, section, styles.SECTION)
        for column, key in enumerate(_COLUMNS):
            page.text(self._header, column, self.texts.word("template", f"column_{key}"), styles.HEADER)
        for at, rule in enumerate(form.all_rules, start=self._header + 1):
            self._rule(page, at, rule)
        end = self._header + max(1, len(form.all_rules))
        page.print_as(landscape=True, header=(self._header, self._header), last=(end, last))
        page.sheet.freeze_panes(1, 0)
        page.protect()
        return page

    def _rule(self, page: Page, at: int, rule: Rule | TextRule) -> None:
        page.text(at, 0, rule.id, styles.BODY_CENTRE)
        page.text(at, 1, self._in(rule.title), styles.BODY)
        page.text(at, 2, self.texts.word("severity", rule.severity), level_style(rule.severity))
        page.text(at, 3, self._in(rule.remedy), styles.BODY)
        state = self.checks.state(rule.id, self.checks.area())
        if state:
            page.reckoned(at, _STATE, state, styles.BODY_CENTRE, cached=self.texts.word("template", "open"))
            condition = f'{address(at, _STATE)}="{self.texts.word("template", "violated")}"'
            page.colour([(at, _STATE)], condition, styles.HARD_FILL, styles.HARD_INK)
        else:
            page.text(
                at, _STATE, self.texts.word("template", "elsewhere"), styles.BODY_CENTRE.but(ink=styles.QUIET_INK)
            )

    def _in(self, words: Mapping[str, str]) -> str:
        return words.get(self.texts.language) or words.get("zh", "")
