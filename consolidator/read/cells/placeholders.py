"""Formulas that a library wrote with 0 in place of a result.

In: the sheets of a workbook that asks to be calculated when it is opened. Out: the same, such results taken away.

Excel and WPS never ask for that in what they save; libraries do, and some (XlsxWriter) store 0 for every formula.
When every stored result of a workbook is 0, although a formula refers to a number that is not 0, nothing was calculated.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.model import CellKind
from consolidator.read.cells.addresses import area
from consolidator.read.limits import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import Area, Cell, Sheet

_STRING = re.compile(r'"(?:[^"]|"")*"')
_REFERENCE = re.compile(r"(?<![\w!.'\]])\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?(?![\w(!])")
_MOST_FORMULAS = 200


def without_placeholders(sheets: tuple[Sheet, ...]) -> tuple[Sheet, ...]:
    """The sheets, with formulas marked as uncalculated where no result is a result."""
    found = [
        (sheet, cell) for sheet in sheets for cell in sheet.cells.values() if cell.formula and cell.number is not None
    ]
    if not found or any(cell.number for _, cell in found):
        return sheets
    if not any(_refers_to_something(sheet, cell.formula) for sheet, cell in found[:_MOST_FORMULAS]):
        return sheets
    return tuple(
        replace(sheet, cells={place: _emptied(cell) for place, cell in sheet.cells.items()}) for sheet in sheets
    )


def _refers_to_something(sheet: Sheet, formula: str) -> bool:
    references: Sequence[str] = _REFERENCE.findall(_STRING.sub("", formula))
    areas = [_area(reference) for reference in references]
    return any(
        cell.number and not cell.formula and any(each and each.holds(row, column) for each in areas)
        for (row, column), cell in sheet.cells.items()
    )


def _area(reference: str) -> Area | None:
    try:
        return area(reference)
    except Refused:  # a name that looks like an address
        return None


def _emptied(cell: Cell) -> Cell:
    if not cell.formula or cell.number is None:
        return cell
    return replace(cell, kind=CellKind.UNCALCULATED, text=cell.formula, number=None, shown="", words="")
