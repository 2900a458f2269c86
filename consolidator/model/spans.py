"""How years, parts of a year and runs of years are written in a heading or in a file's name.

In: a text. Out: where in it periods stand, each as months counted from January of its year. Never: a day of the calendar
(2017年1月13日) taken for more than its year.
"""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, NamedTuple

from consolidator.patterns import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

YEAR = 12
QUARTER = 3
_SPELLED = str.maketrans(
    "０１２３４５６７８９〇○零一二三四五六七八九（）～〜∼—–―─－－〔〕﹣‐‑‒−至到．ＱＨ／",
    "0123456789000123456789()~~~------()-------.QH/",
)
_ONE_DRAWN_AS_DASH = regex(r"(?<=\d)一(?=\d)")
_MAY_START = regex(r"[12１２一二][09０９〇○零九]")
_MAY_BE_PART = regex(r"[月季]|半年|[QqＱHhＨ][1-4１-４]")
_STARTS = regex(r"(?<!\d)(?:19|20)\d{2}(?:(?<!\d\.\d{4})|(?=\s*年))")
_M = r"(?:1[0-2]|0?[1-9]|十[12]?|元(?=月))"
_D = r"(?:[\d十]{1,3}[日号])"
_TO = r"\s*(?:起?\s*-+|起?~|[、和及])\s*"
_NEXT = r"(?P<next>(?:19|20)\d{2})"
_PART = (
    rf"(?P<half>[上下])半年|前(?P<first>{_M})个?(?P<counted>月|季度?)"
    rf"|第?(?P<quarter>[1-4])季?度?(?:、第?[1-4]季?度?){{0,2}}{_TO}第?(?P<last_quarter>[1-4])个?季度?"
    rf"|(?P<month>{_M})(?:月份?{_D}?)?(?:、{_M}(?:月份?)?){{0,10}}{_TO}(?:{_NEXT}年度?)?(?P<last_month>{_M})月{_D}?"
)
_LETTERS = r"|[Qq](?P<q>[1-4])(?:\s*[-~]+\s*[Qq]?(?P<last_q>[1-4]))?(?![\da-zA-Z])|[Hh](?P<h>[12])(?![\da-zA-Z])"
_LETTERED = regex(rf"\s*年?\s*度?[\s(]*-?(?:{_LETTERS[1:]})")
_BARE = regex(_PART)
_ALONE = regex(rf"\(?[自从]?(?:{_PART}|第?(?P<single>[1-4])季|(?P<lone>{_M})月{_LETTERS})(?:[度份止]|累计)*\)?")
_AFTER_YEAR = regex(
    rf"(?:\s*年\s*度?[\s(),，:：]*(?:累计)?|\s*(?=[上下]半年|前)|\.(?=\d+\s*-+\s*\d+\s*月))(?:{_PART})"
    r"|\s*年?\s*度?[\s(]*(?P<middle>半年)|\s*年\s*度?[\s(]*(?P<interim>中[期报])|\s*年\s*度?\s*\((?P<volume>[上下])\)"
)
_SINGLE = regex(
    rf"\s*年?\s*度?[\s(]*第?\s*(?P<quarter>[1-4])\s*季度?"
    rf"|\s*年\s*度?\s*(?P<month>{_M})\s*月份?(?!\s*[\d十]*\s*[日号]|\s*[-~起])"
    rf"|\s*年\s*度?\s*\(\s*(?P<lone>{_M})\s*月份?\s*\)"
)
_YEARS = regex(rf"\s*(?:年\s*度?\s*)?(?:-+|[~/、和及])\s*{_NEXT}\s*年(?:\s*度)?(?!\s*[\d十]+\s*月)")
_NUMBERS = regex(
    rf"(?P<mark>[-./])(?P<month>1[0-2]|0?[1-9])(?:(?P=mark)\d{{1,2}})?\s*[-~]+\s*"
    rf"{_NEXT}(?P=mark)(?P<last_month>1[0-2]|0?[1-9])(?:(?P=mark)\d{{1,2}})?(?!\d)"
)
_UNTIL = regex(r"(?<![报送交])截(?:止-?|-)\s*$")
_LAST_DAY = regex(rf"\s*年\s*(?P<month>{_M})\s*月\s*(?:(?P<day>\d{{1,2}})\s*[日号]|底|末)")
_WHOLE = regex(r"\s*年(?:\s*度)?")
_MONTH = regex(rf"(?<![\d.十])(?P<month>{_M})\s*月(?!\s*\d+\s*[日号])")


class Written(NamedTuple):
    """A period in a text: where it stands, its year, its first and last month counted from January of that year."""

    start: int
    end: int
    year: int
    first: int
    last: int
    quarter: bool = False


