"""A rule that is written once for many columns or rows, as the parts it stands for.

In: a rule's shape with `for_each`, the tables. Out: `Part`s, each of which turns the codes of the text (`Q1.*`, `*.tot`)
into those of one column or row. Never: a formula read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from consolidator.form.definition import ValueType
from consolidator.form.wording import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    from consolidator.form.definition import Table
    from consolidator.form.shape import RuleShape

_ROW_CODE = re.compile(r"([A-Za-z][A-Za-z0-9_]*)\.\*(?![A-Za-z0-9_])")
_COLUMN_KEY = re.compile(r"(?<![A-Za-z0-9_.])\*\.([A-Za-z][A-Za-z0-9_]*)")
_ANY = "_"  # stands for the star while a formula is read: as long as it, and no code begins or ends with it


@dataclass(frozen=True, slots=True)
class Part:
    """One column or row that a rule is for; the whole rule where `kind` is empty."""

    kind: str = ""
    name: str = ""
    label: str = ""

    def spelled(self, text: str) -> str:
        """A formula's text with its stars made names, every character at its place."""
        if self.kind == "column":
            return _ROW_CODE.sub(rf"\1.{_ANY}", text)
        return _COLUMN_KEY.sub(rf"{_ANY}.\1", text) if self.kind == "row" else text

    def code(self, name: str) -> str:
        """The code that a name of the spelled formula stands for in this part."""
        if self.kind == "column" and name.endswith(f".{_ANY}"):
            return f"{name.removesuffix(_ANY)}{self.name}"
        if self.kind == "row" and name.startswith(f"{_ANY}."):
            return f"{self.name}{name.removeprefix(_ANY)}"
        return name

    def local(self, code: str) -> str:
        """What a sentence or an example of the rule calls the indicator `code`."""
        if self.kind == "column":
            return code.removesuffix(f".{self.name}")
        return code.removeprefix(f"{self.name}.") if self.kind == "row" else code

    def example(self, values: Mapping[str, Decimal | None], codes: Iterable[str]) -> dict[str, Decimal | None]:
        """An example's values by code of this part; names that are none of the rule's stay as they are."""
        known = {self.local(code): code for code in codes}
        return {known.get(name, name): value for name, value in values.items()}


WHOLE = Part()
"""The only part of a rule that is written for itself."""


def parts(shape: RuleShape, tables: Iterable[Table]) -> tuple[Part, ...]:
    """The columns or rows that a rule is for, in printed order; none where no table has what it names."""
    if shape.for_each is None:
        return (WHOLE,)
    text = " ".join(filter(None, (shape.expression, shape.when, shape.escalate)))
    if shape.for_each == "column":
        return tuple(_columns(set(_ROW_CODE.findall(text)), tables))
    return tuple(_rows(set(_COLUMN_KEY.findall(text)), shape.for_rows, tables))


def _columns(codes: set[str], tables: Iterable[Table]) -> Iterator[Part]:
    for table in tables:
        if codes and codes <= {row.code for row in table.rows}:
            yield from (Part("column", column.key, column.label) for column in table.columns if column.key)


def _rows(keys: set[str], only: tuple[str, ...] | None, tables: Iterable[Table]) -> Iterator[Part]:
    for table in tables:
        if keys and keys <= {column.key for column in table.columns}:
            for row in table.rows:
                if row.type in {ValueType.COUNT, ValueType.MONEY} and (only is None or row.code in only):
                    yield Part("row", row.code, short(row.label))
