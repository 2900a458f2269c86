"""What prose states in numbers: `收到政府信息公开申请12件` found by the wordings that a definition gives.

In: wordings with a place `{n}`, a text. Out: exact statements with their figures, in the text's order.
Never: an approximation (约12件, 十余件), a share of something (其中), another year's or a cumulated figure.

A wording is plain words; `(a/b)` is one of several, `[a/b]` one of them or nothing, `…` a few characters of one clause,
`{n}` the number with its counting word.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.texts.figures import NUMERAL, chinese_numeral
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = regex(r"\{n\}|\[[^\[\](){}…]*\]|\([^\[\](){}…]*\)|…|[^\[\](){}…]+")
_FIGURE = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+|[{NUMERAL}]+)"
_LEAD = r"(?:总?共计?|总计|合计|为|是|有|了|:)*"
_COUNTER = r"(?:件次|件|宗|起|份|个|条|例|次|项)"
_NUMBER = rf"{_LEAD}(?<![\d.,约近逾超足])(?P<figure>{_FIGURE}){_COUNTER}(?!余|多|左右|以上|以下|上下|来|许)"
_GAP = r"[^,.;:!?\d]{0,16}?"
_NO_FIGURE = rf"(?!{_LEAD}{_FIGURE}{_COUNTER})"
_SENTENCE = regex(r"[^。；;！!？?\n\r]+")
_ELSEWHERE = regex(r"其中|去年|上一年度|上年同期|累计|历年")
_YEAR = regex(r"(?<!\d)((?:19|20)\d{2})年")
_SHOWN = 100  # characters of a sentence that a finding quotes


class Statement(Struct, frozen=True):
    """A figure that a text states: the sentence, as written, and what it says there is."""

    sentence: str
    figure: Decimal


def wording_pattern(wording: str, *, figure: bool = True) -> re.Pattern[str] | None:
    """The pattern of a wording over folded text; None where its brackets or its `{n}` are not as they should be."""
    parts = _TOKEN.findall(wording)
    if "".join(parts) != wording or parts.count("{n}") != (1 if figure else 0):
        return None
    return regex("".join(map(_spelled, parts)) + ("" if figure else _NO_FIGURE))


def _spelled(part: str) -> str:
    if part == "{n}":
        return _NUMBER
    if part == "…":
        return _GAP
    if part[0] in "[(":
        choices = "|".join(re.escape(_folded(choice)) for choice in part[1:-1].split("/"))
        return f"(?:{choices}){'?' if part[0] == '[' else ''}"
    return re.escape(_folded(part))


def _folded(part: str) -> str:
    """A part of a wording in one spelling, the mark that it may end in kept."""
    return fold(f"{part}x".replace("，", "；"))[:-1]


def find_statements(
    text: str, mentions: Sequence[tuple[tuple[str, ...], tuple[str, ...]]], year: int | None
) -> tuple[tuple[int, Statement], ...]:
    """Every exact statement of `text` with the number, from 0, of the mention (its wordings, those for none) it is of.

    A figure belongs to the longest wording that leads to it. Statements on another year than `year` are left out.
    """
    return tuple(
        entry
        for match in _SENTENCE.finditer(text)
        for entry in _in_sentence(match.group().strip(), tuple(mentions), year)
    )


def _in_sentence(
    sentence: str, mentions: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...], year: int | None
) -> Iterator[tuple[int, Statement]]:
    bare = fold(sentence.replace("，", "；"))  # a comma parts clauses, a 、 joins words; folded they look alike
    shown = sentence if len(sentence) <= _SHOWN else sentence[:_SHOWN] + "…"
    found: dict[tuple[int, int, int], tuple[int, int, Decimal]] = {}
    for number, (says, none) in enumerate(mentions):
        for match in (match for pattern in _patterns(says, figure=True) for match in pattern.finditer(bare)):
            figure = _figure(match["figure"])
            if figure is not None and _is_of(bare[: match.start()], year):
                known = found.get((0, *match.span("figure")))
                if known is None or match.start() < known[0]:
                    found[0, *match.span("figure")] = (match.start(), number, figure)
        for match in (match for pattern in _patterns(none, figure=False) for match in pattern.finditer(bare)):
            if _is_of(bare[: match.start()], year):
                found.setdefault((number + 1, *match.span()), (match.start(), number, Decimal(0)))
    for _, number, figure in sorted(found.values()):
        yield number, Statement(shown, figure)


def _is_of(before: str, year: int | None) -> bool:
    """Whether what stands before a statement lets it speak of the whole of this year."""
    if _ELSEWHERE.search(before):
        return False
    years = _YEAR.findall(before)
    return not years or year is None or int(years[-1]) == year


def _figure(text: str) -> Decimal | None:
    digits = text.replace(",", "")
    if digits.isdecimal():
        return Decimal(digits)
    number = chinese_numeral(text)
    return None if number is None else Decimal(number)


@lru_cache(maxsize=256)
def _patterns(wordings: tuple[str, ...], *, figure: bool) -> tuple[re.Pattern[str], ...]:
    found = (wording_pattern(wording, figure=figure) for wording in wordings)
    return tuple(pattern for pattern in found if pattern is not None)
