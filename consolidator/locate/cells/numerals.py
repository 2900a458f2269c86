"""How numbers are typed in real filings: patterns and tables, no judgement.

Sources: the catalogue of cell values met in real filings (approximate words, magnitude suffixes, Chinese numerals).
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod

from consolidator.patterns import regex
from consolidator.spelling import fold

PLAIN = regex(r"-?\d+(?:\.\d+)?", re.ASCII)
GROUPED = regex(r"-?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_GROUPED_BADLY = regex(r"-?\d+(?:[, ]\d+)+(?:\.\d+)?", re.ASCII)
_POINTED = regex(r"[1-9]\d{0,2}(?:\.\d{3})+", re.ASCII)
_PARENTHESES = regex(r"\((\d.*)\)", re.ASCII)
_SUFFIXED = regex(r"(-?\d+(?:[,. ]\d+)*)\s*(\D.*)", re.ASCII | re.DOTALL)
_DIGIT = regex(r"\d")
_INVISIBLE = regex(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SPACES = regex(r"[^\S\t-\r\x1c-\x1f\x85\u2028\u2029]")
_BREAK = regex(r"[^\S ]+")
_APPROXIMATE = regex(
    r"约|近|余|左右|上下|大概|大约|将近|不足|超过?|以上|以下|以内|若干|上[百千万]|数[十百千万]|几|多|[<>≥≤≈~±]"
    r"|至少|不到|不下|少于|接近|估计|预计|大致|逾|[\d十百千万][来许]"
    r"|\d\+$|^\d+(?:\.\d+)?[条件次篇个人场份]*(?:-|至|到)\d+(?:\.\d+)?[条件次篇个人场份]*$"
)
_MAGNITUDE = regex(r"([十百千]万|万余?|千|百|亿)(?:[条件次篇个人份场]|人次)?")
_MONEY = regex(r"(元|千元|万元|百万元|亿元)整?")
_COUNTER = regex(r"条次|人次|[条件次篇个人份场宗项户名期部本册处所起例批则封]")
_CURRENCY = regex(r"\s*(?:[¥￥$€£]|rmb|cny|人民币)\s*", re.IGNORECASE)
_PLUS = regex(r"^\+\s*(?=\d)", re.ASCII)
_REMARKED = regex(r"-?\d+(?:\.\d+)?\D", re.ASCII)
_LOOKALIKE = regex(r"^[\dlIiOoSsBbZz|]+$")
_SCIENTIFIC = regex(r"^[+-]?\d+(?:\.\d+)?[eE][+-]?\d+$", re.ASCII)
_SIZED = regex(r"[十百千万亿]+元?|元")
_UNIT_IN_BRACKETS = regex(r"\((?:单位:)?([^()]+)\)")
_BRACKETED = regex(r"\(([^()]*)\)")
_MONEY_WORD = regex(r"([十百千万亿]{0,2}元)(?![旦素月])|([¥￥]|rmb)")
_NO_MONEY = regex(r"[单多公纪]元")
_MONEY_SIGN = "元"
_MONEY_LINE = regex(
    r"单位[:为是](?:[\u4e00-\u9fff]{1,3}[,;/])*(?:人民币)?([十百千万亿]{0,2}元)(?![\u4e00-\u9fff])"
    r"|按(?:人民币)?([十百千万亿]{0,2}元)(?:计算?|填报|填列|填写|上报)(?!的)"
    r"|(?:^|[(;])[\u4e00-\u9fff]{1,6}:([十百千万亿]{0,2}元)(?=[);]|$)"
)
_ZERO_LIKE = frozenset({"o", "0", "○", "◯", "零"})
_NONE_WORDS = frozenset(
    {
        "无", "没有", "无此项", "不涉及", "暂无", "未发生", "未收到", "未接到", "无发生", "无此项内容", "没有发生", "无此情况",
        "不适用", "n/a", "na", "空", "无数据", "未产生", "未收取", "没", "暂无数据", "没有数据", "无情况", "无记录", "无申请",
        "无该项", "无该项内容", "无此类情况", "无相关情况", "没有此项", "未涉及", "未开展", "暂未发生", "暂未收到", "本年度无", "本期无",
    }
)  # fmt: skip
_ELSEWHERE = frozenset(
    {"同上", "见附件", "详见附件", "见附表", "同前", "见下表", "见说明", "详见说明", "另报", "待定", "同左"}
)
_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SCALES = {
    "十": Decimal(10),
    "百": Decimal(100),
    "千": Decimal(1000),
    "万": Decimal(10_000),
    "亿": Decimal(100_000_000),
}
PERCENT = "%"
"""The unit of measure of rates, which has no size to state otherwise."""
COUNTERS = frozenset("条 件 次 篇 个 份 场 宗 项 期 则 起 部 册 本 处 所 例 批 封".split())  # noqa: SIM905
"""Counting words that differ in wording, not in size: a count of cases is the same in 件 and in 宗."""


def half_width(text: str) -> str:
    """The same as `typed` on a single line, as words are read that a line break parts."""
    return typed(re.sub(r"[\r\n\t]", "", text))


def typed(text: str) -> str:
    """The text with full-width characters made half-width and outer and invisible spaces removed.

    Inner spaces and line breaks are kept: what stands on two lines of a cell is no one number.
    """
    kept = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    return kept.translate(_HALF_WIDTH).replace("。", ".").replace("−", "-")


def unsigned(text: str) -> str:
    """The text without a plus sign before its digits."""
    return _PLUS.sub("", text)


def ungrouped(number: str) -> str:
    """A number without its separators of thousands."""
    return number.replace(",", "").replace(" ", "")


def jumble(text: str) -> str:
    """Why digits are not one number: `several` lines of a cell have some (a tab parts them as well), or their `grouping`.

    Grouped in other ways than by thousands are `1,23` and `12 13件`; by a `point`, `1.234.567`.
    """
    if sum(bool(_DIGIT.search(line)) for line in _BREAK.split(text)) > 1:
        return "several"
    if _POINTED.fullmatch(text):
        return "point"
    match = _SUFFIXED.fullmatch(text)
    numbers = (text, match[1]) if match else (text,)
    return "grouping" if any(map(_GROUPED_BADLY.fullmatch, numbers)) else ""


def fraction(text: str) -> str:
    """Why a number with a fraction is no count: a `point` may stand for the comma between thousands (`1.200`), or `decimal`."""
    return "point" if _POINTED.fullmatch(text.strip()) else "decimal"


def parenthesised(text: str) -> str | None:
    """The number inside `(5)` or `(1,234)`, the accountants' negative, or None."""
    match = _PARENTHESES.fullmatch(text)
    return ungrouped(match[1]) if match and _is_sound(match[1]) else None


