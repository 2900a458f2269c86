"""Read for which period a form is: what its heading, its title or the sheet's own name states.

In: the cells above and below the table. Out: a `StatedPeriod` with its address. Never: a date of filing taken for the
period, a month that only a day of the calendar shows.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
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
    r"(?:年度|年份|季度|月份|月度|年月|期间|期限|时段|报告期|统计期|所属期|期别|时期|日期范围)"
)
_MONTH_BARE = r"((?:19|20)\d{2})[-./](0?[1-9]|1[0-2])"
_LABEL = re.compile(rf"^\(?{_WORDS}(?=[:(]|\d|$):?")
_LABEL_WITHIN = re.compile(rf"{_WORDS}:\(?{_MONTH_BARE}(?![-./]?\d)")
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}(?:\.0)?")
_BARE_MONTH = re.compile(rf"\(?{_MONTH_BARE}\)?")
_DIGITS_ALONE = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_FILLED_DATE = r"(?:填报|填表|报送|上报|报出|制表|审核)\s*(?:日期|时间)"
_NUMBER = r"[\d〇○零一二三四五六七八九十]"
_FILLED_ON = re.compile(
    rf"{_FILLED_DATE}\s*:?\s*(?:{_NUMBER}{{4}}\s*年\s*{_NUMBER}{{1,3}}\s*月(?:\s*{_NUMBER}{{1,3}}\s*[日号])?"
    rf"|{_NUMBER}{{1,2}}\s*月\s*{_NUMBER}{{1,3}}\s*[日号]|\d{{4}}([-./])\d{{1,2}}(?:\1\d{{1,2}})?|\d{{8}}|\d{{6}}"
    rf"|{_NUMBER}{{4}}(?:\s*年(?!\s*(?:[度第(前上下]|{_NUMBER}))|(?=\s*$))|[\s_]*年[\s_]*月[\s_]*日)?"
)
_ASKS_WHEN_FILED = re.compile(rf"{_FILLED_DATE}(?:\([^()]*\))?:?[年月日_]*$")
_UNTIL_APART = re.compile(r"(?<=截[止至])[\s:]+(?=\d{4}|[〇○零一二三四五六七八九]{4})")
_DAY = re.compile(
    r"(?<![—\-~～至到])(?!(?<=截止)(?<![报送交]截止)\S{4}年\S{1,2}月(?:2[89]|3[01]|二十[八九]|三十一?)[日号])(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*[日号](?!\s*(?:起|至|到|—|-|~|～|∼|‑))"
)
_VERSION = re.compile(r"(?:19|20)\d{2}\s*年?\s*(?:版|表式|式样|修订|修正)")
_DOCUMENT = re.compile(r"[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]\s*第?\s*\d+\s*号")
_SPREAD = re.compile(r"(?<=\d)[\s\u3000]+(?=\d)")
_YEAR_ALONE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MONTH_LEFT_BLANK = re.compile(r"年[\s\u3000_＿]*月")
_MAY_BE_PART = re.compile(r"[月季]|半年")
_BRACKETS = re.compile(r"[()]")
_PART_AT_END = re.compile(r"(?:第?[1-4一二三四]季度?|(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])月份?)$")
_YEAR_IN_BRACKETS = re.compile(r"\((?:\d{4}|[〇○零一二三四五六七八九]{4})年度?\)")
_SENTENCE = re.compile(r"[，。；,;！!]")
_LONGEST_LINE = 60  # characters of a line of a heading, which is no prose
_MONTHS = 12
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
    """The period that texts state: a part of a year or 年度 on a line of its own first, then the title, then any other.

    Where the heading has left its month blank (`2026年　月`), a sheet named `7月` says which.
    """
    cells, titles = texts_in(sheet, rows), titles_of(form)
    ranked: list[tuple[int, Cell, Period]] = []
    for cell in cells:
        period, rank = _period_of(cell, cells, titles)
        if period is not None:
            line = rank == 0 and not period.is_year and not any(title in fold(cell.text) for title in titles)
            ranked.append((rank - line, cell, period))
    if not ranked:
        return None
    _, cell, period = min(ranked, key=lambda entry: (entry[0], entry[1].row, entry[1].column))
    if period.is_year:
        period = _part_of(period, sheet, cell, cells, titles)
    return StatedPeriod(period, CellAddress(sheet.name, cell.row, cell.column), cell.text)


def _part_of(year: Period, sheet: Sheet, chosen: Cell, cells: Sequence[Cell], titles: Sequence[str]) -> Period:
    """The part of the year that is stated apart from it: in the title, in a text of its own, in the sheet's name."""
    parts = {part for cell in cells if (part := _part_in(cell, year, titles)) is not None and not part.is_year}
    if len(parts) == 1:
        return parts.pop()
    months = Period.months_in(sheet.name)
    if _MONTH_LEFT_BLANK.search(chosen.text) and len(months) == 1:
        return Period(year.year, month=months.pop())
    return year


