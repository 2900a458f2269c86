"""What a rule says, as a tree of frozen values: the meaning of a text of the rule language.

In: nothing; `parse` builds these trees and `print(expression)` writes them back. Out: the codes a rule names.
Never: a value of an indicator. Two expressions are equal when they say the same, wherever they stand in a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, cast

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from decimal import Decimal

NUMBERS_OF_TEXTS = frozenset({"low", "high", "yearly_low", "yearly_high", "year", "month", "said"})
"""Functions that give a number a text spells."""

CONDITIONS_ON_TEXTS = frozenset({"filled", "readable", "has_basis", "mentions", "single", "distinct"})
"""Functions that give whether something holds of texts."""

REPORT_YEAR = "report_year"
"""The name under which the year of the report stands among the values."""

RESERVED = (
    frozenset({"and", "or", "not", "implies", "iff", "max", "min", "sum", "abs", "blank", "previous", REPORT_YEAR})
    | NUMBERS_OF_TEXTS
    | CONDITIONS_ON_TEXTS
)
"""Words of the language, which no indicator may have as its code."""


class Placed(Struct, frozen=True, kw_only=True):
    """Where a part begins in the text of the rule: line and column from 1; 0 for a part that no text was read for."""

    line: int = 0
    column: int = 0

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, wherever they stand."""
        return type(self) is type(other) and self._said == other._said

    def __hash__(self) -> int:
        """Of what it says."""
        return hash((type(self), self._said))

    @property
    def _said(self) -> tuple[object, ...]:
        return tuple(getattr(self, name) for name in self.__struct_fields__ if name not in Placed.__struct_fields__)


class Number(Placed, frozen=True):
    """A number as written, never negative."""

    value: Decimal


class Name(Placed, frozen=True):
    """The value of an indicator of this form (`C34a`, `Q1.np`) or of another one (`other.C34a`)."""

    code: str


class Previous(Placed, frozen=True):
    """The value that the indicator had in the period before."""

    name: Name


class Facet(Placed, frozen=True):
    """What a function of texts tells of one text cell or of several: a number it spells, or whether something holds.

    Nothing is worked out here: its value stands beside the indicators' under its `key`, as one more column. `words` are
    what `said` and `mentions` look for.
    """

    function: str
    names: tuple[Name, ...]
    words: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The facet as written, by which its value is known."""
        quoted = (f'"{word}"' for word in self.words)
        return f"{self.function}({', '.join((*(name.code for name in self.names), *quoted))})"

    @property
    def is_condition(self) -> bool:
        """Whether it tells that something holds, not how much."""
        return self.function in CONDITIONS_ON_TEXTS


class Blank(Placed, frozen=True):
    """Whether the indicator has no usable value, or its text does not spell what a facet asks for."""

    name: Name | Facet


class Range(Placed, frozen=True):
    """The rows of one parent from `first` to `last` as printed; expanded when a form is loaded."""

    first: Name
    last: Name


class Call(Placed, frozen=True):
    """`max`, `min`, `sum` of one or more numbers, or `abs` of one."""

    function: str
    arguments: tuple[Expression, ...]


class Negative(Placed, frozen=True):
    """The number with its sign changed."""

    operand: Expression


class Arithmetic(Placed, frozen=True):
    """Operands joined by `+` and `-`, or by `*` and `/`, worked from left to right."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


class Comparison(Placed, frozen=True):
    """A chain such as `0 <= A1a <= A1`: each neighbouring pair must hold."""

    operands: tuple[Expression, ...]
    operators: tuple[str, ...]


class Not(Placed, frozen=True):
    """The opposite of a condition."""

    operand: Expression


class Logic(Placed, frozen=True):
    """Conditions joined by `and`, or by `or`."""

    operator: str
    operands: tuple[Expression, ...]


class Conditional(Placed, frozen=True):
    """`left implies right`, or `left iff right` (both or neither)."""

    operator: str
    left: Expression
    right: Expression


