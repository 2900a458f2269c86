"""The memory beside the outputs: kept in one step, and without a word where it cannot be."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from consolidator.write import keep, recollect
from consolidator.write.saving import memory as room

if TYPE_CHECKING:
    from pathlib import Path

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as POSIX has them")


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    keep(tmp_path, b"first")
    keep(tmp_path, b"second")

    assert recollect(tmp_path) == b"second"
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == [".seen"]


def test_nothing_comes_back_where_nothing_is(tmp_path: Path) -> None:
    assert recollect(tmp_path) is None
    assert recollect(tmp_path / "nowhere") is None


def test_what_dead_runs_left_is_cleared_away(tmp_path: Path) -> None:
    keep(tmp_path, b"first")
    (tmp_path / ".cache" / ".new-12345678").write_bytes(b"half")
    keep(tmp_path, b"second")

    assert [path.name for path in (tmp_path / ".cache").iterdir()] == [".seen"]


def test_a_disk_that_refuses_is_no_trouble_and_the_old_memory_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    keep(tmp_path, b"first")
    monkeypatch.setattr(room, "replace", refuse)
    keep(tmp_path, b"second")

    assert recollect(tmp_path) == b"first"
    assert [path.name for path in (tmp_path / ".cache").iterdir()] == [".seen"]


def test_a_memory_of_an_absurd_size_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path, b"12345")
    monkeypatch.setattr(room, "_LARGEST", 4)

    assert recollect(tmp_path) is None


@posix
def test_links_are_not_followed_to_what_others_own(tmp_path: Path) -> None:
    treasure = tmp_path / "treasure"
    treasure.write_bytes(b"gold")
    out, linked = tmp_path / "out", tmp_path / "linked"
    (out / ".cache").mkdir(parents=True)
    (out / ".cache" / ".seen").symlink_to(treasure)
    linked.mkdir()
    (linked / ".cache").symlink_to(out / ".cache")

    assert recollect(out) is None
    keep(linked, b"mine")
    assert recollect(linked) is None
    keep(out, b"mine")
    assert recollect(out) == b"mine"
    assert treasure.read_bytes() == b"gold"


@posix
@pytest.mark.parametrize("kind", ["folder", "pipe"])
def test_what_is_no_file_is_not_waited_for(kind: str, tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    seen = tmp_path / ".cache" / ".seen"
    if kind == "folder":
        seen.mkdir()
    else:
        os.mkfifo(seen)

    assert recollect(tmp_path) is None


@posix
def test_a_file_in_the_place_of_its_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_bytes(b"somebody's")
    keep(tmp_path, b"mine")

    assert recollect(tmp_path) is None
    assert (tmp_path / ".cache").read_bytes() == b"somebody's"
