"""收件: which files of the inbox count.

In: a folder. Out: a `Collection`. The inbox is only ever read: regular files, never through links.
"""

from __future__ import annotations

import hashlib
import os
import re
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.errors import UsageError
from consolidator.inbox.disk import Entry, read_once, readable, still_arriving, walk
from consolidator.inbox.unpack import Allowance, is_archive, unpack
from consolidator.model import Refusal, Shelf, Status, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM = re.compile(r"(?:^|/)(?:\.|Thumbs\.db$|desktop\.ini$|__MACOSX(?:/|$))|\.(?:lnk|url|tmp|bak~)$", re.IGNORECASE)
_LOCK = re.compile(r"(?:^|/)(?:~\$|\.~lock\.|\.~)[^/]*$")
_ARRIVING = re.compile(
    r"\.(?:crdownload|part|partial|download|downloading|td|xltd)$|\.(?:xlsx|xlsm|xls|xlsb|et|ods|zip)\.tmp$",
    re.IGNORECASE,
)
MOST_HELD = 64 << 20
"""Bytes of files that are held in memory, some 7,000 forms; what lies on the disk beyond is read from there again."""
_DEEPEST = 3
"""Archives inside archives that are still opened."""


class Aside(Struct, frozen=True):
    """A file that is not handed to the reader, and why."""

    file: str
    sha256: str
    refusal: Refusal


class Collection(Struct, frozen=True):
    """Everything in the inbox, by path: what is to be read, and what is set aside."""

    submissions: tuple[Submission, ...]
    aside: tuple[Aside, ...]


def require_folder(inbox: Path) -> None:
    """Raise `UsageError` where there is no such folder: nothing (E01), or a file (E03)."""
    if inbox.is_file():
        raise UsageError("E03", file=str(inbox))
    if not inbox.is_dir():
        raise UsageError("E01", folder=str(inbox))


class Gathering:
    """The files below `inbox`, each told as soon as it is there, so that it is read while the next ones are fetched.

    `own` are the run's own files (roster, campaign file), which are no filings. Raises `UsageError` where there is no
    such folder, or it is shut.
    """

    def __init__(self, inbox: Path, own: frozenset[Path] = frozenset()) -> None:
        require_folder(inbox)
        self._own = own
        self._basket = _Basket()
        self._waiting = sorted(walk(inbox), key=lambda entry: entry.name, reverse=True)

    def __iter__(self) -> Iterator[Submission]:
        """The files to be read that were not told before, in the order of their names on the disk."""
        while self._waiting:
            before = len(self._basket.submissions)
            self._basket.take(self._waiting.pop(), self._own)
            yield from self._basket.submissions[before:]

    @property
    def expected(self) -> int:
        """How many files there are to be read, as far as that is known."""
        return len(self._basket.submissions) + len(self._waiting)

    def collection(self) -> Collection:
        """All of them, told or not."""
        for _ in self:
            pass
        return self._basket.collection()


def take_files(files: tuple[Path, ...]) -> Collection:
    """The files that a township checks by itself, by the paths it gave; all that is in a folder, where it gave one."""
    basket = _Basket()
    for path in files:
        inside = sorted(walk(path), key=lambda entry: entry.name) if path.is_dir() else []
        for entry in inside:
            basket.take(entry, shown=str(path / entry.name))
        if not inside:
            basket.take(Entry(os.fspath(path), path.name), shown=str(path))
    return basket.collection(sort=False)


