"""Rows printed in two lines: last year's and this one's, planned and done. Only this period's figures are read."""

from __future__ import annotations

import pytest

from consolidator.locate import Located, observe
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

CROPS = ("小麦", "玉米")
TOP: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"], ["指标", "", "单位", *CROPS]]


def located(lines: list[list[object]], *merges: Area) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet([*TOP, *lines], *merges),)), (form(CROPS),))
    assert isinstance(found, tuple)
    return found[0]


def figures(result: Located) -> dict[str, int]:
    return {code: int(each.number) for code, each in result.observations.items() if each.number is not None}


def in_pairs(*words: str, repeated: bool = False) -> list[list[object]]:
    """Every row in as many lines as there are words; the figures are 1000 and more times the number of the line."""
    return [
        [label if repeated or not line else None, word, "只", 1000 * line + 10 * row, 1000 * line + 10 * row + 1]
        for row, label in enumerate(ROWS)
        for line, word in enumerate(words)
    ]


def merged(lines: int) -> list[Area]:
    return [Area(4 + lines * row, 1, 3 + lines * (row + 1), 1) for row in range(len(ROWS))]


def of_line(line: int) -> dict[str, int]:
    return {f"A{row}.c{column}": 1000 * line + 10 * row + column for row in range(len(ROWS)) for column in range(2)}


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("上年", "本年"), 1),
        (("本年", "上年"), 0),
        (("2015年", "2016年"), 1),
        (("2016年", "2015年"), 0),
        (("计划", "实际"), 1),
        (("上年同期", "本年"), 1),
    ],
)
def test_of_the_lines_that_a_label_is_merged_over_this_periods_is_read(words: tuple[str, ...], line: int) -> None:
    result = located(in_pairs(*words), *merged(2))

    assert figures(result) == of_line(line)
    assert grave(result) == []


def test_lines_under_one_label_that_differ_and_say_nothing_of_it_are_not_chosen_between() -> None:
    result = located(in_pairs("甲组", "乙组"), *merged(2))

    assert figures(result) == {}
    assert {case for _, code, case in grave(result) if code == "S04"} & {"doubled", "doubled_many"}


def test_lines_under_one_label_that_say_the_same_are_read_once() -> None:
    lines = [[label, None, "只", row, row] for row, label in enumerate(ROWS) for label in (label, None)]

    assert figures(located(lines, *merged(2))) == {
        f"A{row}.c{column}": row for row in range(len(ROWS)) for column in range(2)
    }


def test_a_label_on_the_line_of_another_period_gives_that_lines_figures_to_nobody() -> None:
    result = located(in_pairs("上年", "本年"))

    assert figures(result) == {}
    assert ("hard", "S04", "other_period") in grave(result)


def test_a_label_that_is_repeated_on_each_line_is_read_on_this_periods() -> None:
    result = located(in_pairs("上年", "本年", repeated=True))

    assert (figures(result), grave(result)) == (of_line(1), [])
