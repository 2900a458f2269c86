"""Part a sheet that holds the form more than once, one below the other: two units' forms, or last year's and this year's.

In: a sheet, the form's labels found on it. Out: for each form, the part of the sheet that is its own, at its own addresses.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.match import Item
    from consolidator.model import Area, Cell, Sheet

_REPEATED = 0.5  # of the labels of one form must come again below for the rest to be another form
_LEAST = 0.3  # of all labels of the form


def part(sheet: Sheet, form: Form, items: Sequence[Item]) -> Iterator[tuple[Sheet, tuple[Item, ...]]]:
    """Each form on the sheet with its labels, from top to bottom; the sheet itself where there is only one."""
    starts = _restarts(form, items)
    if not starts:
        yield sheet, tuple(items)
        return
    rows = sorted(item.row for item in items)
    texts = _texts_by_row(sheet)
    lasts = [rows[bisect_left(rows, start) - 1] for start in starts]
    tops = [1, *(_top(texts, form, last, start) for last, start in zip(lasts, starts, strict=True))]
    cells: list[dict[tuple[int, int], Cell]] = [{} for _ in tops]
    for place, cell in sheet.cells.items():
        cells[_form_at(tops, place[0])][place] = cell
    merges: list[list[Area]] = [[] for _ in tops]
    for area in sheet.merges:
        merges[_form_at(tops, area.top)].append(area)
    mine: list[list[Item]] = [[] for _ in tops]
    for item in items:
        mine[_form_at(tops, item.row)].append(item)
    for number in range(len(tops)):
        yield replace(sheet, cells=cells[number], merges=tuple(merges[number])), tuple(mine[number])


def _form_at(tops: Sequence[int], row: int) -> int:
    """Number of the form, from 0, in whose part of the sheet a row lies."""
    return bisect_right(tops, row) - 1


def _restarts(form: Form, items: Sequence[Item]) -> list[int]:
    """Rows at which the form begins anew, found in one pass: a hostile sheet may hold a thousand forms."""
    certain = [(item.row, item.codes[0]) for item in items if len(item.codes) == 1]
    least = _LEAST * len(form.grid_rows)
    lowest = {code: place for place, (_, code) in enumerate(certain)}
    starts: list[int] = []
    current: set[str] = set()
    again = 0  # labels of the current form that come once more, here or below
    for place, (row, code) in enumerate(certain):
        if code in current and again >= max(least, _REPEATED * len(current)):
            starts.append(row)
            current, again = set(), 0
        if code not in current:
            current.add(code)
            again += 1
        if lowest[code] == place:
            again -= 1
    return starts


def _texts_by_row(sheet: Sheet) -> dict[int, list[str]]:
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in sheet.cells.values():
        if cell.kind is CellKind.TEXT:
            texts[cell.row].append(cell.text)
    return texts


def _top(texts: Mapping[int, Sequence[str]], form: Form, last: int, start: int) -> int:
    """Where the heading of the form begins whose first label stands in row `start`; the one before ends at `last`."""
    titles = {fold(title) for title in (form.title, *form.title_aliases)}
    signed = tuple(fold(word) for field in form.sign_off for word in (field.label, *field.aliases))
    closed = last
    for row in range(last + 1, start):
        bare = [fold(text) for text in texts.get(row, ())]
        if any(title in text for title in titles for text in bare):
            return row
        if any(text.startswith(signed) for text in bare):
            closed = row
    return closed + 1
