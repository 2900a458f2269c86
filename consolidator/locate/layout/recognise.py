"""How well forms fit sheets: which of them are recognised, alone, beside one another or as versions of one another.

In: sheets, forms that are asked for and others that are known. Out: `Match`es with their part of the sheet.
Never: a form recognised by its place or by the sheet's name.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.locate.columns.coincidence import without_heads
from consolidator.locate.columns.heads import count_of, find_heads
from consolidator.locate.layout.abreast import abreast, under
from consolidator.locate.layout.allotting import renumbered
from consolidator.locate.layout.blocks import part
from consolidator.locate.layout.regions import Claim, Region, regions
from consolidator.locate.layout.strips import strips
from consolidator.locate.rows.match import SHARE, Item, LabelIndex, find_items
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Cell, Sheet, Workbook

ROWS = 5  # labels, or all of a smaller form's, without which a share says nothing
_ROWS_WITH_HEADS, _HEADS = 4, 4  # row labels and column heads that suffice together
_HALF = 2  # of a small form: every second label and every second head suffice together
_NEIGHBOUR = 4  # wordings that no form asked for has, on a sheet that may hold another form beside one that is


class Match(Struct, frozen=True, dict=True):
    """A form on a sheet, or on its own part of it: its labels, how many of its rows and heads they are.

    `below` is what stands under the last form of a sheet that holds several.
    """

    form: Form
    sheet: Sheet
    items: tuple[Item, ...]
    found: int
    share: float
    below: Sheet | None = None

    @cached_property
    def heads(self) -> int:
        """How many of the form's column heads stand on the sheet, where columns have keys."""
        tables = self.form.grids if self.form.keyed else ()
        return sum(count_of(find_heads(self.sheet, table)) for table in tables)


def matches(sheet: Sheet, forms: Sequence[Form], others: Iterable[Form] = ()) -> Iterator[Match]:
    """How well each of the forms fits the sheet; where different ones stand under one another, each in its own part.

    Of the `others` those come too that stand beside a form that was asked for.
    """
    whole = [_match(form, sheet, labels_on(sheet, form)) for form in forms]
    known = [match for match in whole if is_form(match)]
    beside = [
        _match(form, sheet, labels_on(sheet, form))
        for form in (neighbours(sheet.cells.values(), forms, others) if known else ())
    ]
    beside = [match for match in beside if is_form(match)]
    parts = regions(sheet, [Claim(match.form, match.items) for match in (*known, *beside)])
    for match in whole:
        if match not in known:
            yield from _in_region(match, Region(sheet, frozenset({match.form.id})))
    for match in (*known, *beside) if len(parts) > 1 else known:
        for region in parts:
            if match.form.id in region.forms:
                yield from _in_region(match, region)


def _in_region(match: Match, region: Region) -> Iterator[Match]:
    """The form in a part of the sheet, once for each time it stands there."""
    rows = {row for row, _ in region.sheet.cells}
    items = [item for item in match.items if item.row in rows]
    for block, its in part(region.sheet, match.form, items):
        for copy in abreast(block, match.form, its):
            labels = its if copy is block else labels_on(copy, match.form)
            for own, mine in strips(copy, match.form, renumbered(copy, match.form, labels)):
                yield _match(match.form, own, mine, region.below or under(block, copy, its))


def labels_on(sheet: Sheet, form: Form) -> list[Item]:
    """The labels of a form on a sheet, but for words that stand there as heads."""
    return without_heads(sheet, form, find_items(sheet, LabelIndex.of(form)))


def _match(form: Form, sheet: Sheet, items: Sequence[Item], below: Sheet | None = None) -> Match:
    found = len({code for item in items for code in item.codes[:1]})
    return Match(form, sheet, tuple(items), found, found / len(form.grid_rows), below)


def neighbours(cells: Iterable[Cell], forms: Sequence[Form], others: Iterable[Form]) -> list[Form]:
    """Forms that were not asked for and that may stand beside one that was, on the sheet with these cells."""
    texts = {fold(cell.text) for cell in cells if cell.text}
    asked = frozenset(word for form in forms for word in form.wordings)
    return [form for form in others if len((texts & form.wordings) - asked) >= _NEIGHBOUR]


def is_form(match: Match) -> bool:
    """Whether a sheet, or its part, is recognised as the form."""
    rows = len(match.form.grid_rows)
    if match.share >= SHARE and match.found >= min(ROWS, rows):
        return True
    if match.found >= _ROWS_WITH_HEADS and match.heads >= _HEADS:
        return True
    columns = sum(len(table.columns) for table in match.form.grids if match.form.keyed)
    if columns and match.found * _HALF >= rows and match.heads * _HALF >= columns:
        return True
    titles = {fold(title) for title in (match.form.title, *match.form.title_aliases)}
    least = min(ROWS, -(-rows // _HALF))
    return (match.found >= least or _accounted(match.items) * _HALF >= rows) and any(
        title in fold(cell.text) for cell in match.sheet.cells.values() for title in titles
    )


def _accounted(items: Iterable[Item]) -> int:
    """How many rows the labels may be, where several tables of a form have rows of the same words (合计, 其他)."""
    taken: set[str] = set()
    for item in items:
        taken.update([code for code in item.codes if code not in taken][:1])
    return len(taken)


def _beats(other: Form, form: Form, sheets: Sequence[Sheet]) -> bool:
    """Whether more cells of the sheets carry a wording that only the one form has than one that only the other has."""
    theirs, own = other.wordings - form.wordings, form.wordings - other.wordings
    texts = [fold(cell.text) for sheet in sheets for cell in sheet.cells.values() if cell.text]
    return sum(text in theirs for text in texts) > sum(text in own for text in texts)


def rival(workbook: Workbook, good: Sequence[Match], others: Sequence[Form]) -> Form | None:
    """A form that was not asked for and that the sheets hold more surely than each one that was."""
    asked = {match.form.id: match.form for match in good}
    sheets = {name: [match.sheet for match in good if match.form.id == name] for name in asked}
    surer = [other for other in others if all(_beats(other, form, sheets[name]) for name, form in asked.items())]
    known = (match.form for sheet in workbook.sheets for match in matches(sheet, surer) if is_form(match))
    return next(known, None)


def without_lookalikes(good: Sequence[Match]) -> list[Match]:
    """Of several forms recognised on one sheet, the one with most wordings of its own; both where none has more."""
    kept = []
    for match in good:
        beside = [other.form for other in good if other.form is not match.form and _overlap(match, other)]
        if not any(_beats(other, match.form, (match.sheet,)) for other in beside):
            kept.append(match)
    return kept


def _overlap(match: Match, other: Match) -> bool:
    """Whether two forms were recognised on the same rows of a sheet."""
    mine, theirs = ([item.row for item in each.items] for each in (match, other))
    return match.sheet.name == other.sheet.name and min(mine) <= max(theirs) and min(theirs) <= max(mine)
