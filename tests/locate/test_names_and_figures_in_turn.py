"""Names and figures in turn, without heads: each figure is read behind its own name, or it is told why not."""

from __future__ import annotations

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

NAMES = [("总户数", "户"), ("总人口", "人"), ("耕地面积", "亩"), ("林地面积", "亩")]
FORM = """\
id: village-2026
title: 村情概况表
authority: 县农业农村局
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 村情概况表
    label_headers: [指标]
    columns:
      - {label: 数量}
    rows:
""" + "".join(
    f"      - {{code: A{place}, level: 1, type: money, decimals: 2, unit_of_measure: {unit}, label: {name}（{unit}）}}\n"
    for place, (name, unit) in enumerate(NAMES)
)


def filed(*lines: list[object]) -> Located:
    page = sheet([["村情概况表"], ["填报单位：甲村"], *lines])
    found = observe(Workbook(FileFormat.XLSX, (page,)), (load_text(FORM, "village-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    return found[0]


def read(result: Located) -> dict[str, int]:
    return {code: int(seen.number) for code, seen in result.observations.items() if seen.number is not None}


def told(result: Located) -> list[tuple[str, str, str]]:
    return [each for each in grave(result) if each[1] not in {"S01", "S02", "S03"}]


def test_a_figure_is_read_behind_its_name() -> None:
    result = filed(["总户数（户）", 300, "总人口（人）", 900], ["耕地面积（亩）", 5000, "林地面积（亩）", 200])
    assert (read(result), told(result)) == ({"A0": 300, "A1": 900, "A2": 5000, "A3": 200}, [])


def test_where_two_columns_could_hold_the_figures_of_a_name_neither_is_chosen() -> None:
    result = filed(
        ["总户数（户）", 300, 310, "总人口（人）", 900], ["耕地面积（亩）", 5000, 5100, "林地面积（亩）", 200]
    )
    assert read(result) == {"A1": 900, "A3": 200}
    assert ("hard", "L04", "several") in told(result)


def test_a_name_that_is_no_row_of_the_form_is_told_with_its_figure() -> None:
    result = filed(
        ["总户数（户）", 300, "总人口（人）", 900],
        ["耕地面积（亩）", 5000, "林地面积（亩）", 200],
        ["鱼塘（亩）", 7, "果园（亩）", 8],
    )
    assert read(result) == {"A0": 300, "A1": 900, "A2": 5000, "A3": 200}
    assert told(result)
