"""The ten lines of the table: what is measured against what, and the goal.

In: `Runs`. Out: `Line`s with a ratio a round, or the reason why there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.inboxes import FILES

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.contest import Runs

PEAK = 700.0
"""MiB that no process of a nation's run may exceed."""


@dataclass(frozen=True)
class Line:
    """One line: `ratio` gives a number a round; it is to be at most `goal`."""

    key: str
    work: str
    against: str
    goal: float
    shown: str
    ratio: Callable[[Runs], list[float]]

    def measured(self, runs: Runs) -> dict[str, Any]:
        """The line with its numbers, as it stands in the JSON."""
        ratios = self.ratio(runs)
        numbers = {"minimum": min(ratios), "median": median(ratios), "rounds": len(ratios)} if ratios else {}
        return {
            "key": self.key,
            "work": self.work,
            "against": self.against,
            "goal": self.goal,
            "shown": self.shown,
            **numbers,
        }


def _each(size: str, name: str, other: str, part: str) -> Callable[[Runs], list[float]]:
    """One contestant over another, round by round."""

    def ratio(runs: Runs) -> list[float]:
        ours, theirs = runs.usages[size][name], runs.usages[size][other]
        return [getattr(a, part) / getattr(b, part) for a, b in zip(ours, theirs, strict=False)]

    return ratio


def _per_form(runs: Runs) -> list[float]:
    province = [usage.cpu / FILES["province"] for usage in runs.usages["province"]["tool"]]
    return (
        [usage.cpu / FILES["nation"] / median(province) for usage in runs.usages["nation"]["tool"]] if province else []
    )


def _peak(runs: Runs) -> list[float]:
    return [usage.peak / PEAK for usage in runs.usages["nation"]["tool"]]


def _reading(runs: Runs) -> list[float]:
    cold, warm = runs.reading["steps"], runs.reading["steps_unchanged"]
    return [ours / theirs for ours, theirs in zip(warm, cold, strict=False)]


def _dask(runs: Runs) -> list[float]:
    rounds = zip(runs.usages["province"]["cluster"], runs.connecting, runs.usages["province"]["tool"], strict=False)
    return [(cluster.wall - connecting) / local.wall for cluster, connecting, local in rounds]


LINES = (
    Line("county", "county, 13 forms, whole run, wall", "importing pandas and pandera alone", 1.6, "≤ 1.6 ×", _each("county", "tool", "imports", "wall")),
    Line("prefecture", "prefecture, 300 forms, CPU", "the baseline script", 1 / 5, "≤ 1/5", _each("prefecture", "tool", "baseline", "cpu")),
    Line("province-cpu", "province, 3,000 forms, CPU", "the baseline script", 1 / 10, "≤ 1/10", _each("province", "tool", "baseline", "cpu")),
    Line("province-wall", "province, 3,000 forms, wall, two processes", "the baseline script", 1 / 18, "≤ 1/18", _each("province", "tool", "baseline", "wall")),
    Line("fast-script", "province, 3,000 forms, CPU", "a skilled programmer's fast script", 1.0, "≤ 1 ×", _each("province", "tool", "fast_script", "cpu")),
    Line("floor", "province, 3,000 forms, CPU", "the floor (inflate, parse, deflate)", 4.0, "≤ 4 ×", _each("province", "tool", "floor", "cpu")),
    Line("nation", "nation, 40,000 forms, CPU a form", "CPU a form of the province", 1.1, "≤ 1.1 ×", _per_form),
    Line("nation-memory", "nation, 40,000 forms, largest process", "700 MiB", 1.0, "≤ 1 ×", _peak),
    Line("unchanged", "unchanged inbox, 3,000 forms, CPU", "its own cold run", 1 / 3, "≤ 1/3", _each("province", "unchanged", "tool", "cpu")),
    Line("unchanged-reading", "unchanged inbox, 3,000 forms, reading part, CPU", "the reading part of its own cold run", 1 / 20, "≤ 1/20", _reading),
    Line("one-changed", "one file changed of 3,000, CPU", "the unchanged run", 1.1, "≤ 1.1 ×", _each("province", "one_changed", "unchanged", "cpu")),
    Line("one-changed-wall", "one file changed of 3,000, wall", "the unchanged run", 1.1, "≤ 1.1 ×", _each("province", "one_changed", "unchanged", "wall")),
    Line("dask", "Dask, two workers, start-up aside, 3,000 forms, wall", "the local pool, two processes", 1.3, "≤ 1.3 ×", _dask),
)  # fmt: skip
"""The ten goals; two of them have two halves, and one that names neither CPU nor wall time is shown in both."""
