"""差错清单 and 核实清单: one line a finding, the sentence first, grouped by unit, each address a link."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.write import styles
from consolidator.write.facts import owner
from consolidator.write.listing import FIRST, HEADER, HINT, TITLE, Teller, amount, head, level_style

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Finding
    from consolidator.write.book import Book
    from consolidator.write.page import Page
    from consolidator.write.styles import Style

_COLUMNS: Mapping[str, float] = {
    "level": 6,
    "unit": 12,
    "message": 48,
    "codes": 8,
    "label": 18,
    "cells": 10,
    "observed": 10,
    "expected": 9,
    "difference": 8,
    "rule": 6,
    "file": 15,
}
_ANSWERS: Mapping[str, float] = {"explanation": 20, "opinion": 14}


@dataclass(frozen=True)
class FindingList:
    """One list: `key` names its words in the catalogue, `answers` adds empty columns to write in."""

    key: str
    findings: tuple[Finding, ...]
    teller: Teller
    answers: bool = False

    def first_lines(self) -> dict[str, int]:
        """The first line (0-based row) of every owner."""
        lines: dict[str, int] = {}
        for number, finding in enumerate(self.findings):
            lines.setdefault(owner(finding), FIRST + number)
        return lines

    def write(self, book: Book, name: str) -> Page:
        """Make the sheet and fill it."""
        facts = self.teller.facts
        columns = {**_COLUMNS, **(_ANSWERS if self.answers else {})}
        page = book.page(name)
        page.columns(list(columns.values()))
        names = [facts.word("column", key) for key in columns]
        title = facts.word("list", f"{self.key}_title", count=str(len(self.findings)))
        head(page, title, facts.word("list", f"{self.key}_hint"), names, above=(TITLE, HINT, HEADER))
        band = False
        for number, finding in enumerate(self.findings):
            band ^= number > 0 and owner(finding) != owner(self.findings[number - 1])
            body = styles.BODY.but(fill=styles.BAND_FILL) if band else styles.BODY
            self._line(page, FIRST + number, finding, body, len(names))
        last = max(FIRST, FIRST + len(self.findings) - 1)
        if not self.findings:
            page.span(FIRST, 0, len(names) - 1, facts.word("list", f"{self.key}_none"), styles.BODY_CENTRE)
        page.sheet.freeze_panes(FIRST, 2)
        page.sheet.autofilter(HEADER, 0, last, len(names) - 1)
        page.print_as(landscape=True, header=(HEADER, HEADER), last=(last, len(names) - 1))
        return page

    def _line(self, page: Page, at: int, finding: Finding, body: Style, width: int) -> None:
        teller = self.teller
        page.text(at, 0, teller.level(finding), level_style(finding.severity).but(fill=body.fill))
        page.text(at, 1, teller.facts.owner_name(finding), body)
        page.text(at, 2, teller.facts.message(finding), body)
        page.text(at, 3, teller.codes(finding), body)
        page.text(at, 4, teller.label(finding), body)
        page.link(at, 5, teller.cells(finding), body, teller.target(finding))
        for column, text in enumerate((finding.observed, finding.expected, finding.difference), start=6):
            amount(page, at, column, text, body)
        page.text(at, 9, finding.code, body.but(align="center"))
        page.text(at, 10, finding.file, body.but(size=9))
        page.blank(at, 11, width - 1, body)
