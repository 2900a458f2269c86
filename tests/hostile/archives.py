"""Zip archives that lie: bombs, overlaps, doubles, names that climb out of folders, wrong sizes."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.read.books import changed, zipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MIB = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"


def deflated(head: bytes, filler: bytes, size: int, tail: bytes) -> tuple[bytes, int, int]:
    """A raw deflate stream of `head`, `filler` repeated up to `size` bytes, and `tail`; its checksum and true length."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    pieces, checksum, length = [], 0, 0
    block = filler * max(1, MIB // len(filler))
    for chunk in (head, *[block] * (size // len(block)), tail):
        pieces.append(packer.compress(chunk))
        checksum = zlib.crc32(chunk, checksum)
        length += len(chunk)
    return b"".join((*pieces, packer.flush())), checksum, length


def raw_zip(entries: list[tuple[str, bytes, int, int, int]], claimed: Mapping[str, int] | None = None) -> bytes:
    """A zip of (name, stored bytes, method, checksum, true length), with true lengths replaced as `claimed`."""
    body, directory = b"", b""
    for name, data, method, checksum, length in entries:
        shown = (claimed or {}).get(name, length)
        encoded = name.encode()
        fields = struct.pack("<HHHHHLLLHH", 20, 0x800, method, 0, 33, checksum, len(data), shown, len(encoded), 0)
        directory += b"PK\x01\x02\x14\0" + fields + bytes(10) + struct.pack("<L", len(body)) + encoded
        body += b"PK\x03\x04" + fields + encoded + data
    end = struct.pack("<HHHHLLH", 0, 0, len(entries), len(entries), len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def with_part(content: bytes, name: str, part: tuple[bytes, int, int], claimed: int | None = None) -> bytes:
    """The workbook with one part replaced by a deflate stream, and perhaps a false length."""
    entries = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            data = archive.read(entry)
            made = (entry.filename, data, 0, zlib.crc32(data), len(data))
            entries.append((name, part[0], 8, part[1], part[2]) if entry.filename == name else made)
    return raw_zip(entries, {} if claimed is None else {name: claimed})


def opening(content: bytes, name: str = SHEET) -> tuple[bytes, bytes]:
    """A part of a workbook, divided before its last closing tag."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        data = archive.read(name)
    at = data.rindex(b"</")
    return data[:at], data[at:]


def inflating(content: bytes, size: int, filler: bytes = b" " * 4096, claimed: int | None = None) -> bytes:
    """The workbook with a sheet that inflates to `size` bytes and more."""
    head, tail = opening(content)
    return with_part(content, SHEET, deflated(head, filler, size, tail), claimed)


def many_bombs(content: bytes) -> bytes:
    """Three sheets, each below the limit of a part, together above that of a workbook."""
    stream = deflated(*opening(content)[:1], b" " * 4096, 150 * MIB, opening(content)[1])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>' for n in (1, 2, 3)).encode()
    book = parts["xl/workbook.xml"]
    start, end = book.index(b"<sheets>"), book.index(b"</sheets>")
    parts["xl/workbook.xml"] = (
        book[:start] + b"<sheets>" + sheets.replace(b'r:id="rId2"', b"").replace(b'r:id="rId3"', b"") + book[end:]
    )
    entries = [(name, data, 0, zlib.crc32(data), len(data)) for name, data in parts.items() if name != SHEET]
    return raw_zip(
        [*entries, *((f"xl/worksheets/sheet{n}.xml", stream[0], 8, stream[1], stream[2]) for n in (1, 2, 3))]
    )


def nested(content: bytes, depth: int = 6) -> bytes:
    """A zip in a zip in a zip …, sixteen copies each."""
    for level in range(depth):
        content = zipped({f"{level}-{copy}.zip": content for copy in range(4)})
    return content


def overlapping(content: bytes, copies: int = 200) -> bytes:
    """One local file that many entries of the table of contents point at."""
    end = content.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", content, end + 16)[0]
    directory = content[start:end]
    name_length, extra, comment = struct.unpack_from("<HHH", directory, 28)
    first = directory[: 46 + name_length + extra + comment]
    more = b"".join(
        first[:46] + f"xl/media/{n:05}".encode().ljust(name_length, b"_")[:name_length] + first[46 + name_length :]
        for n in range(copies)
    )
    count = struct.unpack_from("<H", content, end + 10)[0] + copies
    tail = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory) + len(more), start, 0)
    return content[:start] + directory + more + b"PK\x05\x06" + tail


def quoted_overlap(count: int = 150, kernel: int = 2 * MIB) -> bytes:
    """Fifield's bomb: each file quotes the header of the next as a stored block, and all share one kernel."""
    data, checksum, length = deflated(b"", b"a" * 4096, kernel, b"")
    plain = b"a" * length
    files: list[tuple[str, bytes, bytes, int, int]] = []
    del checksum
    following, inflated = b"", plain
    for number in reversed(range(count)):
        name = "xl/workbook.xml" if number == 0 else f"xl/worksheets/sheet{number}.xml"
        if following:
            quote = b"\0" + struct.pack("<HH", len(following), len(following) ^ 0xFFFF)
            data, inflated = quote + following + data, following + inflated
        fields = struct.pack(
            "<HHHHHLLLHH", 20, 0, 8, 0, 33, zlib.crc32(inflated), len(data), len(inflated), len(name), 0
        )
        following = b"PK\x03\x04" + fields + name.encode()
        files.insert(0, (name, following, b"", len(data), len(inflated)))
    body, directory, place = following + data, b"", 0
    for number, (name, header, _, _, _) in enumerate(files):
        directory += b"PK\x01\x02\x14\0" + header[4:30] + bytes(10) + struct.pack("<L", place) + name.encode()
        place += len(header) + (5 if number < len(files) - 1 else 0)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + b"PK\x05\x06" + end


def twice(content: bytes, name: str, second: bytes, as_name: str | None = None) -> bytes:
    """The workbook with a part that occurs twice."""
    buffer = io.BytesIO(content)
    with zipfile.ZipFile(buffer, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        archive.writestr(as_name or name, second)
    return buffer.getvalue()


def flagged(content: bytes) -> bytes:
    """Every entry marked as encrypted."""
    made = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := content.find(mark, place + 1)) >= 0:
            made[place + at] |= 1
    return bytes(made)


def misnamed(content: bytes) -> bytes:
    """Local headers that name other files than the table of contents."""
    start = struct.unpack_from("<L", content, content.rindex(b"PK\x05\x06") + 16)[0]
    return content[:start].replace(b"sheet1.xml", b"sheet9.xml") + content[start:]


def recompressed(content: bytes, method: int) -> bytes:
    """The workbook in another compression."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return buffer.getvalue()


def crowded(content: bytes, count: int = 60_000) -> bytes:
    """Tens of thousands of empty parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return raw_zip(
        [
            (
                name,
                data if isinstance(data, bytes) else b"",
                0,
                zlib.crc32(data if isinstance(data, bytes) else b""),
                len(data),
            )
            for name, data in parts.items()
        ]
        + [(f"xl/media/{n}", b"", 0, 0, 0) for n in range(count)]
    )


def attacks(content: bytes) -> Iterator[tuple[str, bytes, str]]:
    """(what, file, the status it must get: `unreadable`, `encrypted`, or `read` where nothing in it can do harm)."""
    yield "胀到300兆", inflating(content, 300 * MIB), "unreadable"
    yield "三张胀大的表", many_bombs(content), "unreadable"
    yield "胀大而谎称十字节", inflating(content, 8 * MIB, claimed=10), "unreadable"
    yield "谎称四千兆", inflating(content, 1 * MIB, claimed=0xFFFFFFF0), "any"
    yield "条目重叠", overlapping(content), "unreadable"
    yield "引用重叠", quoted_overlap(), "unreadable"
    yield "重复部件", twice(content, SHEET, b"<worksheet/>"), "unreadable"
    yield "重复部件大小写", twice(content, SHEET, b"<worksheet/>", "XL/Worksheets/Sheet1.xml"), "unreadable"
    yield "部件加密标志", flagged(content), "encrypted"
    yield "目录与本地名不同", misnamed(content), "unreadable"
    yield "bzip2", recompressed(content, zipfile.ZIP_BZIP2), "unreadable"
    yield "lzma", recompressed(content, zipfile.ZIP_LZMA), "unreadable"
    yield "六万部件", crowded(content), "unreadable"
    yield "攀出目录", twice(content, "../../../evil.txt", b"x"), "read"
    yield "绝对路径部件", twice(content, "/etc/cron.d/evil", b"x"), "read"
    yield "尾部垃圾", content + b"\0" * 100_000, "any"
    yield "前部垃圾", b"MZ" + content, "any"
    yield "截断", content[: len(content) * 2 // 3], "unreadable"
    yield "后半为零", content[: len(content) // 2].ljust(len(content), b"\0"), "unreadable"
    yield "四千字节空洞", content[:4096] + bytes(4096)[: len(content) - 4096] + content[8192:], "unreadable"
    yield "只有目录", changed(content, lambda _, __: None), "any"
