"""Figures that stand one column too far right, or one line too low, are not taken for others; labels in every cell of their area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

if TYPE_CHECKING:
    from consolidator.locate import Located

LABELS = ("早稻", "晚稻", "合计")
TOP: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"], ["指标", "单位", *LABELS]]


def seen(lines: list[list[object]]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet(TOP + lines),)), (form(LABELS),))
    assert isinstance(found, tuple)
    return found[0]


def line(number: int) -> list[object]:
    return [10 * number + place for place in range(1, 4)]


def read(result: Located) -> int:
    return sum(each.number is not None for each in result.observations.values())


def test_a_block_one_column_too_far_right_is_not_read() -> None:
    result = seen([[label, "只", None, *line(number)] for number, label in enumerate(ROWS)])

    assert (read(result), grave(result)) == (0, [("hard", "L05", "slid")])


def test_a_remark_right_of_the_table_or_an_empty_column_alone_is_no_slide() -> None:
    blank = seen([[label, "只", None, *line(number)[1:]] for number, label in enumerate(ROWS)])
    beside = seen([[label, "只", *line(number), 7] for number, label in enumerate(ROWS)])

    assert read(blank) == 2 * len(ROWS)
    assert read(beside) == 3 * len(ROWS)
    assert not any(severity == "hard" for severity, _, _ in (*grave(blank), *grave(beside)))


@pytest.mark.parametrize("under", [None, "单位负责人：", "注：以上为快报"], ids=["nothing", "sign-off", "note"])
def test_a_block_one_line_too_low_is_not_read(under: str | None) -> None:
    lines = [[label, "只", *(line(number) if number else [None] * 3)] for number, label in enumerate(ROWS)]
    result = seen([*lines, [under, None, *line(9)]])

    assert read(result) == 0
    assert ("hard", "S04", "slid_down") in grave(result)


def test_numbers_under_a_filled_table_are_asked_about_and_its_own_stay() -> None:
    lines = [[label, "只", *line(number)] for number, label in enumerate(ROWS)]
    result = seen([*lines, [None, None, *line(9)]])

    assert read(result) == 3 * len(ROWS)
    assert set(grave(result)) == {("soft", "S04", "unlabelled")}


@pytest.mark.parametrize("below", [[None, None, 2017], ["联系电话", None, 9526012345], [None, None, "甲"]], ids=str)
def test_a_blank_first_row_over_a_year_or_a_telephone_number_is_no_slide(below: list[object]) -> None:
    lines = [[label, "只", *(line(number) if number else [None] * 3)] for number, label in enumerate(ROWS)]
    result = seen([*lines, below])

    assert read(result) == 3 * (len(ROWS) - 1)


def test_a_merged_label_that_was_unmerged_and_filled_in_is_one_row() -> None:
    rows: list[list[object]] = [*TOP[:2], ["指标", None, "单位", *LABELS]]
    rows += [[label, label if number % 2 else None, "只", *line(number)] for number, label in enumerate(ROWS)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(LABELS),))
    assert isinstance(found, tuple)

    assert (read(found[0]), grave(found[0])) == (3 * len(ROWS), [])
