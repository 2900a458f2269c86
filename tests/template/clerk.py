"""What clerks do to a blank form before they send it back, each as their program does it.

In: an openpyxl workbook of a blank form. Rows and columns that Excel or WPS inserts take merges and names along; what a
script inserts does not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.form import ValueType
from tests.template.sheets import Reckoner, places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from openpyxl import Workbook

    from consolidator.form import Form

ADDRESS = re.compile(r"\$([A-Z]+)\$(\d+)")


def own_values(form: Form) -> dict[str, int]:
    """A number of its own for every indicator that is one, so that a number read from a wrong cell shows."""
    return {code: 1000 + 7 * place for place, code in enumerate(form.numeric)}


def own_texts(form: Form) -> dict[str, str]:
    """For every indicator that is a text, one of its own that its type can read."""
    spelled = {
        ValueType.QUANTITY: "{n}条/月",
        ValueType.YEAR_MONTH: "2015-{month:02d}",
        ValueType.PHONE: "0952-66832{n}",
    }
    return {
        code: spelled.get(indicator.row.type, "说明{n}").format(n=10 + place, month=place % 12 + 1)
        for place, (code, indicator) in enumerate(form.indicators.items())
        if indicator.row.type.is_text
    }


def fill(
    book: Workbook, values: Mapping[str, float | str], *, unit: str = "甲镇", period: str = "2016"
) -> dict[str, float | str]:
    """Type the values, and what the heading asks for; sums are reckoned. Gives what should be read."""
    found = places(book)
    sheet = book.worksheets[0]
    for code, value in values.items():
        cell = book[found[code][0]][found[code][1]]
        if cell.data_type != "f":
            cell.value = value
    for row in sheet.iter_rows(max_row=6):
        for cell in row:
            if str(cell.value).startswith(("报告期", "填报单位")) and sheet.cell(cell.row, 2).value is None:
                sheet.cell(cell.row, 2).value = period if str(cell.value).startswith("报告期") else unit
    return reckoned(book, values)


def reckoned(book: Workbook, values: Mapping[str, float | str]) -> dict[str, float | str]:
    """Put results in the place of formulas, as a program that reads the stored results sees them."""
    sheet = book.worksheets[0]
    results = {
        cell: Reckoner(sheet, {}).reckon(cell.value[1:])
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and "!" not in cell.value
    }
    for cell, result in results.items():
        cell.value = None if result == "" else result
    sheet["A3"].value = None
    found = places(book)
    return {code: sheet[found[code][1]].value for code in values}


def insert_rows(book: Workbook, at: int, count: int = 1) -> None:
    """Insert rows as Excel and WPS do."""
    sheet = book.worksheets[0]
    merged = [(area.min_row, area.min_col, area.max_row, area.max_col) for area in sheet.merged_cells.ranges]
    for top, left, bottom, right in merged:
        sheet.unmerge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    sheet.insert_rows(at, count)
    for top, left, bottom, right in merged:
        step = count if top >= at else 0
        sheet.merge_cells(start_row=top + step, start_column=left, end_row=bottom + step, end_column=right)
    _move_names(book, lambda column, row: (column, row + count if row >= at else row))


def insert_columns(book: Workbook, at: int) -> None:
    """Insert a column as Excel and WPS do; merges over it are given up, as they change nothing here."""
    sheet = book.worksheets[0]
    for area in list(sheet.merged_cells.ranges):
        if area.max_col >= at:
            sheet.unmerge_cells(str(area))
    sheet.insert_cols(at)
    _move_names(book, lambda column, row: (_letters(_number(column) + 1) if _number(column) >= at else column, row))


def move_rows(book: Workbook, first: int, last: int, to: int) -> None:
    """Cut rows and paste them further down, as Excel and WPS do: the names go along."""
    sheet = book.worksheets[0]
    sheet.move_range(f"A{first}:D{last}", rows=to - first)
    _move_names(book, lambda column, row: (column, row + to - first if first <= row <= last else row))


def without_formats(book: Workbook) -> None:
    """Take away what openpyxl does not move along, and what is no part of a value."""
    for sheet in book.worksheets:
        sheet.data_validations.dataValidation = []
        sheet.conditional_formatting = type(sheet.conditional_formatting)()


def rename_sheet(book: Workbook, name: str) -> None:
    """Rename the form's sheet; its names go along."""
    old = book.worksheets[0].title
    book.worksheets[0].title = name
    for each in book.defined_names.values():
        each.attr_text = each.attr_text.replace(old, name)


def _move_names(book: Workbook, where: Callable[[str, int], tuple[str, int]]) -> None:
    def moved(match: re.Match[str]) -> str:
        column, row = where(match[1], int(match[2]))
        return f"${column}${row}"

    for each in book.defined_names.values():
        each.attr_text = ADDRESS.sub(moved, each.attr_text)


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
