"""The shape of a definition file: which keys there are and what kind of value each holds.

In: plain values from `document`. Out: pydantic models, one a mapping of the file; meaning is checked elsewhere.
Never: a rule between two values; a default that a reader of the file would not expect.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from consolidator.findings import Severity  # noqa: TC001 (pydantic reads it)
from consolidator.form.definition import Aggregation, Arrangement, BlankPolicy, Presence, Relation, Scope, ValueType

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
CellType = Literal[
    ValueType.COUNT, ValueType.MONEY, ValueType.TEXT, ValueType.QUANTITY, ValueType.YEAR_MONTH, ValueType.PHONE
]
Year = Annotated[int, Field(ge=1949, le=9999)]


class Shape(BaseModel):
    """A mapping of the file: unknown keys are refused. Its validator is made when the first one is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True, defer_build=True)


class Words(Shape):
    """One text in two languages."""

    zh: Text
    en: Text


class FilerShape(Shape):
    """The words before the reporting unit's name in the header."""

    label: Text
    aliases: tuple[Text, ...] = ()


class SignOffShape(Shape):
    """A field that closes the form."""

    key: Code
    label: Text
    aliases: tuple[Text, ...] = ()
    private: bool = False


class ColumnShape(Shape):
    """A value column."""

    label: Text
    key: Annotated[str, StringConstraints(pattern=r"^([A-Za-z][A-Za-z0-9_]*)?$")] = ""
    aliases: tuple[Text, ...] = ()
    group: str = ""
    type: CellType | None = None
    unit_of_measure: str = ""
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    aggregation: Aggregation | None = None
    signed: bool = False
    ask_unit: bool = False


class RowShape(Shape):
    """A printed row."""

    code: Code
    label: Text
    type: ValueType
    level: Annotated[int, Field(ge=1, le=9)]
    parent: str = ""
    unit_of_measure: str = ""
    aliases: tuple[Text, ...] = ()
    relation: Relation = Relation.NONE
    aggregation: Aggregation | None = None
    blank_policy: BlankPolicy | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] = 0
    note: str = ""
    signed: bool = False
    types: dict[str, CellType] = Field(default_factory=dict)


class TableShape(Shape):
    """A block of rows under a header line; prose and fields have neither heads nor columns. Rows are read one by one."""

    id: Code
    title: Text
    label_headers: tuple[Text, ...] = ()
    unit_headers: tuple[Text, ...] = ()
    arrangement: Arrangement = Arrangement.DOWN
    presence: Presence | None = None
    columns: list[Any] = Field(default_factory=list)
    rows: Annotated[list[Any], Field(min_length=1)]


class PredecessorShape(Shape):
    """An earlier form, and which of its codes this form continues under another one."""

    form: Identifier
    codes: dict[str, str | None] = Field(default_factory=dict)


class RuleShape(Shape):
    """A consistency rule, written out or claimed from the tree (`sum_of`, `of_which`)."""

    id: Identifier
    title: Words
    severity: Literal[Severity.HARD, Severity.SOFT, Severity.INFO]
    expression: Text | None = None
    sum_of: str | None = None
    of_which: str | None = None
    for_each: Literal["column", "row", "cell", "indicator", "group"] | None = None
    for_rows: Annotated[tuple[Code, ...], Field(min_length=1)] | None = None
    for_columns: Annotated[tuple[Code, ...], Field(min_length=1)] | None = None
    for_indicators: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    groups: Annotated[tuple[dict[Code, Text], ...], Field(min_length=1)] | None = None
    when: Text | None = None
    escalate: Text | None = None
    tolerance: Annotated[Decimal, Field(ge=0)] = Decimal(0)
    scope: Scope = Scope.BOTH
    basis: Text
    sentence: Words
    remedy: Words
    passing: dict[str, str | None]
    failing: dict[str, str | None]


class MentionShape(Shape):
    """Wordings with a number `{n}` in them, the number it must be, and wordings that say there is none."""

    says: Annotated[tuple[Text, ...], Field(min_length=1)]
    none: tuple[Text, ...] = ()
    equals: Text
    name: Text


class TextRuleShape(Shape):
    """A rule on texts that are looked at together."""

    id: Identifier
    title: Words
    severity: Literal[Severity.HARD, Severity.SOFT, Severity.INFO]
    indicators: Annotated[tuple[str, ...], Field(min_length=1)]
    required_when: Text | None = None
    forbidden: tuple[Text, ...] = ()
    nothing: tuple[Text, ...] = ()
    least_length: Annotated[int, Field(ge=1, le=10_000)] | None = None
    must_mention: tuple[Text, ...] = ()
    mentions: tuple[MentionShape, ...] = ()
    states_year: bool = False
    latest: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] | None = None
    basis: Text
    sentence: Words
    forbidden_sentence: Words | None = None
    remedy: Words
    passing: dict[str, str | None]
    failing: dict[str, str | None]


class FormShape(Shape):
    """The whole file. Sign-off fields, tables and rules are read one by one, so that all their mistakes come at once."""

    id: Identifier
    title: Text
    title_aliases: tuple[Text, ...] = ()
    authority: Text
    source: str = ""
    first_year: Year | None = None
    last_year: Year | None = None
    blank_policy: BlankPolicy
    codes_printed: bool = False
    headlines: tuple[str, ...] = ()
    other_forms: dict[Code, Identifier] = Field(default_factory=dict)
    told_by: dict[Identifier, tuple[Identifier, ...]] = Field(default_factory=dict)
    predecessors: list[Any] = Field(default_factory=list)
    filer: FilerShape | None = None
    sign_off: list[Any] = Field(default_factory=list)
    tables: Annotated[list[Any], Field(min_length=1)]
    rules: list[Any] = Field(default_factory=list)
    text_rules: list[Any] = Field(default_factory=list)
