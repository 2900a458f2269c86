"""Fresh interpreters for workers, and one that is started ahead of its work: it loads what it needs while this process does.

In: what each is to load. Out: processes that are spoken to through pipes. Never: a module of ours loaded for it here.
"""

from __future__ import annotations

import contextlib
import gc
import subprocess
import sys
from typing import IO, TYPE_CHECKING, Self, TypeVar, cast

from consolidator.messages import Errand, receive, send

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")

_RARELY = (1_000_000, 20, 100)
"""Containers made before the youngest, the younger, all of them are searched for cycles: nearly all of ours live long, and in none."""
_SAME = f"import gc, sys; gc.set_threshold{_RARELY}; sys.path[:] = {{path!r}}; "
_SERVE = "from consolidator.read.workers.worker import serve; serve()"
_LOAD = "import consolidator.casework.looking, consolidator.locate.observing; "
WORKER = _SAME + _SERVE
"""Answers files, as soon as it is told how."""
_NO_WINDOW = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows no console may flash up


def collect_rarely() -> None:
    """Let this process look for garbage seldom: a program that ends soon makes little, and its imports alone set off dozens of searches."""
    gc.set_threshold(*_RARELY)


class Interpreter:
    """One process and the two pipes to it."""

    def __init__(self, command: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-c", command.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            creationflags=_NO_WINDOW,
        )
        self.questions = cast("IO[bytes]", self._process.stdin)
        self.answers = cast("IO[bytes]", self._process.stdout)

    def kill(self) -> None:
        """End the process; whoever waits for its answer learns so."""
        self._process.kill()

    def end(self) -> None:
        """End the process and tidy up."""
        self.kill()
        with contextlib.suppress(OSError):
            self.questions.close()
        self.answers.close()
        self._process.wait()


class Standby:
    """Interpreters that wait for whoever needs one next: started ahead, or done with their work; perhaps none."""

    def __init__(self, waiting: Interpreter | None = None) -> None:
        self._waiting = [waiting] if waiting else []

    @classmethod
    def started(cls) -> Self:
        """With an interpreter, where the system gives one; otherwise whoever needs one tells why there is none."""
        with contextlib.suppress(OSError):
            return cls(Interpreter(_SAME + _LOAD + _SERVE))
        return cls()

    def take(self) -> Interpreter | None:
        """One of them, which is then nobody else's, whichever thread asks first."""
        with contextlib.suppress(IndexError):
            return self._waiting.pop()
        return None

    def give(self, free: Interpreter) -> None:
        """An interpreter that is free again."""
        self._waiting.append(free)

    def __enter__(self) -> Self:
        """Keep it until somebody asks."""
        return self

    def dismiss(self, but: int = 0) -> None:
        """End those that nobody has taken, but for a few."""
        while len(self._waiting) > but and (waiting := self.take()):
            waiting.end()

    @contextlib.contextmanager
    def entrust(self, work: Callable[[], T]) -> Iterator[Callable[[], T | None]]:
        """Have one of them do some work; what is given is called for what came of it, None where nobody did it."""
        waiting = self.take()
        if waiting is None:
            yield lambda: None
            return
        try:
            with contextlib.suppress(OSError):
                send(waiting.questions, Errand(work))
            yield lambda: receive(waiting.answers)
        finally:
            waiting.end()

    def __exit__(self, *_: object) -> None:
        """End what nobody took."""
        self.dismiss()
