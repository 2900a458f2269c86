"""What a sound definition becomes."""

import hashlib
import subprocess
import sys
from decimal import Decimal

import pytest
from msgspec.structs import replace

from consolidator.errors import FormError, UsageError
from consolidator.findings import Outcome, Severity
from consolidator.form import (
    Aggregation,
    BlankPolicy,
    Form,
    Relation,
    Scope,
    ValueType,
    available,
    load,
    load_by_id,
    load_text,
    outline,
)
from consolidator.locate.cells.values import read_value
from consolidator.model import Cell, CellKind
from consolidator.rules import parse
from tests.form.definitions import SMALL, spoiled


def test_a_small_definition_becomes_a_form():
    form = load_text(SMALL, "dogs.yaml")
    assert (form.id, form.title, form.blank_policy) == ("dogs-2020", "犬只登记统计表", BlankPolicy.MISSING)
    assert (form.first_year, form.last_year, form.headlines) == (2020, 2024, ("A",))
    assert form.filer_labels == ("填报单位", "单位名称")
    assert form.other_forms == {"cats": "cats-2020"}
    assert form.numeric == ("A", "A1", "A2", "B", "B1", "M")
    assert list(form.indicators) == ["A", "A1", "A2", "B", "B1", "M", "N"]
    row = form.rows["A1"]
    assert (row.parent, row.relation, row.type, row.aggregation) == (
        "A",
        Relation.ADDEND,
        ValueType.COUNT,
        Aggregation.SUM,
    )
    assert form.rows["N"].aggregation is Aggregation.NONE
    assert len(form.sha256) == 64


def test_rules_come_in_the_order_of_the_file_then_what_the_tree_says_besides():
    form = load_text(SMALL, "dogs.yaml")
    assert [rule.id for rule in form.rules] == ["D01", "D02", "PART-B1"]
    assert [rule.derived for rule in form.rules] == [True, False, True]
    claimed, written, automatic = form.rules
    assert claimed.expression == parse("A = A1 + A2")
    assert claimed.formula == "A = A1 + A2"
    assert claimed.indicators == ("A", "A1", "A2")
    assert claimed.failing == {"A": Decimal(3)}
    assert (written.severity, written.scope, written.formula) == (
        Severity.SOFT,
        Scope.BOTH,
        "M > 0 implies A1 + A2 > 0",
    )
    assert automatic.expression == parse("B1 <= B")
    assert automatic.severity is Severity.HARD
    assert automatic.title == {"zh": "新增（其中项）≤养犬人数", "en": "新增 (of which) ≤ 养犬人数"}
    assert "{left}" in automatic.sentence["zh"]


def test_a_sum_nobody_claims_gets_a_rule_of_its_own():
    start, end = SMALL.index("  - id: D01"), SMALL.index("  - id: D02")
    form = load_text(SMALL[:start] + SMALL[end:], "dogs.yaml")
    rule = next(rule for rule in form.rules if rule.id == "SUM-A")
    assert rule.expression == parse("A = A1 + A2")
    assert rule.title["zh"] == "登记犬只数＝2 个分项（城区、乡村）之和"
    assert (
        rule.sentence["zh"]
        .format(left=3, right=2, direction="多", difference=1)
        .startswith("“登记犬只数”填 3，应等于城区、乡村之和 2，多 1")
    )


def test_braces_in_a_label_stay_as_they_are_in_a_sentence():
    form = load_text(spoiled(("label: 其中：新增}", 'label: "其中：新增{甲}"}')), "dogs.yaml")
    assert "“新增{甲}”" in form.rules[2].sentence["zh"].format(left=1, right=0, difference=1)


def test_a_row_may_hold_negative_figures_as_a_column_may():
    form = load_text(SMALL.replace("label: （二）养犬人数", "signed: true, label: （二）养犬人数"), "dogs.yaml")
    assert [code for code, indicator in form.indicators.items() if indicator.row.signed] == ["B"]
    assert (
        read_value(Cell(1, 1, CellKind.NUMBER, "-3", Decimal(-3)), form.indicators["B"], BlankPolicy.MISSING).value
        == -3
    )


