"""规范化处理记录: every change of spelling that the reading made, and below it what a reader may like to know."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.write.sheets.listing import (
    FIRST,
    HEADER,
    HINT,
    TITLE,
    Looks,
    Teller,
    amount,
    head,
    hint_of,
    portions,
)
from consolidator.write.workbook import limits, styles
from consolidator.write.workbook.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.typesetting import Canvas, Typesetter

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
_LOOKS = Looks.of(styles.BODY)


class NotesSheet(Struct, frozen=True):
    """Writes the record of normalisations and, in a block of its own, the findings that only inform."""

    teller: Teller

    def write(self, book: Book, name: str) -> None:
        """Make the sheet and fill it; what is too long for one sheet goes on on further ones."""
        notes, info = self.teller.facts.notes, self.teller.facts.info
        blocks = [("notes", sheet, lines) for sheet, lines in portions(notes, name)]
        beside = FIRST + len(blocks[-1][2]) + 1 + FIRST + len(info) < limits.EXCEL_ROWS_A_SHEET
        if info and not beside:
            blocks += [("info", sheet, lines) for sheet, lines in portions(info, name, before=len(blocks))]
        for number, (key, sheet, lines) in enumerate(blocks, start=1):
            page = book.page(sheet)
            page.columns(list(_COLUMNS.values()))
            at = self._block(page, 0, key, lines, (number, len(blocks)))
            page.sheet.autofilter(HEADER, 0, at - 1, len(_COLUMNS) - 1)
            if info and beside and number == len(blocks):
                at = self._block(page, at + 1, "info", info, (1, 1))
            page.sheet.freeze_panes(FIRST, 1)
            page.print_as(landscape=True, header=(HEADER, HEADER), last=(at - 1, len(_COLUMNS) - 1))

    def _block(self, page: Page, at: int, key: str, lines: Sequence[Finding], part: tuple[int, int]) -> int:
        """One list from row `at` on; gives the row after it."""
        facts = self.teller.facts
        names = [facts.word("column", column) for column in _COLUMNS]
        count = len(facts.notes if key == "notes" else facts.info)
        title = facts.word("list", f"{key}_title", count=str(count))
        hint = hint_of(facts, facts.word("list", f"{key}_hint"), len(lines), *part)
        head(page, title, hint, names, above=(at + TITLE, at + HINT, at + HEADER))
        at += FIRST
        if not lines:
            page.span(at, 0, len(_COLUMNS) - 1, facts.word("list", "notes_none"), styles.BODY_CENTRE)
            return at + 1
        page.body(at, len(lines), lambda setter: self._rows(setter, at, lines), _LOOKS.all, [_LOOKS.body])
        return at + len(lines)

    def _rows(self, setter: Typesetter, first: int, lines: Sequence[Finding]) -> Iterator[str]:
        for at, finding in enumerate(lines, start=first):
            self._line(setter, at, finding)
            yield setter.take(at)

    def _line(self, canvas: Canvas, at: int, finding: Finding) -> None:
        teller, body = self.teller, _LOOKS.body
        canvas.text(at, 0, teller.facts.owner_name(finding), body)
        canvas.link(at, 1, teller.cells(finding), body, teller.target(finding))
        canvas.text(at, 2, teller.facts.fitted(teller.several(finding, finding.observed)), body)
        amount(canvas, at, 3, teller.facts.fitted(self._used(finding)), _LOOKS)
        canvas.text(at, 4, teller.facts.fitted(teller.facts.message(finding)), body)
        canvas.text(at, 5, teller.codes(finding), body)
        canvas.text(at, 6, teller.label(finding), body)
        canvas.text(at, 7, finding.code, _LOOKS.middle)
        canvas.text(at, 8, finding.file, _LOOKS.small)

    def _used(self, finding: Finding) -> str:
        """The value that went into the tables instead of what was typed; empty where the line is about no value, or changes none."""
        if finding.severity is Severity.INFO:
            return ""
        if finding.expected or finding.details.get("value"):
            return finding.expected or finding.details["value"]
        observation = self.teller.facts.observation(finding)
        if observation is None or observation.value is None:
            return ""
        return plain(observation.value) if isinstance(observation.value, Decimal) else observation.value
