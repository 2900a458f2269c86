"""Titles that call a form a report of a month, a quarter, half a year, a year."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import FORM, ROWS
from tests.locate.test_regressions import sheet

COLUMNS = "      - {label: 本期数}"
LINES = "\n".join(
    f"      - {{code: A{number}, level: 1, type: count, unit_of_measure: 只, label: {label}}}"
    for number, label in enumerate(ROWS)
)


def told(own: str, title: str, period: str) -> list[tuple[str, str, str]]:
    form = load_text(FORM.format(title=own, columns=COLUMNS, rows=LINES), "dogs-2020.yaml", "zh")
    rows = [[title], [period], ["填报单位：甲镇"], ["指标", "单位", "本期数"]]
    rows += [[label, "只", str(number)] for number, label in enumerate(ROWS)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form,))
    assert isinstance(found, tuple)
    return grave(found[0])


@pytest.mark.parametrize(
    ("own", "title", "period"),
    [
        ("犬只统计表", "犬只统计半年报", "2016年度"),
        ("犬只统计年报表", "犬只统计年报表（半年报）", "2016年度"),
        ("犬只统计表", "犬只季度报表", "2016年7月"),
        ("犬只统计表", "犬只统计月报", "2016年上半年"),
        ("犬只统计表", "犬只统计年报表", "2016年7月"),
    ],
)
def test_a_title_that_calls_the_form_another_kind_of_report_is_asked_about(own: str, title: str, period: str) -> None:
    assert told(own, title, period) == [("soft", "S03", "kind")]


@pytest.mark.parametrize(
    ("own", "title", "period"),
    [
        ("犬只统计表", "犬只统计半年报", "2016年1-6月"),
        ("犬只统计月报表", "犬只统计月报表", "2016年度"),
        ("犬只统计表", "犬只年度报表", "2016年度"),
        ("犬只统计表", "犬只统计月报", "2016年7月"),
        ("犬只统计表", "犬只统计季报", "2016年第三季度"),
        ("犬只统计表", "犬只年度报告统计表", "2016年7月"),
        ("犬只统计表", "犬只登记半年报送情况", "2016年7月"),
    ],
)
def test_a_title_of_the_same_kind_or_of_the_forms_own_words_is_none(own: str, title: str, period: str) -> None:
    assert told(own, title, period) == []
