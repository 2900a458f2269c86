"""What a form is, once loaded: tables of row labels by column labels, indicators, rules (报表表式).

A list form (统计指标 | 单位 | 统计数) is a table with one value column; a matrix has several; a record table has text
columns. All values here are immutable; `form.load` makes them from `schemas/*.yaml`.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.form.choices import Aggregation, Arrangement, BlankPolicy, Presence, Relation, Scope, ValueType
from consolidator.form.naming import apart, names_of
from consolidator.form.pieces import Column, Indicator, Predecessor, Row, SignOff, Table
from consolidator.form.relations import ABSENT, FORBIDDEN, Mention, Rule, TextRule
from consolidator.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from consolidator.rules import Facet

__all__ = [
    "ABSENT",
    "FORBIDDEN",
    "Aggregation",
    "Arrangement",
    "BlankPolicy",
    "Column",
    "Form",
    "Indicator",
    "Mention",
    "Predecessor",
    "Presence",
    "Relation",
    "Row",
    "Rule",
    "Scope",
    "SignOff",
    "Table",
    "TextRule",
    "ValueType",
]


LEAST_LENGTH = "least_length"
"""Under this name, `Form.left_to_rules` has the texts that a rule wants to be of some length: it tells of empty ones."""


class Form(Struct, frozen=True, dict=True):
    """A whole form. `sha256` is of the definition file, so that a run says what it judged by.

    `headlines` are the indicator codes a person looks at first (charts). `first_year` and `last_year` bound the
    reports the form is in force for (None: open). `filer_labels` are the words before the reporting unit's name in the
    header, the printed one first. `other_forms` gives each short name that rules use for another form (`name.code`) the
    id of that form. `left_to_rules` are, by function of texts, the codes about which a rule asks it: what there would be
    to say is told by the rule alone.
    `predecessors` are the forms that were filed for the periods before, the nearest first.
    `told_by` names, by a relation's id, the finding codes that tell of it: reading itself finds those.
    `codes_printed` tells that the form itself prints the codes of its rows, so that people know them.
    `deadline` is the latest day on which a form of this collection is to be dated, where the campaign names one.
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
    told_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deadline: date | None = None
    codes_printed: bool = False

    @cached_property
    def grids(self) -> tuple[Table, ...]:
        """The tables that stand as rows under heads."""
        return tuple(table for table in self.tables if table.grid)

    @cached_property
    def grid_rows(self) -> Mapping[str, Row]:
        """The rows of those tables by code: the labels by which the form is recognised."""
        return {row.code: row for table in self.grids for row in table.rows}

    @cached_property
    def loose(self) -> frozenset[str]:
        """Codes of the texts that stand in no grid: chapters of prose, fields around the tables."""
        return frozenset(row.code for table in self.tables if not table.grid for row in table.rows)

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
    def apart(self) -> Mapping[str, str]:
        """By the code of each row whose label other rows have too: the words it stands under, which tell it from them."""
        return apart(self.tables)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What every row and every cell is called in sentences and lists, by code."""
        return names_of(self.tables, self.apart)

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of measure of all its figures, folded."""
        return frozenset(fold(each.row.unit_of_measure) for each in self.indicators.values())

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
        return any(column.key for table in self.grids for column in table.columns)

    @cached_property
    def wordings(self) -> frozenset[str]:
        """Every wording, folded, by which the form's rows and keyed columns are known."""
        rows = [row.wordings for row in self.grid_rows.values()]
        heads = [column.wordings for table in self.grids for column in table.columns if column.key]
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
