from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from consolidator.locate.around.heading import find_fields, find_filer, find_titled
from consolidator.locate.period.at_odds import at_odds
from consolidator.locate.period.dating import find_period
from consolidator.locate.period.parts import undated_part
from consolidator.model import Cell, CellKind, Period, Sheet
from tests.locate.grids import form


def dated(day: str, shown: str) -> Cell:
    return Cell(1, 1, CellKind.DATE, day, Decimal(46204), shown)


def sheet(*rows: tuple[object, ...], name: str = "Sheet1") -> Sheet:
    cells = {}
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if isinstance(value, str):
                cells[row, column] = Cell(row, column, CellKind.TEXT, value)
            elif isinstance(value, Cell):
                cells[row, column] = replace(value, row=row, column=column)
            elif value is not None:
                cells[row, column] = Cell(row, column, CellKind.NUMBER, str(value), Decimal(str(value)))
    return Sheet(name, cells)


ABOVE = range(1, 9)


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([("填报单位（盖章）：平罗县姚伏镇",)], "平罗县姚伏镇"),
        ([("填报单位(盖章): 姚伏镇 ",)], "姚伏镇"),
        ([("填报单位：姚伏镇　　　　2016年度　　　　单位：条、件",)], "姚伏镇"),
        ([("填报单位（盖章）", "姚伏镇人民政府")], "姚伏镇人民政府"),
        ([("填报单位（盖章）：", None, "姚伏镇", "填报日期：2017年1月5日")], "姚伏镇"),
        ([("填报单位：", "计量单位：件")], None),
        ([("填报单位：", "2016年度")], None),
        ([("填报单位：____________",)], None),
        ([("填报单位负责人：张三",)], None),
        ([("单位名称：姚伏镇",)], "姚伏镇"),
        ([("单位（盖章）：姚伏镇",)], "姚伏镇"),
        ([("填 报 单 位：姚伏镇",)], "姚伏镇"),
        ([("填报机关：姚伏镇人民政府（公章）",)], "姚伏镇人民政府"),
        ([("报送单位：姚伏镇（2016年）",)], "姚伏镇"),
        ([("姚伏镇2016年度政府信息公开情况统计表",)], "姚伏镇"),
        ([("平罗县姚伏镇政府信息公开情况统计表（2016年度）",)], "平罗县姚伏镇"),
        ([("政府信息公开情况统计表",), ("(2016 年度)",)], None),
        ([("文化局2016上半年政府信息公开情况统计表",)], "文化局"),
        ([("（姚伏镇）2016年1—6月政府信息公开情况统计表",)], "姚伏镇"),
        ([("附件1：姚伏镇关于2016年度的政府信息公开情况统计表",)], "姚伏镇"),
        ([("档案馆2016年度政府信息公开情况统计表",)], None),
        ([("政府信息公开情况统计表",), ("姚伏镇（盖章）",)], "姚伏镇"),
        ([("政府信息公开情况统计表",), ("平罗县姚伏镇人民政府（ 公 章 ）", "2016年度")], "平罗县姚伏镇人民政府"),
        ([("乡镇（盖章）",)], None),
        ([("填报部门（盖章）",)], None),
        ([("主要负责人（签章）",)], None),
        ([("姚伏镇（2016年）",)], None),
        ([("单位：条",)], None),
        ([("2016年政府信息公开情况统计表",)], None),
    ],
)
def test_the_filer_is_the_name_after_its_label(rows: list[tuple[object, ...]], name: str | None) -> None:
    found = find_filer(sheet(*rows), ABOVE, form())

    assert (found.text if found else None) == name
    if found:
        assert found.raw in [value for row in rows for value in row]


