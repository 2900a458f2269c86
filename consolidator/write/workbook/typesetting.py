"""Cells of long lists as the text of SpreadsheetML, one row after the other: what `Page` does cell by cell, in bulk.

In: typed values with their styles. Out: `<row>` elements, in order; nothing is kept of a row that was taken.
Never: text as anything but text; a number that a spreadsheet would round.
Source of the markup: ECMA-376 part 1 §18.3.1.4 (`c`), §18.3.1.73 (`row`), §18.4.12 (`t`), §22.9.2.19 (`_xHHHH_`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Protocol

from consolidator.model import column_letters
from consolidator.write.workbook.styles import as_link
from consolidator.write.workbook.text import as_stored, fits_excel, for_cell, plain, starts_like_formula
from consolidator.write.workbook.widths import half_widths, half_widths_in, line_count, line_height

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from consolidator.write.workbook.hyperlinks import Hyperlinks
    from consolidator.write.workbook.links import FileLink
    from consolidator.write.workbook.styles import Style

_CODED = re.compile(r"_x(?=[0-9a-fA-F]{4}_)")
_PIXEL = 0.75
"""Points; programs keep heights in whole pixels."""


class WriteRefusedError(RuntimeError):
    """A cell was written where none can be: a bug here, for every limit is checked before."""


class Canvas(Protocol):
    """What a line of a list is written on: a `Page` cell by cell, or a `Typesetter` in bulk."""

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Text, never anything else."""

    def number(self, row: int, column: int, number: Decimal, style: Style) -> None:
        """A number, typed."""

    def count(self, row: int, column: int, count: int, style: Style) -> None:
        """How many there are of something, typed."""

    def blank(self, row: int, first: int, last: int, style: Style) -> None:
        """Empty cells with a look."""

    def link(self, row: int, column: int, text: str, style: Style, target: FileLink | str | None) -> None:
        """Text that opens something."""


class _Look(NamedTuple):
    """A style and its numbers in the workbook: as it is, for text that looks like a formula, and both as a link.

    `height` is that of one line; `rooms` is how many half-width characters fit on one line of each column.
    """

    style: Style
    usual: str
    quoted: str
    link: str
    quoted_link: str
    height: float
    rooms: Sequence[int]


def variants(styles: Iterable[Style], linked: Iterable[Style] = ()) -> tuple[Style, ...]:
    """Every look that cells in those styles may take, each once, in order; `linked` ones may hold links."""
    both = [*styles, *linked, *map(as_link, linked)]
    return tuple(dict.fromkeys(look for style in both for look in (style, style.but(quoted=True))))


