from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from consolidator.inbox import Filing, Register, attribute, prevailing_period
from consolidator.model import CellAddress, Observation, Period, ReportingUnit, Status

UNITS = (ReportingUnit("01", "甲镇"), ReportingUnit("02", "乙乡"))
REGISTER = Register(UNITS, "某县")
PERIOD = Period(2016)


def filing(file: str = "甲镇.xlsx", filer: str = "甲镇", year: int | None = 2016, a1: int = 5) -> Filing:
    place = CellAddress("Sheet1", 3, 1)
    return Filing(
        file=file,
        sha256=f"{file}{a1}",
        form="form",
        sheet="Sheet1",
        filer=filer,
        filer_cell=place if filer else None,
        filer_raw=f"填报单位：{filer}",
        period=Period(year) if year else None,
        period_cell=place if year else None,
        period_raw=f"{year}年度",
        values={"A1": Observation("A1", Decimal(a1), str(a1), CellAddress("Sheet1", 5, 3))},
    )


def told(
    *filings: Filing, register: Register = REGISTER, pins: tuple[tuple[str, str], ...] = ()
) -> list[tuple[str, str, list[str]]]:
    return [
        (
            entry.filing.file,
            entry.status.value if entry.status else (entry.unit.code if entry.unit else "?"),
            [f"{f.severity.value} {f.code} {f.case}".strip() for f in entry.findings],
        )
        for entry in attribute(filings, register, PERIOD, pins)
    ]


@pytest.mark.parametrize(
    ("given", "status", "findings"),
    [
        (filing(), "01", []),
        (filing("报表.xlsx"), "01", []),
        (filing(filer=""), "01", ["soft S05"]),
        (filing("报表.xlsx", filer=""), "unknown_unit", ["hard S02 nameless"]),
        (filing("丙镇.xlsx", filer="丙镇"), "unknown_unit", ["hard S02 unknown"]),
        (filing("乙乡.xlsx"), "unknown_unit", ["hard S02 disagree"]),
        (filing(year=2015), "wrong_period", ["hard S03 wrong_period"]),
        (filing(year=None), "01", ["soft S03 not_stated"]),
        (filing("甲镇2015年.xlsx"), "01", ["soft S03 file_name"]),
        (filing("甲镇2015年.xlsx", year=None), "wrong_period", ["hard S03 wrong_name"]),
        (filing("甲镇2017年报送2016年.xlsx"), "01", []),
    ],
)
def test_whose_and_when(given: Filing, status: str, findings: list[str]) -> None:
    assert told(given) == [(given.file, status, findings)]


@pytest.mark.parametrize(
    ("given", "status", "findings"),
    [
        (filing("640221006.xlsx", filer=""), "640221006", ["soft S05"]),
        (filing("报表.xlsx", filer="640221014"), "640221014", []),
        (filing("640221006.xlsx", filer="乙乡"), "unknown_unit", ["hard S02 disagree"]),
        (filing("乙乡640221014.xlsx", filer="乙乡"), "640221014", []),
    ],
)
def test_a_long_code_of_the_roster_names_its_unit(given: Filing, status: str, findings: list[str]) -> None:
    units = (ReportingUnit("640221006", "甲镇"), ReportingUnit("640221014", "乙乡"))

    assert told(given, register=Register(units, "某县")) == [(given.file, status, findings)]


@pytest.mark.parametrize(
    ("file", "filer", "status", "findings"),
    [
        ("甲镇.xlsx", "某县", "01", ["soft S05"]),
        ("甲镇.xlsx", "某 县（盖章）", "01", ["soft S05"]),
        ("甲镇.xlsx", "某市某县", "01", ["soft S05"]),
        ("汇总.xlsx", "某县", "unknown_unit", ["hard S02 county"]),
        ("某县2016年汇总.xlsx", "", "unknown_unit", ["hard S02 nameless"]),
        ("甲镇.xlsx", "某县人民政府", "unknown_unit", ["hard S02 unknown"]),
        ("甲镇.xlsx", "某县合计", "unknown_unit", ["hard S02 unknown"]),
        ("报表.xlsx", "某县人民政府办公室", "03", []),
        ("某县政府办.xlsx", "", "03", ["soft S05"]),
    ],
)
def test_a_form_that_names_only_the_county_names_no_unit(
    file: str, filer: str, status: str, findings: list[str]
) -> None:
    register = Register((*UNITS, ReportingUnit("03", "某县人民政府办公室")), "某县")

    assert told(filing(file, filer), register=register) == [(file, status, findings)]


