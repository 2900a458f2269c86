"""What a finding on a rule shows: the cells of its operands, what stands there, both sides and the difference.

In: one unit's evidence, a rule and its verdict. Out: a `Finding` without its owner.
Never: a sentence; the file's own words come from the form and the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import ABSENT
from consolidator.form.loading.sentences import OF_TWO_PERIODS, place_name
from consolidator.form.texts.wording import short
from consolidator.rules import Name, names, sides, without_value
from consolidator.terms import Word

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from consolidator.form.definition import Form, Rule, TextRule
    from consolidator.form.judging.answers import TextVerdict
    from consolidator.form.judging.verdict import Figures, Verdict
    from consolidator.validate.evidence import Evidence

_QUOTED = 40  # characters of a text that a finding quotes
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
    known = form.names
    return "、".join(f"{known[code]}（{code}）" if code in known else code for code in codes)


def rule_finding(rule: Rule, verdict: Verdict, evidence: Evidence) -> Finding:
    """The finding on a rule that is violated or undecided for a unit, with the cells of its operands."""
    judged = verdict_finding(rule, verdict, evidence.form, evidence.figures)
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
        if len(several) > 1:
            unit = evidence[position]
            told = merged(several, form)
            cells, raw = unit.cells(told.indicators), unit.raw(told.indicators)
            kept.append((position, replace(told, cells=cells, observed=raw)))
        else:
            kept.append((position, several[0]))
    return kept


def merged(several: Sequence[Finding], form: Form) -> Finding:
    """The first of several undecided parts of one rule, telling for all of them what they wait for."""
    first = several[0]
    codes = tuple(dict.fromkeys(code for finding in several for code in finding.indicators))
    lacking, gone = _waited_for(several, "lacking"), _waited_for(several, "gone")
    new = any(finding.case.endswith("_new") for finding in several)
    told = _undecided(first.code, codes, form, lacking, gone, new=new)
    return replace(told, sheet=first.sheet, details={**first.details, **told.details})


def _waited_for(findings: Iterable[Finding], what: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for each in findings for code in each.details[what].split(";") if code))


def verdict_finding(rule: Rule, verdict: Verdict, form: Form, figures: Figures) -> Finding:
    """The finding on a rule that is violated or undecided, without any place: both sides and the difference."""
    if verdict.outcome is Outcome.UNDECIDED:
        lacking = [*without_value(rule.expression, figures.present)]
        lacking += without_value(rule.when, figures.present) if rule.when is not None else ()
        before = figures.previous or {}
        gone = [code for code in rule.earlier if before.get(code) is None]
        codes = (*rule.indicators, *rule.elsewhere)
        return _undecided(rule.id, codes, form, tuple(dict.fromkeys(lacking)), tuple(gone), new=not before)
    details = {place_name(code): _shown(figures.present.get(code)) for code in (*rule.indicators, *rule.elsewhere)}
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
    operands = (*(names(rule.required_when) if rule.required_when else ()), *verdict.operands)
    if verdict.case == ABSENT:
        return Finding(rule.id, Severity.INFO, ABSENT, Outcome.UNDECIDED)
    if verdict.outcome is Outcome.UNDECIDED:
        codes = (*rule.indicators, *operands)
        unclear = {verdict.indicator: None} if verdict.indicator and not verdict.operands else {}
        known: Mapping[str, Decimal | str | None] = {**evidence.numbers, **evidence.texts, **unclear}
        found = _undecided(rule.id, codes, evidence.form, tuple(code for code in codes if known.get(code) is None))
    else:
        codes = (verdict.indicator,) if verdict.case else (verdict.indicator, *operands)
        found = _offence(rule, verdict, codes, evidence)
    stated = plain(verdict.stated) if verdict.stated is not None else ""
    observed = stated or ";".join(excerpt(evidence.raw((code,))) for code in codes)
    sheet = evidence.sheet_of(codes)
    return replace(found, sheet=sheet, cells=evidence.cells(codes, sheet), observed=observed)


def _offence(rule: TextRule, verdict: TextVerdict, codes: tuple[str, ...], evidence: Evidence) -> Finding:
    """The finding on a text that offends, with what was found and, where numbers were compared, their difference."""
    details = {place_name(code): _shown(evidence.numbers.get(code)) for code in codes[1:]}
    found = verdict.found or excerpt(evidence.raw((verdict.indicator,))) or Word("rule.nothing")
    details |= {"found": found, "code": verdict.indicator}
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
    return line if len(line) <= _QUOTED else f"{line[:_QUOTED]}…"


def _undecided(
    rule: str,
    codes: tuple[str, ...],
    form: Form,
    lacking: tuple[str, ...],
    gone: tuple[str, ...] = (),
    *,
    new: bool = False,
) -> Finding:
    """A rule that waits for values: which ones, so that one blank is one thing to do.

    `lacking` are the present values it waits for, `gone` those of the period before; a `new` unit has none of these.
    """
    kind = "_new" if gone and new else "_both" if gone and lacking else "_previous" if gone else ""
    details = {
        "blank": _listed(form, lacking),
        "earlier": _listed(form, gone),
        "lacking": ";".join(lacking),
        "gone": ";".join(gone),
    }
    return Finding(rule, Severity.INFO, f"undecided{kind}", Outcome.UNDECIDED, indicators=codes, details=details)


def _listed(form: Form, codes: Sequence[str]) -> str:
    """The first of the indicators by name; the rest is counted."""
    return named(form, codes[:_LISTED]) + (f"…（{len(codes)}）" if len(codes) > _LISTED else "")
