"""What a run says of itself, first: that it may have been asked for in the wrong way; how many of what were found."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import openpyxl
import pytest

from tests.e2e.runs import COUNTY, consolidator

if TYPE_CHECKING:
    from pathlib import Path

CAMPAIGN = COUNTY / "campaign.toml"


def front(out: Path) -> list[str]:
    """The texts of 审核概况 from top to bottom."""
    sheet = openpyxl.load_workbook(out / "汇总审核表.xlsx")["审核概况"]
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_a_period_that_nearly_no_form_is_of_is_asked_about_once_and_first(tmp_path: Path) -> None:
    done = consolidator("run", COUNTY / "inbox", "--campaign", CAMPAIGN, "--period", "2017", "--out", tmp_path / "out")

    said = "14 份报表中 12 份写的是 2016年度，本次按 2017年度 汇总；如果是报告期选错了，请改 --period"
    assert done.stdout.startswith(said)
    assert done.stdout.count("报告期选错了") == 1
    assert front(tmp_path / "out")[2].startswith(said)
    assert done.returncode == 1


def test_a_period_that_one_form_is_not_of_is_that_form_s_matter(tmp_path: Path) -> None:
    done = consolidator("run", COUNTY / "inbox", "--campaign", CAMPAIGN, "--out", tmp_path / "out")

    assert "报告期不符" in done.stdout
    assert "报告期选错了" not in done.stdout + "".join(front(tmp_path / "out"))


@pytest.mark.parametrize(("name", "said"), [(None, "是空的"), ("通知.txt", "里没有一份读得出的报表（共 1 个文件")])
def test_an_inbox_without_a_form_is_named_before_the_units_that_are_missing(
    name: str | None, said: str, tmp_path: Path
) -> None:
    inbox = tmp_path / "收件"
    inbox.mkdir()
    if name is not None:
        (inbox / name).write_text("请各乡镇报送。", encoding="utf-8")

    done = consolidator("run", inbox, "--campaign", CAMPAIGN, "--out", tmp_path / "out")

    first, *rest = done.stdout.splitlines()
    assert first.startswith(f"收件夹“{inbox}”{said}")
    assert any("未报 13" in line for line in rest)
    assert front(tmp_path / "out")[2].startswith(f"收件夹“收件”{said}")


def test_what_could_not_be_judged_is_counted_apart(tmp_path: Path) -> None:
    done = consolidator("run", COUNTY / "inbox", "--campaign", CAMPAIGN, "--out", tmp_path / "out")

    counts = json.loads((tmp_path / "out" / "data" / "run.json").read_text(encoding="utf-8"))["counts"]
    told = re.search(r"提示 (\d+)　无法判定 (\d+)", done.stdout)
    assert told is not None
    assert int(told[2]) == counts["undecided"] == 7
    assert int(told[1]) + int(told[2]) == counts["info"]
    cells = front(tmp_path / "out")
    assert cells[cells.index("无法判定") + 1].startswith("7 条")
    assert cells[cells.index("提示") + 1].startswith(f"{told[1]} 条")


def test_english_output_is_punctuated_as_english_is(tmp_path: Path) -> None:
    done = consolidator("--lang", "en", "run", COUNTY / "inbox", "--campaign", CAMPAIGN, "--out", tmp_path / "out")

    assert not re.search("[、（），。：；　]", done.stdout)
