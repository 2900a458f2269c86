"""The result of a rule for one unit: exact, three-valued, with tolerance."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.rules import Range, evaluate, parse, sides
from consolidator.rules.expression import Name
from tests.rules import expressions


def result(text, tolerance="0", previous=None, **values):
    given_values = {code: None if value is None else Decimal(str(value)) for code, value in values.items()}
    return evaluate(parse(text), given_values, previous, Decimal(tolerance))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A + B * C", 14),
        ("A - B - C", -5),
        ("-A + B", 1),
        ("C / A", 2),
        ("max(A, B, C)", 4),
        ("min(A, B, C)", 2),
        ("sum(A, B, C)", 9),
        ("abs(A - C)", 2),
        ("12 / B / A", 2),
    ],
)
def test_arithmetic(text, wanted):
    assert result(text, A=2, B=3, C=4) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A = 2", True),
        ("A != 2", False),
        ("A < 2", False),
        ("A <= 2", True),
        ("A > 1", True),
        ("A >= 3", False),
        ("1 < A <= 2", True),
        ("2 < A <= 2", False),
        ("A = 2 and B = 3", True),
        ("A = 1 or B = 3", True),
        ("not A = 1", True),
        ("A = 2 implies B = 1", False),
        ("A = 1 implies B = 1", True),
        ("A = 2 iff B = 3", True),
        ("A = 2 iff B = 4", False),
        ("blank(A)", False),
        ("blank(Z)", True),
    ],
)
def test_conditions(text, wanted):
    assert result(text, A=2, B=3) is wanted


@pytest.mark.parametrize(
    "text",
    ["A = Z", "A = B + Z", "sum(A, Z) = 5", "max(A, Z) >= 1", "-Z = 1", "abs(Z) = 1", "A / 0 = 1", "previous(A) = 2"],
)
def test_a_number_that_is_missing_leaves_the_rule_undecided(text):
    assert result(text, A=2, B=3, Z=None) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Z = 1 and A = 9", False),
        ("Z = 1 and A = 2", None),
        ("Z = 1 or A = 2", True),
        ("Z = 1 or A = 9", None),
        ("not Z = 1", None),
        ("A = 9 implies Z = 1", True),
        ("Z = 1 implies A = 2", True),
        ("Z = 1 implies A = 9", None),
        ("Z = 1 iff A = 2", None),
        ("A = 2 iff Z = 1", None),
        ("1 < A < 2 < Z", False),
    ],
)
def test_a_missing_value_only_matters_where_it_could_change_the_result(text, wanted):
    assert result(text, A=2) is wanted


def test_decimals_are_exact():
    assert result("A + B = C", A="0.1", B="0.2", C="0.3") is True
    assert result("A + B = C", A="99999999999999.9", B="0.001", C="99999999999999.9") is False


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("A = B", True), ("A != B", False), ("A < B", False), ("A <= B", True), ("A > B", False), ("A >= B", True)],
)
@pytest.mark.parametrize("values", [{"A": "1.01", "B": 1}, {"A": 1, "B": "1.01"}])
def test_within_the_tolerance_two_numbers_are_equal(text, wanted, values):
    assert result(text, "0.01", **values) is wanted


def test_the_period_before_has_its_own_values():
    assert result("A = previous(B) + B", previous={"B": Decimal(5)}, A=7, B=2) is True


@given(
    expressions.conditions,
    expressions.values,
    expressions.tolerances,
    st.sampled_from(expressions.CODES),
    expressions.counts,
)
def test_filling_in_a_missing_value_never_turns_a_decided_rule(condition, values, tolerance, code, value):
    from consolidator.rules import Blank, walk

    if values.get(code) is not None or any(isinstance(part, Blank) for part in walk(condition)):
        return
    before = evaluate(condition, values, None, tolerance)
    assert before in {None, evaluate(condition, {**values, code: value}, None, tolerance)}


def test_a_range_must_be_expanded_before_it_can_be_worked_out():
    with pytest.raises(TypeError, match="Range"):
        evaluate(Range(Name("A"), Name("B")), {})


def test_a_name_is_no_condition():
    with pytest.raises(TypeError, match="Name"):
        evaluate(parse("not A"), {})


def test_only_one_comparison_has_two_sides():
    left, operator, right = sides(parse("A <= B + C"))
    assert (left, operator, right) == (parse("A"), "<=", parse("B + C"))
    assert sides(parse("0 <= A <= B")) is None
    assert sides(parse("A = 1 and B = 1")) is None
