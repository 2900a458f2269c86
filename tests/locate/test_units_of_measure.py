"""Units of measure that columns, brackets, lines and notes state, against the form's."""

from __future__ import annotations

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import observe
from consolidator.locate.words.scales import same_size
from consolidator.model import FileFormat, Workbook
from tests.locate.test_regressions import sheet

ROWS = {"春播面积": "亩", "化肥使用量": "吨", "生猪存栏": "头", "蔬菜产值": "万元", "农业人口": "人"}
FORM = """\
id: farms-2020
title: 农业生产情况表
authority: 县农业农村局
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 农业生产情况表
    label_headers: [指标]
    unit_headers: [单位]
    columns: [{label: 数量}]
    rows:
"""


def form(own: dict[str, str]) -> Form:
    rows = [
        f"      - {{code: A{number}, level: 1, type: money, unit_of_measure: {unit}, label: {label}}}\n"
        for number, (label, unit) in enumerate({**ROWS, **own}.items())
    ]
    return load_text(FORM + "".join(rows), "farms-2020.yaml", "zh")


def withheld(
    line: str = "",
    note: str = "",
    stated: dict[str, str] | None = None,
    labels: dict[str, str] | None = None,
    own: dict[str, str] | None = None,
) -> set[str]:
    """The labels of the rows whose figure is not taken, under a line, over a note, with other units or labels in some rows."""
    units, names = {**ROWS, **(own or {}), **(stated or {})}, labels or {}
    body = [[names.get(label, label), units[label], number] for number, label in enumerate(ROWS, start=1)]
    head: list[list[object]] = [["农业生产情况表"], ["（2020年度）"], ["填报单位：甲镇"], [line]]
    found = observe(
        Workbook(FileFormat.XLSX, (sheet([*head, ["指标", "单位", "数量"], *body, [None], [note]]),)),
        (form(own or {}),),
    )
    assert isinstance(found, tuple)
    told = {code for finding in found[0].findings if finding.code == "U01" for code in finding.indicators}
    without = {code for code, seen in found[0].observations.items() if seen.number is None}
    assert without <= told
    return {list(ROWS)[int(code[1:])] for code in without}


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        ("单位：万亩、吨", {"春播面积"}),
        ("单位：万亩，吨、头、万元、人", {"春播面积"}),
        ("单位：万亩/吨", {"春播面积"}),
        ("单位：亩、吨、百头、元、人", {"生猪存栏", "蔬菜产值"}),
        ("单位：公顷", {"春播面积"}),
        ("单位：万亩", {"春播面积"}),
        ("单位：千克", {"化肥使用量"}),
        ("计量单位：万头", {"生猪存栏"}),
        ("面积单位：万亩", {"春播面积"}),
        ("单位：万元", set()),
        ("单位：亩、公斤、头、万元、人", {"化肥使用量"}),
        ("金额单位：元", {"蔬菜产值"}),
        ("金额单位：千元　　2020年", {"蔬菜产值"}),
        ("金额单位：万元", set()),
        ("单位：亩、吨、头、万元、人", set()),
        ("单位：亩、公顷、吨、头、万元、人", set()),
        ("面积：万亩；产量：吨", {"春播面积"}),
        ("（面积：亩；重量：公斤；产值：元）", {"化肥使用量", "蔬菜产值"}),
        ("面积：亩；产值：万元", set()),
        ("填表：万军；审核：吨位", set()),
        ("", set()),
    ],
)
def test_a_line_over_the_table_speaks_for_every_unit_that_it_lists(line: str, rows: set[str]) -> None:
    assert withheld(line) == rows


@pytest.mark.parametrize(
    ("note", "rows"),
    [
        ("说明：本表金额单位为元。", {"蔬菜产值"}),
        ("注：单位为万亩、吨", {"春播面积"}),
        ("注：金额单位为万元", set()),
        ("说明：以元为单位的请换算。", set()),
        ("注：产值按元填报", {"蔬菜产值"}),
        ("注：产值按万元填报", set()),
        ("注：面积按公顷填报", {"春播面积"}),
        ("注：按元填报的请换算。", set()),
        ("注：按月填报，按单元计。", set()),
    ],
)
def test_so_does_a_note_under_it(note: str, rows: set[str]) -> None:
    assert withheld(note=note) == rows


