"""Words that a form prints over a column and before a row: 合计 above, 合计 at the side."""

from __future__ import annotations

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import observe
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

TITLE = "就业月报表"
FORM = """\
id: work-2020
title: 就业月报表
authority: 县
blank_policy: missing
headlines: []
filer: {{label: 填报单位}}
tables:
  - id: main
    title: 就业月报表
    label_headers: [乡村名称]
    columns:
{columns}
    rows:
{rows}
rules: []
"""


def form(heads: tuple[str, ...], labels: tuple[str, ...]) -> Form:
    columns = [f"      - {{key: c{number}, label: {head}}}" for number, head in enumerate(heads)]
    rows = [
        f"      - {{code: R{number}, level: 1, type: count, unit_of_measure: 人, label: {label}}}"
        for number, label in enumerate(labels)
    ]
    return load_text(FORM.format(columns="\n".join(columns), rows="\n".join(rows)), "work-2020.yaml", "zh")


def read(
    heads: tuple[str, ...], labels: tuple[str, ...], *lines: tuple[str | None, ...], merges: tuple[Area, ...] = ()
) -> tuple[str, dict[str, int | None], list[tuple[str, str, str]]]:
    rows: list[list[object]] = [[TITLE], ["填报单位：高庄乡", None, "2026年7月"], *map(list, lines)]
    rows += [[label, *(10 * row + spot for spot in range(len(heads)))] for row, label in enumerate(labels)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows, *merges),)), (form(heads, labels),))
    assert isinstance(found, tuple)
    (result,) = found
    values = {code: None if seen.number is None else int(seen.number) for code, seen in result.observations.items()}
    return result.filer.text if result.filer else "", values, grave(result)


def whole(heads: tuple[str, ...], labels: tuple[str, ...]) -> dict[str, int | None]:
    return {f"R{row}.c{spot}": 10 * row + spot for row in range(len(labels)) for spot in range(len(heads))}


@pytest.mark.parametrize(
    ("heads", "labels"),
    [
        (("合计", "男", "女"), ("合计", "本乡", "外乡")),
        (("合计", "男", "女"), ("本乡", "合计", "外乡")),
        (("合计", "男", "女"), ("本乡", "外乡", "合计")),
        (("男", "女", "合计"), ("合计", "本乡", "外乡")),
        (("男", "女", "合计"), ("合计", "甲村", "乙村", "丙村", "丁村")),
        (("男", "其他"), ("其他", "本乡")),
        (("男", "其他"), ("本乡", "其他", "外乡")),
        (("其他", "男"), ("其他", "本乡")),
        (("合计", "男", "女"), ("合计", "男", "女")),
    ],
)
def test_a_word_over_a_column_is_no_row_of_the_same_name(heads: tuple[str, ...], labels: tuple[str, ...]) -> None:
    assert read(heads, labels, ("乡村名称", *heads)) == ("高庄乡", whole(heads, labels), [])


@pytest.mark.parametrize("labels", [("合计", "本乡", "外乡"), ("本乡", "外乡", "合计"), ("本乡", "合计", "外乡")])
def test_such_a_word_may_stand_on_any_of_several_lines_of_heads(labels: tuple[str, ...]) -> None:
    heads = ("劳动力", "合计", "县内", "县外", "男")
    merges = (
        Area(3, 1, 5, 1),
        Area(3, 2, 5, 2),
        Area(3, 3, 3, 6),
        Area(4, 3, 5, 3),
        Area(4, 4, 4, 5),
        Area(4, 6, 5, 6),
    )
    lines = (("乡村名称", "劳动力", "转移", None, None, None), (None, None, "合计", "地点", None, "男"))
    last = (None, None, None, "县内", "县外", None)

    assert read(heads, labels, *lines, last, merges=merges) == ("高庄乡", whole(heads, labels), [])


def test_such_a_word_is_a_head_without_any_words_over_the_labels() -> None:
    heads, labels = ("合计", "男", "女"), ("合计", "本乡", "外乡")

    assert read(heads, labels, (None, *heads)) == ("高庄乡", whole(heads, labels), [])
