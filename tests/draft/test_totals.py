"""Columns and rows of totals: what they add up is of one head, and only what is sure rejects a filing."""

from __future__ import annotations

import pytest

from consolidator.findings import Severity
from tests.draft.sheets import Lines, form, sheet, text

HARD, SOFT = Severity.HARD, Severity.SOFT


def told(lines: Lines, *merges: tuple[int, int, int, int]) -> dict[str, Severity]:
    """The written rules of a draft, each with its weight."""
    return {rule.formula: rule.severity for rule in form(sheet(lines, *merges)).rules}


def test_a_column_of_totals_adds_up_only_what_stands_under_its_own_head():
    heads = [
        ["类别", "期初人口", None, "增加", None, None, "减少", None, None],
        [None, "合计", "其中：女", "小计", "出生", "迁入", "小计", "死亡", "迁出"],
    ]
    merges = ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 6), (1, 7, 1, 9))
    assert told([*heads, ["城市"], ["农村"]], *merges) == {
        "*.female <= *.total": HARD, "*.added_subtotal = *.births + *.c5": HARD, "*.removed_subtotal = *.deaths + *.c8": HARD,
    }  # fmt: skip


def test_a_total_without_parts_under_its_head_is_no_sum_of_the_columns_beside_it():
    heads = [
        ["类别", "在校生（人）", None, None, "教职工（人）", None],
        [None, "合计", "男", "女", "合计", "其中：专任教师"],
    ]
    merges = ((1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 6))
    assert told([*heads, ["小学"], ["初中"]], *merges) == {
        "*.enrolled_students_total = *.male + *.female": HARD, "*.c5 <= *.staff_total": HARD,
    }  # fmt: skip


def test_each_way_of_telling_a_total_apart_is_a_sum_of_its_own():
    heads = [
        ["类别", "劳动力", "转移就业", None, None, None, None],
        [None, None, "合计", "按性别分", None, "按地域分", None],
        [None, None, None, "男", "女", "省内", "省外"],
    ]
    merges = ((1, 1, 3, 1), (1, 2, 3, 2), (1, 3, 1, 7), (2, 3, 3, 3), (2, 4, 2, 5), (2, 6, 2, 7))
    assert told([*heads, ["本乡"], ["外乡"]], *merges) == {
        "*.total = *.male + *.female": HARD,
        "*.total = *.c5 + *.c6": SOFT,
    }


@pytest.mark.parametrize(
    ("heads", "figures", "expected"),
    [
        (["合计", "已办", "未办"], None, {"*.total = *.c2 + *.c3": SOFT}),
        (["合计", "已办", "未办"], [5, 2, 3], {"*.total = *.c2 + *.c3": HARD}),
        (["合计", "已办", "未办"], [5, 2, 2], {}),
        (["合计", "男", "女", "党员"], None, {"*.total = *.male + *.female": HARD}),
        (["合计", "男", "女", "党员"], [5, 2, 3, 4], {"*.total = *.male + *.female": HARD}),
        (["合计", "老人", "儿童", "其他"], None, {"*.total = *.elderly + *.children + *.other": HARD}),
        (["合计", "男", "女", "其中：党员"], None, {"*.total = *.male + *.female": HARD, "*.members <= *.total": HARD}),
        (["总数额", "男", "女", "其中：党员"], None, {"*.members <= *.total_amount": HARD}),
        (["总数额", "其中：党员"], [1, 2], {}),
    ],
)  # fmt: skip
def test_a_total_rejects_a_filing_only_where_figures_or_words_bear_it_out(heads, figures, expected):
    assert told([["类别", *heads], ["城市", *(figures or ())], ["其它类", *(figures or ())]]) == expected


def test_rows_of_totals_over_several_categories_ask_and_a_pair_leaves_nothing_over():
    spread = [
        ["项目", "分项", "本月", "累计"],
        ["按性别分", "甲"],
        [None, "乙"],
        ["按年龄分", "丙"],
        [None, "丁"],
        ["合计", None],
    ]
    assert told(spread) == {"C.* = Aa.* + Ab.* + Ba.* + Bb.*": SOFT}
    assert told([["类别", "本月", "累计"], ["合计"], ["男"], ["女"], ["党员"]]) == {"A.* = B.* + C.*": HARD}
    assert "数无误的，说明原因" in text(sheet(spread))


def test_subtotals_of_categories_stand_for_them_in_the_total_and_parts_under_one_head_are_parts():
    lines = [
        ["类别", "名称", "本月", "累计"],
        ["总计", None],
        ["东部", "小计"],
        [None, "大"],
        [None, "小"],
        ["西部", "小计"],
        [None, "长"],
        [None, "短"],
    ]
    assert told(lines)["A.* = Ba.* + Ca.*"] is SOFT
    heads = [["类别", "总数", "其中", None, "发展"], [None, None, "女", "少数民族", None]]
    merges = ((1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 4), (1, 5, 2, 5))
    assert told([*heads, ["农村党员"], ["社区党员"]], *merges) == {"*.female <= *.total": HARD, "*.c3 <= *.total": HARD}
