"""A sheet that is drafted, filled in and read by its own draft: every number comes back from its own cell, none is accused."""

from __future__ import annotations

from io import BytesIO
from itertools import count
from typing import TYPE_CHECKING

import openpyxl
import pytest

from consolidator.draft import plan_of, written
from consolidator.form import load_text
from consolidator.locate import observe
from consolidator.model import Workbook
from consolidator.read import open_workbook

if TYPE_CHECKING:
    from consolidator.findings import Finding

V = "#"  # a cell to fill in
MERGED = "<"  # merged with the cell left of it
ABOVE = "^"  # merged with the cell above it
HEAD = ["指标", "单位", "数量"]
AROUND = {"S01", "S02", "S03"}  # who signs, who files and when are not filled in here
Places = dict[tuple[int, int], int]


def made(lines: list[list[object]], *, filled: bool, as_text: bool = False) -> tuple[Workbook, Places]:
    """The sheet blank or filled in, and what then stands where."""
    numbers = count(107, 7)
    book = openpyxl.Workbook()
    page = [["统计表（2025年）"], ["填报单位：甲镇"], *lines]
    expected = {}
    areas: dict[tuple[int, int], tuple[int, int]] = {}  # where merged cells begin, and where they end
    begins: dict[tuple[int, int], tuple[int, int]] = {}
    for row, line in enumerate(page, start=1):
        for column, text in enumerate(line, start=1):
            place = (row, column)
            before = {MERGED: (row, column - 1), ABOVE: (row - 1, column)}.get(str(text))
            begins[place] = begins[before] if before else place
            areas[begins[place]] = place
            if before:
                continue
            number = next(numbers) if text == V else None
            if number is not None:
                expected[place] = number
            shown = str(number) if number is not None and as_text else number
            book.active.cell(row, column, (shown if filled else None) if text == V else text)
    for (top, left), (bottom, right) in areas.items():
        if (top, left) != (bottom, right):
            book.active.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
    buffer = BytesIO()
    book.save(buffer)
    workbook = open_workbook(buffer.getvalue(), "form.xlsx")
    assert isinstance(workbook, Workbook)
    return workbook, expected


def accused(lines: list[list[object]], *, known: bool, as_text: bool = False) -> list[Finding]:
    """What is found in the sheet, filled in, when it is read by its own draft. Every number comes back from its own cell."""
    filled, expected = made(lines, filled=True, as_text=as_text)
    plan = plan_of(made(lines, filled=known)[0])
    assert plan is not None
    found = observe(filled, (load_text(written(plan, "form", "form.xlsx", "zh"), "form.yaml"),))
    assert isinstance(found, tuple)
    (result,) = found
    read = {
        (seen.address.row, seen.address.column): seen.number
        for seen in result.observations.values()
        if seen.number is not None
    }
    assert read == expected
    return [each for each in result.findings if each.severity.value in {"hard", "soft"} and each.code not in AROUND]