@pytest.mark.parametrize(
    ("rows", "period"),
    [
        ([("（2016年度）",)], Period(2016)),
        ([("( 2016 年度)",)], Period(2016)),
        ([("（２０１６年度）",)], Period(2016)),
        ([("二〇一六年度",)], Period(2016)),
        ([("2016年政府信息公开情况统计表",), ("填报日期：2017年1月10日",)], Period(2016)),
        ([("填报日期：2017年1月10日",), ("政府信息公开情况统计表（2016年度）",)], Period(2016)),
        ([("2016 年 第 3 季度",)], Period(2016, quarter=3)),
        ([("年度：", 2016)], Period(2016)),
        ([("报告期：", 2016)], Period(2016)),
        ([("报告期：", "2016年第3季度")], Period(2016, quarter=3)),
        ([("报告期：", "2016年7月")], Period(2016, month=7)),
        ([("报告期：", "2016-07")], Period(2016, month=7)),
        ([("统计年度", "2016年")], Period(2016)),
        ([("统计期限：2018年1月1日起至2018年12月31日止",)], Period(2018)),
        ([("填报单位：姚伏镇　年　季度",)], None),
        ([("国办发〔2014〕32号",)], None),
        ([("2016年7月",)], Period(2016, month=7)),
        ([("二〇一六年十一月",)], Period(2016, month=11)),
        ([("（2016.07）",)], Period(2016, month=7)),
        ([("统计月份", "2016-07")], Period(2016, month=7)),
        ([("报告期：2016.7",)], Period(2016, month=7)),
        ([("月份：201607",)], Period(2016, month=7)),
        ([("填报单位：姚伏镇 统计月份：2016-07",)], Period(2016, month=7)),
        ([(dated("2016-07-01", 'yyyy"年"m"月"'),)], Period(2016, month=7)),
        ([("所属期", dated("2016-07-01", "yyyy-mm"))], Period(2016, month=7)),
        ([("政府信息公开情况统计表（2016年）",), ("报告期：2016年7月",)], Period(2016, month=7)),
        ([("报告期", dated("2016-07-31", "yyyy-mm-dd"))], None),
        ([("填报日期", dated("2016-08-01", 'yyyy"年"m"月"'))], None),
        ([("填报日期：", "2016年8月")], None),
        ([("2016.07.05",)], None),
        ([("报告期：2016-07-05",)], None),
        ([("2016年1-7月",)], Period(2016, span=(1, 7))),
        ([("二〇一七年一月十二日",)], None),
        ([("2016年政府信息公开情况统计表",), ("2017年1月",)], Period(2016)),
        ([("政府信息公开情况统计表（2015版）",)], None),
        ([("2015年度    填报日期：2016年1月13日",)], Period(2015)),
        ([("填报日期：2016年1月13日    2015年度",)], Period(2015)),
        ([("填报日期：2016.1.13  2015年度",)], Period(2015)),
        ([("填报日期：    2015年度",)], Period(2015)),
        ([("2015年度    填报日期：2016年1月",)], Period(2015)),
        ([("填报单位：甲镇    2026年第二季度    填报日期：2026年7月8日",)], Period(2026, quarter=2)),
        ([("报告期：2016年7月    填表时间：二〇一六年八月一日",)], Period(2016, month=7)),
        ([("填报日期：2017年1月5日", "2016年度")], Period(2016)),
        ([("填报单位：甲镇    填报日期：2017年",)], None),
        ([("填报单位：甲镇    填报日期：2017-01",)], None),
        ([("填报单位：甲镇  填报日期", "2017年1月")], None),
        ([("2016年度    填报日期：　年　月　日",)], Period(2016)),
        ([("截止2016年6月30日",)], Period(2016, span=(1, 6))),
        ([("截止 2016年6月30日",)], Period(2016, span=(1, 6))),
        ([("截至2016年12月31日",)], Period(2016)),
        ([("报送截止2017年1月31日",)], None),
        ([("请于截止2017年1月10日前报送",)], None),
        ([("2017年1月12号",)], None),
        ([("报告期：2016-Q3",)], Period(2016, quarter=3)),
        ([("报告期", "2016-Q3")], Period(2016, quarter=3)),
        ([("统计期间：2016年1月1号至6月30号",)], Period(2016, span=(1, 6))),
    ],
)
def test_the_period_is_the_year_of_the_report_not_the_day_of_filing(
    rows: list[tuple[object, ...]], period: Period | None
) -> None:
    found = find_period(sheet(*rows), ABOVE, form())

    assert (found.period if found else None) == period


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("档案馆2016年度", "档案馆"),
        ("文化旅游局（文物局）2016年", "文化旅游局(文物局)"),
        ("（红星嘎查）2016年度", "红星嘎查"),
        ("平罗海关2016年", "平罗海关"),
        ("附件：广播电视台（2016）", "广播电视台"),
        ("第十四团2016年第3季度", "第十四团"),
        ("2016年度", None),
        ("附件1", None),
        ("", None),
    ],
)
def test_what_stands_before_the_title_may_be_a_name(title: str, name: str | None) -> None:
    found = find_titled(sheet((f"{title}政府信息公开情况统计表",)), ABOVE, form())

    assert (found.text if found else None) == name


