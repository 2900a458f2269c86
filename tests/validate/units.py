"""Rows of the county table as values: a clean unit, and changes to it."""

from __future__ import annotations

from decimal import Decimal

from consolidator.form import load_by_id
from consolidator.model import CellAddress, Observation, Period, ReportingUnit, Status, UnitRow

FORM = load_by_id("gov-info-disclosure-2014")
PERIOD = Period(2016)
CLEAN = dict.fromkeys(FORM.numeric, 0) | {"H3": 1, "H31": 1, "C4": "征地补偿", "C4t": ""}
ROWS = {code: number for number, code in enumerate(FORM.rows, start=5)}
MISSING = object()


def observed(code, value):
    """An observation in column C of the sheet 统计表, as `locate` gives it."""
    address = CellAddress("统计表", ROWS[code], 3)
    if isinstance(value, tuple):
        value, raw = value
        return Observation(code, value, raw, address)
    if value is None or isinstance(value, str):
        return Observation(code, value or None, value or "", address)
    number = Decimal(str(value))
    return Observation(code, number, str(value), address)


def unit(name="甲镇", code="01", **changes):
    """A unit with clean figures but for the changes; MISSING leaves the row out altogether."""
    values = CLEAN | changes
    observations = {each: observed(each, value) for each, value in values.items() if value is not MISSING}
    file = f"{name}.xlsx"
    return UnitRow(
        ReportingUnit(code, name), Status.ACCEPTED, included=True, file=file, sheet="统计表", values=observations
    )


def address(code):
    """The cell of an indicator's value."""
    return f"C{ROWS[code]}"
