"""Two years: the results of the first, in every form they come in, judge the second alike."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace

from consolidator.cli.console import Console
from consolidator.cli.running import run_folder
from consolidator.cli.wishes import Wishes
from consolidator.errors import UsageError
from consolidator.inbox import Campaign, load_campaign
from consolidator.interpreters import Standby
from consolidator.model import Consolidation, Period
from consolidator.pipeline import Request, publish, run
from consolidator.terms import catalogue
from consolidator.write.csv_files import write_values
from consolidator.write.plans.facts import Facts
from tests.annual.county import file_report, old_tables, small_county, township_matrix
from tests.annual.pages import Layout, lay_out

PUBLISHED = "2021m_测试市_杭州样式_2025"
OFFICE, SUPERIORS = "汇总审核表.xlsx", "上报汇总表.xlsx"


def consolidated(inbox: Path, **settings: object) -> Consolidation:
    campaign = replace(Campaign(county="平罗县"), **settings)  # type: ignore[arg-type]
    return run(Request(inbox, campaign, jobs=0))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Last year's county with its outputs, and this year's inbox: one the same, one much more, one new, one gone."""
    root = tmp_path_factory.mktemp("two years")
    small_county(root / "last", 2022)
    publish(consolidated(root / "last"), root / "out", "zh")
    for unit, factor in (("甲镇", 1), ("乙镇", 7), ("丁镇", 4)):
        laid = lay_out(PUBLISHED, Layout(), unit=f"平罗县{unit}", year=2023, matrix=township_matrix(factor))
        file_report(root / "this", unit, laid)
    return root


@pytest.fixture(scope="module")
def compared(county: Path) -> Consolidation:
    """This year's run with last year's output folder."""
    return consolidated(county / "this", previous=county / "out")


def in_english(county: Path) -> Path:
    publish(consolidated(county / "last"), county / "english", "en")
    return county / "english" / OFFICE


def saved_again(county: Path) -> Path:
    book = openpyxl.load_workbook(county / "out" / OFFICE, data_only=True)
    book.save(county / "又存了一次.xlsx")
    return county / "又存了一次.xlsx"


@pytest.mark.parametrize(
    "source",
    [
        lambda county: county / "out" / "data" / "values.csv",
        lambda county: county / "out" / "data",
        lambda county: county / "out" / OFFICE,
        lambda county: county / "out" / SUPERIORS,
        pytest.param(in_english, marks=pytest.mark.slow),
        pytest.param(saved_again, marks=pytest.mark.slow),
    ],
    ids=["values", "data", "office", "superiors", "english", "saved-again"],
)
def test_whatever_last_years_results_come_as_the_same_is_found(county: Path, compared: Consolidation, source) -> None:
    assert consolidated(county / "this", previous=source(county)).findings == compared.findings


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_a_workbook_that_libreoffice_saved_says_the_same(
    county: Path, compared: Consolidation, tmp_path: Path, kind: str
) -> None:
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", kind]
    subprocess.run([*command, "--outdir", tmp_path, county / "out" / OFFICE], check=True, capture_output=True)
    source = tmp_path / Path(OFFICE).with_suffix(f".{kind}")

    assert consolidated(county / "this", previous=source).findings == compared.findings


def test_every_rule_across_the_years_speaks_of_this_years_cells(compared: Consolidation) -> None:
    across = [each for each in compared.findings if each.code in {"X05", "X07", "Y01", "Y02"} and each.file]
    told = {(each.code, each.unit_name, each.outcome) for each in across}

    assert ("Y02", "平罗县甲镇", "violated") in told
    assert {(code, "平罗县乙镇", "violated") for code in ("X05", "X07", "Y01")} <= told
    assert {(code, "平罗县丁镇", "undecided") for code in ("X05", "X07", "Y01")} <= told
    assert ("Y01", "平罗县甲镇", "violated") not in told
    assert all(each.sheet and each.cells for each in across)
    (gone,) = [each for each in compared.findings if each.code == "Y10"]
    assert (gone.case, gone.details["units"]) == ("unknown", "平罗县丙乡")


