"""Reference periods: a year, a quarter or a month (报告期)."""

from __future__ import annotations

import re

from msgspec import Struct

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_ISO = re.compile(r"^(?P<year>\d{4})(?:-?Q(?P<quarter>[1-4])|-(?P<month>0?[1-9]|1[0-2]))?$", re.IGNORECASE)
_CHINESE = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})\s*年\s*(?:度)?\s*"
    r"(?:第?\s*(?P<quarter>[1-4])\s*季|(?P<month>1[0-2]|0?[1-9]|十[12]?)\s*月(?:份)?(?!\s*\d*\s*日|\s*[—\-至到起]))?"
)
_MONTH = re.compile(r"(?<![\d.十])(?P<month>1[0-2]|0?[1-9]|十[12]?)\s*月(?!\s*\d+\s*[日号])")


class Period(Struct, frozen=True):
    """A reference period. `quarter` and `month` are None for a whole year; at most one of them is set."""

    year: int
    quarter: int | None = None
    month: int | None = None

    def __str__(self) -> str:
        """`2016`, `2016-Q3` or `2016-07`: the spelling of the outputs and of `--period`."""
        if self.quarter:
            return f"{self.year}-Q{self.quarter}"
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return str(self.year)

    def __lt__(self, other: Period) -> bool:
        """Whether it comes before another one of its kind."""
        return (self.year, self.quarter or 0, self.month or 0) < (other.year, other.quarter or 0, other.month or 0)

    @property
    def chinese(self) -> str:
        """`2016年度`, `2016年第3季度` or `2016年7月`, as printed in a title."""
        if self.quarter:
            return f"{self.year}年第{self.quarter}季度"
        if self.month:
            return f"{self.year}年{self.month}月"
        return f"{self.year}年度"

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """The period that `text` spells as a whole (`2016`, `2016-Q3`, `2016-07`, `2016年度`), or None."""
        match = _ISO.match(text.strip())
        if match:
            return cls._of(match)
        return cls.find(text)

    @classmethod
    def find(cls, text: str) -> Period | None:
        """The first period that stands anywhere in a printed text such as `（2016 年度）`, or None.

        Digits may be full-width or Chinese (二〇一六年). A calendar date (2017年1月13日) gives its year only.
        """
        match = _CHINESE.search(text.translate(_DIGITS))
        return cls._of(match) if match else None

    @classmethod
    def months_in(cls, text: str) -> set[int]:
        """The months that a text names (`7月`, `十一月份`), days of the calendar (7月5日) left out."""
        return {_number(match["month"]) for match in _MONTH.finditer(text.translate(_DIGITS))}

    @classmethod
    def _of(cls, match: re.Match[str]) -> Period:
        quarter, month = match["quarter"], match["month"]
        return cls(int(match["year"]), int(quarter) if quarter else None, _number(month) if month else None)


def _number(month: str) -> int:
    """A month in digits of which the ten may still be a Chinese one."""
    return 10 + int(month[1:] or 0) if month.startswith("十") else int(month)
