"""Cell values that townships really send: each is taken exactly, or not at all and said."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.form import BlankPolicy, load_by_id
from consolidator.locate.cells.values import read_value
from consolidator.model import Cell, CellKind
from consolidator.terms import catalogue
from tests.locate.grids import form

COUNT = "A1"  # 条
MONEY = "H4"  # 万元


def read(cell: Cell | None, code: str = COUNT, policy: BlankPolicy = BlankPolicy.MISSING) -> tuple[object, list[str]]:
    reading = read_value(cell, form().indicators[code], policy)
    told = [f"{f.severity.value} {f.code} {f.case}".strip() for f in reading.findings]
    for finding in reading.findings:
        assert catalogue("zh").sentence(finding.code, finding.case, finding.details)
        assert finding.observed == (cell.text if cell is not None else "")
    return reading.value, told


def text(typed: str) -> Cell:
    return Cell(5, 3, CellKind.TEXT, typed)


def number(stored: str, **more: object) -> Cell:
    return Cell(5, 3, more.pop("kind", CellKind.NUMBER), more.pop("text", stored), Decimal(stored), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        (number("41.67"), "41.67", []),
        (text("41.67%"), "41.67", ["note U01 same_in_cell"]),
        (number("0.4167", number_format="0.00%", shown="41.67%"), "41.67", ["note U01 same_in_cell"]),
        (number("0.5", number_format="0%"), "50", ["note U01 same_in_cell"]),
        (number("41.67", number_format='0.00"%"', words="41.67%"), "41.67", []),
        (number("55", number_format='0"%"'), "55", []),
        (number("55", number_format="0\\%"), "55", []),
        (number("55.5", number_format="0.0!%"), "55.5", []),
        (number("55", number_format='General"%"'), "55", []),
        (number("55", number_format='[<1]0%;0"%"'), "55", []),
        (number("0.55", number_format='[<1]0%;0"%"'), "55", ["note U01 same_in_cell"]),
        (number("0", number_format='0%;-0%;0"%"'), "0", []),
        (number("-0.5", number_format="0%"), "None", ["hard F01 negative"]),
        (text("约40%"), "None", ["hard F02"]),
        (text("3‰"), "None", ["hard V14"]),
    ],
)
def test_a_rate_may_be_typed_as_a_percentage(cell: Cell, value: str, told: list[str]) -> None:
    money = form().indicators[MONEY]
    reading = read_value(cell, replace(money, row=replace(money.row, unit_of_measure="%")), BlankPolicy.MISSING)
    assert str(reading.value) == value
    assert [f"{f.severity.value} {f.code} {f.case}".strip() for f in reading.findings] == told


@pytest.mark.parametrize(
    ("typed", "unit", "told"),
    [
        ("8.0日", "天", ["note U01 same_in_cell"]),
        ("515.7 公斤", "公斤/亩", ["note U01 same_in_cell"]),
        ("515.7公斤/亩", "公斤/亩", ["note U01 same_in_cell"]),
        ("12千克", "公斤", ["note U01 same_in_cell"]),
        ("90㎡", "平方米", ["note U01 same_in_cell"]),
        ("1031.4斤", "公斤", ["soft U01 other_in_cell"]),
        ("12公顷", "亩", ["soft U01 other_in_cell"]),
        ("￥ 948.12", "万元", ["note F07 text_number", "soft U01 currency"]),
        ("￥948.12", "元", ["note F07 text_number"]),
        ("¥1,234.50", "万元", ["note F07 text_number", "soft U01 currency"]),
        ("￥948.12", "件", ["hard F01 text"]),
        ("35斤（毛重）", "公斤", ["hard F01 remark"]),
    ],
)
def test_a_unit_typed_after_a_number_is_the_forms_or_asked_about(typed: str, unit: str, told: list[str]) -> None:
    money = form().indicators[MONEY]
    reading = read_value(text(typed), replace(money, row=replace(money.row, unit_of_measure=unit)), BlankPolicy.MISSING)
    assert sorted(f"{f.severity.value} {f.code} {f.case}".strip() for f in reading.findings) == told
    kept = not any(each.startswith(("hard", "soft U01 other")) for each in told)
    assert (reading.value is not None) == kept


@pytest.mark.parametrize(
    ("typed", "form_id", "code"),
    [
        *((typed, "gov-info-disclosure-2014", COUNT) for typed in ("-0", "－０", "-0.00", "-0条", "(0)", "（０）")),
        *((typed, "gov-info-disclosure-2014", MONEY) for typed in ("-0", "-0.00", "-0万元")),
        *((typed, "annual-report-2019", "P51.change") for typed in ("-0", "+0", "(0)", "-0件")),
    ],
)
def test_less_than_nothing_by_nothing_is_nothing(typed: str, form_id: str, code: str) -> None:
    reading = read_value(text(typed), load_by_id(form_id).indicators[code], BlankPolicy.MISSING)
    assert str(reading.value) == "0"
    assert [finding.details["value"] for finding in reading.findings] == ["0"]


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        ("12", 12, []),
        (" 12\u3000", 12, []),
        ("\u200b12\ufeff\n", 12, []),
        ("１２", 12, ["note F07 full_width"]),
        ("1,234", 1234, ["note F07 thousands"]),
        ("1，234", 1234, ["note F07 thousands"]),
        ("12,345,678", 12345678, ["note F07 thousands"]),
        ("1 234", 1234, ["note F07 thousands"]),
        ("1\u2002234", 1234, ["note F07 thousands"]),
        ("007", 7, ["note F07 text_number"]),
        ("12.0", 12, ["note F07 text_number"]),
        ("12条", 12, ["note U01 same_in_cell"]),
        ("１２ 条", 12, ["note U01 same_in_cell"]),
        ("12\n条", 12, ["note U01 same_in_cell"]),
        ("12条。", 12, ["note U01 same_in_cell"]),
        ("1,234条", 1234, ["note U01 same_in_cell"]),
        ("12,000条", 12000, ["note U01 same_in_cell"]),
        ("１２，３４５条", 12345, ["note U01 same_in_cell"]),
        ("12 345 条", 12345, ["note U01 same_in_cell"]),
    ],
)
def test_spellings_of_a_number_are_taken_and_noted(typed: str, value: int, told: list[str]) -> None:
    assert read(text(typed)) == (Decimal(value), told)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1.200", "hard F01 point"),
        ("12.000", "hard F01 point"),
        ("１．２００", "hard F01 point"),
        ("1.234.567", "hard F01 point"),
        ("1.20", "hard F01 decimal"),
        ("1234.567", "hard F01 decimal"),
        ("0.200", "hard F01 decimal"),
        ("1,23", "hard F01 grouping"),
        ("12,34,567", "hard F01 grouping"),
        ("12 34", "hard F01 grouping"),
        ("12,00条", "hard F01 grouping"),
        ("1,23条", "hard F01 grouping"),
        ("12 13条", "hard F01 grouping"),
        ("1 2件", "hard F01 grouping"),
        ("1,23万条", "hard F01 grouping"),
        ("12.000.000条", "hard F01 remark"),
        ("1.2.3万", "hard F01 remark"),
        ("12、000条", "hard F01 remark"),
        ("12\n13", "hard F01 several"),
        ("12\r\n13", "hard F01 several"),
        ("12\t13", "hard F01 several"),
        ("12 \n 13", "hard F01 several"),
        ("12\u202813", "hard F01 several"),
        ("1\n234", "hard F01 several"),
        ("12\n13条", "hard F01 several"),
        ("12条\n13条", "hard F01 several"),
        ("1\t2件", "hard F01 several"),
        ("12\n%", "hard V14"),
        ("12,000件", "soft U01 other_in_cell"),
        ("1,234万元", "hard F03"),
        ("1,234.5万元", "hard F03"),
        ("1,234万", "hard F03"),
        ("12件", "soft U01 other_in_cell"),
        ("3人次", "soft U01 other_in_cell"),
        ("2万", "hard F03"),
        ("32.1万条", "hard F03"),
        ("2亿", "hard F03"),
        ("251000元", "hard F03"),
        ("约44", "hard F02"),
        ("500余条", "hard F02"),
        ("100多", "hard F02"),
        ("30左右", "hard F02"),
        ("100+", "hard F02"),
        ("10-12", "hard F02"),
        ("＞5", "hard F02"),
        ("上百条", "hard F02"),
        ("十二", "hard F04"),
        ("一百零三条", "hard F04"),
        ("两", "hard F04"),
        ("壹", "hard F04"),
        ("一", "hard F04"),
        ("〇", "hard F04"),
        ("零", "soft V12"),
        ("O", "soft V12"),
        ("ｏ", "soft V12"),
        ("○", "soft V12"),
        ("l2", "hard F01 letter"),
        ("1O", "hard F01 letter"),
        ("S5", "hard F01 letter"),
        ("5%", "hard V14"),
        ("-3", "hard F01 negative"),
        ("－3", "hard F01 negative"),
        ("(5)", "hard F01 negative"),
        ("（5）", "hard F01 negative"),
        ("12.4", "hard F01 decimal"),
        ("35（含去年）", "hard F01 remark"),
        ("阎良区公务用车10辆", "hard F01 text"),
        ("减3", "hard F01 text"),
        ("+1036", "hard F01 text"),
        ("见附件", "hard N01 elsewhere"),
        ("同上", "hard N01 elsewhere"),
        ("nan", "hard F01 text"),
        ("inf", "hard F01 text"),
        ("1e3", "hard V26"),
        ("1.2E+05", "hard V26"),
        ("1_000", "hard F01 remark"),
        ("1234567890123456", "hard V26"),
        ("2016.1.1", "hard F01 remark"),
        ("2016年3月5日", "hard F01 remark"),
        ("12..3", "hard F01 remark"),
        ("12.", "hard F01 remark"),
        ("张三", "hard F01 text"),
    ],
)
def test_what_is_no_exact_number_is_never_taken(typed: str, told: str) -> None:
    assert read(text(typed)) == (None, [told])


@pytest.mark.parametrize("typed", ["-", "—", "－", "–", "——", "----", "/", "\\", "×", " — "])
def test_a_dash_is_a_blank_and_is_noted(typed: str) -> None:
    assert read(text(typed)) == (None, ["note N01 dash", "soft N01 blank"])
    assert read(text(typed), policy=BlankPolicy.ZERO) == (Decimal(0), ["note N01 dash_zero"])


@pytest.mark.parametrize("typed", ["无", "没有", "无此项", "不涉及", "暂无", "未收到", "无。", "N/A"])
def test_a_word_for_nothing_is_a_blank_and_is_noted(typed: str) -> None:
    assert read(text(typed)) == (None, ["note N01 none_word", "soft N01 blank"])
    assert read(text(typed), policy=BlankPolicy.REQUIRED) == (None, ["note N01 none_word", "hard N01 required"])


@pytest.mark.parametrize("cell", [None, text(""), text("  \u3000"), Cell(5, 3, CellKind.BLANK, "", comment="?")])
def test_a_blank_is_what_the_policy_says_and_never_silent(cell: Cell | None) -> None:
    assert read(cell, policy=BlankPolicy.MISSING) == (None, ["soft N01 blank"])
    assert read(cell, policy=BlankPolicy.REQUIRED) == (None, ["hard N01 required"])
    assert read(cell, policy=BlankPolicy.ZERO) == (Decimal(0), ["note N01 zero"])


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        (number("12"), 12, []),
        (number("12.4"), None, ["hard F01 decimal"]),
        (number("12.4", number_format="0", shown="12"), None, ["hard F01 hidden_decimal"]),
        (number("35", shown="无"), None, ["hard F08 disguised"]),
        (number("35", shown="三十五"), 35, []),
        (number("3500", shown="3,500.00"), 3500, []),
        (number("42735", shown="2016-12-31"), None, ["hard F08 disguised"]),
        (number("0", shown="-"), 0, []),
        (number("0", shown="零"), 0, []),
        (number("0", shown="无"), 0, ["note F08 shown_zero"]),
        (number("-3"), None, ["hard F01 negative"]),
        (number("0.05", number_format="0%", shown="5%"), None, ["hard V14"]),
        (number("1234567890123456"), None, ["hard V26"]),
        (number("12", kind=CellKind.DATE, text="1900-01-12"), 12, ["note V17 serial"]),
        (number("59", kind=CellKind.DATE, text="1900-02-28"), 59, ["note V17 serial"]),
        (number("60", kind=CellKind.DATE, text="1900-02-29"), 60, ["note V17 serial"]),
        (number("42799", kind=CellKind.DATE, text="2017-03-05"), None, ["hard V17 typed_date"]),
        (Cell(5, 3, CellKind.BOOLEAN, "TRUE"), None, ["hard V20"]),
        (Cell(5, 3, CellKind.ERROR, "#REF!"), None, ["hard V21 ref"]),
        (Cell(5, 3, CellKind.ERROR, "#DIV/0!"), None, ["hard V21 div0"]),
        (Cell(5, 3, CellKind.ERROR, "#SPILL!"), None, ["hard V21 other"]),
        (Cell(5, 3, CellKind.UNCALCULATED, "=SUM(C6:C8)", formula="=SUM(C6:C8)"), None, ["hard V22"]),
        (number("35", formula="='[汇总.xlsx]Sheet1'!A1", source="汇总.xlsx"), None, ["soft V23"]),
        (number("35", struck=True), None, ["soft V27 struck"]),
        (number("35", formula="=SUM(C6:C8)"), 35, []),
    ],
)
def test_cells_of_every_kind(cell: Cell, value: int | None, told: list[str]) -> None:
    assert read(cell) == (None if value is None else Decimal(value), told)


@pytest.mark.parametrize(
    ("stored", "words", "code", "value", "told"),
    [
        ("3", "3条", COUNT, "3", []),
        ("0", "0（条）", COUNT, "0", []),
        ("3.4", "3条", COUNT, None, ["hard F01 decimal"]),
        ("1234", "1,234条", COUNT, "1234", []),
        ("3", "3万条", COUNT, None, ["hard F03"]),
        ("3", "3万", COUNT, None, ["hard F03"]),
        ("3.456", "3.5万条", COUNT, None, ["hard F03"]),
        ("3", "3万元", COUNT, None, ["hard F03"]),
        ("3", "3件", COUNT, None, ["soft U01 other_in_cell"]),
        ("3", "约3条", COUNT, None, ["hard F02"]),
        ("35", "35（含去年）", COUNT, None, ["hard F01 remark"]),
        ("0", "0万条", COUNT, "0", []),
        ("-3", "-3条", COUNT, None, ["hard F01 negative"]),
        ("-3", "(3条)", COUNT, None, ["hard F01 text"]),
        ("12345", "1.2345万", COUNT, "12345", []),
        ("123456", "12.3万", COUNT, "123456", []),
        ("123456", "12.3万条", COUNT, "123456", []),
        ("123456", "12.4万条", COUNT, None, ["hard F03"]),
        ("12000", "12条", COUNT, None, ["hard F03"]),
        ("2.5", "2.5万元", MONEY, "2.5", []),
        ("43.788", "43.79万元", MONEY, "43.788", []),
        ("3", "3（条）", COUNT, "3", []),
        ("0", "0(条)", COUNT, "0", []),
        ("3", "3（单位：条）", COUNT, "3", []),
        ("3", "3（万条）", COUNT, None, ["hard F03"]),
        ("3", "3（件）", COUNT, None, ["soft U01 other_in_cell"]),
        ("2.5", "2.50（万元）", MONEY, "2.5", []),
        ("0", "0.00（万元）", MONEY, "0", []),
        ("500", "500（元）", MONEY, None, ["hard F03"]),
        ("500", "500元", MONEY, None, ["hard F03"]),
        ("25000", "2.5万元", MONEY, None, ["hard F03"]),
        ("500", "¥500.00", MONEY, "500", ["soft U01 currency"]),
        ("500", "￥500.00", COUNT, "500", ["soft U01 currency"]),
        ("0", "¥0.00", MONEY, "0", []),
        ("500", "500元", "yuan", "500", []),
        ("500", "¥500.00", "yuan", "500", []),
        ("25000", "2.5万元", "yuan", "25000", []),
        ("-5", "(5)", "change", "-5", []),
        ("-5", "-5项", "change", None, ["soft U01 other_in_cell"]),
    ],
)
def test_what_a_format_shows_with_a_number_is_read_as_if_it_were_typed(
    stored: str, words: str, code: str, value: str | None, told: list[str]
) -> None:
    money = form().indicators[MONEY]
    known = {
        "yuan": replace(money, row=replace(money.row, unit_of_measure="元")),
        "change": load_by_id("annual-report-2019").indicators["P51.change"],
    }
    cell = number(stored, words=words)
    reading = read_value(cell, known.get(code) or form().indicators[code], BlankPolicy.MISSING)

    assert reading.value == (None if value is None else Decimal(value))
    assert [f"{f.severity.value} {f.code} {f.case}".strip() for f in reading.findings] == told
    for finding in reading.findings:
        sentence = catalogue("zh").sentence(finding.code, finding.case, finding.details)
        assert finding.case in ("decimal", "negative") or words in sentence


@pytest.mark.parametrize(
    ("stored", "words", "code", "proposal"),
    [("3", "3万条", COUNT, "30000"), ("3.456", "3.5万条", COUNT, "34560"), ("500", "500元", MONEY, "0.05")],
)
def test_what_a_shown_magnitude_may_mean_is_proposed_of_the_stored_number(
    stored: str, words: str, code: str, proposal: str
) -> None:
    reading = read_value(number(stored, words=words), form().indicators[code], BlankPolicy.MISSING)

    assert reading.findings[0].details["proposal"] == proposal


@pytest.mark.parametrize(
    ("cell", "value", "told"),
    [
        (text("43.788万元"), "43.788", ["note U01 same_in_cell"]),
        (text("251000元"), None, ["hard F03"]),
        (text("0.8"), "0.8", []),
        (number("0.8"), "0.8", []),
        (number("1.2345678"), "1.2345678", ["soft F06"]),
        (text("12条"), None, ["soft U01 other_in_cell"]),
    ],
)
def test_money_has_decimals_and_its_own_unit(cell: Cell, value: str | None, told: list[str]) -> None:
    assert read(cell, MONEY) == (None if value is None else Decimal(value), told)


@pytest.mark.parametrize(
    ("typed", "value", "told"),
    [
        ("-5", -5, []),
        ("+5", 5, ["note F07 text_number"]),
        ("(5)", -5, ["note F07 parentheses"]),
        ("（５）", -5, ["note F07 parentheses"]),
        ("(1,234)", -1234, ["note F07 parentheses"]),
        ("(1,23)", None, ["hard F01 text"]),
        ("(-5)", None, ["hard F01 text"]),
        ("+-5", None, ["hard F01 text"]),
        ("--5", None, ["hard F01 text"]),
        ("+(5)", None, ["hard F01 text"]),
        ("+", None, ["hard F01 text"]),
    ],
)
def test_a_change_may_be_negative_by_its_sign_or_the_accountants_brackets(
    typed: str, value: int | None, told: list[str]
) -> None:
    signed = load_by_id("annual-report-2019").indicators["P51.change"]
    reading = read_value(text(typed), signed, BlankPolicy.MISSING)

    assert reading.value == (None if value is None else Decimal(value))
    assert [f"{f.severity.value} {f.code} {f.case}" for f in reading.findings] == told


@pytest.mark.parametrize(
    ("typed", "proposal"), [("1,234万", "12340000"), ("1,234.5万元", "12345000"), ("12 345千条", "12345000")]
)
def test_the_separators_of_thousands_are_no_part_of_what_is_proposed(typed: str, proposal: str) -> None:
    reading = read_value(text(typed), form().indicators[COUNT], BlankPolicy.MISSING)

    assert reading.findings[0].details["proposal"] == proposal


def test_yuan_typed_where_ten_thousands_are_asked_is_proposed_in_the_right_unit() -> None:
    reading = read_value(text("251000元"), form().indicators[MONEY], BlankPolicy.MISSING)

    assert reading.findings[0].details["proposal"] == "25.1"


@pytest.mark.parametrize(
    ("typed", "proposal"), [("1.2亿", "12000"), ("12万", "12"), ("1.2亿元", "12000"), ("35千", "3.5")]
)
def test_a_magnitude_typed_where_money_is_asked_is_proposed_as_money(typed: str, proposal: str) -> None:
    reading = read_value(text(typed), form().indicators[MONEY], BlankPolicy.MISSING)

    assert (reading.value, reading.findings[0].details["proposal"]) == (None, proposal)


@given(st.text(max_size=12))
def test_any_text_gives_its_own_digits_or_nothing(typed: str) -> None:
    reading = read_value(text(typed), form().indicators[COUNT], BlankPolicy.MISSING)

    if reading.value is None:
        assert reading.findings
    else:
        half = typed.translate({0xFF10 + n: str(n) for n in range(10)}).replace("．", ".").replace("。", ".")
        assert Decimal("".join(re.findall(r"[0-9.]", half))) == reading.value


@given(st.integers(0, 10**14))
def test_whole_numbers_are_read_as_they_are(value: int) -> None:
    for cell in (number(str(value)), text(str(value)), text(f"{value:,}")):
        assert read(cell)[0] == Decimal(value)
