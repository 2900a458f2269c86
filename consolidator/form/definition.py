"""What a form is, once loaded: tables of row labels by column labels, indicators, rules (报表表式).

A list form (统计指标 | 单位 | 统计数) is a table with one value column; a matrix has several; a record table has text
columns. All values here are immutable; `form.load` makes them from `schemas/*.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.form.choices import Aggregation, Arrangement, BlankPolicy, Relation, Scope, ValueType
from consolidator.form.relations import FORBIDDEN, Rule, TextRule
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.rules import Facet

__all__ = [
    "FORBIDDEN",
    "Aggregation",
    "Arrangement",
    "BlankPolicy",
    "Column",
    "Form",
    "Indicator",
    "Predecessor",
    "Relation",
    "Row",
    "Rule",
    "Scope",
    "SignOff",
    "Table",
    "TextRule",
    "ValueType",
]


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row. `aliases` are other wordings met in real filings. `parent` is a row code or empty.

    `types` gives single cells of the row a type of their own, by the key of their column.
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


@dataclass(frozen=True, slots=True)
class Column:
    """One value column. `key` is empty for the only value column of a list form.

    `type`, `unit_of_measure`, `decimals` and `aggregation`, where given, stand in place of the row's. `signed` values may
    be negative (a change against the year before). `ask_unit` tells that the form prints no unit of measure, so that a bare figure is
    to be checked.
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
            signed=self.signed,
        )


@dataclass(frozen=True, slots=True)
class Indicator:
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


@dataclass(frozen=True, slots=True)
class Table:
    """A block of rows under a header line.

    `label_headers`, `unit_headers` are the words that may stand over the label column and the unit-of-measure column;
    the value columns' words are in `columns`.
    """

    id: str
    title: str
    rows: tuple[Row, ...]
    columns: tuple[Column, ...]
    label_headers: tuple[str, ...]
    unit_headers: tuple[str, ...] = ()
    arrangement: Arrangement = Arrangement.DOWN

    @property
    def is_record(self) -> bool:
        """Whether the table holds texts only: a register, of which there are no sums."""
        return not any(
            column.over(row).type.is_number
            for row in self.rows
            if row.type is not ValueType.HEADING
            for column in self.columns
        )


@dataclass(frozen=True, slots=True)
class SignOff:
    """A field that closes the form, such as 审核人 or 联系电话. `private` ones never reach the superiors' workbook."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Predecessor:
    """An earlier form whose figures this one goes on with, by its id.

    `codes` gives a code of this form the earlier code that it continues, or None where it continues none; codes not named
    there continue the same code. `places` tell line and column of each of them in the definition file (of `form` under the
    empty code).
    """

    form: str
    codes: Mapping[str, str | None] = field(default_factory=dict)
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Form:
    """A whole form. `sha256` is of the definition file, so that a run says what it judged by.

    `headlines` are the indicator codes a person looks at first (charts). `first_year` and `last_year` bound the
    reports the form is in force for (None: open). `filer_labels` are the words before the reporting unit's name in the
    header, the printed one first. `other_forms` gives each short name that rules use for another form (`name.code`) the
    id of that form. `left_to_rules` are, by function of texts, the codes about which a rule asks it: what there would be
    to say is told by the rule alone.
    `predecessors` are the forms that were filed for the periods before, the nearest first.
    """

    id: str
    title: str
    authority: str
    tables: tuple[Table, ...]
    rules: tuple[Rule, ...]
    sign_off: tuple[SignOff, ...]
    blank_policy: BlankPolicy
    sha256: str
    first_year: int | None = None
    last_year: int | None = None
    headlines: tuple[str, ...] = ()
    title_aliases: tuple[str, ...] = ()
    text_rules: tuple[TextRule, ...] = ()
    source: str = ""
    filer_labels: tuple[str, ...] = ("填报单位（盖章）", "填报单位")
    other_forms: Mapping[str, str] = field(default_factory=dict)
    left_to_rules: Mapping[str, frozenset[str]] = field(default_factory=dict)
    predecessors: tuple[Predecessor, ...] = ()

    @cached_property
    def rows(self) -> Mapping[str, Row]:
        """Every row by its code, in printed order."""
        return {row.code: row for table in self.tables for row in table.rows}

    @cached_property
    def indicators(self) -> Mapping[str, Indicator]:
        """Every indicator by its code, in printed order; headings are none."""
        return {
            indicator.code: indicator
            for table in self.tables
            for row in table.rows
            if row.type is not ValueType.HEADING
            for column in table.columns
            for indicator in (
                Indicator(f"{row.code}.{column.key}" if column.key else row.code, column.over(row), column),
            )
        }

    @cached_property
    def all_rules(self) -> tuple[Rule | TextRule, ...]:
        """Rules on numbers, each once however many columns or rows it is written for, then rules on texts."""
        first: dict[str, Rule] = {}
        for rule in self.rules:
            first.setdefault(rule.id, rule)
        return (*first.values(), *self.text_rules)

    @cached_property
    def keyed(self) -> bool:
        """Whether the form's columns have keys: their heads are looked for table by table."""
        return any(column.key for table in self.tables for column in table.columns)

    @cached_property
    def wordings(self) -> frozenset[str]:
        """Every wording, folded, by which the form's rows and keyed columns are known."""
        rows = [(row.label, *row.aliases) for row in self.rows.values()]
        heads = [(c.label, *c.aliases) for table in self.tables for c in table.columns if c.key]
        return frozenset(fold(text) for texts in (*rows, *heads) for text in texts)

    def in_force(self, year: int) -> bool:
        """Whether the form is the one for reports on `year`."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """Codes of the indicators that are numbers, in printed order."""
        return tuple(code for code, indicator in self.indicators.items() if indicator.numeric)

    @cached_property
    def facets(self) -> Mapping[str, Facet]:
        """Every function of texts that a rule asks for, by its key."""
        return {facet.key: facet for rule in self.rules for facet in rule.facets}

    @cached_property
    def elsewhere(self) -> tuple[str, ...]:
        """Every code of another form that a rule asks for (`other.A24`)."""
        return tuple(dict.fromkeys(code for rule in self.rules for code in rule.elsewhere))

    def policy(self, indicator: Indicator, default: BlankPolicy | None = None) -> BlankPolicy:
        """What a blank means for `indicator`: its own policy, else the campaign's `default`, else the form's."""
        return indicator.row.blank_policy or default or self.blank_policy
