"""Binary workbooks (.xlsb)."""

from __future__ import annotations

import struct
from decimal import Decimal
from typing import Any

import pytest

from consolidator.model import Area, CellKind, Visibility
from consolidator.read.binary.biff12 import packed_number, records, rich_text
from consolidator.read.binary.second_reader import disagreements
from consolidator.read.limits import Refused
from tests.read.books import changed, codes, only, opened, refused
from tests.xlsb_writer import Fault, Result, Styled, XlsbSheet, record, wide, xlsb_bytes


def xlsb(value: Any) -> bytes:
    return xlsb_bytes([XlsbSheet("表", {(2, 3): value})])


@pytest.mark.parametrize(
    ("value", "kind", "text", "number"),
    [
        (12, CellKind.NUMBER, "12", "12"),
        (-7, CellKind.NUMBER, "-7", "-7"),
        (43.788, CellKind.NUMBER, "43.788", "43.788"),
        (0.1 + 0.2, CellKind.NUMBER, "0.3", "0.3"),
        ("文 字", CellKind.TEXT, "文 字", None),
        ("12", CellKind.TEXT, "12", None),
        (True, CellKind.BOOLEAN, "TRUE", None),
        (Fault("#DIV/0!"), CellKind.ERROR, "#DIV/0!", None),
        (Result(7.0), CellKind.NUMBER, "7", "7"),
        (Result("文"), CellKind.TEXT, "文", None),
        (Result(Fault("#REF!")), CellKind.ERROR, "#REF!", None),
        (Styled(12, "yyyy-mm-dd"), CellKind.DATE, "1900-01-12", "12"),
    ],
)
def test_each_kind_of_cell_is_told(value: Any, kind: CellKind, text: str, number: str | None) -> None:
    found = only(xlsb(value), "甲.xlsb").cells[2, 3]

    assert (found.kind, found.text) == (kind, text)
    assert found.number == (None if number is None else Decimal(number))


def test_formats_strikes_merges_and_hidden_parts_are_told() -> None:
    cells = {(1, 1): Styled(12.4, "0"), (2, 1): Styled(5, struck=True), (9, 9): "尾"}
    first, second = opened(
        xlsb_bytes(
            [
                XlsbSheet("表", cells, merges=[(3, 2, 4, 3)], hidden_rows={5}, hidden_columns={2}),
                XlsbSheet("藏", {(1, 1): 1}, state=2),
            ]
        ),
        "甲.xlsb",
    ).sheets

    assert (first.cells[1, 1].shown, first.cells[2, 1].struck) == ("12", True)
    assert (first.merges, first.hidden_rows, first.hidden_columns) == ((Area(3, 2, 4, 3),), {5}, {2})
    assert second.visibility is Visibility.VERY_HIDDEN


def test_short_records_stand_right_of_the_cell_before_them_though_the_second_reader_misses_them() -> None:
    head = struct.pack("<LLHBBBL", 4, 0, 300, 0, 0, 0, 0)
    full, short = struct.pack("<LLd", 2, 0, 1.5), struct.pack("<LL", 0, 7 << 2 | 2)
    rows = record(0, head) + record(5, full) + record(13, short) + record(16, struct.pack("<Ld", 0, 43.788))
    part = record(129) + record(145) + rows + record(146) + record(130)
    content = changed(xlsb(1), lambda name, data: part if name.endswith("sheet1.bin") else data)
    book = opened(content, "甲.xlsb")

    assert {each.a1: each.text for each in book.sheets[0].cells.values()} == {"C5": "1.5", "D5": "7", "E5": "43.788"}
    assert codes(book) == []


def test_what_stays_unseen_is_noted_only_where_there_are_formulas() -> None:
    plain, calculated = opened(xlsb(12), "甲.xlsb"), opened(xlsb(Result(7.0)), "甲.xlsb")

    assert (plain.reduced, codes(plain)) == (False, [])
    assert (calculated.reduced, codes(calculated)) == (True, ["B08"])


def test_the_second_reader_agrees() -> None:
    content = xlsb_bytes(
        [XlsbSheet("表", {(row, column): row / column for row in range(1, 50) for column in range(1, 5)})]
    )

    assert disagreements(content, opened(content, "甲.xlsb").sheets) == []


@pytest.mark.parametrize(
    ("packed", "number"),
    [(12 << 2 | 2, 12), (1234 << 2 | 3, 12.34), ((-5 << 2 | 2) & 0xFFFFFFFF, -5), (0x3FF00000, 1.0), (0x40590001, 1.0)],
)
def test_packed_numbers_are_unpacked(packed: int, number: float) -> None:
    assert packed_number(packed) == number


def test_a_struck_or_raised_run_of_a_rich_text_is_told() -> None:
    plain, struck, raised = (False, False), (True, False), (False, True)
    data = b"\x01" + wide("十二") + struct.pack("<L4H", 2, 0, 0, 1, 1)

    assert rich_text(data, 0, (plain, struck)) == ("十二", True, False)
    assert rich_text(data, 0, (struck, plain)) == ("十二", True, False)
    assert rich_text(data, 0, (plain, raised)) == ("十二", False, True)
    assert rich_text(data, 0, (raised, struck)) == ("十二", True, True)
    assert rich_text(data, 0, (plain, plain)) == ("十二", False, False)


@pytest.mark.parametrize("part", [b"\x07", b"\x9c", record(5, b"abc")[:-1], b"\x05\xff\xff\xff\x7f"])
def test_a_part_that_ends_inside_a_record_is_damaged(part: bytes) -> None:
    with pytest.raises(Refused):
        list(records(part))


def cut(name: str) -> bytes:
    return changed(xlsb("文字"), lambda part, data: data[: len(data) // 2] if part.endswith(name) else data)


@pytest.mark.parametrize("name", ["sheet1.bin", "sharedStrings.bin", "workbook.bin"])
def test_a_cut_part_is_damage(name: str) -> None:
    assert refused(cut(name), "甲.xlsb")[:2] == ("unreadable", "B01")
