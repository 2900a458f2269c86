"""Part a sheet that holds the form more than once, one below the other: two units' forms, or last year's and this year's.

In: a sheet, the form's labels found on it. Out: for each form, the part of the sheet that is its own, at its own addresses.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.match import Item
    from consolidator.model import Sheet

_REPEATED = 0.5  # of the labels of one form must come again below for the rest to be another form
_LEAST = 0.3  # of all labels of the form


def part(sheet: Sheet, form: Form, items: Sequence[Item]) -> Iterator[tuple[Sheet, tuple[Item, ...]]]:
    """Each form on the sheet with its labels, from top to bottom; the sheet itself where there is only one."""
    starts = _restarts(form, items)
    if not starts:
        yield sheet, tuple(items)
        return
    rows = [item.row for item in items]
    tops = [1]
    for start in starts:
        last = max(row for row in rows if row < start)
        tops.append(_top(sheet, form, last, start))
    for top, following in zip(tops, [*tops[1:], 1 << 30], strict=True):
        mine = tuple(item for item in items if top <= item.row < following)
        yield _rows(sheet, top, following), mine


def _restarts(form: Form, items: Sequence[Item]) -> list[int]:
    """Rows at which the form begins anew."""
    certain = [(item.row, item.codes[0]) for item in items if len(item.codes) == 1]
    least = _LEAST * len(form.rows)
    starts: list[int] = []
    current: set[str] = set()
    lowest = {code: place for place, (_, code) in enumerate(certain)}
    for place, (row, code) in enumerate(certain):
        if code in current:
            below = {each for each, last in lowest.items() if last >= place}
            if len(current & below) >= max(least, _REPEATED * len(current)):
                starts.append(row)
                current = set()
        current.add(code)
    return starts


def _top(sheet: Sheet, form: Form, last: int, start: int) -> int:
    """Where the heading of the form begins whose first label stands in row `start`; the one before ends at `last`."""
    titles = {fold(title) for title in (form.title, *form.title_aliases)}
    signed = [fold(word) for field in form.sign_off for word in (field.label, *field.aliases)]
    titled, closed = start, last
    for cell in sheet.cells.values():
        if cell.kind is not CellKind.TEXT or not last < cell.row < start:
            continue
        bare = fold(cell.text)
        if any(title in bare for title in titles):
            titled = min(titled, cell.row)
        elif any(bare.startswith(word) for word in signed):
            closed = max(closed, cell.row)
    return titled if titled < start else closed + 1


def _rows(sheet: Sheet, top: int, following: int) -> Sheet:
    return replace(
        sheet,
        cells={place: cell for place, cell in sheet.cells.items() if top <= place[0] < following},
        merges=tuple(area for area in sheet.merges if top <= area.top < following),
    )
