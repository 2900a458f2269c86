"""One worker process and the thread that looks after it.

In: tasks from a queue. Out: an answer for every file of theirs, in another queue. Never: a file lost with its worker.

Answers come in the order of the files, several together. Where a worker dies or takes too long, those without an answer
are given to another one that answers singly: the file that kills that one is the first without an answer. It is tried
once more alone, in a worker of its own, since the system may have ended the others for reasons of its own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from consolidator.interpreters import WORKER, Interpreter, Standby
from consolidator.messages import receive, send
from consolidator.model import Refusal, Status
from consolidator.read.workers.chunks import Portion, Task, Terms
from consolidator.read.workers.worker import CRASHED

if TYPE_CHECKING:
    import queue
    from collections.abc import Iterator

    from consolidator.model import Submission

_START = 60.0  # seconds until a fresh interpreter must be ready, on the slowest machine
_LEAST = 0.5  # seconds that a second attempt is given at least

_LARGE = 64 << 10  # bytes of a file that may well take its time, and is answered singly from the first
_SOON = 2.0  # seconds after which one of several small files is suspected

Answers = Sequence[tuple[str, Any]]
"""Files, each with what is to be said of it."""


class Foreman(threading.Thread):
    """Gives chunks to one worker, watches the clock, and replaces the worker when it dies."""

    def __init__(
        self,
        tasks: queue.SimpleQueue[Task | None],
        answers: queue.SimpleQueue[Answers | Exception],
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
        self._idle = False
        self._began = 0.0

    def run(self) -> None:
        """Work until told that all is done. Whatever ends this thread early is told to the one who waits."""
        trouble: Exception | None = RuntimeError("a thread that looks after a worker process has failed")
        try:
            while (task := self._tasks.get()) is not None and not self._ended.is_set():
                if task.alone:
                    self._dismiss()
                    self._begin()
                self._work(task)
            trouble = None
        except OSError as error:
            trouble = error
        finally:
            if trouble is not None:
                self._answers.put(trouble)
            self._leave()

    def _work(self, task: Task) -> None:
        held = list(self._taken(task.files))
        singly = task.singly or len(held) == 1 or any(len(content) > _LARGE for _, content in held)
        done = self._answered(held, task.spent, singly=singly)
        rest = [each for each, _ in held[done:]]
        if not rest or self._ended.is_set():
            return
        self._dismiss()
        if not singly:
            self._tasks.put(Task(tuple(rest), singly=True))
            return
        culprit, *others = rest
        if self._late:
            seconds = f"{self._limits.seconds:g}"
            refusal = Refusal(Status.UNREADABLE, "B01", "too_slow", {"seconds": seconds})
            self._answers.put([(culprit.file, refusal)])
        elif task.alone:
            self._answers.put([(culprit.file, CRASHED)])
        else:
            self._tasks.put(Task((culprit,), singly=True, alone=True, spent=time.monotonic() - self._began))
        if others:
            self._tasks.put(Task(tuple(others), singly=True))

    def _taken(self, files: Sequence[Submission]) -> Iterator[tuple[Submission, bytes]]:
        """The files with their bytes; one whose bytes cannot be had any more is answered."""
        for each in files:
            content = each.load()
            if isinstance(content, Refusal):
                self._answers.put([(each.file, content)])
            else:
                yield each, content

    def _answered(self, files: Sequence[tuple[Submission, bytes]], spent: float, *, singly: bool) -> int:
        """Have files read, the first of which has taken `spent` seconds; how many were answered before the worker ended."""
        seconds = self._limits.seconds if singly else min(self._limits.seconds, _SOON)
        self._idle = self._late = False
        self._began = time.monotonic()
        worker = self._ready()
        try:
            send(worker.questions, Portion([(each.file, content) for each, content in files], singly))
        except OSError:
            return 0
        done = 0
        while done < len(files):
            self._set_clock(max(_LEAST, seconds - (0.0 if done else spent)))
            found = receive(worker.answers)
            self._set_clock(None)
            if found is None:
                return done
            self._answers.put([(each.file, answer) for (each, _), answer in zip(files[done:], found, strict=False)])
            done += len(found)
        self._idle = True
        return len(files)

    def _ready(self) -> Interpreter:
        """The worker; or the one that waits for work, or a fresh one, whose interpreter runs."""
        if self._worker is None:
            self._worker = self._standby.take()
            if self._worker is None or not self._agree(self._worker):
                self._dismiss()
                return self._begin()
        return self._worker

    def _begin(self) -> Interpreter:
        """Have a worker that has read nothing, and knows its terms."""
        self._worker = Interpreter(WORKER)
        self._agree(self._worker)
        return self._worker

    def _agree(self, worker: Interpreter) -> bool:
        """Tell a worker its terms; whether it answers."""
        self._set_clock(_START)
        try:
            send(worker.questions, self._terms)
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

    def _leave(self) -> None:
        """Put a worker that owes no answer on standby, for whoever needs one next; end any other."""
        if self._idle and self._worker is not None:
            worker, self._worker = self._worker, None
            self._standby.give(worker)
        self._dismiss()

    def _dismiss(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.end()
