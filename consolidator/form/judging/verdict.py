"""One rule on one unit's values, exactly: satisfied, violated or undecided.

In: a rule and decimal values by indicator code. Out: a `Verdict`. Used for the examples of a definition, for every
candidate that the vectorised run proposes, and for the county's total row.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from consolidator.findings import Outcome, Severity
from consolidator.form.relations import earlier_code
from consolidator.rules import evaluate, sides

if TYPE_CHECKING:
    from consolidator.form.definition import Rule
    from consolidator.rules import Values


class Figures(NamedTuple):
    """The numbers a rule is judged by: present ones by code, and those of the period before where some were given."""

    present: Values
    previous: Values | None = None

    def named(self, name: str) -> Decimal | None:
        """The number that a place stands for: a code's, or `previous(code)`."""
        code = earlier_code(name)
        return self.present.get(name) if code is None else (self.previous or {}).get(code)


class Verdict(Struct, frozen=True):
    """How a rule came out. `left` and `right` are its two sides where it is one comparison and both are known.

    `severity` is what a violation weighs, escalated where the rule says so.
    """

    outcome: Outcome
    severity: Severity
    left: Decimal | None = None
    right: Decimal | None = None


def judge(rule: Rule, values: Values, previous: Values | None = None) -> Verdict:
    """The verdict of `rule` on `values` (absent or None: no usable value) and those of the period before."""
    holds = evaluate(rule.expression, values, previous, rule.tolerance)
    if holds is not True and rule.when is not None:
        applies = evaluate(rule.when, values, previous, rule.tolerance)
        holds = True if applies is False else holds if applies else None
    left, right = _sides(rule, values, previous)
    if holds is None:
        return Verdict(Outcome.UNDECIDED, rule.severity, left, right)
    if holds:
        return Verdict(Outcome.SATISFIED, rule.severity, left, right)
    harder = rule.escalate is not None and evaluate(rule.escalate, values, previous, rule.tolerance) is True
    return Verdict(Outcome.VIOLATED, Severity.HARD if harder else rule.severity, left, right)


def _sides(rule: Rule, values: Values, previous: Values | None) -> tuple[Decimal | None, Decimal | None]:
    pair = sides(rule.expression)
    if pair is None:
        return None, None
    left, right = (evaluate(side, values, previous) for side in (pair.left, pair.right))
    both = isinstance(left, Decimal) and isinstance(right, Decimal)
    return (left, right) if both else (None, None)  # type: ignore[return-value]  # both are decimals here
