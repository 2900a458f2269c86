"""Figures that slid out of their cells: one column to the side or one line down, a panel as a whole or some of its rows.

In: a sheet, a table, its columns, the labels chosen for its rows. Out: `Slide`s: a finding and whose values are not read.
Never: a figure moved back to where it may belong.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Finding, Severity
from consolidator.form.definition import ValueType
from consolidator.form.texts.wording import short
from consolidator.locate.columns.column_numbers import may_number_a_column
from consolidator.locate.columns.headers import REMARK, REVIEW, head_named, means
from consolidator.locate.tables.footing import is_figure, names_person
from consolidator.locate.tables.slid_columns import blank_top
from consolidator.model import CellKind, a1, column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Table
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.columns.search import Columns
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet

_FREE_TEXT = REMARK - REVIEW
_SEVERAL = 2  # one row alone slides nowhere


class Slide(Struct, frozen=True):
    """What is to be said of figures that slid, and the rows (by code) whose values may be others' now.

    `beyond` is the head's cell over a column right of the table that holds them, `blank` an indicator that is asked about.
    """

    finding: Finding
    rows: frozenset[str]
    beyond: str = ""
    blank: str = ""

    def holds(self, indicator: str) -> bool:
        """Whether the value of an indicator (by its code) may be another one's."""
        return indicator.partition(".")[0] in self.rows

    def tells(self, said: Finding) -> bool:
        """Whether this says what was `said` otherwise: a blank where the figure was, a column too many where it is now."""
        if said.code == "L05" and said.case == "right":
            return said.cells == (self.beyond,)
        if said.code == "S04" and said.case == "unlabelled":
            return set(said.cells) <= set(self.finding.cells)
        code = str(said.details.get("indicator", "")) if said.code == "N01" else ""
        return bool(code) and (self.holds(code) or (said.severity is Severity.SOFT and code == self.blank))


