"""收件: which files of the inbox count.

In: a folder. Out: a `Collection`. The inbox is only ever read: regular files, never through links.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.errors import UsageError
from consolidator.inbox.unpack import is_archive, unpack
from consolidator.model import Refusal, Status, Submission

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEM = re.compile(
    r"(?:^|/)(?:\.|Thumbs\.db$|desktop\.ini$|__MACOSX(?:/|$))|\.(?:lnk|url|tmp|crdownload|part|bak~)$", re.IGNORECASE
)
_LOCK = re.compile(r"(?:^|/)(?:~\$|\.~lock\.|\.~)[^/]*$")
LARGEST = 50 * 1024 * 1024
"""Bytes of a file that are still read; a statistics form has some ten thousand."""


@dataclass(frozen=True, slots=True)
class Aside:
    """A file that is not handed to the reader, and why."""

    file: str
    sha256: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything in the inbox, by path: what is to be read, and what is set aside."""

    submissions: tuple[Submission, ...]
    aside: tuple[Aside, ...]


def collect(inbox: Path, own: frozenset[Path] = frozenset()) -> Collection:
    """Every file below `inbox`. `own` are the run's own files (roster, campaign file), which are no filings."""
    if not inbox.is_dir():
        raise UsageError("E01", folder=str(inbox))
    submissions: list[Submission] = []
    aside: list[Aside] = []
    for path, name in sorted(_walk(inbox, inbox), key=lambda entry: entry[1]):
        content, refusal = _take(path, name, own)
        digest = hashlib.sha256(content).hexdigest() if content is not None else ""
        if refusal is not None:
            aside.append(Aside(name, digest, refusal))
        elif content is not None and is_archive(content):
            _open_archive(name, content, submissions, aside)
        elif content is not None:
            submissions.append(Submission(name, digest, content))
    submissions.sort(key=lambda submission: submission.file)
    return Collection(tuple(submissions), tuple(aside))


def _open_archive(name: str, content: bytes, submissions: list[Submission], aside: list[Aside]) -> None:
    """The files of an archive as submissions below its own path; the archive itself is set aside."""
    digest = hashlib.sha256(content).hexdigest()
    entries, refusal = unpack(content)
    if refusal is None:
        refusal = Refusal(Status.IGNORED, "B30", "unpacked", {"count": str(len(entries))})
    aside.append(Aside(name, digest, refusal))
    for inner, inside in entries:
        path = f"{name}/{inner}"
        case = _noise(path) or ("" if inside else "empty")
        if case:
            refusal = Refusal(Status.IGNORED, "B05", case)
            aside.append(Aside(path, hashlib.sha256(inside).hexdigest(), refusal))
        else:
            submissions.append(Submission(path, hashlib.sha256(inside).hexdigest(), inside))


def take_files(files: tuple[Path, ...]) -> Collection:
    """The files that a township checks by itself, by their names."""
    submissions: list[Submission] = []
    aside: list[Aside] = []
    for path in files:
        content, refusal = _take(path, path.name, frozenset())
        if refusal is not None:
            aside.append(Aside(str(path), "", refusal))
        elif content is not None:
            submissions.append(Submission(str(path), hashlib.sha256(content).hexdigest(), content))
    return Collection(tuple(submissions), tuple(aside))


def _walk(folder: Path, inbox: Path) -> Iterator[tuple[Path, str]]:
    try:
        entries = list(os.scandir(folder))
    except OSError as problem:
        raise UsageError("E02", folder=str(folder), reason=problem.strerror or "") from problem
    for entry in entries:
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(path, inbox)
        else:
            yield path, path.relative_to(inbox).as_posix()


def _take(path: Path, name: str, own: frozenset[Path]) -> tuple[bytes | None, Refusal | None]:
    """The bytes of a file, or why it is set aside (with its bytes where they were read)."""
    case = _noise(name)
    if case:
        return _peek(path), Refusal(Status.IGNORED, "B05", case)
    if path.resolve() in own:
        return _peek(path), Refusal(Status.IGNORED, "B05", "own")
    content, refusal = _read_once(path, name)
    if refusal is None and not content:
        return content, Refusal(Status.IGNORED, "B05", "empty")
    return content, refusal


def _noise(name: str) -> str:
    """The case under which a file is ignored by its name alone, or empty."""
    if _LOCK.search(name):
        return "lock_file"
    return "system" if _SYSTEM.search(name) else ""


def _peek(path: Path) -> bytes | None:
    return _read_once(path, path.name)[0]


def _read_once(path: Path, name: str) -> tuple[bytes | None, Refusal | None]:
    """Read a regular file without following links and without waiting on pipes."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError as problem:
        linked = path.is_symlink()
        case = "not_regular" if linked or not path.is_file() else "no_access"
        return None, Refusal(Status.UNREADABLE, "B01", case, {"file": name, "reason": problem.strerror or ""})
    with os.fdopen(descriptor, "rb") as file:
        facts = os.fstat(file.fileno())
        if not stat.S_ISREG(facts.st_mode):
            return None, Refusal(Status.UNREADABLE, "B01", "not_regular", {"file": name})
        if facts.st_size > LARGEST:
            details = {"what": f"{facts.st_size // 1_048_576} MB", "limit": f"{LARGEST // 1_048_576} MB"}
            return None, Refusal(Status.UNREADABLE, "B01", "too_large", details)
        try:
            return file.read(), None
        except OSError as problem:
            details = {"file": name, "reason": problem.strerror or ""}
            return None, Refusal(Status.UNREADABLE, "B01", "no_access", details)
