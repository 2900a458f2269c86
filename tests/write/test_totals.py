"""Every total is a live sum of the units beside it, with the right result stored, and says who is in it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.form import load_by_id
from consolidator.model import Consolidation, CountyTable, Coverage, Observation, Total
from consolidator.terms import catalogue
from consolidator.write import publish
from consolidator.write.plans.facts import Facts
from consolidator.write.proof import UnprovenTotalError, prove
from consolidator.write.review import write_review
from tests.write.fabricate import Plan, county, matrix_form, small_form, totals
from tests.write.reopen import OFFICE, SUPERIORS, Reopened, find, reopen, texts

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = [OFFICE, SUPERIORS]


def table_of(run: Consolidation) -> CountyTable:
    return run.tables[0]


def with_value(run: Consolidation, unit: int, code: str, value: Decimal | None) -> Consolidation:
    """The same run with another value of one included unit, totals reckoned again."""
    table = table_of(run)
    rows = list(table.rows)
    seen = replace(rows[unit].values[code], value=value, raw=str(value))
    rows[unit] = replace(rows[unit], values={**rows[unit].values, code: seen})
    return replace(run, tables=(replace(table, rows=tuple(rows), totals=totals(table.form, rows)),))


@pytest.mark.parametrize("book", BOOKS)
def test_each_printed_total_is_the_sum_of_the_rows_its_formula_names(published: Path, book: str) -> None:
    opened = reopen(published / book)
    sheet, results = opened.formulas["汇总表"], opened.values["汇总表"]
    detail = opened.values["分乡镇明细表"]
    seen = 0
    for row in sheet.iter_rows(min_col=3, max_col=3):
        if row[0].data_type != "f":
            continue
        place = row[0].value.removeprefix("=SUM(分乡镇明细表!").removesuffix(")")
        parts = [cell.value for (cell,) in detail[place] if isinstance(cell.value, int | float)]
        assert Decimal(str(results[row[0].coordinate].value)) == sum((Decimal(str(part)) for part in parts), Decimal(0))
        seen += 1
    assert seen == 6


@pytest.mark.parametrize("book", BOOKS)
def test_totals_are_those_of_the_run(published: Path, book: str) -> None:
    form, table = small_form(), table_of(county())
    sheet = reopen(published / book).values["汇总表"]
    for code in form.numeric:
        cell = find(sheet, form.indicators[code].label)
        assert Decimal(str(sheet.cell(cell.row, 3).value)) == table.totals[code].value


@pytest.mark.parametrize("book", BOOKS)
def test_the_block_that_is_summed_holds_the_included_units_and_no_other(published: Path, book: str) -> None:
    table = table_of(county())
    opened = reopen(published / book)
    formula = find(opened.formulas["汇总表"], "（一）收到申请数")
    place = opened.formulas["汇总表"].cell(formula.row, 3).value.removeprefix("=SUM(分乡镇明细表!").removesuffix(")")
    names = [opened.values["分乡镇明细表"].cell(cell.row, 2).value for (cell,) in opened.values["分乡镇明细表"][place]]

    assert names == [row.unit.name for row in table.rows if row.included]


@pytest.mark.parametrize("sheet", ["审核概况", "汇总表", "分乡镇明细表"])
def test_coverage_stands_on_the_face_of_every_total(office: Reopened, sheet: str) -> None:
    face = "\n".join(str(cell.value) for row in office.values[sheet]["A1:E6"] for cell in row if cell.value)

    assert "应报 13　已报 12　已汇总 9　未汇总 3　未报 1" in face
    assert "退回（有强制性错误）：宝丰镇、高庄乡；版本冲突：渠口乡" in face
    assert "未报——红崖子乡" in face


def test_without_a_roster_nobody_can_be_missing(tmp_path: Path) -> None:
    publish(county(plan=Plan(roster=False)), tmp_path)

    assert "应报数不详（没有名录）" in find(reopen(tmp_path / OFFICE).values["汇总表"], "应报").value


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (Coverage(3, 3, 3), "应报单位全部报送并已汇总。"),
        (Coverage(None, 3, 3), "已报的全部汇总。没有名录，不知道还有谁未报。"),
        (Coverage(None, 0, 0), "没有收到本表的报表。"),
    ],
)
def test_nobody_is_said_to_have_filed_where_nobody_knows_who_had_to(
    coverage: Coverage, said: str, tmp_path: Path
) -> None:
    result = county(plan=Plan(roster=coverage.required is not None))

    publish(replace(result, tables=tuple(replace(table, coverage=coverage) for table in result.tables)), tmp_path)

    assert said in texts(reopen(tmp_path / OFFICE).values)


def test_a_total_that_lacks_a_unit_says_so_on_its_face_and_in_a_note(office: Reopened) -> None:
    sheet = office.formulas["汇总表"]
    cell = sheet.cell(find(sheet, "2. 网络申请数").row, 3)

    assert cell.number_format == '0"*"'
    assert "崇岗镇" in cell.comment.text
    assert "“2. 网络申请数”未含崇岗镇的数" in find(sheet, "注：").value


def test_an_indicator_without_any_value_gets_a_dash_and_a_note(tmp_path: Path) -> None:
    run = county(plan=Plan(blank=tuple((unit, "A1a") for unit in range(13))))
    publish(run, tmp_path)
    for book in BOOKS:
        sheet = reopen(tmp_path / book).formulas["汇总表"]
        assert sheet.cell(find(sheet, "其中：主动公开规范性文件数").row, 3).value == "—"
        assert any("没有可用的数：“其中：主动公开规范性文件数”" in str(row[0].value) for row in sheet.iter_rows())


def test_a_county_without_any_included_unit_still_gets_its_workbooks(tmp_path: Path) -> None:
    publish(county(plan=Plan(rejected=tuple(range(12)), conflict=(), blank=())), tmp_path)
    sheet = reopen(tmp_path / OFFICE).formulas["汇总表"]

    assert sheet.cell(find(sheet, "（一）收到申请数").row, 3).value == "—"
    assert find(sheet, "注：").value.startswith("注：1．“—”表示没有可用的数：尚无单位列入汇总")


def test_text_indicators_are_not_added_up(office: Reopened) -> None:
    sheet = office.formulas["汇总表"]

    assert sheet.cell(find(sheet, "（二）申请公开的主要内容").row, 3).value == "见明细表"


def test_the_form_is_laid_out_as_printed(office: Reopened) -> None:
    sheet = office.values["汇总表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=3)]
    start = rows.index(["统计指标", "单位", "统计数"])

    assert rows[0][0] == "政府信息公开情况统计表"
    assert rows[1][0] == "（2016年度）"
    assert rows[3][0] == "填报单位（盖章）：平罗县"
    assert [row[0] for row in rows[start + 1 : start + 10]] == [row.label for row in small_form().rows.values()]
    assert rows[start + 1][1:] == ["——", None]
    assert rows[start + 10][0].split() == ["单位负责人：", "审核人：", "填报人："]


def test_every_value_in_the_detail_sheet_is_a_typed_number(office: Reopened) -> None:
    table = table_of(county())
    sheet = office.values["分乡镇明细表"]
    first = find(sheet, "城关镇").row
    for down, row in enumerate(row for row in table.rows if row.included):
        for across, code in enumerate(table.form.indicators):
            cell, number = sheet.cell(first + down, 5 + across), row.values[code].number
            if number is not None:
                assert cell.data_type == "n"
                assert Decimal(str(cell.value)) == number


def test_what_was_not_used_is_shown_as_typed_and_never_as_a_number(office: Reopened) -> None:
    sheet = office.values["分乡镇明细表"]

    assert find(sheet, "〔约44〕").row == find(sheet, "崇岗镇").row


def test_no_version_of_a_conflicting_unit_is_shown_as_its_figures(office: Reopened) -> None:
    sheet = office.values["分乡镇明细表"]
    row = find(sheet, "渠口乡").row

    assert [cell.value for cell in sheet[row]][4:] == [None] * 7


def test_a_number_that_excel_would_round_is_written_digit_by_digit_and_never_summed_by_formula(tmp_path: Path) -> None:
    exact = Decimal(12345678901234567890)
    publish(with_value(county(), 0, "A1a", exact), tmp_path)
    opened = reopen(tmp_path / OFFICE)
    detail, form = opened.formulas["分乡镇明细表"], opened.formulas["汇总表"]
    total = form.cell(find(form, "其中：主动公开规范性文件数").row, 3)

    assert detail.cell(find(detail, "城关镇").row, 6).value == str(exact)
    assert total.data_type == "s"
    assert Decimal(total.value) > exact


@settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.decimals(0, 10**9, places=6), min_size=9, max_size=9))
def test_decimal_sums_are_exact_in_the_written_file(tmp_path: Path, amounts: list[Decimal]) -> None:
    run = county(plan=Plan(blank=()))
    for unit, amount in enumerate(amounts):
        run = with_value(run, unit, "G", amount)
    target = BytesIO()
    claims = write_review(target, Facts(run, catalogue("zh")), tmp_path)
    (tmp_path / "x.xlsx").write_bytes(target.getvalue())
    sheet = reopen(tmp_path / "x.xlsx").values["汇总表"]

    prove(tmp_path / "x.xlsx", claims)
    assert Decimal(str(sheet.cell(find(sheet, "三、依申请公开信息收取的费用").row, 3).value)) == sum(amounts)


def test_a_total_that_is_not_the_sum_of_its_parts_is_never_published(tmp_path: Path) -> None:
    run = county()
    wrong = {**table_of(run).totals, "A1": Total("A1", Decimal(1), 9)}

    with pytest.raises(UnprovenTotalError):
        publish(replace(run, tables=(replace(table_of(run), totals=wrong),)), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".lock"]


def test_a_written_figure_that_was_altered_is_found_by_reopening(tmp_path: Path) -> None:
    target = BytesIO()
    claims = write_review(target, Facts(county(), catalogue("zh")), tmp_path)
    other = BytesIO()
    write_review(other, Facts(with_value(county(), 0, "A1", Decimal(5)), catalogue("zh")), tmp_path)
    (tmp_path / "x.xlsx").write_bytes(other.getvalue())

    with pytest.raises(UnprovenTotalError, match="A1"):
        prove(tmp_path / "x.xlsx", claims)


def test_a_torn_file_is_found_by_its_checksums(tmp_path: Path) -> None:
    target = BytesIO()
    claims = write_review(target, Facts(county(), catalogue("zh")), tmp_path)
    content = bytearray(target.getvalue())
    content[len(content) // 3] ^= 0xFF
    (tmp_path / "x.xlsx").write_bytes(content)

    with pytest.raises(UnprovenTotalError, match=r"x\.xlsx"):
        prove(tmp_path / "x.xlsx", claims)


def test_a_matrix_of_several_tables_is_laid_out_and_summed(tmp_path: Path) -> None:
    publish(county(matrix_form(), 5, Plan((1,), (), (3,), blank=((0, "Q2.tot"),))), tmp_path)
    opened = reopen(tmp_path / SUPERIORS)
    sheet = opened.formulas["汇总表"]
    row = find(sheet, "一、本年新收申请数量").row

    assert find(sheet, "法人或其他组织").column_letter == "C"
    assert [sheet.cell(row, column).value for column in range(2, 6)] == [
        f"=SUM(分乡镇明细表!{letter}8:{letter}10)" for letter in "CDEF"
    ]
    assert sheet.cell(find(sheet, "行政事业性收费").row, 2).value == "=SUM(分乡镇明细表!K8:K10)"


def test_several_forms_get_a_pair_of_sheets_each(tmp_path: Path) -> None:
    one, two = county(), county(matrix_form(), 5, Plan((), (), (), ()))
    run = replace(one, tables=one.tables + two.tables, tallies={**one.tallies, **two.tallies})
    publish(run, tmp_path)
    opened = reopen(tmp_path / SUPERIORS).formulas

    assert opened.sheetnames == ["汇总表", "汇总表（2）", "分乡镇明细表", "分乡镇明细表（2）", "图表"]
    assert "'分乡镇明细表（2）'!" in opened["汇总表（2）"]["B9"].value


@pytest.mark.parametrize(("units", "missing"), [(13, (12,)), (300, (12, 50))])
def test_the_real_form_is_published_and_proven(tmp_path: Path, units: int, missing: tuple[int, ...]) -> None:
    run = county(load_by_id("gov-info-disclosure-2014"), units, Plan(missing=missing))
    publish(run, tmp_path)
    sheet = reopen(tmp_path / SUPERIORS).formulas["汇总表"]

    assert sum(cell.data_type == "f" for row in sheet.iter_rows() for cell in row) == 58
    assert isinstance(table_of(run).rows[0].values["A1"], Observation)
