"""What a finding on a rule shows: the cells of its operands, what stands there, both sides and the difference.

In: one unit's observations, a rule and its verdict. Out: a `Finding` without its owner.
Never: a sentence; the file's own words come from the form and the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import ABSENT
from consolidator.form.sentences import place_name
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


_SHOWN = 40  # characters of a text that a finding quotes
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
    """One unit's observations by indicator code, all in the sheet `sheet`."""

    form: Form
    observations: Mapping[str, Observation]
    sheet: str

    @cached_property
    def numbers(self) -> Mapping[str, Decimal | None]:
        """The usable numbers by indicator code."""
        return {code: observation.number for code, observation in self.observations.items()}

    @cached_property
    def texts(self) -> Mapping[str, str | None]:
        """What stands in the texts that rules ask for, by code: empty for a blank or a dash, None where it is unusable."""
        asked = (code for rule in self.form.text_rules for code in rule.indicators)
        return {code: _text(self.observations[code]) for code in asked if code in self.observations}

    def cells(self, codes: Iterable[str], sheet: str = "") -> tuple[str, ...]:
        """Addresses of the indicators that have one, in the given order; on one sheet only where it is named."""
        seen = (self.observations[code].address for code in codes if code in self.observations)
        return tuple(address.a1 for address in seen if sheet in ("", address.sheet))

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


def lacking_of(form: Form, codes: Iterable[str], numbers: Values) -> str:
    """Those of the indicators that have no usable number, the first ones by name."""
    lacking = [code for code in codes if numbers.get(code) is None]
    return named(form, lacking[:_LISTED]) + (f"…（{len(lacking)}）" if len(lacking) > _LISTED else "")


def rule_finding(rule: Rule, verdict: Verdict, evidence: Evidence) -> Finding:
    """The finding on a rule that is violated or undecided for a unit, with the cells of its operands."""
    judged = verdict_finding(rule, verdict, evidence.form, evidence.numbers)
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
        codes = tuple(dict.fromkeys(code for finding in several for code in finding.indicators))
        if len(several) > 1:
            unit = evidence[position]
            told = {"blank": lacking_of(form, codes, unit.numbers)}
            cells, raw = unit.cells(codes), unit.raw(codes)
            kept.append((position, replace(several[0], indicators=codes, cells=cells, observed=raw, details=told)))
        else:
            kept.append((position, several[0]))
    return kept


def verdict_finding(rule: Rule, verdict: Verdict, form: Form, numbers: Values) -> Finding:
    """The finding on a rule that is violated or undecided, without any place: both sides and the difference."""
    if verdict.outcome is Outcome.UNDECIDED:
        return _undecided(rule.id, rule.indicators, form, numbers)
    details = {place_name(code): _shown(numbers.get(code)) for code in rule.indicators}
    details |= {place: _shown(numbers.get(code)) for place, code in rule.places.items()} | dict(rule.named)
    finding = Finding(rule.id, verdict.severity, indicators=rule.indicators, details=details)
    if verdict.left is None or verdict.right is None:
        return finding
    difference = verdict.left - verdict.right
    details["left"], details["right"] = plain(verdict.left), plain(verdict.right)
    details["difference"] = plain(abs(difference))
    details["direction"] = Word(f"direction.{_direction(difference)}")
    return replace(finding, expected=plain(verdict.right), difference=plain(difference))


def text_finding(rule: TextRule, verdict: TextVerdict, evidence: Evidence) -> Finding:
    """The finding on a text rule that is violated (at the first text that offends) or undecided.

    Where a text is lacking, the numbers that make it required belong to the finding.
    """
    operands = (*(names(rule.required_when) if rule.required_when else ()), *verdict.operands)
    if verdict.case == ABSENT:
        return Finding(rule.id, Severity.INFO, ABSENT, Outcome.UNDECIDED)
    if verdict.outcome is Outcome.UNDECIDED:
        codes = (*rule.indicators, *operands)
        unclear = {verdict.indicator: None} if verdict.indicator and not verdict.operands else {}
        found = _undecided(rule.id, codes, evidence.form, {**evidence.numbers, **evidence.texts, **unclear})
    else:
        codes = (verdict.indicator,) if verdict.case else (verdict.indicator, *operands)
        found = _violated(rule, verdict, codes, evidence)
    stated = plain(verdict.stated) if verdict.stated is not None else ""
    observed = stated or ";".join(excerpt(evidence.raw((code,))) for code in codes)
    sheet = evidence.sheet_of(codes)
    return replace(found, sheet=sheet, cells=evidence.cells(codes, sheet), observed=observed)


def _violated(rule: TextRule, verdict: TextVerdict, codes: tuple[str, ...], evidence: Evidence) -> Finding:
    """The finding on a text that offends, with what was found and, where numbers were compared, their difference."""
    details = {place_name(code): _shown(evidence.numbers.get(code)) for code in codes[1:]}
    details |= {"found": verdict.found or excerpt(evidence.raw((verdict.indicator,))), "code": verdict.indicator}
    details["label"] = short(evidence.form.indicators[verdict.indicator].row.label)
    details |= verdict.details
    finding = Finding(rule.id, rule.severity, verdict.case, indicators=codes, details=details)
    if verdict.stated is None or verdict.expected is None:
        return replace(finding, expected=verdict.details.get("expected", "") if "stated" in verdict.details else "")
    difference = verdict.stated - verdict.expected
    details["stated"], details["expected"] = plain(verdict.stated), plain(verdict.expected)
    details["difference"] = plain(abs(difference))
    details["direction"] = Word(f"direction.{_direction(difference)}")
    return replace(finding, expected=plain(verdict.expected), difference=plain(difference))


def excerpt(text: str) -> str:
    """A text as a sentence quotes it: in one line, its beginning only where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _undecided(rule: str, codes: tuple[str, ...], form: Form, known: Mapping[str, Decimal | str | None]) -> Finding:
    """A rule that waits for values: which ones, so that one blank is one thing to do."""
    lacking = [code for code in codes if known.get(code) is None]
    details = {"blank": named(form, lacking)}
    return Finding(rule, Severity.INFO, "undecided", Outcome.UNDECIDED, indicators=codes, details=details)