SHEETS: dict[str, list[list[object]]] = {
    "two tables with the same labels": [
        ["一、人员"], HEAD, ["合计", "人", V], ["医生", "人", V], ["其他", "人", V],
        ["二、设备"], HEAD, ["合计", "台", V], ["显微镜", "台", V], ["其他", "台", V], ["单位负责人：", None, "填表人："],
    ],
    "chapters of the same labels among the serial numbers": [
        ["序号", *HEAD], ["一", "学校"], [1, "小学", "所", V], [2, "其他", "所", V], ["二", "学生"], [1, "小学", "人", V], [2, "其他", "人", V],
    ],
    "section lines over the same labels": [
        HEAD, ["学校情况"], ["小学", "所", V], ["其他", "所", V], ["学生情况"], ["小学", "人", V], ["其他", "人", V],
        ["教师情况"], ["小学", "人", V], ["其他", "人", V],
    ],
    "merged section lines over the same labels": [
        HEAD, ["机构情况", MERGED, MERGED], ["合计", "所", V], ["其他", "所", V], ["床位情况", MERGED, MERGED], ["合计", "张", V], ["其他", "张", V],
    ],
    "merged section lines over other labels": [
        HEAD, ["学校情况", MERGED, MERGED], ["小学", "所", V], ["中学", "所", V], ["学生情况", MERGED, MERGED], ["男生", "人", V], ["女生", "人", V],
    ],
    "chapters that share some of their heads": [
        ["一、低保"], ["项目", "户数", "人数"], ["合计", V, V], ["城市", V, V], ["农村", V, V],
        ["二、低保资金"], ["项目", "金额（万元）", "人均（元）"], ["合计", V, V], ["城市", V, V], ["农村", V, V],
    ],
    "panels with titles of their own": [
        ["一、人员情况", None, None, "二、设备情况"], [*HEAD, "项目", "计量单位", "本年数", "上年数"],
        ["医生", "人", V, "彩超", "台", V, V], ["其他", "人", V, "其他", "台", V, V],
    ],
    "panels with the same heads under titles of their own": [
        ["一、农机", None, None, None, "二、农资"], [*HEAD, None, *HEAD],
        ["合计", "台", V, None, "合计", "吨", V], ["拖拉机", "台", V, None, "化肥", "吨", V], ["其他", "台", V, None, "其他", "吨", V],
    ],
    "panels with titles merged over their heads": [
        ["人员情况", MERGED, MERGED, "设备情况", MERGED, MERGED, MERGED], [*HEAD, "项目", "计量单位", "本年数", "上年数"],
        ["医生", "人", V, "彩超", "台", V, V], ["其他", "人", V, "其他", "台", V, V],
    ],
    "panels of one column under other words": [
        [*HEAD, "项目", "计量单位", "数量"], ["敬老院", "所", V, "救助对象", "人", V], ["床位", "张", V, "救助金额", "万元", V],
    ],
    "income beside spending": [
        ["收入项目", "行次", "本年数", "上年数", "支出项目", "行次", "本年数", "上年数"],
        ["一、上年结余", 1, V, V, "一、基本支出", 5, V, V], ["二、财政拨款", 2, V, V, "  其中：工资", 6, V, V],
        ["三、其他", 3, V, V, "二、项目支出", 7, V, V], ["收入合计", 4, V, V, "支出合计", 8, V, V],
        ["单位领导：", None, "会计主管：", None, "会计：", None, "出纳："],
    ],
    "farm machines": [
        [None, None, "表    号：", "农机年1表"], [None, None, "制定机关：", "县农机局"],
        ["指  标  名  称", "计量单位", "代码", "本年实际", "上年实际"], ["甲", "乙", "丙", 1, 2],
        ["一、农业机械总动力", "万千瓦", "01", V, V], ["  1.柴油", "万千瓦", "02", V, V], ["  2.其他", "万千瓦", "03", V, V],
        ["二、拖拉机", "——", "04"], ["  1.大中型", "台", "05", V, V], ["  2.小型", "台", "06", V, V],
        ["三、机耕面积", "公顷", "07", V, V], ["    其中：深松", "公顷", "08", V, V],
        ["单位负责人：", "统计负责人：", "填表人：", "联系电话：", "报出日期：20  年  月  日"],
    ],
    "a town's companies": [
        ["企业名称", "总产值（万元）", MERGED, "用电量（千瓦时）"], [None, "本月", "累计", None], ["甲厂", V, V, V], ["乙厂", V, V, V],
        ["合计", V, V, V], ["注：1.本表由规模以上企业填报。"], ["2.产值按现价计算。"],
    ],
    "the same rows under other heads": [
        ["一、学生"], ["项目", "男", "女", "合计"], ["小学", V, V, V], ["初中", V, V, V], ["合计", V, V, V],
        ["二、经费"], ["项目", "金额（万元）"], ["小学", V], ["初中", V], ["合计", V],
    ],
    "panels with heads of their own": [
        [*HEAD, "项目", "计量单位", "本年数", "上年数"],
        ["企业数", "个", V, "产值", "万元", V, V], ["职工数", "人", V, "利税", "万元", V, V],
    ],
    "panels of two kinds without units": [
        ["指标", "数量", "类别", "户数", "人数"], ["敬老院（个）", V, "城市低保", V, V], ["床位（张）", V, "农村低保", V, V],
    ],
    "a line of units behind a word": [
        ["村名", "养殖户", "从业人员", "面积"], ["计量单位", "户", "人", "亩"], ["东村", V, V, V], ["合计", V, V, V],
    ],
    "a line of units in brackets": [
        ["指标", "养殖户", "从业人员", "面积"], [None, "（户）", "（人）", "（亩）"], ["猪", V, V, V], ["牛", V, V, V],
    ],
    "a line of units with one left out": [
        ["项目", "户数", "占比", "金额"], ["计量单位", "户", None, "万元"], ["低保", V, V, V], ["特困", V, V, V],
    ],
    "a line of units with a dash": [
        ["项目", "代码", "户数", "金额"], ["计量单位", "—", "户", "万元"], ["低保", "01", V, V], ["特困", "02", V, V],
    ],
    "a line of the only unit": [["项目", "产量"], ["计量单位", "吨"], ["小麦", V], ["玉米", V]],
    "a line of units over the numbers of the columns": [
        ["项目", "产量", "产值"], ["计量单位", "吨", "万元"], ["甲", 1, 2], ["小麦", V, V], ["玉米", V, V],
    ],
    "a line of units over the codes of the columns": [
        ["项目", "学校", "教师"], ["单位", "所", "人"], ["代码", "01", "02"], ["小学", V, V], ["初中", V, V],
    ],
    "a line of units alone": [["指标", "存栏", "出栏"], [None, "头", "吨"], ["猪", V, V], ["牛", V, V]],
    "a total among the serial numbers": [
        ["序号", "学校类别", "学校数（所）", "学生数（人）"], [1, "小学", V, V], [2, "初中", V, V], ["合计", None, V, V],
    ],
    "who signs is called otherwise": [HEAD, ["学生数", "人", V], ["教师数", "人", V], ["院长：", "科长：", "制表："]],
    "who signs stands in one cell": [HEAD, ["学生数", "人", V], ["教师数", "人", V], [None], ["会计：　　出纳：　　日期："]],
    "who signs has words that nobody knows": [HEAD, ["低保户", "户", V], ["特困户", "户", V], ["村支书：", "报账员：", "年    月    日"]],
    "unknown words on two lines": [HEAD, ["学生", "人", V], ["教师", "人", V], ["督导：", "核算员："], ["镇分管：", "手机："]],
    "unknown words in one cell": [["项目", "男", "女"], ["医生", V, V], ["护士", V, V], ["支书：      文书：      复核："]],
    "the heading of the form under the table": [HEAD, ["企业", "个", V], ["产值", "万元", V], ["表号：", "工统1表"], ["制定机关：", "县工信局"]],
    "the heading of the form without colons": [
        [None, None, "表    号", "农统1表"], [None, None, "制定机关", "县农业农村局"], ["编号：", None, "有效期至", "2026年12月"],
        [*HEAD, "备注"], ["小麦", "亩", V], ["玉米", "亩", V],
    ],
    "codes of the unit over the table": [
        ["行政区划代码：", None, "统一社会信用代码：", None], ["单位详细名称：", None], ["项目", "本年", "上年"], ["收入", V, V], ["支出", V, V],
    ],
    "the number of the form in cells of its own": [
        ["表　号：", "卫统1表"], ["制定机关：", "县卫健局"], ["有效期至：", "2026年1月"], HEAD, ["医生", "人", V], ["护士", "人", V],
    ],
    "headings that are totals": [
        ["项目", "单位", "金额"], ["一、收入合计", "万元", V], ["1.税收", "万元", V], ["2.非税", "万元", V],
        ["二、支出合计", "万元", V], ["1.教育", "万元", V], ["2.农业", "万元", V],
    ],
    "headings that are totals, without units beside them": [
        ["项目", "金额（万元）"], ["一、财政收入合计", V], ["（一）税收", V], ["（二）其他", V], ["二、财政支出合计", V], ["（一）教育", V], ["（二）其他", V],
    ],
    "headings that are totals of indented rows": [
        ["项目", "本年", "上年"], ["一、收入总计", V, V], ["  税收", V, V], ["  其他", V, V], ["二、支出总计", V, V], ["  教育", V, V], ["  其他", V, V],
    ],
    "headings that are totals of the same labels": [
        ["指标", "代码", "数量"], ["一、学校总数", "01", V], ["小学", "02", V], ["其他", "03", V],
        ["二、学生总数", "04", V], ["小学", "05", V], ["其他", "06", V],
    ],
    "a total of its own words among the serial numbers": [
        ["序号", "村名", "户数", "人数"], ["全镇合计", None, V, V], [1, "东村", V, V], [2, "西村", V, V],
    ],
    "three tables": [
        ["一、人口"], HEAD, ["户数", "户", V], ["人口", "人", V], ["二、耕地"], HEAD, ["水田", "亩", V], ["合计", "亩", V],
        ["三、畜牧"], ["指标", "单位", "存栏", "出栏"], ["猪", "头", V, V], ["合计", "头", V, V],
    ],
    "a total among the serial numbers of the second panel": [
        ["序号", *HEAD, "序号", *HEAD], [1, "学校", "所", V, 3, "教师", "人", V], [2, "班级", "个", V, "合计", None, "人", V],
    ],
    "a total among the serial numbers of the second panel, with several columns": [
        ["序号", "村名", "户数", "人数"] * 2, [1, "东村", V, V, 3, "南村", V, V], [2, "西村", V, V, "合计", None, V, V],
    ],
    "three titled tables of a total and the rest": [
        ["一、人员"], HEAD, ["合计", "人", V], ["其他", "人", V], ["二、设备"], HEAD, ["合计", "台", V], ["其他", "台", V],
        ["三、经费"], HEAD, ["合计", "万元", V], ["其他", "万元", V],
    ],
    "untitled panels of two kinds that share a total": [
        [*HEAD, "项目", "计量单位", "本年数", "上年数"], ["合计", "人", V, "合计", "台", V, V], ["医生", "人", V, "彩超", "台", V, V],
        ["其他", "人", V, "其他", "台", V, V],
    ],
    "untitled panels of one kind that share a total": [
        [*HEAD, *HEAD], ["合计", "人", V, "合计", "台", V], ["医生", "人", V, "彩超", "台", V], ["其他", "人", V, "其他", "台", V],
    ],
    "untitled tables told apart by the heads of their labels": [
        ["人员类别", "单位", "数量"], ["合计", "人", V], ["医生", "人", V], ["其他", "人", V], [None],
        ["设备类别", "单位", "数量"], ["合计", "台", V], ["彩超", "台", V], ["其他", "台", V],
    ],
    "the number of the form beside the heads and the rows": [
        [*HEAD, "表号：", "农统1表"], ["小麦", "亩", V, "制定机关：", "县农业农村局"], ["玉米", "亩", V, "有效期至：", "2026年12月"],
    ],
    "the number of the form in one cell beside the heads and the rows": [
        [*HEAD, None, "表　号：农统1表"], ["小麦", "亩", V, None, "制定机关：县农业农村局"], ["玉米", "亩", V, None, "有效期至：2026年12月"],
    ],
    "the number of the form without colons beside the heads": [
        [*HEAD, "表号", "农统1表"], ["小麦", "亩", V, "制定机关", "县农业农村局"], ["玉米", "亩", V],
    ],
    "the number of the form beside a title merged over its lines": [
        ["年报", "<", "表　　号：", "农统1表"], ["^", "^", "制定机关：", "县农业农村局"], [*HEAD, "备注"], ["小麦", "亩", V], ["玉米", "亩", V],
    ],
    "panels with serial numbers": [
        ["序号", *HEAD, "序号", *HEAD], [1, "户数", "户", V, 3, "耕地", "亩", V], [2, "人口", "人", V, 4, "林地", "亩", V],
    ],
}  # fmt: skip


