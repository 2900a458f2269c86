"""The rules on single units: what is found, where, with which numbers; and what is not found."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.findings import Outcome, Severity
from consolidator.form import load_text
from consolidator.form.judging.verdict import judge
from consolidator.model import ReportingUnit, RuleTally, Status, UnitRow
from consolidator.terms import catalogue
from consolidator.validate import review
from tests.form.definitions import SMALL, spoiled
from tests.validate.units import CLEAN, FORM, MISSING, PERIOD, address, unit

FORMS = {FORM.id: FORM}
NUMBER_RULES = {rule.id: rule for rule in FORM.rules if not rule.earlier}
ALONE = [rule for rule in FORM.all_rules if rule.id != "Y01"]
"""The rules that need no figures of the period before."""


def found(*rows):
    return review(FORM, rows, PERIOD).findings


def only(**changes):
    (finding,) = found(unit(**changes))
    return finding


def told(finding, language="zh"):
    return catalogue(language).message(finding, FORMS)


def test_a_clean_unit_has_no_finding_and_satisfies_every_rule():
    reviewed = review(FORM, (unit(),), PERIOD)
    assert reviewed.findings == ()
    assert reviewed.tallies == tuple(RuleTally(rule.id, 1, 0, 0) for rule in ALONE)


def test_a_sum_that_does_not_fit_is_told_with_both_sides_the_difference_and_every_cell():
    finding = only(C1=35, C11=3, C13=30)
    assert (finding.code, finding.severity, finding.outcome, finding.case) == (
        "R08",
        Severity.HARD,
        Outcome.VIOLATED,
        "",
    )
    assert finding.indicators == ("C1", "C11", "C12", "C13", "C14")
    assert finding.cells == tuple(map(address, finding.indicators))
    assert (finding.observed, finding.expected, finding.difference) == ("35", "33", "2")
    assert (finding.file, finding.sheet) == ("甲镇.xlsx", "统计表")
    assert (finding.unit_code, finding.unit_name, finding.form, finding.period) == ("01", "甲镇", FORM.id, "2016")
    assert told(finding) == "“收到申请数”填 35，应等于当面、传真、网络、信函四种申请之和 33，多 2。请核对这五项后更正。"
    assert (
        "is 35 but should equal the sum 33 of applications in person, by fax, online and by letter; it is 2 more"
        in told(finding, "en")
    )


def test_a_sum_that_is_too_small_says_so():
    finding = only(C2=8, C21=8, C22=1, C1=9, C11=9, C3=8, C32=8)
    assert finding.difference == "-1"
    assert "少 1" in told(finding)


def test_the_value_is_quoted_as_it_stands_in_the_cell():
    assert only(C1=(Decimal(35), "３５")).observed == "３５"


def test_a_condition_quotes_every_operand_in_the_order_of_the_cells():
    finding = only(E=3, E1=3)
    assert (finding.code, finding.observed) == ("R19", "0;3;0")
    assert finding.cells == (address("D"), address("E"), address("C3"))
    assert (finding.expected, finding.difference) == ("", "")
    assert told(finding).startswith("“行政复议数量”填 0、“行政诉讼数量”填 3，但“申请答复数”填 0。")


@pytest.mark.parametrize("rule", NUMBER_RULES)
def test_breaking_one_rule_by_its_own_example_is_found_and_only_its_relatives_join(rule):
    codes = {finding.code: finding for finding in found(unit(**NUMBER_RULES[rule].failing))}
    assert rule in codes
    broken = set(NUMBER_RULES[rule].indicators)
    for finding in codes.values():
        assert finding.outcome is Outcome.VIOLATED
        assert broken & set(finding.indicators), finding.code
        assert "{" not in told(finding)
        assert "  " not in told(finding)
        assert "填 ，" not in told(finding)


@pytest.mark.parametrize("rule", NUMBER_RULES)
def test_the_passing_example_of_a_rule_is_left_alone_by_it(rule):
    assert rule not in {finding.code for finding in found(unit(**NUMBER_RULES[rule].passing))}


def test_breaking_the_text_rule_by_its_example_is_found():
    example = FORM.text_rules[0].failing
    codes = {finding.code for finding in found(unit(**example, C11=example["C1"]))}
    assert codes == {"F05"}


def test_a_text_that_lacks_is_told_as_blank_and_not_in_empty_quotes():
    example = FORM.text_rules[0].failing
    (finding,) = found(unit(**{**example, "C4": ""}, C11=example["C1"]))

    assert "（空白）" in told(finding)
    assert "“”" not in told(finding)


@pytest.mark.parametrize(
    ("rule", "fewer", "more"),
    [
        ("R11", {"C34": 3, "C34a": 1}, {"C34": 1, "C34a": 3}),
        ("R15", {"D": 3, "D1": 1}, {"D": 1, "D1": 3}),
        ("R16", {"E": 3, "E1": 1}, {"E": 1, "E1": 3}),
    ],
)
def test_parts_are_a_hard_fault_only_when_they_exceed_the_whole(rule, fewer, more):
    def severity(**changes):
        return next(finding.severity for finding in found(unit(**changes)) if finding.code == rule)

    assert severity(**fewer) is Severity.SOFT
    assert severity(**more) is Severity.HARD


@pytest.mark.parametrize("lacking", [None, MISSING, (None, "约3")])
def test_a_rule_with_an_operand_without_value_is_undecided_not_violated(lacking):
    finding = next(each for each in found(unit(C1=35, C11=33, C12=lacking)) if each.code == "R08")
    assert (finding.outcome, finding.severity, finding.case) == (Outcome.UNDECIDED, Severity.INFO, "undecided")
    assert finding.indicators == NUMBER_RULES["R08"].indicators
    cells = [address(code) for code in finding.indicators if not (code == "C12" and lacking is MISSING)]
    assert finding.cells == tuple(cells)
    assert (finding.observed, finding.expected, finding.difference) == ("35", "", "")
    assert told(finding) == "无法判定：收到申请数 ＝ 当面、传真、网络、信函四种申请之和（缺数：传真申请数）"


def test_one_blank_makes_undecided_only_the_rules_that_need_it():
    reviewed = review(FORM, (unit(C12=None), unit("乙镇", "02")), PERIOD)
    assert {finding.code for finding in reviewed.findings} == {"R08", "R14"}
    tallies = {tally.rule: tally for tally in reviewed.tallies}
    assert tallies["R08"] == RuleTally("R08", 1, 0, 1)
    assert tallies["R09"] == RuleTally("R09", 2, 0, 0)


def test_a_missing_left_side_is_quoted_as_empty_and_a_missing_row_by_the_others():
    first = next(each for each in found(unit(C1=None)) if each.code == "R08")
    assert (first.observed, first.cells[0]) == ("", address("C1"))
    second = next(each for each in found(unit(C1=MISSING, C11=2)) if each.code == "R08")
    assert (second.observed, second.cells[0]) == ("2;0;0;0", address("C11"))


def test_what_is_certain_in_spite_of_a_blank_is_judged():
    finding = next(each for each in found(unit(G=None, H4=1530000)) if each.code == "R23")
    assert (finding.outcome, finding.severity) == (Outcome.VIOLATED, Severity.SOFT)
    assert "1530000 万元" in told(finding)
    assert "填 （缺数） 万元" in told(finding)
    assert "“Fees” is (no value)" in told(finding, "en")


def test_findings_come_unit_by_unit_in_the_order_of_the_rows():
    rows = (unit("乙镇", "02", C1=3, A1=5, C4="无"), unit("甲镇", "01", C4="0", H3=2))
    assert [(each.unit_name, each.code) for each in found(*rows)] == [
        ("乙镇", "R02"),
        ("乙镇", "R08"),
        ("乙镇", "R22"),
        ("乙镇", "F05"),
        ("甲镇", "R17"),
        ("甲镇", "F05"),
    ]


def test_two_rows_of_one_unit_do_not_get_into_each_others_way():
    rows = (unit(), unit(C1=3), replace(unit(E=3, E1=3), file="甲镇(1).xlsx"))
    assert [(each.code, each.file) for each in found(*rows) if each.code != "F05"] == [
        ("R08", "甲镇.xlsx"),
        ("R19", "甲镇(1).xlsx"),
    ]


def test_rows_without_values_are_passed_over():
    missing = UnitRow(ReportingUnit("03", "丙镇"), Status.MISSING, included=False)
    reviewed = review(FORM, (missing, unit(C1=1), missing), PERIOD)
    assert {finding.unit_name for finding in reviewed.findings} == {"甲镇"}
    assert {tally.satisfied + tally.violated + tally.undecided for tally in reviewed.tallies} == {1}
    assert review(FORM, (missing,), PERIOD).tallies == tuple(RuleTally(rule.id, 0, 0, 0) for rule in ALONE)


def test_a_text_rule_speaks_of_the_cell_that_offends():
    finding = only(C4="征地", C4t="0")
    assert (finding.indicators, finding.cells, finding.observed) == (("C4t",), (address("C4t"),), "0")
    assert told(finding).startswith("“申请公开的主要内容”填“0”")
    finding = only(C1=3, C11=3, C4="无")
    assert told(finding) == "“收到申请数”填 3，但“申请公开的主要内容”没有写明（填“无”）。请写明申请主要涉及哪些方面。"


def test_a_text_rule_is_undecided_where_the_number_or_a_text_is_unusable():
    finding = next(each for each in found(unit(C1=None, C4="")) if each.code == "F05")
    assert (finding.outcome, finding.severity, finding.indicators) == (
        Outcome.UNDECIDED,
        Severity.INFO,
        ("C4", "C4t", "C1"),
    )
    assert told(finding).endswith("（缺数：收到申请数）")
    finding = next(each for each in found(unit(C1=3, C11=3, C4="", C4t=(None, "合并的文字"))) if each.code == "F05")
    assert finding.outcome is Outcome.UNDECIDED
    assert "缺数：申请公开的主要内容" in told(finding)


def test_a_dash_in_a_text_cell_is_a_blank():
    assert found(unit(C4=(None, "——"))) == ()
    assert only(C1=3, C11=3, C4=(None, "——")).outcome is Outcome.VIOLATED


SUM_OF_MONEY = spoiled(
    ("{code: A, level: 2, parent: T, type: count", "{code: A, level: 2, parent: T, type: money"),
    (
        "{code: A1, level: 3, parent: A, relation: addend, type: count",
        "{code: A1, level: 3, parent: A, relation: addend, type: money",
    ),
    (
        "{code: A2, level: 3, parent: A, relation: addend, type: count",
        "{code: A2, level: 3, parent: A, relation: addend, type: money",
    ),
)


@pytest.mark.parametrize(
    ("values", "difference"),
    [
        ({"A": "0.3", "A1": "0.1", "A2": "0.2"}, None),
        ({"A": "99999999999999.9", "A1": "99999999999999.9", "A2": "0.001"}, "-0.001"),
        ({"A": "9007199254740993", "A1": "9007199254740992", "A2": "0"}, "1"),
        ({"A": "12.000001", "A1": "12", "A2": "0"}, "0.000001"),
        ({"A": "33.3333333333333", "A1": "16.6666666666667", "A2": "16.6666666666667"}, None),
        ({"A": "500", "A1": "333.333333333333", "A2": "166.666666666666"}, None),
        ({"A": "1.10", "A1": "1.1", "A2": "0.00"}, None),
        ({"A": "100", "A1": "60", "A2": "60"}, "-20"),
    ],
)
def test_floats_neither_create_nor_hide_a_finding(values, difference):
    form = load_text(SUM_OF_MONEY, "d.yaml")
    row = money_row(values)
    findings = [each for each in review(form, (row,), PERIOD).findings if each.code == "D01"]
    assert [each.difference for each in findings] == ([difference] if difference else [])


def money_row(values):
    base = unit()
    zero = base.values["A1"]
    given_values = dict.fromkeys(("A", "A1", "A2", "B", "B1", "M"), "0") | values
    observations = {
        code: replace(zero, indicator=code, value=Decimal(text), raw=text) for code, text in given_values.items()
    }
    return replace(base, values=observations)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(FORM.numeric),
            st.none() | st.integers(0, 5) | st.decimals(0, 3, places=2) | st.just(10**15),
            max_size=8,
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_run_over_all_units_finds_what_judging_one_by_one_finds(changes):
    rows = [unit(f"{number}镇", str(number), **change) for number, change in enumerate(changes)]
    reviewed = review(FORM, rows, PERIOD)
    wanted = {
        (
            row.unit.name,
            rule.id,
            verdict.outcome,
            verdict.severity if verdict.outcome is Outcome.VIOLATED else Severity.INFO,
        )
        for row in rows
        for rule in NUMBER_RULES.values()
        for verdict in (judge(rule, {code: each.number for code, each in row.values.items()}),)
        if verdict.outcome is not Outcome.SATISFIED
    }
    assert {
        (each.unit_name, each.code, each.outcome, each.severity) for each in reviewed.findings if each.code != "F05"
    } == wanted
    for tally in reviewed.tallies:
        assert tally.satisfied + tally.violated + tally.undecided == len(rows)


def test_rules_on_the_total_only_judge_no_unit():
    text = SMALL.replace("    sum_of: A\n", "    sum_of: A\n    scope: total\n")
    form = load_text(text, "d.yaml")
    reviewed = review(form, (money_row({"A": "3"}),), PERIOD)
    assert [tally for tally in reviewed.tallies if tally.rule == "D01"] == [RuleTally("D01", 0, 0, 0)]
    assert not [each for each in reviewed.findings if each.code == "D01"]


YAOFU = """
A1 623 A1a 0 A1b 0 A21 0 A22 182 A23 112 A24 287 A25 103 B1 320 B21 0 B21a 0 B22 0 B22a 0 B23 37 B24 6 B25 2100
C1 0 C11 0 C12 0 C13 0 C14 0 C2 0 C21 0 C22 0 C3 0 C31 0 C32 0 C33 0 C34 0 C34a 0 C34b 0 C34c 0 C34d 0 C34e 0 C34f 0
C35 0 C36 0 C37 0 C38 0 D 0 D1 0 D2 0 D3 0 E 3 E1 2 E2 1 E3 0 F 2 G 0 H1 1 H2 3 H3 6 H31 1 H32 5 H4 0 I1 4 I2 4 I3 120
"""


def test_the_real_filing_of_yaofu_2016_has_no_hard_fault_and_two_soft_ones():
    typed = YAOFU.split()
    values = dict(zip(typed[::2], map(int, typed[1::2]), strict=True))
    assert tuple(values) == FORM.numeric
    findings = found(unit("姚伏镇", "640221104", **values, C4="0", C4t=""))
    assert [(each.code, each.severity, each.outcome) for each in findings] == [
        ("R19", Severity.SOFT, Outcome.VIOLATED),
        ("F05", Severity.SOFT, Outcome.VIOLATED),
    ]
    assert [each.observed for each in findings] == ["0;3;0", "0"]
    assert CLEAN.keys() - values.keys() == {"C4", "C4t"}


def test_two_sides_that_should_differ_but_do_not_are_said_to_be_the_same():
    text = SMALL.replace("    sum_of: A\n", "    sum_of: A\n    expression: A > A1 + A2\n")
    text = text.replace("passing: {A: 3, A1: 1, A2: 2}", "passing: {A: 4, A1: 1, A2: 2}")
    form = load_text(text.replace("failing: {A: 3}", "failing: {A: 0}"), "d.yaml")
    finding = next(each for each in review(form, (money_row({}),), PERIOD).findings if each.code == "D01")
    assert finding.difference == "0"
    assert catalogue("zh").message(finding, {form.id: form}) == "填 0，应为 0，相差 0。"
