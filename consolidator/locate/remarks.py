"""What brackets in a label add to the form's own wording: that a line is of another period, as `收到申请数（2015年）`.

In: a label as it stands on the sheet, the form's wordings for it, the year of the form. Out: the remark, or empty.
"""

from __future__ import annotations

import re
from functools import lru_cache

from consolidator.locate.headers import of_another_period
from consolidator.spelling import fold

_OUTER = re.compile(r"\(((?:[^()]|\([^()]*\))*)\)")
_CARRIED = re.compile("[上下]年|结转")
"""A label that is about what goes from one year to the next may name either."""
_MOST_TEXTS = 1 << 14
_PERIOD = re.compile(
    r"(?:截[至止]到?|至|为)?"
    r"(?:(?:19|20)\d{2}(?:[-.~/至到]\d.*|年?(?:度|全年|同期|累计|[底末]|数据?|统计|情况|[上下]半年|第?[一二三四1-4]季度|\d{1,2}月|\d+日|[-~至到])*)"
    r"|(?:上|去|前|往|历)(?:一?(?:年|期|季|月|次)).{0,6}|同期.{0,4})"
)


@lru_cache(maxsize=_MOST_TEXTS)
def of_other_period(text: str, wordings: tuple[str, ...], year: int | None) -> str:
    """The remark in a label that says that its figures are another period's; the form's own remarks are none."""
    if _CARRIED.search(_OUTER.sub("", fold(text))):
        return ""
    own = {inside for wording in wordings for inside in _OUTER.findall(fold(wording))}
    for inside in _OUTER.findall(fold(text)):
        if inside not in own and _PERIOD.fullmatch(inside) and of_another_period((inside,), year):
            return str(inside)
    return ""