@pytest.mark.parametrize("known", [False, True], ids=["from the blank sheet", "from the filled sheet"])
@pytest.mark.parametrize("name", SHEETS)
def test_a_draft_reads_its_own_sheet(name: str, *, known: bool) -> None:
    assert accused(SHEETS[name], known=known) == []


def test_who_files_who_ordered_and_who_signs_are_taken_from_the_sheet() -> None:
    lines: list[list[object]] = [
        ["制定机关：", "县教育局"],
        ["学校（盖章）："],
        HEAD,
        ["学生数", "人", V],
        ["校长签字：", None, "统计员："],
    ]
    blank, _ = made(lines, filled=False)
    plan = plan_of(blank)

    assert plan is not None
    assert plan.authority == "县教育局"
    assert plan.sign_off == (("head", "校长签字"), ("statistician", "统计员"))
    assert [row.label for table in plan.tables for row in table.rows] == ["学生数"]


def test_a_line_of_other_units_is_heard_when_a_form_is_read() -> None:
    lines = SHEETS["a line of units behind a word"]
    plan = plan_of(made(lines, filled=False)[0])
    assert plan is not None
    other = [[("公顷" if text == "亩" else text) for text in line] for line in lines]

    found = observe(made(other, filled=True)[0], (load_text(written(plan, "form", "form.xlsx", "zh"), "form.yaml"),))

    assert isinstance(found, tuple)
    said = [(each.code, each.case) for each in found[0].findings if each.code not in AROUND]
    assert set(said) == {("U01", "scale")}


