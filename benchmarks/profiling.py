"""Where the time of the main process goes, step by step of the corridor: cProfile around each step of the clock.

In: the words of a `consolidator run`. Out: the functions that cost most in each step, on standard output.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from consolidator.clock import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHOWN = 15
_timed = Clock.step
_rest = cProfile.Profile()
_steps: dict[str, cProfile.Profile] = {}


@contextmanager
def _profiled(clock: Clock, name: str) -> Iterator[None]:
    """The clock's own step, with a profile of its own."""
    _rest.disable()
    profile = _steps.setdefault(name, cProfile.Profile())
    with _timed(clock, name):
        profile.enable()
        try:
            yield
        finally:
            profile.disable()
            _rest.enable()


def main(words: list[str]) -> None:
    """Run the command in this process and print what each step costs."""
    from consolidator.cli.main import cli  # noqa: PLC0415 - its import is part of what is profiled

    Clock.step = _profiled  # type: ignore[method-assign]
    _rest.enable()
    cli(["run", *words], standalone_mode=False)
    _rest.disable()
    for name, profile in (*_steps.items(), ("everything else: imports, writing, summary", _rest)):
        print(f"\n== {name}")
        pstats.Stats(profile, stream=sys.stdout).sort_stats("cumulative").print_stats(_SHOWN)


if __name__ == "__main__":
    main(sys.argv[1:])
