"""One rule on texts (F05): whether something that was asked for is answered.

In: a `TextRule`, the printed labels, the texts and the numbers of one unit. Out: a `TextVerdict`.
Source of the rule: 有申请时必填；无申请填“无”或留空，不得填 0 (inference from real filings; see the definition's basis).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from consolidator.findings import Outcome
from consolidator.form.definition import FORBIDDEN
from consolidator.form.texts.wording import bare
from consolidator.rules import evaluate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from consolidator.form.definition import TextRule
    from consolidator.rules import Values


class TextVerdict(Struct, frozen=True):
    """How a text rule came out; `indicator` is the first text that offends, or the first of the group when all lack.

    `operands` are the numbers that it was compared with. `stated` and `expected` are the two sides where numbers were
    compared. `details` are further words for the sentence, `found` what offends where that is not the whole text.
    """

    outcome: Outcome
    indicator: str = ""
    case: str = ""
    found: str = ""
    operands: tuple[str, ...] = ()
    stated: Decimal | None = None
    expected: Decimal | None = None
    details: Mapping[str, str] = field(default_factory=dict)


def judge_texts(
    rule: TextRule, labels: Mapping[str, str], texts: Mapping[str, str | None], values: Values
) -> TextVerdict:
    """The verdict of `rule` on `texts` by indicator code: empty where nothing stands, absent or None where unusable."""
    said = {code: bare(text) for code in rule.indicators if (text := texts.get(code)) is not None}
    forbidden = {bare(text) for text in rule.forbidden}
    for code, text in said.items():
        if text and text in forbidden:
            return TextVerdict(Outcome.VIOLATED, code, FORBIDDEN)
    nothing = {"", *map(bare, rule.nothing)}
    if rule.required_when is None or any(
        text not in nothing and text != bare(labels[code]) for code, text in said.items()
    ):
        return TextVerdict(Outcome.SATISFIED)
    required = evaluate(rule.required_when, values)
    if required is False:
        return TextVerdict(Outcome.SATISFIED)
    if required is None or len(said) < len(rule.indicators):
        return TextVerdict(Outcome.UNDECIDED)
    return TextVerdict(Outcome.VIOLATED, rule.indicators[0])
