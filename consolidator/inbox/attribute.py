"""Whose and when: give each filed form its unit, compare its period, settle copies and versions.

In: `Filing`s (what the forms say of themselves). Out: `Attribution`s with a status where one is settled already.
Never: a version chosen in silence, a unit guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.inbox.names import Match, Register
from consolidator.model import Period, ReportingUnit, Status
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.model import CellAddress, Observation

_LISTED = 5  # differences told in one sentence; the rest is counted
_YEAR_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年")
_COPY_MARK = re.compile(r"\(\d+\)|副本|复件|copy", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filing:
    """One filled form in one file, as it presents itself. `filer` and `period` are None where not stated."""

    file: str
    sha256: str
    form: str
    sheet: str
    filer: str
    filer_cell: CellAddress | None
    filer_raw: str
    period: Period | None
    period_cell: CellAddress | None
    period_raw: str
    values: Mapping[str, Observation]


@dataclass(frozen=True, slots=True)
class Attribution:
    """A filing with its unit. `status` None: it counts, and the rules decide between accepted and rejected."""

    filing: Filing
    unit: ReportingUnit | None
    period: Period
    status: Status | None = None
    findings: tuple[Finding, ...] = ()
    reason: str = ""


def attribute(
    filings: Sequence[Filing], register: Register, period: Period, pins: Sequence[tuple[str, str]] = ()
) -> tuple[Attribution, ...]:
    """Every filing with its unit and, where it does not count, its status; in the order of the files."""
    single = [_identify(filing, register, period) for filing in filings]
    groups: dict[tuple[str, str], list[Attribution]] = defaultdict(list)
    settled: list[Attribution] = []
    for entry in single:
        if entry.status is None and entry.unit is not None:
            groups[(entry.unit.key, entry.filing.form)].append(entry)
        else:
            settled.append(entry)
    for group in groups.values():
        settled.extend(_settle_versions(group, register, pins))
    return tuple(sorted(settled, key=lambda entry: (entry.filing.file, entry.filing.sheet)))


def prevailing_period(filings: Iterable[Filing]) -> Period | None:
    """The period that most filings state, where the campaign names none; None without a majority."""
    counts: dict[Period, int] = defaultdict(int)
    for filing in filings:
        if filing.period is not None:
            counts[filing.period] += 1
    ranked = sorted(counts.items(), key=lambda entry: -entry[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _identify(filing: Filing, register: Register, period: Period) -> Attribution:
    unit, finding = _unit_of(filing, register)
    findings = [finding] if finding is not None else []
    if unit is None:
        reason = f"{findings[0].code}.{findings[0].case}"
        return Attribution(filing, None, filing.period or period, Status.UNKNOWN_UNIT, tuple(findings), reason)
    stated, said = _period_of(filing, period)
    if stated != period:
        return Attribution(filing, unit, stated, Status.WRONG_PERIOD, tuple(said), "S03.wrong_period")
    return Attribution(filing, unit, period, None, tuple([*findings, *said]))


def _unit_of(filing: Filing, register: Register) -> tuple[ReportingUnit | None, Finding | None]:
    """The unit from the header, cross-checked with the file's name; from the file's name where the header is blank."""
    named = register.named_in(filing.file)
    if not filing.filer:
        unit = named.unit
        if unit is None and register.open_ended:
            place = register.place_in(filing.file)
            unit = ReportingUnit("", place) if place else None
        if unit is None:
            return None, _header_finding(filing, "S02", Severity.HARD, "nameless")
        return unit, _header_finding(filing, "S05", Severity.SOFT, "", unit=unit.name)
    found = register.find(filing.filer)
    if len(found.units) > 1:
        units = "、".join(unit.name for unit in found.units)
        return None, _header_finding(filing, "S02", Severity.HARD, "shared", found=filing.filer, units=units)
    if found.unit is None:
        if register.open_ended:
            return ReportingUnit("", filing.filer), None
        return None, _header_finding(filing, "S02", Severity.HARD, "unknown", found=filing.filer)
    if _contradicts(named, found.unit):
        others = "、".join(unit.name for unit in named.units)
        return None, _header_finding(filing, "S02", Severity.HARD, "disagree", header=filing.filer, named=others)
    return found.unit, None


def _contradicts(named: Match, unit: ReportingUnit) -> bool:
    return bool(named.units) and unit not in named.units


def _header_finding(filing: Filing, code: str, severity: Severity, case: str, **details: str) -> Finding:
    cells = (filing.filer_cell.a1,) if filing.filer_cell else ()
    return Finding(
        code,
        severity,
        case,
        sheet=filing.sheet,
        cells=cells,
        observed=filing.filer_raw if cells else "",
        details=details,
    )


def _period_of(filing: Filing, period: Period) -> tuple[Period, list[Finding]]:
    """The filing's period, and what is to be said where it is another one, not stated, or at odds with the file's name."""
    cells = (filing.period_cell.a1,) if filing.period_cell and filing.period_raw else ()
    place = {"sheet": filing.sheet, "cells": cells, "observed": filing.period_raw}
    stem = filing.file.rpartition("/")[2]
    years = {int(year) for year in _YEAR_IN_NAME.findall(stem)}
    in_name = Period(min(years)) if years and period.year not in years else None
    stated = filing.period or in_name
    if stated is not None and _differs(stated, period):
        details = {"found": stated.chinese, "expected": period.chinese}
        return stated, [_finding("S03", Severity.HARD, "wrong_period", details, place)]
    if filing.period is None:
        return period, [_finding("S03", Severity.SOFT, "not_stated", {"expected": period.chinese}, place)]
    if in_name is not None:
        details = {"found": in_name.chinese, "expected": period.chinese}
        return period, [_finding("S03", Severity.SOFT, "file_name", details, place)]
    return period, []


def _differs(stated: Period, period: Period) -> bool:
    """A yearly heading on a quarterly form says too little to call it wrong."""
    if stated.year != period.year:
        return True
    return bool(stated.quarter or stated.month) and stated != period


def _finding(
    code: str, severity: Severity, case: str, details: Mapping[str, str], place: Mapping[str, object]
) -> Finding:
    return Finding(
        code,
        severity,
        case,
        sheet=str(place.get("sheet", "")),
        cells=place.get("cells", ()),  # type: ignore[arg-type]
        observed=str(place.get("observed", "")),
        expected=details.get("expected", ""),
        details=details,
    )


def _settle_versions(
    group: Sequence[Attribution], register: Register, pins: Sequence[tuple[str, str]]
) -> list[Attribution]:
    """Copies are kept once; different versions all stand in conflict unless the campaign file names one."""
    ordered = sorted(group, key=lambda entry: _preference(entry.filing.file))
    originals, copies = _without_copies(ordered)
    if len(originals) == 1:
        return [*originals, *copies]
    pinned = _pinned(originals, register, pins)
    if pinned is not None:
        others = [
            replace(entry, status=Status.SUPERSEDED, reason="S11", findings=(_superseded(entry, pinned),))
            for entry in originals
            if entry is not pinned
        ]
        return [pinned, *others, *copies]
    conflict = _conflict(originals)
    return [
        *(
            replace(
                entry,
                status=Status.CONFLICT,
                reason="S02.conflict",
                findings=(conflict,) if entry is originals[0] else (),
            )
            for entry in originals
        ),
        *copies,
    ]


def _preference(file: str) -> tuple[bool, int, str]:
    """Of identical files the one without a copy mark is kept, then the shorter path."""
    return bool(_COPY_MARK.search(fold(file.rpartition("/")[2]))), len(file), file


def _without_copies(ordered: Sequence[Attribution]) -> tuple[list[Attribution], list[Attribution]]:
    originals: list[Attribution] = []
    copies: list[Attribution] = []
    for entry in ordered:
        twin = next((kept for kept in originals if _same(kept.filing, entry.filing)), None)
        if twin is None:
            originals.append(entry)
            continue
        case = "identical" if twin.filing.sha256 == entry.filing.sha256 else "same_values"
        note = Finding("S10", Severity.NOTE, case, Outcome.SATISFIED, details={"kept": twin.filing.file})
        copies.append(replace(entry, status=Status.DUPLICATE, reason=f"S10.{case}", findings=(note,)))
    return originals, copies


def _same(first: Filing, second: Filing) -> bool:
    if first.sha256 == second.sha256 and first.sheet == second.sheet:
        return True
    return _content(first) == _content(second)


def _content(filing: Filing) -> dict[str, tuple[object, str]]:
    """Values with what was typed where there is no value: two unusable cells are alike only if typed alike."""
    return {
        code: (observation.value, "" if observation.value is not None else observation.raw.strip())
        for code, observation in filing.values.items()
    }


def _pinned(
    originals: Sequence[Attribution], register: Register, pins: Sequence[tuple[str, str]]
) -> Attribution | None:
    for unit, file in pins:
        for entry in originals:
            named = register.find(unit).unit
            same_unit = entry.unit is not None and (named == entry.unit or unit in (entry.unit.code, entry.unit.name))
            if same_unit and file in (entry.filing.file, entry.filing.file.rpartition("/")[2]):
                return entry
    return None


def _superseded(entry: Attribution, pinned: Attribution) -> Finding:
    del entry
    return Finding("S11", Severity.NOTE, "", Outcome.SATISFIED, details={"kept": pinned.filing.file})


def _conflict(entries: Sequence[Attribution]) -> Finding:
    """One finding for the unit, at the cells of the first file where the versions differ."""
    first, second = entries[0].filing, entries[1].filing
    codes = [code for code in first.values if code in second.values and _differ(first, second, code)]
    shown = codes[:_LISTED]
    told = [f"{code} {first.values[code].raw or '—'}/{second.values[code].raw or '—'}" for code in shown]
    more = f"…（{len(codes)}）" if len(codes) > _LISTED else ""
    unit = entries[0].unit
    return Finding(
        code="S02",
        case="conflict",
        severity=Severity.HARD,
        indicators=tuple(shown),
        sheet=first.sheet,
        cells=tuple(first.values[code].address.a1 for code in shown),
        observed=";".join(first.values[code].raw for code in shown),
        expected=";".join(second.values[code].raw for code in shown),
        details={
            "unit": unit.name if unit else "",
            "count": str(len(entries)),
            "files": "、".join(f"“{entry.filing.file}”" for entry in entries),
            "differences": "；".join(told) + more or "—",
        },
    )


def _differ(first: Filing, second: Filing, code: str) -> bool:
    one, other = first.values[code], second.values[code]
    return one.value != other.value or (one.value is None and one.raw.strip() != other.raw.strip())
