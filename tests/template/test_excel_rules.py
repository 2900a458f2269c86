"""Rules in Excel's words come to the verdicts of the rule language."""

from __future__ import annotations

import random
from decimal import Decimal

import openpyxl
import pytest

from consolidator.findings import Severity
from consolidator.form import Rule, available
from consolidator.rules import Conditional, evaluate, names, parse
from consolidator.write.plans.excel_rules import LONGEST, alarm, references, total
from tests.template.sheets import Reckoner, form

CELLS = {code: (row, 1) for row, code in enumerate("ABCDEF")}


def rule(text: str, when: str = "", tolerance: str = "0") -> Rule:
    expression = parse(text)
    return Rule(
        "T1", {"zh": "甲"}, Severity.HARD, text, expression, {"zh": "甲"}, "乙", names(expression), {}, {},
        when=parse(when) if when else None, tolerance=Decimal(tolerance),
    )  # fmt: skip


def verdict(each: Rule, values: dict[str, Decimal | None]) -> bool | None:
    whole = Conditional("implies", each.when, each.expression) if each.when else each.expression
    result = evaluate(whole, values, tolerance=each.tolerance)
    assert result is None or isinstance(result, bool)
    return result


def violated(each: Rule, values: dict[str, Decimal | None], cells: dict[str, tuple[int, int]]) -> bool:
    found = alarm(each, cells)
    assert found is not None
    typed = {f"{chr(65 + cells[c][1])}{cells[c][0] + 1}": float(v) for c, v in values.items() if v is not None}
    return bool(Reckoner(openpyxl.Workbook().active, typed).reckon(found.violated))


@pytest.mark.parametrize(
    "text",
    [
        "A = B + C",
        "A != B",
        "0 <= A <= B < 10",
        "A > B or C >= D",
        "not (A = B and C = D)",
        "A > 0 implies max(B, C, D) = 0",
        "A > 0 iff sum(B, C + D) > 0",
        "abs(A - B) <= 2",
        "A / B >= 1.5",
        "-A + B * 2 - min(C, D) = 0",
        "blank(A) implies B = 0",
        "A - (B - C) = D",
    ],
)
def test_excel_and_the_rule_language_agree(text: str) -> None:
    dice = random.Random(text)  # noqa: S311 - the same values every time
    each = rule(text)
    for _ in range(60):
        values = {code: dice.choice([None, *map(Decimal, range(4))]) for code in CELLS}
        complete = all(values[code] is not None for code in "ABCDEF" if code in text and f"blank({code})" not in text)
        expected = complete and verdict(each, values) is False
        assert violated(each, values, CELLS) == expected, values


def test_a_condition_of_application_and_a_tolerance_are_kept() -> None:
    each = rule("A = B", when="C > 0", tolerance="0.05")

    assert not violated(each, {"A": Decimal(1), "B": Decimal(5), "C": Decimal(0)}, CELLS)
    assert not violated(each, {"A": Decimal("1.05"), "B": Decimal(1), "C": Decimal(1)}, CELLS)
    assert violated(each, {"A": Decimal("1.06"), "B": Decimal(1), "C": Decimal(1)}, CELLS)


def test_decimal_fractions_that_excel_cannot_hold_do_not_alarm() -> None:
    assert not violated(rule("A = B + C"), {"A": Decimal("0.3"), "B": Decimal("0.1"), "C": Decimal("0.2")}, CELLS)


@pytest.mark.parametrize("text", ["A <= previous(A) * 2", "A = other.B", "A = Z"])
def test_what_excel_cannot_know_is_left_to_the_office(text: str) -> None:
    assert alarm(rule(text), CELLS) is None


def test_a_rule_that_would_make_too_long_a_formula_is_left_to_the_office() -> None:
    long = rule(" + ".join(["A"] * 900) + " = 900")

    assert alarm(long, CELLS) is not None
    assert alarm(long, {"A": (999_999, 9_999)}) is None
    assert LONGEST < 8192


def test_neighbours_are_drawn_together() -> None:
    assert references([(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (9, 27)]) == "$A$1:$B$3,$AB$10"


def test_a_sum_stays_empty_until_every_part_is_filled() -> None:
    formula = total("AB", CELLS, zero=False)

    assert Reckoner(openpyxl.Workbook().active, {"B1": 2.0}).reckon(formula) == ""
    assert Reckoner(openpyxl.Workbook().active, {"B1": 2.0, "B2": 0.0}).reckon(formula) == 2


def test_a_sum_of_blanks_that_mean_zero_shows_with_its_first_part() -> None:
    formula = total("AB", CELLS, zero=True)

    assert Reckoner(openpyxl.Workbook().active, {}).reckon(formula) == ""
    assert Reckoner(openpyxl.Workbook().active, {"B1": 2.0}).reckon(formula) == 2


@pytest.mark.parametrize("form_id", available())
def test_every_rule_of_an_installed_form_alarms_for_its_failing_example_alone(form_id: str) -> None:
    own = form(form_id)
    cells = {code: (number, 3) for number, code in enumerate(own.numeric)}
    judged = [each for each in own.rules if alarm(each, cells) is not None]
    for each in judged:
        passing, failing = (
            {code: example.get(code, Decimal(0)) for code in own.numeric} for example in (each.passing, each.failing)
        )
        assert not violated(each, passing, cells), each.key
        assert violated(each, failing, cells), each.key

    numbers = [each for each in own.rules if not (each.facets or each.elsewhere or each.earlier)]
    assert len(judged) * 2 >= len(numbers)
