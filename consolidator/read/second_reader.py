"""A second opinion on binary workbooks, from python-calamine: it shares no code with the first reader.

In: bytes and the sheets that the first reader found. Out: the cells on which the two do not agree.
Never: a value taken over. A panic of the Rust code is a BaseException without a name to catch it by; it ends here.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from consolidator.model import CellKind
from consolidator.read import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.model import Cell, Sheet

_LARGEST_BOX = 2_000_000  # cells; calamine lays out the whole rectangle
_PANIC = "PanicException"


class Disagreement(NamedTuple):
    """A cell that one reader has and the other has not, or has with another number."""

    sheet: str
    cell: str
    contradiction: bool


def disagreements(content: bytes, sheets: Sequence[Sheet]) -> list[Disagreement]:
    """Number cells that calamine reads differently or not at all; none where calamine cannot read the file."""
    if any(_box(sheet) > _LARGEST_BOX for sheet in sheets):
        return []
    grids = _grids(content)
    if grids is None or len(grids) != len(sheets):
        return []
    return [
        Disagreement(sheet.name, cell.a1, contradiction)
        for sheet, grid in zip(sheets, grids, strict=True)
        for cell, contradiction in _compared(sheet, grid)
    ]


def _box(sheet: Sheet) -> int:
    rows = max((row for row, _ in sheet.cells), default=0)
    return rows * max((column for _, column in sheet.cells), default=0)


def _compared(sheet: Sheet, grid: list[list[Any]]) -> Iterator[tuple[Cell, bool]]:
    for (row, column), cell in sheet.cells.items():
        if cell.kind is not CellKind.NUMBER:
            continue
        line = grid[row - 1] if row <= len(grid) else []
        other = line[column - 1] if column <= len(line) else ""
        seen = _number(other)
        if seen is None:
            if other == "" or isinstance(other, str):
                yield cell, isinstance(other, str) and other != ""
        elif seen != cell.number:
            yield cell, True


def _number(value: object) -> Decimal | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Decimal(value)
    return values.from_double(value) if isinstance(value, float) else None


def _grids(content: bytes) -> list[list[list[Any]]] | None:
    import python_calamine  # noqa: PLC0415 - only needed for binary formats

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [entry.name for entry in book.sheets_metadata if entry.typ == python_calamine.SheetTypeEnum.WorkSheet]
        if len(set(names)) != len(names):
            return None
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names]
    except (python_calamine.CalamineError, OSError, ValueError):
        return None
    except BaseException as panic:
        if type(panic).__name__ != _PANIC:
            raise
        return None
