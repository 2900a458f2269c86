"""Read the header lines of a table: which column holds the labels, the units of measure, the values.

A form may be printed in one panel or in several side by side, and anew on each page; every header line is read.
In: a sheet, a table, the period of the form. Out: `Panel`s. Never: one of several possible value columns chosen.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.locate.cells import numerals
from consolidator.locate.words.appended import is_rate
from consolidator.locate.words.labels import closing_remark, core
from consolidator.locate.words.timely import (
    names_another_kind,
    of_another_period,
    says_another_kind,
    says_only_its_year,
)
from consolidator.model import Cell, CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from consolidator.form.definition import Table
    from consolidator.locate.rows.match import Item
    from consolidator.model import Area, Period, Sheet

SERIAL = frozenset({"序号", "行次", "编号", "代码", "指标代码", "行号", "序", "no", "指标编码"})
REVIEW = frozenset({"审核意见", "审核提示"})  # columns for what others say of the form
REMARK = frozenset({"备注", "说明", "备注说明", "填报说明", "备注(说明)", "情况说明", "核实说明", *REVIEW})
_PERIOD_WORD = regex(r"^(?:\d{4}年?度?|本年度?|本期|本季度?|本月|当月|本单位)")
_THIS_PERIOD = regex(r"本年|本期|本季|本月|本次|今年|当年|当月|当期")
_ENDLESS = 1 << 30


class Panel(Struct):
    """One block of columns. `left` is the first column that labels may stand in, `bound` the first that they may not.

    `values` maps a column key of the table to a sheet column, `rivals` to several that could all be it; `unit` is None
    where units of measure are not printed. `heads` are the head cells of keyed columns, `others` such with no part in the
    form. The panel covers the rows from `first_row` to `last_row`.
    """

    left: int
    label: int
    header_row: int = 0
    unit: int | None = None
    values: dict[str, int] = field(default_factory=dict)
    rivals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    heads: dict[str, Cell] = field(default_factory=dict)
    others: list[Cell] = field(default_factory=list)
    right: int = 0
    first_row: int = 1
    last_row: int = _ENDLESS

    @property
    def bound(self) -> int:
        """The first column right of the labels."""
        known = [column for column in (self.unit, *self.values.values()) if column is not None]
        return min([column for column in known if column > self.label] or known, default=self.right + 1)

    def covers(self, item: Item) -> bool:
        """Whether the item stands somewhere in the panel."""
        return self.left <= item.column <= self.right and self.first_row <= item.row <= self.last_row

    def labels_of(self, items: Iterable[Item]) -> list[Item]:
        """The items that stand among the panel's labels."""
        bound = self.bound
        return [item for item in items if self.covers(item) and item.column < bound]


def means(text: str, words: Collection[str]) -> bool:
    """Whether a head cell says one of the words, closing remarks and words for this period apart."""
    return not _folded(words if isinstance(words, frozenset) else frozenset(words)).isdisjoint(readings(text))


@lru_cache(maxsize=1024)
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(fold, words))


@lru_cache(maxsize=65536)
def readings(text: str) -> tuple[str, str, str]:
    """What a head cell may say: as it is, without closing remarks, without a word for this period."""
    return fold(text), core(text), _PERIOD_WORD.sub("", core(text))


def head_named(text: str) -> str:
    """What a sentence calls a column: its head in quotation marks, or that it has none."""
    return f"“{text.strip()}”" if text.strip() else Word("head.none")


def header_rows(sheet: Sheet, table: Table) -> dict[int, list[Cell]]:
    """Rows with a word for the labels and one for the units of measure or the values."""
    headings = frozenset(word for column in table.columns for word in column.wordings).union(table.unit_headers)
    names = _folded(frozenset(table.label_headers))
    found = {}
    for row, line in sheet.lines.items():
        cells = [cell for cell in line if cell.kind is CellKind.TEXT]
        labels = [cell.column for cell in cells if not names.isdisjoint(readings(cell.text))]
        if labels and any(cell.column > min(labels) and means(cell.text, headings) for cell in cells):
            found[row] = cells
    return found


