"""A small writer of .xlsb workbooks (BIFF12), which no Python library writes. For tests and for the sample county.

In: sheets as (name, cells by (row, column) from 1). Out: bytes, the same every time. Source: [MS-XLSB] 2.1, 2.4, 2.5.
Cells may be text, numbers, truth values, `Fault`, `Result` (a formula's stored result) or `Styled`.
"""

from __future__ import annotations

import io
import struct
import zipfile
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

EPOCH = (1980, 1, 1, 0, 0, 0)
FAULTS = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}
_SUM_OF_NOTHING = b"\x1e\x00\x00"  # PtgInt 0: a formula must have some expression
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FIRST_CUSTOM_FORMAT = 164


class Fault(Struct, frozen=True):
    """An error value such as `#REF!`."""

    name: str


class Result(Struct, frozen=True):
    """A formula with its stored result."""

    value: str | float | bool | Fault


class Styled(Struct, frozen=True):
    """A value under a number format, or struck through."""

    value: Any
    number_format: str = "General"
    struck: bool = False


class XlsbSheet(Struct, frozen=True):
    """A sheet with what lies over its cells; rows and columns count from 1."""

    name: str
    cells: Mapping[tuple[int, int], Any]
    merges: Sequence[tuple[int, int, int, int]] = ()
    hidden_rows: Collection[int] = ()
    hidden_columns: Collection[int] = ()
    state: int = 0
    widths: Mapping[int, float] = field(default_factory=dict)


def write_xlsb(path: Path, sheets: Sequence[tuple[str, Mapping[tuple[int, int], Any]]]) -> None:
    """Write plain sheets to a file."""
    path.write_bytes(xlsb_bytes([XlsbSheet(name, cells) for name, cells in sheets]))


def to_xlsb(book: Any) -> bytes:
    """A `Book` of the builders as an .xlsb; blanks, styles and formula texts are left out."""

    def plain(value: Any) -> Any:
        return Result(float(value.value)) if hasattr(value, "text") and value.value is not None else value

    sheets = [
        XlsbSheet(
            page.name,
            {place: plain(value) for place, (value, _) in page.cells.items() if value is not None},
            page.merges,
            page.hidden_rows,
            widths=page.widths,
        )
        for page in book.pages
    ]
    return xlsb_bytes(sheets)


