"""Workbooks as grids of cells: what the `read` room hands on, free of any file format.

Rows and columns count from 1, as people read them on the screen.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.model.number_formats import is_percentage, is_unseen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from consolidator.findings import Finding


_LOW = 8  # rows of a merged area that is looked up row by row


def column_letters(column: int) -> str:
    """Letters of a column counted from 1: 1 gives `A`, 28 gives `AB`."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Address of a cell as a spreadsheet shows it: row 12, column 4 gives `D12`."""
    return f"{column_letters(column)}{row}"


class CellAddress(Struct, frozen=True, order=True):
    """Where a value stands: the sheet's name, row and column from 1."""

    sheet: str
    row: int
    column: int

    @property
    def a1(self) -> str:
        """The address without the sheet, such as `D12`."""
        return a1(self.row, self.column)


class CellKind(StrEnum):
    """What the file says a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"  # a number whose style shows it as a date or time
    BOOLEAN = "boolean"
    ERROR = "error"  # #REF!, #DIV/0! and their kin
    UNCALCULATED = "uncalculated"  # a formula whose result was never stored
    BLANK = "blank"  # only kept where it carries a comment


class Cell(Struct, frozen=True):
    """One cell that is not empty.

    `text` is what stands there as typed: the text itself with its spaces and line breaks; a number in plain
    decimal notation as stored (`12`, `0.05`); a date as `YYYY-MM-DD` (with ` HH:MM:SS` when it has a time); an error
    as `#REF!`; a truth value as `TRUE` or `FALSE`; an uncalculated formula as `=` and its text.
    `number` is the stored number, exact as the file spells it, for NUMBER and DATE (there the raw serial), else None.
    `shown` is the number as its format displays it, where that differs in value (`12` for 12.4 under format `0`), else
    empty; `words` is what it shows of a number together with words, such as `3万条` for 3, else empty. `struck` tells of a
    strike-through over the whole text or any part of it, `raised` of a part of a text that is set above or below the line
    (the number of a footnote), or not shown at all. `comment` is the text of a note.
    `formula` begins with `=`; `source` names the other workbook that it refers to, empty where it refers to none. A
    formula whose stored result is an empty text is a TEXT cell with an empty `text`.
    """

    row: int
    column: int
    kind: CellKind
    text: str
    number: Decimal | None = None
    number_format: str = ""
    shown: str = ""
    formula: str = ""
    struck: bool = False
    comment: str = ""
    source: str = ""
    words: str = ""
    raised: bool = False

    @property
    def a1(self) -> str:
        """The address without the sheet, such as `D12`."""
        return a1(self.row, self.column)

    @property
    def unseen(self) -> bool:
        """Whether its format shows nothing of the number."""
        return self.number is not None and is_unseen(self.number, self.number_format)

    @property
    def percentage(self) -> bool:
        """Whether its format shows a hundred times the number, as `41.67%` for 0.4167."""
        return self.number is not None and is_percentage(self.number, self.number_format)


class Area(Struct, frozen=True, order=True):
    """A rectangle of cells, both corners included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    @property
    def a1(self) -> str:
        """The area as `D7:E8`."""
        return f"{a1(self.top, self.left)}:{a1(self.bottom, self.right)}"


class Visibility(StrEnum):
    """Whether a person who opens the file sees the sheet."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    VERY_HIDDEN = "veryHidden"


class Sheet(Struct, frozen=True, dict=True):
    """One worksheet: its non-empty cells by (row, column), and what lies over them.

    Of a strip of a worksheet, `around` are the cells over and under what stands in the other strips.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    merges: tuple[Area, ...] = ()
    visibility: Visibility = Visibility.VISIBLE
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    filtered: bool = False
    around: tuple[Cell, ...] = ()

    def at(self, row: int, column: int) -> Cell | None:
        """The cell at an address, or None where nothing stands."""
        return self.cells.get((row, column))

    def area_at(self, row: int, column: int) -> Area | None:
        """The merged area over an address: the first one, where several are."""
        low, tall = self._areas
        first = next((entry for entry in low.get(row, ()) if entry[1].holds(row, column)), None)
        for entry in tall:
            if entry[1].holds(row, column) and (first is None or entry < first):
                return entry[1]
        return first[1] if first is not None else None

    def seen_at(self, row: int, column: int) -> Cell | None:
        """What a person sees at an address: the upper left cell of a merged area over it, or the cell's own content."""
        area = self.area_at(row, column)
        own = self.at(row, column)
        return own if area is None else self.at(area.top, area.left) or own

    @cached_property
    def texts(self) -> tuple[Cell, ...]:
        """The cells that hold text, in the order of the file."""
        return tuple(cell for cell in self.cells.values() if cell.kind is CellKind.TEXT)

    @cached_property
    def _areas(self) -> tuple[Mapping[int, list[tuple[int, Area]]], list[tuple[int, Area]]]:
        """The merged areas with their numbers: those of few rows by row, and the tall ones."""
        low: dict[int, list[tuple[int, Area]]] = {}
        tall = []
        for number, area in enumerate(self.merges):
            if area.bottom - area.top > _LOW:
                tall.append((number, area))
                continue
            for row in range(area.top, area.bottom + 1):
                low.setdefault(row, []).append((number, area))
        return low, tall

    @cached_property
    def lines(self) -> Mapping[int, tuple[Cell, ...]]:
        """The cells of each row that has any, from top to bottom and from left to right."""
        lines: dict[int, list[Cell]] = {}
        for (row, _), cell in sorted(self.cells.items()):
            lines.setdefault(row, []).append(cell)
        return {row: tuple(cells) for row, cells in lines.items()}


class FileFormat(StrEnum):
    """What a file is by its content, whatever its name says."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"
    ODS = "ods"
    HTML = "html"
    SPREADSHEETML = "spreadsheetml"
    CSV = "csv"


class Workbook(Struct, frozen=True):
    """Everything one file says, sheet by sheet in the file's own order.

    `reduced` tells that the format hides some facts (formulas, hidden parts, error cells). `findings` are what the
    reader noticed about the file as a whole (macros, external links, a name that does not fit the content); they name
    sheet and cells but not yet file or unit, which the pipeline adds. `properties` and `names` are the marks of a blank
    form of ours, as the file claims them: properties of the file, and defined names with the single cells that they refer
    to (none for one that refers to nothing any more or to several cells at once).
    """

    format: FileFormat
    sheets: tuple[Sheet, ...]
    reduced: bool = False
    findings: tuple[Finding, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, tuple[CellAddress, ...]] = field(default_factory=dict)
