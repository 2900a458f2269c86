"""What a rule of a form is, once loaded: a relation between numbers, or a demand on texts (审核关系)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.form.choices import Scope
from consolidator.rules import facets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.findings import Outcome, Severity
    from consolidator.rules import Expression, Facet


_EARLIER = re.compile(r"previous\((.*)\)")


def earlier_code(name: str) -> str | None:
    """The code of which `previous(code)` names the value in the period before; None for any other name."""
    matched = _EARLIER.fullmatch(name)
    return matched[1] if matched else None


class Reach(Struct, frozen=True):
    """What a run can judge by besides a form itself.

    `without` are the short names of the other forms that are not in it; `earlier` the codes that can be compared with the
    period before (None: there are no earlier figures).
    """

    without: frozenset[str] = frozenset()
    earlier: frozenset[str] | None = None


ALONE = Reach()
"""Every other form at hand, no earlier figures."""


class Rule(Struct, frozen=True):
    """A consistency rule (审核关系).

    `expression` must hold. `when` limits it to units where that condition holds (else it is satisfied). `escalate`, where
    given, is a condition under which a violation weighs HARD instead of `severity`. `tolerance` is the largest
    difference that still counts as equal, in the indicators' unit of measure. `formula` is the expression as text.
    `sentence` tells the clerk what is wrong, by language; it may use {left}, {right}, {difference}, {direction} (the
    word for more or less; these four only where the expression is one comparison of two sides) and the values of
    indicators such as {C1} (a dot in a code becomes `_`). `title` states the relation and stands in its place where the
    rule is undecided. `passing` and `failing` are examples: values by indicator code; the indicators not named are
    taken as 0, or as empty texts. `derived` tells that the relation comes from the tree, whether or not a rule of the file names it.
    A rule that is written once for many columns, rows, cells, indicators or groups is there once for each: `part` is the
    column's key, the row's, cell's or indicator's code, or the group's number, `places` are what a sentence may name in
    place of full codes, `named` the words for {column}, {row}, {cell}, {indicator} or {group}. `elsewhere` are the codes
    of other forms (`other.A24`). `indicators` are the present values it needs, `earlier` the codes whose values of the
    period before it needs. A place of a value of the period before stands for `previous(code)`.
    """

    id: str
    title: Mapping[str, str]
    severity: Severity
    formula: str
    expression: Expression
    sentence: Mapping[str, str]
    basis: str
    indicators: tuple[str, ...]
    passing: Mapping[str, Decimal | str | None]
    failing: Mapping[str, Decimal | str | None]
    when: Expression | None = None
    escalate: Expression | None = None
    tolerance: Decimal = Decimal(0)
    scope: Scope = Scope.BOTH
    remedy: Mapping[str, str] = field(default_factory=dict)
    derived: bool = False
    part: str = ""
    earlier: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()

    @property
    def other_forms(self) -> frozenset[str]:
        """The short names of the other forms without which the rule cannot be judged."""
        return frozenset(code.partition(".")[0] for code in self.elsewhere)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The functions of texts that the rule asks for."""
        formulas = (each for each in (self.expression, self.when, self.escalate) if each is not None)
        return tuple(facet for formula in formulas for facet in facets(formula))

    @property
    def key(self) -> str:
        """What tells this rule from every other one: its id, with the part where it is written once for many."""
        return f"{self.id}@{self.part}" if self.part else self.id

    def comparable(self, codes: frozenset[str] | None) -> bool:
        """Whether the rule can be judged where `codes` can be compared with the period before; None: nothing can."""
        return not self.earlier or (codes is not None and codes.issuperset(self.earlier))

    def judgeable(self, reach: Reach) -> bool:
        """Whether the rule can be judged in a run that reaches so far."""
        return self.other_forms.isdisjoint(reach.without) and self.comparable(reach.earlier)

    def words(self, outcome: Outcome, case: str) -> Mapping[str, str]:  # noqa: ARG002 (as TextRule.words)
        """What the rule says of a finding, by language: its title where it is undecided, else its sentence."""
        return self.title if outcome == "undecided" else self.sentence


FORBIDDEN = "forbidden"
"""The case of a finding on a text that is never an answer."""


ABSENT = "absent"
"""The case of a rule on texts that stand nowhere in a file, and need not: undecided, and told by nobody."""


class Mention(Struct, frozen=True):
    """Wordings by which a text states a number (`says`, with `{n}`) or that there is none, and what it must be.

    `formula` is the expression as text, `name` what it is called in a sentence.
    """

    says: tuple[str, ...]
    none: tuple[str, ...]
    formula: str
    expression: Expression
    name: str


class TextRule(Struct, frozen=True):
    """A rule on text indicators (F05): required when the condition holds; `forbidden` texts are never an answer.

    `indicators` are looked at together: one finding for the group, at the first cell that offends. A text left exactly as
    printed in the form's own label (blanks not filled in) counts as empty, and so do dashes and the words of `nothing`
    (无): allowed, but no answer where one is required. `sentence` is for a text that is lacking, `forbidden_sentence`
    for a forbidden one; both may use {found}, {code} (the indicator that offends) and the values of indicators such as
    {C1}.

    Further demands: `least_length` characters, whatever the condition; one of the words of `must_mention` in one of the
    texts when the condition holds; every number that one of `mentions` finds equal to the one it names; the year of the
    report where years are named (`states_year`); a day that is not after `latest` (`01-31`: of the year after the
    report's, or a full date). Sentences of these may also use {label}, {expected}, {stated}, {name}, {length}.
    """

    id: str
    title: Mapping[str, str]
    severity: Severity
    indicators: tuple[str, ...]
    sentence: Mapping[str, str]
    basis: str
    forbidden: tuple[str, ...] = ()
    required_when: Expression | None = None
    nothing: tuple[str, ...] = ()
    least_length: int = 0
    must_mention: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    states_year: bool = False
    latest: str = ""
    forbidden_sentence: Mapping[str, str] = field(default_factory=dict)
    required_formula: str = ""
    passing: Mapping[str, Decimal | str | None] = field(default_factory=dict)
    failing: Mapping[str, Decimal | str | None] = field(default_factory=dict)
    remedy: Mapping[str, str] = field(default_factory=dict)

    def words(self, outcome: Outcome, case: str) -> Mapping[str, str]:
        """What the rule says of a finding, by language: its title where it is undecided, else the case's sentence."""
        if outcome == "undecided":
            return self.title
        return self.forbidden_sentence if case == FORBIDDEN else self.sentence