HALF, NINE_MONTHS, TWO_YEARS = (1, 6), (1, 9), (1, 24)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2016年上半年", Period(2016, span=HALF)),
        ("2016上半年", Period(2016, span=HALF)),
        ("（2016年度）上半年", Period(2016, span=HALF)),
        ("2016年度（1—6月）", Period(2016, span=HALF)),
        ("2016年1月至6月", Period(2016, span=HALF)),
        ("2016年1一6月", Period(2016, span=HALF)),
        ("二〇一六年一至六月", Period(2016, span=HALF)),
        ("2016年1月1日至6月30日", Period(2016, span=HALF)),
        ("2016年1月1日－2016年6月30日", Period(2016, span=HALF)),
        ("2016.01-2016.06", Period(2016, span=HALF)),
        ("2016-01-01至2016-06-30", Period(2016, span=HALF)),
        ("截至2016年6月30日", Period(2016, span=HALF)),
        ("2016年半年报", Period(2016, span=HALF)),
        ("2016年下半年", Period(2016, span=(7, 12))),
        ("2016年前三季度", Period(2016, span=NINE_MONTHS)),
        ("2016年一至三季度", Period(2016, span=NINE_MONTHS)),
        ("2016年第一季度至第三季度", Period(2016, span=NINE_MONTHS)),
        ("2016年1、2月", Period(2016, span=(1, 2))),
        ("2015-2016年度", Period(2015, span=TWO_YEARS)),
        ("2015/2016年度", Period(2015, span=TWO_YEARS)),
        ("2015年／2016年", Period(2015, span=TWO_YEARS)),
        ("2015年至2016年", Period(2015, span=TWO_YEARS)),
        ("2015年7月至2016年6月", Period(2015, span=(7, 18))),
        ("2016年1—12月", Period(2016)),
        ("2016年1月1日起至12月31日止", Period(2016)),
        ("2016年一至四季度", Period(2016)),
        ("2016年全年", Period(2016)),
        ("2016.01-2016.12", Period(2016)),
        ("截至2016年12月31日", Period(2016)),
        ("自2016年1月1日起", Period(2016)),
        ("2016年度（1月10日前报送）", Period(2016)),
        ("2016年度（上年度：2015年度）", Period(2016)),
        ("2016年（第三季度）", Period(2016, quarter=3)),
        ("2016第三季度", Period(2016, quarter=3)),
        ("2016年度（7月）", Period(2016, month=7)),
        ("2016年12月31日", Period(2016)),
        ("截止2016年6月30日", Period(2016, span=HALF)),
        ("截止2016年12月31日", Period(2016)),
        ("2016年Q3", Period(2016, quarter=3)),
        ("2016-Q3", Period(2016, quarter=3)),
        ("2016年Q1—Q3", Period(2016, span=NINE_MONTHS)),
        ("2016年H1", Period(2016, span=HALF)),
        ("2016H2", Period(2016, span=(7, 12))),
        ("2016年（上）", Period(2016, span=HALF)),
        ("2016年中报", Period(2016, span=HALF)),
        ("2016年元月至6月", Period(2016, span=HALF)),
        ("2016年元月", Period(2016, month=1)),
        ("2016年1−6月", Period(2016, span=HALF)),
        ("2016年1‑6月", Period(2016, span=HALF)),
        ("2016年1∼6月", Period(2016, span=HALF)),
        ("2016年1、2、3季度", Period(2016, span=NINE_MONTHS)),
        ("2016年1月1号至6月30号", Period(2016, span=HALF)),
        ("2016年1月1号至12月31号", Period(2016)),
        ("2016年7月5号", Period(2016)),
        ("2016年7月、8月、9月", Period(2016, span=(7, 9))),
        ("情况统计表.2016年上半年", Period(2016, span=HALF)),
        ("附件1.2016年度", Period(2016)),
    ],
)
def test_a_part_of_a_year_or_more_than_one_is_not_the_year(text: str, period: Period) -> None:
    found = Period.find(text)

    assert found == period
    assert Period.find(period.chinese) == period
    assert Period.parse(str(period)) == period


