"""Puts a form together from its definition file, or raises all the mistakes in it at once.

In: the text of the file. Out: a `Form`. Each part notes its mistakes; only the end decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from consolidator.form.definition import LEAST_LENGTH, Form, SignOff
from consolidator.form.loading.document import read_document
from consolidator.form.loading.formulas import Formulas
from consolidator.form.loading.lineage import read_predecessors
from consolidator.form.loading.mistakes import Mistakes
from consolidator.form.loading.rulebook import RuleIds, read_rules
from consolidator.form.loading.shape import FormShape, SignOffShape
from consolidator.form.loading.shaping import shaped
from consolidator.form.loading.skeleton import listed, read_tables
from consolidator.form.loading.textbook import read_text_rules
from consolidator.terms import catalogue

if TYPE_CHECKING:
    from consolidator.form.definition import Rule, TextRule
    from consolidator.form.loading.skeleton import Skeleton


def assemble(text: str, name: str, sha256: str, language: str) -> Form:
    """The form that `text` defines. `name` is the file as shown in mistakes. Raises `FormError`."""
    document = read_document(text)
    mistakes = Mistakes(name, document, language)
    for flaw in document.flaws:
        mistakes.at(flaw.place, flaw.problem, **flaw.details)
    if not isinstance(document.content, dict):
        if not document.flaws:
            mistakes.value((), "not_a_definition")
        mistakes.stop_if_any()
    content: dict[str, Any] = document.content
    shape = shaped(FormShape, content, (), mistakes)
    skeleton = read_tables(listed(content, "tables"), mistakes)
    sign_off = _sign_off(listed(content, "sign_off"), mistakes)
    coded = shape is not None and shape.codes_printed
    formulas = Formulas(skeleton, _other_forms(content), mistakes, codes_printed=coded)
    ids = RuleIds(skeleton.rows, set())
    rules = read_rules(listed(content, "rules"), skeleton, formulas, ids, mistakes)
    text_rules = read_text_rules(listed(content, "text_rules"), skeleton, formulas, ids, mistakes)
    predecessors = read_predecessors(listed(content, "predecessors"), content.get("id"), formulas, mistakes)
    if shape:
        _note_head(shape, formulas, mistakes)
    mistakes.stop_if_any()
    form = _form(cast("FormShape", shape), skeleton, sign_off, rules, text_rules, sha256)
    return replace(form, predecessors=predecessors)


def _form(
    shape: FormShape,
    skeleton: Skeleton,
    sign_off: tuple[SignOff, ...],
    rules: tuple[Rule, ...],
    text_rules: tuple[TextRule, ...],
    sha256: str,
) -> Form:
    return Form(
        id=shape.id,
        title=shape.title,
        authority=shape.authority,
        tables=tuple(skeleton.tables),
        rules=rules,
        sign_off=sign_off,
        blank_policy=shape.blank_policy,
        sha256=sha256,
        first_year=shape.first_year,
        last_year=shape.last_year,
        headlines=shape.headlines,
        title_aliases=shape.title_aliases,
        text_rules=text_rules,
        source=shape.source,
        filer_labels=(shape.filer.label, *shape.filer.aliases) if shape.filer else (),
        other_forms=shape.other_forms,
        told_by=shape.told_by,
        codes_printed=shape.codes_printed,
        left_to_rules=_left_to_rules(rules, text_rules),
    )


def _left_to_rules(rules: tuple[Rule, ...], text_rules: tuple[TextRule, ...]) -> dict[str, frozenset[str]]:
    """By function of texts, the codes about which a rule asks it; those that a rule wants to be of some length."""
    asked: dict[str, set[str]] = {}
    for facet in (facet for rule in rules for facet in rule.facets):
        asked.setdefault(facet.function, set()).update(name.code for name in facet.names)
    for rule in text_rules:
        if rule.least_length:
            asked.setdefault(LEAST_LENGTH, set()).update(rule.indicators)
    return {function: frozenset(codes) for function, codes in asked.items()}


def _sign_off(raw_fields: list[Any], mistakes: Mistakes) -> tuple[SignOff, ...]:
    fields: list[SignOff] = []
    for index, raw in enumerate(raw_fields):
        shape = shaped(SignOffShape, raw, ("sign_off", index), mistakes)
        if shape is None:
            continue
        if shape.key in {known.key for known in fields}:
            mistakes.value(("sign_off", index, "key"), "duplicate_sign_off", name=shape.key)
        fields.append(SignOff(shape.key, shape.label, shape.aliases, shape.private))
    return tuple(fields)


def _other_forms(content: dict[str, Any]) -> dict[str, Any]:
    """The short names for other forms, also where the file's head has mistakes."""
    value = content.get("other_forms")
    return value if isinstance(value, dict) else {}


def _note_head(shape: FormShape, formulas: Formulas, mistakes: Mistakes) -> None:
    if shape.first_year and shape.last_year and shape.first_year > shape.last_year:
        mistakes.value(("last_year",), "years", first=str(shape.first_year), last=str(shape.last_year))
    for index, code in enumerate(shape.headlines):
        if code not in formulas.numeric and not formulas.is_unsound(code):
            mistakes.unknown(("headlines", index), "unknown_code", code, formulas.numeric)
    for rule, codes in shape.told_by.items():
        for index, code in enumerate(codes):
            if code not in catalogue(mistakes.language).codes:
                mistakes.unknown(("told_by", rule, index), "told_by", code, catalogue(mistakes.language).codes)
    for name in shape.other_forms:
        if name in formulas.labels:
            mistakes.key(("other_forms", name), "other_form_is_code", name=name)