def xlsb_bytes(sheets: Sequence[XlsbSheet], *, date1904: bool = False) -> bytes:
    """The workbook as bytes."""
    strings: dict[str, int] = {}
    styles: dict[tuple[str, bool], int] = {("General", False): 0}
    parts = {
        f"xl/worksheets/sheet{number}.bin": _sheet(sheet, strings, styles)
        for number, sheet in enumerate(sheets, start=1)
    }
    parts["xl/sharedStrings.bin"] = _shared_strings(strings)
    parts["xl/styles.bin"] = _styles(styles)
    parts["xl/workbook.bin"] = _workbook(sheets, date1904=date1904)
    targets = [("worksheet", f"worksheets/sheet{number}.bin") for number in range(1, len(sheets) + 1)]
    targets += [("sharedStrings", "sharedStrings.bin"), ("styles", "styles.bin")]
    parts["xl/_rels/workbook.bin.rels"] = _relations(targets)
    head = {
        "[Content_Types].xml": _content_types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.bin")]),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (head | parts).items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def record(number: int, data: bytes = b"") -> bytes:
    """One record: its number in one or two bytes, its length in up to four, its data."""
    name = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    size, length = len(data), b""
    while True:
        size, low = size >> 7, size & 0x7F
        length += bytes([low | (0x80 if size else 0)])
        if not size:
            return name + length + data


def wide(text: str) -> bytes:
    """An XLWideString."""
    data = text.encode("utf-16-le", "surrogatepass")
    return struct.pack("<L", len(data) // 2) + data


def _workbook(sheets: Sequence[XlsbSheet], *, date1904: bool) -> bytes:
    bundle = b"".join(
        record(156, struct.pack("<LL", sheet.state, number) + wide(f"rId{number}") + wide(sheet.name))
        for number, sheet in enumerate(sheets, start=1)
    )
    properties = record(153, struct.pack("<LL", int(date1904), 0) + wide(""))
    return record(131) + properties + record(143) + bundle + record(144) + record(132)


def _sheet(sheet: XlsbSheet, strings: dict[str, int], styles: dict[tuple[str, bool], int]) -> bytes:
    rows = sorted({row for row, _ in sheet.cells} | set(sheet.hidden_rows))
    columns = [column for _, column in sheet.cells] or [1]
    dimension = struct.pack("<4L", (rows or [1])[0] - 1, (rows or [1])[-1] - 1, min(columns) - 1, max(columns) - 1)
    data = b"".join(_row(sheet, row, strings, styles) for row in rows)
    merges = b""
    if sheet.merges:
        areas = (
            record(176, struct.pack("<4L", top - 1, bottom - 1, left - 1, right - 1))
            for top, left, bottom, right in sheet.merges
        )
        merges = record(177, struct.pack("<L", len(sheet.merges))) + b"".join(areas) + record(178)
    body = record(148, dimension) + _columns(sheet) + record(145) + data + record(146) + merges
    return record(129) + body + record(130)


def _columns(sheet: XlsbSheet) -> bytes:
    found = sorted({*sheet.hidden_columns, *sheet.widths})
    if not found:
        return b""
    infos = (
        struct.pack(
            "<4LH",
            column - 1,
            column - 1,
            int(sheet.widths.get(column, 8.43) * 256),
            0,
            int(column in sheet.hidden_columns) | 2 * (column in sheet.widths),
        )
        for column in found
    )
    return record(390) + b"".join(record(60, info) for info in infos) + record(391)


def _row(sheet: XlsbSheet, row: int, strings: dict[str, int], styles: dict[tuple[str, bool], int]) -> bytes:
    cells = sorted((column, value) for (at, column), value in sheet.cells.items() if at == row)
    flags = 0x10 if row in sheet.hidden_rows else 0
    head = struct.pack("<LLHBBB", row - 1, 0, 300, 0, flags, 0)
    spans = struct.pack("<L", 0) if not cells else struct.pack("<LLL", 1, cells[0][0] - 1, cells[-1][0] - 1)
    return record(0, head + spans) + b"".join(_cell(column, value, strings, styles) for column, value in cells)


def _cell(column: int, value: Any, strings: dict[str, int], styles: dict[tuple[str, bool], int]) -> bytes:
    style = 0
    if isinstance(value, Styled):
        style = styles.setdefault((value.number_format, value.struck), len(styles))
        value = value.value
    head = struct.pack("<LL", column - 1, style)
    if isinstance(value, Result):
        formula = struct.pack("<HL", 0, len(_SUM_OF_NOTHING)) + _SUM_OF_NOTHING + struct.pack("<L", 0)
        number, data = _stored(value.value)
        return record({6: 8, 5: 9, 4: 10, 3: 11}[number], head + data + formula)
    if isinstance(value, str):
        return record(7, head + struct.pack("<L", strings.setdefault(value, len(strings))))
    if isinstance(value, int) and not isinstance(value, bool) and -(1 << 29) <= value < 1 << 29:
        return record(2, head + struct.pack("<L", (value << 2 | 2) & 0xFFFFFFFF))
    number, data = _stored(value)
    return record(number, head + data)


def _stored(value: str | float | bool | Fault) -> tuple[int, bytes]:
    if isinstance(value, Fault):
        return 3, bytes([FAULTS[value.name]])
    if isinstance(value, str):
        return 6, wide(value)
    if isinstance(value, bool):
        return 4, bytes([value])
    return 5, struct.pack("<d", value)


def _shared_strings(strings: Iterable[str]) -> bytes:
    texts = list(strings)
    items = b"".join(record(19, b"\0" + wide(text)) for text in texts)
    return record(159, struct.pack("<LL", len(texts), len(texts))) + items + record(160)


def _styles(styles: Iterable[tuple[str, bool]]) -> bytes:
    listed = list(styles)
    codes = sorted({code for code, _ in listed} - {"General"})
    numbers = {"General": 0} | {code: number for number, code in enumerate(codes, start=_FIRST_CUSTOM_FORMAT)}
    formats = b"".join(record(44, struct.pack("<H", numbers[code]) + wide(code)) for code in codes)
    fonts = b"".join(
        record(43, struct.pack("<HHHHBBBB", 220, 8 * struck, 400, 0, 0, 2, 134, 0) + b"\x07\x01" + bytes(6) + b"\0" + wide("宋体"))
        for struck in (False, True)
    )  # fmt: skip
    fill = record(45, struct.pack("<L", 0) + b"\x03\x40\0\0\0\0\0\xff" + b"\x03\x41\0\0\xff\xff\xff\xff" + bytes(48))
    border = record(46, bytes(51))
    cells = b"".join(
        record(47, struct.pack("<5HBBHH", 0, numbers[code], int(struck), 0, 0, 0, 0, 0x1008, 0x3F))
        for code, struck in listed
    )
    base = record(47, struct.pack("<5HBBHH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0x1008, 0))
    groups = [
        (615, formats, len(codes), 616),
        (611, fonts, 2, 612),
        (603, fill, 1, 604),
        (613, border, 1, 614),
        (626, base, 1, 627),
        (617, cells, len(listed), 618),
    ]
    body = b"".join(
        record(begin, struct.pack("<L", count)) + data + record(end) for begin, data, count, end in groups if count
    )
    return record(278) + body + record(279)


def _relations(targets: Sequence[tuple[str, str]]) -> bytes:
    lines = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{space}">{lines}</Relationships>'.encode()


def _content_types(sheets: int) -> bytes:
    kinds = {
        "/xl/workbook.bin": "sheet.binary.macroEnabled.main",
        "/xl/sharedStrings.bin": "sharedStrings",
        "/xl/styles.bin": "styles",
    } | {f"/xl/worksheets/sheet{number}.bin": "worksheet" for number in range(1, sheets + 1)}
    lines = "".join(
        f'<Override PartName="{part}" ContentType="application/vnd.ms-excel.{kind}"/>' for part, kind in kinds.items()
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{space}">'
        f'<Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>{lines}</Types>'
    ).encode()
