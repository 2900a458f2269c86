"""What is wrong with the rules of a sound form when they are taken together.

In: a `Form`. Out: `Remark`s: rules that contradict each other, that can never fire, that others imply, that no filing
can satisfy; indicators in no rule; rules that are not linear and were not looked at.
Every claim is that no filing exists, decided by `form.polyhedron` for filings without blanks; where that is not decided,
nothing is claimed. Figures of other forms and of the period before may be anything; a rule that needs them makes no other
rule redundant that is judged without them. A rule written once for many columns or rows is one rule here: it is redundant only where all its
parts are. Importing this module imports SciPy.
"""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from consolidator.findings import Severity
from consolidator.form.choices import Scope
from consolidator.form.linting.linear import Atom, condition, variables
from consolidator.form.linting.linted import connected, domains, judged_with, read_linted, says_zero, shape
from consolidator.form.linting.polyhedron import SLACK, Filings, UndecidedError
from consolidator.form.linting.remarks import Kind, Remark
from consolidator.rules import names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form
    from consolidator.form.linting.linear import Condition
    from consolidator.form.linting.linted import Linted


def lint(form: Form) -> tuple[Remark, ...]:
    """Everything that is to be said about the form's rules, errors first."""
    linted, skipped = read_linted(form)
    filings = Filings(domains(form))
    found: list[Remark] = []
    for scope in (Scope.UNIT, Scope.TOTAL):
        judged = [each for each in linted if each.rules[0].scope in (scope, Scope.BOTH)]
        if scope is Scope.UNIT or any(each.rules[0].scope is scope for each in judged):
            found += [remark for remark in _Linter(form, judged, filings).remarks() if remark not in found]
    found += [Remark(Kind.NOT_LINTED, (rule_id,), part=part) for rule_id, part in skipped.items()]
    order = list(Kind)
    return tuple(sorted((*found, *_in_no_rule(form)), key=lambda remark: order.index(remark.kind)))


def _in_no_rule(form: Form) -> Iterator[Remark]:
    """One remark a row, with those of its numbers that no rule names."""
    named: set[str] = set()
    for rule in form.rules:
        named.update(names(rule.expression), names(rule.when) if rule.when else ())
    for text_rule in form.text_rules:
        named.update(names(text_rule.required_when) if text_rule.required_when else ())
    rows: dict[str, list[str]] = {}
    for code in form.numeric:
        rows.setdefault(form.indicators[code].row.code, []).append(code)
    for row, codes in rows.items():
        lacking = [code for code in codes if code not in named]
        if lacking:
            yield Remark(Kind.IN_NO_RULE, indicators=(row,) if lacking == codes else tuple(lacking))


