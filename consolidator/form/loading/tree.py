"""The relations that follow from a form's layout: a parent is the sum of its addends, an of-which item is part of it.

In: sound tables. Out: relations by kind and indicator, and the codes between two codes. Source: the numbering and 其中
of the printed form.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from consolidator.form.definition import Aggregation, Relation, ValueType
from consolidator.rules import Arithmetic, Comparison, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.form.definition import Row, Table
    from consolidator.rules import Expression


class Derivation(StrEnum):
    """How a relation follows from the tree; the value is the key of a rule that claims it."""

    SUM = "sum_of"
    PART = "of_which"


class Relationship(NamedTuple):
    """A relation of the tree. `whole` is the parent; `parts` are its addends, or the one of-which item."""

    kind: Derivation
    whole: str
    parts: tuple[str, ...]

    @property
    def key(self) -> str:
        """The indicator by which a rule claims the relation: the whole of a sum, the part of an of-which."""
        return self.whole if self.kind is Derivation.SUM else self.parts[0]

    @property
    def expression(self) -> Expression:
        """What the relation says."""
        names = tuple(Name(code) for code in self.parts)
        if self.kind is Derivation.PART:
            return Comparison((names[0], Name(self.whole)), ("<=",))
        total = names[0] if len(names) == 1 else Arithmetic(names, ("+",) * (len(names) - 1))
        return Comparison((Name(self.whole), total), ("=",))


def cell_code(row: str, column: str) -> str:
    """The code of the indicator in a row under a column: `row`, or `row.column` where columns have keys."""
    return f"{row}.{column}" if column else row


def relationships(tables: Iterable[Table]) -> Mapping[tuple[Derivation, str], Relationship]:
    """Every relation of the tree by kind and key, in printed order, column by column; none of columns of averages."""
    found: dict[tuple[Derivation, str], Relationship] = {}
    for table in tables:
        for column in table.columns:
            if column.aggregation is not Aggregation.NONE:
                found |= {(each.kind, each.key): each for each in _of_column(table, column.key)}
    return found


def _of_column(table: Table, key: str) -> Iterable[Relationship]:
    codes = {row.code for row in table.rows}
    for row in table.rows:
        code = cell_code(row.code, key)
        if row.relation is Relation.OF_WHICH and row.parent in codes:
            yield Relationship(Derivation.PART, cell_code(row.parent, key), (code,))
        addends = tuple(
            cell_code(child.code, key)
            for child in table.rows
            if child.parent == row.code and child.relation is Relation.ADDEND
        )
        if addends:
            yield Relationship(Derivation.SUM, code, addends)


def between(tables: Iterable[Table], first: str, last: str) -> tuple[str, ...] | None:
    """The codes from `first` to `last` as printed, of rows that have the same parent; None where there are none such.

    Rows of another parent in between (其中 items) are left out; headings have no code.
    """
    for table in tables:
        for column in table.columns:
            rows = {cell_code(row.code, column.key): row for row in table.rows if row.type is not ValueType.HEADING}
            if first in rows and last in rows:
                return _siblings(rows, first, last)
    return None


def _siblings(rows: Mapping[str, Row], first: str, last: str) -> tuple[str, ...] | None:
    parent = rows[first].parent
    family = [code for code, row in rows.items() if row.parent == parent]
    if last not in family or family.index(first) > family.index(last):
        return None
    return tuple(family[family.index(first) : family.index(last) + 1])
