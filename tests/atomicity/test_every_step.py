"""Broken at any step of Python's, six small files show all that was there before or all that is new."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from consolidator.write.saving.swap import Stage, sweep
from tests.atomicity.steps import BREAKER, DeadError, death_at, once_at
from tests.atomicity.variants import FILES, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLD = {name: f"old {name}".encode() for name in FILES}
NEW = {name: f"new {name}".encode() for name in FILES}
FEW = {name: OLD[name] for name in FILES[1:5]}
BEFORE = pytest.mark.parametrize("before", [OLD, FEW, {}], ids=["after a run", "after a smaller one", "first run"])


@pytest.fixture
def without_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system such as Windows."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "a required privilege is not held by the client")

    monkeypatch.setattr("os.symlink", refused)


@pytest.fixture(params=["with links", "without links"])
def either(request: pytest.FixtureRequest) -> None:
    if request.param == "without links":
        request.getfixturevalue("without_links")


def put(out: Path, contents: dict[str, bytes]) -> None:
    """What `publish` does with finished files."""
    sweep(out)
    stage = Stage(out)
    try:
        for name, content in contents.items():
            with stage.file(name) as target:
                target.write(content)
        stage.swap()
    finally:
        stage.clear()


def set_up(out: Path, before: dict[str, bytes]) -> None:
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    (out / "我的笔记.txt").write_text("mine")
    (out / "附件").mkdir()
    (out / "附件" / "a.docx").write_text("mine too")
    if before:
        put(out, before)


def breaks(out: Path, fate: Callable[[int], None]) -> bool:
    """Publish the new files with a fate; whether something went wrong."""
    try:
        with BREAKER.watching(out, fate):
            put(out, NEW)
    except (DeadError, OSError, KeyboardInterrupt):
        return True
    return False


def mine(out: Path) -> list[str]:
    return [path.read_text() for path in (out / "我的笔记.txt", out / "附件" / "a.docx")]


def steps(out: Path, before: dict[str, bytes]) -> range:
    set_up(out, before)
    assert not breaks(out, death_at(10_000))
    assert BREAKER.count > 30
    return range(1, BREAKER.count + 1)


@BEFORE
def test_dead_at_any_step_all_is_old_or_all_is_new_and_the_next_run_needs_no_help(
    folder: Path, before: dict[str, bytes]
) -> None:
    out, ends = folder / "结果", []
    for step in steps(out, before):
        set_up(out, before)
        assert breaks(out, death_at(step))
        ends.append(shown(out))
        assert ends[-1] in (before, NEW), step
        assert mine(out) == ["mine", "mine too"]

        put(out, OLD)

        assert sorted(path.name for path in out.iterdir()) == sorted(["data", "我的笔记.txt", "附件", *FILES[4:]])
        assert shown(out) == OLD
        assert not any((out / name).is_symlink() for name in FILES)
    assert before in ends
    assert NEW in ends


@pytest.mark.slow
def test_dead_while_it_ends_what_a_dead_run_began_all_is_still_old_or_all_new(folder: Path) -> None:
    out, wrong = folder / "out", []
    for first in steps(out, OLD)[::4]:
        for second in range(1, 60, 3):
            set_up(out, OLD)
            breaks(out, death_at(first))
            state = shown(out)
            with suppress(DeadError), BREAKER.watching(out, death_at(second)):
                sweep(out)
            if shown(out) != state:
                wrong.append((first, second, "while sweeping"))
            sweep(out)
            if shown(out) != state or list(out.glob(".run-*")):
                wrong.append((first, second, "afterwards"))

    assert wrong == []


@pytest.mark.usefixtures("either")
@BEFORE
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=errno.errorcode.get)
def test_refused_at_any_step_the_old_files_stand_or_it_did_not_matter(
    folder: Path, before: dict[str, bytes], code: int
) -> None:
    out = folder / "out"
    for step in steps(out, before):
        set_up(out, before)
        failed = breaks(out, once_at(step, OSError(code, os.strerror(code))))
        assert shown(out) == (before if failed else NEW), step
        assert mine(out) == ["mine", "mine too"]


@pytest.mark.usefixtures("either")
@BEFORE
def test_interrupted_at_any_step_all_is_old_or_the_run_ends_as_if_it_had_not_been(
    folder: Path, before: dict[str, bytes]
) -> None:
    out = folder / "out"
    for step in steps(out, before):
        set_up(out, before)
        interrupted = breaks(out, once_at(step, KeyboardInterrupt()))
        assert shown(out) == (before if interrupted else NEW), step
        sweep(out)
        assert shown(out) == (before if interrupted else NEW), step


@pytest.mark.usefixtures("without_links")
def test_without_links_a_run_dead_at_any_step_is_undone_by_the_next(folder: Path) -> None:
    out = folder / "out"
    for step in steps(out, OLD):
        set_up(out, OLD)
        assert breaks(out, death_at(step))
        sweep(out)
        assert shown(out) in (OLD, NEW), step


def test_a_link_that_somebody_replaced_meanwhile_is_left_to_him(folder: Path) -> None:
    out, seen = folder / "out", False
    for step in steps(out, OLD):
        set_up(out, OLD)
        breaks(out, death_at(step))
        if (out / FILES[5]).is_symlink():
            (out / FILES[5]).unlink()
            (out / FILES[5]).write_bytes(b"saved by hand")
            sweep(out)
            seen = True
            assert (out / FILES[5]).read_bytes() == b"saved by hand"
            assert [shown(out)[name] for name in FILES[:5]] in (
                [OLD[name] for name in FILES[:5]],
                [NEW[name] for name in FILES[:5]],
            )
    assert seen


def test_a_folder_that_was_moved_after_a_kill_still_shows_one_run(folder: Path) -> None:
    out, seen = folder / "out", False
    for step in steps(out, OLD)[::2]:
        set_up(out, OLD)
        breaks(out, death_at(step))
        state = shown(out)
        moved = out.rename(folder / "搬到 别处")
        seen |= (moved / FILES[5]).is_symlink()
        assert shown(moved) == state
        put(moved, NEW)
        assert shown(moved) == NEW
        shutil.rmtree(moved)
    assert seen


def test_a_folder_of_somebody_else_is_not_swept(folder: Path) -> None:
    for name in (".run-backup", ".run-12-notours", ".running"):
        (folder / name).mkdir()
    (folder / ".run-7-12345678").symlink_to(folder / ".running")
    sweep(folder)

    assert sorted(path.name for path in folder.iterdir()) == [
        ".run-12-notours",
        ".run-7-12345678",
        ".run-backup",
        ".running",
    ]
