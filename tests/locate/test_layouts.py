from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Period, Sheet, Workbook
from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import Layout, broken_lines, full_width, half_width, lay_out
from tests.locate.grids import cell_of, filing, form, grave, line_of, locate, located, numbered

if TYPE_CHECKING:
    from collections.abc import Callable

LAYOUTS = {
    "plain": Layout(),
    "offset": Layout(top=7, left=3, above=("附件1", "平罗县政务公开办公室")),
    "serial number and remarks": Layout(serial=True, remarks=True),
    "notes sheet in front": Layout(notes=("填表说明", "1. 主动公开政府信息数按条计。")),
    "page breaks with repeated header": Layout(breaks=(20, 46), repeat_header=True),
    "two panels": Layout(panels=2),
    "three panels": Layout(panels=3),
    "labels over two columns": Layout(indent="columns"),
    "labels with spaces in front": Layout(indent="spaces"),
    "no unit column": Layout(unit_column=False),
    "blank columns between": Layout(spacers=True),
    "numbers as text": Layout(numbers_as_text=True),
    "half-width punctuation": Layout(print_label=half_width),
    "full-width digits in labels": Layout(print_label=full_width),
    "line breaks in labels": Layout(print_label=broken_lines),
    "sign-off in one line": Layout(sign_off_in_one_line=True),
    "renamed sheet, empty spare sheets": Layout(sheet="报表", spare_sheets=("Sheet2", "Sheet3")),
    "everything at once": Layout(
        top=4, left=2, above=("附件",), serial=True, remarks=True, breaks=(30,), repeat_header=True,
        indent="columns", spacers=True, numbers_as_text=True, print_label=half_width,
    ),
}  # fmt: skip


def assert_read_exactly(layout: Layout) -> None:
    book, result = located(layout)

    read = {
        code: (int(seen.number or -1), seen.address.a1) for code, seen in result.observations.items() if code in NUMBERS
    }

    assert read == {code: (numbered()[code], book.address(line_of(code))) for code in NUMBERS}
    assert grave(result) == []
    assert result.filer is not None
    assert result.filer.text == "平罗县甲镇"
    assert result.period is not None
    assert result.period.period == Period(2016)


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_is_read_without_a_word(layout: Layout) -> None:
    assert_read_exactly(layout)


@settings(max_examples=60, deadline=None)
@given(
    st.fixed_dictionaries(
        {
            "top": st.integers(1, 9),
            "left": st.integers(1, 5),
            "above": st.sampled_from([(), ("附件1",), ("附件：", "2016年度报表")]),
            "serial": st.booleans(),
            "remarks": st.booleans(),
            "unit_column": st.booleans(),
            "spacers": st.booleans(),
            "indent": st.sampled_from(["", "spaces", "columns"]),
            "panels": st.sampled_from([1, 1, 2]),
            "breaks": st.lists(st.integers(1, 60), max_size=3, unique=True).map(lambda rows: tuple(sorted(rows))),
            "repeat_header": st.booleans(),
            "merged_title": st.booleans(),
            "numbers_as_text": st.booleans(),
            "print_label": st.sampled_from([str, half_width, broken_lines, full_width]),
            "sign_off_in_one_line": st.booleans(),
        }
    ).map(lambda given: Layout(**given))
)
def test_any_mixture_of_layouts_is_read_exactly(layout: Layout) -> None:
    assert_read_exactly(layout)


def test_labels_that_repeat_are_told_apart_by_their_parent_when_chapters_change_places() -> None:
    whole = filing()
    reviews = range(line_of("D"), line_of("E"))
    suits = range(line_of("E"), line_of("F"))
    order = [*range(line_of("D")), *suits, *reviews, *range(line_of("F"), len(whole.lines))]
    book = lay_out(replace(whole, lines=tuple(whole.lines[number] for number in order)))

    result = locate(book)

    assert {code: int(result.observations[code].number or -1) for code in NUMBERS} == numbered()
    assert grave(result) == []
    moved = {f.indicators[0] for f in result.findings if f.case == "moved"}
    assert moved in ({"D", "D1", "D2", "D3"}, {"E", "E1", "E2", "E3"})


