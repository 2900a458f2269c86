"""The rules on texts of a definition.

In: the raw text rules. Out: `TextRule`s in the file's order, mistakes noted.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from consolidator.form.definition import Mention, TextRule
from consolidator.form.loading.examples import note_text_examples
from consolidator.form.loading.mistakes import nearest
from consolidator.form.loading.sentences import note_sentence, place_name
from consolidator.form.loading.shape import TextRuleShape
from consolidator.form.loading.shaping import shaped
from consolidator.form.texts.statements import wording_pattern
from consolidator.rules import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.loading.document import Path
    from consolidator.form.loading.formulas import Formulas
    from consolidator.form.loading.mistakes import Mistakes
    from consolidator.form.loading.rulebook import RuleIds
    from consolidator.form.loading.skeleton import Skeleton
    from consolidator.rules import Expression


def read_text_rules(
    raw_rules: list[Any], skeleton: Skeleton, formulas: Formulas, ids: RuleIds, mistakes: Mistakes
) -> tuple[TextRule, ...]:
    """All rules on texts. Every mistake is noted; a rule that has one is left out."""
    rules: list[TextRule] = []
    for index, raw in enumerate(raw_rules):
        path: Path = ("text_rules", index)
        shape = shaped(TextRuleShape, raw, path, mistakes)
        before = len(mistakes.found)
        ids.note(raw, path, mistakes)
        if shape is None:
            continue
        _note_indicators(shape, formulas, path, mistakes)
        condition = formulas.condition(shape.required_when, (*path, "required_when")) if shape.required_when else None
        if shape.forbidden and shape.forbidden_sentence is None:
            mistakes.value(path, "missing_key", name="forbidden_sentence")
        mentions = _mentions(shape, formulas, path, mistakes)
        rule = _rule(shape, condition, mentions, formulas, path, mistakes)
        if len(mistakes.found) > before:
            continue
        _note_sentences(shape, rule, mistakes, path)
        if skeleton.sound:
            note_text_examples(rule, formulas, path, mistakes)
        rules.append(rule)
    return tuple(rules)


def _note_indicators(shape: TextRuleShape, formulas: Formulas, path: Path, mistakes: Mistakes) -> None:
    for position, code in enumerate(shape.indicators):
        if code not in formulas.texts and not formulas.is_unsound(code):
            where = (*path, "indicators", position)
            mistakes.value(where, "unknown_text", nearest(code, formulas.texts), name=code)


def _mentions(shape: TextRuleShape, formulas: Formulas, path: Path, mistakes: Mistakes) -> tuple[Mention, ...]:
    """The mentions that are sound: wordings that can be searched for, and a number to compare with."""
    found = []
    for index, mention in enumerate(shape.mentions):
        where = (*path, "mentions", index)
        expression = formulas.amount(mention.equals, (*where, "equals"))
        for key, wordings, problem in (("says", mention.says, "wording"), ("none", mention.none, "wording_none")):
            for position, wording in enumerate(wordings):
                if wording_pattern(wording, figure=key == "says") is None:
                    mistakes.value((*where, key, position), problem, found=wording)
        if expression is not None:
            found.append(Mention(mention.says, mention.none, mention.equals, expression, mention.name))
    return tuple(found)


def _rule(
    shape: TextRuleShape,
    condition: Expression | None,
    mentions: tuple[Mention, ...],
    formulas: Formulas,
    path: Path,
    mistakes: Mistakes,
) -> TextRule:
    return TextRule(
        id=shape.id,
        title=shape.title.model_dump(),
        severity=shape.severity,
        indicators=shape.indicators,
        sentence=shape.sentence.model_dump(),
        basis=shape.basis,
        forbidden=shape.forbidden,
        required_when=condition,
        nothing=shape.nothing,
        least_length=shape.least_length or 0,
        must_mention=shape.must_mention,
        mentions=mentions,
        states_year=shape.states_year,
        latest=shape.latest or "",
        forbidden_sentence=shape.forbidden_sentence.model_dump() if shape.forbidden_sentence else {},
        required_formula=shape.required_when or "",
        passing=_example(shape.passing, formulas, (*path, "passing"), mistakes),
        failing=_example(shape.failing, formulas, (*path, "failing"), mistakes),
        remedy=shape.remedy.model_dump(),
    )


def _example(
    raw: Mapping[str, str | None], formulas: Formulas, path: Path, mistakes: Mistakes
) -> Mapping[str, Decimal | str | None]:
    """The example with numbers for the numeric indicators."""
    found: dict[str, Decimal | str | None] = dict(raw)
    for code, value in raw.items():
        if code in formulas.numeric and value is not None:
            try:
                found[code] = Decimal(value)
            except InvalidOperation:
                mistakes.value((*path, code), "not_number", found=value)
    return found


def _note_sentences(shape: TextRuleShape, rule: TextRule, mistakes: Mistakes, path: Path) -> None:
    operands = names(rule.required_when) if rule.required_when else ()
    allowed = ["found", "code", "label", *map(place_name, operands)]
    if rule.mentions:
        allowed += ["name", "stated", "expected", "difference", "direction"]
    if rule.least_length:
        allowed += ["length", "expected"]
    if rule.states_year or rule.latest:
        allowed += ["stated", "expected"]
    note_sentence(shape.sentence, allowed, (*path, "sentence"), mistakes)
    if shape.forbidden_sentence:
        note_sentence(shape.forbidden_sentence, allowed, (*path, "forbidden_sentence"), mistakes)
    note_sentence(shape.title, (), (*path, "title"), mistakes)
