"""One of the form's heads over several columns, each with a line of its own: of these, this period's is read."""

from __future__ import annotations

import pytest

from consolidator.locate import Located, observe
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

CROPS = ("小麦", "玉米")


def split(*words: str) -> Located:
    """小麦 over as many columns as there are words, 玉米 over one."""
    last = 2 + len(words)
    rows: list[list[object]] = [
        [f"{TITLE}（2016年度）"],
        ["填报单位：甲镇"],
        ["指标", "小麦", *[None] * (len(words) - 1), "玉米"],
        [None, *words],
    ]
    rows += [[label, *(10 * row + spot for spot in range(len(words))), 10 * row + 9] for row, label in enumerate(ROWS)]
    merges = (Area(3, 1, 4, 1), Area(3, 2, 3, last - 1), Area(3, last, 4, last))
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows, *merges),)), (form(CROPS),))
    assert isinstance(found, tuple)
    return found[0]


def spots(result: Located) -> set[int]:
    """Which of the columns under the head was read."""
    return {
        int(seen.number) % 10
        for code, seen in result.observations.items()
        if code.endswith("c0") and seen.number is not None
    }


@pytest.mark.parametrize(
    ("words", "spot"),
    [
        (("2015年", "2016年"), 1),
        (("2016年", "2015年"), 0),
        (("上年", "本年"), 1),
        (("上年同期", "本年"), 1),
        (("计划", "实际"), 1),
        (("上半年", "下半年", "全年"), 2),
        (("1月", "2月", "小计"), 2),
    ],
)
def test_this_periods_column_is_read(words: tuple[str, ...], spot: int) -> None:
    result = split(*words)

    assert (spots(result), grave(result)) == ({spot}, [])


@pytest.mark.parametrize("words", [("上报数", "核定数"), ("甲组", "乙组"), ("", "")])
def test_columns_that_say_nothing_of_it_are_not_chosen_between(words: tuple[str, ...]) -> None:
    result = split(*words)

    assert spots(result) == set()
    assert ("hard", "L04", "several") in grave(result)
