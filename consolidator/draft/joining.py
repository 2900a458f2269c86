"""Tables of one sheet whose rows are the same and whose columns go on from one to the next (续表) are one wide table.

In: the tables of a sheet, from top to bottom. Out: the same, the columns of later ones added to the first of their rows.
Never: a table joined that has a column of the same words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft.numbering import numbered
from consolidator.draft.plan import Doubt
from consolidator.form.texts.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.draft.plan import PlannedTable


def joined(tables: Sequence[PlannedTable]) -> list[PlannedTable]:
    """The tables, those that only go on joined to the one that they go on from."""
    whole: list[PlannedTable] = []
    for table in tables:
        first = next((each for each in whole if _goes_on(each, table)), None)
        if first is None:
            whole.append(table)
        else:
            _join(first, table)
    return whole


def _goes_on(first: PlannedTable, table: PlannedTable) -> bool:
    """Whether both have the same rows, with further columns."""
    if first.across or table.across or _is_titled_anew(first, table):
        return False
    heads = {column.path or (column.label,) for column in first.columns}
    anew = all((column.path or (column.label,)) not in heads for column in table.columns)
    return anew and _labels(first) == _labels(table)


def _is_titled_anew(first: PlannedTable, table: PlannedTable) -> bool:
    """Whether both are numbered chapters, each with a title of its own: 一、低保 and 二、临时救助."""
    titles = [numbered(each.title) for each in (first, table)]
    return all(each.kind for each in titles) and wording(first.title) != wording(table.title)


def _labels(table: PlannedTable) -> list[tuple[str, str]]:
    return [(wording(row.label), wording(row.parent.label) if row.parent else "") for row in table.rows]


def _join(first: PlannedTable, table: PlannedTable) -> None:
    first.columns += table.columns
    for row, more in zip(first.rows, table.rows, strict=True):
        row.figures += more.figures
        row.texts += more.texts
        row.doubts += [doubt for doubt in more.doubts if doubt not in row.doubts]
    first.doubts.append(Doubt("columns_joined", {"row": str(min(row.line for row in table.rows))}))
