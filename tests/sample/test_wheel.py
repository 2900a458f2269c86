"""The wheel, installed where nothing else is, brings the forms and the sample county along."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("fresh")
    venv.create(place, with_pip=True)
    scripts = place / ("Scripts" if os.name == "nt" else "bin")
    install = [str(scripts / "python"), "-m", "pip", "install", "-q", "-c", str(ROOT / "constraints.txt"), str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return scripts / "consolidator"


def call(program: Path, home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    home.mkdir(exist_ok=True)
    kept = {key: value for key, value in os.environ.items() if key in {"PATH", "SYSTEMROOT", "TMPDIR", "TEMP"}}
    environment = {**kept, "HOME": str(home), "USERPROFILE": str(home)}
    command = [str(program), *words]
    return subprocess.run(
        command, cwd=home, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


def test_the_wheel_carries_forms_catalogue_and_sample_county(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    assert "consolidator/schemas/gov-info-disclosure-2014.yaml" in names
    assert {"consolidator/catalogue/zh.toml", "consolidator/catalogue/en.toml", "consolidator/py.typed"} <= names
    assert "consolidator/sample_workbooks/county-2016/campaign.toml" in names
    assert sum(name.startswith("consolidator/sample_workbooks/county-2016/inbox/") for name in names) == 17
    assert sum(name.startswith("consolidator/sample_workbooks/county-2025/inbox/") for name in names) == 12


def test_the_wheel_carries_no_tests_and_no_build_scripts(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"consolidator"}


def test_the_installed_demo_works_in_an_empty_home(program: Path, tmp_path: Path) -> None:
    done = call(program, tmp_path / "home", "demo")

    assert done.returncode == 0, done.stderr
    assert "汇总审核表.xlsx" in done.stdout
    assert list(tmp_path.rglob("汇总审核表.xlsx"))
    assert list(tmp_path.rglob("上报汇总表.xlsx"))


def test_the_installed_program_lists_its_forms(program: Path, tmp_path: Path) -> None:
    done = call(program, tmp_path / "home", "forms", "list")

    assert done.returncode == 0, done.stderr
    assert "gov-info-disclosure-2014" in done.stdout
