"""Read for which period a form is: what its heading, its title or the sheet's own name states.

In: the cells above and below the table. Out: a `StatedPeriod` with its address. Never: a date of filing taken for the
period, a month that only a day of the calendar shows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.locate.heading import texts_in, titles_of
from consolidator.locate.located import StatedPeriod
from consolidator.locate.numerals import half_width
from consolidator.model import Cell, CellAddress, CellKind, Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Sheet

_WORDS = (
    r"(?:统计|报告|报表|填报|所属)?"
    r"(?:年度|年份|季度|月份|月度|年月|期间|期限|报告期|统计期|所属期|期别|时期|日期范围)"
)
_MONTH_BARE = r"((?:19|20)\d{2})[-./](0?[1-9]|1[0-2])"
_LABEL = re.compile(rf"^\(?{_WORDS}(?=[:(]|\d|$):?")
_LABEL_WITHIN = re.compile(rf"{_WORDS}:\(?{_MONTH_BARE}(?![-./]?\d)")
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}(?:\.0)?")
_BARE_MONTH = re.compile(rf"\(?{_MONTH_BARE}\)?")
_DIGITS_ALONE = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_FILLED_DATE = re.compile(r"(?:填报|填表|报送|上报|报出|制表|审核)(?:日期|时间)|填表时间")
_DAY = re.compile(
    r"(?<!至)(?<!到)(?<![—\-~～至到])\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日(?!\s*(?:起|至|到|—|-|~|～))"
)
_DOCUMENT = re.compile(r"[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]\s*第?\s*\d+\s*号")
_SPREAD = re.compile(r"(?<=\d)[\s\u3000]+(?=\d)")
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MONTH_LEFT_BLANK = re.compile(r"年[\s\u3000_＿]*月")
_SAYS_DAYS = re.compile(r"d", re.IGNORECASE)
_MOST_TEXTS = 4096
_QUOTED = re.compile(r'"[^"]*"|\[[^\]]*\]')


def find_period(sheet: Sheet, rows: Iterable[int], form: Form) -> StatedPeriod | None:
    """The period that the texts of some rows state, or failing that the sheet's own name."""
    stated = stated_period(sheet, rows, form)
    period = Period.find(sheet.name)
    if stated is None and period is not None:
        return StatedPeriod(period, CellAddress(sheet.name, 1, 1), "")
    return stated


def stated_period(sheet: Sheet, rows: Iterable[int], form: Form) -> StatedPeriod | None:
    """The period that texts state: 年度 or a labelled one first, then the title, then any other text.

    Where the heading has left its month blank (`2026年　月`), a sheet named `7月` says which.
    """
    cells, titles = texts_in(sheet, rows), titles_of(form)
    ranked: list[tuple[int, Cell, Period]] = []
    for cell in cells:
        period, rank = _period_of(cell, cells, titles)
        if period is not None:
            ranked.append((rank, cell, period))
    if not ranked:
        return None
    _, cell, period = min(ranked, key=lambda entry: (entry[0], entry[1].row, entry[1].column))
    months = Period.months_in(sheet.name)
    if period == Period(period.year) and _MONTH_LEFT_BLANK.search(cell.text) and len(months) == 1:
        period = Period(period.year, month=months.pop())
    return StatedPeriod(period, CellAddress(sheet.name, cell.row, cell.column), cell.text)


def _period_of(cell: Cell, cells: Sequence[Cell], titles: Sequence[str]) -> tuple[Period | None, int]:
    """A cell's period with its rank (lower is more certain)."""
    bare, folded = _undated(cell.text), fold(cell.text)
    found = Period.find(bare)
    if _LABEL.match(folded):
        return found or _labelled(_LABEL.sub("", folded).strip("()")) or _beside(cell, cells), 0
    if _FILLED_DATE.search(cell.text) or _is_day_of_filing(cell, cells):
        return None, 9
    titled = any(title in folded for title in titles)
    if found is None:
        within = _LABEL_WITHIN.search(folded)
        if within:
            return Period(int(within[1]), month=int(within[2])), 0
        years = set(_YEAR_ALONE.findall(bare)) if titled else set()
        return (Period(int(years.pop())), 1) if len(years) == 1 else (_alone(cell), 3)
    if re.search(r"\d{4}\s*年\s*度|年\s*第?\s*[1-4一二三四]\s*季|[零〇○一二三四五六七八九]{4}年度", bare):
        return found, 0
    return found, 1 if titled else 3


@lru_cache(maxsize=_MOST_TEXTS)
def _undated(text: str) -> str:
    """The text without days (2017年1月13日, when something was filed or is due) and numbers of documents."""
    bare = _SPREAD.sub("", half_width(text))
    return _DOCUMENT.sub("", _DAY.sub("", bare))


def _is_day_of_filing(cell: Cell, cells: Sequence[Cell]) -> bool:
    """Whether the next cell to the left asks when the form was filed."""
    before = [other for other in cells if other.row == cell.row and other.column < cell.column]
    left = max(before, key=lambda other: other.column, default=None)
    return left is not None and bool(_FILLED_DATE.search(fold(left.text)))


def _beside(cell: Cell, cells: Sequence[Cell]) -> Period | None:
    """The period in the next cell that holds one, first to the right of its label, then to the left."""
    beside = sorted((other for other in cells if other.row == cell.row and other is not cell), key=lambda c: c.column)
    for other in (*(c for c in beside if c.column > cell.column), *(c for c in beside if c.column < cell.column)):
        found = _alone(other) or _labelled(half_width(other.text)) or Period.find(_undated(other.text))
        if found is not None:
            return found
    return None


def _labelled(text: str) -> Period | None:
    """What a bare number after a label means: `2026`, `2026-07`, `2026.7`, `202607`."""
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
