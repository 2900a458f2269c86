"""Where every row of the form stands in 汇总表, laid out exactly as the form is printed (0-based).

Prose has no sum: chapters and the fields around the tables are left to 分乡镇明细表.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.model import a1
from consolidator.write.names import elsewhere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Form, Table

TITLE, PERIOD, COVERAGE, FILER, BODY = range(5)
"""The rows above the first table."""


class TablePlan(Struct, frozen=True):
    """One table: `caption` and `groups` are header rows, or None where the form prints none."""

    table: Table
    caption: int | None
    groups: int | None
    header: int

    @property
    def first(self) -> int:
        """The row of the first indicator."""
        return self.header + 1

    @property
    def last(self) -> int:
        """The row of the last indicator."""
        return self.header + len(self.table.rows)

    @property
    def lead(self) -> int:
        """How many columns stand before the values: the label, and the unit of measure where the form prints it."""
        return 2 if self.table.unit_headers else 1


class FormPlan(Struct, frozen=True, dict=True):
    """The layout of one form on the sheet `name`."""

    name: str
    form: Form

    @cached_property
    def tables(self) -> tuple[TablePlan, ...]:
        """The form's tables, one under the other."""
        plans: list[TablePlan] = []
        at = BODY
        for table in self.form.grids:
            caption = groups = None
            if len(self.form.grids) > 1:
                caption, at = at, at + 1
            if any(column.group for column in table.columns):
                groups, at = at, at + 1
            plans.append(TablePlan(table, caption, groups, at))
            at = plans[-1].last + 2
        return tuple(plans)

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """Row and column of every indicator's cell by its code."""
        return {
            f"{row.code}.{column.key}" if column.key else row.code: (plan.first + down, plan.lead + across)
            for plan in self.tables
            for down, row in enumerate(plan.table.rows)
            for across, column in enumerate(plan.table.columns)
        }

    def cell(self, indicator: str) -> str:
        """Address of the indicator's cell, such as `C7`."""
        row, column = self.places[indicator]
        return a1(row + 1, column + 1)

    def reference(self, indicator: str) -> str:
        """The indicator's cell as another sheet's formula names it."""
        return elsewhere(self.name, self.cell(indicator))

    @property
    def end(self) -> int:
        """The last row of the last table."""
        return self.tables[-1].last

    @property
    def last_column(self) -> int:
        """The right-most column of the widest table."""
        return max(plan.lead + len(plan.table.columns) for plan in self.tables) - 1
