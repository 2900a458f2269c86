"""What is printed around a cell: whether its label and its head speak against the indicator that a name gives it.

In: a sheet, a cell, an indicator. Out: True where the words beside it and above it are the indicator's, or blank. A label
that is unknown speaks against it, too: somebody may have typed another item over it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.form.choices import Arrangement
from consolidator.locate.heads import named_column
from consolidator.locate.labels import core
from consolidator.locate.measure import seen_at
from consolidator.model import CellKind
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from consolidator.form.definition import Indicator, Row, Table
    from consolidator.model import Cell, Sheet

_ABOVE = 60  # rows above a cell in which its head is looked for
_NAMES_ABOVE = 3  # rows above the heads in which the names of a table across are looked for


@dataclass(frozen=True)
class Neighbours:
    """The words of one sheet. `filled_in` are the cells that hold values, whose texts are no labels."""

    sheet: Sheet
    filled_in: Collection[tuple[int, int]]

    def agree(self, table: Table, indicator: Indicator, row: int, column: int) -> bool:
        """Whether nothing printed around the cell speaks against the indicator."""
        head = self._above(row, column)
        keyed = any(each.key for each in table.columns)
        if keyed and head is not None and fold(head.text) != fold(indicator.column.group):
            named = named_column(head.text, table.columns)
            if named is None or named[0].key != indicator.column.key:
                return False
        if table.arrangement is Arrangement.ACROSS:
            return self._under_its_name(table, indicator.row, head, column)
        return all(_is_of(cell.text, indicator.row) for cell in self._left(row, column))

    def _left(self, row: int, column: int) -> Iterator[Cell]:
        """The words on the line before the cell."""
        for place in range(1, column):
            cell = seen_at(self.sheet, row, place)
            if cell is None or cell.kind is not CellKind.TEXT or (cell.row, cell.column) in self.filled_in:
                continue
            if fold(cell.text) and not is_dash(cell.text) and not fold(cell.text).isdigit():
                yield cell

    def _above(self, row: int, column: int) -> Cell | None:
        """The nearest words above the cell that are no value; a caption that reaches over the labels is no head."""
        first = min((left for line, left in self.filled_in if line == row), default=column)
        for place in range(row - 1, max(0, row - _ABOVE), -1):
            cell = seen_at(self.sheet, place, column)
            if cell is None or cell.kind is not CellKind.TEXT or (cell.row, cell.column) in self.filled_in:
                continue
            if fold(cell.text) and not fold(cell.text).isdigit():
                return cell if cell.column >= first else None
        return None

    def _under_its_name(self, table: Table, row: Row, head: Cell | None, column: int) -> bool:
        """Whether no other row's name stands over the column of a table printed across."""
        if head is None:
            return True
        words = {
            word: each.code for each in table.rows for text in (each.label, *each.aliases) for word in _words(text)
        }
        for place in range(head.row - 1, max(0, head.row - 1 - _NAMES_ABOVE), -1):
            cell = seen_at(self.sheet, place, column)
            if cell is not None and cell.kind is CellKind.TEXT:
                codes = {words[word] for word in _words(cell.text) if word in words}
                if codes:
                    return row.code in codes
        return True


def _is_of(text: str, row: Row) -> bool:
    """Whether a text is the row's label, in any wording, or its unit of measure."""
    known = {word for label in (row.label, *row.aliases) for word in _words(label)}
    return fold(text) == fold(row.unit_of_measure) or bool(known.intersection(_words(text)))


def _words(text: str) -> tuple[str, str]:
    return fold(text), core(text)
