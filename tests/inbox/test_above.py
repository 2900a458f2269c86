"""Without a roster: a unit that by its name is the one above the others is not added to them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from consolidator.inbox.attribute import attribute
from consolidator.inbox.filings import Filing
from consolidator.inbox.names import Register
from consolidator.model import CellAddress, Observation, Period
from tests.inbox.test_doubts import EAST, WEST, filing, together

YEAR = Period(2016)
BIG = (500, 400, 300)
TOWNS = ("甲镇", "乙镇", "丙乡")


def told(*filings: Filing) -> dict[str, list[str]]:
    """What is said of each unit that something is said of."""
    entries = attribute(filings, Register((), open_ended=True), YEAR)
    said = {entry.filing.filer: [f"{each.severity.value} {each.case}" for each in entry.findings] for entry in entries}
    return {name: cases for name, cases in said.items() if cases}


def among(others: tuple[str, ...], name: str, figures: tuple[int, ...] = BIG) -> dict[str, list[str]]:
    """What is said where `name` files `figures` beside others whose figures are small and no part of a sum."""
    small = [filing(other, (5 + n, 7 * n + 1, 4)) for n, other in enumerate(others)]
    return told(*small, filing(name, figures))


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("盐池县人民政府", ("盐池县甲镇", "盐池县乙镇", "盐池县丙乡", "盐池县教育局", "审批服务管理局")),
        ("盐池县人民政府", ("盐池县教育局", "盐池县公安局", "盐池县司法局")),
        ("平罗县", TOWNS),
        ("兴庆区人民政府", TOWNS),
        ("灵武市", ("东塔镇", "崇兴镇", "城区街道办事处", "国营灵武农场")),
        ("鄂托克旗人民政府（盖章）", ("乌兰镇", "棋盘井镇", "木凯淖尔镇", "某苏木")),
        ("银川市", ("银川市兴庆区", "银川市金凤区", "银川市灵武市")),
        ("甲镇人民政府", ("东村", "西村村民委员会", "南村村委会", "北社区居民委员会")),
        ("金沙街道办事处", ("东社区", "西社区", "南居委会")),
        ("平罗县", ("平罗中学", "城关一小", "城关二小")),
        ("宁夏回族自治区", ("银川市", "吴忠市", "中卫市")),
        ("凉山彝族自治州", ("德昌县", "会理县", "会东县")),
        ("平罗县合计", TOWNS),
        ("东村", ("一组", "二组", "三组")),
        ("第一师", ("一团", "二团", "三团场")),
    ],
)
def test_the_form_of_what_lies_above_the_others_is_not_counted(name: str, others: tuple[str, ...]) -> None:
    assert among(others, name) == {name: ["hard above"]}


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("灵武市", ("永宁县", "贺兰县", "兴庆区")),
        ("西昌市", ("德昌县", "会理县", "会东县")),
        ("兴庆区", ("金凤区", "西夏区", "永宁县")),
        ("经济开发区", TOWNS),
        ("平罗工业园区管委会", TOWNS),
        ("平罗县城区", TOWNS),
        ("沙湖旅游区", TOWNS),
        ("前进农场", TOWNS),
        ("国有林场", TOWNS),
        ("城关镇", TOWNS),
        ("和平街道办事处", TOWNS),
        ("县直属单位", TOWNS),
        ("平罗县政府办公室", ("平罗县教育局", "平罗县公安局", "平罗县司法局")),
        ("政协平罗县委员会", ("平罗县教育局", "平罗县公安局", "平罗县司法局")),
        ("平罗县人民医院", ("甲镇卫生院", "乙镇卫生院", "丙乡卫生院")),
        ("银川市本级", ("兴庆区", "金凤区", "西夏区")),
        ("城关镇中心小学", ("第一小学", "第二小学", "东校区")),
        ("平罗中学", ("城关一小", "城关二小", "城关三小")),
        ("东村", ("西村", "南村", "北社区")),
        ("华联超市", TOWNS),
        ("甲县教育局", ("乙县教育局", "丙县教育局", "丁县教育局")),
    ],
)
def test_peers_are_asked_nothing_however_large_one_of_them_is(name: str, others: tuple[str, ...]) -> None:
    assert among(others, name, (20, 18, 9)) == {}


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("平罗县统计局", TOWNS),
        ("县农业农村局", TOWNS),
        ("银川市", ("兴庆区", "金凤区", "永宁县")),
        ("平罗县教育局", ("平罗中学", "城关一小", "城关二小")),
        ("银川市本级", ("兴庆区", "金凤区", "西夏区")),
    ],
)
def test_what_may_lie_above_is_asked_about_where_its_figures_are_nearly_a_sum(
    name: str, others: tuple[str, ...]
) -> None:
    assert among(others, name, (18, 30, 11)) == {name: ["soft may_be_above"]}


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("平罗", ("平罗甲镇", "平罗乙镇", "平罗丙乡", "教育局")),
        ("东片区", TOWNS),
        ("甲镇学区", ("甲镇中心小学", "甲镇东村小学", "乙镇小学")),
        ("小计", TOWNS),
    ],
)
def test_what_is_called_as_groups_of_units_are_is_asked_about(name: str, others: tuple[str, ...]) -> None:
    assert among(others, name, (2, 1, 5)) == {name: ["soft may_be_above"]}


def test_an_office_whose_figures_are_nearly_those_of_its_own_parts_is_asked_about() -> None:
    others = [filing("县水利局", EAST), filing("县畜牧局", WEST), filing("县教育局", EAST), filing("县民政局", WEST)]
    parts = [filing("县林业局苗圃", (1, 2, 3)), filing("县林业局东林场", (4, 5, 6))]

    assert told(*others, *parts, filing("县林业局", (6, 8, 9))) == {"县林业局": ["soft may_be_above"]}
    assert told(*others, *parts, filing("县林业局", (2, 1, 1))) == {}


def test_a_region_whose_figures_are_smaller_than_those_of_its_parts_is_asked_about_and_counted() -> None:
    said = told(filing("甲镇", EAST), filing("乙镇", WEST), filing("平罗县", (3, 2, 1)))

    assert said == {"平罗县": ["soft may_be_above"]}


def test_one_other_unit_that_may_lie_anywhere_is_no_proof() -> None:
    assert told(filing("甲镇", BIG), filing("东村", EAST)) == {"甲镇": ["soft may_be_above"]}


def test_a_town_beside_its_villages_in_one_file_is_not_counted_and_the_other_towns_are() -> None:
    parts = (("1", "东村", EAST), ("2", "西村", WEST), ("3", "南村", EAST), ("4", "甲镇", BIG))

    assert told(*together(*parts), filing("乙镇", EAST), filing("丙镇", WEST)) == {"甲镇": ["hard above"]}


def test_a_town_whose_villages_filed_under_its_name_is_not_counted_beside_them() -> None:
    forms = (filing("甲镇", BIG), filing("甲镇东村", EAST), filing("乙镇", EAST), filing("丙镇", WEST))

    assert told(*forms) == {"甲镇": ["hard above"]}


def test_towns_and_villages_that_nothing_connects_are_asked_about() -> None:
    villages = [filing(name, (n, n + 1, 5)) for n, name in enumerate(("东村", "西村", "南村", "北村"))]

    assert told(*villages, filing("甲镇", (9, 1, 8)), filing("乙镇", (2, 9, 9))) == {
        "甲镇": ["soft may_be_above"],
        "乙镇": ["soft may_be_above"],
    }


def test_a_county_is_not_counted_though_the_others_are_of_another_period() -> None:
    value = Observation("A0", Decimal(5), "5", CellAddress("Sheet1", 4, 3))
    late = [
        Filing(f"{name}.xlsx", name, "form", "Sheet1", name, None, name, Period(2015), None, "", {"A0": value})
        for name in TOWNS
    ]

    assert told(*late, filing("平罗县", BIG))["平罗县"] == ["hard above"]


def test_whoever_filed_nearly_the_sum_of_all_others_is_asked_about() -> None:
    towns = [filing(name, (10 + n, 21, 33 - n, 8, 5 * n)) for n, name in enumerate(TOWNS, start=1)]

    assert told(*towns, filing("丁镇", (36, 63, 99, 20, 30))) == {"丁镇": ["soft may_be_above"]}
    assert told(*towns, filing("丁镇", (36, 63, 50, 7, 30))) == {}
    assert told(*towns[:2], filing("丁镇", (23, 42, 64, 16, 16))) == {}


def test_each_of_two_offices_that_filed_the_sum_of_the_towns_is_not_counted() -> None:
    offices = [filing(name, (128, 95, 116)) for name in ("县统计局", "县农业农村局")]

    assert told(filing("甲镇", EAST), filing("乙镇", WEST), *offices) == {
        "县统计局": ["hard sum"],
        "县农业农村局": ["hard sum"],
    }


def test_a_second_sum_is_found_once_the_first_is_left_out() -> None:
    said = told(filing("甲镇", EAST), filing("乙镇", WEST), filing("平罗县", BIG), filing("县供销社", (128, 95, 116)))

    assert said == {"平罗县": ["hard above"], "县供销社": ["hard sum"]}
