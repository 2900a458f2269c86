"""同比对比表, 环比对比表 in both workbooks: the form's lines, live changes, and who is in which year's total."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from msgspec.structs import replace

from consolidator.form import load_by_id
from consolidator.model import Comparison, Period, Total
from consolidator.terms import catalogue
from consolidator.write import publish
from consolidator.write.plans.comparison_plan import ComparisonPlan
from consolidator.write.plans.detail_plan import DetailPlan
from consolidator.write.plans.facts import Facts
from consolidator.write.plans.figures import Figures
from consolidator.write.plans.form_plan import FormPlan
from consolidator.write.proof import Shown, UnprovenTotalError, prove
from consolidator.write.review import write_review
from consolidator.write.superiors import write_superiors
from tests.write.fabricate import Plan, county, matrix_form, small_form
from tests.write.reopen import OFFICE, SUPERIORS, Reopened, find, reopen, texts

if TYPE_CHECKING:
    from consolidator.form import Form
    from consolidator.model import Consolidation

SHEET = "同比对比表"
BEFORE = Period(2015)
WHOLE = Plan(rejected=(), conflict=(), missing=(), blank=())


def compared(result: Consolidation, totals: dict[str, Any], **more: Any) -> Consolidation:
    """The run with earlier totals of its only form: a number, None for no value, or a number and whom it lacks."""
    made = {}
    for code, given in totals.items():
        number, *lacking = given if isinstance(given, tuple) else (given,)
        made[code] = Total(code, None if number is None else Decimal(str(number)), 3, tuple(lacking))
    comparison = Comparison(BEFORE, "values.csv", made, 11, (), (), **{"settled": True, **more})
    return replace(result, comparisons={result.tables[0].form.id: comparison})


def published(folder: Path, result: Consolidation, language: str = "zh") -> dict[str, Reopened]:
    publish(replace(result, inbox=folder / "in"), folder / "out", language)
    return {name: reopen(folder / "out" / name) for name in (OFFICE, SUPERIORS)}


def for_superiors(result: Consolidation, language: str = "zh") -> Reopened:
    """The superiors' workbook alone, never on a disk."""
    target = io.BytesIO()
    write_superiors(target, Facts(result, catalogue(language)))
    return Reopened(openpyxl.load_workbook(target), openpyxl.load_workbook(target, data_only=True))


def line(book: Reopened, label: str, sheet: str = SHEET) -> tuple[list[Any], list[Any]]:
    """The values and the formulas of the line of a label."""
    row = find(book.values[sheet], label).row
    return tuple([cell.value for cell in opened[sheet][row]] for opened in (book.values, book.formulas))  # type: ignore[return-value]


def small(**totals: Any) -> Consolidation:
    form = small_form()
    before = dict.fromkeys(form.numeric, 10) | totals
    return compared(county(form, 3, WHOLE), {code: value for code, value in before.items() if value != "gone"})


def test_without_earlier_figures_there_is_no_such_sheet(office: Reopened, superiors: Reopened) -> None:
    assert SHEET not in office.values.sheetnames
    assert SHEET not in superiors.values.sheetnames


@pytest.mark.parametrize("book", [OFFICE, SUPERIORS])
def test_each_line_has_both_totals_and_live_changes_with_their_results(tmp_path: Path, book: str) -> None:
    opened = published(tmp_path, small(C1=20))[book]
    total = int(next(t for code, t in small().tables[0].totals.items() if code == "C1").value)  # type: ignore[arg-type]

    values, formulas = line(opened, "（一）收到申请数")

    assert values[:6] == ["（一）收到申请数", "件", total, 20, total - 20, pytest.approx((total - 20) / 20)]
    at = find(opened.values[SHEET], "（一）收到申请数").row
    target = formulas[2].removeprefix("=汇总表!")
    assert opened.formulas["汇总表"][target].value.startswith("=SUM(")
    assert formulas[4] == f'=IF(AND(ISNUMBER(C{at}),ISNUMBER(D{at})),C{at}-D{at},"—")'
    assert formulas[5] == f'=IF(ISNUMBER(E{at}),IF(D{at}=0,"—",E{at}/ABS(D{at})),"—")'
    assert values[6] is None


