"""Examples of a rule, tried when a definition is loaded: the passing one must pass, the failing one must fail.

In: a sound rule with its examples. Out: mistakes, if any. A value not named in an example is 0.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from consolidator.findings import Outcome
from consolidator.form.answers import judge_texts
from consolidator.form.mistakes import nearest
from consolidator.form.relations import earlier_code
from consolidator.form.verdict import judge
from consolidator.rules import names
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.definition import Rule, TextRule
    from consolidator.form.document import Path
    from consolidator.form.formulas import Formulas
    from consolidator.form.mistakes import Mistakes

_WANTED = {"passing": Outcome.SATISFIED, "failing": Outcome.VIOLATED}


def note_examples(rule: Rule, formulas: Formulas, path: Path, mistakes: Mistakes) -> None:
    """Try both examples of a rule on numbers; note codes that are unknown and results that are not as promised."""
    zeros = dict.fromkeys((*names(rule.expression), *(names(rule.when) if rule.when else ())), Decimal(0))
    earlier_zeros = dict.fromkeys(rule.earlier, Decimal(0))
    for key, wanted in _WANTED.items():
        example: Mapping[str, Decimal | None] = getattr(rule, key)
        before = len(mistakes.found)
        values: dict[str, Decimal | None] = {**zeros}
        earlier: dict[str, Decimal | None] = {**earlier_zeros}
        for name, value in example.items():
            code = earlier_code(name) or name
            (values if code == name else earlier)[code] = value
            if code not in formulas.numeric and not formulas.is_other(code):
                mistakes.key((*path, key, name), "unknown_code", nearest(code, formulas.numeric), name=code)
        if len(mistakes.found) == before:
            _note_outcome(judge(rule, values, earlier).outcome, wanted, (*path, key), mistakes)


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
        zeros = dict.fromkeys(names(rule.required_when) if rule.required_when else (), Decimal(0))
        numbers = {code: value for code, value in example.items() if code in formulas.numeric}
        values = zeros | {code: value for code, value in numbers.items() if not isinstance(value, str)}
        verdict = judge_texts(rule, formulas.labels, texts, values)
        _note_outcome(verdict.outcome, wanted, (*path, key), mistakes)


def _note_outcome(found: Outcome, wanted: Outcome, path: Path, mistakes: Mistakes) -> None:
    if found is not wanted:
        told = catalogue(mistakes.language).word("outcome", found)
        mistakes.value(path, f"example_{path[-1]}", outcome=told)
