"""What a head over columns says of their period.

In: the text of a head, the form's own words for it, the period. Out: the words that name another period.
Never: a sentence taken for a head.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.locate.words.naming import is_time_alone
from consolidator.locate.words.remarks import of_other_period
from consolidator.locate.words.timely import names_another_kind, of_another_period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from consolidator.model import Period

_BRACKETED = regex(r"\([^()]*\)")
_ALONE = regex(r"(?:19|20)\d{2}年?度?(?:数据?|统计)?|[上去]年度?(?:同期)?(?:数据?|统计)?|同期数?")
_MAY_SAY = regex(r"[年月季期\d]")
_SENTENCE = regex(r"[，。；,;！!]")
_MOST_TEXTS = 1 << 14
_LONGEST_HEAD = 16  # characters of a head over several columns


@lru_cache(maxsize=_MOST_TEXTS)
def head_of_another_period(text: str, wordings: tuple[str, ...], period: Period | None) -> str:
    """The words in a head over columns that say another period than the form's; `wordings` are the form's own heads."""
    folded, own = fold(text), tuple(map(fold, wordings))
    if folded in own or any(of_another_period((word,), None) for word in own):
        return ""
    remark, bare = of_other_period(text, wordings, period), _BRACKETED.sub("", folded)
    if remark or not bare or len(bare) > _LONGEST_HEAD or _SENTENCE.search(bare) or not _MAY_SAY.search(bare):
        return remark
    return text.strip() if of_another_period((bare,), period, wordings) else ""


def is_period_alone(text: str) -> bool:
    """Whether a text over a column is nothing but a year or the same time of the last one, and no day of filing."""
    return bool(_ALONE.fullmatch(fold(text)))


def speaks_of_others(text: str, heads: tuple[str, ...], own: tuple[str, ...], period: Period | None) -> bool:
    """Whether a text with a cell of its own near figures is another period and nothing else, or says another kind of them.

    `heads` are the form's words for the columns there, `own` all that it prints there itself.
    """
    alone = is_period_alone(text) or is_time_alone(text)
    return bool((alone and head_of_another_period(text, heads, period)) or names_another_kind(text, own))
