"""A file with several sheets by one unit: the sheet that is called their sum is the form, where it adds up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.messy.cells import save
from tests.messy.county import FIGURES, book_of, judge, line_of
from tests.messy.test_sheets import one, several

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from tests.builders import Book

    NewFolder = Callable[[], Path]

TWICE = {code: 2 * number for code, number in FIGURES.items()}


def sheets(*parts: tuple[str, str, Mapping[str, int]]) -> Book:
    """One file: the name of each sheet, its filer, its figures."""
    book = several(*(book_of(filer, values) for _, filer, values in parts))
    for page, (name, _, _) in zip(book.pages, parts, strict=True):
        page.name = name
    return book


@pytest.mark.parametrize("filers", [("甲镇",) * 3, ("", "", ""), ("", "", "甲镇"), ("东村", "西村", "")], ids=str)
@pytest.mark.parametrize("name", ["汇总", "全镇合计", "小计", "全院"])
def test_a_sheet_that_is_called_a_sum_and_is_one_is_the_form(
    filers: Sequence[str], name: str, new_folder: NewFolder
) -> None:
    book = sheets(("东村", filers[0], FIGURES), ("西村", filers[1], {"F": 4}), (name, filers[2], TWICE))
    for units in (None, ["甲镇"]):
        outcome = judge(new_folder(), {"甲镇.xlsx": save(book, "xlsx")}, units)

        assert "note L03 whole" in outcome.told("甲镇.xlsx")
        assert not [said for said in outcome.told("甲镇.xlsx") if said.startswith("hard")]
        assert outcome.figures("甲镇.xlsx") == TWICE
        assert outcome.total("A1") == 3 * FIGURES["A1"]
        assert f"“{name}”的数都等于其他 2 个工作表（“东村”、“西村”）之和" in outcome.sentence("甲镇.xlsx", "L03")


def test_a_sheet_named_for_the_unit_is_its_form_where_it_is_the_sum_of_the_others(new_folder: NewFolder) -> None:
    book = sheets(
        ("甲镇", "甲镇人民政府", TWICE), ("东村", "甲镇人民政府", FIGURES), ("西村", "甲镇人民政府", {"F": 4})
    )
    outcome, file = one(new_folder, book)

    assert outcome.figures(file) == TWICE


@pytest.mark.parametrize("filer", ["甲镇", ""])
def test_a_sheet_that_is_called_a_sum_and_is_none_is_refused_with_the_line_that_differs(
    filer: str, new_folder: NewFolder
) -> None:
    book = sheets(("东村", filer, FIGURES), ("西村", filer, {"F": 9}), ("汇总", filer, TWICE))
    outcome, file = one(new_folder, book)
    finding = outcome.finding(file, "L03", "whole_differs")

    assert outcome.status(file) == "rejected"
    assert (finding.indicators, finding.observed, finding.expected, finding.sheet) == (("F",), "8", "13", "汇总")
    assert finding.cells == (book.address(line_of("F")),)
    assert "举报投诉数量”填的是“8”，各表之和是 13" in outcome.sentence(file, "L03")


def test_parts_may_be_called_by_names_with_words_of_time_in_them(new_folder: NewFolder) -> None:
    book = sheets(("月牙湖村", "甲镇", FIGURES), ("年丰村", "甲镇", {"F": 4}), ("汇总", "甲镇", TWICE))
    outcome, file = one(new_folder, book)

    assert outcome.figures(file) == TWICE


@pytest.mark.parametrize(
    "names", [("上月", "本月"), ("6月", "5月"), ("第一季度", "二季度"), ("上旬", "中旬"), ("一期", "二期")]
)
def test_sheets_of_months_are_not_taken_for_parts_of_their_sum(names: tuple[str, str], new_folder: NewFolder) -> None:
    book = sheets((names[0], "甲镇", FIGURES), (names[1], "甲镇", {"F": 4, "A24": 13}), ("合计", "甲镇", TWICE))
    outcome, file = one(new_folder, book)

    assert outcome.status(file) == "rejected"
    assert outcome.finding(file, "L03", "several")


@pytest.mark.parametrize("names", [("一", "二", "三"), ("东村汇总", "西村汇总", "甲镇汇总")], ids=str)
def test_without_one_sheet_that_is_called_a_sum_nothing_is_chosen(names: Sequence[str], new_folder: NewFolder) -> None:
    book = sheets(*((name, "甲镇", values) for name, values in zip(names, (FIGURES, {"A1": 31}, TWICE), strict=True)))
    outcome, file = one(new_folder, book)

    assert outcome.finding(file, "L03", "several")


def test_an_unreadable_figure_of_a_part_does_not_hide_the_sum(new_folder: NewFolder) -> None:
    book = sheets(("东村", "甲镇", FIGURES), ("西村", "甲镇", {"I3": "约40"}), ("汇总", "甲镇", TWICE))
    outcome, file = one(new_folder, book)

    assert outcome.figures(file) == TWICE
    assert outcome.status(file) == "accepted"
