"""Runs that many tests look at: the hostile inbox with three hundred good forms, and the good forms alone."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import pickle
import stat
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from tests.hostile.folder import BAD, Planted, plant_bad, plant_good, spoken

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent
MANY = 300


@dataclass
class Run:
    """One run of the program over a planted inbox, and what it left behind."""

    planted: Planted
    out: Path
    done: subprocess.CompletedProcess[str]
    took: dict[str, float]
    untouched: bool

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of one of the CSV files."""
        with (self.out / "data" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    @cached_property
    def submissions(self) -> list[dict[str, str]]:
        """The rows of the files, without those of missing units."""
        return [row for row in self.rows("submissions") if row["file"]]

    @cached_property
    def findings(self) -> list[dict[str, str]]:
        """All findings."""
        return self.rows("findings")

    @cached_property
    def values(self) -> list[dict[str, str]]:
        """All values."""
        return self.rows("values")


def run(planted: Planted) -> Run:
    out = planted.inbox.parent / "out"
    facts = planted.inbox.parent / "facts.json"
    before = snapshot(planted.inbox)
    words = ["run", planted.inbox, "--period", "2016", "--roster", planted.roster, "--out", out]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "SOURCE_DATE_EPOCH": "1484000000"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.hostile.measured", *map(str, (facts, *words))],
        cwd=ROOT, env=variables, capture_output=True, text=True, encoding="utf-8", check=False, timeout=900,
    )  # fmt: skip
    return Run(planted, out, done, json.loads(facts.read_text()), before == snapshot(planted.inbox))


def snapshot(inbox: Path) -> dict[str, tuple[object, ...]]:
    """Everything about every entry that a program could change."""
    found: dict[str, tuple[object, ...]] = {}
    for path in inbox.rglob("*"):
        facts = path.lstat()
        content = hashlib.sha256(path.read_bytes()).digest() if stat.S_ISREG(facts.st_mode) else b""
        found[str(path)] = (facts.st_mode, facts.st_size, facts.st_mtime_ns, facts.st_ino, content)
    return found


def _once(name: str, factory: pytest.TempPathFactory, make: Callable[[Path], Planted]) -> Run:
    """One run for all test processes: the first that comes makes it, the others wait for it."""
    base = factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    kept = root / f"{name}.run"
    with FileLock(root / f"{name}.lock"):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(run(make(root / name / "县"))))
        made: Run = pickle.loads(kept.read_bytes())  # noqa: S301 - made by this test run
        return made


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Three hundred good forms among everything hostile. Takes minutes: most of it are files that are stopped."""

    def planted(folder: Path) -> Planted:
        made = plant_good(folder, MANY)
        plant_bad(made)
        return made

    return _once("hostile", tmp_path_factory, planted)


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The same three hundred alone."""
    return _once("calm", tmp_path_factory, lambda folder: plant_good(folder, MANY))


@pytest.fixture(scope="session")
def spoken_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A dozen good forms and those with words that want to be more than words, whose units are on the roster."""

    def planted(folder: Path) -> Planted:
        made = plant_good(folder, 12, BAD)
        plant_bad(made, spoken())
        return made

    return _once("spoken", tmp_path_factory, planted)