Expression: TypeAlias = (
    Number
    | Name
    | Previous
    | Facet
    | Blank
    | Range
    | Call
    | Negative
    | Arithmetic
    | Comparison
    | Not
    | Logic
    | Conditional
)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that `expression` is directly made of, in written order."""
    inner: tuple[Expression, ...] = _PARTS[type(expression)](expression)
    return inner


_PARTS: Mapping[type, Callable[[Any], tuple[Any, ...]]] = {
    **dict.fromkeys((Number, Name), lambda _: ()),
    **dict.fromkeys((Previous, Blank), lambda asked: (asked.name,)),
    **dict.fromkeys((Negative, Not), lambda single: (single.operand,)),
    **dict.fromkeys((Arithmetic, Comparison, Logic), lambda chain: chain.operands),
    Facet: lambda facet: facet.names,
    Range: lambda span: (span.first, span.last),
    Call: lambda call: call.arguments,
    Conditional: lambda conditional: (conditional.left, conditional.right),
}


def walk(expression: Expression) -> Iterator[Expression]:
    """`expression` and every part of it, in written order."""
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(parts(part)))


def names(expression: Expression) -> tuple[str, ...]:
    """The codes whose present values the expression needs, each once, in order of appearance."""
    return _codes(expression, previous=False)


def previous_names(expression: Expression) -> tuple[str, ...]:
    """The codes whose values of the period before the expression needs, each once, in order of appearance."""
    return _codes(expression, previous=True)


def facets(expression: Expression) -> tuple[Facet, ...]:
    """The facets of texts that the expression needs, each once, in order of appearance."""
    found = [part for part in walk(expression) if isinstance(part, Facet)]
    return tuple({facet.key: facet for facet in found}.values())


def without_value(expression: Expression, values: Mapping[str, Decimal | None]) -> tuple[str, ...]:
    """The codes whose present values, or facets, the expression needs and `values` lacks, in order of appearance.

    What stands in `blank(…)` is never lacking.
    """
    lacking: list[str] = []
    waiting = [expression]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Facet):
            lacking += [name.code for name in part.names] if values.get(part.key) is None else []
        elif isinstance(part, Name):
            lacking += [part.code] if values.get(part.code) is None else []
        elif not isinstance(part, Previous | Blank):
            waiting.extend(reversed(parts(part)))
    return tuple(dict.fromkeys(lacking))


def _codes(expression: Expression, *, previous: bool) -> tuple[str, ...]:
    if isinstance(expression, Name):
        return () if previous else (expression.code,)
    if isinstance(expression, Previous):
        return (expression.name.code,) if previous else ()
    found = (code for part in parts(expression) for code in _codes(part, previous=previous))
    return tuple(dict.fromkeys(found))


def expand(expression: Expression, between: Callable[[Range], tuple[str, ...]]) -> Expression:
    """The same expression with every range replaced by the codes that `between` gives for it."""

    def each(inner: tuple[Expression, ...]) -> tuple[Expression, ...]:
        return tuple(found for part in inner for found in listed(part))

    def listed(part: Expression) -> tuple[Expression, ...]:
        if isinstance(part, Range):
            return tuple(Name(code, line=part.line, column=part.column) for code in between(part))
        return (expand(part, between),)

    match expression:
        case Call():
            return replace(expression, arguments=each(expression.arguments))
        case Arithmetic() | Comparison() | Logic():
            return replace(expression, operands=each(expression.operands))
        case Negative() | Not():
            return replace(expression, operand=expand(expression.operand, between))
        case Conditional():
            left, right = each((expression.left, expression.right))
            return replace(expression, left=left, right=right)
        case _:
            return expression


def renamed(expression: Expression, code: Callable[[str], str]) -> Expression:
    """The same expression with every code replaced by what `code` gives for it."""

    def inner(value: object) -> object:
        if isinstance(value, tuple):
            return tuple(inner(part) for part in value)
        return renamed(cast("Expression", value), code) if isinstance(value, Placed) else value

    if isinstance(expression, Name):
        return replace(expression, code=code(expression.code))
    values: dict[str, Any] = {name: inner(getattr(expression, name)) for name in expression.__struct_fields__}
    return replace(expression, **values)
