"""Disks that fill up, files that may not be replaced, links and mounts in odd places, a second run at the same time."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from consolidator.errors import EnvironmentProblem
from consolidator.terms import catalogue
from consolidator.write import publish, refuse_if_taken, reserve
from tests.atomicity.variants import FILES, fingerprint, make_inbox, shown, tidy, variant

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[Path]:
    """A file system of its own in memory at `folder`; skips where that is not allowed."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)]
    if shutil.which("mount") is None or os.geteuid() != 0 or subprocess.run(command, check=False).returncode:
        pytest.skip("this needs the right to mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def refused(name: str, out: Path) -> tuple[str, str]:
    """Publish a run that must not succeed: the code of the problem, and its sentence."""
    with pytest.raises(EnvironmentProblem) as caught:
        publish(variant(name, out.parent / "inbox"), out)
    assert caught.value.exit_code == 3
    sentence = catalogue("zh").sentence(caught.value.code, "", caught.value.details)
    assert sentence.endswith("。")
    assert "\n" not in sentence
    return caught.value.code, sentence


def fails_for_want_of_room(out: Path, old: dict[str, bytes]) -> bool:
    """Publish a run that may not find room; when it does not, the old files stand."""
    try:
        publish(variant("new", out.parent / "inbox"), out)
    except EnvironmentProblem as problem:
        assert (problem.code, shown(out)) == ("E30", old)  # noqa: PT017 - it may also succeed
        return True
    return False


def published(name: str, out: Path) -> dict[str, bytes]:
    publish(variant(name, out.parent / "inbox"), out)
    return shown(out)


def test_on_a_full_disk_the_old_files_stand_and_room_is_all_that_is_needed(folder: Path) -> None:
    inbox = make_inbox(folder / "inbox")
    before = fingerprint(inbox)
    with mounted(folder / "out", "size=1m") as out:  # the output folder is the mount point itself
        old = published("old", out)
        filler, failures = out / "照片.bin", 0
        for pages in (0, 1, 3, 6, 9, 12, 15, 18, 21, 24):
            free = os.statvfs(out).f_bavail * os.statvfs(out).f_frsize
            filler.write_bytes(b"x" * max(0, free - pages * 4096))
            failures += fails_for_want_of_room(out, old)
            filler.unlink()
            assert published("old", out) == old
            assert tidy(out)
    assert failures > 3
    assert fingerprint(inbox) == before


def test_on_a_disk_that_holds_no_more_files_the_old_ones_stand(folder: Path) -> None:
    make_inbox(folder / "inbox")
    with mounted(folder / "out", "size=4m", "nr_inodes=64") as out:
        old, failures = published("old", out), 0
        free = os.statvfs(out).f_favail
        for left in range(0, free + 1, 3):
            (out / "more").mkdir()
            for number in range(free - 1 - left):
                (out / "more" / str(number)).touch()
            failures += fails_for_want_of_room(out, old)
            shutil.rmtree(out / "more")
            assert published("old", out) == old
    assert 5 < failures < free / 3


def test_a_disk_that_became_read_only_is_told_in_one_sentence(folder: Path) -> None:
    make_inbox(folder / "inbox")
    with mounted(folder / "out", "size=4m") as out:
        old = published("old", out)
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        assert refused("new", out)[0] == "E32"
        assert shown(out) == old
        assert tidy(out)


def test_an_inbox_that_cannot_be_written_will_do(folder: Path) -> None:
    with mounted(folder / "inbox", "size=1m") as inbox:
        (inbox / "统计表.xlsx").write_bytes(b"PK")
        subprocess.run(["mount", "-o", "remount,ro", str(inbox)], check=True)
        published("old", folder / "out")
        published("new", folder / "out")

    assert tidy(folder / "out")


@pytest.mark.parametrize("name", ["上报汇总表.xlsx", "data/run.json"])
def test_a_file_that_may_not_be_replaced_is_named_and_nothing_changes(tmp_path: Path, name: str) -> None:
    out = tmp_path / "out"
    old = published("old", out)
    locked = subprocess.run(["chattr", "+i", str(out / name)], check=False, capture_output=True)
    if locked.returncode:
        pytest.skip("this file system has no files that may not be replaced")
    try:
        code, sentence = refused("new", out)
    finally:
        subprocess.run(["chattr", "-i", str(out / name)], check=True)

    assert code == "E32"
    assert Path(name).name in sentence
    assert shown(out) == old
    assert tidy(out)
    assert published("new", out) != old


def test_the_output_folder_may_be_a_link_and_a_target_one_of_the_users_own(folder: Path) -> None:
    real, out = folder / "真实", folder / "out"
    real.mkdir()
    out.symlink_to(real)
    (folder / "elsewhere.xlsx").write_bytes(b"mine")
    (real / "上报汇总表.xlsx").symlink_to("../elsewhere.xlsx")
    new = published("new", out)

    assert out.is_symlink()
    assert sorted(new) == sorted(FILES)
    assert tidy(real)
    assert (folder / "elsewhere.xlsx").read_bytes() == b"mine"


def test_the_output_folder_stays_the_folder_somebody_stands_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = folder / "out"
    published("old", out)
    out.chmod(0o2770)
    number = out.stat().st_ino
    monkeypatch.chdir(out)
    publish(variant("new", folder / "inbox"), Path())

    assert (out.stat().st_ino, out.stat().st_mode & 0o7777) == (number, 0o2770)
    assert shown(Path()) == shown(out)
    assert tidy(out)


def test_whoever_has_an_old_workbook_open_reads_on_in_it(folder: Path) -> None:
    old = published("old", folder / "out")
    with (folder / "out" / FILES[5]).open("rb") as reader:
        start = reader.read(100)
        published("new", folder / "out")
        assert start + reader.read() == old[FILES[5]]


HOLDER = """
import sys
from pathlib import Path
from consolidator.write import publish, reserve
from tests.atomicity.variants import variant
inbox, out = map(Path, sys.argv[1:])
with reserve(out):
    print("held", flush=True)
    sys.stdin.readline()
    publish(variant("new", inbox), out)
"""


@contextmanager
def holder(inbox: Path, out: Path) -> Iterator[subprocess.Popen[str]]:
    """Another run, which has the folder and publishes when it is told to."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(inbox), str(out)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_of_two_runs_at_once_the_second_is_refused_at_once_and_the_first_undisturbed(folder: Path) -> None:
    inbox, out = make_inbox(folder / "inbox"), folder / "out"
    before = fingerprint(inbox)
    new, old = published("new", out), published("old", out)
    with holder(inbox, out) as first:
        started = time.monotonic()
        code, sentence = refused("old", out)
        with pytest.raises(EnvironmentProblem, match="E33"):
            refuse_if_taken(out)
        took = time.monotonic() - started
        assert shown(out) == old
        first.communicate("go\n", timeout=60)

    assert code == "E33"
    assert str(out) in sentence
    assert took < 1
    assert first.returncode == 0
    assert shown(out) == new
    assert tidy(out)
    assert fingerprint(inbox) == before


def test_the_folder_is_free_as_soon_as_the_run_that_held_it_is_killed(folder: Path) -> None:
    out = folder / "out"
    with holder(folder / "inbox", out) as first:
        first.send_signal(signal.SIGKILL)
        first.wait(timeout=60)
        started = time.monotonic()
        with reserve(out):
            took = time.monotonic() - started

    assert took < 1
    refuse_if_taken(out)


def test_asking_whether_a_folder_is_taken_makes_nothing(folder: Path) -> None:
    refuse_if_taken(folder / "out")

    assert not (folder / "out").exists()


def test_a_lock_that_cannot_be_given_back_is_no_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    release = FileLock.release

    def failing(lock: FileLock, **_: object) -> None:
        release(lock)
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(FileLock, "release", failing)
    with reserve(folder / "out") as kept:
        assert kept == folder / "out"
