"""What brackets in a label add to the form's own wording: that a line is of another period, as `收到申请数（2015年）`, or of none (（计划）).

In: a label as it stands on the sheet, the form's wordings for it, the period of the form. Out: the remark, or empty.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.locate.words.timely import PLANNED_OR_COMPARED, of_another_period, says_another_kind
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from consolidator.model import Period

_PIECES = regex(r"[,;、]")
_OUTER = regex(r"\(((?:[^()]|\([^()]*\))*)\)")
_MOST_TEXTS = 1 << 14
_PERIOD = regex(
    r"(?:截[至止]到?|至|为)?"
    r"(?:(?:19|20)\d{2}(?:[-.~/至到]\d.*|年?(?:度|全年|同期|累计|[底末]|数据?|统计|情况|[上下]半年|第?[一二三四1-4]季度|\d{1,2}月|\d+日|[-~至到])*)"
    r"|(?:上|去|前|往|历)(?:一?(?:年|期|季|月|次)).{0,6}|同期.{0,4})"
)


_PART = regex(
    r"(?:截[至止-]到?|[至为])?(?:(?:19|20)\d{2}年?度?)?[,(]?(?:[上下]半年|全年|前?第?[一二三四1-4](?:[-~至到]第?[一二三四1-4])?个?季度?"
    r"|[本当][月季]度?|\d{1,2}月?份?(?:\d{1,2}日)?(?:[-~至到]\d{1,2}月份?(?:\d{1,2}日)?)|\d{1,2}月份?(?:[底末]|\d{1,2}日)?)"
    r"[)]?(?:数据?|统计|累计|情况|[底末止]|期间)*|(?:本年度?|年初至?)?累计数?"
)
_KIND = regex(
    rf"(?:本?年度?|全年|本[月季期]度?)?(?:{PLANNED_OR_COMPARED}|目标|任务)"
    r"(?:增长|增减)?(?:数|额|值|率|量|%)*"
)
"""What is no figure of the period: what was planned, how it compares."""
_CARRIED_OVER = regex(r"[上下去往前][一两]?年|[上下]一?期|结转")


@lru_cache(maxsize=_MOST_TEXTS)
def of_other_period(text: str, wordings: tuple[str, ...], period: Period | None) -> str:
    """The remark in a label that says that its figures are none of the period; the form's own remarks say nothing.

    A line that is carried over from another year may well say from which.
    """
    bare = [_OUTER.sub("", fold(wording)) for wording in wordings]
    if any(map(_CARRIED_OVER.search, bare)):
        return ""
    own = {inside for wording in wordings for inside in _OUTER.findall(fold(wording))}
    known = own.union(piece for inside in own for piece in _PIECES.split(inside))
    for inside in _OUTER.findall(fold(text)):
        if inside not in own:
            for piece in dict.fromkeys((inside, *_PIECES.split(inside))):
                planned = _KIND.fullmatch(piece) and says_another_kind((piece,), bare)
                if piece not in known and (planned or says_other_period(piece, period, tuple(bare))):
                    return str(inside)
    return ""


def says_other_period(words: str, period: Period | None, own: tuple[str, ...] = ()) -> bool:
    """Whether words that stand beside a label or a title, folded, name a period and nothing else, and another one."""
    telling = _PERIOD.fullmatch(words) or _PART.fullmatch(words)
    return bool(telling) and of_another_period((words,), period, own)
