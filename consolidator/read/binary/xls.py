"""Excel 97–2003 workbooks and WPS .et (BIFF5 to BIFF8), through xlrd, with what it leaves out added from the records.

In: bytes. Out: the sheets. Never: one reader trusted alone.
"""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING, Any

from consolidator.model import Area, Cell, CellKind, Visibility
from consolidator.read.binary.biff import (
    BookRecords,
    SheetRecords,
    StoredFormula,
    book_records,
    sheet_records,
    workbook_stream,
)
from consolidator.read.cells import formats, formulas, values
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.excel.strings import unescaped
from consolidator.read.excel.styles import style
from consolidator.read.limits import Limits, damaged

if TYPE_CHECKING:
    from consolidator.model import Sheet
    from consolidator.read.cells.values import Style

BROKEN_XLS = (
    struct.error, AssertionError, AttributeError, EOFError, IndexError, KeyError, LookupError, NameError,
    NotImplementedError, OSError, OverflowError, RecursionError, TypeError, ValueError, ZeroDivisionError,
)  # fmt: skip
"""What xlrd raises on broken files beside its own errors: it was written before errors had classes of their own."""

_VISIBILITY = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_WHOLE_NUMBER = re.compile(r"\b(\d+)\.0\b")
_ONE_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?\d+):\1(?!\d)")
_EXTERNAL = "<<external>>"
_QUOTED = re.compile(r'("(?:[^"]|"")*")')
_SHARED_TOKEN = 0x01
_USUAL_CODE_PAGE = "gb18030"  # of old files that name none; the last format has Unicode and needs none
_ZEROS = "\0" * 4


def is_encrypted(content: bytes) -> bool:
    """Whether the records are encrypted (a FILEPASS record stands among the first)."""
    return book_records(workbook_stream(content)).encrypted


def read_xls(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    """All worksheets, in the order of the tabs."""
    stream = workbook_stream(content)
    facts = book_records(stream)
    sheets = [sheet_records(stream, position) for position in facts.positions]
    import xlrd  # noqa: PLC0415 - only needed for this format

    try:
        book = xlrd.open_workbook(
            file_contents=stream,
            formatting_info=True,
            ragged_rows=True,
            logfile=io.StringIO(),
            on_demand=False,
            encoding_override=None if facts.code_page else _USUAL_CODE_PAGE,
        )
        budget = Budget(limits.cells)
        return tuple(
            _Reader(book, facts, sheets[number] if number < len(sheets) else SheetRecords(), limits, budget).read(
                number
            )
            for number in range(book.nsheets)
        )
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, xlrd.formula.FormulaError, *BROKEN_XLS) as error:
        raise damaged("xls") from error


