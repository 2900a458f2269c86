"""The one place where time enters: a clock that `SOURCE_DATE_EPOCH` stops.

With that variable set, the same inputs give the same bytes: the run's time is its value and every duration is 0.
Source: https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

T = TypeVar("T")

BEIJING = timezone(timedelta(hours=8))
"""China has one time zone; a run's time is shown in it wherever the program runs."""


class Clock:
    """The time of a run and how long its steps take, in seconds."""

    def __init__(self) -> None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        self._fixed = epoch.isdigit()
        stamp = datetime.fromtimestamp(int(epoch), UTC) if self._fixed else datetime.now(UTC)
        self.now = stamp.astimezone(BEIJING).replace(microsecond=0, tzinfo=None)
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._within: list[float] = [0.0]

    @property
    def timings(self) -> Mapping[str, float]:
        """Seconds by step, in the order in which the steps ended first."""
        return {name: 0.0 if self._fixed else round(seconds, 3) for name, seconds in self._spent.items()}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time the body of the `with` under `name`, but for what is timed inside it; the same step may come again."""
        started = time.perf_counter()
        self._within.append(0.0)
        try:
            yield
        finally:
            seconds = time.perf_counter() - started
            self._spent[name] += seconds - self._within.pop()
            self._within[-1] += seconds

    def each(self, name: str, items: Iterable[T]) -> Iterator[T]:
        """The items; what it takes to come by each of them is timed under `name`."""
        iterator = iter(items)
        while True:
            with self.step(name):
                item = next(iterator, _END)
            if item is _END:
                return
            yield item


_END: Any = object()
