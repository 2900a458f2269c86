"""Whoever is compared with the tool does the same work: the same totals, to the last digit."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from benchmarks import floor
from benchmarks.generate import generate
from consolidator.inbox import load_campaign
from consolidator.pipeline import Request, run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.generate import Inbox


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Inbox:
    return generate("county", tmp_path_factory.mktemp("clean"), faults=False)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Inbox:
    return generate("county", tmp_path_factory.mktemp("faulty"))


def truth(inbox: Inbox) -> dict[str, Decimal]:
    told = json.loads((inbox.folder / "truth.json").read_text(encoding="utf-8"))
    return {code: Decimal(total) for code, total in told["totals"].items()}


def script(name: str) -> Callable[[Path, Path], None]:
    if name == "baseline":
        from benchmarks import baseline

        return baseline.main
    pytest.importorskip("fastexcel", reason="the extra [bench] is not installed")
    from benchmarks import fast_script

    return fast_script.main


def written(out: Path, book: str) -> pd.DataFrame:
    return pd.read_excel(out / book, engine="openpyxl")


@pytest.mark.parametrize("name", ["baseline", "fast_script"])
def test_the_scripts_get_the_right_totals_of_a_clean_county(name: str, clean: Inbox, tmp_path: Path) -> None:
    script(name)(clean.inbox, tmp_path)
    totals = written(tmp_path, "汇总.xlsx").set_index("指标")["合计"]

    assert {code: Decimal(str(round(float(total), 2))) for code, total in totals.items()} == truth(clean)
    assert written(tmp_path, "错误.xlsx").empty
    assert len(written(tmp_path, "明细.xlsx")) == clean.files


@pytest.mark.parametrize("name", ["baseline", "fast_script"])
def test_the_scripts_find_the_sum_that_does_not_add_up(name: str, faulty: Inbox, tmp_path: Path) -> None:
    script(name)(faulty.inbox, tmp_path)
    errors = written(tmp_path, "错误.xlsx")

    assert ("政府信息公开统计表 三岔镇.xlsx", "R08") in set(zip(errors["文件"], errors["错误"], strict=True))


def test_the_tool_gets_the_right_totals_of_a_clean_county(clean: Inbox) -> None:
    result = run(Request(clean.inbox, load_campaign(clean.campaign), jobs=0))
    table = result.tables[0]

    assert {code: table.totals[code].value for code in truth(clean)} == truth(clean)
    assert table.coverage.consolidated == clean.files
    assert {finding.code for finding in result.findings} == {"L03"}  # of a form behind a sheet of notes


def test_the_floor_takes_in_every_form_and_puts_the_output_out(faulty: Inbox, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs"
    outputs.mkdir()
    (outputs / "a.xlsx").write_bytes(next(faulty.inbox.glob("*.xlsx")).read_bytes())
    floor.inflate_outputs(outputs, tmp_path / "parts")
    floor.main(faulty.inbox, tmp_path / "parts", tmp_path / "floor.bin")

    parts = list((tmp_path / "parts").iterdir())
    assert any(b"<sheetData" in part.read_bytes() for part in parts)
    assert 0 < (tmp_path / "floor.bin").stat().st_size < sum(part.stat().st_size for part in parts)
