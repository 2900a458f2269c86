"""What each step of the corridor costs in CPU; that of the worker processes, which only read here, belongs to the step `read`.

In: a file to write, the words of a `consolidator run`. Out: CPU seconds by step, as JSON. Of this process only the thread
that takes the steps counts, so that what others import meanwhile burdens none of them.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections import defaultdict
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.cli.main import cli
from consolidator.clock import Clock
from consolidator.write import aside

if TYPE_CHECKING:
    from collections.abc import Iterator

_timed = Clock.step
_costs: defaultdict[str, float] = defaultdict(float)
_within = [0.0]


@contextmanager
def _counted(clock: Clock, name: str) -> Iterator[None]:
    """A step; what is counted inside it under another name is not its own."""
    before = time.thread_time()
    _within.append(0.0)
    with _timed(clock, name):
        yield
    spent = time.thread_time() - before
    _costs[name] += spent - _within.pop()
    _within[-1] += spent


def main(target: Path, words: list[str]) -> None:
    """Run the command in this process."""
    Clock.step = _counted  # type: ignore[method-assign]
    aside._WORTH_IT = range(0)  # noqa: SLF001 - workers write nothing here
    cli(["run", *words], standalone_mode=False)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    _costs["read"] += workers.ru_utime + workers.ru_stime
    target.write_text(json.dumps(_costs), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
