"""Cells and what lies over them, gathered while a sheet is read, handed out as a `Sheet`.

In: cells in any order. Out: a `Sheet`. Never: one of two different cells at the same address chosen.
"""

from __future__ import annotations

from operator import lt
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.model import Area, Cell, CellKind, Sheet, Visibility, a1
from consolidator.read.limits import Limits, too_large, unsafe

if TYPE_CHECKING:
    from collections.abc import Mapping


class Budget(Struct):
    """How many cells a whole workbook may still hold."""

    cells: int

    def spend(self, limits: Limits) -> None:
        """Count one cell."""
        self.cells -= 1
        if self.cells < 0:
            raise too_large("cells", limits.cells)

    def take(self, cells: int, limits: Limits) -> None:
        """Count many cells."""
        self.cells -= cells
        if self.cells < 0:
            raise too_large("cells", limits.cells)


class Grid:
    """Cells and the facts over them, gathered in any order and handed out as a `Sheet`."""

    def __init__(self, limits: Limits, budget: Budget) -> None:
        """Begin empty; `budget` is shared by the sheets of one workbook."""
        self.limits = limits
        self.budget = budget
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Area] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.filter_on = self.filter_criteria = False

    def like(self, budget: Budget) -> Grid:
        """An empty grid under the same merges, hidden columns and filters."""
        grid = Grid(self.limits, budget)
        grid.merges, grid.hidden_columns = self.merges, self.hidden_columns
        grid.filter_on, grid.filter_criteria = self.filter_on, self.filter_criteria
        return grid

    def put(self, cell: Cell) -> None:
        """Keep a cell. The same address twice with different content is refused: nobody can say which one counts."""
        self.budget.spend(self.limits)
        kept = self.cells.setdefault((cell.row, cell.column), cell)
        if kept is not cell and kept != cell:
            raise unsafe("duplicate_cell", a1(cell.row, cell.column))

    def merge(self, merged: Area) -> None:
        """Keep a merged area."""
        self.merges.append(merged)
        if len(self.merges) > self.limits.merges:
            raise too_large("merges", self.limits.merges)

    def sheet(self, name: str, visibility: Visibility, comments: Mapping[tuple[int, int], str]) -> Sheet:
        """All of it. Hidden rows and columns beyond the last cell are left out: nothing stands there."""
        for (row, column), comment in comments.items():
            self.cells[row, column] = commented(self.cells.get((row, column)), row, column, comment)
        last_row = max((row for row, _ in self.cells), default=0) if self.hidden_rows else 0
        last_column = max((column for _, column in self.cells), default=0) if self.hidden_columns else 0
        rows = frozenset(row for row in self.hidden_rows if row <= last_row)
        columns = frozenset(
            column for first, last in self.hidden_columns for column in range(first, min(last, last_column) + 1)
        )
        filtered = self.filter_on or (self.filter_criteria and bool(rows))
        return Sheet(name, _in_order(self.cells), tuple(self.merges), visibility, rows, columns, filtered)


def _in_order(cells: dict[tuple[int, int], Cell]) -> dict[tuple[int, int], Cell]:
    """The cells row by row, from left to right, as files nearly always have them."""
    places = list(cells)
    return cells if all(map(lt, places, places[1:])) else dict(sorted(cells.items()))


def commented(cell: Cell | None, row: int, column: int, comment: str) -> Cell:
    """The cell with a comment; a blank one where nothing stood."""
    if cell is None:
        return Cell(row, column, CellKind.BLANK, "", comment=comment)
    return replace(cell, comment=comment)
