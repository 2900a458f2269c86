"""Where everything stands in 分类汇总表: a line an indicator, a column a category of unit (0-based)."""

from __future__ import annotations

from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.definition import ValueType
from consolidator.model import a1
from consolidator.write.workbook.text import for_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Indicator, Table
    from consolidator.model import CategoryTotals, CountyTable
    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.facts import Facts

CATEGORY = "category"
"""The column of 分乡镇明细表 that holds each unit's category."""

MOST = 30
"""More categories than these are no categories; a sheet of so many columns helps nobody."""

SERIAL, LABEL, UNIT, TOTAL, VALUES = range(5)
TITLE, PERIOD, COVERAGE, HEADER, REQUIRED, CONSOLIDATED, FIRST = range(7)

_CRITERION_LIMIT = 200  # of Excel's 255 characters for a text in a formula


def category_name(facts: Facts, category: str) -> str:
    """The category as the sheets show it; units that have none are called so."""
    return category or facts.word("category", "none")


def parted(table: CountyTable) -> bool:
    """Whether the totals are shown by category of unit: there are at least two, and not too many to be read."""
    return 0 < len(table.categories) <= MOST and bool(table.totals)


class Line(Struct, frozen=True):
    """One line: a heading, or an indicator with its number in the list."""

    row: int
    label: str
    level: int
    serial: int = 0
    indicator: Indicator | None = None


class CategoryPlan(Struct, frozen=True, dict=True):
    """The layout of one form's sheet `name`; `detail` is where the units stand, `column` their category there."""

    name: str
    detail: DetailPlan
    column: int

    @property
    def table(self) -> CountyTable:
        """The table whose totals are shown."""
        return self.detail.table

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The form's rows in printed order; each row of a matrix heads the lines of its columns."""
        rows, serials = count(FIRST), count(1)
        return tuple(line for table in self.table.form.grids for line in self._lines(table, rows, serials))

    def _lines(self, table: Table, rows: Iterator[int], serials: Iterator[int]) -> Iterator[Line]:
        several = len(table.columns) > 1
        if len(self.table.form.grids) > 1:
            yield Line(next(rows), table.title, 1)
        for row in table.rows:
            if row.type is ValueType.HEADING or several:
                yield Line(next(rows), row.label, row.level)
            if row.type is ValueType.HEADING:
                continue
            for column in table.columns:
                code = f"{row.code}.{column.key}" if column.key else row.code
                words = f"{column.group}／{column.label}" if column.group else column.label
                indicator = self.table.form.indicators[code]
                label, level = (words, row.level + 1) if several else (row.label, row.level)
                yield Line(next(rows), label, level, next(serials), indicator)

    @cached_property
    def columns(self) -> Mapping[int, CategoryTotals]:
        """Every category by its column."""
        return dict(enumerate(self.table.categories, start=VALUES))

    @property
    def adjustment(self) -> int | None:
        """Column of the county's adjustments; None without any."""
        return VALUES + len(self.table.categories) if self.table.adjustments else None

    @property
    def last_column(self) -> int:
        """The right-most column."""
        return VALUES + len(self.table.categories) - (1 if self.adjustment is None else 0)

    @property
    def last(self) -> int:
        """The last line."""
        return self.lines[-1].row

    def live(self, indicator: str, name: str) -> bool:
        """Whether formulas give the sums of an indicator: Excel holds all numbers exactly, and the category's name."""
        return indicator in self.detail.live and len(for_cell(name)) <= _CRITERION_LIMIT

    def part(self, indicator: str, name: str) -> str:
        """The formula of one category's sum; `name` as the units' rows show it."""
        units = self.detail.reference(self.detail.stretch(self.column))
        values = self.detail.reference(self.detail.stretch(self.detail.positions[indicator]))
        return f'=SUMIF({units},"{_criterion(for_cell(name))}",{values})'

    def whole(self, row: int) -> str:
        """The formula of the county's sum: the categories and the adjustments beside it."""
        return f"=SUM({a1(row + 1, VALUES + 1)}:{a1(row + 1, self.last_column + 1)})"


def _criterion(name: str) -> str:
    """The text as a criterion that means nothing but itself: no wildcard, no comparison."""
    escaped = name.replace("~", "~~").replace("*", "~*").replace("?", "~?")
    return f"={escaped}".replace('"', '""')
