"""报送情况: what became of every file of the inbox and of every unit that sent none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.model import Status
from consolidator.write import styles
from consolidator.write.facts import owner
from consolidator.write.listing import FIRST, HEADER, HINT, TITLE, Teller, head

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Finding
    from consolidator.model import SubmissionRecord
    from consolidator.write.book import Book
    from consolidator.write.page import Page

_COLUMNS: Mapping[str, float] = {
    "serial": 6,
    "unit_code": 11,
    "unit_name": 16,
    "status": 17,
    "included": 7,
    "reason": 50,
    "hard": 6,
    "soft": 6,
    "period": 9,
    "file": 31,
}
_QUIET = frozenset({Status.DUPLICATE, Status.SUPERSEDED, Status.IGNORED})


@dataclass(frozen=True)
class FilingsSheet:
    """Writes one line a submission record; `first_hard` finds each owner's first line in 差错清单."""

    teller: Teller
    hard_sheet: str

    def write(self, book: Book, name: str) -> Page:
        """Make the sheet and fill it."""
        facts = self.teller.facts
        records = self._by_unit()
        page = book.page(name)
        page.columns(list(_COLUMNS.values()))
        names = [facts.word("column", key) for key in _COLUMNS]
        title = facts.word("filings", "title", count=str(len(records)))
        head(page, title, facts.word("filings", "hint"), names, above=(TITLE, HINT, HEADER))
        reasons = self._reasons()
        for number, record in enumerate(records):
            self._line(page, FIRST + number, number + 1, record, self._reason(record, reasons))
        last = (FIRST + max(0, len(records) - 1), len(names) - 1)
        page.sheet.freeze_panes(FIRST, 3)
        page.sheet.autofilter(HEADER, 0, *last)
        page.print_as(landscape=True, header=(HEADER, HEADER), last=last)
        return page

    def _by_unit(self) -> list[SubmissionRecord]:
        """The records in the order of the units, what counts first; files of nobody known come last."""
        ranks = self.teller.facts.ranks
        return sorted(
            self.teller.facts.result.submissions,
            key=lambda r: (ranks.get(r.unit_code or r.unit_name, len(ranks)), not r.included),
        )

    def _line(self, page: Page, at: int, serial: int, record: SubmissionRecord, reason: str) -> None:
        facts = self.teller.facts
        body = styles.BODY.but(ink=styles.QUIET_INK) if record.status in _QUIET else styles.BODY
        middle = body.but(align="center")
        page.count(at, 0, serial, middle)
        page.text(at, 1, record.unit_code, middle)
        page.text(at, 2, record.unit_name, body)
        page.text(at, 3, facts.word("status", record.status), middle.but(fill=_fill(record)))
        page.text(at, 4, facts.word("mark", "yes" if record.included else "no"), middle)
        page.text(at, 5, reason, body)
        for column, count, ink in ((6, record.hard, styles.HARD_INK), (7, record.soft, styles.SOFT_INK)):
            page.count(at, column, count, middle.but(ink=ink if count else styles.QUIET_INK))
        page.text(at, 8, record.period, middle)
        page.link(at, 9, record.file, body, self.teller.linker.to_file(record.file))

    def _reasons(self) -> dict[tuple[str, str, str], Finding]:
        reasons: dict[tuple[str, str, str], Finding] = {}
        for finding in self.teller.facts.result.findings:
            for place in (finding.file, owner(finding)):
                reasons.setdefault((place, finding.code, finding.case), finding)
                reasons.setdefault((place, finding.code, ""), finding)
        return reasons

    def _reason(self, record: SubmissionRecord, reasons: Mapping[tuple[str, str, str], Finding]) -> str:
        """The sentence of the first reason; for a rejected form also how many there are and where they stand."""
        facts = self.teller.facts
        code, _, case = record.reason.partition(";")[0].partition(".")
        finding = reasons.get((record.file or record.unit_code or record.unit_name, code, case))
        first = ""
        if finding is not None:
            first = facts.message(finding)
        elif (record.form, code) in facts.rules:
            first = facts.title(record.form, code)
        elif code in facts.texts.codes:
            first = self._bare_sentence(code, case)
        if record.status is Status.REJECTED and (record.hard > 1 or not first):
            return facts.word("filings", "rejected", count=str(record.hard), first=first, sheet=self.hard_sheet)
        return first

    def _bare_sentence(self, code: str, case: str) -> str:
        """The sentence of a code without a finding; where it would have gaps, what the code is about."""
        entry = self.teller.facts.texts.codes[code]
        template = str(entry.get("cases", {}).get(case) or entry.get("sentence", ""))
        return template if template and "{" not in template else self.teller.facts.texts.title(code)


def _fill(record: SubmissionRecord) -> str:
    if record.status is Status.ACCEPTED or record.status in _QUIET:
        return ""
    return styles.HARD_FILL
