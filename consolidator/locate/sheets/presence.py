"""Complete a located form with what stands apart from its tables: chapters on sheets of their own, and what is lacking.

In: the forms located in a workbook, the sheets that hold none of their tables. Out: the same forms, completed.
A workbook of tables alone is told once, as information: many counties collect only the tables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.form.choices import Arrangement, Presence
from consolidator.form.definition import LEAST_LENGTH
from consolidator.locate.around.heading import find_filer
from consolidator.locate.around.prose import read_prose, without
from consolidator.locate.around.surroundings import read_surroundings
from consolidator.locate.period.dating import stated_period
from consolidator.model import Visibility

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.form.definition import Row
    from consolidator.locate.located import Located
    from consolidator.model import Sheet


def complete(located: Sequence[Located], spare: Iterable[Sheet]) -> list[Located]:
    """Every form with its chapters. `spare` are the sheets without tables: theirs where the workbook holds one form."""
    found = list(located)
    if len(found) == 1 and found[0].form.loose:
        for sheet in spare:
            if sheet.visibility is Visibility.VISIBLE:
                found[0] = _with_sheet(found[0], sheet)
    return [replace(each, findings=(*each.findings, *_lacking(each))) for each in found]


def _with_sheet(entry: Located, sheet: Sheet) -> Located:
    """The form with the chapters of one more sheet; the unit and the period too, where the tables' sheets do not say."""
    form = entry.form
    prose = read_prose(sheet, form, ())
    if not prose.observations:
        return entry
    rows = without(range(1, max(prose.rows) + 50), prose)
    added = {**read_surroundings(sheet, form, rows), **prose.observations}
    known = {code for code, seen in entry.observations.items() if seen.value is not None}
    return replace(
        entry,
        observations={**entry.observations, **{code: seen for code, seen in added.items() if code not in known}},
        findings=(*entry.findings, *prose.findings),
        filer=entry.filer or find_filer(sheet, rows, form),
        period=entry.period or stated_period(sheet, rows, form),
    )


def _lacking(entry: Located) -> Iterator[Finding]:
    """Chapters that stand nowhere, and headings with nothing under them that no rule of the form asks about."""
    chapters = [
        (table.presence, row)
        for table in entry.form.tables
        if table.arrangement is Arrangement.BENEATH
        for row in table.rows
    ]
    seen = entry.observations
    absent = [(presence, row) for presence, row in chapters if row.code not in seen]
    some = len(absent) < len(chapters)
    required = [row for presence, row in absent if presence is Presence.REQUIRED]
    expected = [row for presence, row in absent if presence is Presence.EXPECTED]
    if required:
        yield _told(entry, Severity.HARD, "missing_chapter", required)
    if expected and some:
        yield _told(entry, Severity.SOFT, "missing_chapter", expected)
    elif expected:
        yield _told(entry, Severity.INFO, "no_chapters", expected)
    asked = entry.form.left_to_rules.get(LEAST_LENGTH, frozenset())
    blank = [row for _, row in chapters if row.code in seen and not seen[row.code].raw and row.code not in asked]
    if blank:
        cells = tuple(seen[row.code].address.a1 for row in blank)
        yield replace(_told(entry, Severity.SOFT, "blank_chapter", blank), cells=cells)


def _told(entry: Located, severity: Severity, case: str, rows: Sequence[Row]) -> Finding:
    codes = tuple(row.code for row in rows)
    details = {"labels": "、".join(f"“{row.label}”" for row in rows)}
    return Finding("S04", severity, case, indicators=codes, sheet=entry.sheet, details=details)


def hidden_sheets(sheets: Iterable[Sheet], used: set[str]) -> list[Finding]:
    """Hidden sheets beside the form, in case something was meant to be seen."""
    return [
        Finding("B12", Severity.SOFT, "other_sheet", sheet=sheet.name, details={"sheet": sheet.name})
        for sheet in sheets
        if sheet.visibility is not Visibility.VISIBLE and sheet.name not in used and sheet.cells
    ]
