"""One filled form on its sheet, or its sheets: header, tables, sign-off, hidden parts.

In: sheets that were recognised as the form. Out: a `Located`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.form.definition import ValueType
from consolidator.locate.bands import place_tables
from consolidator.locate.columns import find_columns
from consolidator.locate.headers import header_rows
from consolidator.locate.heading import (
    SignOffField,
    Stated,
    StatedPeriod,
    find_filer,
    find_period,
    find_sign_off,
    stated_period,
)
from consolidator.locate.table import TableReader, TableReading
from consolidator.model import CellKind, Visibility, column_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import BlankPolicy, Form, Table
    from consolidator.locate.match import Item
    from consolidator.model import Observation, Sheet

_LISTED = 20  # hidden rows or comments named in one sentence; the rest is counted


@dataclass(frozen=True, slots=True)
class Located:
    """One filled form: whose and when it says it is, its observations, and findings without owner.

    `blank` tells that no numeric indicator has anything filled in.
    """

    form: Form
    sheet: str
    filer: Stated | None
    period: StatedPeriod | None
    observations: Mapping[str, Observation]
    findings: tuple[Finding, ...]
    blank: bool


def read_form(pages: Sequence[tuple[Sheet, Sequence[Item]]], form: Form, policy: BlankPolicy | None) -> Located:
    """Everything that a form says that stands on one sheet, or with its tables on several ones."""
    observations: dict[str, Observation] = {}
    findings: list[Finding] = []
    fields: dict[str, SignOffField] = {}
    filers: list[Stated] = []
    periods: list[StatedPeriod] = []
    tables: set[str] = set()
    main = pages[0][0]
    for sheet, items in pages:
        stated = _heading_period(sheet, form, items)
        first, last = 1 << 30, 0
        for table, reading in _tables(sheet, form, items, policy, stated.period.year if stated else None):
            tables.add(table.id)
            observations.update(reading.observations)
            findings.extend(reading.findings)
            first, last = min(first, reading.first_row), max(last, reading.last_row)
        above = range(1, first)
        around = (*above, *range(last + 1, last + 200))
        filers += filter(None, (find_filer(sheet, above, form), find_filer(sheet, around, form)))
        periods += filter(None, (stated or find_period(sheet, around, form),))
        for entry in find_sign_off(sheet, around, form):
            if entry.field.key not in fields or entry.text:
                fields[entry.field.key] = entry
    findings = whole_form(main.name, form, observations, findings)
    findings.extend(_lacking(main.name, form, tables))
    findings.extend(_unsigned(main.name, tuple(fields.values())))
    for sheet, _ in pages:
        findings.extend((*_concealed(sheet), *_comments(sheet)))
    return Located(
        form=form,
        sheet=main.name,
        filer=filers[0] if filers else None,
        period=periods[0] if periods else None,
        observations=observations,
        findings=tuple(findings),
        blank=is_blank(findings),
    )


def bare_form(sheet: Sheet, form: Form, first: int, last: int) -> Located:
    """What stands around the values of a form without labels, which lie in the rows from `first` to `last`."""
    around = (*range(1, first), *range(last + 1, last + 200))
    signed = find_sign_off(sheet, around, form)
    findings = (*_unsigned(sheet.name, signed), *_concealed(sheet), *_comments(sheet))
    filer, period = find_filer(sheet, around, form), find_period(sheet, around, form)
    return Located(form, sheet.name, filer, period, {}, findings, blank=False)


def is_blank(findings: Iterable[Finding]) -> bool:
    """Whether findings say that nothing is filled in."""
    return any(finding.code == "N04" and finding.case == "blank" for finding in findings)


def _tables(
    sheet: Sheet, form: Form, items: Sequence[Item], policy: BlankPolicy | None, year: int | None
) -> Iterator[tuple[Table, TableReading]]:
    """The tables of a form that stand on a sheet, each as it is read."""
    if form.keyed:
        for placed in place_tables(sheet, form, items):
            yield placed.table, TableReader(sheet, form, placed.table, placed.items, policy, placed.columns).read()
        return
    for table in form.tables:
        codes = {row.code for row in table.rows}
        mine = [item for item in items if codes.intersection(item.codes)]
        if mine:
            columns = find_columns(sheet, mine, table, year)
            yield table, TableReader(sheet, form, table, mine, policy, columns).read()


def _lacking(sheet: str, form: Form, present: set[str]) -> list[Finding]:
    """Tables of the form that stand nowhere: one finding for all of them."""
    absent = [table for table in form.tables if table.id not in present]
    if not absent:
        return []
    codes = tuple(row.code for table in absent for row in table.rows if row.type is not ValueType.HEADING)
    details = {"labels": "、".join(f"“{table.title}”" for table in absent)}
    return [Finding("S04", Severity.HARD, "missing_table", indicators=codes, sheet=sheet, details=details)]


def _heading_period(sheet: Sheet, form: Form, items: Sequence[Item]) -> StatedPeriod | None:
    """The period stated above the table, else over its columns."""
    first = min(item.row for item in items)
    headers = sorted(row for table in form.tables for row in header_rows(sheet, table))
    top = min([first, *headers])
    return stated_period(sheet, range(1, top), form) or stated_period(sheet, range(top, first), form)


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


def _unsigned(sheet: str, fields: Sequence[SignOffField]) -> list[Finding]:
    blank = [entry for entry in fields if not entry.text]
    if not blank:
        return []
    printed = [entry.label for entry in blank if entry.label is not None]
    places = {cell.a1: cell.text for cell in printed}
    return [
        Finding(
            code="S01",
            severity=Severity.SOFT,
            sheet=sheet,
            cells=tuple(places),
            observed=";".join(places.values()),
            details={"fields": "、".join(entry.field.label for entry in blank)},
        )
    ]


def _concealed(sheet: Sheet) -> list[Finding]:
    """Hidden rows, columns and sheets, and filters. Everything was read; a person should know."""
    rows = sorted({cell.row for cell in sheet.cells.values() if cell.row in sheet.hidden_rows})
    columns = sorted({cell.column for cell in sheet.cells.values() if cell.column in sheet.hidden_columns})
    found: list[tuple[str, str, tuple[str, ...]]] = []
    if sheet.visibility is not Visibility.VISIBLE:
        found.append(("sheet", "", ()))
    if rows:
        cells = tuple(_first_in(sheet, row=row) for row in rows[:_LISTED])
        found.append(("filtered" if sheet.filtered else "rows", _listed([str(row) for row in rows]), cells))
    if columns:
        cells = tuple(_first_in(sheet, column=column) for column in columns[:_LISTED])
        found.append(("columns", _listed([column_letters(column) for column in columns]), cells))
    by_place = {cell.a1: cell.text for cell in sheet.cells.values()}
    return [
        Finding(
            code="B12",
            case=case,
            severity=Severity.SOFT,
            sheet=sheet.name,
            cells=cells,
            observed=";".join(by_place[cell] for cell in cells),
            details={"sheet": sheet.name, "which": which},
        )
        for case, which, cells in found
    ]


def _first_in(sheet: Sheet, *, row: int | None = None, column: int | None = None) -> str:
    cells = [cell for cell in sheet.cells.values() if cell.row == row or cell.column == column]
    return min(cells, key=lambda cell: (cell.row, cell.column)).a1


def _listed(names: Sequence[str]) -> str:
    more = f"…（{len(names)}）" if len(names) > _LISTED else ""
    return "、".join(names[:_LISTED]) + more


def _comments(sheet: Sheet) -> list[Finding]:
    commented = sorted((c for c in sheet.cells.values() if c.comment), key=lambda cell: (cell.row, cell.column))
    if not commented:
        return []
    shown = commented[:_LISTED]
    return [
        Finding(
            code="B15",
            severity=Severity.SOFT,
            sheet=sheet.name,
            cells=tuple(cell.a1 for cell in shown),
            observed=";".join(cell.text if cell.kind is not CellKind.BLANK else "" for cell in shown),
            details={
                "cells": _listed([cell.a1 for cell in commented]),
                "comments": "；".join(" ".join(cell.comment.split())[:200] for cell in shown),
            },
        )
    ]
