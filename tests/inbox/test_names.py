from __future__ import annotations

import pytest

from consolidator.inbox import Register
from consolidator.model import ReportingUnit

UNITS = (
    ReportingUnit("01", "城关镇", ("城关",), "乡镇"),
    ReportingUnit("02", "高庄乡", (), "乡镇"),
    ReportingUnit("03", "教育局", ("平罗县教育体育局",), "区直"),
    ReportingUnit("04", "城关街道", (), "乡镇街道"),
)


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("城关镇", "01"),
        ("城 关 镇", "01"),
        ("城关镇人民政府", "01"),
        ("平罗县城关镇", "01"),
        ("平罗县城关镇人民政府", "01"),
        ("宁夏石嘴山市平罗县城关镇党政办公室", "01"),
        ("城关镇（盖章）", "01"),
        ("城关镇党政办", "01"),
        ("平罗县教育体育局办公室", "03"),
        ("城关街道办事处", "04"),
        ("平罗城关镇", "01"),
        ("石嘴山市平罗城关镇人民政府", "01"),
        ("平罗教育局", "03"),
        ("中共城关镇委员会", "01"),
        ("中国共产党平罗县城关镇委员会", "01"),
    ],
)
def test_official_variants_of_a_name_are_the_same_unit(stated: str, code: str) -> None:
    found = Register(UNITS, "石嘴山市平罗县").find(stated)

    assert found.unit is not None
    assert found.unit.code == code


@pytest.mark.parametrize(
    "stated",
    [
        "贺兰县城关镇",
        "城关乡",
        "城关镇卫生院",
        "高庄",
        "",
        "高庄乡城关镇",
        "平罗",
        "罗城关镇",
        "平罗平罗",
        "贺兰城关镇",
        "中共贺兰县城关镇委员会",
        "中共",
    ],
)
def test_a_name_that_is_only_similar_is_nobody(stated: str) -> None:
    assert Register(UNITS, "平罗县").find(stated).unit is None


def test_a_name_that_a_unit_has_itself_is_not_the_county_before_another() -> None:
    units = (
        ReportingUnit("1", "平罗镇"),
        ReportingUnit("2", "镇"),
        ReportingUnit("3", "和平镇"),
        ReportingUnit("4", "平镇"),
    )

    assert Register(units, "平罗县").find("平罗镇").unit == units[0]
    assert Register(units, "和县").find("和平镇").unit == units[2]


def test_a_county_that_the_roster_writes_may_lack_its_level_too_but_is_no_other_county() -> None:
    units = tuple(ReportingUnit("", name) for name in ("平罗县乙镇", "平罗县丙镇", "贺兰县甲镇", "贺兰县丙镇"))
    register = Register(units)

    assert register.find("平罗丙镇").unit == units[1]
    assert register.find("贺兰甲镇人民政府").unit == units[2]
    assert register.find("平罗甲镇").unit is None


def test_without_a_county_any_region_may_stand_before_the_name() -> None:
    register = Register(UNITS)

    assert register.find("宁夏回族自治区平罗县高庄乡").unit == UNITS[1]


def test_a_name_that_two_units_share_is_ambiguous() -> None:
    twins = (ReportingUnit("1", "平罗县城关镇"), ReportingUnit("2", "贺兰县城关镇"))

    assert set(Register(twins).find("城关镇").units) == set(twins)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("高庄乡2016年统计表.xlsx", "02"),
        ("附件2 高庄乡人民政府(1).xls", "02"),
        ("高庄乡/统计表.xlsx", "02"),
        ("微信接收/城关镇-最终.xlsx", "01"),
        ("城关街道.xlsx", "04"),
        ("统计表.xlsx", None),
        ("高庄乡和教育局.xlsx", None),
    ],
)
def test_a_file_name_shows_at_most_one_unit(path: str, code: str | None) -> None:
    unit = Register(UNITS, "平罗县").named_in(path).unit

    assert (unit.code if unit else None) == code


OFFICE, GOVERNMENT = "平罗县人民政府办公室", "平罗县人民政府"


@pytest.mark.parametrize("county", ["平罗县", "平罗", "石嘴山市平罗县", ""])
@pytest.mark.parametrize("office", [OFFICE, "平罗县政府办公室", "平罗县政府办", "平罗县委办公室"])
@pytest.mark.parametrize("text", ["平罗县", "平 罗 县（盖章）", "平罗县人民政府", "石嘴山市平罗县"])
def test_the_county_is_not_its_own_office(county: str, office: str, text: str) -> None:
    units = (ReportingUnit("1", office), ReportingUnit("2", "平罗县甲镇"), ReportingUnit("3", "平罗县教育局"))
    register = Register(units, county)

    assert register.find(text).units == ()
    assert register.named_in(f"{text}2016年汇总.xlsx").units == ()
    assert register.named_in("平罗县甲镇2016年.xlsx").unit == units[1]


@pytest.mark.parametrize("county", ["平罗县", ""])
def test_the_countys_office_is_known_by_its_other_names(county: str) -> None:
    units = (ReportingUnit("1", OFFICE, ("县府办",)), ReportingUnit("2", "平罗县甲镇"))
    register = Register(units, county)

    for text in (OFFICE, "县府办", "平罗县政府办公室", "平罗县政府办"):
        assert register.find(text).unit == units[0]
    assert register.named_in("平罗县政府办2016年.xlsx").unit == units[0]


def test_a_county_on_the_roster_is_a_unit_like_any_other() -> None:
    units = (ReportingUnit("1", "平罗县", (GOVERNMENT,)), ReportingUnit("2", "平罗县甲镇"))

    assert Register(units, "平罗县").find("平罗县").unit == units[0]
    assert Register(units, "平罗县").find(GOVERNMENT).unit == units[0]
    assert Register((ReportingUnit("1", GOVERNMENT), units[1]), "平罗县").find("平罗县人民政府办公室").unit is not None


def test_a_citys_roster_of_counties_knows_them_by_their_governments() -> None:
    units = tuple(ReportingUnit(str(n), name) for n, name in enumerate(("平罗县人民政府", "惠农区人民政府办公室")))
    register = Register(units, "石嘴山市")

    assert register.find("平罗县").unit == units[0]
    assert register.find("石嘴山市惠农区").unit == units[1]
    assert register.named_in("惠农区2016年.xlsx").unit == units[1]
