"""One sheet under construction: typed writes, rows as high as their text, a print set-up that fits paper.

Rows and columns count from 0 here, as in the workbook library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consolidator.write.links import EXCEL_LINKS_A_SHEET, FileLink
from consolidator.write.paper import WIDE_SCALE
from consolidator.write.styles import as_link
from consolidator.write.text import fits_excel, for_cell, plain, starts_like_formula
from consolidator.write.widths import line_count, row_height

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from consolidator.write.book import Book
    from consolidator.write.styles import Style

_A4 = 9
_MIN_HEIGHT_FACTOR = 1.6


class WriteRefusedError(RuntimeError):
    """The workbook library did not take a write: a bug here, for every limit is checked before."""


class Page:
    """One sheet. Column widths are set first, so that heights can be reckoned from them."""

    def __init__(self, book: Book, sheet: Any, footer: str) -> None:
        self.name: str = sheet.get_name()
        self.sheet = sheet
        self._book = book
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._links = 0
        sheet.set_paper(_A4)
        sheet.set_footer(f"&C{footer}")
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.hide_gridlines(2)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # unit codes, and what was typed as text

    def columns(self, widths: Sequence[float]) -> None:
        """Width of each column from the first on, in Excel's unit."""
        for column, width in enumerate(widths):
            self._widths[column] = width
            _taken(self.sheet.set_column(column, column, width))

    def width(self, first: int, last: int) -> float:
        """Width of a stretch of columns, both ends included."""
        return sum(self._widths.get(column, 8.38) for column in range(first, last + 1))

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Text, never anything else, whatever it starts with."""
        shown = self._room(row, column, column, text, style)
        if shown:
            _taken(self.sheet.write_string(row, column, shown, self._look(shown, style)))
        else:
            self.blank(row, column, column, style)

    def span(self, row: int, first: int, last: int, text: str, style: Style, *, bottom: int | None = None) -> None:
        """Text over merged cells of one row, or of several rows down to `bottom`."""
        if first == last and bottom in (None, row):
            self.text(row, first, text, style)
            return
        shown = self._room(row, first, last, text, style) if bottom in (None, row) else for_cell(text)
        look = self._look(shown, style)
        _taken(self.sheet.merge_range(row, first, bottom or row, last, "", look))
        _taken(self.sheet.write_string(row, first, shown, look))

    def number(self, row: int, column: int, number: Decimal, style: Style) -> None:
        """A number, typed. One that Excel would round is written as text, digit by digit."""
        self._grow(row, 1, style.size)
        if fits_excel(number):
            _taken(self.sheet.write_number(row, column, as_stored(number), self._book.look(style)))
        else:
            self.text(row, column, plain(number), style)

    def count(self, row: int, column: int, count: int, style: Style) -> None:
        """How many there are of something, typed."""
        self._grow(row, 1, style.size)
        _taken(self.sheet.write_number(row, column, count, self._book.look(style)))

    def share(self, row: int, column: int, share: float, style: Style) -> None:
        """A share of one, typed, shown as a percentage."""
        self._grow(row, 1, style.size)
        _taken(self.sheet.write_number(row, column, round(share, 4), self._book.look(style.but(shape="0%"))))

    def formula(self, row: int, column: int, formula: str, cached: Decimal | str, style: Style) -> None:
        """A live formula with its result, so that programs which do not calculate read the right number or text."""
        self._grow(row, 1, style.size)
        value = cached if isinstance(cached, str) else as_stored(cached)
        _taken(self.sheet.write_formula(row, column, formula, self._book.look(style), value))

    def blank(self, row: int, first: int, last: int, style: Style) -> None:
        """Empty cells with a look."""
        for column in range(first, last + 1):
            _taken(self.sheet.write_blank(row, column, None, self._book.look(style)))

    def link(self, row: int, column: int, text: str, style: Style, target: FileLink | str | None) -> None:
        """Text that opens a file, or a place in this workbook (`'差错清单'!A4`); plain text where there is no target.

        A sheet holds 65,530 links; those after that are plain text, too.
        """
        if target is None or self._links >= EXCEL_LINKS_A_SHEET:
            self.text(row, column, text, style)
            return
        self._links += 1
        shown = self._room(row, column, column, text, style)
        url = target if isinstance(target, FileLink) else f"internal:{target}"
        if isinstance(url, FileLink):
            url.text = shown
        _taken(self.sheet.write_url(row, column, url, self._look(shown, as_link(style)), shown))

    def comment(self, row: int, column: int, text: str) -> None:
        """A note on a cell, shown when the pointer rests on it."""
        _taken(self.sheet.write_comment(row, column, for_cell(text), {"author": "", "x_scale": 2, "font_size": 9}))

    def at_least(self, row: int, points: float) -> None:
        """Make the row no lower than so many points."""
        self._heights[row] = max(self._heights.get(row, 0), points)

    def print_as(self, *, landscape: bool, header: tuple[int, int], last: tuple[int, int]) -> None:
        """A4, one page wide, `header` rows on top of every page, nothing beyond the `last` row and column."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(*header)
        self.sheet.print_area(0, 0, *last)

    def print_wide(self, *, header: tuple[int, int], pinned: int, breaks: Sequence[int], last: tuple[int, int]) -> None:
        """A4 across; a sheet too wide to be read on one page breaks before each column of `breaks`.

        Its `pinned` first columns stand on every page.
        """
        self.print_as(landscape=True, header=header, last=last)
        if breaks:
            self.sheet.set_print_scale(WIDE_SCALE)
            self.sheet.repeat_columns(0, pinned - 1)
            self.sheet.set_v_pagebreaks(breaks)

    def settle(self) -> None:
        """Set every row as high as its text needs."""
        for row, height in sorted(self._heights.items()):
            _taken(self.sheet.set_row(row, height))

    def _look(self, shown: str, style: Style) -> Any:
        return self._book.look(style.but(quoted=True) if starts_like_formula(shown) else style)

    def _room(self, row: int, first: int, last: int, text: str, style: Style) -> str:
        shown = for_cell(text)
        lines = 1
        if style.wrap:
            lines = line_count(shown, self.width(first, last), style.size, bold=style.bold, indent=style.indent)
        self._grow(row, lines, style.size)
        return shown

    def _grow(self, row: int, lines: int, size: float) -> None:
        self.at_least(row, max(size * _MIN_HEIGHT_FACTOR, row_height(lines, size)))


def as_stored(number: Decimal) -> int | float:
    """The number as the library stores it without loss: an int where it is whole, else the nearest float."""
    return int(number) if number == number.to_integral_value() else float(number)


def _taken(code: object) -> None:
    if isinstance(code, int) and code:
        raise WriteRefusedError(f"return code {code}")
