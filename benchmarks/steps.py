"""What each step of the corridor costs in CPU, with the worker processes it starts and ends.

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


def _cpu() -> float:
    """Of this process and of all that it started and that have ended."""
    spent = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


@contextmanager
def _counted(clock: Clock, name: str) -> Iterator[None]:
    before = _cpu()
    with _timed(clock, name):
        yield
    _costs[name] = _cpu() - before


def main(target: Path, words: list[str]) -> None:
    """Run the command in this process."""
    Clock.step = _counted  # type: ignore[method-assign]
    cli(["run", *words], standalone_mode=False)
    target.write_text(json.dumps(_costs), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
