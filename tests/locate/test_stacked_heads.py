"""Heads of several columns that stand one under the other over one column: whose figures stand there is unknown."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet
from tests.locate.test_stray_heads import FORM, read

STACKED = ("hard", "L04", "under_one_another")


def filed(*rows: list[object], text: str = FORM) -> object:
    top: list[list[object]] = [["农作物播种面积"], ["填报单位：甲镇", None, "2026年度"]]
    return observe(Workbook(FileFormat.XLSX, (sheet([*top, *rows]),)), (load_text(text, "crops-2026.yaml", "zh"),))


@pytest.mark.parametrize("beside", [(), (None, 12)])
def test_none_of_the_columns_is_read_from_it(beside: tuple[object, ...]) -> None:
    figures = [["小麦", 1, *beside[1:]], ["玉米", 2], ["水稻", 3]]
    found = filed(["作物", "播种面积"], [None, "产量"], *figures)
    assert isinstance(found, tuple)

    assert read(found[0]) == []
    assert STACKED in grave(found[0])
    (told,) = (finding for finding in found[0].findings if finding.case == "under_one_another")
    assert told.cells == ("B3", "B4")


def test_the_columns_beside_it_are_read() -> None:
    text = FORM.replace("label: 产量}", "label: 产量}\n      - {key: c, label: 户数}")
    found = filed(
        ["作物", "播种面积", "户数"], [None, "产量"], ["小麦", 1, 5], ["玉米", 2, 6], ["水稻", 3, 7], text=text
    )
    assert isinstance(found, tuple)

    assert read(found[0]) == ["A1.c", "A2.c", "A3.c"]


def test_a_table_whose_heads_stand_in_the_rows_crashes_nothing() -> None:
    rows: list[list[object]] = [["小麦"], *([f"{n}", "播种面积", 1] for n in (1, 2)), ["作物", "播种面积"]]
    found = filed(*rows, [None, "产量"], [None, None, "小麦", 3], [None, None, "玉米", 4], [None, None, "水稻", 5])

    assert found
