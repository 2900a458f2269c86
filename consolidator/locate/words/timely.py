"""Whether the words over a column, or in a label, say that its figures are another period's than the form's, or no figures of it.

In: texts, the period that the form's heading states, if it states one. Out: yes or no. Never: a day of the calendar taken for a period.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.locate.cells.numerals import is_unit_of_measure
from consolidator.model import Period
from consolidator.patterns import regex
from consolidator.spelling import fold, in_digits

if TYPE_CHECKING:
    from collections.abc import Iterable

_YEAR = regex(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SHORT_YEAR = regex(r"(\d{2}|[一二][〇○零一二三四五六七八九])年度?数?")
_OTHER = regex(
    r"上年|上一年|去年|往年|前年|次年|明年|下一?年|[上下往]期|[上下]个?[季月]|上次|同期|历年"
    r"|(?<!自)[年期月季]初(?![至到以起累])"
)
_WHAT_IT_INCLUDES = regex(r"\((?:不?包?含|不?包括)[^()]*\)|\([与按][^()]*(?:一致|相同|口径)[^()]*\)")
_OWN_MONTH = regex(r"[本当]月")
_OWN_QUARTER = regex(r"[本当]季")
_OWN_YEAR = regex(r"[本今当]年")
_UNTIL = regex(r"截[至止-]到?(?:\d{4}年)?(?:(?P<month>1[0-2]|0?[1-9])月|第?(?P<quarter>[1-4一二三四])季)")
_TO_DATE = regex(r"累计|年初|[本今当]年度?(?:至|以来)")
_WHOLE_YEAR = regex(r"全年")
_HALF = regex(r"半年")
_INSIDE = regex(r"\(([^()]*)\)")
_BESIDES = regex(r"统计|累计|填报|上报|实际|完成|发生|情况|合计|小计|数据|数值|数量|数|期间|[至止为末底]$|^[至为]|[()]")
PLANNED_OR_COMPARED = "计划|预计|预算|预测|预期|预估|应报|应完成|未报|未完成|同比|环比|增长|增减|增幅|排名|名次"
"""What is no figure of a period whatever else is said with it: a pattern."""
_NO_OUTCOME = regex(
    rf"{PLANNED_OR_COMPARED}|估计|估算|(?:目标|任务)(?!.*完成)|人均|户均|平均|[年月日]均"
    r"|占比|比重|比例|比率|百分比|增/减|差额|差数|差异|变化|变动|增加|减少|得分|分值|进度|基数|参考|完成率|%"
    r"|[吨斤克升元]/(?:亩|公顷|[天日月年])"
)
_ONLY_KIND = regex(
    rf"(?:(?:19|20)\d{{2}}年度?|[本今当]?年度?|全年|[本当][月季期]度?)?(?:(?:{_NO_OUTCOME.pattern})(?:数|额|值|率|量|情况|部分)*)+"
)
_OTHERS = regex(r"其中|全[国省市县]|各[乡镇街村]|样[表例]|示例|范例|举例|例如")
_PART = regex(
    r"[本当][季月]度?|[上下本]?半年|前?第?[一二三四1-4](?:[-至到]第?[一二三四1-4])?季度?|q[1-4](?:-q?[1-4])?"
    r"|前(?:\d{1,2}|[一二三四五六七八九十]{1,2})个?(?:月|季度?)"
    r"|(?:\d{1,2}月?(?:\d{1,2}日)?[-至到]?(?:\d{4}年)?)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:\d{1,2}日)?"
)
_OWN_SPAN = regex(r"[本当][季月]度?|本?半年")
_MAY_BE_SUMMED = regex(r"(?<![本当][月季])(?<![本当]季度)累计|截[至止]")
_UP_TO = regex(r"[截至到止末底]")
_PLAIN = regex(
    r"(?:(?:19|20)\d{2}年?度?|[本今当]?年度?|[全半]年|[季月]度|[本当]期|(?:[本我][镇乡县区]|全[镇乡]|本?街道|[本我]单位)"
    r"|截[至止]到?|[年月季期]?[末底止]|累计|填报|填写|统计|上报|报送|申报|实报|实际|完成|发生|[()])*"
    r"(?:数|数量|数据|数值|数字|数目|计数|个数|件数|条数|次数|情况|结果|内容|值|合计|总计|总数)*(?:填报|填写)?"
)
_QUARTER, _YEAR_LONG, _HALF_LONG = 3, 12, 6
_NUMERALS = "一二三四"
_MOST_TEXTS = 1 << 14


def of_another_period(texts: Iterable[str], period: Period | None, own: Iterable[str] = ()) -> bool:
    """Whether the words over a column say that its figures are another period's.

    What the form's `own` words say goes before: a column 一季度 of a yearly form is of that quarter, and sums from January on
    are what a form of a later month or quarter asks for only where they say so.
    """
    own = [_INSIDE.sub("", fold(word)) for word in own]
    sums = any(map(_TO_DATE.search, own))
    if period is not None:
        parts = (Period.part_in(_BESIDES.sub("", word), period.year, whole=True) for word in own)
        period = next(filter(None, parts), period)
    return _of_another((*(_WHAT_IT_INCLUDES.sub("", fold(text)) for text in texts),), period, sums=sums)


def says_another_kind(texts: Iterable[str], own: Iterable[str]) -> bool:
    """Whether the words over a column say that it holds plans, shares or changes, and the form's `own` words do not."""
    ours = {word for text in own for word in _NO_OUTCOME.findall(fold(text))}
    return any(word not in ours for text in texts for word in _NO_OUTCOME.findall(fold(text)))


