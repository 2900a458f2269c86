"""Part a sheet that holds the form more than once, one below the other: two units' forms, or last year's and this year's.

A table whose columns go on below, under the labels anew, is still one.

In: a sheet, the form's labels found on it. Out: for each form, the part of the sheet that is its own, at its own addresses.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from consolidator.locate.columns.parting import is_continued
from consolidator.locate.layout.regions import cut, part_at, texts_by_row, top_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.rows.match import Item
    from consolidator.model import Sheet

_REPEATED = 0.5  # of the labels of one form must come again below for the rest to be another form
_LEAST = 0.3  # of all labels of the form


def part(sheet: Sheet, form: Form, items: Sequence[Item]) -> Iterator[tuple[Sheet, tuple[Item, ...]]]:
    """Each form on the sheet with its labels, from top to bottom; the sheet itself where there is only one."""
    starts = _restarts(form, items)
    if not starts or is_continued(sheet, form, items):
        yield sheet, tuple(items)
        return
    rows = sorted(item.row for item in items)
    texts = texts_by_row(sheet)
    lasts = [rows[bisect_left(rows, start) - 1] for start in starts]
    tops = [1, *(top_of(texts, (form,), (form,), last, start) for last, start in zip(lasts, starts, strict=True))]
    mine: list[list[Item]] = [[] for _ in tops]
    for item in items:
        mine[part_at(tops, item.row)].append(item)
    for own, labels in zip(cut(sheet, tops), mine, strict=True):
        yield own, tuple(labels)


def _restarts(form: Form, items: Sequence[Item]) -> list[int]:
    """Rows at which the form begins anew, found in one pass: a hostile sheet may hold a thousand forms."""
    certain = list(dict.fromkeys((item.row, item.codes[0]) for item in items if len(item.codes) == 1))
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
