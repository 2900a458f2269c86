"""What is told was measured: whole trees of processes, ratios round by round, a page that hides nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.contest import Runs
from benchmarks.generate import generate
from benchmarks.lines import LINES
from benchmarks.measure import Usage, measure
from benchmarks.report import as_json, page, table

if TYPE_CHECKING:
    from pathlib import Path

_CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {code!r}], check=True)"
BUSY = "import time\nwhile time.process_time() < 0.3: pass"
LARGE = "b = bytearray(150 << 20)"


def usage(cpu: float, wall: float = 1.0, peak: float = 100.0) -> Usage:
    return Usage(cpu, wall, peak, 0)


def line(measured: dict[str, object], key: str) -> dict[str, float]:
    return next(line for line in measured["lines"] if line["key"] == key)  # type: ignore[attr-defined,no-any-return]


def test_what_a_process_starts_is_counted_as_its_own(tmp_path: Path) -> None:
    used = measure(["-S", "-c", _CHILD.format(code=BUSY)], tmp_path / "log")

    assert used.cpu >= 0.3
    assert used.wall >= 0.25


def test_the_largest_process_is_found_wherever_it_stands(tmp_path: Path) -> None:
    assert measure(["-S", "-c", _CHILD.format(code=LARGE)], tmp_path / "log").peak >= 150


def test_a_contestant_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="no such luck"):
        measure(["-S", "-c", "import sys; print('no such luck'); sys.exit(70)"], tmp_path / "log")


def test_ratios_are_taken_within_a_round() -> None:
    runs = Runs()
    runs.usages["prefecture"]["tool"] += [usage(1), usage(4)]
    runs.usages["prefecture"]["baseline"] += [usage(10), usage(20)]
    found = line(as_json(runs), "prefecture")

    assert found["minimum"] == pytest.approx(0.1)
    assert found["median"] == pytest.approx(0.15)
    assert "| 1/10.0 | 1/6.7 | 2 | reached |" in table(as_json(runs))


def test_the_cpu_of_a_step_is_told_with_what_its_workers_cost(tmp_path: Path) -> None:
    inbox = generate("county", tmp_path)
    words = [str(inbox.inbox), "--campaign", str(inbox.campaign), "--out", str(tmp_path / "out"), "--jobs", "1"]
    measure(["-m", "benchmarks.steps", str(tmp_path / "steps.json"), *words], tmp_path / "log")
    costs = json.loads((tmp_path / "steps.json").read_text(encoding="utf-8"))

    assert costs["read"] > costs["consolidate"] > 0


def test_reading_is_compared_with_the_reading_of_a_cold_run() -> None:
    runs = Runs()
    runs.reading["steps"] += [2.0, 2.0]
    runs.reading["steps_unchanged"] += [0.1, 0.2]

    assert line(as_json(runs), "unchanged-reading")["minimum"] == pytest.approx(1 / 20)


def test_connecting_to_a_cluster_is_start_up() -> None:
    runs = Runs()
    runs.usages["province"]["tool"].append(usage(1, wall=2.0))
    runs.usages["province"]["cluster"].append(usage(1, wall=3.0))
    runs.connecting.append(1.0)

    assert line(as_json(runs), "dask")["median"] == pytest.approx(1.0)


def test_a_nation_is_measured_by_the_form_and_by_its_largest_process() -> None:
    runs = Runs()
    runs.usages["province"]["tool"].append(usage(3))
    runs.usages["nation"]["tool"].append(usage(44, peak=350))
    measured = as_json(runs)

    assert line(measured, "nation")["median"] == pytest.approx(1.1)
    assert line(measured, "nation-memory")["median"] == pytest.approx(0.5)


def test_the_page_tells_what_is_missed_and_what_was_not_measured() -> None:
    runs = Runs(left_out={"cluster": "distributed is not installed"})
    runs.usages["county"]["tool"].append(usage(1, wall=3.2))
    runs.usages["county"]["imports"].append(usage(1, wall=1.0))
    told = page(as_json(runs))

    assert "3.20 × where ≤ 1.6 × is the goal, 2.00 times it" in told
    assert told.count("not measured") == len(LINES) - 1
    assert "- cluster: distributed is not installed" in told
