"""The part of a year that a heading states apart from its year, or without one.

In: the texts of a heading, the year as far as it is known. Out: a period within that year. Never: a number without a word for what it counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.locate.around.heading import texts_in, titles_of
from consolidator.locate.located import StatedPeriod
from consolidator.locate.period.datelines import LABEL, MAY_BE_PART, is_day_of_filing, is_line, undated
from consolidator.model import Cell, CellAddress, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Sheet

_BRACKETS = regex(r"[()]")
_PART_AT_END = regex(r"(?:第?[1-4一二三四]季度?|(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])月份?)$")
_NUMBER = regex(r"\d{1,2}|[一二三四五六七八九]|十[一二]?")
_DAY = regex(r"[\d一二三四五六七八九十]{1,3}[日号]?")
_MONTH_LEFT_BLANK = regex(r"年[\s\u3000_＿]*月")

SOME_YEAR = Period(1)
"""The year of a part of which nobody says the year."""


def part_of(year: Period, sheet: Sheet, chosen: Cell, cells: Sequence[Cell], titles: Sequence[str]) -> Period:
    """The part of the year that is stated apart from it: in the title, in a text of its own, in the sheet's name."""
    parts = {part for cell in cells if (part := part_in(cell, year, titles, cells)) is not None and not part.is_year}
    if len(parts) == 1:
        return parts.pop()
    months = Period.months_in(sheet.name)
    if _MONTH_LEFT_BLANK.search(chosen.text) and len(months) == 1:
        return Period(year.year, month=months.pop())
    return year


def undated_part(sheet: Sheet, rows: Iterable[int], form: Form) -> StatedPeriod | None:
    """The part of some year that a heading states which says no year, or failing that the sheet's name: `6月`, `上半年`."""
    cells, titles = texts_in(sheet, rows), titles_of(form)
    for cell in cells:
        part = part_in(cell, SOME_YEAR, titles, cells) or _month_alone(cell, cells)
        if part is not None and not part.is_year:
            return StatedPeriod(part, CellAddress(sheet.name, cell.row, cell.column), cell.text)
    return named_part(sheet)


def named_part(sheet: Sheet) -> StatedPeriod | None:
    """The part of some year that a sheet is named for, as `6月`."""
    named = Period.part_in(fold(sheet.name), SOME_YEAR.year, whole=True)
    return StatedPeriod(named, CellAddress(sheet.name, 1, 1), "") if named is not None else None


def part_in(cell: Cell, year: Period, titles: Sequence[str], cells: Sequence[Cell] = ()) -> Period | None:
    """`（上半年）`, `报告期：1—6月`, or such words in a title; a month alone only after the word that asks for one.

    What that word asks for may stand beside it, among the `cells`.
    """
    if cell.kind is not CellKind.TEXT or not Period.may_be_part(cell.text) or not is_line(cell.text):
        return None
    bare, folded = undated(cell.text), fold(cell.text)
    title = next((title for title in titles if title in folded), None)
    if title is not None:
        before, _, after = fold(Period.cut_from(bare)).replace(",", "、").partition(title)
        return _part_in_title(before, after, year) if all(each == year for each in Period.all_in(bare)) else None
    if not MAY_BE_PART.search(cell.text):
        return None
    folded = fold(bare).replace(",", "、")
    label = LABEL.match(folded)
    if label is None:
        part = Period.part_in(folded, year.year, whole=True)
        return part if part is None or part.month is None else None
    asked = folded[label.end() :].strip("()") or _beside(cell, cells)
    counted = asked + ("季度" if "季" in label[0] else "月") if _NUMBER.fullmatch(asked) else asked
    return Period.part_in(counted, year.year, whole=True)


def _beside(cell: Cell, cells: Sequence[Cell]) -> str:
    """What stands next to the right of a cell, folded."""
    right = [other for other in cells if other.row == cell.row and other.column > cell.column]
    return fold(min(right, key=lambda other: other.column).text) if right else ""


def _month_alone(cell: Cell, cells: Sequence[Cell]) -> Period | None:
    """The month that is all a cell says, where it is not that of a day."""
    if cell.kind is not CellKind.TEXT or not MAY_BE_PART.search(cell.text) or is_day_of_filing(cell, cells):
        return None
    month = Period.part_in(fold(undated(cell.text)), SOME_YEAR.year, whole=True)
    return None if month is None or _DAY.fullmatch(_beside(cell, cells)) else month


def _part_in_title(before: str, after: str, year: Period) -> Period | None:
    """The part of the year that a title states around its own words: a run of months, or a quarter or month by itself.

    A name may stand before it (`甲镇三季度`).
    """
    run = Period.part_in(f"{before} {after}", year.year)
    if run is not None:
        return run
    end = _PART_AT_END.search(before)
    pieces = (*_BRACKETS.split(before), *_BRACKETS.split(after), end[0] if end else "")
    return next((part for each in pieces if (part := Period.part_in(each, year.year, whole=True)) is not None), None)
