"""Workbooks as code: one filing, laid out the many ways in which townships really lay it out.

In: a `Filing` (what is printed, row by row) and a `Layout` (where and how). Out: a `Book` of plain cells, and the
address of every value; `tests/formats.py` turns the book into the bytes of a file. Nothing here reads the project's
own form definition: what the tests expect must not come from what they test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tests.filings import SIGN_OFF, Book, Filing, Formula, Layout, Line, Page, Value, letters

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Book",
    "Filing",
    "Formula",
    "Layout",
    "Line",
    "Page",
    "broken_lines",
    "full_width",
    "half_width",
    "lay_out",
    "letters",
    "with_values",
    "without_line",
]


class _Columns(Struct, frozen=True):
    """The columns of one panel, counted from 1; 0 where there is none."""

    serial: int
    label: int
    deep: int
    unit: int
    value: int
    remark: int
    last: int


def lay_out(filing: Filing, layout: Layout = Layout()) -> Book:  # noqa: B008 - frozen, so it is safe to share
    """Lay a filing out; the form's sheet comes after a notes sheet, where there is one."""
    page = Page(layout.sheet)
    panels = [_columns(layout, panel) for panel in range(layout.panels)]
    row = _heading(page, filing, layout, panels[-1].last)
    book = Book([page], layout.sheet, {}, {})
    size = -(-len(filing.lines) // layout.panels)
    bottom = row
    for number, columns in enumerate(panels):
        numbers = range(number * size, min(len(filing.lines), (number + 1) * size))
        bottom = max(bottom, _panel(book, page, filing, layout, columns, row, numbers))
    _sign_off(page, filing, layout, bottom)
    _resolve(book, page)
    if layout.notes:
        book.pages.insert(0, _notes(layout.notes))
    book.pages.extend(Page(name) for name in layout.spare_sheets)
    return book


def with_values(filing: Filing, values: Mapping[int, Value]) -> Filing:
    """The filing with some lines' values replaced, by line number from 0."""
    lines = tuple(replace(line, value=values.get(n, line.value)) for n, line in enumerate(filing.lines))
    return replace(filing, lines=lines)


def without_line(filing: Filing, number: int) -> Filing:
    """The filing with one line deleted."""
    return replace(filing, lines=filing.lines[:number] + filing.lines[number + 1 :])


def half_width(label: str) -> str:
    """The label as a typist with a half-width keyboard prints it: brackets, colons and spaces after them."""
    return label.translate(str.maketrans({"（": "(", "）": ") ", "：": ": ", "“": '"', "”": '"', "，": ","}))


def full_width(label: str) -> str:
    """The label with full-width digits and points."""
    return label.translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


def broken_lines(label: str) -> str:
    """The label with line breaks as they are typed to fit a narrow column, and a stray space."""
    middle = len(label) // 2
    return f"{label[:middle]}\n{label[middle:]}" if len(label) > 12 else f"{label[:4]} {label[4:]}"


def _columns(layout: Layout, panel: int) -> _Columns:
    gap = 1 if layout.spacers else 0
    label = layout.left + (1 if layout.serial else 0)
    deep = label + 1 if layout.indent == "columns" else 0
    after = (deep or label) + 1 + gap
    unit = after if layout.unit_column else 0
    value = unit + 1 + gap if unit else after
    remark = value + 1 if layout.remarks else 0
    last = remark or value
    shift = panel * (last - layout.left + 2)
    serial = layout.left if layout.serial else 0
    return _Columns(*(spot + shift if spot else 0 for spot in (serial, label, deep, unit, value, remark, last)))


def _heading(page: Page, filing: Filing, layout: Layout, last: int) -> int:
    row, left = layout.top, layout.left
    for text in layout.above:
        page.put(row, left, text, "meta")
        row += 1
    for text, style in ((filing.title, "title"), (filing.period, "centred")):
        if text:
            page.put(row, left, text, style)
            if layout.merged_title and last > left:
                page.merges.append((row, left, row, last))
            row += 1
    page.put(row, left, f"{filing.filer_label}{filing.filer}", "meta")
    return row + 1


def _header_row(page: Page, filing: Filing, columns: _Columns, row: int) -> None:
    texts = {
        columns.serial: "序号",
        columns.label: filing.headers[0],
        columns.deep: None,
        columns.unit: filing.headers[1],
    }
    texts |= {columns.value: filing.headers[2], columns.remark: "备注"}
    for column, text in texts.items():
        if column:
            page.put(row, column, text, "header")
    if columns.deep:
        page.merges.append((row, columns.label, row, columns.deep))


def _panel(book: Book, page: Page, filing: Filing, layout: Layout, columns: _Columns, row: int, numbers: range) -> int:
    widths = {
        columns.serial: 6,
        columns.label: 46,
        columns.deep: 44,
        columns.unit: 8,
        columns.value: 12,
        columns.remark: 18,
    }
    if columns.deep:
        widths[columns.label] = 12
    page.widths |= {column: width for column, width in widths.items() if column}
    if layout.spacers:
        page.widths |= {columns.value - 1: 2, (columns.unit or columns.value) - 1: 2}
    _header_row(page, filing, columns, row)
    for number in numbers:
        row += 1
        if number in layout.breaks:
            row += 1
            if layout.repeat_header:
                _header_row(page, filing, columns, row)
                row += 1
        _line(book, page, layout, columns, row, number, filing.lines[number])
    return row


def _line(book: Book, page: Page, layout: Layout, columns: _Columns, row: int, number: int, line: Line) -> None:
    label = layout.print_label(line.label)
    spot = columns.label
    if columns.deep and line.level > 2:
        spot = columns.deep
        page.put(row, columns.label, None, "label")
    elif columns.deep:
        page.merges.append((row, columns.label, row, columns.deep))
    if layout.indent == "spaces":
        label = "　" * (line.level - 1) + label
    page.put(row, spot, label, "label")
    book.labels[number] = (row, spot)
    value = line.value
    if layout.numbers_as_text and isinstance(value, int | float):
        value = str(value)
    if columns.serial:
        page.put(row, columns.serial, number + 1, "unit")
    if columns.unit:
        page.put(row, columns.unit, line.unit or None, "unit")
        book.units[number] = (row, columns.unit)
    page.put(row, columns.value, value, "text" if isinstance(value, str) and len(value) > 8 else "number")
    book.places[number] = (row, columns.value)
    if columns.remark:
        page.put(row, columns.remark, line.remark or None, "label")
    page.heights[row] = max(page.heights.get(row, 0), _height(label, 50), _height(value, 12))


def _height(value: Value, width: float) -> float:
    """Points a cell needs so that nothing is cut off; a Chinese character takes two columns' width."""
    lines = str(value).split("\n") if isinstance(value, str) else [""]
    return 16 * sum(max(1, -(-2 * len(line) // int(width))) for line in lines) + 2


def _sign_off(page: Page, filing: Filing, layout: Layout, bottom: int) -> None:
    fields = [f"{key}：{filing.sign_off.get(key, '')}" for key in SIGN_OFF]
    if layout.sign_off_in_one_line:
        page.put(bottom + 2, layout.left, "　　".join(fields), "meta")
        return
    for step, text in enumerate(fields, start=1):
        page.put(bottom + step, layout.left, text, "meta")


def _resolve(book: Book, page: Page) -> None:
    names = [book.address(number) for number in range(len(book.places))]
    for place, (value, style) in page.cells.items():
        if isinstance(value, Formula):
            page.cells[place] = (replace(value, text=value.text.format(*names)), style)


def _notes(texts: tuple[str, ...]) -> Page:
    page = Page("填表说明", widths={1: 80})
    for row, text in enumerate(texts, start=1):
        page.put(row, 1, text)
    return page
