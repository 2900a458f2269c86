"""How often, how many: a count or a range as clerks write it, over a period or per item (`30-40条每月`, `120次/条`).

In: the text of a cell. Out: a `Quantity`, or None for a text that does not spell one exactly: nothing is guessed, no
约 or 余 is rounded, no 万 is multiplied out. Source of the spellings: the platform table of 姚伏镇 for 2016.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from msgspec import Struct

from consolidator.patterns import regex
from consolidator.spelling import compact


class Basis(StrEnum):
    """What a quantity is counted over."""

    YEAR = "year"  # the whole year, also where a single count says no more than that: 168次
    HALF_YEAR = "half-year"
    QUARTER = "quarter"
    MONTH = "month"
    TEN_DAYS = "ten-days"
    WEEK = "week"
    DAY = "day"
    ITEM = "item"  # for each message: 120次/条
    UNSTATED = "unstated"  # a bare number, or a range that says no period


_TIMES_A_YEAR = {
    Basis.YEAR: 1,
    Basis.HALF_YEAR: 2,
    Basis.QUARTER: 4,
    Basis.MONTH: 12,
    Basis.TEN_DAYS: 36,
    Basis.WEEK: 52,
    Basis.DAY: 365,
}
_PERIODS = {
    "年度": Basis.YEAR,
    "年": Basis.YEAR,
    "半年": Basis.HALF_YEAR,
    "季度": Basis.QUARTER,
    "季": Basis.QUARTER,
    "个月": Basis.MONTH,
    "月份": Basis.MONTH,
    "月": Basis.MONTH,
    "旬": Basis.TEN_DAYS,
    "星期": Basis.WEEK,
    "周": Basis.WEEK,
    "天": Basis.DAY,
    "日": Basis.DAY,
}
_PERIOD = "|".join(sorted(_PERIODS, key=len, reverse=True))
_ITEM = "条|篇|期|则|件|个|次"
_COUNTER = "人次|条次|[次条篇个件期份场名人户位本部册起例批则封]"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_WHAT = (
    "(?:点击|阅读|浏览|访问|关注|粉丝|推送|公示|发布|更新|解读|回应|回复|互动|转发|点赞|评论|留言|咨询|信息|政策|文章|稿件)*"
    "(?:量|人数|次数|条数|篇数|总数|数)?"
)
_TOTAL = "累计|共计|总计|合计|共|全年|本年度|本年|年度|一年|年内"
_QUANTITY = regex(
    rf"(?P<total>{_TOTAL})?(?:(?:平均)?每(?P<before>{_PERIOD}|{_ITEM})|(?P<mean>{_PERIOD})均|平均)?"
    rf"{_WHAT}(?P<total_after>{_TOTAL})?[为:达]?"
    rf"(?P<first>{_NUMBER})(?:{_COUNTER})?(?:(?:-|~|至|到)(?P<last>{_NUMBER}))?(?P<counter>{_COUNTER})?"
    rf"(?:(?:/每?|每)一?(?P<after>{_PERIOD}|{_ITEM}))?"
)
_PARTED_DIGITS = regex(r"\d\s*[、﹑､\s]\s*\d")


class Quantity(Struct, frozen=True):
    """A count from `low` to `high`, as written, over its basis; `low` is above `high` where somebody wrote it so."""

    low: Decimal
    high: Decimal
    basis: Basis

    @property
    def yearly(self) -> tuple[Decimal, Decimal] | None:
        """The least and the most of a whole year; None for a quantity per item, or over nobody knows what."""
        times = _TIMES_A_YEAR.get(self.basis)
        return (self.low * times, self.high * times) if times else None


@lru_cache(maxsize=65536)
def quantity(text: str) -> Quantity | None:
    """The quantity that the whole of `text` spells, or None."""
    if _PARTED_DIGITS.search(text):
        return None
    bare = compact(text).rstrip(".;,")
    match = _QUANTITY.fullmatch(bare)
    if match is None:
        return None
    over = [word for word in (match["before"], match["mean"], match["after"]) if word]
    total = bool(match["total"] or match["total_after"])
    if len(over) > 1 or (over and total and _PERIODS.get(over[0]) is None):
        return None
    first = _number(match["first"])
    last = _number(match["last"]) if match["last"] else first
    if over:
        return Quantity(first, last, _PERIODS.get(over[0], Basis.ITEM))
    counted = bool(match["counter"]) or re.search(rf"\d(?:{_COUNTER})$", bare) is not None
    stated = total or (counted and not match["last"])
    return Quantity(first, last, Basis.YEAR if stated else Basis.UNSTATED)


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
