"""Read the fields around the tables whose values are indicators: `报告日期：2026年1月12日`, or a date that stands alone.

In: a sheet, a form, the rows outside its tables. Out: observations by code; none for a field that stands nowhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.definition import SignOff, ValueType
from consolidator.form.texts.days import named_day, only_day
from consolidator.locate.around.chapters import fields_around
from consolidator.locate.around.heading import find_fields
from consolidator.model import CellAddress, CellKind, Observation

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from consolidator.form.definition import Form, Row
    from consolidator.model import Cell, Sheet


def read_surroundings(sheet: Sheet, form: Form, rows: Collection[int]) -> Mapping[str, Observation]:
    """The fields of a form that stand on some rows of a sheet."""
    wanted = fields_around(form)
    found = find_fields(sheet, rows, [SignOff(row.code, row.label, row.aliases) for row in wanted])
    labelled = {entry.field.key: entry for entry in found if entry.label is not None}
    observations = {}
    for row in wanted:
        entry = labelled.get(row.code)
        alone = _alone(sheet, rows) if row.type is ValueType.DATE and (entry is None or not entry.text) else None
        if alone is not None:
            observations[row.code] = _seen(sheet, row, alone, alone.text.strip(), "alone")
        elif entry is not None and entry.label is not None:
            observations[row.code] = _seen(sheet, row, entry.label, entry.text, "label")
    return observations


def _seen(sheet: Sheet, row: Row, cell: Cell, text: str, how: str) -> Observation:
    usable = row.type is not ValueType.DATE or named_day(text) is not None
    address = CellAddress(sheet.name, cell.row, cell.column)
    return Observation(row.code, text if usable and text else None, text, address, how)


def _alone(sheet: Sheet, rows: Collection[int]) -> Cell | None:
    """The last line that is nothing but a date."""
    wanted = set(rows)
    dates = [
        cell
        for cell in sheet.cells.values()
        if cell.row in wanted and cell.kind in (CellKind.TEXT, CellKind.DATE) and only_day(cell.text[:40]) is not None
    ]
    return max(dates, key=lambda cell: (cell.row, cell.column), default=None)
