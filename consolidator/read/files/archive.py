"""Zip archives, opened with suspicion: what is inflated is counted, what no spreadsheet program writes is refused.

In: bytes. Out: the parts of an Office or OpenDocument package by name. Never: an inflated size believed.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.read.files.directory import Entry, inflated, plain_entries
from consolidator.read.limits import LIMITS, Limits, Refused, damaged, encrypted, too_large, unsafe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOCAL_HEADER = 30
_END_OF_DIRECTORY = b"PK\x05\x06"
_ENCRYPTED = 0x1
_ZIP64 = 0xFFFFFFFF
_LOCAL_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_LONGEST_NAME = 1024  # longer ones are no part of an office file
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CHUNK = 1 << 16
_SMALL = 1 << 19
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, NotImplementedError)


@lru_cache(maxsize=1024)
def part_name(name: str) -> str:
    """The name under which a part is looked up: no leading slash, `/` between folders, case ignored."""
    return name.replace("\\", "/").lstrip("/").lower()


class Archive:
    """The parts of one zip archive.

    Raises `Refused` when the archive is broken, encrypted, or built to mislead (duplicate or overlapping entries).
    """

    def __init__(self, content: bytes, limits: Limits = LIMITS, *, cleaned: bool = False) -> None:
        """Read the table of contents; nothing is inflated yet.

        `cleaned` turns the control characters that XML forbids into spaces, as careless exporters make necessary: a
        space, so that two digits never become one number.
        """
        self._cleaned = cleaned
        self.limits = limits
        self._inflated = 0
        self._content = content
        self._counted: set[str] = set()
        self._plain = plain_entries(content)
        self._zip = _opened(content, limits) if self._plain is None else None
        self._parts: dict[str, Entry | zipfile.ZipInfo] = {}
        listed = (self._plain if self._zip is None else self._zip.infolist()) or ()
        if min((entry.header_offset for entry in listed), default=0) > 0:
            raise damaged("zip_cut")  # the end of another archive, cut off inside, whose last whole file this would be
        entries = [entry for entry in listed if not entry.filename.endswith("/")]
        if len(entries) > limits.entries:
            raise too_large("entries", limits.entries)
        for entry in entries:
            if self._parts.setdefault(part_name(entry.filename), entry) is not entry:
                raise unsafe("duplicate_part", entry.filename)
        _refuse_overlaps(entries, content)

    @property
    def names(self) -> frozenset[str]:
        """All parts, as `part_name` spells them."""
        return frozenset(self._parts)

    def __contains__(self, name: str) -> bool:
        """Whether there is such a part."""
        return part_name(name) in self._parts

    def chunks(self, name: str) -> Iterator[bytes]:
        """The inflated bytes of a part, in order; a missing part is a sign of damage."""
        entry = self._parts.get(part_name(name))
        if entry is None:
            raise damaged("part_missing")
        if entry.flag_bits & _ENCRYPTED:
            raise encrypted()
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise unsafe("compression", entry.filename)
        whole = inflated(self._content, entry) if isinstance(entry, Entry) else None
        pieces = self._streamed(entry.filename) if whole is None else _pieces(whole)
        size = 0
        for chunk in pieces:
            size += len(chunk)
            if entry.filename not in self._counted:
                self._count(size, len(chunk))
            yield _CONTROLS.sub(b" ", chunk) if self._cleaned else chunk

    def _streamed(self, filename: str) -> Iterator[bytes]:
        """A part inflated piece by piece, in the standard library's way."""
        if self._zip is None:
            self._zip = _opened(self._content, self.limits)
        try:
            with self._zip.open(filename) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise damaged("part_broken") from error

    def small(self, name: str) -> bytes | None:
        """The whole of a part that is small by what was inflated, not by what it claims; None for any other part."""
        entry = self._parts.get(part_name(name))
        if not isinstance(entry, Entry) or entry.file_size > _SMALL or entry.flag_bits & _ENCRYPTED:
            return None
        whole = inflated(self._content, entry)
        if whole is None:
            return None
        if entry.filename not in self._counted:
            self._counted.add(entry.filename)
            self._count(len(whole), len(whole))
        return _CONTROLS.sub(b" ", whole) if self._cleaned else whole

    def read(self, name: str) -> bytes:
        """A whole part."""
        return b"".join(self.chunks(name))

    def _count(self, size: int, added: int) -> None:
        self._inflated += added
        if size > self.limits.part:
            raise too_large("part", self.limits.part)
        if self._inflated > self.limits.inflated:
            raise too_large("inflated", self.limits.inflated)


def _pieces(whole: bytes) -> Iterator[bytes]:
    return (whole[begin : begin + _CHUNK] for begin in range(0, len(whole), _CHUNK))


def _opened(content: bytes, limits: Limits) -> zipfile.ZipFile:
    end = content.rfind(_END_OF_DIRECTORY)
    if end < 0 or len(content) < end + 22:
        raise damaged("zip_cut")
    (directory,) = struct.unpack_from("<L", content, end + 12)
    if len(content) < directory != _ZIP64:
        raise damaged("zip_broken")
    if limits.directory < directory != _ZIP64 or content.count(b"PK\x01\x02") > 20 * limits.entries:
        raise too_large("entries", limits.entries)
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise damaged("zip_broken") from error


def _refuse_overlaps(entries: Sequence[Entry | zipfile.ZipInfo], content: bytes) -> None:
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if start < end:
            raise unsafe("overlap", entry.filename)
        header = content[start : start + _LOCAL_HEADER]
        if len(header) < _LOCAL_HEADER:
            raise damaged("zip_broken")
        name, extra = struct.unpack_from("<HH", header, 26)
        end = start + _LOCAL_HEADER + name + extra + entry.compress_size
    if end > len(content):
        raise damaged("zip_cut")


def is_zip(content: bytes) -> bool:
    """Whether the bytes begin as a zip archive does."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06")


def entry_names(content: bytes) -> frozenset[str]:
    """Names of the entries, as `part_name` spells them.

    Where the table of contents at the end is lost, they are taken from the entries themselves, so that a half-copied
    workbook is called damaged and not a stranger.
    """
    plain = plain_entries(content)
    if plain is not None:
        return frozenset(part_name(entry.filename) for entry in plain)
    try:
        with _opened(content, LIMITS) as archive:
            return frozenset(map(part_name, archive.namelist()))
    except Refused:
        return frozenset(
            part_name(content[match.end() : match.end() + length].decode("utf-8", "replace"))
            for match in _LOCAL_NAME.finditer(content)
            if 0 < (length := int.from_bytes(match[1], "little")) <= _LONGEST_NAME
        )
