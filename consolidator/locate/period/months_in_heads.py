"""The month or quarter that the heads of a table name where nothing else states it: `7月实际 | 1-7月累计` for 本月实际, 本年累计.

In: a sheet, a form, its labels on that sheet, the year as far as the heading states one. Out: the part of that year, at
the head that says it. Never: a part by which any head that names months would be no column of the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.located import StatedPeriod
from consolidator.locate.period.parts import SOME_YEAR
from consolidator.locate.words.naming import STATED_PART, THIS_PART, named_columns
from consolidator.model import CellAddress, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Column, Form
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet

_LINES = 4  # over the first label, among which the heads stand
_QUARTER = 3
_OWN_MONTH = regex(r"^[本当]月")
_OWN_QUARTER = regex(r"^[本当]季")
_DAY = regex(r"\d{1,2}[日号]")
_YEAR = regex(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def part_in_heads(sheet: Sheet, form: Form, items: Sequence[Item], stated: StatedPeriod | None) -> StatedPeriod | None:
    """The part of a year that the heads name, of the year that is `stated`, or of some year where none is on the sheet."""
    columns = [column for table in form.grids for column in table.columns if column.key]
    if not any(THIS_PART.match(fold(column.label)) for column in columns):
        return None
    if stated is not None and not (stated.period.is_year or stated.period.span):
        return None
    heads = [*_heads(sheet, min(item.row for item in items))]
    if not heads or (stated is None and any(_YEAR.search(cell.text) for cell in sheet.cells.values())):
        return None
    year = stated.period.year if stated is not None else SOME_YEAR.year
    possible = {part for cell in heads for part in _parts(cell.text, year, columns)}
    fitting = [part for part in possible if all(_fits(cell.text, columns, part) for cell in heads)]
    if len(fitting) != 1:
        return None
    first = heads[0]
    return StatedPeriod(fitting[0], CellAddress(sheet.name, first.row, first.column), first.text)


def _heads(sheet: Sheet, first: int) -> Iterator[Cell]:
    """The texts over the first label that begin with months or a quarter without a year."""
    for row in range(max(1, first - _LINES), first):
        for cell in sheet.lines.get(row, ()):
            if cell.kind is CellKind.TEXT:
                said = STATED_PART.match(fold(cell.text))
                if said is not None and not said[1] and not _DAY.match(fold(cell.text), said.end()):
                    yield cell


def _parts(text: str, year: int, columns: Sequence[Column]) -> Iterator[Period]:
    """The months and quarters of which a head may be: that it names, or up to whose end it sums."""
    said = STATED_PART.match(fold(text))
    part = Period.part_in(said[2], year, whole=True) if said is not None else None
    if part is None or part.is_year or part.months[1] > Period(year).months[1]:
        return
    last = part.months[1]
    if any(_OWN_MONTH.match(fold(column.label)) for column in columns):
        yield Period(year, month=last)
    if last % _QUARTER == 0 and any(_OWN_QUARTER.match(fold(column.label)) for column in columns):
        yield Period(year, quarter=last // _QUARTER)


def _fits(text: str, columns: Sequence[Column], part: Period) -> bool:
    """Whether a head names columns of the form in that part of a year."""
    return bool(named_columns(text, columns, part)[0])
