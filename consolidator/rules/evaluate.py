"""The result of an expression for one unit's values: exact, in decimals, and three-valued.

In: an expression, values by code (None or absent: no usable value). Out: a number, a truth value, or None: undecided.
A number that needs a missing one is missing, and so is a quotient by zero. `and`, `or`, `not`, `implies`, `iff` follow
Kleene: they are undecided only where the missing value could change the result.
"""

from __future__ import annotations

from decimal import Context, Decimal, localcontext
from itertools import pairwise
from operator import add, mul, sub
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from consolidator.rules.expression import (
    Arithmetic,
    Blank,
    Call,
    Comparison,
    Conditional,
    Facet,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Previous,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from consolidator.rules.expression import Expression

Result: TypeAlias = Decimal | bool | None
Values: TypeAlias = "Mapping[str, Decimal | None]"

_EXACT = Context(prec=120)
_ZERO = Decimal(0)
_TOTAL: Mapping[str, Callable[[list[Decimal]], Decimal]] = {
    "max": max,
    "min": min,
    "sum": lambda numbers: sum(numbers, start=_ZERO),
    "abs": lambda numbers: abs(*numbers),
}
_STEP: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {"+": add, "-": sub, "*": mul}


class Sides(NamedTuple):
    """The two sides of a rule that is one comparison."""

    left: Expression
    operator: str
    right: Expression


def sides(expression: Expression) -> Sides | None:
    """The two sides of a comparison of two, None for anything else."""
    if isinstance(expression, Comparison) and len(expression.operators) == 1:
        return Sides(expression.operands[0], expression.operators[0], expression.operands[1])
    return None


NOISE = Decimal("0.0000005")
"""What may be left of nothing where figures were divided and added up in a spreadsheet: half of the sixth decimal place.

Spreadsheets keep 15 digits; figures of a form have six decimal places at most, and a longer one is told by itself.
"""


def compared(difference: Decimal, operator: str, tolerance: Decimal) -> bool:
    """Whether `left operator right` holds, given left minus right; up to `tolerance`, or `NOISE`, the two count as equal."""
    equal = abs(difference) <= max(tolerance, NOISE)
    match operator:
        case "=":
            return equal
        case "!=":
            return not equal
        case "<=":
            return equal or difference < 0
        case ">=":
            return equal or difference > 0
        case "<":
            return not equal and difference < 0
        case _:
            return not equal and difference > 0


def evaluate(
    expression: Expression, values: Values, previous: Values | None = None, tolerance: Decimal = _ZERO
) -> Result:
    """What `expression` gives for `values` (and for `previous`, those of the period before)."""
    with localcontext(_EXACT):
        return _Scalar(values, previous or {}, tolerance).result(expression)


class _Scalar:
    """One evaluation."""

    def __init__(self, values: Values, previous: Values, tolerance: Decimal) -> None:
        self.values = values
        self.previous = previous
        self.tolerance = tolerance

    def result(self, expression: Expression) -> Result:
        match expression:
            case Comparison() | Not() | Logic() | Conditional() | Blank():
                return self.truth(expression)
            case Facet() if expression.is_condition:
                return self.truth(expression)
            case _:
                return self.number(expression)

    def number(self, expression: Expression) -> Decimal | None:
        match expression:
            case Number():
                return expression.value
            case Name():
                return self.values.get(expression.code)
            case Facet():
                return self.values.get(expression.key)
            case Previous():
                return self.previous.get(expression.name.code)
            case Negative():
                operand = self.number(expression.operand)
                return None if operand is None else -operand
            case Call():
                numbers = self.numbers(expression.arguments)
                return None if numbers is None else _TOTAL[expression.function](numbers)
            case Arithmetic():
                numbers = self.numbers(expression.operands)
                return None if numbers is None else _worked(numbers, expression.operators)
            case _:
                raise TypeError(f"{type(expression).__name__} is no number")

    def numbers(self, expressions: tuple[Expression, ...]) -> list[Decimal] | None:
        """All the numbers, or None where one is missing."""
        found = [self.number(expression) for expression in expressions]
        known = [number for number in found if number is not None]
        return known if len(known) == len(found) else None

    def truth(self, expression: Expression) -> bool | None:
        match expression:
            case Comparison():
                return self.chain(expression)
            case Blank():
                return self.number(expression.name) is None
            case Facet():
                number = self.values.get(expression.key)
                return None if number is None else number != 0
            case Not():
                return _opposite(self.truth(expression.operand))
            case Logic():
                found = [self.truth(operand) for operand in expression.operands]
                return _all(found) if expression.operator == "and" else _any(found)
            case Conditional():
                left, right = self.truth(expression.left), self.truth(expression.right)
                if expression.operator == "implies":
                    return _any([_opposite(left), right])
                return None if left is None or right is None else left is right
            case _:
                raise TypeError(f"{type(expression).__name__} is no condition")

    def chain(self, expression: Comparison) -> bool | None:
        numbers = [self.number(operand) for operand in expression.operands]
        links = zip(pairwise(numbers), expression.operators, strict=True)
        return _all(
            [
                None if left is None or right is None else compared(left - right, operator, self.tolerance)
                for (left, right), operator in links
            ]
        )


def _worked(numbers: list[Decimal], operators: tuple[str, ...]) -> Decimal | None:
    """The numbers joined from left to right; None for a quotient by zero."""
    total: Decimal = numbers[0]
    for operator, number in zip(operators, numbers[1:], strict=True):
        if operator == "/":
            if number == 0:
                return None
            total /= number
        else:
            total = _STEP[operator](total, number)
    return total


def _opposite(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def _all(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def _any(truths: list[bool | None]) -> bool | None:
    return _opposite(_all([_opposite(truth) for truth in truths]))