class Typesetter:
    """Sets the rows of one body. Cells of a row come from left to right; `take` ends the row and gives its markup.

    `ids` are the numbers of the styles in the workbook, `widths` those of the columns in Excel's unit.
    """

    def __init__(self, ids: Mapping[Style, str], widths: Sequence[float], links: Hyperlinks) -> None:
        self._ids = ids
        self._looks: dict[int, _Look] = {}
        self._widths = widths
        self._letters = [column_letters(column + 1) for column in range(len(widths))]
        self._links = links
        self._cells: list[str] = []
        self._next = 0
        self._height = 0.0

    def take(self, row: int) -> str:
        """The row (0-based) with all cells set since the last one, as high as its text needs."""
        pixels = int(self._height / _PIXEL + 0.5)
        height = f' ht="{pixels * _PIXEL:.16g}" customHeight="1"' if pixels else ""
        markup = f'<row r="{row + 1}"{height}>{"".join(self._cells)}</row>'
        self._cells.clear()
        self._next, self._height = 0, 0.0
        return markup

    def text(self, row: int, column: int, text: str, style: Style) -> None:
        """Text, never anything else, whatever it starts with."""
        look = self._look(style)
        self._text(row, column, text, look, look.usual, look.quoted)

    def number(self, row: int, column: int, number: Decimal, style: Style) -> None:
        """A number, typed. One that Excel would round is written as text, digit by digit."""
        if not fits_excel(number):
            self.text(row, column, plain(number), style)
            return
        self._value(row, column, f"{as_stored(number):.16G}", style)

    def count(self, row: int, column: int, count: int, style: Style) -> None:
        """How many there are of something, typed."""
        self._value(row, column, str(count), style)

    def blank(self, row: int, first: int, last: int, style: Style) -> None:
        """Empty cells with a look."""
        for column in range(first, last + 1):
            self._set(row, column, self._look(style).usual, "/>")

    def link(self, row: int, column: int, text: str, style: Style, target: FileLink | str | None) -> None:
        """Text that opens a file or a place in this workbook; plain text where there is nothing to click on, no target, or no link left."""
        look = self._look(style)
        shown = for_cell(text)
        linked = (
            bool(shown) and target is not None and self._links.add(f"{self._letters[column]}{row + 1}", target, shown)
        )
        numbers = (look.link, look.quoted_link) if linked else (look.usual, look.quoted)
        self._text(row, column, text, look, *numbers)

    def opening(self, column: int, style: Style) -> tuple[str, str]:
        """What stands before and after the row's number in a cell that holds a number; `</v></c>` closes it."""
        return f'<c r="{self._letters[column]}', f'" s="{self._look(style).usual}"><v>'

    def figures(self, markup: Iterable[str], first: int, last: int, size: float) -> None:
        """Cells of numbers that were set elsewhere, by `opening`, in every column from `first` to `last`."""
        self._pass(first)
        self._next = last + 1
        self._cells.extend(markup)
        self._at_least(line_height(1, size))

    def _value(self, row: int, column: int, digits: str, style: Style) -> None:
        look = self._look(style)
        self._set(row, column, look.usual, f"><v>{digits}</v></c>")
        self._at_least(look.height)

    def _text(self, row: int, column: int, text: str, look: _Look, usual: str, quoted: str) -> None:
        shown, rest, like_formula = _prepared(text)
        self._set(row, column, quoted if like_formula else usual, rest)
        style, room = look.style, look.rooms[column]
        if not style.wrap or ((2 * len(shown) <= room or half_widths(shown) <= room) and "\n" not in shown):
            self._at_least(look.height)
        else:
            lines = line_count(shown, self._widths[column], style.size, bold=style.bold, indent=style.indent)
            self._at_least(line_height(lines, style.size))

    def _set(self, row: int, column: int, number: str, rest: str) -> None:
        self._pass(column)
        self._cells.append(f'<c r="{self._letters[column]}{row + 1}" s="{number}"{rest}')

    def _pass(self, column: int) -> None:
        if column < self._next:
            raise WriteRefusedError(f"column {column} after column {self._next - 1}")
        self._next = column + 1

    def _at_least(self, points: float) -> None:
        if points > self._height:  # noqa: PLR1730 - hundreds of thousands of cells; a call takes twice as long
            self._height = points

    def _look(self, style: Style) -> _Look:
        """The numbers of a style, looked up by the object: comparing styles would take longer than all the rest."""
        look = self._looks.get(id(style))
        if look is None:
            quoted, link = style.but(quoted=True), as_link(style)
            ids = self._ids
            numbers = (ids[style], ids[quoted], ids.get(link, ""), ids.get(link.but(quoted=True), ""))
            rooms = tuple(half_widths_in(w, style.size, bold=style.bold, indent=style.indent) for w in self._widths)
            look = self._looks[id(style)] = _Look(style, *numbers, line_height(1, style.size), rooms)
        return look


@lru_cache(maxsize=1 << 14)
def _prepared(text: str) -> tuple[str, str, bool]:
    """The text as it is shown, the rest of the cell that holds it, and whether it might be taken for a formula."""
    shown = for_cell(text)
    if not shown:
        return "", "/>", False
    space = ' xml:space="preserve"' if shown[0].isspace() or shown[-1].isspace() else ""
    return shown, f' t="inlineStr"><is><t{space}>{escaped(shown)}</t></is></c>', starts_like_formula(shown)


def escaped(shown: str) -> str:
    """The text between two tags; `_x000A_`, which Excel would decode, stays what it is."""
    if "_x" in shown:
        shown = _CODED.sub("_x005F_x", shown)
    if "&" in shown or "<" in shown or ">" in shown:
        shown = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown
