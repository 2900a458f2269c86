"""Find the headings of chapters of prose among the texts of a sheet.

In: a sheet, a form. Out: `Opening`s: the chapter, its heading's cell and area, and text that follows in the same cell.
Never: a heading accepted because it looks similar.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from consolidator.form.choices import Arrangement
from consolidator.locate.around.chapters import chapter_number
from consolidator.locate.columns.heads import span_of
from consolidator.locate.words.labels import core
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Form, Row, Table
    from consolidator.model import Area, Cell, Sheet

LONGEST_HEADING = 40
"""Characters that a heading, or the name of the office that signs, has at most."""

_SEPARATORS = frozenset(":：。. \t\r\n\u3000\u00a0")
_RUNNING_TEXT = 10  # characters after a heading, without any mark between, from which they are its text


class Opening(Struct, frozen=True):
    """A heading of a chapter: its cell and the area that it covers, and the text that follows it in the same cell."""

    row: Row
    cell: Cell
    area: Area
    rest: str


class Headings(NamedTuple):
    """The headings of a form's chapters: `rows` by every wording without number; numbered ones, folded, by their first character."""

    rows: Mapping[str, Row]
    numbered: Mapping[str, Sequence[tuple[Row, str]]]


def headings(form: Form) -> Headings:
    """The headings of a form's chapters."""
    return _headings(tuple(t for t in form.tables if t.arrangement is Arrangement.BENEATH))


@lru_cache(maxsize=64)
def _headings(tables: tuple[Table, ...]) -> Headings:
    rows = {core(wording): row for table in tables for row in table.rows for wording in row.wordings}
    numbered: dict[str, list[tuple[Row, str]]] = {}
    for row in dict.fromkeys(rows.values()):
        for wording in row.wordings:
            if chapter_number(wording) is not None:
                numbered.setdefault(wording[0], []).append((row, fold(wording)))
    return Headings(rows, numbered)


def texts(sheet: Sheet) -> list[Cell]:
    """Every text of a sheet, in reading order."""
    cells = [cell for cell in sheet.texts if fold(cell.text)]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def opening_at(sheet: Sheet, cell: Cell, known: Headings) -> Opening | None:
    """The chapter whose heading a cell is, or begins with."""
    text = cell.text.strip()
    first = text.split("\n", 1)[0].strip()
    if len(first) <= LONGEST_HEADING and core(first) in known.rows:
        return Opening(known.rows[core(first)], cell, span_of(sheet, cell), text[len(first) :].strip())
    for row, heading in known.numbered.get(text[:1], ()):
        rest = _after(text, heading)
        if rest:
            return Opening(row, cell, span_of(sheet, cell), rest)
    return None


def _after(text: str, heading: str) -> str:
    """What follows a folded heading in the same line; empty where the text does not begin with it."""
    for end in range(len(heading), min(len(text), len(heading) * 2) + 1):
        if fold(text[:end]) == heading:
            rest = text[end:]
            marked = rest[:1] in _SEPARATORS
            return rest.lstrip("".join(_SEPARATORS)) if marked or len(rest) >= _RUNNING_TEXT else ""
    return ""
