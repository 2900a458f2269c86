"""规范化处理记录: every change of spelling that the reading made, and below it what a reader may like to know."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.write import styles
from consolidator.write.listing import FIRST, HEADER, HINT, TITLE, Teller, amount, head
from consolidator.write.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Finding
    from consolidator.write.book import Book
    from consolidator.write.page import Page

_COLUMNS: Mapping[str, float] = {
    "unit": 14,
    "cells": 10,
    "raw": 14,
    "used": 12,
    "reason": 52,
    "codes": 8,
    "label": 23,
    "rule": 7,
    "file": 18,
}


@dataclass(frozen=True)
class NotesSheet:
    """Writes the record of normalisations and, in a block of its own, the findings that only inform."""

    teller: Teller

    def write(self, book: Book, name: str) -> Page:
        """Make the sheet and fill it."""
        facts = self.teller.facts
        page = book.page(name)
        page.columns(list(_COLUMNS.values()))
        names = [facts.word("column", key) for key in _COLUMNS]
        last = len(names) - 1
        title = facts.word("list", "notes_title", count=str(len(facts.notes)))
        head(page, title, facts.word("list", "notes_hint"), names, above=(TITLE, HINT, HEADER))
        at = self._lines(page, FIRST, facts.notes, "notes_none")
        page.sheet.autofilter(HEADER, 0, at - 1, last)
        if facts.info:
            title = facts.word("list", "info_title", count=str(len(facts.info)))
            head(page, title, facts.word("list", "info_hint"), names, above=(at + 1, at + 2, at + 3))
            at = self._lines(page, at + 4, facts.info, "notes_none")
        page.sheet.freeze_panes(FIRST, 1)
        page.print_as(landscape=True, header=(HEADER, HEADER), last=(at - 1, last))
        return page

    def _lines(self, page: Page, at: int, findings: tuple[Finding, ...], none: str) -> int:
        if not findings:
            page.span(at, 0, len(_COLUMNS) - 1, self.teller.facts.word("list", none), styles.BODY_CENTRE)
            return at + 1
        for row, finding in enumerate(findings, start=at):
            self._line(page, row, finding)
        return at + len(findings)

    def _line(self, page: Page, at: int, finding: Finding) -> None:
        teller, body = self.teller, styles.BODY
        page.text(at, 0, teller.facts.owner_name(finding), body)
        page.link(at, 1, teller.cells(finding), body, teller.target(finding))
        page.text(at, 2, finding.observed, body)
        amount(page, at, 3, self._used(finding), body)
        page.text(at, 4, teller.facts.message(finding), body)
        page.text(at, 5, teller.codes(finding), body)
        page.text(at, 6, teller.label(finding), body)
        page.text(at, 7, finding.code, styles.BODY_CENTRE)
        page.text(at, 8, finding.file, body.but(size=9))

    def _used(self, finding: Finding) -> str:
        """The value that went into the tables instead of what was typed; empty where the note is about no value."""
        if finding.expected or finding.details.get("value"):
            return finding.expected or finding.details["value"]
        observation = self.teller.facts.observation(finding)
        if observation is None or observation.value is None:
            return ""
        return plain(observation.value) if isinstance(observation.value, Decimal) else observation.value
