"""Workbooks inside a `.zip`: taken out in memory, under the path that they have there.

In: the bytes of an archive. Out: (path, bytes) of each file in it, or why it is not opened.
Never: a file written, a name trusted, more inflated than the limits allow.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.inbox.disk import LARGEST, too_large
from consolidator.model import Refusal, Status
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ENTRIES = 2000
MOST_INFLATED = 200 * 1024 * 1024
"""Bytes that may come out of one archive and those inside it, counted as they are produced."""
_CHUNK = 1 << 20
_UTF8_NAME = 0x800  # general purpose bit 11: the name is UTF-8
_ENCRYPTED = 0x1
_ENCODINGS = ("utf-8", "gb18030")
"""Of names without that bit, in Chinese archives."""
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT_PARTS = frozenset({
    "[content_types].xml", "mimetype", "meta-inf/manifest.xml", "ofd.xml", "index/document.iwa",
    "xl/workbook.xml", "xl/workbook.bin", "word/document.xml", "ppt/presentation.xml", "meta-inf/manifest.mf",
})  # fmt: skip
_DOCUMENT_PARTS_AS_BYTES = frozenset(part.encode() for part in _DOCUMENT_PARTS)
_END = struct.Struct("<4s8xLL2x")
"""The record that a zip archive ends with: how long its table of contents is, and where it begins."""
_ENTRY = struct.Struct("<4s24xHHH12x")
"""An entry of that table: lengths of its name and of what follows the name."""
_BROKEN = (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError, RuntimeError, zlib.error)

Unpacked = tuple[str, "bytes | Refusal"]


class Allowance(Struct):
    """What may still come out of an archive of the inbox, together with all archives inside it."""

    entries: int = field(default_factory=lambda: MOST_ENTRIES)
    inflated: int = field(default_factory=lambda: MOST_INFLATED)

    def spend(self, *, entries: int = 0, inflated: int = 0) -> None:
        """Count entries or bytes; raises `_ExcessError` beyond the limit."""
        self.entries -= entries
        self.inflated -= inflated
        if self.entries < 0:
            raise _ExcessError(str(MOST_ENTRIES))
        if self.inflated < 0:
            raise _ExcessError(f"{MOST_INFLATED // 1_048_576} MB")


class _ExcessError(Exception):
    """More comes out than is allowed."""

    def __init__(self, limit: str) -> None:
        self.refusal = Refusal(Status.UNREADABLE, "B30", "too_large", {"limit": limit})
        super().__init__(limit)


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip that holds files, and not itself a document (.xlsx, .ods, .docx, .ofd are zips too)."""
    if not content.startswith(_MAGIC) or _lists_document_part(content):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not any(name.replace("\\", "/").lower() in _DOCUMENT_PARTS for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def _lists_document_part(content: bytes) -> bool:
    """Whether the table of contents, as far as it can be followed at a glance, lists the part of a document.

    A tenth of the work that the standard library takes for an exact answer, which `is_archive` goes on to ask for.
    Source: PKWARE APPNOTE 6.3, sections 4.3.12 and 4.3.16.
    """
    end = len(content) - _END.size
    if end < 0 or content[end : end + 4] != b"PK\x05\x06":
        return False
    _, size, place = _END.unpack_from(content, end)
    if place + size != end:
        return False
    while place + _ENTRY.size <= end:
        signature, length, *rest = _ENTRY.unpack_from(content, place)
        begin = place + _ENTRY.size
        if signature != b"PK\x01\x02":
            return False
        if content[begin : begin + length].lower() in _DOCUMENT_PARTS_AS_BYTES:
            return True
        place = begin + length + sum(rest)
    return False


def unpack(content: bytes, allowance: Allowance) -> tuple[list[Unpacked], Refusal | None]:
    """The files of an archive in its own order, each with its bytes or why it has none; or a refusal and nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if min((entry.header_offset for entry in archive.infolist()), default=0) > 0:
                raise zipfile.BadZipFile  # the end of another archive, cut off inside, whose last whole file this is
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if entries and all(entry.flag_bits & _ENCRYPTED for entry in entries):
                return [], Refusal(Status.ENCRYPTED, "B30", "encrypted")
            allowance.spend(entries=len(entries))
            paths = _paths(entries)
            return [
                (path, _inflated(archive, entry, allowance)) for path, entry in zip(paths, entries, strict=True)
            ], None
    except _ExcessError as excess:
        return [], excess.refusal
    except _BROKEN as problem:
        return [], Refusal(Status.UNREADABLE, "B30", "damaged", {"reason": type(problem).__name__})


def _inflated(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> bytes | Refusal:
    """The bytes of one entry. One that is broken does not harm the others."""
    if entry.flag_bits & _ENCRYPTED:
        return Refusal(Status.ENCRYPTED, "B30", "encrypted_entry")
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                allowance.spend(inflated=len(chunk))
                if size > LARGEST:
                    return too_large(size)
                parts.append(chunk)
    except _BROKEN:
        return Refusal(Status.UNREADABLE, "B01", "damaged", {"reason": Word("damage.part_broken")})
    return b"".join(parts)


def _paths(entries: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The entries' paths. Names that are not marked as UTF-8 were all written by one program: all are UTF-8, or GB18030."""
    unmarked = [_bytes(entry) for entry in entries if not entry.flag_bits & _UTF8_NAME]
    encoding = next((known for known in _ENCODINGS if all(_reads(name, known) for name in unmarked)), "")
    return [_path(entry, encoding) for entry in entries]


def _path(entry: zipfile.ZipInfo, encoding: str) -> str:
    """The entry's path, its name in `encoding`; where that is empty, in the first one that it can be in."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = _bytes(entry)
        fitting = encoding or next((known for known in _ENCODINGS if _reads(raw, known)), "")
        name = raw.decode(fitting) if fitting else name
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join(steps) or "?"


def _bytes(entry: zipfile.ZipInfo) -> bytes:
    """An unmarked name as it stands in the archive; the standard library takes it for code page 437."""
    return entry.filename.encode("cp437", errors="replace")


def _reads(name: bytes, encoding: str) -> bool:
    try:
        name.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
