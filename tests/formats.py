"""Books of plain cells as the bytes of real files, the same bytes every time.

Formats: xlsx, xlsm, xls (also for `.et`), ods, xlsb. Dates and properties are fixed; members of zip archives carry the
date 1980-01-01.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter
import xlwt

from tests.builders import Formula

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders import Book, Page, Value

CREATED = dt.datetime(2017, 1, 10, 9, 0, 0)  # noqa: DTZ001 - file properties have no time zone
EPOCH = (1980, 1, 1, 0, 0, 0)
_BORDERED = {"border": 1, "valign": "vcenter", "font_name": "仿宋", "font_size": 11}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_name": "黑体", "font_size": 16, "align": "center"},
    "centred": {"align": "center", "font_name": "仿宋"},
    "meta": {"font_name": "仿宋"},
    "plain": {"text_wrap": True},
    "header": {**_BORDERED, "bold": True, "font_name": "黑体", "align": "center"},
    "label": {**_BORDERED, "text_wrap": True},
    "unit": {**_BORDERED, "align": "center"},
    "number": {**_BORDERED, "align": "right"},
    "text": {**_BORDERED, "text_wrap": True},
}


def save(book: Book, kind: str) -> bytes:
    """The book as a file of `kind`: xlsx, xlsm, xls, et, ods or xlsb."""
    return WRITERS[kind](book)


def to_xlsx(book: Book) -> bytes:
    """A workbook as Excel writes it; formulas keep their stored results."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = xlsxwriter.Workbook(buffer, options)
    workbook.set_properties({"author": "办公室", "created": CREATED})
    formats = {name: workbook.add_format(style) for name, style in STYLES.items()}
    for page in book.pages:
        sheet = workbook.add_worksheet(page.name)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        for column, width in page.widths.items():
            sheet.set_column(column - 1, column - 1, width)
        for row in page.hidden_rows | set(page.heights):
            sheet.set_row(row - 1, page.heights.get(row), None, {"hidden": row in page.hidden_rows})
        for top, left, bottom, right in page.merges:
            style = page.cells[top, left][1]
            sheet.merge_range(top - 1, left - 1, bottom - 1, right - 1, "", formats[style])
        for (row, column), (value, style) in page.cells.items():
            _write_xlsx(sheet, row - 1, column - 1, value, formats[style])
    workbook.close()
    return buffer.getvalue()


