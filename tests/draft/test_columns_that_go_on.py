"""Columns that go on under the same rows once more (续表) belong to one table."""

from __future__ import annotations

import pytest

from tests.draft.sheets import form, sheet, text

ROWS = [("播种面积", "亩"), ("总产量", "吨"), ("受灾面积", "亩")]


def block(*heads, number=1):
    lines = [[label, unit, *(number + place for place, _ in enumerate(heads))] for label, unit in ROWS]
    return [["指标", "计量单位", *heads], *lines]


@pytest.mark.parametrize("between", [[], [["续表"]], [["粮食作物表（续表一）"]], [[None]]], ids=str)
def test_they_are_columns_of_the_first_block(between):
    page = sheet([["粮食作物表"], *block("小麦", "玉米"), *between, *block("水稻", "薯类")])
    (table,) = form(page).tables

    assert [column.label for column in table.columns] == ["小麦", "玉米", "水稻", "薯类"]
    assert [row.label for row in table.rows] == [label for label, _ in ROWS]
    assert "行名相同、列不同" in text(page)


def test_a_total_over_all_columns_is_proven_by_the_figures_of_both_blocks():
    lines = [*block("小麦", "玉米"), ["续表"], *block("水稻", "合计", number=3)]
    for first, second in zip(lines[1:4], lines[6:9], strict=True):
        second[3] = first[2] + first[3] + second[2]
    drafted = form(sheet([["粮食作物表"], *lines]))

    assert len(drafted.tables) == 1
    assert any("合计" in rule.title["zh"] and rule.severity == "hard" for rule in drafted.rules)


def test_the_same_columns_once_more_under_a_title_are_another_table():
    drafted = form(sheet([["粮食作物表"], *block("小麦", "合计"), ["上年数"], *block("小麦", "合计")]))

    assert [[column.label for column in table.columns] for table in drafted.tables] == [["小麦", "合计"]] * 2
    assert [table.title for table in drafted.tables] == ["粮食作物表", "上年数"]
