"""The second sample county, annual reports of 2025: judged by its `expected.toml`, and what is written of it."""

from __future__ import annotations

import csv
import io
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import openpyxl
import pytest

from consolidator.inbox import load_campaign
from consolidator.pipeline import Request, publish, run
from sample_workbooks.build_county_2025 import BY_HAND, HERE, build, contents
from sample_workbooks.reports_2025 import FILED, OWN
from tests.sample.test_build import WORKBOOKS, grids

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Consolidation

EXPECTED = tomllib.loads((HERE / "expected.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def result() -> Consolidation:
    return run(Request(HERE / "inbox", load_campaign(HERE / "campaign.toml"), jobs=1))


@pytest.fixture(scope="module")
def out(result: Consolidation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("county 2025")
    publish(result, folder, "zh")
    return folder


def test_nothing_lies_in_the_county_that_the_script_did_not_make(tmp_path: Path) -> None:
    build(tmp_path)

    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {path.relative_to(HERE) for path in HERE.rglob("*") if path.is_file()}


def test_every_file_of_the_county_is_as_built() -> None:
    for name, content in contents():
        kept = (HERE / name).read_bytes()
        same = grids(kept) == grids(content) if name.endswith(WORKBOOKS) else kept == content
        assert same, name
        assert len(kept) < (20_000 if "inbox/" in name else 200_000), name


@pytest.mark.parametrize("entry", EXPECTED["file"], ids=lambda entry: entry["file"])
def test_each_file_has_the_status_it_deserves(result: Consolidation, entry: dict[str, str]) -> None:
    (record,) = [record for record in result.submissions if record.file == entry["file"]]

    assert record.status == entry["status"]
    assert record.unit_code == entry["unit"]


def test_the_coverage_is_as_expected(result: Consolidation) -> None:
    coverage = result.tables[0].coverage

    assert (coverage.required, coverage.consolidated) == (
        EXPECTED["coverage"]["required"],
        EXPECTED["coverage"]["consolidated"],
    )
    assert coverage.missing == ("县民政局",)


@pytest.mark.parametrize(
    "fault",
    EXPECTED["finding"],
    ids=lambda fault: "-".join(
        (fault["file"] or fault["unit"], fault["code"], fault["case"], *fault["indicators"][:1])
    ),
)
def test_every_planted_fault_is_found_at_its_cell(result: Consolidation, fault: dict[str, list[str]]) -> None:
    found = [
        finding
        for finding in result.findings
        if (finding.file, finding.code, finding.severity) == (fault["file"], fault["code"], fault["severity"])
        and set(fault["indicators"]) <= set(finding.indicators)
        and (not finding.case or not fault["case"] or finding.case == fault["case"])
    ]

    assert len(found) == 1, [f for f in result.findings if f.file == fault["file"]]
    assert set(fault.get("cells", ())) <= set(found[0].cells)


@pytest.mark.parametrize("report", FILED, ids=lambda report: report.name)
def test_no_file_is_accused_of_more_than_was_planted(result: Consolidation, report) -> None:
    planted = [fault.code for fault in report.faults if fault.severity in {"hard", "soft"}]
    accused = [
        finding.code
        for finding in result.findings
        if finding.file == report.file and finding.severity in {"hard", "soft"} and finding.outcome == "violated"
    ]

    assert sorted(accused) == sorted(planted)


def test_the_totals_are_those_of_the_accepted_reports(result: Consolidation) -> None:
    totals = {code: str(total.value) for code, total in result.tables[0].totals.items()}

    assert totals == EXPECTED["totals"]
    assert BY_HAND.items() <= totals.items()


def test_every_figure_is_read_as_it_was_typed(result: Consolidation) -> None:
    read = {file.file: file.values for file in result.observations}
    for report in FILED:
        if report.old:
            continue
        laid = report.laid()
        for code, (sheet, row, column) in laid.places.items():
            seen = read[report.file][code]
            assert (seen.raw, seen.address.sheet, seen.address.row, seen.address.column) == (
                laid.raw[code], sheet, row, column,
            ), (report.name, code)  # fmt: skip


def test_prose_is_whole_in_the_values_and_short_in_the_detail_sheet(result: Consolidation, out: Path) -> None:
    values = list(csv.DictReader(io.StringIO((out / "data" / "values.csv").read_text(encoding="utf-8-sig"))))
    (overview,) = [v for v in values if v["unit_name"] == "花马池镇" and v["indicator"] == "T1"]
    longest = 2 * 15

    assert overview["value"].startswith("2025年，花马池镇")
    assert overview["value"].endswith("无行政诉讼。")
    sheet = openpyxl.load_workbook(out / "汇总审核表.xlsx")["分乡镇明细表"]
    heads = {
        cell.value: cell.column
        for row in sheet.iter_rows(max_row=10)
        for cell in row
        if cell.value in ("T1", "T5", "T6", "D1")
    }
    assert set(heads) == {"T1", "T5", "T6", "D1"}
    shown = [sheet.cell(row, heads["T1"]).value for row in range(9, sheet.max_row + 1)]
    assert any(str(text).startswith("2025年，花马池镇") for text in shown)
    assert all(len(str(text)) <= longest for text in shown if text)


@pytest.mark.parametrize("name", ["汇总审核表.xlsx", "上报汇总表.xlsx"])
def test_the_form_as_printed_has_the_tables_and_no_prose(out: Path, name: str) -> None:
    sheet = openpyxl.load_workbook(out / name)["汇总表"]
    texts = {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert "三、收到和处理政府信息公开申请情况" in texts
    assert not any("总体情况" in text or "存在的主要问题" in text for text in texts)


def test_superiors_get_no_prose(out: Path) -> None:
    book = openpyxl.load_workbook(out / "上报汇总表.xlsx")
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}

    assert not {"T1", "T5", "T6"} & texts
    assert not any("政策解读形式单一" in text for text in texts)


def test_the_countys_own_report_is_listed_and_not_counted(result: Consolidation) -> None:
    (record,) = [record for record in result.submissions if record.file == OWN]

    assert (record.status, record.included) == ("ignored", False)


def test_last_years_figures_are_there_for_every_unit_that_filed_this_form() -> None:
    rows = list(csv.DictReader(io.StringIO((HERE / "previous/data/values.csv").read_text(encoding="utf-8-sig"))))
    carried = {(r["unit_name"], r["indicator"]): Decimal(r["value"]) for r in rows}

    assert {row["period"] for row in rows} == {"2024"}
    assert len(rows) == 200 * sum(not report.old for report in FILED)
    differing = [
        report.name
        for report in FILED
        if not report.old
        and any(carried[report.name, f"Q4.{key}"] != int(report.figures()[f"Q2.{key}"]) for key in ("np", "ent", "tot"))
    ]
    assert differing == ["县教育局"]
