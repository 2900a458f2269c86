"""Have files read and examined by the workers of a Dask cluster, on files that every machine sees under the same path.

In: submissions, the question to them, the address of a scheduler. Out: the same answers that this machine's worker
processes give. Never: an answer of another version of the program, a file believed to be what its path promises.

Each worker of the cluster reads with a process of its own, under the usual limits, so that no file can end it. What a worker cannot see or finds changed, and every task that the cluster fails, is read on this machine.
"""

from __future__ import annotations

import hashlib
import os
import stat
from concurrent.futures import as_completed
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from consolidator import read
from consolidator.casework.circumstances import circumstances
from consolidator.errors import EnvironmentProblem, UsageError
from consolidator.interpreters import Standby
from consolidator.model import Submission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from contextlib import AbstractContextManager
    from pathlib import Path

    from consolidator.casework.looking import Answer, Examiner

CHUNK = 128
"""Files of one task: a task costs the scheduler some milliseconds, whatever is in it."""
_SECONDS = 15  # until a scheduler must have answered


class Errand(NamedTuple):
    """One file of a task: its name, its hash, and where a worker finds it, or its bytes where it has no path."""

    file: str
    sha256: str
    path: str
    content: bytes


class Cluster:
    """An `Engine` that has a cluster read. `inbox` is the folder of the files, seen by every worker under this path."""

    def __init__(
        self, address: str, inbox: Path, connect: Callable[[str], AbstractContextManager[Executor]] | None = None
    ) -> None:
        """Know where the scheduler is; nothing is connected yet."""
        self._address = address
        self._inbox = inbox.resolve()
        self._connect = connect or connected

    def __call__(
        self, submissions: Iterable[Submission], *, examine: Examiner, progress: Callable[[int], None] | None = None
    ) -> dict[str, Answer]:
        """The answer for every submission by its `file`, in their order. The first ones are read while further ones come.

        Raises `UsageError` where Dask is not installed or the cluster runs another version, `EnvironmentProblem` where no
        scheduler answers.
        """
        report = progress or (lambda _: None)
        task = partial(perform, examine=examine, asked_by=circumstances())
        given: list[Submission] = []
        answers: dict[str, Answer] = {}
        with self._connect(self._address) as executor:
            coming, waiting = iter(submissions), []
            while portion := list(islice(coming, CHUNK)):
                given += portion
                waiting.append(executor.submit(task, [self._errand(each) for each in portion]))
            for done in as_completed(waiting):
                if done.exception() is None:
                    found = done.result()
                    if isinstance(found, str):
                        raise UsageError("E72", found=found, expected=circumstances())
                    answers.update(found)
                    report(len(found))
        left = [each for each in given if each.file not in answers]
        answers.update(read.read_all(left, examine=examine, progress=report))
        return {each.file: answers[each.file] for each in given}

    def _errand(self, submission: Submission) -> Errand:
        path = self._inbox / submission.file
        if _is_plain_file(path):
            return Errand(submission.file, submission.sha256, os.fspath(path), b"")
        return Errand(submission.file, submission.sha256, "", submission.content)


def connected(address: str) -> AbstractContextManager[Executor]:
    """The executor of a cluster. Raises as `Cluster` does."""
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, imported only where it is asked for
    except ImportError as problem:
        raise UsageError("E70") from problem
    return _Connection(address, Client)


class _Connection:
    """A client as long as it is needed, and its executor."""

    def __init__(self, address: str, client: Any) -> None:
        self._address = address
        self._made = client
        self._client: Any = None

    def __enter__(self) -> Executor:
        try:
            self._client = self._made(self._address, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError, TypeError) as problem:  # no answer, or nothing that is an address
            raise EnvironmentProblem("E71", found=self._address) from problem
        return self._client.get_executor(pure=False)  # type: ignore[no-any-return]  # its own kind of executor

    def __exit__(self, *_: object) -> None:
        self._client.close()


def perform(errands: Sequence[Errand], *, examine: Examiner, asked_by: str) -> dict[str, Answer] | str:
    """What a worker of the cluster does: read the files it can see; its own circumstances where they are others'."""
    if circumstances() != asked_by:
        return circumstances()
    return dict(read.read_all(tuple(_seen(errands)), examine=examine, jobs=1, standby=_STANDBY))


_STANDBY = Standby()
"""Of one worker of the cluster: the process that read for its last task, which ends with the worker itself."""


def _seen(errands: Sequence[Errand]) -> Iterator[Submission]:
    """The files whose bytes are what the hash promises."""
    for errand in errands:
        content = errand.content
        if errand.path:
            try:
                with open(errand.path, "rb") as file:  # noqa: PTH123 - a path as it was sent
                    content = file.read()
            except OSError:
                continue
        if hashlib.sha256(content).hexdigest() == errand.sha256:
            yield Submission(errand.file, errand.sha256, content)


def _is_plain_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except (OSError, ValueError):
        return False
