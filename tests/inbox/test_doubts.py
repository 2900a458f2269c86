"""Without a roster: sums among the filings, and forms in a file that bears another town's name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from consolidator.findings import Severity
from consolidator.inbox.attribute import attribute
from consolidator.inbox.doubts import is_left_open
from consolidator.inbox.filings import Filing
from consolidator.inbox.names import Register
from consolidator.model import CellAddress, Observation, Period, Status

YEAR = Period(2016)


def filing(filer: str, figures: tuple[int, ...], file: str = "", sheet: str = "Sheet1", number: int = 1) -> Filing:
    place = CellAddress(sheet, 2, 1)
    values = {
        f"A{place}": Observation(f"A{place}", Decimal(figure), str(figure), CellAddress(sheet, 4 + place, 3))
        for place, figure in enumerate(figures)
    }
    name = file or f"{filer}.xlsx"
    return Filing(name, f"{name}{figures}", "form", sheet, filer, place, filer, YEAR, place, "", values, number=number)


def told(*filings: Filing, added: tuple[str, ...] | None = None) -> dict[str, list[str]]:
    """What is said of each unit's filing; a hard finding withholds it, whatever the totals hold."""
    codes = None if added is None else {"form": added}
    entries = attribute(filings, Register((), open_ended=True), YEAR, added=codes)
    for entry in entries:
        hard = any(each.severity is Severity.HARD for each in entry.findings)
        assert entry.status is (Status.UNKNOWN_UNIT if hard else None)
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


def together(*parts: tuple[str, str, tuple[int, ...]], file: str = "甲镇.xlsx") -> list[Filing]:
    """Forms on sheets of one file."""
    return [filing(name, figures, file, sheet, n) for n, (sheet, name, figures) in enumerate(parts, start=1)]


@pytest.mark.parametrize(("sheet", "filer"), [("汇总", "甲镇"), ("Sheet3", "甲镇（合计）"), ("全镇", "甲镇")])
@pytest.mark.parametrize(
    ("figures", "case"), [((5, 7, 9), "sum_in_file"), ((5, 7, 8), "sum_differs"), ((1, 1, 1), "sum_differs")]
)
def test_what_a_file_calls_the_sum_of_its_forms_is_not_counted_whether_it_adds_up_or_not(
    sheet: str, filer: str, figures: tuple[int, ...], case: str
) -> None:
    said = told(*together(("东", "东村", (1, 2, 3)), ("西", "西村", (4, 5, 6)), (sheet, filer, figures)))

    assert said == {"东村": [], "西村": [], filer: [f"hard {case}"]}


def test_a_sum_of_one_part_is_not_counted_twice() -> None:
    said = told(*together(("东", "东村", (1, 2, 3)), ("汇总", "甲镇", (1, 2, 3))))

    assert said == {"东村": [], "甲镇": ["hard sum_in_file"]}


def test_forms_that_are_all_called_sums_and_forms_without_figures_count_as_before() -> None:
    called = together(("甲镇汇总表", "甲镇", EAST), ("乙镇汇总表", "乙镇", WEST))
    texts = together(("甲镇", "甲镇", ()), ("汇总表", "乙镇", ()))

    assert not any(told(*called).values())
    assert not any(told(*texts).values())


def test_a_sum_of_the_files_of_its_folder_is_not_counted() -> None:
    parts = [
        filing("东村", EAST, "甲镇/1.xlsx"),
        filing("西村", WEST, "甲镇/2.xlsx"),
        filing("甲镇", SUM, "甲镇/3.xlsx"),
    ]

    said = told(*parts, filing("乙镇", (7, 8, 9)))

    assert said == {"东村": [], "西村": [], "甲镇": ["hard sum"], "乙镇": []}


def test_averages_are_no_part_of_a_sum() -> None:
    forms = together(("1", "甲镇", (*EAST, 40)), ("2", "乙镇", (*WEST, 50)), ("3", "丙镇", (*SUM, 44)))

    assert not any(told(*forms).values())
    assert told(*forms, added=("A0", "A1", "A2"))["丙镇"] == ["hard sum_in_file"]


def test_a_sum_is_found_though_a_part_has_a_figure_that_could_not_be_read() -> None:
    figures = [(10, 20, 30, 40), (50, 60, 70, 80), (60, 80, 100, 120)]
    names = ("甲镇", "乙镇", "丙镇")
    forms = together(*((name, name, each) for name, each in zip(names, figures, strict=True)))
    unread = Observation("A3", None, "约40", CellAddress("甲镇", 7, 3))
    blank = Observation("A3", None, "", CellAddress("甲镇", 7, 3))
    by_cell = [
        told(replace(forms[0], values={**forms[0].values, "A3": cell}), *forms[1:])["丙镇"] for cell in (unread, blank)
    ]

    assert by_cell == [["hard sum_in_file"], []]


def test_a_copy_in_a_file_named_for_another_town_is_asked_about() -> None:
    entries = attribute(
        [filing("甲镇", EAST), filing("甲镇", EAST, "乙镇2016.xlsx")], Register((), open_ended=True), YEAR
    )
    (copy,) = (entry for entry in entries if entry.status is Status.DUPLICATE)

    assert [each.case for each in copy.findings] == ["same_values", "named"]


def test_a_sum_in_a_file_named_for_another_town_is_withheld_all_the_same() -> None:
    said = told(filing("甲镇", EAST), filing("乙镇", WEST), filing("丙镇", SUM, "丁镇.xlsx"))

    assert said["丙镇"] == ["hard sum"]


def test_parts_in_a_file_that_is_named_for_their_town_are_asked_about_unless_the_town_files_there_too() -> None:
    parts = (("1", "东村", EAST), ("2", "西村", WEST))

    assert told(*together(*parts)) == {"东村": ["soft named"], "西村": ["soft named"]}
    assert told(*together(*parts, ("3", "甲镇", (7, 8, 9)))) == {"东村": [], "西村": [], "甲镇": ["soft may_be_above"]}
    assert not any(told(*together(("1", "甲镇", EAST), ("2", "乙镇", WEST), file="两镇报表.xlsx")).values())


@pytest.mark.parametrize("filer", ["××镇", "XX县XX乡人民政府", "某某镇", "XXX", "____乡", "样表"])
def test_what_a_blank_form_prints_for_a_unit_is_no_units_name(filer: str) -> None:
    found = attribute(
        [filing(filer, EAST, "甲镇.xlsx"), filing(filer, WEST, "表.xlsx")], Register((), open_ended=True), YEAR
    )
    named, unnamed = sorted(found, key=lambda entry: entry.filing.file == "表.xlsx")

    assert named.unit is not None
    assert (named.unit.name, [each.code for each in named.findings]) == ("甲镇", ["S05"])
    assert (unnamed.unit, unnamed.reason) == (None, "S02.left_open")


@pytest.mark.parametrize("filer", ["某县", "甲镇", "合山镇", "样田乡", "总口镇"])
def test_names_of_units_are_none_that_a_blank_form_prints(filer: str) -> None:
    assert not is_left_open(filer)
