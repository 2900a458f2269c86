"""Entries of the inbox on the disk: listed without following links, read once, never written.

In: a folder. Out: `Entry`s; the bytes of a file, or why it has none. Never: a link followed, a pipe waited for.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.errors import UsageError
from consolidator.model import Refusal, Status
from consolidator.terms import Word, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 50 * 1024 * 1024
"""Bytes of a file that are still read; a statistics form has some ten thousand."""
_TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".xlsb", ".csv")
_UNPACKED = "[Content_Types].xml"
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_KINDS = ((stat.S_ISLNK, "link"), (stat.S_ISFIFO, "pipe"), (stat.S_ISSOCK, "socket"), (stat.S_ISDIR, "folder"))


class Entry(Struct, frozen=True):
    """One entry below the inbox: its path on the disk, its `name` inside the inbox with `/`.

    `refusal` tells why a folder is not entered, or that it is none to be read; files have none yet.
    """

    path: str
    name: str
    refusal: Refusal | None = None


def walk(inbox: Path) -> Iterator[Entry]:
    """Every file below the inbox, and the folders that need a word. Raises `UsageError` when the inbox itself is shut."""
    waiting = [(os.fspath(inbox), "")]
    while waiting:
        folder, name = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = list(listing)
        except OSError as problem:
            if not name:
                raise UsageError("E02", folder=folder, reason=reason_of(problem)) from problem
            yield Entry(folder, name, shut(name, problem))
            continue
        refusal = _named_as_a_table(name, entries)
        if refusal is not None:
            yield Entry(folder, name, refusal)
            if refusal.status is not Status.IGNORED:
                continue
        for entry in entries:
            inside = f"{name}/{entry.name}" if name else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, inside))
            else:
                yield Entry(entry.path, inside)


def _named_as_a_table(name: str, entries: list[os.DirEntry[str]]) -> Refusal | None:
    """A folder called `甲镇.xlsx` looks like a filing in every file manager: what it is must be said."""
    if not name.lower().endswith(_TABLES):
        return None
    if not entries or any(entry.name == _UNPACKED for entry in entries):
        return not_regular(name, "folder")
    return Refusal(Status.IGNORED, "B05", "folder")


def readable(name: str) -> str:
    """A name whose bytes are not UTF-8, as systems of the past wrote it: in GB18030; other names unchanged."""
    if name.isprintable() or not any("\ud800" <= char <= "\udfff" for char in name):
        return name
    return os.fsencode(name).decode("gb18030", "replace")


def shut(name: str, problem: OSError) -> Refusal:
    """What the system does not let us read, or what is not there (any more)."""
    if isinstance(problem, FileNotFoundError):
        return Refusal(Status.UNREADABLE, "B01", "absent", {"file": readable(name)})
    reason = Word("entry.denied") if isinstance(problem, PermissionError) else reason_of(problem)
    return Refusal(Status.UNREADABLE, "B01", "no_access", {"file": readable(name), "reason": reason})


def not_regular(name: str, kind: str) -> Refusal:
    """What is no file: a link, a pipe, a folder …; the clerk reads its kind."""
    return Refusal(Status.UNREADABLE, "B01", "not_regular", {"file": readable(name), "reason": Word(f"entry.{kind}")})


def read_once(path: str, name: str) -> tuple[bytes | None, Refusal | None]:
    """The bytes of a regular file, read without following links and without waiting on pipes, or why there are none.

    A file whose size or time changes while it is read is still being copied.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as problem:
        kind = _kind(path)
        return None, not_regular(name, kind) if kind else shut(name, problem)
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode):
        os.close(descriptor)
        return None, not_regular(name, _kind_of(before.st_mode))
    with os.fdopen(descriptor, "rb") as file:
        if before.st_size > LARGEST:
            return None, too_large(before.st_size)
        try:
            content = file.read(LARGEST + 1)
        except OSError as problem:
            return None, shut(name, problem)
        after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns, len(content)) != (after.st_size, after.st_mtime_ns, after.st_size):
        return None, still_arriving()
    return content, None


def too_large(size: int) -> Refusal:
    """A file beyond what is read."""
    details = {"what": f"{size // 1_048_576} MB", "limit": f"{LARGEST // 1_048_576} MB"}
    return Refusal(Status.UNREADABLE, "B01", "too_large", details)


def still_arriving() -> Refusal:
    """A file that is being copied, saved or downloaded at this moment."""
    return Refusal(Status.UNREADABLE, "B01", "changing")


def _kind(path: str) -> str:
    """What a path that cannot be opened is, where it is no regular file."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return ""
    return "" if stat.S_ISREG(mode) else _kind_of(mode)


def _kind_of(mode: int) -> str:
    return next((kind for test, kind in _KINDS if test(mode)), "device")
