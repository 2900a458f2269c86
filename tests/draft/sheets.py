"""Small worksheets as lists of lines, and what is drafted from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.draft import plan_of, written
from consolidator.form import load_text
from consolidator.model import Area, FileFormat, Sheet, Visibility, Workbook
from tests.locate.grids import cell_of

if TYPE_CHECKING:
    from consolidator.draft import Plan
    from consolidator.form import Form
    from tests.filings import Value

Lines = list[list["Value"]]


def sheet(lines: Lines, *merges: tuple[int, int, int, int], name: str = "表", hidden: bool = False) -> Sheet:
    """A worksheet from A1 on; None is an empty cell, a merge is (top, left, bottom, right)."""
    cells = {
        (row, column): cell
        for row, line in enumerate(lines, start=1)
        for column, value in enumerate(line, start=1)
        if (cell := cell_of(row, column, value)) is not None
    }
    seen = Visibility.HIDDEN if hidden else Visibility.VISIBLE
    return Sheet(name, cells, tuple(Area(*merge) for merge in merges), visibility=seen)


def book(*sheets: Sheet) -> Workbook:
    return Workbook(FileFormat.XLSX, sheets)


def plan(*sheets: Sheet, only: str = "") -> Plan:
    found = plan_of(book(*sheets), only)
    assert found is not None
    return found


def text(*sheets: Sheet, language: str = "zh") -> str:
    return written(plan(*sheets), "drafted", "表.xlsx", language)


def form(*sheets: Sheet) -> Form:
    return load_text(text(*sheets), "drafted.yaml")


def tree(found: Form) -> list[tuple[str, str, str, str]]:
    """Code, parent, relation and unit of measure of every row."""
    return [(row.code, row.parent, row.relation.value, row.unit_of_measure) for row in found.rows.values()]


def formulas(found: Form) -> list[str]:
    """The formulas of the rules that are written in the file."""
    return list(dict.fromkeys(rule.formula for rule in found.rules))
