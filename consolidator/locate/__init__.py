"""定位: find every indicator's cell by its labels, in order and under its parent, and parse its value.

In: `Workbook`, the forms asked for. Out: `Located` (observations with addresses, findings) or `Unlocated`.
Never: a cell taken by position, a label accepted by similarity, a number guessed.
"""

from consolidator.locate.dating import StatedPeriod
from consolidator.locate.heading import Stated
from consolidator.locate.observe import Unlocated, observe
from consolidator.locate.sheet import Located

__all__ = ["Located", "Stated", "StatedPeriod", "Unlocated", "observe"]
