"""Damage: what disks, networks and unkind people do to a file, the same every time for the same seed.

In: bytes and a source of chance. Out: other bytes, and the `Kind` of damage.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

SECTOR = 4096
_COMPOUND = b"\xd0\xcf\x11\xe0"


class Kind(StrEnum):
    """What was done. The first group is how a half-copied file looks."""

    TRUNCATED = "truncated"
    ZERO_TAIL = "zero tail"
    HOLE = "hole"

    BITS = "bits"
    BYTES = "bytes"
    SPLICE = "splice"
    SWAPPED = "swapped blocks"

    PART = "part"
    RECORD = "record"


HALF_COPIED = frozenset({Kind.TRUNCATED, Kind.ZERO_TAIL, Kind.HOLE})
REWRITTEN = frozenset({Kind.PART, Kind.RECORD})
"""The container is made anew round the damage, so that no checksum can tell."""


def damaged(content: bytes, chance: random.Random) -> tuple[bytes, Kind]:
    """The content with one kind of damage; for small files a hole is as large as an eighth of them."""
    kinds = list(_RAW)
    if content.startswith(b"PK"):
        kinds += [Kind.PART] * 6
    elif content.startswith(_COMPOUND):
        kinds += [Kind.RECORD] * 6
    kind = chance.choice(kinds)
    return {**_RAW, Kind.PART: part, Kind.RECORD: record}[kind](content, chance), kind


def truncated(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(1, len(content))]


def zero_tail(content: bytes, chance: random.Random) -> bytes:
    return truncated(content, chance).ljust(len(content), b"\0")


def hole(content: bytes, chance: random.Random) -> bytes:
    size = min(SECTOR, max(64, len(content) // 8))
    start = chance.randrange(len(content)) // size * size
    return content[:start] + bytes(min(size, len(content) - start)) + content[start + size :]


def bits(content: bytes, chance: random.Random) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4, 8))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def run(content: bytes, chance: random.Random) -> bytes:
    size = chance.choice((1, 2, 4, 16, 64, 512))
    start = chance.randrange(len(content))
    filler = chance.choice((chance.randbytes(size), bytes(size), b"\xff" * size, content[:size]))
    return (content[:start] + filler + content[start + size :])[: len(content)]


def splice(content: bytes, chance: random.Random) -> bytes:
    start, size = chance.randrange(len(content)), chance.choice((1, 2, 7, 128, 512))
    if chance.random() < 0.5:
        return content[:start] + content[start + size :]
    source = chance.randrange(len(content))
    return content[:start] + content[source : source + size] + content[start:]


def swapped(content: bytes, chance: random.Random) -> bytes:
    size = chance.choice((4, 32, 512, SECTOR))
    first, second = sorted(chance.randrange(max(1, len(content) // size)) * size for _ in range(2))
    if second < first + size:
        return splice(content, chance)
    middle = content[first + size : second]
    return (
        content[:first]
        + content[second : second + size]
        + middle
        + content[first : first + size]
        + content[second + size :]
    )


_RAW: dict[Kind, Callable[[bytes, random.Random], bytes]] = {
    Kind.TRUNCATED: truncated,
    Kind.ZERO_TAIL: zero_tail,
    Kind.HOLE: hole,
    Kind.BITS: bits,
    Kind.BYTES: run,
    Kind.SPLICE: splice,
    Kind.SWAPPED: swapped,
}

_TAG = re.compile(rb"<[^<>]+>")
_ATTRIBUTE = re.compile(rb' ([A-Za-z:]+)="([^"]*)"')
_NUMBER = re.compile(rb">(-?[0-9.]+)<")
_DULL = re.compile(r"docProps/|xl/theme/|Thumbnails/|mimetype|meta.xml|settings.xml")
_ABSURD = (
    b"99999999999",
    b"-1",
    b"1e400",
    b"NaN",
    b"INF",
    b"",
    b"0",
    b"\xef\xbc\x91\xef\xbc\x92",
    b"123456789012345678",
    b"A1",
    b"=1+1",
)


def part(content: bytes, chance: random.Random) -> bytes:
    """One part of a zip changed, the archive made anew; or a part taken away, doubled or renamed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [(entry.filename, archive.read(entry), entry.compress_type) for entry in archive.infolist()]
    weights = [0.2 if _DULL.match(name) else 4 if "sheet" in name.lower() else 1 for name, _, _ in parts]
    (number,) = chance.choices(range(len(parts)), weights)
    name, data, _ = parts[number]
    fate = chance.random()
    if fate < 0.04:
        del parts[number]
    elif fate < 0.08:
        parts[number] = (name.replace("1", "2").replace("s", "S", 1), data, 8)
    else:
        change = (
            _of_xml if data.lstrip(b"\xef\xbb\xbf").startswith(b"<") else _of_records if name.endswith(".bin") else bits
        )
        parts[number] = (name, change(data or b"?", chance), chance.choice((0, 8)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data, compression in parts:
            archive.writestr(zipfile.ZipInfo(name), data, compression)
    return buffer.getvalue()


def _of_xml(data: bytes, chance: random.Random) -> bytes:
    """XML with an element lost, doubled or moved, an attribute or a number made absurd, or plain damage."""
    pattern = chance.choice((_TAG, _TAG, _ATTRIBUTE, _ATTRIBUTE, _NUMBER, None))
    found = list(pattern.finditer(data)) if pattern else []
    if not found:
        return chance.choice(tuple(_RAW.values()))(data, chance)
    hit = chance.choice(found)
    if pattern is _TAG:
        other = chance.choice(found)
        return data[: hit.start()] + chance.choice((b"", hit[0] * 2, other[0])) + data[hit.end() :]
    group = 2 if pattern is _ATTRIBUTE else 1
    start, end = hit.span(group)
    if pattern is _ATTRIBUTE and chance.random() < 0.3:
        start, end = hit.span()
        return data[:start] + data[end:]
    filler = chance.choice((*_ABSURD, chance.choice(found)[group]))
    return data[:start] + filler + data[end:]


def record(content: bytes, chance: random.Random) -> bytes:
    """One BIFF record of an .xls that a library wrote (its stream begins at the second sector) changed in place."""
    start, end = 512, len(content)
    return content[:start] + _changed(content[start:end], _biff(content[start:end]), chance)


def _biff(stream: bytes) -> list[tuple[int, int, int]]:
    """(start of the record, start of its data, end)."""
    found, position = [], 0
    while position + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, position)
        if (code, length) == (0, 0):
            break
        found.append((position, position + 4, position + 4 + length))
        position += 4 + length
    return found


def _of_records(data: bytes, chance: random.Random) -> bytes:
    """The same for a binary part of an .xlsb."""
    found, position = [], 0
    while position < len(data):
        start = position
        position += 2 if data[position] & 0x80 else 1
        length = shift = 0
        while position < len(data):
            byte = data[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        found.append((start, position, position + length))
        position += length
    return _changed(data, found, chance)


def _changed(stream: bytes, found: list[tuple[int, int, int]], chance: random.Random) -> bytes:
    if len(found) < 2:
        return bits(stream, chance)
    start, inner, end = chance.choice(found)
    other = chance.choice(found)
    body = stream[inner:end]
    fate = chance.randrange(7)
    if fate == 0:  # lost; the stream keeps its length
        return (stream[:start] + stream[end:]).ljust(len(stream), b"\0")
    if fate == 1:  # doubled
        return (stream[:end] + stream[start:end] + stream[end:])[: len(stream)]
    if fate == 2:  # another record's content
        body = stream[other[1] : other[2]][: len(body)].ljust(len(body), b"\0")
    elif fate == 3:  # a wrong type
        return stream[:start] + stream[other[0] : other[0] + 1] + stream[start + 1 :]
    elif fate == 4:  # a wrong length
        return stream[: inner - 1] + chance.randbytes(1) + stream[inner:]
    elif fate == 5:  # moved
        first, second = sorted(((start, end), (other[0], other[2])))
        if first != second:
            (a, b), (c, d) = first, second
            return stream[:a] + stream[c:d] + stream[b:c] + stream[a:b] + stream[d:]
    else:
        body = bits(body, chance) if body else body
    return stream[:inner] + body + stream[end:]
