"""The form more than once on a sheet, one beside the other; tables side by side in the forms of several units."""

from __future__ import annotations

from itertools import zip_longest

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import Located, observe
from consolidator.model import Area, FileFormat, Period, Sheet, Workbook
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

Rows = list[list[object]]
ONE, THREE = form(("数量",)), form(("早稻", "晚稻", "合计"))
YEAR = Period(2016)
ABREAST = """\
id: two-2020
title: 犬只表
authority: 县公安局
blank_policy: missing
headlines: []
filer: {label: 填报单位}
tables:
  - id: a
    title: 一、登记
    label_headers: [指标]
    columns: [{key: x, label: 城区}, {key: y, label: 乡村}]
    rows:
      - {code: A1, level: 1, type: count, unit_of_measure: 只, label: 登记数}
      - {code: A2, level: 1, type: count, unit_of_measure: 只, label: 免疫数}
      - {code: A3, level: 1, type: count, unit_of_measure: 只, label: 走失数}
  - id: b
    title: 二、收容
    label_headers: [项目]
    columns: [{key: x, label: 公立}, {key: y, label: 民办}]
    rows:
      - {code: B1, level: 1, type: count, unit_of_measure: 只, label: 收容数}
      - {code: B2, level: 1, type: count, unit_of_measure: 只, label: 领养数}
      - {code: B3, level: 1, type: count, unit_of_measure: 只, label: 死亡数}
rules: []
"""


def two_tables() -> Form:
    return load_text(ABREAST, "two-2020.yaml", "zh")


def copy(labels: Form, filer: str, when: str, base: int, *, serial: bool = False) -> Rows:
    columns = [column.label for column in labels.grids[0].columns]
    rows: Rows = [[TITLE], [when], [filer], [*(["序号"] if serial else []), "指标", "单位", *columns]]
    for number, label in enumerate(ROWS):
        figures = [base + 10 * number + place for place in range(len(columns))]
        rows.append([*([number + 1] if serial else []), label, "只", *figures])
    return rows


def tables(filer: str, when: str, base: int) -> Rows:
    """The form of two tables, which stand side by side."""
    head: Rows = [["犬只表"], [when], [filer], ["指标", "城区", "乡村", None, "项目", "公立", "民办"]]
    names = zip(("登记数", "免疫数", "走失数"), ("收容数", "领养数", "死亡数"), strict=True)
    return head + [
        [one, base + n, base + n + 10, None, other, base + n + 20, base + n + 30]
        for n, (one, other) in enumerate(names)
    ]


def beside(left: Rows, right: Rows, gap: int = 1) -> Rows:
    width = max(map(len, left)) + gap
    return [[*one, *[None] * (width - len(one)), *other] for one, other in zip_longest(left, right, fillvalue=[])]


def seen(labels: Form, *sheets: Sheet, period: Period | None = YEAR) -> tuple[Located, ...]:
    found = observe(Workbook(FileFormat.XLSX, sheets), (labels,), period=period)
    assert isinstance(found, tuple)
    return found


def figures(result: Located) -> list[int]:
    return sorted(int(each.number) for each in result.observations.values() if each.number is not None)


def cases(result: Located) -> list[tuple[str, str, str]]:
    return [(each.severity.value, each.code, each.case) for each in result.findings]


