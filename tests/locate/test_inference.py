"""Where no head names the value column: the only one that could hold the values is read, and never another period's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from consolidator.model import Area
from consolidator.terms import catalogue
from sample_workbooks.printed_form import NUMBERS, PRINTED
from tests.locate.grids import grave, numbered
from tests.locate.test_regressions import HEADING, SENTENCE, SIGNED, seen, sheet, values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from consolidator.locate import Located

    Cells = Callable[[str, int], object]

UNITS = {code: unit for code, _, _, unit in PRINTED}


def plain(_: str, value: int) -> object:
    return value


def with_unit(code: str, value: int) -> object:
    return f"{value}{UNITS[code]}"


def sometimes_with_unit(code: str, value: int) -> object:
    return with_unit(code, value) if value % 3 else value


def unit_alone(code: str, _: int) -> object:
    return UNITS[code]


def nothing(_: str, __: int) -> object:
    return None


def words_for_nothing(_: str, __: int) -> object:
    return "无"


def dashes(_: str, __: int) -> object:
    return "——"


def twice(_: str, value: int) -> object:
    return 2 * value


def remark(code: str, _: int) -> object:
    return "含去年2件" if code in ("C1", "C2") else None


def office(_: str, __: int) -> object:
    return "党政办"


def read(
    heads: Sequence[Sequence[object]], *columns: Cells, merges: Sequence[Area] = (), sentence: int | None = None
) -> Located:
    """The form with its labels and these columns right of them; the sentence on C4's line in one of them, if asked for."""
    rows: list[list[object]] = [*HEADING, *(list(line) for line in heads)]
    for code, _, label, _ in PRINTED:
        cells = [fill(code, numbered()[code]) if code in NUMBERS else None for fill in columns]
        if code == "C4" and sentence is not None:
            cells[sentence] = SENTENCE
        rows.append([label, *cells])
    (result,) = seen(sheet([*rows, *SIGNED], *merges))
    return result


def columns_told(result: Located) -> list[tuple[str, str, str]]:
    return [
        (finding.code, finding.case, finding.details["columns"])
        for finding in result.findings
        if finding.code in ("L04", "L05")
    ]


THIS_AND_LAST = [("本年", "上年"), ("2016年", "2015年"), ("填报数", "上年数"), ("填报情况", "上年同期")]


@pytest.mark.parametrize("label", ["统计指标", "内容", None])
@pytest.mark.parametrize("heads", THIS_AND_LAST)
@pytest.mark.parametrize("fill", [plain, with_unit, sometimes_with_unit])
def test_this_years_column_is_read_beside_last_years_however_it_is_filled_in(
    fill: Cells, heads: tuple[str, str], label: str | None
) -> None:
    result = read([[label, *heads]], fill, twice)

    assert [entry for entry in grave(result) if entry[1] != "U01"] == []
    assert values(result) == numbered()
    assert all(seen.address.column == 2 for code, seen in result.observations.items() if code in NUMBERS)


@pytest.mark.parametrize("label", ["统计指标", "内容", None])
@pytest.mark.parametrize("heads", THIS_AND_LAST)
@pytest.mark.parametrize("fill", [nothing, dashes, words_for_nothing])
def test_last_years_column_is_not_read_where_this_years_is_not_filled_in(
    fill: Cells, heads: tuple[str, str], label: str | None
) -> None:
    result = read([[label, *heads]], fill, twice)

    assert any(severity == "hard" for severity, _, _ in grave(result))
    assert not any(values(result).values())


@pytest.mark.parametrize("heads", THIS_AND_LAST)
def test_a_sentence_among_this_years_values_does_not_move_the_values(heads: tuple[str, str]) -> None:
    result = read([["统计指标", *heads]], plain, twice, sentence=0)

    assert values(result) == numbered()
    assert result.observations["C4"].value == SENTENCE


@pytest.mark.parametrize("heads", [("本期", "累计"), ("填报情况", "核定情况"), ("甲数", "乙数"), (None, None)])
@pytest.mark.parametrize("fill", [plain, with_unit, sometimes_with_unit, words_for_nothing])
def test_of_two_columns_that_could_both_be_it_none_is_read(fill: Cells, heads: tuple[str | None, str | None]) -> None:
    result = read([["统计指标", *heads]], fill, twice)

    assert columns_told(result) == [("L04", "several", "B、C")]
    assert not any(values(result).values())


@pytest.mark.parametrize("heads", [("本期", "累计"), ("填报情况", "核定情况"), ("甲数", "乙数")])
@pytest.mark.parametrize("sentence", [0, None])
def test_an_empty_column_under_a_head_could_be_it_too(heads: tuple[str, str], sentence: int | None) -> None:
    result = read([["统计指标", *heads]], nothing, twice, sentence=sentence)

    assert columns_told(result) == [("L04", "several", "B、C")]
    assert not any(values(result).values())


