"""Tables whose columns stand in blocks, one under or beside the other, each with the labels anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consolidator.locate import Located

CROPS = ("小麦", "玉米", "水稻", "薯类", "豆类", "合计")
TOP: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"]]
CONTINUED: list[list[object]] = [["续表"]]


def block(*columns: int, unit: bool = True, rows: Sequence[str] = ROWS) -> list[list[object]]:
    """The heads and the lines of some columns; every figure says its row and its column."""
    head: list[object] = ["指标", *(["单位"] if unit else []), *(CROPS[column] for column in columns)]
    lines: list[list[object]] = [
        [label, *(["只"] if unit else []), *(100 * ROWS.index(label) + column for column in columns)] for label in rows
    ]
    return [head, *lines]


def beside(*blocks: list[list[object]], gap: int = 0) -> list[list[object]]:
    return [[each for line in lines for each in (*line, *([None] * gap))] for lines in zip(*blocks, strict=True)]


def seen(rows: list[list[object]]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet(TOP + rows),)), (form(CROPS),))
    assert isinstance(found, tuple)
    assert len(found) == 1
    return found[0]


def figures(result: Located) -> dict[str, int]:
    return {code: int(each.number) for code, each in result.observations.items() if each.number is not None}


WHOLE = {f"A{row}.c{column}": 100 * row + column for row in range(len(ROWS)) for column in range(len(CROPS))}


@pytest.mark.parametrize(
    "rows",
    [
        block(0, 1, 2) + block(3, 4, 5),
        block(0, 1, 2) + CONTINUED + block(3, 4, 5),
        [*block(0, 1, 2), [None], *block(3, 4, 5, unit=False)],
        block(3, 4, 5) + CONTINUED + block(0, 1, 2),
        block(0, 1) + CONTINUED + block(2, 3) + CONTINUED + block(4, 5),
        block(0, 1, 2, 3, 4) + CONTINUED + block(5),
        block(0, 1, 2) + CONTINUED + block(3, 4, 5, rows=ROWS[::-1]),
        beside(block(0, 1, 2), block(3, 4, 5)),
        beside(block(0, 1, 2), block(3, 4, 5), gap=1),
        beside(block(0, 1), block(2, 3), block(4, 5, unit=False)),
    ],
    ids=str,
)
def test_every_figure_is_read_in_the_block_of_its_column(rows: list[list[object]]) -> None:
    result = seen(rows)

    assert {code for _, code, _ in grave(result)} <= {"S04"}
    assert all(severity == "soft" for severity, _, _ in grave(result))
    assert figures(result) == WHOLE


@pytest.mark.parametrize(
    "rows",
    [
        block(0, 1, 2) + CONTINUED + block(3, 4),
        block(0, 1, 2) + CONTINUED + block(2, 3, 4, 5),
        block(0, 1, 2) + CONTINUED + block(3, 4, 5, rows=ROWS[1:]),
        beside(block(0, 1, 2), block(2, 3, 4, 5)),
    ],
    ids=["one lacks", "one is twice", "a row lacks", "one is twice beside"],
)
def test_blocks_that_lack_a_column_or_have_one_twice_are_no_whole(rows: list[list[object]]) -> None:
    result = seen(rows)

    assert any(severity == "hard" for severity, _, _ in grave(result))
    read = figures(result)
    assert read == {code: WHOLE[code] for code in read}
