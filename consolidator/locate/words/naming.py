"""Which columns of a table the words of a head name: by their exact wording or a registered one, never by similarity.

In: a text, the columns of a table, the period of the form. Out: the columns that it names.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.locate.words.appended import in_brackets
from consolidator.locate.words.scales import lists_units
from consolidator.locate.words.timely import of_another_period
from consolidator.model import Period
from consolidator.patterns import regex
from consolidator.spelling import fold, in_digits

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.form.definition import Column

THIS_YEAR = regex(r"^(?:(?:19|20)\d{2}年度?|[本今当]年度?)")
_LAST_YEAR = regex(r"^[上去]年度?(?:同期)?")
STATED_YEAR = regex(r"^((?:19|20)\d{2})年度?(?:同期)?")
THIS_PART = regex(r"^(?:[本当](?:月份?|季度?|期)|本半年)")
_SUMMED = regex(r"^(?:[本今当]年度?|年初至今)?(?=累计)")
_NUMERAL = r"[\d一二三四五六七八九十]{1,2}"
STATED_PART = regex(
    rf"^((?:19|20)\d{{2}}年度?)?((?:{_NUMERAL}月?[-~至到])?{_NUMERAL}月份?|第?[1-4一二三四]季度?|[上下]半年)"
)
_SUMS = "累计"
_OF_COURSE = regex(r"实际|完成|数量?$|值$")
_QUARTER = regex(r"第?([1-4一二三四])季度?")
_REMARK = regex(r"\([^()]*\)$")
_FIRST_REMARK = regex(r"\(([^()]*)\)")
_MARKS = "-:_/,;.·"
_LONGEST_KEPT = 64  # characters of a text whose naming is kept: prose names nothing and is long
_MOST_TEXTS, _MOST_TABLES = 1 << 13, 256


def named_column(text: str, columns: Iterable[Column], period: Period | None = None) -> tuple[Column, bool] | None:
    """The column that a head names, the first of those that go by its words; and whether these are not those printed."""
    found, alias = named_columns(text, columns, period)
    return (found[0], alias) if found else None


def named_columns(text: str, columns: Iterable[Column], period: Period | None = None) -> tuple[Sequence[Column], bool]:
    """The columns that a head names, and whether in other words than those printed: registered ones, or a remark added."""
    return naming_of(tuple(columns)).of(text, period)


class _Naming:
    """Which of some columns texts name: every sheet is asked again and again, and the sheets of a form say the same."""

    def __init__(self, columns: tuple[Column, ...]) -> None:
        self._columns = columns
        self._met: dict[tuple[str, Period | None], tuple[Sequence[Column], bool]] = {}

    def of(self, text: str, period: Period | None) -> tuple[Sequence[Column], bool]:
        """What `named_columns` gives."""
        if len(text) > _LONGEST_KEPT:
            return _named(fold(text), self._columns, period)
        found = self._met.get((text, period))
        if found is None:
            if len(self._met) > _MOST_TEXTS:
                self._met.clear()
            found = self._met[text, period] = _named(fold(text), self._columns, period)
        return found


@lru_cache(maxsize=_MOST_TABLES)
def naming_of(columns: tuple[Column, ...]) -> _Naming:
    """What texts name among these columns; made once."""
    return _Naming(columns)


def _named(bare: str, columns: Sequence[Column], period: Period | None) -> tuple[Sequence[Column], bool]:
    printed = [column for column in columns if bare == fold(column.label)]
    if printed:
        return printed, False
    known = [column for column in columns if _is_worded_so(bare, column)]
    if known:
        return known, True
    joined = _joined(bare, columns, period) or (
        _joined(without_period(bare), columns, period) if THIS_YEAR.match(bare) else []
    )
    if joined:
        return joined, True
    said = _columns_of_time(bare, columns, period) if period is not None else []
    if not said and THIS_YEAR.match(bare):
        said = [column for column in columns if _says_this_periods(bare, column)]
    return said if len({fold(column.label) for column in said}) == 1 else [], True


def _joined(bare: str, columns: Sequence[Column], period: Period | None) -> list[Column]:
    """The one column whose group and own words a head joins (`人员合计` for 合计 under 人员, in either order); none of several."""
    found: dict[str, Column] = {}
    for group in dict.fromkeys(column.group for column in columns if column.group):
        own = [column for column in columns if column.group == group]
        for rest in _beside(bare, fold(group)):
            found |= {
                column.key: column for column in _named(rest, [replace(each, group="") for each in own], period)[0]
            }
    return [column for column in columns if column.key in found] if len(found) == 1 else []


def _beside(bare: str, group: str) -> Iterator[str]:
    """What stands before or after a group's words in a head, units of measure and marks between them apart."""
    text = in_brackets(bare)
    stated = _REMARK.search(text)
    if stated is not None and lists_units(stated[0].strip("()"), frozenset()):
        text = text[: stated.start()]
    if text.startswith(group):
        after = text[len(group) :]
        unit = _FIRST_REMARK.match(after)
        if unit is not None and lists_units(unit[1], frozenset()):
            after = after[unit.end() :]
        whole = _FIRST_REMARK.fullmatch(after)
        yield whole[1] if whole is not None else after.strip(_MARKS)
    if text.endswith(group):
        yield text.removesuffix(group).strip(_MARKS)


