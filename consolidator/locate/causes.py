"""One cause, one finding: what several cells have in common is told once, with all of them.

In: findings cell by cell. Out: the same, with many blanks and the cells of one merge put together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROWS_LISTED = 12  # rows of a matrix named in one sentence
_SAYINGS = frozenset(
    {("U01", "scale"), ("U01", "column"), ("U01", "line"), ("S04", "other_period"), ("S04", "other_period_over")}
)
_LISTED_SINGLY = 3  # more blank cells than this are told in one sentence


def gather(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of a table with those of one cause put together."""
    return _gather_blanks(_gather_doubled(_gather_merges(gather_sayings(findings))))


def gather_sayings(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for what a title, a head, a line or a label says of several figures: their unit of measure, or another period."""
    alike: dict[tuple[object, ...], list[Finding]] = {}
    kept: list[Finding | tuple[object, ...]] = []
    for finding in findings:
        if (finding.code, finding.case) not in _SAYINGS:
            kept.append(finding)
            continue
        unit = finding.expected if finding.case == "column" else ""
        key = (finding.code, finding.case, finding.sheet, finding.cells, finding.details["found"], unit)
        if key not in alike:
            kept.append(key)
        alike.setdefault(key, []).append(finding)
    return [each for entry in kept for each in ((entry,) if isinstance(entry, Finding) else _as_one(alike[entry]))]


def _as_one(sayings: Sequence[Finding]) -> Sequence[Finding]:
    first, codes = sayings[0], tuple(code for finding in sayings for code in finding.indicators)
    if first.code != "U01":
        return (replace(first, indicators=codes),)
    if first.case == "line":
        return (first,)
    if first.case == "column":
        rows = [*dict.fromkeys(finding.details["label"].partition("／")[0] for finding in sayings)]
        details = {**first.details, "label": _listed(rows), "indicator": _listed(codes)}
        return (replace(first, indicators=codes, details=details),) if len(sayings) > 1 else sayings
    if len(sayings) <= _LISTED_SINGLY:
        return sayings
    labels = "、".join(f"{each.details['label']}（{each.details['indicator']}）" for each in sayings[:_ROWS_LISTED])
    more = f"…（{len(sayings)}）" if len(sayings) > _ROWS_LISTED else ""
    details = {"found": first.details["found"], "count": str(len(sayings)), "named": labels + more}
    return (replace(first, case="scale_many", indicators=codes, expected="", details=details),)


def _listed(words: Sequence[str]) -> str:
    """The first of some words, and how many there are where there are more."""
    more = f"…（{len(words)}）" if len(words) > _ROWS_LISTED else ""
    return "、".join(words[:_ROWS_LISTED]) + more


def _gather_doubled(findings: Sequence[Finding]) -> list[Finding]:
    """Many rows that stand twice (the form was copied on the same sheet) become one finding."""
    doubled = [finding for finding in findings if (finding.code, finding.case) == ("S04", "doubled")]
    if len(doubled) <= _LISTED_SINGLY:
        return list(findings)
    together = replace(
        doubled[0],
        case="doubled_many",
        indicators=tuple(code for finding in doubled for code in finding.indicators),
        cells=tuple(cell for finding in doubled for cell in finding.cells),
        observed=";".join(finding.observed for finding in doubled),
        details={
            "count": str(len(doubled)),
            "labels": "、".join(
                f"{each.details['label']}（{each.details['cells']}）" for each in doubled[:_LISTED_SINGLY]
            ),
        },
    )
    return [*(finding for finding in findings if finding not in doubled), together]


def _gather_merges(findings: Sequence[Finding]) -> list[Finding]:
    """One finding for each merged area, naming all the indicators under it."""
    kept: list[Finding] = []
    areas: dict[str, int] = {}
    for finding in findings:
        area = finding.details.get("cells", "") if finding.code == "L06" else ""
        if area and area in areas:
            first = kept[areas[area]]
            kept[areas[area]] = replace(first, indicators=(*first.indicators, *finding.indicators))
            continue
        if area:
            areas[area] = len(kept)
        kept.append(finding)
    return kept


def _gather_blanks(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Many blank cells become one finding that lists them all."""
    blanks = [finding for finding in findings if finding.code == "N01" and finding.case in ("blank", "required")]
    if len(blanks) <= _LISTED_SINGLY:
        return tuple(findings)
    first = blanks[0]
    matrix = all("." in code for finding in blanks for code in finding.indicators)
    together = replace(
        first,
        case=f"{'required' if first.case == 'required' else 'blank'}_rows" if matrix else f"{first.case}_many",
        indicators=tuple(code for finding in blanks for code in finding.indicators),
        cells=tuple(cell for finding in blanks for cell in finding.cells),
        observed=";".join(finding.observed for finding in blanks) if any(f.observed for f in blanks) else "",
        details={
            "count": str(len(blanks)),
            "labels": _by_row(blanks)
            if matrix
            else "、".join(f"{finding.details['label']}（{finding.cells[0]}）" for finding in blanks),
        },
    )
    kept = [finding for finding in findings if finding not in blanks]
    return (*kept, together)


def _by_row(blanks: Sequence[Finding]) -> str:
    """The blank cells of a matrix row by row: the row's label, the first and the last cell."""
    cells: dict[str, list[str]] = {}
    for finding in blanks:
        cells.setdefault(finding.details["label"].partition("／")[0], []).append(finding.cells[0])
    told = [
        f"{label}（{places[0]}）" if len(places) == 1 else f"{label}（{places[0]}—{places[-1]}）"
        for label, places in cells.items()
    ]
    more = f"…（{len(told)}）" if len(told) > _ROWS_LISTED else ""
    return "、".join(told[:_ROWS_LISTED]) + more
