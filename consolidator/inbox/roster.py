"""The roster of reporting units (填报单位名录), from a worksheet or a CSV text.

In: the grid of the first sheet, or CSV bytes. Out: `ReportingUnit`s. Raises `UsageError` naming file, cell and remedy.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from consolidator.errors import UsageError
from consolidator.model import ReportingUnit, a1
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.model import Sheet

_CODE, _NAME, _ALIASES, _CATEGORY = "单位代码", "单位名称", "别名", "类别"
_SEPARATORS = str.maketrans(dict.fromkeys(";，,、\n", "；"))


def roster_from_csv(content: bytes, name: str) -> tuple[ReportingUnit, ...]:
    """Units of a roster as text: with commas or tabs, in UTF-8, GB18030, or UTF-16 as Excel's "Unicode text" is."""
    text = _decoded(content)
    separator = "\t" if "\t" in text.partition("\n")[0] else ","
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as problem:
        raise UsageError("E18", file=name) from problem
    rows = {
        number: dict(enumerate((field.strip() for field in fields), start=1))
        for number, fields in enumerate(lines, start=1)
    }
    return _units(rows, name)


def _decoded(content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", errors="replace")


def roster_from_sheet(sheet: Sheet, name: str) -> tuple[ReportingUnit, ...]:
    """Units of a roster worksheet; the header row may stand anywhere."""
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        rows.setdefault(row, {})[column] = cell.text.strip()
    return _units(rows, name)


def _units(rows: Mapping[int, Mapping[int, str]], name: str) -> tuple[ReportingUnit, ...]:
    header = next((row for row, fields in rows.items() if _NAME in map(fold, fields.values())), None)
    if header is None:
        raise UsageError("E14", file=name, column=_NAME)
    columns = {fold(text): column for column, text in rows[header].items()}
    units: list[ReportingUnit] = []
    categories: dict[str, str] = {}
    for row, fields in rows.items():
        if row <= header or not any(fields.values()):
            continue
        unit_name = fields.get(columns[_NAME], "")
        if not unit_name:
            raise UsageError("E15", file=name, cell=a1(row, columns[_NAME]))
        category = fields.get(columns.get(_CATEGORY, 0), "")
        aliases = fields.get(columns.get(_ALIASES, 0), "").translate(_SEPARATORS).split("；")
        units.append(
            ReportingUnit(
                code=fields.get(columns.get(_CODE, 0), ""),
                name=unit_name,
                aliases=tuple(alias.strip() for alias in aliases if alias.strip()),
                category=categories.setdefault(fold(category), category),  # one spelling for each
            )
        )
    return _unique(units, name)


def _unique(units: Sequence[ReportingUnit], name: str) -> tuple[ReportingUnit, ...]:
    """The units, if no code and no name stands for two of them, however it is spelled."""
    names: dict[str, ReportingUnit] = {}
    codes: set[str] = set()
    for unit in units:
        if fold(unit.name) in names:
            raise UsageError("E16", file=name, found=unit.name)
        if unit.code and unit.code in codes:
            raise UsageError("E16", file=name, found=unit.code)
        names[fold(unit.name)] = unit
        codes.add(unit.code)
    for unit in units:
        for alias in unit.aliases:
            if names.get(fold(alias), unit) is not unit:
                raise UsageError("E23", file=name, found=alias, unit=unit.name)
    if not units:
        raise UsageError("E17", file=name)
    return tuple(units)
