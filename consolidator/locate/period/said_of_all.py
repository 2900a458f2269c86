"""What a title, a note or the name of a sheet says of all its figures: plans, another period, an example, void.

In: a sheet, the rows above and around its tables, the form, the period that is stated. Out: questions (S14, S03).
Never: the form's own title accused; a sentence that speaks of some figures taken for one about all.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Severity
from consolidator.locate.around.heading import texts_in, titles_of
from consolidator.locate.period.datelines import is_line
from consolidator.locate.words.remarks import says_other_period
from consolidator.model import CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Cell, Sheet

_KIND = (
    r"(?:本?年度?|全年)?(?:计划|预计|预算|预测|预期|目标|任务)(?:数|表|情况)?"
    r"|(?:上年|去年|往年|上期|上月|上季度?)(?:同期|同月|同季)?(?:数据?|表)?|同期数?"
    r"|(?:填报|填表|填写)?(?:样表|样例|模板|示例|范例|范本|举例)|作废|废止?|草稿|草表|初稿|测试表?|旧表?|(?:调整|修改|更正|修正)前"
)
_OF_NO_USE = regex(_KIND)
_MAY_SAY = regex(r"计划|预|目标|任务|[上去往]年|上[期月季]|同期|样|例|模板|范本|废|稿|草表|测试|旧|前|累计|[年月季]")
"""A sign without which nothing of the kind is said."""
_INSIDE = regex(r"\(([^()]*)\)")
_PIECES = regex(r"[,;、]")
_NOTE = regex(r"[(*※]*(?:附?注|备注|说明|填报说明)[\d一二三四五六]*[:.、]?")
_NUMBER = regex(r"^[\d一二三四五六]{1,2}[.,、)]")
_SENTENCE = regex(r"(?<!\d)\.|\.(?!\d)|[;!\n]")
_OF_ALL = regex(
    r"(?:以上|上述|本|此|该)(?:报?表|各?项)?(?:的?数[据字]?)?(?:均|都|全部)?[为是系按]?(?P<said>.+?)(?:的?数[据字]?)?(?:填报|统计|上报)?"
)
_BEGINS = regex(r"(?:此表|本表|该表)?(?P<said>作废|初稿|草稿|测试)(?:$|[,:])")
_LONGEST = 40  # characters of a sentence about all figures


def said_of_all(
    sheet: Sheet, above: Sequence[int], around: Iterable[int], form: Form, period: Period | None
) -> tuple[Finding, ...]:
    """What is said of all figures that are not, by that, this period's own: the first such saying."""
    titles = titles_of(form)
    named = fold(sheet.name)
    if _OF_NO_USE.fullmatch(named) and not _own(named, titles):
        return (_asked("sheet", sheet, None, sheet.name),)
    for cell in texts_in(sheet, around):
        if cell.kind is CellKind.TEXT and _MAY_SAY.search(cell.text):
            over = cell.row in above and is_line(cell.text)
            alone = len(sheet.lines[cell.row]) == 1
            words = _said(cell.text, titles, period, over=over, alone=alone)
            if words:
                return (_asked("text", sheet, cell, words),)
    return ()


@lru_cache(maxsize=4096)
def _said(text: str, titles: tuple[str, ...], period: Period | None, *, over: bool, alone: bool) -> str:
    """The words of a text, `over` the tables or not, that say it; empty where none do. Kept: forms have the same headings."""
    folded = fold(text)
    beside = _of_title(folded, titles, alone=alone) if over else ()
    for words in (*beside, *_of_notes(folded)):
        if not _own(words, titles) and (_OF_NO_USE.fullmatch(words) or says_other_period(words, period)):
            return str(words)
    return ""


def _own(words: str, titles: Iterable[str]) -> bool:
    """Whether the form's own title says so."""
    return any(words in title for title in titles)


def _of_title(folded: str, titles: Iterable[str], *, alone: bool) -> Iterator[str]:
    """What stands in brackets beside the form's title, or in brackets `alone` on a line."""
    title = next((title for title in titles if title in folded), None)
    beside = folded.replace(title, " ") if title is not None else folded
    alone = alone and _INSIDE.fullmatch(folded) is not None
    for inside in _INSIDE.findall(beside) if title is not None or alone else ():
        if Period.find(inside) is None:  # what is a period with its year is the period, or told by it
            yield from dict.fromkeys((inside, *_PIECES.split(inside)))


def _of_notes(folded: str) -> Iterator[str]:
    """What a note, or a sentence that begins with 以上, 本表, 此表, says of all figures."""
    begun = _NOTE.match(folded)
    for sentence in _SENTENCE.split(folded[begun.end() :] if begun else folded):
        bare = _NUMBER.sub("", sentence.strip("()*※ "))
        if len(bare) <= _LONGEST:
            found = _OF_ALL.fullmatch(bare) or _BEGINS.match(bare)
            if found is not None:
                yield str(found["said"])


def _asked(case: str, sheet: Sheet, cell: Cell | None, found: str) -> Finding:
    return Finding(
        "S14", Severity.SOFT, case, sheet=sheet.name, cells=(cell.a1,) if cell is not None else (),
        observed=cell.text if cell is not None else sheet.name, details={"found": found},
    )  # fmt: skip
