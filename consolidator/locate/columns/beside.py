"""Tables of one form that stand beside one another, over or under further ones: which columns and headers are whose.

In: the labels and header bands of a form's tables on one sheet. Out: each table's columns, the areas of its headers.
Never: columns taken from a table that could be read without them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import permutations
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.model import Area

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Table
    from consolidator.locate.columns.bands import Band
    from consolidator.locate.columns.parting import Part
    from consolidator.locate.rows.match import Item

_ENDLESS = 1 << 30


class Stretch(Struct, frozen=True):
    """The columns in which a table stands, from `left` to the one before `after`; all of them where nothing is beside it."""

    left: int = 1
    after: int = _ENDLESS

    def __contains__(self, column: int) -> bool:
        """Whether a column is the table's."""
        return self.left <= column < self.after

    def meets(self, area: Area) -> bool:
        """Whether an area reaches into the table's columns."""
        return area.left < self.after and self.left <= area.right

    def of(self, bands: Iterable[Band]) -> Iterator[Band]:
        """The bands with those heads alone that stand in these columns."""
        for band in bands:
            heads = tuple(head for head in band.heads if head.left in self)
            late = tuple(head for head in band.late if head.left in self)
            if heads:
                top, bottom = min(head.top for head in heads), max(head.bottom for head in heads)
                yield replace(band, heads=heads, top=top, bottom=bottom, late=late)


class SideBySide:
    """Where the tables of a form stand, by their ids: their `stretches`, the `bands` and `labels` that are their own.

    Of the labels that may be a table's, those in a header are words of heads.
    """

    def __init__(self, parts: Sequence[Part]) -> None:
        tables = {part.table.id: part.table for part in parts}
        items = {part.table.id: part.items for part in parts}
        bands = {part.table.id: part.bands for part in parts}
        heads = {(head.cell.row, head.cell.column) for each in bands.values() for band in each for head in band.heads}
        sure = {key: _sure(table, items[key], heads) for key, table in tables.items()}
        self.stretches = _stretches(tables, sure, bands)
        self.bands = {key: tuple(self.stretches[key].of(each)) for key, each in bands.items()}
        self._headers: dict[int, list[Area]] = defaultdict(list)
        for key in tables:
            for area in _header_areas(sure[key], self.bands[key], self.stretches[key]):
                for row in range(area.top, area.bottom + 1):
                    self._headers[row].append(area)
        self.labels = {key: [item for item in mine if not self._in_header(item)] for key, mine in items.items()}

    def others(self, table: str) -> set[int]:
        """The rows on which labels of other tables, or any headers, stand in the columns of a table."""
        columns = self.stretches[table]
        labels = (item for key, mine in self.labels.items() if key != table for item in mine)
        rows = {item.row for item in labels if item.column in columns}
        return rows.union(row for row, areas in self._headers.items() if any(map(columns.meets, areas)))

    def _in_header(self, item: Item) -> bool:
        return any(area.holds(item.row, item.column) for area in self._headers.get(item.row, ()))


def _sure(table: Table, items: Iterable[Item], heads: Collection[tuple[int, int]]) -> list[Item]:
    """The labels that no other table of the form has, and that are no heads."""
    codes = {row.code for row in table.rows}
    return [item for item in items if codes.issuperset(item.codes) and (item.row, item.column) not in heads]


def _stretches(
    tables: Mapping[str, Table], labels: Mapping[str, Sequence[Item]], bands: Mapping[str, Sequence[Band]]
) -> Mapping[str, Stretch]:
    extents = {key: area for key, table in tables.items() if (area := _extent(table, labels[key], bands[key]))}
    found = dict.fromkeys(tables, Stretch())
    for (one, left), (other, right) in permutations(extents.items(), 2):
        apart = left.right < right.left and left.top <= right.bottom and right.top <= left.bottom
        if apart and _suffices(tables[one], bands[one], left, right.left):
            found[one] = replace(found[one], after=min(found[one].after, right.left))
            found[other] = replace(found[other], left=right.left)
    return found


def _extent(table: Table, labels: Sequence[Item], bands: Iterable[Band]) -> Area | None:
    """From the header over a table's first label to its last label, where most of its rows stand here."""
    if len({code for item in labels for code in item.codes}) * 2 < len(table.rows):
        return None
    first = min(item.row for item in labels)
    above = [band.top for band in bands if band.bottom < first]
    columns = [item.column for item in labels]
    return Area(max(above, default=first), min(columns), max(item.row for item in labels), max(columns))


def _suffices(table: Table, bands: Sequence[Band], extent: Area, after: int) -> bool:
    """Whether the header of the left one of two tables stands as a band left of the other."""
    over = [band for band in bands if band.top == extent.top] or bands
    keys = {head.key for band in over for head in band.heads if extent.left < head.left < after}
    return len(keys) * 2 >= len(table.columns)


def _header_areas(labels: Iterable[Item], bands: Sequence[Band], stretch: Stretch) -> Iterator[Area]:
    """The areas of a table's headers: with all that stands at their left where they are over its labels, else the heads alone."""
    bottoms = [0, *sorted(band.bottom for band in bands)]
    nearest = {bottoms[bisect_left(bottoms, item.row, 1) - 1] for item in labels}
    for band in bands:
        heads = (*band.heads, *band.late)
        left = stretch.left if band.bottom in nearest else min(head.left for head in heads)
        yield Area(band.top, left, band.bottom, max(head.right for head in heads))