TITLE = "政府信息公开情况统计表"


@pytest.mark.parametrize(
    ("rows", "period"),
    [
        ([(f"2016年{TITLE}（上半年）",)], Period(2016, span=HALF)),
        ([(f"2016年度{TITLE}",), ("（1—6月）",)], Period(2016, span=HALF)),
        ([(f"2016年度{TITLE}",), ("报告期：1月1日至6月30日",)], Period(2016, span=HALF)),
        ([(f"2016年度{TITLE}",), ("报告期", "前三季度")], Period(2016, span=NINE_MONTHS)),
        ([(f"2016年度{TITLE}",), ("（三季度）",)], Period(2016, quarter=3)),
        ([(f"2016年{TITLE}",), ("统计月份：7月",)], Period(2016, month=7)),
        ([(f"2016年{TITLE}",), ("（2016年1—6月）",)], Period(2016, span=HALF)),
        ([(f"2016上半年{TITLE}",)], Period(2016, span=HALF)),
        ([(f"2016年度{TITLE}",), ("统计期间：2016年1月1日至2016年12月31日",)], Period(2016)),
        ([(f"2016年度{TITLE}",), ("每月报送，7月10日前报上半年数",)], Period(2016)),
        ([(f"2016年度{TITLE}",), ("上半年", "下半年")], Period(2016)),
        ([(f"2016年度{TITLE}",), ("12月",)], Period(2016)),
        ([("依据：实施纲要（2015—2020年）",), ("（2016年度）",)], Period(2016)),
        ([(f"2015年度{TITLE}",), ("（2016年度）",)], Period(2016)),
        ([(f"2016年度{TITLE}",), ("2016年1—6月，我镇公开信息12条。",)], Period(2016)),
        ([(f"2016年{TITLE}",), ("填报单位：甲镇　2016年上半年　单位：条、件",)], Period(2016, span=HALF)),
        ([(f"{TITLE}（第三季度）",), ("2016年度",)], Period(2016, quarter=3)),
        ([(f"{TITLE}（7月）",), ("2016年",)], Period(2016, month=7)),
        ([(f"2016年{TITLE}（7月份）",)], Period(2016, month=7)),
        ([(f"第三季度{TITLE}",), ("2016年",)], Period(2016, quarter=3)),
        ([(f"姚伏镇三季度{TITLE}",), ("2016年",)], Period(2016, quarter=3)),
        ([(f"{TITLE}（Q3）",), ("2016年",)], Period(2016, quarter=3)),
        ([(f"{TITLE}（7、8、9月）",), ("2016年",)], Period(2016, span=(7, 9))),
        ([(f"2016年度{TITLE}",), ("2016-Q3",)], Period(2016, quarter=3)),
        ([(f"{TITLE}（1—12月）",), ("2016年度",)], Period(2016)),
        ([(f"{TITLE}（全年）",), ("2016年度",)], Period(2016)),
        ([(f"{TITLE}（7月10日前报送）",), ("2016年度",)], Period(2016)),
        ([(f"{TITLE}（一季度一报）",), ("2016年度",)], Period(2016)),
        ([(f"{TITLE}（上）",), ("2016年度",)], Period(2016)),
        ([(f"{TITLE}。2016年上半年",)], Period(2016, span=HALF)),
        ([(TITLE,), ("2016年", "6月")], Period(2016, month=6)),
        ([(TITLE,), ("2016", "年", "3", "季度")], Period(2016, quarter=3)),
        ([(TITLE,), ("2016年", "第", "三", "季度")], Period(2016, quarter=3)),
        ([(TITLE,), ("2016年", "（上半年）")], Period(2016, span=HALF)),
        ([(TITLE,), ("年度", "2016", "月份", "6")], Period(2016, month=6)),
        ([(TITLE,), ("统计年度", "2016", "季度", "三")], Period(2016, quarter=3)),
        ([(TITLE,), ("2016年度", "月份：6")], Period(2016, month=6)),
        ([(TITLE,), ("2015", "年")], Period(2015)),
        ([(TITLE,), ("年度", "二〇一五")], Period(2015)),
        ([(f"15年度{TITLE}",)], Period(2015)),
        ([(TITLE,), ("15年6月",)], Period(2015, month=6)),
        ([(TITLE,), ("2016年度", "填报日期", "7月", "5日")], Period(2016)),
        ([(TITLE,), ("2016年度", None, "6", "月报")], Period(2016)),
    ],
)
def test_a_part_of_the_year_may_be_stated_apart_from_it(rows: list[tuple[object, ...]], period: Period) -> None:
    found = find_period(sheet(*rows), ABOVE, form())

    assert found is not None
    assert found.period == period


