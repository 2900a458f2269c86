"""Every workbook that is written is a sound Office Open XML package, by the checker of Microsoft's own library.

Excel repairs or refuses what is not, and LibreOffice reads it all the same. Checked against Office 2007, the strictest.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from consolidator.form import available, load_by_id
from consolidator.write import publish
from tests.e2e.runs import ROOT, consolidator
from tests.write.fabricate import Plan, county, matrix_form
from tests.write.reopen import OFFICE, SUPERIORS
from tests.write.test_comparison import compared
from tests.write.test_hostile_text import TEXTS, hostile

if TYPE_CHECKING:
    from pathlib import Path

    from consolidator.model import Consolidation

CHECKER = shutil.which("ooxml-validator")

pytestmark = [pytest.mark.slow, pytest.mark.skipif(CHECKER is None, reason="no checker of Office Open XML here")]


def complaints(book: Path) -> list[str]:
    """What the checker has to say of a workbook."""
    assert CHECKER is not None
    told = subprocess.run([CHECKER, str(book), "Office2007"], capture_output=True, text=True, timeout=300, check=False)
    answer = json.loads(told.stdout)
    assert answer["ok"] == (not answer["errors"])
    return [f"{book.name} {error['path']} {error['xPath']}: {error['description']}" for error in answer["errors"]]


def published(run: Consolidation, folder: Path) -> list[str]:
    """What it says of both workbooks of a run."""
    publish(run, folder)
    return [told for name in (OFFICE, SUPERIORS) for told in complaints(folder / name)]


def test_a_package_that_is_not_sound_is_told(tmp_path: Path) -> None:
    publish(county(), tmp_path)
    with zipfile.ZipFile(tmp_path / SUPERIORS) as sound, zipfile.ZipFile(tmp_path / "unsound.xlsx", "w") as unsound:
        for name in sound.namelist():
            unsound.writestr(name, sound.read(name).replace(b"sheetData>", b"sheetDate>"))

    assert complaints(tmp_path / "unsound.xlsx")


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_workbooks_are_sound_whatever_townships_type(tmp_path: Path, text: str) -> None:
    assert published(hostile(county(), text), tmp_path) == []


def test_workbooks_with_a_comparison_are_sound(tmp_path: Path) -> None:
    form = load_by_id("gov-info-disclosure-2014")
    earlier = dict.fromkeys(form.numeric, 7) | {"A1": 0, "C1": None, "H4": "0.1"}

    assert published(compared(county(form, 13, Plan()), earlier), tmp_path) == []


def test_workbooks_of_a_matrix_are_sound(tmp_path: Path) -> None:
    assert published(county(matrix_form(), 13), tmp_path) == []


@pytest.mark.parametrize(("form", "units"), [("gov-info-disclosure-2014", 3_000), ("annual-report-2021", 300)])
def test_workbooks_of_many_units_are_sound(tmp_path: Path, form: str, units: int) -> None:
    assert published(county(load_by_id(form), units), tmp_path) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("county", ["county-2016", "county-2025"])
def test_workbooks_of_the_sample_counties_are_sound(tmp_path: Path, county: str, language: str) -> None:
    folder = ROOT / "sample_workbooks" / county
    campaign = ("--campaign", folder / "campaign.toml", "--lang", language)
    done = consolidator("run", folder / "inbox", *campaign, "--out", tmp_path)

    assert done.returncode == 1, done.stderr
    assert [told for name in (OFFICE, SUPERIORS) for told in complaints(tmp_path / name)] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", available())
def test_blank_forms_are_sound(tmp_path: Path, form: str, language: str) -> None:
    done = consolidator("template", form, "--out", tmp_path / "blank.xlsx", "--lang", language)

    assert done.returncode == 0, done.stderr
    assert complaints(tmp_path / "blank.xlsx") == []
