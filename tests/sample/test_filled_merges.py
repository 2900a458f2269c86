"""The sample counties after somebody let every merged cell be taken apart and filled in (拆分并填充内容)."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.sample.test_county import rows

COUNTIES = Path(__file__).resolve().parents[2] / "sample_workbooks"


def take_apart(path: Path) -> int:
    """Undo every merge of a workbook, its value in every cell of the area, formulas by their results; how many there were."""
    book, shown = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    count = 0
    for sheet in book.worksheets:
        for line in shown[sheet.title].iter_rows():
            for cell in line:
                formula = sheet.cell(cell.row, cell.column)
                if formula.data_type == "f" and cell.value is not None:
                    formula.value = cell.value
        for area in list(sheet.merged_cells.ranges):
            text = sheet.cell(area.min_row, area.min_col).value
            sheet.unmerge_cells(str(area))
            for line in sheet.iter_rows(area.min_row, area.max_row, area.min_col, area.max_col):
                for cell in line:
                    cell.value = text
            count += 1
    book.save(path)
    return count


def outputs(county: Path, inbox: Path, out: Path) -> tuple[list[dict[str, str]], set[tuple[str, str, str]]]:
    """What was read, and what is said of which file with which severity."""
    command = [sys.executable, "-m", "consolidator", "run", str(inbox), "--campaign", str(county / "campaign.toml")]
    done = subprocess.run([*command, "--out", str(out)], capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode in {0, 1}, done.stderr
    values, findings = rows(out / "data" / "values.csv"), rows(out / "data" / "findings.csv")
    return values, {(entry["file"], entry["code"], entry["severity"]) for entry in findings}


@pytest.mark.parametrize("name", ["county-2016", "county-2025"])
def test_forms_whose_merges_were_undone_and_filled_in_read_as_before(name: str, tmp_path: Path) -> None:
    county = COUNTIES / name
    shutil.copytree(county / "inbox", tmp_path / "inbox")
    books = [path for path in (tmp_path / "inbox").rglob("*.xlsx") if not path.name.startswith("~$")]
    assert sum(take_apart(path) for path in books if path.read_bytes()[:2] == b"PK" and "渠口" not in path.name) > 20

    before, said_before = outputs(county, county / "inbox", tmp_path / "before")
    after, said_after = outputs(county, tmp_path / "inbox", tmp_path / "after")

    told = ("unit_name", "indicator", "value", "file", "sheet", "cell")
    assert [[entry[key] for key in told] for entry in after] == [[entry[key] for key in told] for entry in before]
    assert said_after <= said_before
