"""Formulas as they are read aloud: ≤ for `<=`, 则 for `implies`, labels for codes where a reader has no codes.

In: a formula of the rule language. Out: the same in words of the catalogue. Never: a formula that could be read back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from consolidator.form.naming import column_name
from consolidator.form.texts.wording import short
from consolidator.rules import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from consolidator.form.definition import Form
    from consolidator.form.relations import Rule
    from consolidator.rules import Expression
    from consolidator.terms import Catalogue

_SYMBOLS = {"<=": "≤", ">=": "≥", "!=": "≠", "*": "×", "=": "＝", "+": "＋", "-": "－", "/": "÷"}
_PIECE = re.compile(
    r'"[^"]*"|\d+(?:\.\d+)?|<=>|=>|<=|>=|!=|\.\.|(?:[A-Za-z]\w*|\*)\.(?:\w+|\*)|[A-Za-z]\w*|[-*=+/<>(]|\)|,\s*',
    re.ASCII,
)
_NAME = re.compile(r"(?:[A-Za-z]\w*|\*)(?:\.(?:\w+|\*))?", re.ASCII)
_BEFORE_A_VALUE = frozenset(
    ("", "(", ",", "and", "or", "not", "implies", "iff", "=>", "<=>", "+", "-", "*", "/", "<", ">")
)
_STAR = "*"


def in_words(formula: str, texts: Catalogue, named: Callable[[str], str] = str) -> str:
    """A formula as it is read aloud; `named` tells what is read for a code, a star and a local name."""
    spoken, told = texts.words["spoken"], []
    end, before = 0, ""
    for match in _PIECE.finditer(formula):
        piece = match.group().strip()
        told.append(formula[end : match.start()])
        end = match.end()
        if piece == _STAR and (before in _BEFORE_A_VALUE or before.endswith("=")):
            told.append(named(piece))
        elif piece == ",":
            told.append(texts.word("mark", "comma"))
        elif piece.startswith('"'):
            told.append(texts.text("mark", "quoted", text=piece.strip('"')))
        elif piece in spoken or piece in _SYMBOLS:
            told.append(spoken.get(piece) or _SYMBOLS[piece])
        else:
            told.append(named(piece) if _NAME.fullmatch(piece) else piece)
        before = piece
    return re.sub(r"\s+(?=，)", "", "".join((*told, formula[end:])))


def relation_in_words(form: Form, rule: Rule, texts: Catalogue) -> str:
    """The formula of a rule, with the form's own words for every code in it."""
    return in_words(rule.formula, texts, lambda name: _label(form, rule, name, texts))


def starred(rule: Rule, expression: Expression) -> str:
    """A condition of a rule as its definition has it: with stars and local names, where it is there once for each part."""
    text = written(expression)
    kind = next((each for each in ("column", "row", "cell", "indicator", "group") if each in rule.named), "")
    part = re.escape(rule.part)
    if kind == "column":
        return re.sub(rf"\.{part}\b", ".*", text)
    if kind == "row":
        return re.sub(rf"\b{part}\.", "*.", text)
    if kind in {"cell", "indicator"}:
        return re.sub(rf"(?<![\w.]){part}(?![\w.])", "*.*" if kind == "cell" else _STAR, text)
    for place, code in rule.places.items() if kind else ():
        text = re.sub(rf"(?<![\w.]){re.escape(code)}(?![\w.])", place, text)
    return text


def _label(form: Form, rule: Rule, name: str, texts: Catalogue) -> str:
    """What is printed for a code, for the rows or the columns behind a star, or for a local name of a group."""
    if name in form.names:
        return form.names[name]
    row, _, key = name.partition(".")
    if row == _STAR:
        meant = form.indicators.get(f"{rule.part}.{key}")
        return meant.column.label if meant else texts.word("spoken", "cell" if key else "indicator")
    if key == _STAR and row in form.rows:
        return short(form.rows[row].label)
    meant = form.indicators.get(rule.places.get(name, ""))
    return column_name(meant) if meant is not None else texts.word("spoken", "elsewhere")
