"""What each sheet shows, to whom, and how it prints."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from msgspec.structs import replace

from consolidator.findings import Finding, Severity
from consolidator.model import Status
from consolidator.write import publish
from tests.write.fabricate import Plan, county, small_form
from tests.write.reopen import OFFICE, SUPERIORS, Reopened, find, reopen, texts

OFFICE_SHEETS = [
    "审核概况",
    "汇总表",
    "分乡镇明细表",
    "报送情况",
    "差错清单",
    "核实清单",
    "规范化处理记录",
    "审核关系一览",
]
GOLDEN = Path(__file__).parent / "golden"


def column(sheet: object, header: str) -> list[object]:
    """The cells under a header, down to the end of the sheet."""
    head = find(sheet, header)
    return [cell.value for (cell,) in sheet.iter_rows(head.row + 1, None, head.column, head.column)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("book", "name"), [(OFFICE, "office"), (SUPERIORS, "superiors")])
def test_the_workbooks_are_as_last_looked_at(published: Path, book: str, name: str) -> None:
    """Set UPDATE_GOLDEN=1 to accept a change, then read the difference."""
    dump = reopen(published / book).dump()
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(dump, encoding="utf-8", newline="\n")

    assert dump == golden.read_text(encoding="utf-8")


def test_the_sheets_are_those_of_the_contract(office: Reopened, superiors: Reopened) -> None:
    assert office.formulas.sheetnames == OFFICE_SHEETS
    assert superiors.formulas.sheetnames == ["汇总表", "分乡镇明细表", "图表"]


def test_every_hard_finding_and_no_other_stands_in_the_error_list(office: Reopened) -> None:
    run = county()
    hard = [f for f in run.findings if f.severity is Severity.HARD and f.outcome == "violated"]
    levels = column(office.values["差错清单"], "级别")

    assert levels == ["强制"] * len(hard)


def test_error_lines_say_what_is_wrong_before_they_number_it(office: Reopened) -> None:
    head = find(office.values["差错清单"], "级别").row
    names = [cell.value for cell in office.values["差错清单"][head]]

    assert names[:10] == ["级别", "单位", "问题说明", "代码", "指标名称", "单元格", "填报数", "应为", "差额", "编号"]


def test_superiors_see_no_code_that_the_form_does_not_print(superiors: Reopened) -> None:
    codes = {code for code in small_form().names if code not in {"D", "E", "F", "G"}}
    assert not codes & {str(text) for text in texts(superiors.values)}
    detail = superiors.values["分乡镇明细表"]
    row = find(detail, "甲").row
    numbers = [cell.value for cell in detail[row] if cell.value is not None]
    assert numbers[:4] == ["甲", "乙", "1", "2"]


def test_a_form_that_prints_its_codes_shows_them_to_superiors_too(tmp_path: Path) -> None:
    run = county()
    (table,) = run.tables
    publish(replace(run, tables=(replace(table, form=replace(table.form, codes_printed=True)),)), tmp_path)

    listed = reopen(tmp_path / OFFICE).values["差错清单"]
    assert column(listed, "代码")[:2] == ["A1a、A1", "G"]
    assert "其中：主动公开规范性文件数" in column(listed, "指标名称")
    assert find(reopen(tmp_path / SUPERIORS).values["分乡镇明细表"], "A1a")


def test_findings_of_one_unit_stand_together(office: Reopened) -> None:
    units = column(office.values["差错清单"], "单位")

    assert len(set(units)) == sum(first != second for first, second in zip([None, *units], units, strict=False))


def test_every_error_link_opens_the_file_at_its_cell(published: Path, office: Reopened) -> None:
    run = county()
    sheet = office.formulas["差错清单"]
    hard = {(f.file, f.cells[0]) for f in run.findings if f.severity is Severity.HARD and f.cells and not f.case}
    inbox = published.parent / "收件 夹"
    opened = set()
    for (cell,) in sheet.iter_rows(4, None, 6, 6):
        if cell.hyperlink and cell.value != "打开文件":
            path = Path(os.path.normpath(published / unquote(cell.hyperlink.target)))
            place = cell.hyperlink.location.removeprefix("'统计表'!")
            opened.add((path.relative_to(inbox).as_posix(), place))

    assert opened == hard


def test_the_query_list_leaves_room_for_an_answer_and_an_opinion(office: Reopened) -> None:
    sheet = office.values["核实清单"]

    assert column(sheet, "级别") == ["核实"] * len([f for f in county().findings if f.severity is Severity.SOFT])
    assert set(column(sheet, "核实说明") + column(sheet, "审核意见")) == {None}


def test_values_in_the_lists_are_typed_where_the_cell_held_a_number(office: Reopened) -> None:
    found = column(office.values["差错清单"], "填报数")

    assert any(isinstance(value, int) for value in found)
    assert "约44" in found


def test_undecided_rules_can_be_seen_with_what_they_lack(office: Reopened) -> None:
    sheet = office.values["审核关系一览"]
    row = find(sheet, "无法判定明细：2 条").row

    assert "缺数：三、依申请公开信息收取的费用" in sheet.cell(row + 2, 2).value
    assert sheet.cell(find(sheet, "R08").row, 8).value == 2


def test_rules_show_whom_they_failed_for(office: Reopened) -> None:
    sheet = office.values["审核关系一览"]
    row = [cell.value for cell in sheet[find(sheet, "R01").row]]

    assert row[1:4] == ["其中项不得大于总数", "主动公开规范性文件数 ≤ 主动公开政府信息数", "强制"]
    assert row[5:] == [10, 2, 0, "宝丰镇、高庄乡"]


def test_notes_say_what_was_typed_and_what_was_used(office: Reopened) -> None:
    sheet = office.values["规范化处理记录"]

    assert column(sheet, "原填内容")[0] == "６２３"
    assert isinstance(column(sheet, "采用数值")[0], int)


def test_the_overview_leads_to_each_units_first_error(office: Reopened) -> None:
    overview, errors = office.formulas["审核概况"], office.values["差错清单"]
    links = [cell for row in overview.iter_rows() for cell in row if cell.hyperlink and "第" in str(cell.value)]
    for cell in links:
        sheet, place = re.fullmatch(r"'(.+)'!(A\d+)", cell.hyperlink.location).groups()  # type: ignore[union-attr]
        row = office.values[sheet][place].row
        assert office.values[sheet].cell(row, 2).value == overview.cell(cell.row, 2).value
    assert len(links) == 8
    assert errors.max_row == 9


def test_a_rule_that_most_units_fail_is_suspected_itself(tmp_path: Path) -> None:
    publish(county(plan=Plan(rejected=(0, 1, 2, 3, 4))), tmp_path)
    sheet = reopen(tmp_path / OFFICE).values["审核概况"]
    row = [cell.value for cell in sheet[find(sheet, "R01").row]]

    assert row[6] == pytest.approx(5 / 12, abs=1e-4)
    assert "可能是表式或审核关系本身" in row[7]


def test_units_that_most_name_wrongly_are_no_fault_of_the_form(tmp_path: Path) -> None:
    run = county(plan=Plan((), (), (), ()))
    records = [each for each in run.submissions if each.file][:6]
    found = [Finding("S02", Severity.SOFT, "by_tab", details={"found": "甲", "unit": "甲"}) for _ in records]
    owned = [
        each.owned(file=record.file, unit_code=record.unit_code, unit_name=record.unit_name, form="", period="")
        for each, record in zip(found, records, strict=True)
    ]
    publish(replace(run, findings=tuple(owned)), tmp_path)
    sheet = reopen(tmp_path / OFFICE).values["审核概况"]
    row = [cell.value for cell in sheet[find(sheet, "S02").row]]

    assert (row[6] > 0.3, row[7] or "") == (True, "")


def test_the_share_of_units_is_told_where_the_countys_total_fails_too(tmp_path: Path) -> None:
    about = Finding("R01", Severity.SOFT, "total", indicators=("A1a", "A1"), form=small_form().id, observed="9")
    run = county()
    publish(replace(run, findings=(*run.findings, about)), tmp_path)
    sheet = reopen(tmp_path / OFFICE).values["审核概况"]

    assert [cell.value for cell in sheet[find(sheet, "R01").row]][6] > 0


def test_a_long_list_of_units_begins_on_a_page_with_its_header(tmp_path: Path) -> None:
    publish(county(), tmp_path)
    sheet = reopen(tmp_path / OFFICE).formulas["审核概况"]
    header = next(cell.row for cell in sheet["B"] if cell.value == "单位" and sheet.cell(cell.row, 1).value == "序号")

    assert [each.id for each in sheet.row_breaks.brk] == [header - 1]


def test_charts_say_the_unit_of_measure_once(tmp_path: Path) -> None:
    form = small_form()
    table = form.tables[0]
    rows = tuple(replace(row, label=f"{row.label}（万元）") if row.code == "G" else row for row in table.rows)
    publish(county(replace(form, tables=(replace(table, rows=rows),), headlines=("C1", "G"))), tmp_path)
    said = texts(reopen(tmp_path / SUPERIORS).formulas)

    assert "（一）收到申请数（件）" in said
    assert any(text.endswith("费用（万元）") for text in said)
    assert not any("（万元）（万元）" in text for text in said)


def test_without_headlines_charts_are_of_rows_that_are_no_part_of_others(tmp_path: Path) -> None:
    publish(county(replace(small_form(), headlines=())), tmp_path)
    sheet = reopen(tmp_path / SUPERIORS).values["图表"]

    captions = [cell.value for cell in sheet["A"] if cell.value and sheet.cell(cell.row + 1, 1).value == "单位"]
    assert [caption.split("（")[0] or caption[:3] for caption in captions] == [
        "（一）",
        "（一）",
        "三、依申请公开信息收取的费用",
    ]


def test_every_version_in_conflict_has_its_reason(tmp_path: Path) -> None:
    run = county()
    (one,) = [each for each in run.submissions if each.status is Status.CONFLICT]
    publish(replace(run, submissions=(*run.submissions, replace(one, file="第二份.xlsx"))), tmp_path)
    sheet = reopen(tmp_path / OFFICE).values["报送情况"]

    line = find(sheet, "第二份.xlsx").row
    assert "程序不代为选择" in sheet.cell(line, 6).value


def test_a_county_without_problems_is_told_so(tmp_path: Path) -> None:
    publish(replace(county(plan=Plan((), (), (), ())), findings=()), tmp_path)
    opened = reopen(tmp_path / OFFICE).values

    assert find(opened["审核概况"], "没有强制性错误，也没有待核实")
    assert find(opened["审核概况"], "应报单位全部报送并已汇总")
    assert find(opened["差错清单"], "没有强制性错误。")


def test_findings_about_the_county_total_point_at_its_cell(tmp_path: Path) -> None:
    about = Finding("R01", Severity.SOFT, "total", indicators=("A1a", "A1"), form=small_form().id, observed="9")
    run = county()
    publish(replace(run, findings=(*run.findings, about)), tmp_path)
    opened = reopen(tmp_path / OFFICE).formulas
    cell = opened["核实清单"].cell(find(opened["核实清单"], "全县合计").row, 6)
    place = cell.hyperlink.location.removeprefix("'汇总表'!")

    assert opened["汇总表"]["A" + place.removeprefix("C")].value == "其中：主动公开规范性文件数"


def test_files_of_nobody_and_the_countys_total_are_counted_apart_from_units(tmp_path: Path) -> None:
    run = county(plan=Plan((), (), (), ()))
    found = [
        Finding("S02", Severity.HARD, "unknown", file="大武口区星海镇.xlsx"),
        Finding("B03", Severity.HARD, file="通知.pdf"),
        Finding("R01", Severity.HARD, "total", indicators=("A1a", "A1"), form=small_form().id, observed="9"),
    ]
    publish(replace(run, findings=tuple(found)), tmp_path)
    sheet = reopen(tmp_path / OFFICE).values["审核概况"]

    assert find(sheet, "3 条，涉及 2 个其他文件、全县合计")
    line = find(sheet, "不是电子表格").row
    assert [sheet.cell(line, column).value for column in (4, 6, 7)] == [1, 0, None]


def test_every_file_and_every_missing_unit_has_its_line(office: Reopened) -> None:
    run = county()
    sheet = office.values["报送情况"]

    assert column(sheet, "单位名称") == [record.unit_name for record in run.submissions]
    assert [file or "" for file in column(sheet, "文件")] == [record.file for record in run.submissions]
    assert "程序不代为选择" in find(sheet, "“渠口乡”报来").value


def test_the_reason_of_a_returned_form_is_told_where_the_rules_id_holds_a_point(tmp_path: Path) -> None:
    form = small_form()
    pointed = replace(form, rules=(replace(form.rules[0], id="PART-A1a.m"), *form.rules[1:]))
    publish(county(pointed), tmp_path)

    told = [
        text
        for text in column(reopen(tmp_path / OFFICE).values["报送情况"], "说明")
        if "条强制性错误，见" in (text or "")
    ]
    assert told
    assert all(len(text.partition("见“差错清单”。")[2]) > 5 for text in told)


def test_superiors_see_no_error_no_path_and_no_link(published: Path, superiors: Reopened) -> None:
    seen = "\n".join(texts(superiors.formulas))
    links = [c for sheet in superiors.formulas for row in sheet.iter_rows() for c in row if c.hyperlink or c.comment]

    assert not links
    assert not re.search(r"xlsx|差错|约44|640221|收件|统计表'", seen)


def test_superiors_see_who_is_not_in_the_total_but_not_their_figures(superiors: Reopened) -> None:
    sheet = superiors.values["分乡镇明细表"]
    row = [cell.value for cell in sheet[find(sheet, "高庄乡").row]]

    assert row[2] == "退回（有强制性错误）"
    assert not any(row[3:])


@pytest.mark.parametrize("book", [OFFICE, SUPERIORS])
def test_every_sheet_prints_on_a4_with_titles_and_page_numbers(published: Path, book: str) -> None:
    for sheet in reopen(published / book).formulas.worksheets:
        assert sheet.page_setup.paperSize in {"9", 9}
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert sheet.print_title_rows
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0


def test_charts_are_native_and_read_from_the_sheet(published: Path, office: Reopened, superiors: Reopened) -> None:
    assert len(office.formulas["审核概况"]._charts) == 1
    assert len(superiors.formulas["图表"]._charts) == 2


def test_charts_of_many_units_show_the_largest_and_say_so(tmp_path: Path) -> None:
    publish(county(units=40), tmp_path)
    sheet = reopen(tmp_path / SUPERIORS).values["图表"]
    first = find(sheet, "单位").row + 1
    shown = [sheet.cell(row, 2).value for row in range(first, first + 25)]

    assert shown == sorted(shown, reverse=True)
    assert find(sheet, "共 36 个单位，图中只画前 25 个")


def test_without_a_unit_in_the_total_the_charts_say_so(tmp_path: Path) -> None:
    publish(county(units=3, plan=Plan((0, 1, 2), (), (), ())), tmp_path)
    sheet = reopen(tmp_path / SUPERIORS)

    assert find(sheet.values["图表"], "没有已汇总的单位，没有可画的数。")
    assert not sheet.formulas["图表"]._charts


def test_english_words_stand_in_the_same_sheets(tmp_path: Path) -> None:
    publish(county(), tmp_path, "en")
    opened = reopen(tmp_path / OFFICE).values

    assert opened.sheetnames == OFFICE_SHEETS
    assert find(opened["差错清单"], "What is wrong")
