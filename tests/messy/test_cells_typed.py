"""MESSY C1–C16, C25, C26, C28: what is typed into a number cell. The treatment is the same whatever the format."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.form import BlankPolicy
from tests.builders import lay_out
from tests.messy.cells import Odd, save
from tests.messy.county import book_of, filing, judge, put
from tests.messy.rows import Case, Row, asked, kept, refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    NewFolder = Callable[[], Path]

C01 = Row(
    (
        kept("12", 12),
        kept("0", 0),
        kept("4096", 4096),
        kept("007", 7, "F07 text_number"),
        kept("12.0", 12, "F07 text_number"),
        kept("3.50", "3.5", "F07 text_number", code="H4"),
    )
)
C02 = Row(
    (
        kept("１２", 12, "F07 full_width"),
        kept("１,２３４", 1234, "F07 thousands"),
        kept("３．５", "3.5", "F07 full_width", code="H4"),
        kept("３。５", "3.5", "F07 full_width", code="H4"),
        kept("1２", 12, "F07 full_width"),
    )
)
C03 = Row(
    tuple(
        kept(typed, 15)
        for typed in (
            " 15",
            "15  ",
            "\u300015",
            "15\u00a0",
            "\u200b15",
            "\ufeff15\u200b",
            "15\n",
            "\n15",
            "1\u200b5",
            "\u206015",
        )
    )
)
C04 = Row(
    (
        kept("1,234", 1234, "F07 thousands"),
        kept("1，234", 1234, "F07 thousands"),
        kept("1 234", 1234, "F07 thousands"),
        kept("12,345,678", 12345678, "F07 thousands"),
        refused("1,23", "F01 grouping"),
        refused("12,34,567", "F01 grouping"),
        refused("1234,567", "F01 grouping"),
        refused("1,2345", "F01 grouping"),
        refused("12 3", "F01 grouping"),
        refused("12,00件", "F01 grouping"),
        refused("12 13件", "F01 grouping"),
        refused("12\n13", "F01 several"),
        refused("1\n234", "F01 several"),
        refused("12\n13件", "F01 several"),
    )
)
C05 = Row(
    (
        kept("12件", 12, "U01 same_in_cell"),
        kept("12 件", 12, "U01 same_in_cell"),
        kept("１２件", 12, "U01 same_in_cell"),
        kept("12\n件", 12, "U01 same_in_cell"),
        kept("1,234件", 1234, "U01 same_in_cell"),
        kept("１２，３４５件", 12345, "U01 same_in_cell"),
        kept("5个", 5, "U01 same_in_cell", code="H2"),
        kept("9次", 9, "U01 same_in_cell", code="I1"),
        kept("43.788万元", "43.788", "U01 same_in_cell", code="H4"),
        asked("12条", "U01 other_in_cell"),
        asked("12,000条", "U01 other_in_cell"),
        kept(Odd(12, '0"件"'), 12),
        kept(Odd(2.5, 'General"万元"'), "2.5", code="H4"),
        asked(Odd(12, '0"条"'), "U01 other_in_cell"),
        asked("3人次", "U01 other_in_cell"),
        asked("2次", "U01 other_in_cell"),
        asked("5件", "U01 other_in_cell", code="I1"),
    )
)
C06 = Row(
    (
        refused("2万", "F03"),
        refused("2000万", "F03"),
        refused("32.1万件", "F03"),
        refused("1亿", "F03"),
        refused("5千", "F03"),
        refused("2千万", "F03"),
        refused("1.2百万条", "F03"),
        refused("251000元", "F03", code="H4"),
        refused("251,000元", "F03", code="H4"),
        refused("1,234万件", "F03"),
        refused(Odd(3, '0"万件"'), "F03"),
        refused(Odd(3, '0"万"'), "F03"),
        refused(Odd(500, '0"元"'), "F03", code="H4"),
        refused("3千元", "F03", code="H4"),
        refused("0.5亿元", "F03", code="H4"),
        refused("12元", "F03"),
        refused("6万元", "F03"),
    )
)
C07 = Row(
    tuple(
        refused(typed, "F02")
        for typed in (
            "约44",
            "大约44",
            "44左右",
            "260余",
            "260余件",
            "100多",
            "50以上",
            "＞5",
            ">5",
            "≥10",
            "<3",
            "100+",
            "10-12",
            "10～12",
            "近百件",
            "上百件",
            "几十",
            "不足10",
            "至少5件",
            "不到10",
            "估计20",
            "十来件",
            "12±1",
            "超过20",
            "3至5件",
        )
    )
)
C08 = Row(
    tuple(
        refused(typed, "F04")
        for typed in ("十二", "十二件", "一", "〇", "两", "壹", "一百零三", "贰拾", "三千", "二〇", "一万二千")
    )
)
DASHES = ("-", "—", "－", "–", "——", "----", "/", "\\", "×", "――", " — ")
C09 = Row(tuple(Case(typed, None, ("note N01 dash", "soft N01 blank")) for typed in DASHES))
C09_ZERO = Row(tuple(kept(typed, 0, "N01 dash_zero") for typed in DASHES), {"blank_policy": BlankPolicy.ZERO})
C09_REQUIRED = Row(
    tuple(Case(typed, None, ("note N01 dash", "hard N01 required")) for typed in DASHES),
    {"blank_policy": BlankPolicy.REQUIRED},
)
NOTHING = ("无", "无申请", "没有数据", "本年度无", "没有", "无此项", "不涉及", "暂无", "无。", " 无 ")
ELSEWHERE = tuple(refused(typed, "N01 elsewhere") for typed in ("同上", "同 上", "见附件", "详见附件", "见附表"))
C10 = Row((*(Case(typed, None, ("note N01 none_word", "soft N01 blank")) for typed in NOTHING), *ELSEWHERE))
C10_ZERO = Row(
    (*(kept(typed, 0, "N01 none_word_zero") for typed in NOTHING), *ELSEWHERE), {"blank_policy": BlankPolicy.ZERO}
)
BLANKS = (None, "", " ", "\u3000", "\u200b", "\n")
C11 = Row(tuple(asked(typed, "N01 blank") for typed in BLANKS))
C11_ZERO = Row(tuple(kept(typed, 0, "N01 zero") for typed in BLANKS), {"blank_policy": BlankPolicy.ZERO})
C11_REQUIRED = Row(tuple(refused(typed, "N01 required") for typed in BLANKS), {"blank_policy": BlankPolicy.REQUIRED})
C12 = Row(tuple(asked(typed, "V12") for typed in ("零", "O", "Ｏ", "o", "○", "◯", " O")))
C13 = Row(tuple(refused(typed, "F01 letter") for typed in ("l2", "I2", "1l", "S5", "1O", "2o5", "B8", "Z1")))
C14 = Row(
    (
        refused("5%", "V14"),
        refused("5％", "V14"),
        refused("12.5%", "V14", code="H4"),
        refused("3‰", "V14"),
        refused(Odd(0.05, "0%"), "V14"),
        refused(Odd(0.125, "0.0%"), "V14", code="H4"),
        refused(Odd(5, "0%"), "V14"),
    )
)
C15 = Row(
    (
        refused(-3, "F01 negative"),
        refused("-3", "F01 negative"),
        refused("－3", "F01 negative"),
        refused("−3", "F01 negative"),
        refused("(5)", "F01 negative"),
        refused("（5）", "F01 negative"),
        refused(Odd(-5, "#,##0;[Red](#,##0)"), "F01 negative"),
        refused(-0.5, "F01 negative", code="H4"),
    )
)
C16 = Row(
    (
        refused(12.4, "F01 decimal"),
        refused("12.4", "F01 decimal"),
        refused("0.5", "F01 decimal"),
        refused(Odd(12.4, "0"), "F01 hidden_decimal"),
        refused(Odd(12.6, "0"), "F01 hidden_decimal"),
        kept(12.4, "12.4", code="H4"),
        kept("12.4", "12.4", code="H4"),
    )
)
STYLED = ("xlsx", "xls", "xlsb")
"""Formats of files that name a format by its code."""
GUISES = Row(
    (
        refused(Odd(35, ";;;"), "F08 unseen", kinds=STYLED),
        refused(Odd(12.4, ";;;"), "F08 unseen", code="H4", kinds=STYLED),
        refused(Odd(35, '"无"'), "F08 disguised", kinds=STYLED),
        refused(Odd(35, '[>9]"多";0'), "F08 disguised", kinds=STYLED),
        refused(Odd(12345, "0.0E+00"), "F08 disguised", kinds=STYLED),
        refused(Odd(1234.56, "0.0E+00"), "F08 disguised", code="H4", kinds=STYLED),
        refused(Odd(12345, "#,##0,"), "F08 disguised", kinds=STYLED),
        refused(Odd(12345, "0!.0,"), "F08 disguised", kinds=STYLED),
        refused(Odd(1234, "0!.00"), "F08 disguised", code="H4", kinds=STYLED),
        refused(Odd(83265.24, "0.00,"), "F08 disguised", code="H4", kinds=STYLED),
        kept(Odd(0, "0;-0;;@"), 0, "F08 unseen_zero", kinds=STYLED),
        kept(Odd(0, ";;;"), 0, "F08 unseen_zero", kinds=STYLED),
        kept(Odd(0, '[=0]"无";0'), 0, "F08 shown_zero", kinds=STYLED),
        kept(Odd(0, '0;-0;"-"'), 0, kinds=STYLED),
        kept(Odd(0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '), 0, kinds=STYLED),
        kept(Odd(0, '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ '), 0, kinds=STYLED),
        kept(Odd(0, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '), 0, kinds=STYLED),
        *(
            kept(Odd(3500, code), 3500, kinds=STYLED)
            for code in (
                "General", "0", "0.00", "#,##0", "#,##0.00", "0;-0;;@", '0;-0;"-"', '[=0]"无";0', "0_ ", "[Red]0", "0.0E+00",
                '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ',
                "#,##0_);[Red](#,##0)", "[DBNum1]0", "# ?/?", "000000",
            )
        ),
        kept(Odd(12.4, "0"), "12.4", code="H4", kinds=STYLED),
    )
)  # fmt: skip
C25 = Row(
    tuple(
        refused(typed, "F01 remark" if typed[0].isdigit() else "F01 text")
        for typed in (
            "35（含去年）",
            "35(去年20)",
            "其中2件转办",
            "公务用车10辆",
            "减3",
            "12..3",
            "12.",
            "+1036",
            "35,其中3",
            "第3次",
        )
    )
)
C26 = Row(
    (
        refused(Odd(1234567890123456, digits="1234567890123456"), "V26"),
        refused("1234567890123456", "V26"),
        refused("1.2E+05", "V26"),
        refused("640221199001011234", "V26"),
        refused("0.1234567890123456", "V26", code="H4"),
        kept(Odd(120000, "0.00E+00"), 120000),
        kept("123456789012345", 123456789012345),
    )
)
C28 = Row(
    (
        refused("nan", "F01 text"),
        refused("NaN", "F01 text"),
        refused("inf", "F01 text"),
        refused("-inf", "F01 text"),
        refused("Infinity", "F01 text"),
        refused("1e3", "V26"),
        refused("1E3", "V26"),
        refused("1_000", "F01 remark"),
        refused("0x1F", "F01 remark"),
        refused("١٢", "F01 text"),
        refused("½", "F01 text"),
        refused("①", "F01 text"),
    )
)


@C01.each
def test_c01_numbers_stored_as_text_are_taken(number: int, kind: str, new_folder: NewFolder) -> None:
    C01.holds(number, kind, new_folder)


@C02.each
def test_c02_full_width_digits_are_taken_and_noted(number: int, kind: str, new_folder: NewFolder) -> None:
    C02.holds(number, kind, new_folder)


@C03.each
def test_c03_spaces_and_invisible_characters_go_in_silence(number: int, kind: str, new_folder: NewFolder) -> None:
    C03.holds(number, kind, new_folder)


@C04.each
def test_c04_thousands_are_taken_when_grouped_rightly(number: int, kind: str, new_folder: NewFolder) -> None:
    C04.holds(number, kind, new_folder)


@C05.each
def test_c05_a_unit_after_the_number_must_be_the_forms(number: int, kind: str, new_folder: NewFolder) -> None:
    C05.holds(number, kind, new_folder)


@C06.each
def test_c06_magnitudes_are_never_multiplied_out(number: int, kind: str, new_folder: NewFolder) -> None:
    C06.holds(number, kind, new_folder)


@C07.each
def test_c07_approximate_figures_are_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C07.holds(number, kind, new_folder)


@C08.each
def test_c08_chinese_numerals_are_refused_with_a_proposal(number: int, kind: str, new_folder: NewFolder) -> None:
    C08.holds(number, kind, new_folder)


@C09.each
def test_c09_a_dash_is_a_blank(number: int, kind: str, new_folder: NewFolder) -> None:
    C09.holds(number, kind, new_folder)


@C09_ZERO.each
def test_c09_a_dash_is_nought_where_the_campaign_says_so(number: int, kind: str, new_folder: NewFolder) -> None:
    C09_ZERO.holds(number, kind, new_folder)


@C09_REQUIRED.each
def test_c09_a_dash_is_no_answer_where_one_is_required(number: int, kind: str, new_folder: NewFolder) -> None:
    C09_REQUIRED.holds(number, kind, new_folder)


@C10.each
def test_c10_words_for_nothing_are_a_blank_and_words_for_elsewhere_refused(
    number: int, kind: str, new_folder: NewFolder
) -> None:
    C10.holds(number, kind, new_folder)


@C10_ZERO.each
def test_c10_words_for_nothing_are_nought_where_the_campaign_says_so(
    number: int, kind: str, new_folder: NewFolder
) -> None:
    C10_ZERO.holds(number, kind, new_folder)


@C11.each
def test_c11_a_blank_is_missing_and_said(number: int, kind: str, new_folder: NewFolder) -> None:
    C11.holds(number, kind, new_folder)


@C11_ZERO.each
def test_c11_a_blank_is_nought_where_the_campaign_says_so(number: int, kind: str, new_folder: NewFolder) -> None:
    C11_ZERO.holds(number, kind, new_folder)


@C11_REQUIRED.each
def test_c11_a_blank_is_refused_where_an_answer_is_required(number: int, kind: str, new_folder: NewFolder) -> None:
    C11_REQUIRED.holds(number, kind, new_folder)


@C12.each
def test_c12_a_letter_or_circle_for_nought_is_asked_about(number: int, kind: str, new_folder: NewFolder) -> None:
    C12.holds(number, kind, new_folder)


@C13.each
def test_c13_letters_among_digits_are_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C13.holds(number, kind, new_folder)


@C14.each
def test_c14_percentages_are_refused_in_a_count(number: int, kind: str, new_folder: NewFolder) -> None:
    C14.holds(number, kind, new_folder)


@C15.each
def test_c15_negative_numbers_are_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C15.holds(number, kind, new_folder)


@C16.each
def test_c16_decimals_are_refused_in_a_count_hidden_ones_too(number: int, kind: str, new_folder: NewFolder) -> None:
    C16.holds(number, kind, new_folder)


@GUISES.each
def test_a_number_that_a_format_hides_or_shows_as_another_is_told(
    number: int, kind: str, new_folder: NewFolder
) -> None:
    GUISES.holds(number, kind, new_folder)


@C25.each
def test_c25_remarks_beside_a_number_are_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C25.holds(number, kind, new_folder)


@C26.each
def test_c26_more_digits_than_a_spreadsheet_holds_are_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C26.holds(number, kind, new_folder)


@C28.each
def test_c28_what_python_takes_for_a_number_is_refused(number: int, kind: str, new_folder: NewFolder) -> None:
    C28.holds(number, kind, new_folder)


ROWS = {name: row for name, row in globals().items() if isinstance(row, Row)}


@pytest.mark.parametrize("name", ROWS)
def test_the_total_holds_the_accepted_values_and_nothing_else(name: str, new_folder: NewFolder) -> None:
    ROWS[name].adds_up(new_folder)


@pytest.mark.parametrize(
    ("row", "typed", "proposal"),
    [
        (C06, "2000万", "20000000"),
        (C06, "32.1万件", "321000"),
        (C06, "2千万", "20000000"),
        (C06, "1.2百万条", "1200000"),
        (C06, "5千", "5000"),
        (C06, "251000元", "25.1"),
        (C06, "0.5亿元", "5000"),
        (C08, "十二", "12"),
        (C08, "一百零三", "103"),
        (C08, "二〇", "20"),
        (C08, "一万二千", "12000"),
        (C08, "两", "2"),
    ],
)
def test_c06_c08_the_value_that_may_be_meant_is_proposed_not_taken(
    row: Row, typed: str, proposal: str, new_folder: NewFolder
) -> None:
    number = next(number for number, case in enumerate(row.cases) if case.typed == typed)
    outcome, file = row.outcome(new_folder), f"xlsx{number:02}号镇.xlsx"
    (finding,) = (f for f in outcome.findings(file) if f.code in ("F03", "F04"))

    assert (finding.details["proposal"], finding.expected) == (proposal, proposal)
    assert f"填 {proposal}。" in outcome.sentence(file, finding.code)


def test_an_unusable_operand_leaves_its_rules_undecided(new_folder: NewFolder) -> None:
    outcome = judge(new_folder(), {"甲.xlsx": save(put(book_of("甲镇"), "C13", "约3"), "xlsx")})
    undecided = {f.code for f in outcome.findings("甲.xlsx") if f.outcome.value == "undecided"}

    assert outcome.status("甲.xlsx") == "rejected"
    assert "R08" in undecided
    assert not [f for f in outcome.findings("甲.xlsx") if f.code.startswith("R") and f.outcome.value == "violated"]


@pytest.mark.parametrize("dash", ["——", "----", "—", "--", "/"])
def test_c09_a_long_dash_under_the_unit_marks_a_heading_row(dash: str, new_folder: NewFolder) -> None:
    form = filing("甲镇")
    lines = tuple(replace(line, unit=dash) if line.unit == "——" else line for line in form.lines)
    outcome = judge(new_folder(), {"甲.xlsx": save(lay_out(replace(form, lines=lines)), "xlsx")})

    assert outcome.told("甲.xlsx") == []
