"""The files for programs: columns of the contract, every row there, nothing a spreadsheet would run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from msgspec.structs import replace

from consolidator import frames
from consolidator.model import CellAddress, Observation, ObservedFile, Status
from consolidator.write import publish
from tests.write.fabricate import county
from tests.write.reopen import rows

if TYPE_CHECKING:
    from pathlib import Path


def test_the_files_are_utf8_with_bom_and_windows_line_ends(published: Path) -> None:
    for name in ("values", "findings", "submissions"):
        content = (published / "data" / f"{name}.csv").read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert content.count(b"\r\n") == content.count(b"\n")


def test_columns_are_those_of_the_contract(published: Path) -> None:
    for name, columns in (
        ("values", frames.OBSERVATIONS),
        ("findings", frames.FINDINGS),
        ("submissions", frames.SUBMISSIONS),
    ):
        header = (published / "data" / f"{name}.csv").read_text("utf-8-sig").partition("\n")[0]
        assert header == ",".join(columns)


def test_every_value_of_every_file_that_was_read_has_its_row(published: Path) -> None:
    run = county()
    written = rows(published / "data" / "values.csv")

    assert len(written) == sum(len(file.values) for file in run.observations)
    assert {row["unit_name"] for row in written} == {row.unit.name for row in run.tables[0].rows if row.file}


def test_a_value_keeps_its_address_and_what_was_typed(published: Path) -> None:
    row = next(row for row in rows(published / "data" / "values.csv") if row["raw"] == "约44")

    assert row["value"] == ""
    assert (row["unit_name"], row["indicator"], row["sheet"], row["cell"]) == ("崇岗镇", "C12", "统计表", "C10")


def test_values_of_files_without_a_row_in_the_tables_are_there_too(tmp_path: Path) -> None:
    seen = Observation("A1", "=1+1", "=1+1", CellAddress("表", 3, 3), "alias")
    stray = ObservedFile("谁的.xlsx", "", "某乡", "gov-info-disclosure-2014", "2016", {"A1": seen})
    publish(replace(county(), observations=(stray,)), tmp_path)
    (row,) = rows(tmp_path / "data" / "values.csv")

    assert row == {
        "unit_code": "",
        "unit_name": "某乡",
        "form": "gov-info-disclosure-2014",
        "period": "2016",
        "indicator": "A1",
        "value": "'=1+1",
        "raw": "'=1+1",
        "file": "谁的.xlsx",
        "sheet": "表",
        "cell": "C3",
        "how": "alias",
    }


def test_findings_keep_their_order_and_carry_their_sentence(published: Path) -> None:
    run = county()
    written = rows(published / "data" / "findings.csv")

    assert [row["fingerprint"] for row in written] == [finding.fingerprint for finding in run.findings]
    broken = next(row for row in written if row["code"] == "R01")
    assert broken["indicators"] == "A1a;A1"
    assert broken["cells"] == "C7;C6"
    assert "大于“主动公开政府信息数” 12，多 3.5" in broken["message"]


def test_submissions_say_true_or_false_and_keep_the_reason(tmp_path: Path) -> None:
    stray = replace(
        county().submissions[0], file="~$a.xlsx", status=Status.IGNORED, included=False, reason="B05.lock_file"
    )
    run = county()
    publish(replace(run, submissions=(*run.submissions, stray)), tmp_path)
    written = rows(tmp_path / "data" / "submissions.csv")

    assert {row["included"] for row in written} == {"true", "false"}
    assert written[-1]["status"] == "ignored"
    assert written[-1]["reason"] == "B05.lock_file"


def test_the_run_record_tells_coverage_and_the_hash_of_every_output(published: Path) -> None:
    text = (published / "data" / "run.json").read_text("utf-8")
    record = json.loads(text)

    assert record["coverage"][0]["missing"] == ["红崖子乡"]
    assert {"unit": "渠口乡", "status": "conflict"} in record["coverage"][0]["left_out"]
    assert len(record["outputs"]) == 5
    assert text == json.dumps(record, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
