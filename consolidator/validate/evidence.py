"""What a finding on a rule shows: the cells of its operands, what stands there, both sides and the difference.

In: one unit's observations, a rule and its verdict. Out: a `Finding` without its owner.
Never: a sentence; the file's own words come from the form and the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.facets import Said, facet_value, offending
from consolidator.form.sentences import place_name, whereabouts
from consolidator.form.wording import bare, short
from consolidator.rules import REPORT_YEAR, Name, facets, names, sides, without_value
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from consolidator.form.answers import TextVerdict
    from consolidator.form.definition import Form, Rule, TextRule
    from consolidator.form.verdict import Verdict
    from consolidator.model import Observation
    from consolidator.rules import Values
    from consolidator.validate.beside import Other


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
    """Indicators by label and code, as `收到申请数（C1）`, joined by `、`; those of another form by their code alone."""
    known = form.indicators
    return "、".join(f"{short(known[code].label)}（{code}）" if code in known else code for code in codes)


@dataclass(frozen=True)
class Evidence:
    """One unit's observations by indicator code, all in the sheet `sheet` of `file`; and its `others`, by short name.

    `year` is the year of the report, 0 where it is not known.
    """

    form: Form
    observations: Mapping[str, Observation]
    sheet: str
    file: str = ""
    year: int = 0
    others: Mapping[str, Other] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> Mapping[str, Decimal | None]:
        """The usable numbers by indicator code."""
        return {code: observation.number for code, observation in self.observations.items()}

    @cached_property
    def values(self) -> Mapping[str, Decimal | None]:
        """All that rules ask for: the numbers, what functions of texts give, the other forms' figures, the year."""
        values: dict[str, Decimal | None] = dict(self.numbers)
        values |= {key: facet_value(facet, self.said) for key, facet in self.form.facets.items()}
        for code in self.form.elsewhere:
            seen = self._elsewhere(code)
            values[code] = seen.number if seen is not None else None
        return values | {REPORT_YEAR: Decimal(self.year) if self.year else None}

    def said(self, code: str) -> Said | None:
        """What stands in a text cell, of this form or another one."""
        seen = self.observations.get(code)
        form, theirs = self.form, code
        if seen is None:
            alias, _, theirs = code.partition(".")
            seen = self._elsewhere(code)
            form = self.others[alias].form if alias in self.others else form
        if seen is None or theirs not in form.indicators:
            return None
        value = seen.value if isinstance(seen.value, str) else None
        return Said(form.indicators[theirs].row.type, value, seen.raw, seen.how == "doubled")

    def _elsewhere(self, code: str) -> Observation | None:
        alias, _, theirs = code.partition(".")
        return self.others[alias].seen(theirs) if alias in self.others else None

    def blamed(self, rule: Rule) -> tuple[str, ...]:
        """The indicators that are not single or not distinct, as the rule asks; none for a rule that asks neither."""
        return tuple(dict.fromkeys(code for facet in facets(rule.expression) for code in offending(facet, self.said)))

    def places(self, rule: Rule) -> Mapping[str, str]:
        """What a sentence of the rule may name beyond numbers: texts, other forms' figures and where they stand."""
        by_place = {place_name(code): code for code in (*rule.indicators, *rule.elsewhere)} | dict(rule.places)
        shown: dict[str, str] = {REPORT_YEAR: str(self.year or "")}
        for place, code in by_place.items():
            said = self.said(code)
            if said is not None and not (code in self.numbers and self.form.indicators[code].numeric):
                shown[place] = " ".join(said.raw.split()) or Word("rule.nothing")
        for place, code in whereabouts(rule).items():
            alias, _, theirs = code.partition(".")
            shown[place] = self.others[alias].whereabouts(theirs, self.file) if alias in self.others else code
        return shown

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


def lacking_of(form: Form, lacking: Sequence[str]) -> str:
    """The indicators that a rule waits for, the first ones by name."""
    return named(form, lacking[:_LISTED]) + (f"…（{len(lacking)}）" if len(lacking) > _LISTED else "")


def lacking_in(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The codes that undecided findings wait for, each once."""
    return tuple(dict.fromkeys(code for each in findings for code in each.details["lacking"].split(";") if code))


def rule_finding(rule: Rule, verdict: Verdict, evidence: Evidence) -> Finding:
    """The finding on a rule that is violated or undecided for a unit, with the cells of its operands."""
    judged = verdict_finding(rule, verdict, evidence.form, evidence.values)
    pair = sides(rule.expression)
    alone = pair is not None and isinstance(pair.left, Name) and pair.left.code in evidence.observations
    blamed = evidence.blamed(rule) if verdict.outcome is Outcome.VIOLATED else ()
    codes = blamed or rule.indicators
    observed = evidence.raw(names(pair.left) if pair and alone else codes)
    details = {**judged.details, **evidence.places(rule)}
    if blamed:
        texts = (" ".join(text.split()) for text in observed.split(";"))
        details |= {"blamed": named(evidence.form, blamed), "found": "、".join(dict.fromkeys(texts))}
    return replace(
        judged,
        indicators=(*codes, *rule.elsewhere),
        sheet=evidence.sheet_of(codes),
        cells=evidence.cells(codes),
        observed=observed,
        details=details,
    )


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
            told = {**several[0].details, "blank": lacking_of(form, lacking_in(several))}
            cells, raw = unit.cells(codes), unit.raw(codes)
            kept.append((position, replace(several[0], indicators=codes, cells=cells, observed=raw, details=told)))
        else:
            kept.append((position, several[0]))
    return kept


def verdict_finding(rule: Rule, verdict: Verdict, form: Form, numbers: Values) -> Finding:
    """The finding on a rule that is violated or undecided, without any place: both sides and the difference."""
    if verdict.outcome is Outcome.UNDECIDED:
        lacking = [*without_value(rule.expression, numbers)]
        lacking += without_value(rule.when, numbers) if rule.when is not None else ()
        return _undecided(rule.id, (*rule.indicators, *rule.elsewhere), form, tuple(dict.fromkeys(lacking)))
    details = {place_name(code): _shown(numbers.get(code)) for code in rule.indicators}
    details |= {place_name(code): _shown(numbers.get(code)) for code in rule.elsewhere}
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
    operands = names(rule.required_when) if rule.required_when else ()
    if verdict.outcome is Outcome.UNDECIDED:
        codes = (*rule.indicators, *operands)
        known: Mapping[str, Decimal | str | None] = {**evidence.numbers, **evidence.texts}
        lacking = tuple(code for code in codes if known.get(code) is None)
        found = _undecided(rule.id, codes, evidence.form, lacking)
    else:
        codes = (verdict.indicator,) if verdict.case else (verdict.indicator, *operands)
        details = {place_name(code): _shown(evidence.numbers.get(code)) for code in operands}
        details |= {"found": evidence.raw((verdict.indicator,)), "code": verdict.indicator}
        found = Finding(rule.id, rule.severity, verdict.case, indicators=codes, details=details)
    return replace(found, sheet=evidence.sheet, cells=evidence.cells(codes), observed=evidence.raw(codes))


def _undecided(rule: str, codes: tuple[str, ...], form: Form, lacking: tuple[str, ...]) -> Finding:
    """A rule that waits for values: which ones, so that one blank is one thing to do."""
    details = {"blank": named(form, lacking), "lacking": ";".join(lacking)}
    return Finding(rule, Severity.INFO, "undecided", Outcome.UNDECIDED, indicators=codes, details=details)
