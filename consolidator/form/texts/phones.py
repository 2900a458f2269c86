"""Telephone numbers as they are printed: mobile, fixed with or without area code and extension, 400 and 800, short ones.

In: the text of a cell. Out: the numbers in it, or none where anything else stands there too; and any text with its
telephone numbers left out. Source: the numbering plan of the mainland (11 digits from 13; area codes from 0).
"""

from __future__ import annotations

import re
from functools import cache

from consolidator.patterns import regex
from consolidator.spelling import compact, half_width

_GAP = r"[-\s]?"
_MOBILE = rf"(?:\+?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"
_AREA = rf"(?:\(0\d{{2,3}}\){_GAP}|0\d{{2,3}}{_GAP})"
_LOCAL = rf"[2-8]\d{{2,3}}{_GAP}\d{{4}}"
_EXTENSION = r"(?:\s?(?:转|-|#|ext\.?)\s?\d{1,5})?"
_SERVICE = rf"[48]00{_GAP}\d{{3,4}}{_GAP}\d{{3,4}}"
_SHORT = r"(?:1[012]\d{1,3}|9[56]\d{3,4})"
_LONG = rf"(?:{_MOBILE}|{_SERVICE}|{_AREA}{_LOCAL}{_EXTENSION})"
_PHONE = rf"(?<!\d)(?:{_LONG}|{_LOCAL}{_EXTENSION}|{_SHORT})(?!\d)"
_WHOSE = r"(?:[\u4e00-\u9fff]{1,12}:\s*)?"
_REMARK = r"(?:\s*\([^()\d]*\))?"
_ONE = rf"{_WHOSE}{_PHONE}{_REMARK}"
_SEVERAL = rf"\s*{_ONE}(?:[\s,;/]+{_ONE})*[\s,;.]*"
_NUMBER = regex(_PHONE, re.IGNORECASE)
_CALLED = r"(?:电话|热线|手机|号码|传真|拨打|致电)[^\d,;.]{0,6}?"
_IN_PROSE = regex(rf"(?:(?<!\d)(?={_LONG}(?!\d))|{_CALLED})({_LONG}|{_LOCAL}{_EXTENSION})(?!\d)", re.IGNORECASE)


def phone_numbers(text: str) -> tuple[str, ...]:
    """The telephone numbers of which the whole of `text` consists, in half-width; none where it says anything else."""
    spelled = _spelled(text)
    if not _several().fullmatch(spelled):
        return ()
    return tuple(match.group().strip() for match in _NUMBER.finditer(spelled))


@cache
def _several() -> re.Pattern[str]:
    """Compiled when a form asks for a telephone number: it costs as much as reading five files."""
    return regex(_SEVERAL, re.IGNORECASE)


def without_phone_numbers(text: str, instead: str) -> str:
    """`text` with `instead` in place of every telephone number in it that no other figure could be."""
    kept, after = [], 0
    for match in _IN_PROSE.finditer(half_width(text)):
        kept += [text[after : match.start(1)], instead]
        after = match.end(1)
    return "".join((*kept, text[after:]))


def _spelled(text: str) -> str:
    """The text in one spelling of digits and marks; its spaces and line ends part numbers."""
    return " ".join(compact(piece) for piece in text.split())
