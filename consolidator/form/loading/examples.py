"""Examples of a rule, tried when a definition is loaded: the passing one must pass, the failing one must fail.

In: a sound rule with its examples. Out: mistakes, if any. A value not named in an example is 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.findings import Outcome
from consolidator.form.choices import ValueType
from consolidator.form.judging.prose import judge_all
from consolidator.form.judging.verdict import judge
from consolidator.form.loading.mistakes import nearest
from consolidator.form.relations import earlier_code
from consolidator.form.texts.facets import Said, facet_value
from consolidator.rules import REPORT_YEAR, facets, names
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from consolidator.form.definition import Rule, TextRule
    from consolidator.form.loading.document import Path
    from consolidator.form.loading.formulas import Formulas
    from consolidator.form.loading.mistakes import Mistakes
    from consolidator.rules import Facet

EXAMPLE_YEAR = 2025
"""The year that the examples of rules on texts report on."""

_WANTED = {"passing": Outcome.SATISFIED, "failing": Outcome.VIOLATED}


def note_examples(rule: Rule, formulas: Formulas, path: Path, mistakes: Mistakes) -> None:
    """Try both examples of a rule on numbers; note codes that are unknown and results that are not as promised."""
    formulas_of_rule = [part for part in (rule.expression, rule.when, rule.escalate) if part]
    codes = [code for part in formulas_of_rule for code in names(part)]
    asked = [facet for part in formulas_of_rule for facet in facets(part)]
    of_texts = {name.code for facet in asked for name in facet.names}
    zeros = {code: "" if code in of_texts else Decimal(0) for code in codes}
    earlier_zeros = dict.fromkeys(rule.earlier, Decimal(0))
    known = formulas.numeric | {REPORT_YEAR} | (formulas.texts & of_texts)
    for key, wanted in _WANTED.items():
        example: Mapping[str, Decimal | str | None] = getattr(rule, key)
        before = len(mistakes.found)
        values: dict[str, Decimal | str | None] = {**zeros}
        earlier: dict[str, Decimal | str | None] = {**earlier_zeros}
        for name, value in example.items():
            code = earlier_code(name) or name
            (values if code == name else earlier)[code] = value
            if code not in known and not formulas.is_other(code):
                mistakes.key((*path, key, name), "unknown_code", nearest(code, known), name=code)
        if len(mistakes.found) == before:
            verdict = judge(rule, _numbers(values) | _told(asked, values, formulas), _numbers(earlier))
            _note_outcome(verdict.outcome, wanted, (*path, key), mistakes)


def _numbers(values: Mapping[str, Decimal | str | None]) -> dict[str, Decimal | None]:
    return {code: value for code, value in values.items() if not isinstance(value, str)}


def _told(
    asked: Iterable[Facet], values: Mapping[str, Decimal | str | None], formulas: Formulas
) -> dict[str, Decimal | None]:
    """What the functions of texts give for the example's texts."""

    def seen(code: str) -> Said | None:
        text = values.get(code)
        return Said(formulas.type_of(code) or ValueType.TEXT, text, text) if isinstance(text, str) else None

    return {facet.key: facet_value(facet, seen) for facet in asked}


def note_text_examples(rule: TextRule, formulas: Formulas, path: Path, mistakes: Mistakes) -> None:
    """Try both examples of a rule on texts, in the same way."""
    known = formulas.numeric | formulas.texts
    for key, wanted in _WANTED.items():
        example: Mapping[str, Decimal | str | None] = getattr(rule, key)
        unknown = [code for code in example if code not in known]
        for code in unknown:
            mistakes.key((*path, key, code), "unknown_code", nearest(code, known), name=code)
        if unknown:
            continue
        texts = dict.fromkeys(rule.indicators, "")
        texts |= {code: value for code, value in example.items() if isinstance(value, str)}
        operands = [*(names(rule.required_when) if rule.required_when else ())]
        operands += [code for mention in rule.mentions for code in names(mention.expression)]
        zeros = dict.fromkeys(operands, Decimal(0))
        numbers = {code: value for code, value in example.items() if code in formulas.numeric}
        values = zeros | {code: value for code, value in numbers.items() if not isinstance(value, str)}
        verdicts = judge_all(rule, formulas.labels, texts, values, EXAMPLE_YEAR)
        _note_outcome(verdicts[0].outcome, wanted, (*path, key), mistakes)


def _note_outcome(found: Outcome, wanted: Outcome, path: Path, mistakes: Mistakes) -> None:
    if found is not wanted:
        told = catalogue(mistakes.language).word("outcome", found)
        mistakes.value(path, f"example_{path[-1]}", outcome=told)
