"""What is printed of a form before any value: title, captions, column heads, row labels.

In: a page and the place of a table on it. Out: cells written. The filled 汇总表 and the blank form share it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from consolidator.form.definition import ValueType
from consolidator.write.plans.form_plan import TITLE
from consolidator.write.workbook import styles
from consolidator.write.workbook.widths import column_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Column, Row
    from consolidator.write.plans.form_plan import TablePlan
    from consolidator.write.workbook.page import Page
    from consolidator.write.workbook.styles import Style

_TITLE_SIZES = (22, 20, 18, 16, 14)


def write_title(page: Page, last: int, title: str) -> None:
    """The form's name over all columns, as large as fits on one line."""
    room = page.width(0, last)
    fitting = [size for size in _TITLE_SIZES if column_units(title, size) <= room]
    look = styles.TITLE.but(size=fitting[0] if fitting else _TITLE_SIZES[-1], wrap=not fitting)
    page.span(TITLE, 0, last, title, look)


def write_header(page: Page, plan: TablePlan, caption: str, last: int) -> None:
    """Caption and column heads of a table; `last` is the form's right-most column."""
    table, look = plan.table, styles.FORM_HEADER
    if plan.caption is not None:
        page.span(plan.caption, 0, last, caption, styles.FORM_LINE.but(bold=True))
    top = plan.header if plan.groups is None else plan.groups
    for left, words in enumerate((table.label_headers, table.unit_headers)[: plan.lead]):
        page.span(top, left, left, words[0], look, bottom=plan.header)
    write_heads(page, table.columns, plan.lead, top, plan.header, look)


def write_heads(page: Page, columns: Sequence[Column], at: int, top: int, bottom: int, look: Style) -> None:
    """The heads of value columns from the column `at` on, those of one group under their common head."""
    for group, members in groupby(columns, key=lambda column: column.group):
        heads = list(members)
        if group:
            page.span(top, at, at + len(heads) - 1, group, look)
        for across, column in enumerate(heads, start=at):
            page.span(bottom if group else top, across, across, column.label, look, bottom=bottom)
        at += len(heads)


def write_label(page: Page, plan: TablePlan, at: int, row: Row, dash: str) -> None:
    """The label of a row, and its unit of measure where the form prints it (a `dash` for a heading)."""
    look = styles.FORM_BODY
    page.text(at, 0, row.label, look.but(indent=max(0, row.level - 1), bold=row.level == 1))
    if plan.lead > 1:
        unit = row.unit_of_measure or (dash if row.type is ValueType.HEADING else "")
        page.text(at, 1, unit, look.but(align="center"))
