"""The language of number formats: their sections, which one a number falls under, whether that makes it a percentage.

In: a number, a format code such as `0.0%;[Red]-0.0%`. Out: its sections in pieces; yes or no.
Source: ECMA-376 part 1, 18.8.31.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne

Section = tuple[tuple[str, str], ...]
"""One of the parts of a format between semicolons, as (kind, text) for each piece of it."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|[_*](?P<filler>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/通用格式|通用格式)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<plain>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_LITERALS = frozenset({"quoted", "escaped", "plain"})
_HOLDS = {"<": lt, "<=": le, ">": gt, ">=": ge, "=": eq, "<>": ne}


@lru_cache(maxsize=512)
def tokens(code: str) -> tuple[Section, ...]:
    """The sections of a format, each a sequence of (kind, text)."""
    sections: list[list[tuple[str, str]]] = [[]]
    for match in _TOKEN.finditer(code):
        kind = str(match.lastgroup)
        text = match.group(kind)
        if kind == "plain" and text == ";":
            sections.append([])
        else:
            sections[-1].append((kind, text))
    return tuple(map(tuple, sections))


@lru_cache(maxsize=4096)
def is_percentage(number: Decimal, code: str) -> bool:
    """Whether a format shows a hundred times the number, with a percent sign: one in quotes or escaped (`0"%"`) is a mere text."""
    if "%" not in code:
        return False
    return ("plain", "%") in section_in_force(number, code)[0]


@lru_cache(maxsize=4096)
def is_unseen(number: Decimal, code: str) -> bool:
    """Whether a format shows nothing at all of the number, as `;;;` does, and `0;-0;` of a zero."""
    if not code:
        return False
    return all(
        kind == "filler"
        or (kind in _LITERALS and not text.strip())
        or (kind == "bracket" and _CONDITION.fullmatch(text))
        for kind, text in section_in_force(number, code)[0]
    )


def section_in_force(number: Decimal, code: str) -> tuple[Section, bool]:
    """The section that a number falls under, conditions looked at, and whether a minus sign is put before it."""
    sections = tokens(code)[:3]
    conditions = [
        next((_CONDITION.fullmatch(text) for kind, text in section if kind == "bracket" and text[:1] in "<>="), None)
        for section in sections
    ]
    if not any(conditions):
        section, _ = section_of(number, code)
        return section, number < 0 and len(sections) == 1
    for section, condition in zip(sections, conditions, strict=True):
        if condition is None or _HOLDS[condition[1]](number, Decimal(condition[2])):
            return section, number < 0
    return sections[-1], number < 0


def section_of(number: Decimal, code: str) -> tuple[Section, Decimal]:
    """The section that a number falls under, and its size without the sign."""
    sections = tokens(code)
    if any(kind == "bracket" and text[:1] in "<>=" for section in sections for kind, text in section):
        return (), abs(number)
    index = 0
    if number < 0 and len(sections) > 1:
        index = 1
    elif number == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero; text
        index = 2
    return sections[index], abs(number)