class _Basket:
    """What was collected so far; every file in it has a name of its own."""

    def __init__(self) -> None:
        self.submissions: list[Submission] = []
        self._names: set[str] = set()
        self._aside: list[Aside] = []
        self._held = 0

    def take(self, entry: Entry, own: frozenset[Path] = frozenset(), shown: str = "") -> None:
        """An entry of the disk: read, unpacked, or set aside; `shown` is its name where that is not its own."""
        name = self.name(readable(shown or entry.name))
        content, refusal = _take(entry, own)
        if refusal is not None:
            self.set_aside(name, content, refusal)
        elif content is not None and is_archive(content):
            self.open(name, content, Allowance())
        elif content is not None:
            self.put(name, content, entry)

    def name(self, wanted: str) -> str:
        """The name, or one with a number where another file has it: an archive may hold a path twice."""
        path, name, number = PurePosixPath(wanted), wanted, 1
        while name in self._names:
            number += 1
            name = str(path.with_name(f"{path.stem}({number}){path.suffix}"))
        self._names.add(name)
        return name

    def put(self, name: str, content: bytes, entry: Entry | None = None) -> None:
        """A file for the reader. Where many are held already, one that is an `entry` of the disk is left there."""
        digest = hashlib.sha256(content).hexdigest()
        if entry is None or self._held + len(content) <= MOST_HELD:
            self._held += len(content)
            self.submissions.append(Submission(name, digest, content))
        else:
            shelf = Shelf(len(content), partial(_again, entry, digest))
            self.submissions.append(Submission(name, digest, b"", shelf))

    def set_aside(self, name: str, content: bytes | None, refusal: Refusal) -> None:
        """A file that is not read; without its bytes it has no hash."""
        digest = hashlib.sha256(content).hexdigest() if content is not None else ""
        self._aside.append(Aside(name, digest, refusal))

    def open(self, name: str, content: bytes, allowance: Allowance, depth: int = 1) -> None:
        """The files of an archive as submissions below its own path; the archive itself is set aside."""
        entries, refusal = unpack(content, allowance)
        if refusal is None:
            refusal = Refusal(Status.IGNORED, "B30", "unpacked", {"count": str(len(entries))})
        self.set_aside(name, content, refusal)
        for inner, inside in entries:
            path = self.name(f"{name}/{inner}")
            if isinstance(inside, Refusal):
                self.set_aside(path, None, inside)
            elif (noise := _noise(path)) is not None:
                self.set_aside(path, inside, noise)
            elif not inside:
                self.set_aside(path, inside, Refusal(Status.IGNORED, "B05", "empty"))
            elif depth < _DEEPEST and is_archive(inside):
                self.open(path, inside, allowance, depth + 1)
            else:
                self.put(path, inside)

    def collection(self, *, sort: bool = True) -> Collection:
        """All of it; in the order of the names, or as it came."""
        taken = sorted(self.submissions, key=lambda submission: submission.file) if sort else self.submissions
        return Collection(tuple(taken), tuple(self._aside))


def _again(entry: Entry, digest: str) -> bytes | Refusal:
    """The bytes of a file that was read before; while the run goes on they may change, and then they are not the ones."""
    content, refusal = read_once(entry.path, entry.name)
    if refusal is not None:
        return refusal
    same = content is not None and hashlib.sha256(content).hexdigest() == digest
    return content if same and content is not None else still_arriving()


def _take(entry: Entry, own: frozenset[Path]) -> tuple[bytes | None, Refusal | None]:
    """The bytes of a file, or why it is set aside (with its bytes where they were read)."""
    if entry.refusal is not None:
        return None, entry.refusal
    noise = _noise(entry.name)
    if noise is None and _is_one_of(entry.path, own):
        noise = Refusal(Status.IGNORED, "B05", "own")
    content, refusal = read_once(entry.path, entry.name)
    if noise is not None:
        return content, noise
    if refusal is None and not content:
        return content, Refusal(Status.IGNORED, "B05", "empty")
    return content, refusal


def _is_one_of(path: str, own: frozenset[Path]) -> bool:
    """Whether a file, which is no link itself, is one of those that the run was told of by whatever path."""
    named = any(path.casefold().endswith(each.name.casefold()) for each in own)
    return named and Path(os.path.realpath(path)) in own  # resolve() raises on a link to itself


def _noise(name: str) -> Refusal | None:
    """Why a file is set aside by its name alone, or None."""
    if _LOCK.search(name):
        return Refusal(Status.IGNORED, "B05", "lock_file")
    if _ARRIVING.search(name):
        return still_arriving()
    return Refusal(Status.IGNORED, "B05", "system") if _SYSTEM.search(name) else None
