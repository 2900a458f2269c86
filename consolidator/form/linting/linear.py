"""A rule as linear conditions joined by `and` and `or`: what a small linear program can be asked about.

In: an expression. Out: a `Condition`: atoms `sum of terms + constant <= 0` (or `< 0`) under `All` and `Any`.
Never: an approximation. What is not exactly linear (a product of indicators, a quotient by one, `blank`) raises
`NotLinearError`. All values are taken as known: what a rule says of a filing without blanks.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field

from consolidator.rules import (
    Arithmetic,
    Blank,
    Call,
    Comparison,
    Conditional,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Previous,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from consolidator.rules import Expression

_MOST_ATOMS = 20_000


class NotLinearError(ValueError):
    """The rule is not linear, or has too many cases; its text is the part that is not, or empty."""


class Atom(Struct, frozen=True):
    """`terms + constant <= 0`, or `< 0` where `strict`."""

    terms: tuple[tuple[str, Fraction], ...]
    constant: Fraction
    strict: bool = False


class All(Struct, frozen=True):
    """Every part holds."""

    parts: tuple[Condition, ...]


class Any(Struct, frozen=True):
    """At least one part holds; none of none."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = Atom | All | Any


def condition(expression: Expression, tolerance: Decimal | int = 0, *, holds: bool = True) -> Condition:
    """When `expression` holds (or, with `holds=False`, when it does not). Raises `NotLinearError`."""
    return _Reader(Fraction(tolerance)).condition(expression, holds=holds)


def variables(found: Condition) -> frozenset[str]:
    """The codes that a condition is about."""
    return frozenset(code for atom in atoms(found) for code, _ in atom.terms)


def atoms(found: Condition) -> Iterator[Atom]:
    """Every atom of a condition."""
    if isinstance(found, Atom):
        yield found
    else:
        for part in found.parts:
            yield from atoms(part)


class _Sum(Struct, frozen=True):
    """Terms, a constant, and peaks: multiples of the largest of several sums. `min` and `abs` are peaks, too."""

    terms: Mapping[str, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)
    peaks: tuple[tuple[Fraction, tuple[_Sum, ...]], ...] = ()

    def plus(self, other: _Sum) -> _Sum:
        terms = dict(self.terms)
        for code, factor in other.terms.items():
            terms[code] = terms.get(code, Fraction(0)) + factor
        return _Sum(terms, self.constant + other.constant, (*self.peaks, *other.peaks))

    def times(self, factor: Fraction) -> _Sum:
        terms = {code: value * factor for code, value in self.terms.items()}
        return _Sum(terms, self.constant * factor, tuple((value * factor, sums) for value, sums in self.peaks))

    @property
    def fixed(self) -> bool:
        return not self.peaks and not any(self.terms.values())


def _peak(sums: tuple[_Sum, ...], sign: int = 1) -> _Sum:
    """The largest of the sums, or with `sign=-1` the smallest."""
    factor = Fraction(sign)
    return _Sum(peaks=((factor, tuple(each.times(factor) for each in sums)),))


class _Reader:
    """Reads one expression."""

    def __init__(self, tolerance: Fraction) -> None:
        self.tolerance = tolerance
        self.made = 0

    def condition(self, expression: Expression, *, holds: bool) -> Condition:
        match expression:
            case Comparison():
                links = zip(pairwise(expression.operands), expression.operators, strict=True)
                found = tuple(self._link(*pair, operator, holds=holds) for pair, operator in links)
                return All(found) if holds else Any(found)
            case Not():
                return self.condition(expression.operand, holds=not holds)
            case Logic():
                inner = tuple(self.condition(operand, holds=holds) for operand in expression.operands)
                return All(inner) if (expression.operator == "and") is holds else Any(inner)
            case Conditional(operator="implies"):
                parts = (
                    self.condition(expression.left, holds=not holds),
                    self.condition(expression.right, holds=holds),
                )
                return Any(parts) if holds else All(parts)
            case Conditional():
                return self._iff(expression, holds=holds)
            case Blank() | _:
                raise NotLinearError(written(expression))

    def _iff(self, expression: Conditional, *, holds: bool) -> Condition:
        """Both or neither; with `holds=False`, exactly one."""
        both = (self.condition(expression.left, holds=True), self.condition(expression.right, holds=holds))
        neither = (self.condition(expression.left, holds=False), self.condition(expression.right, holds=not holds))
        return Any((All(both), All(neither)))

    def _link(self, left: Expression, right: Expression, operator: str, *, holds: bool) -> Condition:
        """One comparison. Up to the tolerance the two sides count as equal, as `rules.compared` has it."""
        difference = self._sum(left).plus(self._sum(right).times(Fraction(-1)))
        over = difference.times(Fraction(-1))
        if not holds:
            operator = {"=": "!=", "!=": "=", "<=": ">", ">": "<=", ">=": "<", "<": ">="}[operator]
        match operator:
            case "=":
                return All((self._at_most(difference), self._at_most(over)))
            case "!=":
                return Any((self._below(difference), self._below(over)))
            case "<=":
                return self._at_most(difference)
            case ">=":
                return self._at_most(over)
            case "<":
                return self._below(difference)
            case _:
                return self._below(over)

    def _at_most(self, total: _Sum) -> Condition:
        return self._split(total.plus(_Sum(constant=-self.tolerance)), strict=False)

    def _below(self, total: _Sum) -> Condition:
        return self._split(total.plus(_Sum(constant=self.tolerance)), strict=True)

    def _split(self, total: _Sum, *, strict: bool) -> Condition:
        """`total <= 0`: a peak with a positive factor holds for all of its sums, one with a negative for any."""
        self.made += 1
        if self.made > _MOST_ATOMS:
            raise NotLinearError
        if not total.peaks:
            terms = tuple(sorted((code, factor) for code, factor in total.terms.items() if factor))
            return Atom(terms, total.constant, strict)
        (factor, sums), *others = total.peaks
        rest = _Sum(total.terms, total.constant, tuple(others))
        parts = tuple(self._split(rest.plus(each.times(factor)), strict=strict) for each in sums)
        return All(parts) if factor > 0 else Any(parts) if factor < 0 else parts[0]

    def _sum(self, expression: Expression) -> _Sum:
        match expression:
            case Number():
                return _Sum(constant=Fraction(expression.value))
            case Name() | Previous():
                return _Sum({written(expression): Fraction(1)})
            case Negative():
                return self._sum(expression.operand).times(Fraction(-1))
            case Call():
                return self._call(expression)
            case Arithmetic():
                return self._arithmetic(expression)
            case _:
                raise NotLinearError(written(expression))

    def _call(self, expression: Call) -> _Sum:
        sums = tuple(self._sum(argument) for argument in expression.arguments)
        match expression.function:
            case "max":
                return _peak(sums)
            case "min":
                return _peak(sums, -1)
            case "abs":
                return _peak((sums[0], sums[0].times(Fraction(-1))))
            case _:
                total = _Sum()
                for each in sums:
                    total = total.plus(each)
                return total

    def _arithmetic(self, expression: Arithmetic) -> _Sum:
        total = self._sum(expression.operands[0])
        for operator, operand in zip(expression.operators, expression.operands[1:], strict=True):
            found = self._sum(operand)
            if operator in "+-":
                total = total.plus(found if operator == "+" else found.times(Fraction(-1)))
            elif operator == "*" and (found.fixed or total.fixed):
                total = total.times(found.constant) if found.fixed else found.times(total.constant)
            elif operator == "/" and found.fixed and found.constant:
                total = total.times(1 / found.constant)
            else:
                raise NotLinearError(written(expression))
        return total
