"""Columns fit Chinese text, and rows are as high as what stands in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.write.workbook.paper import page_breaks, wide_scale
from consolidator.write.workbook.widths import (
    MAX_HEIGHT,
    column_units,
    half_widths,
    half_widths_in,
    line_count,
    row_height,
)


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("甲镇", 4), ("甲a", 3), ("——", 4), ("“甲”", 6)])
def test_chinese_takes_two_half_widths(text: str, width: int) -> None:
    assert half_widths(text) == width


@given(st.text(st.sampled_from("甲乙ab 1，。\n"), min_size=1, max_size=80), st.sampled_from([9.0, 10.0, 12.0]))
def test_a_column_as_wide_as_asked_for_shows_each_line_whole(text: str, size: float) -> None:
    assert line_count(text, column_units(text, size) + 0.2, size) == text.count("\n") + 1


@given(st.text(st.sampled_from("甲乙ab 1，。"), max_size=300), st.floats(3, 60))
def test_lines_are_never_fewer_than_the_text_fills(text: str, units: float) -> None:
    assert line_count(text, units, 10) * half_widths_in(units, 10) >= half_widths(text.replace(" ", ""))  # spaces hang


def test_words_stay_whole() -> None:
    assert line_count("township township", column_units("township to", 10), 10) == 2


def test_rows_never_exceed_what_excel_allows() -> None:
    assert row_height(1_000, 10) == MAX_HEIGHT


def test_a_sheet_that_fits_has_no_breaks() -> None:
    assert page_breaks([10] * 8, 2, 2, [4, 7]) == []


@given(st.lists(st.integers(1, 12), min_size=1, max_size=30), st.integers(5, 25))
def test_wide_sheets_break_inside_the_values_and_in_order(sizes: list[int], width: int) -> None:
    ends = [2 + sum(sizes[: n + 1]) - 1 for n in range(len(sizes))]
    breaks = page_breaks([width] * (ends[-1] + 1), 2, 2, ends)

    assert breaks == sorted(set(breaks))
    assert all(2 < column <= ends[-1] for column in breaks)


def test_a_chapter_that_fits_on_a_page_is_not_torn() -> None:
    ends = [11, 21, 31]

    assert page_breaks([11] * 32, 2, 2, ends) == [12, 22]


@pytest.mark.parametrize(("points", "scale"), [(300, 70), (640, 70), (700, 68), (790, 60), (900, 70), (40_000, 70)])
def test_a_wide_sheet_shrinks_a_little_where_its_rows_fit_on_one_page_then(points: float, scale: int) -> None:
    assert wide_scale(points) == scale
