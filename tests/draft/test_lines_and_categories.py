"""Categories in a column of their own, lines that belong to a table, and lines that came into no definition."""

from __future__ import annotations

import pytest

from consolidator.form import ValueType
from tests.draft.sheets import form, sheet, text

HEADS = ["类别", "项目", "计量单位", "应免数", "实免数"]


def places(lines: list[list[str | None]], *merges: tuple[int, int, int, int]) -> list[tuple[str, str]]:
    """Each row of the draft with its parent, in words."""
    found = form(sheet([HEADS, *lines], *merges)).rows
    return [(row.label, found[row.parent].label if row.parent else "") for row in found.values()]


@pytest.mark.parametrize("unit", ["羽", "万羽", "万只", "公顷", "箱", "百羽份"])
def test_the_last_rows_of_a_merged_category_are_rows_whatever_their_unit_of_measure(unit):
    lines = [["猪", "口蹄疫", "头"], [None, "猪瘟", "头"], ["禽", "禽流感", unit], [None, "新城疫", unit]]
    assert places(lines, (2, 1, 3, 1), (4, 1, 5, 1)) == places(lines) == [
        ("猪", ""), ("口蹄疫", "猪"), ("猪瘟", "猪"), ("禽", ""), ("禽流感", "禽"), ("新城疫", "禽"),
    ]  # fmt: skip


@pytest.mark.parametrize("every", [True, False], ids=["on every line", "on the first line"])
def test_a_category_of_one_row_is_no_part_of_the_one_before_and_one_printed_on_every_line_stands_once(every):
    again = "禽" if every else None
    lines = [
        ["猪", "口蹄疫", "头"],
        ["牛", "口蹄疫", "头"],
        ["禽", "禽流感", "羽"],
        [again, "新城疫", "羽"],
        ["合计", None, "头"],
    ]
    assert places(lines) == [
        ("猪", ""), ("口蹄疫", "猪"), ("牛", ""), ("口蹄疫", "牛"), ("禽", ""), ("禽流感", "禽"), ("新城疫", "禽"), ("合计", ""),
    ]  # fmt: skip


def test_a_row_with_a_dash_for_its_unit_of_measure_is_a_heading_and_is_asked_about():
    lines = [HEADS, ["猪", "口蹄疫", "头"], ["牛", "口蹄疫", "头"], ["合计", None, "——"]]
    assert form(sheet(lines)).rows["C"].type is ValueType.HEADING
    assert "计量单位栏是横线" in next(line for line in text(sheet(lines)).splitlines() if "合计" in line)


def test_a_line_that_came_into_no_definition_is_told():
    lines = [
        ["指标", "数量"],
        ["户数", None],
        ["人数", None],
        ["本栏", "另见说明"],
        ["甲方", "乙方", "丙方"],
        [None, "丁", "戊"],
    ]
    written = text(sheet([*lines[:3], [None, None, "补充：见附表"], *lines[3:4]]))
    assert "第 4 行“补充：见附表”没有列入定义" in written
    assert "没有列入定义" not in text(
        sheet([["统计表"], ["填报单位：", "2026年7月"], *lines[:3], ["填表人：", "审核人："]])
    )
