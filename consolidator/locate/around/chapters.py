"""The chapters of a report as its headings count them: their numbers, and the titles that a form prints.

In: a line of text, a form. Out: the number of a heading, the wordings of titles.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from consolidator.form.choices import Arrangement
from consolidator.form.texts.figures import chinese_numeral
from consolidator.locate.words.labels import core
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from consolidator.form.definition import Form, Row

_NUMBERED = regex(r"^第?([一二三四五六七八九十]{1,3})[,、章](?=\D)")
_LONGEST = 40
_PARTS = regex(r"-+|—+")


def chapter_number(text: str) -> int | None:
    """The number that a short line begins with, as a chapter's heading does; None for other lines and for sentences."""
    line = text.strip()
    match = _NUMBERED.match(fold(line))
    if match is None or len(line) > _LONGEST or line.endswith(("。", "；", "，")):
        return None
    return chinese_numeral(match[1])


def closing_words(form: Form) -> re.Pattern[str]:
    """How the lines begin that close a form: its sign-off fields and the fields around its tables."""
    fields = [field.wordings for field in form.sign_off]
    fields += [row.wordings for row in fields_around(form)]
    return _beginning(tuple(fold(word) for words in fields for word in words))


def fields_around(form: Form) -> tuple[Row, ...]:
    """The fields that stand above or below the tables, with their values among the indicators."""
    return tuple(row for table in form.tables if table.arrangement is Arrangement.AROUND for row in table.rows)


@lru_cache(maxsize=64)
def _beginning(words: tuple[str, ...]) -> re.Pattern[str]:
    return regex(f"(?:{'|'.join(map(re.escape, words))})(?:[:(]|$)" if words else "(?!)")


def known_titles(form: Form) -> frozenset[str]:
    """The titles of a form's tables and the parts that they are printed in, without numbers."""
    return _titles(tuple(table.title for table in form.grids))


@lru_cache(maxsize=64)
def _titles(titles: tuple[str, ...]) -> frozenset[str]:
    return frozenset(core(part) for title in titles for part in (title, *_PARTS.split(title)) if core(part))
