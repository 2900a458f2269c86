"""The `read` room (读表): bytes into grids of cells, in any format a township may send.

In: `Submission`s. Out: `Workbook`s and `Refusal`s. Never: a row label looked at, a value changed, a file trusted.
"""

from consolidator.read.limits import RESULTS
from consolidator.read.opening import open_workbook
from consolidator.read.pool import read_all
from consolidator.read.sniff import FileKind, sniff

__all__ = ["RESULTS", "FileKind", "open_workbook", "read_all", "sniff"]
