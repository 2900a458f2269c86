"""How wide the columns of 分乡镇明细表 are: as wide as their figures, their labels in a few lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.write.plans.category_plan import category_name
from consolidator.write.workbook.shapes import digits
from consolidator.write.workbook.text import visible
from consolidator.write.workbook.widths import column_units

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.write.plans.detail_plan import DetailColumn, DetailPlan
    from consolidator.write.plans.facts import Facts

SIZE = 9
"""Font size of the sheet's cells, in points."""

_TEXT_NARROWEST, _TEXT_WIDEST = 11.0, 22.0
_TEXT_LINES = 3
_NARROWEST, _WIDEST = 6.5, 20.0
_LABEL_LINES = 7
_LEADS: Mapping[str, tuple[float, float]] = {
    "serial": (5.0, 7.0),
    "unit_name": (12.0, 22.0),
    "unit_code": (8.0, 14.0),
    "category": (8.0, 14.0),
    "status": (8.0, 18.0),
}


def detail_widths(facts: Facts, plan: DetailPlan, leads: Sequence[str]) -> list[float]:
    """Width of every column in Excel's unit: those about the unit (`leads`), then one for each indicator."""
    rows = plan.table.rows
    texts = {
        "serial": [str(len(rows)), facts.word("column", "serial")],
        "unit_name": [visible(row.unit.name) for row in rows],
        "unit_code": [row.unit.code for row in rows],
        "category": [visible(category_name(facts, row.unit.category)) for row in rows],
        "status": [facts.word("status", row.status) for row in rows],
    }
    return [*(_between(*_LEADS[key], texts[key]) for key in leads), *(_width(plan, column) for column in plan.columns)]


def _width(plan: DetailPlan, column: DetailColumn) -> float:
    row, code = column.indicator.row, column.indicator.code
    tall = column_units(column.label, SIZE) / _LABEL_LINES
    if row.type.is_text:
        longest = column_units(_longest_text(plan, code), SIZE) / _TEXT_LINES
        needed = max(column_units(code, SIZE, bold=True), tall, longest)
        return min(_TEXT_WIDEST, max(_TEXT_NARROWEST, needed))
    total = plan.table.totals.get(code)
    numbers = [total.value] if total is not None and total.value is not None else []
    numbers += [total.adjusted] if total is not None and total.adjustments else []
    shown = [plan.figures.longest(column.indicator), *(digits(row, number) for number in numbers)]
    return max(tall, _between(_NARROWEST, _WIDEST, [*shown, row.unit_of_measure, code]))


def _longest_text(plan: DetailPlan, code: str) -> str:
    """What takes most room in a column of texts."""
    values = (seen.value for row in plan.table.rows if (seen := row.values.get(code)) is not None)
    return max((value for value in values if isinstance(value, str)), key=len, default="")


def _between(narrowest: float, widest: float, texts: Sequence[str]) -> float:
    needed = column_units("\n".join(set(texts)), SIZE, bold=True)
    return min(widest, max(narrowest, needed))