def test_a_missing_total_is_not_zero_and_nothing_has_no_percentage() -> None:
    opened = for_superiors(small(A1=0, C1=None, C11="gone"))

    assert line(opened, "（一）主动公开政府信息数")[0][3:6] == [0, pytest.approx(1800, abs=300), "—"]
    for label in ("（一）收到申请数", "1. 当面申请数"):
        assert line(opened, label)[0][3:6] == ["—", "—", "—"]


def test_rows_stand_as_printed_and_headings_and_texts_have_no_figures() -> None:
    sheet = for_superiors(small()).values[SHEET]
    labels = [row.label for row in small_form().tables[0].rows]

    first = find(sheet, labels[0]).row
    assert [sheet.cell(first + down, 1).value for down in range(len(labels))] == labels
    for label in ("一、主动公开情况", "（二）申请公开的主要内容"):
        assert [cell.value for cell in sheet[find(sheet, label).row]][2:] == [None] * 5


def test_a_total_that_lacks_a_unit_is_marked_and_told() -> None:
    opened = for_superiors(small(C1=(20, "丁镇")))

    at = find(opened.values[SHEET], "（一）收到申请数").row
    assert opened.values[SHEET].cell(at, 4).number_format == '0"*"'
    assert find(opened.values[SHEET], "带“*”的合计未含个别单位的数：上期“（一）收到申请数”未含丁镇。")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, ["上期（2015年度）已汇总 11", "两期合计的单位相同，可以直接比较。"]),
        (
            {"only_now": ("甲镇",), "only_before": ("丁镇", "戊乡")},
            ["两期合计的单位不同，增减中含单位变动的影响。", "只在本期合计中：甲镇", "只在上期合计中：丁镇、戊乡"],
        ),
        (
            {"settled": False},
            ["上期（2015年度）有数的单位 11（上期数据没有写明哪些单位计入合计，按全部有数的单位相加）"],
        ),
        ({"own_form": False}, ["上期使用不同的表式"]),
    ],
)
def test_the_face_says_who_is_in_which_total(more: dict[str, Any], said: list[str]) -> None:
    result = small()
    (comparison,) = result.comparisons.values()
    told = replace(result, comparisons={result.tables[0].form.id: replace(comparison, **more)})

    written = "\n".join(map(str, texts(for_superiors(told).values)))

    assert "本期（2016年度）应报 3　已报 3　已汇总 3" in written
    assert all(text in written for text in said)


@pytest.mark.parametrize(
    ("now", "before", "name", "head"),
    [
        (Period(2016), Period(2015), SHEET, "上年数\n2015年度"),
        (Period(2016), Period(2014), "上期对比表", "2014年度"),
        (Period(2016, 3), Period(2015, 3), SHEET, "上年同期\n2015年第3季度"),
        (Period(2016, 3), Period(2016, 2), "环比对比表", "上季数\n2016年第2季度"),
        (Period(2016, 1), Period(2015, 4), "环比对比表", "上季数\n2015年第4季度"),
        (Period(2016, month=1), Period(2015, month=12), "环比对比表", "上月数\n2015年12月"),
        (Period(2016, month=3), Period(2016, month=1), "上期对比表", "2016年1月"),
        (Period.of(2016, 7, 12), Period.of(2016, 1, 6), "环比对比表", "上期数\n2016年1—6月"),
    ],
)
def test_sheet_title_and_head_say_which_period_it_is(now: Period, before: Period, name: str, head: str) -> None:
    result = small()
    (comparison,) = result.comparisons.values()
    tables = tuple(replace(table, period=now) for table in result.tables)
    moved = replace(result, tables=tables, comparisons={tables[0].form.id: replace(comparison, period=before)})

    sheet = for_superiors(moved).values[name]

    assert sheet["A1"].value.endswith(f"　{name}")
    heads = [cell.value for cell in sheet[find(sheet, "指标").row]]
    assert heads == ["指标", "计量单位", f"本期\n{now.chinese}", head, "增减", "增减%", "变动原因（手填）"]


