"""Sheets that are named for months, under headings that state only their year."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.inbox.attribute import attribute
from consolidator.inbox.filings import Filing
from consolidator.locate import observe
from consolidator.model import FileFormat, Period, Workbook
from tests.inbox.test_regressions import register
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

FORM = form(("本月", "累计"))


def book(*months: int, year: str = "2026年") -> Workbook:
    """A sheet a month, whose figures begin with its number."""
    sheets = []
    for month in months:
        lines = [[label, "只", 100 * month + number, 9000] for number, label in enumerate(ROWS)]
        rows = [[TITLE], ["填报单位：甲镇", None, year], ["指标", "单位", "本月", "累计"], *lines]
        sheets.append(replace(sheet(rows), name=f"{month}月"))
    return Workbook(FileFormat.XLSX, tuple(sheets))


def test_of_sheets_for_each_month_the_one_of_the_period_is_read() -> None:
    seen = observe(book(*range(1, 13)), (FORM,), period=Period(2026, month=7))
    assert isinstance(seen, tuple)
    (result,) = seen

    assert (result.sheet, grave(result)) == ("7月", [])
    assert result.observations["A0.c0"].number == 700
    assert result.part is not None
    assert result.part.period.month == 7


@pytest.mark.parametrize("year", ["2025年", "2026年度"])
def test_the_sheet_is_of_the_year_that_its_heading_says(year: str) -> None:
    seen = observe(book(6, 7, year=year), (FORM,), period=Period(2026, month=7))
    assert isinstance(seen, tuple)

    assert [each.sheet for each in seen if each.observations and not grave(each)] == (["7月"] if "2026" in year else [])


@pytest.mark.parametrize(
    ("part", "period", "stated", "told"),
    [
        (Period(1, month=7), Period(2026, month=7), Period(2026, month=7), []),
        (Period(1, month=6), Period(2026, month=7), Period(2026, month=6), ["hard wrong_tab"]),
        (Period(1, quarter=3), Period(2026, 3), Period(2026, 3), []),
        (None, Period(2026, month=7), Period(2026, month=7), ["soft year_only"]),
        (Period(1, month=6), Period(2026), Period(2026), []),
    ],
)
def test_a_heading_with_a_mere_year_is_of_the_month_that_its_sheet_is_named_for(
    part: Period | None, period: Period, stated: Period, told: list[str]
) -> None:
    filing = Filing("甲镇.xlsx", "", "form", "6月", "甲镇", None, "", Period(2026), None, "2026年", {}, part=part)

    (entry,) = attribute([filing], register("甲镇"), period)

    assert entry.period == stated
    assert [f"{finding.severity.value} {finding.case}" for finding in entry.findings] == told
