"""Breaks the n-th step of a block: every time Python asks the system to open, make, move, link, list or remove a file.

The same as `strace` does from outside, in one process and a thousand times as fast, for the smallest of runs.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_STEPS = frozenset(
    {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.scandir", "os.listdir"}
)


class DeadError(BaseException):
    """The process would be gone: nothing that comes after may change anything."""


class Breaker:
    """Counts the steps that touch `folder` and hands them to `fate`, which raises what shall go wrong."""

    def __init__(self) -> None:
        self._folder = ""
        self._fate: Callable[[int], None] | None = None
        self.count = 0

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        """The hook itself: Python has no way to take one out again, so there is one, mostly asleep."""
        if self._fate is None or event not in _STEPS or not any(self._folder in str(part) for part in arguments):
            return
        self.count += 1
        self._fate(self.count)

    @contextmanager
    def watching(self, folder: Path, fate: Callable[[int], None]) -> Iterator[None]:
        self._folder, self._fate, self.count = str(folder), fate, 0
        try:
            yield
        finally:
            self._fate = None


BREAKER = Breaker()
sys.addaudithook(BREAKER)


def death_at(step: int) -> Callable[[int], None]:
    """From this step on nothing happens any more."""

    def fate(count: int) -> None:
        if count >= step:
            raise DeadError

    return fate


def once_at(step: int, error: BaseException) -> Callable[[int], None]:
    """This one step goes wrong."""

    def fate(count: int) -> None:
        if count == step:
            raise error

    return fate
