"""Labels that rows of several tables have (合计, 其他): which table each one on the sheet stands in.

In: a sheet, a form, the labels on the sheet. Out: the same labels, each with the codes of one table wherever that is certain.
Never: a table chosen that no label of its own, nor its title, stands over or beside.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.locate.columns.headers import means
from consolidator.locate.layout.regions import cut
from consolidator.locate.words.labels import core
from consolidator.model import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet


def allotted(sheet: Sheet, form: Form, items: Sequence[Item]) -> Sequence[Item]:
    """The labels, those that may be rows of several tables with the codes of their own one."""
    tables = {row.code: table.id for table in form.grids for row in table.rows}
    shared = [item for item in items if len({tables[code] for code in item.codes if code in tables}) > 1]
    if not shared:
        return items
    openings = _openings(sheet, form)
    sure = [(item, tables[item.codes[0]]) for item in items if item not in shared and item.codes[0] in tables]
    places = {item: max((row for row in openings if row <= item.row), default=0) for item in shared}
    owners = {item: _owner(item, places[item], openings, sure) for item in shared}
    left = {places[item] for item, owner in owners.items() if not owner}
    free = {table.id for table in form.grids} - {owner for owner in owners.values() if owner}
    last = free.pop() if len(left) == len(free) == 1 else ""  # the one place for which one table is left
    return [_with(item, owners[item] or last, tables) if item in owners else item for item in items]


def _with(item: Item, table: str, tables: Mapping[str, str]) -> Item:
    codes = tuple(code for code in item.codes if tables.get(code) == table)
    return replace(item, codes=codes) if codes else item


def of_table(table: Table, items: Iterable[Item]) -> list[Item]:
    """The labels that are rows of a table; one that may as well be another table's is a row of none."""
    known = {row.code for row in table.rows}
    return [item for item in items if known.issuperset(item.codes)]


def under_one_another(sheet: Sheet, form: Form, items: Sequence[Item]) -> Iterator[tuple[Table, Sheet, Sequence[Item]]]:
    """Every table that stands on the sheet, its part of it and its labels: the rows from its own title or head on.

    The whole sheet for each where the rows of one go on among those of another.
    """
    mine = {table.id: of_table(table, items) for table in form.grids}
    present = sorted((key for key, labels in mine.items() if labels), key=lambda key: mine[key][0].row)
    openings = sorted(_openings(sheet, form)) if len(present) > 1 else []
    tops = [1]
    for above, below in pairwise(present):
        last, first = max(item.row for item in mine[above]), min(item.row for item in mine[below])
        tops.append(next((row for row in openings if last < row < first), last + 1) if last < first else 0)
    whole = len(present) < 2 or 0 in tops  # noqa: PLR2004 - one table has all of it
    parts = dict(zip(present, [sheet] * len(present) if whole else cut(sheet, tops), strict=True))
    for table in form.grids:
        if table.id in parts:
            yield table, parts[table.id], mine[table.id]


def _openings(sheet: Sheet, form: Form) -> Mapping[int, str]:
    """The rows on which a table begins: with its title, whose id it has then, or with a word over labels."""
    titles = {core(table.title): table.id for table in form.grids}
    words = frozenset(word for table in form.grids for word in table.label_headers)
    found: dict[int, str] = {}
    for cell in sheet.cells.values():
        if cell.kind is CellKind.TEXT:
            named = titles.get(core(cell.text), "")
            if named or means(cell.text, words):
                found[cell.row] = named or found.get(cell.row, "")
    return found


def _owner(item: Item, above: int, openings: Mapping[int, str], sure: Sequence[tuple[Item, str]]) -> str:
    """The table whose own labels stand between the same two openings in a label's column, or whose title stands over it."""
    below = min((row for row in openings if row > item.row), default=1 << 30)
    beside = [
        (abs(other.row - item.row), table)
        for other, table in sure
        if above <= other.row < below and other.column == item.column
    ]
    return min(beside)[1] if beside else openings.get(above, "") or openings.get(above - 1, "")
