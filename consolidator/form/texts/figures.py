"""Numbers spelled in Chinese characters, as people write them in cells and in prose.

In: a text. Out: the number it spells, or None. Never: a guess.
"""

from __future__ import annotations

from consolidator.spelling import fold

NUMERAL = "〇零一壹二贰两三叁四肆五伍六陆七柒八捌九玖十拾百佰千仟万亿"
"""Every character of which a number may be spelled."""

MAGNITUDES = "万亿"
"""Those with which a unit of measure may begin that counts in ten thousands or more (万元)."""

_DIGITS = {
    char: value
    for value, chars in enumerate(("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "万": 10_000, "亿": 100_000_000}
_LONGEST_NUMERAL = 40  # characters; beyond any number that somebody spells out


def chinese_numeral(text: str) -> int | None:
    """The number that `十二` or `一百零三` spells (a trailing counting word is allowed), or None when it is no numeral."""
    bare = fold(text).rstrip("条件次篇个人份场宗项期")
    if not 0 < len(bare) <= _LONGEST_NUMERAL or any(char not in _DIGITS and char not in _TENS for char in bare):
        return None
    if all(char in _DIGITS for char in bare):
        return int("".join(str(_DIGITS[char]) for char in bare))
    total = section = digit = 0
    for char in bare:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        scale = _TENS[char]
        if scale >= _TENS["万"]:
            total, section = total + (section + digit) * scale, 0
        else:
            section += (digit or 1) * scale
        digit = 0
    return total + section + digit
