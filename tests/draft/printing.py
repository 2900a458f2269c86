"""Any form as a blank worksheet, printed from its definition: heads with merged groups, rows, units of measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.form.choices import Arrangement
from tests.filings import Page

if TYPE_CHECKING:
    from consolidator.form import Form, Table


def printed(form: Form) -> list[Page]:
    """The form on one sheet, its tables under one another."""
    page = Page("表式")
    page.put(1, 1, form.title)
    page.put(2, 1, f"{form.filer_labels[0]}：")
    row = 3
    for table in form.grids:
        wide = 2 + len(table.columns) * (len(table.rows) if table.arrangement is Arrangement.ACROSS else 1)
        if table.title != form.title:
            page.put(row, 1, table.title)
            page.merges.append((row, 1, row, wide))
            row += 1
        lay = _across if table.arrangement is Arrangement.ACROSS else _down
        row = lay(page, table, row) + 1
    for place, field in enumerate(form.sign_off):
        page.put(row, 1 + place, f"{field.label}：")
    return [page]


def _down(page: Page, table: Table, row: int) -> int:
    grouped = any(column.group for column in table.columns)
    bottom = row + 1 if grouped else row
    heads = [table.label_headers[0], *table.unit_headers[:1]]
    for place, head in enumerate(heads, start=1):
        page.put(row, place, head)
        if grouped:
            page.merges.append((row, place, bottom, place))
    first = len(heads) + 1
    for place, column in enumerate(table.columns, start=first):
        page.put(bottom if column.group else row, place, column.label)
        if grouped and not column.group:
            page.merges.append((row, place, bottom, place))
    for group in dict.fromkeys(column.group for column in table.columns if column.group):
        places = [place for place, column in enumerate(table.columns, start=first) if column.group == group]
        page.put(row, places[0], group)
        page.merges.append((row, places[0], row, places[-1]))
    for line, each in enumerate(table.rows, start=bottom + 1):
        page.put(line, 1, each.label)
        if table.unit_headers:
            page.put(line, 2, each.unit_of_measure or None)
    return bottom + len(table.rows)


def _across(page: Page, table: Table, row: int) -> int:
    wide = len(table.columns)
    for place, each in enumerate(table.rows):
        left = 1 + place * wide
        page.put(row, left, each.label)
        page.merges.append((row, left, row, left + wide - 1))
        for number, column in enumerate(table.columns):
            page.put(row + 1, left + number, column.label)
    return row + 2