@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("serial", [False, True], ids=["", "serial numbers"])
@pytest.mark.parametrize("labels", [ONE, THREE], ids=["one column", "three"])
@pytest.mark.parametrize("years", [(2016, 2015), (2015, 2016)], ids=["right", "left"])
def test_the_copy_of_this_period_is_read_and_the_other_passed_over_with_a_note(
    years: tuple[int, int], labels: Form, *, serial: bool, gap: int
) -> None:
    both = [copy(labels, "填报单位：甲镇", f"（{year}年度）", year * 100, serial=serial) for year in years]
    (result,) = seen(labels, sheet(beside(*both, gap=gap)))

    assert {number // 1000 for number in figures(result)} == {201}
    assert min(figures(result)) == 201600
    assert len(figures(result)) == len(ROWS) * len(labels.grids[0].columns)
    assert cases(result) == [("note", "L03", "of_this_period")]
    assert result.period is not None
    assert result.period.period == YEAR


def test_a_copy_under_another_that_says_no_period_is_asked_about() -> None:
    first, second = copy(ONE, "填报单位：甲镇", "（2016年度）", 100), copy(ONE, "", "", 500)
    (result,) = seen(ONE, sheet([*first, [None], *second]))

    assert min(figures(result)) == 100
    assert cases(result) == [("soft", "L03", "of_no_period")]


def test_without_a_period_to_choose_by_neither_copy_is_read() -> None:
    both = [copy(ONE, "填报单位：甲镇", f"（{year}年度）", year * 100) for year in (2016, 2015)]
    (result,) = seen(ONE, sheet(beside(*both)), period=None)

    assert (figures(result), cases(result)) == ([], [("hard", "L03", "several_blocks")])


@pytest.mark.parametrize("labels", [ONE, THREE], ids=["one column", "three"])
def test_the_forms_of_two_units_side_by_side_are_read_apart(labels: Form) -> None:
    both = [copy(labels, f"填报单位：{name}", "（2016年度）", base) for name, base in (("甲镇", 100), ("乙镇", 500))]
    one, other = seen(labels, sheet(beside(*both)))

    assert [each.filer.text for each in (one, other) if each.filer] == ["甲镇", "乙镇"]
    assert [min(figures(each)) for each in (one, other)] == [100, 500]
    assert {case for each in (one, other) for _, _, case in cases(each)} == {"apart"}


def test_a_title_merged_over_two_forms_is_over_each() -> None:
    rows = beside(copy(ONE, "填报单位：甲镇", "", 100), copy(ONE, "填报单位：乙镇", "", 500))
    rows[0], rows[1] = [TITLE], ["（2016年度）"]
    one, other = seen(ONE, sheet(rows, Area(1, 1, 1, 7), Area(2, 1, 2, 7)))

    assert [each.period.period for each in (one, other) if each.period] == [YEAR, YEAR]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("填报单位：甲镇", "（2016年度）"), ("", "")),
        (("填报单位：甲镇", ""), ("", "（2016年度）")),
        (("", "（2016年度）"), ("填报单位：甲镇", "")),
    ],
)
def test_copies_under_one_heading_are_not_parted_and_neither_is_read(
    left: tuple[str, str], right: tuple[str, str]
) -> None:
    rows = beside(copy(ONE, *left, 100), copy(ONE, *right, 500))
    rows[0] = [TITLE]
    (result,) = seen(ONE, sheet(rows))

    assert figures(result) == []
    assert ("hard", "S04", "doubled_many") in cases(result)


@pytest.mark.parametrize("arranged", ["two sheets", "under one another", "in one line"])
def test_tables_side_by_side_make_up_the_form_of_each_unit(arranged: str) -> None:
    one, other = tables("填报单位：甲镇", "（2016年度）", 100), tables("填报单位：乙镇", "（2016年度）", 500)
    sheets = {
        "two sheets": (sheet(one, name="甲"), sheet(other, name="乙")),
        "under one another": (sheet([*one, [None], *other]),),
        "in one line": (sheet(beside(one, other)),),
    }[arranged]
    found = seen(two_tables(), *sheets)

    assert [(each.filer.text, min(figures(each)), len(figures(each))) for each in found if each.filer] == [
        ("甲镇", 100, 12),
        ("乙镇", 500, 12),
    ]


def test_four_forms_on_one_sheet_two_by_two_are_read_apart() -> None:
    names = ("甲镇", "乙镇", "丙镇", "丁镇")
    a, b, c, d = (copy(ONE, f"填报单位：{name}", "（2016年度）", 100 * n) for n, name in enumerate(names, start=1))
    found = seen(ONE, sheet([*beside(a, b), [None], *beside(c, d)]))

    assert [(each.filer.text, min(figures(each))) for each in found if each.filer] == [
        (name, 100 * number) for number, name in enumerate(names, start=1)
    ]
