"""Titles, notes and names of sheets that say of all figures that they are none of this period's own."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

FORM = form(("本月", "上年同月"))
SOFT = [("soft", "S14", "text")]


def told(title: str = TITLE, note: str = "", name: str = "S", period: str = "2016年7月") -> list[tuple[str, str, str]]:
    lines: list[list[object]] = [[label, "只", number + 1, 2] for number, label in enumerate(ROWS)]
    rows = [
        [title],
        ["填报单位：甲镇", None, period],
        ["指标", "单位", "本月", "上年同月"],
        *lines,
        [None],
        [note or None],
    ]
    found = observe(Workbook(FileFormat.XLSX, (replace(sheet(rows), name=name),)), (FORM,))
    assert isinstance(found, tuple)
    (result,) = found
    assert all(each.number is not None for each in result.observations.values())
    return grave(result)


@pytest.mark.parametrize(
    "title",
    ["{}（计划）", "{}（预计数）", "{}（上年）", "{}（样表）", "（示例）{}", "{}（累计）", "{}（只、计划）", "{}（调整前）", "{}（作废）"],
)  # fmt: skip
def test_brackets_beside_a_title_are_heard(title: str) -> None:
    assert told(title.format(TITLE)) == SOFT


@pytest.mark.parametrize(
    "note",
    ["注：本表为2015年数据", "以上数据为预计数", "注：1.单位名称填全称。2.以上数据为1—6月累计数。", "（此表作废）", "说明：本表系上年数", "初稿，以正式报送为准"],
)  # fmt: skip
def test_notes_about_all_figures_are_heard(note: str) -> None:
    assert told(note=note) == SOFT


@pytest.mark.parametrize("name", ["上年同期", "计划", "样表", "填报示例", "作废", "草稿"])
def test_so_is_the_name_of_the_sheet(name: str) -> None:
    assert told(name=name) == [("soft", "S14", "sheet")]


@pytest.mark.parametrize("name", ["6月", "2015年7月", "2016年第一季度"])
def test_a_sheet_named_for_another_month_than_its_heading_is_asked_about(name: str) -> None:
    assert told(name=name) == [("soft", "S03", "sheet_name")]


@pytest.mark.parametrize(
    "words",
    [
        {"title": TITLE + "（单位：只）"}, {"title": "2016年7月" + TITLE}, {"title": TITLE + "（第二页）"},
        {"note": "注：本表数据不含流浪犬"}, {"note": "注：本表为月报，次月5日前报送"}, {"note": "注：上年数据见附表"},
        {"note": "说明：以上各项均为实际数"}, {"note": "注：本表为2016年7月数据"}, {"note": "计划免疫已完成"},
        {"name": "7月"}, {"name": "8月5日报"}, {"name": "2015年"}, {"name": "计划生育"}, {"name": "甲镇"},
    ],
    ids=str,
)  # fmt: skip
def test_what_says_nothing_of_the_kind_is_left_alone(words: dict[str, str]) -> None:
    assert told(**words) == []
