"""The value column where no head names it: the only one right of the labels that could be it.

In: a sheet, its items, a panel without a value column. Out: the panel with one, and a note; or a finding.
Never: a column taken while another one could hold the values too, or one under a head that states another period.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import ValueType
from consolidator.form.texts.days import only_day
from consolidator.form.texts.figures import NUMERAL
from consolidator.locate.cells import numerals
from consolidator.locate.columns.head_findings import not_one, otherwise
from consolidator.locate.columns.headers import REMARK, SERIAL, Panel, means, own_words, units_of
from consolidator.locate.words.appended import is_rate
from consolidator.locate.words.timely import of_another_period, says_another_kind, says_nothing_new, says_only_its_year
from consolidator.model import Cell, CellKind, column_letters
from consolidator.patterns import regex
from consolidator.spelling import fold, is_dash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.form.definition import Column, Table
    from consolidator.locate.rows.match import Item
    from consolidator.model import Period, Sheet

_SERIAL_NUMBER = regex(r"\d{1,9}")
_SERIAL_ROWS = 3  # numbers that count up, without which they are no serial numbers
_BRACKETED = regex(r"\([^()]*\)")
_FIRST_SIGN = regex(r"[^\w]*(\w)")
_LONGEST_HEAD = 10  # characters of a head on a line that only looks like one of heads
_NEAR = 4  # lines over the first indicator among which the heads may stand
_HEADS = 2  # texts beside each other that surely make a line of heads


def bare_panel(sheet: Sheet, items: Sequence[Item], table: Table) -> Panel:
    """The panel of a table over whose labels stands no line with known heads; a line with a head for the labels is one."""
    first, label = min(item.row for item in items), min(item.column for item in items)
    panel = Panel(left=1, label=label, right=max(column for _, column in sheet.cells))
    for row in range(max(1, first - _NEAR), first):
        line = [cell for cell in sheet.lines.get(row, ()) if fold(cell.text)]
        if any(cell.column <= label and means(cell.text, table.label_headers) for cell in line):
            panel.header_row = row
            panel.others = [cell for cell in line if cell.column > label]
    return panel


def bare_panels(sheet: Sheet, items: Sequence[Item], table: Table) -> list[Panel]:
    """The same, side by side where labels stand beside one another with a column for figures between: 户数 | 12 | 人口 | 30."""
    whole = bare_panel(sheet, items, table)
    columns = sorted({item.column for item in items})
    lines = [{item.column for item in items if item.row == row} for row in {item.row for item in items}]
    apart = all(right - left > 1 and any({left, right} <= line for line in lines) for left, right in pairwise(columns))
    if len(columns) < 2 or not apart or whole.header_row:  # noqa: PLR2004 - one column is one panel
        return [whole]
    return [
        Panel(left=left, label=label, right=after - 1)
        for left, label, after in zip((1, *columns[1:]), columns, (*columns[1:], whole.right + 1), strict=True)
    ]


class Inference:
    """Looks for the value column of a panel. `period` is the one that the form's heading states."""

    def __init__(self, panel: Panel, sheet: Sheet, items: Sequence[Item], table: Table, period: Period | None) -> None:
        self._panel = panel
        self._sheet = sheet
        self._table = table
        self._period = period
        self._own = own_words(table, table.columns[0].key)
        words = {row.code for row in table.rows if row.type is ValueType.TEXT}
        sentences = {row.code for row in table.rows if "_" in fold(row.label)}
        self._rows = sorted({item.row for item in items})
        self._rows_of_words = {item.row for item in items if words.issuperset(item.codes)}
        self._labels = Counter(item.column for item in items if not sentences.issuperset(item.codes))
        self._head_rows = self._lines_of_heads()

    def value_column(self) -> list[Finding]:
        """Set the only column that could hold the values, with a note; else a finding that there is none, or several."""
        panel, column = self._panel, self._table.columns[0]
        possible = [
            number
            for number in range(panel.label + 1, panel.right + 1)
            if number != panel.unit and self._could_hold_values(number)
        ]
        timely = [number for number in possible if not says_only_its_year(self._said_over(number), self._period)]
        possible = timely or possible
        if len(possible) != 1 or not self._holds_figures(possible[0]):
            late = () if possible else self._late_heads()
            if late:
                return [otherwise(self._sheet.name, column.label, head) for head in late]
            return [not_one(self._sheet.name, column.label, possible if len(possible) > 1 else ())]
        panel.values[column.key] = possible[0]
        heads = {
            number: over[-1] for number in range(panel.label + 1, panel.right + 1) if (over := self._heads_over(number))
        }
        head = heads.pop(possible[0], None)
        panel.others = [cell for number, cell in heads.items() if number != panel.unit and cell.column == number]
        return [self._inferred(column, possible[0], head)]

    def _inferred(self, column: Column, number: int, head: Cell | None) -> Finding:
        """What is said of a column that no known head names: a question where its own head says something else."""
        asked = head is not None and not all(
            says_nothing_new(cell.text, self._period) for cell in self._heads_over(number)
        )
        details = {"header": column.label, "columns": column_letters(number)}
        if asked and head is not None:
            details["found"] = head.text.strip()
        return Finding(
            "L04", Severity.SOFT if asked else Severity.NOTE, "inferred_head" if asked else "inferred",
            Outcome.VIOLATED if asked else Outcome.SATISFIED, (), self._sheet.name,
            (head.a1,) if head else (), head.text if head else "", details=details,
        )  # fmt: skip

    def _could_hold_values(self, column: int) -> bool:
        """Whether the values might stand in a column, filled or not: nothing in it or over it speaks against that.

        Under no head it must look like them; under any head it may be empty, but not full of words.
        """
        heads, said = self._heads_over(column), self._said_over(column)
        if self._is_late(column):
            return False
        if any(means(text, SERIAL | REMARK) for text in said):
            return False
        filled = self._filled(column)
        if not filled:
            return any(self._is_certain(cell.row) for cell in heads)
        if self._labels[column] * 2 >= len(filled) or self._is_serial(filled):
            return False
        answers = [cell for cell in filled if cell.row not in self._rows_of_words]
        like = sum(map(_like_a_value, answers))
        if heads:
            return like > 0 or len(answers) * 2 <= len(self._rows)
        return like * 2 >= len(answers)

    def _is_late(self, column: int) -> bool:
        """Whether the heads over a column say that its figures are another period's, or none of what there was."""
        said = self._said_over(column)
        rates = any(is_rate(text, units_of(self._table, self._table.columns[0].key)) for text in said)
        return rates or of_another_period(said, self._period, self._own) or says_another_kind(said, self._own)

    def _late_heads(self) -> list[Cell]:
        """The heads of the columns that hold figures, but say that they are others."""
        late = (
            self._heads_over(number)[-1]
            for number in range(self._panel.label + 1, self._panel.right + 1)
            if self._is_late(number) and self._holds_figures(number)
        )
        return list({head.a1: head for head in late}.values())

    def _holds_figures(self, column: int) -> bool:
        """Whether most of what stands in a column could be values, some of it figures."""
        filled = [cell for cell in self._filled(column) if cell.row not in self._rows_of_words]
        return sum(map(_like_a_value, filled)) * 2 >= len(filled) and any(map(_is_figure, filled))

    def _filled(self, column: int) -> list[Cell]:
        cells = (self._sheet.at(row, column) for row in self._rows)
        return [cell for cell in cells if cell is not None and fold(cell.text)]

    def _is_serial(self, filled: Sequence[Cell]) -> bool:
        """1, 2, 3 … without a gap, on most lines."""
        texts = [cell.text.strip() for cell in filled]
        if len(texts) < max(_SERIAL_ROWS, len(self._rows) // 2) or not all(map(_SERIAL_NUMBER.fullmatch, texts)):
            return False
        return all(int(second) - int(first) == 1 for first, second in pairwise(texts))

    def _heads_over(self, column: int) -> list[Cell]:
        """The cells of the head lines that stand over a column, merged ones included."""
        found = {}
        for row in self._head_rows:
            cell = self._sheet.seen_at(row, column)
            if cell is not None and cell.column > self._panel.label and fold(cell.text):
                found[cell.a1] = cell
        return list(found.values())

    def _said_over(self, column: int) -> list[str]:
        return [cell.text for cell in self._heads_over(column)]

    def _lines_of_heads(self) -> list[int]:
        """The lines over the first indicator that hold heads: from the one that names the labels, or looks like one."""
        first = next((row for row in self._rows if row > self._panel.header_row), 1)
        top = self._panel.header_row or first
        while top > 1 and first - top < _NEAR and self._is_line_of_heads(top - 1, 1):
            top -= 1
        return list(range(top, first))

    def _is_certain(self, row: int) -> bool:
        """Whether a line surely holds heads: one without a head for the labels must have several."""
        return 0 < self._panel.header_row <= row or self._is_line_of_heads(row, _HEADS)

    def _is_line_of_heads(self, row: int, least: int) -> bool:
        """Whether at least so many short texts stand over the columns of values, or one over several; no heading's fields."""
        line = [cell for cell in self._sheet.lines.get(row, ()) if fold(cell.text)]
        heads = [cell for cell in line if cell.column > self._panel.label]
        if any(_is_field(cell.text) for cell in line) or any(len(fold(cell.text)) > _LONGEST_HEAD for cell in heads):
            return False
        areas = [self._sheet.area_at(cell.row, cell.column) for cell in heads]
        return len(heads) >= least or any(area is not None and area.left < area.right for area in areas)


def _is_field(text: str) -> bool:
    """Whether a text is a field of a heading and no head: `填报单位：甲镇`, a full date."""
    return ":" in _BRACKETED.sub("", fold(text)) or only_day(text) is not None


def _is_figure(cell: Cell) -> bool:
    """Whether a cell holds a number, or a text that begins with one."""
    if cell.kind is not CellKind.TEXT:
        return cell.kind in (CellKind.NUMBER, CellKind.DATE, CellKind.UNCALCULATED, CellKind.ERROR)
    sign = _FIRST_SIGN.match(fold(cell.text))
    return sign is not None and (sign[1].isdigit() or sign[1] in NUMERAL)


def _like_a_value(cell: Cell) -> bool:
    """Whether a cell holds what people write for a number, or for none."""
    text = cell.text
    return (
        _is_figure(cell)
        or is_dash(text)
        or numerals.is_none_word(text)
        or numerals.is_zero_like(text)
        or numerals.is_elsewhere(text)
        or numerals.is_approximate(text)
    )
