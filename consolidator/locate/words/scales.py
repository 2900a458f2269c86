"""Units of measure that brackets and lines state, such as `（万条）` and `单位：万条、万件`: whether one sets another scale.

In: a label, a head or a line, a unit of measure. Out: the unit stated where its scale is another one, or empty.
Never: words in brackets taken for a unit of measure that are more than a list of such.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, NamedTuple

from consolidator.locate.cells.numerals import COUNTERS
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

_BRACKETED = regex(r"\(([^()]*)\)")
_PIECE = regex(r"(?:(?:计量|统计)?单位[:为是]?)?(?:均?[以按])?([十百千万亿]*)(.*?)(?:为单位|计算|计|统计)?")
_LINE = regex(r"单位[:为是]([\u4e00-\u9fff]{1,6}(?:[,;/][\u4e00-\u9fff]{1,6})*)(?![\u4e00-\u9fff])")
_FILLED_IN = regex(r"按([\u4e00-\u9fff]{1,6}?)(?:填报|填列|填写|上报)(?!的)")
_OF_KIND = regex(r"[\u4e00-\u9fff]{1,6}:([\u4e00-\u9fff]{1,6})")
_NOTE = regex(r"[*※(]*(?:附?注|备注|说明|填报说明)[\d一二三四五六]*[:.、)]")
_BETWEEN = regex(r"[,;/和及或]")
_SIZE = regex(r"[十百千万亿]*")
_LARGE = frozenset("百千万亿")  # 十 alone is a number before a label
_DITTO = frozenset({"〃", "″", '"', '""', "同上"})
_MONEY = "元"
_MOST_TEXTS = 1 << 14
_MOST_FORMS = 256
_TIMES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_QUANTITIES = {
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
_COUNTED = COUNTERS | {"人", "人次", "条次", "户", "名", "家", "字", _MONEY}
_THINGS = frozenset(
    "头 只 羽 匹 峰 尾 株 棵 辆 台 套 台套 艘 架 座 间 栋 幢 眼 口 盏 块 片 张 位 人次 户次 亩次 辆次 次 天 日 小时 枚 粒 箱".split()  # noqa: SIM905
)
KNOWN = _COUNTED | _QUANTITIES.keys() | _THINGS
"""The units of measure that are known whatever the form: counting words, and those that are measured."""
_ALIKE = (COUNTERS | {"条次"}, frozenset("人 名 口 位".split()))  # noqa: SIM905
"""Counting words that differ in wording alone."""
_ANYTHING = "个"


class _Unit(NamedTuple):
    """A unit of measure as its scale and what is counted: `万` and `条`."""

    size: str
    counter: str


@lru_cache(maxsize=_MOST_TEXTS)
def other_scale(text: str, unit: str, counters: frozenset[str]) -> str:
    """The unit of measure in brackets in a text (or that is the whole text), where it is of another scale than `unit`.

    `counters` are the form's units of measure, any of which a list may name.
    """
    bare, own = fold(text), _split(fold(unit))
    known = _counters(counters) | {own.counter}
    for inside in (*_BRACKETED.findall(bare), bare):
        stated = _against(_units(inside, known), own)
        if stated:
            return stated
    return ""


@lru_cache(maxsize=_MOST_TEXTS)
def other_scale_in_line(text: str, unit: str, counters: frozenset[str]) -> str | None:
    """The same for a line over a table, such as `单位：万条、万件`; None where it says nothing of such figures.

    What is measured in the unit of another row of the form (公顷 beside 亩) is that row's.
    """
    own = _split(fold(unit))
    others = {each for each in map(_split, map(fold, counters)) if each.counter != own.counter}
    lists = _lists(text, _counters(counters) | {own.counter})
    return next((said for units in lists if (said := _against(units, own, others)) is not None), None)


@lru_cache(maxsize=_MOST_TEXTS)
def same_size(stated: str, unit: str) -> bool | None:
    """Whether two units of measure of one quantity are of one size (公斤, 千克); None where they measure different things."""
    one, other = _split(fold(stated)), _split(fold(unit))
    if _kind(one) != _kind(other):
        return None
    return _size(one) == _size(other)


def states_units(text: str, counters: frozenset[str]) -> bool:
    """Whether a line states units of measure, of the known ones and `counters`."""
    return any(_lists(text, _counters(counters)))


def lists_units(text: str, counters: frozenset[str]) -> bool:
    """Whether a text is nothing but a list of units of measure: known ones, and `counters`."""
    return bool(_units(fold(text), _counters(counters)))


@lru_cache(maxsize=_MOST_TEXTS)
def of_another_kind(text: str, units: frozenset[str]) -> str:
    """The unit of measure in brackets in a folded head, or that is all of it, where no figure under it, of these `units`, has such."""
    listed = (_units(inside, _counters(units)) for inside in (*_BRACKETED.findall(text), text))
    return next(("".join(stated[0]) for stated in listed if stated and not _fit(stated, units)), "")


def line_of_another_kind(text: str, units: frozenset[str]) -> str:
    """The units of measure that a line states, where none of them is one in which any of the `units` is measured."""
    lists = [*_lists(text, _counters(units))]
    if not lists or any(_fit(stated, units) for stated in lists):
        return ""
    return "、".join(dict.fromkeys("".join(unit) for stated in lists for unit in stated))


def _fit(stated: Iterable[_Unit], units: Iterable[str]) -> bool:
    """Whether any of the stated units may be meant for figures in any of these."""
    return any(_may_be(each, _split(fold(unit))) for each in stated for unit in units)


def _may_be(stated: _Unit, own: _Unit) -> bool:
    pair = {stated.counter, own.counter}
    counted = own.counter not in _QUANTITIES and own.counter != _MONEY
    generic = not stated.counter or (stated.counter == _ANYTHING and counted)
    return generic or _kind(stated) == _kind(own) or any(map(pair.issubset, _ALIKE))


def is_ditto(text: str) -> bool:
    """Whether a text says that the unit of measure is the one above it."""
    return fold(text) in _DITTO


def is_note(text: str) -> bool:
    """Whether a text is a note under a table, such as `注：单位为万条`."""
    return _NOTE.match(fold(text)) is not None


def _lists(text: str, counters: Collection[str]) -> Iterator[tuple[_Unit, ...]]:
    """The units of measure that a line lists, each time it says 单位, or in which to fill in (`面积按公顷填报`).

    It may be nothing but a list of them, each after what it is of (`面积：万亩；产量：吨`).
    """
    bare = fold(text)
    kinds = [_OF_KIND.fullmatch(piece) for piece in bare.strip("()").split(";")] if ":" in bare else [None]
    units = _units(",".join(match[1] for match in kinds if match), counters) if all(kinds) else ()
    if units:
        yield units
    for pattern in (_LINE,) * ("单位" in bare) + (_FILLED_IN,) * ("按" in bare):
        for part in (text, *text.split()):
            for match in pattern.finditer(fold(part)):
                units = _units(match[1], counters)
                if units:
                    yield units


def _units(listed: str, counters: Collection[str]) -> tuple[_Unit, ...]:
    """The units of measure of a list; none where it lists anything else."""
    found = []
    for piece in _BETWEEN.split(listed):
        match = _PIECE.fullmatch(piece)
        size, counter = (match[1], match[2]) if match else ("", piece)
        known = not counter or counter in KNOWN or counter in counters
        if not known or not (size or counter) or (size and _LARGE.isdisjoint(size)):
            return ()
        found.append(_Unit(size, counter))
    return tuple(found)


@lru_cache(maxsize=_MOST_FORMS)
def _counters(units: frozenset[str]) -> frozenset[str]:
    return frozenset(_split(fold(unit)).counter for unit in units)


def _kind(unit: _Unit) -> str:
    """What a unit measures: a quantity, or what is counted."""
    return _QUANTITIES[unit.counter][0] if unit.counter in _QUANTITIES else unit.counter


def _size(unit: _Unit) -> Decimal:
    """How much of the smallest unit it is."""
    times = prod(_TIMES[sign] for sign in unit.size)
    return times * (_QUANTITIES[unit.counter][1] if unit.counter in _QUANTITIES else Decimal(1))


def _split(unit: str) -> _Unit:
    match = _SIZE.match(unit)
    size = match[0] if match else ""
    return _Unit(size, unit[len(size) :])


def _against(stated: Collection[_Unit], own: _Unit, others: Collection[_Unit] = ()) -> str | None:
    """The one of the stated units that is meant for a figure, where its scale is not that of `own`; None without one.

    Money has words of its own for that (`numerals.money_unit_in`). Where all that is counted is of some scale, so is
    what is not named; what is measured (万亩) says nothing of that, nor do things of the form's own (万头).
    """
    money = own.counter == _MONEY
    fitting = [each for each in stated if not each.counter or (each.counter != _MONEY and not money)]
    mine = [each for each in fitting if not each.counter or (_kind(each) == _kind(own) and each not in others)]
    counts = all(each.size and each.counter in _COUNTED for each in fitting)
    if not mine and not own.size and own.counter not in _QUANTITIES and counts:
        mine = fitting
    if not mine:
        return None
    return "" if any(_is_as_large(each, own) for each in mine) else "".join(mine[0])


def _is_as_large(stated: _Unit, own: _Unit) -> bool:
    return stated.size == own.size if _kind(stated) != _kind(own) else _size(stated) == _size(own)