def suffixed(text: str) -> tuple[str, str] | None:
    """`1,234 条` as its number without separators and the word typed after it, or None.

    No number is read across a line break, nor one whose separators are not those of thousands.
    """
    match = _SUFFIXED.fullmatch(text)
    if match is None or not _is_sound(match[1]):
        return None
    word = fold(match[2])
    money = _MONEY.fullmatch(word)
    return ungrouped(match[1]), money[1] if money else word


def _is_sound(number: str) -> bool:
    return bool(PLAIN.fullmatch(number) or GROUPED.fullmatch(number))


def is_approximate(text: str) -> bool:
    """Whether the text, which holds a digit or a numeral, says 约, 余, 左右 or gives a range."""
    bare = fold(text)
    return bool(_APPROXIMATE.search(bare)) and bool(re.search(r"\d|[一二三四五六七八九十百千万]", bare))


def magnitude(digits: str, word: str) -> tuple[Decimal, str] | None:
    """The number meant by `32.1` with `万条` or `251000` with `元`, as (number, unit it is in: empty or 元), or None."""
    match = _MAGNITUDE.fullmatch(word)
    if match:
        scales = [_SCALES[char] for char in match[1] if char in _SCALES]
        return prod(scales, start=Decimal(digits)), ""
    return (Decimal(digits) * _YUAN[word], "元") if word in _YUAN else None


