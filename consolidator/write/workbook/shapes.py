"""How numbers are shown: counts whole, money with the form's decimals, never with a digit hidden from a count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.definition import ValueType

if TYPE_CHECKING:
    from decimal import Decimal

    from consolidator.form.definition import Row

_MONEY_DECIMALS = 2


def shape(row: Row, number: Decimal | None = None, mark: str = "") -> str:
    """Number format for a value of the row; `mark` is shown right after the digits.

    Money is shown with the form's decimals (local rule: 四舍五入保留两位小数), the cell keeps the whole number. A count with a
    fraction, which no accepted filing has, is shown with all its digits.
    """
    decimals = _decimals(row)
    shown = "0." + "0" * decimals if decimals else "0"
    if number is not None and row.type is not ValueType.MONEY and number != round(number, decimals):
        shown = "0.##########"
    return f'{shown}"{mark}"' if mark else shown


def digits(row: Row, number: Decimal) -> str:
    """The number as its shape shows it."""
    if row.type is ValueType.MONEY or row.decimals:
        return f"{number:.{_decimals(row)}f}"
    return format(number.normalize(), "f")


def rounds(row: Row, number: Decimal) -> bool:
    """Whether the shape shows fewer digits than the number has."""
    return row.type is ValueType.MONEY and number != round(number, _decimals(row))


def _decimals(row: Row) -> int:
    return row.decimals or (_MONEY_DECIMALS if row.type is ValueType.MONEY else 0)
