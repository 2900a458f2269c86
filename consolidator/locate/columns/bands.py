"""The header bands of tables with keyed columns: one to three header rows, with merged cells, many to a sheet.

In: a sheet, a table. Out: `Band`s. Never: a head taken for another because it looks similar, or because of its place.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.form.choices import Arrangement
from consolidator.locate.columns.heads import Head, count_of, find_heads, is_of, told_apart
from consolidator.locate.words.appended import ends_in_unit
from consolidator.locate.words.naming import is_time_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.form.definition import Table
    from consolidator.locate.rows.match import Item
    from consolidator.model import Period, Sheet


class Band(Struct, frozen=True):
    """The header of a table: its head cells, from the first row to the last one; `late` ones say another period."""

    heads: tuple[Head, ...]
    top: int
    bottom: int
    late: tuple[Head, ...] = ()


def find_bands(sheet: Sheet, table: Table, items: Iterable[Item], period: Period | None = None) -> tuple[Band, ...]:
    """The header bands of a table: neighbouring rows with head cells that are no labels, together at least half of its heads."""
    return whole_bands(all_bands(sheet, table, items, period), table)


def whole_bands(bands: Iterable[Band], table: Table) -> tuple[Band, ...]:
    """The bands with at least half of a table's heads."""
    return tuple(band for band in bands if count_of(band.heads) * 2 >= len(table.columns))


def all_bands(sheet: Sheet, table: Table, items: Iterable[Item], period: Period | None = None) -> tuple[Band, ...]:
    """Neighbouring rows with heads of a table that are no labels, however few they are."""
    labels = {(item.row, item.column) for item in items} if table.arrangement is Arrangement.DOWN else ()
    heads = [head for head in find_heads(sheet, table, period) if (head.top, head.left) not in labels]
    bands: list[list[Head]] = []
    for head in sorted(heads, key=lambda head: (head.top, head.left)):
        if bands and head.top <= max(known.bottom for known in bands[-1]) + 1:
            bands[-1].append(head)
        else:
            bands.append([head])
    return tuple(
        Band(
            tuple(told_apart(sheet, heads, table, period)),
            min(head.top for head in heads),
            max(head.bottom for head in heads),
        )
        for heads in map(_without_strays, bands)
        if heads
    )


def _without_strays(heads: Sequence[Head]) -> list[Head]:
    """The heads but for those that stand alone on their line while others say their column, or that are a period alone.

    So does the period in a heading's last line, `填报单位：甲镇 … 2016年度`, over 本年数 and 上年数, and a line `面积单位：亩` over 面积.
    """
    lines = Counter(head.cell.row for head in heads)
    named = {head.key for head in heads if lines[head.cell.row] > 1}
    plain = {head.key for head in heads if not ends_in_unit(head.cell.text)}
    strays = {
        head.cell.row
        for head in heads
        if lines[head.cell.row] == 1
        and (
            head.key in named
            or (len(lines) > 1 and is_time_alone(head.cell.text))
            or (head.key in plain and ends_in_unit(head.cell.text))
        )
    }
    return [head for head in heads if head.cell.row not in strays]


def timely(bands: Iterable[Band], table: Table, period: Period | None) -> Iterator[Band]:
    """The bands with the heads that say another period than the form's set apart."""
    for band in bands:
        heads = tuple(head for head in band.heads if is_of(head, table, period))
        if heads:
            yield replace(band, heads=heads, late=tuple(head for head in band.heads if head not in heads))
