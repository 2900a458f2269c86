"""What a form is made of: tables, their rows and columns, the indicators where these meet, the fields that close it.

All values here are immutable. In and out of a `Form` (`definition`) only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from consolidator.form.choices import Aggregation, Arrangement, BlankPolicy, Presence, Relation, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Worded:
    """What is printed in some words and goes by others too."""

    __slots__ = ()
    if TYPE_CHECKING:
        label: str
        aliases: tuple[str, ...]

    @property
    def wordings(self) -> tuple[str, ...]:
        """The printed words first, then the others."""
        return (self.label, *self.aliases)


class Row(Struct, _Worded, frozen=True):
    """One printed row. `aliases` are other wordings met in real filings. `parent` is a row code or empty.

    `signed` values may be negative (a change against the period before). `types` gives single cells of the row a type of their own, by the key of their column.
    """

    code: str
    label: str
    type: ValueType
    level: int
    parent: str = ""
    unit_of_measure: str = ""
    aliases: tuple[str, ...] = ()
    relation: Relation = Relation.NONE
    aggregation: Aggregation = Aggregation.SUM
    blank_policy: BlankPolicy | None = None
    decimals: int = 0
    note: str = ""
    signed: bool = False
    types: tuple[tuple[str, ValueType], ...] = ()


LEVELS = "／"
"""What stands between the heads of a group that stand over one another."""


class Column(Struct, _Worded, frozen=True):
    """One value column. `key` is empty for the only value column of a list form.

    `type`, `unit_of_measure`, `decimals` and `aggregation`, where given, stand in place of the row's. `signed` values may
    be negative (a change against the year before). `ask_unit` tells that the form prints no unit of measure, so that a bare
    figure is to be checked.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    type: ValueType | None = None
    unit_of_measure: str = ""
    decimals: int | None = None
    aggregation: Aggregation | None = None
    signed: bool = False
    ask_unit: bool = False

    @property
    def groups(self) -> tuple[str, ...]:
        """The heads over its own, from the outermost in: two merged heads over one another are one group (城市低保／人数)."""
        return tuple(filter(None, self.group.split(LEVELS)))

    @property
    def group_words(self) -> tuple[str, ...]:
        """The words that the form prints over the column's own: its group, and the heads that this is made of."""
        return tuple(dict.fromkeys((self.group, *self.groups)))

    def over(self, row: Row) -> Row:
        """The row as it is under this column."""
        own = dict(row.types).get(self.key)
        changed = any((own, self.type, self.unit_of_measure, self.aggregation, self.signed))
        if not changed and self.decimals is None:
            return row
        kind = own or self.type or row.type
        added = row.aggregation if row.type.is_number or not kind.is_number else Aggregation.SUM
        return replace(
            row,
            type=kind,
            aggregation=self.aggregation if self.aggregation and kind.is_number else added,
            unit_of_measure=self.unit_of_measure or row.unit_of_measure,
            decimals=row.decimals if self.decimals is None else self.decimals,
            signed=self.signed or row.signed,
        )


class Indicator(Struct, frozen=True):
    """One number (or text) of the form: a row under a column. `code` is `row` or `row.column`.

    `row` is the row as it is under this column: the column may have a type and a unit of measure of its own.
    """

    code: str
    row: Row
    column: Column

    @property
    def label(self) -> str:
        """The row's label, with the column's where there are several."""
        return f"{self.row.label}／{self.column.label}" if self.column.key else self.row.label

    @property
    def numeric(self) -> bool:
        """Whether the value is a number."""
        return self.row.type.is_number

    @property
    def private(self) -> bool:
        """Whether superiors must not see the value."""
        return self.row.type is ValueType.PHONE


class Table(Struct, frozen=True):
    """A block of rows under a header line.

    `label_headers`, `unit_headers` are the words that may stand over the label column and the unit-of-measure column;
    the value columns' words are in `columns`. `presence` tells what it means that the table stands nowhere.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    label_headers: tuple[str, ...]
    unit_headers: tuple[str, ...] = ()
    arrangement: Arrangement = Arrangement.DOWN
    presence: Presence = Presence.REQUIRED

    @property
    def is_one_line(self) -> bool:
        """Whether its rows stand side by side as heads, with one line of figures to fill in under them."""
        return self.arrangement is Arrangement.ACROSS and len(self.columns) == 1

    @property
    def grid(self) -> bool:
        """Whether it is a block of rows under heads; else it is prose, or fields around the tables."""
        return self.arrangement in (Arrangement.DOWN, Arrangement.ACROSS)

    @property
    def is_record(self) -> bool:
        """Whether the table holds texts only: a register, of which there are no sums."""
        return not any(
            column.over(row).type.is_number
            for row in self.rows
            if row.type is not ValueType.HEADING
            for column in self.columns
        )


class SignOff(Struct, _Worded, frozen=True):
    """A field that closes the form, such as 审核人 or 联系电话. `private` ones never reach the superiors' workbook."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    private: bool = False


class Predecessor(Struct, frozen=True):
    """An earlier form whose figures this one goes on with, by its id.

    `codes` gives a code of this form the earlier code that it continues, or None where it continues none; codes not named
    there continue the same code. `places` tell line and column of each of them in the definition file (of `form` under the
    empty code).
    """

    form: str
    codes: Mapping[str, str | None] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict)
