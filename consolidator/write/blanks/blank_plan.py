"""Where everything of a blank form stands on its sheet: the form as printed, a place for every number (0-based).

As 汇总表, but for tables that are printed across, and for the places that are filled in around the tables.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.choices import Arrangement
from consolidator.form.definition import ValueType
from consolidator.form.loading.tree import cell_code
from consolidator.write.blanks.blank_line import depth_of
from consolidator.write.plans.form_plan import BODY, FormPlan, TablePlan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Indicator, Row, Table

LIST_WIDTHS = (64.0, 7.0, 14.0)  # A4 upright at full size
MESSAGE_WIDTH = 44.0
UPRIGHT_COLUMNS = 8  # a matrix of seven columns still fits upright
_LABEL, _UNIT = 36.0, 8.0
_NUMBER, _CROWDED, _TEXT = 10.0, 8.0, 22.0
_CROWD = 10  # value columns from which they are set narrower


class AcrossPlan(TablePlan, frozen=True):
    """A table printed across: `groups` holds the rows' names, `header` their heads, the next row all values."""

    @property
    def last(self) -> int:
        """The only row of values."""
        return self.header + 1

    @property
    def lead(self) -> int:
        """One column before the values, for the words over the names."""
        return 1


class Place(Struct, frozen=True):
    """An indicator and its cell."""

    indicator: Indicator
    row: int
    column: int


class BlankPlan(FormPlan, frozen=True, dict=True):
    """The layout of one blank form on the sheet `name`."""

    @cached_property
    def tables(self) -> tuple[TablePlan, ...]:
        """The form's tables, one under the other."""
        plans: list[TablePlan] = []
        at = BODY
        for table in self.form.grids:
            caption = groups = None
            across = table.arrangement is Arrangement.ACROSS
            if len(self.form.grids) > 1:
                caption, at = at, at + 1
            if across or any(column.group for column in table.columns):
                groups, at = at, at + 1
            if across and any(column.group for column in table.columns):
                at += 1
            if table.is_one_line:
                at += max(0, depth_of(table) - 1)
            plans.append((AcrossPlan if across else TablePlan)(table, caption, groups, at))
            at = plans[-1].last + 2
        return tuple(plans)

    @cached_property
    def cells(self) -> tuple[Place, ...]:
        """Every indicator with its cell, in printed order."""
        return tuple(
            Place(self.form.indicators[cell_code(row.code, column.key)], at, left + number)
            for plan in self.tables
            for row, at, left in _rows(plan)
            for number, column in enumerate(plan.table.columns)
        )

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """Row and column of every indicator's cell by its code."""
        return {place.indicator.code: (place.row, place.column) for place in self.cells}

    @cached_property
    def numbers(self) -> Mapping[str, tuple[int, int]]:
        """The same, of the indicators that are numbers."""
        return {code: place for code, place in self.places.items() if self.form.indicators[code].numeric}

    @property
    def last_column(self) -> int:
        """The right-most column of the widest table."""
        return max(_last(plan) for plan in self.tables)

    def messages(self, plan: TablePlan) -> int:
        """The column right of a table, where it says what does not agree."""
        return _last(plan) + 1

    @cached_property
    def widths(self) -> list[float]:
        """Width of every column, that of the messages included."""
        if self.last_column == len(LIST_WIDTHS) - 1:
            return [*LIST_WIDTHS, MESSAGE_WIDTH]
        lead = max(plan.lead for plan in self.tables)
        widths = [_LABEL, _UNIT][:lead]
        for column in range(lead, self.last_column + 1):
            texts = {place.indicator.numeric for place in self.cells if place.column == column}
            crowded = self.last_column - lead >= _CROWD
            widths.append(_TEXT if texts == {False} else _CROWDED if crowded else _NUMBER)
        return [*widths, MESSAGE_WIDTH]

    @property
    def wide(self) -> bool:
        """Whether the form is printed on paper turned sideways."""
        return self.last_column >= UPRIGHT_COLUMNS


def valued(table: Table) -> list[Row]:
    """The rows of a table that have values."""
    return [row for row in table.rows if row.type is not ValueType.HEADING]


def _rows(plan: TablePlan) -> Iterator[tuple[Row, int, int]]:
    """Every row that has values, and the place of its first one."""
    if isinstance(plan, AcrossPlan):
        for number, row in enumerate(valued(plan.table)):
            yield row, plan.first, plan.lead + number * len(plan.table.columns)
    else:
        for down, row in enumerate(plan.table.rows):
            if row.type is not ValueType.HEADING:
                yield row, plan.first + down, plan.lead


def _last(plan: TablePlan) -> int:
    sets = len(valued(plan.table)) if isinstance(plan, AcrossPlan) else 1
    return plan.lead + sets * len(plan.table.columns) - 1
