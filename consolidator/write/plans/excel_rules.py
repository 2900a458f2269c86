"""Rules as Excel formulas, for a blank form that warns while it is filled in.

In: an expression of the rule language, the cell of every indicator. Out: the text of a formula without `=`, or None where
Excel cannot judge it (the period before, another form, a text). Never: a verdict while a number is still lacking.

Function names are English and arguments parted by commas, as the file format wants them in every language of Excel.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.form.choices import Scope
from consolidator.model import column_letters
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
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from consolidator.form.definition import Rule
    from consolidator.rules import Expression

LONGEST = 8000
"""Characters of a formula; Excel takes 8,192."""

_MOST_ARGUMENTS = 250  # Excel takes 255
_PLACES = 6  # decimals that a difference is rounded to, so that 0.1 + 0.2 equals 0.3


class _Untranslatable(Exception):  # noqa: N818 - no error: the rule is judged elsewhere
    """Excel cannot judge this."""


class Alarm(Struct, frozen=True):
    """A rule in Excel's words: `violated` is a condition, `operands` are the codes that must be filled before it speaks.

    `escalated` is the condition under which a violation weighs hard although the rule is not; empty where there is none.
    """

    rule: Rule
    violated: str
    operands: tuple[str, ...]
    escalated: str = ""


def alarm(rule: Rule, cells: Mapping[str, tuple[int, int]]) -> Alarm | None:
    """The condition under which a rule is violated, all its numbers being there; None where Excel cannot tell.

    `cells` are the row and column, from 0, of every number of the form.
    """
    if rule.scope is Scope.TOTAL:
        return None
    writer = _Writer(cells, rule.tolerance)
    try:
        conditions = [f"NOT({writer.condition(rule.expression)})"]
        conditions += [writer.condition(rule.when)] if rule.when else []
        grave = writer.condition(rule.escalate) if rule.escalate else ""
    except _Untranslatable:
        return None
    wholes = [each for each in (rule.expression, rule.when) if each is not None]
    operands = tuple(dict.fromkeys(code for each in wholes for code in _numbers(each)))
    if not operands:
        return None
    # IF, for AND would reckon with the empty texts of sums that are not complete yet
    violated = f"IF({filled(operands, cells)},{_joined('AND', conditions)},FALSE)"
    escalated = f"IF({violated},{grave},FALSE)" if grave else ""
    if writer.divides:
        violated, escalated = f"IFERROR({violated},FALSE)", f"IFERROR({escalated},FALSE)" if grave else ""
    return Alarm(rule, violated, operands, escalated) if max(map(len, (violated, escalated))) <= LONGEST else None


def filled(codes: Iterable[str], cells: Mapping[str, tuple[int, int]], sheet: str = "") -> str:
    """The condition that every one of these cells holds a number; `sheet` stands before each cell."""
    places = [cells[code] for code in codes]
    return f"COUNT({references(places, sheet)})={len(set(places))}"


def total(codes: Iterable[str], cells: Mapping[str, tuple[int, int]], *, zero: bool) -> str:
    """The formula of a sum: empty until every addend is filled, or until the first is where a blank means `zero`."""
    listed = references([cells[code] for code in codes])
    condition = f"COUNT({listed})>0" if zero else filled(codes, cells)
    return f'IF({condition},SUM({listed}),"")'


def references(places: Iterable[tuple[int, int]], sheet: str = "") -> str:
    """Cells as Excel lists them, neighbours drawn together: `$C$7:$C$9,$E$7`."""
    columns: dict[tuple[int, int], int] = {}  # top of each run by column and last row
    for row, column in sorted(set(places), key=lambda place: (place[1], place[0])):
        columns[column, row] = columns.pop((column, row - 1), row)
    runs: dict[tuple[int, int, int], int] = {}  # left of each area by top, bottom, right
    for (column, bottom), top in sorted(columns.items(), key=lambda run: (run[1], run[0][1], run[0][0])):
        runs[top, bottom, column] = runs.pop((top, bottom, column - 1), column)
    areas = sorted((top, left, bottom, right) for (top, bottom, right), left in runs.items())
    if len(areas) > _MOST_ARGUMENTS:
        raise _Untranslatable
    return ",".join(f"{sheet}{_area(*area)}" for area in areas)


def _area(top: int, left: int, bottom: int, right: int) -> str:
    first, last = address(top, left), address(bottom, right)
    return first if first == last else f"{first}:{last}"


def address(row: int, column: int) -> str:
    """A cell, from 0, as a formula names it whatever cell the formula stands in: `$C$7`."""
    return f"${column_letters(column + 1)}${row + 1}"


def quoted(text: str) -> str:
    """A text inside a formula."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _numbers(expression: Expression) -> list[str]:
    """The codes whose values are needed; one whose blankness alone is asked for is not."""
    asked = [part.name for part in walk(expression) if isinstance(part, Blank)]
    return [
        part.code for part in walk(expression) if isinstance(part, Name) and not any(part is name for name in asked)
    ]


