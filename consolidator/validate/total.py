"""Reviews the county's own figures: the total row as if it were one more filing.

In: a form, the county totals by indicator code. Out: findings without file or cell.
A total that does not have every included unit in it proves nothing: its rules are undecided.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from consolidator.findings import Finding, Outcome, Severity
from consolidator.form.definition import Scope
from consolidator.form.verdict import judge
from consolidator.rules import Name, sides
from consolidator.terms import catalogue
from consolidator.validate.evidence import lacking_in, lacking_of, plain, verdict_finding

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from consolidator.form.definition import Form, Rule
    from consolidator.model import Period, Total
    from consolidator.rules import Values

_CASES = {Outcome.VIOLATED: "total", Outcome.UNDECIDED: "total_undecided"}


def review_total(
    form: Form, totals: Mapping[str, Total], county: str, period: Period, required_contributors: int = 0
) -> tuple[Finding, ...]:
    """The findings on the county total row, rules in form order.

    A total that lacks an included unit, or has fewer than `required_contributors`, is no usable value. Without any
    included unit there is no total row, and nothing is found. `county` is the county's name, or empty.
    """
    name = catalogue("zh").word("rule", "county")
    owner = {"file": "", "unit_code": "", "unit_name": name, "form": form.id, "period": str(period)}
    below = tuple(found.owned(**owner) for found in _below_zero(form, totals, county))
    if not any(total.contributors or total.lacking for total in totals.values()):
        return below
    numbers = {code: _complete(total, required_contributors) for code, total in totals.items()}
    found = (_finding(rule, form, numbers, county) for rule in form.rules if rule.scope is not Scope.UNIT)
    together = _together([finding for finding in found if finding is not None], form)
    return (*(finding.owned(**owner) for finding in together), *below)


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


def _together(findings: list[Finding], form: Form) -> list[Finding]:
    """The findings with the undecided parts of one rule told in one."""
    kept: list[Finding] = []
    places: dict[str, int] = {}
    for finding in findings:
        if finding.outcome is not Outcome.UNDECIDED or finding.code not in places:
            if finding.outcome is Outcome.UNDECIDED:
                places[finding.code] = len(kept)
            kept.append(finding)
            continue
        first = kept[places[finding.code]]
        codes = tuple(dict.fromkeys((*first.indicators, *finding.indicators)))
        details = {**first.details, "blank": lacking_of(form, lacking_in((first, finding)))}
        details["lacking"] = ";".join(lacking_in((first, finding)))
        kept[places[finding.code]] = replace(first, indicators=codes, details=details, observed="")
    return kept


def _complete(total: Total, required: int) -> Decimal | None:
    return None if total.lacking or total.contributors < required else total.value


def _finding(rule: Rule, form: Form, numbers: Values, county: str) -> Finding | None:
    verdict = judge(rule, numbers)
    if verdict.outcome is Outcome.SATISFIED:
        return None
    found = verdict_finding(rule, verdict, form, numbers)
    return replace(
        found,
        case=_CASES[verdict.outcome],
        observed=_observed(rule, numbers),
        details={**found.details, "county": county},
    )


def _observed(rule: Rule, numbers: Values) -> str:
    """The left side's total where it is one indicator, else every operand's, joined by `;`."""
    pair = sides(rule.expression)
    codes = (pair.left.code,) if pair and isinstance(pair.left, Name) else rule.indicators
    return ";".join("" if (value := numbers.get(code)) is None else plain(value) for code in codes)
