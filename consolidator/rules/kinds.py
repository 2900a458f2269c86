"""Static checks: what an expression would give, before any value is known.

In: an expression. Out: NUMBER or CONDITION. Raises `RuleSyntaxError` at the part that makes no sense.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from consolidator.rules.expression import (
    Blank,
    Call,
    Comparison,
    Conditional,
    Facet,
    Logic,
    Not,
    Range,
    parts,
)
from consolidator.rules.tokens import RuleSyntaxError

if TYPE_CHECKING:
    from consolidator.rules.expression import Expression


class Kind(StrEnum):
    """What an expression gives."""

    NUMBER = "number"
    CONDITION = "condition"


_OF_CONDITIONS = (Not, Logic, Conditional)
_OF_MANY = frozenset({"single", "distinct"})
_OF_WORDS = frozenset({"said", "mentions"})


def kind_of(expression: Expression) -> Kind:
    """What the expression gives. Raises where numbers stand for conditions, or conditions for numbers."""
    if isinstance(expression, Facet):
        _refuse_operands(expression)
        return Kind.CONDITION if expression.is_condition else Kind.NUMBER
    if isinstance(expression, Blank):
        if isinstance(expression.name, Facet) and kind_of(expression.name) is Kind.CONDITION:
            raise RuleSyntaxError("wants_number", expression.name.line, expression.name.column)
        return Kind.CONDITION
    if isinstance(expression, Call) and expression.function == "abs":
        _refuse_list(expression)
    wanted = Kind.CONDITION if isinstance(expression, _OF_CONDITIONS) else Kind.NUMBER
    for part in parts(expression):
        if kind_of(part) is not wanted:
            raise RuleSyntaxError(f"wants_{wanted}", part.line, part.column)
    return Kind.CONDITION if isinstance(expression, (*_OF_CONDITIONS, Comparison)) else Kind.NUMBER


def _refuse_operands(facet: Facet) -> None:
    """Most functions of texts take one cell; only those that look for words take any."""
    if len(facet.names) > 1 and facet.function not in _OF_MANY:
        raise RuleSyntaxError("one_text", facet.line, facet.column, function=facet.function)
    if bool(facet.words) is not (facet.function in _OF_WORDS) or not all(facet.words or ("-",)):
        problem = "needs_words" if facet.function in _OF_WORDS else "no_words"
        raise RuleSyntaxError(problem, facet.line, facet.column, function=facet.function)


def _refuse_list(call: Call) -> None:
    """`abs` takes exactly one number."""
    if len(call.arguments) > 1 or isinstance(call.arguments[0], Range):
        raise RuleSyntaxError("one_argument", call.line, call.column, function=call.function)
