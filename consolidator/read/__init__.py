"""The `read` room (读表): bytes into grids of cells, in any format a township may send.

In: `Submission`s. Out: `Workbook`s and `Refusal`s. Never: a row label looked at, a value changed, a file trusted.
"""

from typing import TYPE_CHECKING, Any

from consolidator.read.files.sniff import FileKind, sniff
from consolidator.read.limits import RESULTS
from consolidator.read.opening import open_workbook

if TYPE_CHECKING:
    from consolidator.read.workers.pool import read_all

__all__ = ["RESULTS", "FileKind", "open_workbook", "read_all", "sniff"]


def __getattr__(name: str) -> Any:
    """`read_all`, when it is asked for: a worker, which is in this room too, has no workers of its own."""
    if name != "read_all":
        raise AttributeError(name)
    from consolidator.read.workers.pool import read_all  # noqa: PLC0415 - what starts processes

    return read_all
