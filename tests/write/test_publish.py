"""All outputs or none: the same run gives the same bytes, and a failure leaves the previous output whole."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.errors import EnvironmentProblem
from consolidator.interpreters import Interpreter, Standby
from consolidator.terms import catalogue
from consolidator.write import aside, publish, reserve
from consolidator.write.plans.claims import UnprovenTotalError
from consolidator.write.saving.swap import Stage, sweep
from tests.write.fabricate import Plan, county

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from consolidator.model import Consolidation

ROOT = Path(__file__).resolve().parents[2]
FILES = [
    "data/findings.csv",
    "data/run.json",
    "data/submissions.csv",
    "data/values.csv",
    "上报汇总表.xlsx",
    "汇总审核表.xlsx",
]


def run(**changes: object) -> Consolidation:
    return county(plan=Plan(**changes))  # type: ignore[arg-type]


def contents(out: Path) -> dict[str, bytes]:
    """Everything in the folder but its lock."""
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def test_the_files_are_those_of_the_contract(tmp_path: Path) -> None:
    paths = publish(run(), tmp_path)

    assert sorted(path.relative_to(tmp_path).as_posix() for path in paths) == FILES
    assert sorted(contents(tmp_path)) == FILES


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    publish(run(), tmp_path / "新建" / "结果 1")

    assert sorted(contents(tmp_path / "新建" / "结果 1")) == FILES


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    publish(run(), tmp_path / "a")
    publish(run(), tmp_path / "b")
    time.sleep(1.1)  # zip files keep time in seconds
    publish(run(), tmp_path / "b")

    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_workbook_does_not_depend_on_those_written_before_it(tmp_path: Path) -> None:
    here, fresh = tmp_path / "here", tmp_path / "fresh"
    publish(run(), here)
    publish(run(rejected=()), here)
    subprocess.run([sys.executable, "-c", KILLED, str(fresh), "0"], cwd=ROOT, check=True)

    assert contents(here) == contents(fresh)


def test_the_moment_is_the_same_in_every_time_zone(tmp_path: Path) -> None:
    made = run()
    moved = replace(made.record, created=made.record.created.astimezone(timezone(timedelta(hours=8))))
    publish(made, tmp_path / "a")
    publish(replace(made, record=moved), tmp_path / "b")
    a, b = (contents(tmp_path / name)["上报汇总表.xlsx"] for name in "ab")

    assert a == b


def shared(
    made: Consolidation,
    out: Path,
    standby: Standby,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[], None] = lambda: None,
) -> list[bool]:
    """Publish with a process on standby, however small the run; whether that one did its part. `meanwhile` comes after that."""
    monkeypatch.setattr(aside, "_WORTH_IT", range(10_000))
    helped: list[bool] = []

    @contextmanager
    def entrust(work: Callable[[], object]) -> Iterator[Callable[[], object]]:
        with standby.entrust(work) as fetch:

            def fetched() -> object:
                found = fetch()
                helped.append(found is not None)
                meanwhile()
                return found

            yield fetched

    publish(made, out, entrust=entrust)
    return helped


def test_what_another_process_writes_is_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(run(), tmp_path / "alone")
    with Standby.started() as standby:
        helped = shared(run(), tmp_path / "shared", standby, monkeypatch)

    assert helped == [True]
    assert contents(tmp_path / "shared") == contents(tmp_path / "alone")


@pytest.mark.parametrize("command", ["import sys; sys.exit()", "import sys; sys.stdin.buffer.read(99)"])
def test_where_the_other_process_dies_its_part_is_written_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    publish(run(), tmp_path / "alone")
    with Standby(Interpreter(command)) as standby:
        helped = shared(run(), tmp_path / "shared", standby, monkeypatch)

    assert helped == [False]
    assert contents(tmp_path / "shared") == contents(tmp_path / "alone")


def test_a_small_run_and_a_vast_one_trouble_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Standby(Interpreter("import sys; sys.exit()")) as standby:
        publish(run(), tmp_path, entrust=standby.entrust)
        monkeypatch.setattr(aside, "_WORTH_IT", range(1, 5))
        publish(run(), tmp_path, entrust=standby.entrust)

        left = standby.take()
        assert left is not None
        left.end()


def test_a_disk_that_does_not_keep_what_another_process_has_proven_publishes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(run(), tmp_path)
    old = contents(tmp_path)

    def torn() -> None:
        (upward,) = tmp_path.glob(".run-*/new/上报汇总表.xlsx")
        upward.write_bytes(upward.read_bytes()[:-1])

    with Standby.started() as standby, pytest.raises(UnprovenTotalError, match="上报汇总表"):
        shared(run(rejected=()), tmp_path, standby, monkeypatch, meanwhile=torn)

    assert contents(tmp_path) == old


def test_what_another_process_cannot_write_is_written_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(run(), tmp_path / "alone")
    monkeypatch.setattr(aside, "_WORTH_IT", range(10_000))
    (tmp_path / "file").touch()

    with Standby.started() as standby:

        def entrust(work: aside.Aside) -> AbstractContextManager[Callable[[], object]]:
            return standby.entrust(replace(work, stage=Stage(tmp_path / "file")))

        publish(run(), tmp_path / "shared", entrust=entrust)

    assert contents(tmp_path / "shared") == contents(tmp_path / "alone")


def test_how_long_a_run_took_changes_no_workbook(tmp_path: Path) -> None:
    made = run()
    publish(made, tmp_path / "a")
    publish(replace(made, record=replace(made.record, timings={"read": 99.0})), tmp_path / "b")
    a, b = contents(tmp_path / "a"), contents(tmp_path / "b")

    assert {name for name in FILES if a[name] != b[name]} == {"data/run.json"}


def test_a_new_run_replaces_the_old_one_and_leaves_nothing_behind(tmp_path: Path) -> None:
    publish(run(), tmp_path / "used")
    publish(run(rejected=()), tmp_path / "used")
    publish(run(rejected=()), tmp_path / "fresh")

    assert contents(tmp_path / "used") == contents(tmp_path / "fresh")


@pytest.mark.usefixtures("system")
@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("before", [True, False], ids=["over old files", "first run"])
def test_a_swap_that_fails_half_way_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, before: bool
) -> None:
    if before:
        publish(run(), tmp_path)
    old = contents(tmp_path)
    calls = {"left": number}
    real = os.replace

    def failing(source: Path, target: Path) -> None:
        calls["left"] -= 1
        if calls["left"] == 0:
            raise OSError(errno.ENOSPC, "No space left on device", str(target))
        real(source, target)

    monkeypatch.setattr("os.replace", failing)
    with pytest.raises(EnvironmentProblem) as caught:
        publish(run(rejected=()), tmp_path)

    assert caught.value.code == "E30"
    assert contents(tmp_path) == old


@pytest.mark.parametrize("number", [1, 2, 5, 9])
def test_a_disk_error_while_writing_leaves_the_old_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    publish(run(), tmp_path)
    old = contents(tmp_path)
    calls = {"left": number}
    real = os.fsync

    def failing(handle: int) -> None:
        calls["left"] -= 1
        if calls["left"] == 0:
            raise OSError(errno.EIO, "Input/output error")
        real(handle)

    monkeypatch.setattr("os.fsync", failing)
    with pytest.raises(EnvironmentProblem) as caught:
        publish(run(rejected=()), tmp_path)

    assert caught.value.code == "E34"
    assert contents(tmp_path) == old


def test_an_interrupted_swap_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(run(), tmp_path)
    old = contents(tmp_path)
    real = os.replace

    def interrupted(source: Path, target: Path) -> None:
        real(source, target)
        monkeypatch.setattr("os.replace", real)
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(run(rejected=()), tmp_path)

    assert contents(tmp_path) == old


KILLED = """
import os, sys
from pathlib import Path
from consolidator.write import publish
from tests.write.fabricate import Plan, county
left, real = int(sys.argv[2]), os.replace
def dying(source, target):
    global left
    left -= 1
    if left == 0:
        os._exit(9)
    real(source, target)