@pytest.mark.parametrize("filer", ["某县", "某县人民政府", "某县（合计）"])
def test_without_a_roster_the_county_is_no_unit_either(filer: str) -> None:
    register = Register((), "某县", open_ended=True)
    given = filing("戊戌乡2016.xlsx", filer), filing("汇总.xlsx", filer)
    found = {
        entry.filing.file: entry.unit.name if entry.unit else entry.reason
        for entry in attribute(given, register, PERIOD)
    }

    assert found == {"戊戌乡2016.xlsx": "戊戌乡", "汇总.xlsx": "S02.county"}


HALF = Period(2016, span=(1, 6))


@pytest.mark.parametrize(
    ("file", "stated", "period", "told"),
    [
        ("甲镇.xlsx", HALF, PERIOD, ["hard wrong_period"]),
        ("甲镇.xlsx", Period(2015, span=(1, 24)), PERIOD, ["hard wrong_period"]),
        ("甲镇2016年上半年.xlsx", PERIOD, PERIOD, ["soft file_name"]),
        ("甲镇（1-6月）.xlsx", PERIOD, PERIOD, ["soft file_name"]),
        ("甲镇上半年.xlsx", None, PERIOD, ["hard wrong_name"]),
        ("甲镇2015-2016年度.xlsx", None, PERIOD, ["hard wrong_name"]),
        ("甲镇2016年1—12月.xlsx", PERIOD, PERIOD, []),
        ("甲镇2016年12月.xlsx", PERIOD, PERIOD, []),
        ("甲镇.xlsx", Period(2016, span=(1, 7)), Period(2016, month=7), ["soft cumulative"]),
        ("甲镇1-7月.xlsx", Period(2016, month=7), Period(2016, month=7), []),
        ("甲镇1-6月.xlsx", Period(2016, month=7), Period(2016, month=7), ["soft file_name"]),
        ("甲镇.xlsx", Period(2016, span=(1, 6)), Period(2016, month=7), ["hard wrong_period"]),
        ("甲镇.xlsx", Period(2016, span=(2, 7)), Period(2016, month=7), ["hard wrong_period"]),
        ("甲镇.xlsx", HALF, HALF, []),
        ("甲镇上半年.xlsx", HALF, HALF, []),
        ("甲镇.xlsx", Period(2016, span=(7, 12)), HALF, ["hard wrong_period"]),
    ],
)
def test_a_part_of_the_year_is_another_period(
    file: str, stated: Period | None, period: Period, told: list[str]
) -> None:
    (entry,) = attribute([replace(filing(file), period=stated)], REGISTER, period)

    assert [f"{finding.severity.value} {finding.case}" for finding in entry.findings] == told
    assert (entry.status is Status.WRONG_PERIOD) == any(each.startswith("hard") for each in told)


def test_the_period_that_prevails_may_be_a_part_of_a_year() -> None:
    half = replace(filing(), period=HALF)

    assert prevailing_period([half, replace(half, file="b"), filing("c")]) == HALF


def test_identical_copies_count_once_and_the_one_without_a_copy_mark_is_kept() -> None:
    first = filing("甲镇(1).xlsx")
    second = replace(filing("甲镇最终版.xlsx"), sha256=first.sha256)

    assert told(first, second) == [("甲镇(1).xlsx", "duplicate", ["note S10 identical"]), ("甲镇最终版.xlsx", "01", [])]


def test_the_same_numbers_in_another_file_are_no_conflict() -> None:
    assert [status for _, status, _ in told(filing(), filing("甲镇另存.xls"))] == ["01", "duplicate"]


