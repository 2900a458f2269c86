"""Expressions and values for property tests: every kind of node, every way that values can be missing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from consolidator.rules import (
    Arithmetic,
    Blank,
    Call,
    Comparison,
    Conditional,
    Logic,
    Name,
    Negative,
    Not,
    Number,
    Previous,
    Range,
)

CODES = ("A1", "A1a", "C34f", "Q1.np", "other.A1")
OPERATORS = ("=", "!=", "<", "<=", ">", ">=")

names = st.sampled_from(CODES).map(Name)
counts = st.integers(0, 20).map(Decimal)
moneys = st.decimals(0, 100, places=2)
values = st.dictionaries(st.sampled_from(CODES), st.none() | counts | moneys)
whole_values = st.dictionaries(st.sampled_from(CODES), st.none() | counts)
tolerances = st.sampled_from([Decimal(0), Decimal("0.01"), Decimal(1)])


def chain(kind, operands, operators):
    def built(items):
        signs = st.tuples(*(st.sampled_from(operators) for _ in items[1:]))
        return signs.map(lambda chosen: kind(tuple(items), chosen))

    return st.lists(operands, min_size=2, max_size=4).flatmap(built)


def bigger_numbers(inner):
    return st.one_of(
        inner.map(Negative),
        chain(Arithmetic, inner, "+-"),
        chain(Arithmetic, inner, "*/"),
        inner.map(lambda operand: Call("abs", (operand,))),
        st.builds(Call, st.sampled_from(["max", "min", "sum"]), st.lists(inner, min_size=1, max_size=3).map(tuple)),
    )


numbers = st.recursive(
    names | names.map(Previous) | (counts | moneys).map(Number),
    bigger_numbers,
    max_leaves=6,
)


def bigger_conditions(inner):
    return st.one_of(
        inner.map(Not),
        st.builds(Logic, st.sampled_from(["and", "or"]), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Conditional, st.sampled_from(["implies", "iff"]), inner, inner),
    )


conditions = st.recursive(names.map(Blank) | chain(Comparison, numbers, OPERATORS), bigger_conditions, max_leaves=5)
ranges = st.builds(Range, names, names)
anything = conditions | numbers | st.lists(ranges, min_size=1, max_size=2).map(lambda spans: Call("sum", tuple(spans)))
