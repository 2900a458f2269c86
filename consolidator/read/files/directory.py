"""The table of contents of a zip archive as office programs write it, read without detours.

In: bytes. Out: its entries and their inflated bytes; None for an archive that has anything unusual about it, which
`archive` then reads in the standard library's way. Never: an inflated size believed, a checksum not compared.
Source: PKWARE APPNOTE 6.3, sections 4.3 and 4.4.
"""

from __future__ import annotations

import struct
import zlib
from functools import lru_cache
from typing import NamedTuple

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_LOCAL = struct.Struct("<4s2B4HL2L2H")
_USUAL_FLAGS = 0x2 | 0x4 | 0x8 | 0x800  # levels of deflate, sizes after the data, names in UTF-8
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_VERSION = 45  # of the format, beyond which entries may be encrypted or packed in other ways
_ZIP64 = 0xFFFFFFFF
_LARGEST = 4 << 20  # claimed sizes beyond this go the standard way, which inflates piece by piece
_OFTEN_THE_SAME = 1 << 16  # inflated bytes up to which parts are remembered


class Entry(NamedTuple):
    """One entry, by the names that the standard library has for its facts."""

    filename: str
    flag_bits: int
    compress_type: int
    CRC: int
    compress_size: int
    file_size: int
    header_offset: int


@lru_cache(maxsize=1)
def plain_entries(content: bytes) -> tuple[Entry, ...] | None:
    """The entries of an archive that ends with its table of contents and nothing after it; None for any other."""
    end = len(content) - _END.size
    if end < 0 or content[end : end + 4] != b"PK\x05\x06":
        return None
    _, disk, first_disk, here, count, size, offset, comment = _END.unpack_from(content, end)
    if disk or first_disk or here != count or comment or offset + size != end:
        return None
    entries = []
    place = offset
    for _ in range(count):
        if place + _CENTRAL.size > end:
            return None
        found = _entry(content, place)
        if found is None:
            return None
        entry, place = found
        entries.append(entry)
    return tuple(entries) if place == end else None


def _entry(content: bytes, place: int) -> tuple[Entry, int] | None:
    """The entry described at a place, and where the next one begins; None for an unusual one."""
    (
        signature, _, _, version, _, flags, method, _, _, crc, packed, size, name_length, extra, comment, disk, _, _,
        offset,
    ) = _CENTRAL.unpack_from(content, place)  # fmt: skip
    begin = place + _CENTRAL.size
    name = _name(content[begin : begin + name_length], utf8=bool(flags & _UTF8))
    usual = signature == b"PK\x01\x02" and version <= _VERSION and not flags & ~_USUAL_FLAGS
    if not usual or method not in (_STORED, _DEFLATED) or extra or comment or disk:
        return None
    if name is None or max(packed, size, offset) >= _ZIP64:
        return None
    return Entry(name, flags, method, crc, packed, size, offset), begin + name_length


@lru_cache(maxsize=256)
def _name(name: bytes, *, utf8: bool) -> str | None:
    """The name of an entry; None for an unusual one."""
    if b"\\" in name or b"\0" in name or not (utf8 or name.isascii()):
        return None
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return None


def inflated(content: bytes, entry: Entry) -> bytes | None:
    """The bytes of an entry, whole and with the checksum that the table of contents promises; None otherwise."""
    place = entry.header_offset
    if entry.file_size > _LARGEST or place + _LOCAL.size > len(content):
        return None
    signature, _, _, flags, *_, name_length, extra = _LOCAL.unpack_from(content, place)
    begin = place + _LOCAL.size
    name = entry.filename.encode("utf-8")
    if signature != b"PK\x03\x04" or flags & ~_USUAL_FLAGS or content[begin : begin + name_length] != name:
        return None
    start = begin + name_length + extra
    packed = content[start : start + entry.compress_size]
    if len(packed) != entry.compress_size:
        return None
    unpack = _unpacked if entry.file_size > _OFTEN_THE_SAME else _unpacked_before
    return unpack(packed, entry.compress_type, entry.file_size, entry.CRC)


def _unpacked(packed: bytes, method: int, size: int, checksum: int) -> bytes | None:
    """What was packed, if it is as large as was promised and has the checksum that was promised."""
    if method == _STORED:
        found = packed
    else:
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = stream.decompress(packed, size + 1)
        except zlib.error:
            return None
        if not stream.eof or stream.unused_data:
            return None
    return found if len(found) == size and zlib.crc32(found) == checksum else None


_unpacked_before = lru_cache(maxsize=256)(_unpacked)
"""Most parts of a workbook (styles, relations) are the same in thousands of files, to the byte."""
