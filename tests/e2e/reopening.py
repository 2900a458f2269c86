"""Reopen a township's file with another library and look at a cell, the way a doubting person would."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

import openpyxl
import python_calamine
from openpyxl.utils.cell import coordinate_to_tuple

if TYPE_CHECKING:
    from pathlib import Path

EXACT = {".xlsx", ".xlsm"}


@lru_cache(maxsize=256)
def _openpyxl(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True, keep_vba=False)


@lru_cache(maxsize=256)
def _calamine(path: Path) -> python_calamine.CalamineWorkbook:
    return python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def shown(path: Path, sheet: str, cell: str) -> str:
    """The text of a cell, numbers in plain decimal notation, empty for a blank one."""
    row, column = coordinate_to_tuple(cell)
    if path.suffix.lower() in EXACT:
        return plain(_openpyxl(path)[sheet].cell(row, column).value)
    rows = _calamine(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return plain(rows[row - 1][column - 1]) if row <= len(rows) and column <= len(rows[row - 1]) else ""


def plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        text = f"{Decimal(repr(value)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d")
    return str(value)


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
