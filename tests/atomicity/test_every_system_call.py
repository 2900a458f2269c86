"""Killed, interrupted or refused at any system call that touches the output folder: all old files, or all new ones.

strace breaks one call of one run at a time. Calls that only look (`LOOKING`) change nothing between two others, so
every eighth of them is taken; all others are taken one by one.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.atomicity.variants import fingerprint, shown, tidy

if TYPE_CHECKING:
    from pathlib import Path

    from tests.atomicity.runner import Outcome, Runner, Site

pytestmark = pytest.mark.slow

LOOKING = frozenset(
    {"read", "lseek", "newfstatat", "fstat", "stat", "lstat", "getdents64", "ioctl", "fcntl", "readlink"}
)
LOOKS = 8
STRICT = frozenset({"write", "fsync", "rename", "renameat", "renameat2"})
ERRORS = ("ENOSPC", "EIO", "EACCES")


@dataclass(frozen=True)
class Scene:
    """One output folder, what it shows before and after, and every place where the run can be broken."""

    out: Path
    runner: Runner
    old: dict[str, bytes]
    new: dict[str, bytes]
    sites: tuple[Site, ...]
    inbox: dict[str, tuple[bytes, int, int]]

    def broken(self, site: Site, how: str) -> Outcome:
        """A run into the folder that shows `old`, broken at a system call."""
        return self.runner.publish(self.out, "new", *site.broken(how))

    def next_run(self) -> str:
        """What is wrong with the next run, which must need no help and put everything back to `old`."""
        outcome = self.runner.publish(self.out, "old")
        if outcome.end != "exit 0":
            return f"next run: {outcome}"
        if shown(self.out) != self.old or not tidy(self.out):
            return "next run: not what it should be"
        return "" if fingerprint(self.out.parent / "inbox") == self.inbox else "the inbox was touched"


@pytest.fixture(scope="module")
def scene(county: Path, runner: Runner) -> Scene:
    out = county / "out"
    runner.publish(out, "new")
    new = shown(out)
    runner.publish(out, "old")
    old = shown(out)
    assert len(old) == 6
    assert all(old[name] != new[name] for name in old)
    sites = runner.sites(out, "new")
    runner.publish(out, "old")
    return Scene(out, runner, old, new, tuple(sites), fingerprint(county / "inbox"))


def taken(scene: Scene) -> list[Site]:
    changing = [site for site in scene.sites if site.call not in LOOKING]
    return [*changing, *[site for site in scene.sites if site.call in LOOKING][::LOOKS]]


def test_a_run_touches_the_folder_in_every_way_that_is_broken_here(scene: Scene) -> None:
    calls = {site.call for site in scene.sites}

    assert {"write", "fsync", "close"} <= calls
    assert calls & {"rename", "renameat", "renameat2"}
    assert calls & {"symlink", "symlinkat"}
    assert len(taken(scene)) > 150


@pytest.mark.parametrize("part", range(4))
def test_a_run_killed_at_any_call_leaves_all_old_files_or_all_new_ones(scene: Scene, part: int) -> None:
    wrong, seen = [], {"old": 0, "new": 0}
    for site in taken(scene)[part::4]:
        outcome = scene.broken(site, "signal=KILL")
        now = shown(scene.out)
        seen["old"] += now == scene.old
        seen["new"] += now == scene.new
        if outcome.end != "signal 9" or str(scene.out) not in "".join(outcome.log):
            wrong.append(f"{site}: was not killed: {outcome.end}")
        if now not in (scene.old, scene.new):
            wrong.append(f"{site}: a mixture")
        if trouble := scene.next_run():
            wrong.append(f"{site}: {trouble}")

    assert wrong == []
    assert seen["old"] > seen["new"] > 0


def test_a_first_run_killed_at_any_call_leaves_no_file_or_all(
    scene: Scene, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = scene.out.parent / "first"
    sites = [site for site in scene.runner.sites(out, "new") if site.call not in LOOKING]
    whole, wrong = shown(out), []
    for site in sites[::3]:
        shutil.rmtree(out)
        scene.runner.publish(out, "new", *site.broken("signal=KILL"))
        if shown(out) not in ({}, whole):
            wrong.append(f"{site}: {sorted(shown(out))}")
        if scene.runner.publish(out, "new").end != "exit 0" or shown(out) != whole or not tidy(out):
            wrong.append(f"{site}: the next run is not what it should be")

    assert wrong == []


@pytest.mark.parametrize("error", ERRORS)
def test_a_write_flush_or_rename_that_fails_leaves_the_old_files_and_one_sentence(scene: Scene, error: str) -> None:
    wrong = []
    for site in [site for site in scene.sites if site.call in STRICT]:
        outcome = scene.broken(site, f"error={error}")
        if outcome.end != "exit 3" or not outcome.sentence.endswith("。"):
            wrong.append(f"{site}: {outcome.end} {outcome.sentence}")
        if shown(scene.out) != scene.old or not tidy(scene.out):
            wrong.append(f"{site}: the old files do not stand as they stood")
        if trouble := scene.next_run():
            wrong.append(f"{site}: {trouble}")

    assert wrong == []


def test_any_other_call_that_fails_leaves_the_old_files_or_does_no_harm(scene: Scene) -> None:
    others, wrong = [site for site in taken(scene) if site.call not in STRICT], []
    for number, site in enumerate(others[::2]):
        outcome = scene.broken(site, f"error={ERRORS[number % 3]}")
        now = shown(scene.out)
        if (outcome.end, now == scene.old, now == scene.new) not in {("exit 3", True, False), ("exit 0", False, True)}:
            wrong.append(f"{site} {ERRORS[number % 3]}: {outcome.end} {outcome.sentence}")
        if trouble := scene.next_run():
            wrong.append(f"{site}: {trouble}")

    assert wrong == []


@pytest.mark.parametrize("call", sorted(STRICT))
def test_a_disk_that_fails_from_some_call_on_shows_no_mixture(scene: Scene, call: str) -> None:
    wrong = []
    for site in [site for site in scene.sites if site.call == call][::2]:
        options = ("-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={site.when}+")
        outcome = scene.runner.publish(scene.out, "new", *options)
        if outcome.end != "exit 3" or shown(scene.out) not in (scene.old, scene.new):
            wrong.append(f"from {site} on: {outcome.end} {outcome.sentence}")
        if trouble := scene.next_run():
            wrong.append(f"from {site} on: {trouble}")

    assert wrong == []


def test_a_run_interrupted_at_any_call_leaves_the_old_files_or_ends_as_if_it_had_not_been(scene: Scene) -> None:
    wrong = []
    for site in [site for site in scene.sites if site.call not in LOOKING][::4]:
        outcome = scene.broken(site, "signal=INT")
        now = shown(scene.out)
        if (outcome.end, now == scene.old, now == scene.new) not in {
            ("exit 130", True, False),
            ("exit 0", False, True),
        }:
            wrong.append(f"{site}: {outcome.end} {outcome.sentence}")
        if trouble := scene.next_run():
            wrong.append(f"{site}: {trouble}")

    assert wrong == []
