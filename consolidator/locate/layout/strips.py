"""Part a sheet on which tables of one form stand side by side, so that each is read between its own columns.

In: a sheet, a form with several tables, its labels found there. Out: the strips of the sheet, at their own addresses.
Never: a cut through a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.form.choices import Arrangement
from consolidator.locate.columns.bands import find_bands
from consolidator.locate.columns.heads import find_heads
from consolidator.locate.words.naming import named_column

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.columns.heads import Head
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet


def strips(sheet: Sheet, form: Form, items: Sequence[Item]) -> Iterator[tuple[Sheet, tuple[Item, ...]]]:
    """Each strip of the sheet with its labels, from left to right; the sheet itself where no tables stand side by side."""
    edges = _edges(sheet, form, items)
    if not edges:
        yield sheet, tuple(items)
        return
    for left, after in zip((1, *edges), (*edges, 1 << 30), strict=True):
        cells = {place: cell for place, cell in sheet.cells.items() if left <= place[1] < after}
        merges = tuple(area for area in sheet.merges if left <= area.left < after)
        yield replace(sheet, cells=cells, merges=merges), tuple(item for item in items if left <= item.column < after)


def _edges(sheet: Sheet, form: Form, items: Sequence[Item]) -> list[int]:
    """The columns, ascending, at which a table begins that has all tables before it at its left."""
    lefts = _lefts(form, items) if form.keyed and len(form.grids) > 1 else {}
    if len(set(lefts.values())) < 2:  # noqa: PLR2004 - two tables side by side begin in two columns
        return []
    tables = {table.id: table for table in form.grids if table.id in lefts}
    rights = {key: _right(sheet, form, table, items, lefts[key]) for key, table in tables.items()}
    edges = []
    for left in sorted(set(lefts.values()))[1:]:
        before = [key for key, other in lefts.items() if other < left]
        if all(rights[key] < left for key in before):
            edges.append(_free(sheet, left, max(rights[key] for key in before)))
    return edges


def _lefts(form: Form, items: Sequence[Item]) -> Mapping[str, int]:
    """The first column of each table's labels; a table's, of which most rows stand here."""
    found = {}
    for table in form.grids:
        codes = {row.code for row in table.rows}
        mine = [item for item in items if codes.issuperset(item.codes)]
        if len({code for item in mine for code in item.codes}) * 2 >= len(codes):
            found[table.id] = min(item.column for item in mine)
    return found


def _right(sheet: Sheet, form: Form, table: Table, items: Sequence[Item], left: int) -> int:
    """The last column of a table's heads that are surely its own: other tables may have heads of the same words."""
    others = [column for other in form.grids if other is not table for column in other.columns]
    heads = [head for head in _heads(sheet, table, items) if head.left >= left]
    if table.arrangement is Arrangement.ACROSS:
        own = [head for head in heads if named_column(head.cell.text, others) is None]
        right = max((head.right for head in own or heads), default=left)
        for head in sorted(heads, key=lambda head: head.left):
            right = head.right if head.left == right + 1 else right  # the last one's words are another table's too
        return right
    nearest: dict[str, int] = {}
    for head in heads:
        nearest[head.key] = min(nearest.get(head.key, head.right), head.right)
    return max(nearest.values(), default=left)


def _heads(sheet: Sheet, table: Table, items: Sequence[Item]) -> Sequence[Head]:
    """The heads of the bands that stand nearest above a table's labels; all that say the same where there is no band."""
    codes = {row.code for row in table.rows}
    bands = find_bands(sheet, table, items)
    above = [[band for band in bands if band.bottom < item.row] for item in items if codes.issuperset(item.codes)]
    own = {id(found[-1]): found[-1] for found in above if found}
    return [head for band in own.values() for head in band.heads] or list(find_heads(sheet, table))


def _free(sheet: Sheet, left: int, right: int) -> int:
    """Where to cut between two tables: after the last empty column between them, else where the second one begins."""
    used = {column for _, column in sheet.cells}
    empty = [column for column in range(right + 1, left) if column not in used]
    return max(empty) + 1 if empty else left
