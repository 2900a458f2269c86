"""Part a sheet that holds the form more than once, one beside the other: this year's and last year's, two units' forms.

In: a sheet, the form's labels found on it. Out: for each copy, the part of the sheet that is its own, at its own addresses.
Never: a form parted that is printed in panels or blocks of columns; one whose further copy has no heading of its own.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from consolidator.form.choices import Arrangement
from consolidator.locate.columns.headers import SERIAL, header_rows, means
from consolidator.locate.columns.heads import count_of, find_heads
from consolidator.locate.columns.parting import is_continued
from consolidator.model import Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet

_HALF = 2  # of one copy's labels must every other copy have
_LEAST = 2  # labels that make a copy
_ENDLESS = 1 << 30


class _Copy(NamedTuple):
    """One copy: its part of the sheet, from the column `left` on, and its labels."""

    sheet: Sheet
    items: tuple[Item, ...]
    left: int


def abreast(sheet: Sheet, form: Form, items: Sequence[Item]) -> Sequence[Sheet]:
    """Each form on the sheet, from left to right; the sheet itself where there is only one."""
    starts = _restarts(items)
    copies = _parted(sheet, form, items, starts) if starts and not is_continued(sheet, form, items) else []
    if _are_beside(copies) and all(_has_heads(copy, form) for copy in copies) and _are_headed(copies, form):
        return [copy.sheet for copy in copies]
    return [sheet]


def _restarts(items: Sequence[Item]) -> list[int]:
    """The columns in which the labels begin anew."""
    columns: dict[int, set[str]] = defaultdict(set)
    for item in items:
        if len(item.codes) == 1:
            columns[item.column].add(item.codes[0])
    copies: list[set[str]] = [set()]
    starts = []
    for column in sorted(columns):
        mine = columns[column]
        if len(mine) >= _LEAST and len(mine & copies[-1]) * _HALF >= len(mine):
            starts.append(column)
            copies.append(set())
        copies[-1] |= mine
    alike = all(len(one & other) * _HALF >= max(len(one), len(other)) for one, other in pairwise(copies))
    return starts if alike else []


def _parted(sheet: Sheet, form: Form, items: Sequence[Item], starts: Sequence[int]) -> list[_Copy]:
    """The copies, cut where each begins; what is merged over several of them stands over each."""
    if any(table.arrangement is Arrangement.ACROSS for table in form.grids):
        return []
    top = min(item.row for item in items)
    heads = {cell.column for cell in sheet.texts if cell.row < top and means(cell.text, SERIAL)}
    lefts = [1, *(start - (start - 1 in heads) for start in starts)]
    copies = []
    for left, after in pairwise((*lefts, _ENDLESS)):
        cells = {place: cell for place, cell in sheet.cells.items() if left <= place[1] < after}
        merges = [area for area in sheet.merges if left <= area.left < after]
        for area in sheet.merges:
            over = sheet.at(area.top, area.left)
            if over is not None and area.left < left <= area.right and area.bottom < top:
                cells[area.top, area.left] = over
                merges.append(area)
        own = tuple(item for item in items if left <= item.column < after)
        copies.append(_Copy(replace(sheet, cells=cells, merges=tuple(merges)), own, left))
    return copies


def _are_beside(copies: Sequence[_Copy]) -> bool:
    """Whether the copies stand on the same rows, none under another."""
    firsts = [min(item.row for item in copy.items) for copy in copies]
    lasts = [max(item.row for item in copy.items) for copy in copies]
    return len(copies) > 1 and max(firsts) <= min(lasts)


def _has_heads(copy: _Copy, form: Form) -> bool:
    """Whether a copy has the heads of the form's columns."""
    if not form.keyed:
        return all(header_rows(copy.sheet, table) for table in form.grids)
    return all(count_of(find_heads(copy.sheet, table)) * _HALF >= len(table.columns) for table in form.grids)


def _are_headed(copies: Sequence[_Copy], form: Form) -> bool:
    """Whether each further copy says over it whose or of when it is, and the first one says as much."""
    said = {kind for copy in copies[1:] for kind in _said_over(copy, form, copy.left)}
    own = all(_said_over(copy, form, copy.left) for copy in copies[1:])
    return own and all(said <= _said_over(copy, form, 1) for copy in copies)


def _said_over(copy: _Copy, form: Form, left: int) -> set[str]:
    """What the words over a copy from the column `left` on say: whose it is, of which period."""
    top = min(item.row for item in copy.items)
    texts = [cell.text for cell in copy.sheet.texts if cell.row < top and cell.column >= left]
    asked = tuple(map(fold, form.filer_labels))
    kinds = {"filer" for text in texts if fold(text).startswith(asked)}
    return kinds | {"period" for text in texts if Period.all_in(text)}


def under(sheet: Sheet, copy: Sheet, items: Sequence[Item]) -> Sheet | None:
    """What stands under the labels of a sheet of which only a part is a form's, where one line may close all of them."""
    if copy is sheet:
        return None
    last = max(item.row for item in items)
    return replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if place[0] > last}, merges=())
