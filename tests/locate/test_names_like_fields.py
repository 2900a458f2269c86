"""Units whose names begin with a word that headings print before something else: 单位湾镇, 年度村, 月份乡."""

from __future__ import annotations

import pytest

from tests.locate.test_regressions import HEADER, SIGNED, lines, seen, sheet

NAMES = ["单位湾镇", "填报山乡", "日期沟村", "年度村", "月份乡", "统计期乡", "表号镇", "报告期村委会", "甲镇单位湾村"]


def filer(*line: object) -> str | None:
    (result,) = seen(sheet([["政府信息公开情况统计表"], ["（2016年度）"], line, HEADER, *lines(), *SIGNED]))
    return result.filer.text if result.filer is not None else None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "line",
    [("填报单位", "{}"), ("填报单位：", "{}"), ("填报单位：{}",), ("填报单位：{}　　2016年度",), ("单位：", "{}"),
     ("填报单位：{}  填报日期：2017年1月5日",), ("填报单位（盖章）：{}；月份：7",), ("{}（盖章）",)],
)  # fmt: skip
def test_a_name_is_a_name_whatever_word_it_begins_with(name: str, line: tuple[str, ...]) -> None:
    assert filer(*(text.format(name) for text in line)) == name


@pytest.mark.parametrize(
    "field",
    [
        "单位：亩",
        "计量单位",
        "填报日期",
        "单位",
        "2016年",
        "年度",
        "月份：7",
        "单位　件",
        "单位所在乡镇",
        "统计期",
        "年度：2016",
    ],
)
def test_another_field_beside_is_nobody(field: str) -> None:
    assert filer("填报单位：", field) is None
    assert filer(f"填报单位：甲镇  {field}") == "甲镇"


@pytest.mark.parametrize(
    "line", ["填报单位（盖章）", "上报机关（公章）", "填报乡镇（盖章）", "乡镇（盖章）", "填报人（签章）"]
)
def test_the_place_of_a_seal_without_a_name_is_nobody(line: str) -> None:
    assert filer(line) is None
