"""What the outputs of an earlier run hold: `data/values.csv`, or the detail sheets of one of its two workbooks.

In: the bytes of the CSV files, or a workbook already read. Out: a `PastRun` of filings, values still as texts.
Raises `UsageError` for a file that is none of these. Never: a unit matched, a form or a period chosen.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from decimal import Decimal
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator import frames
from consolidator.errors import UsageError
from consolidator.model import CellAddress, Period, column_code
from consolidator.terms import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.model import Cell, Sheet, Workbook

_NEEDED = ("unit_code", "unit_name", "form", "period", "indicator", "value")
_HEADER_ROWS = 3  # rows of a detail sheet's header over its row of codes
_LEADS = ("serial", "unit_name", "unit_code")
_GUARD, _GUARDED = "'", frozenset("=+-@\t\r＝＋－＠")


class PastFiling(Struct, frozen=True):
    """One unit's figures of one form, as an earlier run wrote them.

    `form` is the form's id, or empty where only its `title` is known. `values` are texts by code, empty where there was no
    usable value, None where the source contradicts itself. `counted` tells whether it was in the totals; None: not known.
    """

    form: str
    title: str
    period: Period
    code: str
    name: str
    values: Mapping[str, str | None]
    counted: bool | None = None


class PastRun(Struct, frozen=True):
    """The filings of an earlier run; `file` and `sha256` name the file they were taken from."""

    file: str
    sha256: str
    filings: tuple[PastFiling, ...]


def filings_from_csv(content: bytes, name: str, submissions: bytes | None = None) -> tuple[PastFiling, ...]:
    """The filings in `values.csv`, and, where `submissions.csv` is given, which of them were in the totals."""
    fates = _fates(submissions) if submissions is not None else {}
    gathered: defaultdict[tuple[str, ...], dict[str, str | None]] = defaultdict(dict)
    for row in _rows(content, name, _NEEDED):
        key = (row["form"], row["period"], row["unit_code"], row["unit_name"], row.get("file") or "")
        values, code, value = gathered[key], row["indicator"], _unguarded(row["value"])
        values[code] = value if values.get(code, value) == value else None
    filings = []
    for (form, spelled, code, unit, file), values in gathered.items():
        period = Period.parse(spelled)
        if period is not None and (code or unit):
            filings.append(PastFiling(form, "", period, code, unit, values, fates.get((file, form, code, unit))))
    if not filings:
        raise UsageError("E61", file=name)
    return tuple(filings)


def _fates(content: bytes) -> Mapping[tuple[str, str, str, str], bool]:
    """Whether a unit's form in a file was in the totals, by file, form, unit's code and name."""
    fates: dict[tuple[str, str, str, str], bool] = {}
    for row in _rows(content, "submissions.csv", ("file", "form", "unit_code", "unit_name", "included")):
        key = (row["file"], row["form"], row["unit_code"], row["unit_name"])
        fates[key] = fates.get(key, False) or row["included"].lower() == "true"
    return fates


def _rows(content: bytes, name: str, needed: Sequence[str]) -> Iterator[Mapping[str, str]]:
    """The rows of a CSV file in UTF-8 or, as a Chinese Excel saves it, GB18030."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    reader = csv.DictReader(io.StringIO(text), restval="")
    try:
        known = set(reader.fieldnames or ())
        missing = [column for column in needed if column not in known]
        if missing and not known & set(frames.OBSERVATIONS):
            raise UsageError("E61", file=name)
        if missing:
            raise UsageError("E66", file=name, column=missing[0])
        yield from reader
    except csv.Error as problem:
        raise UsageError("E61", file=name) from problem


def _unguarded(text: str) -> str:
    """A field without the mark that keeps spreadsheets from taking it for a formula."""
    return text[1:] if text.startswith(_GUARD) and text[1:2] in _GUARDED else text


def filings_from_workbook(workbook: Workbook, name: str) -> tuple[PastFiling, ...]:
    """The filings in the detail sheets of one of our workbooks, whichever program saved it last."""
    named = _named_columns(workbook)
    filings = tuple(filing for sheet in workbook.sheets for filing in _of_sheet(sheet, named))
    if not filings:
        raise UsageError("E61", file=name)
    return filings


