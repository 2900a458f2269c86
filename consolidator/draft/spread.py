"""Names over sets of heads that stand side by side, as areas, where the file has no merged cells (exports, plain text).

In: the cells of a sheet. Out: for each such name the area that it stands over. Source: a row of heads that repeats the same
words several times (结果维持 … 总计, 结果维持 … 总计) tells how wide a set is, and where each begins.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.draft.words import is_lone_field
from consolidator.model import Area, CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.model import Cell

_ABOVE = 3  # rows over the heads in which names may stand
_NARROWEST = 2  # heads of a set


def spread_names(cells: Mapping[tuple[int, int], Cell]) -> Iterator[Area]:
    """The area of every name over a set of heads."""
    rows: dict[int, list[Cell]] = {}
    for (row, _), cell in sorted(cells.items()):
        if cell.text.strip():
            rows.setdefault(row, []).append(cell)
    for row, heads in rows.items():
        starts = _starts(heads)
        for above in range(row - 1, row - 1 - _ABOVE, -1):
            names = [name for name in rows.get(above, []) if name.column >= heads[0].column]
            columns = [name.column for name in names]
            if not starts or not names or not set(columns) <= set(starts) or any(map(_is_no_name, names)):
                break
            ends = [*columns[1:], heads[-1].column + 1]
            yield from (Area(above, left, above, end - 1) for left, end in zip(columns, ends, strict=True))


def _starts(heads: Sequence[Cell]) -> list[int]:
    """The columns at which sets of the same heads begin; none where the row does not repeat itself."""
    texts = [fold(cell.text) for cell in heads]
    gapless = all(after.column - before.column == 1 for before, after in pairwise(heads))
    if not gapless or any(map(_is_no_word, heads)):
        return []
    for width in range(_NARROWEST, len(texts) // 2 + 1):
        if len(set(texts[:width])) == width and texts == texts[:width] * (len(texts) // width):
            return [cell.column for cell in heads[::width]]
    return []


def _is_no_word(cell: Cell) -> bool:
    return cell.kind is not CellKind.TEXT or fold(cell.text).replace(".", "").isdigit()


def _is_no_name(cell: Cell) -> bool:
    return _is_no_word(cell) or is_lone_field(cell.text)
