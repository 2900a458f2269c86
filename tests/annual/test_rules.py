"""The relations of the annual reports over every column and every row, each written once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.findings import Outcome, Severity
from consolidator.form import load_by_id, load_text
from consolidator.form.judging.verdict import judge
from consolidator.model import CellAddress, Observation, Period, ReportingUnit, Status, Total, UnitRow
from consolidator.terms import catalogue
from consolidator.validate import review, review_total
from tests.annual.pages import COLUMNS, PUBLISHED, lay_out
from tests.form.definitions import SMALL

FORM = load_by_id("annual-report-2021")
RAW = lay_out("2021m_测试市_杭州样式_2025").raw
VALUES = {code: Decimal(raw) for code, raw in RAW.items()}
PERIOD = Period(2025)
WRITTEN_ONCE = ("X01", "X02", "X03", "X04", "X06")


def row_of(values: dict[str, Decimal | None]) -> UnitRow:
    seen = {code: Observation(code, value, str(value), CellAddress("表", 1, 1)) for code, value in values.items()}
    return UnitRow(ReportingUnit("", "甲市"), Status.ACCEPTED, included=True, file="a.xlsx", sheet="表", values=seen)


def found(values: dict[str, Decimal | None]) -> list[tuple[str, tuple[str, ...]]]:
    findings = review(FORM, (row_of(values),), PERIOD).findings
    return [
        (f.code, f.indicators) for f in findings if f.outcome is Outcome.VIOLATED and f.severity is not Severity.INFO
    ]


@pytest.mark.parametrize("form_id", ["annual-report-2019", "annual-report-2021"])
def test_each_relation_is_there_for_every_column_or_row_under_one_id(form_id: str) -> None:
    form = load_by_id(form_id)
    rows = sum(row.code.startswith("Q") and row.type != "heading" for row in form.rows.values())
    parts = {rule.id: [one.part for one in form.rules if one.id == rule.id] for rule in form.all_rules}

    ids = [rule.id for rule in form.all_rules]
    assert [known for known in ids if known in WRITTEN_ONCE] == list(WRITTEN_ONCE)
    assert parts["X01"] == parts["X02"] == parts["X07"] == list(COLUMNS)
    assert len(parts["X03"]) == rows
    assert parts["X04"] == ["L1", "L2", "L3"]
    assert len({rule.key for rule in form.rules}) == len(form.rules)
    assert {rule.severity for rule in form.all_rules if rule.id in WRITTEN_ONCE} == {Severity.HARD}


@pytest.mark.parametrize("form_id", ["annual-report-2019", "annual-report-2021"])
def test_the_examples_of_every_part_come_out_as_promised(form_id: str) -> None:
    form = load_by_id(form_id)
    for rule in form.rules:
        for example, outcome in ((rule.passing, Outcome.SATISFIED), (rule.failing, Outcome.VIOLATED)):
            now = {code: example.get(code, Decimal(0)) for code in rule.indicators}
            before = {code: example.get(f"previous({code})", Decimal(0)) for code in rule.earlier}
            assert judge(rule, now, before).outcome is outcome


def test_the_complete_published_report_passes_x01_to_x04_in_every_column_and_row() -> None:
    assert [code for code, _ in found(dict(VALUES))] == ["X06"]  # a city issues rules; townships may not


def rules_broken_by(code: str) -> set[str]:
    values = {**VALUES, code: VALUES[code] + 1}
    hard = (rule for rule in FORM.rules if rule.severity is Severity.HARD and code in rule.indicators)
    outcomes = {rule.id: judge(rule, values).outcome for rule in hard}
    return {rule for rule, outcome in outcomes.items() if outcome is Outcome.VIOLATED}


def expected_for(code: str) -> set[str]:
    row = code.partition(".")[0]
    if row[0] == "L":
        return {"X04"}
    return {"Q1": {"X01"}, "Q2": {"X01"}, "Q4": {"X01"}, "Q37": {"X01", "X02"}}.get(row, {"X02"}) | {"X03"}


def test_any_figure_changed_by_one_is_noticed_in_its_column_and_its_row() -> None:
    cells = [code for code in VALUES if code[0] in "QL"]

    assert len(cells) == 25 * 7 + 15
    assert {code: rules_broken_by(code) for code in cells} == {code: expected_for(code) for code in cells}


def test_the_sentence_names_the_column_and_the_figures() -> None:
    findings = review(FORM, (row_of({**VALUES, "Q4.law": Decimal(20)}),), PERIOD).findings
    finding = next(each for each in findings if each.code == "X01")

    for language in ("zh", "en"):
        sentence = catalogue(language).message(finding, {FORM.id: FORM})
        assert all(part in sentence for part in ("法律服务机构", "146", "141", "121", "20", "5"))
        assert "{" not in sentence
    row = next(each for each in findings if each.code == "X03")
    assert "结转下年度继续办理" in catalogue("zh").message(row, {FORM.id: FORM})


def test_undecided_parts_of_one_relation_are_one_finding_and_one_unit_in_the_tally() -> None:
    reviewed = review(FORM, (row_of(dict.fromkeys(VALUES)),), PERIOD)

    assert set(WRITTEN_ONCE) <= {each.code for each in reviewed.findings}
    assert len({each.code for each in reviewed.findings}) == len(reviewed.findings)
    of_units = {
        rule.id
        for rule in FORM.all_rules
        if getattr(rule, "scope", "both") != "total" and not getattr(rule, "earlier", ())
    }
    counts = {tally.rule: (tally.satisfied, tally.violated, tally.undecided) for tally in reviewed.tallies}
    assert {counts[rule] for rule in of_units} == {(0, 0, 1)}


def test_a_unit_with_several_wrong_columns_is_one_unit_in_the_tally() -> None:
    reviewed = review(FORM, (row_of({**VALUES, "Q4.np": Decimal(1), "Q4.ent": Decimal(1)}),), PERIOD)

    assert next(tally for tally in reviewed.tallies if tally.rule == "X01").violated == 1
    assert sum(each.code == "X01" for each in reviewed.findings) == 2


def test_a_town_that_declares_rules_is_told_and_how_it_may_be_allowed() -> None:
    assert PUBLISHED["2021m_尼勒克某镇_2023"]["matrix"]["二"]["第二十条第（一）项"]["rows"][0][3] == "6"
    assert ("X06", ("P11.issued", "P11.repealed", "P11.in_force")) in found({**VALUES, "P11.in_force": Decimal(6)})
    rule = next(rule for rule in FORM.rules if rule.id == "X06")
    assert "--form" in rule.basis
    assert "请向汇总单位说明" in rule.remedy["zh"]


def test_changes_against_last_year_may_be_negative_and_nothing_else() -> None:
    form = load_by_id("annual-report-2019")

    assert {code for code, each in form.indicators.items() if each.row.signed} == {
        f"{row}.change" for row in ("P51", "P52", "P61", "P62", "P81")
    }
    assert form.indicators["P91.amount"].row.unit_of_measure == "元"
    assert form.indicators["P91.items"].row.unit_of_measure == "个"


def test_the_reminder_on_decisions_comes_once_for_the_county_and_never_for_a_unit() -> None:
    totals = {code: Total(code, value, 1, ()) for code, value in VALUES.items()}

    found = [finding for finding in review_total(FORM, totals, "平罗县", PERIOD, 1) if finding.code == "X09"]

    assert [(finding.severity, finding.outcome) for finding in found] == [(Severity.INFO, Outcome.VIOLATED)]
    assert "11398889" in catalogue("zh").message(found[0], {FORM.id: FORM})
    assert "X09" not in {finding.code for finding in review(FORM, (row_of(dict(VALUES)),), PERIOD).findings}


def test_results_that_need_a_notice_are_asked_about() -> None:
    findings = review(FORM, (row_of({**VALUES, "Q361.tot": Decimal(2)}),), PERIOD).findings
    zero = review(FORM, (row_of({**VALUES, "Q361.tot": Decimal(0), "Q362.tot": Decimal(0)}),), PERIOD).findings

    assert [finding.severity for finding in findings if finding.code == "X17"] == [Severity.INFO]
    assert "X17" not in {finding.code for finding in zero}


def test_the_small_definition_is_still_one_rule_a_relation() -> None:
    form = load_text(SMALL, "d.yaml")
    assert form.all_rules == (*form.rules, *form.text_rules)


def test_undecided_parts_of_a_total_are_one_finding_too() -> None:
    totals = {
        code: Total(code, None if code.endswith(".np") else value, 1, ("甲镇",)) for code, value in VALUES.items()
    }

    found = review_total(FORM, totals, "平罗县", PERIOD, 1)

    found = tuple(finding for finding in found if finding.code in WRITTEN_ONCE)
    assert [finding.code for finding in found] == ["X01", "X02", "X03", "X04"]
    assert {finding.outcome for finding in found} == {Outcome.UNDECIDED}
    assert all("{" not in catalogue("zh").message(finding, {FORM.id: FORM}) for finding in found)