def _named_columns(workbook: Workbook) -> Mapping[CellAddress, str]:
    """The codes of columns whose heads show none, by the cell under each head, from their hidden names."""
    named = ((cells, column_code(name)) for name, cells in workbook.names.items())
    return {cells[0]: code for cells, code in named if code and len(cells) == 1}


def _of_sheet(sheet: Sheet, named: Mapping[CellAddress, str]) -> Iterator[PastFiling]:
    """The filings of a detail sheet; none of any other sheet."""
    codes_at = _code_row(sheet)
    if codes_at is None:
        return
    lead = _lead(sheet, codes_at)
    leads = _leads(sheet, codes_at - _HEADER_ROWS, lead)
    period = _period(sheet)
    if period is None or not {"serial", "unit_name"} <= set(leads):
        return
    marks = {
        column: named.get(CellAddress(sheet.name, row, column), cell.text.strip())
        for (row, column), cell in sheet.cells.items()
        if row == codes_at and column > lead
    }
    codes = {column: code for column, code in marks.items() if code and not code.isdecimal()}
    title = _text(sheet, 1, 1 + max(leads["serial"], leads["unit_name"]))
    totals = _words("detail", "total")
    counted = True
    for row in range(codes_at + 1, 1 + max(row for row, _ in sheet.cells)):
        serial = sheet.cells.get((row, leads["serial"]))
        if serial is None or serial.number is None:
            counted = counted and _text(sheet, row, leads["serial"]) not in totals
            continue
        values = {code: _value(sheet.cells.get((row, column))) for column, code in codes.items()}
        code = _text(sheet, row, leads["unit_code"]) if "unit_code" in leads else ""
        yield PastFiling("", title, period, code, _text(sheet, row, leads["unit_name"]), values, counted)


def _code_row(sheet: Sheet) -> int | None:
    """The row under the header that numbers the lead columns and names the codes."""
    marks = {tuple(word[:2]) for word in _words("mark", "ordinals")}
    first = sorted(row for (row, column), cell in sheet.cells.items() if column == 1)
    return next((row for row in first if (_text(sheet, row, 1), _text(sheet, row, 2)) in marks), None)


def _lead(sheet: Sheet, codes_at: int) -> int:
    """How many columns stand before the values: those with an ordinal where the others have a code.

    An ordinal that may be a code as well (A, B, C) is one where the head over it is not of the form.
    """
    heads = {word for language in LANGUAGES for word in catalogue(language).words["column"].values()}
    numbered = zip(*_words("mark", "ordinals"), strict=False)

    def is_lead(place: tuple[int, tuple[str, ...]]) -> bool:
        column, marks = place
        mark = _text(sheet, codes_at, column)
        return mark in marks and (not mark.isascii() or _text(sheet, codes_at - _HEADER_ROWS, column) in heads)

    return sum(1 for _ in takewhile(is_lead, enumerate(numbered, start=1)))


def _leads(sheet: Sheet, top: int, lead: int) -> Mapping[str, int]:
    """The columns before the values that are known by their heads, by the key of the head's word."""
    heads = {word: key for key in _LEADS for word in _words("column", key)}
    texts = {_text(sheet, top, column): column for column in range(lead, 0, -1)}
    return {heads[text]: column for text, column in texts.items() if text in heads}


def _period(sheet: Sheet) -> Period | None:
    """The period in the sheet's corner, which says county and period on two lines."""
    lines = [line.strip() for line in _text(sheet, 1, 1).splitlines() if line.strip()]
    return Period.parse(lines[-1]) if lines else None


def _value(cell: Cell | None) -> str:
    """A cell as `values.csv` would have it; empty for what marks that there is no value."""
    if cell is None:
        return ""
    if cell.number is not None:
        number = Decimal(repr(float(cell.number)))  # as many digits as a spreadsheet holds, however it spelled them
        return f"{number:f}".removesuffix(".0")
    text = cell.text.strip()
    return "" if text in _words("mark", "no_value") else text


def _text(sheet: Sheet, row: int, column: int) -> str:
    cell = sheet.cells.get((row, column))
    return cell.text.strip() if cell is not None else ""


@cache
def _words(section: str, key: str) -> frozenset[str]:
    """A word of the catalogue in every language a workbook may be written in."""
    return frozenset(catalogue(language).word(section, key) for language in LANGUAGES)