def test_words_that_nobody_knows_sign_where_they_close_the_table_and_are_rows_where_all_rows_end_so() -> None:
    signed = [HEAD, ["学生", "人", V], ["督导：", "核算员："], ["镇分管：", "手机："]]
    named = [["项目", "数量"], ["校舍：", V], ["操场：", V]]
    plans = [plan_of(made(lines, filled=False)[0]) for lines in (signed, named)]

    assert plans[0] is not None
    assert plans[0].sign_off == (
        ("signer", "督导"), ("signer2", "核算员"), ("signer3", "镇分管"), ("phone", "手机"),
    )  # fmt: skip
    known = plan_of(made([HEAD, ["学生", "人", V], ["书记：", "组织委员：", "日期："]], filled=False)[0])
    assert known is not None
    assert known.sign_off == (("head", "书记"), ("signer", "组织委员"), ("date", "日期"))
    assert plans[1] is not None
    assert [row.label for table in plans[1].tables for row in table.rows] == ["校舍：", "操场："]


def test_the_heading_of_a_form_is_heard_without_colons_and_in_cells_of_its_own() -> None:
    lines = [["制定机关", "县财政局"], ["计量单位：", "万元"], ["项目", "本年", "上年"], ["收入", V, V], ["支出", V, V]]
    plan = plan_of(made(lines, filled=False)[0])

    assert plan is not None
    assert plan.authority == "县财政局"
    assert [(row.label, row.unit, row.doubts) for table in plan.tables for row in table.rows] == [
        ("收入", "万元", []),
        ("支出", "万元", []),
    ]


