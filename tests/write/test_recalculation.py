"""An office program that reckons the formulas anew comes to the totals that were stored."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import openpyxl
import pytest

from consolidator.form import load_by_id
from consolidator.write import publish
from tests.write.fabricate import Plan, county
from tests.write.reopen import OFFICE, SUPERIORS
from tests.write.test_comparison import compared

if TYPE_CHECKING:
    from pathlib import Path

OFFICE_PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.mark.slow
@pytest.mark.skipif(OFFICE_PROGRAM is None, reason="no LibreOffice here")
@pytest.mark.parametrize("book", [OFFICE, SUPERIORS])
def test_totals_stay_equal_when_reckoned_anew(tmp_path: Path, book: str) -> None:
    form = load_by_id("gov-info-disclosure-2014")
    earlier = dict.fromkeys(form.numeric, 7) | {"A1": 0, "C1": None, "H4": "0.1"}
    run = compared(county(form, 13, Plan()), earlier)
    publish(run, tmp_path / "out")
    stripped = tmp_path / "stripped.xlsx"
    before = openpyxl.load_workbook(tmp_path / "out" / book, data_only=True)
    openpyxl.load_workbook(tmp_path / "out" / book).save(stripped)  # keeps the formulas, drops the stored results
    assert OFFICE_PROGRAM is not None
    command = [OFFICE_PROGRAM, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "again"), str(stripped)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    after = openpyxl.load_workbook(tmp_path / "again" / "stripped.xlsx", data_only=True)
    seen = 0
    for sheet in openpyxl.load_workbook(tmp_path / "out" / book).worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            stored, again = before[sheet.title][cell.coordinate].value, after[sheet.title][cell.coordinate].value
            assert again == pytest.approx(stored, abs=1e-9), (sheet.title, cell.coordinate)
            seen += 1

    assert seen >= (2 + 3) * 58 - 1
