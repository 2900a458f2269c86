"""A word for another period on a line of its own among the rows of a table: 上年数 over the figures that follow."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import HEADER, HEADING, SIGNED, lines, seen, sheet, values

FORM = """\
id: crops-2026
title: 农作物播种面积
authority: 县农业农村局
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 农作物播种面积
    label_headers: [作物]
    columns:
      - {key: a, label: 播种面积}
      - {key: b, label: 产量}
    rows:
      - {code: A1, level: 1, type: count, unit_of_measure: 亩, label: 小麦}
      - {code: A2, level: 1, type: count, unit_of_measure: 亩, label: 玉米}
      - {code: A3, level: 1, type: count, unit_of_measure: 亩, label: 水稻}
"""
STRAYS = ["上年数", "上年同期", "去年", "2025年", "计划数"]
OVER = ("hard", "S04", "other_period_over")


def filed(*stray: object, text: str = FORM, heads: tuple[str, ...] = ("播种面积", "产量")) -> Located:
    top: list[list[object]] = [["农作物播种面积"], ["填报单位：甲镇", None, "2026年度"], ["作物", *heads]]
    rows = [*top, ["小麦", 1, 11], [None, *stray], ["玉米", 2, 12], ["水稻", 3, 13]]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (load_text(text, "crops-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    return found[0]


def read(result: Located) -> list[str]:
    return [code for code, seen in result.observations.items() if seen.number is not None]


@pytest.mark.parametrize("stray", STRAYS)
def test_alone_it_speaks_of_all_that_follows(stray: str) -> None:
    result = filed(stray)

    assert (read(result), grave(result)) == (["A1.a", "A1.b"], [OVER])
    (told,) = (finding for finding in result.findings if finding.case == "other_period_over")
    assert (told.cells, told.indicators) == (("B5",), ("A2.a", "A2.b", "A3.a", "A3.b"))


@pytest.mark.parametrize("stray", STRAYS)
def test_beside_another_word_it_speaks_of_its_column(stray: str) -> None:
    result = filed("本年数", stray)

    assert (read(result), grave(result)) == (["A1.a", "A1.b", "A2.a", "A3.a"], [OVER])


@pytest.mark.parametrize("stray", ["本年数", "（亩）", "其中含上年结转的", "见说明"])
def test_what_says_no_other_period_accuses_nobody(stray: str) -> None:
    assert (len(read(filed(stray))), grave(filed(stray))) == (6, [])


def test_the_forms_own_column_of_last_year_may_have_its_head_again() -> None:
    text = FORM.replace("label: 播种面积", "label: 本年数").replace(
        "label: 产量}", "label: 上年数}\n      - {key: c, label: 户数}"
    )

    for stray in ((None, "上年数"), ("本年数",)):
        result = filed(*stray, text=text, heads=("本年数", "上年数", "户数"))
        assert (len(read(result)), [said for said in grave(result) if said[1] != "N01"]) == (6, [])


def test_on_a_form_met_before_it_is_told_as_well() -> None:
    rows = lines()
    plain, stray = [*rows[:40], [], *rows[40:]], [*rows[:40], [None, None, "上年数"], *rows[40:]]
    for body in (plain, stray, stray):
        (result,) = seen(sheet([*HEADING, HEADER, *body, *SIGNED]))
        assert grave(result) == ([OVER] if body is stray else [])
    assert None in values(result).values()
