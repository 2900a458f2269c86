"""差错清单 and 核实清单: one line a finding, the sentence first, grouped by unit, each address a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.write.plans.facts import owner
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
    level_style,
    portions,
)
from consolidator.write.workbook import styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.typesetting import Canvas, Typesetter

_COLUMNS: Mapping[str, float] = {
    "level": 6,
    "unit": 12,
    "message": 45,
    "codes": 12,
    "label": 17,
    "cells": 10,
    "observed": 10,
    "expected": 9,
    "difference": 8,
    "rule": 6,
    "file": 15,
}
_ANSWERS: Mapping[str, float] = {"explanation": 20, "opinion": 14}
_SHORT_ID, _WIDE_ID = 6, 12  # characters of a rule's id that the column has room for; its width for longer ones
_BANDS = (Looks.of(styles.BODY), Looks.of(styles.BODY.but(fill=styles.BAND_FILL)))
"""Every other unit's lines are shaded."""


class FindingList(Struct, frozen=True):
    """One list: `key` names its words in the catalogue, `answers` adds empty columns to write in."""

    key: str
    findings: tuple[Finding, ...]
    teller: Teller
    answers: bool = False

    def first_lines(self, name: str) -> dict[str, tuple[str, int]]:
        """The sheet and the first line (0-based row) of every owner, where the list begins on the sheet `name`."""
        lines: dict[str, tuple[str, int]] = {}
        for sheet, findings in portions(self.findings, name):
            for number, finding in enumerate(findings):
                lines.setdefault(owner(finding), (sheet, FIRST + number))
        return lines

    def write(self, book: Book, name: str) -> None:
        """Make the sheet and fill it; a list that is too long goes on on further sheets."""
        parts = portions(self.findings, name)
        for number, (sheet, findings) in enumerate(parts, start=1):
            self._write(book.page(sheet), findings, number, len(parts))

    def _write(self, page: Page, findings: Sequence[Finding], part: int, parts: int) -> None:
        facts = self.teller.facts
        columns = {**_COLUMNS, **(_ANSWERS if self.answers else {})}
        if any(len(finding.code) > _SHORT_ID for finding in self.findings):
            columns["rule"] = _WIDE_ID
        page.columns(list(columns.values()))
        names = [facts.word("column", key) for key in columns]
        title = facts.word("list", f"{self.key}_title", count=str(len(self.findings)))
        hint = hint_of(facts, facts.word("list", f"{self.key}_hint"), len(findings), part, parts)
        head(page, title, hint, names, above=(TITLE, HINT, HEADER))
        levels = [level_style(severity, looks.body.fill) for severity in Severity for looks in _BANDS]
        looks = [look for band in _BANDS for look in band.all]
        bodies = [band.body for band in _BANDS]
        page.body(FIRST, len(findings), lambda setter: self._rows(setter, findings, len(names)), looks + levels, bodies)
        last = max(FIRST, FIRST + len(findings) - 1)
        if not findings:
            page.span(FIRST, 0, len(names) - 1, facts.word("list", f"{self.key}_none"), styles.BODY_CENTRE)
        page.sheet.freeze_panes(FIRST, 2)
        page.sheet.autofilter(HEADER, 0, last, len(names) - 1)
        page.print_as(landscape=True, header=(HEADER, HEADER), last=(last, len(names) - 1))

    def _rows(self, setter: Typesetter, findings: Sequence[Finding], width: int) -> Iterator[str]:
        band, before = 0, None
        for at, finding in enumerate(findings, start=FIRST):
            band ^= before not in (None, owner(finding))
            before = owner(finding)
            self._line(setter, at, finding, _BANDS[band], width)
            yield setter.take(at)

    def _line(self, canvas: Canvas, at: int, finding: Finding, looks: Looks, width: int) -> None:
        teller, body = self.teller, looks.body
        canvas.text(at, 0, teller.level(finding), level_style(finding.severity, body.fill))
        canvas.text(at, 1, teller.facts.owner_name(finding), body)
        canvas.text(at, 2, teller.facts.fitted(teller.facts.message(finding)), body)
        canvas.text(at, 3, teller.codes(finding), body)
        canvas.text(at, 4, teller.label(finding), body)
        canvas.link(at, 5, teller.cells(finding), body, teller.target(finding))
        for column, text in enumerate((finding.observed, finding.expected, finding.difference), start=6):
            amount(canvas, at, column, teller.facts.fitted(teller.several(finding, text)), looks)
        canvas.text(at, 9, finding.code, looks.middle)
        canvas.text(at, 10, finding.file, looks.small)
        canvas.blank(at, 11, width - 1, body)
