"""Text from townships is shown, never run; nothing in it stays hidden."""

from __future__ import annotations

import csv
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consolidator.write.workbook.text import CELL_LIMIT, as_number, fits_excel, for_cell, for_csv, plain, visible


@pytest.mark.parametrize("text", ["城关镇", "a b", "第一行\n第二行", "1\t2", "全角　空格", "�"])
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\u202exslx.统计", "[U+202E]xslx.统计"),
        ("甲\u200b镇", "甲[U+200B]镇"),
        ("\ufeff12", "[U+FEFF]12"),
        ("\x01\x00", "[U+0001][U+0000]"),
        ("\ud800", "[U+D800]"),
        ("\uffff", "[U+FFFF]"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
    ],
)
def test_what_hides_becomes_visible(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text(st.characters(codec=None)))
def test_every_text_can_be_written_as_utf8_once_visible(text: str) -> None:
    visible(text).encode("utf-8")


@given(st.text(st.characters(codec=None)))
def test_making_text_visible_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@pytest.mark.parametrize("character", ["a", "汉", "𠮷"])
def test_a_cell_takes_as_much_as_excel_can_hold_and_says_where_it_was_cut(character: str) -> None:
    text = for_cell(character * 40_000)

    assert len(text.encode("utf-16-le")) // 2 <= CELL_LIMIT
    kept, said = text.split("…[")
    assert set(kept) == {character}
    assert said == f"{len(kept)}/40000]"
    assert for_cell(character * 10_000) == character * 10_000


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-x", "@sum", "\tx", "\rx", "＝1", "＋1", "－1", "＠a", "-", "=", "-1-1"]
)
def test_csv_marks_what_a_spreadsheet_would_run(text: str) -> None:
    assert for_csv(text).startswith("'")


def test_csv_keeps_every_character_of_a_text_that_no_cell_holds() -> None:
    assert for_csv("汉" * 130_000) == "汉" * 130_000


def test_csv_says_what_it_leaves_out_of_a_text_for_which_readers_would_refuse_the_file() -> None:
    field = for_csv("=" + "汉" * 200_000)

    assert field.startswith("'=汉")
    assert field.endswith("汉…[130976/200001]")
    assert next(csv.reader([field])) == [field]


@pytest.mark.parametrize("text", ["-5", "+5", "-0.25", "12", "", "甲", "a=b", "'x"])
def test_csv_leaves_numbers_and_plain_text_alone(text: str) -> None:
    assert for_csv(text) == text


@given(st.text())
def test_no_csv_field_starts_a_formula(text: str) -> None:
    field = for_csv(text)

    assert not field or field[0] not in "=+-@\t\r\n＝＋－＠" or field.lstrip("+-").replace(".", "", 1).isdigit()


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_only_a_number_written_as_excel_would_write_it_becomes_one(number: Decimal) -> None:
    text = plain(number)
    taken = as_number(text)

    assert taken is None or plain(taken) == text


@pytest.mark.parametrize("text", ["012", "1.0", "1e3", "-0", "１２", " 12", "1,234", "1234567890123456", "nan"])
def test_text_that_a_number_would_change_stays_text(text: str) -> None:
    assert as_number(text) is None


def test_fifteen_digits_fit_and_sixteen_do_not() -> None:
    assert fits_excel(Decimal(999999999999999))
    assert fits_excel(Decimal(1000000000000000000))
    assert not fits_excel(Decimal("1234567890.123456"))
    assert not fits_excel(Decimal("NaN"))
