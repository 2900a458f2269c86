"""The vectorised evaluator gives what the exact one gives, wherever it says it is exact."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.rules import Comparison, Name, Range, evaluate, parse, sides
from consolidator.rules.vectors import Columns, differences, exact, held, results
from tests.rules import expressions


def columns(units, previous=({},)):
    def table(rows):
        return {
            code: np.array([np.nan if row.get(code) is None else float(row[code]) for row in rows])
            for code in expressions.CODES
        }

    return Columns(
        len(units), table(units), table(list(previous) * len(units)) if len(previous) == 1 else table(previous)
    )


def truth(number):
    return None if np.isnan(number) else bool(number)


@given(
    expressions.conditions,
    st.lists(expressions.values, min_size=1, max_size=4),
    expressions.whole_values,
    expressions.tolerances,
)
def test_both_evaluators_agree_wherever_floats_are_exact(condition, units, previous, tolerance):
    table = columns(units, [previous])
    found = results(condition, table, tolerance)
    certain = exact(condition, table)
    for position, values in enumerate(units):
        if certain[position]:
            assert truth(found[position]) is evaluate(condition, values, previous, tolerance)


@given(expressions.numbers, expressions.numbers, expressions.whole_values)
def test_both_agree_on_the_difference_of_two_sides(left, right, values):
    table = columns([values])
    if not exact(Comparison((left, right), ("=",)), table)[0]:
        return
    found = differences(left, right, table)[0]
    sides_found = [evaluate(side, values) for side in (left, right)]
    if None in sides_found:
        assert np.isnan(found)
    else:
        assert Decimal(found) == sides_found[0] - sides_found[1]


@given(expressions.whole_values.filter(bool))
def test_sums_of_whole_numbers_are_always_exact(values):
    assert exact(parse("A1 = sum(A1a, C34f) + 3 - Q1.np"), columns([values])).all()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A1 = 1", Decimal("0.5")),
        ("A1 / 2 = 1", Decimal(4)),
        ("A1 = 0.5", Decimal(1)),
        ("A1 = 1", Decimal(2**53)),
        ("A1 * A1 * A1 = 1", Decimal(2**18)),
        ("A1 = 1", Decimal("Infinity")),
    ],
)
def test_what_floats_could_round_is_said_to_be_inexact(text, value):
    assert not exact(parse(text), columns([{"A1": value}])).any()


def test_products_of_small_whole_numbers_are_exact():
    assert exact(parse("A1 * A1a * 3 = 1"), columns([{"A1": Decimal(4), "A1a": Decimal(0)}])).all()


def test_a_column_that_is_not_there_is_missing():
    assert np.isnan(results(parse("unheard.of = 1"), columns([{}]), Decimal(0))).all()


@pytest.mark.parametrize("operator", expressions.OPERATORS)
def test_held_is_undecided_for_a_missing_difference(operator):
    assert np.isnan(held(np.array([np.nan]), operator, 0.0))


def test_a_range_must_be_expanded_before_it_can_be_worked_out():
    with pytest.raises(TypeError, match="Range"):
        results(Range(Name("A"), Name("B")), columns([{}]), Decimal(0))


def test_the_sides_of_a_sum_rule_give_its_residual():
    pair = sides(parse("A1 = A1a + C34f"))
    table = columns([{"A1": Decimal(35), "A1a": Decimal(30), "C34f": Decimal(3)}, {"A1": Decimal(1)}])
    np.testing.assert_array_equal(differences(pair.left, pair.right, table), [2.0, np.nan])
