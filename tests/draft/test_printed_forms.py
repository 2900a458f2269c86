"""Forms as ministries and offices print them, drafted, filled in and read by their own draft."""

from __future__ import annotations

import pytest

from consolidator.draft import plan_of
from tests.draft.test_round_trips import ABOVE, MERGED, V, accused, made

FORMS: dict[str, list[list[object]]] = {
    "growth beside amounts whose units stand in the labels": [
        ["指标", "2024年", "2025年", "增长（%）"], ["生产总值（亿元）", V, V, V], ["  第一产业（亿元）", V, V, V], ["  第二产业（亿元）", V, V, V],
        ["财政收入（万元）", V, V, V], ["年末总人口（万人）", V, V, V],
    ],
    "columns that go on under a word for labels that nobody knows": [
        ["学校类别", "学校数", "班数", "学生数"], ["幼儿园", V, V, V], ["小学", V, V, V], ["合计", V, V, V], [None],
        ["学校类别", "教师数", "校舍面积"], ["幼儿园", V, V], ["小学", V, V], ["合计", V, V],
    ],
    "untitled tables under one another with a gap between them": [
        ["项目", "户数", "人数"], ["低保", V, V], ["特困", V, V], [None], ["项目", "金额（万元）"], ["医疗救助", V], ["其他", V], ["项目", "面积（亩）"], ["林地", V], ["草地", V],
    ],
    "rows with figures over indented ones without numbers": [
        ["设施类别", "数量（个）", MERGED, MERGED, "占地面积（平方米）"], [ABOVE, "合计", "城镇", "乡村", ABOVE], ["总　计", V, V, V, V],
        ["室外场地", V, V, V, V], ["  篮球场", V, V, V, V], ["  足球场", V, V, V, V], ["室内场馆", V, V, V, V], ["  游泳馆", V, V, V, V],
    ],
    "a group of workers with a figure of its own": [
        ["指标名称", "序号", "数值", "指标名称", "序号", "数值"], ["一、年末人员数（人）", "1", V, "二、医疗服务", "5", None],
        ["  卫生技术人员", "2", V, "  总诊疗人次数（人次）", "6", V], ["    执业医师", "3", V, "    其中：门急诊", "7", V],
        ["  管理人员", "4", V, "  入院人数（人）", "8", V],
    ],
    "one line of figures under heads of two lines": [
        ["检查企业（家）", "发现隐患（处）", MERGED, "整改隐患（处）", MERGED, "罚款（万元）"], [ABOVE, "一般", "重大", "一般", "重大", ABOVE], [V, V, V, V, V, V],
        ["填报人：", None, None, "联系电话："],
    ],
    "one line of figures over a line of units": [["应征报名", "体检合格", "批准入伍", "其中：大学生"], ["人", "人", "人", "人"], [V, V, V, V]],
    "one line of figures beside the name of the unit": [
        ["单位名称", "农户总数（户）", "改厕户数（户）", MERGED, MERGED, "改厕率（%）"], [ABOVE, ABOVE, "合计", "水冲式", "旱厕", ABOVE],
        ["甲镇", V, V, V, V, V],
    ],
    "one line of figures beside another table": [
        ["一、检查"], ["检查企业（家）", "发现隐患（处）", "罚款（万元）"], [V, V, V], ["二、力量"], ["项目", "专职", "兼职"], ["干部", V, V], ["网格员", V, V],
    ],
    "names and figures in turn without heads": [
        ["总户数（户）", V, "总人口（人）", V], ["耕地面积（亩）", V, "林地面积（亩）", V], ["低保户（户）", V, "五保户（户）", V], ["填表人：", None, "电话："],
    ],
    "names and figures without heads in one column": [["总户数（户）", V], ["总人口（人）", V], ["耕地面积（亩）", V]],
    "one line of figures over a table of its own": [
        ["一、基本情况", MERGED, MERGED], ["60岁以上人口（人）", "失能老人（人）", "独居老人（人）"], [V, V, V],
        ["二、机构情况", MERGED, MERGED], ["机构类别", "机构数（个）", "床位数（张）"], ["敬老院", V, V], ["民办养老院", V, V], ["合计", V, V],
    ],
    "a total among the serial numbers and over a column": [
        ["序号", "行政村", "应参保人数", "已参保人数", MERGED, "参保率%"], [ABOVE, ABOVE, ABOVE, "合计", "其中：低保对象", ABOVE],
        [1, "东村", V, V, V, V], [2, "西村", V, V, V, V], ["合计", MERGED, V, V, V, V],
    ],
    "units of measure right of the figures, one of them none": [
        ["代码", "指标", "数量", "单位"], ["W1", "总用水量", V, "万立方米"], ["W11", "农业用水", V, "万立方米"], ["W2", "灌溉水利用系数", V, "—"],
    ],
    "a register with a total and a column of names": [
        ["序号", "村名", "户数", "集体收入（万元）", "村支书姓名"], [1, "东村", V, V, "王某"], [2, "西村", V, V, "李某"], ["合计", MERGED, V, V],
    ],
    "headings with a dash among the codes, and a unit in a cell of its own": [
        [None, None, None, None, None, None, "计量单位：", "千元"], ["指标名称", "代码", "本年", "上年同期"] * 2, ["甲", "乙", 1, 2] * 2,
        ["一、资产负债", "—", None, None, "二、损益", "—"], ["流动资产合计", 101, V, V, "营业收入", 201, V, V],
        ["其中：应收账款", 102, V, V, "营业成本", 202, V, V], ["负债合计", 103, V, V, "利润总额", 203, V, V],
    ],
    "lines that a colon makes headings": [
        ["项目", "人数"], ["学历："], ["研究生", V], ["本科", V], ["其他", V], ["年龄："], ["35岁以下", V], ["其他", V],
    ],
    "panels with the marks of their columns": [
        ["指标", "计量单位", "代码", "数量"] * 2, ["甲", "乙", "丙", 1] * 2,
        ["一、最低生活保障", "——", "01", "——", "二、临时救助", "——", "04", "——"],
        ["  城市低保户", "户", "02", V, "  救助人次", "人次", "05", V], ["  城市低保人数", "人", "03", V, "  支出资金", "万元", "06", V],
    ],
    "a budget with the codes of its subjects": [
        ["科目编码", "科目名称", "年初预算数（万元）", "累计执行数（万元）", "执行率（%）"], ["201", "一般公共服务支出", V, V, V],
        ["20101", "  人大事务", V, V, V], ["20103", "  政府办公厅及相关机构事务", V, V, V], ["205", "教育支出", V, V, V], [None, "支出合计", V, V, V],
    ],
    "figures, yes or no, a telephone number and a month": [
        ["序号", "项目", "单位", "填报内容"], [1, "服务中心面积", "平方米", V], [2, "窗口数", "个", V], [3, "是否实行一站式服务", "是/否", "是"],
        [4, "服务电话", "——", "0953-6012345"], [5, "启用时间", "年月", "2019年5月"], [6, "全年办件量", "件", V],
    ],
    "a column of words beside figures with units of their own": [
        ["序号", "指标", "计量单位", "上年实际", "本年计划", "责任部门"], [1, "地区生产总值", "亿元", V, V, "县发改局"], [2, "新增就业", "人", V, V, "县人社局"],
    ],
    "a register with yes or no": [
        ["村名", "卫生室面积（㎡）", "乡村医生（人）", "是否达标", "建成时间"], ["东村", V, V, "是", "2019年5月"], ["西村", V, V, "否", "2020年6月"],
    ],
    "heads of three lines with the same words in both halves": [
        ["村（社区）", "城市低保", MERGED, MERGED, "农村低保", MERGED, MERGED], [ABOVE, "户数", "人数", MERGED, "户数", "人数", MERGED],
        [ABOVE, ABOVE, "小计", "其中：儿童", ABOVE, "小计", "其中：儿童"], ["东村", V, V, V, V, V, V], ["合计", V, V, V, V, V, V],
    ],
    "heads of three lines that are the same but for the first": [
        ["学段", "本学年", MERGED, MERGED, MERGED, "上学年", MERGED, MERGED, MERGED], [ABOVE, "教师", MERGED, "学生", MERGED, "教师", MERGED, "学生", MERGED],
        [ABOVE, *["男", "女"] * 4], ["小学", *[V] * 8], ["初中", *[V] * 8],
    ],
    "a head over two columns that is another column's own": [
        ["村（社区）", "城市低保", MERGED, MERGED, "农村低保", MERGED], [ABOVE, "户数（户）", "人数（人）", MERGED, "户数（户）", "人数（人）"],
        [ABOVE, ABOVE, "小计", "其中：儿童", ABOVE, ABOVE], ["东村", V, V, V, V, V], ["合计", V, V, V, V, V],
    ],
}  # fmt: skip


