"""Years in heads that are written out in Chinese numerals, as titles often write them."""

from __future__ import annotations

import pytest

from consolidator.model import Area
from consolidator.spelling import fold
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import MONTH, YEAR
from tests.locate.test_columns_of_forms import read as read_columns
from tests.locate.test_regressions import HEADING, SIGNED, lines, seen, sheet, values


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("二〇一五年", "2015年"),
        ("二○一五年度", "2015年度"),
        ("二零一五 年", "2015年"),
        ("二Ｏ一五年", "2015年"),
        ("一九九八年", "1998年"),
        ("二百一五年", "二百一五年"),
        ("二三年", "二三年"),
    ],
)
def test_a_year_in_numerals_is_the_same_as_in_digits(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    "head",
    ["统计数（二〇一五年）", "统计数（二○一五年）", "统计数（一五年）", "二〇一五年统计数", "二〇一五年", "一五年"],
)
def test_a_head_of_another_year_in_numerals_is_not_read(head: str) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert not any(values(result).values())
    assert {entry[:2] for entry in grave(result)} == {("hard", "L04")}


@pytest.mark.parametrize("head", ["统计数（二〇一六年）", "统计数（一六年）", "二〇一六年统计数", "二〇一六年"])
def test_a_head_of_this_year_in_numerals_is_read(head: str) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert all(values(result).values())
    assert grave(result) == []


def test_last_years_column_in_numerals_is_no_rival_of_this_years() -> None:
    def line(label: str, unit: str, value: int | None) -> list[object]:
        return [label, unit, value, None if value is None else value + 1]

    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", "统计数", "统计数（二〇一五年）"], *lines(line), *SIGNED]))

    assert all(values(result).values())
    assert grave(result) == []


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("本月数（二〇一五年）", MONTH),
        ("本月数（一五年）", MONTH),
        ("本月数（15年）", MONTH),
        ("二〇一五年本月数", MONTH),
    ],
)
def test_one_of_several_columns_of_another_year_in_numerals_is_not_read(head: str, period: str) -> None:
    columns, accused = read_columns(("本月数", "累计数"), ("指标", "单位", head, "累计数"), period=period)

    assert columns == {"累计数": 1}
    assert {entry[:2] for entry in accused} == {("hard", "L04")}


@pytest.mark.parametrize(("group", "read_at"), [("二〇一六年", 0), ("二〇一五年", None)])
def test_a_year_in_numerals_over_a_group_of_columns_counts_for_all_of_them(group: str, read_at: int | None) -> None:
    heads = (("指标", "单位", group, None), (None, None, "计划数", "完成数"))
    columns, accused = read_columns(("计划数", "完成数"), *heads, period=YEAR, merges=(Area(4, 3, 4, 4),))

    assert columns == {"计划数": read_at, "完成数": None if read_at is None else 1}
    assert accused == ([] if read_at == 0 else [("hard", "S04", "other_period_over")])
