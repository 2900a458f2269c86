"""A rule that is written once for many columns, rows or indicators, as the parts it stands for.

In: a rule's shape with `for_each`, the tables. Out: `Part`s, each of which turns the codes of the text (`Q1.*`, `*.tot`,
`*`) into those of one column, row or indicator. Never: a formula read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.form.definition import ValueType
from consolidator.form.loading.sentences import place_name
from consolidator.form.loading.tree import cell_code
from consolidator.form.texts.wording import short
from consolidator.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from consolidator.form.definition import Table
    from consolidator.form.loading.shape import RuleShape

_ROW_CODE = regex(r"([A-Za-z][A-Za-z0-9_]*)\.\*(?![A-Za-z0-9_])")
_COLUMN_KEY = regex(r"(?<![A-Za-z0-9_.])\*\.([A-Za-z][A-Za-z0-9_]*)")
_CELL = regex(r"(?<![A-Za-z0-9_.])\*\.\*(?![A-Za-z0-9_])")
_OPERAND = regex(r"(^|[(,+\-*/<>=]|\b(?:and|or|not|implies|iff)\b)(\s*)\*")  # a star where a number is due
_ANY = "_"  # stands for the star while a formula is read: as long as it, and no code begins or ends with it
_STAR = "*"


class Part(Struct, frozen=True):
    """One column, row, cell, indicator or group that a rule is for; the whole rule where `kind` is empty.

    `codes` are what the names of a group stand for; a group's own `name` is its number from 1.
    """

    kind: str = ""
    name: str = ""
    label: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)

    def spelled(self, text: str) -> str:
        """A formula's text with its stars made names, every character at its place."""
        if self.kind == "column":
            return _ROW_CODE.sub(rf"\1.{_ANY}", text)
        if self.kind == "cell":
            return _CELL.sub(f"{_ANY}.{_ANY}", text)
        if self.kind == "indicator":
            return _OPERAND.sub(rf"\1\2{_ANY}", text)
        return _COLUMN_KEY.sub(rf"{_ANY}.\1", text) if self.kind == "row" else text

    def code(self, name: str) -> str:
        """The code that a name of the spelled formula stands for in this part."""
        if self.kind == "column" and name.endswith(f".{_ANY}"):
            return f"{name.removesuffix(_ANY)}{self.name}"
        if self.kind == "row" and name.startswith(f"{_ANY}."):
            return f"{self.name}{name.removeprefix(_ANY)}"
        if self.kind == "cell" and name == f"{_ANY}.{_ANY}":
            return self.name
        if self.kind == "indicator" and name == _ANY:
            return self.name
        return self.codes.get(name, name)

    def local(self, code: str) -> str:
        """What an example of the rule calls the indicator `code`."""
        if self.kind == "column":
            return code.removesuffix(f".{self.name}")
        if self.kind == "cell":
            return VALUE if code == self.name else code
        if self.kind == "group":
            return next((name for name, meant in self.codes.items() if meant == code), code)
        if self.kind == "indicator":
            return _STAR if code == self.name else code
        return code.removeprefix(f"{self.name}.") if self.kind == "row" else code

    def place(self, code: str) -> str:
        """The place in a sentence that holds the value of `code`."""
        return VALUE if self.local(code) == _STAR else place_name(self.local(code))

    def earlier_place(self, code: str) -> str:
        """The place in a sentence that holds the value that `code` had in the period before."""
        return "previous" if self.local(code) == _STAR else f"previous_{place_name(self.local(code))}"

    def example(
        self, values: Mapping[str, str | None], codes: Iterable[str], earlier: Iterable[str]
    ) -> dict[str, str | None]:
        """An example's values by code of this part; names that are none of the rule's stay as they are."""
        known = {self.local(code): code for code in codes}
        known |= {f"previous({self.local(code)})": f"previous({code})" for code in earlier}
        return {known.get(name, name): value for name, value in values.items()}

    @property
    def named(self) -> dict[str, str]:
        """The words for what the part is, by the place that holds them."""
        if not self.kind:
            return {}
        return {self.kind: self.label} | ({"code": self.name} if self.kind == "indicator" else {})


VALUE = "value"
"""What a rule for each cell calls the cell's value in its sentence and examples."""

WHOLE = Part()
"""The only part of a rule that is written for itself."""


def parts(shape: RuleShape, tables: Iterable[Table]) -> tuple[Part, ...]:
    """What a rule is for, part by part in printed order; none where no table has what it names."""
    if shape.for_each is None:
        return (WHOLE,)
    if shape.for_each == "group":
        return tuple(_groups(shape.groups or (), tables))
    if shape.for_each == "cell":
        return tuple(_cells(shape.for_rows, shape.for_columns, tables))
    text = " ".join(filter(None, (shape.expression, shape.when, shape.escalate)))
    if shape.for_each == "column":
        return tuple(_columns(set(_ROW_CODE.findall(text)), shape.for_columns, tables))
    if shape.for_each == "row":
        return tuple(_rows(set(_COLUMN_KEY.findall(text)), shape.for_rows, tables))
    return tuple(_indicators(shape.for_indicators, tables)) if _OPERAND.search(text) else ()


def _columns(codes: set[str], only: tuple[str, ...] | None, tables: Iterable[Table]) -> Iterator[Part]:
    for table in tables:
        if codes and codes <= {row.code for row in table.rows}:
            for column in table.columns:
                if column.key and (only is None or column.key in only):
                    yield Part("column", column.key, column.label)


def _rows(keys: set[str], only: tuple[str, ...] | None, tables: Iterable[Table]) -> Iterator[Part]:
    for table in tables:
        if keys and keys <= {column.key for column in table.columns}:
            for row in table.rows:
                judged = row.type.is_number or (table.is_record and row.type is not ValueType.HEADING)
                if judged and (only is None or row.code in only):
                    yield Part("row", row.code, short(row.label))


def _cells(rows: tuple[str, ...] | None, columns: tuple[str, ...] | None, tables: Iterable[Table]) -> Iterator[Part]:
    for table in tables:
        for row in table.rows:
            for column in table.columns if row.type is not ValueType.HEADING else ():
                if (rows is None or row.code in rows) and (columns is None or column.key in columns):
                    yield Part("cell", cell_code(row.code, column.key), f"{short(row.label)}／{column.label}")


def _groups(groups: Iterable[Mapping[str, str]], tables: Iterable[Table]) -> Iterator[Part]:
    labels = {
        cell_code(row.code, column.key): short(row.label)
        for table in tables
        for row in table.rows
        for column in table.columns
    }
    for number, codes in enumerate(groups, start=1):
        label = next((labels[code] for code in codes.values() if code in labels), "")
        yield Part("group", str(number), label, codes)


def _indicators(only: tuple[str, ...] | None, tables: Iterable[Table]) -> Iterator[Part]:
    for table in tables:
        for row in table.rows:
            for column in table.columns:
                code = cell_code(row.code, column.key)
                if column.over(row).type.is_number and (only is None or code in only):
                    label = f"{short(row.label)}／{column.label}" if len(table.columns) > 1 else short(row.label)
                    yield Part("indicator", code, label)
