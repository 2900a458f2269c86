"""The heads over a head: of a merged cell over several columns, or of one in the first of them with empty cells beside.

In: a sheet, the place of a head. Out: the words over it, from the nearest up. Never: a judgement of what they say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consolidator.model import Cell, Sheet

_LINES = 3  # over a head, among which the head of its group is looked for


def words_over(sheet: Sheet, row: int, column: int) -> Iterator[str]:
    """What stands over a head, line by line."""
    for line in range(row - 1, max(0, row - 1 - _LINES), -1):
        cell = sheet.seen_at(line, column)
        if cell is None or not fold(cell.text):
            cell = _to_the_left(sheet, line, column)
        if cell is not None:
            yield cell.text


def _to_the_left(sheet: Sheet, row: int, column: int) -> Cell | None:
    """The nearest text left of an empty cell, unless it is merged over columns, and so says how far it reaches."""
    left = [cell for cell in sheet.lines.get(row, ()) if cell.column < column and fold(cell.text)]
    nearest = max(left, key=lambda cell: cell.column, default=None)
    area = sheet.area_at(nearest.row, nearest.column) if nearest is not None else None
    return nearest if area is None or area.left == area.right else None