def _is_worded_so(bare: str, column: Column) -> bool:
    """Whether a folded head is a registered wording of a column, or its printed one with a remark added."""
    if _spelled(bare) in map(_spelled, column.wordings):
        return True
    return without_remark(bare) == without_remark(fold(column.label)) and not _of_another_period(bare)


def _spelled(text: str) -> str:
    """A head with its quarters spelled alike."""
    folded = fold(text)
    return _QUARTER.sub(lambda found: f"{in_digits(found[1])}季度", folded) if "季" in folded else folded


def _columns_of_time(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by a year, or on the form of a part of one by months."""
    return (_columns_of_year if period.is_year else _columns_of_part)(bare, columns, period)


def _columns_of_year(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by a year, as `2016年` for 本年数 and `2015年` for 上年数 of a form of 2016."""
    found = STATED_YEAR.match(bare)
    said = word_for_year(int(found[1]), period) if found else None
    if found is None or said is None:
        return []
    rest = bare[found.end() :]
    theirs = [(column, said.sub("", fold(column.label))) for column in columns if said.match(fold(column.label))]
    return [column for column, words in theirs if rest == words] or [column for column, _ in theirs if not rest]


def _columns_of_part(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns that a head names by months, as `7月实际` for 本月实际 and `1-7月累计` for 本年累计 of a form of July.

    Months alone are what the form calls those months, as `7月` for 本月数; that figures are those of what was done goes without saying.
    """
    found = STATED_PART.match(bare)
    rest = _OF_COURSE.sub("", bare[found.end() :]) if found else ""
    said = words_for_part(found, period) if found else []
    labels = [(each, fold(each.label), word) for each in columns for word in said]
    theirs = [(each, _OF_COURSE.sub("", word.sub("", label))) for each, label, word in labels if word.match(label)]
    same = [each for each, words in theirs if words == rest]
    return same or [each for each, words in theirs if words == _SUMS and found is not None and bare == found[0]]


def words_for_part(found: re.Match[str], period: Period) -> list[re.Pattern[str]]:
    """What a form calls the months that a head begins with: this month or quarter, all up to its end; none for others."""
    if found[1] and not found[1].startswith(str(period.year)):
        return []
    part = Period.part_in(found[2], period.year, whole=True)
    own, whole = part is not None and part.covers(period), part is not None and part.up_to(period)
    summed = whole or (own and period.months[0] == 1)
    return [*([THIS_PART] if own else ()), *([_SUMMED] if summed else ())]


def word_for_year(year: int, period: Period) -> re.Pattern[str] | None:
    """What a form of a year calls that year, or the one before it."""
    return {period.year: THIS_YEAR, period.year - 1: _LAST_YEAR}.get(year) if period.is_year else None


def is_time_alone(text: str) -> bool:
    """Whether a text is nothing but a year or months, which may as well stand in a heading."""
    bare = fold(text)
    return any(match is not None and match[0] == bare for match in (STATED_YEAR.match(bare), STATED_PART.match(bare)))


def _says_this_periods(bare: str, column: Column) -> bool:
    """Whether a head says a year or 本年 before a column's own words, as `2025年制发件数` for 本年制发件数."""
    rest = without_period(bare)
    return rest != bare and bool(rest) and rest == without_period(fold(column.label))


def without_period(folded: str) -> str:
    """A folded head without a year, or a word for this one, before it."""
    return THIS_YEAR.sub("", folded)


def _of_another_period(folded: str) -> bool:
    """Whether the remark that a head ends in says that its figures are another period's."""
    remark = _REMARK.search(folded)
    return remark is not None and of_another_period((remark.group(),), None)


def without_remark(folded: str) -> str:
    """A folded head without what stands in brackets at its end, or a unit of measure that ends it."""
    return _REMARK.sub("", in_brackets(folded))
