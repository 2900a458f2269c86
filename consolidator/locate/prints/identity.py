"""A form that came back as one of our blank forms: its cells by their names, its unit and period by its properties.

In: a workbook with marks, the forms as their labels tell them. Out: the same forms, completed where labels are lost and the
marks are whole, with findings where labels and marks disagree. Never: a mark trusted against a label; a name taken that
refers to nothing, to several cells, or to a cell beside which another indicator is printed.

The marks come with a file from outside: they may be old, copied, or made up.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import ValueType
from consolidator.form.printing.identity import cell_names
from consolidator.form.texts.wording import short
from consolidator.locate.around.complete import is_blank, whole_form
from consolidator.locate.causes import gather
from consolidator.locate.cells.texts import read_cell
from consolidator.locate.columns.neighbours import Neighbours
from consolidator.locate.located import Stated, StatedPeriod
from consolidator.locate.sheets.sheet import bare_form
from consolidator.model import CellAddress, Observation, Period, identity_of
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.form.definition import BlankPolicy, Form
    from consolidator.locate.located import Located
    from consolidator.model import Identity, Workbook

_LISTED = 20  # cells that one finding names
_SUPERSEDED = {"S04": ("missing", "missing_many", "missing_table", "ambiguous"), "L01": ("near",), "L04": None}
"""Findings that a form completed by its names has no more: codes and their cases, None for all."""


def identified(workbook: Workbook, read: Sequence[Located], policy: BlankPolicy | None) -> list[Located]:
    """The forms of a workbook, each compared with the marks, where the workbook carries any of its form."""
    identity = identity_of(workbook.properties) if workbook.properties else None
    if identity is None:
        return list(read)
    mine = [entry for entry in read if entry.form.id == identity.form]
    return [
        _Comparison(workbook, entry, identity, policy).result(alone=len(mine) == 1) if entry in mine else entry
        for entry in read
    ]


def by_marks(workbook: Workbook, forms: Iterable[Form], policy: BlankPolicy | None) -> tuple[Located, ...]:
    """The form that the marks name where labels tell none; nothing unless each of its cells has its name, on one sheet."""
    identity = identity_of(workbook.properties) if workbook.properties else None
    form = next((each for each in forms if identity is not None and each.id == identity.form), None)
    if identity is None or form is None or identity.definition != form.sha256:
        return ()
    cells = [workbook.names.get(name, ()) for name in cell_names(form).values()]
    if len(cells) < len(form.indicators) - len(form.loose) or any(len(each) != 1 for each in cells):
        return ()
    names = {address.sheet for each in cells for address in each}
    sheet = next((each for each in workbook.sheets if names == {each.name}), None)
    if sheet is None:
        return ()
    rows = [address.row for each in cells for address in each]
    entry = _Comparison(workbook, bare_form(sheet, form, min(rows), max(rows)), identity, policy).result(alone=True)
    return (entry,) if entry.observations else ()


class _Comparison:
    """One form beside the marks of its workbook."""

    def __init__(self, workbook: Workbook, entry: Located, identity: Identity, policy: BlankPolicy | None) -> None:
        self.workbook = workbook
        self.entry = entry
        self.identity = identity
        self.policy = policy
        self.form = self.entry.form
        self.sheets = {sheet.name: sheet for sheet in self.workbook.sheets}
        seen = {each.address.sheet for each in self.entry.observations.values()} | {self.entry.sheet}
        self.places = self._places(seen)
        filled: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for address in self.places.values():
            filled[address.sheet].add((address.row, address.column))
        self.neighbours = {name: Neighbours(self.sheets[name], filled[name]) for name in filled}
        self.tables = {row.code: table for table in self.form.tables for row in table.rows}

    def result(self, *, alone: bool) -> Located:
        """The form with what the marks add to it; heading and marks are compared where the file holds one form."""
        entry = self.entry
        lacking = len(cell_names(self.form)) - len(self.places)
        if self.identity.definition != self.form.sha256:
            entry = _with(entry, self._finding("version", Severity.NOTE))
        elif lacking and self.workbook.names:
            entry = _with(entry, self._finding("broken", Severity.NOTE, count=str(lacking)))
        elif not lacking:
            entry = self._compared(entry)
        return self._headed(entry) if alone else entry

    def _places(self, sheets: set[str]) -> dict[str, CellAddress]:
        """The cell of every indicator whose name refers to exactly one cell of the form's sheets."""
        found = {}
        for code, name in cell_names(self.form).items():
            cells = {each for each in self.workbook.names.get(name, ()) if each.sheet in sheets}
            if len(cells) == 1 and (cell := cells.pop()).sheet in self.sheets:
                found[code] = cell
        return found if len(set(found.values())) == len(found) else {}

    def _compared(self, entry: Located) -> Located:
        """Cells by name where labels give none, provided that this completes the form; a word on those at odds."""
        tabled = [code for code in self.form.indicators if code not in self.form.loose]
        lost = [code for code in tabled if code not in entry.observations]
        odd = [code for code in self.places if not (self._undisputed(code) if code in lost else self._same(code))]
        if odd:
            return _with(entry, self._told("contradicts", Severity.INFO, odd))
        complete = lost and not entry.blank and all(code in self.places for code in lost)
        return self._completed(entry, lost) if complete else entry

    def _same(self, code: str) -> bool:
        """Whether labels and name lead to one cell; a text written into its own label is where it belongs."""
        by_label, by_name = self.entry.observations[code].address, self.places[code]
        if by_label == by_name or self.form.indicators[code].row.type is ValueType.TEXT:
            return True
        sheet = self.sheets[by_name.sheet]
        return by_label.sheet == by_name.sheet and any(
            area.holds(by_label.row, by_label.column) and area.holds(by_name.row, by_name.column)
            for area in sheet.merges
        )

    def _undisputed(self, code: str) -> bool:
        indicator, place = self.form.indicators[code], self.places[code]
        table = self.tables[indicator.row.code]
        return self.neighbours[place.sheet].agree(table, indicator, place.row, place.column)

    def _completed(self, entry: Located, lost: Sequence[str]) -> Located:
        observations: dict[str, Observation] = dict(entry.observations)
        said: list[Finding] = []
        for code in lost:
            place, indicator = self.places[code], self.form.indicators[code]
            cell = self.sheets[place.sheet].at(place.row, place.column)
            reading = read_cell(cell, indicator, self.form, self.form.policy(indicator, self.policy))
            raw = cell.text if cell is not None else ""
            observations[code] = Observation(code, reading.value, raw, place, "name")
            said += [replace(each, sheet=place.sheet, cells=(place.a1,)) for each in reading.findings]
        kept = [each for each in entry.findings if not _superseded(each)]
        findings = [*kept, self._told("named", Severity.SOFT, lost), *gather(said)]
        findings = whole_form(entry.sheet, self.form, observations, findings)
        ordered = {code: observations[code] for code in self.form.indicators if code in observations}
        return replace(entry, observations=ordered, findings=tuple(findings), blank=is_blank(findings))

    def _headed(self, entry: Located) -> Located:
        """Unit and period by the marks where the heading is blank; a word where it states others."""
        here = CellAddress(entry.sheet, 1, 1)
        unit, period = self.identity.unit_name, Period.parse(self.identity.period)
        if unit and entry.filer is None:
            entry = replace(entry, filer=Stated(unit, here, ""))
            entry = _with(entry, self._finding("unit", Severity.SOFT, found=unit))
        elif unit and entry.filer is not None and not _alike(unit, entry.filer.text):
            details = {"found": entry.filer.text, "expected": unit}
            entry = _with(entry, self._finding("other_unit", Severity.SOFT, entry.filer.address, **details))
        if period is not None and entry.period is None:
            entry = replace(entry, period=StatedPeriod(period, here, ""))
            entry = _with(entry, self._finding("period", Severity.NOTE, found=period.chinese))
        elif period is not None and entry.period is not None and entry.period.period != period:
            details = {"found": entry.period.period.chinese, "expected": period.chinese}
            place = entry.period.address if entry.period.raw else None
            entry = _with(entry, self._finding("other_period", Severity.SOFT, place, **details))
        return entry

    def _told(self, case: str, severity: Severity, codes: Sequence[str]) -> Finding:
        """One finding for all these cells."""
        shown = codes[:_LISTED]
        labels = "、".join(f"{short(self.form.indicators[code].label)}（{code}）" for code in shown)
        details = {"count": str(len(codes)), "named": labels, "cells": "、".join(self.places[c].a1 for c in shown)}
        return Finding(
            "L12", severity, case, indicators=tuple(codes), sheet=self.places[codes[0]].sheet,
            cells=tuple(self.places[code].a1 for code in shown), details=details,
        )  # fmt: skip

    def _finding(self, case: str, severity: Severity, place: CellAddress | None = None, **details: str) -> Finding:
        outcome = Outcome.SATISFIED if severity is Severity.NOTE else Outcome.VIOLATED
        cells = (place.a1,) if place is not None else ()
        expected = details.get("expected", "")
        return Finding(
            "L12", severity, case, outcome, sheet=self.entry.sheet, cells=cells, expected=expected, details=details,
            observed=details.get("found", "") if cells else "",
        )  # fmt: skip


def _with(entry: Located, *findings: Finding) -> Located:
    return replace(entry, findings=(*entry.findings, *findings)) if findings else entry


def _superseded(finding: Finding) -> bool:
    cases = _SUPERSEDED.get(finding.code, ())
    return finding.severity is not Severity.NOTE and (cases is None or finding.case in cases)


def _alike(name: str, stated: str) -> bool:
    """Whether one name is part of the other: 甲镇 and 平罗县甲镇人民政府."""
    return fold(name) in fold(stated) or fold(stated) in fold(name)
