"""Where everything stands in 分乡镇明细表: one row a unit, one column an indicator (0-based, as the library counts)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.definition import ValueType
from consolidator.model import a1, column_letters
from consolidator.write.names import elsewhere
from consolidator.write.workbook.text import fits_excel

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Form, Indicator, Table
    from consolidator.model import CountyTable, UnitRow
    from consolidator.write.plans.figures import Figures

HEADER_ROWS = 4  # chapter, label, unit of measure, code


class DetailColumn(Struct, frozen=True):
    """One indicator's column: `group` stands over `label`."""

    indicator: Indicator
    group: str
    label: str
    position: int


class DetailPlan(Struct, frozen=True, dict=True):
    """The layout of one form's sheet `name`: `lead` columns about the unit, `top` rows above the header.

    `figures` are the table's numbers as digits.

    Included units come first and without a gap; the county's adjustments follow them where there are any, then the
    county's sums over both, then the units left out.

    Chapters and fields around the tables stand last, and only where `prose` is shown.
    """

    name: str
    table: CountyTable
    figures: Figures
    lead: int
    top: int
    prose: bool = True

    @cached_property
    def columns(self) -> tuple[DetailColumn, ...]:
        """The indicators in printed order."""
        return tuple(
            DetailColumn(indicator, group, label, self.lead + number)
            for number, (indicator, group, label) in enumerate(_headed(self.table.form, prose=self.prose))
        )

    @cached_property
    def included(self) -> tuple[UnitRow, ...]:
        """The units whose values are in the totals."""
        return tuple(row for row in self.table.rows if row.included)

    @cached_property
    def others(self) -> tuple[UnitRow, ...]:
        """The units whose values are not, or that sent nothing."""
        return tuple(row for row in self.table.rows if not row.included)

    @property
    def first(self) -> int:
        """Row of the first included unit."""
        return self.top + HEADER_ROWS

    @property
    def last(self) -> int:
        """Row of the last included unit; one less than `first` when there is none."""
        return self.first + len(self.included) - 1

    @property
    def adjustment(self) -> int | None:
        """Row of the county's own adjustments; None without any."""
        return self.last + 1 if self.table.adjustments else None

    @property
    def total(self) -> int:
        """Row of the county's sums."""
        return self.last + (1 if self.adjustment is None else 2)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Column of every indicator by its code."""
        return {column.indicator.code: column.position for column in self.columns}

    @property
    def last_column(self) -> int:
        """The right-most column."""
        return self.lead + len(self.columns) - 1

    def block(self, indicator: str) -> str:
        """The cells of one indicator that its county sum adds up, such as `F8:F17`: included units, adjustments."""
        column = self.positions[indicator] + 1
        return f"{a1(self.first + 1, column)}:{a1(self.total, column)}"

    def stretch(self, column: int) -> str:
        """The included units' cells of one column, such as `$F$8:$F$17`."""
        letters = column_letters(column + 1)
        return f"${letters}${self.first + 1}:${letters}${self.last + 1}"

    @cached_property
    def live(self) -> frozenset[str]:
        """Indicators whose county sum a SUM formula gives: there is one, and Excel holds it and its parts exactly."""
        sums = {code: total.value for code, total in self.table.totals.items() if total.value is not None}
        return frozenset(
            code
            for code, value in sums.items()
            if fits_excel(value) and fits_excel(self.table.totals[code].adjusted) and self.figures.sum(code).exact
        )

    def sum_here(self, indicator: str) -> str:
        """The formula of the county's sum, for a cell of this sheet."""
        return f"=SUM({self.block(indicator)})"

    def sum_elsewhere(self, indicator: str) -> str:
        """The same formula for a cell of another sheet."""
        return f"=SUM({self.reference(self.block(indicator))})"

    def reference(self, place: str) -> str:
        """A place in this sheet as another sheet's formula names it."""
        return elsewhere(self.name, place)


def _headed(form: Form, *, prose: bool) -> Iterator[tuple[Indicator, str, str]]:
    loose = [table for table in form.tables if not table.grid] if prose else []
    for table in (*form.grids, *loose):
        yield from _matrix(form, table) if len(table.columns) > 1 else _list(form, table)


def _list(form: Form, table: Table) -> Iterator[tuple[Indicator, str, str]]:
    chapter = table.title
    top_level = min((row.level for row in table.rows), default=1)
    column = table.columns[0]
    for row in table.rows:
        if row.level == top_level:
            chapter = row.label
        if row.type is not ValueType.HEADING:
            code = f"{row.code}.{column.key}" if column.key else row.code
            yield form.indicators[code], chapter, row.label


def _matrix(form: Form, table: Table) -> Iterator[tuple[Indicator, str, str]]:
    """Each row over its columns, with every row that it stands under, as they stand beside it on the form."""
    paths: dict[str, str] = {}
    for row in table.rows:
        above = paths.get(row.parent or "")
        path = paths[row.code] = f"{above}／{row.label}" if above else row.label
        if row.type is ValueType.HEADING:
            continue
        for column in table.columns:
            label = f"{column.group}／{column.label}" if column.group else column.label
            yield form.indicators[f"{row.code}.{column.key}" if column.key else row.code], path, label
