"""`python -m benchmarks`: generate what is missing, measure, tell."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.contest import CONTESTANTS, Ring, Runs, rounds_of
from benchmarks.inboxes import FILES
from benchmarks.measure import ROOT
from benchmarks.report import as_json, page, table

_FOLDER = Path(tempfile.gettempdir()) / "consolidator-benchmarks"


def main() -> None:
    """Measure the sizes asked for, print the table, write the JSON and the page."""
    asked = _asked()
    if asked.profile:
        _profile(asked.profile, asked.folder)
        return
    measured = json.loads(asked.read.read_text(encoding="utf-8")) if asked.read else _measure(asked)
    print(table(measured))
    if not asked.read:
        asked.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")
        print(f"\n{asked.json}")
    if asked.write:
        asked.write.write_text(page(measured), encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sizes", default="county,prefecture,province", help=", ".join(FILES))
    parser.add_argument("--repeat", type=int, help="rounds of every size (default: 9, 5, 3 and 1)")
    parser.add_argument("--folder", type=Path, default=_FOLDER, help="where inboxes are generated and outputs written")
    parser.add_argument("--json", type=Path, help="what was measured (default: measured.json in the folder)")
    parser.add_argument("--read", type=Path, metavar="JSON", help="measure nothing: tell what was measured before")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="write the page, such as docs/performance.md")
    parser.add_argument("--profile", choices=tuple(FILES), metavar="SIZE", help="profile one run of the tool instead")
    asked = parser.parse_args()
    asked.json = asked.json or asked.folder / "measured.json"
    asked.sizes = asked.sizes.split(",")
    if unknown := set(asked.sizes) - set(FILES):
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    return asked


def _measure(asked: argparse.Namespace) -> dict[str, object]:
    rings = list(rounds_of(asked.sizes, asked.repeat))
    for size in dict.fromkeys(("county", *asked.sizes)):
        _generate(size, asked.folder)
    _warm_up(asked.folder)
    runs = Runs()
    for size, rounds in rings:
        Ring(size, asked.folder, runs, _tell).go(rounds)
    return as_json(runs)


def _warm_up(folder: Path) -> None:
    """Every contestant once with the smallest inbox, uncounted: their libraries get compiled and into memory."""
    names = dict.fromkeys(name for contestants in CONTESTANTS.values() for name in contestants)
    Ring("county", folder, Runs(), lambda _: None).go(1, tuple(names))


def _generate(size: str, folder: Path) -> None:
    """In a process of its own: whoever measures others must stay small."""
    command = [sys.executable, "-m", "benchmarks.generate", size, str(folder)]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own words


def _profile(size: str, folder: Path) -> None:
    _generate(size, folder)
    here = folder / size
    words = [str(here / "inbox"), "--campaign", str(here / "campaign.toml"), "--out", str(here / "profiled")]
    subprocess.run([sys.executable, "-m", "benchmarks.profiling", *words], check=True, cwd=ROOT)  # noqa: S603


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
