"""A Dask cluster of two worker processes on this machine, started before the clock runs and ended after it.

In: nothing. Out: the scheduler's address.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKERS = 2
_CLUSTER = f"""
import sys
from distributed import LocalCluster

if __name__ == "__main__":
    with LocalCluster(n_workers={WORKERS}, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""

CONNECT = """
import sys, time
started = time.perf_counter()
from distributed import Client
Client(sys.argv[1], set_as_default=False).close()
print(time.perf_counter() - started)
"""
"""A program that prints how many seconds it takes to load Dask's client and to connect to the address it is given."""


@contextmanager
def local_cluster() -> Iterator[str]:
    """The cluster while the block runs. It is a child of its own, so that the runner stays small."""
    child = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-c", _CLUSTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert child.stdout is not None  # noqa: S101 - a pipe, as asked for above
        yield child.stdout.readline().decode().strip()
    finally:
        child.communicate()
