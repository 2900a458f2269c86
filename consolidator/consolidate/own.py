"""The county's own report beside the sum of its filers (层级汇总): figure by figure, exactly.

In: the county table, the county's own values and their cells. Out: at most one finding.
Never: a comparison while units are not in the sum, as if they were; a figure of either side changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Finding, Outcome, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from consolidator.model import CountyTable, Observation

_LISTED = 8  # figures told in one sentence; the rest is counted


class _Unequal(Struct, frozen=True):
    code: str
    own: Decimal
    total: Decimal


def compare_own(table: CountyTable, own: Mapping[str, Observation]) -> tuple[Finding, ...]:
    """What differs between the county's own report and the sum of its filers; nothing where nothing does."""
    unequal = [
        _Unequal(code, seen.number, total.value)
        for code, total in table.totals.items()
        if (seen := own.get(code)) is not None
        and seen.number is not None
        and total.value is not None
        and not total.lacking
        and seen.number != total.value
    ]
    if not unequal:
        return ()
    coverage = table.coverage
    absent = (coverage.required or coverage.received) - coverage.consolidated
    if absent:
        finding = Finding("K06", Severity.INFO, "incomplete", Outcome.UNDECIDED, details={"absent": str(absent)})
    else:
        finding = Finding("K06", Severity.HARD, "differs", details=_details(table, unequal))
    return (_placed(finding, unequal, own),)


def _placed(finding: Finding, unequal: Sequence[_Unequal], own: Mapping[str, Observation]) -> Finding:
    single = len(unequal) == 1
    return Finding(
        finding.code,
        finding.severity,
        finding.case,
        finding.outcome,
        indicators=tuple(each.code for each in unequal),
        sheet=own[unequal[0].code].address.sheet,
        cells=tuple(own[each.code].address.a1 for each in unequal),
        observed=";".join(_plain(each.own) for each in unequal),
        expected=";".join(_plain(each.total) for each in unequal),
        difference=_plain(unequal[0].own - unequal[0].total) if single else "",
        details=finding.details,
    )


def _details(table: CountyTable, unequal: Sequence[_Unequal]) -> Mapping[str, str]:
    told = [
        f"{table.form.names[each.code]}（{each.code}）{_plain(each.own)} ≠ {_plain(each.total)}"
        for each in unequal[:_LISTED]
    ]
    more = f"…（{len(unequal)}）" if len(unequal) > _LISTED else ""
    return {"count": str(len(unequal)), "items": "；".join(told) + more}


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
