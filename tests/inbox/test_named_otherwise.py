"""Titles and names of sheets that are another unit's than the one that files."""

from __future__ import annotations

import pytest

from consolidator.inbox.attribute import attribute
from consolidator.inbox.filings import Filing
from consolidator.model import CellAddress, Period
from tests.inbox.test_regressions import register

YEAR = Period(2016)


def told(titled: str = "", sheet: str = "Sheet1", units: tuple[str, ...] = ("甲镇", "乙镇")) -> list[str]:
    cell = CellAddress(sheet, 1, 1)
    filing = Filing(
        "一.xlsx", "", "form", sheet, "甲镇", None, "甲镇", YEAR, None, "", {}, titled=titled, titled_cell=cell, titled_raw=titled
    )  # fmt: skip
    (entry,) = attribute([filing], register(*units), YEAR)
    assert entry.unit is not None
    assert entry.unit.name == "甲镇"
    return [f"{finding.severity.value} {finding.code} {finding.case}" for finding in entry.findings]


@pytest.mark.parametrize(("titled", "sheet", "case"), [("乙镇", "Sheet1", "titled"), ("", "乙镇", "tab")])
def test_another_units_name_is_asked_about(titled: str, sheet: str, case: str) -> None:
    assert told(titled, sheet) == [f"soft S02 {case}"]


@pytest.mark.parametrize(("titled", "sheet"), [("甲镇", "甲镇"), ("某县", "汇总"), ("丙镇", "丙镇"), ("", "")])
def test_the_units_own_name_and_what_is_nobodys_say_nothing(titled: str, sheet: str) -> None:
    assert told(titled, sheet) == []
