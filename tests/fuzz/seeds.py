"""What the fuzzer mutates: filled forms in every format that a township may send.

Two books a format: a sound filing, and one with the oddities that a reader must not lose (a date typed as a number, an
error, a struck figure, a percentage, a formula with and without result), so that damage which hides them is seen.
"""

from __future__ import annotations

import base64
import io
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from msoffcrypto.format.ooxml import OOXMLFile

from tests import formats
from tests.messy.cells import ODS, Odd, ods_table, save
from tests.messy.county import book_of, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.filings import Book

NS = "urn:oasis:names:tc:opendocument:xmlns"
ODDITIES = {
    "A22": Odd(25, "yyyy/m/d"),
    "B23": Odd("#REF!", fault=True),
    "C13": Odd(3, struck=True),
    "H31": Odd(0.05, "0%"),
    "H2": Odd("１，２３４"),
    "I3": Odd(43.788, "0.00"),
}


def odd_book() -> Book:
    """A filing with cells that need a finding."""
    book = book_of("通伏乡")
    for code, value in ODDITIES.items():
        put(book, code, value)
    return book


def texts(book: Book) -> list[list[str]]:
    """The form's page as rows of texts."""
    page = next(page for page in book.pages if page.name == book.sheet)
    bottom, right = max(row for row, _ in page.cells), max(column for _, column in page.cells)
    return [
        [
            "" if (value := page.cells.get((row, column), (None, ""))[0]) is None else str(value)
            for column in range(1, right + 1)
        ]
        for row in range(1, bottom + 1)
    ]


def _csv(book: Book, delimiter: str) -> str:
    return "\r\n".join(
        delimiter.join(f'"{field}"' if delimiter in field else field for field in row) for row in texts(book)
    )


def _html(book: Book) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{escape(field)}</td>' for field in row)}</tr>\n" for row in texts(book))
    return f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table></body></html>'.encode()


def _mht(book: Book) -> bytes:
    page = base64.encodebytes(_html(book)).replace(b"\n", b"\r\n")
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--=_x"\r\n\r\n----=_x\r\n'
    inner = 'Content-Location: file:///C:/x.htm\r\nContent-Transfer-Encoding: base64\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
    return (head + inner).encode() + page + b"\r\n----=_x--\r\n"


def _encrypted(content: bytes) -> bytes:
    """Encrypted with the password that every spreadsheet program tries unasked."""
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("VelvetSweatshop", buffer)
    return buffer.getvalue()


def _spreadsheetml(book: Book) -> bytes:
    def data(field: str) -> str:
        kind = "Number" if field.isdigit() else "String"
        return f'<Cell><Data ss:Type="{kind}">{escape(field)}</Data></Cell>' if field else "<Cell/>"

    rows = "".join(f"<Row>{''.join(map(data, row))}</Row>\n" for row in texts(book))
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    head = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
    return f'{head}<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet></Workbook>'.encode()


def _fods(book: Book) -> bytes:
    spaces = " ".join(f'xmlns:{key}="{NS}:{key}:1.0"' for key in ("office", "table", "text", "style"))
    tables = "".join(map(ods_table, book.pages))
    head = f'<?xml version="1.0" encoding="UTF-8"?><office:document {spaces} office:mimetype="{ODS}">'
    return (
        f"{head}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document>".encode()
    )


@cache
def seeds() -> dict[str, bytes]:
    """The files by name; the extension tells the format."""
    return dict(_seeds())


def _seeds() -> Iterator[tuple[str, bytes]]:
    plain = book_of("高仁乡")
    for kind in ("xlsx", "xlsm", "xls", "ods", "xlsb"):
        yield f"sound.{kind}", formats.save(plain, kind)
    for kind in ("xlsx", "xls", "ods", "xlsb"):
        yield f"odd.{kind}", save(odd_book(), kind)
    yield "locked.xlsx", _encrypted(save(odd_book(), "xlsx"))
    yield "sound.html", _html(plain)
    yield "sound.mht", _mht(plain)
    yield "sound.xml", _spreadsheetml(plain)
    yield "sound.fods", _fods(plain)
    yield "sound.csv", _csv(plain, ",").encode("utf-8-sig")
    yield "sound.tsv", _csv(plain, "\t").encode("gb18030")
