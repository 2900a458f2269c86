"""Reference periods: a year, a quarter or a month, or any other span of months (报告期)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from consolidator.model import spans
from consolidator.model.spans import QUARTER, YEAR

_ISO = re.compile(r"^(?P<year>\d{4})(?:-?Q(?P<quarter>[1-4])|-(?P<month>0?[1-9]|1[0-2]))?$", re.IGNORECASE)
_INTERVAL = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])/(\d{4})-(0[1-9]|1[0-2])$")


class Period(Struct, frozen=True):
    """A reference period. `quarter` and `month` are None for a whole year; at most one of them is set.

    `span` is any other run of months, from the first to the last, counted from January of `year`: 2016年上半年 is (1, 6)
    of 2016, 2015—2016年度 is (1, 24) of 2015.
    """

    year: int
    quarter: int | None = None
    month: int | None = None
    span: tuple[int, int] | None = None

    def __str__(self) -> str:
        """`2016`, `2016-Q3`, `2016-07` or `2016-01/2016-06`: the spelling of the outputs and of `--period`."""
        if self.span:
            return "/".join(f"{year}-{month:02d}" for year, month in self._ends)
        if self.quarter:
            return f"{self.year}-Q{self.quarter}"
        if self.month:
            return f"{self.year}-{self.month:02d}"
        return str(self.year)

    def __lt__(self, other: Period) -> bool:
        """Whether it comes before another one of its kind."""
        return (self.year, self.months) < (other.year, other.months)

    @property
    def kind(self) -> tuple[bool, bool, int]:
        """What periods have in common that follow each other: years, quarters, months, runs of as many months."""
        return self.quarter is None, self.month is None, self.months[1] - self.months[0]

    @property
    def months(self) -> tuple[int, int]:
        """Its first and its last month, counted from January of its year."""
        if self.span:
            return self.span
        if self.quarter:
            return QUARTER * (self.quarter - 1) + 1, QUARTER * self.quarter
        return (self.month, self.month) if self.month else (1, YEAR)

    @property
    def is_year(self) -> bool:
        """Whether it is one whole year."""
        return not (self.quarter or self.month or self.span)

    def in_year(self, year: int) -> Period:
        """The same part of another year."""
        return Period(year, self.quarter, self.month, self.span)

    @property
    def _ends(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Year and month of the first month and of the last one."""
        first, last = ((self.year + (month - 1) // YEAR, (month - 1) % YEAR + 1) for month in self.months)
        return first, last

    @property
    def chinese(self) -> str:
        """`2016年度`, `2016年第3季度`, `2016年7月` or `2016年1—6月`, as printed in a title."""
        if self.span:
            (year, first), (other, last) = self._ends
            if year == other:
                return f"{year}年{first}—{last}月"
            whole = (first, last) == (1, YEAR)
            return f"{year}—{other}年度" if whole else f"{year}年{first}月至{other}年{last}月"
        if self.quarter:
            return f"{self.year}年第{self.quarter}季度"
        if self.month:
            return f"{self.year}年{self.month}月"
        return f"{self.year}年度"

    def up_to(self, other: Period) -> bool:
        """Whether it is a span from January to the end of the `other` period, part of the same year: cumulative figures."""
        return self.span is not None and self.year == other.year and self.months == (1, other.months[1])

    def a_year_before(self, other: Period) -> bool:
        """Whether it is the same part of the year before the `other` period's: what 同比 compares with."""
        return (self.kind, self.year + 1, self.months) == (other.kind, other.year, other.months)

    def right_before(self, other: Period) -> bool:
        """Whether it is of the `other` period's kind and ends where that begins: what 环比 compares with."""
        last, first = self.year * YEAR + self.months[1], other.year * YEAR + other.months[0]
        return self.kind == other.kind and last + 1 == first

    def covers(self, other: Period) -> bool:
        """Whether both are of the same months, however they are called: 1—3月 and 第1季度."""
        return (self.year, self.months) == (other.year, other.months)

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """The period that `text` spells as a whole (`2016`, `2016-Q3`, `2016-07`, `2016年度`), or None."""
        text = text.strip()
        if match := _ISO.match(text):
            quarter, month = match["quarter"], match["month"]
            return cls(int(match["year"]), int(quarter) if quarter else None, int(month) if month else None)
        if match := _INTERVAL.match(text):
            year, first, other, last = map(int, match.groups())
            return cls.of(year, first, last + YEAR * (other - year)) if (year, first) <= (other, last) else None
        return cls.find(text)

    @classmethod
    def find(cls, text: str) -> Period | None:
        """The first period that stands anywhere in a printed text such as `（2016 年度）`, or None.

        Digits may be full-width or Chinese (二〇一六年). A calendar date (2017年1月13日) gives its year only.
        """
        return _first_in(text)

    @classmethod
    def all_in(cls, text: str) -> list[Period]:
        """Every period that stands in a text, in order."""
        return [cls.of(*each[2:]) for each in spans.periods_in(text)]

    @classmethod
    def may_be_part(cls, text: str) -> bool:
        """Whether a text has a sign without which it states no part of a year: a word, or a letter such as `Q3`."""
        return spans.may_be_part(text)

    @classmethod
    def part_in(cls, text: str, year: int, *, whole: bool = False) -> Period | None:
        """The part of `year` that a text states without saying of which year it is (上半年, 1—6月), or None.

        With `whole` the text is nothing else, and may be a single quarter or month too.
        """
        part = spans.part_in(text, whole=whole)
        return cls.of(year, *part) if part else None

    @classmethod
    def cut_from(cls, text: str) -> str:
        """The text without the periods in it and the brackets around them."""
        for found in reversed(list(spans.periods_in(text))):
            before, within, after = text[: found.start], text[found.start : found.end], text[found.end :]
            if before.endswith(("(", "（")):
                before = before[:-1]
                after = after[1:] if after.startswith((")", "）")) else after
            elif any(bracket in within for bracket in "(（") and not any(bracket in within for bracket in ")）"):
                after = after[1:] if after.startswith((")", "）")) else after
            text = before + after
        return text

    @classmethod
    def months_in(cls, text: str) -> set[int]:
        """The months that a text names (`7月`, `十一月份`), days of the calendar (7月5日) left out."""
        return spans.months_in(text)

    @classmethod
    def of(cls, year: int, first: int, last: int, quarter: bool = False) -> Period:
        """The period of these months, counted from January of `year`, by its usual name if it has one."""
        if (first, last) == (1, YEAR):
            return cls(year)
        if first == last:
            return cls(year, month=first)
        return cls(year, quarter=last // QUARTER) if quarter else cls(year, span=(first, last))


@lru_cache(maxsize=4096)
def _first_in(text: str) -> Period | None:
    """Kept, as the same headings stand on form after form."""
    return next(iter(Period.all_in(text)), None)