@pytest.mark.parametrize("code", ["A1", "D", "D2", "E3", "H31", "I3"])
def test_a_deleted_row_is_named_and_no_neighbour_takes_its_place(code: str) -> None:
    whole = filing()
    number = line_of(code)
    book = lay_out(replace(whole, lines=whole.lines[:number] + whole.lines[number + 1 :]))

    result = locate(book)

    assert ("hard", "S04", "missing") in grave(result)
    assert code not in result.observations
    others = [other for other in NUMBERS if other != code]
    assert {o: int(result.observations[o].number or -1) for o in others} == {o: numbered()[o] for o in others}


@pytest.mark.parametrize("code", CODES)
def test_a_row_typed_twice_is_never_chosen(code: str) -> None:
    whole = filing()
    number = line_of(code)
    if whole.lines[number].value is None:
        pytest.skip("a heading has no value to lose")
    twin = replace(whole.lines[number], value=5)
    book = lay_out(replace(whole, lines=(*whole.lines[: number + 1], twin, *whole.lines[number + 1 :])))

    result = locate(book)

    assert grave(result) == [("hard", "S04", "doubled")]
    assert result.observations[code].value is None


def test_an_extra_row_is_refused_and_harms_no_other() -> None:
    whole = filing()
    number = line_of("A25")
    stranger = replace(whole.lines[number], label="6. 新闻发布会公开政府信息数", value=12)
    book = lay_out(replace(whole, lines=(*whole.lines[: number + 1], stranger, *whole.lines[number + 1 :])))

    result = locate(book)

    assert [entry for entry in grave(result) if entry[0] == "hard"] == [("hard", "S04", "extra")]
    assert {code: int(result.observations[code].number or -1) for code in NUMBERS} == numbered()


def test_a_reworded_row_is_proposed_and_its_number_is_not_taken() -> None:
    whole = filing()
    number = line_of("B23")
    lines = list(whole.lines)
    lines[number] = replace(lines[number], label="3. 政策解读的稿件发布篇数")
    book = lay_out(replace(whole, lines=tuple(lines)))

    result = locate(book)

    assert grave(result) == [("soft", "L01", "near")]
    assert "B23" not in result.observations
    finding = next(f for f in result.findings if f.code == "L01")
    assert (finding.indicators, finding.details["value"]) == (("B23",), str(numbered()["B23"]))


def test_another_unit_of_measure_is_said_and_a_scale_is_never_converted() -> None:
    whole = filing()
    lines = list(whole.lines)
    lines[line_of("C1")] = replace(lines[line_of("C1")], unit="宗")
    lines[line_of("H4")] = replace(lines[line_of("H4")], unit="元")
    book = lay_out(replace(whole, lines=tuple(lines)))

    result = locate(book)

    assert sorted(grave(result)) == [("soft", "U01", "column"), ("soft", "U01", "scale")]
    assert int(result.observations["C1"].number or -1) == numbered()["C1"]
    assert result.observations["H4"].value is None


def test_a_unit_of_measure_in_brackets_after_the_label_counts_like_one_in_its_column() -> None:
    whole = filing()
    lines = [
        replace(line, label=f"{line.label}（{'元' if line.unit == '万元' else line.unit}）")
        if line.unit not in ("", "——")
        else line
        for line in whole.lines
    ]
    book = lay_out(replace(whole, lines=tuple(lines)), Layout(unit_column=False))

    result = locate(book)

    assert grave(result) == [("soft", "U01", "scale"), ("soft", "U01", "scale")]
    assert [code for code in NUMBERS if result.observations[code].value is None] == ["G", "H4"]


