"""Last year's file sent again (Y02): every number of a form is the same as in the period before.

In: the units' evidence with earlier figures. Out: a finding a unit. Never: an accusation of a unit whose numbers are few or
alike by nature: all zeros, or one application counted in several cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import Previous
    from consolidator.validate.evidence import Evidence

LEAST_NUMBERS = 5
"""How many numbers other than zero must be the same."""

LEAST_VALUES = 3
"""How many different values they must have at least."""


def repeated(evidence: Sequence[Evidence], previous: Previous) -> list[tuple[int, Finding]]:
    """The findings by position of the unit. Only where both periods were filed on the same form."""
    found = []
    for position, unit in enumerate(evidence):
        telling = _same(unit) if previous.form == unit.form.id else 0
        if telling:
            details = {"count": str(telling), "period": str(previous.period)}
            codes = unit.form.numeric
            finding = Finding(
                "Y02", Severity.SOFT, indicators=codes, sheet=unit.sheet, cells=unit.cells(codes), details=details
            )
            found.append((position, finding))
    return found


def _same(unit: Evidence) -> int:
    """How many numbers other than zero are the same; 0 where any number differs, or where they are too few to tell."""
    before = unit.previous or {}
    if any(unit.numbers.get(code) != before.get(code) for code in unit.form.numeric):
        return 0
    numbers = [number for number in unit.numbers.values() if number]
    enough = len(numbers) >= LEAST_NUMBERS and len(set(numbers)) >= LEAST_VALUES
    return len(numbers) if enough else 0
