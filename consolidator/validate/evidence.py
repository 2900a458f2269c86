"""What a finding on a rule shows: the cells of its operands, what stands there, both sides and the difference.

In: one unit's observations, a rule and its verdict. Out: a `Finding` without its owner.
Never: a sentence; the file's own words come from the form and the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.sentences import OF_TWO_PERIODS, place_name
from consolidator.form.verdict import Figures
from consolidator.form.wording import bare, short
from consolidator.rules import Name, names, sides
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from consolidator.form.answers import TextVerdict
    from consolidator.form.definition import Form, Rule, TextRule
    from consolidator.form.verdict import Verdict
    from consolidator.model import Observation
    from consolidator.rules import Values


_LISTED = 12  # blank cells named in one sentence; the rest is counted


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no trailing zeros, no minus before 0."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _direction(difference: Decimal) -> str:
    """The key of the word for a difference; two sides that should differ may be the same."""
    if not difference:
        return "same"
    return "more" if difference > 0 else "less"


def _shown(value: Decimal | None) -> str:
    """A number in a sentence; a word where there is none (the rule is violated whatever it is)."""
    return Word("rule.no_value") if value is None else plain(value)


def named(form: Form, codes: Iterable[str]) -> str:
    """Indicators by label and code, as `收到申请数（C1）`, joined by `、`."""
    return "、".join(f"{short(form.indicators[code].label)}（{code}）" for code in codes)


@dataclass(frozen=True)
class Evidence:
    """One unit's observations by indicator code, all in the sheet `sheet`.

    `previous` are its numbers of the period before; None where no earlier figures were given at all.
    """

    form: Form
    observations: Mapping[str, Observation]
    sheet: str
    previous: Values | None = None

    @cached_property
    def figures(self) -> Figures:
        """What rules are judged by."""
        return Figures(self.numbers, self.previous)

    @cached_property
    def numbers(self) -> Mapping[str, Decimal | None]:
        """The usable numbers by indicator code."""
        return {code: observation.number for code, observation in self.observations.items()}

    @cached_property
    def texts(self) -> Mapping[str, str | None]:
        """What stands in the texts that rules ask for, by code: empty for a blank or a dash, None where it is unusable."""
        asked = (code for rule in self.form.text_rules for code in rule.indicators)
        return {code: _text(self.observations[code]) for code in asked if code in self.observations}

    def cells(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Addresses of the indicators that have one, in the given order."""
        return tuple(self.observations[code].address.a1 for code in codes if code in self.observations)

    def sheet_of(self, codes: Iterable[str]) -> str:
        """The sheet of the first of the indicators that has a cell: a form may stand on several sheets."""
        return next((self.observations[code].address.sheet for code in codes if code in self.observations), self.sheet)

    def raw(self, codes: Iterable[str]) -> str:
        """What stands in those cells, joined by `;`."""
        return ";".join(self.observations[code].raw for code in codes if code in self.observations)


def _text(observation: Observation) -> str | None:
    if isinstance(observation.value, str):
        return observation.value
    return None if bare(observation.raw) else ""


def rule_finding(rule: Rule, verdict: Verdict, evidence: Evidence) -> Finding:
    """The finding on a rule that is violated or undecided for a unit, with the cells of its operands."""
    judged = verdict_finding(rule, verdict, evidence.form, evidence.figures)
    pair = sides(rule.expression)
    alone = pair is not None and isinstance(pair.left, Name) and pair.left.code in evidence.observations
    observed = evidence.raw(names(pair.left) if pair and alone else rule.indicators)
    sheet = evidence.sheet_of(rule.indicators)
    return replace(judged, sheet=sheet, cells=evidence.cells(rule.indicators), observed=observed)


def gather_undecided(
    findings: Sequence[tuple[int, Finding]], form: Form, evidence: Sequence[Evidence]
) -> list[tuple[int, Finding]]:
    """The findings of one rule by position of the unit, with all its undecided parts told in one finding a unit."""
    waiting: dict[int, list[Finding]] = {}
    for position, finding in findings:
        if finding.outcome is Outcome.UNDECIDED:
            waiting.setdefault(position, []).append(finding)
    kept = [pair for pair in findings if pair[1].outcome is not Outcome.UNDECIDED]
    for position, several in waiting.items():
        if len(several) > 1:
            unit = evidence[position]
            told = merged(several, form, unit.figures)
            cells, raw = unit.cells(told.indicators), unit.raw(told.indicators)
            kept.append((position, replace(told, sheet=several[0].sheet, cells=cells, observed=raw)))
        else:
            kept.append((position, several[0]))
    return kept


