"""How one table is read, apart from what is filled in: the cells of its values, and what is said of it in any case.

In: a table that was read in full. Out: a `TablePlan`, or None where what is filled in had a part in how it was read.
Never: a table planned that has anything unusual about its rows or columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.definition import BlankPolicy, Indicator, ValueType
from consolidator.locate.rows.structure import judge_rows
from consolidator.locate.tables import merges
from consolidator.model import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consolidator.findings import Finding
    from consolidator.form.definition import Row
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.locate.tables.table import TableReader

_KNOWN_TYPES = frozenset({ValueType.COUNT, ValueType.MONEY, ValueType.TEXT})


class Slot(Struct, frozen=True):
    """Where one indicator is filled in. `unit` tells that the units of measure have a column of their own."""

    indicator: Indicator
    place: tuple[int, int]
    policy: BlankPolicy
    how: str
    label: tuple[int, int]
    unit: bool
    numeric: bool


class TablePlan(Struct, frozen=True):
    """`settled` is said of the table whatever is filled in; it covers the rows from `first_row` to `last_row`.

    `open_columns` are those in which a filled cell right below the table would belong to it.
    """

    settled: tuple[Finding, ...]
    slots: tuple[Slot, ...]
    first_row: int
    last_row: int
    open_columns: frozenset[int]


def plan_table(reader: TableReader) -> TablePlan | None:
    """The plan of a table whose rows and columns are all beyond doubt."""
    chosen, doubled = reader.choose()
    columns, alignment = reader.columns, reader.alignment
    strangers = reader.strangers()
    if doubled or alignment.undecided or not all(map(_clear, columns.panels)):
        return None
    if any(len(items) > 1 or items[0].other_row for items in alignment.items.values()):
        return None
    if any(finding.code == "L04" for finding in columns.findings):
        return None
    slots: list[Slot] = []
    for code, row in reader.rows.items():
        if code in chosen:
            mine = _slots(reader, row, chosen[code], moved=code in alignment.moved)
            if mine is None:
                return None
            slots += mine
    rows = [item.row for item in reader.items]
    if _loose_numbers(reader, {slot.place for slot in slots}) or _continued(reader):
        return None
    rows_of_strangers = tuple(strangers.rows(()))
    judged = judge_rows(reader.sheet.name, alignment, reader.rows, rows_of_strangers, doubled)
    return TablePlan(
        settled=(*columns.findings, *judged),
        slots=tuple(slots),
        first_row=max(1, min([*rows, *columns.header_rows])),
        last_row=max(rows),
        open_columns=frozenset(
            column for panel in columns.panels for column in (panel.unit, *panel.values.values()) if column
        ),
    )


def _clear(panel: Panel) -> bool:
    return bool(panel.values) and not panel.rivals


def _slots(reader: TableReader, row: Row, item: Item, *, moved: bool) -> list[Slot] | None:
    """Where the indicators of a row are filled in; None where a merge or a unit of measure makes that a question."""
    panel = reader.panel_of(item)
    over = reader.sheet.area_at(item.row, item.column)
    if over is not None and over.top != over.bottom:
        return None
    if row.type is ValueType.HEADING:
        return None if reader.heading_value(row, item, panel) else []
    slots = []
    if moved and row.type is ValueType.TEXT:
        return None
    for indicator in reader.indicators(row):
        column = panel.values.get(indicator.column.key)
        if column is None:
            continue
        area = reader.sheet.area_at(item.row, column)
        merged = area is not None and (area.top, area.bottom, area.left) != (item.row, item.row, column)
        merged = merged or (area is not None and merges.over_values(area, reader.columns.panels))
        if merged or indicator.row.type not in _KNOWN_TYPES or not _plain(reader, indicator, item, panel):
            return None
        policy = reader.form.policy(indicator, reader.policy)
        how, label = "moved" if moved else item.how, (item.row, item.column)
        slots.append(Slot(indicator, (item.row, column), policy, how, label, panel.unit is not None, indicator.numeric))
    return slots


def _plain(reader: TableReader, indicator: Indicator, item: Item, panel: Panel) -> bool:
    """Whether what stands around a figure leaves its unit of measure and its period as the form has them."""
    return reader.units.agree(indicator, item, panel) and reader.other_periods.told(indicator, item, panel) is None


def _loose_numbers(reader: TableReader, read: set[tuple[int, int]]) -> bool:
    """Whether a number stands among the values that is not the value of a row."""
    return any(place not in read and cell_is_number for place, cell_is_number in _among_values(reader))


def _among_values(reader: TableReader) -> Iterator[tuple[tuple[int, int], bool]]:
    for panel in reader.columns.panels:
        rows = [item.row for item in panel.labels_of(reader.items)]
        for column in panel.values.values():
            for row in range(min(rows, default=0), max(rows, default=0) + 1):
                cell = reader.sheet.at(row, column)
                yield (row, column), cell is not None and cell.kind is CellKind.NUMBER


def _continued(reader: TableReader) -> bool:
    """Whether rows below the last indicator look like rows of the table."""
    strangers = reader.strangers()
    lasts = [
        (panel, max((item.row for item in panel.labels_of(reader.items)), default=0)) for panel in reader.columns.panels
    ]
    return any(strangers.last_row(panel, last) != last for panel, last in lasts if last)
