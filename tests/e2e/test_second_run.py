"""A second run reads only what changed, and gives what a first one would, byte for byte."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from consolidator import read
from consolidator.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from consolidator.model import Submission

COUNTY = Path(__file__).resolve().parents[2] / "sample_workbooks" / "county-2016"
CORRECTED = "inbox/宝丰镇报表.xlsx"
LIKE = "inbox/高庄乡（盖章版）.xlsx"


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1484000000")
    return Path(shutil.copytree(COUNTY, tmp_path / "county"))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really read, in the order of the runs."""
    names: list[str] = []
    read_all: Callable[..., Any] = read.read_all

    def watched(submissions: Iterable[Submission], **options: Any) -> Any:
        submissions = tuple(submissions)
        names.extend(each.file for each in submissions)
        return read_all(submissions, **options)

    monkeypatch.setattr(read, "read_all", watched)
    return names


def outputs(county: Path, out: Path) -> dict[str, bytes]:
    words = [
        "run",
        str(county / "inbox"),
        "--campaign",
        str(county / "campaign.toml"),
        "--out",
        str(out),
        "--jobs",
        "0",
    ]
    cli(words, standalone_mode=False)
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file() and not path.relative_to(out).parts[0].startswith(".")
    }


def test_an_unchanged_inbox_is_not_read_again_and_a_strange_memory_is_as_good_as_none(
    county: Path, asked: list[str]
) -> None:
    first = outputs(county, county / "out")
    seen = county / "out" / ".cache" / ".seen"
    kept, everything = seen.read_bytes(), list(asked)
    asked.clear()

    assert outputs(county, county / "out") == first
    assert asked == []

    seen.write_bytes(b"\x80\x05cos\nsystem\n(S'false'\ntR.")

    assert outputs(county, county / "out") == first
    assert asked == everything
    assert len(everything) >= 12
    assert seen.read_bytes() == kept


def test_one_corrected_file_is_read_alone_and_counts(county: Path, asked: list[str]) -> None:
    before = outputs(county, county / "out")
    shutil.copyfile(county / LIKE, county / CORRECTED)
    asked.clear()
    after = outputs(county, county / "out")

    assert asked == [CORRECTED.partition("/")[2]]
    assert after != before
    shutil.rmtree(county / "out")
    assert after == outputs(county, county / "out")