def periods_in(text: str) -> Iterator[Written]:
    """Every period that a text states with its year, in order."""
    if not _MAY_START.search(text):
        return
    spelled, at = _spelled(text), 0
    while begun := _STARTS.search(spelled, at):
        found = _at(spelled, begun)
        if found is not None:
            yield found
        at = found.end if found is not None else begun.end()


def may_be_part(text: str) -> bool:
    """Whether a text has a sign without which it states no part of a year."""
    return _MAY_BE_PART.search(text) is not None


def part_in(text: str, *, whole: bool) -> tuple[int, int, bool] | None:
    """The months of a part of a year that a text states without its year, and whether it is one quarter.

    With `whole` the text is nothing else, and may be a single quarter or month too.
    """
    if not may_be_part(text):
        return None
    spelled = _spelled(text)
    match = _ALONE.fullmatch(spelled) if whole else _BARE.search(spelled)
    if match is None:
        return None
    if whole and (match["q"] or match["h"]):
        return _lettered(match)
    if whole and match["single"]:
        return (*_quarters(match["single"]), True)
    if whole and match["lone"]:
        return (_number(match["lone"]), _number(match["lone"]), False)
    months = None if match["next"] else _part(match)
    return (*months, False) if months else None


def months_in(text: str) -> set[int]:
    """The months that a text names (`7月`, `十一月份`), days of the calendar (7月5日) left out."""
    return {_number(match["month"]) for match in _MONTH.finditer(_spelled(text))}


def _spelled(text: str) -> str:
    """The text in one spelling of digits, brackets and dashes, every character at its place."""
    return _ONE_DRAWN_AS_DASH.sub("-", text).translate(_SPELLED)


def _at(text: str, begun: re.Match[str]) -> Written | None:
    """The period whose year begins there; the longest reading first."""
    year, at = int(begun[0]), begun.end()
    if _UNTIL.search(text, 0, begun.start()) and (match := _LAST_DAY.match(text, at)) and _ends_month(year, match):
        return Written(begun.start(), match.end(), year, 1, _number(match["month"]))
    if match := _NUMBERS.match(text, at):
        later = YEAR * (int(match["next"]) - year)
        return Written(begun.start(), match.end(), year, int(match["month"]), later + int(match["last_month"]))
    if (match := _YEARS.match(text, at)) and int(match["next"]) > year:
        return Written(begun.start(), match.end(), year, 1, YEAR * (int(match["next"]) - year + 1))
    if match := _AFTER_YEAR.match(text, at):
        volume = match["volume"]
        months = _half(volume or "上") if match["middle"] or match["interim"] or volume else _part(match, year)
        if months:
            return Written(begun.start(), match.end(), year, *months)
    if match := _LETTERED.match(text, at):
        return Written(begun.start(), match.end(), year, *_lettered(match))
    if match := _SINGLE.match(text, at):
        if match["quarter"]:
            return Written(begun.start(), match.end(), year, *_quarters(match["quarter"]), quarter=True)
        month = _number(match["month"] or match["lone"])
        return Written(begun.start(), match.end(), year, month, month)
    match = _WHOLE.match(text, at)
    return Written(begun.start(), match.end(), year, 1, YEAR) if match else None


def _part(match: re.Match[str], year: int = 0) -> tuple[int, int] | None:
    """The months of a part as it is written; one that ends before it begins ends in the next year."""
    if match["half"]:
        return _half(match["half"])
    if match["counted"]:
        last = _number(match["first"]) * (QUARTER if match["counted"].startswith("季") else 1)
        return (1, last) if last <= YEAR else None
    if match["quarter"]:
        first, last = _quarters(match["quarter"])[0], _quarters(match["last_quarter"])[1]
        return (first, last) if first < last - QUARTER else None
    first, last = _number(match["month"]), _number(match["last_month"])
    if match["next"]:
        last += YEAR * (int(match["next"]) - year)
    return first, last if last >= first else last + YEAR


def _half(which: str) -> tuple[int, int]:
    return (1, YEAR // 2) if which in "上1" else (YEAR // 2 + 1, YEAR)


def _lettered(match: re.Match[str]) -> tuple[int, int, bool]:
    """The months of `Q3`, `Q1-Q3` or `H1`, and whether it is one quarter."""
    if match["h"]:
        return (*_half(match["h"]), False)
    first, last = _quarters(match["q"]), _quarters(match["last_q"] or match["q"])
    return first[0], max(first[1], last[1]), last[1] <= first[1]


def _quarters(number: str) -> tuple[int, int]:
    last = QUARTER * int(number)
    return last - QUARTER + 1, last


def _ends_month(year: int, match: re.Match[str]) -> bool:
    return not match["day"] or int(match["day"]) == monthrange(year, _number(match["month"]))[1]


def _number(month: str) -> int:
    """A month in digits of which the ten may still be a Chinese one."""
    if month == "元":
        return 1
    return 10 + int(month[1:] or 0) if month.startswith("十") else int(month)
