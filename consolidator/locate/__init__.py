"""定位: find every indicator's cell by its labels, in order and under its parent, and parse its value.

In: `Workbook`, the forms asked for. Out: `Located` (observations with addresses, findings) or `Unlocated`.
Never: a cell taken by position, a label accepted by similarity, a number guessed.
"""

from typing import TYPE_CHECKING, Any

from consolidator.locate.located import Located, Stated, StatedPeriod, Unlocated

if TYPE_CHECKING:
    from consolidator.locate.observing import observe

__all__ = ["Located", "Stated", "StatedPeriod", "Unlocated", "observe"]


def __getattr__(name: str) -> Any:
    """`observe`, when it is asked for: the main process of a run takes in what workers have located."""
    if name != "observe":
        raise AttributeError(name)
    from consolidator.locate.observing import observe  # noqa: PLC0415 - a tenth of a second

    return observe
