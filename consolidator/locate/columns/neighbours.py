"""What is printed around a cell: whether its label and its head speak against the indicator that a name gives it.

In: a sheet, a cell, an indicator. Out: True where the words beside it and above it are the indicator's, or blank. A label
that is unknown speaks against it, too: somebody may have typed another item over it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from consolidator.form.choices import Arrangement
from consolidator.locate.columns.heads import may_be_under
from consolidator.locate.words.labels import core
from consolidator.model import CellKind
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from consolidator.form.definition import Indicator, Row, Table
    from consolidator.model import Area, Cell, Sheet

_ABOVE = 60  # rows above a cell in which its head is looked for
_NAMES_ABOVE = 3  # rows above the heads in which the names of a table across are looked for


class Neighbours:
    """The words of one sheet. `filled_in` are the cells that hold values, whose texts are no labels.

    Cells and merges are gone through once a row and a column, however large a hostile sheet is.
    """

    def __init__(self, sheet: Sheet, filled_in: Collection[tuple[int, int]]) -> None:
        self._sheet = sheet
        self._filled_in = filled_in
        self._rows: dict[int, list[Cell]] = defaultdict(list)
        self._columns: dict[int, list[Cell]] = defaultdict(list)
        self._words = {place: cell for place, cell in sheet.cells.items() if self._is_word(cell)}
        for cell in self._words.values():
            self._rows[cell.row].append(cell)
            self._columns[cell.column].append(cell)
        self._on_row: dict[int, list[Cell]] = {}
        self._in_column: dict[int, list[Cell]] = {}

    def agree(self, table: Table, indicator: Indicator, row: int, column: int) -> bool:
        """Whether nothing printed around the cell speaks against the indicator."""
        head = self._above(row, column)
        keyed = any(each.key for each in table.columns)
        keyed = keyed and head is not None and fold(head.text) not in map(fold, indicator.column.group_words)
        if keyed and head is not None and not may_be_under(self._sheet, head, indicator.column.key, table):
            return False
        if table.arrangement is Arrangement.ACROSS:
            return head is None or self._under_its_name(table, indicator.row, head, column)
        return all(_is_of(cell.text, indicator.row) for cell in self._words_on(row) if cell.column < column)

    def _is_word(self, cell: Cell) -> bool:
        if cell.kind is not CellKind.TEXT or (cell.row, cell.column) in self._filled_in:
            return False
        bare = fold(cell.text)
        return bool(bare) and not bare.isdigit() and not is_dash(bare)

    def _words_on(self, row: int) -> list[Cell]:
        """The words on a row, those of merges that reach down to it included."""
        if row not in self._on_row:
            reaching = [area for area in self._sheet.merges if area.top < row <= area.bottom]
            self._on_row[row] = [*self._rows[row], *self._of(reaching)]
        return self._on_row[row]

    def _words_in(self, column: int) -> list[Cell]:
        """The words in a column, those of merges that reach over to it included."""
        if column not in self._in_column:
            reaching = [area for area in self._sheet.merges if area.left < column <= area.right]
            self._in_column[column] = [*self._columns[column], *self._of(reaching)]
        return self._in_column[column]

    def _of(self, areas: Iterable[Area]) -> list[Cell]:
        corners = dict.fromkeys((area.top, area.left) for area in areas)
        return [self._words[corner] for corner in corners if corner in self._words]

    def _above(self, row: int, column: int) -> Cell | None:
        """The nearest words above the cell that are no value; a caption that reaches over the labels is no head."""
        above = [cell for cell in self._words_in(column) if row - _ABOVE < cell.row < row]
        nearest = max(above, key=lambda cell: cell.row, default=None)
        first = min((left for line, left in self._filled_in if line == row), default=column)
        return nearest if nearest is not None and nearest.column >= first else None

    def _under_its_name(self, table: Table, row: Row, head: Cell, column: int) -> bool:
        """Whether no other row's name stands over the column of a table printed across."""
        words = {word: each.code for each in table.rows for text in each.wordings for word in _words(text)}
        over = [cell for cell in self._words_in(column) if head.row - 1 - _NAMES_ABOVE < cell.row < head.row]
        for cell in sorted(over, key=lambda cell: -cell.row):
            codes = {words[word] for word in _words(cell.text) if word in words}
            if codes:
                return not codes.isdisjoint(_family(table, row))
        return True


def _family(table: Table, row: Row) -> set[str]:
    """The codes of a row and of those that it stands under."""
    parents = {each.code: each.parent for each in table.rows}
    found, code = set[str](), row.code
    while code and code not in found:
        found.add(code)
        code = parents.get(code, "")
    return found


def _is_of(text: str, row: Row) -> bool:
    """Whether a text is the row's label, in any wording, or its unit of measure."""
    known = {word for label in row.wordings for word in _words(label)}
    return fold(text) == fold(row.unit_of_measure) or bool(known.intersection(_words(text)))


def _words(text: str) -> tuple[str, str]:
    return fold(text), core(text)
