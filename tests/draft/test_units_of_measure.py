"""Units of measure of rows and columns, and whether they allow decimals."""

from __future__ import annotations

import pytest

from consolidator.draft.measures import Measure, is_unit
from consolidator.form import ValueType
from tests.draft.sheets import Lines, form, sheet, text


@pytest.mark.parametrize(
    "unit",
    ["亩", "万亩", "公顷", "吨", "公斤", "万千瓦", "千瓦时", "万千瓦时", "公里", "平方米", "立方米", "万立方米", "万元", "万人", "千人", "万只", "万羽",
     "万株", "万户", "千克", "千瓦", "亿斤", "㎡", "kWh", "%"],
)  # fmt: skip
def test_what_is_measured_or_counted_by_thousands_has_decimals(unit):
    assert is_unit(unit)
    assert Measure(unit).type is ValueType.MONEY


@pytest.mark.parametrize("unit", ["户", "人", "头", "羽", "人次", "台", "箱", "张床", "百", "村"])
def test_what_is_counted_one_by_one_has_none(unit):
    assert Measure(unit).type is ValueType.COUNT


RATE = "完成率（%）"
ROWS: Lines = [["人工造林", "亩"], ["育苗", "万株"], ["村数", "个"]]


def test_a_column_of_shares_leaves_the_other_columns_the_units_of_measure_of_the_rows():
    table = sheet([["指标名称", "计量单位", "计划", "完成", RATE], *ROWS])
    found = form(table)
    assert [(column.unit_of_measure, column.type) for column in found.tables[0].columns][:2] == [("", None)] * 2
    assert found.tables[0].columns[2].unit_of_measure == "%"
    assert [row.unit_of_measure for row in found.rows.values()] == ["亩", "万株", "个"]
    assert "没有印计量单位" not in text(table)


def test_a_unit_of_measure_over_the_table_is_that_of_the_columns_that_state_none():
    found = form(sheet([["单位：亩"], ["村别", "计划", "完成", RATE], ["平原村"], ["山区村"]]))
    assert [column.unit_of_measure for column in found.tables[0].columns] == ["亩", "亩", "%"]


def test_of_several_units_of_measure_over_the_table_each_column_has_what_its_words_say():
    written = text(sheet([["单位：人、万元"], ["村别", "劳动力", "外出务工", "劳务收入"], ["平原村"], ["山区村"]]))
    lines = [line for line in written.splitlines() if "{key: " in line]
    assert ["人" in lines[0], "人" in lines[1], "万元" in lines[2]] == [True] * 3
    assert all("表上印有几个计量单位" in line for line in lines)
