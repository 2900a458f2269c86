"""One sheet under construction: typed writes, rows as high as their text, a print set-up that fits paper.

Rows and columns count from 0 here, as in the workbook library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from consolidator.model import a1
from consolidator.write.workbook import limits
from consolidator.write.workbook.binding import Body, Sheet
from consolidator.write.workbook.links import FileLink
from consolidator.write.workbook.styles import as_link
from consolidator.write.workbook.text import as_stored, fits_excel, for_cell, plain, starts_like_formula
from consolidator.write.workbook.typesetting import WriteRefusedError, variants
from consolidator.write.workbook.widths import line_count, line_height

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from consolidator.write.workbook.book import Book
    from consolidator.write.workbook.styles import Style
    from consolidator.write.workbook.typesetting import Typesetter

_A4 = 9
ROW_POINTS = 15.0
"""The height of a row that nothing was said about."""


class _EmptyText(str):
    """The result of a formula that gives an empty text; the library takes a plain one for a formula never reckoned."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return other is self


_EMPTY = _EmptyText()


class Page:
    """One sheet. Column widths are set first, so that heights can be reckoned from them.

    Most of a sheet is written cell by cell; the lines of a long list are a `body`, which is set when the book is closed.
    """

    def __init__(self, book: Book, sheet: Any, footer: str) -> None:
        self.name: str = sheet.get_name()
        self.sheet = sheet
        self._book = book
        self._widths: dict[int, float] = {}
        self._heights: dict[int, float] = {}
        self._links = 0
        self._last = (0, 0)
        self._bodies: list[Body] = []
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
            taken(self.sheet.set_column(column, column, width))

    def width(self, first: int, last: int) -> float:
        """Width of a stretch of columns, both ends included."""
        return sum(self._widths.get(column, 8.38) for column in range(first, last + 1))

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Text, never anything else, whatever it starts with."""
        shown = self._room(row, column, column, text, style)
        self._reach(row, column)
        if shown:
            taken(self.sheet.write_string(row, column, shown, self._look(shown, style)))
        else:
            self.blank(row, column, column, style)

    def span(self, row: int, first: int, last: int, text: str, style: Style, *, bottom: int | None = None) -> None:
        """Text over merged cells of one row, or of several rows down to `bottom`."""
        if first == last and bottom in (None, row):
            self.text(row, first, text, style)
            return
        shown = self._room(row, first, last, text, style) if bottom in (None, row) else for_cell(text)
        look = self._look(shown, style)
        self._reach(bottom or row, last)
        taken(self.sheet.merge_range(row, first, bottom or row, last, "", look))
        if shown:
            taken(self.sheet.write_string(row, first, shown, look))

    def number(self, row: int, column: int, number: Decimal, style: Style) -> None:
        """A number, typed. One that Excel would round is written as text, digit by digit."""
        self._grow(row, 1, style.size)
        self._reach(row, column)
        if fits_excel(number):
            taken(self.sheet.write_number(row, column, as_stored(number), self._book.look(style)))
        else:
            self.text(row, column, plain(number), style)

    def count(self, row: int, column: int, count: int, style: Style) -> None:
        """How many there are of something, typed."""
        self._grow(row, 1, style.size)
        self._reach(row, column)
        taken(self.sheet.write_number(row, column, count, self._book.look(style)))

    def share(self, row: int, column: int, share: float, style: Style) -> None:
        """A share of one, typed, shown as a percentage."""
        self._grow(row, 1, style.size)
        self._reach(row, column)
        taken(self.sheet.write_number(row, column, round(share, 4), self._book.look(style.but(shape="0%"))))

    def formula(self, row: int, column: int, formula: str, cached: Decimal | str, style: Style) -> None:
        """A live formula with its result, so that programs which do not calculate read the right number or text."""
        self._grow(row, 1, style.size)
        self._reach(row, column)
        value = cached if isinstance(cached, str) else as_stored(cached)
        taken(self.sheet.write_formula(row, column, formula, self._book.look(style), value))

    def reckoned(self, row: int, column: int, formula: str, style: Style, cached: str = "") -> None:
        """A live formula that, as long as nothing is filled in, gives the text `cached`."""
        self._grow(row, 1, style.size)
        self._reach(row, column)
        taken(self.sheet.write_formula(row, column, f"={formula}", self._book.look(style), cached or _EMPTY))

    def blank(self, row: int, first: int, last: int, style: Style) -> None:
        """Empty cells with a look."""
        self._reach(row, last)
        for column in range(first, last + 1):
            taken(self.sheet.write_blank(row, column, None, self._book.look(style)))

    def link(self, row: int, column: int, text: str, style: Style, target: FileLink | str | None) -> None:
        """Text that opens a file, or a place in this workbook (`'差错清单'!A4`); plain text where there is no target.

        So is nothing to click on; and a sheet holds 65,530 links, those after that are plain text, too.
        """
        if target is None or not for_cell(text) or self._links >= limits.EXCEL_LINKS_A_SHEET:
            self.text(row, column, text, style)
            return
        self._links += 1
        self._reach(row, column)
        shown = self._room(row, column, column, text, style)
        url = target.url(shown) if isinstance(target, FileLink) else f"internal:{target}"
        taken(self.sheet.write_url(row, column, url, self._look(shown, as_link(style)), shown))

    def comment(self, row: int, column: int, text: str) -> None:
        """A note on a cell, shown when the pointer rests on it."""
        taken(self.sheet.write_comment(row, column, for_cell(text), {"author": "", "x_scale": 2, "font_size": 9}))

    def body(
        self,
        first: int,
        count: int,
        rows: Callable[[Typesetter], Iterator[str]],
        styles: Sequence[Style],
        linked: Sequence[Style] = (),
    ) -> None:
        """Many rows at once: `count` of them from row `first` on, over all columns, set by `rows` when the book closes.

        `rows` gives each row in turn, none left out. `styles` are all looks that it uses, `linked` those of links.
        """
        if not count:
            return
        looks = variants(styles, linked)
        for column, style in enumerate(looks):
            taken(self.sheet.write_blank(first, column, None, self._book.look(style)))
        self._reach(first + count - 1, len(self._widths) - 1)
        self._bodies.append(Body(first, count, looks, rows))

    def bound(self, number: int) -> Sheet | None:
        """The bodies of this sheet, which is the workbook's `number`th; None without any."""
        if not self._bodies:
            return None
        widths = [self.width(column, column) for column in range(len(self._widths))]
        return Sheet(number, tuple(self._bodies), widths, self._links, self._last)

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

    def height(self, last: int) -> float:
        """How high the rows up to the `last` one are, in points; those that are set in bulk count as one line."""
        return sum(self._heights.get(row, ROW_POINTS) for row in range(last + 1))

    def print_wide(
        self, *, header: tuple[int, int], pinned: int, breaks: Sequence[int], last: tuple[int, int], scale: int
    ) -> None:
        """A4 across; a sheet too wide to be read on one page breaks before each column of `breaks`, at `scale` percent.

        Its `pinned` first columns stand on every page.
        """
        self.print_as(landscape=True, header=header, last=last)
        if breaks:
            self.sheet.set_print_scale(scale)
            self.sheet.repeat_columns(0, pinned - 1)
            self.sheet.set_v_pagebreaks(breaks)

    def ask(self, row: int, column: int, question: Mapping[str, Any]) -> None:
        """What a cell takes, what it says when it is chosen, what it answers to anything else."""
        taken(self.sheet.data_validation(row, column, row, column, dict(question)))

    def colour(self, places: Sequence[tuple[int, int]], condition: str, fill: str, ink: str) -> None:
        """Colour cells as long as a condition holds."""
        listed = " ".join(a1(row + 1, column + 1) for row, column in places)
        look = {"type": "formula", "criteria": f"={condition}", "format": self._book.flag(fill, ink)}
        row, column = places[0]
        taken(self.sheet.conditional_format(row, column, row, column, {**look, "multi_range": listed}))

    def protect(self) -> None:
        """Lock what is not to be filled in, without a password; widths, heights, sorting, filters and links stay free."""
        free = ("format_columns", "format_rows", "sort", "autofilter", "select_locked_cells", "select_unlocked_cells")
        self.sheet.protect("", dict.fromkeys(free, True))

    def settle(self) -> None:
        """Set every row as high as its text needs."""
        for row, height in sorted(self._heights.items()):
            taken(self.sheet.set_row(row, height))

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
        self.at_least(row, line_height(lines, size))

    def _reach(self, row: int, column: int) -> None:
        self._last = (max(self._last[0], row), max(self._last[1], column))


def taken(code: object) -> None:
    """Raise when the workbook library gives a code that says it did not do what it was asked."""
    if isinstance(code, int) and code:
        raise WriteRefusedError(f"return code {code}")
