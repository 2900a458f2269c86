"""Properties and defined names in binary formats.

In: bytes. Out: `Marks` filled. Source: [MS-OLEPS] 2.21, 2.25 (property sets); [MS-XLS] 2.4.150 (names, through xlrd);
[MS-XLSB] 2.4.711 (BrtName), 2.4.666 (BrtExternSheet), 2.5.98.88 (PtgRef3d).
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, Any

from consolidator.model import CellAddress
from consolidator.read.binary.biff import workbook_stream
from consolidator.read.binary.biff12 import records, wide_text
from consolidator.read.binary.xls import BROKEN_XLS
from consolidator.read.files.compound import BROKEN_COMPOUND
from consolidator.read.files.package import workbook_part

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consolidator.read.files.archive import Archive
    from consolidator.read.markings.marks import Marks

_STREAM = "\x05DocumentSummaryInformation"
_USER_DEFINED = bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")
_MOST_PROPERTIES = 200
_LONGEST = 1000
_DICTIONARY, _CODE_PAGE = 0, 1
_BYTES, _WIDE = 0x1E, 0x1F  # VT_LPSTR, VT_LPWSTR
_UTF16, _UTF8 = 1200, 65001
_NAME, _SHEET_ENTRY, _SELF, _EXTERN_SHEET = 39, 156, 357, 362
_SUPPORTING = (355, 357, 358, 667)  # records of supporting books, in the order in which they are counted
_REFERENCE = (0x3A, 0x5A, 0x7A)
_COLUMN = 0x3FFF


def compound_properties(content: bytes, marks: Marks) -> None:
    """The user-defined properties of an .xls; a broken set gives none."""
    import olefile  # noqa: PLC0415 - only needed for this format

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            stream = compound.openstream(_STREAM).read() if compound.exists(_STREAM) else b""
        for name, value in user_defined(stream):
            marks.note(name, value)
    except (*BROKEN_COMPOUND, LookupError):  # an unknown code page is one
        return


def user_defined(stream: bytes) -> Iterator[tuple[str, str]]:
    """The names and texts of a stream of property sets. Raises struct.error where it is cut."""
    place = stream.find(_USER_DEFINED, 28)
    if place < 0:
        return
    (start,) = struct.unpack_from("<L", stream, place + 16)
    (count,) = struct.unpack_from("<L", stream, start + 4)
    entries = [struct.unpack_from("<LL", stream, start + 8 + 8 * each) for each in range(min(count, _MOST_PROPERTIES))]
    offsets = {key: start + offset for key, offset in entries}
    if _DICTIONARY not in offsets:
        return
    page = struct.unpack_from("<H", stream, offsets[_CODE_PAGE] + 4)[0] if _CODE_PAGE in offsets else _UTF16
    for key, name in _dictionary(stream, offsets[_DICTIONARY], page):
        if key in offsets:
            yield name, _value(stream, offsets[key], page)


def _dictionary(stream: bytes, at: int, page: int) -> Iterator[tuple[int, str]]:
    (count,) = struct.unpack_from("<L", stream, at)
    at += 4
    for _ in range(min(count, _MOST_PROPERTIES)):
        key, length = struct.unpack_from("<LL", stream, at)
        size = length * 2 if page == _UTF16 else length
        yield key, _decoded(stream[at + 8 : at + 8 + min(size, _LONGEST)], page)
        at += 8 + (size + 3 & ~3 if page == _UTF16 else size)


def _value(stream: bytes, at: int, page: int) -> str:
    kind, length = struct.unpack_from("<LL", stream, at)
    if kind == _BYTES:
        return _decoded(stream[at + 8 : at + 8 + min(length, _LONGEST)], page)
    return _decoded(stream[at + 8 : at + 8 + min(2 * length, _LONGEST)], _UTF16) if kind == _WIDE else ""


def _decoded(text: bytes, page: int) -> str:
    codec = {_UTF16: "utf-16-le", _UTF8: "utf-8", 936: "gb18030"}.get(page, f"cp{page}")
    return text.decode(codec, "replace").rstrip("\0")


def xls_names(content: bytes, marks: Marks) -> None:
    """The defined names of an .xls; a book that xlrd cannot open gives none."""
    import xlrd  # noqa: PLC0415 - only needed for this format

    try:
        book = xlrd.open_workbook(file_contents=workbook_stream(content), on_demand=True, logfile=io.StringIO())
        for name in book.name_obj_list:
            marks.refer(name.name, _xls_cell(book, name))
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, xlrd.formula.FormulaError, *BROKEN_XLS):
        marks.names.clear()


def _xls_cell(book: Any, name: Any) -> CellAddress | None:
    result = name.result
    if result is None or result.kind != -1 or not result.value or len(result.value) != 1:  # -1: one reference
        return None
    sheet, after, top, bottom, left, right = result.value[0].coords
    if (after - sheet, bottom - top, right - left) != (1, 1, 1) or not 0 <= sheet < book.nsheets:
        return None
    return CellAddress(book.sheet_names()[sheet], top + 1, left + 1)


def xlsb_names(archive: Archive, marks: Marks) -> None:
    """The defined names of an .xlsb; broken records give none."""
    sheets: list[str] = []
    own, books = -1, 0
    references: list[tuple[int, int, int]] = []
    found: list[tuple[str, bytes]] = []
    try:
        for number, data in records(archive.read(workbook_part(archive))):
            if number == _SHEET_ENTRY:
                sheets.append(wide_text(data, wide_text(data, 8)[1])[0])
            elif number in _SUPPORTING:
                own, books = (books if number == _SELF else own), books + 1
            elif number == _EXTERN_SHEET:
                (count,) = struct.unpack_from("<L", data)
                references = [struct.unpack_from("<LLL", data, 4 + 12 * each) for each in range(min(count, len(data)))]
            elif number == _NAME:
                name, end = wide_text(data, 9)
                (size,) = struct.unpack_from("<L", data, end)
                found.append((name, data[end + 4 : end + 4 + size]))
        for name, formula in found:
            marks.refer(name, _xlsb_cell(formula, [each[1:] if each[0] == own else () for each in references], sheets))
    except (struct.error, IndexError):
        marks.names.clear()


def _xlsb_cell(formula: bytes, references: list[tuple[int, ...]], sheets: list[str]) -> CellAddress | None:
    """The cell of a formula that is one reference to one sheet of this book."""
    if len(formula) != 9 or formula[0] not in _REFERENCE:  # noqa: PLR2004 - token, reference, row, column
        return None
    reference, row, column = struct.unpack_from("<HLH", formula, 1)
    if reference >= len(references) or len(set(references[reference])) != 1:
        return None
    sheet = references[reference][0]
    return CellAddress(sheets[sheet], row + 1, (column & _COLUMN) + 1) if sheet < len(sheets) else None
