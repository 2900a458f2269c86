"""Years and days that prose names.

In: a text. Out: the years it speaks of, the day it names, or the day that is meant by a deadline.
Never: a year of a law's number or of a revision taken for the year that is reported on.
"""

from __future__ import annotations

from datetime import date

from consolidator.patterns import regex
from consolidator.spelling import fold, in_digits

_YEAR = r"(?<!\d)((?:19|20)\d{2})年(?!\d{1,2}月\d{1,2}日)"
_SPOKEN = regex(_YEAR + r"(?:度)?(?!修订|修正|版|起施行)")
_OPENING = regex(_YEAR + r"(?:度|以来|期间)?")
_BRACKETED = regex(r"[（(〔\[【《][^（(〔\[【《）)〕\]】》]*[）)〕\]】》]")
_SENTENCE = regex(r"[^。；;！!？?\n\r]+")
_DAY = regex(r"(?<!\d)((?:19|20)\d{2})(?:年|[-./])(1[0-2]|0?[1-9])(?:月|[-./])(3[01]|[12]\d|0?[1-9])(?!\d)日?")
_CHINESE_DAY = regex(
    r"([\d〇○零一二三四五六七八九]{4})年(十?[一二]|[一二三四五六七八九十])月([二三]?十?[一二三四五六七八九]?)日"
)
_MONTH_DAY = regex(r"(\d{2})-(\d{2})")


def spoken_year(text: str) -> int | None:
    """The year that a text is about: the one its first sentence to begin with a year names, else the first one named."""
    plain = _BRACKETED.sub("", text)
    sentences = [fold(match.group()) for match in _SENTENCE.finditer(plain)]
    for sentence in sentences:
        opening = _OPENING.match(sentence)
        if opening:
            return int(opening[1])
    named = [int(year) for sentence in sentences for year in _SPOKEN.findall(sentence)]
    return named[0] if named else None


def spoken_years(text: str) -> frozenset[int]:
    """Every year that a text speaks of."""
    return frozenset(int(year) for year in _SPOKEN.findall(fold(_BRACKETED.sub("", text))))


def named_day(text: str) -> date | None:
    """The first day that a text names, in digits or in characters; None where it names none that the calendar has."""
    bare = fold(text)
    match = _DAY.search(bare)
    if match:
        return _day(*map(int, match.groups()))
    match = _CHINESE_DAY.search(bare)
    if match is None:
        return None
    return _day(int(in_digits(match[1])), _count(match[2]), _count(match[3]))


def only_day(text: str) -> date | None:
    """The day that a line names where it says nothing else, but for brackets."""
    bare = fold(text).strip("()")
    match = _DAY.fullmatch(bare) or _CHINESE_DAY.fullmatch(bare)
    return named_day(bare) if match else None


def last_day(text: str, year: int) -> date:
    """The day meant by a deadline: `01-31` is that of the year after the `year` reported on, `2026-01-20` itself."""
    match = _MONTH_DAY.fullmatch(text)
    if match is None:
        return date.fromisoformat(text)
    return _day(year + 1, int(match[1]), int(match[2])) or date(year + 1, 3, 1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _count(text: str) -> int:
    """The number up to 99 that `十二` or `三十一` spells."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int(in_digits(text) or 0)
    return int(in_digits(tens) or 1) * 10 + int(in_digits(ones) or 0)
