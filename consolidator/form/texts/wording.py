"""Printed words made comparable: two texts that only differ in spacing, punctuation or numbering are one wording.

In: a label, an alias or a cell's text. Out: its bare form for comparison, or a short one for a sentence.
Never: a similarity score.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from consolidator.patterns import regex
from consolidator.spelling import fold

_OPEN, _CLOSE = "(（〔〖【［[", ")）〕〗】］]"
_ORDINAL = r"(?:[一二三四五六七八九十]+|\d{1,2})"
_NUMBER = regex(
    rf"^(?:[一二三四五六七八九十]+[、.．]|[{re.escape(_OPEN)}]{_ORDINAL}[{re.escape(_CLOSE)}]|\d{{1,2}}[.．、](?!\d))"
)
_AMONG = regex(r"^其中\s*[:：]?")
_REMARK = regex(rf"[{re.escape(_OPEN)}][^{re.escape(_OPEN + _CLOSE)}]*[{re.escape(_CLOSE)}]$")
_SILENT = frozenset("PSZC")  # punctuation, symbols, separators, controls


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """`text` without spaces, punctuation and symbols, in one spelling; empty for a mere dash."""
    return "".join(character for character in fold(text) if unicodedata.category(character)[0] not in _SILENT)


def short(label: str) -> str:
    """A label as a sentence names it: without its number, a leading 其中 and a closing remark in brackets."""
    text = _AMONG.sub("", _NUMBER.sub("", label.strip())).strip()
    return _REMARK.sub("", text).strip() or text or label


def wording(label: str) -> str:
    """What a label says, for comparison: its `short` form as `bare` text."""
    compact = "".join(label.split())
    return bare(short(compact)) or bare(compact)
