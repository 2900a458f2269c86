"""Whether a form is whole: tables that lack, forms without anything filled in, sign-off fields left blank or dated late.

In: what was read of a form. Out: findings without owner, one for a cause however many cells it touches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.definition import Presence, ValueType
from consolidator.form.texts.days import named_day
from consolidator.form.texts.facets import is_nothing
from consolidator.locate.around.heading import is_bare_number, signs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from consolidator.form.definition import Form
    from consolidator.locate.around.heading import SignOffField
    from consolidator.model import Observation

_DATE = "date"
"""The key of the sign-off field that asks when a form was filed."""


def lacking(sheet: str, form: Form, present: set[str]) -> list[Finding]:
    """Tables of the form that stand nowhere: one finding for all of them."""
    absent = [t for t in form.grids if t.presence is Presence.REQUIRED and t.id not in present]
    if not absent:
        return []
    codes = tuple(row.code for table in absent for row in table.rows if row.type is not ValueType.HEADING)
    details = {"labels": "、".join(f"“{table.title}”" for table in absent)}
    return [Finding("S04", Severity.HARD, "missing_table", indicators=codes, sheet=sheet, details=details)]


def whole_form(
    sheet: str, form: Form, observations: Mapping[str, Observation], findings: list[Finding]
) -> list[Finding]:
    """An entirely empty form is told once, not cell by cell; a form of zeros is worth a question."""
    numbers = [observations[code] for code in form.numeric if code in observations]
    blanks = {
        code
        for finding in findings
        if finding.code == "N01" and finding.severity is not Severity.NOTE
        for code in finding.indicators
    }
    details = {"count": str(len(numbers))}
    if observations and not form.numeric and all(is_nothing(seen.raw) for seen in observations.values()):
        return [*findings, Finding("N04", Severity.SOFT, "blank_record", sheet=sheet, details=details)]
    if numbers and len(blanks) >= len(numbers) and all(number.value is None for number in numbers):
        empty = Finding("N04", Severity.HARD, "blank", sheet=sheet, details=details)
        return [*(finding for finding in findings if finding.code != "N01"), empty]
    values = [number.number for number in numbers if number.number is not None]
    zero_by_policy = all(not number.raw for number in numbers if number.number is not None)
    if values and not any(values):
        if zero_by_policy:
            empty = Finding("N04", Severity.HARD, "blank", sheet=sheet, details=details)
            return [*(finding for finding in findings if finding.code != "N01"), empty]
        return [*findings, Finding("N04", Severity.SOFT, "all_zero", sheet=sheet, details=details)]
    return findings


def is_blank(findings: Iterable[Finding]) -> bool:
    """Whether findings say that nothing is filled in."""
    return any(finding.code == "N04" and finding.case.startswith("blank") for finding in findings)


def signed(sheet: str, form: Form, fields: Sequence[SignOffField]) -> list[Finding]:
    """What is to be said of the sign-off: fields that are blank, numbers for names, a date of filing after the deadline."""
    return [*_unsigned(sheet, fields), *_numbered(sheet, fields), *_late(sheet, form.deadline, fields)]


def _late(sheet: str, deadline: date | None, fields: Sequence[SignOffField]) -> list[Finding]:
    """That a form is dated after the deadline of its collection (迟报)."""
    for entry in fields:
        day = named_day(entry.text) if deadline is not None and entry.field.key == _DATE else None
        if deadline is None or day is None or entry.label is None or day <= deadline:
            continue
        details = {"found": entry.text.strip(), "expected": deadline.isoformat()}
        return [
            Finding(
                "S13", Severity.SOFT, sheet=sheet, cells=(entry.label.a1,), observed=entry.label.text,
                expected=deadline.isoformat(), details=details,
            )
        ]  # fmt: skip
    return []


def _unsigned(sheet: str, fields: Sequence[SignOffField]) -> list[Finding]:
    """The sign-off fields that are blank: one finding for all of them."""
    blank = [entry for entry in fields if not entry.text]
    if not blank:
        return []
    printed = [entry.label for entry in blank if entry.label is not None]
    places = {cell.a1: cell.text for cell in printed}
    return [
        Finding(
            code="S01",
            severity=Severity.SOFT,
            case="blank",
            sheet=sheet,
            cells=tuple(places),
            observed=";".join(places.values()),
            details={"fields": "、".join(entry.field.label for entry in blank)},
        )
    ]


def _numbered(sheet: str, fields: Sequence[SignOffField]) -> list[Finding]:
    """A number where somebody signs: no name, and perhaps a figure of the table that slid down."""
    return [
        Finding(
            "S01", Severity.SOFT, "number", sheet=sheet, cells=(entry.label.a1,), observed=entry.label.text,
            details={"field": entry.field.label, "found": entry.text.strip()},
        )
        for entry in fields
        if entry.label is not None and entry.text and signs(entry.field.label) and is_bare_number(entry.text)
    ]  # fmt: skip
