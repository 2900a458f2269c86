"""Forms of several tables in which the same labels come again: 合计 and 其他 of people, then of equipment."""

from __future__ import annotations

import pytest

from consolidator.errors import FormError
from consolidator.form import Form, load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

FORM = """\
id: clinic-2025
title: 卫生室统计表
authority: 县卫健局
blank_policy: missing
headlines: []
filer: {{label: 填报单位}}
tables:
  - id: people
    title: {first}
    label_headers: [指标]
    unit_headers: [单位]
    columns: [{{{key}label: 数量}}]
    rows:
      - {{code: A, level: 1, type: count, unit_of_measure: 人, label: 合计}}
      - {{code: A1, level: 1, type: count, unit_of_measure: 人, label: 医生}}
      - {{code: A2, level: 1, type: count, unit_of_measure: 人, label: 其他}}
  - id: things
    title: {second}
    label_headers: [指标]
    unit_headers: [单位]
    columns: [{{{key}label: 数量}}]
    rows:
      - {{code: B, level: 1, type: count, unit_of_measure: 台, label: 合计}}
      - {{code: B1, level: 1, type: count, unit_of_measure: 台, label: 显微镜}}
      - {{code: B2, level: 1, type: count, unit_of_measure: 台, label: 其他}}
rules: []
"""
TOP: list[list[object]] = [["卫生室统计表（2025年度）"], ["填报单位：甲镇"]]
HEADS: list[object] = ["指标", "单位", "数量"]
PEOPLE: list[list[object]] = [["合计", "人", 10], ["医生", "人", 7], ["其他", "人", 3]]
THINGS: list[list[object]] = [["合计", "台", 5], ["显微镜", "台", 2], ["其他", "台", 4]]


def form(key: str, second: str = "二、设备情况") -> Form:
    return load_text(FORM.format(first="一、人员情况", second=second, key=key), "clinic-2025.yaml")


def seen(lines: list[list[object]], key: str) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet([*TOP, *lines]),)), (form(key),))
    assert isinstance(found, tuple)
    return found[0]


def read(result: Located) -> dict[str, int | None]:
    return {
        code.partition(".")[0]: None if each.number is None else int(each.number)
        for code, each in result.observations.items()
    }


LAYOUTS = {
    "printed": [["一、人员情况"], HEADS, *PEOPLE, ["二、设备情况"], HEADS, *THINGS],
    "without titles": [HEADS, *PEOPLE, [], HEADS, *THINGS],
    "the other way round": [["二、设备情况"], HEADS, *THINGS, ["一、人员情况"], HEADS, *PEOPLE],
    "side by side": [[*HEADS, *HEADS], *([*one, *other] for one, other in zip(PEOPLE, THINGS, strict=True))],
}


@pytest.mark.parametrize("key", ["", "key: n, "], ids=["no keys", "keys"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_label_is_a_row_of_the_table_it_stands_in(layout: str, key: str) -> None:
    result = seen(LAYOUTS[layout], key)

    assert read(result) == {"A": 10, "A1": 7, "A2": 3, "B": 5, "B1": 2, "B2": 4}
    assert grave(result) == []


@pytest.mark.parametrize("key", ["", "key: n, "], ids=["no keys", "keys"])
def test_a_label_that_is_lacking_in_one_table_is_not_read_from_the_other(key: str) -> None:
    result = seen([["一、人员情况"], HEADS, *PEOPLE, ["二、设备情况"], HEADS, *THINGS[1:]], key)

    assert read(result) == {"A": 10, "A1": 7, "A2": 3, "B1": 2, "B2": 4}
    assert grave(result) == [("hard", "S04", "missing")]


@pytest.mark.parametrize("key", ["", "key: n, "], ids=["no keys", "keys"])
def test_where_nothing_tells_whose_a_label_is_it_is_nobodys(key: str) -> None:
    result = seen([HEADS, *PEOPLE, *THINGS[:1], [*THINGS[2]]], key)

    assert not {code for code, number in read(result).items() if number is not None and code.startswith("B")}
    assert any(severity == "hard" for severity, _, _ in grave(result))


def test_two_tables_of_one_title_must_not_have_the_same_label() -> None:
    with pytest.raises(FormError):
        form("", second="一、人员情况")


NUMBERED = FORM.replace(
    "A2, level: 1, type: count, unit_of_measure: 人, label: 其他",
    "A2, level: 1, type: count, unit_of_measure: 人, label: 二、其他",
).replace(
    "B2, level: 1, type: count, unit_of_measure: 台, label: 其他",
    "B2, level: 1, type: count, unit_of_measure: 台, label: 三、其他",
)


@pytest.mark.parametrize("key", ["", "key: n, "])
@pytest.mark.parametrize(
    "labels", [("二、其他", "三、其他"), ("二、其他", "二、其他"), ("三、其他", "三、其他"), ("其他", "二、其他")]
)
@pytest.mark.parametrize("beside", [False, True])
def test_a_label_under_its_namesakes_number_is_a_row_of_the_table_it_stands_in(
    key: str, labels: tuple[str, str], beside: bool
) -> None:
    people, things = (
        [*table[:2], [label, *table[2][1:]]] for table, label in zip((PEOPLE, THINGS), labels, strict=True)
    )
    lines: list[list[object]] = [HEADS, *people, [], HEADS, *things]
    if beside:
        lines = [[*HEADS, *HEADS], *([*one, *other] for one, other in zip(people, things, strict=True))]
    text = NUMBERED.format(first="一、人员情况", second="二、设备情况", key=key)
    found = observe(Workbook(FileFormat.XLSX, (sheet([*TOP, *lines]),)), (load_text(text, "clinic-2025.yaml"),))

    assert isinstance(found, tuple)
    assert read(found[0]) == {"A": 10, "A1": 7, "A2": 3, "B": 5, "B1": 2, "B2": 4}
    assert grave(found[0]) == []
