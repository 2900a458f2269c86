"""What a form is, once loaded: tables of row labels by column labels, indicators, rules (报表表式).

A list form (统计指标 | 单位 | 统计数) is a table with one value column; a matrix has several; a record table has text
columns. All values here are immutable; `form.load` makes them from `schemas/*.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Outcome, Severity
    from consolidator.rules import Expression


class ValueType(StrEnum):
    """What an indicator's cell may hold."""

    COUNT = "count"  # non-negative integer
    MONEY = "money"  # non-negative decimal
    TEXT = "text"
    HEADING = "heading"  # no value; prints —— under 单位


class Relation(StrEnum):
    """How a row stands to its parent row."""

    ADDEND = "addend"  # the parent is the sum of its addends
    OF_WHICH = "of-which"  # 其中: at most the parent
    NONE = "none"


class BlankPolicy(StrEnum):
    """What an empty cell of a numeric indicator means."""

    MISSING = "missing"  # no value; soft finding; rules undecided; the total adds nothing
    ZERO = "zero"  # zero, with a note
    REQUIRED = "required"  # no value; hard finding


class Aggregation(StrEnum):
    """How the county figure comes from the units' figures."""

    SUM = "sum"
    NONE = "none"


class Arrangement(StrEnum):
    """How the rows of a table stand on the sheet."""

    DOWN = "down"  # one row under the other, each behind its label
    ACROSS = "across"  # side by side in one line, each under its label and its own set of column heads


class Scope(StrEnum):
    """Whose figures a rule judges."""

    UNIT = "unit"
    TOTAL = "total"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Row:
    """One printed row. `aliases` are other wordings met in real filings. `parent` is a row code or empty."""

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


@dataclass(frozen=True, slots=True)
class Column:
    """One value column. `key` is empty for the only value column of a list form.

    `type`, `unit_of_measure` and `decimals`, where given, stand in place of the row's. `signed` values may be negative (a
    change against the year before). `ask_unit` tells that the form prints no unit of measure, so that a bare figure is
    to be checked.
    """

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    type: ValueType | None = None
    unit_of_measure: str = ""
    decimals: int | None = None
    signed: bool = False
    ask_unit: bool = False

    def over(self, row: Row) -> Row:
        """The row as it is under this column."""
        if self.type is None and not self.unit_of_measure and self.decimals is None and not self.signed:
            return row
        return replace(
            row,
            type=self.type or row.type,
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
        return self.row.type in (ValueType.COUNT, ValueType.MONEY)


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


@dataclass(frozen=True, slots=True)
class SignOff:
    """A field that closes the form, such as 审核人 or 联系电话. `private` ones never reach the superiors' workbook."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A consistency rule (审核关系).

    `expression` must hold. `when` limits it to units where that condition holds (else it is satisfied). `escalate`, where
    given, is a condition under which a violation weighs HARD instead of `severity`. `tolerance` is the largest
    difference that still counts as equal, in the indicators' unit of measure. `formula` is the expression as text.
    `sentence` tells the clerk what is wrong, by language; it may use {left}, {right}, {difference}, {direction} (the
    word for more or less; these four only where the expression is one comparison of two sides) and the values of
    indicators such as {C1} (a dot in a code becomes `_`). `title` states the relation and stands in its place where the
    rule is undecided. `passing` and `failing` are examples: values by indicator code; the indicators not named are
    taken as 0. `derived` tells that the relation comes from the tree, whether or not a rule of the file names it.
    A rule that is written once for many columns or rows is there once for each: `part` is the column's key or the row's
    code, `places` are what a sentence may name in place of full codes, `named` the words for {column} or {row}.
    """

    id: str
    title: Mapping[str, str]
    severity: Severity
    formula: str
    expression: Expression
    sentence: Mapping[str, str]
    basis: str
    indicators: tuple[str, ...]
    passing: Mapping[str, Decimal | None]
    failing: Mapping[str, Decimal | None]
    when: Expression | None = None
    escalate: Expression | None = None
    tolerance: Decimal = Decimal(0)
    scope: Scope = Scope.BOTH
    remedy: Mapping[str, str] = field(default_factory=dict)
    derived: bool = False
    part: str = ""
    places: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What tells this rule from every other one: its id, with the part where it is written once for many."""
        return f"{self.id}@{self.part}" if self.part else self.id

    def words(self, outcome: Outcome, case: str) -> Mapping[str, str]:  # noqa: ARG002 (as TextRule.words)
        """What the rule says of a finding, by language: its title where it is undecided, else its sentence."""
        return self.title if outcome == "undecided" else self.sentence


@dataclass(frozen=True)
class Form:
    """A whole form. `sha256` is of the definition file, so that a run says what it judged by.

    `headlines` are the indicator codes a person looks at first (charts). `first_year` and `last_year` bound the
    reports the form is in force for (None: open). `filer_labels` are the words before the reporting unit's name in the
    header, the printed one first. `other_forms` gives each short name that rules use for another form (`name.code`) the
    id of that form.
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

    @property
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

    def in_force(self, year: int) -> bool:
        """Whether the form is the one for reports on `year`."""
        return (self.first_year or year) <= year <= (self.last_year or year)

    @cached_property
    def numeric(self) -> tuple[str, ...]:
        """Codes of the indicators that are numbers, in printed order."""
        return tuple(code for code, indicator in self.indicators.items() if indicator.numeric)

    def policy(self, indicator: Indicator, default: BlankPolicy | None = None) -> BlankPolicy:
        """What a blank means for `indicator`: its own policy, else the campaign's `default`, else the form's."""
        return indicator.row.blank_policy or default or self.blank_policy


FORBIDDEN = "forbidden"
"""The case of a finding on a text that is never an answer."""


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule on text indicators (F05): required when the condition holds; `forbidden` texts are never an answer.

    `indicators` are looked at together: one finding for the group, at the first cell that offends. A text left exactly as
    printed in the form's own label (blanks not filled in) counts as empty, and so do dashes and the words of `nothing`
    (无): allowed, but no answer where one is required. `sentence` is for a text that is lacking, `forbidden_sentence`
    for a forbidden one; both may use {found}, {code} (the indicator that offends) and the values of indicators such as
    {C1}.
    """

    id: str
    title: Mapping[str, str]
    severity: Severity
    indicators: tuple[str, ...]
    sentence: Mapping[str, str]
    basis: str
    forbidden: tuple[str, ...] = ()
    required_when: Expression | None = None
    nothing: tuple[str, ...] = ()
    forbidden_sentence: Mapping[str, str] = field(default_factory=dict)
    required_formula: str = ""
    passing: Mapping[str, Decimal | str | None] = field(default_factory=dict)
    failing: Mapping[str, Decimal | str | None] = field(default_factory=dict)
    remedy: Mapping[str, str] = field(default_factory=dict)

    def words(self, outcome: Outcome, case: str) -> Mapping[str, str]:
        """What the rule says of a finding, by language: its title where it is undecided, else the case's sentence."""
        if outcome == "undecided":
            return self.title
        return self.forbidden_sentence if case == FORBIDDEN else self.sentence
