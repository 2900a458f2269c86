"""Heads over several columns that say what the figures under them are, or whose."""

from __future__ import annotations

import pytest

from consolidator.model import Area
from tests.locate.test_columns_of_forms import MONTH, read

LABELS = ("本月实际", "本年累计")
AS_PRINTED = {"本月实际": 0, "本年累计": 1}
MERGED = (Area(4, 3, 4, 4),)


def under(
    group: str, labels: tuple[str, ...] = LABELS, merges: tuple[Area, ...] = MERGED
) -> tuple[dict[str, int | None], list[tuple[str, str, str]]]:
    lines = (("指标", "单位", group, *(None for _ in labels[1:])), (None, None, *labels))
    return read(labels, *lines, period=MONTH, merges=merges)


@pytest.mark.parametrize(
    "group", ["计划数", "同比增减（%）", "基数", "年度计划", "目标任务", "参考数", "比重（%）", "2016年计划数"]
)
def test_figures_under_a_head_that_names_another_kind_are_not_read(group: str) -> None:
    columns, accused = under(group)

    assert columns == dict.fromkeys(LABELS)
    assert accused == [("hard", "S04", "other_period_over")]


@pytest.mark.parametrize("group", ["计划数", "同比增减（%）", "2016年计划数"])
def test_where_it_is_not_merged_it_speaks_of_the_column_under_it(group: str) -> None:
    columns, accused = under(group, merges=())

    assert columns == {"本月实际": None, "本年累计": 1}
    assert accused == [("hard", "S04", "other_period_over")]


@pytest.mark.parametrize("group", ["其中：乙村", "全县合计", "样表", "（示例）"])
def test_figures_that_may_be_others_than_the_units_are_read_and_asked_about(group: str) -> None:
    columns, accused = under(group)

    assert columns == AS_PRINTED
    assert accused == [("soft", "L04", "group_head")]


@pytest.mark.parametrize(
    "group", ["统计数", "完成情况", "单位：只", "计划完成情况", "数量", "犬只登记统计表", "甲镇", "本单位"]
)
def test_a_head_that_says_neither_accuses_nobody(group: str) -> None:
    assert under(group) == (AS_PRINTED, [])


@pytest.mark.parametrize(
    ("group", "labels"),
    [("计划执行情况", ("计划数", "完成数")), ("增减情况", ("增加数", "减少数")), ("同比增减", ("增减数", "增减率"))],
)
def test_the_forms_own_columns_of_plans_and_changes_may_stand_under_a_head_that_says_so(
    group: str, labels: tuple[str, ...]
) -> None:
    assert under(group, labels) == ({label: spot for spot, label in enumerate(labels)}, [])
