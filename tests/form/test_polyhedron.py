"""Conditions and the filings that fulfil them, against every small filing tried one by one."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from consolidator.form.linting.linear import NotLinearError, condition
from consolidator.form.linting.polyhedron import Domain, Filings, UndecidedError
from consolidator.rules import evaluate, parse

CODES = ("A", "B", "C")
COUNTS = Filings(dict.fromkeys(CODES, Domain(whole=True, signed=False)))
SMALL = [dict(zip(CODES, map(Decimal, values), strict=True)) for values in product(range(5), repeat=3)]

terms = st.sampled_from(
    ["A", "B", "C", "0", "1", "2", "A + B", "2 * C", "A - B", "max(A, B)", "min(B, C, 2)", "abs(A - C)", "-max(A, 1)"]
)
comparisons = st.builds("{} {} {}".format, terms, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), terms)
chains = st.builds("{} <= {} < {}".format, terms, terms, terms)
rules = st.recursive(
    comparisons | chains,
    lambda inner: (
        st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or", "implies", "iff"]), inner)
        | st.builds("not ({})".format, inner)
    ),
    max_leaves=3,
)


@settings(max_examples=250, deadline=None)
@given(
    st.lists(rules, min_size=1, max_size=4), st.lists(st.booleans(), min_size=4, max_size=4), st.sampled_from([0, 1])
)
def test_a_filing_is_found_exactly_where_there_is_one(texts, wanted, tolerance):
    expressions = [(parse(text), holds) for text, holds in zip(texts, wanted, strict=False)]

    def fits(values):
        return all(evaluate(each, values, tolerance=Decimal(tolerance)) is holds for each, holds in expressions)

    try:
        point = COUNTS.fulfilling([condition(each, tolerance, holds=holds) for each, holds in expressions])
    except UndecidedError:  # too many cases: nothing is claimed
        reject()

    if point is None:
        assert not any(map(fits, SMALL))
    else:
        assert fits({code: Decimal(round(point.get(code, 0.0))) for code in CODES})


@pytest.mark.parametrize(
    ("texts", "whole", "possible"),
    [
        (["A < B", "B < A + 1"], True, False),
        (["A < B", "B < A + 1"], False, True),
        (["2 * A = 2 * B + 1"], True, False),
        (["2 * A = 2 * B + 1"], False, True),
        (["A > 0", "A <= 0.004"], False, True),
        (["A > 0.5", "A < 1"], True, False),
        (["A / 2 > 1", "A * 0.5 < 1.5"], False, True),
        (["A > B", "B > C", "C > A"], False, False),
        (["1 > 2"], True, False),
    ],
)
def test_whole_numbers_and_amounts_are_told_apart(texts, whole, possible):
    filings = Filings(dict.fromkeys(CODES, Domain(whole, signed=False)))

    assert (filings.fulfilling([condition(parse(text)) for text in texts]) is not None) is possible


def test_a_change_may_be_negative_and_so_may_what_another_form_says():
    filings = Filings({"A": Domain(whole=True, signed=False), "D": Domain(whole=True, signed=True)})

    assert filings.fulfilling([condition(parse("D < 0"))])
    assert filings.fulfilling([condition(parse("cats.A < A"))])
    assert not filings.fulfilling([condition(parse("A < 0"))])


@pytest.mark.parametrize(
    "text", ["A * B > 1", "A / B > 1", "1 / A > 1", "A / 0 > 1", "blank(A)", "A > 0 and not blank(B)"]
)
def test_what_is_not_linear_is_said_to_be_so(text):
    with pytest.raises(NotLinearError):
        condition(parse(text))


def test_a_rule_of_too_many_cases_is_not_tried():
    peaks = " + ".join(f"max({', '.join(f'X{n}{m}' for m in range(10))})" for n in range(5))

    with pytest.raises(NotLinearError):
        condition(parse(f"{peaks} <= 1"))


def test_a_search_that_grows_too_long_is_given_up():
    pigeons = range(9)  # nine pigeons in eight holes
    placed = [" or ".join(f"P{pigeon}{hole} = 1" for hole in range(8)) for pigeon in pigeons]
    alone = [f"P{a}{hole} + P{b}{hole} < 2" for hole in range(8) for a in pigeons for b in pigeons if a < b]
    holes = Filings({f"P{pigeon}{hole}": Domain(whole=False, signed=False) for pigeon in pigeons for hole in range(8)})

    with pytest.raises(UndecidedError):
        holes.fulfilling([condition(parse(text)) for text in (*placed, *alone)])
