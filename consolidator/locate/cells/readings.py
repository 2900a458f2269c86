"""What a cell gives: its value, or none, and the findings on it.

In: a cell, its indicator, what is to be said. Out: `Reading`s and the findings in them, without sheet, cell or owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.texts.wording import short

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from consolidator.form.definition import Indicator
    from consolidator.model import Cell, CellAddress


class Reading(Struct, frozen=True):
    """What one cell gives: the value (None where unusable) and the findings, without sheet, cell or owner.

    `blank` tells that nothing was filled in (empty, a dash, 无), so that the caller can say so once for many cells.
    """

    value: Decimal | str | None = None
    findings: tuple[Finding, ...] = ()
    blank: bool = False


def note(code: str, case: str, indicator: Indicator, found: str) -> Finding:
    """A note on how what was found is taken."""
    return Finding(
        code=code,
        case=case,
        severity=Severity.NOTE,
        outcome=Outcome.SATISFIED,
        indicators=(indicator.code,),
        observed=found,
        expected="0" if case.endswith("zero") else "",
        details={"label": short(indicator.label), "indicator": indicator.code, "found": found},
    )


def unusable(code: str, severity: Severity, cell: Cell, indicator: Indicator, case: str = "", **more: str) -> Reading:
    """No value, and why."""
    return Reading(None, (finding_on(code, severity, cell, indicator, case, **more),))


def finding_on(code: str, severity: Severity, cell: Cell, indicator: Indicator, case: str = "", **more: str) -> Finding:
    """A finding on what stands in a cell."""
    details: Mapping[str, str] = {
        "label": short(indicator.label),
        "indicator": indicator.code,
        "unit": indicator.row.unit_of_measure,
        "found": cell.text.strip(),
        **more,
    }
    return Finding(
        code=code,
        case=case,
        severity=severity,
        outcome=Outcome.SATISFIED if severity is Severity.NOTE else Outcome.VIOLATED,
        indicators=(indicator.code,),
        observed=cell.text,
        expected=more.get("value", more.get("proposal", "")),
        details=details,
    )


def plain(number: Decimal) -> str:
    """A number in plain notation without trailing zeros, and without a minus before 0."""
    text = f"{number or abs(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def placed(reading: Reading, address: CellAddress) -> tuple[Finding, ...]:
    """The findings of a reading, those without a place at the cell that was read."""
    return tuple(
        finding if finding.cells else replace(finding, sheet=address.sheet, cells=(address.a1,))
        for finding in reading.findings
    )
