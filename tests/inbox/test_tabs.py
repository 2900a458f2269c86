"""The sheet's name says whose form it is where neither its heading nor its file's name does."""

from __future__ import annotations

import pytest

from consolidator.inbox.attribute import attribute
from consolidator.inbox.names import Register
from consolidator.model import Period, ReportingUnit
from tests.inbox.test_doubts import EAST, SUM, WEST, together

ROSTER = Register([ReportingUnit("01", "甲镇"), ReportingUnit("02", "乙镇")])
NOBODY = Register((), open_ended=True)


def whose(register: Register, file: str, *tabs: str, filer: str = "") -> list[tuple[str, str]]:
    """The unit of each form, and what is said of it."""
    parts = [(tab, filer, figures) for tab, figures in zip(tabs, (EAST, WEST, SUM), strict=False)]
    entries = attribute(together(*parts, file=file), register, Period(2016))
    return [
        (entry.unit.name if entry.unit else "", "/".join(f"{each.code} {each.case}" for each in entry.findings))
        for entry in entries
    ]


@pytest.mark.parametrize("register", [ROSTER, NOBODY], ids=["roster", "none"])
def test_of_forms_without_a_name_in_a_file_without_one(register: Register) -> None:
    assert whose(register, "报表.xlsx", "甲镇") == [("甲镇", "S02 by_tab")]
    assert whose(register, "报表.xlsx", "甲镇", "乙镇") == [("甲镇", "S02 by_tab"), ("乙镇", "S02 by_tab")]
    assert whose(register, "报表.xlsx", "Sheet1") == [("", "S02 nameless")]
    assert whose(register, "报表.xlsx", "合计", filer="合计")[0][0] == ""


def test_the_files_name_goes_before_it_but_where_several_sheets_are_named_for_units_of_the_roster() -> None:
    assert whose(ROSTER, "乙镇.xlsx", "甲镇") == [("乙镇", "S05 /S02 tab")]
    assert whose(ROSTER, "甲镇.xlsx", "甲镇", "乙镇") == [("甲镇", "S02 by_tab"), ("乙镇", "S02 by_tab")]
    assert [name for name, _ in whose(ROSTER, "甲镇.xlsx", "东村", "西村")] == ["甲镇", "甲镇"]
    assert [name for name, _ in whose(NOBODY, "甲镇.xlsx", "东村", "西村")] == ["甲镇", "甲镇"]


@pytest.mark.parametrize("tab", ["城镇", "农村", "各乡镇", "全县", "社区", "小学", "城区", "表一"])
def test_parts_of_a_form_are_nobodys_names(tab: str) -> None:
    assert whose(NOBODY, "报表.xlsx", tab) == [("", "S02 nameless")]


def test_versions_in_one_file_are_named_by_their_sheets() -> None:
    entries = attribute(together(("东村", "", EAST), ("西村", "", WEST)), ROSTER, Period(2016))
    (told,) = (each for entry in entries for each in entry.findings if each.case == "conflict")

    assert told.details["files"] == "“甲镇.xlsx／东村”、“甲镇.xlsx／西村”"
