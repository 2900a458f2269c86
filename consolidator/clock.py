"""The one place where time enters: a clock that `SOURCE_DATE_EPOCH` stops.

With that variable set, the same inputs give the same bytes: the run's time is its value and every duration is 0.
Source: https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BEIJING = timezone(timedelta(hours=8))
"""China has one time zone; a run's time is shown in it wherever the program runs."""


class Clock:
    """The time of a run and how long its steps take, in seconds."""

    def __init__(self) -> None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        self._fixed = epoch.isdigit()
        stamp = datetime.fromtimestamp(int(epoch), UTC) if self._fixed else datetime.now(UTC)
        self.now = stamp.astimezone(BEIJING).replace(microsecond=0, tzinfo=None)
        self.timings: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the body of the `with` under `name`."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self.timings[name] = 0.0 if self._fixed else round(time.perf_counter() - started, 3)