class HeaderReader:
    """Reads the header lines of one table on one sheet. `period` is the one that the form's heading states."""

    def __init__(self, sheet: Sheet, items: Sequence[Item], table: Table, period: Period | None) -> None:
        self._sheet = sheet
        self._table = table
        self._period = period
        self._item_rows = sorted({item.row for item in items})
        self._furthest = max((cell.column for cell in sheet.cells.values()), default=1)

    def panels(self, headers: Mapping[int, Sequence[Cell]]) -> list[Panel]:
        """The panels under every header line; a line that repeats the columns before it opens no new ones."""
        segments: list[list[Panel]] = []
        for row, cells in sorted(headers.items()):
            panels = self._side_by_side(cells)
            if not segments:
                segments.append(panels)
            elif _opens(panels, segments[-1]) or self._turns(panels, segments[-1]):
                for panel in segments[-1]:
                    panel.last_row = row - 1
                for panel in panels:
                    panel.first_row = row
                segments.append(panels)
        return [panel for panels in segments for panel in panels]

    def _turns(self, panels: Sequence[Panel], before: Sequence[Panel]) -> bool:
        """Whether a further header line says over the column of values that what stands under it is of another period or kind."""
        columns = {column for panel in before for column in panel.values.values()}
        heads = [(panel, head) for panel in panels for head in panel.others if head.column in columns]
        key = self._table.columns[0].key
        return any(not self._may_be_of_this_period(panel, head.column, key) for panel, head in heads)

    def said(self, panel: Panel, column: int) -> list[str]:
        """The texts over a column: its head, the merged head above it or one of another kind, the lines up to the first indicator."""
        return [cell.text for cell in self._over(panel, column)]

    def _over(self, panel: Panel, column: int) -> list[Cell]:
        if not panel.header_row:
            return []
        first = next((row for row in self._item_rows if row > panel.header_row), panel.header_row + 1)
        cells = [self._sheet.at(row, column) for row in range(panel.header_row, first)]
        cells += [
            self._sheet.at(area.top, area.left)
            for area in self._sheet.merges
            if area.left <= column <= area.right and panel.header_row <= area.bottom < first
        ]
        above = self._sheet.at(panel.header_row - 1, column)
        if above is not None and names_another_kind(above.text, ()):
            cells.append(above)
        found = {cell.a1: cell for cell in cells if cell is not None and cell.text.strip()}
        return sorted(found.values(), key=lambda cell: cell.row)

    def _side_by_side(self, header: Sequence[Cell]) -> list[Panel]:
        panels: list[Panel] = []
        heads: list[dict[str, list[Cell]]] = []
        numbers = {fold(cell.text) for cell in header[:1] if means(cell.text, SERIAL)}
        for cell in header:
            current = panels[-1] if panels else None
            opened = current is not None and (heads[-1] or current.unit)
            if means(cell.text, self._table.label_headers) and (current is None or opened):
                if current is not None and current.others and fold(current.others[-1].text) in numbers:
                    current.others.pop()  # over the serial numbers of the panel that begins here
                left = 1 if current is None else _last(current, heads[-1]) + 1
                if current is not None:
                    current.right = left - 1
                panels.append(Panel(left=left, label=cell.column, header_row=cell.row, right=self._furthest))
                heads.append({})
            elif current is not None:
                self._take(current, cell, heads[-1])
        for panel, found in zip(panels, heads, strict=True):
            for key, cells in found.items():
                self._settle(panel, key, cells)
        return panels

    def _take(self, panel: Panel, cell: Cell, heads: dict[str, list[Cell]]) -> None:
        if panel.unit is None and means(cell.text, self._table.unit_headers):
            panel.unit = cell.column
            return
        named = [column for column in self._table.columns if means(cell.text, column.wordings)]
        exact = [column for column in named if fold(cell.text) in map(fold, column.wordings)]
        for column in (exact or named)[:1]:
            heads.setdefault(column.key, []).append(cell)
            return
        panel.others.append(cell)

    def _settle(self, panel: Panel, key: str, heads: Sequence[Cell]) -> None:
        """The one column of this period under the head cells of a key; none where several could be it."""
        columns = [column for head in heads for column in self._under(panel, head)]
        timely = [column for column in columns if self._may_be_of_this_period(panel, column, key)]
        if len(timely) > 1:
            timely = [column for column in timely if self._says_this_period(panel, column)] or timely
        if len(timely) > 1:
            timely = [column for column in timely if self._filled(column)] or timely[:1]
        if len(timely) == 1:
            panel.values[key] = timely[0]
        elif timely:
            panel.rivals[key] = tuple(timely)
        panel.others += [
            over[-1]
            for column in columns
            if column not in timely and (over := self._over(panel, column)) and over[-1].column == column
        ]

    def _under(self, panel: Panel, head: Cell) -> list[int]:
        """The columns under a head cell: those of a merged one that are no remarks and hold anything below."""
        area = next((each for each in self._sheet.merges if _spreads(each, head)), None)
        if area is None:
            return [head.column]
        columns = [
            column
            for column in range(area.left, area.right + 1)
            if self._filled(column) and not any(means(text, SERIAL | REMARK) for text in self.said(panel, column))
        ]
        return columns or [head.column]

    def _may_be_of_this_period(self, panel: Panel, column: int, key: str) -> bool:
        """Whether nothing over the column, the form's own words for it apart, says that it holds something else."""
        own = own_words(self._table, key)
        over = self.said(panel, column)
        said = [text for text in over if fold(text) not in own]
        words = [word for column in self._table.columns for word in column.wordings]
        added = [closing_remark(text) if means(text, words) else text for text in said]
        if of_another_period(said, self._period, own) or says_another_kind(added, own):
            return False
        if any(is_rate(text, units_of(self._table, key)) for text in said):
            return False
        labels = [fold(each.label) for each in self._table.columns if each.key == key]
        return not says_only_its_year([text for text in over if fold(text) not in labels], self._period)

    def _says_this_period(self, panel: Panel, column: int) -> bool:
        said = " ".join(fold(text) for text in self.said(panel, column))
        return bool(_THIS_PERIOD.search(said)) or (self._period is not None and str(self._period.year) in said)

    def _filled(self, column: int) -> bool:
        """Whether anything but units of measure stands in the column on the rows of indicators."""
        cells = [cell for row in self._item_rows if (cell := self._sheet.at(row, column)) is not None]
        return any(fold(cell.text) and not numerals.is_unit_of_measure(cell.text) for cell in cells)


