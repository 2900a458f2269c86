"""Where everything stands in 同比对比表 and its kin: the form's indicators one under the other, block by block (0-based).

A list is printed as the form has it. A table of several columns becomes one block a column, rows as printed; where it is
wider than it is long, or its rows stand side by side, one block a row. A column that sums up the others comes first: it is
what a reader looks for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.choices import Arrangement
from consolidator.form.definition import ValueType
from consolidator.form.loading.tree import cell_code
from consolidator.rules import Name, names, sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from consolidator.form.definition import Column, Form, Row, Table
    from consolidator.model import Comparison
    from consolidator.write.plans.detail_plan import DetailPlan
    from consolidator.write.plans.form_plan import FormPlan

TITLE, PERIODS, COVERAGE, HEADER, BODY = range(5)
"""The rows above the first block, and the first row of it."""

LABEL, UNIT, NOW, BEFORE, CHANGE, PERCENT, CAUSE = range(7)
"""The columns."""

_A_PAGE = 20  # a block of so many lines begins on a page of its own


class Line(Struct, frozen=True):
    """One indicator's line at the row `at`; a heading has no `code`."""

    at: int
    code: str
    label: str
    unit: str
    level: int


class Block(Struct, frozen=True):
    """Lines under a caption; the only block of a list form has none (None for `at`). `part` is empty for a whole table."""

    at: int | None
    table: str
    part: str
    lines: tuple[Line, ...]


class ComparisonPlan(Struct, frozen=True, dict=True):
    """The layout of one form's comparison on the sheet `name`; `form` and `detail` are the sheets its totals stand on."""

    name: str
    form: FormPlan
    detail: DetailPlan
    comparison: Comparison

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in the order of the sheet."""
        blocks: list[Block] = []
        at = BODY
        parts = [part for table in self.form.form.grids for part in _parts(self.form.form, table)]
        for table, part, lines in parts:
            caption = None
            if len(parts) > 1:
                caption, at = at, at + 1
            placed = [Line(at + down, line.code, line.label, line.unit, line.level) for down, line in enumerate(lines)]
            blocks.append(Block(caption, table.title, part, tuple(placed)))
            at += len(placed)
        return tuple(blocks)

    @property
    def end(self) -> int:
        """The last row of the last block."""
        return self.blocks[-1].lines[-1].at

    @property
    def breaks(self) -> list[int]:
        """Rows before which a new page begins."""
        return [block.at for block in self.blocks[1:] if block.at is not None and len(block.lines) >= _A_PAGE]


def _parts(form: Form, table: Table) -> Iterator[tuple[Table, str, Sequence[Line]]]:
    """The blocks of a table: what they are called and their lines, not yet placed."""
    rows = [row for row in table.rows if row.type is not ValueType.HEADING]
    columns = table.columns
    if len(columns) > 1 and (table.arrangement is Arrangement.ACROSS or len(rows) < len(columns)):
        for row in rows:
            cells = [(cell_code(row.code, column.key), column) for column in columns]
            yield table, row.label, [Line(0, code, _head(column), _unit(form, code), 1) for code, column in cells]
        return
    for column in sorted(columns, key=lambda column: not _sums_up(form, table, column)):
        part = _head(column) if column.key else ""
        yield table, part, [_line(form, row, column) for row in table.rows]


def _line(form: Form, row: Row, column: Column) -> Line:
    code = cell_code(row.code, column.key)
    if code not in form.indicators:
        return Line(0, "", row.label, row.unit_of_measure, row.level)
    return Line(0, code, row.label, _unit(form, code), row.level)


def _head(column: Column) -> str:
    return f"{column.group}／{column.label}" if column.group else column.label


def _unit(form: Form, code: str) -> str:
    return form.indicators[code].row.unit_of_measure


def _sums_up(form: Form, table: Table, column: Column) -> bool:
    """Whether a rule of the form makes the column the sum of all others of its table, in any row."""
    others = {each.key for each in table.columns} - {column.key}
    if not others:
        return False
    for rule in form.rules:
        pair = sides(rule.expression)
        if pair is None or pair.operator != "=" or not isinstance(pair.left, Name):
            continue
        row, _, key = pair.left.code.partition(".")
        wanted = {cell_code(row, other) for other in others}
        if key == column.key and set(names(pair.right)) == wanted and any(each.code == row for each in table.rows):
            return True
    return False
