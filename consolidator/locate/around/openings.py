"""Find the headings of chapters of prose among the texts of a sheet.

In: a sheet, a form. Out: `Opening`s: the chapter, its heading's cell and area, and text that follows in the same cell.
Never: a heading accepted because it looks similar.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.choices import Arrangement
from consolidator.locate.around.chapters import chapter_number
from consolidator.locate.columns.heads import span_of
from consolidator.locate.words.labels import core
from consolidator.model import Area, Cell, CellKind
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Form, Row
    from consolidator.model import Sheet

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


def headings(form: Form) -> Mapping[str, Row]:
    """The rows of chapters by every wording of their headings, without number."""
    return _wordings(tuple(t for t in form.tables if t.arrangement is Arrangement.BENEATH))


@lru_cache(maxsize=64)
def _wordings(tables: tuple[object, ...]) -> Mapping[str, Row]:
    return {
        core(wording): row
        for table in tables
        for row in table.rows  # type: ignore[attr-defined]
        for wording in row.wordings
    }


def texts(sheet: Sheet) -> list[Cell]:
    """Every text of a sheet, in reading order."""
    cells = [cell for cell in sheet.cells.values() if cell.kind is CellKind.TEXT and fold(cell.text)]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def opening_at(sheet: Sheet, cell: Cell, rows: Mapping[str, Row]) -> Opening | None:
    """The chapter whose heading a cell is, or begins with."""
    text = cell.text.strip()
    first = text.split("\n", 1)[0].strip()
    if len(first) <= LONGEST_HEADING and core(first) in rows:
        return Opening(rows[core(first)], cell, span_of(sheet, cell), text[len(first) :].strip())
    for row in dict.fromkeys(rows.values()):
        for wording in row.wordings:
            rest = _after(text, wording)
            if rest:
                return Opening(row, cell, span_of(sheet, cell), rest)
    return None


def _after(text: str, heading: str) -> str:
    """What follows a numbered heading in the same line; empty where the text does not begin with it."""
    wanted = fold(heading)
    if chapter_number(heading) is None or not text.startswith(heading[0]):
        return ""
    for end in range(len(wanted), min(len(text), len(wanted) * 2) + 1):
        if fold(text[:end]) == wanted:
            rest = text[end:]
            marked = rest[:1] in _SEPARATORS
            return rest.lstrip("".join(_SEPARATORS)) if marked or len(rest) >= _RUNNING_TEXT else ""
    return ""
