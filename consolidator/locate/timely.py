"""Whether the words over a column, or in a label, say that its figures are another period's than the form's, or no figures of it.

In: texts, the period that the form's heading states, if it states one. Out: yes or no. Never: a day of the calendar taken for a period.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.model import Period
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_OTHER = re.compile(r"上年|上一年|去年|往年|前年|上期|上季|上月|上次|同期|历年")
_OWN_MONTH = re.compile(r"[本当]月")
_OWN_QUARTER = re.compile(r"[本当]季")
_UNTIL = re.compile(r"截[至止-]到?(?:\d{4}年)?(?P<month>1[0-2]|0?[1-9])月")
_TO_DATE = re.compile(r"累计")
_WHOLE_YEAR = re.compile(r"全年")
_INSIDE = re.compile(r"\(([^()]*)\)")
_BESIDES = re.compile(r"统计|累计|填报|上报|实际|完成|发生|情况|合计|数据|数值|数量|数|期间|[至止为]$|^[至为]|[()]")
_NO_OUTCOME = re.compile(
    r"计划|预计|预算|预测|预期|目标|任务|占比|比重|比例|比率|百分比|增长|增减|增/减|增幅|同比|环比|排名|名次|完成率|%"
)
_PLAIN = re.compile(
    r"(?:(?:19|20)\d{2}年?度?|[本今当]年度?|全年|[本当]期|(?:[本我全][镇乡县区]|本?街道|[本我]单位)"
    r"|填报|填写|统计|上报|报送|申报|实际|完成|发生|[()])*"
    r"(?:数|数量|数据|数值|数字|个数|件数|次数|情况|结果|值|合计|总计|总数)?"
)
_PART = re.compile(r"[本当][季月]度?|[上下]半年|前?第?[一二三四1-4]季度?|\d{1,2}月?(?:-\d{1,2})?月份?")
_QUARTER, _YEAR_LONG = 3, 12
_MOST_TEXTS = 1 << 14


def of_another_period(texts: Iterable[str], period: Period | None) -> bool:
    """Whether the words over a column say that its figures are another period's."""
    return _of_another((*map(fold, texts),), period)


def says_another_kind(texts: Iterable[str], own: Iterable[str]) -> bool:
    """Whether the words over a column say that it holds plans, shares or changes, and the form's `own` words do not."""
    ours = {word for text in own for word in _NO_OUTCOME.findall(fold(text))}
    return any(word not in ours for text in texts for word in _NO_OUTCOME.findall(fold(text)))


def says_nothing_new(text: str, period: Period | None) -> bool:
    """Whether a head that is not of another period says no more than that figures stand under it."""
    folded = fold(text)
    return bool(_PLAIN.fullmatch(_PART.sub("", folded) if period is not None else folded))


@lru_cache(maxsize=_MOST_TEXTS)
def _of_another(texts: tuple[str, ...], period: Period | None) -> bool:
    joined = " ".join(texts)
    if _OTHER.search(joined):
        return True
    if period is None:
        return False
    first, last = period.months
    own = {period.year + (month - 1) // _YEAR_LONG for month in (first, last)}
    years = {int(found) for found in _YEAR.findall(joined)}
    if years and not any(min(own) <= year <= max(own) for year in years):
        return True
    length = last - first + 1
    if (_OWN_MONTH.search(joined) and length != 1) or (_OWN_QUARTER.search(joined) and length != _QUARTER):
        return True
    to_date = bool(_TO_DATE.search(joined))
    return any(_says_another_part(text, period, to_date=to_date) for text in texts)


def _says_another_part(text: str, period: Period, *, to_date: bool) -> bool:
    """Whether a text names a part of the year that is not the period, nor what came up to its end where figures add up."""
    until = _UNTIL.search(text)
    if until:
        return int(until["month"]) != (period.months[1] - 1) % _YEAR_LONG + 1
    stated = Period.all_in(text)
    parts = [each for each in stated if not each.is_year]
    pieces = [*_INSIDE.findall(text), *(() if stated else (_INSIDE.sub("", text),))]
    parts += filter(None, (Period.part_in(_BESIDES.sub("", each), period.year, whole=True) for each in pieces))
    if not stated:
        parts += filter(None, (Period.part_in(text, period.year),))
        parts += [Period(period.year)] if _WHOLE_YEAR.search(text) else []
    fitting = (part.covers(period) or (to_date and (part.up_to(period) or part.is_year)) for part in parts)
    return bool(parts) and not any(fitting)
