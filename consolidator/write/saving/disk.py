"""What a disk is asked for: to put a file in its place, give it a second name, keep it, tell whether it is there.

Nothing here takes an error for an answer: a file that cannot be looked at is not a file that is not there.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.write.saving.trouble import OPEN_ELSEWHERE, TargetBusyError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WAITS = (0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between attempts while another program holds a target; 2.5 in all."""

_NO_LINK = 4390
"""Windows: not a reparse point."""


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target`, in one step; patient with programs that hold `target` for a moment.

    Raises TargetBusyError when the target stays held, OSError for anything else.
    """
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


def twin(source: Path, target: Path) -> None:
    """Show what `source` holds under `target` as well: the same file where the system allows it, else a copy.

    A link stays a link to the same place.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    destination = led_to(source)
    try:
        if destination is None:
            target.hardlink_to(source)
        else:
            target.symlink_to(Path(os.path.realpath(source.parent)) / destination)
    except OSError:  # a file system without links, a file that may not be linked: a copy does as well, or says why not
        shutil.copy2(source, target)
        settle(target)


def settle(*paths: Path) -> None:
    """Make sure that files and folder entries are on the disk; Windows offers this for files only."""
    for path in paths:
        if path.is_dir() and os.name == "nt":
            continue
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def there(path: Path) -> bool:
    """Whether the folder holds such a name, be it a link to nothing. Raises OSError when that cannot be told."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def led_to(path: Path) -> Path | None:
    """Where a link leads, as it is written in it; None for anything else. Raises OSError when that cannot be told."""
    try:
        return path.readlink()
    except OSError as error:
        if error.errno in {errno.EINVAL, errno.ENOENT, errno.ENOTDIR} or getattr(error, "winerror", None) == _NO_LINK:
            return None
        raise


def tree(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Every folder from `folder` down, itself first, with the names of its files and links. Raises OSError."""
    with os.scandir(folder) as entries:
        inside = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
    yield folder, sorted(name for name, is_folder in inside.items() if not is_folder)
    for name in sorted(name for name, is_folder in inside.items() if is_folder):
        yield from tree(folder / name)