@pytest.mark.parametrize("unit", ["万元", None])
def test_a_numbered_heading_that_is_a_total_is_over_the_rows_that_follow_it(unit: str | None) -> None:
    lines = [["一、收入合计"], ["税收"], ["非税"], ["二、支出合计"], ["教育"], ["农业"]]
    plan = plan_of(made([["项目", "单位", "金额"], *([*line, unit, V] for line in lines)], filled=unit is None)[0])

    assert plan is not None
    assert [(row.label, row.parent.label if row.parent else "") for table in plan.tables for row in table.rows] == [
        ("一、收入合计", ""),
        ("税收", "一、收入合计"),
        ("非税", "一、收入合计"),
        ("二、支出合计", ""),
        ("教育", "二、支出合计"),
        ("农业", "二、支出合计"),
    ]


def test_a_total_among_the_serial_numbers_of_a_second_panel_is_a_row() -> None:
    heads = ["序号", *HEAD, "序号", *HEAD]
    lines = [heads, [1, "学校", "所", V, 3, "教师", "人", V], [2, "班级", "个", V, "合计", None, "人", V]]
    plan = plan_of(made(lines, filled=False)[0])

    assert plan is not None
    assert [row.label for table in plan.tables for row in table.rows] == ["学校", "班级", "教师", "合计"]


