"""Copies and versions: of one unit's files, which one counts (重报).

In: attributed filings of one unit and one form. Out: the same with a status where one is settled.
Never: a version chosen in silence; only the campaign file decides between different ones.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.model import Status
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.inbox.filings import Attribution, Filing
    from consolidator.inbox.names import Register
    from consolidator.model import ReportingUnit

_LONGEST = 30  # characters of a value in a sentence
_LISTED = 5  # differences told in one sentence; the rest is counted
_COPY_MARK = re.compile(r"\(\d+\)|副本|复件|copy", re.IGNORECASE)


def settle_versions(
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
            replace(entry, status=Status.SUPERSEDED, reason="S11", findings=(_superseded(pinned),))
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
    if (first.sha256, first.sheet, first.number) == (second.sha256, second.sheet, second.number):
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
            same_unit = entry.unit is not None and (named == entry.unit or unit in _called(entry.unit))
            if same_unit and file in (entry.filing.file, entry.filing.file.rpartition("/")[2]):
                return entry
    return None


def _called(unit: ReportingUnit) -> tuple[str, ...]:
    return unit.code, unit.name, *unit.aliases


def _superseded(pinned: Attribution) -> Finding:
    return Finding("S11", Severity.NOTE, "", Outcome.SATISFIED, details={"kept": pinned.filing.file})


def _conflict(entries: Sequence[Attribution]) -> Finding:
    """One finding for the unit, at the cells of the first file where the versions differ."""
    first, second = entries[0].filing, entries[1].filing
    codes = [code for code in {**first.values, **second.values} if _differ(first, second, code)]
    shown = codes[:_LISTED]
    told = [f"{code} {_cut(_raw(first, code))}/{_cut(_raw(second, code))}" for code in shown]
    placed = [code for code in shown if code in first.values]
    more = "…" if len(codes) > _LISTED else ""
    unit = entries[0].unit
    one_file = first.file == second.file
    return Finding(
        code="S02",
        case="conflict",
        severity=Severity.HARD,
        indicators=tuple(shown),
        sheet=first.sheet,
        cells=tuple(first.values[code].address.a1 for code in placed),
        observed=";".join(first.values[code].raw for code in placed),
        expected=";".join(_raw(second, code) for code in placed),
        details={
            "unit": unit.name if unit else "",
            "count": str(len(entries)),
            "files": "、".join(_place(entry.filing, alone=one_file) for entry in entries),
            "differing": str(len(codes)),
            "differences": "；".join(told) + more or "—",
        },
    )


def _place(filing: Filing, *, alone: bool) -> str:
    """How a sentence names a version: by its file, and where that holds several of them by its sheet."""
    return f"“{filing.file}／{filing.sheet}”" if alone else f"“{filing.file}”（{_kilobytes(filing.size)}）"


def _kilobytes(size: int) -> str:
    """The size of a file as people compare sizes. When it was changed is not told: copying a file changes that."""
    return f"{size / 1024:.1f} KB"


def _cut(raw: str) -> str:
    """What was typed, as a sentence shows it: the beginning of a long text, a dash for nothing."""
    line = " ".join(raw.split())
    return (line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…") or "—"


def _raw(filing: Filing, code: str) -> str:
    """What stands in an indicator's cell; nothing where the filing has no line of it."""
    return filing.values[code].raw if code in filing.values else ""


def _differ(first: Filing, second: Filing, code: str) -> bool:
    one, other = first.values.get(code), second.values.get(code)
    if one is None or other is None:
        return one is not other
    return one.value != other.value or (one.value is None and one.raw.strip() != other.raw.strip())
