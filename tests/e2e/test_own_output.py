"""The county's own workbook of totals and errors among the files: nobody's form, whoever saved it again."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import openpyxl

from tests.e2e.runs import consolidator, county_run

if TYPE_CHECKING:
    from pathlib import Path

SAID = "是本程序写出的汇总审核表"


def submissions(out: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((out / "data" / "submissions.csv").read_text("utf-8-sig").splitlines()))


def test_it_is_passed_over_in_an_inbox_and_by_a_check(tmp_path: Path) -> None:
    inbox, out = county_run(tmp_path)
    written = out / "汇总审核表.xlsx"
    before = submissions(out)
    shutil.copy(written, inbox / "某镇报表.xlsx")
    openpyxl.load_workbook(written).save(inbox / "另存.xlsx")
    shutil.copy(out / "上报汇总表.xlsx", inbox / "乙镇.xlsx")
    for number, name in enumerate(("汇总审核表.xlsx", "上报汇总表.xlsx")):
        bare = openpyxl.load_workbook(out / name)
        for each in list(bare.custom_doc_props.names):
            del bare.custom_doc_props[each]
        bare.save(inbox / f"旧{number}.xlsx")
    shutil.copytree(out / "data", inbox / "data")
    again = tmp_path / "again"

    told = consolidator("check", written)
    ran = consolidator("run", inbox, "--campaign", inbox.parent / "campaign.toml", "--out", again)

    assert (told.returncode, SAID in told.stdout) == (0, True)
    assert ran.returncode == 1
    rows = submissions(again)
    added = {row["file"]: (row["status"], row["reason"]) for row in rows if row not in before}
    assert added == {
        **dict.fromkeys(("某镇报表.xlsx", "另存.xlsx"), ("ignored", "B05.output")),
        **dict.fromkeys(("乙镇.xlsx", "旧0.xlsx", "旧1.xlsx"), ("ignored", "B05.summary")),
        **{f"data/{path.name}": ("ignored", "B05.tables") for path in (out / "data").iterdir()},
    }


def test_the_summary_in_english_without_its_properties_is_known_too(tmp_path: Path) -> None:
    inbox, _ = county_run(tmp_path)
    out = tmp_path / "english"
    consolidator("run", inbox, "--campaign", inbox.parent / "campaign.toml", "--out", out, "--lang", "en")
    for path in out.glob("*.xlsx"):
        bare = openpyxl.load_workbook(path)
        for each in list(bare.custom_doc_props.names):
            del bare.custom_doc_props[each]
        bare.save(path)

        assert consolidator("check", path).returncode == 0
