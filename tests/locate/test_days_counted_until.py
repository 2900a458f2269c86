"""The day up to which figures are counted, beside the words for it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.locate import observe
from consolidator.model import Cell, CellKind, FileFormat, Period, Workbook
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

FORM = form(("本期", "上年同期"))
HALF = Period(2016, span=(1, 6))


def stated(words: str, day: str, kind: CellKind = CellKind.TEXT) -> Period | None:
    lines = [[label, "只", number, number] for number, label in enumerate(ROWS)]
    rows = [[TITLE], ["填报单位：甲镇"], [words], ["指标", "单位", "本期", "上年同期"], *lines]
    page = sheet(rows)
    page = replace(page, cells={**page.cells, (3, 2): Cell(3, 2, kind, day, None, "yyyy-mm-dd")})
    found = observe(Workbook(FileFormat.XLSX, (page,)), (FORM,))
    assert isinstance(found, tuple)
    return found[0].period.period if found[0].period else None


@pytest.mark.parametrize("words", ["统计截止", "统计截止日期：", "数据截至", "截至", "（统计截止时间"])
@pytest.mark.parametrize("day", ["2016年6月30日", "2016-06-30", "2016.6.30", "２０１６年６月３０日"])
def test_it_is_the_period_up_to_its_end(words: str, day: str) -> None:
    assert stated(words, day) == HALF


def test_so_it_is_where_the_cell_holds_a_date() -> None:
    assert stated("统计截止", "2016-06-30", CellKind.DATE) == HALF


@pytest.mark.parametrize("words", ["截止日期", "报送截止日期：", "填报日期", "截止"])
@pytest.mark.parametrize("day", ["2017年1月31日", "2017-01-31"])
def test_what_may_be_when_the_form_is_due_is_none(words: str, day: str) -> None:
    period = stated(words, day)
    assert period is None or period.is_year
