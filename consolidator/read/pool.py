"""Many workbooks at once, in worker processes: one bad file never harms another.

In: `Submission`s, an examiner. Out: for each what the examiner made of its workbook, or a `Refusal`.
Never: the death of a worker passed on; a workbook sent where a few figures from it are enough.

Workers are fresh interpreters spoken to through pipes, the same on every system: a fork would copy the threads of the
numeric libraries, and the standard pool breaks as a whole when one worker dies. Answers come in the order of the
files, so the file that killed a worker is the first one without an answer; it is tried once more alone, in a worker of
its own, since the system may have ended the first for reasons of its own.
"""

from __future__ import annotations

import os
import queue
import threading
import time
from typing import TYPE_CHECKING, Any, Self, overload

from consolidator.interpreters import WORKER, Interpreter, Standby
from consolidator.model import Refusal, Status
from consolidator.read.chunks import MOST, Task, Terms, chunks
from consolidator.read.limits import LIMITS, Limits
from consolidator.read.worker import CRASHED, T, as_it_is, read_one, receive, send

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from consolidator.model import Submission, Workbook

_FILES_A_WORKER = 48  # below this a second interpreter costs more than it saves
_TICK = 0.1  # seconds between two looks at the clocks
_START = 60.0  # seconds until a fresh interpreter must be ready, on the slowest machine
_LEAST = 0.5  # seconds that a second attempt is given at least


_Answer = tuple[str, Any]


@overload
def read_all(
    submissions: Sequence[Submission],
    *,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits = LIMITS,
    standby: Standby | None = None,
) -> dict[str, Workbook | Refusal]: ...


@overload
def read_all(
    submissions: Sequence[Submission],
    *,
    examine: Callable[[Workbook], T],
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits = LIMITS,
    standby: Standby | None = None,
) -> dict[str, T | Refusal]: ...


def read_all(
    submissions: Sequence[Submission],
    *,
    examine: Callable[[Workbook], Any] = as_it_is,
    jobs: int | None = None,
    progress: Callable[[int], None] | None = None,
    limits: Limits = LIMITS,
    standby: Standby | None = None,
) -> dict[str, Any]:
    """Read and examine every submission; the answers stand in the order of the submissions, by `Submission.file`.

    `examine` is applied to each workbook where it was read, under the same limits; it and its answers travel as
    pickles. `jobs` is the most worker processes (None: as many as there are processors, fewer for few files; 0: read in this
    process, without the protection that processes give). `progress` is called in this thread, with the number of files
    finished since its last call. `standby` may hold a process that was started before.
    """
    answers: dict[str, Any] = dict.fromkeys((each.file for each in submissions), CRASHED)
    report = progress or (lambda _: None)
    if jobs == 0:
        for each in submissions:
            answers[each.file] = read_one(each.content, each.file, examine, limits)
            report(1)
        return answers
    if submissions:
        with _Crew(
            submissions, _workers(len(submissions), jobs), Terms.of(limits, examine), standby or Standby()
        ) as crew:
            for _ in submissions:
                file, answer = crew.answer()
                answers[file] = answer
                report(1)
    return answers


