"""The rules as a pandera schema: the residual columns, and which units are to be judged again."""

import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest

from consolidator.form import load_by_id, load_text
from consolidator.form.judging.compile import compile_form, operands, residual_name
from consolidator.form.relations import Reach
from consolidator.frames import UNIT_INDEX
from tests.form.definitions import SMALL, spoiled

FORM = load_by_id("gov-info-disclosure-2014")
COMPILED = compile_form(FORM)


def frame(units):
    table = pd.DataFrame(0.0, index=pd.Index(list(units), name=UNIT_INDEX), columns=list(FORM.numeric))
    table[["H3", "H31"]] = 1.0
    for unit, values in units.items():
        for code, value in values.items():
            table.loc[unit, code] = value
    return table


def to_judge(units):
    return {rule: set(found) for rule, found in COMPILED.to_judge(frame(units)).items() if found}


def test_clean_units_need_no_second_look():
    assert to_judge({"甲": {}, "乙": {"C1": 3, "C11": 3}}) == {}


def test_violated_and_undecided_units_are_named_by_their_label():
    found = to_judge({"甲": {"C11": np.nan}, "乙": {}, "丙": {"C1": 35, "C11": 33}, "丁": {"B21a": np.nan}})
    assert found == {"R08": {"甲", "丙"}, "R14": {"甲"}, "R06": {"丁"}}


def test_units_whose_figures_floats_may_round_are_looked_at_again():
    assert to_judge({"甲": {"G": 0.5, "C1": 1, "C11": 1}}) == {"R18": {"甲"}, "R23": {"甲"}}


def test_the_order_of_the_rows_does_not_matter():
    units = {"甲": {"C11": np.nan}, "乙": {}, "丙": {"C1": 35, "C11": 33}, "丁": {"A1": 5}}
    assert to_judge(units) == to_judge(dict(reversed(units.items())))


def test_a_residual_is_left_minus_right_or_whether_a_condition_fails():
    checked = compile_form(FORM).schema.validate
    with pytest.raises(pa.errors.SchemaErrors) as failures:
        checked(frame({"甲": {"C1": 35, "C11": 33}, "乙": {"E": 3, "E1": 3}}), lazy=True)
    residuals = failures.value.data
    by_id = {rule.id: residual_name(rule) for rule in FORM.rules}
    assert residuals[by_id["R08"]].to_dict() == {"甲": 2.0, "乙": 0.0}
    assert residuals[by_id["R19"]].to_dict() == {"甲": 0.0, "乙": 1.0}


def test_one_failure_is_one_row():
    with pytest.raises(pa.errors.SchemaErrors) as failures:
        COMPILED.schema.validate(frame({"甲": {"C1": 35, "C11": 33}, "乙": {"E": 3, "E1": 3}, "丙": {}}), lazy=True)
    cases = failures.value.failure_cases
    assert sorted(zip(cases["check"], cases["index"], strict=True)) == [("R08", "甲"), ("R19", "乙")]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda table: pd.concat([table, table]),
        lambda table: table.drop(columns="C1"),
        lambda table: table.astype({"C1": "int64"}),
        lambda table: table.rename_axis(None),
    ],
)
def test_a_frame_that_is_not_as_agreed_is_refused(spoil):
    with pytest.raises(pa.errors.SchemaErrors):
        COMPILED.to_judge(spoil(frame({"甲": {}, "乙": {"C1": 35}})))


def test_rules_on_the_total_only_are_not_compiled_for_units():
    form = load_text(
        spoiled(("expression: M > 0 implies A1 + A2 > 0", "scope: total\n    expression: M > 0 implies A1 + A2 > 0")),
        "d.yaml",
    )
    assert [rule.id for rule in compile_form(form).rules] == ["D01", "PART-B1"]


def test_a_condition_limits_a_rule_to_where_it_holds():
    form = load_text(
        spoiled(("sum_of: A\n", "sum_of: A\n    when: M > 0\n"), ("failing: {A: 3}", "failing: {A: 3, M: 1}")), "d.yaml"
    )
    table = pd.DataFrame(
        [[3.0, 1.0, 1.0, 0.0, 0.0, 0.0], [3.0, 1.0, 1.0, 0.0, 0.0, 1.0], [2.0, 1.0, 1.0, 0.0, 0.0, np.nan]],
        columns=list(form.numeric),
        index=pd.Index(["甲", "乙", "丙"], name=UNIT_INDEX),
    )
    assert compile_form(form).to_judge(table)["D01"] == {"乙"}


@pytest.mark.parametrize(("tolerance", "violated"), [("0", {"甲", "乙"}), ("0.5", {"乙"}), ("1", set())])
def test_the_tolerance_is_the_largest_difference_that_counts_as_equal(tolerance, violated):
    form = load_text(spoiled(("sum_of: A\n", f"sum_of: A\n    tolerance: {tolerance}\n")), "d.yaml")
    table = pd.DataFrame(0.0, columns=list(form.numeric), index=pd.Index(["甲", "乙"], name=UNIT_INDEX))
    table["A"] = [0.5, 1.0]
    found = compile_form(form).to_judge(table)["D01"]
    assert violated <= found <= violated | {"甲"}


def test_the_environment_cannot_switch_the_rules_off(monkeypatch):
    from pandera.config import CONFIG, ValidationDepth

    monkeypatch.setattr(CONFIG, "validation_enabled", False)
    monkeypatch.setattr(CONFIG, "validation_depth", ValidationDepth.SCHEMA_ONLY)
    assert to_judge({"甲": {"C1": 35, "C11": 33}}) == {"R08": {"甲"}}


def form_beside_another():
    text = SMALL.replace("M > 0 implies A1 + A2 > 0", "M <= cats.M").replace("{M: 1.5, A1: 1}", "{M: 1, cats.M: 1}")
    return load_text(text.replace('zh: "收费 {M}，登记 {A1}、{A2}。"', "zh: 收费"), "d.yaml")


def test_a_rule_across_forms_is_judged_by_the_other_forms_column():
    form = form_beside_another()
    table = pd.DataFrame(0.0, columns=list(operands(form)), index=pd.Index(["甲", "乙", "丙"], name=UNIT_INDEX))
    table["M"], table["cats.M"] = [2.0, 2.0, 2.0], [2.0, 1.0, float("nan")]

    assert compile_form(form).to_judge(table)["D02"] == {"乙", "丙"}


def test_without_the_other_form_its_rules_are_left_out():
    assert "D02" not in {
        rule.id for rule in compile_form(form_beside_another(), Reach(without=frozenset({"cats"}))).rules
    }