def _is_line(text: str) -> bool:
    """Whether a text is a line of a heading, not a sentence that speaks of a period."""
    return len(text) <= _LONGEST_LINE and not _SENTENCE.search(text)


def _part_in(cell: Cell, year: Period, titles: Sequence[str]) -> Period | None:
    """`（上半年）`, `报告期：1—6月`, or such words in a title; a month alone only after the word that asks for one."""
    if cell.kind is not CellKind.TEXT or not _is_line(cell.text):
        return None
    bare, folded = _undated(cell.text), fold(cell.text)
    title = next((title for title in titles if title in folded), None)
    if title is not None:
        before, _, after = fold(Period.cut_from(bare)).replace(",", "、").partition(title)
        return _part_in_title(before, after, year) if all(each == year for each in Period.all_in(bare)) else None
    if not _MAY_BE_PART.search(cell.text):
        return None
    folded = fold(bare).replace(",", "、")
    label = _LABEL.match(folded)
    part = Period.part_in(folded[label.end() :] if label else folded, year.year, whole=True)
    return part if label or part is None or part.month is None else None


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


def at_odds(sheet: Sheet, rows: Iterable[int], form: Form, stated: StatedPeriod) -> tuple[Finding, ...]:
    """What says another period than the one `stated`: a title or a year alone in brackets, the name of the sheet."""
    part = Period.part_in(fold(sheet.name), stated.period.year, whole=True) if _MAY_BE_PART.search(sheet.name) else None
    named = Period.find(sheet.name) or part
    if named is not None and named.span is not None and stated.period.is_year and stated.raw:
        return (_at_odds("sheet_name", sheet, None, named, stated.period),)
    titles = titles_of(form)
    for cell in texts_in(sheet, rows):
        other = _years_in_title(cell.text, titles) if cell.kind is CellKind.TEXT else ()
        if other and all(each.year != stated.period.year for each in other):
            return (_at_odds("title", sheet, cell, other[0], stated.period),)
        part = _other_part(cell, other, stated.period, titles)
        if part is not None:
            return (_at_odds("title", sheet, cell, part, stated.period),)
    return ()


def name_at_odds(sheet: Sheet, whole: StatedPeriod) -> tuple[Finding, ...]:
    """That a further sheet, on which nothing else states a period, is named for another one than its form."""
    named = Period.find(sheet.name)
    if named is None or named.covers(whole.period):
        return ()
    return (_at_odds("sheet_name", sheet, None, named, whole.period),)


def _other_part(cell: Cell, named: Sequence[Period], stated: Period, titles: Sequence[str]) -> Period | None:
    """The part of the year in a title, of which periods are `named`, if the one that is stated has no place in it."""
    if cell.kind is not CellKind.TEXT or not any(title in fold(cell.text) for title in titles):
        return None
    found = (*named, _part_in(cell, Period(stated.year), titles))
    parts = [each for each in found if each is not None and not each.is_year and each.year == stated.year]
    alike = any(each.covers(stated) or each.up_to(stated) for each in parts)
    return parts[0] if parts and not alike else None