def _workers(files: int, jobs: int | None) -> int:
    most = jobs if jobs is not None else os.cpu_count() or 1
    return max(1, min(most, -(-files // _FILES_A_WORKER)))


class _Crew:
    """Threads that each look after one worker process."""

    def __init__(self, submissions: Sequence[Submission], workers: int, terms: Terms, standby: Standby) -> None:
        self._answers: queue.SimpleQueue[_Answer | Exception] = queue.SimpleQueue()
        self._tasks: queue.SimpleQueue[Task | None] = queue.SimpleQueue()
        self._ended = threading.Event()
        most = max(1, min(MOST, -(-len(submissions) // (workers * 4))))
        for files in chunks(submissions, most):
            self._tasks.put(Task(files))
        self._watch = threading.Thread(target=self._watch_clocks, daemon=True)
        self._foremen = [_Foreman(self._tasks, self._answers, terms, standby, self._ended) for _ in range(workers)]

    def __enter__(self) -> Self:
        for foreman in self._foremen:
            foreman.start()
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for foreman in self._foremen:
            self._tasks.put(None)
            foreman.stop()
        for thread in (self._watch, *self._foremen):
            thread.join()

    def _watch_clocks(self) -> None:
        while not self._ended.wait(_TICK):
            for foreman in self._foremen:
                foreman.look_at_clock()

    def answer(self) -> _Answer:
        """The next answer, of whichever worker; raises `OSError` when no worker can be started."""
        answer = self._answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer


class _Foreman(threading.Thread):
    """Gives chunks to one worker, watches the clock, and replaces the worker when it dies."""

    def __init__(
        self,
        tasks: queue.SimpleQueue[Task | None],
        answers: queue.SimpleQueue[_Answer | Exception],
        terms: Terms,
        standby: Standby,
        ended: threading.Event,
    ) -> None:
        super().__init__(daemon=True)
        self._tasks = tasks
        self._answers = answers
        self._terms = terms
        self._limits = terms.limits
        self._standby = standby
        self._ended = ended
        self._worker: Interpreter | None = None
        self._clock = threading.Lock()
        self._deadline: float | None = None
        self._late = False
        self._began = 0.0

    def run(self) -> None:
        """Work until told that all is done. Whatever ends this thread early is told to the one who waits."""
        trouble: Exception | None = RuntimeError("a thread that looks after a worker process has failed")
        try:
            while (task := self._tasks.get()) is not None and not self._ended.is_set():
                if task.alone:
                    self._dismiss()
                self._work(task)
            trouble = None
        except OSError as error:
            trouble = error
        finally:
            if trouble is not None:
                self._answers.put(trouble)
            self._dismiss()

    def _work(self, task: Task) -> None:
        done = self._answered(task)
        rest = task.files[done:]
        if not rest or self._ended.is_set():
            return
        self._dismiss()
        culprit, *others = rest
        if self._late:
            seconds = f"{self._limits.seconds:g}"
            refusal = Refusal(Status.UNREADABLE, "B01", "too_slow", {"seconds": seconds})
            self._answers.put((culprit.file, refusal))
        elif task.alone:
            self._answers.put((culprit.file, CRASHED))
        else:
            self._tasks.put(Task((culprit,), alone=True, spent=time.monotonic() - self._began))
        if others:
            self._tasks.put(Task(tuple(others)))

    def _answered(self, task: Task) -> int:
        """Have a chunk read; how many of its files were answered before the worker died or was ended."""
        files = task.files
        self._late = False
        self._began = time.monotonic()
        worker = self._ready()
        try:
            send(worker.questions, [(each.file, each.content) for each in files])
        except OSError:
            return 0
        for number, each in enumerate(files):
            spent = task.spent if not number else 0.0
            self._set_clock(max(_LEAST, self._limits.seconds - spent))
            message = receive(worker.answers)
            self._set_clock(None)
            if message is None:
                return number
            self._answers.put((each.file, message))
        return len(files)

    def _ready(self) -> Interpreter:
        """The worker; or the one that waits for work, or a fresh one, whose interpreter runs."""
        if self._worker is None:
            self._worker = self._standby.take()
            if self._worker is None or not self._agree(self._worker):
                self._dismiss()
                self._worker = Interpreter(WORKER)
                self._agree(self._worker)
        return self._worker

    def _agree(self, worker: Interpreter) -> bool:
        """Tell a worker its terms; whether it answers."""
        self._set_clock(_START)
        try:
            send(worker.questions, (self._terms.limits, self._terms.examiner))
            return receive(worker.answers) is not None
        except OSError:
            return False
        finally:
            self._set_clock(None)

    def _set_clock(self, seconds: float | None) -> None:
        if seconds is not None:
            self._began = time.monotonic()
        with self._clock:
            self._late = self._late and seconds is None
            self._deadline = None if seconds is None else time.monotonic() + seconds

    def look_at_clock(self) -> None:
        """End the worker if its file has taken too long; called from the thread that watches all clocks."""
        with self._clock:
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._late = True
                self.stop()

    def stop(self) -> None:
        """End the worker, whatever it is doing; this thread notices and tidies up."""
        worker = self._worker
        if worker is not None:
            worker.kill()

    def _dismiss(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()
