"""A form with one line to fill in, its indicators as heads side by side: what is read, and what is told."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import Area, CellKind, FileFormat, Workbook
from consolidator.read import open_workbook
from consolidator.terms import catalogue
from consolidator.write.blanks.blank_book import blank_book
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet
from tests.template import clerk
from tests.template.sheets import opened, saved

FORM = """\
id: safety-2026
title: 安全检查统计表
authority: 县应急管理局
blank_policy: missing
filer: {label: 填报单位}
sign_off:
  - {key: phone, label: 电话, private: true}
tables:
  - id: main
    title: 安全检查统计表
    arrangement: across
    label_headers: [指标]
    columns:
      - {label: 数量}
    rows:
      - {code: A, level: 1, type: count, unit_of_measure: 家, label: 检查企业（家）}
      - {code: B, level: 1, type: heading, label: 发现隐患}
      - {code: B1, level: 2, parent: B, type: count, unit_of_measure: 处, label: 一般}
      - {code: B2, level: 2, parent: B, type: count, unit_of_measure: 处, label: 重大}
      - {code: C, level: 1, type: heading, label: 整改隐患}
      - {code: C1, level: 2, parent: C, type: count, unit_of_measure: 处, label: 一般}
      - {code: C2, level: 2, parent: C, type: count, unit_of_measure: 处, label: 重大}
      - {code: D, level: 1, type: money, unit_of_measure: 万元, label: 罚款（万元）}
"""
HEADS = ["检查企业（家）", "发现隐患", None, "整改隐患", None, "罚款（万元）"]
UNDER = [None, "一般", "重大", "一般", "重大", None]
FIGURES: list[object] = [30, 5, 1, 4, 2, 7]


def filed(*lines: list[object], heads: list[object] | None = None, under: list[object] | None = None) -> Located:
    """A filing with these lines under its heads, the headings merged over their indicators."""
    top = heads or list(HEADS)
    page = sheet([["安全检查统计表"], ["填报单位：甲镇"], top, under or list(UNDER), *lines])
    groups = [place for place, text in enumerate(top, start=1) if text in {"发现隐患", "整改隐患"}]
    merged = replace(page, merges=tuple(Area(3, left, 3, left + 1) for left in groups))
    found = observe(Workbook(FileFormat.XLSX, (merged,)), (load_text(FORM, "safety-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    return found[0]


def read(result: Located) -> dict[str, int]:
    return {code: int(seen.number) for code, seen in result.observations.items() if seen.number is not None}


def told(result: Located) -> list[tuple[str, str, str]]:
    return [each for each in grave(result) if each[1] not in {"S01", "S02", "S03"}]


ALL = dict(zip(["A", "B1", "B2", "C1", "C2", "D"], FIGURES, strict=True))


def test_every_figure_is_read_under_its_head() -> None:
    assert (read(filed(FIGURES)), told(filed(FIGURES))) == (ALL, [])


def test_the_numbers_of_the_columns_and_the_fields_below_are_no_line_of_figures() -> None:
    result = filed([1, 2, 3, 4, 5, 6], FIGURES, ["电话：6012345", None, None, None, None, "2026年1月5日"])
    assert (read(result), told(result)) == (ALL, [])


def test_the_name_of_the_unit_before_the_line_is_no_column_too_many() -> None:
    result = filed(["甲镇", *FIGURES], heads=["单位名称", *HEADS], under=[None, *UNDER])
    assert (read(result), told(result)) == (ALL, [])


def test_of_several_lines_none_is_chosen() -> None:
    result = filed(FIGURES, FIGURES)
    assert (read(result), told(result)) == ({}, [("hard", "S04", "lines")])


def test_a_head_that_the_form_has_not_is_told_where_a_figure_stands_under_it() -> None:
    inside = filed([9, *FIGURES], heads=["新增", *HEADS], under=[None, *UNDER])
    assert (read(inside), told(inside)) == (ALL, [("hard", "L05", "inside")])
    right = filed([*FIGURES, 9], heads=[*HEADS, "新增"], under=[*UNDER, None])
    assert (read(right), told(right)) == (ALL, [])
    assert [(each.code, each.case) for each in right.findings if each.code == "L05"] == [("L05", "right")]


def test_a_head_that_is_gone_is_told() -> None:
    result = filed(FIGURES[1:], heads=HEADS[1:], under=UNDER[1:])
    assert told(result) == [("hard", "S04", "missing")]
    assert read(result) == {code: value for code, value in ALL.items() if code != "A"}


def test_a_figure_under_a_heading_whose_own_head_is_gone_is_not_called_a_column_too_many() -> None:
    result = filed(FIGURES, under=[None, "一般", None, "一般", "重大", None])
    assert told(result) == [("hard", "L04", "head_gone"), ("hard", "S04", "missing")]
    assert [each.cells for each in result.findings if each.case == "head_gone"] == [("C4",)]
    assert read(result) == {code: value for code, value in ALL.items() if code != "B2"}


def test_heads_in_another_order_are_told_at_their_cells() -> None:
    result = filed([30, 1, 5, 4, 2, 7], under=[None, "重大", "一般", "一般", "重大", None])
    assert (read(result), told(result)) == (ALL, [])
    (moved,) = [each for each in result.findings if each.code == "S04"]
    assert (moved.case, moved.cells) == ("moved_head", (f"{moved.details['columns']}4",))
    assert moved.details["columns"] == ("B" if moved.indicators == ("B2",) else "C")


@pytest.mark.parametrize("said", ["罚款（元）", "罚款（亿元）"])
def test_another_unit_of_measure_in_a_head_withholds_the_figure(said: str) -> None:
    result = filed(FIGURES, heads=[*HEADS[:-1], said])
    assert told(result) == [("soft", "U01", "scale")]
    assert "D" not in read(result)


def test_its_blank_form_prints_the_headings_and_comes_back() -> None:
    form = load_text(FORM, "safety-2026.yaml", "zh")
    book = opened(blank_book(form, catalogue("zh"), None, None))
    expected = clerk.fill(book, clerk.own_values(form))
    clerk.without_formats(book)
    workbook = open_workbook(saved(book), "甲镇.xlsx")
    assert isinstance(workbook, Workbook)
    texts = [cell.text for cell in workbook.sheets[0].cells.values() if cell.kind is CellKind.TEXT]
    assert texts.count("发现隐患") == texts.count("整改隐患") == 1

    found = observe(replace(workbook, names={}, properties={}), (form,))

    assert isinstance(found, tuple)
    assert (read(found[0]), told(found[0])) == (expected, [])
