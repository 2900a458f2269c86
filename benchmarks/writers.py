"""Books of cells as the XML that different programs write: shared strings, inline strings, openpyxl's own dialect.

In: a `Book`. Out: the bytes of a workbook.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import xlsxwriter
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from tests.filings import Formula
from tests.formats import STYLES, to_xlsx

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet

    from tests.filings import Book, Page, Value

__all__ = ["WRITERS", "to_inline", "to_openpyxl", "to_xlsx"]

_THIN = Side(style="thin")
_BORDERED = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def to_inline(book: Book) -> bytes:
    """A workbook without a table of shared strings, row by row, as exports of office systems write it."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, {"constant_memory": True})
    formats = {name: workbook.add_format(style) for name, style in STYLES.items()}
    for page in book.pages:
        sheet = workbook.add_worksheet(page.name)
        for column, width in page.widths.items():
            sheet.set_column(column - 1, column - 1, width)
        for (row, column), (value, style) in sorted(page.cells.items()):
            if value is None:
                sheet.write_blank(row - 1, column - 1, None, formats[style])
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value, formats[style])
            else:
                sheet.write_number(row - 1, column - 1, _plain(value), formats[style])
    workbook.close()
    return buffer.getvalue()


def to_openpyxl(book: Book) -> bytes:
    """A workbook as openpyxl writes it."""
    workbook = openpyxl.Workbook()
    for number, page in enumerate(book.pages):
        sheet = workbook.create_sheet(page.name, number)
        _fill(sheet, page)
    workbook.remove(workbook.worksheets[-1])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _fill(sheet: Worksheet, page: Page) -> None:
    for column, width in page.widths.items():
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row in page.hidden_rows:
        sheet.row_dimensions[row].hidden = True
    for (row, column), (value, style) in page.cells.items():
        cell = sheet.cell(row, column, _plain(value))
        if "border" in STYLES[style]:
            cell.border = _BORDERED
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        cell.font = Font(name=STYLES[style].get("font_name", "宋体"), bold=STYLES[style].get("bold", False))
    for top, left, bottom, right in page.merges:
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def _plain(value: Value) -> str | int | float | None:
    return value.value if isinstance(value, Formula) else value


WRITERS: dict[str, Callable[[Book], bytes]] = {"shared": to_xlsx, "inline": to_inline, "openpyxl": to_openpyxl}
