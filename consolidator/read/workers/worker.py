"""A worker process: reads and examines workbooks under limits, so that the worst file ends this process and nothing else.

In: terms and files on standard input. Out: answers on standard output, one a file, in the same order, in lists.
Never: a word on standard error, where the Rust code would print pages.
"""

from __future__ import annotations

import os
import pickle
import sys
import time
from typing import IO, TYPE_CHECKING, Any, TypeVar

from msgspec.structs import replace

from consolidator.messages import Errand, receive, send
from consolidator.model import Refusal, Status
from consolidator.read.limits import LIMITS, Limits, too_large
from consolidator.read.opening import open_workbook
from consolidator.read.workers.chunks import Portion, Terms
from consolidator.read.workers.own import own_text, own_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from consolidator.model import Workbook

T = TypeVar("T")

_CPU_MARGIN = 5  # seconds of CPU beyond the wall-clock limit, before the system ends the process
_OPEN_FILES = 64
_MOMENT = 0.01  # seconds of answers that travel together: each message costs as much as a third of a usual file


def serve() -> None:
    """Answer until standard input ends: portions of files under the terms that were sent last, at the very end an errand.

    A worker whose memory earlier files have taken fails at sound ones: it leaves those to a fresh one, and ends.
    """
    source, answers = _private_streams()
    terms = Terms(LIMITS, b"")
    examine: Callable[[Workbook], Any] = as_it_is
    fresh = True
    while (message := receive(source)) is not None:
        if isinstance(message, Terms):
            if message.examiner != terms.examiner:  # else it goes on with what it remembers
                examine = pickle.loads(message.examiner)  # noqa: S301 - from our own process
            terms = message
            _limit_memory(terms.limits)
            send(answers, READY)
            continue
        if isinstance(message, Errand):
            _lift_limits()
            send(answers, message.work())
            return  # what is not limited reads no file
        for several in _answers(message, examine, terms.limits, fresh=fresh):
            if not several:
                return
            send(answers, several)
            fresh = False


def _answers(
    portion: Portion, examine: Callable[[Workbook], Any], limits: Limits, *, fresh: bool
) -> Iterator[list[Any]]:
    """The answers to a portion, in its order: as many at a time as came within a moment, or one by one.

    None at all, at last, where a file is to be given to a `fresh` worker, which has read none before.
    """
    held: list[Any] = []
    since = 0.0
    for number, (name, content) in enumerate(portion.files):
        if not held:
            since = time.monotonic()
            _limit_seconds(limits)
        answer = read_one(content, name, examine, limits)
        if _is_in_doubt(answer) and (number or not fresh):
            yield from [held, []] if held else [[]]
            return
        held.append(answer)
        if portion.singly or time.monotonic() - since > _MOMENT:
            yield held
            held = []
    if held:
        yield held


def as_it_is(workbook: Workbook) -> Workbook:
    """The examiner that only looks."""
    return workbook


def read_one(content: bytes, name: str, examine: Callable[[Workbook], T], limits: Limits = LIMITS) -> T | Refusal:
    """What `examine` makes of a workbook; whatever goes wrong on the way costs this file only.

    Panics of the Rust reader are no `Exception`s, hence the wide net: a bug of ours on a strange file ends here too,
    under its name in the details, and does not stop the county.
    """
    try:
        workbook = own_text(content) or open_workbook(content, name, limits=limits)
        if isinstance(workbook, Refusal):
            return workbook
        return own_workbook(workbook) or examine(workbook)
    except MemoryError:
        return too_large("memory", limits.memory).refusal
    except BaseException as failure:
        if isinstance(failure, KeyboardInterrupt | SystemExit):
            raise
        return replace(CRASHED, details={"reason": f"{type(failure).__name__}: {failure}"[:200]})


def _is_in_doubt(answer: object) -> bool:
    """Whether an answer may be due to what was read before: the memory that it took, or left in pieces."""
    return isinstance(answer, Refusal) and (
        answer.case == CRASHED.case or answer.details.get("what") == "amount.memory"
    )


READY = "ready"
"""The answer to terms, once the interpreter runs: from here on the clock is the file's."""

CRASHED = Refusal(Status.UNREADABLE, "B01", "crashed")


def _private_streams() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for ourselves alone: a library that prints must not spoil an answer."""
    source = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there only

        msvcrt.setmode(source.fileno(), os.O_BINARY)
        msvcrt.setmode(answers.fileno(), os.O_BINARY)
    return source, answers


def _limit_memory(limits: Limits) -> None:
    """Bound what the process may take, where the system can do that."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ):
        _, hard = resource.getrlimit(kind)
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, hard))


def _lift_limits() -> None:
    """Let an errand, which is the program's own work and no file's, write files and take its time."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_CPU):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (hard, hard))


def _limit_seconds(limits: Limits) -> None:
    """Give the next file its share of CPU time; a loop in C ends with the process."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - not on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = int(time.process_time() + limits.seconds) + _CPU_MARGIN
    resource.setrlimit(resource.RLIMIT_CPU, (until if hard == resource.RLIM_INFINITY else min(until, hard), hard))


if __name__ == "__main__":
    serve()