os.replace = dying
publish(county(plan=Plan(rejected=())), Path(sys.argv[1]))
"""


@pytest.mark.parametrize("number", [1, 3, 6])
def test_a_run_killed_in_its_swap_is_undone_by_the_next(tmp_path: Path, number: int) -> None:
    publish(run(), tmp_path)
    old = contents(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(number)], cwd=ROOT, check=False)

    with reserve(tmp_path):
        sweep(tmp_path)

    assert done.returncode == 9
    assert contents(tmp_path) == old


def test_what_a_dead_run_left_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / ".run-1-0000dead" / "new" / "data").mkdir(parents=True)
    (tmp_path / ".run-1-0000dead" / "new" / "data" / "values.csv").write_text("half")
    (tmp_path / ".run-2-00000bad").mkdir()
    (tmp_path / ".run-2-00000bad" / "swapping").write_text('{"targets": ["data/va')
    publish(run(), tmp_path)

    assert sorted(contents(tmp_path)) == FILES


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "我的笔记.txt").write_text("x")
    (tmp_path / ".run-notes.txt").write_text("y")
    publish(run(), tmp_path)

    assert (tmp_path / "我的笔记.txt").read_text() == "x"
    assert (tmp_path / ".run-notes.txt").read_text() == "y"


HOLDER = """
import sys, time
from pathlib import Path
from consolidator.write import reserve
with reserve(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(30)
"""


def test_a_second_run_at_once_is_refused_in_under_a_second(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()
        with pytest.raises(EnvironmentProblem) as caught:
            publish(run(), tmp_path)
        waited = time.monotonic() - started
        holder.kill()

    assert caught.value.code == "E33"
    assert waited < 1
    publish(run(), tmp_path)


def test_a_run_that_holds_the_folder_may_publish_into_it(tmp_path: Path) -> None:
    with reserve(tmp_path):
        publish(run(), tmp_path)

    assert sorted(contents(tmp_path)) == FILES


class OpenInExcelError(PermissionError):
    winerror = 32


@pytest.fixture(params=["with links", "without links"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two ways of changing all files: that of Linux, and that of Windows."""
    if request.param == "without links":

        def refused(*_: object, **__: object) -> None:
            raise OSError(errno.EPERM, "a required privilege is not held by the client")

        monkeypatch.setattr("os.symlink", refused)


@pytest.mark.usefixtures("system")
def test_a_target_held_for_a_moment_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, tries = os.replace, []

    def busy_twice(source: Path, target: Path) -> None:
        tries.append(target)
        if len(tries) < 3:
            raise OpenInExcelError(errno.EACCES, "sharing violation", str(target))
        real(source, target)

    monkeypatch.setattr("os.replace", busy_twice)
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    publish(run(), tmp_path)

    assert sorted(contents(tmp_path)) == FILES


@pytest.mark.usefixtures("system")
def test_a_target_open_in_another_program_is_named_and_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(run(), tmp_path)
    old = contents(tmp_path)
    real, waits = os.replace, []

    def busy(source: Path, target: Path) -> None:
        if Path(target).name == "上报汇总表.xlsx" and ".run-" not in str(target) and "new" in Path(source).parts:
            raise OpenInExcelError(errno.EACCES, "sharing violation", str(source), 32, str(target))
        real(source, target)

    monkeypatch.setattr("os.replace", busy)
    monkeypatch.setattr("time.sleep", waits.append)
    with pytest.raises(EnvironmentProblem) as caught:
        publish(run(rejected=()), tmp_path)

    assert caught.value.code == "E31"
    assert caught.value.details["path"].endswith("上报汇总表.xlsx")
    assert sum(waits) == pytest.approx(2.5)
    assert contents(tmp_path) == old


def test_a_folder_that_may_not_be_written_is_an_environment_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(tmp_path / "x"))

    monkeypatch.setattr(Path, "mkdir", forbidden)
    with pytest.raises(EnvironmentProblem) as caught:
        publish(run(), tmp_path / "x")

    assert caught.value.code == "E32"


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(EnvironmentProblem) as caught:
        publish(run(), tmp_path / "out")

    assert caught.value.code == "E34"
    assert str(tmp_path / "out") in catalogue("zh").sentence("E34", "", caught.value.details)


def test_a_file_system_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unsupported(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", unsupported)
    publish(run(), tmp_path)
    publish(run(rejected=()), tmp_path)

    assert sorted(contents(tmp_path)) == FILES
