"""Lines over a table, and notes under it, that state units of measure.

In: what stands around a table's figures. Out: the cells that state some, those that count first in front.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.locate.cells import numerals
from consolidator.locate.words.scales import is_note, states_units
from consolidator.model import CellKind

if TYPE_CHECKING:
    from consolidator.form.definition import Form
    from consolidator.locate.tables.sayings import Sayings
    from consolidator.model import Cell


class UnitLines:
    """What over and under one table states units of measure."""

    def __init__(self, sayings: Sayings, form: Form) -> None:
        self._sheet = sayings.sheet
        self._first, self._last = sayings.first, sayings.last
        self._counters = form.units

    @cached_property
    def stating(self) -> tuple[Cell, ...]:
        """The notes under the table that state units of measure, then the lines over it, the nearest first: the first counts."""
        stating = [cell for cell in self._around if states_units(cell.text, self._counters)]
        notes = [cell for cell in stating if cell.row > self._last and is_note(cell.text)]
        over = [cell for cell in stating if cell.row < self._first]
        return (*notes, *sorted(over, key=lambda cell: (self._is_beside(cell), -cell.row, cell.column)))

    @cached_property
    def of_money(self) -> Cell | None:
        """The note under the table, or the line over it, that states the unit of money."""
        said = [cell for cell in self._around if numerals.money_line(cell.text)]
        lines = [cell for cell in said if cell.row < self._first or is_note(cell.text)]
        order = {cell: (self._is_beside(cell), cell.row < self._first, cell.row, cell.column) for cell in lines}
        return min(lines, key=order.__getitem__, default=None)

    @cached_property
    def _around(self) -> tuple[Cell, ...]:
        """What stands over and under the table; at last what stands there beside it, over and under other tables."""
        beside = (cell for cell in self._sheet.around if cell.kind is CellKind.TEXT)
        return (*(cell for cell in self._sheet.texts if not self._first <= cell.row <= self._last), *beside)

    def _is_beside(self, cell: Cell) -> bool:
        return cell in self._sheet.around
