"""A unit of measure that stands over tables, or at the end of a title: of which figures it is."""

from __future__ import annotations

from functools import cache

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

ITEMS = {"S": ("收入合计", "税收", "非税", "补助"), "Z": ("支出合计", "农林水", "教育", "社保")}
MONEY = ["S1", "S2", "S3", "S4", "Z1", "Z2", "Z3", "Z4"]


def _rows(letter: str) -> str:
    row = "      - {{code: {0}{1}, level: 1, type: money, decimals: 2, unit_of_measure: 万元, label: {2}}}\n"
    return "".join(row.format(letter, number, label) for number, label in enumerate(ITEMS[letter], start=1))


@cache
def accounts() -> Form:
    head = "    columns: [{key: plan, label: 预算数}, {key: done, label: 决算数}]\n    rows:\n"
    text = (
        "id: accounts-2025\ntitle: 财政收支表\nauthority: 县财政局\nblank_policy: missing\nfiler: {label: 填报单位}\n"
        "tables:\n  - id: rev\n    title: 收入情况\n    label_headers: [收入项目]\n"
        + head
        + _rows("S")
        + "  - id: exp\n    title: 支出情况\n    label_headers: [支出项目]\n"
        + head
        + _rows("Z")
    )
    return load_text(text, "accounts-2025.yaml", "zh")


def located(rows: list[list[object]]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (accounts(),))
    assert isinstance(found, tuple)
    return found[0]


def beside(
    *over: list[object], heads: tuple[str, str] = ("收入项目", "支出项目"), under: tuple[str, ...] = ()
) -> Located:
    """Both tables side by side, with some lines over and one under them."""
    lines: list[list[object]] = [
        [left, 10 + row, 20 + row, right, 30 + row, 40 + row]
        for row, (left, right) in enumerate(zip(ITEMS["S"], ITEMS["Z"], strict=True))
    ]
    head: list[object] = [heads[0], "预算数", "决算数", heads[1], "预算数", "决算数"]
    return located([*over, head, *lines, [*under]])


def beneath(first: str, second: str, *line: object) -> Located:
    """One table under the other, each under its title."""
    rows: list[list[object]] = [["财政收支表"], ["填报单位：甲镇"]]
    for letter, title in (("S", first), ("Z", second)):
        rows += [
            [title],
            [*line] if letter == "Z" else [],
            [{"S": "收入项目", "Z": "支出项目"}[letter], "预算数", "决算数"],
        ]
        rows += [[label, 10 + row, 20 + row] for row, label in enumerate(ITEMS[letter])]
    return located(rows)


def withheld(result: Located) -> list[str]:
    return sorted({code.partition(".")[0] for code, seen in result.observations.items() if seen.number is None})


TOP: list[object] = ["财政收支表"]


@pytest.mark.parametrize(
    "over",
    [
        (TOP, ["填报单位：甲镇", None, None, None, None, "单位：元"]),
        (TOP, ["填报单位：甲镇　　金额单位：元"]),
        (["财政收支表（单位：元）"], ["填报单位：甲镇"]),
        (["财政收支表（元）"], ["填报单位：甲镇"]),
        (TOP, ["填报单位：甲镇", None, None, None, None, "（元）"]),
        (TOP, ["填报单位：甲镇", None, None, "单位：千元"]),
    ],
)
def test_a_unit_over_tables_that_stand_side_by_side_is_that_of_all(over: tuple[list[object], ...]) -> None:
    assert withheld(beside(*over)) == MONEY


def test_a_note_under_tables_that_stand_side_by_side_speaks_of_all() -> None:
    assert withheld(beside(TOP, under=("注：金额单位为元",))) == MONEY


@pytest.mark.parametrize("said", ["单位：万元", "（万元）", "", "（2025年）", "（盖章）"])
def test_the_forms_own_unit_is_nothing_to_tell(said: str) -> None:
    result = beside(TOP, ["填报单位：甲镇", None, None, None, None, said])

    assert (withheld(result), grave(result)) == ([], [])


def test_each_of_two_tables_side_by_side_has_the_unit_over_itself() -> None:
    result = beside(TOP, ["填报单位：甲镇"], ["单位：元", None, None, "单位：万元"])

    assert withheld(result) == MONEY[:4]


def test_the_unit_after_the_head_of_the_labels_is_that_of_its_table() -> None:
    assert withheld(beside(TOP, heads=("收入项目（元）", "支出项目"))) == MONEY[:4]
    assert withheld(beside(TOP, heads=("收入项目（万元）", "支出项目（万元）"))) == []


def test_the_unit_in_a_tables_title_is_that_of_its_table() -> None:
    assert withheld(beneath("一、收入情况", "二、支出情况（元）")) == MONEY[4:]
    assert withheld(beneath("一、收入情况（元）", "二、支出情况")) == MONEY[:4]
    assert withheld(beneath("一、收入情况（万元）", "二、支出情况（万元、元）")) == []
    assert withheld(beneath("一、收入情况", "二、支出情况", None, "（元）")) == MONEY[4:]
