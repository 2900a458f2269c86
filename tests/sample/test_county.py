"""End to end: the installed program on the sample county, judged by `expected.toml`."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from sample_workbooks.printed_form import CODES, NUMBERS
from sample_workbooks.yaofu_2016 import PUBLISHED

COUNTY = Path(__file__).resolve().parents[2] / "sample_workbooks" / "county-2016"
EXPECTED = tomllib.loads((COUNTY / "expected.toml").read_text(encoding="utf-8"))
YAOFU = "姚伏镇政府信息公开情况统计表.xlsx"


@dataclass(frozen=True)
class Run:
    """What one run left behind."""

    exit_code: int
    printed: str
    findings: list[dict[str, str]]
    submissions: list[dict[str, str]]
    values: list[dict[str, str]]
    inbox_before: dict[str, str]
    inbox_after: dict[str, str]
    record: dict[str, object]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fingerprints(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    county = tmp_path_factory.mktemp("end to end") / "平罗县 2016"
    shutil.copytree(COUNTY, county)
    out = county.parent / "汇总 结果"
    before = fingerprints(county)
    command = [sys.executable, "-m", "consolidator", "run", str(county / "inbox")]
    command += ["--campaign", str(county / "campaign.toml"), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr
    assert (out / "data").is_dir(), done.stderr
    return Run(
        exit_code=done.returncode,
        printed=done.stdout,
        findings=rows(out / "data" / "findings.csv"),
        submissions=rows(out / "data" / "submissions.csv"),
        values=rows(out / "data" / "values.csv"),
        inbox_before=before,
        inbox_after=fingerprints(county),
        record=json.loads((out / "data" / "run.json").read_text(encoding="utf-8")),
    )


def of_file(run: Run, file: str) -> list[dict[str, str]]:
    return [finding for finding in run.findings if finding["file"] == file]


def planted(file: str) -> list[dict[str, object]]:
    return [fault for fault in EXPECTED["finding"] if fault["file"] == file]


def test_hard_findings_and_a_missing_unit_end_with_one(run: Run) -> None:
    assert run.exit_code == 1


def test_the_inbox_is_left_as_it_was(run: Run) -> None:
    assert run.inbox_after == run.inbox_before


def test_every_file_is_accounted_for_once(run: Run) -> None:
    listed = sorted(row["file"] for row in run.submissions if row["file"])

    assert listed == sorted(entry["file"] for entry in EXPECTED["file"])


@pytest.mark.parametrize("entry", EXPECTED["file"], ids=lambda entry: entry["file"])
def test_each_file_has_the_status_it_deserves(run: Run, entry: dict[str, str]) -> None:
    (row,) = [row for row in run.submissions if row["file"] == entry["file"]]

    assert row["status"] == entry["status"]
    if entry["unit"]:
        assert row["unit_code"] == entry["unit"]


def test_the_unit_that_sent_nothing_is_missing(run: Run) -> None:
    missing = [row["unit_code"] for row in run.submissions if row["status"] == "missing"]

    assert missing == EXPECTED["coverage"]["missing"]


@pytest.mark.parametrize(
    "fault",
    EXPECTED["finding"],
    ids=lambda fault: "-".join((fault["file"] or fault["unit"], fault["code"], fault["case"])),
)
def test_every_planted_fault_is_found_at_its_cell(run: Run, fault: dict[str, object]) -> None:
    found = [
        finding
        for finding in run.findings
        if (finding["file"], finding["code"], finding["severity"]) == (fault["file"], fault["code"], fault["severity"])
        and (finding["unit_code"] == fault["unit"] or not fault["unit"])
        and set(fault["indicators"]) <= set(finding["indicators"].split(";"))
    ]

    assert len(found) == 1, [finding for finding in run.findings if finding["file"] == fault["file"]]
    if fault.get("cells"):
        assert set(fault["cells"]) <= set(found[0]["cells"].split(";"))
    assert found[0]["message"]


@pytest.mark.parametrize("entry", [e for e in EXPECTED["file"] if e["status"] == "accepted"], ids=lambda e: e["file"])
def test_nothing_sound_is_accused(run: Run, entry: dict[str, str]) -> None:
    expected = {fault["code"] for fault in planted(entry["file"])}
    accused = {
        f["code"]
        for f in of_file(run, entry["file"])
        if f["outcome"] == "violated" and f["severity"] in {"hard", "soft"}
    }

    assert accused <= expected


@pytest.mark.parametrize("entry", [e for e in EXPECTED["file"] if e["status"] == "rejected"], ids=lambda e: e["file"])
def test_a_rejected_file_is_accused_of_its_own_faults_only(run: Run, entry: dict[str, str]) -> None:
    expected = {fault["code"] for fault in planted(entry["file"])}
    accused = {
        f["code"]
        for f in of_file(run, entry["file"])
        if f["outcome"] == "violated" and f["severity"] in {"hard", "soft"}
    }

    assert accused == expected


def test_the_county_itself_is_accused_of_nothing_hard(run: Run) -> None:
    assert not [f for f in run.findings if not f["file"] and f["severity"] == "hard" and f["code"] != "K01"]


@pytest.mark.parametrize("code", NUMBERS)
def test_the_county_total_is_the_sum_of_the_included_units(run: Run, code: str) -> None:
    included = {row["file"] for row in run.submissions if row["included"] in {"1", "true", "True", "是"}}
    figures = [
        Decimal(row["value"])
        for row in run.values
        if row["indicator"] == code and row["file"] in included and row["value"]
    ]

    assert len(included) == EXPECTED["coverage"]["consolidated"]
    assert sum(figures) == Decimal(EXPECTED["totals"][code])


def test_all_58_numbers_of_yaofu_are_exact_and_know_their_cells(run: Run) -> None:
    read = {row["indicator"]: row for row in run.values if row["file"] == YAOFU}
    published = {code: value for code, (_, _, value) in zip(CODES, PUBLISHED, strict=True) if code in NUMBERS}

    assert len(published) == 58
    assert {code: read[code]["value"] for code in published} == published
    assert {code: read[code]["raw"] for code in published} == published
    assert len({(read[code]["sheet"], read[code]["cell"]) for code in published}) == 58


def test_yaofu_has_exactly_its_three_soft_findings(run: Run) -> None:
    judged = [(f["severity"], f["code"]) for f in of_file(run, YAOFU) if f["severity"] in {"hard", "soft"}]

    assert sorted(judged) == [("soft", "F05"), ("soft", "R19"), ("soft", "S01")]


def test_the_summary_names_the_coverage(run: Run) -> None:
    assert all(word in run.printed for word in ("应报", "已报", "已汇总", "红崖子乡"))


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_finding_shown_in_a_readme_is_the_programs_own(run: Run, page: str) -> None:
    text = (COUNTY.parents[1] / page).read_text(encoding="utf-8")
    (shown,) = [line for line in text.splitlines() if line.startswith("> **高庄乡**")]
    (finding,) = [finding for finding in run.findings if finding["code"] == "R08" and finding["file"]]

    assert finding["message"] in shown
    assert f"`{finding['cells'].split(';')[0]}`" in shown