def test_a_sum_of_one_item_is_that_item():
    form = load_text(
        spoiled(
            ("code: A2, level: 3, parent: A, relation: addend,", "code: A2, level: 3, parent: A,"),
            ("passing: {A: 3, A1: 1, A2: 2}", "passing: {A: 1, A1: 1}"),
        ),
        "dogs.yaml",
    )
    assert form.rules[0].expression == parse("A = A1")


def test_a_rule_may_replace_a_relation_of_the_tree():
    form = load_text(
        spoiled(
            ("sum_of: A\n", "sum_of: A\n    expression: A >= sum(A1..A2)\n"), ("failing: {A: 3}", "failing: {A1: 3}")
        ),
        "dogs.yaml",
    )
    assert [rule.id for rule in form.rules] == ["D01", "D02", "PART-B1"]
    assert form.rules[0].expression == parse("A >= sum(A1, A2)")
    assert form.rules[0].formula == "A >= sum(A1..A2)"


def test_everything_a_rule_may_say_is_kept():
    extra = "expression: M > 0 implies A1 + A2 > 0\n    when: B > 0\n    escalate: M > 100\n    tolerance: 0.05\n    scope: unit"
    form = load_text(
        spoiled(("expression: M > 0 implies A1 + A2 > 0", extra), ("failing: {M: 1.5}", "failing: {M: 1.5, B: 1}")),
        "dogs.yaml",
    )
    rule = form.rules[1]
    assert (rule.when, rule.escalate) == (parse("B > 0"), parse("M > 100"))
    assert (rule.tolerance, rule.scope) == (Decimal("0.05"), Scope.UNIT)
    assert rule.indicators == ("M", "A1", "A2", "B")


def test_a_rule_on_figures_that_are_not_added_up_is_for_single_units():
    form = load_text(spoiled(("code: M, level: 2,", "code: M, level: 2, aggregation: none,")), "dogs.yaml")
    assert {rule.id: rule.scope for rule in form.rules} == {
        "D01": Scope.BOTH,
        "D02": Scope.UNIT,
        "PART-B1": Scope.BOTH,
    }
    form = load_text(spoiled(("code: B1, level: 3,", "code: B1, level: 3, aggregation: none,")), "dogs.yaml")
    assert form.rules[-1].scope is Scope.UNIT


TWO = "- {label: 户数, key: n}\n      - {label: 平均, key: avg, type: money, decimals: 1, aggregation: none}"


def matrix(rule: str) -> Form:
    head = SMALL[: SMALL.index("rules:\n")].replace("- {label: 数量}", TWO).replace("headlines: [A]\n", "")
    words = "title: {zh: 名, en: t}, sentence: {zh: 句, en: s}, remedy: {zh: 办, en: r}, basis: 据, severity: hard"
    return load_text(
        f"{head}rules:\n  - {{id: D1, {rule}, {words}, passing: {{A: 3, B: 1}}, failing: {{A: 1, B: 3}}}}\n",
        "dogs.yaml",
    )


def test_a_column_of_averages_has_no_sums_and_no_total():
    form = matrix('for_each: column, expression: "A.* >= B.*"')
    assert [rule.id for rule in form.rules] == ["D1", "D1", "SUM-A.n", "PART-B1.n"]
    assert [rule.scope for rule in form.rules[:2]] == [Scope.BOTH, Scope.UNIT]
    assert {code for code in form.numeric if form.indicators[code].row.aggregation is Aggregation.NONE} == {
        f"{code}.avg" for code in ("A", "A1", "A2", "B", "B1", "M", "N")
    }


def test_a_rule_for_each_column_may_be_for_some_columns():
    form = matrix('for_each: column, for_columns: [n], expression: "A.* >= B.*"')
    assert [rule.indicators for rule in form.rules if rule.id == "D1"] == [("A.n", "B.n")]
    with pytest.raises(FormError, match="zzz"):
        matrix('for_each: column, for_columns: [zzz, n], expression: "A.* >= B.*"')


def test_rules_may_name_other_forms_and_the_period_before():
    form = load_text(
        spoiled(
            ("expression: M > 0 implies A1 + A2 > 0", "expression: M <= cats.M + previous(M)"),
            ("passing: {M: 1.5, A1: 1}", "passing: {M: 3, cats.M: 1, previous(M): 2}"),
            ('zh: "收费 {M}，登记 {A1}、{A2}。"', 'zh: "收费 {left}，不超过 {right}，多 {difference}。"'),
        ),
        "dogs.yaml",
    )
    assert form.rules[1].indicators == ("M",)