def test_different_versions_are_never_chosen_silently() -> None:
    assert told(filing(), filing("甲镇改.xlsx", a1=6)) == [
        ("甲镇.xlsx", "conflict", ["hard S02 conflict"]),
        ("甲镇改.xlsx", "conflict", []),
    ]


def test_versions_that_differ_in_a_line_alone_are_told_with_it() -> None:
    whole, shorter = filing(), filing("甲镇改.xlsx")
    added = Observation("F", Decimal(3), "3", CellAddress("Sheet1", 9, 3))

    entry, _ = attribute((replace(whole, values={**whole.values, "F": added}), shorter), REGISTER, Period(2016), ())

    (finding,) = entry.findings
    assert (finding.details["differences"], finding.cells, finding.observed) == ("F 3/—", ("C9",), "3")


def test_a_pin_decides_between_versions() -> None:
    assert told(filing(), filing("甲镇改.xlsx", a1=6), pins=(("甲镇", "甲镇改.xlsx"),)) == [
        ("甲镇.xlsx", "superseded", ["note S11"]),
        ("甲镇改.xlsx", "01", []),
    ]


def test_a_wrong_period_is_no_version_of_this_period() -> None:
    assert [status for _, status, _ in told(filing(), filing("甲镇旧.xlsx", year=2015, a1=9))] == ["01", "wrong_period"]


def test_without_a_roster_the_header_names_the_unit() -> None:
    register = Register((), open_ended=True)
    entries = attribute([filing(filer="丁镇"), filing("戊戌乡2016.xlsx", filer="")], register, PERIOD)

    assert {entry.unit.name for entry in entries if entry.unit} == {"丁镇", "戊戌乡"}


BODIES = [
    "甲镇", "档案馆", "教育体育局", "广播电视台", "森林公安大队", "红星嘎查", "第十四团", "实验小学", "人民医院", "开发区管委会",
    "县委宣传部", "县总工会", "县法院", "武装部", "工商联", "科协", "水库", "供销社", "农商行", "文化和旅游局（文物局）", "海关",
]  # fmt: skip


def titled(file: str, title: str) -> Filing:
    place = CellAddress("Sheet1", 1, 1)
    return replace(filing(file, ""), titled=title, titled_cell=place, titled_raw=f"{title}2016年统计表")


@pytest.mark.parametrize("name", BODIES)
def test_the_roster_knows_whose_name_stands_in_a_title(name: str) -> None:
    register = Register((*UNITS[1:], ReportingUnit("07", name)), "某县")

    assert told(titled("1.xlsx", name), register=register) == [("1.xlsx", "07", [])]
    assert told(titled("1.xlsx", f"某县{name}"), register=register) == [("1.xlsx", "07", [])]
    assert told(titled("乙乡.xlsx", name), register=register) == [("乙乡.xlsx", "unknown_unit", ["hard S02 disagree"])]


def test_what_the_roster_does_not_know_in_a_title_is_no_name() -> None:
    assert told(titled("甲镇.xlsx", "某县政务公开")) == [("甲镇.xlsx", "01", ["soft S05"])]
    assert told(titled("报表.xlsx", "档案馆")) == [("报表.xlsx", "unknown_unit", ["hard S02 nameless"])]
    assert told(titled("甲镇.xlsx", "某县")) == [("甲镇.xlsx", "01", ["soft S05"])]


@pytest.mark.parametrize("name", BODIES)
def test_without_a_roster_a_body_may_be_named_in_the_title_alone(name: str) -> None:
    (entry,) = attribute([titled("1.xlsx", name)], Register((), "某县", open_ended=True), PERIOD)

    assert entry.unit is not None
    assert entry.unit.name == name


@pytest.mark.parametrize("name", ["全县公共图书馆", "各乡镇", "某县乡镇", "某县", "甲镇、乙乡", "政务公开"])
def test_without_a_roster_not_everything_in_a_title_is_a_unit(name: str) -> None:
    (entry,) = attribute([titled("1.xlsx", name)], Register((), "某县", open_ended=True), PERIOD)

    assert entry.unit is None