@pytest.mark.parametrize("known", [False, True], ids=["from the blank sheet", "from the filled sheet"])
@pytest.mark.parametrize("name", FORMS)
def test_a_printed_form_is_read_by_its_own_draft(name: str, *, known: bool) -> None:
    assert accused(FORMS[name], known=known) == []


@pytest.mark.parametrize("name", FORMS)
def test_figures_typed_as_texts_come_back_from_a_printed_form(name: str) -> None:
    assert accused(FORMS[name], known=False, as_text=True) == []


def test_codes_before_the_labels_are_the_codes_and_a_number_without_a_unit_is_not_added_up() -> None:
    plan = plan_of(made(FORMS["units of measure right of the figures, one of them none"], filled=False)[0])
    assert plan is not None
    assert [(row.code, row.label, row.type.value, row.summed) for row in plan.tables[0].rows] == [
        ("W1", "总用水量", "money", True), ("W11", "农业用水", "money", True), ("W2", "灌溉水利用系数", "money", False),
    ]  # fmt: skip


def test_what_is_no_figure_is_drafted_as_words_and_keeps_its_level() -> None:
    plan = plan_of(made(FORMS["figures, yes or no, a telephone number and a month"], filled=False)[0])
    assert plan is not None
    rows = plan.tables[0].rows
    assert [(row.level, row.type.value, row.unit) for row in rows] == [
        (1, "money", "平方米"), (1, "count", "个"), (1, "text", ""), (1, "text", ""), (1, "text", ""), (1, "count", "件"),
    ]  # fmt: skip


