"""Units of measure written after a head or a label without brackets: `面积/亩`, `面积：亩`, `面积　单位：亩`.

In: a folded text. Out: the same with the unit of measure in brackets, as most forms print it.
Never: a rate (`元/亩`, `产量/亩` of a form in 吨) taken for a figure with its unit of measure: see `is_rate`.
"""

from __future__ import annotations

from functools import lru_cache

from consolidator.locate.cells.numerals import COUNTERS
from consolidator.locate.words.scales import KNOWN, same_size
from consolidator.patterns import regex
from consolidator.spelling import fold

_UNIT = "|".join(sorted(KNOWN, key=lambda word: (-len(word), word)))
_SIZED = rf"[十百千万亿]{{0,2}}(?:{_UNIT})"
_STATED = regex(rf"(.+?)[,;:(]?(?:计量)?单位[:/]({_SIZED}(?:[,;/]{_SIZED})*)\)?")
_BARE = regex(rf"(.+)([:/])({_SIZED})")
_NO_NAME = regex(r"其中|[分按每]|单位|计量")
_RATED = regex(rf"(?:^|[:/(,]){_SIZED}$")


@lru_cache(maxsize=65536)
def in_brackets(folded: str) -> str:
    """A folded head or label with the unit of measure that ends it in brackets; as it is where it ends in none."""
    stated = _STATED.fullmatch(folded) if "单位" in folded else None
    if stated is not None:
        return f"{stated[1]}({stated[2]})"
    found = _BARE.fullmatch(folded)
    if found is None or _NO_NAME.search(found[1][-2:]) or (found[2] == "/" and _RATED.search(found[1])):
        return folded
    return f"{found[1]}({found[3]})"


def ends_in_unit(text: str) -> bool:
    """Whether a text ends in a unit of measure without brackets."""
    folded = fold(text)
    return in_brackets(folded) != folded


def is_rate(text: str, units: frozenset[str]) -> bool:
    """Whether a head ends in a stroke and a unit that measures nothing of the form's `units`: `产量/亩` where those are 吨."""
    found = _BARE.fullmatch(fold(text))
    if found is None or found[2] != "/" or not any(units):
        return False
    return not any(same_size(found[3], unit) is not None or COUNTERS.issuperset((found[3], unit)) for unit in units)