def grouped(names: list[str], county: str) -> list[set[str]]:
    """Which names without a roster are one unit, each set under its shortest name."""
    filings = [filing(f"{number}.xlsx", name, a1=number) for number, name in enumerate(names)]
    found: dict[str, set[str]] = {}
    for entry in attribute(filings, Register((), county, open_ended=True), PERIOD):
        assert entry.unit is not None
        found.setdefault(entry.unit.name, set()).add(entry.filing.filer)
        assert entry.filing.filer in (entry.unit.name, *entry.unit.aliases)
    return sorted(found.values(), key=min)


@pytest.mark.parametrize("order", [1, -1])
def test_without_a_roster_spellings_of_one_unit_are_one_unit(order: int) -> None:
    spelled = [
        ["乙乡", "乙 乡", "乙乡人民政府", "某县乙乡", "某市某县乙乡党政办公室", "乙乡（盖章）"],
        ["教育局", "县教育局", "某县教育局办公室"],
        ["某县政府办", "县政府办公室", "某县人民政府办公室"],
        ["某县城市管理委员会"],
        ["城市管理办公室"],
        ["乙乡卫生院"],
        ["邻县乙乡卫生院"],
        ["城关街道办事处", "某县城关街道"],
    ]
    names = [name for group in spelled for name in group]

    assert grouped(names[::order], "某县") == sorted(map(set, spelled), key=min)


def test_without_a_roster_and_a_county_only_the_office_is_cut_off() -> None:
    assert grouped(["乙乡", "乙乡人民政府", "某县乙乡", "邻县乙乡"], "") == [
        {"乙乡", "乙乡人民政府"},
        {"某县乙乡"},
        {"邻县乙乡"},
    ]
    assert grouped(["市场监督管理局", "某市市场监督管理局"], "某市") == [{"市场监督管理局", "某市市场监督管理局"}]


@pytest.mark.parametrize(
    ("county", "names", "alike"),
    [
        ("", ["乙乡人民政府", "某县乙乡"], True),
        ("", ["某县乙乡", "邻县乙乡"], False),
        ("某县", ["乙乡", "某市乙乡"], True),
        ("某县", ["乙乡", "丙镇"], False),
        ("", ["区教育局", "市教育局"], False),
    ],
)
def test_without_a_roster_units_that_may_be_one_are_told(county: str, names: list[str], alike: bool) -> None:
    filings = [filing(f"{number}.xlsx", name, a1=number) for number, name in enumerate(names)]

    for _, status, said in told(*filings, register=Register((), county, open_ended=True)):
        assert (status, said) == ("", ["soft S02 alike"] if alike else [])


def test_without_a_roster_different_figures_under_two_spellings_are_versions() -> None:
    register = Register((), "某县", open_ended=True)
    given = filing("a.xlsx", "乙乡"), filing("b.xlsx", "某县乙乡人民政府", a1=6)

    assert [status for _, status, _ in told(*given, register=register)] == ["conflict", "conflict"]
    pinned = told(*given, register=register, pins=(("某县乙乡人民政府", "b.xlsx"),))
    assert [status for _, status, _ in pinned] == ["superseded", ""]


def test_the_order_of_the_files_does_not_matter() -> None:
    filings = [filing(), filing("甲镇改.xlsx", a1=6), filing("乙乡.xlsx", "乙乡"), filing("x.xlsx", "丙镇")]

    assert attribute(filings, REGISTER, PERIOD) == attribute(filings[::-1], REGISTER, PERIOD)


def test_the_period_of_most_files_prevails_and_a_tie_decides_nothing() -> None:
    assert prevailing_period([filing(), filing("b"), filing("c", year=2015)]) == PERIOD
    assert prevailing_period([filing(), filing("c", year=2015)]) is None
    assert prevailing_period([filing(year=None)]) is None


def test_units_come_with_their_status() -> None:
    assert attribute([filing(year=2015)], REGISTER, PERIOD)[0].status is Status.WRONG_PERIOD
