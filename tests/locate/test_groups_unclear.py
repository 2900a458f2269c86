"""Heads of groups that do not stand over their own columns: one sentence says so, and no column is guessed."""

from __future__ import annotations

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import Located, observe
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_columns_of_forms import ROWS
from tests.locate.test_regressions import sheet

FORM = (
    """\
id: people-2020
title: 人口表
authority: 县公安局
blank_policy: missing
headlines: []
filer: {label: 填报单位}
tables:
  - id: main
    title: 人口表
    label_headers: [村名]
    columns:
      - {key: hm, group: 户籍人口, label: 男}
      - {key: hf, group: 户籍人口, label: 女}
      - {key: ha, group: 户籍人口, label: 户数}
      - {key: cm, group: 常住人口, label: 男}
      - {key: cf, group: 常住人口, label: 女}
      - {key: ca, group: 常住人口, label: 户数}
    rows:
"""
    + "".join(
        f"      - {{code: A{number}, level: 1, type: count, unit_of_measure: 人, label: {label}}}\n"
        for number, label in enumerate(ROWS)
    )
    + "rules: []\n"
)
SUB = [None, *["男", "女", "户数"] * 2]


def people() -> Form:
    return load_text(FORM, "people-2020.yaml", "zh")


def filed(*heads: list[object], merges: tuple[Area, ...] = ()) -> Located:
    width = max(len(head) for head in heads)
    body = [[label, *(10 * n + place for place in range(1, width))] for n, label in enumerate(ROWS)]
    rows: list[list[object]] = [["人口表"], ["（2016年度）"], ["填报单位：甲镇"], *heads, *body]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows, *merges),)), (people(),))
    assert isinstance(found, tuple)
    return found[0]


@pytest.mark.parametrize("merges", [(), (Area(4, 3, 4, 5), Area(4, 6, 4, 8))], ids=["middle", "merged one off"])
def test_heads_of_groups_that_stand_over_other_columns_are_told_once(merges: tuple[Area, ...]) -> None:
    result = filed(["村名", None, "户籍人口", None, None, "常住人口", None], SUB, merges=merges)

    assert grave(result) == [("hard", "L04", "groups")]
    assert not [code for code in result.observations if code.endswith(("hm", "cm"))]


def test_groups_and_their_columns_in_one_line_of_heads_are_told_once() -> None:
    result = filed(["村名", "户籍人口", "男", "女", "户数", "常住人口", "男", "女", "户数"])

    assert (dict(result.observations), grave(result)) == ({}, [("hard", "L04", "groups")])


def test_a_column_that_is_there_twice_or_not_at_all_is_told_as_such() -> None:
    merges = (Area(4, 2, 4, 4), Area(4, 5, 4, 7))
    groups: list[object] = ["村名", "户籍人口", None, None, "常住人口", None, None]

    assert grave(filed(groups, SUB, merges=merges)) == []
    lacking = filed(groups, [*SUB[:-2], "备注", "户数"], merges=merges)
    assert ("hard", "L04", "groups") not in grave(lacking)
    assert [entry for entry in grave(lacking) if entry[:2] == ("hard", "L04")] != []
