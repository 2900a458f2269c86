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


@pytest.mark.parametrize(
    "numbers",
    [
        ["甲", "乙", 1, 2],
        ["栏次", None, 1, 2],
        ["甲", "乙", "(1)", "2=1*2"],
        ["栏次", "—", "1", "2"],
        ["行次", "甲", 1, 2],
    ],
)
def test_a_line_of_column_numbers_is_neither_a_row_nor_a_head(numbers):
    found = form(sheet([["项目", "单位", "本季", "累计"], numbers, ["户数", "户"], ["人数", "人"]]))
    assert [row.label for row in found.rows.values()] == ["户数", "人数"]
    assert found.tables[0].label_headers == ("项目",)


@pytest.mark.parametrize("title", ["续表", "续表一", "（续表2）", "统计表（续）", "统计表"])
def test_a_table_continued_under_its_title_is_one_table(title):
    heads = ["指标", "单位", "本年", "上年"]
    lines = [["统计表"], heads, ["户数", "户"], ["人数", "人"], [title], heads, ["面积", "亩"], ["资金", "万元"]]
    assert [len(table.rows) for table in form(sheet(lines)).tables] == [4]


def test_heads_repeated_under_names_without_merged_cells_belong_to_those_names():
    lines = [
        ["地区", "登记（人）", None, None, "就业（人）", None, None],
        [None, *["合计", "男", "女"] * 2],
        ["城镇"],
        ["农村"],
    ]
    found = form(sheet(lines))
    assert [column.group for column in found.tables[0].columns] == ["登记（人）"] * 3 + ["就业（人）"] * 3


def test_what_follows_the_parts_of_a_row_is_no_part_where_it_is_a_total_has_parts_or_another_unit_of_measure():
    rows = [["诊疗", "人次"], ["其中：门诊", "人次"], ["急诊", "人次"], ["床位", "张"], ["职工", "人"], ["其中：医师", "人"], ["出院", "人"],
            ["其中：治愈", "人"], ["合计", "人"]]  # fmt: skip
    found = form(sheet([["项目", "单位", "数量"], *rows])).rows
    parents = {row.label: found[row.parent].label if row.parent else "" for row in found.values()}
    assert parents == {
        "诊疗": "", "其中：门诊": "诊疗", "急诊": "诊疗", "床位": "", "职工": "", "其中：医师": "职工", "出院": "", "其中：治愈": "出院", "合计": "",
    }  # fmt: skip


def test_a_row_in_line_with_the_words_after_of_which_is_a_part_too():
    rows = [["检查数", "家"], ["  其中：化工", "家"], ["        矿山", "家"], ["隐患", "处"]]
    found = form(sheet([["项目", "单位", "数量"], *rows])).rows
    assert [(row.label, row.parent) for row in found.values()] == [
        ("检查数", ""),
        ("其中：化工", "A"),
        ("矿山", "A"),
        ("隐患", ""),
    ]


def test_a_row_over_others_that_may_be_filled_in_is_asked_about_or_a_figure_where_it_has_a_code():
    plain = [["一、粮食"], ["（一）夏粮"], ["（二）秋粮"]]
    assert "按没有数的标题处理" in text(sheet([["指标", "面积（亩）"], *plain]))
    coded = [[*line, f"0{number}"] for number, line in enumerate(plain, start=1)]
    found = form(sheet([["指标", "代码", "面积（亩）"], *coded]))
    assert [row.type.value for row in found.rows.values()] == ["money"] * 3


@pytest.mark.parametrize("head", ["病种", "项目", "具体品种"])
def test_a_second_column_of_labels_may_have_a_head_of_any_words(head):
    lines = [["分类", head, "单位", "数量"], ["甲类", "鼠疫", "例"], [None, "霍乱", "例"], ["乙类", "肺结核", "例"]]
    found = form(sheet(lines))
    assert [row.label for row in found.rows.values()] == ["甲类", "鼠疫", "霍乱", "乙类", "肺结核"]
    assert found.tables[0].label_headers == ("分类", head)


@pytest.mark.parametrize("lines", [("一、城镇", "二、农村"), ("城镇", "农村"), ("（一）城镇", "（二）农村")], ids=str)
@pytest.mark.parametrize("merged", [True, False], ids=["merged over the columns", "in the first column"])
def test_rows_whose_labels_come_again_stand_under_their_section_lines(lines, merged):
    head = ["救助类别", "户数", "人数"]
    rows = [[lines[0]], ["低保"], ["特困"], [lines[1]], ["低保"], ["特困"], ["合计"]]
    page = sheet([head, *rows], *([(2, 1, 2, 3), (5, 1, 5, 3)] if merged else []))
    drafted = form(page)

    assert [(row.label, drafted.rows[row.parent].label if row.parent else "") for row in drafted.rows.values()] == [
        (lines[0], ""), ("低保", lines[0]), ("特困", lines[0]), (lines[1], ""), ("低保", lines[1]), ("特困", lines[1]), ("合计", ""),
    ]  # fmt: skip
    assert [row.label for row in drafted.rows.values() if row.type is ValueType.HEADING] == [*lines]


def test_a_head_for_labels_merged_over_two_columns_leaves_the_rows_their_own():
    lines = [["项目", None, "面积", "产量"], ["粮食", "小麦"], [None, "玉米"], ["蔬菜"], ["合计"]]
    drafted = form(sheet(lines, (1, 1, 1, 2), (2, 1, 3, 1), (4, 1, 4, 2), (5, 1, 5, 2)))

    assert [row.label for row in drafted.rows.values()] == ["粮食", "小麦", "玉米", "蔬菜", "合计"]
    assert [column.label for column in drafted.tables[0].columns] == ["面积", "产量"]


@pytest.mark.parametrize("period", ["2024年1-10月", "2024年10月"])
def test_the_line_of_the_filer_is_no_head_whatever_stands_beside_it(period):
    lines = [
        ["支出执行情况表"],
        ["填报单位：", None, period],
        ["支出项目", "预算数", "执行数"],
        ["一般支出"],
        ["基金支出"],
    ]
    drafted = form(sheet(lines, (1, 1, 1, 3)))

    assert [column.label for column in drafted.tables[0].columns] == ["预算数", "执行数"]


def test_a_word_for_parts_with_a_colon_may_stand_over_columns():
    lines = [["村（社区）", "总户数", "总人口", "其中：", None], [None, None, None, "男", "女"], ["行政村"], ["社区"]]
    drafted = form(sheet(lines, (1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 2, 3), (1, 4, 1, 5)))

    assert [column.label for column in drafted.tables[0].columns] == ["总户数", "总人口", "男", "女"]
