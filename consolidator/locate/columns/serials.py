"""Where panels side by side begin whose serial numbers stand left of their labels: a total may stand among these.

In: a sheet, the rows of a header, the columns of its words for labels. Out: the first column of each panel.
Never: a column of numbers or codes that ends the panel before (指标 | 数量 | 代码 ‖ 指标 | 数量 | 代码).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.columns.headers import SERIAL, means
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.model import Sheet


def with_serials(sheet: Sheet, rows: range, openings: Sequence[int], lefts: Iterable[int]) -> list[int]:
    """The first columns of panels, moved to the serial numbers of each, where the first panel has such before its labels."""
    first = _serial_head(sheet, rows, openings[0] - 1) if openings else ""
    return [left - bool(first and left > 1 and _serial_head(sheet, rows, left - 1) == first) for left in lefts]


def _serial_head(sheet: Sheet, rows: range, column: int) -> str:
    """The head over serial numbers that stands over a column, folded; empty where there is none."""
    cells = (sheet.seen_at(row, column) for row in rows)
    return next((fold(cell.text) for cell in cells if cell is not None and means(cell.text, SERIAL)), "")