def merged(several: Sequence[Finding], form: Form, figures: Figures) -> Finding:
    """One finding, without any place, for undecided parts of one rule."""
    rule = several[0].code
    needs = {each.indicators: each.earlier for each in form.rules if each.id == rule}
    codes = tuple(dict.fromkeys(code for finding in several for code in finding.indicators))
    earlier = tuple(dict.fromkeys(code for finding in several for code in needs.get(finding.indicators, ())))
    return _undecided(rule, codes, form, figures.present, (earlier, figures.previous or {}))


def verdict_finding(rule: Rule, verdict: Verdict, form: Form, figures: Figures) -> Finding:
    """The finding on a rule that is violated or undecided, without any place: both sides and the difference."""
    if verdict.outcome is Outcome.UNDECIDED:
        return _undecided(rule.id, rule.indicators, form, figures.present, (rule.earlier, figures.previous or {}))
    details = {place_name(code): _shown(figures.present.get(code)) for code in rule.indicators}
    details |= {place: _shown(figures.named(name)) for place, name in rule.places.items()} | dict(rule.named)
    change = _change(rule, figures)
    details |= change
    finding = Finding(rule.id, verdict.severity, indicators=rule.indicators, details=details)
    if change:  # the sides of such a rule are thresholds, not what the cell should hold
        return replace(finding, difference=change[OF_TWO_PERIODS[0]].removeprefix("+"))
    if verdict.left is None or verdict.right is None:
        return finding
    difference = verdict.left - verdict.right
    details["left"], details["right"] = plain(verdict.left), plain(verdict.right)
    details["difference"] = plain(abs(difference))
    details["direction"] = Word(f"direction.{_direction(difference)}")
    return replace(finding, expected=plain(verdict.right), difference=plain(difference))


def _change(rule: Rule, figures: Figures) -> Mapping[str, str]:
    """How a single indicator changed against the period before, where a sentence of the rule may say so."""
    value, before = (
        figures.named(rule.places[place]) if place in rule.places else None for place in ("value", "previous")
    )
    if value is None or before is None:
        return {}
    change = value - before
    percent = Word("rule.no_base") if before == 0 else f"{change / abs(before):+.0%}"
    return dict(zip(OF_TWO_PERIODS, (f"{'+' * (change > 0)}{plain(change)}", percent), strict=True))


def text_finding(rule: TextRule, verdict: TextVerdict, evidence: Evidence) -> Finding:
    """The finding on a text rule that is violated (at the first text that offends) or undecided.

    Where a text is lacking, the numbers that make it required belong to the finding.
    """
    operands = names(rule.required_when) if rule.required_when else ()
    if verdict.outcome is Outcome.UNDECIDED:
        codes = (*rule.indicators, *operands)
        found = _undecided(rule.id, codes, evidence.form, {**evidence.numbers, **evidence.texts})
    else:
        codes = (verdict.indicator,) if verdict.case else (verdict.indicator, *operands)
        details = {place_name(code): _shown(evidence.numbers.get(code)) for code in operands}
        details |= {"found": evidence.raw((verdict.indicator,)), "code": verdict.indicator}
        found = Finding(rule.id, rule.severity, verdict.case, indicators=codes, details=details)
    return replace(found, sheet=evidence.sheet, cells=evidence.cells(codes), observed=evidence.raw(codes))


def _undecided(
    rule: str,
    codes: tuple[str, ...],
    form: Form,
    known: Mapping[str, Decimal | str | None],
    earlier: tuple[tuple[str, ...], Values] = ((), {}),
) -> Finding:
    """A rule that waits for values: which ones, so that one blank is one thing to do.

    `earlier` holds the codes of which it needs the value of the period before, and those values.
    """
    needed, before = earlier
    lacking = [code for code in codes if known.get(code) is None]
    gone = [code for code in needed if before.get(code) is None]
    kind = "_new" if gone and not before else "_both" if gone and lacking else "_previous" if gone else ""
    details = {"blank": _listed(form, lacking), "earlier": _listed(form, gone)}
    return Finding(rule, Severity.INFO, f"undecided{kind}", Outcome.UNDECIDED, indicators=codes, details=details)


def _listed(form: Form, codes: Sequence[str]) -> str:
    """The first of the indicators by name; the rest is counted."""
    return named(form, codes[:_LISTED]) + (f"…（{len(codes)}）" if len(codes) > _LISTED else "")
