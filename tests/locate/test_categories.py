"""Categories in a column of their own, beside the first of their rows, over merged cells or anew on every line."""

from __future__ import annotations

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import observe
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

TITLE = "动物防疫情况统计表"
ITEMS = {"猪": ("口蹄疫", "猪瘟"), "牛": ("口蹄疫",), "羊": ("口蹄疫", "羊痘")}
LINES = [(kind, item) for kind, items in ITEMS.items() for item in items]
PERIOD = "（2016年度）"


def form(columns: tuple[str, ...]) -> Form:
    rows = []
    for letter, (kind, items) in zip("PQR", ITEMS.items(), strict=True):
        rows.append(f"      - {{code: {letter}, level: 1, type: heading, label: {kind}}}")
        rows += [
            f"      - {{code: {letter}{number}, level: 2, parent: {letter}, type: count, unit_of_measure: 头, label: {item}}}"
            for number, item in enumerate(items, start=1)
        ]
    keys = [f"key: c{place}, " if len(columns) > 1 else "" for place in range(len(columns))]
    lines = [
        f"id: herds\ntitle: {TITLE}\nauthority: 县畜牧局\nblank_policy: missing\nheadlines: []\nfiler: {{label: 填报单位}}",
        f"tables:\n  - id: main\n    title: {TITLE}\n    label_headers: [类别, 项目]\n    unit_headers: [单位]\n    columns:",
        *(f"      - {{{key}label: {label}}}" for key, label in zip(keys, columns, strict=True)),
        "    rows:",
        *rows,
        "rules: []",
    ]
    return load_text("\n".join(lines), "herds.yaml", "zh")


@pytest.mark.parametrize("columns", [("应免数",), ("应免数", "实免数")], ids=["one column", "two columns"])
@pytest.mark.parametrize("printed", ["merged", "first line", "every line"])
def test_rows_of_the_same_words_are_told_apart_by_the_category_beside_them(
    printed: str, columns: tuple[str, ...]
) -> None:
    rows: list[list[object]] = [[TITLE], [PERIOD], ["填报单位：甲镇"], ["类别", "项目", "单位", *columns]]
    merges = []
    known = ""
    for number, (kind, item) in enumerate(LINES, start=1):
        told = kind if printed == "every line" or kind != known else None
        known = kind
        rows.append([told, item, "头", *(number * 10 + place for place in range(len(columns)))])
    if printed == "merged":
        merges = [Area(5, 1, 6, 1), Area(8, 1, 9, 1)]

    seen = observe(Workbook(FileFormat.XLSX, (sheet(rows, *merges),)), (form(columns),))
    assert isinstance(seen, tuple)
    (result,) = seen

    assert grave(result) == []
    read = [int(each.number) for each in result.observations.values() if each.number is not None]
    assert read == [number * 10 + place for number in range(1, 6) for place in range(len(columns))]
