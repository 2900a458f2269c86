"""Forms of many shapes, drafted: what becomes of heads, codes, units of measure, totals and words."""

from __future__ import annotations

import pytest

from consolidator.draft import plan_of
from consolidator.draft.heading import period_of
from consolidator.form import Aggregation, Form, ValueType
from tests.draft.sheets import book, form, formulas, plan, sheet, text, tree

HEAD = ["指标名称", "计量单位", "数量"]


def test_printed_codes_are_kept_and_codes_of_digits_get_a_letter():
    lettered = form(sheet([["指标", "代码", "计量单位", "数量"], ["户数", "HS", "户"], ["人数", "RS", "人"]]))
    digits = form(sheet([["指标", "行次", "计量单位", "数量"], ["户数", "01", "户"], ["人数", "02", "人"]]))
    doubled = text(sheet([["指标", "代码", "计量单位", "数量"], ["户数", "HS", "户"], ["人数", "HS", "人"]]))
    assert list(lettered.rows) == ["HS", "RS"]
    assert list(digits.rows) == ["A01", "A02"]
    assert (lettered.codes_printed, digits.codes_printed) == (True, False)
    assert "表上代码“HS”重复" in next(line for line in doubled.splitlines() if "code: HS_2" in line)


def test_numbers_before_labels_make_the_tree_and_the_codes():
    found = form(
        sheet(
            [
                HEAD,
                ["一、保障对象", "——"],
                ["（一）户数", "户"],
                ["（二）人数", "人"],
                ["1.女性", "人"],
                ["2.男性", "人"],
                ["其中：残疾人", "人"],
                ["①城市", "人"],
                ["二、资金", "万元"],
            ]
        )
    )
    assert tree(found) == [
        ("A", "", "none", "——"),
        ("A1", "A", "none", "户"),
        ("A2", "A", "none", "人"),
        ("A21", "A2", "addend", "人"),
        ("A22", "A2", "addend", "人"),
        ("A22a", "A22", "of-which", "人"),
        ("A221", "A22", "none", "人"),
        ("B", "", "none", "万元"),
    ]
    assert [row.type for row in found.rows.values()][-1] is ValueType.MONEY


def test_dotted_numbers_and_indents_make_a_tree_too():
    dotted = form(sheet([HEAD, ["1. 户数", "户"], ["1.1 城市", "户"], ["1.2 农村", "户"], ["2. 人数", "人"]]))
    spaced = form(sheet([HEAD, ["户数", "户"], ["　城市", "户"], ["　农村", "户"], ["人数", "人"]]))
    assert [(code, parent) for code, parent, _, _ in tree(dotted)] == [("A", ""), ("A1", "A"), ("A2", "A"), ("B", "")]
    assert [(code, parent) for code, parent, _, _ in tree(spaced)] == [("A", ""), ("Aa", "A"), ("Ab", "A"), ("B", "")]


@pytest.mark.parametrize("first", [True, False], ids=["first", "last"])
def test_a_row_of_totals_is_the_sum_of_its_neighbours(first):
    rows = [["城市", "户", 2], ["农村", "户", 3]]
    total = [["合计", "户", 5]]
    found = form(sheet([HEAD, *(total + rows if first else rows + total)]))
    assert formulas(found) == ["A = B + C" if first else "C = A + B"]
    denied = form(sheet([HEAD, ["合计", "户", 6], *rows]))
    assert formulas(denied) == []


def test_columns_of_totals_subtotals_and_parts_become_rules_for_every_row():
    lines = [
        ["项目", "总计", "城市", None, None, "农村", None],
        [None, None, "小计", "男", "女", "户数", "其中：女户主"],
        ["新增"],
        ["退出"],
    ]
    merges = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5), (1, 6, 1, 7))
    found = form(sheet(lines, *merges))
    assert [(column.key, column.group) for column in found.tables[0].columns] == [
        ("total", ""),
        ("subtotal", "城市"),
        ("male", "城市"),
        ("female", "城市"),
        ("households", "农村"),
        ("c6", "农村"),
    ]
    assert formulas(found) == [
        "*.total = *.subtotal + *.households",
        "*.subtotal = *.male + *.female",
        "*.c6 <= *.households",
    ]


@pytest.mark.parametrize(
    ("around", "kind"),
    [
        (["填报日期：2026年7月5日"], ""),
        (["填报日期：    年  月  日"], ""),
        (["填报时间：2026年7月　单位：户"], ""),
        (["填报日期：", "2026年7月"], ""),
        (["有效期至：2027年12月"], ""),
        (["（2026年度）", "填表日期：20__年__月__日"], "year"),
        (["请于2026年7月5日前报送", "2026年第三季度"], "quarter"),
        (["20__年__月", "填表日期：20__年__月__日"], "month"),
        (["本月日均用水量"], "month"),
    ],
)
def test_a_date_of_filing_or_of_the_form_is_not_the_period_it_is_filed_for(around, kind):
    assert period_of(around) == kind


