"""The words before the name of who files are those that the form's definition says, besides those that all forms have."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.test_regressions import sheet

FORM = """\
id: accounts-2025
title: 财政收支决算表
authority: 县财政局
blank_policy: missing
filer: {label: 编制单位, aliases: [学校]}
tables:
  - id: main
    title: 财政收支决算表
    label_headers: [项目]
    columns:
      - {label: 决算数}
    rows:
      - {code: A1, level: 1, type: money, decimals: 2, unit_of_measure: 万元, label: 收入合计}
      - {code: A2, level: 1, type: money, decimals: 2, unit_of_measure: 万元, label: 支出合计}
"""


def filer(*line: str) -> str | None:
    rows: list[list[object]] = [["财政收支决算表"], [*line], ["项目", "决算数"], ["收入合计", 5], ["支出合计", 4]]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (load_text(FORM, "accounts-2025.yaml", "zh"),))
    assert isinstance(found, tuple)
    return found[0].filer.text if found[0].filer is not None else None


@pytest.mark.parametrize(
    "line",
    [
        ("编制单位：甲镇", "2025年度", "单位：万元"),
        ("编制单位（盖章）：甲镇　　　2025年度",),
        ("编 制 单 位: 甲镇", "单位：万元"),
        ("编制单位", "甲镇", "单位：万元"),
        ("学校：甲镇",),
        ("填报单位：甲镇",),
    ],
)
def test_who_files_is_named_after_the_forms_own_words(line: tuple[str, ...]) -> None:
    assert filer(*line) == "甲镇"


@pytest.mark.parametrize(
    "line", [("编制单位：", "单位：万元"), ("学校数：12",), ("学校情况说明", "乙"), ("附编制单位：甲镇名单",)]
)
def test_words_that_only_begin_like_them_name_nobody(line: tuple[str, ...]) -> None:
    assert filer(*line) is None
