"""The county's own total row."""

from decimal import Decimal

import pytest

from consolidator.findings import Outcome, Severity
from consolidator.form import load_text
from consolidator.model import Total
from consolidator.terms import catalogue
from consolidator.validate import review_total
from tests.form.definitions import SMALL, spoiled
from tests.validate.units import CLEAN, FORM, PERIOD


def totals(lacking=(), contributors=3, **changes):
    values = {code: value for code, value in (CLEAN | changes).items() if code in FORM.numeric}
    return {
        code: Total(code, Decimal(str(value)), contributors, ("乙镇",) if code in lacking else ())
        for code, value in values.items()
    }


def found(given_totals, **more):
    return review_total(FORM, given_totals, "平罗县", PERIOD, **more)


def test_a_sound_total_row_has_no_finding():
    assert found(totals(C1=5, C11=5)) == ()


def test_a_total_that_breaks_a_rule_is_told_as_the_countys():
    (finding,) = found(totals(H3=7, H31=1, H32=5))
    assert (finding.code, finding.severity, finding.case) == ("R17", Severity.HARD, "total")
    assert (finding.unit_code, finding.unit_name, finding.form, finding.period) == ("", "全县合计", FORM.id, "2016")
    assert (finding.file, finding.sheet, finding.cells) == ("", "", ())
    assert (finding.observed, finding.expected, finding.difference) == ("7", "6", "1")
    told = catalogue("zh").message(finding, {FORM.id: FORM})
    assert told.startswith("全县合计：“从事政府信息公开工作人员数”填 7，")
    assert finding.details["county"] == "平罗县"


def test_a_condition_on_totals_quotes_every_operand():
    (finding,) = found(totals(E="3", E1="3"))
    assert (finding.code, finding.severity, finding.observed, finding.expected) == ("R19", Severity.SOFT, "0;3;0", "")


def test_a_total_that_leaves_a_unit_out_makes_its_rules_undecided():
    findings = found(totals(lacking=("C12",), C1=5, C11=4))
    assert {each.code for each in findings} == {"R08", "R14"} - {"R14"}
    (finding,) = findings
    assert (finding.outcome, finding.severity, finding.case) == (Outcome.UNDECIDED, Severity.INFO, "total_undecided")
    assert finding.observed == "5"
    told = catalogue("zh").message(finding, {FORM.id: FORM})
    assert told == "全县合计无法判定：收到申请数 ＝ 当面、传真、网络、信函四种申请之和（缺数：传真申请数）"


def test_an_undecided_condition_quotes_what_is_known():
    findings = found(totals(lacking=("C3",), E=3, E1=3, C1=1, C11=1))
    finding = next(each for each in findings if each.code == "R19")
    assert finding.observed == "0;3;"


def test_a_total_of_fewer_than_required_is_undecided():
    given_totals = totals() | {"C12": Total("C12", Decimal(0), 2)}
    assert found(given_totals) == ()
    assert {each.outcome for each in found(given_totals, required_contributors=3)} == {Outcome.UNDECIDED}


@pytest.mark.parametrize("empty", [{}, {code: Total(code, None, 0) for code in FORM.numeric}])
def test_without_any_included_unit_there_is_nothing_to_judge(empty):
    assert found(empty) == ()


def test_when_every_unit_lacks_a_figure_its_rules_are_undecided():
    findings = found(totals() | {"A1": Total("A1", None, 0, ("甲镇", "乙镇"))})
    assert {each.code for each in findings} == {"R01", "R02", "R03", "R22"}


def test_a_threshold_for_single_units_is_not_put_to_the_county():
    assert found(totals(H4=152790)) == ()


def test_a_rule_on_the_total_only_is_put_to_it():
    form = load_text(spoiled(("    sum_of: A\n", "    sum_of: A\n    scope: total\n")), "d.yaml")
    given_totals = {
        code: Total(code, Decimal(value), 2) for code, value in zip(form.numeric, (3, 1, 1, 0, 0, 0), strict=True)
    }
    assert [each.code for each in review_total(form, given_totals, "", PERIOD)] == ["D01"]
    assert "D02" in {rule.id for rule in load_text(SMALL, "d.yaml").rules}
