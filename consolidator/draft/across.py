"""A table whose rows stand side by side in one line, each under its own name with its own set of heads.

In: the value columns of a table without labels. Out: rows and one set of columns. Never: a table whose sets differ.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from consolidator.draft.numbering import numbered
from consolidator.draft.plan import PlannedColumn, PlannedRow
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.surface import Surface


def side_by_side(
    surface: Surface, columns: Sequence[PlannedColumn], line: int
) -> tuple[list[PlannedRow], list[PlannedColumn]] | None:
    """The rows and columns of such a table, whose figures stand in row `line`; None where it is none."""
    sets = [list(found) for _, found in groupby(columns, key=lambda column: column.path[:-1])]
    heads = [[fold(column.label) for column in each] for each in sets]
    if len(sets) < 2 or not all(each == heads[0] for each in heads) or not all(each[0].group for each in sets):  # noqa: PLR2004
        return None
    rows = []
    for place, each in enumerate(sets):
        label = "：".join(each[0].path[:-1])
        figures = (surface.over(line, column.column) for column in each)
        row = PlannedRow(label, numbered(label), line, place, 0, own_line=True)
        row.figures = tuple(figure.number if figure else None for figure in figures)
        rows.append(row)
    return rows, [PlannedColumn(column.label, column.column, (column.label,)) for column in sets[0]]
