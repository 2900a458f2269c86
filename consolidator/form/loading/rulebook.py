"""The rules of a definition: written ones, ones that claim a relation of the tree, and relations nobody claimed.

In: the raw rules and the tables. Out: `Rule`s in the file's order, then the unclaimed relations in printed order.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from consolidator.findings import Severity
from consolidator.form.definition import Rule, Scope
from consolidator.form.derived import derived_words
from consolidator.form.loading.examples import note_examples
from consolidator.form.loading.expansion import parts
from consolidator.form.loading.mistakes import nearest
from consolidator.form.loading.sentences import (
    OF_BLAME,
    OF_TWO_PERIODS,
    OF_TWO_SIDES,
    note_sentence,
    place_name,
    whereabouts,
)
from consolidator.form.loading.shape import RuleShape
from consolidator.form.loading.shaping import shaped
from consolidator.form.loading.tree import Derivation, relationships
from consolidator.form.texts.wording import short
from consolidator.rules import REPORT_YEAR, facets, names, previous_names, sides, written
from consolidator.terms import LANGUAGES, catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from consolidator.form.loading.document import Path
    from consolidator.form.loading.expansion import Part
    from consolidator.form.loading.formulas import Formulas
    from consolidator.form.loading.mistakes import Mistakes
    from consolidator.form.loading.skeleton import Skeleton
    from consolidator.form.loading.tree import Relationship
    from consolidator.rules import Expression


class RuleIds(Struct):
    """The ids given so far; no other rule, finding code or indicator may have the same."""

    rows: Mapping[str, Any]
    taken: set[str]

    def note(self, raw: Any, path: Path, mistakes: Mistakes) -> None:
        """Note what is wrong with the id of a raw rule, and take it."""
        rule_id = raw.get("id") if isinstance(raw, dict) else None
        if not isinstance(rule_id, str):
            return
        if rule_id in self.taken:
            mistakes.value((*path, "id"), "duplicate_rule", name=rule_id)
        elif rule_id in self.rows:
            mistakes.value((*path, "id"), "rule_id_is_indicator", name=rule_id)
        elif rule_id in catalogue(mistakes.language).codes:
            mistakes.value((*path, "id"), "rule_id_is_finding", name=rule_id)
        self.taken.add(rule_id)


def read_rules(
    raw_rules: list[Any], skeleton: Skeleton, formulas: Formulas, ids: RuleIds, mistakes: Mistakes
) -> tuple[Rule, ...]:
    """All rules on numbers. Every mistake is noted; a rule that has one is left out."""
    tree = relationships(skeleton.tables)
    claimed: set[tuple[Derivation, str]] = set()
    rules: list[Rule] = []
    for index, raw in enumerate(raw_rules):
        path: Path = ("rules", index)
        shape = shaped(RuleShape, raw, path, mistakes)
        before = len(mistakes.found)
        ids.note(raw, path, mistakes)
        if shape is None:
            continue
        relation = _claim(shape, tree, claimed, path, formulas, mistakes)
        for part in _parts(shape, skeleton, formulas, path, mistakes):
            rule = _rule(shape, part, relation, formulas, path)
            if rule is None or len(mistakes.found) > before:
                break  # what is wrong with one part is wrong with all
            _note_sentences(shape, rule, formulas, path, mistakes)
            if skeleton.sound:
                note_examples(rule, formulas, path, mistakes)
            rules.append(rule)
    unclaimed = (relation for key, relation in tree.items() if key not in claimed)
    return (*rules, *(_automatic(relation, formulas) for relation in unclaimed))


def _parts(
    shape: RuleShape, skeleton: Skeleton, formulas: Formulas, path: Path, mistakes: Mistakes
) -> tuple[Part, ...]:
    """The columns, rows or indicators a rule is for; a mistake where there are none."""
    found = parts(shape, skeleton.tables)
    if not found and skeleton.sound:
        mistakes.value((*path, "for_each"), "for_each_nothing", name=shape.id)
    rows = {part.name.partition(".")[0] for part in found}
    columns = {part.name if part.kind == "column" else part.name.partition(".")[2] for part in found}
    for key, wanted, known in (("for_rows", shape.for_rows, rows), ("for_columns", shape.for_columns, columns)):
        unknown = set(wanted or ()) - known
        if found and unknown:
            mistakes.value((*path, key), f"{key}_unknown", name="、".join(sorted(unknown)))
    if shape.for_indicators and shape.for_each != "indicator":
        mistakes.key((*path, "for_indicators"), "for_indicators_alone")
    for index, code in enumerate(shape.for_indicators or ()):
        if found and code not in formulas.numeric and not formulas.is_unsound(code):
            mistakes.unknown((*path, "for_indicators", index), "unknown_code", code, formulas.numeric)
    return found


def _claim(
    shape: RuleShape,
    tree: Mapping[tuple[Derivation, str], Relationship],
    claimed: set[tuple[Derivation, str]],
    path: Path,
    formulas: Formulas,
    mistakes: Mistakes,
) -> Relationship | None:
    """The relation of the tree that a rule names, if it names one."""
    keys = [(kind, code) for kind, code in ((Derivation.SUM, shape.sum_of), (Derivation.PART, shape.of_which)) if code]
    if len(keys) > 1:
        mistakes.key((*path, keys[1][0].value), "two_claims")
        return None
    for key in keys:
        kind, code = key
        if key in claimed:
            mistakes.value((*path, kind.value), "claimed_twice", name=code)
        elif key not in tree and not formulas.is_unsound(code):
            known = [name for other, name in tree if other is kind]
            mistakes.value((*path, kind.value), f"unknown_{kind.value}", nearest(code, known), name=code)
        claimed.add(key)
        return tree.get(key)
    return None


def _expression(
    shape: RuleShape, part: Part, relation: Relationship | None, formulas: Formulas, path: Path
) -> Expression | None:
    """What the rule says: its own expression, else the relation's."""
    if shape.expression:
        return formulas.condition(shape.expression, (*path, "expression"), part)
    if not (shape.sum_of or shape.of_which):
        formulas.mistakes.value(path, "no_expression", name=shape.id)
    return relation.expression if relation else None


