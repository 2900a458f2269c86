"""Tables in web pages (.htm, and the many exports that call such a page .xls), also inside a single-file page (.mht).

In: bytes. Out: one sheet a page: its tables one below the other, as Excel opens them.
Source: HTML 4.01, 11 (tables); Microsoft Office HTML and XML Reference (`x:num`, `x:fmla`, `x:err`).
"""

from __future__ import annotations

import email
import email.policy
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from consolidator.model import Area, Cell, CellKind, Visibility
from consolidator.read.cells import formats, formulas, values
from consolidator.read.cells.addresses import checked
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.cells.values import PLAIN_STYLE
from consolidator.read.files.decoding import decoded_page
from consolidator.read.limits import Limits, damaged, not_a_form

if TYPE_CHECKING:
    from consolidator.model import Sheet

_SPACE = re.compile(r"[ \t\r\n\f]+")
_MOST_SPAN = 16_384
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_EXACT = ("x:num", "sdval")  # the stored number, as Excel and LibreOffice add it; SheetJS has data-t and data-v
_BROKEN = (AttributeError, IndexError, KeyError, LookupError, RecursionError, TypeError, ValueError)
"""What the e-mail library raises on headers and boundaries that no program writes."""

_UNREAD = frozenset({"script", "style", "title", "xml"})
_STRIKES = frozenset({"s", "strike", "del"})
_RAISES = frozenset({"sup", "sub"})
_RAISED = re.compile(rf"vertical-align\s*:\s*(?:super|sub)|{_HIDDEN.pattern}", re.IGNORECASE)
_VOID = frozenset({"area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
_BLOCKS = frozenset(
    "address article center dd div dl dt form h1 h2 h3 h4 h5 h6 hr li ol p pre section td th tr ul".split()  # noqa: SIM905
)
"""Elements that stand on lines of their own: what is before and after them in a cell is never one word or number."""
_PART = "\v"
_PARTS = re.compile(r" *(?:\v *)+")


def read_html(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """The tables of a page as one sheet; a page without a table is no spreadsheet."""
    grid = Grid(limits, Budget(limits.cells))
    if not _page(decoded_page(content), grid):
        raise not_a_form("html")
    return (grid.sheet("HTML", Visibility.VISIBLE, {}),)


def read_mht(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """The pages inside a single-file page that hold tables, one sheet each."""
    try:
        return _mail_pages(content, limits)
    except _BROKEN as error:
        raise damaged("html") from error


def _mail_pages(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    message = email.message_from_bytes(content, policy=email.policy.default)
    budget = Budget(limits.cells)
    sheets: list[Sheet] = []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            page = part.get_payload(decode=True)
            grid = Grid(limits, budget)
            if isinstance(page, bytes) and _page(decoded_page(page, part.get_content_charset() or ""), grid):
                sheets.append(grid.sheet(f"HTML{len(sheets) + 1}", Visibility.VISIBLE, {}))
    if not sheets:
        raise not_a_form("mht")
    return tuple(sheets)


def _page(text: str, grid: Grid) -> bool:
    """Fill the grid; whether there was a table."""
    tables = _Tables(grid)
    tables.feed(text)
    tables.close()
    tables.finish()
    return tables.found


class _Tables(HTMLParser):
    """Lays rows and cells out; a table inside a cell is part of the text of that cell."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(convert_charrefs=True)
        self.found = False
        self._grid = grid
        self._row = self._column = self._depth = self._unread = 0
        self._taken: dict[int, int] = {}
        self._cell: dict[str, str] | None = None
        self._pieces: list[str] = []
        self._struck = self._raised = False
        self._inline: list[tuple[str, bool, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "table":
            self._part()
            self.found = True
            self._depth += 1
        elif self._depth == 1 and tag == "tr":
            self._open_row(attributes)
        elif self._depth == 1 and tag in ("td", "th"):
            self._open_cell(attributes)
        elif tag == "br":
            self._pieces.append("\n")
        else:
            self._open(tag, attributes.get("style", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag == "table":
            if self._depth == 1:
                self._close_cell()
                self._row = max([self._row, *self._taken.values()])
                self._taken = {}
            self._depth = max(0, self._depth - 1)
            self._part()
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()
        else:
            self._close(tag)

    def _open(self, tag: str, style: str) -> None:
        """An element inside a cell begins."""
        if tag in _BLOCKS:
            self._part()
        if tag not in _VOID:
            self._inline.append((tag, *_marks(tag, style)))

    def _close(self, tag: str) -> None:
        """An element inside a cell ends, with all that were opened in it."""
        if tag in _BLOCKS:
            self._part()
        if any(tag == opened for opened, _, _ in self._inline):
            while self._inline.pop()[0] != tag:
                pass

    def _part(self) -> None:
        """What follows in the cell stands on another line."""
        if self._cell is not None and self._pieces:
            self._pieces.append(_PART)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._unread:
            self._pieces.append(_SPACE.sub(" ", data))
            if data.strip():
                self._struck = self._struck or any(struck for _, struck, _ in self._inline)
                self._raised = self._raised or any(raised for _, _, raised in self._inline)

    def finish(self) -> None:
        """The page ends, perhaps without closing its last cell."""
        self._close_cell()

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._close_cell()
        self._row, self._column = checked(self._row + 1, 1)[0], 0
        if _HIDDEN.search(attributes.get("style", "")):
            self._grid.hidden_rows.add(self._row)

    def _open_cell(self, attributes: dict[str, str]) -> None:
        self._close_cell()
        self._row = max(self._row, 1)
        self._column += 1
        while self._taken.get(self._column, 0) >= self._row:
            self._column += 1
        across, down = _span(attributes, "colspan"), _span(attributes, "rowspan")
        checked(self._row + down - 1, self._column + across - 1)
        if across > 1 or down > 1:
            self._grid.merge(Area(self._row, self._column, self._row + down - 1, self._column + across - 1))
        for column in range(self._column, self._column + across):
            self._taken[column] = self._row + down - 1
        self._cell = attributes
        self._place = (self._row, self._column)
        self._column += across - 1
        self._pieces = []
        self._struck, self._raised = bool(_STRUCK.search(attributes.get("style", ""))), False
        self._inline = []

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        attributes, self._cell = self._cell, None
        lines = _PARTS.sub("\n", "".join(self._pieces).strip(f"{_PART} ")).split("\n")
        text = values.whole_text("\n".join(line.strip(" ") for line in lines)).strip("\n")
        cell = _made(self._place, attributes, text, struck=self._struck, raised=self._raised)
        if cell is not None:
            self._grid.put(cell)


def _marks(tag: str, style: str) -> tuple[bool, bool]:
    """Whether an element strikes its text through, and whether it sets it above or below the line or does not show it."""
    return tag in _STRIKES or bool(_STRUCK.search(style)), tag in _RAISES or bool(_RAISED.search(style))


def _span(attributes: dict[str, str], name: str) -> int:
    value = attributes.get(name, "").strip()
    return max(1, min(int(value), _MOST_SPAN)) if value.isascii() and value.isdigit() and len(value) < 9 else 1  # noqa: PLR2004


def _made(place: tuple[int, int], attributes: dict[str, str], text: str, *, struck: bool, raised: bool) -> Cell | None:
    formula = attributes.get("x:fmla", "")
    source = formulas.source(formula)
    if "x:err" in attributes:
        return Cell(*place, CellKind.ERROR, attributes["x:err"] or text, formula=formula, struck=struck, source=source)
    if "x:bool" in attributes:
        return Cell(*place, CellKind.BOOLEAN, text, formula=formula, struck=struck, source=source)
    exact = next((attributes[name] for name in _EXACT if name in attributes), None)
    if attributes.get("data-t") == "n":
        exact = attributes.get("data-v")
    if exact is not None:
        number = values.number(exact or text.strip())
        if number is not None:
            cell = values.number_cell(place, number, PLAIN_STYLE, formula=formula, source=source)
            shown = "" if values.number(text) == number else text.strip()
            words = text.strip() if formats.tells(text) else ""
            return Cell(*place, cell.kind, cell.text, number, "", shown, formula, struck, "", source, words)
    kind = CellKind.ERROR if text in values.ERRORS else CellKind.TEXT
    return Cell(*place, kind, text, formula=formula, struck=struck, source=source, raised=raised) if text else None
