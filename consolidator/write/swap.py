"""All files or none: built in a folder of their own inside the output folder, then swapped in one by one.

The folder `.run-…` holds `new/` (being built), `old/` (what the swap replaces) and, only while the swap goes on, the
journal `swapping`. A run that dies before the swap leaves the old output untouched; one that dies in it is undone by
the next run, which finds the journal.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from consolidator.write.trouble import OPEN_ELSEWHERE, TargetBusyError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_PREFIX = ".run-"
_JOURNAL = "swapping"
_WAITS = (0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between attempts while another program holds a target; 2.5 in all."""


class Stage:
    """The files of one run on their way into `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._folder = out / f"{_PREFIX}{os.getpid()}-{secrets.token_hex(4)}"
        self._names: list[str] = []

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A new file to be published as `name` (with `/`), flushed to the disk when the block ends."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        self._names.append(name)

    def path(self, name: str) -> Path:
        """Where the new file stands until it is published."""
        return self._folder.joinpath("new", *name.split("/"))

    def swap(self) -> tuple[Path, ...]:
        """Put every new file in its place, in the order they were made; gives their paths.

        Whatever goes wrong, the old files are put back before the exception goes on.
        """
        targets = {name: self.out.joinpath(*name.split("/")) for name in self._names}
        kept = [name for name, target in targets.items() if self._keep(name, target)]
        journal = self._folder / _JOURNAL
        journal.write_text(json.dumps({"targets": list(targets), "kept": kept}, ensure_ascii=False), encoding="utf-8")
        _settle(journal, self._folder)
        try:
            for name, target in targets.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                _replace(self.path(name), target)
            _settle(*{target.parent for target in targets.values()})
            journal.unlink()
        except BaseException:
            _undo(self._folder, self.out)
            raise
        return tuple(targets.values())

    def clear(self) -> None:
        """Remove the folder, unless a swap could not be undone: then the next run needs it."""
        if not (self._folder / _JOURNAL).exists():
            shutil.rmtree(self._folder, ignore_errors=True)

    def _keep(self, name: str, target: Path) -> bool:
        if not target.exists():
            return False
        kept = self._folder.joinpath("old", *name.split("/"))
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(target, kept)
        except OSError:  # a file system without hard links
            shutil.copy2(target, kept)
            _settle(kept)
        return True


def sweep(out: Path) -> None:
    """Clear away what dead runs left in `out`, undoing swaps they died in. The caller holds the folder's lock."""
    for folder in sorted(out.glob(f"{_PREFIX}*")):
        if folder.is_symlink() or not folder.is_dir():
            continue
        if (folder / _JOURNAL).exists():
            _undo(folder, out)
        shutil.rmtree(folder, ignore_errors=True)


def _undo(folder: Path, out: Path) -> None:
    """Put back what a swap replaced and take away what it added; the journal goes last."""
    journal = folder / _JOURNAL
    for name, was_there in _entries(journal):
        target = out.joinpath(*name.split("/"))
        kept = folder.joinpath("old", *name.split("/"))
        if was_there and kept.exists():
            _replace(kept, target)
        elif not was_there and not folder.joinpath("new", *name.split("/")).exists():
            target.unlink(missing_ok=True)
    journal.unlink()


def _entries(journal: Path) -> Sequence[tuple[str, bool]]:
    """Names and whether a file was there before; nothing when the run died while writing the journal itself."""
    try:
        content = json.loads(journal.read_text(encoding="utf-8"))
    except ValueError:
        return ()
    return [(name, name in content["kept"]) for name in content["targets"]]


def _replace(source: Path, target: Path) -> None:
    for wait in (*_WAITS, None):
        try:
            os.replace(source, target)  # noqa: PTH105 - tests inject failures here
        except PermissionError as error:
            if getattr(error, "winerror", None) not in OPEN_ELSEWHERE:
                raise
            if wait is None:
                raise TargetBusyError(error.errno, error.strerror, str(target)) from error
            time.sleep(wait)
        else:
            return


def _settle(*paths: Path) -> None:
    """Make sure that files and folder entries are on the disk; Windows offers this for files only."""
    for path in paths:
        if path.is_dir() and os.name == "nt":
            continue
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