def test_columns_with_keys_make_cells_and_relations_column_by_column():
    columns = "      - {label: 公, key: m, group: 性别}\n      - {label: 母, key: f, group: 性别}\n"
    text = SMALL.replace("      - {label: 数量}\n", columns)
    text = text[: text.index("rules:")].replace("headlines: [A]", "headlines: [A.m]")
    form = load_text(text, "dogs.yaml")
    assert form.numeric[:3] == ("A.m", "A.f", "A1.m")
    assert [rule.id for rule in form.rules] == ["SUM-A.m", "PART-B1.m", "SUM-A.f", "PART-B1.f"]
    assert form.rules[2].expression == parse("A.f = A1.f + A2.f")
    assert form.indicators["A.f"].label == "（一）登记犬只数／母"


def test_ranges_follow_one_parent_and_one_column():
    columns = "      - {label: 公, key: m}\n      - {label: 母, key: f}\n"
    text = SMALL.replace("      - {label: 数量}\n", columns).replace("headlines: [A]", "headlines: []")
    text = text[: text.index("rules:")] + SMALL[SMALL.index("rules:") : SMALL.index("text_rules:")]
    for before, after in (
        ("sum_of: A\n", "sum_of: A.f\n"),
        ('"填 {left}，应为 {right}，{direction} {difference}。", en: "{A} {A1}"', '"{A_f}", en: "{A1_f}"'),
        ("{A: 3, A1: 1, A2: 2}", "{A.f: 3, A1.f: 1, A2.f: 2}"),
        ("failing: {A: 3}", "failing: {A.f: 3}"),
        ("M > 0 implies A1 + A2 > 0", "max(A.m..M.m) = 0"),
        ('"收费 {M}，登记 {A1}、{A2}。"', '"{A_m} {B_m} {M_m}"'),
        ("passing: {M: 1.5, A1: 1}", "passing: {}"),
        ("failing: {M: 1.5}", "failing: {M.m: 1.5}"),
    ):
        assert before in text
        text = text.replace(before, after)
    form = load_text(text, "dogs.yaml")
    assert form.rules[1].indicators == ("A.m", "B.m", "M.m")
    assert [rule.id for rule in form.rules] == ["D01", "D02", "SUM-A.m", "PART-B1.m", "PART-B1.f"]


def test_a_definition_needs_no_rules_and_no_years():
    text = SMALL[: SMALL.index("rules:")].replace("first_year: 2020\nlast_year: 2024\n", "")
    form = load_text(text, "dogs.yaml")
    assert (form.first_year, form.last_year, form.text_rules) == (None, None, ())


def test_a_text_rule_without_condition_only_forbids():
    form = load_text(
        spoiled(
            ("    required_when: M > 0\n", ""),
            ('zh: "收费 {M}，说明“{found}”。", en: "{M}"', "zh: 说明, en: text"),
            ("failing: {M: 1, N: 无}", 'failing: {N: "0"}'),
        ),
        "dogs.yaml",
    )
    assert form.text_rules[0].required_when is None


def test_a_text_rule_may_only_require():
    form = load_text(
        spoiled(
            ('    forbidden: ["0"]\n', ""), ('    forbidden_sentence: {zh: "“{found}”不是说明。", en: "{found}"}\n', "")
        ),
        "dogs.yaml",
    )
    assert form.text_rules[0].forbidden_sentence == {}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    path = tmp_path / "犬 只.yaml"
    content = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    path.write_bytes(content)
    form = load(path)
    assert form.rows == load_text(SMALL, "dogs.yaml").rows
    assert form.sha256 == hashlib.sha256(content).hexdigest()


def test_an_id_that_is_not_installed_is_refused_with_a_near_one():
    with pytest.raises(UsageError) as refused:
        load_by_id("gov-info-disclosure-2015")
    assert refused.value.details["near"] == "gov-info-disclosure-2014"
    assert "gov-info-disclosure-2014" in refused.value.details["known"]


