"""A definition on its way: what was made out on the sheet, and what is to be confirmed by a person.

In: nothing; these are values. They are filled in step by step while a draft is made, unlike a `Form`, which is sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.form import Relation, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from consolidator.draft.numbering import Numbered


class Doubt(Struct, frozen=True):
    """What a person has to confirm: a key of the catalogue's `[words.doubt]` with its details."""

    key: str
    details: Mapping[str, str] = field(default_factory=dict)


class PlannedRow(Struct, eq=False):
    """A row of the form. `figures` are what stands under each value column, None where it is blank or no number."""

    label: str
    number: Numbered
    line: int
    place: int  # label column it stands in, from 0
    indent: int
    own_line: bool  # False for a label beside which further labels stand, not figures
    wide: bool = False  # True for a label that is merged over the columns of values
    opens: bool = False  # True for one that says by its colon that rows stand under it
    figures: tuple[Decimal | None, ...] = ()
    texts: tuple[str, ...] = ()  # words that stand where figures are expected
    printed_unit: str | None = None  # None where the table has no column for it
    printed_code: str = ""
    level: int = 1
    parent: PlannedRow | None = None
    relation: Relation = Relation.NONE
    type: ValueType = ValueType.COUNT
    unit: str = ""
    decimals: int = 0
    summed: bool = True
    signed: bool = False
    code: str = ""
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def numeric(self) -> bool:
        """Whether the row holds figures."""
        return self.type in {ValueType.COUNT, ValueType.MONEY}

    @property
    def filled(self) -> bool:
        """Whether any figure stands on the row."""
        return any(figure is not None for figure in self.figures)


class PlannedColumn(Struct, eq=False):
    """A value column; `column` is its place on the sheet, `path` the heads over it from the top."""

    label: str
    column: int
    path: tuple[str, ...] = ()
    group: str = ""
    key: str = ""
    printed_unit: str = ""  # on a line of its own under the heads
    number: str = ""  # under the heads, perhaps with how it follows from others: 1, 4=1+2-3
    unit: str = ""
    type: ValueType | None = None
    decimals: int = 0
    summed: bool = True
    signed: bool = False
    doubts: list[Doubt] = field(default_factory=list)


class PlannedTable(Struct):
    """A table of the form."""

    title: str
    label_heads: tuple[str, ...]
    unit_heads: tuple[str, ...]
    columns: list[PlannedColumn]
    rows: list[PlannedRow]
    across: bool = False
    id: str = "main"
    doubts: list[Doubt] = field(default_factory=list)
    set_aside: list[PlannedRow] = field(default_factory=list)  # cannot be told from others; kept as comments

    def children(self, parent: PlannedRow | None) -> list[PlannedRow]:
        """The rows directly under a row, in printed order; those without a parent for None."""
        return [row for row in self.rows if row.parent is parent]


class PlannedRule(Struct, frozen=True):
    """A proposed rule. `kind` is the section of the catalogue its sentences come from; `whole` and `parts` are labels."""

    kind: str
    says: tuple[tuple[str, str], ...]  # keys of the definition that say it: sum_of, of_which, for_each, expression
    whole: tuple[str, str]  # code and label
    parts: tuple[tuple[str, str], ...]
    doubts: tuple[Doubt, ...] = ()
    severity: str = "hard"  # soft where neither figures nor words prove it


class Plan(Struct):
    """The whole definition."""

    title: str
    filer: str
    authority: str
    sign_off: tuple[tuple[str, str], ...]
    tables: list[PlannedTable]
    rules: list[PlannedRule] = field(default_factory=list)
    period: str = ""  # year, quarter or month, where the sheet tells
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def codes_printed(self) -> bool:
        """Whether the codes of the rows are those that the sheet prints."""
        coded = [row for table in self.tables for row in table.rows if row.printed_code]
        return bool(coded) and all(row.code == row.printed_code for row in coded)