class _Reader:
    """Turns one sheet of an xlrd book into a `Sheet`."""

    def __init__(self, book: Any, facts: BookRecords, records: SheetRecords, limits: Limits, budget: Budget) -> None:
        self._book = book
        self._facts = facts
        self._records = records
        self._grid = Grid(limits, budget)
        self._styles: dict[int, Style] = {}

    def read(self, number: int) -> Sheet:
        sheet = self._book.sheet_by_index(number)
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                cell = self._cell(sheet, row, column)
                if cell is not None:
                    self._grid.put(cell)
        for top, bottom, left, right in sheet.merged_cells:
            self._grid.merge(Area(top + 1, left + 1, bottom, right))
        self._grid.hidden_rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
        self._grid.hidden_columns = [
            (column + 1, column + 1) for column, info in sheet.colinfo_map.items() if info.hidden or info.width == 0
        ]
        self._grid.filter_on = self._records.filter_on
        comments = {
            (row + 1, column + 1): note.text.strip()
            for (row, column), note in sheet.cell_note_map.items()
            if note.text.strip()
        }
        return self._grid.sheet(sheet.name, _VISIBILITY[sheet.visibility], comments)

    def _cell(self, sheet: Any, row: int, column: int) -> Cell | None:
        kind = sheet.cell_type(row, column)
        if kind in (0, 6):  # XL_CELL_EMPTY, XL_CELL_BLANK
            return None
        value = sheet.cell_value(row, column)
        styled = self._style(sheet.cell_xf_index(row, column))
        stored = self._records.formulas.get((row, column))
        formula = self._formula(stored, row, column) if stored else ""
        source = self._facts.source(stored.tokens) if stored and _EXTERNAL in formula else ""
        formula = formula.replace(_EXTERNAL, f"[{source}]")
        if stored and _uncalculated(stored, formula):
            return Cell(row + 1, column + 1, CellKind.UNCALCULATED, formula, None, styled.number_format,
                        formula=formula, struck=styled.struck, source=source)  # fmt: skip
        if kind in (2, 3):  # XL_CELL_NUMBER, XL_CELL_DATE
            number = values.from_double(float(value))
            if number is not None:
                return values.number_cell((row + 1, column + 1), number, styled, formula=formula, source=source,
                                          date1904=bool(self._book.datemode))  # fmt: skip
        found, text = self._text(kind, value)
        if not text and not formula:
            return None
        fonts = self._fonts(sheet, row, column, text) if found is CellKind.TEXT else ()
        struck, raised = any(font.struck_out for font in fonts), any(font.escapement for font in fonts)
        return Cell(row + 1, column + 1, found, text, None, styled.number_format,
                    formula=formula, struck=styled.struck or struck, source=source, raised=raised)  # fmt: skip

    def _text(self, kind: int, value: Any) -> tuple[CellKind, str]:
        if kind == 4:  # noqa: PLR2004 - XL_CELL_BOOLEAN
            return CellKind.BOOLEAN, "TRUE" if value else "FALSE"
        if kind == 5:  # noqa: PLR2004 - XL_CELL_ERROR
            from xlrd.biffh import error_text_from_code  # noqa: PLC0415 - only needed for this format

            return CellKind.ERROR, str(error_text_from_code.get(value, "#VALUE!"))
        text = values.whole_text(str(value))
        if _ZEROS in text:
            raise damaged("xls")
        return CellKind.TEXT, text

    def _style(self, index: int) -> Style:
        if index not in self._styles:
            form = self._book.xf_list[index]
            known = self._book.format_map.get(form.format_key)
            code = known.format_str if known is not None else ""
            if formats.dated(formats.BUILT_IN.get(form.format_key, "")):
                code = formats.BUILT_IN[form.format_key]
            fonts = self._book.font_list
            struck = form.font_index < len(fonts) and bool(fonts[form.font_index].struck_out)
            self._styles[index] = style(code, struck=struck)
        return self._styles[index]

    def _fonts(self, sheet: Any, row: int, column: int, text: str) -> list[Any]:
        """The fonts of the runs in which anything of a text is shown."""
        runs, fonts = sheet.rich_text_runlist_map.get((row, column), ()), self._book.font_list
        ends = [start for start, _ in runs[1:]] + [len(text)]
        return [
            fonts[font]
            for (start, font), end in zip(runs, ends, strict=False)
            if font < len(fonts) and text[start:end].strip()
        ]

    def _formula(self, stored: StoredFormula, row: int, column: int) -> str:
        import xlrd  # noqa: PLC0415 - only needed for this format
        from xlrd import formula as decompiler  # noqa: PLC0415

        tokens, kind = stored.tokens, decompiler.FMLA_TYPE_CELL
        if len(tokens) >= 5 and tokens[0] == _SHARED_TOKEN:  # noqa: PLR2004 - token, row, column
            tokens, kind = (
                self._records.shared.get(struct.unpack_from("<HH", tokens, 1), b""),
                decompiler.FMLA_TYPE_SHARED,
            )
        try:
            text = decompiler.decompile_formula(self._book, tokens, len(tokens), kind, row, column)
        except (decompiler.FormulaError, xlrd.XLRDError, *BROKEN_XLS):
            text = None  # a formula that cannot be told; its result stands
        parts = _QUOTED.split(unescaped(text or ""))
        return "=" + "".join(
            part if place % 2 else _ONE_CELL.sub(r"\1", _WHOLE_NUMBER.sub(r"\1", part))
            for place, part in enumerate(parts)
        )


def _uncalculated(stored: StoredFormula, formula: str) -> bool:
    """Whether the stored result is none: zero or an empty text that waits for loading, or a sum that is a text.

    Libraries that cannot calculate store an empty text; so does Excel, for a formula that really gives one. Only one
    that must give a number can be told apart.
    """
    if stored.on_load and (stored.zero or stored.empty_text):
        return True
    return stored.empty_text and formulas.gives_a_number(formula)
