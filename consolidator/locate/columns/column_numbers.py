"""The line of column numbers under a header: 甲 乙 1 2 3, （1） （2） （3）, A B C, 栏次 1 2, ① ②.

In: the cells of a line. Out: whether they number the columns. Never: a line taken for one that does not count up from the first.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.form.texts.figures import chinese_numeral
from consolidator.model import CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.model import Cell

_LEADS = frozenset({"栏次", "代码", "编码", "行次", "栏号", "栏", "列次", "列号", "列", "栏目", "栏序"})
_COUNTERS = {
    "stems": "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥",
    "letters": "abcdefghijklmnopqrstuvwxyz",
    "circles": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "brackets": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
}
_COUNTED = {char: (name, number) for name, chars in _COUNTERS.items() for number, char in enumerate(chars, start=1)}
_NUMBER = regex(r"\d{1,2}")
_SUM = regex(r"=[\d()+\-*/×÷%.]+$")  # how one column follows from others, as in `5=3-4`
_INDEX = regex(r"[\d甲乙丙丁戊己庚]{1,2}")
_LEAST = 2  # marks that count, without which a line numbers nothing


def numbers_columns(cells: Iterable[Cell]) -> bool:
    """Whether what stands on a line counts up from the first mark of a kind, numbers perhaps beginning anew behind letters."""
    texts = [fold(cell.text) for cell in cells if cell.kind is not CellKind.BLANK]
    texts = [text for text in texts if text and not is_dash(text)]
    led = bool(texts) and texts[0] in _LEADS
    marks = [_mark(text) for text in (texts[1:] if led else texts)]
    found = [mark for mark in marks if mark is not None]
    if len(found) < len(marks) or len(found) + led < _LEAST or not found or found[0][1] != 1:
        return False
    return all(
        following == number + 1 if series == before else series == "numbers" and following in (1, number + 1)
        for (before, number), (series, following) in pairwise(found)
    )


def may_number_a_column(bare: str) -> bool:
    """Whether a head (folded) can be no more than a column's number."""
    return _INDEX.fullmatch(bare) is not None


def _mark(bare: str) -> tuple[str, int] | None:
    """The series that a mark belongs to, and its place in it."""
    mark = _SUM.sub("", bare)
    if mark.startswith("(") and mark.endswith(")"):
        mark = mark[1:-1]
    if _NUMBER.fullmatch(mark):
        return "numbers", int(mark)
    if mark in _COUNTED:
        return _COUNTED[mark]
    number = chinese_numeral(mark)
    return ("numerals", number) if number else None
