"""Where the tables with keyed columns stand on a sheet: the columns under their header bands, the labels that are truly their rows.

Every indicator row belongs to the nearest band above it that holds at least half of its table's heads.
In: a sheet, a form, the items found on the sheet. Out: `Placed` tables: columns, items, findings.
Never: a column chosen where several could hold the values.
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.locate.columns.across import read_across
from consolidator.locate.columns.beside import SideBySide
from consolidator.locate.columns.column_numbers import may_number_a_column
from consolidator.locate.columns.head_findings import (
    called,
    not_one,
    of_no_group,
    one_too_many,
    otherwise,
    renamed,
    shared,
    under_one_another,
)
from consolidator.locate.columns.headers import REMARK, SERIAL, Panel, means
from consolidator.locate.columns.heads import Head, late_under, span_of
from consolidator.locate.columns.one_line import read_one_line
from consolidator.locate.columns.parting import parts_of, unparted
from consolidator.locate.columns.search import Columns, unit_column
from consolidator.locate.columns.serials import with_serials
from consolidator.model import Cell, CellKind, a1, column_letters
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Form, Table
    from consolidator.locate.columns.bands import Band
    from consolidator.locate.rows.match import Item
    from consolidator.model import Period, Sheet

_ENDLESS = 1 << 30


class Placed(Struct, frozen=True):
    """A table as it stands on a sheet: the columns of its values and the labels that are truly its rows."""

    table: Table
    columns: Columns
    items: tuple[Item, ...]


def place_tables(sheet: Sheet, form: Form, items: Sequence[Item], period: Period | None) -> tuple[Placed, ...]:
    """The tables of a form that stand on a sheet whose heading states `period`, in the form's order."""
    parts = [part for table in form.grids for part in parts_of(sheet, table, items, period)]
    beside = SideBySide(parts)
    placed = []
    for part in parts:
        table = part.table
        found = read_across(sheet, table, beside.bands[table.id], part.items) or read_one_line(sheet, table, part.items)
        if found is not None:
            placed.append(Placed(table, *found))
        elif beside.labels[table.id]:
            placed.append(_Reader(sheet, table, beside, period).read())
    return tuple(replace(each, table=unparted(each.table)) for each in placed)


