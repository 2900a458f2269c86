"""Forms of a month whose heads alone name it: `7月实际 | 1-7月累计` under a heading without a period, or with a year."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Period, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

FORM = """\
id: crops-2026
title: 农业生产月报表
authority: 县农业农村局
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 农业生产月报表
    label_headers: [作物]
    columns:
      - {key: now, label: 本月实际}
      - {key: sum, label: 本年累计}
    rows:
      - {code: A1, level: 1, type: count, unit_of_measure: 亩, label: 小麦}
      - {code: A2, level: 1, type: count, unit_of_measure: 亩, label: 玉米}
"""


def filed(heads: tuple[str, str], heading: str = "", text: str = FORM) -> tuple[Located, list[int]]:
    """What a form under these heads says, and the figures that were read as 本月 and 累计 of its first row."""
    rows = [["农业生产月报表"], ["填报单位：甲镇", None, heading], ["作物", *heads], ["小麦", 5, 50], ["玉米", 6, 60]]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (load_text(text, "crops-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    numbers = (found[0].observations.get(code) for code in ("A1.now", "A1.sum"))
    return found[0], [int(seen.number) for seen in numbers if seen is not None and seen.number is not None]


HEADS = [("7月实际", "1-7月累计"), ("7月", "1-7月"), ("本月实际", "1-7月累计"), ("7月实际", "本年累计")]


@pytest.mark.parametrize("heads", HEADS)
def test_without_a_year_they_are_read_and_the_form_is_of_that_month_of_some_year(heads: tuple[str, str]) -> None:
    result, numbers = filed(heads)

    assert (numbers, grave(result), result.period) == ([5, 50], [], None)
    assert result.part is not None
    assert result.part.period.in_year(2026) == Period(2026, month=7)


@pytest.mark.parametrize("heads", HEADS)
def test_a_year_in_the_heading_is_the_year_of_that_month(heads: tuple[str, str]) -> None:
    result, numbers = filed(heads, "2026年")

    assert (numbers, grave(result)) == ([5, 50], [])
    assert result.period is not None
    assert result.period.period == Period(2026, month=7)


def test_a_day_of_filing_beside_the_filer_is_no_month_of_the_heads() -> None:
    result, numbers = filed(HEADS[0], "8月5日")

    assert (numbers, grave(result)) == ([5, 50], [])
    assert result.part is not None
    assert result.part.period.in_year(2026) == Period(2026, month=7)


@pytest.mark.parametrize("heading", ["", "2026年"])
def test_heads_of_two_months_are_of_none(heading: str) -> None:
    result, numbers = filed(("6月实际", "1-7月累计"), heading)

    assert 5 not in numbers
    assert {severity for severity, _, _ in grave(result)} == {"hard"}


def test_a_quarter_is_named_the_same_way() -> None:
    result, numbers = filed(("三季度实际", "1-9月累计"), text=FORM.replace("本月实际", "本季实际"))

    assert (numbers, grave(result)) == ([5, 50], [])
    assert result.part is not None
    assert result.part.period.in_year(2026) == Period(2026, quarter=3)


def test_a_form_whose_own_columns_are_months_is_of_none_of_them() -> None:
    text = FORM.replace("本月实际", "6月").replace("本年累计", "7月")
    result, numbers = filed(("6月", "7月"), "2026年", text)

    assert (numbers, grave(result)) == ([5, 50], [])
    assert result.period is not None
    assert result.period.period == Period(2026)


@pytest.mark.parametrize("heading", ["", "2026年", "2026年7月"])
@pytest.mark.parametrize("heads", [("6月", "1-7月"), ("6月实际", "1-7月累计"), ("二季度", "1-9月"), ("7月", "1—6月")])
def test_months_that_contradict_each_other_are_named_and_nothing_is_read(heads: tuple[str, str], heading: str) -> None:
    result, numbers = filed(heads, heading)

    assert grave(result) == [("hard", "L04", "months")]
    assert heading == "2026年7月" or not numbers
    (told,) = (finding for finding in result.findings if finding.case == "months")
    assert (told.cells, told.details["found"]) == (("B3", "C3"), "”、“".join(heads))


def test_months_that_the_form_prints_itself_contradict_nothing() -> None:
    text = FORM.replace("label: 本月实际", "label: 6月").replace("label: 本年累计", "label: 本月")
    result, numbers = filed(("6月", "7月"), "2026年7月", text)

    assert (numbers, grave(result)) == ([5, 50], [])


QUARTERLY = FORM.replace("本月实际", "本季度").replace(
    "      - {key: sum, label: 本年累计}\n",
    "      - {key: sum, label: 本年累计}\n      - {key: last, label: 上年同期累计}\n      - {key: same, label: 上年同季}\n",
)


def of_quarter(*heads: str) -> dict[str, int]:
    """The first row's figures under heads of a form of the third quarter of 2026, by the key of their columns."""
    rows = [
        ["农业生产月报表"],
        ["填报单位：甲镇", None, "2026年第三季度"],
        ["作物", *heads],
        ["小麦", 5, 50, 40, 4],
        ["玉米", 6, 60, 30, 3],
    ]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (load_text(QUARTERLY, "crops-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    read = {code: seen.number for code, seen in found[0].observations.items() if code.startswith("A1.")}
    return {code.partition(".")[2]: int(number) for code, number in read.items() if number is not None}


@pytest.mark.parametrize(
    "last",
    [
        "上年同期累计",
        "2025年1-9月累计",
        "2025年1-9月",
        "上年1—9月累计",
        "去年同期累计",
        "2025年同期累计数",
        "上年前三季度",
    ],
)
@pytest.mark.parametrize(
    "now", [("本季度", "本年累计"), ("第三季度", "累计"), ("三季度", "前三季度"), ("7-9月", "2026年1-9月累计")]
)
def test_the_same_months_of_the_year_before_are_named_in_many_ways(last: str, now: tuple[str, str]) -> None:
    assert of_quarter(*now, last, "上年同季") == {"now": 5, "sum": 50, "last": 40, "same": 4}


@pytest.mark.parametrize(
    "other",
    ["2024年1-9月累计", "2025年1-6月累计", "2025年累计", "上年7-9月累计", "去年同期", "2025年", "2026年1-6月累计"],
)
def test_other_months_and_years_are_not_the_year_before(other: str) -> None:
    assert "last" not in of_quarter("本季度", "本年累计", other, "上年同季")
