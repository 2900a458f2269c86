"""What each step of the corridor costs in CPU; that of the worker processes, which only read, belongs to the step `read`.

In: a file to write, the words of a `consolidator run`. Out: CPU seconds by step, as JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from consolidator.cli.main import cli
from consolidator.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

_timed = Clock.step
_costs: dict[str, float] = {}


def _cpu(whose: int) -> float:
    spent = resource.getrusage(whose)
    return spent.ru_utime + spent.ru_stime


@contextmanager
def _counted(clock: Clock, name: str) -> Iterator[None]:
    before = _cpu(resource.RUSAGE_SELF)
    with _timed(clock, name):
        yield
    _costs[name] = _cpu(resource.RUSAGE_SELF) - before


def main(target: Path, words: list[str]) -> None:
    """Run the command in this process."""
    Clock.step = _counted  # type: ignore[method-assign]
    cli(["run", *words], standalone_mode=False)
    _costs["read"] += _cpu(resource.RUSAGE_CHILDREN)
    target.write_text(json.dumps(_costs), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
