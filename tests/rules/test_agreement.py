"""The program's own reader of rules beside a parser that a well-kept library makes from the grammar: same trees, same refusals."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.resources import folder
from consolidator.rules import Expression, RuleSyntaxError, parse, walk, written
from tests.rules import expressions, reference

WRITTEN = re.compile(r"^ *expression: (.*)$", re.MULTILINE)
RULES = [
    rule.strip('"').replace("*.", "Q1.").replace(".*", ".np")
    for path in sorted(folder("schemas").glob("*.yaml"))
    for rule in WRITTEN.findall(path.read_text(encoding="utf-8"))
    if rule != ">-" and "(*" not in rule  # on further lines; for whole cells
]

WORDS = [
    *[
        "A1",
        "Q1.np",
        "other.code",
        "12",
        "0.5",
        "and",
        "or",
        "not",
        "implies",
        "iff",
        "=>",
        "<=>",
        "=",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "(",
        ")",
        ",",
        "..",
        "max",
        "min",
        "sum",
        "abs",
        "blank",
    ],
    *["previous", "low", "said", "mentions", "filled", '"查阅"', '"a,b"', "report_year", "?", "＝", '"', ".", "5A"],
    "\n",
    "  ",
]
"""Words of the language, and a few that are not."""


def told(parse_text, text):
    """The tree with every place, or the refusal with its place."""
    try:
        expression: Expression = parse_text(text)
    except RuleSyntaxError as error:
        return error.problem, error.line, error.column, error.details
    return expression, [(part.line, part.column) for part in walk(expression)]


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from(["", " "]))
def test_any_words_in_any_order_are_read_or_refused_alike(words, between):
    text = between.join(words)
    assert told(parse, text) == told(reference.parse, text)


@settings(max_examples=300, deadline=None)
@given(expressions.anything, st.data())
def test_a_rule_with_a_slip_is_refused_at_the_same_place(expression, data):
    text = written(expression)
    at = data.draw(st.integers(0, len(text)))
    slip = data.draw(st.sampled_from(["", " ", "(", ")", "=", "A", "1", ",", "\n", "九", "or ", "."]))
    for changed in (text[:at] + slip + text[at:], text[:at] + slip + text[at + 1 :]):
        assert told(parse, changed) == told(reference.parse, changed)


@pytest.mark.parametrize("text", RULES)
def test_the_rules_of_the_forms_are_read_alike(text):
    parse(text)
    assert told(parse, text) == told(reference.parse, text)