def test_last_years_columns_under_a_common_head_are_not_read() -> None:
    heads = [[None, "今年情况", "去年情况", None], ["统计指标", "个数", "初报", "终报"]]

    result = read(heads, plain, twice, twice, merges=[Area(4, 3, 4, 4)])

    assert columns_told(result)[0] == ("L04", "inferred", "B")
    assert values(result) == numbered()


def test_how_many_columns_could_be_it_is_said() -> None:
    result = read([["统计指标", "本期", "累计"]], plain, twice)
    (told,) = (finding for finding in result.findings if finding.code == "L04")

    assert catalogue("zh").sentence(told.code, told.case, told.details).startswith("有 2 列都可能是“统计数”（B、C）")


@pytest.mark.parametrize(
    "heads",
    [
        [[None, "上年"]],
        [["内容", "上年同期数"]],
        [["统计指标", 2015]],
        [[None, "2015年"], ["统计指标", "个数"]],
        *([["统计指标", head]] for head in ("本月", "截至6月30日")),
        *(
            [["统计指标", head]]
            for head in ("计划数", "预计数", "目标数", "年度预算", "任务数", "占比", "增长率", "比上年增减", "排名")
        ),
    ],
)
def test_a_single_column_of_another_period_or_kind_is_not_read(heads: Sequence[Sequence[object]]) -> None:
    result = read(heads, twice)

    assert columns_told(result)[0][:2] == ("L04", "other_head")
    assert not any(values(result).values())


@pytest.mark.parametrize("head", ["上半年", "1-6月", "第三季度", "2016年1-9月"])
def test_a_part_of_the_year_over_the_only_column_is_never_the_year(head: str) -> None:
    result = read([["统计指标", head]], twice)

    of_part = result.period is not None and not result.period.period.is_year
    assert of_part or columns_told(result)[0][:2] == ("L04", "none")


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        ([], [plain]),
        ([["统计指标", "填报情况"]], [plain]),
        ([["统计指标", "填报情况"]], [with_unit]),
        ([["统计指标", "填报情况", "备注"]], [plain, remark]),
        ([["统计指标", "填报情况", "责任单位"]], [plain, office]),
        ([["统计指标", "填报情况"]], [plain, remark]),
        ([[None, "2016年度"]], [plain]),
        ([[None, None, "2016年度"]], [plain]),
        ([["统计指标", 2016]], [plain]),
        ([[None, "填报日期：2017年1月5日"]], [plain]),
        ([[None, "2017年1月5日"]], [plain]),
        ([[None, "国办发〔2014〕32号文件附件"]], [plain]),
        ([["国办发〔2014〕32号", None], ["统计指标", "填报情况"]], [plain]),
    ],
)
def test_the_only_column_that_could_be_it_is_read(heads: Sequence[Sequence[object]], columns: Sequence[Cells]) -> None:
    result = read(heads, *columns)

    assert [entry for entry in grave(result) if entry[1] != "S01"] == []
    assert columns_told(result)[0] == ("L04", "inferred", "B")
    assert values(result) == numbered()


@pytest.mark.parametrize("head", ["上半年", "1-6月", "第三季度"])
def test_a_part_of_the_year_over_the_only_column_is_never_read_as_the_year(head: str) -> None:
    alone = read([["统计指标", head]], plain)
    beside_units = read([["统计指标", "单位", head]], unit_alone, plain)

    assert alone.period is not None
    assert not alone.period.period.is_year
    assert columns_told(beside_units)[0][:2] == ("L04", "other_head")
    assert not any(values(beside_units).values())


@pytest.mark.parametrize("head", ["核定情况", "初报", "甲数"])
def test_the_only_column_under_a_head_that_says_something_else_is_read_with_a_question(head: str) -> None:
    result = read([["统计指标", head]], plain)
    (told,) = (finding for finding in result.findings if finding.code == "L04")

    assert grave(result) == [("soft", "L04", "inferred_head")]
    assert values(result) == numbered()
    assert f"“{head}”" in catalogue("zh").sentence(told.code, told.case, told.details)


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["内容", "本年", "上年"], "表右侧多出“上年”一列（C 列），没有读取。"),
        (["统计指标", "统计数", "上年"], "表右侧多出“上年”一列（C 列），没有读取。"),
        (["统计指标", "统计数", None], "表右侧多出没有表头的一列（C 列），没有读取。"),
    ],
)
def test_a_column_that_is_not_read_is_called_by_its_head(heads: Sequence[object], said: str) -> None:
    result = read([heads], plain, twice)
    (told,) = (finding for finding in result.findings if finding.code == "L05")

    assert catalogue("zh").sentence(told.code, told.case, told.details) == said
    assert values(result) == numbered()


def test_a_column_without_a_head_inside_the_form_is_told_as_such() -> None:
    result = read([["统计指标", "单位", None, "统计数"]], unit_alone, twice, plain)
    (told,) = (finding for finding in result.findings if finding.code == "L05")

    assert catalogue("zh").message(told, {}).startswith("表内多出没有表头的一列（C 列），不在表式中。")
    assert catalogue("en").message(told, {}).startswith("The column without a head (C) is not on the form.")
