"""What is agreed with workers, and portions of work for one: so many files, and no more bytes than it has room for.

In: limits, an examiner, `Submission`s. Out: `Terms`, `Task`s' worth of the submissions in their order.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from consolidator.model import Submission, Workbook
    from consolidator.read.limits import Limits

MOST = 64
_MOST_BYTES = 8 << 20


class Terms(NamedTuple):
    """How workers work: the limits of a file, and the examiner of its workbook, pickled once for all of them."""

    limits: Limits
    examiner: bytes

    @classmethod
    def of(cls, limits: Limits, examine: Callable[[Workbook], object]) -> Terms:
        """The terms with an examiner."""
        return cls(limits, pickle.dumps(examine, protocol=pickle.HIGHEST_PROTOCOL))


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
