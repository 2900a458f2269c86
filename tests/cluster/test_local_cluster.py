"""A real cluster of separate processes: a whole run, byte for byte, and a worker killed midway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.cluster.test_cluster import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
OUTPUTS = (
    "汇总审核表.xlsx",
    "上报汇总表.xlsx",
    "data/values.csv",
    "data/findings.csv",
    "data/submissions.csv",
    "data/run.json",
)
SERVE = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        print(*[worker.pid for worker in cluster.workers.values()], flush=True)
        sys.stdin.read()
"""
pytestmark = [pytest.mark.slow]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Any]:
    pytest.importorskip("distributed")
    script = tmp_path / "serve.py"
    script.write_text(SERVE, encoding="utf-8")
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, env=variables, cwd=tmp_path,
    )  # fmt: skip
    assert process.stdout
    assert process.stdin
    address = process.stdout.readline().strip()
    pids = [int(pid) for pid in process.stdout.readline().split()]
    yield address, pids
    process.stdin.close()
    process.stdout.close()
    process.wait(timeout=60)


def run(folder: Path, out: str, *options: str) -> dict[str, bytes]:
    command = [sys.executable, "-m", "consolidator", "run", str(folder / "inbox"), "--period", "2016"]
    variables = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1484000000"}
    done = subprocess.run(
        [*command, "--out", str(folder / out), *options], env=variables, capture_output=True, text=True, check=False,
        timeout=300,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return {name: (folder / out / name).read_bytes() for name in OUTPUTS}


def test_a_run_on_a_cluster_gives_the_same_bytes_even_when_a_worker_is_killed(
    tmp_path: Path, served: tuple[str, list[int]]
) -> None:
    address, pids = served
    (tmp_path / "inbox").mkdir()
    filled(tmp_path / "inbox", 300)
    (tmp_path / "inbox" / "坏.xlsx").write_bytes(b"PK\3\4 broken")
    here = run(tmp_path, "here")

    assert run(tmp_path, "there", "--cluster", address) == here

    def kill() -> None:
        time.sleep(2.5)  # the client is connected, tasks are under way
        os.kill(pids[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    assert run(tmp_path, "killed", "--cluster", address) == here
    killer.join()
