"""Without a roster: sums among the filings, and forms in a file that bears another town's name."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.inbox.attribute import attribute
from consolidator.inbox.filings import Filing
from consolidator.inbox.names import Register
from consolidator.model import CellAddress, Observation, Period

YEAR = Period(2016)


def filing(filer: str, figures: tuple[int, ...], file: str = "", sheet: str = "Sheet1", number: int = 1) -> Filing:
    place = CellAddress(sheet, 2, 1)
    values = {
        f"A{place}": Observation(f"A{place}", Decimal(figure), str(figure), CellAddress(sheet, 4 + place, 3))
        for place, figure in enumerate(figures)
    }
    name = file or f"{filer}.xlsx"
    return Filing(name, f"{name}{figures}", "form", sheet, filer, place, filer, YEAR, place, "", values, number=number)


def told(*filings: Filing) -> dict[str, list[str]]:
    """What is said of each unit's filing that counts."""
    entries = attribute(filings, Register((), open_ended=True), YEAR)
    return {
        entry.unit.name: [f"{each.severity.value} {each.case}" for each in entry.findings]
        for entry in entries
        if entry.unit is not None
    }


EAST, WEST, SUM = (120, 31, 45), (8, 64, 71), (128, 95, 116)


def test_a_sum_of_the_other_forms_in_its_file_is_not_counted() -> None:
    parts = [("东村", EAST), ("西村", WEST), ("甲镇", SUM)]
    forms = [filing(name, figures, "甲镇.xlsx", name, n) for n, (name, figures) in enumerate(parts, start=1)]

    said = told(*forms, filing("乙镇", (500, 1, 2)))

    assert said == {"东村": [], "西村": [], "甲镇": ["hard sum_in_file"], "乙镇": []}


def test_a_sum_of_all_others_is_not_counted_whatever_its_file_is_called() -> None:
    said = told(filing("甲镇", EAST), filing("乙镇", WEST), filing("县农业农村局", SUM, "报表.xlsx"))

    assert said == {"甲镇": [], "乙镇": [], "县农业农村局": ["hard sum"]}


@pytest.mark.parametrize(
    ("file", "expected"), [("丙镇.xlsx", ["soft may_be_sum"]), ("全县汇总.xlsx", ["hard sum"])], ids=str
)
def test_small_figures_that_add_up_are_asked_about_unless_the_name_says_that_they_are_a_sum(
    file: str, expected: list[str]
) -> None:
    said = told(filing("甲镇", (1, 2, 3)), filing("乙镇", (4, 5, 6)), filing("丙镇", (5, 7, 9), file))

    assert said["丙镇"] == expected


@pytest.mark.parametrize("figures", [(128, 95, 117), (128, 0, 0), (0, 0, 0)], ids=str)
def test_figures_that_do_not_all_add_up_are_nobodys_sum(figures: tuple[int, ...]) -> None:
    said = told(filing("甲镇", EAST), filing("乙镇", WEST), filing("丙镇", figures, "汇总.xlsx"))

    assert said == {"甲镇": [], "乙镇": [], "丙镇": []}


def test_of_two_units_none_is_the_sum() -> None:
    assert told(filing("甲镇", EAST), filing("乙镇", EAST)) == {"甲镇": [], "乙镇": []}


@pytest.mark.parametrize(
    "file",
    [
        "甲镇2016.xlsx",
        "平罗县甲镇报表.xlsx",
        "城镇居民统计表.xlsx",
        "乡镇统计表.xlsx",
        "2016年.xlsx",
        "乡村振兴.xlsx",
        "农业局收.xlsx",
    ],
)
def test_a_file_named_for_its_town_or_for_none_is_asked_nothing(file: str) -> None:
    assert told(filing("甲镇人民政府", EAST, file)) == {"甲镇人民政府": []}


@pytest.mark.parametrize("file", ["乙镇2016.xlsx", "平罗县乙镇报表.xlsx", "统计表（东街街道）.xlsx"])
def test_a_file_named_for_another_town_is_asked_about(file: str) -> None:
    assert told(filing("甲镇", EAST, file)) == {"甲镇": ["soft named"]}


@pytest.mark.parametrize("filer", ["全县", "合计", "全县合计", "本县", "全镇汇总"])
def test_a_form_of_everybody_is_no_units(filer: str) -> None:
    (entry,) = attribute([filing(filer, EAST, "汇总.xlsx")], Register((), open_ended=True), YEAR)

    assert (entry.unit, entry.reason) == (None, "S02.county")
