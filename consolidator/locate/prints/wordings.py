"""Every wording that means something on a sheet: labels, column heads, lines about money, of all forms that are known.

In: the forms of a run. Out: whether a text that a unit typed is none of them, so that it cannot be taken for print.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from consolidator.locate.cells import numerals
from consolidator.locate.columns.headers import REMARK, SERIAL, readings
from consolidator.locate.rows.match import ORDINAL_ONLY, LabelIndex, items_of_row
from consolidator.locate.words.scales import is_note, states_units
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.model import Cell


class LabelArea(NamedTuple):
    """Where the labels of one form were found: texts there may be halves of labels that a page break cut in two."""

    labels: LabelIndex
    columns: frozenset[int]
    rows: range

    def half(self, row: int, column: int, text: str) -> bool:
        """Whether a text that is no label itself could be the first half of one."""
        near = column in self.columns and row in self.rows
        return near and not self.labels.printed(text) and self.labels.may_begin(text)


_NUMBER = regex(r"[-+]?[\d.,]+")
_MOST_TEXTS = 8192


class Wordings(Struct, frozen=True, eq=False):
    """The wordings of the forms that are asked for (`indexes`, `heads`, `units`) and of all that are known (`labels`)."""

    indexes: tuple[LabelIndex, ...]
    heads: frozenset[str]
    labels: frozenset[str]
    units: frozenset[str]

    @classmethod
    def of(cls, forms: Sequence[Form], others: Sequence[Form]) -> Wordings:
        """The wordings of the forms asked for and of others that are known."""
        tables = [table for form in forms for table in form.tables]
        columns = [column for table in tables for column in table.columns]
        heads = {
            *(word for table in tables for word in (*table.label_headers, *table.unit_headers)),
            *(word for column in columns for word in column.wordings),
            *SERIAL,
            *REMARK,
        }
        labels = frozenset().union(*(form.wordings for form in (*forms, *others)))
        units = frozenset[str]().union(*(form.units for form in forms))
        return cls(tuple(map(LabelIndex.of, forms)), frozenset(map(fold, heads)), labels, units)

    @property
    def safe(self) -> bool:
        """Whether no wording is a mere number."""
        return not any(_NUMBER.fullmatch(text) for text in (*self.labels, *self.heads))

    def names_nothing(self, text: str) -> bool:
        """Whether a text is no label and no column head in any form, not even with a number before it."""
        return _names_nothing(self, text)

    def alike(self, one: str, other: str) -> bool:
        """Whether two texts are the same printed label to every form, and neither is a column head."""
        heads = not self.heads.isdisjoint(readings(other)) or not self.heads.isdisjoint(readings(one))
        return not heads and all(
            index.printed(one) == index.printed(other) != ()
            or (
                not index.printed(one)
                and not index.printed(other)
                and index.other(one) == index.other(other)
                and not index.may_begin(other)
            )
            for index in self.indexes
        )

    def labels_on(self, row: Sequence[Cell]) -> tuple[tuple[object, ...], ...]:
        """What the cells of a row are labels of, form by form."""
        return tuple(
            tuple((item.column, item.codes, item.how) for item in items_of_row(row, index)) for index in self.indexes
        )

    def numbered(self, rest: str) -> bool:
        """Whether a number before the text could make a label of it."""
        return any(index.ends_with_number(rest) for index in self.indexes)

    def unit_lines(self, cells: Mapping[tuple[int, int], Cell], before: int) -> dict[tuple[int, int], str]:
        """What is said of units of measure above the row `before`, or in notes, of money or others, by place."""
        said = ((place, cell.text) for place, cell in cells.items() if place[0] < before or is_note(cell.text))
        return {place: text for place, text in said if _states_units(self, text)}


@lru_cache(maxsize=_MOST_TEXTS)
def _names_nothing(wordings: Wordings, text: str) -> bool:
    if fold(text) in wordings.labels or not wordings.heads.isdisjoint(readings(text)):
        return False
    return not any(
        index.printed(text) or index.other(text) or index.ends_with_number(text) for index in wordings.indexes
    )


@lru_cache(maxsize=_MOST_TEXTS)
def _states_units(wordings: Wordings, text: str) -> bool:
    return bool(numerals.money_line(text)) or states_units(text, wordings.units)


def may_number(text: str) -> bool:
    """Whether a text may be the number that stands before a label in a cell of its own."""
    return ORDINAL_ONLY.fullmatch(fold(text)) is not None


def is_digits(text: str) -> bool:
    """Whether a text is a whole number, however its digits are typed."""
    return fold(text).isascii() and fold(text).isdigit()
