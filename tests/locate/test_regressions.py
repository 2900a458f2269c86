"""Layouts that once gave a wrong number in silence, or accused a sound form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.locate import Located, observe
from consolidator.locate.words.remarks import of_other_period
from consolidator.model import Area, FileFormat, Period, Sheet, Workbook
from sample_workbooks.printed_form import NUMBERS, PRINTED
from tests.draft.sheets import form as drafted
from tests.locate.grids import cell_of, form, grave, numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HEADING: list[list[object]] = [["政府信息公开情况统计表"], ["（2016年度）"], ["填报单位（盖章）：甲镇"]]
SIGNED: list[list[object]] = [
    ["单位负责人：王一", "审核人：李二", "填报人：赵三", "联系电话：0000-0000000", "填报日期：2017年1月5日"]
]
HEADER: list[object] = ["统计指标", "单位", "统计数"]


def lines(
    row: Callable[[str, str, int | None], list[object]] = lambda label, unit, value: [label, unit, value],
) -> list[list[object]]:
    return [row(label, unit, numbered().get(code)) for code, _, label, unit in PRINTED]


def sheet(rows: Sequence[Sequence[object]], *merges: Area, name: str = "S") -> Sheet:
    cells = {
        (r, c): cell
        for r, values in enumerate(rows, start=1)
        for c, value in enumerate(values, start=1)
        if (cell := cell_of(r, c, value)) is not None  # type: ignore[arg-type]
    }
    return Sheet(name, cells, merges)


def seen(*sheets: Sheet, period: Period | None = None) -> tuple[Located, ...]:
    found = observe(Workbook(FileFormat.XLSX, sheets), (form(),), period=period)
    assert isinstance(found, tuple)
    return found


def values(result: Located) -> dict[str, int | None]:
    return {
        code: None if observation.number is None else int(observation.number)
        for code, observation in result.observations.items()
        if code in NUMBERS
    }


def beside(label: str, unit: str, value: int | None) -> list[object]:
    return [label, unit, None if value is None else value + 1, value]


NOTHING = dict.fromkeys(NUMBERS)


@pytest.mark.parametrize("heads", [("统计数", "统计数"), ("统计数", "数量"), ("统计数（镇）", "统计数（村）")])
def test_two_columns_with_the_same_head_are_never_chosen_between(heads: tuple[str, str]) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", *heads], *lines(beside), *SIGNED]))

    assert grave(result) == [("hard", "L04", "several")]
    assert not any(values(result).values())


@pytest.mark.parametrize("heads", [("2015年统计数", "2016年统计数"), ("2015年", "2016年"), ("上年数", "本年数")])
def test_last_years_column_in_front_is_told_and_never_read(heads: tuple[str, str]) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", *heads], *lines(beside), *SIGNED]))

    assert (grave(result), passed_over(result)) == ([], [f"“{heads[0]}”"])
    assert values(result) == numbered()


def passed_over(result: Located) -> list[str]:
    """The heads of the columns between labels and figures that are noted as not read."""
    early = [each for each in result.findings if (each.code, each.case) == ("L05", "early")]
    return [str(each.details["name"]) for each in early]


def test_last_years_column_in_front_of_each_panel_is_told_and_never_read() -> None:
    front = lines(lambda label, unit, value: [label, unit, None if value is None else value + 1, value])
    half = len(front) // 2
    rows = [[*(front[n] if n < half else [None] * 4), *front[half + n]] for n in range(len(front) - half)]
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", "上年数", "统计数"] * 2, *rows, *SIGNED]))

    assert (grave(result), passed_over(result)) == ([], ["“上年数”"] * 2)
    assert values(result) == numbered()


def test_last_years_column_under_a_common_head_is_told_and_never_read() -> None:
    rows = [*HEADING, ["统计指标", "单位", "统计数"], [None, None, "上年", "本年"], *lines(beside), *SIGNED]

    (merged,) = seen(sheet(rows, Area(4, 1, 5, 1), Area(4, 2, 5, 2), Area(4, 3, 4, 4)))
    (loose,) = seen(sheet(rows))

    assert (grave(merged), passed_over(merged)) == ([], ["“上年”"])
    assert values(merged) == numbered()
    assert numbered() == values(loose) or not any(values(loose).values())


MONTHLY: list[list[object]] = [HEADING[0], ["（2016年7月）"], HEADING[2]]
QUARTERLY: list[list[object]] = [HEADING[0], ["（2016年第三季度）"], HEADING[2]]
HALF_YEARLY: list[list[object]] = [HEADING[0], ["（2016年上半年）"], HEADING[2]]


def test_this_months_column_is_that_of_a_monthly_form_and_of_no_yearly_one() -> None:
    heads = ["统计指标", "单位", "上月数", "本月数"]

    (monthly,) = seen(sheet([*MONTHLY, heads, *lines(beside), *SIGNED]))
    (yearly,) = seen(sheet([*HEADING, heads, *lines(beside), *SIGNED]))

    assert values(monthly) == numbered()
    assert grave(yearly) == [("hard", "L04", "other_head")] * 2
    assert [f.observed for f in yearly.findings if f.case == "other_head"] == ["上月数", "本月数"]
    assert not any(values(yearly).values())


@pytest.mark.parametrize(
    "head",
    ["上半年", "1-6月", "2016年1-9月", "第三季度", "本月", "统计数（上半年）", "统计数（1-6月）", "统计数（截至2016年6月30日）",
     "统计数（截止6月底）", "2016年统计数（1—6月）", "统计数（计划）"],
)  # fmt: skip
def test_a_column_of_a_part_of_the_year_or_of_plans_is_not_read_for_the_year(head: str) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert grave(result) == [("hard", "L04", "other_head")]
    assert not any(values(result).values())


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        (HEADING, "统计数（1-12月）"),
        (HEADING, "统计数（全年）"),
        (HEADING, "统计数（截至12月31日）"),
        (HEADING, "统计数（截至2016年12月31日）"),
        (HEADING, "统计数（2016年度）"),
        (HEADING, "全年数"),
        (MONTHLY, "统计数（7月）"),
        (MONTHLY, "本月数"),
        (MONTHLY, "7月"),
        (MONTHLY, "统计数（截至7月31日）"),
        (MONTHLY, "本月（7月）数"),
        (MONTHLY, "七月份"),
        (MONTHLY, "7月（件）"),
        (MONTHLY, "本月累计"),
        (QUARTERLY, "统计数（第三季度）"),
        (QUARTERLY, "本季度"),
        (QUARTERLY, "7-9月"),
        (QUARTERLY, "7月至9月"),
        (QUARTERLY, "三季度统计数"),
        (QUARTERLY, "2016年Q3"),
        (QUARTERLY, "统计数（截至三季度末）"),
        (HALF_YEARLY, "1-6月累计"),
        (HALF_YEARLY, "半年统计数"),
        (HEADING, "统计数（含上年结转）"),
        (HEADING, "统计数（不含上年）"),
        (HEADING, "统计数（与上年口径一致）"),
        (HEADING, "全年累计"),
        (HEADING, "累计数"),
        (HEADING, "截至2016年12月31日"),
        (HEADING, "1—12月累计"),
        (HEADING, "2016年1月1日至12月31日"),
        (HEADING, "年末数"),
        (HEADING, "实报数"),
        (HEADING, "年度数据"),
        (HALF_YEARLY, "统计数（1-6月）"),
        (HALF_YEARLY, "上半年"),
    ],
)
def test_a_column_that_says_the_forms_own_period_is_read(heading: list[list[object]], head: str) -> None:
    (result,) = seen(sheet([*heading, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert not {entry for entry in grave(result) if entry[1] in ("L04", "S04")}
    assert values(result) == numbered()


@pytest.mark.parametrize(
    ("heading", "head"),
    [
        (MONTHLY, "本年累计"),
        (MONTHLY, "累计数"),
        (MONTHLY, "统计数（累计）"),
        (MONTHLY, "统计数（1-7月累计）"),
        (MONTHLY, "统计数（本月止累计）"),
        (MONTHLY, "年初至今"),
        (QUARTERLY, "前三季度累计"),
        (QUARTERLY, "统计数（1—9月累计）"),
        (HEADING, "统计数（截至三季度末）"),
        (HEADING, "统计数（半年）"),
        (HEADING, "统计数（15年）"),
        (HEADING, "统计数（年初数）"),
        (HEADING, "统计数（下年）"),
        (HEADING, "统计数（应报数）"),
        (HEADING, "统计数（人均）"),
    ],
)
def test_sums_from_january_on_and_what_is_no_figure_of_the_period_are_not_read_for_it(
    heading: list[list[object]], head: str
) -> None:
    (result,) = seen(sheet([*heading, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert ("hard", "L04", "other_head") in grave(result)
    assert not any(values(result).values())


@pytest.mark.parametrize(
    ("heading", "own", "other"),
    [
        (MONTHLY, "本月数", "本年累计数"),
        (MONTHLY, "7月", "1—7月累计"),
        (MONTHLY, "本月数", "本年数"),
        (MONTHLY, "2016年7月统计数", "2016年统计数"),
        (MONTHLY, "本月", "本年"),
        (QUARTERLY, "本季", "本年累计"),
        (QUARTERLY, "三季度", "前三季度累计"),
        (HEADING, "实报数", "应报数"),
        (HEADING, "年末数", "年初数"),
    ],
)
def test_of_the_period_and_the_sum_up_to_it_the_period_is_read(
    heading: list[list[object]], own: str, other: str
) -> None:
    after = lines(lambda label, unit, value: [label, unit, value, None if value is None else value + 1])

    (first,) = seen(sheet([*heading, ["统计指标", "单位", own, other], *after, *SIGNED]))
    (second,) = seen(sheet([*heading, ["统计指标", "单位", other, own], *lines(beside), *SIGNED]))

    assert values(first) == values(second) == numbered()
    assert (grave(second), passed_over(second)) == ([], [f"“{other}”"])


@pytest.mark.parametrize("head", ["本年", "2016年", "2016年统计数", "统计数（2016年）"])
def test_this_years_column_of_a_monthly_form_is_asked_about(head: str) -> None:
    (result,) = seen(sheet([*MONTHLY, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert ("soft", "L04", "inferred_head") in grave(result)


@pytest.mark.parametrize("head", ["2015年统计数", "统计数（上半年）", "上年数", "本月数"])
def test_a_page_whose_repeated_header_says_another_period_is_told_and_not_read(head: str) -> None:
    after = [["续表"], ["统计指标", "单位", head], *lines()[30:]]

    (result,) = seen(sheet([*HEADING, HEADER, *lines()[:30], *after, *SIGNED]))

    first = [code for code, *_ in PRINTED[:30] if code in NUMBERS]
    assert grave(result) == [("hard", "L04", "other_head")]
    assert {code: value for code, value in values(result).items() if value is not None} == {
        code: numbered()[code] for code in first
    }


@pytest.mark.parametrize("head", ["计划", "占比", "同比增长", "2015年", "1-6月"])
def test_a_second_line_under_the_known_head_that_says_another_kind_or_period_counts(head: str) -> None:
    heads = [HEADER, [None, None, head]]

    (result,) = seen(sheet([*HEADING, *heads, *lines(), *SIGNED], Area(4, 1, 5, 1), Area(4, 2, 5, 2)))

    assert grave(result) == [("hard", "L04", "other_head")]
    assert not any(values(result).values())


@pytest.mark.parametrize(
    ("over", "read"),
    [
        ("2015年", False),
        ("上年同期", False),
        ("2016年", True),
        ("2017年1月5日", True),
        ("2017年1月", True),
        ("单位：条", True),
    ],
)
def test_a_year_alone_over_the_head_of_the_values_counts_and_a_day_of_filing_does_not(over: str, *, read: bool) -> None:
    (result,) = seen(sheet([*HEADING, [None, None, over], HEADER, *lines(), *SIGNED]))

    assert grave(result) == ([] if read else [("hard", "S04", "other_period_over")])
    assert values(result) == (numbered() if read else NOTHING)


@pytest.mark.parametrize(
    ("head", "part"),
    [
        ("统计数（上半年）", Period(1, span=(1, 6))),
        ("统计数（1-6月）", Period(1, span=(1, 6))),
        ("统计数（7月）", Period(1, month=7)),
        ("统计数", None),
        ("统计数（全年）", None),
    ],
)
def test_a_head_of_a_part_of_no_year_is_heard_where_the_heading_states_no_period(
    head: str, part: Period | None
) -> None:
    (result,) = seen(sheet([HEADING[0], HEADING[2], ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert (result.part.period if result.part else None) == part
    assert (grave(result), result.period, values(result)) == ([], None, numbered())


@pytest.mark.parametrize(
    ("own", "head"), [("本年累计", "本年累计（1-7月）"), ("累计数", "累计数"), ("累计数", "累计数（1—7月）")]
)
def test_a_monthly_form_that_asks_for_sums_gets_them(own: str, head: str) -> None:
    (table,) = form().tables
    (column,) = table.columns
    summed = replace(form(), tables=(replace(table, columns=(replace(column, label=own, aliases=()),)),))
    rows = [*MONTHLY, ["统计指标", "单位", head], *lines(), *SIGNED]

    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (summed,))

    assert isinstance(found, tuple)
    assert (grave(found[0]), values(found[0])) == ([], numbered())


@pytest.mark.parametrize("head", ["第一季度", "上半年", "变动（%）"])
def test_a_column_that_the_form_itself_calls_so_is_read(head: str) -> None:
    (table,) = form().tables
    (column,) = table.columns
    own = replace(form(), tables=(replace(table, columns=(replace(column, label=head),)),))
    rows = [*HEADING, ["统计指标", "单位", head], *lines(), *SIGNED]

    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (own,))

    assert isinstance(found, tuple)
    assert grave(found[0]) == []
    assert values(found[0]) == numbered()


@pytest.mark.parametrize("head", ["2015年", "上年数"])
def test_a_column_of_another_year_alone_is_not_read(head: str) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert grave(result) == [("hard", "L04", "other_head")]
    assert not any(values(result).values())


def test_a_page_with_its_columns_elsewhere_is_read_by_its_own_header() -> None:
    first, second = lines()[:30], lines(lambda label, unit, value: [None, label, None, unit, value])[30:]

    (result,) = seen(
        sheet([*HEADING, HEADER, *first, ["续表"], [None, "统计指标", None, "单位", "统计数"], *second, *SIGNED])
    )

    assert grave(result) == []
    assert values(result) == numbered()


@pytest.mark.parametrize(
    ("texts", "year"),
    [
        (["（2016）"], 2016),
        (["（ 2 0 1 6 年度）"], 2016),
        (["请于2017年1月15日前报送2016年度统计表"], 2016),
        ([2016, "年度"], 2016),
        ([None], None),
        (["2017年1月3日"], None),
        (["国办发〔2014〕32号"], None),
    ],
)
def test_a_day_of_filing_or_the_number_of_a_document_is_no_period(texts: list[object], year: int | None) -> None:
    title = [f"政府信息公开情况统计表{texts[0]}"] if texts == ["（2016）"] else ["政府信息公开情况统计表"]

    (result,) = seen(sheet([title, [] if texts == ["（2016）"] else texts, HEADING[2], HEADER, *lines(), *SIGNED]))

    assert (result.period.period if result.period else None) == (Period(year) if year else None)


@pytest.mark.parametrize(
    "line", ["填报单位：甲镇 负责人：赵三", "填报单位：甲镇；审核人：李二", "填报单位：甲镇，联系电话：123"]
)
def test_the_filer_ends_where_the_next_field_begins(line: str) -> None:
    (result,) = seen(sheet([*HEADING[:2], [line], HEADER, *lines(), *SIGNED]))

    assert result.filer is not None
    assert result.filer.text == "甲镇"


def filled(filer: str = "甲镇", year: int = 2016, more: int = 0) -> list[list[object]]:
    rows = lines(lambda label, unit, value: [label, unit, None if value is None else value + more])
    return [["政府信息公开情况统计表"], [f"（{year}年度）"], [f"填报单位：{filer}"], HEADER, *rows, *SIGNED]


def test_two_units_one_below_the_other_are_two_filings() -> None:
    first, second = seen(sheet([*filled(), [], *filled("乙乡", more=1)]))

    assert [each.filer.text for each in (first, second) if each.filer] == ["甲镇", "乙乡"]
    assert values(first) == numbered()
    assert values(second) == {code: value + 1 for code, value in numbered().items()}
    assert grave(first) == grave(second) == []


def test_a_form_copied_below_itself_counts_once() -> None:
    (result,) = seen(sheet([*filled(), [], *filled()]))

    assert values(result) == numbered()
    assert grave(result) == []


@pytest.mark.parametrize("stacked", [True, False])
def test_of_two_years_the_period_decides_and_without_it_none_is_read(stacked: bool) -> None:
    old, new = filled(year=2015, more=1), filled()
    sheets = (sheet([*old, [], *new]),) if stacked else (sheet(old, name="一"), sheet(new, name="二"))

    (undecided,) = seen(*sheets)
    (decided,) = seen(*sheets, period=Period(2016))

    assert [entry[:2] for entry in grave(undecided)] == [("hard", "L03")]
    assert (undecided.period, values(undecided)) == (None, NOTHING)
    assert (grave(decided), values(decided)) == ([], numbered())


def test_a_form_copied_beside_itself_is_read_once_and_one_that_differs_is_told_once() -> None:
    other = [[*row[:2], 7, *row[3:]] if row[0] == PRINTED[1][2] else row for row in filled()]
    (same,) = seen(sheet([[*row, *[None] * (5 - len(row)), *row] for row in filled()]))
    rows = [[*row, *[None] * (5 - len(row)), *more] for row, more in zip(filled(), other, strict=True)]
    (differs,) = seen(sheet(rows))

    assert (grave(same), values(same)) == ([], numbered())
    assert [each.case for each in same.findings if each.code == "L03"] == ["copies_on_sheet"]
    assert [entry[1:] for entry in grave(differs) if entry[0] == "hard"] == [("L03", "several_blocks")]
    assert not any(values(differs).values())


@pytest.mark.parametrize("number", ["1）", "⒈", "1.1 ", "· 1. ", "（1）", "①"])
def test_any_numbering_is_a_numbering(number: str) -> None:
    rows = lines(lambda label, unit, value: [label.replace("1. ", number), unit, value])

    (result,) = seen(sheet([*HEADING, HEADER, *rows, *SIGNED]))

    assert (grave(result), values(result)) == ([], numbered())


def changed(code: str, label: str | None = None, unit: str | None = None) -> list[list[object]]:
    return [
        [label or text if code == own else text, unit or measure if code == own else measure, numbered().get(own)]
        for own, _, text, measure in PRINTED
    ]


@pytest.mark.parametrize(
    ("code", "label", "unit"),
    [
        ("A1", None, "万条"),
        ("A1", None, "条（万）"),
        ("G", None, "万"),
        ("G", None, "人民币元"),
        ("H4", "（四）政府信息公开专项经费（单位：元）", None),
        ("H4", "（四）政府信息公开专项经费（元）（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", None),
    ],
)
def test_a_unit_of_measure_of_another_size_withholds_the_number(code: str, label: str | None, unit: str | None) -> None:
    (result,) = seen(sheet([*HEADING, HEADER, *changed(code, label, unit), *SIGNED]))

    assert grave(result) == [("soft", "U01", "scale")]
    assert result.observations[code].value is None


@pytest.mark.parametrize("place", ["head", "line", "line with the year"])
def test_a_unit_of_money_over_the_table_counts_where_the_rows_state_none(place: str) -> None:
    said = {"line": "金额单位：元", "line with the year": "金额单位：元　　2016年"}
    line: list[object] = ["填报单位：甲镇", said.get(place)]
    head: list[object] = ["统计指标", "统计数（元）" if place == "head" else "统计数"]
    rows = lines(lambda label, unit, value: [label, value])

    (result,) = seen(sheet([*HEADING[:2], line, head, *rows, *SIGNED]))

    assert grave(result) == [("soft", "U01", "scale")] * 2
    assert [code for code in NUMBERS if values(result)[code] is None] == ["G", "H4"]


COUNTS = [code for code in NUMBERS if code not in ("G", "H4")]
PIECES = [code for code, _, _, unit in PRINTED if unit == "条"]


@pytest.mark.parametrize("units", [True, False])
@pytest.mark.parametrize(
    "head",
    [
        "统计数（万条）",
        "统计数（单位：万）",
        "统计数（万）",
        "统计数（单位：千件）",
        "统计数（以万为单位）",
        "统计数 （ 万 条 ）",
    ],
)
def test_a_scale_in_the_head_of_the_values_withholds_every_count(head: str, *, units: bool) -> None:
    heads, rows = ["统计指标", "单位", head], lines()
    if not units:
        heads, rows = ["统计指标", head], lines(lambda label, unit, value: [label, value])

    (result,) = seen(sheet([*HEADING, heads, *rows, *SIGNED]))

    assert grave(result) == [("soft", "U01", "scale_many")]
    assert {code: value for code, value in values(result).items() if value is not None} == {
        code: numbered()[code] for code in ("G", "H4")
    }
    (finding,) = (finding for finding in result.findings if finding.case == "scale_many")
    assert (finding.cells, finding.indicators) == (("C4" if units else "B4",), tuple(COUNTS))


def test_a_scale_on_a_line_under_the_head_withholds_every_count() -> None:
    (result,) = seen(sheet([*HEADING, HEADER, [None, None, "（万条）"], *lines(), *SIGNED]))

    assert grave(result) == [("soft", "U01", "scale_many")]
    assert not any(values(result)[code] for code in COUNTS)


@pytest.mark.parametrize(
    ("line", "withheld"),
    [
        ("单位：万条、万件", COUNTS),
        ("计量单位：万", COUNTS),
        ("（单位：万条）", COUNTS),
        ("2016年　　单位：万条", COUNTS),
        ("单位：万条、件、人、个、次、场、篇、万元", PIECES),
        ("单位：条、件、万元", []),
        ("单位：万元", []),
        ("单位：件、场", []),
        ("填报单位：万盛镇", []),
        ("单位：万条河镇", []),
    ],
)
def test_a_scale_in_the_line_over_the_table_withholds_the_counts_it_is_of(line: str, withheld: list[str]) -> None:
    (result,) = seen(sheet([*HEADING, [line], HEADER, *lines(), *SIGNED]))

    assert [code for code in NUMBERS if values(result)[code] is None] == withheld
    assert set(grave(result)) == ({("soft", "U01", "scale_many")} if withheld else set())


@pytest.mark.parametrize(
    ("note", "withheld"),
    [
        ("注：单位为万条、万件", COUNTS),
        ("备注：1.本表数据单位为万条，万件。", COUNTS),
        ("注：单位为条", []),
        ("注：A22 单位为万条", COUNTS),
        ("注：本单位为县直部门", []),
    ],
)
def test_a_scale_in_a_note_under_the_table_withholds_the_counts_it_is_of(note: str, withheld: list[str]) -> None:
    (result,) = seen(sheet([*HEADING, HEADER, *lines(), [note], *SIGNED]))

    assert [code for code in NUMBERS if values(result)[code] is None] == withheld
    assert set(grave(result)) == ({("soft", "U01", "scale_many")} if withheld else set())


@pytest.mark.parametrize("remark", ["计划", "计划数", "预计", "目标", "同比", "同比增长", "增长率", "排名"])
def test_a_label_that_says_that_its_figure_is_none_of_what_there_was_is_told(remark: str) -> None:
    (result,) = seen(sheet([*HEADING, HEADER, *changed("A22", f"2. 政府网站公开政府信息数（{remark}）"), *SIGNED]))

    assert (grave(result), values(result)["A22"]) == ([("hard", "S04", "other_period")], None)


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("统计数（核定数）", True),
        ("统计数（全县数）", True),
        ("统计数（更正前）", True),
        ("统计数（个、件、万元）", False),
        ("统计数（单位：条、件）", False),
        ("统计数（2016年）", False),
        ("统计数（本年度）", False),
        ("统计数（截至12月31日）", False),
        ("统计数（填写）", False),
    ],
)
def test_what_a_known_head_adds_in_brackets_is_noted_unless_it_is_a_unit_or_the_period(
    head: str, *, told: bool
) -> None:
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", head], *lines(), *SIGNED]))

    assert (grave(result), values(result)) == ([], numbered())
    assert [f.observed for f in result.findings if (f.code, f.case) == ("L04", "alias")] == [head] * told


@pytest.mark.parametrize("units", [True, False])
@pytest.mark.parametrize("remark", ["（万条）", "（单位：万条）", "（万）", "（按百条计）"])
def test_a_scale_in_a_label_withholds_its_count(remark: str, *, units: bool) -> None:
    label = "2. 政府网站公开政府信息数" + remark
    rows = changed("A22", label)
    heads: list[object] = ["统计指标", "单位", "统计数"]
    if not units:
        heads, rows = ["统计指标", "统计数"], [[text, value] for text, _, value in rows]

    (result,) = seen(sheet([*HEADING, heads, *rows, *SIGNED]))

    assert grave(result) == [("soft", "U01", "scale")]
    assert values(result) == numbered() | {"A22": None}


def test_a_scale_in_the_heading_of_a_chapter_withholds_the_counts_under_it() -> None:
    (heading,) = (label for code, _, label, _ in PRINTED if code == "B")
    (result,) = seen(sheet([*HEADING, HEADER, *changed("B", f"{heading}（单位：万次）"), *SIGNED]))

    assert [code for code in NUMBERS if values(result)[code] is None] == [code for code in NUMBERS if code[0] == "B"]
    assert grave(result) == [("soft", "U01", "scale_many")]


@pytest.mark.parametrize(
    "remark", ["（条）", "（单位：条）", "（十）", "（百度百科）", "（万人以上）", "（千佛镇）", "（含万条以上）", "（2016年）", "（2016年度数）", "（不含上年）",
               "（国办发2014年32号）", "（2014年修订）", "（本年）", "（含上年结转）", "（含去年）", "（含去年结转）", "（含往年）",
               "（含上年未办结）", "（包括往年未办结）", "（含上期未办结）", "（含上年结余）", "（包括2015年）", "（1-12月）", "（全年）",
               "（截至12月31日）", "（2016年1—12月）", "（5月1日起）", "（6月1日）"],
)  # fmt: skip
def test_a_remark_in_a_label_that_says_neither_a_scale_nor_another_period_changes_nothing(remark: str) -> None:
    (result,) = seen(sheet([*HEADING, HEADER, *changed("A22", f"2. 政府网站公开政府信息数{remark}"), *SIGNED]))

    assert (grave(result), values(result)) == ([], numbered())


def test_a_count_of_nothing_is_nothing_in_every_scale() -> None:
    rows = [[label, unit, 0 if value else value] for label, unit, value in lines()]
    (result,) = seen(sheet([*HEADING, ["统计指标", "单位", "统计数（万条）"], *rows, *SIGNED]))

    assert not any(code == "U01" for _, code, _ in grave(result))
    assert not any(values(result).values())


@pytest.mark.parametrize(
    "remark", ["（2015年）", "（2015年度）", "（上年）", "（去年数）", "（上年同期）", "（截至2015年底）", "（2015）",
               "（1-6月）", "（上半年）", "（2016年上半年）", "（第三季度）", "（2016年1—9月）", "（截至6月30日）", "（截至2016年6月30日）", "（本月）",
               "（7月）", "（2016年第三季度）"],
)  # fmt: skip
def test_a_line_whose_label_says_another_period_is_told_and_never_read(remark: str) -> None:
    rows = changed("C1", f"（一）收到申请数{remark}")

    (result,) = seen(sheet([*HEADING, HEADER, *rows, *SIGNED]))

    assert grave(result) == [("hard", "S04", "other_period")]
    assert values(result) == numbered() | {"C1": None}


@pytest.mark.parametrize("remark", ["（2015年）", "（上半年）", "（1-6月）"])
def test_a_chapter_whose_heading_says_another_period_is_told_and_never_read(remark: str) -> None:
    (heading,) = (label for code, _, label, _ in PRINTED if code == "B")

    (result,) = seen(sheet([*HEADING, HEADER, *changed("B", heading + remark), *SIGNED]))

    assert grave(result) == [("hard", "S04", "other_period_over")]
    assert [code for code in NUMBERS if values(result)[code] is None] == [code for code in NUMBERS if code[0] == "B"]


@pytest.mark.parametrize(
    ("own", "remark", "told"),
    [
        ("二、上年结转政府信息公开申请数量", "（2024年）", ""),
        ("四、结转下年度继续办理", "（2026年）", ""),
        ("本年累计数", "（1-7月）", ""),
        ("收到申请数", "（1-7月）", "1-7月"),
        ("收到申请数", "（7月）", ""),
        ("收到申请数", "（2025年）", "2025年"),
    ],
)
def test_a_line_carried_over_or_added_up_may_say_since_when(own: str, remark: str, told: str) -> None:
    assert of_other_period(own + remark, (own,), Period(2026, month=7)) == told


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True)])
def test_a_label_two_lines_high_has_its_value_on_either_line(*, first: bool, second: bool) -> None:
    rows = lines()
    label, unit, value = rows[1]
    rows[1:2] = [[label, unit, value if first else None], [None, None, value if second else None]]

    (result,) = seen(sheet([*HEADING, HEADER, *rows, *SIGNED], Area(6, 1, 7, 1), Area(6, 2, 7, 2)))

    assert values(result) == numbered()
    assert grave(result) == ([("soft", "S04", "unlabelled")] if first and second else [])


def test_a_number_on_a_line_without_words_is_told() -> None:
    (result,) = seen(sheet([*HEADING, HEADER, *lines()[:5], [None, None, 77], *lines()[5:], *SIGNED]))

    assert grave(result) == [("soft", "S04", "unlabelled")]
    assert values(result) == numbered()


@pytest.mark.parametrize(
    ("line", "filer"),
    [
        ("单位：甲镇", "甲镇"),
        ("乡镇名称：甲镇", "甲镇"),
        ("乡镇（街道）：甲镇", "甲镇"),
        ("部门：教育局", "教育局"),
        ("单位：件、场", None),
        ("单位：万元", None),
    ],
)
def test_a_word_that_may_mean_other_things_names_the_filer_only_before_an_office(line: str, filer: str | None) -> None:
    (result,) = seen(sheet([*HEADING[:2], [line], HEADER, *lines(), *SIGNED]))

    assert (result.filer.text if result.filer else None) == filer


def test_the_title_may_name_the_filer_before_a_year_in_chinese_numerals() -> None:
    (result,) = seen(sheet([["甲镇二〇一六年度政府信息公开情况统计表"], HEADER, *lines(), *SIGNED]))

    assert result.filer is not None
    assert (result.filer.text, result.period and result.period.period) == ("甲镇", Period(2016))


@pytest.mark.parametrize("upper", [True, False])
@pytest.mark.parametrize("place", [1, 14, 37, 66])
@pytest.mark.parametrize("between", [[], [["续表"], HEADER]])
def test_a_label_cut_in_two_by_a_page_break_is_one_label(
    *, upper: bool, place: int, between: list[list[object]]
) -> None:
    rows = lines()
    label, unit, value = rows[place]
    filled, empty = [unit, value], [None, None]
    halves = [[str(label)[:7], *(filled if upper else empty)], [str(label)[7:], *(empty if upper else filled)]]
    rows[place : place + 1] = [halves[0], *between, halves[1]]

    (result,) = seen(sheet([*HEADING, HEADER, *rows, *SIGNED]))

    assert (grave(result), values(result)) == ([], numbered())


def test_two_halves_of_a_label_with_a_number_each_are_no_label() -> None:
    rows = lines()
    label, unit, value = rows[1]
    rows[1:2] = [[str(label)[:7], unit, value], [str(label)[7:], unit, 5]]

    (result,) = seen(sheet([*HEADING, HEADER, *rows, *SIGNED]))

    assert "A1" not in values(result)
    assert any(severity == "hard" for severity, _, _ in grave(result))


def test_a_form_spread_over_two_sheets_is_not_taken_for_two_forms() -> None:
    first = sheet([*HEADING, HEADER, *lines()[:30]], name="一")
    second = sheet([HEADER, *lines()[30:], *SIGNED], name="二")

    (result,) = seen(first, second)

    assert grave(result) == [("hard", "L03", "pages")]
    assert not any(values(result).values())


SENTENCE = "主要侧重社保、土地等方面"


def answered(head: str = "统计数", *, line: str = "C4t", more: int = 0) -> list[list[object]]:
    """Label and value alone; the sentence on the main content stands filled in among the values, on the line given."""
    return [
        ["统计指标", head],
        *(
            [label, SENTENCE if code == line else None if code not in NUMBERS else numbered()[code] + more]
            for code, _, label, _ in PRINTED
        ),
    ]


@pytest.mark.parametrize("line", ["C4t", "C4"])
@pytest.mark.parametrize("head", ["统计数", "填报情况"])
def test_a_sentence_copied_into_the_value_cell_is_no_second_label(head: str, line: str) -> None:
    (result,) = seen(sheet([*HEADING, *answered(head, line=line), *SIGNED]))

    assert (grave(result), values(result)) == ([], numbered())
    assert result.observations[line].value == SENTENCE


@pytest.mark.parametrize("line", ["C4t", "C4"])
def test_two_units_one_below_the_other_with_their_sentences_among_the_values_are_two_filings(line: str) -> None:
    upper, lower = (
        [*HEADING, *answered(line=line), *SIGNED],
        [*HEADING[:2], ["填报单位：乙乡"], *answered(line=line, more=1)],
    )

    first, second = seen(sheet([*upper, [], *lower, *SIGNED]))

    assert (grave(first), values(first)) == ([], numbered())
    assert (grave(second), values(second)) == ([], {code: value + 1 for code, value in numbered().items()})


def test_a_sentence_filled_in_where_it_is_printed_is_a_label_wherever_labels_stand() -> None:
    content = next(label for code, _, label, _ in PRINTED if code == "C4")
    plain = lines(lambda label, _, value: [label, None, value])
    place = [code for code, *_ in PRINTED].index("C4t")
    here, deep, beside = ([row] for row in ([SENTENCE], [None, SENTENCE], [content, SENTENCE]))

    for each in (here, deep, beside):
        each[:0], each[len(each) :] = plain[: place - (each is beside)], plain[place + 1 :]
        (result,) = seen(sheet([*HEADING, ["统计指标", None, "统计数"], *each, *SIGNED]))

        assert (grave(result), values(result)) == ([], numbered())
        assert result.observations["C4t"].value == SENTENCE


NUMBERED: list[object] = ["序号", "统计指标", "单位", "统计数"]
IN_CELLS: dict[str, list[list[object]]] = {
    "two fields a line": [["单位负责人", "王一", "审核人", "李二"], ["填报人", "赵三", "联系电话", "0952-6123456"]],
    "under the labels": [[None, "单位负责人", "王一", "审核人"], [None, "李二", "填报人", "赵三"]],
    "spread letters": [["单位负责人：", "王一", "审 核 人：", "李二"], ["填报人：", "赵三", "电 话：", "0952-6123456"]],
    "a serial before": [[59, "王一", "审核人", "李二"]],
}


def numbered_lines() -> list[list[object]]:
    return [[place, *line] for place, line in enumerate(lines(), start=1)]


@pytest.mark.parametrize("signed", IN_CELLS.values(), ids=IN_CELLS.keys())
@pytest.mark.parametrize("between", [[], [[]]], ids=["right below", "a line between"])
def test_a_sign_off_in_cells_of_its_own_is_no_row_of_the_form(
    between: list[list[object]], signed: list[list[object]]
) -> None:
    (result,) = seen(sheet([*HEADING, NUMBERED, *numbered_lines(), *between, *signed]))

    assert [entry for entry in grave(result) if entry[1] != "S01"] == []
    assert values(result) == numbered()


def test_a_sign_off_at_the_foot_of_every_page_is_no_row_of_the_form() -> None:
    rows = numbered_lines()

    (result,) = seen(sheet([*HEADING, NUMBERED, *rows[:30], *IN_CELLS["two fields a line"], *rows[30:], *SIGNED]))

    assert [entry for entry in grave(result) if entry[1] != "S01"] == []
    assert values(result) == numbered()


@pytest.mark.parametrize("place", [30, None])
@pytest.mark.parametrize("label", ["村务公开数", "联系群众次数"])
def test_a_row_that_the_form_has_not_is_still_told_beside_its_sign_off(label: str, place: int | None) -> None:
    rows = numbered_lines()
    rows.insert(len(rows) if place is None else place, [99, label, "件", 5])

    (result,) = seen(sheet([*HEADING, NUMBERED, *rows, *IN_CELLS["two fields a line"]]))

    assert ("hard", "S04", "extra") in grave(result)
    assert values(result) == numbered()


def under_the_table(*line: object) -> list[tuple[str, str, str]]:
    """What is told of a line right under the last indicator."""
    (result,) = seen(sheet([*HEADING, HEADER, *lines(), list(line), *SIGNED]))
    assert values(result) == numbered()
    told = [(f.severity.value, f.code, f.case) for f in result.findings if f.severity.value != "note"]
    return [entry for entry in told if entry[1] not in {"S01", "S02", "S03"}]


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("备注", "无"),
        ("备  注：", "本表含转载12条"),
        ("说明", "2016年度共12条为转载"),
        ("注", "表内数字由党政办提供"),
        ("分管领导", "赵六"),
        ("分管负责人（签字）", "张三"),
        ("经办科室", "党政办"),
        ("手机", 13900000000),
        ("手机", "139 0000 0000"),
        ("传真", 6012346),
        ("传真", "0952-6012346"),
        ("邮箱", "a1@b.cn"),
    ],
)
def test_a_remark_or_a_further_sign_off_right_under_the_table_is_no_row(label: str, value: object) -> None:
    assert under_the_table(label, None, value) == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (("是否经审核", None, "是"), ("info", "S04", "below")),
        (("数据截止日", None, "2016-12-31"), ("info", "S04", "below")),
        (("备注", None, 3), ("soft", "S04", "below")),
        (("备注", None, "12"), ("soft", "S04", "below")),
        (("其他情况", None, 3), ("hard", "S04", "extra")),
        (("其他情况", None, "三十"), ("hard", "S04", "extra")),
        (("其他情况", None, "约30条"), ("hard", "S04", "extra")),
        (("注", "条", 12), ("hard", "S04", "extra")),
        (("承办人", None, 12), ("hard", "S04", "extra")),
        (("咨询电话", None, 30), ("hard", "S04", "extra")),
        (("值班电话数", None, 30), ("hard", "S04", "extra")),
    ],
)
def test_other_lines_right_under_the_table_are_told_and_hard_where_they_hold_a_number(
    line: tuple[object, ...], told: tuple[str, str, str]
) -> None:
    assert under_the_table(*line) == [told]


def test_a_remark_among_the_indicators_is_told() -> None:
    rows = lines()
    (result,) = seen(sheet([*HEADING, HEADER, *rows[:9], ["备注", None, "无"], *rows[9:], *SIGNED]))

    assert ("hard", "S04", "extra") in grave(result)


def test_a_scale_over_a_table_is_none_of_its_rates() -> None:
    above: list[list[object]] = [["住房情况统计表"], ["（2016年度）"], ["填报单位：甲镇"]]
    table: list[list[object]] = [
        ["指标名称", "计量单位", "数量"],
        ["户数", "户", 5],
        ["人数", "人", 9],
        ["入住率", "%", 40],
    ]
    asked = drafted(sheet([*above, *table]))
    observed = observe(Workbook(FileFormat.XLSX, (sheet([*above, ["单位：万户、万人"], *table]),)), (asked,))
    assert isinstance(observed, tuple)

    numbers = {code: observation.number for code, observation in observed[0].observations.items()}
    assert numbers == {"A": None, "B": None, "C": 40}
