"""The rules of a drafted definition as YAML, in the catalogue's standard words.

In: a `Plan`. Out: lines. A relation of the tree is claimed (`sum_of`, `of_which`), so that a person can change its weight
and its sentence; every rule has a passing and a failing example.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from consolidator.form.derived import derived_words
from consolidator.form.texts.wording import short
from consolidator.terms import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from consolidator.draft.plan import Doubt, Plan, PlannedRule

_LETTERS = "RGTWYZ"


def written_rules(
    plan: Plan, scalar: Callable[[str], str], comments: Callable[[Iterable[Doubt]], str]
) -> Iterator[str]:
    """All rules; nothing where there are none."""
    if not plan.rules:
        return
    letter, apart = _free_letter(plan), _told_apart(plan)
    yield ""
    yield "rules:"
    for number, rule in enumerate(plan.rules, start=1):
        yield f"  - id: {letter}{number:02d}{comments(rule.doubts)}"
        for key, value in rule.says:
            yield f"    {key}: {_formula(value)}"
        yield f"    severity: {rule.severity}"
        for part in ("title", "sentence", "remedy"):
            yield f"    {part}:"
            for language in LANGUAGES:
                yield f"      {language}: {scalar(_told(rule, part, language, apart, coded=plan.codes_printed))}"
        yield f"    basis: {scalar(catalogue(LANGUAGES[0]).word('derived', f'{rule.kind}_basis'))}"
        whole, part = rule.whole[0], rule.parts[0][0]
        yield f"    passing: {{{whole}: 1, {part}: 1}}"
        yield f"    failing: {{{part}: 1}}"


def _formula(text: str) -> str:
    return f'"{text}"' if text.startswith("*") else text


def _told_apart(plan: Plan) -> Mapping[str, str]:
    """By the code of each row that has its label from others too: the label with what it stands under."""
    rows = [row for table in plan.tables for row in table.rows]
    count = Counter(short(row.label) for row in rows)
    twice = [row for row in rows if row.parent is not None and count[short(row.label)] > 1]
    return {row.code: f"{short(row.parent.label)}·{short(row.label)}" for row in twice if row.parent is not None}


def _told(rule: PlannedRule, part: str, language: str, apart: Mapping[str, str], *, coded: bool) -> str:
    """A sentence of the catalogue; places that the program fills in when it judges keep their braces."""
    asked = "_asked" if rule.severity == "soft" and part != "title" else ""
    key = f"{rule.kind}_{part}{asked}"
    whole = (rule.whole[0], apart.get(rule.whole[0], rule.whole[1]))
    return derived_words(key, whole, rule.parts, coded=coded, language=language, places=part == "sentence")


def _free_letter(plan: Plan) -> str:
    """A letter for the ids of rules that no row's code and no code of the catalogue begins with."""
    codes = [row.code for table in plan.tables for row in table.rows] + list(catalogue(LANGUAGES[0]).codes)
    return next((each for each in _LETTERS if not any(re.match(rf"{each}\d", code) for code in codes)), "RULE")
