"""The same results as `evaluate`, for many units at once, in float64.

In: an expression, columns by code (NaN: no usable value). Out: a float64 column; conditions give 1, 0 or NaN.
`exact` tells for which units float64 cannot have rounded: elsewhere `evaluate` has the last word.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from consolidator.rules.evaluate import NOISE
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
    parts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from numpy.typing import NDArray

    from consolidator.rules.expression import Expression

Vector: TypeAlias = "NDArray[np.float64]"

_LARGEST_EXACT = float(2**53)
_NOISE = float(NOISE)
_TOTAL = {"max": np.maximum, "min": np.minimum, "sum": np.add}
_STEP = {"+": np.add, "-": np.subtract, "*": np.multiply}


class Columns:
    """The values of many units: `size` of them, present and previous, by code. A code without a column is missing."""

    def __init__(self, size: int, present: Mapping[str, Vector], previous: Mapping[str, Vector] | None = None) -> None:
        """Know the columns of `size` units."""
        self.size = size
        self.present = present
        self.previous = previous or {}

    def __call__(self, name: Name | Previous | Facet) -> Vector:
        """The column of a name, or of a facet of texts."""
        known = self.previous if isinstance(name, Previous) else self.present
        code = name.key if isinstance(name, Facet) else name.name.code if isinstance(name, Previous) else name.code
        return known.get(code, self.constant(np.nan))

    def constant(self, value: float) -> Vector:
        """A column of one value."""
        return np.full(self.size, value, dtype=np.float64)


def results(expression: Expression, columns: Columns, tolerance: Decimal) -> Vector:
    """What `expression` gives for each unit."""
    with np.errstate(all="ignore"):
        return _Vectorised(columns, float(tolerance)).result(expression)


def differences(left: Expression, right: Expression, columns: Columns) -> Vector:
    """Left minus right for each unit."""
    with np.errstate(all="ignore"):
        work = _Vectorised(columns, 0.0)
        return work.result(left) - work.result(right)


def exact(expression: Expression, columns: Columns) -> NDArray[np.bool_]:
    """For which units every step is exact: whole numbers throughout, none beyond 2**53, nothing divided."""
    with np.errstate(all="ignore"):
        return np.asarray(_bound(expression, columns) < _LARGEST_EXACT)


class _Vectorised:
    """One evaluation over all units."""

    def __init__(self, columns: Columns, tolerance: float) -> None:
        self.columns = columns
        self.tolerance = tolerance

    def result(self, expression: Expression) -> Vector:
        match expression:
            case Number():
                return self.columns.constant(float(expression.value))
            case Name() | Previous() | Facet():
                return self.columns(expression)
            case Negative():
                return -self.result(expression.operand)
            case Call() | Arithmetic():
                return self.worked(expression)
            case Blank():
                return np.isnan(self.columns(expression.name)).astype(np.float64)
            case Comparison():
                return _all(self.links(expression))
            case Not():
                return 1.0 - self.result(expression.operand)
            case Logic():
                found = [self.result(operand) for operand in expression.operands]
                return _all(found) if expression.operator == "and" else _any(found)
            case Conditional():
                return self.conditional(expression)
            case _:
                raise TypeError(f"{type(expression).__name__} has no value")

    def worked(self, expression: Call | Arithmetic) -> Vector:
        first, *rest = (self.result(part) for part in parts(expression))
        if isinstance(expression, Call):
            if expression.function == "abs":
                return np.abs(first)
            for number in rest:
                first = _TOTAL[expression.function](first, number)
            return first
        for operator, number in zip(expression.operators, rest, strict=True):
            first = np.where(number == 0, np.nan, first / number) if operator == "/" else _STEP[operator](first, number)
        return first

    def links(self, expression: Comparison) -> list[Vector]:
        numbers = pairwise(map(self.result, expression.operands))
        return [
            held(left - right, operator, self.tolerance)
            for (left, right), operator in zip(numbers, expression.operators, strict=True)
        ]

    def conditional(self, expression: Conditional) -> Vector:
        left, right = self.result(expression.left), self.result(expression.right)
        return _any([1.0 - left, right]) if expression.operator == "implies" else 1.0 - np.abs(left - right)


def held(difference: Vector, operator: str, tolerance: float) -> Vector:
    """Where `left operator right` holds (1), does not (0), or is undecided (NaN), given left minus right."""
    equal = np.abs(difference) <= max(tolerance, _NOISE)
    true = {
        "=": equal,
        "!=": ~equal,
        "<=": equal | (difference < 0),
        ">=": equal | (difference > 0),
        "<": ~equal & (difference < 0),
        ">": ~equal & (difference > 0),
    }[operator]
    return np.where(np.isnan(difference), np.nan, true.astype(np.float64))


def _all(truths: list[Vector]) -> Vector:
    """Kleene's `and`: a 0 decides, else a NaN leaves it open."""
    least = np.fmin.reduce(truths)
    return np.where(least == 0, 0.0, np.minimum.reduce(truths))


def _any(truths: list[Vector]) -> Vector:
    return 1.0 - _all([1.0 - truth for truth in truths])


def _bound(expression: Expression, columns: Columns) -> Vector:
    """More than any number on the way to the result; infinite where a number is not whole or something is divided."""
    match expression:
        case Number():
            value = float(expression.value)
            whole = expression.value == expression.value.to_integral_value()
            return columns.constant(value if whole else np.inf)
        case Name() | Previous() | Facet():
            found = np.nan_to_num(np.abs(columns(expression)), nan=0.0, posinf=np.inf)
            return np.where(found == np.floor(found), found, np.inf)
        case Blank():
            return columns.constant(0.0)
        case Arithmetic() if "/" in expression.operators:
            return columns.constant(np.inf)
        case Arithmetic() if "*" in expression.operators:
            return _multiplied([_bound(part, columns) for part in parts(expression)])
        case _:
            return _added([_bound(part, columns) for part in parts(expression)])


def _added(bounds: list[Vector]) -> Vector:
    """A bound of the sum and of each sum on the way to it."""
    total: Vector = np.add.reduce(bounds)
    return total


def _multiplied(bounds: list[Vector]) -> Vector:
    """A bound of the product and of each product on the way to it."""
    total: Vector = np.multiply.reduce([np.maximum(bound, 1.0) for bound in bounds])
    return total
