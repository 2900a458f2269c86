"""The fabricated county with two categories of unit, some units without one, and entries of the county's own."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.consolidate import tabulate
from consolidator.model import Adjustment, Consolidation
from tests.write.fabricate import COUNTY, PERIOD, Plan, county, small_form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Form

BUREAUS, TOWNS = "区直单位", "乡镇街道"
ENTRIES = (
    Adjustment("C1", Decimal(-2), "两家单位联合受理，重复计了 2 件", "办公室王某", "gov-info-disclosure-2014"),
    Adjustment("C11", Decimal(-2), "两家单位联合受理，重复计了 2 件", "", "gov-info-disclosure-2014"),
    Adjustment("G", Decimal("0.25"), "县级代收费用由县财政补记", "", "gov-info-disclosure-2014"),
)


def category(number: int) -> str:
    """Towns and bureaus by turns, so that no category stands in one block; the tenth unit has none."""
    return "" if number == 9 else (BUREAUS, TOWNS)[number % 2]


def parted_county(
    form: Form | None = None,
    names: Sequence[str] | None = None,
    adjustments: tuple[Adjustment, ...] = ENTRIES,
    units: int = 13,
    plan: Plan | None = None,
) -> Consolidation:
    """`names` are the categories of the units by their serial numbers."""
    form = form or small_form()
    run = county(form, units, plan)
    given = [category(number) for number in range(units)] if names is None else names
    rows = [
        replace(row, unit=replace(row.unit, category=given[int(row.unit.code[-3:]) - 1])) for row in run.tables[0].rows
    ]
    order = sorted((row.unit for row in rows), key=lambda unit: unit.code)
    table = tabulate(form, PERIOD, COUNTY, order, rows, adjustments, roster=True)
    return replace(run, tables=(table,))
