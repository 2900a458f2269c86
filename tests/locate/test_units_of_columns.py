"""The unit of measure that a row prints, under several columns: of which of its figures it is, and what is asked about it."""

from __future__ import annotations

import pytest

from consolidator.form import load_text
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Workbook
from tests.locate.grids import grave
from tests.locate.test_regressions import sheet

ROWS = {"A1": ("春播面积", "亩"), "A2": ("蔬菜产值", "万元"), "A3": ("生猪存栏", "头")}
FORM = """\
id: farms-2026
title: 农业月报表
authority: 县农业农村局
blank_policy: missing
filer: {label: 填报单位}
tables:
  - id: main
    title: 农业月报表
    label_headers: [指标]
    unit_headers: [单位]
    columns:
      - {key: now, label: 本月}
      - {key: sum, label: 累计}
      - {key: rate, label: 增长率, unit_of_measure: '%', aggregation: none, signed: true}
    rows:
"""


def filed(*, figures: tuple[object, ...] = (5, 8, 3), **units: str) -> Located:
    """A filing with these figures on every row, some rows with another unit of measure than the form's."""
    rows = [
        f"      - {{code: {code}, level: 1, type: money, decimals: 2, unit_of_measure: {unit}, label: {label}}}\n"
        for code, (label, unit) in ROWS.items()
    ]
    lines = [[label, units.get(code, unit), *figures] for code, (label, unit) in ROWS.items()]
    head: list[list[object]] = [["农业月报表"], ["填报单位：甲镇"], ["指标", "单位", "本月", "累计", "增长率"]]
    form = load_text(FORM + "".join(rows), "farms-2026.yaml", "zh")
    found = observe(Workbook(FileFormat.XLSX, (sheet([*head, *lines]),)), (form,))
    assert isinstance(found, tuple)
    return found[0]


def withheld(result: Located) -> list[str]:
    return [code for code, seen in result.observations.items() if seen.number is None]


def test_the_unit_of_a_row_is_not_that_of_a_column_with_one_of_its_own() -> None:
    assert (withheld(filed()), grave(filed())) == ([], [])

    other = filed(A1="万亩", A2="元")
    assert withheld(other) == ["A1.now", "A1.sum", "A2.now", "A2.sum"]
    assert grave(other) == [("soft", "U01", "scale")] * 4


def test_the_unit_in_brackets_after_a_label_is_not_that_of_a_column_with_one_of_its_own() -> None:
    labelled = load_text(
        FORM + "      - {code: A1, level: 1, type: money, unit_of_measure: 亿元, label: 生产总值（亿元）}\n"
        "      - {code: A2, level: 1, type: money, unit_of_measure: 万元, label: 财政收入（万元）}\n",
        "farms-2026.yaml",
        "zh",
    )
    head: list[list[object]] = [["农业月报表"], ["填报单位：甲镇"], ["指标", "单位", "本月", "累计", "增长率"]]
    for last, told in (("财政收入（万元）", []), ("财政收入（元）", [("soft", "U01", "scale")] * 2)):
        lines: list[list[object]] = [["生产总值（亿元）", None, 5, 8, 3], [last, None, 5, 8, 3]]
        found = observe(Workbook(FileFormat.XLSX, (sheet([*head, *lines]),)), (labelled,))
        assert isinstance(found, tuple)
        assert grave(found[0]) == told
        assert ("A2.rate" in withheld(found[0])) is False


@pytest.mark.parametrize("ditto", ["〃", "″", "同上"])
def test_a_unit_that_is_said_to_be_the_one_above_is_that_one(ditto: str) -> None:
    assert withheld(filed(A1="万元", A2=ditto)) == ["A1.now", "A1.sum"]
    assert withheld(filed(A2="元", A3=ditto)) == ["A2.now", "A2.sum", "A3.now", "A3.sum"]
    assert grave(filed(A1="万元", A2=ditto))[2:] == []


def test_another_word_for_what_is_counted_is_asked_about_once_a_row() -> None:
    result = filed(A3="只")

    assert (withheld(result), grave(result)) == ([], [("soft", "U01", "column")])
    (finding,) = (each for each in result.findings if each.code == "U01")
    assert (finding.indicators, finding.details["label"]) == (("A3.now", "A3.sum"), "生猪存栏")


