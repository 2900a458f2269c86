"""Reviews the county's own figures: the total row as if it were one more filing.

In: a form, the county totals by indicator code. Out: findings without file or cell.
A total that does not have every included unit in it proves nothing: its rules are undecided.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import Scope
from consolidator.form.judging.verdict import Figures, judge
from consolidator.rules import Name, sides
from consolidator.terms import catalogue
from consolidator.validate.telling import merged, plain, verdict_finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal

    from consolidator.form.definition import Form, Rule
    from consolidator.model import Comparison, Period, Total
    from consolidator.rules import Values


def review_total(
    form: Form,
    totals: Mapping[str, Total],
    county: str,
    period: Period,
    required_contributors: int = 0,
    *,
    comparison: Comparison | None = None,
) -> tuple[Finding, ...]:
    """The findings on the county total row, rules in form order.

    A total that lacks an included unit, or has fewer than `required_contributors`, is no usable value, and the earlier
    totals are none where other units are in them. Without any included unit there is no total row, and nothing is found.
    Rules that need totals of the period before which the `comparison` lacks are not judged. `county` is the county's name, or empty.
    """
    name = catalogue("zh").word("rule", "county")
    owner = {"file": "", "unit_code": "", "unit_name": name, "form": form.id, "period": str(period)}
    below = tuple(found.owned(**owner) for found in _below_zero(form, totals, county))
    if not any(total.contributors or total.lacking for total in totals.values()):
        return below
    present = {code: _complete(total, required_contributors) for code, total in totals.items()}
    figures = Figures(present, None if comparison is None else comparison.numbers)
    codes = None if comparison is None else frozenset(comparison.totals)
    judged = (rule for rule in form.rules if rule.scope is not Scope.UNIT and rule.comparable(codes))
    found = [finding for rule in judged if (finding := _finding(rule, form, figures)) is not None]
    together = (
        replace(
            finding.owned(**owner),
            case=f"total_{finding.case}" if finding.case else "total",
            details={**finding.details, "county": county},
        )
        for finding in _together(found, form)
    )
    return (*together, *below)


def _below_zero(form: Form, totals: Mapping[str, Total], county: str) -> list[Finding]:
    """A county total that the county's own adjustments make negative, where the form has no negative figures."""
    return [
        Finding(
            "K03",
            Severity.HARD,
            indicators=(code,),
            observed=plain(total.value),
            details={
                "label": form.indicators[code].label,
                "indicator": code,
                "total": plain(total.value),
                "adjusted": plain(total.adjusted),
                "county": county,
            },
        )
        for code, total in totals.items()
        if total.adjustments and total.value is not None and total.value < 0 and not form.indicators[code].row.signed
    ]


def _together(findings: Sequence[Finding], form: Form) -> Iterator[Finding]:
    """The findings with the undecided parts of one rule told in one."""
    parts: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.outcome is Outcome.UNDECIDED:
            parts[finding.code].append(finding)
    for finding in findings:
        several = parts.get(finding.code, [])
        if finding.outcome is not Outcome.UNDECIDED or len(several) == 1:
            yield finding
        elif finding is several[0]:
            yield merged(several, form)


def _complete(total: Total, required: int) -> Decimal | None:
    return None if total.lacking or total.contributors < required else total.value


def _finding(rule: Rule, form: Form, figures: Figures) -> Finding | None:
    verdict = judge(rule, *figures)
    if verdict.outcome is Outcome.SATISFIED:
        return None
    return replace(verdict_finding(rule, verdict, form, figures), observed=_observed(rule, figures.present))


def _observed(rule: Rule, numbers: Values) -> str:
    """The left side's total where it is one indicator, else every operand's, joined by `;`."""
    pair = sides(rule.expression)
    codes = (pair.left.code,) if pair and isinstance(pair.left, Name) else rule.indicators
    return ";".join("" if (value := numbers.get(code)) is None else plain(value) for code in codes)
