"""Read the chapters of prose that stand between the tables: a heading line, and what is written to it.

The text stands beneath its heading (one merged cell, or several rows), beside it, after it in the same cell, or on a
sheet of its own. In: a sheet, a form, the labels of its tables found there. Out: observations, the rows that prose covers.
Never: a cell of a table taken for prose, a text cut short.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.texts.days import only_day
from consolidator.locate.around.chapters import chapter_number, closing_words, known_titles
from consolidator.locate.around.heading import OFFICE
from consolidator.locate.around.openings import LONGEST_HEADING, Opening, headings, opening_at, texts
from consolidator.locate.columns.heads import find_heads, span_of
from consolidator.locate.words.labels import core
from consolidator.model import Area, CellAddress, Observation
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form, Row
    from consolidator.locate.rows.match import Item
    from consolidator.model import Cell, Sheet

_NEAR = 3  # rows under a heading in which its text begins


class Prose(Struct, frozen=True):
    """The chapters on one sheet: their texts by code, findings without owner, and the rows that they cover."""

    observations: Mapping[str, Observation] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    rows: frozenset[int] = frozenset()


NO_PROSE = Prose()
"""A sheet without chapters."""


class _Stop(Struct, frozen=True):
    """Where the text of a chapter ends: a heading (of a chapter with a `number`), or a line that closes the report."""

    row: int
    column: int
    number: int = 0
    closing: bool = False


class _Block(Struct, frozen=True):
    """A table as it lies on the sheet, heads included."""

    area: Area

    def beside(self, area: Area) -> bool:
        """Whether it stands on the rows of `area`, right or left of it."""
        apart = self.area.left > area.right or self.area.right < area.left
        return apart and self.area.top <= area.bottom and self.area.bottom >= area.top


def read_prose(sheet: Sheet, form: Form, items: Sequence[Item]) -> Prose:
    """The chapters that stand on a sheet. `items` are the labels of the form's tables found on it."""
    rows = headings(form)
    openings = [opening for cell in texts(sheet) if (opening := opening_at(sheet, cell, rows)) is not None]
    if not openings:
        return _named_by_sheet(sheet, rows) if rows and not items else Prose()
    return _Reader(sheet, form, items, openings).read()


def _named_by_sheet(sheet: Sheet, rows: Mapping[str, Row]) -> Prose:
    """A sheet that bears a chapter's name and holds nothing but its text."""
    row = rows.get(core(sheet.name))
    cells = texts(sheet)
    if row is None or not cells:
        return Prose()
    lines = [cell.text.strip() for cell in _once(sheet, cells)]
    observation = _observation(sheet, row, cells[0], lines, sheet.name)
    return Prose({row.code: observation}, (), frozenset(cell.row for cell in cells))


def _once(sheet: Sheet, cells: Iterable[Cell]) -> list[Cell]:
    """The cells without those that repeat the one on their left or above: a merged cell that was unmerged and filled in."""
    return [cell for cell in cells if not any(_says(sheet, spot, cell.text) for spot in _before(cell))]


def _before(cell: Cell) -> tuple[tuple[int, int], ...]:
    return (cell.row, cell.column - 1), (cell.row - 1, cell.column)


def _says(sheet: Sheet, spot: tuple[int, int], text: str) -> bool:
    other = sheet.at(*spot)
    return other is not None and other.text == text


def _observation(sheet: Sheet, row: Row, cell: Cell, lines: Iterable[str], heading: str) -> Observation:
    text = "\n".join(line for line in lines if line)
    how = "label" if core(heading) == core(row.label) else "alias"
    return Observation(row.code, text or None, text, CellAddress(sheet.name, cell.row, cell.column), how)


