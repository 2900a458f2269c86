"""Texts around and over the tables of a form that may be a unit's name: before a title, over a seal, alone on a line.

In: a sheet, the rows above, over and under its tables, the form. Out: stated names; a roster would know whether they are any.
Never: a name beside the label of a field, the authority that issues the form, the form's own words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from consolidator.locate.around.heading import OFFICE, SEAL, SEALED, name_before, titles_of
from consolidator.locate.columns.headers import means
from consolidator.locate.located import Stated
from consolidator.model import CellAddress, CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from consolidator.form.definition import Form
    from consolidator.model import Cell, Sheet

_KEPT = "names_around"

_LONGEST = 40  # characters of a line that may be a name, or a title with one before it


def names_around(sheet: Sheet, over: Iterable[Cell], around: Iterable[Cell], form: Form) -> tuple[Stated, ...]:
    """What may be names in the cells `over` the first label, and over seals in those `around` the tables; each once."""
    found: dict[str, Stated] = {}
    for cells, names in ((over, _names_over), (around, _sealed)):
        for cell in cells:
            if cell.kind is CellKind.TEXT and len(cell.text) <= _LONGEST:
                name = names(sheet, cell, form)
                if name:
                    found.setdefault(name, Stated(name, CellAddress(sheet.name, cell.row, cell.column), cell.text))
    return tuple(found.values())


def _sealed(_: Sheet, cell: Cell, __: Form) -> str:
    """The name on a line that is nothing but that and the place of a seal."""
    match = SEALED.fullmatch(cell.text.strip()) if SEAL in cell.text else None
    name = match[1].strip() if match is not None else ""
    return name if OFFICE.search(fold(name)) else ""


def _names_over(sheet: Sheet, cell: Cell, form: Form) -> str:
    """The name before a title, or alone on a line."""
    words = _words(form)
    name, before = _office_in(cell.text, words.titles)
    return name if name and (before or _stands_alone(sheet, cell, form, words)) else ""


@lru_cache(maxsize=4096)
def _office_in(text: str, titles: tuple[str, ...]) -> tuple[str, bool]:
    """The name that stands before a title, or that a text is. Kept: forms have the same lines over their tables."""
    before = name_before(text, titles)
    name = before or fold(text)
    return (name, bool(before)) if OFFICE.search(name) else ("", False)


def _stands_alone(sheet: Sheet, cell: Cell, form: Form, words: _Words) -> bool:
    """Whether a text is neither the form's, nor what a field asks for, nor one of several such side by side."""
    bare, authority = fold(cell.text), fold(form.authority)
    if ":" in bare or bare in words.printed or bare in authority or (authority and authority in bare):
        return False
    others = [each for each in sheet.lines[cell.row] if each is not cell and fold(each.text)]
    beside = [each for each in others if each.column < cell.column and not means(each.text, words.headers)]
    return not beside and not any(OFFICE.search(fold(each.text)) for each in others)


class _Words(NamedTuple):
    """A form's own words: the titles of it and of its tables, labels and heads, words over its labels."""

    titles: tuple[str, ...]
    printed: frozenset[str]
    headers: frozenset[str]


def _words(form: Form) -> _Words:
    """The words of a form, kept with it."""
    kept: _Words | None = form.__dict__.get(_KEPT)
    if kept is None:
        titles = {*titles_of(form), *(fold(table.title) for table in form.tables if table.title)}
        columns = (column for table in form.tables for column in table.columns)
        heads = (fold(word) for column in columns for word in (*column.wordings, *column.group_words))
        headers = frozenset(word for table in form.grids for word in table.label_headers)
        kept = _Words(tuple(sorted(titles, key=len, reverse=True)), form.wordings.union(heads), headers)
        form.__dict__[_KEPT] = kept
    return kept
