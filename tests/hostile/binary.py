"""Binary workbooks that lie: sector chains that loop, records with wrong lengths, counts of billions."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from tests.read.books import changed, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator

SECTOR = 512
_EOF = b"\x0a\0\0\0"


def _patched(content: bytes, place: int, data: bytes) -> bytes:
    return content[:place] + data + content[place + len(data) :]


def _fat(content: bytes) -> int:
    """Where the first sector of the table of sectors begins."""
    return SECTOR * (1 + struct.unpack_from("<L", content, 76)[0])


def _directory(content: bytes) -> int:
    return SECTOR * (1 + struct.unpack_from("<L", content, 48)[0])


def _record(content: bytes, wanted: int) -> int:
    """Where the first record of a type begins, in a stream that starts at the second sector."""
    position = SECTOR
    while position < len(content):
        code, length = struct.unpack_from("<HH", content, position)
        if code == wanted:
            return position
        position += 4 + length
    raise LookupError(wanted)


def xls_attacks(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """From an .xls that is sound."""
    fat, directory = _fat(content), _directory(content)
    yield "扇区自成环", _patched(content, fat, struct.pack("<L", 0)), "unreadable"
    yield "扇区互成环", _patched(content, fat, struct.pack("<4L", 1, 2, 3, 0)), "unreadable"
    yield "扇区指向天外", _patched(content, fat, struct.pack("<L", 0xFFFFFFF0)), "unreadable"
    yield (
        "目录成环",
        _patched(content, fat + 4 * (directory // SECTOR - 1), struct.pack("<L", directory // SECTOR - 1)),
        "any",
    )
    yield "目录自为子", _patched(content, directory + 68, struct.pack("<3L", 0, 0, 0)), "any"
    yield "兄弟成环", _patched(content, directory + 128 + 68, struct.pack("<3L", 1, 1, 1)), "any"
    yield "流长四千兆", _patched(content, directory + 128 + 120, struct.pack("<L", 0xFFFFFFFF)), "any"
    yield "扇区大小2的30次方", _patched(content, 30, struct.pack("<H", 30)), "unreadable"
    yield "扇区表数量四十亿", _patched(content, 44, struct.pack("<L", 0xFFFFFFFF)), "any"
    yield "扩展扇区表成环", _patched(content, 68, struct.pack("<LL", 0, 0xFFFFFF)), "any"
    strings, sheet, rows = _record(content, 0x00FC), _record(content, 0x0085), _record(content, 0x0200)
    yield "文字表谎报", _patched(content, strings + 4, struct.pack("<LL", 0x7FFFFFFF, 0x7FFFFFFF)), "any"
    yield "首字符串过长", _patched(content, strings + 12, struct.pack("<H", 0xFFFF)), "unreadable"
    yield "工作表位置指向自己", _patched(content, sheet + 4, struct.pack("<L", 0)), "unreadable"
    yield "工作表位置在外", _patched(content, sheet + 4, struct.pack("<L", 0x7FFFFFFF)), "unreadable"
    yield "范围谎报", _patched(content, rows + 4, struct.pack("<LLHH", 0, 0xFFFFFFFF, 0, 0xFFFF)), "any"
    label = _record(content, 0x00FD)
    yield "行号65535", _patched(content, label + 4, struct.pack("<HH", 65535, 255)), "any"
    yield "文字索引过大", _patched(content, label + 10, struct.pack("<L", 0x7FFFFFFF)), "unreadable"
    yield "记录长度过大", _patched(content, label + 2, struct.pack("<H", 0xFFFF)), "unreadable"
    yield "记录长度过小", _patched(content, label + 2, struct.pack("<H", 1)), "unreadable"
    yield "截断xls", content[: len(content) // 2], "unreadable"
    yield "后半为零xls", content[: len(content) // 2].ljust(len(content), b"\0"), "unreadable"
    yield "空洞xls", content[:4096] + bytes(4096) + content[8192:], "unreadable"
    yield "裸BIFF只有头", b"\x09\x08\x10\0\0\x06\x05\0" + bytes(12), "unreadable"
    yield "裸BIFF5两百层", (b"\x09\x08\x08\0\0\x05\x05\0" + bytes(4)) * 20_000 + _EOF * 20_000, "unreadable"


def xlsb_attacks(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """From an .xlsb that is sound."""

    def part(suffix: str, change: bytes) -> bytes:
        return changed(content, lambda name, data: change if name.endswith(suffix) else data)

    yield "记录长度过大xlsb", part("sheet1.bin", b"\x00\xff\xff\xff\x7f" + bytes(100)), "unreadable"
    yield "记录长度不完", part("sheet1.bin", b"\x00\x80\x80\x80\x80\x80"), "any"
    yield (
        "文字长四十亿",
        part("sharedStrings.bin", b"\x13\x09\0" + struct.pack("<L", 0xFFFFFFF0) + bytes(4)),
        "unreadable",
    )
    yield (
        "富文本段四十亿",
        part("sharedStrings.bin", b"\x13\x0b\x01" + struct.pack("<L", 1) + b"a\0" + struct.pack("<L", 0xFFFFFFF0)),
        "unreadable",
    )
    yield "行号过大xlsb", part("sheet1.bin", b"\x00\x19" + struct.pack("<L", 0x7FFFFFFF) + bytes(21)), "unreadable"
    nan = struct.pack("<L", 0) + bytes(4) + struct.pack("<Q", 0x7FF8000000000001)
    yield "非数xlsb", part("sheet1.bin", b"\x00\x19" + bytes(25) + b"\x05\x10" + nan), "unreadable"


def ods_file(rows: str, before: str = "") -> bytes:
    """An .ods with one sheet."""
    base = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{key}="{base}:{key}:1.0"' for key in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0"?>{before}<office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="表">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def ods_attacks() -> Iterator[tuple[str, bytes, str]]:
    """Repeats of billions, deep and long texts."""
    one = '<table:table-cell office:value-type="float" office:value="1"{}><text:p>1</text:p></table:table-cell>'
    wide = one.format(' table:number-columns-repeated="16384"')
    note = "<table:table-cell><office:annotation><text:p>注</text:p></office:annotation></table:table-cell>"
    row = "<table:table-row{}>{}</table:table-row>"
    most = ' table:number-rows-repeated="1048576"'
    yield "行列重复一百七十亿", ods_file(row.format(most, wide)), "unreadable"
    yield "行重复一百万", ods_file(row.format(most, one.format(""))), "unreadable"
    yield "批注重复一百万", ods_file(row.format(most, note)), "unreadable"
    yield "列重复九亿", ods_file(row.format("", one.format(' table:number-columns-repeated="999999999"'))), "unreadable"

    spaces = '<text:s text:c="99999"/>' * 20_000
    yield (
        "空格百万",
        ods_file(row.format("", f"<table:table-cell><text:p>{spaces}</text:p></table:table-cell>")),
        "unreadable",
    )
    yield (
        "跨行列合并过大",
        ods_file(
            row.format("", one.format(' table:number-rows-spanned="99999999" table:number-columns-spanned="99999999"'))
        ),
        "any",
    )
    yield "ods实体", ods_file(row.format("", one.format("")), '<!DOCTYPE x [<!ENTITY a "b">]>'), "unreadable"
    yield "ods隐藏行百万张", ods_file(row.format(f'{most} table:visibility="collapse"', "") * 300), "any"
    yield "ods深层", ods_file("<text:p>" * 50_000 + "</text:p>" * 50_000), "unreadable"
