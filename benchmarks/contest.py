"""Who runs against whom, and in what order: A B C A B C …, so that a slow minute of the machine is slow for all.

In: a `Ring` of sizes and repetitions. Out: `Runs`, every contestant's usages round by round.
"""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec
from typing import TYPE_CHECKING

from benchmarks.cluster import CONNECT, local_cluster
from benchmarks.floor import inflate_outputs
from benchmarks.inboxes import CORRECTED, FILES, TRUTH
from benchmarks.measure import Usage, measure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ROUNDS = {"county": 9, "prefecture": 9, "province": 3, "nation": 1}
CONTESTANTS = {
    "county": ("tool", "imports"),
    "prefecture": ("tool", "baseline"),
    "province": (
        "tool", "unchanged", "one_changed", "steps", "steps_unchanged", "baseline", "fast_script", "floor", "cluster",
    ),
    "nation": ("tool",),
}  # fmt: skip
"""Who runs at which size, in this order: `unchanged` and `one_changed` need the outputs of `tool` before them."""

_IMPORTS = "import pandas, pandera.pandas"


@dataclass
class Runs:
    """What was measured, one of each a round: usages, CPU of the tool's reading cold and unchanged, seconds to connect to a cluster."""

    usages: dict[str, dict[str, list[Usage]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    reading: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    connecting: list[float] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass
class Ring:
    """One size, its inbox and its contestants."""

    size: str
    folder: Path
    runs: Runs
    tell: Callable[[str], None]

    def go(self, rounds: int, names: tuple[str, ...] = ()) -> None:
        """Let the contestants of the size, or those of these `names`, run in turn, `rounds` times each."""
        for number in range(1, rounds + 1):
            for name in names or CONTESTANTS[self.size]:
                reason = self._absent(name)
                if reason:
                    self.runs.left_out[name] = reason
                    continue
                try:
                    usage = getattr(self, f"_{name}")()
                except RuntimeError as failure:
                    if name == "tool":
                        raise
                    self.runs.left_out[name] = str(failure).splitlines()[0]
                    continue
                self.runs.usages[self.size][name].append(usage)
                self.tell(
                    f"{self.size} {number}/{rounds} {name}: {usage.cpu:.2f} s CPU, {usage.wall:.2f} s, {usage.peak:.0f} MiB"
                )

    @cached_property
    def _here(self) -> Path:
        return self.folder / self.size

    @property
    def _out(self) -> Path:
        return self._here / "outputs"

    @property
    def _log(self) -> Path:
        return self._here / "log.txt"

    def _absent(self, name: str) -> str:
        """Why a contestant cannot run here, or an empty text."""
        needed = {"fast_script": "fastexcel", "cluster": "distributed"}.get(name)
        return f"{needed} is not installed" if needed and find_spec(needed) is None else ""

    def _words(self, out: Path, *more: str) -> list[str]:
        inbox, campaign = self._here / "inbox", self._here / "campaign.toml"
        return [str(inbox), "--campaign", str(campaign), "--out", str(out), *more]

    def _run(self, out: Path, *more: str) -> Usage:
        return measure(["-m", "consolidator", "run", *self._words(out, *more)], self._log)

    def _tool(self) -> Usage:
        shutil.rmtree(self._out, ignore_errors=True)
        return self._run(self._out, "--jobs", "2")

    def _unchanged(self) -> Usage:
        return self._run(self._out, "--jobs", "2")

    def _steps(self) -> Usage:
        shutil.rmtree(self._here / "steps", ignore_errors=True)
        return self._by_step("steps")

    def _steps_unchanged(self) -> Usage:
        return self._by_step("steps_unchanged")

    def _by_step(self, name: str) -> Usage:
        costs = self._here / "steps.json"
        words = self._words(self._here / "steps", "--jobs", "2")
        usage = measure(["-m", "benchmarks.steps", str(costs), *words], self._log)
        self.runs.reading[name].append(json.loads(costs.read_text(encoding="utf-8"))["read"])
        return usage

    def _one_changed(self) -> Usage:
        """The first unit corrects its form; afterwards the inbox is as it was."""
        truth = json.loads((self._here / TRUTH).read_text(encoding="utf-8"))
        corrected = self._here / "inbox" / truth["first"]
        kept = corrected.read_bytes()
        corrected.write_bytes((self._here / CORRECTED).read_bytes())
        try:
            return self._run(self._out, "--jobs", "2")
        finally:
            corrected.write_bytes(kept)

    def _imports(self) -> Usage:
        return measure(["-c", _IMPORTS], self._log)

    def _baseline(self) -> Usage:
        return self._script("baseline")

    def _fast_script(self) -> Usage:
        return self._script("fast_script")

    def _script(self, name: str) -> Usage:
        return measure(["-m", f"benchmarks.{name}", str(self._here / "inbox"), str(self._here / name)], self._log)

    def _floor(self) -> Usage:
        parts = self._here / "parts"
        inflate_outputs(self._out, parts)
        words = [str(self._here / "inbox"), str(parts), str(self._here / "floor.bin")]
        return measure(["-m", "benchmarks.floor", *words], self._log)

    def _cluster(self) -> Usage:
        out = self._here / "cluster"
        shutil.rmtree(out, ignore_errors=True)
        with local_cluster() as address:
            usage = self._run(out, "--cluster", address)
            measure(["-c", CONNECT, address], self._log)
        self.runs.connecting.append(float(self._log.read_text(encoding="utf-8")))
        return usage


def rounds_of(sizes: list[str], repeat: int | None) -> Iterator[tuple[str, int]]:
    """The sizes asked for, in order, and how often each is run."""
    for size in FILES:
        if size in sizes:
            yield size, repeat or ROUNDS[size]