def test_both_workbooks_compare_the_totals_and_the_run_record_names_the_source(
    county: Path, compared: Consolidation
) -> None:
    publish(compared, county / "found", "zh")

    for name in (OFFICE, SUPERIORS):
        sheet = openpyxl.load_workbook(county / "found" / name, data_only=True)["同比对比表"]
        written = "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
        assert "上期（2022年度）已汇总 3" in written
        assert "只在本期合计中：平罗县丁镇" in written
        assert "只在上期合计中：平罗县丙乡" in written
        assert "values.csv" not in written
    settings = json.loads((county / "found" / "data" / "run.json").read_text("utf-8"))["settings"]
    assert (settings["previous"], settings["previous_period"]) == ("values.csv", "2022")
    assert len(settings["previous_sha256"]) == 64


def test_without_it_nothing_is_compared(county: Path) -> None:
    result = consolidated(county / "this")

    assert not {finding.code for finding in result.findings} & {"X05", "X07", "Y01", "Y02", "Y10"}
    assert not result.comparisons


def test_a_report_of_2021_is_compared_with_the_tables_of_2019(tmp_path: Path) -> None:
    old_tables(tmp_path / "last", "甲镇", 2020)
    with (tmp_path / "values.csv").open("wb") as target:
        write_values(target, Facts(consolidated(tmp_path / "last", period=Period(2020)), catalogue("zh")))
    laid = lay_out(PUBLISHED, Layout(), unit="平罗县甲镇", year=2021, matrix=township_matrix(1))
    file_report(tmp_path / "this", "甲镇", laid)

    result = consolidated(tmp_path / "this", previous=tmp_path / "values.csv")

    judged = {tally.rule for tally in result.tallies["annual-report-2021"]}
    assert {"X07", "Y01"} <= judged
    assert "X05" not in judged  # 对外公开总数量 is not 现行有效件数
    (comparison,) = result.comparisons.values()
    assert not comparison.own_form
    assert "Q361.np" not in comparison.totals


def test_the_campaign_file_names_it_relative_to_itself(tmp_path: Path) -> None:
    (tmp_path / "campaign.toml").write_text('previous = "../2022/结果"\n', encoding="utf-8")

    assert load_campaign(tmp_path / "campaign.toml").previous == tmp_path / "../2022/结果"


@pytest.mark.parametrize(
    ("previous", "code"),
    [
        ("nowhere.csv", "E10"),
        ("this", "E60"),
        ("this/甲镇.xlsx", "E61"),
        ("out/data/run.json", "E61"),
        ("out/data/findings.csv", "E66"),
        ("out/data/submissions.csv", "E66"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_name(county: Path, previous: str, code: str) -> None:
    with pytest.raises(UsageError) as refused:
        consolidated(county / "this", previous=county / previous)

    assert refused.value.code == code
    assert Path(previous).name in "".join(refused.value.details.values())


def test_the_same_year_is_refused_before_anything_is_read(county: Path) -> None:
    with pytest.raises(UsageError, match="E62"):
        consolidated(county / "nowhere", previous=county / "out", period=Period(2022))


@pytest.mark.parametrize("previous", ["out", "out/data", "out/data/values.csv", f"out/{OFFICE}"])
def test_last_years_results_are_never_replaced(county: Path, previous: str) -> None:
    wishes = Wishes(county / "this", previous=county / previous, out=county / "out")

    with pytest.raises(UsageError, match="E64"):
        run_folder(Console("zh"), wishes, Standby())


def test_last_years_results_are_no_forms(county: Path, tmp_path: Path) -> None:
    shutil.copytree(county / "out", tmp_path / "inbox" / "去年")

    with pytest.raises(UsageError, match="E65"):
        run_folder(Console("zh"), Wishes(tmp_path / "inbox", previous=tmp_path / "inbox" / "去年"), Standby())
