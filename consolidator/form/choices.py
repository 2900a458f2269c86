"""The words a definition may choose from: kinds of value, relations, blanks, sums, arrangements, scopes."""

from __future__ import annotations

from enum import StrEnum


class ValueType(StrEnum):
    """What an indicator's cell may hold."""

    COUNT = "count"  # non-negative integer
    MONEY = "money"  # non-negative decimal
    TEXT = "text"
    DATE = "date"  # a text that names a day
    QUANTITY = "quantity"  # a text that may spell a count or a range, over a period or per item: 30-40条/月
    YEAR_MONTH = "year-month"  # a text that spells a month of a year: 2015.12, 2015年12月
    PHONE = "phone"  # one telephone number or several; never shown to superiors
    HEADING = "heading"  # no value; prints —— under 单位

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self in {ValueType.COUNT, ValueType.MONEY}

    @property
    def is_text(self) -> bool:
        """Whether the value is a text, whatever may be read out of it."""
        return not self.is_number and self is not ValueType.HEADING


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
    BENEATH = "beneath"  # prose: a heading line, and what is written under it, beside it or after it in its cell
    AROUND = "around"  # fields above or below the tables: a label and what stands after it or beside it


class Presence(StrEnum):
    """What it means that a table stands nowhere in a file."""

    REQUIRED = "required"  # the file lacks something: a hard finding
    EXPECTED = "expected"  # where a file holds some of these, the lacking ones are told; where it holds none, that
    OPTIONAL = "optional"  # nothing


class Scope(StrEnum):
    """Whose figures a rule judges."""

    UNIT = "unit"
    TOTAL = "total"
    BOTH = "both"
