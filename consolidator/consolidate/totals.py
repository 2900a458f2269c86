"""Add up: the county total of every indicator over the included units (全县合计), and by category of unit.

A joint release counts once for each issuing body, so a county sum needs no de-duplication (local rules of the field);
a county may still enter a visible adjustment (差额表), which is added like one more unit's figure.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.form.definition import Aggregation
from consolidator.model import Total
from consolidator.model.observed import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Adjustment, UnitRow


def add_up(form: Form, rows: Sequence[UnitRow], adjustments: Sequence[Adjustment] = ()) -> Mapping[str, Total]:
    """The total of each summable indicator over the included `rows`, in decimal arithmetic, with who is lacking.

    The county's `adjustments` are added to it and kept beside it.
    """
    included = [row for row in rows if row.included]
    names, codes = [row.unit.name for row in included], summable(form)
    columns = list(zip(*(numbers_in(row.values, codes) for row in included), strict=True)) or [()] * len(codes)
    return {
        code: total(
            code, zip(names, column, strict=True), tuple(entry for entry in adjustments if entry.indicator == code)
        )
        for code, column in zip(codes, columns, strict=True)
    }


def summable(form: Form) -> tuple[str, ...]:
    """The codes whose county figure is the sum of the units' figures."""
    return tuple(code for code in form.numeric if form.indicators[code].row.aggregation is Aggregation.SUM)


def total(code: str, parts: Iterable[tuple[str, Decimal | None]], adjustments: tuple[Adjustment, ...] = ()) -> Total:
    """The total of one indicator over named units, of which those without a number are lacking, and `adjustments`."""
    numbers: list[Decimal] = []
    lacking: list[str] = []
    for name, number in parts:
        if number is None:
            lacking.append(name)
        else:
            numbers.append(number)
    figures = [*numbers, *(entry.amount for entry in adjustments)]
    return Total(code, sum(figures, Decimal(0)) if figures else None, len(numbers), tuple(lacking), adjustments)