@pytest.mark.parametrize(
    ("rows", "name", "part"),
    [
        ([(TITLE,), ("6月",)], "Sheet1", Period(1, month=6)),
        ([(TITLE,), ("（6月份）",)], "Sheet1", Period(1, month=6)),
        ([(TITLE,), ("月份", "六")], "Sheet1", Period(1, month=6)),
        ([(TITLE,), ("报告期：6月",)], "Sheet1", Period(1, month=6)),
        ([(TITLE,), ("一季度",)], "Sheet1", Period(1, quarter=1)),
        ([(TITLE,), ("季度：3",)], "Sheet1", Period(1, quarter=3)),
        ([(f"六月份{TITLE}",)], "Sheet1", Period(1, month=6)),
        ([(TITLE,)], "6月", Period(1, month=6)),
        ([(TITLE,)], "Sheet1", None),
        ([(TITLE,), ("填报日期：", "7月", "5日")], "Sheet1", None),
        ([(TITLE,), ("7月", "5日")], "Sheet1", None),
        ([(TITLE,), ("7月5日",)], "Sheet1", None),
        ([(TITLE,), ("每月报送，7月10日前报上半年数",)], "Sheet1", None),
    ],
)
def test_a_part_of_a_year_is_heard_where_no_year_is_stated(
    rows: list[tuple[object, ...]], name: str, part: Period | None
) -> None:
    found = undated_part(replace(sheet(*rows), name=name), ABOVE, form())

    assert (found.period if found else None) == part


