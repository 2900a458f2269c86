"""Zip archives from members that are already deflated: what a template's files have in common is deflated once.

In: `Member`s. Out: the bytes of an archive, the same bytes every time.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_DATE = 33  # 1980-01-01
_DEFLATED = 8
_VERSION = 20


class Member(NamedTuple):
    """One file of an archive, deflated."""

    name: str
    body: bytes
    size: int
    checksum: int


def member(name: str, content: bytes) -> Member:
    """Deflate one file as spreadsheet programs do."""
    deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
    return Member(name, deflater.compress(content) + deflater.flush(), len(content), zlib.crc32(content))


def archive(members: Sequence[Member]) -> bytes:
    """The archive of the members, in their order."""
    parts: list[bytes] = []
    directory: list[bytes] = []
    offset = 0
    for each in members:
        name = each.name.encode()
        facts = (0, _DEFLATED, 0, _DATE, each.checksum, len(each.body), each.size, len(name))
        local = _LOCAL.pack(b"PK\x03\x04", _VERSION, *facts, 0) + name
        directory.append(_CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *facts, 0, 0, 0, 0, 0, offset) + name)
        parts += (local, each.body)
        offset += len(local) + len(each.body)
    listed = b"".join(directory)
    end = _END.pack(b"PK\x05\x06", 0, 0, len(members), len(members), len(listed), offset, 0)
    return b"".join((*parts, listed, end))
