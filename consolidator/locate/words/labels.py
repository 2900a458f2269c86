"""Labels made comparable beyond their spelling: without number, 其中 and closing remark; sentences with blanks.

In: a label as printed or typed. Out: its core, or the pattern of a sentence to fill in.
"""

from __future__ import annotations

import re
from functools import lru_cache

from consolidator.locate.words.appended import in_brackets
from consolidator.patterns import regex
from consolidator.spelling import fold

_ORDINAL = regex(
    r"^(?:第?[一二三四五六七八九十]+[,.)]|\([一二三四五六七八九十]+\)[,.]?|\d{1,2}\.\d{1,2}[.,)]?(?!\d)|\d{1,2}[.,)](?!\d)"
    r"|\(\d{1,2}\)[,.]?|[①-⑳㈠-㈩⑴-⒇⒈-⒛][,.]?|[·•●○◆◇■□▪▲△★☆※*>-]+)"
)
_BARE_ORDINAL = regex(r"^(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?=\D)")
_AMONG = regex(r"^(?:其中|其它?中|\(其中\))[:,]?")
_REMARK = regex(r"\([^()]*\)$|[*※★☆#]+$")
_CLOSING = regex(r"\(([^()]*)\)[*※★☆#]*$")
_TAIL = ":;,.-"
_TELLING = 4  # characters at the beginning of a sentence that no other label shares


@lru_cache(maxsize=65536)
def core(text: str) -> str:
    """The folded label without its number, a leading 其中 and closing remarks in brackets."""
    bare = fold(text)
    while True:
        shorter = _AMONG.sub("", _ORDINAL.sub("", bare))
        if shorter == bare or not shorter:
            break
        bare = shorter
    bare = in_brackets(bare)
    while True:
        shorter = _REMARK.sub("", bare).rstrip(_TAIL)
        if shorter == bare or not shorter:
            return bare
        bare = shorter


def unnumbered(text: str) -> str:
    """The core of a label whose number stands without any mark after it, as in `一 主动公开情况`."""
    return core(_BARE_ORDINAL.sub("", core(text)))


@lru_cache(maxsize=4096)
def fill_in(label: str) -> re.Pattern[str] | None:
    """A pattern for a printed sentence with blanks (`主要侧重____等方面`), filled in or not; None for other labels.

    People fill in fewer blanks than are printed and strike the rest, so only the sentence's beginning must be there, and
    where that is short its longest other part.
    """
    bare = fold(label)
    if "_" not in bare:
        return None
    beginning, *others = bare.split("_")
    longest = "" if len(beginning) >= _TELLING else max(others, key=len)
    return regex(f"{re.escape(beginning)}.*{re.escape(longest)}.*", re.DOTALL)


def closing_remark(text: str) -> str:
    """What stands in brackets at the end of a label, such as the unit of measure in `专项经费（元）`, or empty."""
    match = _CLOSING.search(in_brackets(fold(text)))
    return match[1] if match else ""


@lru_cache(maxsize=64)
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """A pattern for any of the words, the longest first, its characters spread or not."""
    spread = (r"[\s\u3000]*".join(map(re.escape, word)) for word in sorted(words, key=len, reverse=True))
    return regex("|".join(spread))
