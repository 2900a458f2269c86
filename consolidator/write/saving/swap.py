"""All files or none: built in a folder of their own inside the output folder, then shown in place of the old ones.

The folder `.run-<process>-<random>` holds `new/` (being built) and `old/` (second names of what is replaced). A run that
dies before the exchange leaves the old output untouched; for one that dies in it see `flip` and, where a system has no
links, `journal`. What a dead run left is swept away by the next one; nobody has to clean up by hand.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, BinaryIO

from consolidator.write.saving import flip, journal
from consolidator.write.saving.disk import there, twin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OURS = re.compile(r"\.run-\d+-[0-9a-f]{8}")


class Stage:
    """The files of one run on their way into `out`; `names` are those that are made."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self._folder = out / f".run-{os.getpid()}-{secrets.token_hex(4)}"
        self.names: list[str] = []

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """A new file to be published as `name` (with `/`), flushed to the disk when the block ends."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            yield target
            target.flush()
            os.fsync(target.fileno())
        self.names.append(name)

    def path(self, name: str) -> Path:
        """Where the new file stands until it is published."""
        return self._folder.joinpath("new", *name.split("/"))

    def swap(self) -> tuple[Path, ...]:
        """Show every new file in its place; gives their paths, in the order they were made.

        Whatever goes wrong, the old files are shown again before the exception goes on.
        """
        targets = {name: self.out.joinpath(*name.split("/")) for name in self.names}
        for name, target in targets.items():
            if there(target):
                twin(target, self._folder.joinpath("old", *name.split("/")))
        exchange = flip.exchange if flip.possible(self._folder) else journal.exchange
        exchange(self._folder, self.out, tuple(targets))
        return tuple(targets.values())

    def clear(self) -> None:
        """Remove the folder. What cannot be done now, because of the disk or of an interrupt, is done by the next run."""
        with suppress(OSError, KeyboardInterrupt):  # the fate of the run is decided; neither may give it another look
            _clear(self._folder, self.out)


def sweep(out: Path) -> None:
    """Clear away what dead runs left in `out`, ending what they died in. The caller holds the folder's lock."""
    with os.scandir(out) as entries:
        left = [entry.name for entry in entries if _OURS.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False)]
    for name in sorted(left):
        _clear(out / name, out)


def _clear(folder: Path, out: Path) -> None:
    if journal.unfinished(folder):
        journal.undo(folder, out)
    if flip.unfinished(folder):
        flip.finish(folder, out)
    shutil.rmtree(folder, ignore_errors=True)
