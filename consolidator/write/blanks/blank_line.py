"""The heads of a blank form with one line to fill in: its indicators side by side, under the headings that are over them.

In: the plan of a table across with one column of values. Out: its heads on the page. Never: a heading left out: it tells
apart indicators of the same words when the form comes back.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from consolidator.form.definition import ValueType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Row, Table
    from consolidator.write.plans.form_plan import TablePlan
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style


def depth_of(table: Table) -> int:
    """How many headings stand over one another, at most."""
    return max((len(_headings(table, row)) for row in table.rows), default=0)


def write_line_heads(page: Page, plan: TablePlan, rows: Sequence[Row], look: Style) -> None:
    """The headings from the line of groups down, each merged over its indicators, and under them the indicators' own labels."""
    top = plan.header if plan.groups is None else plan.groups
    above = [_headings(plan.table, row) for row in rows]
    for level in range(depth_of(plan.table)):
        places = enumerate(headings[: level + 1] for headings in above)
        for headings, found in groupby(places, key=lambda place: place[1]):
            columns = [plan.lead + number for number, _ in found]
            if len(headings) > level:
                page.span(top + level, columns[0], columns[-1], headings[level].label, look)
    for number, (row, headings) in enumerate(zip(rows, above, strict=True)):
        at = plan.lead + number
        page.span(top + len(headings), at, at, row.label, look, bottom=plan.header)


def _headings(table: Table, row: Row) -> tuple[Row, ...]:
    """The headings over a row, from the outermost in."""
    rows = {each.code: each for each in table.rows}
    found: list[Row] = []
    parent = rows.get(row.parent)
    while parent is not None:
        found += [parent] if parent.type is ValueType.HEADING else []
        parent = rows.get(parent.parent)
    return tuple(reversed(found))
