"""The county's own entries and the categories of its roster, from the campaign file to the superiors' workbook."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from consolidator.errors import UsageError
from consolidator.inbox import load_campaign
from consolidator.pipeline import Request, prepare
from tests.e2e.runs import COUNTY, consolidator
from tests.write.reopen import OFFICE, SUPERIORS, find, reopen

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = """
[[adjustment]]
indicator = "{indicator}"
amount = {amount}
reason = "两家单位联合受理，重复计了一件"
by = "县政务公开办"
"""


def adjusted(folder: Path, *entries: str) -> Path:
    """The sample county with entries of its own, four of its units called bureaus."""
    county = folder / "county-2016"
    shutil.copytree(COUNTY, county)
    campaign = county / "campaign.toml"
    text = campaign.read_text(encoding="utf-8").replace("roster.xlsx", "roster.csv")
    campaign.write_text(text + "".join(entries), encoding="utf-8")
    names = [
        "城关镇",
        "黄渠桥镇",
        "宝丰镇",
        "头闸镇",
        "姚伏镇",
        "崇岗镇",
        "陶乐镇",
        "高庄乡",
        "灵沙乡",
        "渠口乡",
        "通伏乡",
        "高仁乡",
        "红崖子乡",
    ]
    rows = [f"{n:02d},{name},,{'区直单位' if n % 3 == 0 else '乡镇街道'}" for n, name in enumerate(names, start=1)]
    (county / "roster.csv").write_text("\n".join(["单位代码,单位名称,别名,类别", *rows]), encoding="utf-8")
    return county


def test_an_entry_and_the_categories_reach_both_workbooks(tmp_path: Path) -> None:
    county = adjusted(tmp_path, ENTRY.format(indicator="C1", amount=-1))
    out = tmp_path / "out"
    done = consolidator("run", county / "inbox", "--campaign", county / "campaign.toml", "--out", out, "--json")
    assert done.returncode == 1, done.stderr

    (told,) = json.loads(done.stdout)["forms"]
    (recorded,) = json.loads((out / "data" / "run.json").read_text(encoding="utf-8"))["coverage"]
    assert told["adjustments"][0]["amount"] == recorded["adjustments"][0]["amount"] == "-1"
    parts = [Decimal(part["totals"]["C1"]) for part in recorded["categories"]]
    assert sum(parts) - 1 == Decimal(told["totals"]["C1"])
    for book in (OFFICE, SUPERIORS):
        sheet = reopen(out / book).values["分类汇总表"]
        row = [cell.value for cell in sheet[find(sheet, "（一）收到申请数").row]]
        assert row[3:] == [int(told["totals"]["C1"]), *map(int, parts), -1]


@pytest.mark.parametrize(("indicator", "amount", "key"), [("C99", "1", "indicator"), ("C1", "0.5", "amount")])
def test_a_wrong_entry_is_told_before_any_file_is_opened(tmp_path: Path, indicator: str, amount: str, key: str) -> None:
    county = adjusted(
        tmp_path, ENTRY.format(indicator="A1", amount=1), ENTRY.format(indicator=indicator, amount=amount)
    )

    with pytest.raises(UsageError) as caught:
        prepare(Request(county / "inbox", load_campaign(county / "campaign.toml")))
    assert caught.value.details["key"] == f"adjustment[2].{key}"


def test_the_example_of_the_sample_county_breaks_no_rule_of_the_total(tmp_path: Path) -> None:
    county = tmp_path / "county-2016"
    shutil.copytree(COUNTY, county)
    campaign = county / "campaign.toml"
    before, mark, entry = campaign.read_text(encoding="utf-8").partition("# [[adjustment]]")
    lines = (mark + entry).replace("# ", "")
    told = {}
    for name, text in (("without", before), ("with", before + lines)):
        campaign.write_text(text, encoding="utf-8")
        done = consolidator("run", county / "inbox", "--campaign", campaign, "--out", tmp_path / name, "--json")
        told[name] = json.loads(done.stdout)
    (one,), (other,) = (told[name]["forms"] for name in ("without", "with"))

    assert Decimal(one["totals"]["I2"]) - 1 == Decimal(other["totals"]["I2"])
    assert told["without"]["counts"] == told["with"]["counts"]