@pytest.mark.parametrize("unit", ["万亩", "公顷"])
def test_nothing_is_the_same_in_every_unit_and_what_is_not_read_has_none(unit: str) -> None:
    zeros, blanks = filed(A1=unit, figures=(0, 0, 3)), filed(A1=unit, figures=(None, 8, 3))

    assert [code for code, seen in zeros.observations.items() if seen.number == 0] == [
        f"{code}.{key}" for code in ROWS for key in ("now", "sum")
    ]
    assert not any(code == "U01" for _, code, _ in grave(zeros))
    assert [finding.indicators for finding in blanks.findings if finding.code == "U01"] == [("A1.sum",)]


COUNTED = FORM + "".join(
    f"      - {{code: A{number}, level: 1, type: count, unit_of_measure: {unit}, label: {label}}}\n"
    for number, (label, unit) in enumerate((("户籍人口", "人"), ("牲畜", "头"), ("家禽", "只")), start=1)
)


def counted(units: tuple[str, str, str], figures: tuple[object, ...], *over: object) -> Located:
    head: list[list[object]] = [["农业月报表"], ["填报单位：甲镇", *over], ["指标", "单位", "本月", "累计", "增长率"]]
    lines: list[list[object]] = [
        [label, unit, *figures, 1] for label, unit in zip(("户籍人口", "牲畜", "家禽"), units, strict=True)
    ]
    found = observe(
        Workbook(FileFormat.XLSX, (sheet([*head, *lines]),)), (load_text(COUNTED, "farms-2026.yaml", "zh"),)
    )
    assert isinstance(found, tuple)
    return found[0]


def test_fractions_of_counts_in_another_size_are_told_once_as_such() -> None:
    by_row = counted(("万人", "头", "只"), (1.25, 3))
    assert {told.code for told in by_row.findings if "A1.now" in told.indicators} == {"U01"}
    assert withheld(by_row) == ["A1.now", "A1.sum", "A2.now", "A3.now"]

    assert set(grave(counted(("", "", ""), (1.25, 3.5), "单位：万人、万头、万只"))) == {("soft", "U01", "scale")}


def test_a_fraction_of_a_count_in_the_forms_unit_is_refused_as_before() -> None:
    assert grave(counted(("人", "头", "只"), (1.25, 3))) == [("hard", "F01", "decimal")] * 3


RATED = FORM.replace(
    "{key: rate, label: 增长率, unit_of_measure: '%', aggregation: none, signed: true}",
    "{key: rate, label: 单产（公斤/亩）, unit_of_measure: 公斤/亩, aggregation: none}",
) + (
    "      - {code: A1, level: 1, type: money, decimals: 2, unit_of_measure: 亩, label: 春播面积}\n"
    "      - {code: A2, level: 1, type: money, decimals: 2, unit_of_measure: 亩, label: 秋播面积}\n"
)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("单产（公斤/亩）", []),
        ("单产（千克/亩）", []),
        ("单产（公斤）", None),
        ("单产（斤/亩）", [("soft", "U01", "scale")]),
        ("单产（公斤/公顷）", [("soft", "U01", "scale")]),
        ("单产（吨/公顷）", [("soft", "U01", "scale")]),
    ],
)
def test_rates_in_other_units_are_told_whole(head: str, told: list[tuple[str, str, str]] | None) -> None:
    rows: list[list[object]] = [
        ["农业月报表"],
        ["填报单位：甲镇"],
        ["指标", "单位", "本月", "累计", head],
        ["春播面积", "亩", 5, 8, 400],
        ["秋播面积", "亩", 6, 9, 500],
    ]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (load_text(RATED, "farms-2026.yaml", "zh"),))
    assert isinstance(found, tuple)
    if told is not None:
        assert sorted(set(grave(found[0]))) == told
        assert withheld(found[0]) == (["A1.rate", "A2.rate"] if told else [])
        assert all(f"（{each.details['found']}）" in head for each in found[0].findings if each.code == "U01")
