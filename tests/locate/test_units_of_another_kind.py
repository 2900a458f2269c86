"""Heads and lines that state a unit of measure in which none of the figures under them can be."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import Area, FileFormat, Workbook
from tests.builders import Layout, lay_out
from tests.locate.grids import filing, form, grave, workbook_of
from tests.locate.test_regressions import sheet

FORM = """\
id: people-2026
title: 机构情况表
authority: 县
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 机构情况表
    label_headers: [机构]
    columns:
      - {key: a, label: 合计, group: 人员}
      - {key: b, label: 女, group: 人员}
      - {key: c, label: 建筑, group: 面积, unit_of_measure: 亩}
      - {key: d, label: 水田, group: 面积, unit_of_measure: 亩}
    rows:
      - {code: A1, level: 1, type: count, unit_of_measure: 人, label: 学校}
      - {code: A2, level: 1, type: count, unit_of_measure: 人, label: 医院}
"""
BODY: list[list[object]] = [["学校", 5, 3, 7, 6], ["医院", 4, 2, 8, 1]]
PEOPLE = ("A1.a", "A1.b", "A2.a", "A2.b")


def filed(group: str = "人员", head: str = "合计", line: str = "", under: str = "") -> Located:
    heads: list[list[object]] = [["机构", group, None, "面积", None], [None, head, "女", "建筑", "水田"]]
    heads += [[None, under]] if under else []
    top: list[list[object]] = [["机构情况表"], ["填报单位：甲镇", None, "2026年度", line]]
    merges = (Area(3, 1, 4, 1), Area(3, 2, 3, 3), Area(3, 4, 3, 5))
    found = observe(
        Workbook(FileFormat.XLSX, (sheet([*top, *heads, *BODY], *merges),)),
        (load_text(FORM, "people-2026.yaml", "zh"),),
    )
    assert isinstance(found, tuple)
    return found[0]


def withheld(result: Located) -> list[str]:
    return [code for code, seen in result.observations.items() if seen.number is None]


@pytest.mark.parametrize("unit", ["人次", "户", "亩", "单位：户"])
def test_it_is_asked_about_at_the_figures_under_it(unit: str) -> None:
    group, head = filed(group=f"人员（{unit}）"), filed(head=f"合计（{unit}）")

    assert (withheld(group), grave(group)) == ([], [("soft", "U01", "column")])
    (asked,) = (finding for finding in group.findings if finding.code == "U01")
    assert (asked.cells, asked.indicators, asked.details["label"]) == (("B3",), PEOPLE, "学校、医院")
    assert grave(head) == [("soft", "U01", "column")]
    assert [finding.indicators for finding in head.findings if finding.code == "U01"] == [("A1.a", "A2.a")]


@pytest.mark.parametrize("unit", ["户", "（户）", "人次"])
def test_it_may_stand_on_a_line_of_its_own_under_the_head(unit: str) -> None:
    assert grave(filed(under=unit)) == [("soft", "U01", "column")]
    assert grave(filed(under="人")) == grave(filed(under="（人）")) == []


def test_one_of_another_size_withholds_them() -> None:
    assert withheld(filed(group="人员（万户）")) == list(PEOPLE)


@pytest.mark.parametrize("unit", ["人", "名", "个", "人、户", "必填", "含临时工"])
def test_what_some_figure_under_it_may_be_in_or_is_no_unit_says_nothing(unit: str) -> None:
    assert grave(filed(group=f"人员（{unit}）")) == grave(filed(head=f"合计（{unit}）")) == []


@pytest.mark.parametrize("line", ["单位：户", "单位：万元", "计量单位：头、只", "（单位：吨）"])
def test_a_line_in_which_nothing_of_the_form_is_measured_is_asked_about_once(line: str) -> None:
    result = filed(line=line)

    assert (withheld(result), grave(result)) == ([], [("soft", "U01", "line")])
    assert [finding.cells for finding in result.findings if finding.code == "U01"] == [("D2",)]


@pytest.mark.parametrize("line", ["单位：人", "单位：亩、人", "单位：个", "单位：甲镇", "单位：户、人", ""])
def test_a_line_that_fits_some_figure_of_the_form_says_nothing(line: str) -> None:
    assert grave(filed(line=line)) == []


def test_what_a_print_met_before_says_is_not_forgotten() -> None:
    """The line and the head are asked about on the first sheet and on the next one of the same print."""
    for layout in (Layout(above=("单位：亩",)), Layout(above=("计量单位：吨",))):
        book = workbook_of(lay_out(filing(), layout))
        asked = []
        for _ in range(2):
            found = observe(book, (form(),))
            assert isinstance(found, tuple)
            asked.append(grave(found[0]))
        assert asked == [[("soft", "U01", "line")]] * 2