def names_another_kind(text: str, own: Iterable[str]) -> bool:
    """Whether a head is the name of plans, shares or changes and of nothing else, and the form's `own` words have no such."""
    return bool(_ONLY_KIND.fullmatch(_INSIDE.sub("", fold(text)))) and says_another_kind((text,), own)


def names_others(text: str, own: Iterable[str]) -> bool:
    """Whether a head may say that figures are a part's, a larger whole's or an example's, and the form's `own` words do not."""
    ours = {word for each in own for word in _OTHERS.findall(fold(each))}
    return any(word not in ours for word in _OTHERS.findall(fold(text)))


def says_only_its_year(texts: Iterable[str], period: Period | None) -> bool:
    """Whether the words over a column say 本年, or the year, of a form that is of a month, a quarter or a half, and no such part."""
    if period is None or period.is_year:
        return False
    folded = [fold(text) for text in texts]
    whole = any(_OWN_YEAR.search(text) or Period(period.year) in Period.all_in(text) for text in folded)
    return whole and not any(_PART.search(text) for text in folded)


def says_nothing_new(text: str, period: Period | None) -> bool:
    """Whether a head that is not of another period says no more than that figures stand under it."""
    bare = _INSIDE.sub(lambda found: "" if is_unit_of_measure(found[1]) else found[0], fold(text))
    summed = period is None or period.months[0] > 1
    if says_only_its_year((text,), period) or (summed and _MAY_BE_SUMMED.search(bare)):
        return False
    if period is not None and (_UNTIL.search(bare) or _OWN_SPAN.search(bare) or _names(bare, period)):
        bare = _PART.sub("", bare)
    return bool(_PLAIN.fullmatch(bare.replace("()", "")))


@lru_cache(maxsize=_MOST_TEXTS)
def _of_another(texts: tuple[str, ...], period: Period | None, *, sums: bool) -> bool:
    joined = " ".join(texts)
    if _OTHER.search(joined):
        return True
    if period is None:
        return False
    first, last = period.months
    length = last - first + 1
    own = {period.year + (month - 1) // _YEAR_LONG for month in (first, last)}
    years = {int(found) for found in _YEAR.findall(joined)}
    if years and not any(min(own) <= year <= max(own) for year in years):
        return True
    short = filter(None, map(_SHORT_YEAR.fullmatch, _pieces(texts)))
    if not {int(in_digits(found[1])) for found in short} <= {year % 100 for year in own}:
        return True
    if (_OWN_MONTH.search(joined) and length != 1) or (_OWN_QUARTER.search(joined) and length != _QUARTER):
        return True
    if first > 1 and not sums and any(_sums_up(text, period) for text in texts):
        return True
    to_date = sums or bool(_TO_DATE.search(joined))
    return any(_says_another_part(text, period, to_date=to_date) for text in texts)


def _pieces(texts: Iterable[str]) -> Iterable[str]:
    """The texts, and what stands in brackets in them."""
    return [piece for text in texts for piece in (text, *_INSIDE.findall(text))]


def _sums_up(text: str, period: Period) -> bool:
    """Whether a text says that figures are summed up from January on, not within the period (`本月累计`)."""
    if not _TO_DATE.search(text) or (_OWN_SPAN.search(text) and not _UP_TO.search(text)):
        return False
    return not _names(text, period)


def _names(text: str, period: Period) -> bool:
    """Whether a text names the period's own months."""
    return any(part.covers(period) for part in (*_parts_in(text, period), *Period.all_in(text)))


def _says_another_part(text: str, period: Period, *, to_date: bool) -> bool:
    """Whether a text names a part of the year that is not the period, nor what came up to its end where figures add up."""
    until = _UNTIL.search(text)
    if until:
        quarter = until["quarter"]
        number = _NUMERALS.find(quarter) + 1 or int(quarter) if quarter else 0
        return int(until["month"] or _QUARTER * number) != (period.months[1] - 1) % _YEAR_LONG + 1
    parts = _parts_in(text, period)
    if not parts and _HALF.search(text):
        return period.months[1] - period.months[0] + 1 != _HALF_LONG
    fitting = (part.covers(period) or (to_date and (part.up_to(period) or part.is_year)) for part in parts)
    return bool(parts) and not any(fitting)


def _parts_in(text: str, period: Period) -> list[Period]:
    """The parts of a year that a text names, of the period's year where it names none; a whole year as `全年` only."""
    stated = Period.all_in(text)
    parts = [each for each in stated if not each.is_year]
    pieces = [*_INSIDE.findall(text), *(() if stated else (_INSIDE.sub("", text),))]
    parts += filter(None, (Period.part_in(_BESIDES.sub("", each), period.year, whole=True) for each in pieces))
    if not stated:
        parts += filter(None, (Period.part_in(text, period.year),))
        parts += [Period(period.year)] if _WHOLE_YEAR.search(text) else []
    return parts
