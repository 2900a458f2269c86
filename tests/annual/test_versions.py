"""Another year's tables, all of them or some, are told in one sentence; so is last year's report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.casework.codec import Sighting
from consolidator.casework.docket import Docket
from consolidator.form import load_by_id
from consolidator.inbox import Campaign, Register
from consolidator.locate import Unlocated, observe
from consolidator.model import Submission
from consolidator.pipeline import Request, run
from consolidator.terms import catalogue
from tests.annual.arrange import with_prose
from tests.annual.county import file_report, matrix_of_2019, small_county, tables_of_both, township_matrix
from tests.annual.pages import PUBLISHED, Layout, lay_out
from tests.annual.test_published import workbook

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.casework.case import Case
    from tests.annual.pages import Laid

NEW, OLD = load_by_id("annual-report-2021"), load_by_id("annual-report-2019")
FORMS = {NEW.id: NEW, OLD.id: OLD}
FIRST, FIFTH, SIXTH, EIGHTH = township_matrix(1)["二"]
LAYOUTS = {
    "as printed": Layout(),
    "a sheet a chapter": Layout(sheets=True),
    "one label column": Layout(depth=1, merged=False),
}


def case_of(laid: Laid) -> Case:
    """The case of a file that holds this, where the tables of 2021 are asked for."""
    book = workbook(laid)
    docket = Docket(Register((), open_ended=True))
    docket.open(Submission("丁镇.xlsx", "", b""), Sighting(book.findings, observe(book, (NEW,), others=(OLD,))))
    (case,) = docket.cases
    return case


def sentences(case: Case, language: str = "zh") -> list[str]:
    return [catalogue(language).message(finding, FORMS) for finding in case.findings if finding.severity != "info"]


def whole_of_2019(year: int, layout: Layout, unit: str = "平罗县丁镇") -> Laid:
    matrix = {**PUBLISHED["2019m_中村乡_2020"]["matrix"], "三": matrix_of_2019(), "四": township_matrix(1)["四"]}
    return lay_out("2019m_中村乡_2020", layout, unit=unit, year=year, matrix=matrix)


@pytest.mark.parametrize("year", [2023, 2020], ids=["this year's heading", "its own year's heading"])
@pytest.mark.parametrize("prose", [False, True], ids=["tables alone", "with prose"])
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_a_whole_report_on_the_tables_of_2019_is_told_in_one_sentence(layout: Layout, prose: bool, year: int) -> None:
    laid = whole_of_2019(year, layout)

    case = case_of(with_prose(laid) if prose else laid)

    assert (case.status, case.unit_name) == ("wrong_version", "平罗县丁镇")
    assert sentences(case) == [f"这是《{OLD.title}》，本期应报《{NEW.title}》。请用本期表式重新填报。"]


@pytest.mark.parametrize(
    ("old", "matrix"),
    [
        ((FIRST,), False),
        ((EIGHTH,), False),
        ((FIRST, FIFTH, SIXTH), False),
        ((FIRST, FIFTH, SIXTH, EIGHTH), False),
        ((), True),
        ((FIFTH, SIXTH), True),
    ],
)
@pytest.mark.parametrize("sheets", [False, True], ids=["one sheet", "several sheets"])
def test_a_report_that_mixes_tables_of_two_years_is_told_which_ones(
    old: tuple[str, ...], matrix: bool, sheets: bool
) -> None:
    case = case_of(tables_of_both(old, matrix=matrix, sheets=sheets))

    (sentence,) = sentences(case)
    assert (case.status, case.findings[0].code, case.unit_name) == ("wrong_version", "L10", "平罗县丁镇")
    assert OLD.title in sentence
    assert NEW.title in sentence
    assert [article for article in (FIRST, FIFTH, SIXTH, EIGHTH) if f"{article}”" in sentence] == list(old)
    assert ("三、收到和处理政府信息公开申请情况" in sentence) == matrix
    assert OLD.title in sentences(case, "en")[0]


@pytest.mark.parametrize(
    "wrong",
    [
        ("本年废止件数",),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",),
        ("本年处理决定数量", "1.属于国家秘密"),
    ],
)
def test_a_fault_of_this_years_tables_is_no_other_version(wrong: tuple[str, ...]) -> None:
    laid = tables_of_both(())
    page = laid.pages[0]
    for place, (value, style) in list(page.cells.items()):
        if value in wrong:
            page.put(*place, "改动", style)

    seen = observe(workbook(laid), (NEW,), others=(OLD,))

    assert not isinstance(seen, Unlocated)
    assert {finding.code for finding in seen[0].findings if finding.severity in {"hard", "soft"}} <= {
        "L01",
        "L04",
        "S04",
    }


def test_each_of_them_among_sound_reports_has_its_status_and_one_hard_finding(tmp_path: Path) -> None:
    small_county(tmp_path, 2023)
    last_year = lay_out("2021m_测试市_杭州样式_2025", unit="平罗县己镇", year=2022, matrix=township_matrix(2))
    file_report(tmp_path, "丁镇", whole_of_2019(2023, Layout()))
    file_report(tmp_path, "戊镇", tables_of_both((FIRST,), unit="平罗县戊镇"))
    file_report(tmp_path, "己镇", with_prose(last_year))

    result = run(Request(tmp_path, Campaign(county="平罗县", forms=(NEW.id,)), jobs=1))

    records = {record.unit_name: (record.status, record.hard, record.soft) for record in result.submissions}
    assert records["平罗县丁镇"] == records["平罗县戊镇"] == ("wrong_version", 1, 0)
    assert records["平罗县己镇"] == ("wrong_period", 1, 0)
    assert result.tables[0].coverage.consolidated == 3