def part_without_year(sheet: Sheet, rows: Iterable[int], form: Form) -> tuple[Finding, ...]:
    """A word on a heading that says 上半年 or 1—6月 and not of which year."""
    for cell in texts_in(sheet, rows):
        part = _part_in(cell, Period(1), titles_of(form))
        if part is not None and not part.is_year:
            return (no_year(sheet, cell),)
    return ()


def no_year(sheet: Sheet, cell: Cell) -> Finding:
    """The question of which year a part of one is."""
    details = {"found": cell.text.strip()}
    return Finding(
        "S03", Severity.SOFT, "no_year", sheet=sheet.name, cells=(cell.a1,), observed=cell.text, details=details
    )


@lru_cache(maxsize=_MOST_TEXTS)
def _years_in_title(text: str, titles: tuple[str, ...]) -> tuple[Period, ...]:
    """The periods in a title, or the year that stands alone in brackets."""
    folded = fold(text)
    title = next((title for title in titles if title in folded), None)
    if not _is_line(text) or (title is None and not _YEAR_IN_BRACKETS.fullmatch(folded)):
        return ()
    bare = _undated(text)
    years = _YEAR_ALONE.findall(fold(bare).replace(title, " ")) if title else []
    return tuple(Period.all_in(bare)) or tuple(Period(int(year)) for year in years)


def _at_odds(case: str, sheet: Sheet, cell: Cell | None, found: Period, expected: Period) -> Finding:
    cells = (CellAddress(sheet.name, cell.row, cell.column).a1,) if cell is not None else ()
    details = {"found": found.chinese, "expected": expected.chinese}
    return Finding(
        "S03", Severity.SOFT, case, sheet=sheet.name, cells=cells, observed=cell.text if cell is not None else "",
        expected=expected.chinese, details=details,
    )  # fmt: skip


def _period_of(cell: Cell, cells: Sequence[Cell], titles: Sequence[str]) -> tuple[Period | None, int]:
    """A cell's period with its rank (lower is more certain)."""
    bare, folded = _undated(cell.text), fold(cell.text)
    found = Period.find(bare)
    if _LABEL.match(folded):
        return found or _labelled(_LABEL.sub("", folded).strip("()")) or _beside(cell, cells), 0
    if _is_day_of_filing(cell, cells):
        return None, 9
    titled = any(title in folded for title in titles)
    if found is None:
        within = _LABEL_WITHIN.search(fold(bare))
        if within:
            return Period(int(within[1]), month=int(within[2])), 0
        years = set(_YEAR_ALONE.findall(bare)) if titled else set()
        return (Period(int(years.pop())), 1) if len(years) == 1 else (_alone(cell), 3)
    if found.span is not None and found.months[1] <= _MONTHS and (titled or _is_line(cell.text)):
        return found, 0
    if found.quarter or re.search(
        r"\d{4}\s*年\s*度|年\s*第?\s*[1-4一二三四]\s*季|[零〇○一二三四五六七八九]{4}年度", bare
    ):
        return found, 1 if titled and found.is_year else 0
    return found, 1 if titled else 3


@lru_cache(maxsize=_MOST_TEXTS)
def _undated(text: str) -> str:
    """The text without days (2017年1月13日, when something was filed or is due), numbers of documents, versions of a form."""
    bare = _UNTIL_APART.sub("", _SPREAD.sub("", _FILLED_ON.sub(" ", half_width(text))))
    return _VERSION.sub("", _DOCUMENT.sub("", _DAY.sub("", bare)))


def _is_day_of_filing(cell: Cell, cells: Sequence[Cell]) -> bool:
    """Whether the next cell to the left asks when the form was filed."""
    before = [other for other in cells if other.row == cell.row and other.column < cell.column]
    left = max(before, key=lambda other: other.column, default=None)
    return left is not None and bool(_ASKS_WHEN_FILED.search(fold(left.text)))


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
