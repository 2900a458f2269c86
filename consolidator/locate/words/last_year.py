"""Which columns a head names by the same months of the year before: `2024年1-9月累计`, `上年7-9月`, `去年同期累计`.

In: a folded head, the columns of a table, the period of a form of a part of a year. Out: the columns that it names.
Never: the whole of the year before, or other months of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.model import Period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.form.definition import Column

LAST_YEAR = regex(r"^[上去]年度?(?:同期)?")
_BEFORE = regex(r"^(?:((?:19|20)\d{2})年?度?|[上去]年度?)(同期)?")
NUMERAL = r"[\d一二三四五六七八九十]{1,2}"
STATED_PART = regex(
    rf"^((?:19|20)\d{{2}}年度?)?((?:{NUMERAL}月?[-~至到])?{NUMERAL}月份?|第?[1-4一二三四]季度?|前[2-4二三四]个?季度|[上下]半年)"
)
OF_COURSE = regex(r"实际|完成|数量?$|值$")
SUMS = "累计"


def columns_of_last_year(bare: str, columns: Iterable[Column], period: Period) -> list[Column]:
    """The columns of the same time of the year before that a head names by that year and perhaps its months."""
    found = _BEFORE.match(bare)
    if found is None or (found[1] and int(found[1]) != period.year - 1):
        return []
    rest = bare[found.end() :]
    part = STATED_PART.match(rest)
    if part is None and not found[2]:
        return []  # all of that year
    months = Period.part_in(part[2], period.year, whole=True) if part is not None else None
    if part is not None and (part[1] or months is None):
        return []
    rest = OF_COURSE.sub("", rest[part.end() :] if part is not None else rest)
    own = months is None or months.covers(period)
    whole = months is None or months.up_to(period)
    return [
        column
        for column in columns
        if _is_meant(fold(column.label), rest, own=own, whole=whole, named=part is not None)
    ]


def _is_meant(label: str, rest: str, *, own: bool, whole: bool, named: bool) -> bool:
    """Whether a column is last year's of the months stated: summed up to the period's end, or of the period alone."""
    begun = LAST_YEAR.match(label)
    words = OF_COURSE.sub("", label[begun.end() :]) if begun is not None else None
    if words == SUMS:
        return whole and (rest == SUMS or (named and not rest))
    return words == rest and own
