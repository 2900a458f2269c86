"""Old binary workbooks (.xls, .et): the facts that xlrd gives, those that it leaves out, and damage that looks whole."""

from __future__ import annotations

import io
import struct
import warnings
from decimal import Decimal
from typing import Any

import pytest
import xlwt

from consolidator.model import Area, CellKind, Refusal, Visibility
from consolidator.read import open_workbook
from consolidator.read.binary.biff import StoredFormula, book_records, records
from consolidator.read.binary.second_reader import disagreements
from consolidator.read.binary.xls import _uncalculated
from consolidator.read.limits import Refused
from tests.read.books import codes, only, opened, refused


def style(code: str = "General", *, struck: bool = False) -> xlwt.XFStyle:
    made = xlwt.XFStyle()
    made.num_format_str = code
    made.font.struck_out = struck
    return made


def xls(cells: dict[tuple[int, int], Any], prepare: Any = lambda book, sheet: None) -> bytes:
    """An .xls with one sheet `统计表`; cells from (1, 1), each a value or (value, style)."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("统计表", cell_overwrite_ok=True)
    for (row, column), value in cells.items():
        sheet.write(row - 1, column - 1, *(value if isinstance(value, tuple) else (value,)))
    prepare(book, sheet)
    buffer = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("value", "kind", "text", "number"),
    [
        (12, CellKind.NUMBER, "12", "12"),
        (43.788, CellKind.NUMBER, "43.788", "43.788"),
        (0.1 + 0.2, CellKind.NUMBER, "0.3", "0.3"),
        (12.34, CellKind.NUMBER, "12.34", "12.34"),
        (-5, CellKind.NUMBER, "-5", "-5"),
        (1e15, CellKind.NUMBER, "1000000000000000", "1000000000000000"),
        ("文 字\n二", CellKind.TEXT, "文 字\n二", None),
        ("12", CellKind.TEXT, "12", None),
        (True, CellKind.BOOLEAN, "TRUE", None),
        ((12, style("yyyy-mm-dd")), CellKind.DATE, "1900-01-12", "12"),
        ((60, style("yyyy-mm-dd")), CellKind.DATE, "1900-02-29", "60"),
        ((45356.5, style('yyyy"年"m"月"d"日"')), CellKind.DATE, "2024-03-05 12:00:00", "45356.5"),
    ],
)
def test_values_are_what_was_typed(value: Any, kind: CellKind, text: str, number: str | None) -> None:
    found = only(xls({(2, 3): value}), "甲镇.xls").cells[2, 3]

    assert (found.kind, found.text, found.number) == (kind, text, None if number is None else Decimal(number))


def test_formats_that_hide_and_strikes_are_told() -> None:
    rich = (style("General"), style("General", struck=True))

    def prepare(_: Any, sheet: Any) -> None:
        sheet.write_rich_text(3, 0, ["5", ("6", rich[1].font)])

    cells = {(1, 1): (12.4, style("0")), (2, 1): (0.05, style("0%")), (3, 1): ("9", rich[1])}
    found = only(xls(cells, prepare), "甲镇.xls").cells

    assert (found[1, 1].text, found[1, 1].shown, found[2, 1].shown) == ("12.4", "12", "5%")
    assert [found[row, 1].struck for row in (1, 3, 4)] == [False, True, True]


def test_merges_hidden_parts_and_hidden_sheets_are_told() -> None:
    def prepare(book: Any, sheet: Any) -> None:
        sheet.write_merge(4, 5, 3, 4, 7)
        sheet.row(2).hidden = True
        sheet.col(1).hidden = True
        book.add_sheet("藏").visibility = 2
        book.get_sheet(1).write(0, 0, 1)

    first, second = opened(xls({(9, 9): 1}, prepare), "甲镇.et").sheets

    assert first.merges == (Area(5, 4, 6, 5),)
    assert (first.hidden_rows, first.hidden_columns) == ({3}, {2})
    assert second.visibility is Visibility.VERY_HIDDEN


@pytest.mark.parametrize(
    ("formula", "kind", "text"),
    [
        ("SUM(A1:A2)", CellKind.UNCALCULATED, "=SUM(A1:A2)"),
        ("A1*2+ROUND(A2,0)", CellKind.UNCALCULATED, "=A1*2+ROUND(A2,0)"),
        ('IF(A1=1,"","x")', CellKind.TEXT, ""),
        ("A1", CellKind.TEXT, ""),
    ],
)
def test_a_sum_without_a_result_is_not_an_empty_text(formula: str, kind: CellKind, text: str) -> None:
    found = only(xls({(1, 1): 1, (3, 1): xlwt.Formula(formula)}), "甲镇.xls").cells[3, 1]

    assert (found.kind, found.text) == (kind, text)
    assert found.formula == f"={formula}"


@pytest.mark.parametrize(
    ("zero", "empty", "expected"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_a_formula_that_waits_for_loading_has_no_result(zero: bool, empty: bool, expected: bool) -> None:
    assert _uncalculated(StoredFormula(b"", empty, zero, on_load=True), '=IF(A1,"","")') is expected


def test_dates_may_count_from_1904() -> None:
    def prepare(book: Any, _: Any) -> None:
        book.dates_1904 = True

    assert only(xls({(1, 1): (12, style("yyyy-mm-dd"))}, prepare), "甲.xls").cells[1, 1].text == "1904-01-13"


def test_empty_formatted_cells_are_none() -> None:
    assert set(only(xls({(1, 1): ("", style("0")), (2, 2): (None, style("0")), (3, 3): 1}), "甲.xls").cells) == {(3, 3)}


def many() -> dict[tuple[int, int], Any]:
    return {
        (row, column): row * column if column > 1 else f"指标名称第{row}项"
        for row in range(1, 90)
        for column in range(1, 6)
    }


@pytest.mark.parametrize("share", [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97])
@pytest.mark.parametrize("damage", ["cut", "zero tail", "zero hole"])
def test_a_half_copied_file_never_gives_other_values(
    share: float, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consolidator.read.binary.second_reader.disagreements", lambda *_: [])
    whole = xls(many())
    at = int(len(whole) * share) // 512 * 512
    broken = {
        "cut": whole[:at],
        "zero tail": whole[:at] + bytes(len(whole) - at),
        "zero hole": whole[:at] + bytes(512) + whole[at + 512 :],
    }[damage]

    answer = open_workbook(broken, "甲.xls")

    assert isinstance(answer, Refusal) or answer.sheets == opened(whole, "甲.xls").sheets


def test_the_second_reader_finds_nothing_to_add_to_a_sound_file() -> None:
    content = xls(many())

    assert disagreements(content, opened(content, "甲.xls").sheets) == []


@pytest.mark.parametrize(
    ("grid", "told"),
    [
        ([[5.0], [6.0]], None),
        ([[5.0], [""]], ("A2",)),
        ([[5.0], [6.0, "备注"]], ("B2",)),
        ([[5.0, "", 9.0]], ("A2", "C1")),
    ],
)
def test_a_cell_that_only_one_reader_sees_is_told(
    grid: list[list[Any]], told: tuple[str, ...] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consolidator.read.binary.second_reader._grids", lambda _: [grid])
    findings = opened(xls({(1, 1): 5, (2, 1): 6}), "甲.xls").findings

    assert [(each.code, each.severity, each.cells) for each in findings] == ([("B18", "soft", told)] if told else [])


@pytest.mark.parametrize("other", [7.0, "6", 6.1])
def test_a_number_that_the_readers_read_differently_refuses_the_file(
    other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consolidator.read.binary.second_reader._grids", lambda _: [[[5.0], [other]]])

    assert refused(xls({(1, 1): 5, (2, 1): 6}), "甲.xls") == ("unreadable", "B01", "damage.disagreement")


def old(version: int, *parts: tuple[int, bytes]) -> bytes:
    """A worksheet of Excel 2 to 4: records without a container."""
    begin = {2: (0x0009, b"\x02\0\x10\0"), 3: (0x0209, b"\x03\0\x10\0\0\0"), 4: (0x0409, b"\x04\0\x10\0\0\0")}[version]
    return b"".join(struct.pack("<HH", code, len(data)) + data for code, data in (begin, *parts, (0x000A, b"")))


def test_a_workbook_of_the_first_age_is_read_in_the_usual_code_page() -> None:
    label = "平罗".encode("gbk")
    cells = [
        (0x0000, struct.pack("<HHHH", 0, 1, 0, 2)),
        (0x0004, struct.pack("<HH3xB", 0, 0, len(label)) + label),
        (0x0003, struct.pack("<HH3xd", 0, 1, 43.788)),
    ]
    sheet = only(old(2, *cells), "甲.xls")

    assert [each.text for each in sheet.cells.values()] == ["平罗", "43.788"]


def test_an_xls_under_another_name_is_noted() -> None:
    assert codes(opened(xls({(1, 1): 1}), "甲镇.xlsx")) == ["B10"]
    assert codes(opened(xls({(1, 1): 1}), "甲镇.et")) == []


def test_a_password_that_nobody_tried_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    content = bytearray(xls({(1, 1): 1}))
    start = content.index(struct.pack("<HH", 0x0809, 16))
    second = start + 20
    (length,) = struct.unpack_from("<H", content, second + 2)
    content[second : second + 2] = struct.pack("<H", 0x002F)
    assert length >= 2

    assert refused(bytes(content), "甲.xls")[:2] == ("encrypted", "B02")


def test_records_stop_at_zero_bytes() -> None:
    stream = struct.pack("<HH", 0x0809, 0) + bytes(64)

    with pytest.raises(Refused):
        list(records(stream, 0))


def test_external_workbooks_are_named_from_their_records() -> None:
    path = "\x01\x02tmp\x03汇总.xls"
    book = struct.pack("<HHB", 1, len(path), 1) + path.encode("utf-16-le")
    own = struct.pack("<HH", 1, 0x0401)
    sheets = struct.pack("<H", 2) + struct.pack("<3H", 0, 0, 0) + struct.pack("<3H", 1, 0, 0)
    parts = [(0x0809, b""), (0x01AE, own), (0x01AE, book), (0x0017, sheets), (0x000A, b"")]
    facts = book_records(b"".join(struct.pack("<HH", code, len(data)) + data for code, data in parts))

    assert facts.source(b"\x5a\x01\x00\x00\x00\x00\x00") == "汇总.xls"
