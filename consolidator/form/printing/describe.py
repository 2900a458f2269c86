"""A form on paper: its rows and its consistency rules (审核关系) as lines of text, to read and to sign.

In: a form and a language. Out: lines without a line end, columns aligned for a fixed-width font.
Never: a decision; a library beyond the standard one.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from consolidator.form.definition import Rule, Scope
from consolidator.form.printing.spoken import in_words, starred
from consolidator.terms import Catalogue, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from consolidator.form.definition import Form, Table, TextRule

_INDENT = "　"
_CODE_WIDTH, _UNIT_WIDTH = 8, 6


def describe(form: Form, language: str = "zh") -> tuple[str, ...]:
    """The form as a page: what it is, its rows as printed, how it is closed, every rule with formula and basis."""
    texts = catalogue(language)
    return (*_head(form, texts), *_tables(form, texts), *_closing(form, texts), *_rules(form, texts))


def facts(form: Form, texts: Catalogue) -> Iterator[tuple[str, str]]:
    """What is to be known of the form before its rows, as names and values."""
    bounded = form.first_year or form.last_year
    known = {
        "id": form.id,
        "authority": form.authority,
        "years": f"{form.first_year or ''}—{form.last_year or ''}" if bounded else "",
        "source": form.source,
        "blank_policy": texts.word("describe", f"blank_{form.blank_policy}"),
        "sha256": form.sha256,
    }
    return ((texts.word("describe", key), value) for key, value in known.items() if value)


def details(rule: Rule | TextRule, texts: Catalogue) -> Iterator[tuple[str, str]]:
    """What makes up a rule beside its title, as names and values; the name of its scope has no value."""
    own = _of_rule(rule, texts) if isinstance(rule, Rule) else _of_text_rule(rule, texts)
    for key, value in (*own.items(), ("basis", rule.basis), ("remedy", told(rule.remedy, texts))):
        if value:
            yield texts.word("describe", key), value
    if isinstance(rule, Rule) and rule.scope is not Scope.BOTH:
        yield texts.word("describe", f"scope_{rule.scope}"), ""


def told(words: Mapping[str, str], texts: Catalogue) -> str:
    """What a definition says in two languages, in the one asked for."""
    return words.get(texts.language) or words.get("zh", "")


def _head(form: Form, texts: Catalogue) -> Iterator[str]:
    yield form.title
    for name, value in facts(form, texts):
        yield texts.text("describe", "fact", name=name, value=value)


def _tables(form: Form, texts: Catalogue) -> Iterator[str]:
    for table in form.tables:
        yield ""
        yield texts.text("describe", "table", title=table.title, rows=str(len(table.rows)))
        if len(table.columns) > 1:
            yield texts.text(
                "describe", "columns", names=texts.listed(f"{column.key} {column.label}" for column in table.columns)
            )
        heads = (texts.word("describe", key) for key in ("code", "unit", "label"))
        yield _line(*heads)
        yield from _rows(table)


def _rows(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield _line(row.code, row.unit_of_measure, _INDENT * (row.level - 1) + row.label)


def _closing(form: Form, texts: Catalogue) -> Iterator[str]:
    if form.sign_off:
        yield ""
        yield texts.text("describe", "sign_off", names=texts.listed(field.label for field in form.sign_off))


def _rules(form: Form, texts: Catalogue) -> Iterator[str]:
    yield ""
    yield texts.text("describe", "rules", count=str(len(form.all_rules)))
    for rule in form.all_rules:
        yield _line(rule.id, texts.word("severity", rule.severity), told(rule.title, texts))
        for name, value in details(rule, texts):
            yield _line("", "", texts.text("describe", "fact", name=name, value=value) if value else name)
    for rule_id, codes in form.told_by.items():
        yield _line(rule_id, "", texts.text("describe", "told_by", codes=texts.listed(codes)))


def _of_rule(rule: Rule, texts: Catalogue) -> Mapping[str, str]:
    return {
        "formula": in_words(rule.formula, texts),
        "when": in_words(starred(rule, rule.when), texts) if rule.when else "",
        "escalate": in_words(starred(rule, rule.escalate), texts) if rule.escalate else "",
        "tolerance": f"{rule.tolerance:f}" if rule.tolerance else "",
    }


def _of_text_rule(rule: TextRule, texts: Catalogue) -> Mapping[str, str]:
    return {
        "texts": texts.listed(rule.indicators),
        "required_when": in_words(rule.required_formula, texts),
        "forbidden": texts.listed(f"“{text}”" for text in rule.forbidden),
        "least_length": str(rule.least_length or ""),
        "must_mention": texts.listed(f"“{text}”" for text in rule.must_mention),
        "mentions": texts.word("mark", "semicolon").join(
            f"{mention.name} = {mention.formula}" for mention in rule.mentions
        ),
        "latest": rule.latest,
    }


def _line(code: str, unit: str, text: str) -> str:
    return f"{_padded(code, _CODE_WIDTH)}{_padded(unit, _UNIT_WIDTH)}{text}".rstrip()


def _padded(text: str, width: int) -> str:
    """`text` filled up with spaces to `width` columns of a fixed-width font, at least one space."""
    shown = sum(2 if unicodedata.east_asian_width(character) in "FWA" else 1 for character in text)
    return text + " " * max(width - shown, 1)
