"""Excel binary workbooks (.xlsb).

In: an `Archive`. Out: the sheets. The text of formulas is not decoded: a formula shows as `=`, its result is exact.
Source: [MS-XLSB] 2.1.7, 2.4.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from consolidator.model import Area, Cell, CellKind, Visibility
from consolidator.read.binary.biff12 import (
    BinaryStyles,
    binary_strings,
    binary_styles,
    packed_number,
    records,
    rich_text,
    wide_text,
)
from consolidator.read.cells import values
from consolidator.read.cells.addresses import checked
from consolidator.read.cells.grid import Budget, Grid
from consolidator.read.cells.values import PLAIN_STYLE
from consolidator.read.excel.strings import Text
from consolidator.read.files.package import SheetEntry, part_of_kind, relations, workbook_part, worksheets
from consolidator.read.limits import damaged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.model import Sheet
    from consolidator.read.excel.notes import Comments
    from consolidator.read.files.archive import Archive

_PROPERTIES, _SHEET_ENTRY = 153, 156
_ROW, _COLUMN, _MERGE, _FILTER_COLUMN = 0, 60, 176, 163
_BEGIN_COMMENT, _COMMENT_TEXT = 635, 637
_HIDDEN_ROW = 0x10
_STATES = (Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN)
_BLANK, _PACKED, _ERROR, _BOOLEAN, _REAL, _STRING, _SHARED = range(1, 8)
_FORMULAS = {8: _STRING, 9: _REAL, 10: _BOOLEAN, 11: _ERROR}
_SHORT = {12: _BLANK, 13: _PACKED, 14: _ERROR, 15: _BOOLEAN, 16: _REAL, 17: _STRING, 18: _SHARED}
_RICH_STRING = 62
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_STYLE_BITS = 0xFFFFFF


def read_xlsb(archive: Archive) -> tuple[Sheet, ...]:
    """All worksheets, in the order of the tabs."""
    try:
        return _read(archive)
    except (struct.error, IndexError) as error:
        raise damaged("xlsb") from error


def _read(archive: Archive) -> tuple[Sheet, ...]:
    part = workbook_part(archive)
    related = relations(archive, part)
    entries: list[SheetEntry] = []
    date1904 = False
    for number, data in records(archive.read(part)):
        if number == _PROPERTIES:
            date1904 = bool(data[0] & 1)
        elif number == _SHEET_ENTRY:
            relation, end = wide_text(data, 8)
            state = struct.unpack_from("<L", data)[0]
            visibility = _STATES[state] if state < len(_STATES) else Visibility.VISIBLE
            entries.append(SheetEntry(wide_text(data, end)[0], visibility, relation))
    styled = part_of_kind(archive, related, "styles")
    styles = binary_styles(archive.read(styled)) if styled else BinaryStyles((), ())
    shared = part_of_kind(archive, related, "sharedStrings")
    strings = binary_strings(archive.read(shared), styles.fonts, archive.limits) if shared else []
    budget = Budget(archive.limits.cells)
    sheets = []
    for entry, target in worksheets(archive, entries, related, "xl/worksheets/sheet{}.bin"):
        reader = _SheetReader(Grid(archive.limits, budget), strings, styles, date1904=date1904)
        reader.read(archive.read(target))
        sheets.append(reader.grid.sheet(entry.name, entry.visibility, _comments(archive, target, styles)))
    return tuple(sheets)


def _comments(archive: Archive, part: str, styles: BinaryStyles) -> Comments:
    target = part_of_kind(archive, relations(archive, part), "comments")
    found: Comments = {}
    place = (1, 1)
    for number, data in records(archive.read(target)) if target else ():
        if number == _BEGIN_COMMENT:
            row, _, column, _ = struct.unpack_from("<4L", data, 4)
            place = checked(row + 1, column + 1)
        elif number == _COMMENT_TEXT:
            found[place] = rich_text(data, 0, styles.fonts).text.strip()
    return {where: text for where, text in found.items() if text}


class _SheetReader:
    def __init__(self, grid: Grid, strings: Sequence[Text], styles: BinaryStyles, *, date1904: bool) -> None:
        self.grid = grid
        self._strings = strings
        self._styles = styles
        self._date1904 = date1904
        self._row = self._column = 0

    def read(self, part: bytes) -> None:
        """All records of a worksheet part."""
        for number, data in records(part):
            if number == _ROW:
                self._open_row(data)
            elif number <= max(_SHORT) or number == _RICH_STRING:
                self._open_cell(number, data)
            elif number == _MERGE:
                top, bottom, left, right = struct.unpack_from("<4L", data)
                self.grid.merge(Area(*checked(top + 1, left + 1), *checked(bottom + 1, right + 1)))
            elif number == _COLUMN:
                first, last, width, _, flags = struct.unpack_from("<4LH", data)
                if flags & 1 or not width:
                    self.grid.hidden_columns.append((first + 1, min(last + 1, self.grid.limits.columns)))
            elif number == _FILTER_COLUMN:
                self.grid.filter_criteria = True

    def _open_row(self, data: bytes) -> None:
        self._row, self._column = checked(struct.unpack_from("<L", data)[0] + 1, 1)[0], 0
        if struct.unpack_from("<B", data, 11)[0] & _HIDDEN_ROW:
            self.grid.hidden_rows.add(self._row)

    def _open_cell(self, number: int, data: bytes) -> None:
        if number in _SHORT:
            number, column, start = _SHORT[number], self._column + 1, 4
        else:
            column, start = struct.unpack_from("<L", data)[0] + 1, 8
        _, self._column = checked(self._row, column)
        bits = struct.unpack_from("<L", data, start - 4)[0] & _STYLE_BITS
        if bits and bits >= len(self._styles.cells):
            raise damaged("style_index")
        styled = self._styles.cells[bits] if self._styles.cells else PLAIN_STYLE
        place = (self._row, self._column)
        formula = "=" if number in _FORMULAS else ""
        kind = _FORMULAS.get(number, number)
        if kind in (_PACKED, _REAL):
            raw = struct.unpack_from("<L" if kind == _PACKED else "<d", data, start)[0]
            value = values.from_double(packed_number(raw) if kind == _PACKED else raw)
            if value is None:
                raise damaged("xlsb")
            self.grid.put(values.number_cell(place, value, styled, formula=formula, date1904=self._date1904))
        elif kind != _BLANK:
            what, text = self._text(kind, data, start)
            if text.text or formula:
                struck = styled.struck or text.struck
                self.grid.put(
                    Cell(*place, what, text.text, None, styled.number_format, "", formula, struck, raised=text.raised)
                )

    def _text(self, kind: int, data: bytes, start: int) -> tuple[CellKind, Text]:
        if kind == _BOOLEAN:
            return CellKind.BOOLEAN, Text("TRUE" if struct.unpack_from("<B", data, start)[0] else "FALSE")
        if kind == _ERROR:
            return CellKind.ERROR, Text(_ERRORS.get(struct.unpack_from("<B", data, start)[0], "#VALUE!"))
        if kind == _SHARED:
            index = struct.unpack_from("<L", data, start)[0]
            if index >= len(self._strings):
                raise damaged("string_index")
            return CellKind.TEXT, self._strings[index]
        if kind == _RICH_STRING:
            return CellKind.TEXT, rich_text(data, start, self._styles.fonts)
        return CellKind.TEXT, Text(wide_text(data, start)[0])
