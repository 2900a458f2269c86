"""A table whose columns are printed in blocks, one under or beside the other, each with the labels anew (续表).

In: a sheet, a table, the labels that may be its rows. Out: parts of the table, each with the columns, the labels and the
header bands of one block. Never: a table parted that has a column twice, or not all of them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.form.choices import Arrangement
from consolidator.locate.columns.bands import all_bands, find_bands, timely, whole_bands
from consolidator.locate.columns.headers import means
from consolidator.model import CellKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.columns.bands import Band
    from consolidator.locate.rows.match import Item
    from consolidator.model import Period, Sheet

_ENDLESS = 1 << 30
_NUMBERED = "/"


class Part(Struct, frozen=True):
    """A table, or some of its columns under an id of their own, with the labels and the header bands that are its."""

    table: Table
    items: Sequence[Item]
    bands: tuple[Band, ...]


def parts_of(sheet: Sheet, table: Table, items: Sequence[Item], period: Period | None = None) -> tuple[Part, ...]:
    """The parts of a table: the whole of it, or its columns block by block where they are all there and none is twice.

    `items` are all labels on the sheet.
    """
    bands, mine = all_bands(sheet, table, items, period), _items_of(table, items)
    blocks = _blocks(sheet, table, mine, tuple(timely(bands, table, period))) if _may_be_parted(table, mine) else []
    named = [key for keys, _ in blocks for key in keys]
    keys = [column.key for column in table.columns]
    if len(blocks) < 2 or sorted(named) != sorted(keys) or not _alike(blocks):  # noqa: PLR2004 - one block is no part
        return (Part(table, mine, tuple(timely(whole_bands(bands, table), table, period))),)
    parts = []
    for number, (own, labels) in enumerate(blocks):
        columns = tuple(column for column in table.columns if column.key in own)
        part = replace(table, id=f"{table.id}{_NUMBERED}{number}", columns=columns)
        parts.append(Part(part, labels, tuple(timely(find_bands(sheet, part, items, period), part, period))))
    return tuple(parts)


def unparted(table: Table) -> Table:
    """A part of a table under the id of the whole."""
    return replace(table, id=table.id.partition(_NUMBERED)[0]) if _NUMBERED in table.id else table


def is_continued(sheet: Sheet, form: Form, items: Sequence[Item]) -> bool:
    """Whether labels come again only because the columns of a table go on below."""
    if not form.keyed:
        return False
    again = [table for table in form.grids if _may_be_parted(table, _items_of(table, items))]
    return bool(again) and all(len(parts_of(sheet, table, items)) > 1 for table in again)


def _items_of(table: Table, items: Sequence[Item]) -> list[Item]:
    codes = {row.code for row in table.rows}
    return [item for item in items if codes.intersection(item.codes)]


def _may_be_parted(table: Table, items: Sequence[Item]) -> bool:
    """Whether labels come again: a table that is read row by row has each but once."""
    return table.arrangement is Arrangement.DOWN and len({item.codes for item in items}) < len(items)


def _blocks(
    sheet: Sheet, table: Table, items: Sequence[Item], bands: Sequence[Band]
) -> list[tuple[list[str], list[Item]]]:
    """Under each line of heads, for each word for labels in it: the keys of the columns right of it, the labels below."""
    found = []
    ends = [*(band.top for band in bands[1:]), _ENDLESS]
    for band, end in zip(bands, ends, strict=False):
        openings = {
            cell.column
            for row in range(band.top, band.bottom + 1)
            for cell in sheet.lines.get(row, ())
            if cell.kind is CellKind.TEXT and means(cell.text, table.label_headers)
        }
        for left, after in pairwise((*sorted({1, *sorted(openings)[1:]}), _ENDLESS)):
            keys = [head.key for head in band.heads if left <= head.left < after]
            mine = [each for each in items if band.bottom < each.row < end and left <= each.column < after]
            if keys and mine:
                found.append((keys, mine))
    return found


def _alike(blocks: Sequence[tuple[list[str], list[Item]]]) -> bool:
    """Whether every block has the same labels as often."""
    labels = [sorted(item.codes for item in mine) for _, mine in blocks]
    return all(each == labels[0] for each in labels)
