"""Reviews all units at once: one lazy pandera run proposes, decimals decide.

In: a form and the units' rows. Out: findings (violated, undecided) and a tally a rule, three outcomes each.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from consolidator.findings import Outcome
from consolidator.form.definition import ABSENT, Rule
from consolidator.form.judging.answers import TextVerdict
from consolidator.form.judging.prose import judge_all
from consolidator.form.judging.verdict import judge
from consolidator.form.relations import Reach
from consolidator.model import RuleTally
from consolidator.validate.beside import others_of
from consolidator.validate.evidence import Evidence
from consolidator.validate.repeats import repeated
from consolidator.validate.telling import gather_undecided, rule_finding, text_finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.findings import Finding
    from consolidator.form.definition import Form, TextRule
    from consolidator.model import Period, Previous, UnitRow
    from consolidator.validate.beside import Beside


class Review(Struct, frozen=True):
    """What the rules say of the units. `findings` come unit by unit, in the order of the rows, rules in form order.

    `tallies` have every rule that was judged, in form order; the county's total row is not counted in them.
    """

    findings: tuple[Finding, ...]
    tallies: tuple[RuleTally, ...]


def review(
    form: Form,
    rows: Sequence[UnitRow],
    period: Period | None,
    beside: Mapping[str, Beside] = MappingProxyType({}),
    previous: Previous | None = None,
) -> Review:
    """Judge every row that has values by every rule on single units. Rows without values (nothing read) are passed over.

    A rule with an operand that has no usable value is undecided, unless its result is certain all the same. `beside` are
    the other forms of the run, by the short names that `form` has for them; a rule that needs one that is not there is
    not judged. Rules that need figures of the period before are not judged where `previous` has none to compare, and
    have no tally then. Without a `period` the year of the report is not known, and rules on it are undecided.
    """
    judged = [row for row in rows if row.values]
    evidence = [_evidence(form, row, period, beside, previous) for row in judged]
    reach = Reach(frozenset(form.other_forms) - frozenset(beside), None if previous is None else previous.codes)
    by_rule: dict[str, list[tuple[int, Finding]]] = {}
    for code, findings in (*_numbers(form, evidence, reach), *_texts(form, evidence, period.year if period else None)):
        by_rule.setdefault(code, []).extend(findings)
    told = ([pair for pair in findings if pair[1].case != ABSENT] for findings in by_rule.values())
    found = [pair for findings in told for pair in gather_undecided(findings, form, evidence)]
    if previous is not None:
        found += repeated(evidence, previous)
    found.sort(key=lambda pair: pair[0])
    outcomes = {code: _by_unit(findings) for code, findings in by_rule.items()}
    return Review(
        tuple(_owned(finding, form, judged[position], period) for position, finding in found),
        tuple(
            _tally(rule.id, outcomes, len(judged), _lacked(rule, form, reach.without))
            for rule in _comparable(form, reach.earlier)
        ),
    )


def _lacked(rule: Rule | TextRule, form: Form, without: frozenset[str]) -> tuple[str, ...]:
    """The ids of the other forms for want of which a rule was not judged."""
    needed = rule.other_forms if isinstance(rule, Rule) else frozenset()
    return tuple(form.other_forms[name] for name in sorted(needed & without))


def _by_unit(findings: Iterable[tuple[int, Finding]]) -> Counter[Outcome]:
    """How many units have each outcome; one violated part of a rule outweighs undecided ones."""
    worst: dict[int, Outcome] = {}
    for position, finding in findings:
        if worst.get(position) is not Outcome.VIOLATED:
            worst[position] = finding.outcome
    return Counter(worst.values())


def _comparable(form: Form, codes: frozenset[str] | None) -> Iterable[Rule | TextRule]:
    """The rules of which at least one part has the earlier figures that it needs, in form order."""
    able = {rule.id for rule in form.rules if rule.comparable(codes)}
    return (rule for rule in form.all_rules if rule.id in able or not isinstance(rule, Rule))


def _evidence(
    form: Form, row: UnitRow, period: Period | None, beside: Mapping[str, Beside], previous: Previous | None
) -> Evidence:
    earlier = None if previous is None else previous.of(row.unit.key)
    year = period.year if period else 0
    return Evidence(form, row.values, row.sheet, row.file, year, others_of(row.unit, beside), earlier)


def _numbers(form: Form, evidence: Sequence[Evidence], reach: Reach) -> Iterable[tuple[str, list[tuple[int, Finding]]]]:
    """By rule, the findings of units by their position."""
    suspects = _suspects(form, evidence, reach)
    for rule in form.rules:
        if rule.key not in suspects:
            continue
        verdicts = ((position, judge(rule, *evidence[position].figures)) for position in suspects[rule.key])
        yield (
            rule.id,
            [
                (position, rule_finding(rule, verdict, evidence[position]))
                for position, verdict in verdicts
                if verdict.outcome is not Outcome.SATISFIED
            ],
        )


def _suspects(form: Form, evidence: Sequence[Evidence], reach: Reach) -> Mapping[str, Sequence[int]]:
    """By rule that is judged, the positions of the units for which it is not certainly satisfied, in order."""
    from consolidator.validate.sweep import sweep  # noqa: PLC0415 (imports pandas and pandera)

    return sweep(form, evidence, reach)


def _texts(
    form: Form, evidence: Sequence[Evidence], year: int | None
) -> Iterable[tuple[str, list[tuple[int, Finding]]]]:
    labels = {code: indicator.label for code, indicator in form.indicators.items()}
    for rule in form.text_rules:
        verdicts = [_of_texts(rule, labels, unit, year) for unit in evidence]
        yield (
            rule.id,
            [
                (position, text_finding(rule, verdict, evidence[position]))
                for position, several in enumerate(verdicts)
                for verdict in several
                if verdict.outcome is not Outcome.SATISFIED
            ],
        )


def _of_texts(rule: TextRule, labels: Mapping[str, str], unit: Evidence, year: int | None) -> tuple[TextVerdict, ...]:
    """The verdicts on one unit; texts of which a file holds none, and need not, cannot be judged."""
    if not any(code in unit.texts for code in rule.indicators) and unit.form.loose.issuperset(rule.indicators):
        return (TextVerdict(Outcome.UNDECIDED, case=ABSENT),)
    return judge_all(rule, labels, unit.texts, unit.numbers, year)


def _owned(finding: Finding, form: Form, row: UnitRow, period: Period | None) -> Finding:
    return finding.owned(
        file=row.file, unit_code=row.unit.code, unit_name=row.unit.name, form=form.id, period=str(period or "")
    )


def _tally(rule: str, outcomes: Mapping[str, Counter[Outcome]], units: int, lacked: tuple[str, ...]) -> RuleTally:
    """The outcomes of one rule; one on the county total only, or that lacks another form, has judged no unit."""
    counts = outcomes.get(rule)
    if counts is None:
        return RuleTally(rule, 0, 0, 0, lacked)
    violated, undecided = counts[Outcome.VIOLATED], counts[Outcome.UNDECIDED]
    return RuleTally(rule, units - violated - undecided, violated, undecided)