def rewritten(header: tuple[str, ...], row: Callable[[str, str, str, int | None], list[object]]) -> Located:
    """The form typed anew under other column heads: `row` gives the cells of a line from code, label, unit, value."""
    rows: list[list[object]] = [["政府信息公开情况统计表"], ["（2016年度）"], ["填报单位：甲镇"]]
    rows += [list(header)] if header else []
    rows += [row(code, label, unit, numbered().get(code)) for code, _, label, unit in PRINTED]
    cells = {
        (r, c): cell
        for r, values in enumerate(rows, start=1)
        for c, value in enumerate(values, start=1)
        if (cell := cell_of(r, c, value)) is not None
    }
    seen = observe(Workbook(FileFormat.XLSX, (Sheet("S", cells),)), (form(),))
    assert isinstance(seen, tuple)
    return seen[0]


def ordinal(label: str) -> tuple[str | None, str]:
    match = re.match(r"(（[一-九]）|\d\. |[一-九]、|其中：)(.*)", label)
    return (match[1].strip(), match[2]) if match else (None, label)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ((), lambda code, label, unit, value: [label, unit, value]),
        (("指标", "代码", "计量单位", "数量"), lambda code, label, unit, value: [label, code, unit, value]),
        (("序号", "统计指标", "单位", "统计数"), lambda code, label, unit, value: [*ordinal(label), unit, value]),
        (("统计指标", "单位", "2016年"), lambda code, label, unit, value: [label, unit, value]),
        (("统计指标", "单位", "统计数（件）"), lambda code, label, unit, value: [label, unit, value]),
        (("项目", "单位", "数量"), lambda code, label, unit, value: [f"{label}：", unit, value]),
        (("统计指标", "单位", None, "备注"), lambda code, label, unit, value: [label, unit, value, "已核对"]),
        (
            ("统计指标", "单位", "统计数", "上年统计数"),
            lambda code, label, unit, value: [label, unit, value, value and value + 1],
        ),
    ],
)
def test_other_column_heads_are_understood_or_the_only_column_with_numbers_is_taken(
    header: tuple[str, ...], row: Callable[[str, str, str, int | None], list[object]]
) -> None:
    result = rewritten(header, row)

    assert {code: int(result.observations[code].number or -1) for code in NUMBERS} == numbered()
    assert [entry for entry in grave(result) if entry[1] != "S01"] == []


def test_a_chapter_column_beside_the_indicators_is_no_heading_with_a_number() -> None:
    chapters: list[str] = []

    def row(code: str, label: str, unit: str, value: int | None) -> list[object]:
        if unit == "——" and len(code) == 1:
            chapters.append(label)
            return []
        return [chapters.pop() if chapters else None, label, unit, value]

    result = rewritten(("类别", "统计指标", "单位", "统计数"), row)

    assert {code: int(result.observations[code].number or -1) for code in NUMBERS} == numbered()
    assert [f.case for f in result.findings if f.code == "S04"] == []


def test_the_row_of_column_marks_under_a_header_is_no_indicator() -> None:
    result = rewritten(("统计指标", "单位", "统计数"), lambda code, label, unit, value: [label, unit, value])
    marked = rewritten(
        ("统计指标", "单位", "统计数"),
        lambda code, label, unit, value: ["甲", "乙", 1] if code == "A" else [label, unit, value],
    )

    assert [f.code for f in result.findings if f.code == "S04"] == []
    assert [(f.case, f.indicators) for f in marked.findings if f.code == "S04"] == [("missing_heading", ("A",))]


