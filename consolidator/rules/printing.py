"""Writes an expression back as text of the rule language: `parse(written(e)) == e`."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    Range,
)

if TYPE_CHECKING:
    from consolidator.rules.expression import Expression

_IFF, _IMPLIES, _OR, _AND, _NOT, _COMPARE, _PLUS, _TIMES, _SIGN, _ATOM = range(10)


def written(expression: Expression) -> str:
    """The text of an expression, with only the parentheses it needs."""
    match expression:
        case Number():
            return f"{expression.value:f}"
        case Name():
            return expression.code
        case Previous() | Blank():
            function = "previous" if isinstance(expression, Previous) else "blank"
            return f"{function}({written(expression.name)})"
        case Facet():
            return expression.key
        case Range():
            return f"{expression.first.code}..{expression.last.code}"
        case Call():
            return f"{expression.function}({', '.join(map(written, expression.arguments))})"
        case Negative():
            return f"-{_inside(expression.operand, _SIGN)}"
        case Not():
            return f"not {_inside(expression.operand, _NOT)}"
        case Conditional():
            return _conditional(expression)
        case _:
            return _chain(expression)


def _chain(expression: Arithmetic | Comparison | Logic) -> str:
    binding = _binding(expression) + 1
    first, *rest = (_inside(operand, binding) for operand in expression.operands)
    signs = (expression.operator,) * len(rest) if isinstance(expression, Logic) else expression.operators
    return first + "".join(f" {sign} {operand}" for sign, operand in zip(signs, rest, strict=True))


def _conditional(expression: Conditional) -> str:
    left = _inside(expression.left, _OR if expression.operator == "implies" else _IMPLIES)
    return f"{left} {expression.operator} {_inside(expression.right, _IMPLIES)}"


def _inside(expression: Expression, least: int) -> str:
    """The text of a part, in parentheses unless it binds at least as tightly as `least`."""
    text = written(expression)
    return text if _binding(expression) >= least else f"({text})"


def _binding(expression: Expression) -> int:
    match expression:
        case Conditional():
            return _IMPLIES if expression.operator == "implies" else _IFF
        case Logic():
            return _AND if expression.operator == "and" else _OR
        case Not():
            return _NOT
        case Comparison():
            return _COMPARE
        case Arithmetic():
            return _PLUS if expression.operators[0] in "+-" else _TIMES
        case Negative():
            return _SIGN
        case _:
            return _ATOM