@pytest.mark.parametrize("said", ["元", "（元）", "千元"])
@pytest.mark.parametrize("name", ["户数", None], ids=["each column", "one without"])
def test_a_line_of_units_that_says_another_unit_of_money_is_heard_when_a_form_is_read(
    said: str, name: str | None
) -> None:
    lines = [["项目", "户数", "金额"], ["计量单位", "户" if name else None, "万元"], ["低保", V, V], ["特困", V, V]]
    plan = plan_of(made(lines, filled=False)[0])
    assert plan is not None
    other = [[said if text == "万元" else text for text in line] for line in lines]

    found = observe(made(other, filled=True)[0], (load_text(written(plan, "form", "form.xlsx", "zh"), "form.yaml"),))

    assert isinstance(found, tuple)
    told = [(each.code, each.case) for each in found[0].findings if each.code not in AROUND]
    assert told == [("U01", "scale")] * 2


def test_tables_without_titles_are_named_apart_by_the_heads_of_their_labels_or_by_their_order() -> None:
    titles = {}
    for name in (
        "untitled tables told apart by the heads of their labels",
        "untitled panels of one kind that share a total",
    ):
        plan = plan_of(made(SHEETS[name], filled=False)[0])
        assert plan is not None
        assert not any(table.set_aside for table in plan.tables)
        titles[name] = [(table.title, [doubt.key for doubt in table.doubts]) for table in plan.tables]
    assert list(titles.values()) == [
        [("人员类别", ["table_untitled"]), ("设备类别", ["table_untitled"])],
        [("统计表", []), ("统计表之二", ["table_untitled"])],
    ]


def test_panels_that_nothing_tells_apart_keep_the_second_ones_rows_as_comments() -> None:
    lines = [[*HEAD, *HEAD], ["合计", "人", V, "合计", "台", V], ["其他", "人", V, "其他", "台", V]]
    plan = plan_of(made(lines, filled=False)[0])
    assert plan is not None
    assert [row.label for table in plan.tables for row in table.set_aside] == ["合计", "其他"]


@pytest.mark.parametrize(
    "name", [each for each in SHEETS if each.startswith("the number of the form") and "beside" in each]
)
def test_who_ordered_the_form_is_taken_from_its_corner(name: str) -> None:
    plan = plan_of(made(SHEETS[name], filled=False)[0])
    assert plan is not None
    assert plan.authority == "县农业农村局"
    assert [[column.label for column in table.columns] for table in plan.tables] == [["数量"]]


def test_a_column_of_document_numbers_is_no_corner_of_the_form() -> None:
    plan = plan_of(made([["文件名称", "件数", "文号"], ["甲办法", V], ["乙办法", V]], filled=False)[0])
    assert plan is not None
    assert [column.label for column in plan.tables[0].columns] == ["件数", "文号"]
