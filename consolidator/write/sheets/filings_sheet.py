"""报送情况: what became of every file of the inbox and of every unit that sent none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import Status
from consolidator.write.plans.facts import owner
from consolidator.write.sheets.listing import FIRST, HEADER, HINT, TITLE, Teller, head, hint_of, portions
from consolidator.write.workbook import styles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.model import SubmissionRecord
    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style
    from consolidator.write.workbook.typesetting import Canvas, Typesetter

    _Reasons = Mapping[tuple[str, str, str], Finding]

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


class _Looks(Struct, frozen=True):
    """How the cells of a line look."""

    body: Style
    middle: Style
    alarming: Style
    hard: Style
    soft: Style
    none: Style

    @classmethod
    def of(cls, body: Style) -> _Looks:
        middle = body.but(align="center")
        inks = (styles.HARD_INK, styles.SOFT_INK, styles.QUIET_INK)
        return cls(body, middle, middle.but(fill=styles.HARD_FILL), *(middle.but(ink=ink) for ink in inks))

    @property
    def all(self) -> tuple[Style, ...]:
        """Every one of them."""
        return (self.body, self.middle, self.alarming, self.hard, self.soft, self.none)


_USUAL = _Looks.of(styles.BODY)
_FADED = _Looks.of(styles.BODY.but(ink=styles.QUIET_INK))


class FilingsSheet(Struct, frozen=True):
    """Writes one line a submission record; `first_hard` finds each owner's first line in 差错清单."""

    teller: Teller
    hard_sheet: str

    def write(self, book: Book, name: str) -> None:
        """Make the sheet and fill it; more filings than one sheet holds go on on further ones."""
        records = self._by_unit()
        parts = portions(records, name)
        reasons = self._reasons()
        serial = 1
        for number, (sheet, lines) in enumerate(parts, start=1):
            self._write(book.page(sheet), lines, serial, reasons, (number, len(parts)))
            serial += len(lines)

    def _write(
        self, page: Page, records: Sequence[SubmissionRecord], serial: int, reasons: _Reasons, part: tuple[int, int]
    ) -> None:
        facts = self.teller.facts
        page.columns(list(_COLUMNS.values()))
        names = [facts.word("column", key) for key in _COLUMNS]
        title = facts.word("filings", "title", count=str(len(facts.result.submissions)))
        hint = hint_of(facts, facts.word("filings", "hint"), len(records), *part)
        head(page, title, hint, names, above=(TITLE, HINT, HEADER))
        used = [look for kind in (_USUAL, _FADED) for look in kind.all]
        linked = [_USUAL.body, _FADED.body]
        page.body(FIRST, len(records), lambda setter: self._rows(setter, records, serial, reasons), used, linked)
        last = (FIRST + max(0, len(records) - 1), len(names) - 1)
        page.sheet.freeze_panes(FIRST, 3)
        page.sheet.autofilter(HEADER, 0, *last)
        page.print_as(landscape=True, header=(HEADER, HEADER), last=last)

    def _rows(
        self, setter: Typesetter, records: Sequence[SubmissionRecord], serial: int, reasons: _Reasons
    ) -> Iterator[str]:
        for at, record in enumerate(records, start=FIRST):
            self._line(setter, at, serial + at - FIRST, record, self._reason(record, reasons))
            yield setter.take(at)

    def _by_unit(self) -> list[SubmissionRecord]:
        """The records in the order of the units, what counts first; files of nobody known come last."""
        ranks = self.teller.facts.ranks
        return sorted(
            self.teller.facts.result.submissions,
            key=lambda r: (ranks.get(r.unit_code or r.unit_name, len(ranks)), not r.included),
        )

    def _line(self, canvas: Canvas, at: int, serial: int, record: SubmissionRecord, reason: str) -> None:
        facts = self.teller.facts
        look = _FADED if record.status in _QUIET else _USUAL
        canvas.count(at, 0, serial, look.middle)
        canvas.text(at, 1, record.unit_code, look.middle)
        canvas.text(at, 2, record.unit_name, look.body)
        alarming = record.status is not Status.ACCEPTED and record.status not in _QUIET
        canvas.text(at, 3, facts.word("status", record.status), look.alarming if alarming else look.middle)
        canvas.text(at, 4, facts.word("mark", "yes" if record.included else "no"), look.middle)
        canvas.text(at, 5, reason, look.body)
        canvas.count(at, 6, record.hard, look.hard if record.hard else look.none)
        canvas.count(at, 7, record.soft, look.soft if record.soft else look.none)
        canvas.text(at, 8, record.period, look.middle)
        canvas.link(at, 9, record.file, look.body, self.teller.linker.to_file(record.file))

    def _reasons(self) -> _Reasons:
        """The first finding of each file or unit by code and case, and by code alone, of the codes that are reasons."""
        records = self.teller.facts.result.submissions
        wanted = {_place(record): self._first_reason(record)[0] for record in records}
        wanted |= {
            _unit(record): self._first_reason(record)[0] for record in records if record.status is Status.CONFLICT
        }
        reasons: dict[tuple[str, str, str], Finding] = {}
        for finding in self.teller.facts.result.findings:
            for place in (finding.file, owner(finding)):
                if wanted.get(place) == finding.code:
                    reasons.setdefault((place, finding.code, finding.case), finding)
                    reasons.setdefault((place, finding.code, ""), finding)
        return reasons

    def _reason(self, record: SubmissionRecord, reasons: _Reasons) -> str:
        """The sentence of the first reason; for a rejected form also how many there are and where they stand."""
        facts = self.teller.facts
        code, case = self._first_reason(record)
        finding = reasons.get((_place(record), code, case))
        if finding is None and record.status is Status.CONFLICT:  # told once, at the first of the versions
            finding = reasons.get((_unit(record), code, case))
        first = ""
        if finding is not None:
            first = facts.fitted(facts.message(finding))
        elif (record.form, code) in facts.rules:
            first = facts.title(record.form, code)
        elif code in facts.texts.codes:
            first = facts.texts.bare_sentence(code, case)
        if record.status is Status.REJECTED and (record.hard > 1 or not first):
            return facts.word("filings", "rejected", count=str(record.hard), first=first, sheet=self.hard_sheet)
        return first

    def _first_reason(self, record: SubmissionRecord) -> tuple[str, str]:
        """Code and case of the first reason; the id of a rule may hold a point itself (SUM-A.m)."""
        first = record.reason.partition(";")[0]
        if (record.form, first) in self.teller.facts.rules:
            return first, ""
        code, _, case = first.partition(".")
        return code, case


def _place(record: SubmissionRecord) -> str:
    """What a finding about the record names: its file, else its unit."""
    return record.file or _unit(record)


def _unit(record: SubmissionRecord) -> str:
    """How a finding about its unit names it."""
    return record.unit_code or record.unit_name