@pytest.mark.parametrize(
    ("label", "unit", "taken"),
    [
        ("化肥使用量", "公斤", False),
        ("化肥使用量", "千克", False),
        ("化肥使用量", "万吨", False),
        ("春播面积", "公顷", False),
        ("春播面积", "平方米", False),
        ("蔬菜产值", "元", False),
        ("农业人口", "万人", False),
        ("生猪存栏", "只", True),
        ("农业人口", "人", True),
    ],
)
def test_a_unit_of_the_same_quantity_and_another_size_withholds_the_figure(
    label: str, unit: str, *, taken: bool
) -> None:
    assert withheld(stated={label: unit}) == (set() if taken else {label})


@pytest.mark.parametrize("stated", ["万元", "亩", "万人", "%"])
def test_the_unit_of_a_row_is_none_of_a_column_with_a_unit_of_its_own(stated: str) -> None:
    columns = "columns: [{key: n, label: 数量}, {key: rate, label: 增长率, type: money, unit_of_measure: '%'}]"
    rows = "      - {code: A, level: 1, type: money, unit_of_measure: 万元, label: 蔬菜产值}\n"
    both = load_text(FORM.replace("columns: [{label: 数量}]", columns) + rows, "farms-2020.yaml", "zh")
    lines: list[list[object]] = [
        ["农业生产情况表"],
        ["（2020年度）"],
        ["填报单位：甲镇"],
        ["指标", "单位", "数量", "增长率"],
    ]

    found = observe(Workbook(FileFormat.XLSX, (sheet([*lines, ["蔬菜产值", stated, 5, 7]]),)), (both,))

    assert isinstance(found, tuple)
    assert found[0].observations["A.rate"].number == 7
    assert not [told for told in found[0].findings if told.code == "U01" and "A.rate" in told.indicators]


@pytest.mark.parametrize(("label", "said"), [("化肥使用量", "化肥使用量（公斤）"), ("春播面积", "春播面积（公顷）")])
def test_so_does_one_in_brackets_after_the_label(label: str, said: str) -> None:
    assert withheld(labels={label: said}) == {label}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("公斤", "千克", True),
        ("度", "千瓦时", True),
        ("万亩", "公顷", False),
        ("亩", "吨", None),
        ("万条", "条", False),
        ("件", "条", None),
    ],
)
def test_units_of_one_quantity_are_compared_by_their_size(one: str, other: str, *, alike: bool | None) -> None:
    assert same_size(one, other) is alike


def test_a_line_with_the_unit_of_another_row_of_the_form_is_about_that_row() -> None:
    with_another = {"农业人口": "公顷"}

    assert withheld("单位：公顷", own=with_another) == set()
    assert withheld("单位：平方公里", own=with_another) == {"春播面积", "农业人口"}
    assert withheld(note="注：面积按公顷填报", own=with_another) == set()


def test_so_is_one_over_another_table_of_the_form() -> None:
    second = FORM.partition("tables:\n")[2].replace("main", "land").replace("农业生产情况表", "土地情况表")
    rows = "      - {code: A0, level: 1, type: money, unit_of_measure: 亩, label: 春播面积}\n"
    plots = "".join(
        f"      - {{code: B{number}, level: 1, type: money, unit_of_measure: 公顷, label: {label}}}\n"
        for number, label in enumerate(("林地面积", "草地面积", "水域面积"))
    )
    asked = load_text(FORM + rows + second + plots, "farms-2020.yaml", "zh")
    land = [["土地情况表"], ["单位：公顷"], ["指标", "单位", "数量"]]
    land += [[label, "公顷", 4] for label in ("林地面积", "草地面积", "水域面积")]
    head: list[list[object]] = [["农业生产情况表"], ["（2020年度）"], ["填报单位：甲镇"]]
    lines = [*head, *land, [None], ["农业生产情况表"], ["指标", "单位", "数量"], ["春播面积", "亩", 7]]
    found = observe(Workbook(FileFormat.XLSX, (sheet(lines),)), (asked,))
    assert isinstance(found, tuple)

    assert {code: seen.number for code, seen in found[0].observations.items()} == {"A0": 7, "B0": 4, "B1": 4, "B2": 4}
