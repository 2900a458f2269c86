"""What stands around a figure: its label and the headings over it, the heads over its column.

In: a sheet, the alignment of a table's rows, its columns. Out: cells, each with the form's own wordings for what it says.
Never: a judgement of what they say.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from consolidator.form.choices import ValueType
from consolidator.locate.words.labels import core
from consolidator.locate.words.over_columns import is_period_alone
from consolidator.locate.words.timely import names_another_kind
from consolidator.model import CellKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.form.definition import Indicator, Row
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.columns.search import Columns
    from consolidator.locate.rows.align import Alignment
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet


class Saying(NamedTuple):
    """A cell, the words in it that count, and what the form itself prints there."""

    cell: Cell
    text: str
    own: tuple[str, ...]


class Sayings:
    """The texts around the figures of one table."""

    def __init__(self, sheet: Sheet, rows: Mapping[str, Row], alignment: Alignment, columns: Columns) -> None:
        self.sheet = sheet
        self.rows = rows
        self.heads = columns.heads
        self._panels = columns.panels
        self._items = alignment.items
        self.header_rows = columns.header_rows
        items = [item for found in alignment.items.values() for item in found]
        lines = [item.row for item in (*items, *alignment.undecided)]
        self.first, self.last = min(lines, default=1), max(lines, default=1)
        self._labelled: dict[tuple[str, int, int], tuple[Saying, ...]] = {}
        self._strays: dict[tuple[int, int], Sequence[Sequence[Cell]]] = {}
        self._over: dict[tuple[int, int], tuple[Cell, ...]] = {}
        self._heads: dict[tuple[int, int, str], tuple[Saying, ...]] = {}

    def of(self, indicator: Indicator, item: Item, panel: Panel) -> Iterator[Saying]:
        """All of them for one figure: its label, the headings over that, then the heads from the highest one down."""
        yield from self.labels(indicator, item)
        yield from self.over(indicator, panel)

    def labels(self, indicator: Indicator, item: Item) -> tuple[Saying, ...]:
        """The label of a figure and the headings over it."""
        place = (indicator.row.code, item.row, item.column)
        if place not in self._labelled:
            self._labelled[place] = tuple(self._read_labels(indicator, item))
        return self._labelled[place]

    def over(self, indicator: Indicator, panel: Panel) -> tuple[Saying, ...]:
        """What stands over the column of a figure."""
        column = indicator.column
        place = (panel.header_row, panel.values.get(column.key, 0), column.key)
        if place not in self._heads:
            own = (*column.wordings, *column.group_words)
            self._heads[place] = tuple(Saying(cell, cell.text, own) for cell in self.heads_over(panel, place[1]))
        return self._heads[place]

    def heads_over(self, panel: Panel, column: int) -> tuple[Cell, ...]:
        """What stands over a column in its header lines, and between them and the first indicator."""
        place = (panel.header_row, column)
        if place not in self._over:
            first = min((each.row for found in self._items.values() for each in found if panel.covers(each)), default=1)
            rows = self.header_rows.union(range(panel.header_row, first) if panel.header_row else ())
            rows -= self._over_another(panel, column)
            cells = [self.sheet.seen_at(row, column) for row in sorted(rows) if row < first]
            group = self._group_over(panel, column)
            found = [cell for cell in (group, *cells) if cell is not None and cell.kind is CellKind.TEXT]
            self._over[place] = tuple({cell.a1: cell for cell in found}.values())
        return self._over[place]

    def _over_another(self, panel: Panel, column: int) -> frozenset[int]:
        """The header lines of earlier pages on which another of the form's columns stands in this place."""
        own = {key for key, spot in panel.values.items() if spot == column}
        rows = set()
        for other in self._panels if own else ():
            theirs = {key for key, spot in other.values.items() if spot == column}
            row = other.header_row if theirs and own.isdisjoint(theirs) else panel.header_row
            while row < panel.header_row and row in self.header_rows:
                rows.add(row)
                row -= 1
        return frozenset(rows)

    def stray_heads(self, item: Item, panel: Panel, column: int) -> Iterator[Cell]:
        """The texts on lines without a label between a figure and the first label, the nearest first; one alone speaks of all columns."""
        for line in reversed(self._lines_without_labels(panel)):
            cells = [cell for cell in line if cell.row < item.row]
            yield from (cell for cell in cells if len(cells) == 1 or cell.column == column)

    def _lines_without_labels(self, panel: Panel) -> Sequence[Sequence[Cell]]:
        """The texts over a panel's columns of values on lines among its labels that hold no label, and nothing but texts."""
        place = (panel.header_row, panel.left)
        if place not in self._strays:
            labelled = {row for found in self._items.values() for each in found for row in (each.row, each.other_row)}
            rows = [item.row for found in self._items.values() for item in found if panel.covers(item)]
            between = set(range(min(rows, default=0), max(rows, default=0))) - labelled - self.header_rows
            lines = [self._words_over_values(row, panel) for row in sorted(between) if row in self.sheet.lines]
            self._strays[place] = [line for line in lines if line]
        return self._strays[place]

    def _words_over_values(self, row: int, panel: Panel) -> Sequence[Cell]:
        cells = [cell for cell in self.sheet.lines[row] if panel.left <= cell.column <= panel.right]
        filled = [cell for cell in cells if cell.kind is not CellKind.BLANK]
        words = all(cell.kind is CellKind.TEXT and cell.column >= panel.bound for cell in filled)
        return filled if words else ()

    def begins_label(self, text: str) -> bool:
        """Whether a text over a table that stands across is the first part of a row's name, printed over several."""
        return any(label.startswith(core(text)) for label in self._labels)

    @cached_property
    def _labels(self) -> frozenset[str]:
        return frozenset(core(word) for row in self.rows.values() for word in row.wordings)

    def _read_labels(self, indicator: Indicator, item: Item) -> Iterator[Saying]:
        row: Row | None = self.rows[indicator.row.code]
        items: tuple[Item, ...] = (item,)
        while row is not None:
            for each in items:
                cell = self.sheet.seen_at(each.row, each.column)
                if cell is not None:
                    yield Saying(cell, each.text, row.wordings)
            row = self.rows.get(row.parent)
            headed = row is not None and row.type is ValueType.HEADING
            items = self._items.get(row.code, ()) if row is not None and headed else ()

    def _group_over(self, panel: Panel, column: int) -> Cell | None:
        """The cell over the header lines that is merged over several columns of values, or says a year or a kind alone."""
        top = panel.header_row
        while top - 1 in self.header_rows:
            top -= 1
        cell, area = self.sheet.at(top - 1, column), self.sheet.area_at(top - 1, column)
        if panel.first_row == panel.last_row or not panel.header_row:
            return None
        if cell is not None and (area is None or area.left == area.right):
            return cell if is_period_alone(cell.text) or names_another_kind(cell.text, ()) else None
        return self.sheet.at(area.top, area.left) if area is not None and panel.label < area.left else None