def test_another_periods_figures_are_not_added_and_a_change_may_be_negative():
    found = form(sheet([["项目", "计量单位", "合计", "城市", "农村", "上年同期", "增减"], ["户数", "户"]]))
    assert formulas(found) == ["*.total = *.urban + *.rural"]
    assert [column.signed for column in found.tables[0].columns] == [False, False, False, False, True]
    rows = [["户数", "户"], ["比上季增减户数", "户"], ["减少里程（－）增加里程（＋）", "公里"], ["净流入", "人", -3]]
    listed = form(sheet([HEAD, *rows]))
    assert [indicator.row.signed for indicator in listed.indicators.values()] == [False, True, True, True]
    filled = form(sheet([["项目", "计量单位", "存量", "变化"], ["户数", "户", 5, -1], ["人数", "人", 9, 2]]))
    assert [column.signed for column in filled.tables[0].columns] == [False, True]


@pytest.mark.parametrize(
    ("above", "head", "label", "unit", "kind"),
    [
        ([], "数量", "资金支出（万元）", "万元", "money"),
        ([], "数量（户）", "城市", "户", "count"),
        (["单位：亩"], "数量", "耕地", "亩", "money"),
        (["计量单位：户、人"], "数量", "保障人数", "人", "count"),
        ([], "数量", "人均补助水平（元/人·月）", "元/人·月", "money"),
        ([], "数量", "保障户数", "户", "count"),
    ],
)
def test_a_unit_of_measure_is_found_wherever_it_is_printed(above, head, label, unit, kind):
    found = form(sheet([["统计表"], *([line] for line in above), ["指标", head], [label], ["其它"]]))
    row = found.rows["A"]
    assert (row.unit_of_measure, row.type.value) == (unit, kind)


def test_columns_of_different_units_of_measure_have_their_own():
    found = form(sheet([["乡镇类别", "户数", "人数", "资金（万元）"], ["城市"], ["农村"], ["合计"]]))
    assert [(column.unit_of_measure, column.decimals) for column in found.tables[0].columns] == [
        ("户", None),
        ("人", None),
        ("万元", 2),
    ]
    assert formulas(found) == ["C.* = A.* + B.*"]


def unsummed(found: Form) -> list[str]:
    return [code for code in found.numeric if found.indicators[code].row.aggregation is Aggregation.NONE]


@pytest.mark.parametrize(
    ("label", "unit", "added"),
    [
        ("人均补助水平", "元", False),
        ("补助水平", "元/人·月", False),
        ("覆盖率", "%", False),
        ("低保标准", "元", False),
        ("达到标准户数", "户", True),
        ("人均耕地不足一亩人数", "人", True),
        ("补助资金", "万元", True),
        ("平均每户支出", "元", False),
    ],
)
def test_averages_and_rates_are_not_added_up(label, unit, added):
    assert unsummed(form(sheet([HEAD, ["总数", unit], [label, unit]]))) == (
        [] if added else ["B"] if unit == "元" else ["A", "B"]
    )


def test_parts_of_an_average_do_not_add_up_to_it():
    found = form(sheet([HEAD, ["一、低保标准", "元"], ["1.城市", "元"], ["2.农村", "元"], ["其中：人均补助", "元"]]))
    assert unsummed(found) == ["A", "A1", "A2", "A2a"]
    assert formulas(found) == []


def test_a_column_of_averages_is_not_added_up_and_its_rows_need_not_add_up():
    lines = [
        ["类别", "户数", "人数", "人均补助（元）"],
        ["城市", 2, 5, 400],
        ["农村", 3, 7, 300],
        ["合计", 5, 12, 341],
    ]
    found = form(sheet(lines))
    assert unsummed(found) == ["A.per_head_aid", "B.per_head_aid", "C.per_head_aid"]
    assert [(rule.id, rule.formula) for rule in found.rules] == [("R01", "C.* = A.* + B.*")] * 2
    tree_of_sums = [["项目", "户数", "人均补助（元）"], ["一、保障户数"], ["1.城市"], ["2.农村"]]
    assert [rule.indicators[0] for rule in form(sheet(tree_of_sums)).rules] == ["A.households"]


def test_figures_under_a_head_of_averages_are_not_added_up():
    found = form(sheet([["类别", "人均补助（元/月）"], ["城市"], ["农村"], ["合计"]]))
    assert unsummed(found) == ["A", "B", "C"]
    assert formulas(found) == []


def test_rows_and_columns_of_words_hold_words():
    found = form(sheet([HEAD, ["一、户数", "户"], ["二、未发放的原因"], ["三、主要用于____、____。", "——"]]))
    assert [row.type.value for row in found.rows.values()] == ["count", "text", "text"]
    table = form(sheet([["平台", "名称", "负责人"], ["政府网站"], ["政务微信"]]))
    assert {row.type.value for row in table.rows.values()} == {"text"}


