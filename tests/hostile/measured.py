"""The program run under observation: `python -m tests.hostile.measured FACTS WORD…` writes what its workers took.

FACTS gets the largest memory of any worker (KiB, as the system counted it), the longest time that one file was read
(seconds), and the largest memory of the program itself.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

from consolidator.cli import main
from consolidator.read.workers import foreman as looked_after


def watch(spans: list[float]) -> None:
    """Note how long each file is under the clock; a fresh interpreter's start is not a file's time."""
    known: Any = looked_after.Foreman._set_clock
    begun: dict[int, float] = {}

    def observed(foreman: Any, seconds: float | None) -> None:
        if seconds is None:
            spans.append(time.monotonic() - begun.pop(id(foreman)))
        elif seconds < looked_after._START:
            begun[id(foreman)] = time.monotonic()
        else:
            begun[id(foreman)] = float("inf")
        known(foreman, seconds)

    looked_after.Foreman._set_clock = observed  # type: ignore[method-assign]


if __name__ == "__main__":
    times: list[float] = []
    watch(times)
    facts, sys.argv[1:] = Path(sys.argv[1]), sys.argv[2:]
    try:
        sys.exit(main())
    finally:
        took = {
            "worker": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
            "program": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
            "slowest": max(times, default=0.0),
        }
        facts.write_text(json.dumps(took), encoding="utf-8")
