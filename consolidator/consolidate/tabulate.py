"""汇总: status of each unit, county totals, coverage.

In: what became of every filing of one form. Out: a `CountyTable`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from consolidator.consolidate.totals import add_up
from consolidator.model import CategoryTotals, CountyTable, Coverage, Status, UnitRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.findings import Finding, Severity
    from consolidator.form.definition import Form
    from consolidator.model import Adjustment, Period, ReportingUnit

_BEST_FIRST = (
    Status.ACCEPTED,
    Status.REJECTED,
    Status.CONFLICT,
    Status.WRONG_PERIOD,
    Status.WRONG_VERSION,
    Status.NOT_A_FORM,
    Status.ENCRYPTED,
    Status.UNREADABLE,
    Status.SUPERSEDED,
    Status.DUPLICATE,
    Status.UNKNOWN_UNIT,
    Status.IGNORED,
    Status.MISSING,
)


def is_included(status: Status, totals: str) -> bool:
    """Whether a unit of this status is in the totals: accepted ones; all readable ones under `totals = received`."""
    return status is Status.ACCEPTED or (totals == "received" and status is Status.REJECTED)


def count_by_severity(findings: Iterable[Finding]) -> Counter[Severity]:
    """How many findings of each severity there are."""
    return Counter(finding.severity for finding in findings)


def tabulate(
    form: Form,
    period: Period,
    county: str,
    units: Sequence[ReportingUnit],
    filed: Sequence[UnitRow],
    adjustments: Sequence[Adjustment] = (),
    *,
    roster: bool,
) -> CountyTable:
    """The county table: a row a unit, included ones first, in the order of `units`.

    `filed` may hold several rows of one unit (versions, unreadable copies): the best status stands for the unit. Units
    without any are missing; without a `roster` nobody can be, though the unit filed another form. Of the `adjustments` those of the form count.
    """
    by_unit: dict[str, list[UnitRow]] = defaultdict(list)
    for row in filed:
        by_unit[row.unit.key].append(row)
    chosen = [_row_of(unit, by_unit[unit.key]) for unit in units if roster or unit.key in by_unit]
    rows = tuple(sorted(chosen, key=lambda row: (not row.included, row.status is Status.MISSING)))
    own = tuple(entry for entry in adjustments if entry.form == form.id)
    return CountyTable(
        form,
        period,
        county,
        rows,
        add_up(form, rows, own),
        _coverage(rows, roster=roster),
        _categories(form, rows, units, roster=roster),
        own,
    )


def _categories(
    form: Form, rows: Sequence[UnitRow], units: Sequence[ReportingUnit], *, roster: bool
) -> tuple[CategoryTotals, ...]:
    names = list(dict.fromkeys(unit.category for unit in units))
    if sum(map(bool, names)) <= 1:
        return ()
    parts: dict[str, list[UnitRow]] = {name: [] for name in sorted(names, key=lambda name: not name)}
    for row in rows:
        parts[row.unit.category].append(row)
    return tuple(
        CategoryTotals(name, add_up(form, members), _coverage(members, roster=roster))
        for name, members in parts.items()
    )


def _row_of(unit: ReportingUnit, filed: Sequence[UnitRow]) -> UnitRow:
    if not filed:
        return UnitRow(unit, Status.MISSING, included=False)
    return min(filed, key=lambda row: (_BEST_FIRST.index(row.status), row.file))


def _coverage(rows: Sequence[UnitRow], *, roster: bool) -> Coverage:
    missing = tuple(row.unit.name for row in rows if row.status is Status.MISSING)
    left_out = tuple(
        (row.unit.name, row.status) for row in rows if not row.included and row.status is not Status.MISSING
    )
    return Coverage(
        required=len(rows) if roster else None,
        received=len(rows) - len(missing),
        consolidated=sum(row.included for row in rows),
        missing=missing,
        left_out=left_out,
    )
