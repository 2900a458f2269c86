"""The cells of a worksheet whose XML is regular, piece by piece from memory: what was read once is not parsed again.

Office programs write every cell in one of a few shapes, and on thousands of forms most cells are the same to the byte.
In: the XML of a worksheet part. Out: the same cells that `sheet_xml` gives, or None for XML with anything else in it,
which goes that way as a whole. Never: a byte passed over, a piece taken that was not parsed in full when first met.

The XML is cut at `<c r="`. Each piece is then one cell, and what follows it up to the next cell: nothing, or the end of
a row and the beginning of the next. What comes before and after the rows is the frame, parsed by `sheet_xml`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from consolidator.model import Cell, CellKind
from consolidator.read.cells import values
from consolidator.read.cells.addresses import column_number
from consolidator.read.excel.sheet_xml import BookFacts, SheetScanner
from consolidator.read.excel.strings import Text, plain_text
from consolidator.read.files.markup import register, scan
from consolidator.read.files.names import MAIN_SPACES
from consolidator.read.files.remembered import remembered
from consolidator.read.limits import Refused

if TYPE_CHECKING:
    from consolidator.read.cells.grid import Grid
    from consolidator.read.cells.values import Style
    from consolidator.read.limits import Limits

Place = tuple[int, int]

_ROWS_BEGIN, _ROWS_END = b"<sheetData>", b"</sheetData>"
_START = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?(?: standalone="(?:yes|no)")?\?>\s*)?'
    rb'(<worksheet xmlns="http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006|purl\.oclc\.org/ooxml/spreadsheetml)'
    rb'/main"[^<>]*>)'
)
_CURSOR = re.compile(
    rb'<selection(?: pane="\w+")?(?: activeCell="\w+")?(?: sqref="[\w: ]+")?/>|<dimension ref="[\w:]+"/>'
)
"""Where the cursor stood and how far the cells reach: of no account, and different in every file."""

_CELL = re.compile(
    rb'([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="(n|s|inlineStr)")?'
    rb'(?:/>|></c>|><v>([^<&]*)</v></c>|><is><t(?: xml:space="preserve")?>([^<]*)</t></is></c>)'
    rb"(.*)",
    re.DOTALL,
)
_ANY_CELL = re.compile(rb"([^<>]*(?:/>|>.*?</c>))((?:</row>.*)?)", re.DOTALL)
_NEXT_ROWS = re.compile(rb"(?:<row[^<>]*(?:/>|></row>))*(?:<row[^<>]*[^/<>]>)?")
_ROW = (
    rb'<row r="[1-9][0-9]{0,5}"(?: spans="[0-9]{1,5}:[0-9]{1,5}")?(?: s="[0-9]{1,6}")?(?: customFormat="1")?'
    rb'(?: ht="[1-9][0-9]{0,2}(?:[.][0-9]{1,9})?")?(?: customHeight="1")?'
)
_PLAIN_ROWS = re.compile(b"(?:%b(?:/>|></row>))*(?:%b>)?" % (_ROW, _ROW))
"""Rows about which nothing is said that matters here, in the order in which office programs say it."""
_DIGITS = re.compile(rb"0|[1-9][0-9]{0,8}")
_MOST_ROW, _MOST_COLUMN = 1_048_576, 16_384
_MOST_PIECES, _MOST_ROOTS = 24_000, 32
_DEPTH = 8


class _Piece(NamedTuple):
    """What one piece says: its cell, or which shared string its cell holds; `last` where the sheet ends with it.

    `texts` are the cells that were made of it so far, by shared string.
    """

    place: Place
    cell: Cell | None
    last: bool
    string: int = -1
    style: Style = values.PLAIN_STYLE
    texts: dict[Text, Cell] = {}  # noqa: RUF012 - only filled where a piece brings its own


class _Irregular(Exception):  # noqa: N818 - not an error: the XML goes the other way
    """The XML has something in it that is not known to be regular."""


def regular_grid(content: bytes, book: BookFacts) -> Grid | None:
    """The cells of a worksheet and what lies over them; None for XML that is not regular throughout."""
    head, begin, rest = content.partition(_ROWS_BEGIN)
    body, end, tail = rest.partition(_ROWS_END) if begin else (b"", b"", b"")
    start = _START.match(head)
    if start is None or content.count(b"<sheetData") != 1 or _ROWS_END in tail or (begin and not end):
        return None
    frame = b"".join((_CURSOR.sub(b"", head), begin, end, _CURSOR.sub(b"", tail)))
    try:
        around = remembered(("frame", book.limits), frame, lambda whole: _frame(whole, book.limits))
        if around is None or book.limits.depth < _DEPTH or head.count(b"xmlns=") != 1:
            return None
        grid = around.like(book.budget)
        grid.cells = _pieces(start[1], book).cells(body, book) if body else {}
    except (_Irregular, Refused, UnicodeDecodeError):
        return None
    return grid


class _Frame(SheetScanner):
    """What stands around the rows; `rows` counts where they belong."""

    def __init__(self, book: BookFacts) -> None:
        super().__init__(book)
        self.rows = 0
        register(self.starts, MAIN_SPACES, {"sheetData": self._rows})

    def _rows(self, _: object) -> None:
        self.rows += 1


def _frame(content: bytes, limits: Limits) -> Grid | None:
    """A grid without cells under the merges and filters of a frame; None where it has cells or rows of its own."""
    scanner = _Frame(BookFacts(limits=limits))
    scan((content,), scanner)
    grid = scanner.grid
    return None if scanner.rows != 1 or grid.cells or grid.hidden_rows else grid


def _pieces(root: bytes, book: BookFacts) -> _Pieces:
    """The pieces met under the same root element, styles and beginning of time; all are forgotten when they are many."""
    if sum(len(each.known) for each in _MEMORY.values()) > _MOST_PIECES or len(_MEMORY) > _MOST_ROOTS:
        _MEMORY.clear()
    key = (root, id(book.styles), book.date1904)
    found = _MEMORY.get(key)
    if found is None or found.book.styles is not book.styles:
        found = _MEMORY[key] = _Pieces(root, BookFacts(styles=book.styles, date1904=book.date1904))
    return found


_MEMORY: dict[tuple[bytes, int, bool], _Pieces] = {}


class _Pieces:
    """All pieces that were met on sheets with the same styles and the same root element."""

    def __init__(self, root: bytes, book: BookFacts) -> None:
        self.book = book
        self.known: dict[bytes, _Piece] = {}
        self._root = root
        self._openings: dict[bytes, bool] = {}
        self._endings: dict[bytes, bool] = {b"": False}

    def cells(self, body: bytes, book: BookFacts) -> dict[Place, Cell]:
        """The cells of a sheet in the order of the file, paid for from the budget of `book`; raises `_Irregular`."""
        first, *pieces = body.split(b'<c r="')
        if not pieces or not self._opens(first):
            raise _Irregular
        known, strings = self.known, book.strings
        cells: dict[Place, Cell] = {}
        filled = ends = 0
        for content in pieces:
            piece = known.get(content) or self._first_met(content)
            place, cell, last, number, _, texts = piece
            if number >= 0:
                if number >= len(strings):
                    raise _Irregular
                text = strings[number]
                cell = texts.get(text) or self._text(piece, text)
            if cell is not None:
                filled += 1
                if cells.setdefault(place, cell) is not cell:
                    raise _Irregular
            ends += last
        if ends != 1 or not known[pieces[-1]].last:
            raise _Irregular
        book.budget.take(filled, book.limits)
        return cells

    def _opens(self, rows: bytes) -> bool:
        """Whether the rows begin with an open one, perhaps after empty ones."""
        known = self._openings.get(rows)
        if known is None:
            known = self._openings[rows] = not self._closed(rows) and self._sound(rows)
        return known

    @staticmethod
    def _text(piece: _Piece, text: Text) -> Cell | None:
        """A cell with a shared string; none where that is empty."""
        if not text.text:
            return None
        cell = piece.texts[text] = _text_cell(piece.place, text, piece.style)
        return cell

    def _first_met(self, content: bytes) -> _Piece:
        piece = self.known[content] = self._parsed(content)
        return piece

    def _parsed(self, content: bytes) -> _Piece:
        match = _CELL.fullmatch(content)
        if match is None:
            return self._scanned(content)
        letters, digits, style_number, kind, value, inline, following = match.groups()
        place = int(digits), column_number(letters.decode("ascii"))
        if place[0] > _MOST_ROW or place[1] > _MOST_COLUMN:
            raise _Irregular
        last = self._ends(following)
        style = self.book.style(None if style_number is None else style_number.decode("ascii"))
        if value is None and inline is None:
            return _Piece(place, None, last)
        if kind == b"s":
            if value is None or not _DIGITS.fullmatch(value):
                raise _Irregular
            return _Piece(place, None, last, int(value), style, {})
        if kind == b"inlineStr":
            if inline is None:
                raise _Irregular
            text = plain_text(inline)
            if text is None:
                raise _Irregular
            return _Piece(place, _text_cell(place, text, style) if text.text else None, last)
        number = values.number(value.decode("ascii")) if value and value.isascii() else None
        if number is None:
            raise _Irregular
        return _Piece(place, values.number_cell(place, number, style, date1904=self.book.date1904), last)

    def _scanned(self, content: bytes) -> _Piece:
        """A cell of another shape, parsed in full by itself; one that leans on others is not regular."""
        match = _ANY_CELL.fullmatch(content)
        if match is None or b"shared" in content or b'"s"' in content or b"[" in content or b"file:" in content:
            raise _Irregular
        cell, following = match.groups()
        scanner = SheetScanner(self.book)
        scan((self._root, b'<sheetData><row r="1"><c r="', cell, b"</row></sheetData></worksheet>"), scanner)
        found = scanner.grid.cells
        if len(found) > 1 or not _untouched(scanner.grid) or b"<c" in cell:
            raise _Irregular
        last = self._ends(following)
        place, only = next(iter(found.items()), ((0, 0), None))
        return _Piece(place, only, last)

    def _ends(self, following: bytes) -> bool:
        """Whether the sheet ends after a cell, rather than its row or nothing; raises where anything else follows."""
        known = self._endings.get(following)
        if known is None:
            rows = following.removeprefix(b"</row>")
            if rows == following or not self._sound(rows):
                raise _Irregular
            known = self._endings[following] = self._closed(rows)
        return known

    @staticmethod
    def _closed(rows: bytes) -> bool:
        return not rows or rows.endswith((b"/>", b"</row>"))

    def _sound(self, rows: bytes) -> bool:
        """Whether empty rows, and the beginning of the next one, are well-formed; none of them may be hidden."""
        if not rows or _PLAIN_ROWS.fullmatch(rows):
            return True
        if not _NEXT_ROWS.fullmatch(rows):
            return False
        closing = b"" if self._closed(rows) else b"</row>"
        scanner = SheetScanner(self.book)
        scan((self._root, b"<sheetData>", rows, closing, b"</sheetData></worksheet>"), scanner)
        return _untouched(scanner.grid)


def _untouched(grid: Grid) -> bool:
    """Whether nothing was said beside cells."""
    return not (grid.hidden_rows or grid.hidden_columns or grid.merges or grid.filter_on or grid.filter_criteria)


def _text_cell(place: Place, text: Text, style: Style) -> Cell:
    struck = style.struck or text.struck
    return Cell(*place, CellKind.TEXT, text.text, None, style.number_format, struck=struck, raised=text.raised)
