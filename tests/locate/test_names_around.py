"""Names around the tables that may be another unit's: over a seal, alone on a line, before a title, over columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.form import load_text
from consolidator.inbox.attribute import attribute
from consolidator.inbox.filings import Filing
from consolidator.locate import observe
from consolidator.model import FileFormat, Period, Workbook
from tests.inbox.test_regressions import register
from tests.locate.test_regressions import HEADER, HEADING, SIGNED, lines, seen, sheet
from tests.locate.test_units_of_columns import FORM

if TYPE_CHECKING:
    from collections.abc import Sequence

YEAR = Period(2016)
Rows = list[list[object]]
TITLE: Rows = [["政府信息公开情况统计表"], ["（2016年度）"], ["填报单位（盖章）：甲镇"]]


def names(
    *, top: Rows = TITLE, heads: Sequence[list[object]] = (HEADER,), below: Sequence[list[object]] = ()
) -> list[str]:
    (result,) = seen(sheet([*top, *heads, *lines(), *SIGNED, *below]))
    assert result.filer is not None
    assert result.filer.text == "甲镇"
    return [name.text for name in result.named]


@pytest.mark.parametrize(
    "line",
    [["乙镇人民政府（盖章）"], [None, None, "乙镇人民政府（公章）"], ["乙镇人民政府（盖章）", None, "2017年1月5日"]],
)
def test_a_seal_under_the_form_names_somebody(line: list[object]) -> None:
    assert names(below=[line]) == ["乙镇人民政府"]


@pytest.mark.parametrize("line", [["乙镇"], [None, "乙镇"]])
def test_so_does_a_name_alone_on_a_line_over_the_table(line: list[object]) -> None:
    assert names(top=[*TITLE, line]) == ["乙镇"]
    assert names(heads=[line, HEADER]) == ["乙镇"]


def test_so_does_a_name_before_the_title_of_a_table() -> None:
    text = FORM.replace("title: 农业月报表\n    label", "title: 春播进度\n    label")
    rows = "      - {code: A1, level: 1, type: count, unit_of_measure: 亩, label: 春播面积}\n"
    grid: Rows = [
        ["农业月报表"],
        ["填报单位：甲镇"],
        ["乙镇春播进度"],
        ["指标", "单位", "本月", "累计", "增长率"],
        ["春播面积", "亩", 5, 8, 3],
    ]
    found = observe(Workbook(FileFormat.XLSX, (sheet(grid),)), (load_text(text + rows, "farms-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    assert [name.text for name in found[0].named] == ["乙镇"]


@pytest.mark.parametrize(
    "line",
    [["制定机关", "县统计局"], ["审核单位：乙镇"], ["乙镇", "丙镇"], ["附件1"], ["（乙镇）说明"], ["单位负责人（签章）"]],
)  # fmt: skip
def test_what_a_field_asks_for_and_what_is_no_name_say_nothing(line: list[object]) -> None:
    assert names(top=[*TITLE, line]) == []


def told(*named: str, filer: str = "甲镇", file: str = "一.xlsx") -> list[str]:
    stated = register("甲镇", "乙镇").units[0]
    filing = Filing(
        file, "", "form", "表", filer, None, filer, YEAR, None, "", {}, named=tuple((n, None, n) for n in named)
    )  # type: ignore[misc]
    (entry,) = attribute([filing], register("甲镇", "乙镇"), YEAR)
    assert entry.unit == stated
    return [f"{each.severity.value} {each.code} {each.case}" for each in entry.findings if each.code == "S02"]


def test_another_units_name_is_asked_about_once_its_own_and_strangers_are_not() -> None:
    assert told("乙镇人民政府", "乙镇") == ["soft S02 written"]
    assert told("甲镇人民政府", "县统计局", "丙镇") == []
    assert told("乙镇", filer="", file="甲镇.xlsx") == ["soft S02 written"]


def test_a_name_alone_on_a_line_of_most_forms_is_printed_on_them_a_seal_is_not() -> None:
    units = ("甲镇", "乙镇", "丙镇", "丁局")

    def asked(raw: str) -> list[str]:
        filings = [
            Filing(f"{unit}.xlsx", "", "form", "表", unit, None, unit, YEAR, None, "", {}, named=(("丁局", None, raw),))  # type: ignore[arg-type]
            for unit in units[:3]
        ]
        return [
            f.case for entry in attribute(filings, register(*units), YEAR) for f in entry.findings if f.code == "S02"
        ]

    assert asked("丁局") == []
    assert asked("丁局（盖章）") == ["written"] * 3


def test_a_form_of_a_print_met_before_is_asked_about_as_well() -> None:
    for below in ([], ["乙镇人民政府（盖章）"], ["丙镇人民政府（盖章）"]):
        (result,) = seen(sheet([*HEADING, HEADER, *lines(), *SIGNED, below]))
        assert [name.raw for name in result.named] == below
