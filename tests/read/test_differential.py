"""Our reader beside two others, and before and after LibreOffice: what one says, all say."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
import python_calamine
import xlsxwriter
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consolidator.model import CellKind
from consolidator.read.cells import formats
from tests.read.books import opened
from tests.xlsb_writer import XlsbSheet, xlsb_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Cell

TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Cn"), blacklist_characters="\ufffe\uffff"), min_size=1, max_size=12
).filter(
    lambda text: not re.search(r"_x[0-9A-Fa-f]{4}_", text)
)  # openpyxl writes such a text as it is, which means a sign
NUMBERS = st.integers(-(10**12), 10**12) | st.floats(-1e9, 1e9, allow_nan=False, allow_subnormal=False).map(
    lambda value: float(f"{value:.12g}")
)
PLACES = st.tuples(st.integers(1, 40), st.integers(1, 30))
GRIDS = st.dictionaries(PLACES, TEXTS | NUMBERS | st.booleans(), min_size=1, max_size=25)
Grid = dict[tuple[int, int], Any]


def by_xlsxwriter(grid: Grid) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("表")
        for (row, column), value in grid.items():
            write = {str: sheet.write_string, bool: sheet.write_boolean}.get(type(value), sheet.write_number)
            write(row - 1, column - 1, value)
    return buffer.getvalue()


def by_openpyxl(grid: Grid) -> bytes:
    book = openpyxl.Workbook()
    for (row, column), value in grid.items():
        cell = book.active.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_xlwt(grid: Grid) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    for (row, column), value in grid.items():
        sheet.write(row - 1, column - 1, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def by_our_own_hand(grid: Grid) -> bytes:
    return xlsb_bytes([XlsbSheet("表", grid)])


def by_pandas(grid: Grid) -> bytes:
    rows, columns = max(row for row, _ in grid), max(column for _, column in grid)
    table = pd.DataFrame(
        [[grid.get((row + 1, column + 1)) for column in range(columns)] for row in range(rows)], dtype=object
    )
    buffer = io.BytesIO()
    table.to_excel(buffer, engine="openpyxl", header=False, index=False)
    return buffer.getvalue()


def plain(cell: Cell) -> Any:
    if cell.kind is CellKind.BOOLEAN:
        return cell.text == "TRUE"
    return cell.text if cell.number is None else cell.number


def typed(value: Any) -> Any:
    if isinstance(value, bool | str):
        return value
    number = Decimal(repr(value))
    return number or Decimal(0)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS)
@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl, by_xlwt, by_our_own_hand])
def test_what_was_written_is_read(write: Any, grid: Grid) -> None:
    (sheet,) = opened(write(grid), "甲").sheets

    assert {place: plain(cell) for place, cell in sheet.cells.items()} == {
        place: typed(value) for place, value in grid.items()
    }


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS)
@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_openpyxl_and_calamine_read_the_same(write: Any, grid: Grid) -> None:
    content = write(grid)
    ours = {place: plain(cell) for place, cell in opened(content).sheets[0].cells.items()}
    first = openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    second = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)

    assert ours == {
        (cell.row, cell.column): typed(cell.value)
        for line in first.iter_rows()
        for cell in line
        if cell.value is not None
    }
    said = {place: value for place, value in ours.items() if not isinstance(value, str) or value.strip()}
    assert said == {  # calamine drops a text of nothing but spaces where it stands in the cell itself
        (row, column): typed(value)
        for row, line in enumerate(second.to_python(skip_empty_area=False), start=1)
        for column, value in enumerate(line, start=1)
        if not isinstance(value, str) or value.strip()
    }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        PLACES, st.integers(0, 10**6) | st.sampled_from(["主动公开", "条", " 1，234 "]), min_size=1, max_size=9
    )
)
def test_what_pandas_writes_is_read(grid: Grid) -> None:
    (sheet,) = opened(by_pandas(grid)).sheets

    assert {place: plain(cell) for place, cell in sheet.cells.items()} == {
        place: typed(value) for place, value in grid.items()
    }


@settings(max_examples=100, deadline=None)
@given(st.text("yYmMdDhHsSaAeEbB0#?.,%;@\"'\\_*[]()年月日 Generl/-+$!:", max_size=14))
def test_formats_of_dates_are_told_as_openpyxl_tells_them_where_it_is_right(code: str) -> None:
    if formats.dated(code) and not set("aAeEbB") & set(code):
        assert any(letter in code.lower() for letter in "ymdhs")
    assert isinstance(formats.shown(Decimal("12.5"), code), str)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 2_900_000))
def test_dates_are_those_of_openpyxl(serial: int) -> None:
    from openpyxl.utils.datetime import from_excel

    from consolidator.read.cells.values import iso
    from consolidator.read.cells.values import serial as back

    told = iso(Decimal(serial))
    if serial not in (59, 60):
        assert told == from_excel(serial).date().isoformat()
        assert back(datetime.fromisoformat(told)) == serial


REAL = {
    (1, 1): "平罗县政府信息公开情况统计表", (3, 1): "主动公开政府信息数\n（不同渠道和方式公开相同信息计1条）", (3, 2): "条", (3, 3): 1204,
    (4, 1): "　其中：规章", (4, 3): 0, (5, 3): 43.788, (6, 3): -5, (7, 3): "约44", (8, 3): " 1，234 ", (9, 3): True, (70, 4): "备注",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_changes_no_value_on_the_way_through_each_format(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(by_xlsxwriter(REAL))
    source = "a.xlsx"
    for kind in ("xls", "ods", "xlsx", "fods", "xls"):
        target = tmp_path / kind
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", target, tmp_path / source], check=True, capture_output=True)
        source = f"{kind}/a.{kind}"
        cells = opened((tmp_path / source).read_bytes(), source).sheets[0].cells
        assert {place: plain(cell) for place, cell in cells.items()} == {
            place: typed(value) for place, value in REAL.items()
        }


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_libreoffice_reads_our_binary_workbooks(tmp_path: Path) -> None:
    (tmp_path / "a.xlsb").write_bytes(by_our_own_hand(REAL))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path / "out", tmp_path / "a.xlsb"], check=True, capture_output=True)
    cells = opened((tmp_path / "out" / "a.xlsx").read_bytes()).sheets[0].cells

    assert {place: cell.text for place, cell in cells.items()} == {
        place: str(value).upper() if value is True else str(value) for place, value in REAL.items()
    }
