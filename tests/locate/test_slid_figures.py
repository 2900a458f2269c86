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


ONE = form(("数量",))
WITH_REMARKS = [*TOP[:2], ["指标", "单位", "数量", "备注"]]
SIDE_BY_SIDE = [*TOP[:2], ["指标", "单位", "数量", "指标", "单位", "数量"]]


def one_column(rows: list[list[object]]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (ONE,))
    assert isinstance(found, tuple)
    return found[0]


@pytest.mark.parametrize("remarks", [[], ["备注"]], ids=["no head", "remarks"])
@pytest.mark.parametrize("from_row", [0, 3], ids=["all rows", "some rows"])
def test_figures_of_several_rows_one_column_too_far_right_are_not_read(remarks: list[object], from_row: int) -> None:
    head = [*TOP[:2], [*TOP[2], *remarks]]
    lines = [
        [label, "只", *([None, *line(number)] if number >= from_row else line(number))]
        for number, label in enumerate(ROWS)
    ]
    found = observe(Workbook(FileFormat.XLSX, (sheet(head + lines),)), (form(LABELS),))
    assert isinstance(found, tuple)

    assert read(found[0]) == 3 * from_row
    assert grave(found[0]) == [("hard", "L05", "slid_rows" if from_row else "slid")]


def test_figures_among_the_remarks_beside_blanks_are_asked_about_and_those_beside_figures_are_not() -> None:
    slid = one_column(
        [*WITH_REMARKS, *([label, "只", *((None, 7) if n == 2 else (n, None))] for n, label in enumerate(ROWS))]
    )
    sound = one_column([*WITH_REMARKS, *([label, "只", n, 7 + n] for n, label in enumerate(ROWS))])
    years = one_column([*WITH_REMARKS, *([label, "只", None if n else 1, 2015] for n, label in enumerate(ROWS))])

    assert grave(slid) == [("soft", "L05", "slid_rows")]
    assert (read(sound), grave(sound)) == (len(ROWS), [])
    assert {code for _, code, _ in grave(years)} == {"N01"}


def test_of_two_panels_only_the_one_that_slid_is_not_read() -> None:
    left: list[list[object]] = [[ROWS[0], "只", None], [ROWS[1], "只", 2], [ROWS[2], "只", 3], [None, None, 9]]
    right: list[list[object]] = [[ROWS[3], "只", 4], [ROWS[4], "只", 5], [None] * 3, [None] * 3]
    down = one_column([*SIDE_BY_SIDE, *([*one, *other] for one, other in zip(left, right, strict=True))])
    aside = one_column(
        [*SIDE_BY_SIDE, *([*one, *other[:2], None, other[2]] for one, other in zip(left[1:3], right[:2], strict=True))]
    )

    assert (read(down), grave(down)) == (2, [("hard", "S04", "slid_down")])
    assert read(aside) == 2
    assert ("hard", "L05", "slid") in grave(aside)


def test_a_merged_label_that_was_unmerged_and_filled_in_is_one_row() -> None:
    rows: list[list[object]] = [*TOP[:2], ["指标", None, "单位", *LABELS]]
    rows += [[label, label if number % 2 else None, "只", *line(number)] for number, label in enumerate(ROWS)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(LABELS),))
    assert isinstance(found, tuple)

    assert (read(found[0]), grave(found[0])) == (3 * len(ROWS), [])
