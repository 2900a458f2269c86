"""Names that once found the wrong unit, or none."""

from __future__ import annotations

import pytest

from consolidator.inbox import Filing, Register, attribute
from consolidator.model import Period, ReportingUnit


def register(*names: str, county: str = "") -> Register:
    return Register([ReportingUnit(str(number), name) for number, name in enumerate(names, 1)], county)


@pytest.mark.parametrize("county", ["绍兴市越城区", "越城区", "越城"])
@pytest.mark.parametrize("text", ["越城区东浦镇", "绍兴市越城区东浦镇人民政府", "东浦镇", "越 城 区 东 浦 镇"])
def test_the_county_may_be_written_in_full_or_short(county: str, text: str) -> None:
    assert [unit.name for unit in register("东浦镇", "教育局", county=county).find(text).units] == ["东浦镇"]


def test_a_bureau_may_call_its_county_by_its_level_alone() -> None:
    assert register("教育局", county="绍兴市越城区").find("区教育局").unit is not None


@pytest.mark.parametrize("county", ["", "绍兴市越城区"])
@pytest.mark.parametrize("text", ["柯桥区教育局", "绍兴市教育局"])
def test_another_countys_bureau_is_not_ours(county: str, text: str) -> None:
    ours = register("越城区教育局", county=county)

    assert ours.find(text).units == ()
    assert ours.named_in(f"{text}2016年统计表.xlsx").units == ()
    assert ours.named_in("2016年越城区教育局统计表.xlsx").unit is not None
    assert ours.named_in("2016年教育局统计表.xlsx").unit is not None


def test_a_file_name_with_two_units_names_both_even_when_one_name_holds_the_other() -> None:
    both = register("城关镇", "新城关镇").named_in("城关镇、新城关镇.xlsx")

    assert [unit.name for unit in both.units] == ["城关镇", "新城关镇"]


def test_without_a_roster_a_year_is_no_part_of_the_name() -> None:
    assert Register.place_in("2016年度城关镇统计表.xlsx") == "城关镇"
    assert Register.place_in("沙镇2016年.xlsx") == "沙镇"
    assert Register.place_in("乡镇.xlsx") == ""
    assert Register.place_in("城镇.xlsx") == ""
    assert Register.place_in("平罗县各乡镇汇总.xlsx") == ""


@pytest.mark.parametrize(
    ("file", "stated", "outcome"),
    [
        ("甲镇.xlsx", Period(2016, 3), []),
        ("甲镇2016年第3季度.xlsx", Period(2016, 3), []),
        ("甲镇2016年第2季度.xlsx", Period(2016, 3), ["soft file_name"]),
        ("甲镇2016年第2季度.xlsx", None, ["hard wrong_name"]),
        ("甲镇.xlsx", Period(2016, 2), ["hard wrong_period"]),
        ("甲镇.xlsx", Period(2016), ["soft year_only"]),
        ("甲镇.xlsx", Period(2016, span=(7, 9)), []),
        ("甲镇.xlsx", Period(2016, span=(1, 9)), ["soft cumulative"]),
        ("甲镇.xlsx", Period(2016, span=(1, 6)), ["hard wrong_period"]),
    ],
)
def test_a_quarter_is_asked_for_by_heading_and_file_name(file: str, stated: Period | None, outcome: list[str]) -> None:
    filing = Filing(file, "", "form", "S", "甲镇", None, "", stated, None, "", {})

    (entry,) = attribute([filing], register("甲镇"), Period(2016, 3))

    assert [f"{finding.severity.value} {finding.case}" for finding in entry.findings] == outcome


@pytest.mark.parametrize(
    ("file", "stated", "outcome"),
    [
        ("甲镇7月.xlsx", Period(2026, month=7), []),
        ("甲镇7月（8月3日报）.xlsx", Period(2026, month=7), []),
        ("甲镇6月.xlsx", Period(2026, month=7), ["soft file_name"]),
        ("甲镇202606.xlsx", Period(2026, month=7), ["soft file_name"]),
        ("甲镇20260605.xlsx", Period(2026, month=7), []),
        ("甲镇二〇二六年十一月.xlsx", Period(2026, month=7), ["soft file_name"]),
        ("甲镇6月.xlsx", None, ["hard wrong_name"]),
        ("甲镇7月.xlsx", None, ["soft not_stated"]),
        ("甲镇7月.xlsx", Period(2026, month=6), ["hard wrong_period"]),
        ("甲镇.xlsx", Period(2026), ["soft year_only"]),
        ("甲镇.xlsx", Period(2025, month=7), ["hard wrong_period"]),
    ],
)
def test_a_month_is_asked_for_by_heading_and_file_name(file: str, stated: Period | None, outcome: list[str]) -> None:
    filing = Filing(file, "", "form", "S", "甲镇", None, "", stated, None, "", {})

    (entry,) = attribute([filing], register("甲镇"), Period(2026, month=7))

    assert [f"{finding.severity.value} {finding.case}" for finding in entry.findings] == outcome


def test_a_file_with_two_units_forms_may_be_named_after_one_of_them() -> None:
    filings = [
        Filing("甲镇.xlsx", "", "form", "S", filer, None, "", Period(2016), None, "", {}, number)
        for number, filer in enumerate(("甲镇", "乙镇"), start=1)
    ]

    entries = attribute(filings, register("甲镇", "乙镇"), Period(2016))

    assert [(entry.unit and entry.unit.name, entry.status) for entry in entries] == [("甲镇", None), ("乙镇", None)]
