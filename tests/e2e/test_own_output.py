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
    again = tmp_path / "again"

    told = consolidator("check", written)
    ran = consolidator("run", inbox, "--campaign", inbox.parent / "campaign.toml", "--out", again)

    assert (told.returncode, SAID in told.stdout) == (0, True)
    assert ran.returncode == 1
    rows = submissions(again)
    added = {row["file"]: (row["status"], row["reason"]) for row in rows if row not in before}
    assert added == dict.fromkeys(("某镇报表.xlsx", "另存.xlsx"), ("ignored", "B05.output"))
