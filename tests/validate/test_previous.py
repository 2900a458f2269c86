"""Rules on the period before: judged only where there is one, undecided where a unit or a total has none."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.findings import Outcome, Severity
from consolidator.form import load_text
from consolidator.form.judging.verdict import judge
from consolidator.model import Comparison, EarlierUnit, Period, Previous, Total
from consolidator.terms import catalogue
from consolidator.validate import review, review_total
from tests.form.definitions import spoiled
from tests.validate.units import CLEAN, FORM, PERIOD, address, unit

FORMS = {FORM.id: FORM}
BEFORE = Period(2015)
EARLIER = {code: value for code, value in CLEAN.items() if code in FORM.numeric}
ROLLING = load_text(
    spoiled(
        ("expression: M > 0 implies A1 + A2 > 0", "expression: A1 + B <= previous(A1) + previous(B)"),
        ("passing: {M: 1.5, A1: 1}", "passing: {A1: 1, B: 1, previous(A1): 1, previous(B): 2}"),
        ("failing: {M: 1.5}\ntext", "failing: {A1: 1}\ntext"),
        ("收费 {M}，登记 {A1}、{A2}。", "{A1} {B} {previous_A1} {previous_B} {difference}"),
    ),
    "dogs.yaml",
)


def previous(*units, codes=FORM.numeric, form=FORM.id):
    """Figures of last year: (key, changes to clean figures)."""
    made = [
        EarlierUnit(key, key, {c: Decimal(str(v)) for c, v in (EARLIER | changes).items() if v is not None})
        for key, changes in units
    ]
    return Previous(form, BEFORE, "values.csv", frozenset(codes), tuple(made))


def reviewed(rows, before):
    return review(FORM, rows, PERIOD, previous=before)


def told(finding, language="zh"):
    return catalogue(language).message(finding, FORMS)


def test_without_earlier_figures_such_rules_are_not_judged_and_have_no_tally():
    result = reviewed((unit(A1=900, A22=900),), None)

    assert result.findings == ()
    assert "Y01" not in {tally.rule for tally in result.tallies}


def test_a_large_change_is_told_with_both_numbers_and_the_cell_of_this_year():
    (finding,) = reviewed((unit(I2=1, I3=80),), previous(("01", {"I2": 1, "I3": 30}))).findings

    assert (finding.code, finding.severity, finding.indicators) == ("Y01", Severity.SOFT, ("I3",))
    assert (finding.sheet, finding.cells) == ("统计表", (address("I3"),))
    assert (finding.observed, finding.expected, finding.difference) == ("80", "", "50")
    assert told(finding).startswith("“接受培训人员数”填 80，上期填 30，增减 +50（+167%），变动较大。")
    assert "is 80 and was 30 in the period before, a change of +50 (+167%)" in told(finding, "en")


def test_a_change_from_nothing_has_no_percentage():
    (finding,) = reviewed((unit(I2=1, I3=80),), previous(("01", {"I2": 1}))).findings

    assert "增减 +80（上期为 0，不能计算百分比）" in told(finding)


def test_a_unit_without_figures_of_the_year_before_is_undecided_and_said_to_be_new():
    result = reviewed((unit(), unit("乙镇", "02")), previous(("01", {})))

    (finding,) = result.findings
    assert (finding.unit_name, finding.code, finding.outcome, finding.severity) == (
        "乙镇",
        "Y01",
        Outcome.UNDECIDED,
        Severity.INFO,
    )
    assert told(finding).endswith("（上期没有该单位可比的数）")
    tally = next(tally for tally in result.tallies if tally.rule == "Y01")
    assert (tally.satisfied, tally.violated, tally.undecided) == (1, 0, 1)


@pytest.mark.parametrize(
    ("now", "before", "ending"),
    [
        ({}, {"I3": None}, "（没有可比的上期数：接受培训人员数）"),
        ({"I3": None}, {}, "（缺数：接受培训人员数）"),
        (
            {"I3": None},
            {"I1": None},
            "（缺数：接受培训人员数；没有可比的上期数：召开政府信息与政务公开工作会议或专题会议数）",
        ),
    ],
)
def test_an_undecided_rule_says_which_numbers_it_lacks_of_which_year(now, before, ending):
    findings = [f for f in reviewed((unit(**now),), previous(("01", before))).findings if f.code == "Y01"]

    assert [told(finding)[-len(ending) :] for finding in findings] == [ending]


def test_a_rule_that_needs_a_number_which_the_earlier_form_did_not_have_is_not_judged():
    codes = set(FORM.numeric) - {"I3"}
    result = reviewed((unit(I2=1, I3=80, I1=90),), previous(("01", {"I2": 1}), codes=codes))

    assert [(f.code, f.indicators) for f in result.findings] == [("Y01", ("I1",))]


def test_the_file_of_last_year_sent_again_is_told_once_with_every_cell():
    same = {"A1": 40, "A22": 40, "I2": 2, "I3": 7}
    (finding,) = reviewed((unit(**same),), previous(("01", same))).findings

    assert (finding.code, finding.severity, finding.outcome) == ("Y02", Severity.SOFT, Outcome.VIOLATED)
    assert finding.cells == tuple(address(code) for code in FORM.numeric)
    assert "各项数字（6 项不为 0）与上期（2015）完全相同" in told(finding)


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ({}, {}),  # only H3 and H31 are not 0
        ({"C1": 1, "C13": 1, "C2": 1, "C21": 1, "C3": 1, "C32": 1}, None),  # one application, counted six times
        ({"A1": 40, "A22": 40, "I2": 2, "I3": 7}, {"A1": 40, "A22": 40, "I2": 2, "I3": 8}),
        ({"A1": 40, "A22": 40, "I2": 2, "I3": 7}, {"A1": 40, "A22": 40, "I2": 2, "I3": 7, "F": None}),
    ],
)
def test_nobody_is_accused_of_sending_last_years_file_without_enough_that_is_the_same(now, before):
    result = reviewed((unit(**now),), previous(("01", now if before is None else before)))

    assert "Y02" not in {finding.code for finding in result.findings}


def test_the_same_numbers_on_another_form_are_another_file():
    same = {"A1": 40, "A22": 40, "I2": 2, "I3": 7}

    assert reviewed((unit(**same),), previous(("01", same), form="older")).findings == ()


def totals(**changes):
    return {code: Total(code, Decimal(str(v)), 2) for code, v in (EARLIER | changes).items()}


def of_total(now, before, **more):
    comparison = Comparison(BEFORE, "values.csv", before, 2, (), ())
    return review_total(FORM, now, "某县", PERIOD, 2, comparison=replace(comparison, **more))


def test_county_totals_of_the_same_units_are_compared():
    (finding,) = of_total(totals(I2=2, I3=90), totals(I2=2, I3=30))

    assert (finding.code, finding.case, finding.file, finding.unit_name) == ("Y01", "total", "", "全县合计")
    assert told(finding).startswith("全县合计：“接受培训人员数”填 90，上期填 30")


@pytest.mark.parametrize("unlike", [{"only_now": ("甲镇",)}, {"only_before": ("丁镇",)}])
def test_county_totals_of_other_units_are_not(unlike):
    (finding,) = of_total(totals(I2=2, I3=90), totals(I2=2, I3=30), **unlike)

    assert (finding.code, finding.case, finding.outcome) == ("Y01", "total_undecided_new", Outcome.UNDECIDED)
    assert "两期汇总的单位不同" in told(finding)


def test_an_earlier_total_that_lacks_a_unit_is_none():
    before = totals(I2=2, I3=30)
    before["I3"] = replace(before["I3"], lacking=("甲镇",))

    (finding,) = of_total(totals(I2=2, I3=90), before)

    assert told(finding).endswith("（没有可比的上期合计：接受培训人员数）")


def test_without_a_comparison_totals_are_judged_by_the_other_rules_only():
    assert review_total(FORM, totals(I2=2, I3=90), "某县", PERIOD, 2) == ()


values = st.one_of(st.none(), st.integers(0, 60), st.decimals(0, 60, places=2), st.just(2**60 + 1))
figures = st.dictionaries(st.sampled_from(ROLLING.numeric), values)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(figures, st.one_of(st.none(), figures)), min_size=1, max_size=5))
def test_the_run_over_all_units_finds_what_judging_one_by_one_finds(pairs):
    rows, before, wanted = [], [], set()
    for number, (now, then) in enumerate(pairs):
        key = f"{number}"
        observed = unit(key, key)
        kept = {
            code: replace(
                observed.values["A1"], indicator=code, value=Decimal(str(value)) if value is not None else None
            )
            for code, value in now.items()
        }
        rows.append(replace(observed, values=kept))
        earlier = {code: Decimal(str(value)) for code, value in (then or {}).items() if value is not None}
        if then is not None:
            before.append(EarlierUnit(key, key, earlier))
        for rule in ROLLING.rules if kept else ():
            verdict = judge(rule, {code: each.number for code, each in kept.items()}, earlier)
            if verdict.outcome is not Outcome.SATISFIED:
                wanted.add((key, rule.id, verdict.outcome))
    past = Previous(ROLLING.id, BEFORE, "x", frozenset(ROLLING.numeric), tuple(before))

    found = review(ROLLING, rows, PERIOD, previous=past).findings

    assert {(f.unit_name, f.code, f.outcome) for f in found if f.code not in {"D03", "Y02"}} == wanted
