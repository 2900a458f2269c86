"""One worksheet of an .xlsx, in one streaming pass: every cell exactly as stored, and what lies over the cells.

In: the XML of a worksheet part. Out: a `Sheet`. Never: a dimension believed, a value under a merge lost, a row number
taken for granted. Source: ECMA-376 part 1, 18.3.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.model import Cell, CellKind
from consolidator.read.cells import formulas, values
from consolidator.read.cells.addresses import area, checked, position
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.cells.values import PLAIN_STYLE, Style
from consolidator.read.excel.strings import RichText, Text, unescaped
from consolidator.read.excel.styles import index
from consolidator.read.files.markup import Attributes, Scanner, register, truth
from consolidator.read.files.names import MAIN_SPACES
from consolidator.read.limits import LIMITS, Limits, damaged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

_FILTERS = ("filters", "customFilters", "top10", "dynamicFilter", "colorFilter", "iconFilter")


class BookFacts(Struct, frozen=True):
    """What the sheets of one workbook share."""

    strings: Sequence[Text] = ()
    styles: Sequence[Style] = ()
    date1904: bool = False
    workbooks: Sequence[str] = ()
    limits: Limits = LIMITS
    budget: Budget = field(default_factory=lambda: Budget(LIMITS.cells))

    def style(self, number: str | None) -> Style:
        """The style of an index attribute; the plain one where there is none. Styles that are not there were lost."""
        place = index(number)
        if place < len(self.styles):
            return self.styles[place]
        if place:
            raise damaged("style_index")
        return PLAIN_STYLE


class SheetScanner(Scanner):
    """Fills a `Grid` from the elements of a worksheet."""

    def __init__(self, book: BookFacts) -> None:
        """Begin a sheet of `book`."""
        super().__init__(book.limits)
        self.grid = Grid(book.limits, book.budget)
        self._book = book
        self._row = self._column = 0
        self._type = "n"
        self._style = PLAIN_STYLE
        self._style_number: str | None = None
        self._value: str | None = None
        self._formula: str | None = None
        self._shared: dict[str, tuple[int, int, str]] = {}
        self._formula_attributes: Attributes = {}
        self._in_cell = False
        self._inline: Text | None = None
        self._rich = RichText(self)
        starts = {
            "row": self._open_row,
            "c": self._open_cell,
            "v": self._open_value,
            "f": self._open_formula,
            "mergeCell": lambda attributes: self.grid.merge(area(attributes.get("ref", ""))),
            "col": self._columns,
            "sheetPr": self._properties,
        } | dict.fromkeys(_FILTERS, self._criteria)
        ends = {"c": self._close_cell, "v": self._close_value, "f": self._close_formula, "is": self._close_inline}
        register(self.starts, MAIN_SPACES, starts)
        register(self.ends, MAIN_SPACES, ends)

    def _properties(self, attributes: Attributes) -> None:
        self.grid.filter_on = truth(attributes.get("filterMode"))

    def _criteria(self, _: Attributes) -> None:
        self.grid.filter_criteria = True

    def _columns(self, attributes: Attributes) -> None:
        if truth(attributes.get("hidden")) or attributes.get("width") == "0":
            first, last = index(attributes.get("min")), index(attributes.get("max"))
            self.grid.hidden_columns.append((first, min(last, self.limits.columns)))

    def _open_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        row = self._row + 1 if number is None else index(number)
        self._row, self._column = checked(row, 1)[0], 0
        if truth(attributes.get("hidden")) or attributes.get("ht") == "0":
            self.grid.hidden_rows.add(row)

    def _open_cell(self, attributes: Attributes) -> None:
        address = attributes.get("r")
        if address is None:
            self._row, self._column = checked(self._row or 1, self._column + 1)
        else:
            self._row, self._column = position(address)
        self._type = attributes.get("t", "n")
        self._style_number = attributes.get("s")
        self._value = self._formula = self._inline = None
        self._rich.take()  # a text outside of cells is no part of this one
        self._in_cell = True

    def _open_value(self, _: Attributes) -> None:
        if self._in_cell:
            self.collecting = True

    def _close_value(self) -> None:
        if self._in_cell:
            self._value = self.collected()

    def _open_formula(self, attributes: Attributes) -> None:
        if self._in_cell:
            self._formula_attributes = attributes
            self.collecting = True

    def _close_formula(self) -> None:
        if self._in_cell:
            self._formula = self._whole_formula(self.collected())

    def _whole_formula(self, text: str) -> str:
        if self._formula_attributes.get("t") == "shared":
            number = self._formula_attributes.get("si", "")
            if text:
                self._shared[number] = (self._row, self._column, text)
            elif number in self._shared:
                row, column, first = self._shared[number]
                text = formulas.moved(first, self._row - row, self._column - column)
        return "=" + formulas.named_sources(unescaped(text), self._book.workbooks)

    def _close_inline(self) -> None:
        self._inline = self._rich.take()

    def _close_cell(self) -> None:
        self._in_cell = False
        if self._value is None and self._inline is None and self._formula is None:
            return
        self._style = self._book.style(self._style_number)
        cell = self._cell()
        if cell is not None:
            self.grid.put(cell)

    def _cell(self) -> Cell | None:
        text = self._text()
        formula = self._formula or ""
        if text is None or (not text.text and self._type != "str"):
            return self._made(CellKind.UNCALCULATED, Text(formula)) if formula else None
        if self._type in ("n", "d"):
            number = values.number(text.text) if self._type == "n" else self._moment(text.text)
            if number is not None:
                source = formulas.source(formula) if formula else ""
                style = self._style if self._type == "n" else Style(self._style.number_format, True, self._style.struck)  # noqa: FBT003
                return values.number_cell(
                    (self._row, self._column),
                    number,
                    style,
                    formula=formula,
                    source=source,
                    date1904=self._book.date1904,
                )
        if self._type == "b":
            return self._made(CellKind.BOOLEAN, Text("TRUE" if truth(text.text) else "FALSE"))
        if self._type == "e":
            return self._made(CellKind.ERROR, text)
        return self._made(CellKind.TEXT, text) if text.text or formula else None

    def _text(self) -> Text | None:
        """What stands in the cell, before its type is looked at; None where nothing was stored."""
        if self._inline is not None and self._value is None:
            return self._inline
        if self._value is None:
            return None
        if self._type == "s" and self._value:
            place = self._value.strip()
            if not (place.isascii() and place.isdigit() and len(place) < 10 and int(place) < len(self._book.strings)):  # noqa: PLR2004
                raise damaged("string_index")
            return self._book.strings[int(place)]
        return Text(unescaped(self._value) if self._type == "str" else self._value)

    def _moment(self, text: str) -> Decimal | None:
        try:
            moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
        except ValueError:
            return None
        return values.serial(moment, date1904=self._book.date1904)

    def _made(self, kind: CellKind, text: Text) -> Cell:
        formula = self._formula or ""
        struck = self._style.struck or text.struck
        source = formulas.source(formula) if formula else ""
        form = self._style.number_format
        return Cell(
            self._row, self._column, kind, text.text, None, form, "", formula, struck, "", source, raised=text.raised
        )