@pytest.mark.parametrize(
    "marks",
    [
        ["（甲）", "（乙）", "（1）"],
        ["甲", None, "(1)"],
        ["A", "B", "C"],
        ["A", "B", 1],
        ["一", "二", "三"],
        ["①", "②", "③"],
        ["⑴", "⑵", "⑶"],
        ["(1)", "(2)", "(3)=(1)+(2)"],
        ["栏次", None, 1],
        ["栏 次", "—", "（1）"],
        ["栏次", "甲", 1],
        ["栏次", "1", 2],
    ],
    ids=str,
)
def test_a_line_that_numbers_the_columns_is_no_indicator(marks: list[object]) -> None:
    marked = rewritten(
        ("统计指标", "单位", "统计数"),
        lambda code, label, unit, value: marks if code == "A" else [label, unit, value],
    )

    assert {code: int(marked.observations[code].number or -1) for code in NUMBERS} == numbered()
    assert [(f.case, f.indicators) for f in marked.findings if f.code == "S04"] == [("missing_heading", ("A",))]


@pytest.mark.parametrize(
    "line",
    [["（甲）", "（乙）", 7], ["A", "B", "D"], ["二", None, 3], ["(1)", "件", "(2)"], ["栏次", None, 12]],
    ids=str,
)
def test_a_line_under_the_header_that_does_not_count_up_is_still_told(line: list[object]) -> None:
    result = rewritten(
        ("统计指标", "单位", "统计数"),
        lambda code, label, unit, value: line if code == "A" else [label, unit, value],
    )

    assert ("hard", "S04", "extra") in grave(result)


def test_numbers_that_count_up_below_the_first_indicator_are_still_told() -> None:
    result = rewritten(
        ("统计指标", "单位", "统计数"),
        lambda code, label, unit, value: ["(1)", "(2)", "(3)"] if code == "B" else [label, unit, value],
    )

    assert ("hard", "S04", "extra") in grave(result)


@pytest.mark.parametrize(
    "words",
    ["（以元计）", "（元，四舍五入）", "（￥）", "（人民币：元）", "（元）*", "（元）（全年）", "（单位：千元）"],
)
def test_money_of_another_size_in_any_brackets_of_a_label_is_never_taken(words: str) -> None:
    result = rewritten(
        ("统计指标", "统计数"), lambda code, label, unit, value: [label + (words if code in ("G", "H4") else ""), value]
    )

    assert [code for code in NUMBERS if result.observations[code].value is None] == ["G", "H4"]
    assert [entry for entry in grave(result) if entry[1] != "S01"] == [("soft", "U01", "scale")] * 2


@pytest.mark.parametrize("words", ["（万元）", "（含单元楼、多元化支出）", "（自元旦起）", "（计量单位：万元）"])
def test_brackets_that_name_no_other_money_accuse_nobody(words: str) -> None:
    result = rewritten(
        ("统计指标", "单位", "统计数"),
        lambda code, label, unit, value: [label + (words if code in ("G", "H4") else ""), unit, value],
    )

    assert {code: int(result.observations[code].number or -1) for code in NUMBERS} == numbered()
    assert [entry for entry in grave(result) if entry[1] != "S01"] == []


def test_a_line_over_the_table_that_lists_yuan_among_other_units_counts_for_the_money() -> None:
    whole = filing()
    lines = [replace(line, unit="") if line.unit == "万元" else line for line in whole.lines]
    book = lay_out(replace(whole, lines=tuple(lines)), Layout(above=("计量单位：条、件、元",)))

    result = locate(book)

    assert [code for code in NUMBERS if result.observations[code].value is None] == ["G", "H4"]


def test_where_one_of_several_equal_labels_is_undecided_none_of_them_is_taken() -> None:
    whole = filing()
    book = lay_out(replace(whole, lines=whole.lines[::-1]))

    result = locate(book)

    assert [code for code in NUMBERS if code not in result.observations] == ["D2", "D3", "E2", "E3"]
    others = [code for code in NUMBERS if code not in ("D2", "D3", "E2", "E3")]
    assert {code: int(result.observations[code].number or -1) for code in others} == {c: numbered()[c] for c in others}
    assert {(f.severity.value, f.case) for f in result.findings if f.code == "S04"} >= {("hard", "ambiguous")}