class _Reader:
    """Reads where one table stands, in its own columns."""

    def __init__(self, sheet: Sheet, table: Table, parts: SideBySide, period: Period | None) -> None:
        self._sheet = sheet
        self._period = period
        self._table = table
        self._bands = parts.bands[table.id]
        self._items = parts.labels[table.id]
        self._others = parts.others(table.id)
        self._columns = parts.stretches[table.id]
        self._furthest = min(_furthest(sheet), self._columns.after - 1)
        self._findings: list[Finding] = []
        self._heads: dict[str, Cell] = {}
        self._called = called(table)
        self._openings = [
            cell.row for cell in sheet.texts if cell.column in self._columns and means(cell.text, table.label_headers)
        ]

    def read(self) -> Placed:
        panels: list[Panel] = []
        ordered = sorted(self._items, key=lambda item: item.row)
        used: list[Band] = []
        for band, group in groupby(ordered, key=self._band_of):
            mine = list(group)
            if band is not None:
                used.append(band)
                panels += self._panels(band, mine)
        if not panels:
            self._findings.append(self._headless())
            first = min(item.column for item in self._items)
            panels = [Panel(left=self._columns.left, label=first, right=self._furthest)]
        rows = frozenset(row for band in used for row in range(band.top, band.bottom + 1))
        return Placed(self._table, Columns(tuple(panels), rows, tuple(self._findings), self._heads), tuple(self._items))

    def _band_of(self, item: Item) -> Band | None:
        """The nearest band above an item, unless another header line stands between them."""
        above = [band for band in self._bands if band.bottom < item.row]
        if not above:
            return None
        band = above[-1]
        return None if any(band.bottom < row <= item.row for row in self._openings) else band

    def _panels(self, band: Band, items: Sequence[Item]) -> list[Panel]:
        """The panels under a band: one for each label column that it names."""
        openings = sorted(
            {
                cell.column
                for cell in self._sheet.texts
                if band.top <= cell.row <= band.bottom
                and cell.column in self._columns
                and means(cell.text, self._table.label_headers)
            }
        )
        first = min(item.column for item in items)
        lefts = [self._columns.left]
        for before, left in pairwise(openings):
            between = any(before < head.left < left for head in band.heads)
            lefts += [left] if between else []  # else a further column of labels of the same panel
        lefts = with_serials(self._sheet, range(band.top, band.bottom + 1), openings, lefts)
        panels = []
        for left, after in zip(lefts, [*lefts[1:], self._furthest + 1], strict=True):
            mine = [item for item in items if left <= item.column < after]
            heads = [head for head in band.heads if left <= head.left < after and head.left > min(first, left)]
            if not mine or not heads:
                continue
            label = min(item.column for item in mine)
            panel = Panel(left=left, label=label, header_row=band.bottom, right=after - 1)
            panel.first_row, panel.last_row = band.bottom + 1, self._last_row(mine)
            self._fill(panel, heads, mine, band)
            panels.append(panel)
        return panels

    def _last_row(self, items: Sequence[Item]) -> int:
        """The last row that may belong to the table: the one before anything of another table, or of a header."""
        last = max(item.row for item in items)
        return min((row for row in {*self._others, *self._openings} if row > last), default=_ENDLESS) - 1

    def _fill(self, panel: Panel, heads: Sequence[Head], items: Sequence[Item], band: Band) -> None:
        rows = sorted({item.row for item in items})
        named = {column: [head for head in heads if head.key == column.key] for column in self._table.columns}
        whole = all(named.values())  # else of two heads alike one may be meant for another column
        for column, mine in named.items():
            found = sorted({spot for head in mine for spot in self._under(head, rows)})
            spots = self._once(found, rows) if whole else found
            if len(spots) == 1:
                panel.values[column.key] = spots[0]
                self._heads[column.key] = panel.heads[column.key] = mine[0].cell
            elif spots:
                panel.rivals[column.key] = tuple(spots)
            if len(spots) == 1 and mine[0].alias:
                self._findings.append(renamed(self._sheet.name, self._called[column.key], mine[0].cell))
        panel.unit = self._unit_head(panel, band) or unit_column(self._sheet, rows, panel, self._table)
        late = {head.key: head for head in band.late if panel.left <= head.left <= panel.right}
        strange = self._strange(panel, band, rows)
        self._complain(panel, strange, late)
        for spot, keys in shared(panel.values).items():
            self._findings.append(under_one_another(self._sheet.name, [self._heads.pop(key) for key in keys]))
            panel.values = {key: column for key, column in panel.values.items() if column != spot}

    def _unit_head(self, panel: Panel, band: Band) -> int | None:
        """The column right of the labels whose head in the band is the form's word for units of measure."""
        cells = (
            cell
            for row in range(band.top, band.bottom + 1)
            for cell in self._sheet.lines.get(row, ())
            if panel.label < cell.column <= panel.right and cell.column not in panel.values.values()
        )
        return next((cell.column for cell in cells if means(cell.text, self._table.unit_headers)), None)

    def _under(self, head: Head, rows: Sequence[int]) -> list[int]:
        """The columns under a head that hold anything, of several none of another period; its first one where none does."""
        columns = range(head.left, head.right + 1)
        filled = [column for column in columns if any(_filled(self._sheet, row, column) for row in rows)]
        lines = range(head.bottom + 1, min(rows))
        timely = [each for each in filled if not late_under(self._sheet, self._table, head, each, lines, self._period)]
        return (timely if len(filled) > 1 and timely else filled) or [head.left]

    def _once(self, spots: Sequence[int], rows: Sequence[int]) -> Sequence[int]:
        """The first of several columns side by side that say the same on every row: cells that were merged and are now filled alike."""
        beside = all(other == spot + 1 for spot, other in pairwise(spots))
        alike = len(spots) > 1 and beside and all(self._same(row, spots) for row in rows)
        return spots[:1] if alike else spots

    def _same(self, row: int, spots: Sequence[int]) -> bool:
        cells = [self._sheet.at(row, spot) for spot in spots]
        said = {(cell.kind, fold(cell.text)) if cell is not None else None for cell in cells}
        return len(said) == 1

    def _strange(self, panel: Panel, band: Band, rows: Sequence[int]) -> dict[int, str]:
        """Columns with figures under no head of the form: the column and what stands over it.

        Left of the first known one they may be further labels, and count where a head stands over figures and one lacks.
        """
        known = {*panel.values.values(), *(spot for spots in panel.rivals.values() for spot in spots)}
        start = min(known, default=panel.label + 1)
        lacks = len({*panel.values, *panel.rivals}) < len(self._table.columns)
        early = [
            each
            for each in range(panel.label + 1, start)
            if lacks and self._over(band, each) and self._counts(rows, each)
        ]
        found = {}
        for column in (*early, *range(start, panel.right + 1)):
            covered = any(head.left <= column <= head.right for head in (*band.heads, *band.late))
            filled = any(_filled(self._sheet, row, column) for row in rows)
            over = self._over(band, column)
            if column not in {*known, panel.unit} and not covered and filled and not means(over, SERIAL | REMARK):
                found[column] = over
        return found

    def _counts(self, rows: Sequence[int], column: int) -> bool:
        """Whether most of what stands in a column is figures."""
        cells = [cell for row in rows if (cell := self._sheet.at(row, column)) is not None and fold(cell.text)]
        return sum(cell.kind is CellKind.NUMBER for cell in cells) * 2 > len(cells)

    def _over(self, band: Band, column: int) -> str:
        """The lowest text over a column within the band that is not a mere column number."""
        for row in range(band.bottom, band.top - 1, -1):
            cell = self._sheet.at(row, column)
            if cell is not None and fold(cell.text) and not may_number_a_column(fold(cell.text)):
                return cell.text.strip()
        return ""

    def _complain(self, panel: Panel, strange: Mapping[int, str], late: Mapping[str, Head]) -> None:
        known, name = {*panel.values, *panel.rivals}, self._sheet.name
        labels = {key: label for key, label in self._called.items() if key not in known}
        unclear = of_no_group(name, self._table, panel.rivals, labels)
        lacking = [label for key, label in labels.items() if key not in late and key not in unclear.keys]
        strange = {spot: text for spot, text in strange.items() if fold(text) not in unclear.groups}
        self._findings += unclear.told
        for key in filter(late.__contains__, labels):
            self._findings.append(otherwise(name, labels[key], late[key].cell))
        for key, spots in panel.rivals.items():
            self._findings += () if key in unclear.keys else (not_one(name, self._called[key], spots),)
        if lacking and strange:
            letters, found = "、".join(map(column_letters, strange)), "、".join(filter(None, strange.values()))
            cells = (a1(panel.header_row, column) for column in strange)
            self._say("unknown_head", *cells, header="、".join(lacking), columns=letters, found=found)
        elif lacking:
            self._say("none", header="、".join(lacking))
        last = max(panel.values.values(), default=0)
        for spot, text in strange.items() if not lacking else ():
            head = self._sheet.at(panel.header_row, spot)
            at, observed = a1(panel.header_row, spot), head.text if head is not None else ""
            self._findings.append(one_too_many(name, spot, at, observed, text, inside=spot < last))

    def _say(self, case: str, *cells: str, **details: str) -> None:
        details["table"] = self._table.title
        self._findings.append(Finding("L04", Severity.HARD, case, sheet=self._sheet.name, cells=cells, details=details))

    def _headless(self) -> Finding:
        details = {"table": self._table.title, "header": "、".join(self._called.values())}
        return Finding("L04", Severity.HARD, "headless", sheet=self._sheet.name, details=details)


def _furthest(sheet: Sheet) -> int:
    return max((cell.column for cell in sheet.cells.values()), default=1)


def _filled(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.at(row, column)
    return cell is not None and bool(fold(cell.text)) and span_of(sheet, cell).left == column
