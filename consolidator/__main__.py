"""The program `consolidator`, also as `python -m consolidator`.

In: a fresh process. Out: the command line, which answers. Never: a traceback because somebody pressed Ctrl-C while it loads.
"""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

INTERRUPTED = 130  # what shells say of a program that was interrupted


def _end(_signal: int, _frame: FrameType | None) -> None:
    os._exit(INTERRUPTED)


def program() -> NoReturn:
    """Load the command line and hand over to it; until it is loaded nothing was begun, and an interrupt just ends it all."""
    raises = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if raises:
        signal.signal(signal.SIGINT, _end)
    from consolidator.cli.main import program as answer  # noqa: PLC0415 - what takes its time

    if raises:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    answer()


if __name__ == "__main__":
    program()
