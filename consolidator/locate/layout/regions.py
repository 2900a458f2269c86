"""Part a sheet that holds different forms, one under the other: each form's rows and words are its own.

A form's territory is where labels and heads stand that only it has; labels that several forms share (政务微信 is a row
of one and another wording in the other) belong to whichever stands there. Versions of one form are never parted: which
of them a sheet holds is decided by their wordings. In: a sheet, the forms recognised on it. Out: `Region`s.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from consolidator.locate.columns.heads import find_heads
from consolidator.model import CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.rows.match import Item
    from consolidator.model import Area, Cell, Sheet

_KIN = 0.3  # of the wordings of the smaller form, shared: two versions of one form
_STRAY = 0.2  # of a form's longest run of own labels; a shorter run inside another form's is a coincidence
_LEAST = 2  # own labels or heads of a form that make a territory


class Claim(NamedTuple):
    """A form that was recognised on a sheet, with its labels there."""

    form: Form
    items: Sequence[Item]


class Region(Struct, frozen=True):
    """A part of a sheet, at its own addresses, and the ids of the forms (versions of one) that it may hold.

    `below` is what stands under the last form of the sheet, where one line may close all of them.
    """

    sheet: Sheet
    forms: frozenset[str]
    below: Sheet | None = None


class _Run(NamedTuple):
    family: int
    first: int
    last: int
    size: int


def regions(sheet: Sheet, claims: Sequence[Claim]) -> tuple[Region, ...]:
    """The parts of the sheet from top to bottom; the sheet itself where its forms cannot be told apart by their rows."""
    families = _families([claim.form for claim in claims])
    whole = (Region(sheet, frozenset(claim.form.id for claim in claims)),)
    if len(families) < 2:  # noqa: PLR2004 - one family has nobody to part from
        return whole
    claimed = [_claimed(sheet, [claim for claim in claims if claim.form in family]) for family in families]
    runs = _territories(claimed)
    if not runs:
        return whole
    texts = texts_by_row(sheet)
    tops = [1]
    for above, below in pairwise(runs):
        last = max(row for row, _ in claimed[above.family] if above.first <= row < below.first)
        tops.append(top_of(texts, families[below.family], families[above.family], last, below.first))
    end = max(row for row, _ in claimed[runs[-1].family] if row >= runs[-1].first)
    rest = replace(sheet, cells={place: cell for place, cell in sheet.cells.items() if place[0] > end}, merges=())
    return tuple(
        Region(part, frozenset(form.id for form in families[run.family]), rest if len(runs) > 1 else None)
        for run, part in zip(runs, cut(sheet, tops), strict=True)
    )


def cut(sheet: Sheet, tops: Sequence[int]) -> Iterator[Sheet]:
    """The sheet in parts, each from one of the rows `tops` (the first one is 1) to the next."""
    cells: list[dict[tuple[int, int], Cell]] = [{} for _ in tops]
    for place, cell in sheet.cells.items():
        cells[part_at(tops, place[0])][place] = cell
    merges: list[list[Area]] = [[] for _ in tops]
    for area in sheet.merges:
        merges[part_at(tops, area.top)].append(area)
    for number in range(len(tops)):
        yield replace(sheet, cells=cells[number], merges=tuple(merges[number]))


def part_at(tops: Sequence[int], row: int) -> int:
    """Number of the part, from 0, in which a row lies."""
    return bisect_right(tops, row) - 1


def texts_by_row(sheet: Sheet) -> dict[int, list[str]]:
    """The texts of the sheet, row by row."""
    texts: dict[int, list[str]] = defaultdict(list)
    for cell in sheet.cells.values():
        if cell.kind is CellKind.TEXT:
            texts[cell.row].append(cell.text)
    return texts


def top_of(
    texts: Mapping[int, Sequence[str]], forms: Iterable[Form], before: Iterable[Form], last: int, start: int
) -> int:
    """Where the heading of one of `forms` begins whose first label stands in row `start`; `before` it one ends at `last`.

    Titles open a heading; without one it begins under the lines that close the form before.
    """
    titles = {fold(title) for form in forms for title in (form.title, *form.title_aliases)}
    fields = (field for form in before for field in form.sign_off)
    signed = tuple(fold(word) for field in fields for word in field.wordings)
    closed = last
    for row in range(last + 1, start):
        bare = [fold(text) for text in texts.get(row, ())]
        if any(title in text for title in titles for text in bare):
            return row
        if any(text.startswith(signed) for text in bare):
            closed = row
    return closed + 1


def _families(forms: Sequence[Form]) -> list[list[Form]]:
    """The forms in groups of versions, in the given order."""
    families: list[list[Form]] = []
    for form in forms:
        kin = [family for family in families if any(_are_kin(form, other) for other in family)]
        for family in kin[1:]:
            kin[0].extend(family)
            families.remove(family)
        if kin:
            kin[0].append(form)
        else:
            families.append([form])
    return families


def _are_kin(one: Form, other: Form) -> bool:
    return len(one.wordings & other.wordings) >= _KIN * min(len(one.wordings), len(other.wordings))


def _claimed(sheet: Sheet, claims: Iterable[Claim]) -> set[tuple[int, int]]:
    """The cells that carry a label or a head of one of the forms."""
    cells: set[tuple[int, int]] = set()
    for form, items in claims:
        cells |= {(item.row, item.column) for item in items}
        for table in form.grids if form.keyed else ():
            cells |= {(head.cell.row, head.cell.column) for head in find_heads(sheet, table)}
    return cells


def _territories(claimed: Sequence[set[tuple[int, int]]]) -> list[_Run]:
    """The stretches of rows, from top to bottom, in which one family's own cells stand and no other's."""
    counts = Counter(cell for cells in claimed for cell in cells)
    own = sorted((row, number) for number, cells in enumerate(claimed) for row, _ in _only(cells, counts))
    while True:
        runs = [_run(number, [row for row, _ in group]) for number, group in groupby(own, key=lambda each: each[1])]
        longest = {number: max(run.size for run in runs if run.family == number) for _, number in own}
        strays = [run for run in runs if run.size < max(_LEAST, _STRAY * longest[run.family])]
        if not strays:
            return runs
        stray = min(strays, key=lambda run: run.size)
        own = [(row, number) for row, number in own if number != stray.family or not stray.first <= row <= stray.last]


def _only(cells: Iterable[tuple[int, int]], counts: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    return [cell for cell in cells if counts[cell] == 1]


def _run(family: int, rows: Sequence[int]) -> _Run:
    return _Run(family, rows[0], rows[-1], len(rows))
