"""Find the columns: where the labels, the units of measure and the values stand.

A form may be printed in one panel or in several side by side; each panel has its own header cells.
In: a sheet, its items, a table. Out: `Panel`s and findings. Never: one of several possible value columns chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.locate import numerals
from consolidator.locate.labels import core
from consolidator.model import Area, Cell, CellKind, a1, column_letters
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Column, Table
    from consolidator.locate.match import Item
    from consolidator.model import Sheet

_SERIAL = frozenset({"序号", "行次", "编号", "代码", "指标代码", "行号", "序", "no", "指标编码"})
_REMARK = frozenset({"备注", "说明", "备注说明", "填报说明", "备注(说明)", "情况说明", "核实说明", "审核意见"})
_PERIOD_WORD = re.compile(r"^(?:\d{4}年?度?|本年度?|本期|本季度?|本单位)")


@dataclass(slots=True)
class Panel:
    """One block of columns. `left` is the first column that labels may stand in, `bound` the first that they may not.

    `values` maps a column key of the table to a sheet column; `unit` is None where units of measure are not printed.
    """

    left: int
    label: int
    header_row: int = 0
    unit: int | None = None
    values: dict[str, int] = field(default_factory=dict)
    others: list[Cell] = field(default_factory=list)
    right: int = 0

    @property
    def bound(self) -> int:
        """The first column right of the labels."""
        known = [column for column in (self.unit, *self.values.values()) if column is not None]
        return min(known, default=self.right + 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """The panels from left to right, the rows that hold (repeated) headers, and what is to be said."""

    panels: tuple[Panel, ...]
    header_rows: frozenset[int]
    findings: tuple[Finding, ...]


def find_columns(sheet: Sheet, items: Sequence[Item], table: Table) -> Columns:
    """The panels of a table on a sheet."""
    headers = _header_rows(sheet, table)
    furthest = max((cell.column for cell in sheet.cells.values()), default=1)
    panels = _panels(sheet, headers[min(headers)], table, furthest) if headers else []
    if not panels:
        first = min(item.column for item in items)
        panels = [Panel(left=1, label=first, right=furthest)]
    findings: list[Finding] = []
    for panel in panels:
        mine = [item for item in items if panel.left <= item.column <= panel.right]
        if mine:
            findings.extend(_complete(panel, sheet, mine, table))
    used = tuple(panel for panel in panels if any(panel.left <= item.column <= panel.right for item in items))
    return Columns(used, frozenset(headers), tuple(findings))


def _is(text: str, words: Sequence[str] | frozenset[str]) -> bool:
    folded = {fold(word) for word in words}
    return bool({fold(text), core(text), _PERIOD_WORD.sub("", core(text))} & folded)


def _wordings(column: Column) -> tuple[str, ...]:
    return (column.label, *column.aliases)


def _header_rows(sheet: Sheet, table: Table) -> dict[int, list[Cell]]:
    """Rows with a word for the labels and, to its right, one for the units of measure or the values."""
    rows: dict[int, list[Cell]] = {}
    for cell in sheet.cells.values():
        if cell.kind is CellKind.TEXT:
            rows.setdefault(cell.row, []).append(cell)
    headings = [word for column in table.columns for word in _wordings(column)] + list(table.unit_headers)
    found = {}
    for row, cells in sorted(rows.items()):
        labels = [cell.column for cell in cells if _is(cell.text, table.label_headers)]
        if labels and any(cell.column > min(labels) and _is(cell.text, headings) for cell in cells):
            found[row] = sorted(cells, key=lambda cell: cell.column)
    return found


def _panels(sheet: Sheet, header: Sequence[Cell], table: Table, furthest: int) -> list[Panel]:
    panels: list[Panel] = []
    for cell in header:
        current = panels[-1] if panels else None
        if _is(cell.text, table.label_headers) and (current is None or current.values or current.unit):
            left = 1 if current is None else _last(current) + 1
            panels.append(Panel(left=left, label=cell.column, header_row=cell.row, right=furthest))
            if current is not None:
                current.right = _last(current)
            continue
        if current is None:
            continue
        _take_header(current, cell, table, sheet)
    return panels


def _last(panel: Panel) -> int:
    return max([panel.label, panel.unit or 0, *panel.values.values(), *(cell.column for cell in panel.others)])


def _take_header(panel: Panel, cell: Cell, table: Table, sheet: Sheet) -> None:
    if panel.unit is None and _is(cell.text, table.unit_headers):
        panel.unit = cell.column
        return
    for column in table.columns:
        if column.key not in panel.values and _is(cell.text, _wordings(column)):
            panel.values[column.key] = _under(sheet, cell)
            return
    panel.others.append(cell)


def _under(sheet: Sheet, header: Cell) -> int:
    """The column under a header cell; under a merged one, the only column that holds anything below."""
    for area in sheet.merges:
        if area.holds(header.row, header.column) and area.right > area.left:
            filled = _filled(sheet, area)
            return filled[0] if len(filled) == 1 else header.column
    return header.column


def _filled(sheet: Sheet, area: Area) -> list[int]:
    columns = {cell.column for cell in sheet.cells.values() if cell.row > area.bottom}
    return [column for column in range(area.left, area.right + 1) if column in columns]


def _complete(panel: Panel, sheet: Sheet, items: Sequence[Item], table: Table) -> list[Finding]:
    """Fill in what the header did not say, from what stands in the columns."""
    rows = [item.row for item in items]
    if panel.unit is None:
        panel.unit = _unit_column(sheet, rows, panel, max(item.column for item in items), table)
    if not panel.values and len(table.columns) == 1:
        findings = _infer_value(panel, sheet, items, table.columns[0])
    else:
        findings = []
    return [*findings, *_extra_columns(panel, sheet, rows)]


def _unit_column(sheet: Sheet, rows: Sequence[int], panel: Panel, after: int, table: Table) -> int | None:
    units = {fold(row.unit_of_measure) for row in table.rows if row.unit_of_measure} | numerals.COUNTERS
    for column in range(after + 1, panel.right + 1):
        texts = [cell.text for row in rows if (cell := sheet.at(row, column)) is not None]
        if texts and sum(fold(text) in units or is_dash(text) for text in texts) * 2 > len(rows):
            return column
    return None


def _infer_value(panel: Panel, sheet: Sheet, items: Sequence[Item], column: Column) -> list[Finding]:
    """The only column right of the labels that holds numbers, or a finding that there is none or more than one."""
    known = {panel.unit, *(cell.column for cell in panel.others if _is(cell.text, _SERIAL | _REMARK))}
    after = max(item.column for item in items)
    rows = [item.row for item in items]
    candidates = [
        number
        for number in range(after + 1, panel.right + 1)
        if number not in known and _holds_numbers(sheet, rows, number)
    ]
    details = {"header": column.label, "columns": "、".join(column_letters(number) for number in candidates)}
    if len(candidates) != 1:
        case = "several" if candidates else "none"
        return [Finding("L04", Severity.HARD, case, sheet=sheet.name, details=details)]
    panel.values[column.key] = candidates[0]
    head = next((cell for cell in panel.others if cell.column == candidates[0]), None)
    cells = (head.a1,) if head else ()
    panel.others = [cell for cell in panel.others if cell.column != candidates[0]]
    return [
        Finding(
            "L04", Severity.NOTE, "inferred", Outcome.SATISFIED, (), sheet.name, cells, head.text if head else "",
            details=details,
        )
    ]  # fmt: skip


def _holds_numbers(sheet: Sheet, rows: Sequence[int], column: int) -> bool:
    cells = [cell for row in rows if (cell := sheet.at(row, column)) is not None]
    numbers = [cell for cell in cells if _numeric(cell)]
    if not numbers or len(numbers) * 2 < len([cell for cell in cells if not is_dash(cell.text)]):
        return False
    return not _is_serial([cell.text for cell in numbers])


def _numeric(cell: Cell) -> bool:
    if cell.kind is CellKind.TEXT:
        return bool(numerals.PLAIN.fullmatch(numerals.half_width(cell.text)))
    return cell.kind in (CellKind.NUMBER, CellKind.DATE, CellKind.UNCALCULATED, CellKind.ERROR)


def _is_serial(texts: Sequence[str]) -> bool:
    """1, 2, 3 … without a gap, for three rows or more."""
    if len(texts) < 3 or not all(text.strip().isdigit() for text in texts):  # noqa: PLR2004
        return False
    numbers = [int(text) for text in texts]
    return all(second - first == 1 for first, second in pairwise(numbers))


def _extra_columns(panel: Panel, sheet: Sheet, rows: Sequence[int]) -> list[Finding]:
    """Columns that the form does not have and that hold something on the rows of indicators."""
    if not panel.values:
        return []
    heads: Mapping[int, Cell] = {cell.column: cell for cell in panel.others}
    last = max(panel.values.values())
    found = []
    for column in range(panel.bound, panel.right + 1):
        if column == panel.unit or column in panel.values.values():
            continue
        head = heads.get(column)
        if head is not None and _is(head.text, _SERIAL | _REMARK):
            continue
        cells = [cell for row in rows if (cell := sheet.at(row, column)) is not None and fold(cell.text)]
        cells = [cell for cell in cells if not _merged_away(sheet, cell)]
        if not cells or (head is None and column > last and not any(map(_numeric, cells))):
            continue
        found.append(_extra(sheet, column, head, cells, inside=column < last))
    return found


def _merged_away(sheet: Sheet, cell: Cell) -> bool:
    return any(
        area.holds(cell.row, cell.column) and (area.top, area.left) != (cell.row, cell.column) for area in sheet.merges
    )


def _extra(sheet: Sheet, column: int, head: Cell | None, cells: Sequence[Cell], *, inside: bool) -> Finding:
    place = head or cells[0]
    return Finding(
        code="L05",
        case="inside" if inside else "right",
        severity=Severity.HARD if inside else Severity.NOTE,
        outcome=Outcome.VIOLATED if inside else Outcome.SATISFIED,
        sheet=sheet.name,
        cells=(a1(place.row, place.column),),
        observed=place.text,
        details={"found": head.text.strip() if head else "", "columns": column_letters(column)},
    )