def test_a_line_without_unit_and_items_among_figures_may_ask_for_words():
    rows = [
        ["一、质量", "——"],
        ["（一）开工率", "%"],
        ["（二）存在的主要困难", ""],
        ["二、资金", ""],
        ["（一）支出", "万元"],
    ]
    assert [row.type for row in form(sheet([HEAD, *rows])).rows.values()] == [
        ValueType.HEADING, ValueType.MONEY, ValueType.TEXT, ValueType.HEADING, ValueType.MONEY,
    ]  # fmt: skip
    assert "按文字栏处理" in next(line for line in text(sheet([HEAD, *rows])).splitlines() if "困难" in line)


@pytest.mark.parametrize(
    "above",
    [
        [["农村危房改造季度统计表"], ["（    年第  季度）"], ["填报单位（盖章）："]],
        [["农村危房改造季度统计表"], ["填报单位："], ["（2026年上半年）"]],
        [["河口镇2026年第三季度农村危房改造季度统计表"], ["填报单位（盖章）：河口镇"]],
        [["2026年1—9月农村危房改造季度统计表"], ["单位名称"]],
        [["截至2026年9月30日农村危房改造季度统计表"], ["单位名称"]],
    ],
)
def test_neither_the_period_nor_the_filer_is_the_title_of_a_table(above):
    found = plan(sheet([*above, HEAD, ["户数", "户"], ["人数", "人"]]))
    assert (found.title, found.tables[0].title) == ("农村危房改造季度统计表", "农村危房改造季度统计表")


def test_rows_that_cannot_be_told_apart_are_kept_as_comments():
    written = text(sheet([HEAD, ["户数", "户"], ["人数", "人"], ["户数", "户"], ["其中：女", "户"]]))
    aside = [line for line in written.splitlines() if line.strip().startswith("# - {")]
    assert ["户数" in line for line in aside] == [True, False]
    assert "与 A 的名称相同" in aside[0]


def test_a_second_table_of_the_same_rows_is_a_comment_and_one_sheet_can_be_drafted_alone():
    first, second = (sheet([HEAD, ["户数", "户"], ["人数", "人"]], name=name) for name in ("城市", "农村"))
    whole = form(first, second)
    assert len(whole.tables) == 1
    assert "#   - id: table2" in text(first, second)
    assert len(plan(first, second, only="农村").tables) == 1


def test_hidden_sheets_and_sheets_without_a_table_are_passed_over():
    notes = sheet([["填表说明"], ["1. 本表按月填报。"], ["2. 单位为万元。"]], name="说明")
    table = sheet([HEAD, ["户数", "户"]])
    assert len(plan(notes, table, sheet([HEAD, ["人数", "人"]], name="旧", hidden=True)).tables) == 1
    assert plan_of(book(notes)) is None
    assert plan_of(book(sheet([]))) is None


def test_the_lines_around_a_table_are_read():
    lines = [
        ["附件1", None, "表号：民统1表"],
        ["崇岗镇2026年7月农村低保情况统计表"],
        ["填报单位（盖章）：", None, "文号：民发〔2026〕12号"],
        HEAD,
        ["户数", "户"],
        ["单位负责人：张三　统计负责人：　填表人：　联系电话：　报出日期：2026年8月3日"],
        ["注：本表按月报送。"],
    ]
    found = plan(sheet(lines))
    assert found.title == "农村低保情况统计表"
    assert found.filer == "填报单位（盖章）"
    assert found.authority == "民发〔2026〕12号"
    assert found.period == "month"
    assert found.sign_off == (
        ("head", "单位负责人"),
        ("statistician", "统计负责人"),
        ("preparer", "填表人"),
        ("phone", "联系电话"),
        ("date", "报出日期"),
    )


def test_no_figure_and_no_name_of_a_township_comes_into_the_definition():
    written = text(sheet([["崇岗镇2026年统计表"], ["填报单位：崇岗镇"], HEAD, ["户数", "户", 86421]]))
    assert "86421" not in written
    assert "崇岗镇" not in written


def test_what_is_in_doubt_is_told_in_english_too_and_what_is_printed_stays_as_it_is():
    written = text(sheet([["指标", "数量"], ["户数"], ["支出"]]), language="en")
    assert "# confirm: the sheet prints no unit of measure; “户”" in written
    assert "label: 户数" in written


@pytest.mark.parametrize("label", ["- a: b", "{x}", "# 注", "是", "null", "a\tb", '"引"', "'", "%", "=1+1", "\u202e倒"])
def test_any_label_is_read_back_as_it_is_printed(label):
    found = form(sheet([HEAD, [f"{label}户数", "户"], [label, "人"]]))
    assert [row.label for row in found.rows.values()] == [f"{label}户数".replace("\t", " "), label.replace("\t", " ")]
