"""Workbooks inside a `.zip`: taken out in memory, under the path that they have there.

In: the bytes of an archive. Out: (path, bytes) of each file in it, or why it is not opened.
Never: a file written, a name trusted, more inflated than the limits allow.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from consolidator.model import Refusal, Status

MOST_ENTRIES = 2000
MOST_INFLATED = 200 * 1024 * 1024
"""Bytes that may come out of one archive, counted as they are produced."""
_CHUNK = 1 << 20
_UTF8_NAME = 0x800  # general purpose bit 11: the name is UTF-8
_ENCRYPTED = 0x1
_WORKBOOK_PARTS = ("[Content_Types].xml", "mimetype", "META-INF/manifest.xml")


def is_archive(content: bytes) -> bool:
    """Whether the bytes are a zip that holds files, and not itself a workbook (.xlsx, .ods … are zips too)."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not any(name in _WORKBOOK_PARTS for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def unpack(content: bytes) -> tuple[list[tuple[str, bytes]], Refusal | None]:
    """The files of an archive in its own order, or a refusal and nothing."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            refusal = _judge(entries)
            if refusal is not None:
                return [], refusal
            return _inflate(archive, entries)
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
        OSError,
        EOFError,
        RuntimeError,
        zlib.error,
    ) as problem:
        return [], Refusal(Status.UNREADABLE, "B30", "damaged", {"reason": type(problem).__name__})


def _judge(entries: list[zipfile.ZipInfo]) -> Refusal | None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return Refusal(Status.ENCRYPTED, "B30", "encrypted")
    if len(entries) > MOST_ENTRIES:
        return Refusal(Status.UNREADABLE, "B30", "too_large", {"limit": str(MOST_ENTRIES)})
    return None


def _inflate(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]
) -> tuple[list[tuple[str, bytes]], Refusal | None]:
    found: list[tuple[str, bytes]] = []
    left = MOST_INFLATED
    for entry in entries:
        parts: list[bytes] = []
        with archive.open(entry) as file:
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    details = {"limit": f"{MOST_INFLATED // 1_048_576} MB"}
                    return [], Refusal(Status.UNREADABLE, "B30", "too_large", details)
                parts.append(chunk)
        found.append((_path(entry), b"".join(parts)))
    return found, None


def _path(entry: zipfile.ZipInfo) -> str:
    """The entry's path: names that are not marked as UTF-8 are UTF-8 or GB18030 in Chinese archives."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".", "..")]
    return "/".join(steps) or "?"
