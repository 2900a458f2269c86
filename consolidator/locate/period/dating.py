"""Read for which period a form is: what its heading, its title or the sheet's own name states.

In: the cells above and below the table. Out: a `StatedPeriod` with its address. Never: a date of filing taken for the
period, a month that only a day of the calendar shows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.locate.around.heading import texts_in, titles_of
from consolidator.locate.cells.numerals import half_width
from consolidator.locate.located import StatedPeriod
from consolidator.locate.period.datelines import LABEL, WORDS, YEAR_ALONE, is_day_of_filing, is_line, joined, undated
from consolidator.locate.period.parts import part_of
from consolidator.model import Cell, CellAddress, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Sheet

_MONTH_BARE = r"((?:19|20)\d{2})[-./](0?[1-9]|1[0-2])"
_LABEL_WITHIN = regex(rf"{WORDS}:\(?{_MONTH_BARE}(?![-./]?\d)")
_BARE_YEAR = regex(r"(?:19|20)\d{2}(?:\.0)?")
_BARE_MONTH = regex(rf"\(?{_MONTH_BARE}\)?")
_SPELLED_YEAR = regex(r"[一二][〇○零一二三四五六七八九]{3}")
_DIGITS_ALONE = regex(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_MONTHS = 12
_MAY_STATE = regex(r"[\d〇○零一二三四五六七八九年月季期段]")
"""A sign without which a text neither states nor asks for a period."""
_SAYS_DAYS = regex(r"d", re.IGNORECASE)
_QUOTED = regex(r'"[^"]*"|\[[^\]]*\]')


def find_period(sheet: Sheet, rows: Iterable[int], form: Form) -> StatedPeriod | None:
    """The period that the texts of some rows state, or failing that the sheet's own name."""
    stated = stated_period(sheet, rows, form)
    period = Period.find(sheet.name)
    if stated is None and period is not None:
        return StatedPeriod(period, CellAddress(sheet.name, 1, 1), "")
    return stated


def stated_period(sheet: Sheet, rows: Iterable[int], form: Form, *, over_columns: bool = False) -> StatedPeriod | None:
    """The period that texts state: a part of a year or 年度 on a line of its own first, then the title, then any other.

    Where the heading has left its month blank (`2026年　月`), a sheet named `7月` says which. Over columns, sums up to
    the end of a period stand beside its own figures (`2026年7月 | 2026年1-7月`).
    """
    cells, titles = texts_in(sheet, rows), titles_of(form)
    ranked: list[tuple[int, Cell, Period]] = []
    over_several = joined(cells)
    for cell in cells:
        text = over_several.get(cell.a1, cell.text)
        period, rank = _period_of(cell, text, cells, titles) if _MAY_STATE.search(text) else (None, 0)
        if period is not None:
            line = rank == 0 and not period.is_year and not any(title in fold(text) for title in titles)
            ranked.append((rank - line, cell, period))
    if not ranked:
        return None
    if over_columns:
        found = {period for _, _, period in ranked}
        ranked = [each for each in ranked if not any(each[2].up_to(other) for other in found - {each[2]})]
    _, cell, period = min(ranked, key=lambda entry: (entry[0], entry[1].row, entry[1].column))
    if period.is_year:
        period = part_of(period, sheet, cell, cells, titles)
    return StatedPeriod(period, CellAddress(sheet.name, cell.row, cell.column), cell.text)


def _period_of(cell: Cell, text: str, cells: Sequence[Cell], titles: Sequence[str]) -> tuple[Period | None, int]:
    """The period in a text that begins in a cell, with its rank (lower is more certain)."""
    bare, folded = undated(text), fold(text)
    found = Period.find(bare)
    if LABEL.match(folded):
        return found or _labelled(LABEL.sub("", folded).strip("()")) or _beside(cell, cells), 0
    if is_day_of_filing(cell, cells):
        return None, 9
    titled = any(title in folded for title in titles)
    if found is None:
        within = _LABEL_WITHIN.search(fold(bare))
        if within:
            return Period(int(within[1]), month=int(within[2])), 0
        years = set(YEAR_ALONE.findall(bare)) if titled else set()
        return (Period(int(years.pop())), 1) if len(years) == 1 else (_alone(cell), 3)
    if found.span is not None and found.months[1] <= _MONTHS and (titled or is_line(text)):
        return found, 0
    if found.quarter or re.search(
        r"\d{4}\s*年\s*度|年\s*第?\s*[1-4一二三四]\s*季|[零〇○一二三四五六七八九]{4}年度", bare
    ):
        return found, 1 if titled and found.is_year else 0
    return found, 1 if titled else 3


def _beside(cell: Cell, cells: Sequence[Cell]) -> Period | None:
    """The period in the next cell that holds one, first to the right of its label, then to the left."""
    beside = sorted((other for other in cells if other.row == cell.row and other is not cell), key=lambda c: c.column)
    for other in (*(c for c in beside if c.column > cell.column), *(c for c in beside if c.column < cell.column)):
        found = _alone(other) or _labelled(half_width(other.text)) or Period.find(undated(other.text))
        if found is not None:
            return found
    return None


def _labelled(text: str) -> Period | None:
    """What a bare number after a label means: `2026`, `2026-07`, `2026.7`, `202607`."""
    text = in_digits(text) if _SPELLED_YEAR.fullmatch(text) else text
    match = _BARE_MONTH.fullmatch(text) or _DIGITS_ALONE.fullmatch(text)
    if _BARE_YEAR.fullmatch(text):
        return Period(int(text[:4]))
    return Period(int(match[1]), month=int(match[2])) if match else None


def _alone(cell: Cell) -> Period | None:
    """The month that a cell states by itself: as text (`2026-07`), or as a date that is shown without its day.

    Excel makes such a date of 2026年7月 as soon as it is typed.
    """
    if cell.kind is CellKind.DATE:
        day_hidden = cell.number_format and not _SAYS_DAYS.search(_QUOTED.sub("", cell.number_format))
        year, _, rest = cell.text.partition("-")
        return Period(int(year), month=int(rest[:2])) if day_hidden and year.isdecimal() and rest else None
    match = _BARE_MONTH.fullmatch(fold(cell.text)) if cell.kind is CellKind.TEXT else None
    return Period(int(match[1]), month=int(match[2])) if match else None
