"""The form's period, in a cell of its own over the heads, is no head of a column of this year."""

from __future__ import annotations

import pytest

from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

HEADS = ["指标", "单位", "本年数", "上年数"]


@pytest.mark.parametrize("place", [2, 3])
@pytest.mark.parametrize("again", [True, False], ids=["heads repeated", "heads once"])
def test_a_period_beside_the_filer_is_no_head_of_the_column_under_it(place: int, again: bool) -> None:
    above: list[object] = ["填报单位：甲镇", None, None, None]
    above[place] = "2016年度"
    lines = [[label, "只", 10 + number, 20 + number] for number, label in enumerate(ROWS)]
    rows: list[list[object]] = [[TITLE], above, HEADS, *lines[:2], *([HEADS] if again else []), *lines[2:]]

    seen = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(("本年数", "上年数")),))
    assert isinstance(seen, tuple)
    (result,) = seen

    assert grave(result) == []
    read = {code: int(each.number) for code, each in result.observations.items() if each.number is not None}
    assert read == {f"A{number}.c{place}": 10 * (place + 1) + number for number in range(len(ROWS)) for place in (0, 1)}


@pytest.mark.parametrize("period", ["2016年7月", "7月", "7月份"])
@pytest.mark.parametrize("place", [1, 2])
@pytest.mark.parametrize("other", ["上月", None])
def test_months_in_the_heading_stand_for_no_column_that_lacks(period: str, place: int, other: str | None) -> None:
    above: list[object] = ["填报单位：甲镇", None, None, None]
    above[place] = period
    lines = [[label, "只", 10 + number, 20 + number] for number, label in enumerate(ROWS)]
    rows: list[list[object]] = [[f"{TITLE}（2016年7月）"], above, ["指标", "单位", other, "累计"], *lines]

    seen = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(("本月", "累计")),))
    assert isinstance(seen, tuple)
    (result,) = seen

    assert (result.filer.text if result.filer else "") == "甲镇"
    assert {code for code, each in result.observations.items() if each.number is not None} == {
        f"A{number}.c1" for number in range(len(ROWS))
    }
    assert grave(result) == [("hard", "L04", "unknown_head" if other else "none")]
