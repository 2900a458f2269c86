"""What in a heading says another period than the one that it states.

In: the texts over a table, the period stated there. Out: questions (S03). Never: a day of filing, a number of a document.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.locate.around.heading import texts_in, titles_of
from consolidator.locate.period.datelines import MAY_BE_PART, YEAR_ALONE, is_line, undated
from consolidator.locate.period.parts import part_in
from consolidator.model import Cell, CellAddress, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.located import StatedPeriod
    from consolidator.model import Sheet

_MOST_TEXTS = 4096
_REPORT = regex(
    r"(?:(?P<six>半年度?)|(?P<three>季度?)|(?P<one>月度?)|年度?)(?:统计|情况|综合|信息)?报(?:表|$|[)(,、:])"
)
_MONTHS = {"six": 6, "three": 3, "one": 1}
_YEAR = 12
_YEAR_IN_BRACKETS = regex(r"\((?:\d{4}|[〇○零一二三四五六七八九]{4})年度?\)")


def at_odds(sheet: Sheet, rows: Iterable[int], form: Form, stated: StatedPeriod) -> tuple[Finding, ...]:
    """What says another period than the one `stated`: a title or a year alone in brackets, the name of the sheet."""
    part = Period.part_in(fold(sheet.name), stated.period.year, whole=True) if MAY_BE_PART.search(sheet.name) else None
    named = Period.find(sheet.name) or part
    if named is not None and stated.raw and _is_apart(named, stated.period):
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


def _is_apart(named: Period, stated: Period) -> bool:
    """Whether what a sheet is named for is part of the year that is stated, another one of its kind in that year, or before it.

    What comes after it may be when the form was filled in; a year alone is left from the year before.
    """
    if named.is_year:
        return False
    if named.span is not None and stated.is_year:
        return True
    if named.kind == stated.kind and named.year == stated.year:
        return not named.covers(stated)
    return (named.year, named.months[1]) < (stated.year, stated.months[0])


def kind_at_odds(sheet: Sheet, rows: Iterable[int], form: Form, stated: StatedPeriod) -> tuple[Finding, ...]:
    """That a title calls the form a report of other lengths of time, as 半年报 for a year; the form's own title may."""
    titles = titles_of(form)
    first, last = stated.period.months
    for cell in texts_in(sheet, rows):
        if cell.kind is not CellKind.TEXT or "报" not in cell.text or not is_line(cell.text):
            continue
        for called in _REPORT.finditer(fold(cell.text)):
            own = any(called[0] in title for title in titles)
            if not own and last - first + 1 != _MONTHS.get(called.lastgroup or "", _YEAR):
                return (_told("kind", sheet, cell, called[0], stated.period),)
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
    found = (*named, part_in(cell, Period(stated.year), titles))
    parts = [each for each in found if each is not None and not each.is_year and each.year == stated.year]
    alike = any(each.covers(stated) or each.up_to(stated) for each in parts)
    return parts[0] if parts and not alike else None


@lru_cache(maxsize=_MOST_TEXTS)
def _years_in_title(text: str, titles: tuple[str, ...]) -> tuple[Period, ...]:
    """The periods in a title, or the year that stands alone in brackets."""
    folded = fold(text)
    title = next((title for title in titles if title in folded), None)
    if not is_line(text) or (title is None and not _YEAR_IN_BRACKETS.fullmatch(folded)):
        return ()
    bare = undated(text)
    years = YEAR_ALONE.findall(fold(bare).replace(title, " ")) if title else []
    return tuple(Period.all_in(bare)) or tuple(Period(int(year)) for year in years)


def _at_odds(case: str, sheet: Sheet, cell: Cell | None, found: Period, expected: Period) -> Finding:
    return _told(case, sheet, cell, found.chinese, expected)


def _told(case: str, sheet: Sheet, cell: Cell | None, found: str, expected: Period) -> Finding:
    cells = (CellAddress(sheet.name, cell.row, cell.column).a1,) if cell is not None else ()
    details = {"found": found, "expected": expected.chinese}
    return Finding(
        "S03", Severity.SOFT, case, sheet=sheet.name, cells=cells, observed=cell.text if cell is not None else "",
        expected=expected.chinese, details=details,
    )  # fmt: skip
