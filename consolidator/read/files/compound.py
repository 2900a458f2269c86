"""OLE2 compound files: the names at their top level, enough to tell a workbook from a letter.

In: bytes. Out: names in lower case. Source: [MS-CFB] 2.6.
"""

from __future__ import annotations

import io
import re
import struct

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = 128
_NAME_FIELD = 64
BROKEN_COMPOUND = (
    OSError,
    struct.error,
    ValueError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    RecursionError,
)
_NAMES = (
    "Workbook",
    "Book",
    "EncryptedPackage",
    "WordDocument",
    "WpsDocument",
    "PowerPoint Document",
    "__properties_version1.0",
)
_ANY_NAME = re.compile(b"|".join(re.escape(name.encode("utf-16-le")) for name in _NAMES), re.IGNORECASE)


def stream_names(content: bytes) -> frozenset[str]:
    """Names of the streams and storages at the top level; none where the file is too broken to tell.

    A letter may hold a workbook inside it, so only the top level counts. Where the chain of sectors is broken the known
    names are looked for anywhere, so that a half-copied workbook is called damaged and not a stranger.
    """
    import olefile  # noqa: PLC0415 - only needed for this format

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            names = {entry.name.lower() for entry in compound.root.kids if entry.name.strip("\0")}
    except BROKEN_COMPOUND:
        names = set()
    return frozenset(names) or _names_anywhere(content)


def _names_anywhere(content: bytes) -> frozenset[str]:
    found = set()
    for match in _ANY_NAME.finditer(content):
        length = struct.unpack_from("<H", content, match.start() + _NAME_FIELD)[0] if _inside(content, match) else 0
        if match.start() % _ENTRY == 0 and length == len(match[0]) + 2:
            found.add(match[0].decode("utf-16-le").lower())
    return frozenset(found)


def _inside(content: bytes, match: re.Match[bytes]) -> bool:
    return match.start() + _ENTRY <= len(content)
