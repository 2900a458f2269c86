"""What the annual report's rules say of its prose (X12–X16), and how a campaign changes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from consolidator.findings import Outcome, Severity
from consolidator.form import load_by_id
from consolidator.form.choices import Presence
from consolidator.form.settle import settled
from consolidator.inbox import Campaign
from consolidator.model import CellAddress, Observation, Period, ReportingUnit, Status, UnitRow
from consolidator.pipeline import Request, run
from consolidator.terms import catalogue
from consolidator.validate import review
from tests.annual.arrange import CHAPTERS, OTHERS, OVERVIEW, with_prose
from tests.annual.county import file_report, township_matrix
from tests.annual.pages import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.findings import Finding

FORM = load_by_id("annual-report-2021")
SOUND = {"T1": "2025年，收到申请12件。", "T5": "形式单一，下一步增加图解。", "T6": "无。", "D1": "2026年1月12日"}
REPORTED = Period(2025)
NUMBERS = {"Q1.tot": 12, "Q2.tot": 0, "Q4.tot": 1, "L1.total": 2, "L2.total": 1, "L3.total": 2, "P81.amount": 0}


def said(
    texts: dict[str, str | None], numbers: dict[str, int | None] = NUMBERS, form=FORM, period: Period | None = REPORTED
) -> list[Finding]:
    """The findings of rules on texts; a text that is None stands nowhere."""
    values: dict[str, Observation] = {}
    for row, (code, value) in enumerate({**SOUND, **texts, **numbers}.items(), start=1):
        if isinstance(value, str):
            values[code] = Observation(code, value or None, value, CellAddress("表", row, 1))
        elif code in numbers:
            number = None if value is None else Decimal(value)
            values[code] = Observation(code, number, "" if value is None else str(value), CellAddress("表", row, 2))
    unit = UnitRow(ReportingUnit("", "甲镇"), Status.ACCEPTED, included=True, file="a.xlsx", sheet="表", values=values)
    ids = {rule.id for rule in form.text_rules}
    return [finding for finding in review(form, (unit,), period).findings if finding.code in ids]


def codes(texts: dict[str, str | None], **more: Any) -> list[tuple[str, Outcome]]:
    return [(finding.code, finding.outcome) for finding in said(texts, **more)]


def test_sound_prose_is_accused_of_nothing() -> None:
    assert codes({}) == []


def test_rules_on_the_year_of_a_report_that_states_none_are_undecided() -> None:
    assert set(codes({}, period=None)) == {("X12", Outcome.UNDECIDED), ("X16", Outcome.UNDECIDED)}


def test_prose_that_stands_nowhere_is_not_spoken_of_and_counted_as_undecided() -> None:
    assert codes(dict.fromkeys(SOUND)) == []
    unit = UnitRow(
        ReportingUnit("", "甲镇"), Status.ACCEPTED, included=True, file="a.xlsx", sheet="表",
        values={"Q1.tot": Observation("Q1.tot", Decimal(1), "1", CellAddress("表", 1, 1))},
    )  # fmt: skip
    tallies = {tally.rule: tally for tally in review(FORM, (unit,), Period(2025)).tallies}
    assert {rule.id: tallies[rule.id].undecided for rule in FORM.text_rules} == dict.fromkeys(
        (rule.id for rule in FORM.text_rules), 1
    )


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("2025年，新收政府信息公开申请13件。", ("13", "12", "多", "1")),
        ("上年结转1件。", ("1", "0")),
        ("结转下年度继续办理3件。", ("3", "1", "2")),
        ("发生行政复议1件。", ("1", "2", "少")),
        ("行政诉讼2件。", ("2", "3", "少")),
        ("未收到政府信息公开申请。", ("0", "12", "少")),
    ],
)
def test_a_figure_of_the_prose_that_is_not_the_tables_is_told_with_both(text: str, named: tuple[str, ...]) -> None:
    (finding,) = said({"T1": text})

    assert (finding.code, finding.severity) == ("X13", Severity.SOFT)
    assert finding.indicators[0] == "T1"
    assert finding.cells[0] == "A1"
    for language in ("zh", "en"):
        sentence = catalogue(language).message(finding, {FORM.id: FORM})
        assert "{" not in sentence
        assert text.rstrip("。") in sentence
    assert all(word in catalogue("zh").message(finding, {FORM.id: FORM}) for word in named)


def test_each_statement_that_disagrees_is_told() -> None:
    found = said({"T1": "2025年，收到申请13件。", "T6": "共收到申请14件。行政诉讼3件。"})

    assert [(finding.code, finding.indicators[0], finding.expected) for finding in found] == [
        ("X13", "T1", "12"),
        ("X13", "T6", "12"),
    ]


def test_a_statement_on_a_figure_that_is_lacking_is_undecided() -> None:
    assert codes({}, numbers={**NUMBERS, "Q1.tot": None}) == [("X13", Outcome.UNDECIDED)]


def test_fees_have_to_be_spoken_of() -> None:
    fees = {**NUMBERS, "P81.amount": 3}

    assert codes({}, numbers=fees) == [("X14", Outcome.VIOLATED)]
    assert codes({"T6": "本年度未收取信息处理费。"}, numbers=fees) == []
    assert codes({"T6": None}, numbers=fees) == []
    assert codes({}, numbers={**NUMBERS, "P81.amount": None}) == [("X14", Outcome.UNDECIDED)]


@pytest.mark.parametrize("text", ["", "无", "无。", "没有", "——", "问题不多。"])
def test_the_chapter_on_problems_is_not_left_empty(text: str) -> None:
    assert codes({"T5": text}) == [("X15", Outcome.VIOLATED)]


@pytest.mark.parametrize("text", ["2024年，收到申请5件。", "我镇2023年工作总体良好。"])
def test_prose_of_another_year_is_told(text: str) -> None:
    assert ("X16", Outcome.VIOLATED) in codes({"T1": text})


def test_a_report_after_the_last_day_is_told_with_that_day() -> None:
    (finding,) = said({"D1": "2026年3月26日"})

    assert (finding.code, finding.expected) == ("X12", "2026-01-31")
    assert "2026年3月26日" in catalogue("zh").message(finding, {FORM.id: FORM})


def test_a_date_that_no_calendar_has_is_undecided() -> None:
    assert codes({"D1": "2026年2月30日"}) == [("X12", Outcome.UNDECIDED)]


def test_the_campaigns_deadline_stands_in_place_of_the_forms() -> None:
    earlier = settled(FORM, deadline=date(2026, 1, 10))

    assert codes({}, form=earlier) == [("X12", Outcome.VIOLATED)]
    assert FORM.text_rules[0].latest == "01-31"


@pytest.mark.parametrize(
    ("chapters", "severity"), [(None, "info"), (Presence.REQUIRED, "hard"), (Presence.OPTIONAL, "")]
)
def test_a_campaign_says_whether_prose_is_asked_for(tmp_path: Path, chapters: Presence | None, severity: str) -> None:
    laid = lay_out("2021m_测试市_杭州样式_2025", unit="平罗县甲镇", year=2025, matrix=township_matrix(1))
    file_report(tmp_path / "in", "甲镇", laid)

    result = run(Request(tmp_path / "in", Campaign(county="平罗县", period=Period(2025), chapters=chapters), jobs=1))

    about = [finding.severity for finding in result.findings if finding.code == "S04"]
    assert about == ([severity] if severity else [])


def test_prose_goes_through_to_the_findings_with_its_cell(tmp_path: Path) -> None:
    chapters = {**CHAPTERS, OVERVIEW: "2025年，我镇收到政府信息公开申请3件。", OTHERS: "无。"}
    laid = lay_out("2021m_测试市_杭州样式_2025", unit="平罗县甲镇", year=2025, matrix=township_matrix(1))
    file_report(tmp_path / "in", "甲镇", with_prose(laid, chapters=chapters))

    result = run(Request(tmp_path / "in", replace(Campaign(county="平罗县"), deadline=date(2026, 1, 5)), jobs=1))

    found = {finding.code: finding for finding in result.findings if finding.severity is Severity.SOFT}
    assert set(found) == {"X12", "X13", "X14"}
    assert found["X13"].cells[0] == "A3"
    (values,) = result.observations
    assert values.values["T6"].value == "无。"
