"""Runs of the program as a person makes them: the command line, in a process of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTY = ROOT / "sample_workbooks" / "county-2016"


def consolidator(*words: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "consolidator", *map(str, words)]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment}
    return subprocess.run(
        command, cwd=cwd, env=variables, capture_output=True, text=True, encoding="utf-8", check=False
    )


def county_run(folder: Path) -> tuple[Path, Path]:
    """The sample county, copied and run: its inbox and its output folder."""
    county = folder / "county-2016"
    shutil.copytree(COUNTY, county)
    out = folder / "out"
    done = consolidator("run", county / "inbox", "--campaign", county / "campaign.toml", "--out", out)
    assert done.returncode == 1, done.stderr
    return county / "inbox", out
