"""What is agreed with workers, and portions of work for one: so many files, and no more bytes than it has room for.

In: limits, an examiner, `Submission`s as they come. Out: `Terms`, the submissions in portions, in their order.
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
_EACH = 4
"""Portions a worker, at least, once all files are there."""


class Terms(NamedTuple):
    """How workers work: the limits of a file, and the examiner of its workbook, pickled once for all of them."""

    limits: Limits
    examiner: bytes

    @classmethod
    def of(cls, limits: Limits, examine: Callable[[Workbook], object]) -> Terms:
        """The terms with an examiner."""
        return cls(limits, pickle.dumps(examine, protocol=pickle.HIGHEST_PROTOCOL))


class Portion(NamedTuple):
    """Files by name, for one worker. `singly`: each is answered before the next one is opened, else several together."""

    files: Sequence[tuple[str, bytes]]
    singly: bool


class Task(NamedTuple):
    """Some files. `singly` when one of them has already ended a worker, `alone` when it is this one, after `spent` seconds."""

    files: tuple[Submission, ...]
    singly: bool = False
    alone: bool = False
    spent: float = 0.0


class Portions:
    """Files as they come, made up into portions for `workers`: small ones first, so that everybody has work soon.

    `count` is how many came so far.
    """

    def __init__(self, workers: int) -> None:
        self._share = workers * _EACH
        self.count = 0
        self._size = 0
        self._held: list[Submission] = []

    def put(self, submission: Submission) -> Iterator[tuple[Submission, ...]]:
        """The portions that are full with one more file; a file that is too large for company comes alone."""
        if self._held and self._size + submission.size > _MOST_BYTES:
            yield self.rest()
        self.count += 1
        self._size += submission.size
        self._held.append(submission)
        if len(self._held) >= min(MOST, self.count // self._share):
            yield self.rest()

    def rest(self) -> tuple[Submission, ...]:
        """What is not yet in a portion; perhaps nothing."""
        held, self._held, self._size = tuple(self._held), [], 0
        return held
