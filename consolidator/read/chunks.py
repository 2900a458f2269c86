"""Portions of work for one worker: so many files, and no more bytes at once than it has room for.

In: `Submission`s. Out: `Task`s' worth of them, in their order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.model import Submission

MOST = 64
_MOST_BYTES = 8 << 20


class Task(NamedTuple):
    """Some files; `alone` when the only one has already ended a worker, after `spent` seconds."""

    files: tuple[Submission, ...]
    alone: bool = False
    spent: float = 0.0


def chunks(submissions: Sequence[Submission], most: int) -> Iterator[tuple[Submission, ...]]:
    """The files in their order, `most` at a time at most; a file that is too large for company comes alone."""
    chunk: list[Submission] = []
    size = 0
    for each in submissions:
        if chunk and (len(chunk) == most or size + each.size > _MOST_BYTES):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(each)
        size += each.size
    if chunk:
        yield tuple(chunk)
