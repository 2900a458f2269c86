"""Sheets without heads: names and places for figures in turn (总户数（户） | … | 总人口（人） | …).

In: a `Surface` on which no heads were made out. Out: a `Band` of such lines, the panels that they stand in.
Never: a name that says no unit of measure: what is to be filled in beside it may be words.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.draft import measures, words
from consolidator.draft.bands import Band
from consolidator.draft.columns import Panel
from consolidator.draft.plan import PlannedColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.surface import Patch, Surface

_FEWEST = 2  # lines that make a table


def band_of_pairs(surface: Surface) -> Band | None:
    """The lines of such a sheet, from the first to the last; None where there are none."""
    lines = [row for row, patches in surface.lines.items() if are_pairs(patches)]
    if len(lines) < _FEWEST:
        return None
    first, last = lines[0], lines[-1]
    rows = [row for row in surface.lines if first <= row <= last]
    names = [patch for row in lines for patch in surface.lines[row] if not patch.is_number]
    columns = {
        patch.area.left: max(each.area.right for each in names if each.area.left == patch.area.left) for patch in names
    }
    if any(right >= after for (_, right), (after, _) in pairwise(sorted(columns.items()))):
        return None
    above = [patches[0].text for row, patches in surface.lines.items() if row < first and len(patches) == 1]
    band = Band(first, first - 1, min(columns), max(columns.values()) + 1, lowest=first - 1, rows=rows)
    band.title = [text for text in above if not words.is_lone_field(text)]
    band.pairs = [(left, right + 1) for left, right in sorted(columns.items())]
    return band


def are_pairs(patches: Sequence[Patch]) -> bool:
    """Whether a line holds nothing but names that state a unit of measure, each with room for a figure behind it."""
    names = [patch for patch in patches if not patch.is_number]
    apart = all(right.area.left - left.area.right > 1 for left, right in pairwise(names))
    return bool(names) and apart and all(measures.in_brackets(patch.text) for patch in names)


def panels_of_pairs(band: Band) -> list[Panel]:
    """A panel for every column of names."""
    return [
        Panel(labels=[left], values=[PlannedColumn(words.FIGURE, column, (words.FIGURE,))])
        for left, column in band.pairs
    ]