def planned(form: Form) -> ComparisonPlan:
    result = compared(county(form, 2, WHOLE), dict.fromkeys(form.numeric, 1))
    (comparison,) = result.comparisons.values()
    (table,) = result.tables
    figures = Figures(table, tuple(form.indicators.values()))
    return ComparisonPlan(SHEET, FormPlan("汇总表", form), DetailPlan("分乡镇明细表", table, figures, 2, 3), comparison)


def test_a_table_of_several_columns_becomes_a_block_a_column_or_a_row() -> None:
    blocks = planned(matrix_form()).blocks

    assert [(block.table, block.part, [line.label for line in block.lines]) for block in blocks] == [
        ("收到和处理申请情况", row, ["自然人", "法人或其他组织／商业企业", "法人或其他组织／科研机构", "总计"])
        for row in ("一、本年新收申请数量", "二、上年结转数量")
    ] + [("收费情况", "金额（万元）", ["行政事业性收费"])]
    rows = [at for block in blocks for at in (block.at, *(line.at for line in block.lines))]
    assert rows == list(range(4, 4 + len(rows)))


def test_the_column_that_sums_up_the_others_comes_first_and_every_number_of_the_form_is_there_once() -> None:
    form = load_by_id("annual-report-2021")
    plan = planned(form)

    assert [block.part for block in plan.blocks if block.table.startswith("三、")] == [
        "总计",
        "自然人",
        "法人或其他组织／商业企业",
        "法人或其他组织／科研机构",
        "法人或其他组织／社会公益组织",
        "法人或其他组织／法律服务机构",
        "法人或其他组织／其他",
    ]
    disputes = [block.part for block in plan.blocks if block.table.startswith("四、")]
    assert disputes == ["行政复议", "行政诉讼：未经复议直接起诉", "行政诉讼：复议后起诉"]
    assert sorted(line.code for block in plan.blocks for line in block.lines if line.code) == sorted(form.numeric)
    assert plan.breaks == [block.at for block in plan.blocks if block.table.startswith("三、")]


def test_it_prints_on_a4_upright_one_page_wide_with_its_head_on_every_page() -> None:
    sheet = for_superiors(small()).formulas[SHEET]

    setup = sheet.page_setup
    assert (int(setup.paperSize), setup.orientation, setup.fitToWidth, setup.fitToHeight) == (9, "portrait", None, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows in {"$4:$4", "4:4"}


def test_it_is_told_in_english_too() -> None:
    book = for_superiors(small(), "en")

    assert find(book.values[SHEET], "Indicator")
    assert "The same units are in both totals, which can be compared." in "\n".join(texts(book.values))


def test_a_figure_that_reopens_as_another_one_is_refused(tmp_path: Path) -> None:
    published(tmp_path, small(C1=20))
    path = tmp_path / "out" / OFFICE
    row = find(reopen(path).values[SHEET], "（一）收到申请数").row - 1

    prove(path, [Shown("C1", SHEET, (row, 3), Decimal(20))])
    with pytest.raises(UnprovenTotalError, match="not 21"):
        prove(path, [Shown("C1", SHEET, (row, 3), Decimal(21))])


def test_rules_that_were_not_judged_say_why() -> None:
    form = small_form()
    rules = (form.rules[0], replace(form.rules[1], id="X07", earlier=("C1",)))
    alone = replace(county(replace(form, rules=rules), 2, WHOLE), tallies={})

    for result, said in ((alone, "未审核（没有提供上期数据）"), (compared(alone, {}), "未审核（上期没有可比的数）")):
        target = io.BytesIO()
        write_review(target, Facts(result, catalogue("zh")), Path("/county/out"))
        sheet = openpyxl.load_workbook(target)["审核关系一览"]
        told = {row[0].value: row[5].value for row in sheet.iter_rows()}
        assert (told["R01"], told["X07"]) == ("—", said)
