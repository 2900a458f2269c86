"""The memory of a run, in a hidden folder beside its outputs: theirs neither in rank nor in guarantees.

In: bytes. Out: the same bytes in a later run, or None. Never: an error, a link followed, an output waited for or harmed:
without the memory, or with a strange one, a run merely reads every file again.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from consolidator.write.saving.disk import replace

if TYPE_CHECKING:
    from pathlib import Path

_FOLDER, _NAME, _FRESH = ".cache", ".seen", ".new-"
_LARGEST = 256 << 20  # bytes; 40,000 forms need some 50 million
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def recollect(out: Path) -> bytes | None:
    """What the last run kept in `out`, or None."""
    with suppress(OSError):
        if _is_folder(out / _FOLDER):
            return _content(out / _FOLDER / _NAME)
    return None


def keep(out: Path, content: bytes) -> None:
    """Keep `content` for the next run, in one step. The caller holds the folder; a disk that refuses is not asked twice."""
    folder = out / _FOLDER
    with suppress(OSError):
        folder.mkdir(exist_ok=True)
        if not _is_folder(folder):
            return
        for left in folder.glob(f"{_FRESH}*"):  # by runs that died
            left.unlink()
        fresh = folder / f"{_FRESH}{secrets.token_hex(4)}"
        try:
            with fresh.open("xb") as file:
                file.write(content)
            replace(fresh, folder / _NAME)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise


def _is_folder(path: Path) -> bool:
    return stat.S_ISDIR(path.lstat().st_mode)


def _content(path: Path) -> bytes | None:
    with os.fdopen(os.open(path, _FLAGS), "rb") as file:
        facts = os.fstat(file.fileno())
        return file.read() if stat.S_ISREG(facts.st_mode) and facts.st_size <= _LARGEST else None
