"""What a title over a table, or a head over several of its columns, says of the period of the figures under it.

In: the texts of a sheet above a table's first row, the titles of the table. Out: the cell and the words that name another
period. Never: a sentence taken for a title, a row's label for one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from consolidator.locate.around.chapters import chapter_number
from consolidator.locate.around.heading import titles_of
from consolidator.locate.words.labels import closing_remark, core
from consolidator.locate.words.remarks import of_other_period, says_other_period
from consolidator.locate.words.timely import of_another_period
from consolidator.model import CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from consolidator.form.definition import Form, Table
    from consolidator.model import Cell, Period, Sheet

_PARTS = regex(r"-+|—+")
_BRACKETED = regex(r"\([^()]*\)")
_ALONE = regex(r"(?:19|20)\d{2}年?度?(?:数据?|统计)?|[上去]年度?(?:同期)?(?:数据?|统计)?|同期数?")
_MAY_SAY = regex(r"[年月季期\d]")
_SENTENCE = regex(r"[，。；,;！!]")
_MOST_TEXTS = 1 << 14
_LONGEST_TITLE = 60  # characters of a title, which is no sentence
_LONGEST_HEAD = 16  # characters of a head over several columns


class Titles(NamedTuple):
    """The parts of a table's printed title without numbers, and the labels of its form, which are no titles."""

    parts: Collection[str] = ()
    labels: Collection[str] = ()


def titles_of_table(form: Form, table: Table) -> Titles:
    """What the lines over a table may say; the form's own title speaks for the whole form and is none of them."""
    whole = {core(title) for title in titles_of(form)}
    parts = {core(part) for part in (table.title, *_PARTS.split(table.title))}
    words = (word for each in form.grids for row in each.rows for word in row.wordings)
    return Titles(tuple(sorted(part for part in parts - whole if part)), _cores(tuple(words)))


@lru_cache(maxsize=64)
def _cores(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(core, words))


def title_of_another_period(sheet: Sheet, first: int, titles: Titles, period: Period | None) -> tuple[Cell, str] | None:
    """The title over row `first` that says another period, and its words; the nearest of each of its parts counts."""
    found: dict[str, Cell] = {}
    for row in sorted((row for row in sheet.lines if row < first), reverse=True):
        for cell in sheet.lines[row]:
            for title in _named(cell, titles) if cell.kind is CellKind.TEXT else ():
                if title or not found:
                    found.setdefault(title, cell)
    for title, cell in found.items():
        for words in _beside(cell.text, title) if _MAY_SAY.search(cell.text) else ():
            if says_other_period(words, period):
                return cell, words
    return None


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


def _named(cell: Cell, titles: Titles) -> Iterator[str]:
    """The titles that a text holds, or that it is the heading of some chapter."""
    if len(cell.text) > _LONGEST_TITLE or _SENTENCE.search(cell.text):
        return
    folded = fold(cell.text)
    known = [title for title in titles.parts if title in folded]
    yield from known
    if not known and chapter_number(cell.text) is not None and core(cell.text) not in titles.labels:
        yield ""


def _beside(text: str, title: str) -> Iterator[str]:
    """What stands before and after a title, without its number and without brackets."""
    if not title:
        yield closing_remark(text)
        return
    before, _, after = fold(text).partition(title)
    yield from (words for words in (core(before), after.strip("():,-")) if words)
