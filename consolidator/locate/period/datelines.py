"""What of a heading's lines may state a period: texts without days of filing, and one period over several cells.

In: the texts of a heading. Out: what is left of them to be read. Never: a day of the calendar taken for its month.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from consolidator.locate.cells.numerals import half_width
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from consolidator.model import Cell

WORDS = (
    r"(?:统计|报告|报表|填报|所属)?"
    r"(?:年度|年份|季度|月份|月度|年月|期间|期限|时段|报告期|统计期|所属期|期别|时期|日期范围)"
)
LABEL = regex(rf"^\(?{WORDS}(?=[:(]|\d|$):?")
"""What asks for a period, at the beginning of a folded text."""

MAY_BE_PART = regex(r"[月季]|半年")
"""A sign without which a text states no part of a year."""

YEAR_ALONE = regex(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_FILLED_DATE = r"(?:填报|填表|报送|上报|报出|制表|审核)\s*(?:日期|时间)"
_NUMBER = r"[\d〇○零一二三四五六七八九十]"
_FILLED_ON = regex(
    rf"{_FILLED_DATE}\s*:?\s*(?:{_NUMBER}{{4}}\s*年\s*{_NUMBER}{{1,3}}\s*月(?:\s*{_NUMBER}{{1,3}}\s*[日号])?"
    rf"|{_NUMBER}{{1,2}}\s*月\s*{_NUMBER}{{1,3}}\s*[日号]|\d{{4}}([-./])\d{{1,2}}(?:\1\d{{1,2}})?|\d{{8}}|\d{{6}}"
    rf"|{_NUMBER}{{4}}(?:\s*年(?!\s*(?:[度第(前上下]|{_NUMBER}))|(?=\s*$))|[\s_]*年[\s_]*月[\s_]*日)?"
)
_ASKS_WHEN_FILED = regex(rf"{_FILLED_DATE}(?:\([^()]*\))?:?[年月日_]*$")
_UNTIL_APART = regex(r"(?<=截[止至])[\s:]+(?=\d{4}|[〇○零一二三四五六七八九]{4})")
_DAY = regex(
    r"(?<![—\-~～至到])(?!(?<=截止)(?<![报送交]截止)\S{4}年\S{1,2}月(?:2[89]|3[01]|二十[八九]|三十一?)[日号])(?:\d{4}|[〇○零一二三四五六七八九]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"\s*[\d一二三四五六七八九十]{1,3}\s*[日号](?!\s*(?:起|至|到|—|-|~|～|∼|‑))"
)
_VERSION = regex(r"(?:19|20)\d{2}\s*年?\s*(?:版|表式|式样|修订|修正)")
_DOCUMENT = regex(r"[〔\[［【(（]\s*(?:19|20)\d{2}\s*[〕\]］】)）]\s*第?\s*\d+\s*号")
_SPREAD = regex(r"(?<=\d)[\s\u3000]+(?=\d)")
_SENTENCE = regex(r"[，。；,;！!]")
_LONGEST_LINE = 60  # characters of a line of a heading, which is no prose
_SHORT_YEAR = regex(r"(?<![\d第近前后每共])([12]\d)(?=年(?:度|\s*(?:1[0-2]|[1-9])月|第?[一二三四1-4]季|[上下]半年))")
_COUNTED_UNTIL = r"(?:统计|数据|资料)截[止至](?:日期?|时间|期)?"
_ASKS_UNTIL = regex(rf"\(?(?:{_COUNTED_UNTIL}|截至):?")
_UNTIL_ASKED = regex(rf"{_COUNTED_UNTIL}[\s:]*(?=\d{{4}}年)")
_ISO_DAY = regex(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})")
_PIECE = regex(r"\(?(?:\d{1,4}|[〇○零一二三四五六七八九十]{1,4})?(?:年度?|度|月份?|第|季度?|[上下]?半年|[日号])?第?\)?")
_WHOLE = regex(
    r"(?:(?:19|20)\d{2}|[〇○零一二三四五六七八九]{4})年?度?"
    r"(?:第?[1-4一二三四]季度?|[上下]半年|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月份?(?:[\d一二三四五六七八九十]{1,3}[日号])?)?"
)
_YEAR_ONLY = regex(r"(?:19|20)\d{2}|[〇○零一二三四五六七八九]{4}")
_MOST_TEXTS = 4096


@lru_cache(maxsize=_MOST_TEXTS)
def undated(text: str) -> str:
    """The text without days (2017年1月13日, when something was filed or is due), numbers of documents, versions of a form."""
    bare = _UNTIL_ASKED.sub("截止", _UNTIL_APART.sub("", _SPREAD.sub("", _FILLED_ON.sub(" ", half_width(text)))))
    return _SHORT_YEAR.sub(r"20\1", _VERSION.sub("", _DOCUMENT.sub("", _DAY.sub("", bare))))


def is_day_of_filing(cell: Cell, cells: Sequence[Cell]) -> bool:
    """Whether the next cell to the left asks when the form was filed."""
    before = [other for other in cells if other.row == cell.row and other.column < cell.column]
    left = max(before, key=lambda other: other.column, default=None)
    return left is not None and bool(_ASKS_WHEN_FILED.search(fold(left.text)))


def is_line(text: str) -> bool:
    """Whether a text is a line of a heading, not a sentence that speaks of a period."""
    return len(text) <= _LONGEST_LINE and not _SENTENCE.search(text)


def joined(cells: Sequence[Cell]) -> Mapping[str, str]:
    """The periods that stand over several cells of a line, as `2016 | 年 | 3 | 季度`: the whole at the first cell, nothing at the others.

    So do the words for the day up to which is counted, and that day (`统计截止 | 2016年6月30日`).
    """
    found: dict[str, str] = {}
    for _, cells_of_line in groupby(cells, key=lambda cell: cell.row):
        line = sorted(cells_of_line, key=lambda cell: cell.column)
        for asks, day in pairwise(line):
            if _ASKS_UNTIL.fullmatch(fold(asks.text)):
                found |= {asks.a1: f"截止{_spelled(day)}", day.a1: ""}
        for run in _runs(line):
            whole = "".join(fold(cell.text) for cell in run).replace("(", "").replace(")", "")
            if len(run) > 1 and _WHOLE.fullmatch(whole) and not _YEAR_ONLY.fullmatch(whole):
                found |= {cell.a1: "" for cell in run} | {run[0].a1: whole}
    return found


def _spelled(day: Cell) -> str:
    """A day as headings write it, also where the cell holds a date."""
    found = _ISO_DAY.match(half_width(day.text))
    return f"{found[1]}年{int(found[3])}月{int(found[4])}日" if found else day.text


def _runs(line: Sequence[Cell]) -> Iterator[list[Cell]]:
    """The runs of cells that may each hold a piece of a period."""
    for fits, run in groupby(line, key=lambda cell: bool(_PIECE.fullmatch(fold(cell.text)))):
        if fits:
            yield list(run)
