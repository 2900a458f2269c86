"""Months as clerks write them: `2012.08`, `2015年12月`, `2015-6`, `二〇一五年十二月`, and whole dates, of which the month is taken.

In: the text of a cell, or the number that a spreadsheet made of it. Out: a `YearMonth`, or None where the whole text
spells none (there is no 31 June), or more than one could be meant. Never: a two-digit year made a four-digit one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.patterns import regex
from consolidator.spelling import compact, in_digits

if TYPE_CHECKING:
    from decimal import Decimal

_CHINESE = regex(r"([〇○零一二三四五六七八九]{4})年(十[一二]?|[一二三四五六七八九])(?=月)")
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_SINCE = r"(?:起|开通|上线|创办|始办|建成|成立|注册|启用|运行|开始|创建)?"
_SPELLINGS = tuple(
    regex(pattern)
    for pattern in (
        rf"(?P<year>\d{{4}})年(?P<month>\d{{1,2}})月份?(?:{_DAY}[日号])?{_SINCE}",
        rf"(?P<year>\d{{4}})(?P<mark>[-./])(?P<month>\d{{1,2}})(?:(?P=mark){_DAY})?",
        rf"(?P<year>\d{{4}})(?P<month>\d{{2}})(?:{_DAY})?",
    )
)
_FIRST, _LAST = 1949, 2199
_MONTHS = 12
_OCTOBER = 10


class YearMonth(Struct, frozen=True, order=True):
    """A month of a year."""

    year: int
    month: int

    def __str__(self) -> str:
        """As `2015-06`."""
        return f"{self.year}-{self.month:02d}"


@lru_cache(maxsize=65536)
def year_month(text: str) -> YearMonth | None:
    """The month that the whole of `text` spells, or None."""
    bare = _CHINESE.sub(_in_digits, compact(text)).rstrip(".,;")
    for spelling in _SPELLINGS:
        match = spelling.fullmatch(bare)
        if match is not None:
            found = _month(int(match["year"]), int(match["month"]))
            return found if found and int(match["day"] or 1) <= monthrange(found.year, found.month)[1] else None
    return None


def year_month_of(number: Decimal, number_format: str) -> tuple[YearMonth, ...]:
    """The months that a number in a cell can stand for: `2015.06` is one, `2015.1` January or, its zero lost, October."""
    text = f"{number:f}"
    whole, _, decimals = text.partition(".")
    shown = len(match[1]) if (match := re.search(r"0\.(0+)", number_format)) else 0
    if decimals == "1" and len(whole) == len("2015"):
        both = (_month(int(whole), 1), _month(int(whole), _OCTOBER))
        candidates = both if not shown else both[:1] if shown == 1 else both[1:]
        return tuple(found for found in candidates if found is not None)
    found = year_month(text)
    return (found,) if found is not None else ()


def _month(year: int, month: int) -> YearMonth | None:
    return YearMonth(year, month) if _FIRST <= year <= _LAST and 1 <= month <= _MONTHS else None


def _in_digits(match: re.Match[str]) -> str:
    month = match[2]
    number = 10 + int(in_digits(month[1:]) or 0) if month.startswith("十") else int(in_digits(month))
    return f"{in_digits(match[1])}年{number}"
