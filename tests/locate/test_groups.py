"""Columns of the same words under different groups: 期初人口（合计、女）, 期末人口（合计、女）."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import observe
from consolidator.locate.columns.neighbours import Neighbours
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

if TYPE_CHECKING:
    from consolidator.model import Sheet

TITLE = "人口变动表"
FORM = """\
id: people-2020
title: 人口变动表
authority: 县
blank_policy: missing
headlines: []
filer: {label: 填报单位}
tables:
  - id: main
    title: 人口变动表
    label_headers: [类别]
    columns:
      - {key: a, label: 合计, group: 期初人口}
      - {key: b, label: '其中：女', group: 期初人口}
      - {key: c, label: 合计, group: 期末人口}
      - {key: d, label: '其中：女', group: 期末人口}
    rows:
      - {code: R1, level: 1, type: count, unit_of_measure: 人, label: 农业户}
      - {code: R2, level: 1, type: count, unit_of_measure: 人, label: 非农业户}
rules: []
"""
SUB = ("合计", "其中：女", "合计", "其中：女")
AS_PRINTED = {"a": 0, "b": 1, "c": 2, "d": 3}
MERGED = (Area(3, 2, 3, 3), Area(3, 4, 3, 5))


def form(text: str = FORM) -> Form:
    return load_text(text, "people-2020.yaml", "zh")


def laid(groups: tuple[str | None, ...], heads: tuple[str, ...] = SUB, *merges: Area) -> Sheet:
    rows: list[list[object]] = [[TITLE], ["填报单位：甲镇", None, "2026年度"], ["类别", *groups], [None, *heads]]
    rows += [
        [label, *(100 * spot + row for spot in range(len(heads)))] for row, label in enumerate(("农业户", "非农业户"))
    ]
    return sheet(rows, Area(3, 1, 4, 1), *merges)


def read(on: Sheet, text: str = FORM) -> tuple[dict[str, int], list[tuple[str, str, str]]]:
    """For each column of the form the sheet column that was read, and what is accused."""
    found = observe(Workbook(FileFormat.XLSX, (on,)), (form(text),))
    assert isinstance(found, tuple)
    (result,) = found
    seen = {code: entry.number for code, entry in result.observations.items()}
    return {code[-1]: int(value) // 100 for code, value in seen.items() if value is not None}, grave(result)


@pytest.mark.parametrize("merges", [MERGED, ()])
@pytest.mark.parametrize(
    "groups", [("期初人口", "期末人口"), ("期初人口（人）", "期末 人口"), ("2026年期初人口", "期末人口")]
)
def test_columns_of_the_same_words_are_told_apart_by_the_group_over_them(
    groups: tuple[str, str], merges: tuple[Area, ...]
) -> None:
    assert read(laid((groups[0], None, groups[1]), SUB, *merges)) == (AS_PRINTED, [])


@pytest.mark.parametrize("merges", [MERGED, ()])
def test_groups_may_stand_in_another_order(merges: tuple[Area, ...]) -> None:
    columns, accused = read(laid(("期末人口", None, "期初人口"), SUB, *merges))

    assert (columns, accused) == ({"c": 0, "d": 1, "a": 2, "b": 3}, [])


@pytest.mark.parametrize(
    ("groups", "merges"),
    [
        ((), ()),
        (("期初人口", None, "期末"), MERGED),
        (("期初人口", None, "期初人口"), MERGED),
        ((None, "期末人口", None, "期初人口"), ()),
        (("期初人口", None, None), MERGED[:1]),
    ],
)
def test_where_a_column_stands_in_no_group_of_the_form_none_of_its_words_is_chosen(
    groups: tuple[str | None, ...], merges: tuple[Area, ...]
) -> None:
    columns, accused = read(laid(groups, SUB, *merges))

    assert not {"a", "c"}.intersection(columns)
    assert ("hard", "L04", "groups") in accused


def test_groups_may_say_the_years_that_the_form_calls_this_one_and_the_last() -> None:
    text = FORM.replace("期初人口", "上年").replace("期末人口", "本年")
    columns, accused = read(laid(("2026年", None, "2025年"), SUB, *MERGED), text)

    assert (columns, accused) == ({"c": 0, "d": 1, "a": 2, "b": 3}, [])


def test_a_column_without_a_group_is_told_from_one_in_a_group_by_the_same_words() -> None:
    text = FORM.replace("label: 合计, group: 期初人口", "label: 合计")
    columns, accused = read(laid((None, "期初人口", "期末人口"), SUB, MERGED[1]), text)

    assert (columns, accused) == (AS_PRINTED, [])


@pytest.mark.parametrize(("key", "agreed"), [("a", True), ("c", False), ("b", False)])
def test_a_name_of_a_cell_is_held_against_the_group_over_it_too(key: str, agreed: bool) -> None:
    on, known = laid(("期初人口", None, "期末人口"), SUB, *MERGED), form()
    around = Neighbours(on, {(row, column) for row in (5, 6) for column in range(2, 6)})

    assert around.agree(known.tables[0], known.indicators[f"R1.{key}"], 5, 2) is agreed


@pytest.mark.parametrize("over", ["其中", "全县合计", "同比增减"])
def test_a_head_over_the_forms_own_groups_is_the_forms_too(over: str) -> None:
    rows: list[list[object]] = [[TITLE], ["填报单位：甲镇", None, "2026年度"], ["类别", over]]
    rows += [[None, "期初人口", None, "期末人口"], [None, *SUB]]
    rows += [[label, *(100 * spot + row for spot in range(4))] for row, label in enumerate(("农业户", "非农业户"))]
    merges = (Area(3, 1, 5, 1), Area(3, 2, 3, 5), Area(4, 2, 4, 3), Area(4, 4, 4, 5))

    assert read(sheet(rows, *merges)) == (AS_PRINTED, [])


SIX = ("合计", "其中：女", "合计", "其中：女", "合计", "其中：女")
THREE = (*MERGED, Area(3, 6, 3, 7))


@pytest.mark.parametrize("merges", [THREE, ()])
@pytest.mark.parametrize(
    ("groups", "columns"),
    [
        (("上年期初人口", None, "期初人口", None, "期末人口"), {"a": 2, "b": 3, "c": 4, "d": 5}),
        (("期初人口", None, "2025年期末", None, "期末人口"), {"a": 0, "b": 1, "c": 4, "d": 5}),
        (("期初人口", None, "期末人口", None, "去年同期"), AS_PRINTED),
    ],
)
def test_a_group_of_another_period_beside_the_forms_own_is_passed_over(
    groups: tuple[str | None, ...], columns: dict[str, int], merges: tuple[Area, ...]
) -> None:
    assert read(laid(groups, SIX, *merges)) == (columns, [])


def test_a_group_that_the_form_has_not_is_told_column_by_column() -> None:
    columns, accused = read(laid(("期初人口", None, "流动人口", None, "期末人口"), SIX, *THREE))

    assert columns == {"a": 0, "b": 1, "c": 4, "d": 5}
    assert accused == [("hard", "L05", "inside")] * 2
    assert read(laid(("期初人口", None, "期末人口", None, "流动人口"), SIX, *THREE)) == (AS_PRINTED, [])


@pytest.mark.parametrize("late", ["期末人口（上年）", "2025年期末人口", "期末人口（2025年）"])
def test_the_forms_own_group_of_another_period_is_told_with_its_words(late: str) -> None:
    columns, accused = read(laid(("期初人口", None, late), SUB, *MERGED))

    assert columns == {"a": 0, "b": 1}
    assert accused
    assert {each[1:] for each in accused} <= {("L04", "other_head"), ("S04", "other_period_over")}