def unbracketed(word: str) -> str:
    """A unit of measure without brackets around it, as `(条)` and `(单位:条)`."""
    match = _UNIT_IN_BRACKETS.fullmatch(word)
    return match[1] if match else word


def is_counter(word: str) -> bool:
    """Whether a word typed after a number is a counting word, such as 条 or 人次."""
    return bool(_COUNTER.fullmatch(word))


def without_currency(text: str) -> str:
    """The text without signs and names of a currency, which say that it is money and not how much."""
    return _CURRENCY.sub("", text)


def rounds_to(number: Decimal, digits: str, scale: Decimal) -> bool:
    """Whether a number is what `digits` of a scale show of it, but for rounding: 12345 is `1.2` of 10000."""
    shown = Decimal(digits)
    _, _, exponent = shown.as_tuple()
    last = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)
    return abs(shown * scale - number) * 2 <= last * scale


def in_units(yuan: Decimal, unit_of_measure: str) -> Decimal | None:
    """An amount in yuan expressed in a money unit of measure, or None for other units."""
    scale = _YUAN.get(unit_of_measure)
    return yuan / scale if scale else None


def is_money_unit(unit_of_measure: str) -> bool:
    """Whether the unit of measure is one of money, which carries a scale."""
    return fold(unit_of_measure) in _YUAN


def scale(unit_of_measure: str) -> str:
    """The part of a unit of measure that sets its size: `万` of 万条, `元` of 元（人民币）; empty for a plain counter."""
    bare = re.sub(r"[()]|人民币|单位:?", "", fold(unit_of_measure))
    match = _SIZED.search(bare)
    return match[0] if match else ""


def money_unit_in(text: str) -> str:
    """The unit of money that brackets in a label or a head name, as in `专项经费（元，四舍五入）`, or empty."""
    for inside in _BRACKETED.findall(fold(text)):
        match = _MONEY_WORD.search(_NO_MONEY.sub("", inside))
        if match:
            return match[1] or "元"
    return ""


def money_line(text: str) -> str:
    """The unit of money that a line over a table states for all of it (`金额单位：元`, `金额按元填报`, `面积：亩；产值：元`), or empty."""
    if _MONEY_SIGN not in text:
        return ""
    found = filter(None, (_MONEY_LINE.search(fold(part)) for part in (text, *text.split())))
    return next((match[match.lastindex or 0] for match in found), "")


def is_unit_of_measure(text: str) -> bool:
    """Whether a text is nothing but a unit of measure, such as 件, 人次 or 万元."""
    return fold(text) in COUNTERS | {"人", "人次", "条次"} or is_money_unit(text)


def is_bare(text: str) -> bool:
    """Whether a text is a number and nothing else, without a unit of measure."""
    return _is_sound(typed(text))


def is_zero_like(text: str) -> bool:
    """A letter O, a circle or 零 alone, perhaps meant as 0."""
    return fold(text) in _ZERO_LIKE and fold(text) != "0"


def is_none_word(text: str) -> bool:
    """无, 没有, 不涉及 and their kin."""
    return fold(text) in _NONE_WORDS


def is_elsewhere(text: str) -> bool:
    """同上, 见附件: the number is said to stand somewhere else."""
    return fold(text) in _ELSEWHERE


def is_lookalike(text: str) -> bool:
    """Digits mixed with letters that look like digits, such as `1O` or `l2`."""
    return bool(_LOOKALIKE.fullmatch(text)) and not text.isdigit() and any(c.isdigit() for c in text)


def is_scientific(text: str) -> bool:
    """A text in scientific notation, such as `1.2E+05`."""
    return bool(_SCIENTIFIC.fullmatch(text))


def has_remark(text: str) -> bool:
    """A number with words after it, such as `35(含去年)`."""
    return bool(_REMARKED.match(text))
