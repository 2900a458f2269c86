"""How numbers are typed in real filings: patterns and tables, no judgement.

Sources: the catalogue of cell values met in real filings (approximate words, magnitude suffixes, Chinese numerals).
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import prod

from consolidator.spelling import fold

PLAIN = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
GROUPED = re.compile(r"-?\d{1,3}(?:([, ])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
_GROUPED_BADLY = re.compile(r"-?\d+(?:[, ]\d+)+(?:\.\d+)?", re.ASCII)
_PARENTHESES = re.compile(r"\((\d+(?:\.\d+)?)\)", re.ASCII)
_APPROXIMATE = re.compile(
    r"约|近|余|左右|上下|大概|大约|将近|不足|超过?|以上|以下|以内|若干|上[百千万]|数[十百千万]|几|多|[<>≥≤≈~±]"
    r"|至少|不到|不下|少于|接近|估计|预计|大致|逾|[\d十百千万][来许]"
    r"|\d\+$|^\d+(?:\.\d+)?[条件次篇个人场份]*(?:-|至|到)\d+(?:\.\d+)?[条件次篇个人场份]*$"
)
_MAGNITUDE = re.compile(r"^(-?\d+(?:[,.]\d+)*)([十百千]万|万余?|千|百|亿)([条件次篇个人份场]|人次|元)?$", re.ASCII)
_MONEY = re.compile(r"^(-?\d+(?:[,.]\d+)*)(元|千元|万元|百万元|亿元)(?:整)?$", re.ASCII)
_MEASURED = re.compile(r"^(-?\d+(?:[,.]\d+)*)(条次|人次|[条件次篇个人份场宗项户名期部本册处所起例批则封])$", re.ASCII)
_REMARKED = re.compile(r"^-?\d+(?:\.\d+)?\D|\d")
_LOOKALIKE = re.compile(r"^[\dlIiOoSsBbZz|]+$")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:\.\d+)?[eE][+-]?\d+$", re.ASCII)
_SIZED = re.compile(r"[十百千万亿]+元?|元")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_MONEY_WORD = re.compile(r"([十百千万亿]{0,2}元)(?![旦素月])|([¥￥]|rmb)")
_NO_MONEY = re.compile(r"[单多公纪]元")
_MONEY_LINE = re.compile(r"单位:(?:[\u4e00-\u9fff]{1,3}[,;/])*(?:人民币)?([十百千万亿]{0,2}元)(?![\u4e00-\u9fff])")
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
COUNTERS = frozenset("条 件 次 篇 个 份 场 宗 项 期 则 起 部 册 本 处 所 例 批 封".split())  # noqa: SIM905
"""Counting words that differ in wording, not in size: a count of cases is the same in 件 and in 宗."""


def half_width(text: str) -> str:
    """The text with full-width characters made half-width and outer and invisible spaces removed, inner ones kept."""
    kept = re.sub(r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\r\n\t]", "", text)
    kept = kept.replace("\u3000", " ").replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " ").strip()
    return kept.translate(_HALF_WIDTH).replace("。", ".").replace("−", "-")


def badly_grouped(text: str) -> bool:
    """Digits in groups that are not thousands, such as `1,23`."""
    return bool(_GROUPED_BADLY.fullmatch(text))


def parenthesised(text: str) -> str | None:
    """The number inside `(5)`, the accountants' negative, or None."""
    match = _PARENTHESES.fullmatch(text)
    return match[1] if match else None


def is_approximate(text: str) -> bool:
    """Whether the text, which holds a digit or a numeral, says 约, 余, 左右 or gives a range."""
    bare = fold(text)
    return bool(_APPROXIMATE.search(bare)) and bool(re.search(r"\d|[一二三四五六七八九十百千万]", bare))


def magnitude(text: str) -> tuple[Decimal, str] | None:
    """The number meant by `32.1万条` or `251000元` as (number, unit it is in: empty or 元), or None."""
    match = _MAGNITUDE.match(fold(text))
    if match and match[3] != "元":
        scales = [_SCALES[char] for char in match[2] if char in _SCALES]
        return prod(scales, start=Decimal(match[1].replace(",", ""))), ""
    match = _MONEY.match(fold(text))
    if match:
        return Decimal(match[1].replace(",", "")) * _YUAN[match[2]], "元"
    return None


def money_suffix(text: str) -> tuple[str, str] | None:
    """`43.788万元` as its number's text and the unit typed after it, or None."""
    match = _MONEY.match(fold(text))
    return (match[1], match[2]) if match else None


def measured(text: str) -> tuple[str, str] | None:
    """`12条` as its number's text and the counting word typed after it, or None."""
    match = _MEASURED.match(fold(text))
    return (match[1], match[2]) if match else None


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
    """The unit of money that a line over a table states for all of it (`金额单位：元`), or empty."""
    match = _MONEY_LINE.search(fold(text))
    return match[1] if match else ""


def is_unit_of_measure(text: str) -> bool:
    """Whether a text is nothing but a unit of measure, such as 件, 人次 or 万元."""
    return fold(text) in COUNTERS | {"人", "人次", "条次"} or is_money_unit(text)


def is_bare(text: str) -> bool:
    """Whether a text is a number and nothing else, without a unit of measure."""
    plain = half_width(text)
    return bool(PLAIN.fullmatch(plain) or GROUPED.fullmatch(plain))


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
    """A number with words around it, such as `35(含去年)`."""
    return bool(_REMARKED.search(text))
