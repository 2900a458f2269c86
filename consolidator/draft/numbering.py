"""The number before a label: 一、 （一） 1. (1) ① 1.1, and what it tells of the label's place in the tree.

In: a label as printed. Out: the kind of number and its ordinal, or none. Never: a level; that depends on the neighbours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_CHINESE = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_IN_BRACKETS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_DIGITS_IN_BRACKETS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽"
_DIGITS_WITH_DOT = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑"
_PATTERNS = (
    ("part", re.compile(rf"第(?P<n>[{_CHINESE}]+)(?:部分|章|类)[、.．:： ]?")),
    ("chapter", re.compile(rf"(?P<n>[{_CHINESE}]+)[、.．]")),
    ("section", re.compile(rf"[(（](?P<n>[{_CHINESE}]+)[)）][、.．]?|(?P<c>[{_IN_BRACKETS}])")),
    ("dotted", re.compile(r"(?P<n>\d{1,2}(?:[.．]\d{1,2})+)(?!\d)[.．、)）]?")),
    ("item", re.compile(rf"(?P<n>\d{{1,2}})[.．、](?!\d)|(?P<c>[{_DIGITS_WITH_DOT}])")),
    ("point", re.compile(rf"[(（](?P<n>\d{{1,2}})[)）][、.．]?|(?P<n2>\d{{1,2}})[)）]|(?P<c>[{_DIGITS_IN_BRACKETS}])")),
    ("circle", re.compile(rf"(?P<c>[{_CIRCLED}])[、.．]?")),
    ("letter", re.compile(r"(?P<a>[A-Za-z])[.．、](?=\D)")),
)
_SIGNS = (_CIRCLED, _IN_BRACKETS, _DIGITS_IN_BRACKETS, _DIGITS_WITH_DOT)


class Numbered(NamedTuple):
    """`kind` is empty where there is no number. `path` has one ordinal, or all of a dotted number (1.2 gives 1, 2)."""

    kind: str
    path: tuple[int, ...]
    rest: str


def numbered(label: str) -> Numbered:
    """The number before a label, and the label without it."""
    text = label.strip()
    for kind, pattern in _PATTERNS:
        match = pattern.match(text)
        rest = text[match.end() :].strip() if match else ""
        if match and rest:
            path = _path(match)
            return Numbered(f"{kind}{len(path)}" if kind == "dotted" else kind, path, rest)
    return Numbered("", (), text)


def _path(match: re.Match[str]) -> tuple[int, ...]:
    groups = match.groupdict()
    number = groups.get("n") or groups.get("n2")
    if number and number[0].isdigit():
        return tuple(int(part) for part in re.split(r"[.．]", number))
    if number:
        return (_of_chinese(number),)
    if groups.get("a"):
        return (ord(groups["a"].upper()) - ord("A") + 1,)
    return (next(signs.index(groups["c"]) + 1 for signs in _SIGNS if groups["c"] in signs),)


def _of_chinese(text: str) -> int:
    """十二 is 12, 二十 is 20."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _CHINESE.index(text[0]) + 1
    return (_CHINESE.index(tens[0]) + 1 if tens else 1) * 10 + (_CHINESE.index(ones[0]) + 1 if ones else 0)