class Slides:
    """Looks for slides in one table. `chosen` are the labels by the codes of the rows that they stand for."""

    def __init__(
        self,
        sheet: Sheet,
        table: Table,
        columns: Columns,
        chosen: Mapping[str, Item],
        closes: Callable[[int, Panel], bool],
    ) -> None:
        self._sheet = sheet
        self._columns = columns
        self._items = chosen
        self._numeric = {row.code for row in table.rows if row.type.is_number}
        self._filled_in = {row.code for row in table.rows if row.type is not ValueType.HEADING}
        self._title = table.title
        self._closes = closes
        owners = {id(item): panel for panel in columns.panels for item in panel.labels_of(chosen.values())}
        self._panels = {code: owners[id(item)] for code, item in chosen.items() if id(item) in owners}

    def found(self) -> Iterator[Slide]:
        """Every slide, panel by panel."""
        for panel in self._columns.panels:
            mine = {code: item for code, item in self._items.items() if self._panels.get(code) is panel}
            if panel.values and mine:
                slide = self._right(panel, mine) or self._left(panel, mine) or self._down(panel, mine)
                slides = (slide,) if slide is not None else tuple(self._down_in_part(panel, mine))
                yield from slides or self._column_down(panel, mine)

    def _column_down(self, panel: Panel, mine: Mapping[str, Item]) -> Sequence[Slide]:
        """One column whose first cell is the only blank one of all."""
        top = blank_top(self._sheet, panel, {code: item for code, item in mine.items() if code in self._numeric})
        return () if top is None else (Slide(top.finding, frozenset(), blank=top.indicator),)

    def _right(self, panel: Panel, mine: Mapping[str, Item]) -> Slide | None:
        """Rows whose first cell is empty and whose figure stands right of the last one, under no head or under that of remarks."""
        spots = sorted(panel.values.values())
        beyond = spots[-1] + 1
        over = self._over(panel, beyond)
        if not panel.header_row or over is None or self._is_anothers(panel, beyond):
            return None
        rows = {code: item.row for code, item in mine.items() if code in self._numeric}
        slid = {code: row for code, row in rows.items() if not self._said(row, spots[0]) and self._figure(row, beyond)}
        if not slid or (self._has_a_neighbour(beyond) and self._counts(slid, beyond)):
            return None
        if any(self._said(row, spots[0]) and self._figure(row, beyond) for row in rows.values()):
            return None  # a column of remarks that are numbers, or of somebody's own sums
        filled = [code for code, row in rows.items() if code in slid or any(self._said(row, spot) for spot in spots)]
        whole = len(slid) >= _SEVERAL and len(slid) == len(filled)
        asked = over and not whole and 1 in {len(spots), len(slid)}
        severity, case = Severity.SOFT if asked else Severity.HARD, "slid" if whole else "slid_rows"
        finding = self._aside(mine, slid, severity, case, first=spots[0], beyond=beyond, over=over)
        return Slide(finding, frozenset(slid), a1(panel.header_row, beyond))

    def _aside(
        self, mine: Mapping[str, Item], slid: Mapping[str, int], severity: Severity, case: str,
        *, first: int, beyond: int, over: str,
    ) -> Finding:  # fmt: skip
        """That the figures of some rows stand in the column `beyond`, headed `over`, and none in the column `first`."""
        cells = [cell for row in sorted(slid.values()) if (cell := self._figure(row, beyond))]
        details = {
            "table": self._title,
            "first": column_letters(first),
            "beyond": column_letters(beyond),
            "over": head_named(over),
            "labels": "、".join(short(mine[code].text) for code in slid),
            "found": "、".join(cell.text for cell in cells),
        }
        where, shown = tuple(cell.a1 for cell in cells), ";".join(cell.text for cell in cells)
        return Finding("L05", severity, case, sheet=self._sheet.name, cells=where, observed=shown, details=details)

    def _is_anothers(self, panel: Panel, column: int) -> bool:
        """Whether a column has its part in the panel beside."""
        beside = (each for each in self._columns.panels if each is not panel and each.first_row <= panel.last_row)
        beside = (each for each in beside if each.last_row >= panel.first_row)
        return any(column in {each.label, each.unit, *each.values.values()} for each in beside)

    def _has_a_neighbour(self, column: int) -> bool:
        return any(panel.label > column for panel in self._columns.panels)

    def _counts(self, rows: Mapping[str, int], column: int) -> bool:
        """Whether the numbers of a column count the lines, as serial numbers of the panel beside do."""
        numbers = [cell.number for row in sorted(rows.values()) if (cell := self._figure(row, column))]
        return all(one is not None and other == one + 1 for one, other in pairwise(numbers))

    def _left(self, panel: Panel, mine: Mapping[str, Item]) -> Slide | None:
        """Rows with a figure for their unit of measure and none in the last of several columns: each stands under another's head."""
        spots = sorted(panel.values.values())
        if panel.unit is None or len(spots) < _SEVERAL or panel.unit != spots[0] - 1:
            return None
        rows = {code: item.row for code, item in mine.items() if code in self._numeric}
        slid = {c: row for c, row in rows.items() if self._figure(row, panel.unit) and not self._said(row, spots[-1])}
        slid = {c: row for c, row in slid.items() if any(self._said(row, spot) for spot in spots)}
        if not slid:
            return None
        over = self._said(panel.header_row, panel.unit)
        finding = self._aside(mine, slid, Severity.HARD, "slid_rows", first=spots[-1], beyond=panel.unit, over=over)
        return Slide(finding, frozenset(slid))

    def _over(self, panel: Panel, column: int) -> str | None:
        """The head of a column, if there is none or that of remarks; None for any other, and for the last head's own column."""
        head = self._sheet.area_at(panel.header_row, column)
        if head is not None and head.left < column:
            return None
        rows = sorted(row for row in self._columns.header_rows if row <= panel.header_row)
        texts = [fold(text) for row in rows if (text := self._said(row, column))]
        words = [text for text in texts if not may_number_a_column(text)]
        if words and not means(words[-1], _FREE_TEXT):
            return None
        return words[-1] if words else ""

    def _down(self, panel: Panel, mine: Mapping[str, Item]) -> Slide | None:
        """A panel whose first row has no figure while the line under the last one has some, and is no row of it."""
        rows = {code: item for code, item in mine.items() if code in self._filled_in}
        if len(rows) < _SEVERAL:
            return None
        spots = list(panel.values.values())
        first, under = min(rows.values(), key=lambda item: item.row), max(item.row for item in rows.values()) + 1
        empty = not any(self._said(first.row, spot) for spot in spots)
        cells = [cell for spot in spots if (cell := self._figure(under, spot))]
        filled = sum(self._sheet.at(item.row, spot) is not None for item in rows.values() for spot in spots)
        if not empty or not cells or filled <= len(cells) or under in {item.row for item in mine.values()}:
            return None
        if self._add_up(cells, mine):
            return None
        return self._slid_down(first, cells, rows)

    def _slid_down(self, first: Item, cells: Sequence[Cell], rows: Iterable[str]) -> Slide:
        details = {"label": short(first.text), "first": str(first.row), "row": str(cells[0].row)}
        finding = Finding(
            "S04",
            Severity.HARD,
            "slid_down",
            sheet=self._sheet.name,
            cells=(a1(first.row, cells[0].column), *(cell.a1 for cell in cells)),
            observed=";".join(cell.text for cell in cells),
            details=details,
        )
        return Slide(finding, frozenset(rows))

    def _down_in_part(self, panel: Panel, mine: Mapping[str, Item]) -> Iterator[Slide]:
        """Rows below a blank one, down to a line that has a figure and asks for none: the one under the table, or a heading.

        On a heading a total may stand; where the next row of figures is blank as well, they slid on behind it.
        """
        spots = list(panel.values.values())
        above: list[str] = []
        last = 0
        for code, item in sorted(mine.items(), key=lambda entry: entry[1].row):
            if cells := self._in_gap(last, item.row, panel, mine):
                yield from self._behind_a_blank(above, cells)
                above = []
            last = item.row
            if code in self._numeric:
                above.append(code)
                continue
            cells = [cell for spot in spots if (cell := self._figure(item.row, spot))]
            if cells and self._next_is_blank(code):
                yield from self._behind_a_blank(above, cells)
            above = []
        under = max(item.row for item in mine.values()) + 1
        cells = [cell for spot in spots if (cell := self._figure(under, spot))]
        if cells and not self._is_row(under, panel) and not self._add_up(cells, mine):
            yield from self._behind_a_blank(above, cells)

    def _in_gap(self, last: int, following: int, panel: Panel, mine: Mapping[str, Item]) -> list[Cell]:
        """The figures on the first line without words between two rows that has any, unless they are sums."""
        for row in range(last + 1, following) if last else ():
            cells = [cell for spot in panel.values.values() if (cell := self._figure(row, spot))]
            if cells and row not in self._columns.header_rows and not self._words_on(row, panel):
                return (
                    [] if self._add_up(cells, {code: item for code, item in mine.items() if item.row < row}) else cells
                )
        return []

    def _words_on(self, row: int, panel: Panel) -> list[str]:
        cells = (self._sheet.seen_at(row, column) for column in range(panel.left, panel.bound))
        return [cell.text for cell in cells if cell is not None and cell.kind is CellKind.TEXT and fold(cell.text)]

    def _behind_a_blank(self, rows: Sequence[str], cells: Sequence[Cell]) -> Iterator[Slide]:
        blank = [place for place, code in enumerate(rows) if self._is_blank(code)]
        if blank and blank[-1] < len(rows) - 1:
            yield self._slid_down(self._items[rows[blank[0]]], cells, rows[blank[0] :])

    def _is_blank(self, code: str) -> bool:
        spots = self._panels[code].values.values()
        return not any(self._said(self._items[code].row, spot) for spot in spots)

    def _next_is_blank(self, code: str) -> bool:
        """Whether the next row of figures after a heading is blank, or there is none."""
        codes = list(self._items)
        following = (each for each in codes[codes.index(code) + 1 :] if each in self._numeric and each in self._panels)
        after = next(following, None)
        return after is None or self._is_blank(after)

    def _is_row(self, row: int, panel: Panel) -> bool:
        """Whether a line under a table has words of its own that close no form: then it is asked about as a row."""
        return not self._closes(row, panel) and not all(map(names_person, self._words_on(row, panel)))

    def _add_up(self, cells: Sequence[Cell], mine: Mapping[str, Item]) -> bool:
        """Whether the figures under a table are the sums of its columns."""
        rows = {item.row for code, item in mine.items() if code in self._numeric}
        for cell in cells:
            above = [each.number for row in rows if (each := self._sheet.at(row, cell.column)) is not None]
            if cell.number != sum(number for number in above if number is not None):
                return False
        return True

    def _said(self, row: int, column: int) -> str:
        cell = self._sheet.seen_at(row, column)
        return cell.text if cell is not None and fold(cell.text) else ""

    def _figure(self, row: int, column: int) -> Cell | None:
        """The cell, where it holds a number that is neither a year nor long enough to be a telephone's."""
        cell = self._sheet.at(row, column)
        return cell if cell is not None and is_figure(cell) else None
