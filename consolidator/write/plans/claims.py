"""What the sheets of a form assert about its totals, checked before they are written and proven after (`proof`)."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.write.plans.category_plan import TOTAL, category_name
from consolidator.write.workbook.text import for_cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import Total
    from consolidator.write.plans.category_plan import CategoryPlan
    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.facts import Facts
    from consolidator.write.plans.form_plan import FormPlan


class UnprovenTotalError(RuntimeError):
    """A written total differs from the sum of its parts, or a file does not reopen as it was written."""


class Share(Struct, frozen=True):
    """One category's part of a total: its column in 分类汇总表, the name its units carry there, what it comes to."""

    column: int
    name: str
    value: Decimal | None


class Breakdown(Struct, frozen=True):
    """One total by category: its line in the sheet, and the column of 分乡镇明细表 that holds the categories."""

    sheet: str
    row: int
    whole: int
    category: int
    shares: tuple[Share, ...]


class Claim(Struct, frozen=True):
    """One total: its cell in 汇总表, its column and rows in 分乡镇明细表 (0-based), what both must come to.

    `adjustment` is the row of the county's own entries, if there is one, and `adjusted` what stands there.
    """

    indicator: str
    form_sheet: str
    form_cell: tuple[int, int]
    detail_sheet: str
    column: int
    first: int
    last: int
    total_row: int
    total: Decimal
    contributors: int
    adjustment: int | None = None
    adjusted: Decimal = Decimal(0)
    breakdown: Breakdown | None = None


class Shown(Struct, frozen=True):
    """A number that one cell must hold (0-based), such as a total in 同比对比表."""

    indicator: str
    sheet: str
    cell: tuple[int, int]
    number: Decimal


def all_claims(
    facts: Facts, laid: Sequence[tuple[FormPlan, DetailPlan]], parts: Sequence[CategoryPlan]
) -> tuple[Claim, ...]:
    """What the sheets of all forms assert."""
    by_detail = {part.detail.name: part for part in parts}
    return tuple(claim for form, detail in laid for claim in _claims(facts, form, detail, by_detail.get(detail.name)))


def _claims(facts: Facts, form: FormPlan, detail: DetailPlan, part: CategoryPlan | None) -> list[Claim]:
    """What the sheets of one form assert. Raises when a total is not the sum of the observations to begin with."""
    made = []
    for code in form.form.numeric:
        total = detail.table.totals.get(code)
        if total is None or total.value is None:
            continue
        _add_up(code, total, detail, part)
        if code in detail.live:
            made.append(
                Claim(
                    code,
                    form.name,
                    form.places[code],
                    detail.name,
                    detail.positions[code],
                    detail.first,
                    detail.last,
                    detail.total,
                    total.value,
                    total.contributors,
                    detail.adjustment,
                    total.adjusted,
                    _breakdown(facts, code, part) if part is not None else None,
                )
            )
    return made


def _add_up(code: str, total: Total, detail: DetailPlan, part: CategoryPlan | None) -> None:
    units = detail.figures.sum(code)
    if units.value + total.adjusted != total.value or total.contributors != units.count:
        raise UnprovenTotalError(f"{code}: total {total.value} of {total.contributors}, units {units}")
    if part is not None:
        shares = [one.totals[code].value or Decimal(0) for one in part.table.categories]
        if sum(shares, total.adjusted) != total.value:
            raise UnprovenTotalError(f"{code}: total {total.value}, categories {shares}, adjusted {total.adjusted}")


def _breakdown(facts: Facts, code: str, part: CategoryPlan) -> Breakdown | None:
    names = {column: category_name(facts, one.name) for column, one in part.columns.items()}
    if not all(part.live(code, name) for name in names.values()):
        return None
    row = next(line.row for line in part.lines if line.indicator is not None and line.indicator.code == code)
    shares = tuple(
        Share(column, for_cell(names[column]), one.totals[code].value) for column, one in part.columns.items()
    )
    return Breakdown(part.name, row, TOTAL, part.column, shares)
