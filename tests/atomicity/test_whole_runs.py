"""The program as a person starts it, killed, refused or interrupted: what the run record says is what the folder holds.

Calls of `write` are not broken here: the processes that read workbooks make them too.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.atomicity.runner import ROOT, Runner
from tests.atomicity.variants import FILES, fingerprint, tidy
from tests.e2e.runs import COUNTY

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

CHANGES = ("fsync", "rename", "symlink", "unlink", "unlinkat", "mkdir", "link", "rmdir")
OLD, NEW = "1484000000", "1485000000"
_CALL = re.compile(r"^\d+ +(\w+)\(")


@dataclass(frozen=True)
class County:
    """The sample county, its outputs of a run at `OLD`, and the system calls of a run that change the folder.

    `memory` are those that keep what was read for the next run, which none of the outputs waits for.
    """

    folder: Path
    sites: tuple[tuple[str, int], ...]
    memory: tuple[tuple[str, int], ...]

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def run(self, epoch: str, *options: str) -> subprocess.CompletedProcess[str]:
        return run(self.folder, epoch, *options)

    def held(self) -> str:
        """`OLD` or `NEW`, after the run record; empty when a file is not the one that the record describes."""
        record = json.loads((self.out / "data/run.json").read_text(encoding="utf-8"))
        digests = {name: hashlib.sha256((self.out / name).read_bytes()).hexdigest() for name in FILES}
        del digests["data/run.json"]
        return str(record["created"]) if record["outputs"] == digests else ""


def run(folder: Path, epoch: str, *options: str) -> subprocess.CompletedProcess[str]:
    """One run of the command line; with options of strace, under its eyes."""
    command = [sys.executable, "-m", "consolidator", "run", str(folder / "inbox"), "--out", str(folder / "out")]
    command += ["--campaign", str(folder / "campaign.toml")]
    if options:
        command = ["strace", "-f", "-y", "-qq", "-s", "4096", "-o", str(folder / "log"), *options, *command]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": epoch}
    return subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


@pytest.fixture(scope="module")
def made(runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> County:
    folder = tmp_path_factory.mktemp("whole") / "county"
    shutil.copytree(COUNTY, folder)
    for path in sorted(path for path in (folder / "inbox").rglob("*") if path.is_file())[3:]:
        path.unlink()
    memory = [site for site in traced(folder) if site[2]]
    sites = [site for site in traced(folder) if not site[2]]
    return County(
        folder, tuple((call, when) for call, when, _ in sites), tuple((call, when) for call, when, _ in memory)
    )


def traced(folder: Path) -> list[tuple[str, int, bool]]:
    """The calls of a run that change the output folder, each with its number among its like and whether for the memory."""
    assert run(folder, OLD, "-e", f"trace={','.join(CHANGES)}").returncode == 1
    log = (folder / "log").read_text(encoding="utf-8", errors="replace").splitlines()
    main, seen, sites = log[0].split()[0], Counter[str](), []
    for entry in log:
        if (call := _CALL.match(entry)) and entry.split()[0] == main:
            seen[call[1]] += 1
            if str(folder / "out") in entry:
                sites.append((call[1], seen[call[1]], ".cache" in entry))
    return sites


def spread(sites: tuple[tuple[str, int], ...], count: int) -> list[tuple[str, int]]:
    """Some of the sites, evenly over the run, those around the moment of publication among them."""
    moment = max(place for place, (call, _) in enumerate(sites) if call == "rename") - 7
    places = {round(place * (len(sites) - 1) / (count - 1)) for place in range(count)}
    return [sites[place] for place in sorted(places | {moment, moment + 1, moment + 4})]


def test_killed_anywhere_the_folder_holds_one_run_and_the_next_needs_no_help(made: County) -> None:
    inbox, wrong, ends = fingerprint(made.folder / "inbox"), [], set()
    assert made.run(OLD).returncode == 1
    before = made.held()
    assert before
    for call, when in spread(made.sites, 3):
        made.run(NEW, "-e", f"trace={call}", "-e", f"inject={call}:signal=KILL:when={when}")
        ends.add(made.held())
        if made.run(OLD).returncode != 1 or made.held() != before or not tidy(made.out):
            wrong.append(f"{call} no. {when}: the next run")
    assert wrong == []
    assert len(ends) == 2
    assert "" not in ends
    assert fingerprint(made.folder / "inbox") == inbox


@pytest.mark.parametrize(("call", "error"), [("fsync", "ENOSPC"), ("rename", "EACCES")])
def test_refused_a_run_ends_with_code_3_and_one_sentence(made: County, call: str, error: str) -> None:
    assert made.run(OLD).returncode == 1
    before = {name: (made.out / name).read_bytes() for name in FILES}
    inbox = fingerprint(made.folder / "inbox")
    sites = [when for name, when in made.sites if name == call]
    for when in (sites[0], sites[-1]):
        done = made.run(NEW, "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={when}")

        assert done.returncode == 3, done.stderr
        assert done.stderr.strip().endswith("。")
        assert "Traceback" not in done.stderr
        assert {name: (made.out / name).read_bytes() for name in FILES} == before
        assert tidy(made.out)
    assert fingerprint(made.folder / "inbox") == inbox


def test_interrupted_a_run_says_that_nothing_changed_when_nothing_did(made: County) -> None:
    assert made.run(OLD).returncode == 1
    inbox, before = fingerprint(made.folder / "inbox"), made.held()
    for call, when in spread(made.sites, 2):
        done = made.run(NEW, "-e", f"trace={call}", "-e", f"inject={call}:signal=INT:when={when}")

        assert "Traceback" not in done.stderr
        if done.returncode == 1:  # it came too late
            assert made.held() != ""
        else:
            assert made.held() == before
    assert fingerprint(made.folder / "inbox") == inbox


def test_a_memory_that_cannot_be_kept_harms_nothing(made: County) -> None:
    assert made.memory
    for call, when in made.memory:
        shutil.rmtree(made.out)
        done = made.run(NEW, "-e", f"trace={call}", "-e", f"inject={call}:error=ENOSPC:when={when}")

        assert (done.returncode, made.held() != "") == (1, True), (call, when, done.stderr)
        assert "Traceback" not in done.stderr
        assert tidy(made.out)
