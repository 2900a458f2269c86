"""What is said of a form for the sheets of its workbook: that it stands on a later one, that another unit's stands beside it.

In: a workbook, the forms located in it. Out: the same with their notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.model import Visibility, a1
from consolidator.model.observed import in_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.locate.located import Located
    from consolidator.model import Workbook


def on_its_tab(entry: Located, workbook: Workbook) -> Located:
    """The only form of a workbook, with a note where the first sheet that a person sees is another one.

    A blank form of ours, whose first sheet is the guide to filling in, needs none.
    """
    seen = (sheet.name for sheet in workbook.sheets if sheet.cells and sheet.visibility is Visibility.VISIBLE)
    first = next(seen, entry.sheet)
    if first == entry.sheet or workbook.properties or any(found.code == "L03" for found in entry.findings):
        return entry
    if first in in_columns(entry.observations).sheets:
        return entry
    return chosen(entry, workbook)


def chosen(entry: Located, workbook: Workbook) -> Located:
    """The form that is taken, with a note on which sheet it stands, counted as the workbook's tabs are."""
    number = [sheet.name for sheet in workbook.sheets].index(entry.sheet) + 1
    return _with_note(entry, "chosen", number=str(number), sheet=entry.sheet)


def copied(entry: Located, sheets: Sequence[str]) -> Located:
    """The form that is taken, with a note on the sheets that say the same; or how often the same stands on its own."""
    if len(set(sheets)) == 1:
        return _with_note(entry, "copies_on_sheet", sheet=entry.sheet, count=str(len(sheets)))
    sheets = tuple(dict.fromkeys(sheets))
    return _with_note(entry, "copies", sheets="、".join(f"“{sheet}”" for sheet in sheets))


def apart(entries: Sequence[Located]) -> list[Located]:
    """The forms of several units in one file, each with a note that it was taken by itself."""
    units = "、".join(entry.filer.text if entry.filer is not None else entry.sheet for entry in entries)
    return [_with_note(entry, "apart", count=str(len(entries)), units=units) for entry in entries]


def passed_over(entries: Sequence[Located], sheets: Sequence[str]) -> list[Located]:
    """The forms that are taken, the first with a question about the sheets that by their own words are something else."""
    if not sheets:
        return list(entries)
    details = {
        "sheets": "、".join(f"“{sheet}”" for sheet in sheets),
        "taken": "、".join(f"“{each.sheet}”" for each in entries),
    }
    asked = Finding("L03", Severity.SOFT, "passed_over", sheet=entries[0].sheet, details=details)
    return [replace(entries[0], findings=(asked, *entries[0].findings)), *entries[1:]]


def one_of_several(entry: Located, others: Sequence[Located], *, sure: bool) -> Located:
    """The form that is taken of several ones on its sheet, where `others` are of another period, or do not say of which."""
    if not others:
        return entry
    period = entry.period or entry.part
    details = {
        "sheet": entry.sheet,
        "count": str(len(others) + 1),
        "taken": _first_cell(entry),
        "found": period.period.chinese if period else "",
        "others": "、".join(map(_first_cell, others)),
    }
    severity, outcome = (Severity.NOTE, Outcome.SATISFIED) if sure else (Severity.SOFT, Outcome.VIOLATED)
    case = "of_this_period" if sure else "of_no_period"
    said = Finding("L03", severity, case, outcome, sheet=entry.sheet, details=details)
    return replace(entry, findings=(said, *entry.findings))


def _first_cell(entry: Located) -> str:
    """The cell of a form's first value."""
    places = sorted((seen.address.row, seen.address.column) for seen in entry.observations.values())
    return a1(*places[0]) if places else ""


def _with_note(entry: Located, case: str, **details: str) -> Located:
    """The form with a note on its sheet before all else that is said of it."""
    note = Finding("L03", Severity.NOTE, case, Outcome.SATISFIED, sheet=entry.sheet, details=details)
    return replace(entry, findings=(note, *entry.findings))
