"""The record stream of an .xls: what xlrd does not hand over, and whether the stream is whole.

In: the bytes of an .xls or .et. Out: formulas with the state of their results, filters, names of external workbooks.
Never: a stretch of zero bytes taken for empty cells (that is how a half-copied file looks). Source: [MS-XLS] 2.4.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from consolidator.read.files.compound import BROKEN_COMPOUND, COMPOUND
from consolidator.read.limits import damaged

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADER = 4
_EOF = 0x000A
_BOUNDSHEET = 0x0085
_FILEPASS = 0x002F
_CODE_PAGE = 0x0042
_FORMULA = frozenset({0x0006, 0x0206, 0x0406})
_FILTERMODE = 0x009B
_SUPBOOK = 0x01AE
_EXTERNSHEET = 0x0017
_BOF = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_SHARED_TEXTS, _CONTINUE = 0x00FC, 0x003C
_HOLLOW = bytes(48)
"""A stretch of zero bytes in the table of texts would read as many empty texts; a sound table has each text once."""
_SHARED = {0x04BC: 8, 0x0221: 12}
"""Records of shared and array formulas, and where in them the length of the tokens stands."""
_WORKSHEET = 0
_NOT_A_NUMBER = b"\xff\xff"
_EMPTY_TEXT = 3
_ON_LOAD = 0x0002
_CELL_HEADER = 22
_EXTERNAL_TOKENS = frozenset({0x3A, 0x5A, 0x7A, 0x3B, 0x5B, 0x7B})


class StoredFormula(NamedTuple):
    """A formula record: its tokens, whether its result is an empty text or zero, and whether it waits for loading."""

    tokens: bytes
    empty_text: bool
    zero: bool
    on_load: bool


class SheetRecords(Struct):
    """Facts of one worksheet by (row, column) from 0."""

    formulas: dict[tuple[int, int], StoredFormula] = field(default_factory=dict)
    shared: dict[tuple[int, int], bytes] = field(default_factory=dict)
    filter_on: bool = False


class BookRecords(Struct):
    """Facts of the workbook."""

    encrypted: bool = False
    code_page: bool = False
    positions: list[int] = field(default_factory=list)
    workbooks: list[str] = field(default_factory=list)
    references: list[int] = field(default_factory=list)

    def source(self, tokens: bytes) -> str:
        """The external workbook that a formula's tokens refer to; empty where there is none."""
        for place in range(len(tokens) - 2):
            if tokens[place] in _EXTERNAL_TOKENS:
                reference = tokens[place + 1] | tokens[place + 2] << 8
                book = self.references[reference] if reference < len(self.references) else -1
                if 0 <= book < len(self.workbooks) and self.workbooks[book]:
                    return self.workbooks[book]
        return next(filter(None, self.workbooks), "")


def workbook_stream(content: bytes) -> bytes:
    """The stream with the records, out of its container where it has one."""
    if not content.startswith(COMPOUND):
        return content
    import olefile  # noqa: PLC0415 - only needed for this format

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            name = next(name for name in ("Workbook", "Book") if compound.exists(name))
            return bytes(compound.openstream(name).read())
    except (*BROKEN_COMPOUND, StopIteration) as error:
        raise damaged("xls") from error


def records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, from its BOF to the EOF that closes it; embedded substreams are passed over.

    Raises `Refused` when the stream is cut, or runs into zero bytes.
    """
    depth = 0
    while position + _HEADER <= len(stream):
        code, length = struct.unpack_from("<HH", stream, position)
        position += _HEADER
        if code == 0 and length == 0 and stream[position : position + _HEADER] == bytes(_HEADER):
            raise damaged("xls")
        if position + length > len(stream):
            raise damaged("xls")
        if code in _BOF:
            depth += 1
        elif code == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, stream[position : position + length]
        position += length


def book_records(stream: bytes) -> BookRecords:
    """What the workbook's own substream says."""
    book = BookRecords()
    in_texts = False
    for code, data in records(stream, 0):
        in_texts = code == _SHARED_TEXTS or (in_texts and code == _CONTINUE)
        if in_texts and _HOLLOW in data:
            raise damaged("xls")
        if code == _FILEPASS:
            book.encrypted = True
        elif code == _CODE_PAGE:
            book.code_page = True
        elif code == _BOUNDSHEET and len(data) > 6 and data[5] == _WORKSHEET:  # noqa: PLR2004 - offset, state, type
            book.positions.append(struct.unpack_from("<L", data)[0])
        elif code == _SUPBOOK:
            book.workbooks.append(_external_name(data))
        elif code == _EXTERNSHEET and len(data) >= 2:  # noqa: PLR2004 - the count
            (count,) = struct.unpack_from("<H", data)
            if len(data) == 2 + 6 * count:
                book.references += [struct.unpack_from("<H", data, 2 + 6 * number)[0] for number in range(count)]
    return book


def _external_name(data: bytes) -> str:
    """The file's name in a SUPBOOK record; empty for the workbook itself and for add-ins."""
    if len(data) <= 5:  # noqa: PLR2004 - a link to itself or to an add-in is four bytes long
        return ""
    wide = data[4] & 1
    text = data[5:].decode("utf-16-le" if wide else "latin-1", "replace")
    (length,) = struct.unpack_from("<H", data, 2)
    for mark in "\x01\x02\x03\x04\x05\x06\x07\x08/\\":
        text = text[:length].rpartition(mark)[2] if mark in text[:length] else text
    return text[:length]


def sheet_records(stream: bytes, position: int) -> SheetRecords:
    """What one worksheet's substream says."""
    sheet = SheetRecords()
    last = (0, 0)
    for code, data in records(stream, position):
        if code in _FORMULA and len(data) >= _CELL_HEADER:
            last = struct.unpack_from("<HH", data)
            sheet.formulas[last] = _stored(data)
        elif code in _SHARED and len(data) >= _SHARED[code] + 2:
            sheet.shared[last] = data[_SHARED[code] + 2 :]
        elif code == _FILTERMODE:
            sheet.filter_on = True
    return sheet


def _stored(data: bytes) -> StoredFormula:
    result = data[6:14]
    flags, _, size = struct.unpack_from("<HLH", data, 14)
    typed = result[6:] == _NOT_A_NUMBER
    return StoredFormula(
        tokens=data[_CELL_HEADER : _CELL_HEADER + size],
        empty_text=typed and result[0] == _EMPTY_TEXT,
        zero=not typed and not any(result),
        on_load=bool(flags & _ON_LOAD),
    )