def own_words(table: Table, key: str) -> frozenset[str]:
    """The form's wordings for a column, and its units of measure, as they are compared."""
    words = [word for column in table.columns if column.key == key for word in column.wordings]
    return frozenset(map(fold, (*words, *(row.unit_of_measure for row in table.rows))))


def units_of(table: Table, key: str) -> frozenset[str]:
    """The units of measure of the figures of a column, as they are compared."""
    own = {column.unit_of_measure for column in table.columns if column.key == key and column.unit_of_measure}
    return frozenset(map(fold, own or {row.unit_of_measure for row in table.rows}))


def _opens(panels: Sequence[Panel], before: Sequence[Panel]) -> bool:
    """Whether a further header line puts the columns elsewhere than the one before it."""
    whole = len(panels) >= len(before) and all(panel.values for panel in panels)
    return whole and [(each.label, each.values) for each in panels] != [(each.label, each.values) for each in before]


def _last(panel: Panel, heads: Mapping[str, Collection[Cell]]) -> int:
    cells = [*panel.others, *(cell for found in heads.values() for cell in found)]
    return max([panel.label, panel.unit or 0, *(cell.column for cell in cells)])


def _spreads(area: Area, head: Cell) -> bool:
    return area.holds(head.row, head.column) and area.right > area.left
