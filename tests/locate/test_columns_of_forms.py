"""Columns that a form itself calls plans, quarters, sums or shares, and what their heads may add."""

from __future__ import annotations

import pytest

from consolidator.form import Form, load_text
from consolidator.locate import observe
from consolidator.model import Area, FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

TITLE = "犬只登记统计表"
ROWS = ("登记犬只数", "免疫犬只数", "养犬户数", "收容犬只数", "走失犬只数")
YEAR, MONTH = "（2016年度）", "（2016年7月）"
FORM = """\
id: dogs-2020
title: {title}
authority: 县公安局
blank_policy: missing
headlines: []
filer: {{label: 填报单位}}
tables:
  - id: main
    title: {title}
    label_headers: [指标]
    unit_headers: [单位]
    columns:
{columns}
    rows:
{rows}
rules: []
"""


def form(labels: tuple[str, ...]) -> Form:
    columns = [f"      - {{key: c{number}, label: '{label}'}}" for number, label in enumerate(labels)]
    rows = [
        f"      - {{code: A{number}, level: 1, type: count, unit_of_measure: 只, label: {label}}}"
        for number, label in enumerate(ROWS)
    ]
    text = FORM.format(title=TITLE, columns="\n".join(columns), rows="\n".join(rows))
    return load_text(text, "dogs-2020.yaml", "zh")


def read(
    labels: tuple[str, ...], *lines: tuple[str | None, ...], period: str = YEAR, merges: tuple[Area, ...] = ()
) -> tuple[dict[str, int | None], list[tuple[str, str, str]]]:
    """For each column of the form the sheet column that was read (0 is the first one of values), and what is accused."""
    rows: list[list[object]] = [[TITLE], [period], ["填报单位：甲镇"], *map(list, lines)]
    width = len(lines[0]) - 2
    rows += [[label, "只", *(1000 * spot + number for spot in range(width))] for number, label in enumerate(ROWS)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows, *merges),)), (form(labels),))
    assert isinstance(found, tuple)
    (result,) = found
    columns = {
        labels[int(code[-1])]: None if seen.number is None else int(seen.number) // 1000
        for code, seen in result.observations.items()
    }
    return columns, grave(result)


@pytest.mark.parametrize(
    ("labels", "heads", "period"),
    [
        (("计划数", "完成数"), ("计划数", "完成数"), YEAR),
        (("计划数", "完成数"), ("2016年计划数", "2016年完成数"), YEAR),
        (("计划数", "完成数"), ("计划数（2016年）", "完成数（只）"), YEAR),
        (("本年数", "上年数"), ("本年数（2016年）", "上年数（2015年）"), YEAR),
        (("一季度", "二季度", "三季度", "四季度", "全年"),
         ("一季度（1-3月）", "二季度（4-6月）", "三季度（7-9月）", "四季度（10-12月）", "全年（1-12月）"), YEAR),
        (("本月数", "本年累计数"), ("本月数（7月）", "本年累计数（1-7月）"), MONTH),
        (("增加数", "减少数"), ("增加数（只）", "减少数（只）"), YEAR),
        (("本年数", "上年数"), ("2016年", "2015年"), YEAR),
        (("本年数", "上年数"), ("2016年度数", "2015年度数"), YEAR),
        (("本年实际", "上年实际", "增减数"), ("2016年实际", "2015年实际", "增减数"), YEAR),
        (("本年", "上年同期"), ("2016年", "2015年同期"), YEAR),
        (("一季度", "二季度"), ("第一季度", "第二季度"), YEAR),
        (("第一季度", "第二季度"), ("一季度", "2季度"), YEAR),
        (("本月实际", "本年累计"), ("7月实际", "1-7月累计"), MONTH),
        (("本月实际", "本年累计"), ("7月份实际", "1—7月份累计"), MONTH),
        (("本月数", "累计数"), ("七月数", "一至七月累计数"), MONTH),
        (("本月实际", "本年累计"), ("2016年7月实际", "本年累计"), MONTH),
        (("本期数", "累计数", "上年同期"), ("7月数", "1-7月累计数", "上年同期"), MONTH),
        (("本季数", "本年累计数"), ("第一季度数", "1-3月累计数"), "（2016年第一季度）"),
        (("本季数", "本年累计数"), ("二季度数", "1-6月累计数"), "（2016年第2季度）"),
        (("本月", "累计"), ("7月", "1-7月"), MONTH),
        (("本月", "累计"), ("7月份", "累计"), MONTH),
        (("本月数", "上年同期"), ("7月", "上年同期"), MONTH),
        (("本月", "累计"), ("2016年7月实际", "2016年1-7月累计"), ""),
        (("累计", "本月"), ("2016年1-7月", "2016年7月"), ""),
    ],
)  # fmt: skip
def test_what_a_form_asks_for_is_read_whatever_its_columns_are_of(
    labels: tuple[str, ...], heads: tuple[str, ...], period: str
) -> None:
    columns, accused = read(labels, ("指标", "单位", *heads), period=period)

    assert (columns, accused) == ({label: spot for spot, label in enumerate(labels)}, [])