def _rule(shape: RuleShape, part: Part, relation: Relationship | None, formulas: Formulas, path: Path) -> Rule | None:
    """The rule of one part; None where a formula of it has a mistake."""
    expression = _expression(shape, part, relation, formulas, path)
    when = formulas.condition(shape.when, (*path, "when"), part) if shape.when else None
    escalate = formulas.condition(shape.escalate, (*path, "escalate"), part) if shape.escalate else None
    if expression is None:
        return None
    named = (*names(expression), *(names(when) if when else ()))
    operands = tuple(dict.fromkeys(code for code in named if code != REPORT_YEAR))
    own = formulas.own(operands)
    elsewhere = tuple(code for code in operands if formulas.is_other(code))
    before = dict.fromkeys(code for each in (expression, when, escalate) if each for code in previous_names(each))
    earlier = formulas.own(tuple(before))
    places = {part.place(code): code for code in operands}
    places |= {part.earlier_place(code): f"previous({code})" for code in earlier}
    return Rule(
        id=shape.id,
        title=shape.title.model_dump(),
        severity=shape.severity,
        formula=shape.expression or written(expression),
        expression=expression,
        sentence=shape.sentence.model_dump(),
        basis=shape.basis,
        indicators=own,
        passing=_example(part.example(shape.passing, operands, earlier), formulas, (*path, "passing")),
        failing=_example(part.example(shape.failing, operands, earlier), formulas, (*path, "failing")),
        when=when,
        escalate=escalate,
        tolerance=shape.tolerance,
        scope=Scope.UNIT if _of_units(shape, (*own, *elsewhere), (expression, when), formulas, path) else shape.scope,
        remedy=shape.remedy.model_dump(),
        derived=relation is not None,
        part=part.name,
        earlier=earlier,
        places=places if part.kind or earlier else {},
        named=part.named,
        elsewhere=elsewhere,
    )


def _example(raw: Mapping[str, str | None], formulas: Formulas, path: Path) -> Mapping[str, Decimal | str | None]:
    """The example with numbers for everything but texts."""
    found: dict[str, Decimal | str | None] = dict(raw)
    for code, value in raw.items():
        kind = formulas.type_of(code)
        if value is not None and (kind is None or kind.is_number):
            try:
                found[code] = Decimal(value)
            except InvalidOperation:
                formulas.mistakes.value((*path, code), "not_number", found=value)
    return found


def _of_units(
    shape: RuleShape,
    codes: tuple[str, ...],
    said: tuple[Expression | None, ...],
    formulas: Formulas,
    path: Path,
) -> bool:
    """Whether a rule judges single units only: one on texts, across forms, or on figures that are not added up."""
    found = any(formulas.is_other(code) or code in formulas.unsummed for code in codes)
    found = found or any(facets(each) for each in said if each)
    if found and shape.scope is Scope.TOTAL:
        formulas.mistakes.value((*path, "scope"), "no_total", name=shape.id)
    return found


def _note_sentences(shape: RuleShape, rule: Rule, formulas: Formulas, path: Path, mistakes: Mistakes) -> None:
    plain = (*rule.indicators, *rule.elsewhere, *formulas.unsound)
    allowed = [*rule.places, *(place_name(code) for code in plain)]
    if rule.named:  # one sentence for all parts: the code of one of them would be wrong in the others
        allowed = [*rule.places, *rule.named]
    allowed += [REPORT_YEAR, *whereabouts(rule)]
    if any(facet.function in {"single", "distinct"} for facet in facets(rule.expression)):
        allowed += OF_BLAME
    if sides(rule.expression):
        allowed += OF_TWO_SIDES
    if {"value", "previous"} <= set(rule.places):
        allowed += OF_TWO_PERIODS
    note_sentence(shape.sentence, allowed, (*path, "sentence"), mistakes)
    note_sentence(shape.title, (), (*path, "title"), mistakes)


def _automatic(relation: Relationship, formulas: Formulas) -> Rule:
    """The rule of a relation that the file leaves to the tree, in the catalogue's standard words."""
    expression = relation.expression
    kind, column = relation.kind, formulas.columns.get(relation.whole, "")
    parts = [(code.partition(".")[0], short(formulas.labels[code])) for code in relation.parts]
    whole = (relation.whole.partition(".")[0], formulas.told_apart(relation.whole))

    def told(part: str, *, places: bool = False) -> Mapping[str, str]:
        key, coded = f"{kind.value}_{part}", formulas.codes_printed
        return {
            language: derived_words(key, whole, parts, coded=coded, language=language, places=places, column=column)
            for language in LANGUAGES
        }

    one = Decimal(1)
    return Rule(
        id=f"{'SUM' if kind is Derivation.SUM else 'PART'}-{relation.key}",
        title=told("title"),
        severity=Severity.HARD,
        formula=written(expression),
        expression=expression,
        sentence=told("sentence", places=True),
        basis=catalogue(LANGUAGES[0]).word("derived", f"{kind.value}_basis"),
        indicators=names(expression),
        passing={relation.whole: one, relation.parts[0]: one},
        failing={relation.parts[0]: one},
        remedy=told("remedy"),
        scope=Scope.UNIT if formulas.unsummed.intersection(names(expression)) else Scope.BOTH,
        derived=True,
    )
