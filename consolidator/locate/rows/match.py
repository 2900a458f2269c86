"""Find the form's row labels among the cells of a sheet.

In: a sheet, the labels of a table. Out: `Item`s in reading order, each with the rows it may stand for.
Never: a label accepted because it looks similar; that is only ever proposed (`structure`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.locate.words.labels import core, fill_in, unnumbered
from consolidator.model import Cell, CellKind
from consolidator.patterns import regex
from consolidator.spelling import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form, Row
    from consolidator.model import Sheet

SHARE = 0.3  # of a form's labels, found on one sheet: it is that form
BETWEEN = 4  # texts below a half label among which its other half is looked for: a page's header may come between
_JOINED_AT_MOST = 3  # a number, a 其中 and the label in cells of their own
_BEGINNING = 2  # characters that show whether a text can be the beginning of a label
_NUMERIC = "0123456789.,-"
_MOST_INDEXES = 256
_MOST_TEXTS = 8192  # whose codes are remembered: the labels of a form come again on every sheet
ORDINAL_ONLY = regex(r"[一二三四五六七八九十\d]+[,.]?|\([一二三四五六七八九十\d]+\)|其中:?|[①-⑳]")


class Item(Struct, frozen=True):
    """A cell (or a number and its label in neighbouring cells) that carries a label of the form.

    `column` is that of the cell with the words. `how` is `label` for the printed wording, `alias` for a registered
    one or one that differs only in its number or in a remark in brackets. Where a page ended in the middle of a label,
    `row` is the line with its number and `other_row` the other one, else 0. Where the label is a head over a line of
    figures, row and column are what they would be if it stood on that line, and `printed` is its cell.
    """

    row: int
    column: int
    text: str
    codes: tuple[str, ...]
    how: str
    other_row: int = 0
    printed: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Row and column of the cell with the words."""
        return self.printed or (self.row, self.column)


