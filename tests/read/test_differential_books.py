"""Whole workbooks, made at random with everything that lies over cells: what our one pass says, openpyxl says as well."""

from __future__ import annotations

import io
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from consolidator.model import Cell, CellKind, Sheet
from tests.read.books import opened

CODES = (
    "General",
    "0",
    "0.00",
    "#,##0",
    "0%",
    "yyyy/m/d",
    'yyyy"年"m"月"',
    "h:mm",
    "@",
    '0"条"',
    "[Red]0.0",
    "0.00E+00",
)
ERRORS = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#NUM!", "#NULL!")
TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), min_size=1, max_size=8).filter(
    lambda t: t.strip() == t
)
NUMBER = st.integers(0, 40_000) | st.floats(0, 1e6, allow_nan=False, allow_subnormal=False).map(
    lambda v: float(f"{v:.9g}")
)


@dataclass(frozen=True)
class Made:
    """A cell as it is written: what, with which formula, in which style."""

    what: Any
    formula: str = ""
    code: str = "General"
    struck: bool = False
    fault: bool = False
    runs: tuple[tuple[str, bool], ...] = ()


@st.composite
def made_cells(draw: st.DrawFn) -> Made:
    code, struck = draw(st.sampled_from(CODES)), draw(st.booleans())
    match draw(st.sampled_from(("number", "text", "truth", "error", "formula", "rich", "empty formula"))):
        case "number":
            return Made(draw(NUMBER), "", code, struck)
        case "text":
            return Made(draw(TEXT), "", code, struck)
        case "truth":
            return Made(draw(st.booleans()), "", code, struck)
        case "error":
            return Made(draw(st.sampled_from(ERRORS)), "=1/0", code, struck, fault=True)
        case "rich":
            return Made("", "", code, struck, runs=((draw(TEXT), True), (draw(TEXT), False)))
        case "empty formula":
            return Made("", '=IF(A1,"","")', code, struck)
        case _:
            return Made(draw(NUMBER | TEXT), "=SUM(A1:B2)", code, struck)


PLACES = st.tuples(st.integers(1, 12), st.integers(1, 8))


@dataclass(frozen=True)
class Book:
    """A workbook with one sheet."""

    cells: dict[tuple[int, int], Made]
    date1904: bool
    inline: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged_rows: frozenset[int]


BOOKS = st.builds(
    Book,
    st.dictionaries(PLACES, made_cells(), min_size=1, max_size=20),
    st.booleans(),
    st.booleans(),
    st.frozensets(st.integers(1, 12), max_size=4),
    st.frozensets(st.integers(1, 8), max_size=3),
    st.frozensets(st.integers(1, 12), max_size=3),
)


def written(book: Book) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"date_1904": book.date1904, "constant_memory": book.inline}) as file:
        sheet = file.add_worksheet("表")
        struck = file.add_format({"font_strikeout": True})
        for column in book.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if not book.inline:
            for row in book.merged_rows:
                sheet.merge_range(row - 1, 9, row - 1, 11, "合并")
        for row in range(1, 13):
            if row in book.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for place, made in sorted(book.cells.items()):
                if place[0] == row:
                    look = file.add_format({"num_format": made.code, "font_strikeout": made.struck})
                    _write(sheet, row - 1, place[1] - 1, made, look, struck)
    return buffer.getvalue()


def _write(sheet: Any, row: int, column: int, made: Made, look: Any, struck: Any) -> None:
    if made.runs:
        pieces: list[Any] = []
        for text, gone in made.runs:
            pieces += [struck, text] if gone else [text]
        sheet.write_rich_string(row, column, *pieces, look)
    elif made.formula:
        sheet.write_formula(row, column, made.formula, look, made.what)
    elif isinstance(made.what, bool):
        sheet.write_boolean(row, column, made.what, look)
    elif isinstance(made.what, str):
        sheet.write_string(row, column, made.what, look)
    else:
        sheet.write_number(row, column, made.what, look)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BOOKS)
def test_values_formulas_styles_and_hidden_parts_are_those_of_openpyxl(book: Book) -> None:
    content = written(book)
    (ours,) = opened(content).sheets
    results = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    formulas = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]

    for row in range(1, 13):
        for column in range(1, 13):
            compare(ours.at(row, column), results.cell(row, column), formulas.cell(row, column))
    assert {area.a1 for area in ours.merges} == {str(area) for area in results.merged_cells.ranges}
    for row in range(1, 13):
        hidden = bool(results.row_dimensions[row].hidden)
        assert (row in ours.hidden_rows) == (hidden and row <= last_row(ours))


def last_row(sheet: Sheet) -> int:
    return max((row for row, _ in sheet.cells), default=0)


def compare(cell: Cell | None, result: Any, formula: Any) -> None:
    stored = formula.value if formula.data_type == "f" else ""
    if cell is None:
        assert result.value is None
        return
    assert cell.formula == stored
    assert cell.number_format in (result.number_format, "" if result.number_format == "General" else None)
    assert cell.struck or not result.font.strike
    if cell.kind is CellKind.ERROR:
        assert (result.data_type, result.value) == ("e", cell.text)
    elif cell.kind is CellKind.BOOLEAN:
        assert result.value is (cell.text == "TRUE")
    elif cell.kind is CellKind.UNCALCULATED:
        assert stored
        assert result.value is None
    elif cell.kind is CellKind.DATE:
        assert result.is_date
    elif cell.kind is CellKind.NUMBER:
        assert not result.is_date
        assert Decimal(repr(result.value)) == cell.number
    else:
        assert cell.kind is CellKind.TEXT
        assert cell.text == (result.value or "")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(BOOKS)
def test_struck_texts_and_merges_are_those_that_were_written(book: Book) -> None:
    (ours,) = opened(written(book)).sheets

    for (row, column), made in book.cells.items():
        cell = ours.at(row, column)
        assert cell is not None
        assert cell.struck == (made.struck or bool(made.runs))
        assert ours.hidden_columns == {c for c in book.hidden_columns if c <= max(c for _, c in ours.cells)}
    expected = (
        set()
        if book.inline
        else {f"{get_column_letter(10)}{row}:{get_column_letter(12)}{row}" for row in book.merged_rows}
    )
    assert {area.a1 for area in ours.merges} == expected