def _write_xlsx(sheet: Any, row: int, column: int, value: Value, style: Any) -> None:
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, Formula):
        sheet.write_formula(row, column, f"={value.text}", style, value.value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def to_xlsm(book: Book) -> bytes:
    """A macro-enabled workbook by its content type (it holds no macro)."""
    plain = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    enabled = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    return repack(
        to_xlsx(book), lambda name, data: data.replace(plain.encode(), enabled.encode()) if name[0] == "[" else data
    )


def to_xls(book: Book) -> bytes:
    """The old binary workbook; WPS saves its `.et` files with the same content."""
    workbook = xlwt.Workbook(encoding="utf-8")
    styles = {name: _xls_style(style) for name, style in STYLES.items()}
    for page in book.pages:
        sheet = workbook.add_sheet(page.name, cell_overwrite_ok=True)
        for column, width in page.widths.items():
            sheet.col(column - 1).width = int(width * 256)
        for row in page.hidden_rows:
            sheet.row(row - 1).hidden = True
        for row, height in page.heights.items():
            sheet.row(row - 1).height_mismatch = True
            sheet.row(row - 1).height = int(20 * height)
        merged = {(top, left): (bottom, right) for top, left, bottom, right in page.merges}
        for (row, column), (value, style) in page.cells.items():
            cell = value.value if isinstance(value, Formula) else value
            if (row, column) in merged:
                bottom, right = merged[row, column]
                sheet.write_merge(row - 1, bottom - 1, column - 1, right - 1, cell, styles[style])
            else:
                sheet.write(row - 1, column - 1, cell, styles[style])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _xls_style(style: dict[str, Any]) -> xlwt.XFStyle:
    made = xlwt.XFStyle()
    made.font.name = style.get("font_name", "宋体")
    made.font.height = 20 * style.get("font_size", 11)
    made.font.bold = style.get("bold", False)
    made.alignment.wrap = int(style.get("text_wrap", False))
    made.alignment.horz = {"center": 2, "right": 3}.get(style.get("align", ""), 0)
    if style.get("border"):
        made.borders.left = made.borders.right = made.borders.top = made.borders.bottom = 1
    return made


def to_ods(book: Book) -> bytes:
    """A LibreOffice workbook."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from odf.opendocument import OpenDocumentSpreadsheet
    document = OpenDocumentSpreadsheet()
    for page in book.pages:
        table = _ods_table(page)
        _ods_widths(document, table, page)
        document.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    document.write(buffer)
    return repack(buffer.getvalue())


def _ods_widths(document: Any, table: Any, page: Page) -> None:
    from odf.style import Style, TableColumnProperties
    from odf.table import TableColumn

    columns = []
    for column in range(1, max(page.widths, default=0) + 1):
        style = Style(name=f"{page.name}-{column}", family="table-column")
        style.addElement(TableColumnProperties(columnwidth=f"{page.widths.get(column, 8) * 0.2:.1f}cm"))
        document.automaticstyles.addElement(style)
        columns.append(TableColumn(stylename=style))
    for number, column in enumerate(columns):
        table.insertBefore(column, table.childNodes[number] if len(table.childNodes) > number else None)


def _ods_table(page: Page) -> Any:
    from odf.table import CoveredTableCell, Table, TableCell, TableRow

    table = Table(name=page.name)
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, left, bottom, right in page.merges}
    covered = {
        (row, column)
        for top, left, bottom, right in page.merges
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    } - set(spans)
    bottom = max((row for row, _ in page.cells), default=0)
    right = max((column for _, column in page.cells), default=0)
    for row in range(1, bottom + 1):
        line = TableRow(visibility="collapse") if row in page.hidden_rows else TableRow()
        for column in range(1, right + 1):
            if (row, column) in covered:
                line.addElement(CoveredTableCell())
                continue
            rows, columns = spans.get((row, column), (1, 1))
            span = {"numberrowsspanned": rows, "numbercolumnsspanned": columns} if (row, column) in spans else {}
            line.addElement(_ods_cell(page.cells.get((row, column), (None, ""))[0], span, TableCell))
        table.addElement(line)
    return table


def _ods_cell(value: Value, span: dict[str, int], cell: Callable[..., Any]) -> Any:
    from odf.text import P

    result = value.value if isinstance(value, Formula) else value
    if result is None:
        return cell(**span)
    if isinstance(result, str):
        made = cell(valuetype="string", **span)
        for text in result.split("\n"):
            made.addElement(P(text=text))
        return made
    formula = {"formula": f"of:={value.text}"} if isinstance(value, Formula) else {}
    made = cell(valuetype="float", value=str(result), **formula, **span)
    made.addElement(P(text=str(result)))
    return made


def to_xlsb(book: Book) -> bytes:
    """The binary workbook, through the writer that the reader's tests use."""
    from tests.xlsb_writer import to_xlsb as write

    return repack(write(book))


def repack(archive: bytes, change: Callable[[str, bytes], bytes] = lambda _, data: data) -> bytes:
    """The same zip archive with fixed dates, in the same order; `change` may rewrite a member."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, EPOCH)
            info.compress_type = member.compress_type
            new.writestr(info, change(member.filename, old.read(member)))
    return buffer.getvalue()


WRITERS: dict[str, Callable[[Book], bytes]] = {
    "xlsx": to_xlsx,
    "xlsm": to_xlsm,
    "xls": to_xls,
    "et": to_xls,
    "ods": to_ods,
    "xlsb": to_xlsb,
}