class LabelIndex:
    """The labels of a form's rows, for exact look-up by their folded spelling.

    `sentences` are the codes of the rows whose label is a sentence with blanks to fill in.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._exact: dict[str, list[str]] = defaultdict(list)
        self._other: dict[str, list[str]] = defaultdict(list)
        self._fill_ins: list[tuple[re.Pattern[str], str]] = []
        self._beginnings: set[str] = set()
        self._printed = lru_cache(_MOST_TEXTS)(self._printed_as)
        self._worded = lru_cache(_MOST_TEXTS)(self._worded_as)
        for row in rows:
            self._exact[fold(row.label)].append(row.code)
            self._beginnings.add(fold(row.label).partition("_")[0][:_BEGINNING])
            for wording in {core(row.label), *map(core, row.aliases), *map(fold, row.aliases)}:
                self._other[wording].append(row.code)
            pattern = fill_in(row.label)
            if pattern is not None:
                self._fill_ins.append((pattern, row.code))
        self.sentences = frozenset(code for _, code in self._fill_ins)
        self._any_number = any(pattern.pattern[:1] in (".", *_NUMERIC) for pattern, _ in self._fill_ins)
        self._numbered = tuple(label.replace(",", ".") for label in self._exact if label[:1].isdigit())

    @classmethod
    def of(cls, form: Form) -> LabelIndex:
        """The index of a form, made once for each."""
        known, index = _INDEXES.get(id(form), (None, None))
        if known is not form or index is None:
            if len(_INDEXES) >= _MOST_INDEXES:
                _INDEXES.clear()
            index = cls(form.grid_rows.values())
            _INDEXES[id(form)] = form, index
        return index

    def printed(self, text: str) -> tuple[str, ...]:
        """Codes of the rows whose printed label this is, a sentence with blanks filled in included."""
        return self._printed(text)

    def other(self, text: str) -> tuple[str, ...]:
        """Codes of the rows that this wording stands for as an alias, or but for its number or bracketed remark."""
        return self._worded(text)

    def may_begin(self, text: str) -> bool:
        """Whether the text could be the first part of a printed label; True where that is not certain."""
        bare = fold(text)
        return len(bare) <= _BEGINNING or bare[:_BEGINNING] in self._beginnings or "" in self._beginnings

    def ends_with_number(self, rest: str) -> bool:
        """Whether a printed label is numbers and then the `rest`, or could be; commas and points are one."""
        bare = fold(rest).replace(",", ".")
        return self._any_number or any(
            label.endswith(bare) and not label.removesuffix(bare).strip(_NUMERIC) and label != bare
            for label in self._numbered
        )

    def _printed_as(self, text: str) -> tuple[str, ...]:
        bare = fold(text)
        found = self._exact.get(bare)
        if found:
            return tuple(found)
        return tuple(code for pattern, code in self._fill_ins if pattern.fullmatch(bare))

    def _worded_as(self, text: str) -> tuple[str, ...]:
        found = self._other.get(core(text)) or self._other.get(unnumbered(text)) or []
        return tuple(dict.fromkeys(found))


_INDEXES: dict[int, tuple[Form, LabelIndex]] = {}


def find_items(sheet: Sheet, index: LabelIndex) -> list[Item]:
    """Every label of the form on the sheet, row by row, left to right."""
    found: list[Item] = []
    rows = {cells[0].row: cells for cells in _rows(sheet)}
    for cells in rows.values():
        found.extend(items_of_row(cells, index))
    return _with_cut_labels(_without_answers(found, index), rows, index)


def _without_answers(found: list[Item], index: LabelIndex) -> list[Item]:
    """The items but for sentences copied and filled in right of a label, which are what the form asks for.

    Such a sentence stands on the line of its own row, or on the line above or below it, beside another label.
    """
    lefts: dict[tuple[int, str], int] = {}
    first: dict[int, int] = {}
    for item in found:
        first.setdefault(item.row, item.column)
        for code in index.sentences.intersection(item.codes):
            lefts.setdefault((item.row, code), item.column)

    def answers(item: Item) -> bool:
        lines = (item.row - 1, item.row, item.row + 1)
        return first[item.row] < item.column and any(
            lefts.get((line, code), item.column) < item.column for line in lines for code in item.codes
        )

    return [item for item in found if not answers(item)] if lefts else found


def _with_cut_labels(found: list[Item], rows: Mapping[int, Sequence[Cell]], index: LabelIndex) -> list[Item]:
    """The items, and those whose label a page break cut in two: both halves together are a printed label."""
    by_place = {(item.row, item.column): item for item in found}
    printed = {place for place, item in by_place.items() if item.how == "label"}
    labelled = {item.column for item in found}
    top, bottom = min((item.row for item in found), default=0), max((item.row for item in found), default=0)
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in (cell for row, cells in rows.items() if top - BETWEEN <= row <= bottom + BETWEEN for cell in cells):
        if cell.column in labelled and cell.kind is CellKind.TEXT and (cell.row, cell.column) not in printed:
            columns[cell.column].append(cell)
    for cells in columns.values():
        for place, first in enumerate(cells):
            for second in cells[place + 1 : place + 1 + BETWEEN]:
                codes = index.printed(first.text + second.text)
                row = _line_with_number(first, second, rows) if codes else 0
                if row:
                    by_place.pop((first.row, first.column), None)
                    by_place.pop((second.row, second.column), None)
                    other = first.row + second.row - row
                    text = first.text + second.text
                    by_place[row, first.column] = Item(row, first.column, text, codes, "label", other)
    return [by_place[place] for place in sorted(by_place)]


def _line_with_number(first: Cell, second: Cell, rows: Mapping[int, Sequence[Cell]]) -> int:
    """The line of a cut label that is filled in; the first where none is, 0 where both are."""
    filled = [half.row for half in (first, second) if any(cell.column > half.column for cell in rows[half.row])]
    if len(filled) > 1:
        return 0
    return filled[0] if filled else first.row


def _rows(sheet: Sheet) -> Iterator[list[Cell]]:
    for line in sheet.lines.values():
        filled = [cell for cell in line if cell.kind is not CellKind.BLANK]
        if filled:
            yield filled


def items_of_row(cells: Sequence[Cell], index: LabelIndex) -> Iterator[Item]:
    """The labels on one row, from left to right; one that was merged and is now in every cell of its area stands there once."""
    position = 0
    while position < len(cells):
        taken, item = _item_at(cells, position, index)
        if item is not None:
            yield item
            copies = _repeats(cells[position + taken - 1 :])
            if len(item.codes) == 1 or _holds_figures(
                cells[position + taken + copies :]
            ):  # else heads side by side, perhaps
                taken += copies
        position += taken


def _holds_figures(cells: Sequence[Cell]) -> bool:
    return any(cell.kind is CellKind.NUMBER for cell in cells)


def _repeats(cells: Sequence[Cell]) -> int:
    """How many cells right beside the first one say the same."""
    return sum(1 for _ in takewhile(lambda pair: _is_copy(*pair), pairwise(cells)))


def _is_copy(cell: Cell, following: Cell) -> bool:
    return following.column == cell.column + 1 and following.kind is cell.kind and following.text == cell.text


def _item_at(cells: Sequence[Cell], position: int, index: LabelIndex) -> tuple[int, Item | None]:
    """The item that begins at a cell, and how many cells it takes."""
    first = cells[position]
    if first.kind is CellKind.TEXT:
        codes = index.printed(first.text)
        if codes:
            return 1, Item(first.row, first.column, first.text, codes, "label")
    if ORDINAL_ONLY.fullmatch(fold(first.text)):
        joined = _joined(cells, position, index)
        if joined is not None:
            return joined
    if first.kind is CellKind.TEXT:
        codes = index.other(first.text)
        if codes:
            return 1, Item(first.row, first.column, first.text, codes, "alias")
    return 1, None


def _joined(cells: Sequence[Cell], position: int, index: LabelIndex) -> tuple[int, Item] | None:
    for count in range(2, _JOINED_AT_MOST + 1):
        part = cells[position : position + count]
        if len(part) < count or part[-1].kind is not CellKind.TEXT:
            return None
        text = "".join(cell.text for cell in part)
        last = part[-1]
        for spelled in (text, f"{part[0].text}.{''.join(cell.text for cell in part[1:])}"):
            codes = index.printed(spelled)
            if codes:
                return count, Item(last.row, last.column, text, codes, "label")
    return None