def test_rows_keep_their_units_of_measure_beside_a_column_of_words() -> None:
    plan = plan_of(made(FORMS["a column of words beside figures with units of their own"], filled=False)[0])
    assert plan is not None
    table = plan.tables[0]
    assert [(row.type.value, row.unit) for row in table.rows] == [("money", "亿元"), ("count", "人")]
    assert [column.type and column.type.value for column in table.columns] == [None, None, "text"]


def test_columns_of_the_same_words_have_all_heads_that_tell_them_apart() -> None:
    plan = plan_of(made(FORMS["heads of three lines with the same words in both halves"], filled=False)[0])
    assert plan is not None
    assert [(column.group, column.label) for column in plan.tables[0].columns] == [
        ("城市低保", "户数"), ("城市低保／人数", "小计"), ("城市低保／人数", "其中：儿童"),
        ("农村低保", "户数"), ("农村低保／人数", "小计"), ("农村低保／人数", "其中：儿童"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "heads",
    [
        ["姓名", "年龄", "住址"],
        ["企业名称", "产值（万元）"],
        ["村名", "户数", "人数"],
        ["项目名称", "投资（万元）", "开工时间"],
    ],
)
def test_a_list_to_be_filled_in_line_by_line_is_not_drafted_as_one_line(heads: list[object]) -> None:
    assert plan_of(made([heads], filled=False)[0]) is None


def test_a_register_with_a_total_has_its_sum_over_the_columns_of_figures() -> None:
    plan = plan_of(made(FORMS["a register with a total and a column of names"], filled=False)[0])
    assert plan is not None
    assert [(dict(rule.says)["for_columns"], dict(rule.says)["expression"]) for rule in plan.rules] == [
        ("[households, c2]", "C.* = A.* + B.*")
    ]


def test_keys_say_what_the_heads_say_and_never_less() -> None:
    heads = ["项目", "参保人数", "征缴金额（万元）", "2025年", "上年同期", "网格员"]
    plan = plan_of(made([heads, ["东村"], ["西村"]], filled=False)[0])
    assert plan is not None
    assert [column.key for column in plan.tables[0].columns] == [
        "insured_people", "collected_amount", "y2025", "last_year", "c5",
    ]  # fmt: skip
    grouped = plan_of(made(FORMS["heads of three lines with the same words in both halves"], filled=False)[0])
    assert grouped is not None
    assert [column.key for column in grouped.tables[0].columns][::3] == [
        "urban_dibao_households",
        "rural_dibao_households",
    ]


def test_codes_are_as_printed_where_headings_have_a_dash_and_the_unit_is_heard_in_the_next_cell() -> None:
    plan = plan_of(
        made(FORMS["headings with a dash among the codes, and a unit in a cell of its own"], filled=False)[0]
    )
    assert plan is not None
    rows = plan.tables[0].rows
    assert [row.code for row in rows] == ["A_H1", "A101", "A102", "A103", "A_H2", "A201", "A202", "A203"]
    assert {row.unit for row in rows if row.numeric} == {"千元"}
    assert not any(row.doubts for row in rows)
