"""A second opinion on binary workbooks, from python-calamine: it shares no code with the first reader.

In: bytes and the sheets that the first reader found. Out: the cells on which the two do not agree.
Never: a value taken over. A panic of the Rust code is a BaseException without a name to catch it by; it ends here.
"""

from __future__ import annotations

import io
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from consolidator.model import CellKind, a1
from consolidator.read.cells import values

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.model import Sheet

_LARGEST_BOX = 2_000_000  # cells; calamine lays out the whole rectangle
_PANIC = "PanicException"


class Disagreement(NamedTuple):
    """A cell that only one reader has (`alone`: the first), or of which both have a different number."""

    sheet: str
    cell: str
    contradiction: bool
    alone: bool = False


def disagreements(content: bytes, sheets: Sequence[Sheet]) -> list[Disagreement] | None:
    """Cells that calamine reads differently, not at all, or alone; None where calamine cannot read the file."""
    if any(_box(sheet) > _LARGEST_BOX for sheet in sheets):
        return None
    grids = _grids(content)
    if grids is None or len(grids) != len(sheets):
        return None
    return [each for sheet, grid in zip(sheets, grids, strict=True) for each in _compared(sheet, grid)]


def _box(sheet: Sheet) -> int:
    rows = max((row for row, _ in sheet.cells), default=0)
    return rows * max((column for _, column in sheet.cells), default=0)


def _compared(sheet: Sheet, grid: list[list[Any]]) -> Iterator[Disagreement]:
    seen = {
        (row, column): value
        for row, line in enumerate(grid, start=1)
        for column, value in enumerate(line, start=1)
        if value != ""
    }
    for (row, column), cell in sheet.cells.items():
        value = seen.pop((row, column), None)
        if cell.kind is not CellKind.NUMBER:
            continue
        if value is None:
            yield Disagreement(sheet.name, cell.a1, contradiction=False, alone=True)
        elif isinstance(value, str) or _number(value) not in (None, cell.number):
            yield Disagreement(sheet.name, cell.a1, contradiction=True)
    for row, column in seen:
        yield Disagreement(sheet.name, a1(row, column), contradiction=False)


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
