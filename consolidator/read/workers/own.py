"""What our own runs wrote, among the files of an inbox: nobody's form, whoever saved it again or renamed it.

In: the bytes of a file, or its workbook. Out: why it is passed over. Never: a blank form of ours, which comes back filled;
a county's one sheet of totals, which may be its form to those above it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.frames import FINDINGS, OBSERVATIONS, SUBMISSIONS
from consolidator.model import REVIEW, SUMMARY, Refusal, Status
from consolidator.patterns import regex

if TYPE_CHECKING:
    from consolidator.model import Sheet, Workbook

_TABLES = tuple(",".join(columns).encode() for columns in (FINDINGS, OBSERVATIONS, SUBMISSIONS))
_RECORD = b'{\n  "counts": {'  # as run.json begins, whose keys are in order
_BOM = b"\xef\xbb\xbf"
_COVERAGE = regex(
    r"(?:应报 ?\d+|应报数不详.{0,9})\s+已报 ?\d+\s+已汇总 ?\d+|Required:? .{1,25}\s+received \d+\s+consolidated \d+"
)
_TOP, _LEFT = range(1, 5), range(1, 5)  # where our sheets say who is in their totals
_LEAST = 2  # sheets of a workbook that say so


def own_text(content: bytes) -> Refusal | None:
    """A file of `data/`, by its first line."""
    head = content[:200].removeprefix(_BOM)
    return Refusal(Status.IGNORED, "B05", "tables") if head.startswith((*_TABLES, _RECORD)) else None


def own_workbook(workbook: Workbook) -> Refusal | None:
    """A workbook of totals, by its properties; where these are lost, by what its sheets say of who is in them."""
    if REVIEW in workbook.properties:
        return Refusal(Status.IGNORED, "B05", "output")
    several = len(workbook.sheets) >= _LEAST
    if SUMMARY in workbook.properties or (several and sum(map(_says_coverage, workbook.sheets[:9])) >= _LEAST):
        return Refusal(Status.IGNORED, "B05", "summary")
    return None


def _says_coverage(sheet: Sheet) -> bool:
    cells = (sheet.cells.get((row, column)) for row in _TOP for column in _LEFT)
    return any(cell is not None and _COVERAGE.search(cell.text) for cell in cells)
