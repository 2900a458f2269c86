"""The rule language as text: what is read, what is refused and where, and that printing loses nothing."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consolidator.rules import (
    Arithmetic,
    Comparison,
    Conditional,
    Kind,
    Logic,
    Name,
    Number,
    RuleSyntaxError,
    expand,
    kind_of,
    names,
    parse,
    previous_names,
    walk,
    written,
)
from tests.rules import expressions


@given(expressions.anything)
def test_what_is_printed_is_read_back_as_the_same_expression(expression):
    assert parse(written(expression)) == expression


def refused_at(text):
    try:
        parse(text)
    except RuleSyntaxError as error:
        return error.line, error.column
    return None


@given(st.text(alphabet="AC1.(),+-*/<>=! \n\tandormxsubkpevilf0九“", max_size=30) | st.text(max_size=20))
@example("(" * 3000 + "A = 1" + ")" * 3000)
@example("not " * 900 + "A = 1")
@example("-" * 900 + "A = 1")
@example("A = 1 implies " * 200 + "A = 1")
def test_any_text_is_an_expression_or_a_rule_syntax_error(text):
    lines = text.split("\n")
    line, column = refused_at(text) or (1, 1)
    assert 1 <= line <= len(lines)
    assert 1 <= column <= len(lines[line - 1]) + 1


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("A1 = 2", Comparison((Name("A1"), Number(Decimal(2))), ("=",))),
        ("A+B*C = D", parse("(A + (B * C)) = D")),
        (
            "A - B - C = 0",
            Comparison((Arithmetic((Name("A"), Name("B"), Name("C")), ("-", "-")), Number(Decimal(0))), ("=",)),
        ),
        ("not A=1 and B=1", Logic("and", (parse("not (A = 1)"), parse("B = 1")))),
        ("A=1 or B=1 and C=1", Logic("or", (parse("A = 1"), parse("B = 1 and C = 1")))),
        ("A=1 => B=1 => C=1", Conditional("implies", parse("A = 1"), parse("B = 1 implies C = 1"))),
        ("A=1 <=> B=1", parse("A = 1 iff B = 1")),
        ("A=1 or B=1 implies C=1", Conditional("implies", parse("A=1 or B=1"), parse("C = 1"))),
        ("A >= +1", parse("A >= 1")),
        ("maxima > sums", Comparison((Name("maxima"), Name("sums")), (">",))),
        ("A1\n= \t2\r\n", parse("A1 = 2")),
    ],
)
def test_operators_bind_as_people_expect(text, meaning):
    assert parse(text) == meaning


@pytest.mark.parametrize(
    ("text", "problem", "line", "column"),
    [
        ("", "unfinished", 1, 1),
        ("C1 = C11 +", "unfinished", 1, 11),
        ("C1 =\n C11 +  ", "unfinished", 2, 7),
        ("C1 = C11 C12", "unexpected", 1, 10),
        ("C1 == C11", "unexpected", 1, 5),
        ("C1 = \n  C11 + ?", "character", 2, 9),
        ("C1 ＝ C11", "character", 1, 4),
        ("5A > 1", "character", 1, 1),
        ("A21..A25 > 1", "unexpected", 1, 4),
        ("sum() = 1", "unexpected", 1, 5),
        ("blank(A+1)", "unexpected", 1, 8),
        ("__import__('os')", "unexpected", 1, 11),
        ("A" * 5000, "too_long", 1, 1),
    ],
)
def test_a_text_that_is_no_rule_is_refused_at_its_place(text, problem, line, column):
    with pytest.raises(RuleSyntaxError) as refused:
        parse(text)
    assert (refused.value.problem, refused.value.line, refused.value.column) == (problem, line, column)


def test_nesting_beyond_reason_is_refused():
    with pytest.raises(RuleSyntaxError, match="too_deep"):
        parse("not " * 50 + "A = 1")


@pytest.mark.parametrize(
    ("text", "problem", "column"),
    [
        ("A + (B > 1) = 2", "wants_number", 6),
        ("A and B > 1", "wants_condition", 1),
        ("A > 1 implies B", "wants_condition", 15),
        ("not A", "wants_condition", 5),
        ("max(A > 1, B) = 1", "wants_number", 5),
        ("-(A > 1) = 1", "wants_number", 3),
        ("abs(A, B) = 1", "one_argument", 1),
        ("abs(A..B) = 1", "one_argument", 1),
        ("blank(A) + 1 = 1", "wants_number", 1),
        ("(A > 1) > 1", "wants_number", 2),
    ],
)
def test_numbers_and_conditions_do_not_mix(text, problem, column):
    with pytest.raises(RuleSyntaxError) as refused:
        kind_of(parse(text))
    assert (refused.value.problem, refused.value.column) == (problem, column)


@given(expressions.conditions, expressions.numbers)
def test_every_sound_expression_has_its_kind(condition, number):
    assert kind_of(condition) is Kind.CONDITION
    assert kind_of(number) is Kind.NUMBER


def test_names_are_given_once_in_order_of_appearance_and_apart_from_those_of_the_period_before():
    expression = parse(
        "Q1.np + A = max(A, B, blank(C) and D > 1)".replace("blank(C) and D > 1", "previous(E)") + " or blank(C)"
    )
    assert names(expression) == ("Q1.np", "A", "B", "C")
    assert previous_names(expression) == ("E",)


def test_names_carry_their_place_in_the_text():
    places = [(part.code, part.line, part.column) for part in walk(parse("A1 =\n  B + C")) if isinstance(part, Name)]
    assert places == [("A1", 1, 1), ("B", 2, 3), ("C", 2, 7)]


def test_ranges_are_replaced_wherever_they_stand():
    text = "not (1 < sum(A..C, D) and -max(A..C) = 2) implies B = 1 iff blank(E) or previous(F) > 3"
    expanded = expand(parse(text), lambda span: (span.first.code, "B", span.last.code))
    wanted = "not (1 < sum(A, B, C, D) and -max(A, B, C) = 2) implies B = 1 iff blank(E) or previous(F) > 3"
    assert expanded == parse(wanted)
