"""The rules of a form as conditions on a filing: the ground that linting stands on.

In: a `Form`. Out: `Linted` rules, those that are not linear with the part that is not, what values a figure may have.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.form.choices import ValueType
from consolidator.form.linting.linear import All, Any, NotLinearError, condition, variables
from consolidator.form.linting.polyhedron import Domain
from consolidator.rules import Comparison, Number, renamed, walk, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form.definition import Form, Rule
    from consolidator.form.linting.linear import Condition
    from consolidator.rules import Expression

_WEIGHT = {Severity.HARD: 2, Severity.SOFT: 1, Severity.INFO: 0}


class Linted(Struct, frozen=True):
    """A rule with all its parts as conditions: to satisfy it, to violate it, to violate it mandatorily."""

    id: str
    rules: tuple[Rule, ...]
    satisfied: tuple[Condition, ...]
    violated: tuple[Condition, ...]
    tolerated: tuple[Condition, ...]  # satisfied, or violated without being mandatory

    @property
    def weight(self) -> int:
        """How much a violation weighs."""
        return _WEIGHT[self.rules[0].severity]


def read_linted(form: Form) -> tuple[list[Linted], Mapping[str, str]]:
    """The rules that are linear, and the others by id with the part that is not."""
    groups: dict[str, list[Rule]] = {}
    for rule in form.rules:
        groups.setdefault(rule.id, []).append(rule)
    linted, skipped = [], {}
    for rule_id, rules in groups.items():
        try:
            linted.append(_linted(rule_id, rules))
        except NotLinearError as problem:
            skipped[rule_id] = str(problem)
    return linted, skipped


def _linted(rule_id: str, rules: Sequence[Rule]) -> Linted:
    satisfied, violated, tolerated = [], [], []
    for rule in rules:
        read = partial(condition, tolerance=rule.tolerance)
        spared = [read(rule.when, holds=False)] if rule.when else []
        applies = [read(rule.when)] if rule.when else []
        satisfied.append(Any((*spared, read(rule.expression))))
        violated.append(All((*applies, read(rule.expression, holds=False))))
        if rule.severity is Severity.HARD:
            tolerated.append(satisfied[-1])
        elif rule.escalate:
            tolerated.append(Any((satisfied[-1], read(rule.escalate, holds=False))))
    return Linted(rule_id, tuple(rules), tuple(satisfied), tuple(violated), tuple(tolerated))


def domains(form: Form) -> Mapping[str, Domain]:
    """What values each figure of the form may have, now and in the period before."""
    found = {}
    for code in form.numeric:
        row = form.indicators[code].row
        found[code] = Domain(row.type is ValueType.COUNT, row.signed)
        found[f"previous({code})"] = found[code]
    return found


def connected(found: Iterable[Condition], rules: Sequence[Linted]) -> list[Linted]:
    """The rules that share figures with the conditions, directly or through each other."""
    reached = {code for each in found for code in variables(each)}
    mine = {each.id: {code for part in each.violated for code in variables(part)} for each in rules}
    while True:
        more = {code for codes in mine.values() if codes & reached for code in codes}
        if more <= reached:
            return [each for each in rules if mine[each.id] & reached]
        reached |= more


def judged_with(form: Form, linted: Linted, rules: Iterable[Linted]) -> list[Linted]:
    """The rules that are judged wherever `linted` is: that need no figure of another form or period that it does not."""
    mine = _from_elsewhere(form, linted)
    return [each for each in rules if _from_elsewhere(form, each) <= mine]


def _from_elsewhere(form: Form, linted: Linted) -> set[str]:
    return {code for part in linted.violated for code in variables(part)} - form.indicators.keys()


def shape(form: Form, rule: Rule) -> tuple[str, ...]:
    """What two parts of a rule have in common whose figures may be the same numbers."""
    order: dict[str, str] = {}

    def anonymous(code: str) -> str:
        return order.setdefault(code, f"x{len(order)}")

    texts = [written(renamed(each, anonymous)) for each in (rule.expression, rule.when) if each]
    rows = [form.indicators[code].row for code in order if code in form.indicators]
    return (*texts, *(f"{row.type}{row.signed}" for row in rows))


def says_zero(expression: Expression) -> bool:
    """Whether a rule itself says that figures are 0."""
    return any(
        isinstance(operand, Number) and operand.value == 0
        for part in walk(expression)
        if isinstance(part, Comparison)
        for operand in part.operands
    )
