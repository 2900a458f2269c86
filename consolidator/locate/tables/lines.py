"""The lines of a sheet on which the figures of one label stand: one, or those that its label is merged over.

In: a label, its panel, what stands between it and the figures (上年, 本年, 计划). Out: lines; a cell that says another period.
Never: one of several lines chosen that differ and say nothing of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.locate.words.labels import core
from consolidator.locate.words.over_columns import speaks_of_others
from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.rows.match import Item
    from consolidator.locate.tables.sayings import Sayings
    from consolidator.model import Cell, Period


class Lines:
    """The lines of the labels of one table; `rows` are those on which any of its labels stand."""

    def __init__(self, sayings: Sayings, rows: Collection[int], period: Period | None) -> None:
        self._sheet = sayings.sheet
        self._rows = sayings.rows
        self._item_rows = rows
        self._period = period

    def of(self, item: Item, panel: Panel) -> Sequence[int]:
        """The lines of a label from top to bottom; of those that it is merged over none that says another period beside one that does not."""
        area = self._sheet.area_at(item.row, item.column)
        if area is None or area.top == area.bottom:
            return (item.row,)
        lines = [row for row in range(area.top, area.bottom + 1) if row == item.row or row not in self._item_rows]
        timely = [row for row in lines if self.late(replace(item, row=row), panel) is None]
        return timely or lines

    def several(self, item: Item, panel: Panel, *, alike: bool) -> Sequence[int]:
        """The lines of a label, where several have a figure in the same column; without `alike` only such that differ."""
        lines = self.of(item, panel)
        for column in panel.values.values() if len(lines) > 1 else ():
            cells = {(cell.row, cell.column): cell for row in lines if (cell := self._sheet.seen_at(row, column))}
            filled = [cell for cell in cells.values() if is_filled(cell)]
            if len(filled) > 1 and (alike or len({fold(cell.text) for cell in filled}) > 1):
                return sorted({row for (row, _), cell in cells.items() if is_filled(cell)})
        return ()

    def settled(self, item: Item, panel: Panel) -> Item:
        """The item at the only one of its lines that is of this period."""
        lines = self.of(item, panel)
        return replace(item, row=lines[0]) if len(lines) == 1 and lines[0] != item.row else item

    def late(self, item: Item, panel: Panel) -> tuple[Cell, str] | None:
        """What between a label and its figures says that they are another period's, or plans."""
        first = min((column for column in panel.values.values() if column > item.column), default=0)
        if first - item.column < 2:  # noqa: PLR2004 - nothing between them
            return None
        own = tuple(word for code in item.codes if code in self._rows for word in self._rows[code].wordings)
        for column in range(item.column + 1, first):
            cell = self._sheet.at(item.row, column) if column != panel.unit else None
            if cell is None or cell.kind is not CellKind.TEXT or _is_part(cell.text, own):
                continue
            if speaks_of_others(cell.text, (), own, self._period):
                return cell, cell.text.strip()
        return None


def is_filled(cell: Cell | None) -> bool:
    """Whether anything stands in a cell."""
    return cell is not None and bool(fold(cell.text))


def _is_part(text: str, wordings: Sequence[str]) -> bool:
    """Whether a text is printed as a part of the row's own label."""
    return any(core(text) in core(word) for word in wordings)
