"""XML spreadsheets of Excel 2003 (SpreadsheetML), which many systems export under the name .xls.

In: bytes. Out: the sheets. Source: Microsoft, XML Spreadsheet Reference (Office XP/2003).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from consolidator.model import Area, Cell, CellKind, Visibility
from consolidator.read.cells import formulas, values
from consolidator.read.cells.addresses import checked
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.cells.values import PLAIN_STYLE, Style
from consolidator.read.excel.styles import index, style
from consolidator.read.files.markup import Attributes, Scanner, scan
from consolidator.read.limits import damaged, too_large

if TYPE_CHECKING:
    from decimal import Decimal

    from consolidator.model import Sheet
    from consolidator.read.limits import Limits

_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_X = "urn:schemas-microsoft-com:office:excel"
_HTML = "http://www.w3.org/TR/REC-html40"
_NAMED_FORMATS = {
    "General Number": "",
    "General Date": "yyyy/m/d h:mm",
    "Long Date": "yyyy/m/d",
    "Medium Date": "d-mmm-yy",
    "Short Date": "yyyy/m/d",
    "Long Time": "h:mm:ss",
    "Medium Time": "h:mm",
    "Short Time": "h:mm",
    "Currency": "#,##0.00",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
}
_STATES = {"SheetHidden": Visibility.HIDDEN, "SheetVeryHidden": Visibility.VERY_HIDDEN}


def read_spreadsheetml(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """All worksheets, in the order of the tabs."""
    scanner = _Workbook(limits)
    scan([content], scanner)
    return tuple(scanner.sheets)


def _ss(attributes: Attributes, name: str) -> str:
    return attributes.get(f"{_SS} {name}", attributes.get(name, ""))


class _Workbook(Scanner):
    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.sheets: list[Sheet] = []
        self._budget = Budget(limits.cells)
        self._styles: dict[str, Style] = {}
        self._style_id = self._format = ""
        self._struck = self._date1904 = False
        self._begin({})
        spreadsheet = {
            "Style": self._open_style,
            "NumberFormat": self._number_format,
            "Font": self._font,
            "Worksheet": self._begin,
            "Column": self._columns,
            "Row": self._open_row,
            "Cell": self._open_cell,
            "Data": self._open_data,
            "Comment": self._open_comment,
        }
        self.starts |= {f"{_SS} {name}": handler for name, handler in spreadsheet.items()}
        self.starts |= {f"{_X} Visible": self.collect, f"{_X} Date1904": self._epoch, f"{_HTML} S": self._strike}
        self.starts |= {f"{_HTML} {name}": self._raise for name in ("Sup", "Sub")}
        ends = {
            "Style": self._close_style,
            "Worksheet": self._close_sheet,
            "Cell": self._close_cell,
            "Data": self._close_data,
            "Comment": self._close_comment,
        }
        self.ends |= {f"{_SS} {name}": handler for name, handler in ends.items()}
        self.ends[f"{_X} Visible"] = self._visible

    def _begin(self, attributes: Attributes) -> None:
        self._name = _ss(attributes, "Name")
        self._grid = Grid(self.limits, self._budget)
        self._visibility = Visibility.VISIBLE
        self._comments: dict[tuple[int, int], str] = {}
        self._row = self._column = self._listed = 0
        self._cell: Attributes = {}
        self._kind: str | None = None
        self._in_comment = self._run_struck = self._raised = False
        self._content = ""

    def _epoch(self, _: Attributes) -> None:
        self._date1904 = True

    def _open_style(self, attributes: Attributes) -> None:
        self._style_id, self._format, self._struck = _ss(attributes, "ID"), "", False

    def _number_format(self, attributes: Attributes) -> None:
        code = _ss(attributes, "Format")
        self._format = _NAMED_FORMATS.get(code, code)

    def _font(self, attributes: Attributes) -> None:
        self._struck = _ss(attributes, "StrikeThrough") == "1"

    def _close_style(self) -> None:
        self._styles[self._style_id] = style(self._format, struck=self._struck)

    def _columns(self, attributes: Attributes) -> None:
        first = index(_ss(attributes, "Index")) or self._listed + 1
        self._listed = first + index(_ss(attributes, "Span"))
        if _ss(attributes, "Hidden") == "1" or _ss(attributes, "Width") == "0":
            self._grid.hidden_columns.append((first, min(self._listed, self.limits.columns)))

    def _open_row(self, attributes: Attributes) -> None:
        self._row = checked(index(_ss(attributes, "Index")) or self._row + 1, 1)[0]
        self._column = 0
        span = index(_ss(attributes, "Span"))
        if _ss(attributes, "Hidden") == "1" or _ss(attributes, "Height") == "0":
            self._grid.hidden_rows.update(range(self._row, min(self._row + span, self.limits.rows) + 1))
        self._last = self._row + span

    def _open_cell(self, attributes: Attributes) -> None:
        self._cell = attributes
        column = index(_ss(attributes, "Index")) or self._column + 1
        checked(self._row, column)
        across, down = index(_ss(attributes, "MergeAcross")), index(_ss(attributes, "MergeDown"))
        if across or down:
            self._grid.merge(Area(self._row, column, *checked(self._row + down, column + across)))
        self._place = (self._row, column)
        self._column = column + across
        self._kind = None
        self._content = ""
        self._run_struck = self._raised = False

    def _open_data(self, attributes: Attributes) -> None:
        if not self._in_comment:
            self._kind = _ss(attributes, "Type") or "String"
        self.collecting = True

    def _strike(self, _: Attributes) -> None:
        self._run_struck = self._run_struck or not self._in_comment

    def _raise(self, _: Attributes) -> None:
        self._raised = self._raised or not self._in_comment

    def _close_data(self) -> None:
        if not self._in_comment:
            self._content = self.collected()

    def _open_comment(self, _: Attributes) -> None:
        self._in_comment = True
        self.pieces.clear()

    def _close_comment(self) -> None:
        self._in_comment = False
        text = self.collected().strip()
        if text:
            self._comments[self._place] = text

    def _close_cell(self) -> None:
        cell = self._made()
        if cell is not None:
            self._grid.put(cell)

    def _made(self) -> Cell | None:
        given = self._styles.get(_ss(self._cell, "StyleID"), PLAIN_STYLE)
        formula = values.whole_text(_ss(self._cell, "Formula"))
        source = formulas.source(formula)
        struck = given.struck or self._run_struck
        if self._kind is None or (self._kind != "String" and not self._content):
            if not formula:
                return None
            return Cell(*self._place, CellKind.UNCALCULATED, formula, None, given.number_format, "", formula, struck)
        number = self._number()
        if number is not None:
            if self._kind == "DateTime":
                given = Style(given.number_format, dated=True, struck=struck)
            return values.number_cell(
                self._place, number, given, formula=formula, source=source, date1904=self._date1904
            )
        kind, text = CellKind.TEXT, values.whole_text(self._content)
        if self._kind == "Boolean":
            kind, text = CellKind.BOOLEAN, "TRUE" if self._content.strip() == "1" else "FALSE"
        elif self._kind == "Error":
            kind = CellKind.ERROR
        if not text and not formula:
            return None
        form = given.number_format
        return Cell(*self._place, kind, text, None, form, "", formula, struck, "", source, raised=self._raised)

    def _number(self) -> Decimal | None:
        if self._kind == "Number":
            return values.number(self._content)
        if self._kind == "DateTime":
            try:
                moment = datetime.fromisoformat(self._content.strip().removesuffix("Z"))
            except ValueError:
                return None
            return values.serial(moment, date1904=self._date1904)
        return None

    def _visible(self) -> None:
        self._visibility = _STATES.get(self.collected().strip(), self._visibility)

    def _close_sheet(self) -> None:
        self.sheets.append(self._grid.sheet(self._name, self._visibility, self._comments))
        if len(self.sheets) > self.limits.sheets:
            raise too_large("sheets", self.limits.sheets)
        if not self._name:
            raise damaged("xml")
