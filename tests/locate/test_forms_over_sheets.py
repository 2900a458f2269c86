"""A form whose rows go on on a further sheet: no row is missing that stands there."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Sheet, Visibility, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet
from tests.locate.test_units_over_tables import ITEMS, accounts

CROPS = ("小麦", "玉米")
HEAD: list[object] = ["指标", "单位", *CROPS]


def of_rows(first: int, after: int, *top: list[object], name: str) -> Sheet:
    lines: list[list[object]] = [[label, "只", 10 + n, 20 + n] for n, label in enumerate(ROWS)]
    return sheet([*top, HEAD, *lines[first:after]], name=name)


def seen(*sheets: Sheet) -> Located:
    found = observe(Workbook(FileFormat.XLSX, sheets), (form(CROPS),))
    assert isinstance(found, tuple)
    return found[0]


@pytest.mark.parametrize("cut", [3])
def test_rows_that_go_on_on_another_sheet_are_not_called_missing(cut: int) -> None:
    top: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"]]
    first, second = of_rows(0, cut, *top, name="一"), of_rows(cut, len(ROWS), name="续表")

    assert grave(seen(first, second)) == [("hard", "L03", "pages")]
    assert {case for _, _, case in grave(seen(first))} == {"missing"}
    assert {case for _, _, case in grave(seen(first, replace(second, visibility=Visibility.HIDDEN)))} >= {"missing"}


def test_rows_of_one_of_several_tables_that_go_on_on_another_sheet_are_read() -> None:
    rows: list[list[object]] = [["财政收支表"], ["填报单位：甲镇"]]
    for letter, head in (("S", "收入项目"), ("Z", "支出项目")):
        rows += [[head, "预算数", "决算数"]]
        rows += [[label, 10 + n, 20 + n] for n, label in enumerate(ITEMS[letter])]
    on = [["支出项目", "预算数", "决算数"], *rows[-2:]]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows[:-2], name="一"), sheet(on, name="二"))), (accounts(),))

    assert isinstance(found, tuple)
    assert {code for code, each in found[0].observations.items() if each.number is None} == set()
    assert len(found[0].observations) == 16
    assert grave(found[0]) == []

    lacking = observe(
        Workbook(FileFormat.XLSX, (sheet(rows[:-2], name="一"), sheet(on[:-1], name="二"))), (accounts(),)
    )
    assert isinstance(lacking, tuple)
    assert {case for _, _, case in grave(lacking[0])} == {"missing"}


def test_a_hidden_line_of_tables_side_by_side_is_told_once() -> None:
    rows: list[list[object]] = [
        ["财政收支表"],
        ["填报单位：甲镇"],
        ["收入项目", "预算数", "决算数", "支出项目", "预算数", "决算数"],
    ]
    rows += [[one, 1, 2, other, 3, 4] for one, other in zip(ITEMS["S"], ITEMS["Z"], strict=True)]
    found = observe(Workbook(FileFormat.XLSX, (replace(sheet(rows), hidden_rows=frozenset({5})),)), (accounts(),))

    assert isinstance(found, tuple)
    assert grave(found[0]) == [("soft", "B12", "rows")]
