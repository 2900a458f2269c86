"""The county's totals, calculated anew by LibreOffice from formulas whose stored results were taken away."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from sample_workbooks.printed_form import NUMBERS
from tests.formats import repack

COUNTY = Path(__file__).resolve().parents[2] / "sample_workbooks" / "county-2016"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def without_results(_: str, part: bytes) -> bytes:
    return re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1<v></v>", part)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("recalculated")
    command = [sys.executable, "-m", "consolidator", "run", str(COUNTY / "inbox"), "--out", str(out)]
    subprocess.run([*command, "--campaign", str(COUNTY / "campaign.toml")], check=False, capture_output=True)
    return out


@pytest.mark.parametrize("name", ["汇总审核表", "上报汇总表"])
def test_libreoffice_comes_to_the_same_totals(outputs: Path, tmp_path: Path, name: str) -> None:
    bare = tmp_path / "bare.xlsx"
    bare.write_bytes(repack((outputs / f"{name}.xlsx").read_bytes(), without_results))
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless"]
    convert = [*office, "--convert-to", "ods:calc8", "--outdir", str(tmp_path), str(bare)]
    subprocess.run(convert, check=True, capture_output=True, timeout=120)
    subprocess.run(
        [*office, "--convert-to", "xlsx", "--outdir", str(tmp_path / "again"), str(tmp_path / "bare.ods")],
        check=True,
        capture_output=True,
        timeout=120,
    )

    stored = openpyxl.load_workbook(outputs / f"{name}.xlsx", data_only=True)["汇总表"]
    formulas = openpyxl.load_workbook(outputs / f"{name}.xlsx")["汇总表"]
    calculated = openpyxl.load_workbook(tmp_path / "again" / "bare.xlsx", data_only=True)["汇总表"]
    cells = [cell.coordinate for row in formulas for cell in row if str(cell.value).startswith("=")]

    expected = tomllib.loads((COUNTY / "expected.toml").read_text(encoding="utf-8"))["totals"]
    assert len(cells) == len(NUMBERS)
    for address, code in zip(cells, NUMBERS, strict=True):
        total = Decimal(expected[code])
        assert abs(Decimal(str(calculated[address].value)) - total) < Decimal("1e-9"), (code, address)
        assert abs(Decimal(str(stored[address].value)) - total) < Decimal("1e-9"), (code, address)
