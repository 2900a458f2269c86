"""Units of measure and how large they are: 公斤 and 千克 are one, 15 亩 are a 公顷, 万条 are 10,000 条.

In: units of measure as printed or typed. Out: whether two measure the same, and in one size.
Never: two counting words taken for one.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import NamedTuple

from consolidator.patterns import regex
from consolidator.spelling import fold

_SIZE = regex(r"[十百千万亿]*")
_MOST_TEXTS = 1 << 14
_DAYS = {"天", "日"}
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
QUANTITIES = {
    "克": ("质量", Decimal(1)), "斤": ("质量", Decimal(500)), "公斤": ("质量", Decimal(1000)), "吨": ("质量", Decimal(10**6)),
    "平方米": ("面积", Decimal(1)), "亩": ("面积", Decimal(10_000) / 15), "公顷": ("面积", Decimal(10_000)),
    "平方公里": ("面积", Decimal(10**6)), "平方千米": ("面积", Decimal(10**6)),
    "米": ("长度", Decimal(1)), "里": ("长度", Decimal(500)), "公里": ("长度", Decimal(1000)),
    "升": ("体积", Decimal(1)), "立方米": ("体积", Decimal(1000)), "方": ("体积", Decimal(1000)),
    "kg": ("质量", Decimal(1000)), "㎡": ("面积", Decimal(1)), "m2": ("面积", Decimal(1)), "m²": ("面积", Decimal(1)),
    "ha": ("面积", Decimal(10_000)), "km2": ("面积", Decimal(10**6)), "km²": ("面积", Decimal(10**6)), "km": ("长度", Decimal(1000)),
    "kwh": ("电量", Decimal(1000)), "瓦": ("功率", Decimal(1)), "瓦时": ("电量", Decimal(1)), "度": ("电量", Decimal(1000)),
}  # fmt: skip
"""What is measured, and how much of the smallest unit: legal and customary units (《法定计量单位》; 15 亩 are a 公顷)."""


class Unit(NamedTuple):
    """A unit of measure as its scale and what is counted: `万` and `条`."""

    size: str
    counter: str


@lru_cache(maxsize=_MOST_TEXTS)
def same_size(stated: str, unit: str) -> bool | None:
    """Whether two units of measure of one quantity are of one size (公斤, 千克); None where they measure different things."""
    one, other = split_unit(fold(stated)), split_unit(fold(unit))
    if kind_of(one) != kind_of(other):
        return None
    return size_of(one) == size_of(other)


def same_unit(word: str, unit: str) -> bool:
    """Whether a word after a number is its unit of measure: 千克 for 公斤, 日 for 天, of a rate (公斤/亩) what it is of."""
    return word in {unit, unit.partition("/")[0]} or {word, unit} == _DAYS or bool(same_size(word, unit))


def kind_of(unit: Unit) -> str:
    """What a unit measures: a quantity, or what is counted; of a rate, both."""
    if "/" in unit.counter:
        return "/".join(kind_of(split_unit(part)) for part in unit.counter.split("/"))
    return QUANTITIES[unit.counter][0] if unit.counter in QUANTITIES else unit.counter


def size_of(unit: Unit) -> Decimal:
    """How much of the smallest unit it is; of a rate, by how much of the other one's."""
    times = prod(_TIMES[sign] for sign in unit.size)
    if "/" in unit.counter:
        one, _, other = unit.counter.partition("/")
        return times * size_of(split_unit(one)) / size_of(split_unit(other))
    return times * (QUANTITIES[unit.counter][1] if unit.counter in QUANTITIES else Decimal(1))


def split_unit(unit: str) -> Unit:
    """A unit of measure as its scale and what is counted."""
    match = _SIZE.match(unit)
    size = match[0] if match else ""
    return Unit(size, unit[len(size) :])
