"""The indicators whose value is a plain sum of others, so that a blank form can reckon it.

In: a form's rules. Out: the addends of each such indicator. Only a hard relation `total = a + b + …` that always holds
makes one: where a soft rule asks, the township may have a reason to differ, and must be able to say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.findings import Severity
from consolidator.form.choices import Scope
from consolidator.rules import Arithmetic, Call, Name, sides

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Form, Rule
    from consolidator.rules import Expression


def plain_sums(form: Form) -> Mapping[str, tuple[str, ...]]:
    """The addends of every indicator that is a sum, in the order of the rules; no sum is part of itself.

    Where two rules reckon one indicator (the corner of a table with totals both ways), the first one counts.
    """
    sums: dict[str, tuple[str, ...]] = {}
    for rule in form.rules:
        found = _sum(rule, form)
        if found is not None and found[0] not in sums and not _reaches(found[1], found[0], sums):
            sums[found[0]] = found[1]
    return sums


def _sum(rule: Rule, form: Form) -> tuple[str, tuple[str, ...]] | None:
    """The total and the addends of a rule, where it is a plain sum."""
    pair = sides(rule.expression)
    strict = rule.severity is Severity.HARD and rule.when is None and not rule.tolerance
    if pair is None or pair.operator != "=" or not strict or rule.scope is Scope.TOTAL:
        return None
    for total, parts in ((pair.left, pair.right), (pair.right, pair.left)):
        addends = _addends(parts)
        if isinstance(total, Name) and addends and len(addends) > 1:
            codes = (total.code, *addends)
            if len(set(codes)) == len(codes) and all(_number(code, form) for code in codes):
                return total.code, addends
    return None


def _addends(expression: Expression) -> tuple[str, ...] | None:
    """The codes that are added up; None where anything else is done with them."""
    match expression:
        case Name():
            return (expression.code,)
        case Arithmetic() if set(expression.operators) == {"+"}:
            parts = [_addends(operand) for operand in expression.operands]
        case Call() if expression.function == "sum":
            parts = [_addends(argument) for argument in expression.arguments]
        case _:
            return None
    return None if None in parts else tuple(code for part in parts if part for code in part)


def _number(code: str, form: Form) -> bool:
    return code in form.indicators and form.indicators[code].numeric


def _reaches(codes: tuple[str, ...], wanted: str, sums: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether `wanted` is among `codes` or among what they are reckoned from."""
    waiting, seen = list(codes), set[str]()
    while waiting:
        code = waiting.pop()
        if code == wanted:
            return True
        if code not in seen:
            seen.add(code)
            waiting.extend(sums.get(code, ()))
    return False