@pytest.mark.parametrize(
    ("labels", "heads", "period", "unread"),
    [
        (("一季度", "二季度"), ("一季度（4-6月）", "二季度（4-6月）"), YEAR, "一季度"),
        (("计划数", "完成数"), ("计划数", "2015年完成数"), YEAR, "完成数"),
        (("计划数", "完成数"), ("计划数", "完成数（1-6月）"), YEAR, "完成数"),
        (("本月数", "本年累计数"), ("本月数（6月）", "本年累计数"), MONTH, "本月数"),
        (("件数", "金额"), ("本年件数", "金额"), MONTH, "件数"),
        (("本月实际", "本年累计"), ("6月实际", "本年累计"), MONTH, "本月实际"),
        (("本月实际", "本年累计"), ("1-7月实际", "本年累计"), MONTH, "本月实际"),
        (("本月实际", "本年累计"), ("2015年7月实际", "本年累计"), MONTH, "本月实际"),
        (("本年累计", "本月实际"), ("1-6月累计", "本月实际"), MONTH, "本年累计"),
        (("本年累计", "本月实际"), ("7月累计", "本月实际"), MONTH, "本年累计"),
        (("本月", "累计"), ("6月", "1-7月"), MONTH, "本月"),
        (("本月", "累计"), ("7月", "1-6月"), MONTH, "累计"),
        (("件数", "金额"), ("件数（占比）", "金额"), YEAR, "件数"),
    ],
)
def test_a_column_that_adds_another_period_or_kind_to_the_forms_words_is_not_read(
    labels: tuple[str, ...], heads: tuple[str, ...], period: str, unread: str
) -> None:
    columns, accused = read(labels, ("指标", "单位", *heads), period=period)

    assert columns == {label: spot for spot, label in enumerate(labels) if label != unread}
    assert {entry[:2] for entry in accused} == {("hard", "L04")}


@pytest.mark.parametrize(("group", "read_at"), [("本年", 0), ("2016年", 0), ("上年", None), ("2015年", None)])
def test_the_period_over_a_group_of_columns_counts_for_all_of_them(group: str, read_at: int | None) -> None:
    columns, accused = read(
        ("计划数", "完成数"),
        ("指标", "单位", group, None),
        (None, None, "计划数", "完成数"),
        merges=(Area(4, 3, 4, 4),),
    )

    assert columns == {"计划数": read_at, "完成数": None if read_at is None else 1}
    assert accused == ([] if read_at == 0 else [("hard", "S04", "other_period_over")])


@pytest.mark.parametrize("head", ["单位", "", "其他"])
@pytest.mark.parametrize(("stated", "taken"), [("只", True), ("万只", False), ("百只", False), ("——", True)])
@pytest.mark.parametrize("labels", [("数量",), ("本年数", "上年数")])
def test_the_column_of_units_of_measure_is_heard_however_many_columns_of_values_there_are(
    labels: tuple[str, ...], stated: str, head: str, *, taken: bool
) -> None:
    lines = [[label, stated if number < 3 else "只", *range(1, len(labels) + 1)] for number, label in enumerate(ROWS)]
    rows: list[list[object]] = [[TITLE], [YEAR], ["填报单位：甲镇"], ["指标", head, *labels], *lines]

    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(labels),))

    assert isinstance(found, tuple)
    first = [seen.number for code, seen in found[0].observations.items() if code.startswith("A0")]
    assert (None in first) is not taken
    assert {entry[:2] for entry in grave(found[0])} == (set() if taken else {("soft", "U01")})
