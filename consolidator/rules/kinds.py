"""Static checks: what an expression would give, before any value is known.

In: an expression. Out: NUMBER or CONDITION. Raises `RuleSyntaxError` at the part that makes no sense.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from consolidator.rules.expression import Blank, Call, Comparison, Conditional, Logic, Not, Range, parts
from consolidator.rules.parse import RuleSyntaxError

if TYPE_CHECKING:
    from consolidator.rules.expression import Expression


class Kind(StrEnum):
    """What an expression gives."""

    NUMBER = "number"
    CONDITION = "condition"


_OF_CONDITIONS = (Not, Logic, Conditional)


def kind_of(expression: Expression) -> Kind:
    """What the expression gives. Raises where numbers stand for conditions, or conditions for numbers."""
    if isinstance(expression, Call) and expression.function == "abs":
        _refuse_list(expression)
    wanted = Kind.CONDITION if isinstance(expression, _OF_CONDITIONS) else Kind.NUMBER
    for part in parts(expression):
        if kind_of(part) is not wanted:
            raise RuleSyntaxError(f"wants_{wanted}", part.line, part.column)
    return Kind.CONDITION if isinstance(expression, (*_OF_CONDITIONS, Comparison, Blank)) else Kind.NUMBER


def _refuse_list(call: Call) -> None:
    """`abs` takes exactly one number."""
    if len(call.arguments) > 1 or isinstance(call.arguments[0], Range):
        raise RuleSyntaxError("one_argument", call.line, call.column, function=call.function)
