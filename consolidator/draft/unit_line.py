"""The line under the heads that says in which units of measure the columns are counted: 计量单位 | 户 | 人 | 亩.

In: a `Surface`, a `Band`, its columns of labels and values. Out: the columns with the units printed for them.
Never: a line with anything else on it, but for a column that has no unit behind a word for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import measures, words
from consolidator.draft.bands import is_index

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.draft.bands import Band
    from consolidator.draft.plan import PlannedColumn
    from consolidator.draft.surface import Patch, Surface

_SEVERAL = 2


def hear_units(surface: Surface, band: Band, labels: Iterable[int], columns: Sequence[PlannedColumn]) -> None:
    """Give the columns the units of measure that stand on a line of their own, which is no row then and no head."""
    for column in columns:  # the line was taken for the lowest of the heads
        if len(column.path) > 1 and _unit_in(column.path[-1]) and measures.in_brackets(column.path[-1]):
            column.printed_unit = _unit_in(column.path[-1])
            column.path = column.path[:-1]
            column.label = column.path[-1]
    line = band.rows[0] if band.rows else 0
    said = [surface.patches.get((line, column.column)) for column in columns]
    units = [_unit_in(patch.text) if patch is not None else "" for patch in said]
    names = [patch.text for column in labels if (patch := surface.patches.get((line, column))) is not None]
    if not all(map(words.is_unit_head, names)) or not _are_units(said, units, named=bool(names)):
        return
    band.rows.remove(line)
    if band.rows and is_index(surface.lines[band.rows[0]]):
        del band.rows[0]  # the numbers of the columns
    for column, unit in zip(columns, units, strict=True):
        column.printed_unit = unit


def _are_units(said: Sequence[Patch | None], units: Sequence[str], *, named: bool) -> bool:
    """Whether a line says units of measure: for every column, or for some behind a word for them, nothing for the others."""
    if not named:
        return len(units) >= _SEVERAL and all(units)
    silent = (
        patch is None or measures.is_none(patch.text) for patch, unit in zip(said, units, strict=True) if not unit
    )
    return any(units) and all(silent)


def _unit_in(text: str) -> str:
    """The unit of measure that a text is, be it in brackets."""
    bare = text.strip().strip("（）()")
    return bare if measures.is_unit(bare) else ""