@pytest.mark.parametrize(
    ("rows", "name", "told"),
    [
        ([(f"2015年{TITLE}",), ("（2016年度）",)], "Sheet1", [("title", "2015年度", "A1")]),
        ([(f"{TITLE}（2015）",), ("报告期：2016年",)], "Sheet1", [("title", "2015年度", "A1")]),
        ([(f"2016年{TITLE}",), ("（2015年）",)], "Sheet1", [("title", "2015年度", "A2")]),
        ([(f"2016年{TITLE}",), ("（2016年度）",)], "上半年", [("sheet_name", "2016年1—6月", None)]),
        ([(f"2016年{TITLE}",), ("（2016年度）",)], "2015年", []),
        ([(f"2016年{TITLE}",), ("（2016年度）",), ("填报日期：2017年1月5日",)], "全年", []),
        ([(f"{TITLE}（2015年版）",), ("（2016年度）",)], "Sheet1", []),
        ([(f"{TITLE}（国办发〔2014〕32号）",), ("（2016年度）",)], "Sheet1", []),
        ([(f"2015—2016年{TITLE}",)], "Sheet1", []),
        ([(f"{TITLE}（第二季度）",), ("2016年第三季度",)], "Sheet1", [("title", "2016年第2季度", "A1")]),
        ([(f"2016年第二季度{TITLE}",), ("报告期：2016年第三季度",)], "Sheet1", [("title", "2016年第2季度", "A1")]),
        ([(f"{TITLE}（6月）",), ("2016年7月",)], "Sheet1", [("title", "2016年6月", "A1")]),
        ([(f"2016年7月{TITLE}",), ("2016年度",)], "Sheet1", [("title", "2016年7月", "A1")]),
        ([(f"{TITLE}（第三季度）",), ("2016年第三季度",)], "Sheet1", []),
        ([(f"{TITLE}（1—9月）",), ("2016年第三季度",)], "Sheet1", []),
        ([(f"{TITLE}（第三季度）",), ("2016年7—9月",)], "Sheet1", []),
        ([("（2016年度）",), (f"一年来，我镇认真整改2015年{TITLE}反映的问题。",)], "Sheet1", []),
    ],
)
def test_a_title_of_another_year_than_the_line_of_the_period_is_told(
    rows: list[tuple[object, ...]], name: str, told: list[tuple[str, str, str | None]]
) -> None:
    page = sheet(*rows, name=name)
    stated = find_period(page, ABOVE, form())

    assert stated is not None
    found = at_odds(page, ABOVE, form(), stated)
    assert [(each.case, each.details["found"], next(iter(each.cells), None)) for each in found] == told


@pytest.mark.parametrize(
    ("heading", "name", "month"),
    [
        ("2016年　月", "7月", 7),
        ("2016年　月", "低保07月份", 7),
        ("2016年6月", "7月", 6),
        ("2016年度", "7月", None),
        ("2016年　月", "6月、7月", None),
        ("2016年　月", "7月5日", None),
    ],
)
def test_a_month_left_blank_in_the_heading_is_that_of_the_sheets_name(heading, name, month) -> None:
    found = find_period(sheet((heading,), name=name), ABOVE, form())

    assert found is not None
    assert found.period == Period(2016, month=month)


def test_the_sheet_name_may_state_the_period() -> None:
    found = find_period(sheet(("政府信息公开情况统计表",), name="2016年"), ABOVE, form())

    assert found is not None
    assert found.period == Period(2016)


@pytest.mark.parametrize(
    ("rows", "filled"),
    [
        (
            [
                ("单位负责人：张三",),
                ("审核人：李四",),
                ("填报人：王五",),
                ("联系电话：0952-1",),
                ("填报日期：2017.1.5",),
            ],
            5,
        ),
        ([("单位负责人：",), ("审核人：",), ("填报人：",), ("联系电话：",), ("填报日期：",)], 0),
        ([("单位负责人：张三  审核人：李四  填报人：王五  联系电话：123  填报日期：2017年1月5日",)], 5),
        ([("单位负责人：　审核人：　填报人：　联系电话：　填报日期：　年　月　日",)], 0),
        ([("单位负责人", "张三", "审核人", "李四"), ("填报人", "王五", "联系电话", 6683259)], 4),
        ([("单位负责人（签字）：张三",)], 1),
        ([("单位负责人：____",)], 0),
        ([("填报人：王五",), ("填报人：",)], 1),
    ],
)
def test_sign_off_fields_are_filled_or_not(rows: list[tuple[object, ...]], filled: int) -> None:
    fields = find_fields(sheet(*rows), ABOVE, form().sign_off)

    assert [entry.field.label for entry in fields] == ["单位负责人", "审核人", "填报人", "联系电话", "填报日期"]
    assert sum(bool(entry.text) for entry in fields) == filled
