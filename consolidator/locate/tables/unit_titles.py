"""Units of measure in brackets over a whole table: at the end of its title, alone on a line, after the head of its labels.

In: what stands around a table's figures. Out: the cells that state such units. Never: what stands over another table, a label.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from consolidator.locate.words.labels import closing_remark
from consolidator.locate.words.scales import lists_units
from consolidator.model import CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Form
    from consolidator.locate.columns.headers import Panel
    from consolidator.locate.tables.sayings import Sayings
    from consolidator.model import Cell

_LINES = 6  # over a table: its title, who files, the period, the unit of measure
_LONGEST = 60  # characters of a title, which is no sentence
_SENTENCE = regex(r"[，。；,;！!].*[(（]")
_BETWEEN = regex(r"[,，;/、和及或]")
_MOST_TEXTS = 1 << 14


@lru_cache(maxsize=_MOST_TEXTS)
def ends_in_units(text: str, counters: frozenset[str]) -> bool:
    """Whether a title or a line ends in brackets that hold units of measure and nothing else: `三、经费情况（元）`, `（万人）`."""
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return False
    inside = closing_remark(text)
    return bool(inside) and lists_units(inside, counters)


def units_at_end(text: str) -> Iterator[str]:
    """The units of measure in the brackets that end a text, one by one."""
    yield from _BETWEEN.split(closing_remark(text))


class UnitTitles:
    """What over a table states the unit of measure of all its figures, in brackets."""

    def __init__(self, sayings: Sayings, form: Form) -> None:
        self._sayings = sayings
        self._form = form

    def over(self, panel: Panel) -> Iterator[Cell]:
        """The head of a panel's labels, then the titles and lines over the table, the nearest first."""
        head = self._sayings.sheet.seen_at(panel.header_row, panel.label) if panel.header_row else None
        if head is not None and head.kind is CellKind.TEXT and ends_in_units(head.text, self._form.units):
            yield head
        yield from self._titles

    @cached_property
    def _titles(self) -> Sequence[Cell]:
        """The texts over the header that end in units; up to a line with a number or a label, which is another table's."""
        sheet, found = self._sayings.sheet, []
        top = min((row for row in self._sayings.header_rows if row < self._sayings.first), default=self._sayings.first)
        for row in sorted((row for row in sheet.lines if row < top), reverse=True)[:_LINES]:
            line = [cell for cell in sheet.lines[row] if cell.kind is not CellKind.BLANK]
            if any(cell.kind is CellKind.NUMBER or fold(cell.text) in self._form.wordings for cell in line):
                break
            found += [cell for cell in line if ends_in_units(cell.text, self._form.units)]
        around = [cell for cell in sheet.around if cell.kind is CellKind.TEXT and cell.row < top]
        return (*found, *(cell for cell in around if ends_in_units(cell.text, self._form.units)))
