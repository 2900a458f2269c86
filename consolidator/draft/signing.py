"""The words of fields that close a printed form: who signs, a telephone number, a day.

In: a text of the sheet. Out: the fields in it, each with a key. Never: a similarity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_REMARK = re.compile(r"\([^()]*\)$")
SIGNERS = (
    ("head", "单位负责人"), ("head", "主要负责人"), ("head", "分管领导"), ("statistician", "统计负责人"), ("reviewer", "审核人"),
    ("reviewer", "复核人"), ("preparer", "填报人"), ("preparer", "填表人"), ("preparer", "制表人"), ("preparer", "经办人"),
    ("phone", "联系电话"), ("phone", "电话"), ("date", "填报日期"), ("date", "报出日期"), ("date", "填表日期"),
    ("date", "制表日期"), ("date", "填报时间"), ("date", "报出时间"), ("head", "负责人"), ("reviewer", "审核"),
    ("preparer", "制表"),
)  # fmt: skip
"""Fields that close a form, with the key each one gets; longer words before those that they contain."""
_SIGNER_KEYS = (
    ("head", re.compile(r"(?:[长任]|书记|领导|负责人?|主管)$")), ("accountant", re.compile(r"会计$")),
    ("cashier", re.compile(r"出纳$")), ("statistician", re.compile(r"统计员?$")), ("contact", re.compile(r"联系人$")),
    ("reviewer", re.compile(r"[审复]核$")), ("preparer", re.compile(r"(?:制表|填表|填报|经办|报送|上报)人?员?$")),
)  # fmt: skip
_SIGNS = re.compile(
    r"(?<![\u4e00-\u9fff])((?!其中|按)[\u4e00-\u9fff]{0,6}"
    r"(?:[校院站所局镇乡县村科股园馆场处部厂]长|主任|书记|会计|出纳|统计员?|联系人|负责人?|领导|主管|经办人?|[审复]核人?|制表人?|填[表报]人?)"
    r"(?:签字|签名|签章|盖章)?)(?:\([^()]*\))?:"
)
_BLANK = re.compile(
    r"(?!其中|按|合计|总计|小计|共计|审核关系|审核公式|[勾钩]稽关系|平衡关系|指标解释|(?:统计|填报|报送)(?:范围|方式|要求)|说明|备注|附注|填[表报]说明)"
    r"([\u4e00-\u9fff]{2,8}(?:\([^()]*\))?):"
)
_DAY = re.compile(r"[\d_○〇×]*年[\d_○〇×]*月[\d_○〇×]*日?")
_DATE = re.compile(r"(?:日期|时间)$")
_PHONE = re.compile(r"手机|电话|联系方式")
_BETWEEN = re.compile(r"(?<=\S)[\s\u3000]+(?=[\u4e00-\u9fff]{2,8}[:：(（])")
_BY_HAND = re.compile(r"(?:签字|签名|签章|盖章)$")


def with_colon(text: str) -> str:
    """The text folded, with the colon that it ends with."""
    return fold(text) + (":" if text.rstrip().endswith((":", "：")) else "")


def is_field_to_sign(text: str) -> bool:
    """Whether a text begins with a field that somebody signs."""
    return _SIGNS.match(with_colon(text)) is not None


def signers(text: str) -> Iterator[tuple[int, str, str]]:
    """The fields in a text that somebody signs, by the words before their colons: where each begins, its key, its words."""
    at = 0
    for piece in _BETWEEN.split(text):
        match = _SIGNS.match(with_colon(piece))
        key = _key_of_field(match[1], _SIGNER_KEYS) if match else ""
        if match and key:
            yield at, key, match[1]
        at += len(piece) + 1


def blanks(text: str) -> Iterator[tuple[str, str]]:
    """Words with a colon after each, and whatever may be filled in behind it; nothing where any part is none.

    A key goes with each: who signs, the phone number, or `signer` where the words are not known.
    """
    pieces = [(piece, _BLANK.match(with_colon(piece))) for piece in _BETWEEN.split(text.strip())]
    if all(match or _DAY.fullmatch(fold(piece)) for piece, match in pieces):
        for match in (match for _, match in pieces if match):
            word = _REMARK.sub("", match[1])
            yield _key_of_field(word, (("phone", _PHONE), ("date", _DATE), *_SIGNER_KEYS)) or "signer", word


def _key_of_field(word: str, ways: Iterable[tuple[str, re.Pattern[str]]]) -> str:
    """The first key whose pattern the words of a field answer to, whatever they say of signing by hand; or empty."""
    bare = _BY_HAND.sub("", word)
    return next((key for key, pattern in ways if pattern.search(bare)), "")


def is_day(text: str) -> bool:
    """Whether a text is a day, be it one to fill in (年 月 日)."""
    return bool(_DAY.fullmatch(fold(text)))
