"""Find the columns: where the labels, the units of measure and the values stand.

A form may be printed in one panel or in several side by side; each panel has its own header cells.
In: a sheet, its items, a table. Out: `Panel`s and findings. Never: one of several possible value columns chosen.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from consolidator.locate.cells import numerals
from consolidator.locate.columns.head_findings import not_one, one_too_many, renamed
from consolidator.locate.columns.headers import (
    REVIEW,
    SERIAL,
    HeaderReader,
    Panel,
    header_rows,
    means,
    own_words,
)
from consolidator.locate.columns.inference import Inference, bare_panels
from consolidator.locate.words.labels import closing_remark
from consolidator.locate.words.scales import lists_units
from consolidator.locate.words.timely import of_another_period, says_another_kind, says_nothing_new, says_only_its_year
from consolidator.model import Cell, CellKind
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.form.definition import Table
    from consolidator.locate.rows.match import Item
    from consolidator.model import Area, Period, Sheet


class Columns(Struct, frozen=True):
    """The panels from left to right, the rows that hold (repeated) headers, and what is to be said.

    `heads` are the head cells by column key, where columns have keys.
    """

    panels: tuple[Panel, ...]
    header_rows: frozenset[int]
    findings: tuple[Finding, ...]
    heads: Mapping[str, Cell] = field(default_factory=dict)


def find_columns(sheet: Sheet, items: Sequence[Item], table: Table, period: Period | None = None) -> Columns:
    """The panels of a table on a sheet whose heading states `period`."""
    headers = header_rows(sheet, table)
    panels = HeaderReader(sheet, items, table, period).panels(headers) or bare_panels(sheet, items, table)
    findings: list[Finding] = []
    used = tuple(panel for panel in panels if any(panel.covers(item) for item in items))
    for panel in used:
        findings.extend(_complete(panel, sheet, [item for item in items if panel.covers(item)], table, period))
    return Columns(used, frozenset(headers) | {panel.header_row for panel in used if panel.header_row}, tuple(findings))


def _complete(panel: Panel, sheet: Sheet, items: Sequence[Item], table: Table, period: Period | None) -> list[Finding]:
    """Fill in what the header did not say, from what stands in the columns."""
    if panel.unit is None:
        panel.unit = unit_column(sheet, [item.row for item in items], panel, table)
    findings = [
        not_one(sheet.name, column.label, panel.rivals[column.key])
        for column in table.columns
        if column.key in panel.rivals
    ]
    if panel.values:
        findings += _remarked(panel, sheet, table, period)
    elif not panel.rivals and len(table.columns) == 1:
        findings = Inference(panel, sheet, items, table, period).value_column()
    return [*findings, *_extra_columns(panel, sheet, items, _Late(table, period))]


def _remarked(panel: Panel, sheet: Sheet, table: Table, period: Period | None) -> Iterator[Finding]:
    """Notes on heads that say in brackets more than their column's own words, a unit of measure or this period."""
    units = frozenset(row.unit_of_measure for row in table.rows)
    for column in table.columns:
        head = sheet.seen_at(panel.header_row, panel.values.get(column.key, 0))
        if head is None or fold(head.text) in own_words(table, column.key):
            continue
        remark = closing_remark(head.text)
        if remark and not lists_units(remark, units) and not says_nothing_new(remark, period):
            yield renamed(sheet.name, column.label, head)


def unit_column(sheet: Sheet, rows: Sequence[int], panel: Panel, table: Table) -> int | None:
    """The first column right of the labels that holds units of measure on most rows, none of those with values."""
    units = numerals.COUNTERS.union(fold(row.unit_of_measure) for row in table.rows if row.unit_of_measure)
    for column in range(panel.label + 1, panel.right + 1):
        texts = [fold(cell.text) for row in rows if (cell := sheet.at(row, column)) is not None]
        stating = [text for text in texts if is_dash(text) or text in units or lists_units(text, units)]
        if column in panel.values.values() or all(map(is_dash, stating)):
            continue
        if len(stating) * 2 > len(rows):
            return column
    return None


class _Late(NamedTuple):
    """Tells heads of another period than the form's, or of another kind of figures."""

    table: Table
    period: Period | None

    def says(self, head: Cell | None) -> bool:
        """Whether a head says so."""
        if head is None:
            return False
        texts, own = (head.text,), own_words(self.table, self.table.columns[0].key)
        late = of_another_period(texts, self.period, own) or says_another_kind(texts, own)
        return late or says_only_its_year(texts, self.period)


def _extra_columns(panel: Panel, sheet: Sheet, items: Sequence[Item], late: _Late) -> list[Finding]:
    """Columns that the form does not have and that hold something on the rows of indicators.

    Among the labels, which may take several columns, only one with a head of its own and no label is such a column. One
    before the figures that by its head is of another period is told with all such columns of a table (L05 `early`).
    """
    if not panel.values:
        return []
    rows, labelled = [item.row for item in items], {item.column for item in items}
    heads: Mapping[int, Cell] = {cell.column: cell for cell in panel.others}
    last = max(panel.values.values())
    filled = _by_column(sheet, rows)
    merges = _by_row(sheet, rows)
    found = []
    for column in sorted(filled):
        if not panel.label < column <= panel.right or column == panel.unit or column in panel.values.values():
            continue
        head = heads.get(column)
        if head is not None and means(head.text, SERIAL | REVIEW):
            continue
        if column < min(panel.values.values()) and late.says(head):
            continue
        if column < panel.bound and (head is None or column in labelled):
            continue
        cells = [cell for cell in filled[column] if not _merged_away(merges[cell.row], cell)]
        if not cells or (head is None and column > last and not any(map(_numeric, cells))):
            continue
        place, text = head or cells[0], head.text.strip() if head else ""
        found.append(one_too_many(sheet.name, column, place.a1, place.text, text, inside=column < last))
    return found


def _numeric(cell: Cell) -> bool:
    if cell.kind is CellKind.TEXT:
        return bool(numerals.PLAIN.fullmatch(numerals.typed(cell.text)))
    return cell.kind in (CellKind.NUMBER, CellKind.DATE, CellKind.UNCALCULATED, CellKind.ERROR)


def _by_column(sheet: Sheet, rows: Sequence[int]) -> dict[int, list[Cell]]:
    """What stands on these rows, in one pass over the sheet: it may be as large as a hostile hand can make it."""
    wanted = frozenset(rows)
    found: dict[int, list[Cell]] = defaultdict(list)
    for (row, column), cell in sheet.cells.items():
        if row in wanted and fold(cell.text):
            found[column].append(cell)
    return found


def _by_row(sheet: Sheet, rows: Sequence[int]) -> dict[int, list[Area]]:
    """The merged areas that lie over each of these rows."""
    ordered = sorted(set(rows))
    found: dict[int, list[Area]] = defaultdict(list)
    for area in sheet.merges:
        for row in ordered[bisect_left(ordered, area.top) : bisect_right(ordered, area.bottom)]:
            found[row].append(area)
    return found


def _merged_away(merges: Sequence[Area], cell: Cell) -> bool:
    return any(
        area.holds(cell.row, cell.column) and (area.top, area.left) != (cell.row, cell.column) for area in merges
    )
