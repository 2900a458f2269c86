"""Names of sheets, files and filers by which a form is called the sum of others: 汇总, 全县, 小计.

In: a folded name. Out: whether it says so. Never: told by figures.
"""

from __future__ import annotations

from consolidator.patterns import regex

_SUMS = "汇总|合计|总计|总表"
_SUM = regex(_SUMS)
_CALLED = regex(rf"{_SUMS}|小计|^[全总](?:[县市区旗镇乡村]|街道)|^全[院校所站局厂场园]")


def says_sum(name: str) -> bool:
    """Whether a name holds a word for a sum."""
    return _SUM.search(name) is not None


def is_called_sum(name: str) -> bool:
    """Whether a name is a sum's, or that of the whole of some place or institution."""
    return _CALLED.search(name) is not None
