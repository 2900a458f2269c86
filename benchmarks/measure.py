"""What one child process costs, with everything it starts: CPU, wall time, and the largest process's memory.

In: a command. Out: a `Usage`. The kernel adds up the CPU of all descendants that were waited for, and keeps the largest
resident size of any one of them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
_KIBIBYTES = 1024
_REFUSED = 2  # the tool's exit codes from here on mean that it did not do the work


class Usage(NamedTuple):
    """CPU (user and system) and wall time in seconds, peak resident memory in MiB, and the exit code."""

    cpu: float
    wall: float
    peak: float
    code: int


def measure(arguments: Sequence[str], log: Path) -> Usage:
    """Run Python with these arguments to its end. Raises `RuntimeError`, with what it said, when it failed."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
    for name in ("SOURCE_DATE_EPOCH", "PYTHONDONTWRITEBYTECODE"):  # nobody compiles their program anew every time
        environment.pop(name, None)
    with log.open("wb") as said:
        started = time.perf_counter()
        child = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *arguments], stdin=subprocess.DEVNULL, stdout=said, stderr=said, env=environment, cwd=ROOT
        )
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode >= _REFUSED or child.returncode < 0:
        tail = log.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise RuntimeError(f"{' '.join(arguments)} ended with {child.returncode}:\n{tail}")
    return Usage(used.ru_utime + used.ru_stime, wall, used.ru_maxrss / _KIBIBYTES, child.returncode)
