"""Where a wide sheet breaks across A4 pages, so that it prints at a size people can read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.write.workbook.widths import CELL_PIXELS, PIXELS_A_UNIT

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE_SCALE = 70
"""Percent of the screen size: 9 points print as 6.3."""

_PAGE_POINTS = (210 / 25.4 - 1.3) * 72 * 0.96  # A4 across, less the margins and what programs differ in
_PAGE_PIXELS = (297 / 25.4 - 1.1) * 96  # A4 across, less the margins
_LEAST_SCALE = 60
_SPARE = 0.87  # programs differ in how wide they draw a column, by the fonts they find


def wide_scale(points: float) -> int:
    """Percent of the screen size for a sheet that breaks across pages: a little smaller where its rows, so high, fit on one page then."""
    fitting = int(100 * _PAGE_POINTS / points)
    return fitting if _LEAST_SCALE <= fitting < WIDE_SCALE else WIDE_SCALE


def page_breaks(widths: Sequence[float], pinned: int, lead: int, groups: Sequence[int]) -> list[int]:
    """Columns before which a new page starts; empty where the sheet can be read on one page.

    `widths` are Excel's units of all columns. The first `pinned` ones stand on every page, the `lead` ones before the
    values; `groups` are the last columns of groups that should stay together.
    """
    pixels = [width * PIXELS_A_UNIT + CELL_PIXELS for width in widths]
    if sum(pixels) <= _PAGE_PIXELS * 100 / _LEAST_SCALE:
        return []
    room = _PAGE_PIXELS * _SPARE * 100 / WIDE_SCALE - sum(pixels[:pinned])
    breaks: list[int] = []
    used, start = sum(pixels[pinned:lead]), lead
    for end in groups:
        width = sum(pixels[start : end + 1])
        if used and used + width > room:
            breaks.append(start)
            used = 0.0
        for column in range(start, end + 1):
            if used and used + pixels[column] > room:
                breaks.append(column)
                used = 0.0
            used += pixels[column]
        start = end + 1
    return breaks
