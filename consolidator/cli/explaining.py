"""`explain`: what a code means, why it is asked, what to do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.errors import UsageError

if TYPE_CHECKING:
    from consolidator.cli.console import Console
    from consolidator.form import Form, Rule, TextRule

_PLACE = re.compile(r"\{\w+\}")


def explain_code(console: Console, code: str | None, forms: tuple[str, ...] = ()) -> int:
    """Explain one code of the catalogue or of the rules of `forms`, the installed ones where none is named; without a code, list them.

    Raises `UsageError` for an unknown code or form, `FormError` for a definition with mistakes.
    """
    if code is None:
        for known in sorted(console.texts.codes):
            console.say(f"{known}\t{console.texts.title(known)}")
        return 0
    wanted = code.strip().upper()
    if wanted in console.texts.codes:
        entry = console.texts.codes[wanted]
        console.say(f"{wanted}　{entry['title']}")
        console.say(console.word("why", text=str(entry["why"])))
        console.say(console.word("remedy", text=str(entry["remedy"])))
        for sentence in entry.get("cases", {}).values() or [entry["sentence"]]:
            console.say(f"  · {_PLACE.sub('…', sentence)}")
        return 0
    return _explain_rule(console, wanted, forms)


def _explain_rule(console: Console, wanted: str, forms: tuple[str, ...]) -> int:
    from consolidator.casework.candidates import load_forms  # noqa: PLC0415 - reads definitions

    rules: dict[str, list[tuple[Form, Rule | TextRule]]] = {}
    told: dict[str, tuple[str, ...]] = {}
    for form in load_forms(forms, console.language):
        for rule in form.all_rules:
            rules.setdefault(rule.id.upper(), []).append((form, rule))
        for rule_id, codes in form.told_by.items():
            told[rule_id.upper()] = codes
    if wanted not in rules and wanted in told:
        _show_codes(console, wanted, told[wanted])
        return 0
    if wanted not in rules:
        from rapidfuzz import process  # noqa: PLC0415 - only for a misspelt code

        near = process.extractOne(wanted, [*console.texts.codes, *rules, *told])
        raise UsageError("E08", found=wanted, near=near[0] if near else "")
    for form, rule in rules[wanted]:
        _show(console, form, rule)
    return 0


def _show_codes(console: Console, wanted: str, codes: tuple[str, ...]) -> None:
    """A relation that reading itself checks: the codes under which it tells of it."""
    console.say(f"{wanted}　{console.texts.text('describe', 'told_by', codes=console.texts.listed(codes))}")
    for code in codes:
        console.say(f"  · {code}　{console.texts.title(code)}")


def _show(console: Console, form: Form, rule: Rule | TextRule) -> None:
    from consolidator.form import Rule  # noqa: PLC0415 - reads definitions
    from consolidator.form.printing.spoken import relation_in_words  # noqa: PLC0415 - as above

    def told(texts: object) -> str:
        mapping = dict(texts)  # type: ignore[call-overload]
        return str(mapping.get(console.language) or mapping.get("zh", ""))

    console.say(console.word("rule_of_form", id=rule.id, title=told(rule.title), form=form.title))
    console.say(console.word("severity", text=console.texts.word("severity", rule.severity)))
    if isinstance(rule, Rule):
        console.say(console.word("formula", text=relation_in_words(form, rule, console.texts)))
    console.say(console.word("why", text=rule.basis))
    remedy = told(getattr(rule, "remedy", {}) or {})
    if remedy:
        console.say(console.word("remedy", text=remedy))
    console.say(f"  · {_PLACE.sub('…', told(rule.sentence))}")