@pytest.mark.parametrize("form_id", available())
def test_every_installed_form_loads_under_its_own_id(form_id):
    form = load_by_id(form_id)
    assert form.id == form_id
    for rule in form.all_rules:
        assert rule.basis
        assert set(rule.title) == set(rule.sentence) == {"zh", "en"}
        assert set(rule.remedy) == {"zh", "en"}


def test_loading_a_form_imports_neither_pandas_nor_pandera():
    program = (
        "import sys; from consolidator import form; form.available(); "
        "light = not {'pydantic', 'lark', 'yaml'} & set(sys.modules); "
        "form.load_by_id('gov-info-disclosure-2014'); "
        "print(light, not {'pandas', 'pandera', 'numpy', 'rapidfuzz'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["True", "True"]


def test_a_rows_own_blank_policy_beats_the_campaigns_which_beats_the_forms():
    form = load_text(spoiled(("code: B, level: 2,", "code: B, blank_policy: required, level: 2,")), "dogs.yaml")
    assert form.policy(form.indicators["B"], BlankPolicy.ZERO) is BlankPolicy.REQUIRED
    assert form.policy(form.indicators["A"], BlankPolicy.ZERO) is BlankPolicy.ZERO
    assert form.policy(form.indicators["A"]) is BlankPolicy.MISSING


def test_a_rule_speaks_by_its_sentence_and_where_it_is_undecided_by_its_title():
    form = load_text(SMALL, "dogs.yaml")
    rule, text_rule = form.rules[0], form.text_rules[0]
    assert rule.words(Outcome.VIOLATED, "") is rule.sentence
    assert rule.words(Outcome.UNDECIDED, "undecided") is rule.title
    assert text_rule.words(Outcome.VIOLATED, "") is text_rule.sentence
    assert text_rule.words(Outcome.VIOLATED, "forbidden") is text_rule.forbidden_sentence
    assert text_rule.words(Outcome.UNDECIDED, "undecided") is text_rule.title


@pytest.mark.parametrize("form_id", available())
def test_the_outline_of_an_installed_form_is_the_form_without_its_rules(form_id: str) -> None:
    whole = load_by_id(form_id)
    bare = replace(whole, rules=(), text_rules=(), left_to_rules={})

    assert replace(outline(form_id), rules=(), left_to_rules={}) == bare


def test_a_relation_of_one_column_says_which():
    columns = "      - {label: 本月, key: m}\n      - {label: 本年累计, key: y}\n"
    text = SMALL.replace("      - {label: 数量}\n", columns)
    text = text[: text.index("rules:")].replace("headlines: [A]", "headlines: [A.m]")
    rules = {rule.id: rule for rule in load_text(text, "dogs.yaml").rules}
    assert rules["PART-B1.y"].sentence["zh"].startswith("“本年累计”列：“新增”填 {left}，是“养犬人数” {right} 的其中项")
    assert rules["PART-B1.y"].title["en"] == "Column “本年累计”. 新增 (of which) ≤ 养犬人数"
    assert rules["SUM-A.m"].title["zh"] == "“本月”列：登记犬只数＝2 个分项（城区、乡村）之和"


def test_columns_of_the_same_label_are_told_with_their_group():
    columns = "      - {label: 公, key: a, group: 城区}\n      - {label: 公, key: b, group: 乡村}\n"
    text = SMALL.replace("      - {label: 数量}\n", columns)
    text = text[: text.index("rules:")].replace("headlines: [A]", "headlines: [A.a]")
    rules = {rule.id: rule for rule in load_text(text, "dogs.yaml").rules}
    assert rules["PART-B1.b"].title["zh"].startswith("“乡村／公”列：")


def test_a_whole_whose_name_other_rows_have_too_is_told_with_what_it_stands_under():
    text = SMALL.replace("label: （一）登记犬只数, aliases: [登记数]}", "label: 合计}").replace(
        "（二）养犬人数", "合计"
    )
    text = text.replace("parent: T, type: count, unit_of_measure: 人", "parent: M, type: count, unit_of_measure: 人")
    text = text[: text.index("rules:")]
    rules = {rule.id: rule for rule in load_text(text, "dogs.yaml").rules}
    assert rules["PART-B1"].sentence["zh"].startswith("“新增”填 {left}，是“收费·合计” {right} 的其中项")