class _Reader:
    """Reads the chapters of one sheet that has headings of them."""

    def __init__(self, sheet: Sheet, form: Form, items: Sequence[Item], openings: Sequence[Opening]) -> None:
        self._sheet = sheet
        self._form = form
        self._openings = openings
        self._cells = texts(sheet)
        self._blocks = tuple(self._tables(items))
        self._stops = (*self._titles(), *(_Stop(each.cell.row, each.cell.column) for each in openings))
        self._marks = {(stop.row, stop.column) for stop in self._stops}

    def read(self) -> Prose:
        """Every chapter once; one that stands twice with different texts is told and left open."""
        found: dict[str, list[tuple[Opening, Observation]]] = {}
        covered: set[int] = set()
        for opening in self._openings:
            cells = self._body(opening)
            covered.update(opening.cell.row if cell is None else cell.row for cell in (None, *cells))
            lines = [opening.rest, *(cell.text.strip() for cell in cells)]
            place = opening.cell if opening.rest or not cells else cells[0]
            heading = opening.cell.text.strip().split("\n", 1)[0]
            observation = _observation(self._sheet, opening.row, place, lines, heading)
            found.setdefault(opening.row.code, []).append((opening, observation))
        observations = {}
        findings: list[Finding] = []
        for code, several in found.items():
            written = {seen.raw: (opening, seen) for opening, seen in several if seen.raw} or {"": several[0]}
            opening, chosen = next(iter(written.values()))
            observations[code] = chosen if len(written) == 1 else replace(chosen, value=None)
            findings += self._told(opening, chosen, several if len(written) > 1 else ())
        return Prose(observations, tuple(findings), frozenset(covered))

    def _told(
        self, opening: Opening, chosen: Observation, several: Sequence[tuple[Opening, Observation]]
    ) -> Iterator[Finding]:
        row, name = opening.row, self._sheet.name
        if several:
            places = tuple(each.cell.a1 for each, _ in several)
            details = {"label": row.label, "count": str(len(several)), "cells": "、".join(places)}
            yield Finding(
                "S04",
                Severity.SOFT,
                "doubled_chapter",
                indicators=(row.code,),
                sheet=name,
                cells=places,
                details=details,
            )
        elif chosen.how == "alias":
            found = opening.cell.text.strip().split("\n", 1)[0]
            details = {"row": str(opening.cell.row), "found": found, "label": row.label, "indicator": row.code}
            yield Finding(
                "L02", Severity.NOTE, "", Outcome.SATISFIED, (row.code,), name, (opening.cell.a1,), found, row.label,
                details=details,
            )  # fmt: skip

    def _tables(self, items: Sequence[Item]) -> Iterator[_Block]:
        """Where the tables lie, by their row labels and heads."""
        for table in self._form.grids:
            codes = {row.code for row in table.rows}
            places = [(item.row, item.column) for item in items if codes.intersection(item.codes)]
            heads = [head for head in find_heads(self._sheet, table) if places] if table.columns[0].key else []
            near = [head for head in heads if min(places)[0] - 4 <= head.top <= max(places)[0]]
            places += [spot for head in near for spot in ((head.top, head.left), (head.bottom, head.right))]
            if places:
                rows, columns = zip(*places, strict=True)
                yield _Block(Area(min(rows), min(columns), max(rows), max(columns)))

    def _titles(self) -> Iterator[_Stop]:
        """Lines that open something else: a table's title, a chapter further on, a line that closes the report."""
        known, closing = known_titles(self._form), closing_words(self._form)
        numbered: dict[int, _Stop] = {}
        plain = set()
        for cell in self._cells:
            number = chapter_number(cell.text)
            if core(cell.text) in known:
                plain.add(number)
                yield _Stop(cell.row, cell.column)
            elif only_day(cell.text) is not None or closing.match(fold(cell.text)):
                yield _Stop(cell.row, cell.column, closing=True)
            elif number is not None:
                numbered[number] = _Stop(cell.row, cell.column, number)
        printed = {chapter_number(table.title) for table in self._form.grids} if self._blocks else set()
        for number, stop in numbered.items():
            if number in printed and number not in plain:  # a heading in other words: the last line with its number
                yield stop

    def _body(self, opening: Opening) -> list[Cell]:
        """The cells of a chapter's text, in reading order."""
        left, right = self._between(self._extent(opening))
        cells = _once(self._sheet, self._inside(opening, left, right))
        stop = self._stop(opening, left, right)
        closed = any(each.closing and each.row == stop for each in self._stops)
        signs = closed and bool(cells) and len(cells[-1].text) <= LONGEST_HEADING
        return cells[:-1] if signs and OFFICE.match(fold(cells[-1].text)) else cells

    def _extent(self, opening: Opening) -> Area:
        """The heading's area with that of the text right under it: it may be one tall cell beside a table."""
        area = opening.area
        for cell in self._cells:
            near = area.bottom < cell.row <= area.bottom + _NEAR and area.left <= cell.column <= area.right
            if near:
                inside = any(block.area.holds(cell.row, cell.column) for block in self._blocks)
                if inside or (cell.row, cell.column) in self._marks:
                    return area
                under = span_of(self._sheet, cell)
                return Area(area.top, area.left, under.bottom, max(area.right, under.right))
        return area

    def _between(self, area: Area) -> tuple[int, int]:
        """The columns left and right of which tables stand on the rows of an area."""
        beside = [block.area for block in self._blocks if block.beside(area)]
        left = max((each.right + 1 for each in beside if each.right < area.left), default=1)
        return left, min((each.left - 1 for each in beside if each.left > area.right), default=1 << 30)

    def _stop(self, opening: Opening, left: int, right: int) -> int:
        after, own = opening.area.top, chapter_number(opening.row.label) or 0
        stops = [each for each in self._stops if not each.number or each.number > own]
        rows = [each.row for each in stops if each.row > after and left <= each.column <= right]
        rows += [
            b.area.top for b in self._blocks if b.area.top > after and b.area.left <= right and b.area.right >= left
        ]
        return min(rows, default=1 << 30)

    def _inside(self, opening: Opening, left: int, right: int) -> list[Cell]:
        area, stop = opening.area, self._stop(opening, left, right)
        return [
            cell
            for cell in self._cells
            if area.top <= cell.row < stop
            and left <= cell.column <= right
            and (cell.row > area.bottom or cell.column > area.right)
            and (cell.row, cell.column) not in self._marks
        ]


def without(rows: Iterable[int], prose: Prose) -> tuple[int, ...]:
    """Rows of a sheet that are none of the chapters'."""
    return tuple(row for row in rows if row not in prose.rows) if prose.rows else tuple(rows)
