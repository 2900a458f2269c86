"""Two runs of one small county that differ in every output file, and what to compare."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tests.write.fabricate import Plan, county

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Consolidation

FILES = (
    "data/findings.csv",
    "data/run.json",
    "data/submissions.csv",
    "data/values.csv",
    "上报汇总表.xlsx",
    "汇总审核表.xlsx",
)


def variant(name: str, inbox: Path) -> Consolidation:
    """The run called `old` or `new`."""
    units, rejected = {"old": (3, (1,)), "new": (4, ())}[name]
    made = replace(county(units=units, plan=Plan(rejected=rejected, conflict=(), missing=(2,), blank=())), inbox=inbox)
    if name == "old":
        return made
    return replace(made, record=replace(made.record, created=made.record.created + timedelta(days=1)))


def shown(out: Path) -> dict[str, bytes]:
    """The outputs as a reader finds them; those that cannot be read are left out."""
    return {name: (out / name).read_bytes() for name in FILES if (out / name).exists()}


def tidy(out: Path) -> bool:
    """Whether the folder holds six plain files, its lock, perhaps its memory of what was read, and nothing else."""
    held = {path.relative_to(out).as_posix() for path in out.rglob("*")} - {".cache", ".cache/.seen"}
    return held == {*FILES, "data", ".lock"} and not any((out / name).is_symlink() for name in FILES)


def fingerprint(folder: Path) -> dict[str, tuple[bytes, int, int]]:
    """Content, mode and time of change of every file of a folder, and of the folders themselves."""
    return {
        path.relative_to(folder).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            path.stat().st_mode,
            path.stat().st_mtime_ns,
        )
        for path in [folder, *folder.rglob("*")]
    }


def make_inbox(inbox: Path) -> Path:
    """A folder of filings; what is in them does not matter here."""
    (inbox / "黄渠桥镇").mkdir(parents=True)
    (inbox / "城关镇2016年统计表.xlsx").write_bytes(b"PK one")
    (inbox / "黄渠桥镇" / "统计表.xls").write_bytes(b"two")
    return inbox
