"""Whether the further sheets of a form are its own: of its period, of its unit.

In: what a sheet is headed with, what the sheets before it are. Out: findings; then nothing of that sheet is taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.locate.located import Stated
    from consolidator.model import Observation


def headed_otherwise(told: Iterable[Finding]) -> tuple[Finding, ...]:
    """That a sheet is headed with another period than its form, from what is said of a title at odds with it."""
    return tuple(
        replace(
            each,
            code="S04",
            case="other_period_over",
            severity=Severity.HARD,
            details={"label": each.observed.strip(), "found": each.details["found"]},
        )
        for each in told
        if each.case == "title"
    )


def of_another_unit(filer: Stated | None, before: Sequence[Stated]) -> tuple[Finding, ...]:
    """That a sheet names another unit than the sheets before it; a longer or shorter name of the same is none."""
    if filer is None or not before or any(_alike(filer.text, each.text) for each in before):
        return ()
    details = {"sheet": filer.address.sheet, "found": filer.text, "expected": before[0].text}
    return (
        Finding(
            "S02", Severity.HARD, "sheets", sheet=filer.address.sheet, cells=(filer.address.a1,), observed=filer.raw,
            expected=before[0].text, details=details,
        ),
    )  # fmt: skip


def without_values(observations: Mapping[str, Observation]) -> dict[str, Observation]:
    """The same cells, with no value taken from them."""
    return {code: replace(seen, value=None) for code, seen in observations.items()}


def _alike(one: str, other: str) -> bool:
    return fold(one) in fold(other) or fold(other) in fold(one)
