"""Many workbooks at once, in worker processes: one bad file never harms another.

In: `Submission`s, an examiner. Out: for each what the examiner made of its workbook, or a `Refusal`.
Never: the death of a worker passed on; a workbook sent where a few figures from it are enough.

Workers are fresh interpreters spoken to through pipes, the same on every system: a fork would copy the threads of the
numeric libraries, and the standard pool breaks as a whole when one worker dies.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from collections import deque
from typing import TYPE_CHECKING, Any, Self, overload

from consolidator.interpreters import Standby
from consolidator.model import Refusal
from consolidator.read.limits import LIMITS, Limits
from consolidator.read.workers.chunks import Portions, Task, Terms
from consolidator.read.workers.foreman import Answers, Foreman
from consolidator.read.workers.worker import CRASHED, T, as_it_is, read_one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from consolidator.model import Submission, Workbook

_WORTH_ANOTHER = 1.2  # seconds of work left that a further interpreter, which takes half a second to start, is worth
_CERTAINLY = 1_000  # files for each interpreter at work, from which it is, however small they are
_PATIENCE = 3.0  # seconds without an answer, after which there had better be another worker
_TELLING = 32  # latest answers that tell how long the rest will take: the first of each kind of sheet take far longer
_TICK = 0.1  # seconds between two looks at the clocks


@overload
def read_all(
    submissions: Iterable[Submission],
    *,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits = LIMITS,
    standby: Standby | None = None,
) -> dict[str, Workbook | Refusal]: ...


@overload
def read_all(
    submissions: Iterable[Submission],
    *,
    examine: Callable[[Workbook], T],
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits = LIMITS,
    standby: Standby | None = None,
) -> dict[str, T | Refusal]: ...


def read_all(
    submissions: Iterable[Submission],
    *,
    examine: Callable[[Workbook], Any] = as_it_is,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits = LIMITS,
    standby: Standby | None = None,
) -> dict[str, Any]:
    """Read and examine every submission; the answers stand in the order of the submissions, by `Submission.file`.

    Submissions that come one after the other are read while further ones are awaited. `examine` is applied to each
    workbook where it was read, under the same limits; it and its answers travel as pickles. `jobs` is the most worker
    processes (None: as many as there are processors; 0: read in this process, without the protection that processes
    give). `progress` is called in this thread, with the number of files finished since its last call. `standby` may hold
    processes that were started before, and holds those that are free again afterwards.
    """
    answers: dict[str, Any] = {}
    report = progress or (lambda _: None)
    if jobs == 0:
        for each in submissions:
            content = each.load()
            answers[each.file] = (
                content if isinstance(content, Refusal) else read_one(content, each.file, examine, limits)
            )
            report(1)
        return answers
    terms = Terms.of(limits, examine)
    with Standby() as own, _Crew(jobs or os.cpu_count() or 1, terms, own if standby is None else standby) as crew:
        for each in submissions:
            answers[each.file] = CRASHED
            crew.put(each)
            answers.update(_told(crew.given(), report))
        answers.update(_told(crew.rest(), report))
    return answers


def _told(found: Iterable[Answers], report: Callable[[int], None]) -> Iterator[tuple[str, Any]]:
    """The answers one by one, each of them reported."""
    for answers in found:
        for answer in answers:
            yield answer
            report(1)


class _Crew:
    """Threads that each look after one worker process; `workers` at most, each hired when there is work for one more."""

    def __init__(self, workers: int, terms: Terms, standby: Standby) -> None:
        self._answers: queue.SimpleQueue[Answers | Exception] = queue.SimpleQueue()
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._watch_over, daemon=True)
        self._idle = [Foreman(self._tasks, self._answers, terms, standby, self._ended) for _ in range(workers)]
        self._foremen: list[Foreman] = []
        self._portions = Portions(workers)
        self._left = 0
        self._since = time.monotonic()
        self._times: deque[float] = deque(maxlen=_TELLING)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._watch.join()
        for foreman in self._foremen:
            self._tasks.put(None)
            if self._left:
                foreman.stop()
        for foreman in self._foremen:
            foreman.join()

    def put(self, submission: Submission) -> None:
        """One more file to be read, with others or at once."""
        self._left += 1
        for files in self._portions.put(submission):
            self._tasks.put(Task(files))
        if self._idle and self._portions.count >= _CERTAINLY * len(self._foremen):
            self._hire()

    def given(self) -> Iterator[Answers]:
        """The answers that are there, of whichever worker; raises `OSError` when no worker can be started."""
        while not self._answers.empty():
            yield self._next()

    def rest(self) -> Iterator[Answers]:
        """The answers to all that was put, as they come; raises as `given`."""
        if files := self._portions.rest():
            self._tasks.put(Task(files))
        while self._left:
            yield self._next()

    def _hire(self) -> None:
        foreman = self._idle.pop()
        self._foremen.append(foreman)
        foreman.start()

    def _watch_over(self) -> None:
        while not self._ended.wait(_TICK):
            for foreman in self._foremen:
                foreman.look_at_clock()
            if self._idle and self._is_worth_another():
                self._hire()

    def _is_worth_another(self) -> bool:
        """Whether those at work have so much before them that one more would be done with it sooner."""
        now, times = time.monotonic(), self._times
        if len(times) < _TELLING:
            return self._left > 1 and now - self._since > _PATIENCE
        return (now - times[0]) / _TELLING * self._left > _WORTH_ANOTHER

    def _next(self) -> Answers:
        """The next answers, once they are there."""
        answers = self._answers.get()
        if isinstance(answers, Exception):
            raise answers
        self._times.extend([time.monotonic()] * len(answers))
        self._left -= len(answers)
        return answers