class _Writer:
    """Writes one rule."""

    def __init__(self, cells: Mapping[str, tuple[int, int]], tolerance: Decimal) -> None:
        self._cells = cells
        self._tolerance = tolerance
        self.divides = False

    def number(self, expression: Expression) -> str:
        match expression:
            case Number():
                return f"{expression.value:f}"
            case Name():
                return self._cell(expression)
            case Negative():
                return f"(-{self.number(expression.operand)})"
            case Call():
                return self._call(expression)
            case Arithmetic():
                self.divides = self.divides or "/" in expression.operators
                first, *others = map(self.number, expression.operands)
                joined = "".join(f"{sign}{one}" for sign, one in zip(expression.operators, others, strict=True))
                return f"({first}{joined})"
            case _:
                raise _Untranslatable

    def condition(self, expression: Expression) -> str:
        match expression:
            case Comparison():
                pairs = zip(pairwise(map(self.number, expression.operands)), expression.operators, strict=True)
                return _joined("AND", [self._compared(left, sign, right) for (left, right), sign in pairs])
            case Blank(name=Name() as name):
                return f"COUNT({self._cell(name)})=0"
            case Not():
                return f"NOT({self.condition(expression.operand)})"
            case Logic():
                return _joined(expression.operator.upper(), [self.condition(each) for each in expression.operands])
            case Conditional():
                left, right = self.condition(expression.left), self.condition(expression.right)
                return f"OR(NOT({left}),{right})" if expression.operator == "implies" else f"({left})=({right})"
            case _:
                raise _Untranslatable

    def _cell(self, name: Name) -> str:
        if name.code not in self._cells:
            raise _Untranslatable
        return address(*self._cells[name.code])

    def _call(self, call: Call) -> str:
        if all(isinstance(each, Name) for each in call.arguments) and call.function != "abs":
            names = [each for each in call.arguments if isinstance(each, Name)]
            if len({name.code for name in names}) == len(names):
                for name in names:
                    self._cell(name)
                return f"{call.function.upper()}({references([self._cells[name.code] for name in names])})"
        if len(call.arguments) > _MOST_ARGUMENTS:
            raise _Untranslatable
        return f"{call.function.upper()}({','.join(map(self.number, call.arguments))})"

    def _compared(self, left: str, operator: str, right: str) -> str:
        """Whether `left operator right` holds; up to the tolerance the two count as equal."""
        difference = f"ROUND({left}-{right},{_PLACES})"
        within = f"{self._tolerance:f}"
        match operator:
            case "=":
                return f"ABS({difference})<={within}"
            case "!=":
                return f"ABS({difference})>{within}"
            case "<=":
                return f"{difference}<={within}"
            case ">=":
                return f"{difference}>=-{within}"
            case "<":
                return f"{difference}<-{within}"
            case _:
                return f"{difference}>{within}"


def _joined(function: str, conditions: list[str]) -> str:
    return conditions[0] if len(conditions) == 1 else f"{function}({','.join(conditions)})"
