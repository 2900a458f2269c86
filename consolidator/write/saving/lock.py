"""One run at a time in one output folder."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.errors import EnvironmentProblem
from consolidator.write.saving.disk import there
from consolidator.write.saving.trouble import translated

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK = ".lock"


@contextmanager
def reserve(out: Path) -> Iterator[Path]:
    """Keep the output folder, made if need be, for this process; gives its absolute path.

    Raises EnvironmentProblem E33 at once while another run holds it. May be entered again by the same process, so a
    pipeline can hold the folder for the whole run; the lock dies with its process.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - start-up stays light

    folder = Path(out).absolute()
    with translated(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(str(folder / LOCK), timeout=0, is_singleton=True)
        try:
            lock.acquire()
        except Timeout:
            raise EnvironmentProblem("E33", path=str(folder)) from None
    try:
        yield folder
    finally:
        with suppress(OSError, KeyboardInterrupt):  # it dies with the process at the latest
            lock.release()


def refuse_if_taken(out: Path) -> None:
    """Raise EnvironmentProblem E33 when another run holds the output folder now; nothing is made or kept.

    For the first moment of a run, before definitions are read: a second run is refused before it costs a second.
    """
    folder = Path(out).absolute()
    with translated(folder):
        known = there(folder / LOCK)
    if known:
        with reserve(folder):
            return