class _Linter:
    """Looks at the rules that judge the same figures."""

    def __init__(self, form: Form, linted: Sequence[Linted], filings: Filings) -> None:
        self._form = form
        self._linted = linted
        self._filings = filings
        self._hard = [each for each in linted if each.tolerated]

    def remarks(self) -> Iterator[Remark]:
        idle = set()
        for each in self._linted:
            kind = self._idle(each)
            if kind:
                idle.add(each.id)
                yield Remark(kind, (each.id,))
        contradictions = tuple(self._contradictions())
        yield from contradictions
        if contradictions:
            return  # whatever follows from them means nothing
        yield from self._only_zero()
        useful = [each for each in self._linted if each.id not in idle]
        for each in useful:
            yield from self._unsatisfiable(each)
            yield from self._redundant(each, [other for other in useful if other is not each])

    def _impossible(self, conditions: Iterable[Condition]) -> bool:
        """Whether it is certain that no filing fulfils all the conditions."""
        try:
            return self._filings.fulfilling(conditions) is None
        except UndecidedError:
            return False

    def _idle(self, linted: Linted) -> Kind | None:
        """Whether a rule by itself can never apply, or never be violated. Parts of one shape are looked at once."""
        shapes = {shape(self._form, rule): number for number, rule in enumerate(linted.rules)}
        for number in shapes.values():
            if not self._impossible([linted.violated[number]]):
                return None
        whens = [rule.when for rule in linted.rules]
        never = all(when and self._impossible([condition(when, linted.rules[0].tolerance)]) for when in whens)
        return Kind.NEVER_APPLIES if never else Kind.NEVER_FIRES

    def _contradictions(self) -> Iterator[Remark]:
        """Smallest sets of mandatory rules that no filing passes together, none sharing a rule with another."""
        left = list(self._hard)
        while self._impossible(_all(left)):
            smallest = _smallest(left, lambda rules: self._impossible(_all(rules)))
            yield Remark(Kind.CONTRADICTION, tuple(each.id for each in smallest))
            left = [each for each in left if each not in smallest]

    def _only_zero(self) -> Iterator[Remark]:
        """Figures that rules together, none of which says so, leave only 0 for."""
        found: dict[tuple[str, ...], list[str]] = {}
        for code in self._always_zero():
            some = _positive([code])
            near = connected([some], self._hard)
            smallest = _smallest(near, lambda rules, some=some: self._impossible([some, *_all(rules)]))  # type: ignore[misc]
            if not any(says_zero(rule.expression) for each in smallest for rule in each.rules):
                found.setdefault(tuple(each.id for each in smallest), []).append(code)
        for rules, codes in found.items():
            yield Remark(Kind.ONLY_ZERO, rules, indicators=tuple(codes))

    def _always_zero(self) -> tuple[str, ...]:
        """The codes of the mandatory rules that are 0 in every filing that passes them."""
        conditions = _all(self._hard)
        concerned = frozenset(code for each in conditions for code in variables(each))
        left = [code for code in self._form.numeric if code in concerned and not self._form.indicators[code].row.signed]
        try:
            point: Mapping[str, float] | None = self._filings.lively(conditions, left)
            while point is not None:
                left = [code for code in left if point.get(code, 0) <= SLACK]
                point = self._filings.fulfilling([*conditions, _positive(left)]) if left else None
        except UndecidedError:
            return ()
        return tuple(left)

    def _unsatisfiable(self, linted: Linted) -> Iterator[Remark]:
        """A query that every filing raises that passes the mandatory rules."""
        if linted.rules[0].severity is Severity.HARD:
            return
        own = list(linted.satisfied)
        near = connected(own, judged_with(self._form, linted, (each for each in self._hard if each is not linted)))
        if self._impossible([*own, *_all(near)]):
            smallest = _smallest(near, lambda rules: self._impossible([*own, *_all(rules)]))
            yield Remark(Kind.UNSATISFIABLE, (linted.id,), tuple(each.id for each in smallest))

    def _redundant(self, linted: Linted, useful: Sequence[Linted]) -> Iterator[Remark]:
        """A rule all of whose violations violate others of at least its weight."""
        others = judged_with(self._form, linted, (each for each in useful if each.weight >= linted.weight))
        near = connected(linted.violated, others)
        if not near:
            return
        implied_by: dict[str, None] = {}
        for fault in linted.violated:
            if not self._impossible([fault, *(part for each in near for part in each.satisfied)]):
                return
        for fault in linted.violated:
            smallest = _smallest(near, partial(self._implied, fault))
            implied_by |= dict.fromkeys(each.id for each in smallest)
        yield Remark(Kind.REDUNDANT, (linted.id,), tuple(implied_by))

    def _implied(self, fault: Condition, rules: Sequence[Linted]) -> bool:
        return self._impossible([fault, *(part for each in rules for part in each.satisfied)])


def _all(rules: Iterable[Linted]) -> list[Condition]:
    return [part for each in rules for part in each.tolerated]


def _positive(codes: Collection[str]) -> Atom:
    """That at least one of some figures, none of them negative, is not 0."""
    return Atom(tuple((code, Fraction(-1)) for code in codes), Fraction(0), strict=True)


def _smallest(rules: Sequence[Linted], enough: Callable[[Sequence[Linted]], bool]) -> list[Linted]:
    """A smallest part of the rules that is still enough, by leaving out one after the other."""
    kept = list(rules)
    for each in rules:
        fewer = [other for other in kept if other is not each]
        if enough(fewer):
            kept = fewer
    return kept
