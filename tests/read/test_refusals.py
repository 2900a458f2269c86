"""Wrecks, strangers and traps: each ends in its own refusal, none in an exception."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from consolidator.model import Refusal, Submission, Workbook
from consolidator.read import FileKind, open_workbook, read_all
from consolidator.read.files import sniff
from consolidator.read.limits import Limits
from consolidator.terms import LANGUAGES, catalogue
from tests.read.books import HEAD, MAIN, changed, codes, only, opened, refused, xlsx, zipped
from tests.read.test_ods import ods, row
from tests.read.test_xls import xls
from tests.xlsb_writer import XlsbSheet, xlsb_bytes

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'
WHOLE = xlsx(ONE + '<row r="2"><c r="A2" t="s"><v>0</v></c></row>', strings="<si><t>指标名称</t></si>")


def stored(parts: dict[str, bytes]) -> bytes:
    """A zip archive without compression, in which the entries of archives inside it can be seen."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def compound(name: str) -> bytes:
    """An OLE2 file with one stream of this name."""
    head = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(16)
        + struct.pack("<HHHHH6xLLLLLLLLL", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    )
    head += struct.pack("<L", 0) + b"\xff" * 4 * 108
    fat = struct.pack("<3L", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE) + b"\xff" * 4 * 125

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = label.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<LLL", 0xFFFFFFFF, 0xFFFFFFFF, child)
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBB", len(raw), kind, 1)
            + links
            + bytes(36)
            + struct.pack("<LLL", start, size, 0)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(name, 2, 0xFFFFFFFF, 2, 4096) + bytes(256)
    return head.ljust(512, b"\0") + fat + directory + bytes(4096)


STRANGERS = {
    "pdf": (b"%PDF-1.7\n%...", FileKind.PDF),
    "rtf": (b"{\\rtf1\\ansi", FileKind.RTF),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), FileKind.IMAGE),
    "jpg": (b"\xff\xd8\xff\xe0" + bytes(20), FileKind.IMAGE),
    "webp": (b"RIFF\x10\0\0\0WEBPVP8 ", FileKind.IMAGE),
    "docx": (zipped({"[Content_Types].xml": "", "word/document.xml": ""}), FileKind.WORD),
    "pptx": (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), FileKind.PRESENTATION),
    "ofd": (zipped({"OFD.xml": "", "Doc_0/Document.xml": ""}), FileKind.OFD),
    "odt": (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}), FileKind.OPEN_DOCUMENT),
    "numbers": (zipped({"Index/Document.iwa": ""}), FileKind.NUMBERS),
    "doc": (compound("WordDocument"), FileKind.WORD),
    "ppt": (compound("PowerPoint Document"), FileKind.PRESENTATION),
    "msg": (compound("__properties_version1.0"), FileKind.MAIL),
    "eml": (b"From: a@b.cn\r\nSubject: x\r\nContent-Type: text/plain\r\n\r\nhello", FileKind.MAIL),
    "zip": (zipped({"甲镇.xlsx": WHOLE}), FileKind.ZIP),
    "stored zip": (stored({"甲镇.xlsx": WHOLE, "乙镇.xlsx": WHOLE}), FileKind.ZIP),
    "zip of ods": (stored({"甲镇.ods": ods(row())}), FileKind.ZIP),
    "rar": (b"Rar!\x1a\x07\x00" + bytes(20), FileKind.OTHER_ARCHIVE),
    "xml": (b"<?xml version='1.0'?><a/>", FileKind.XML),
    "sylk": (b'ID;PWXL;N;E\r\nC;Y1;X1;K"a"\r\nC;Y1;X2;K5\r\nE\r\n', FileKind.UNKNOWN),
    "dif": (b'TABLE\r\n0,1\r\n"EXCEL"\r\nVECTORS\r\n0,3\r\n', FileKind.UNKNOWN),
    "exe": (b"MZ\x90\x00\x03\x00\x00\x00", FileKind.UNKNOWN),
}


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_spreadsheet_is_called_by_its_kind(name: str) -> None:
    content, kind = STRANGERS[name]

    assert sniff(content) is kind
    assert refused(content, "甲镇.xlsx") == ("not_a_form", "B03", f"file_kind.{kind}")


SPREADSHEETS = {
    "xlsx": (WHOLE, FileKind.XLSX),
    "xlsm": (xlsx(ONE, extra={"xl/vbaProject.bin": b"x"}), FileKind.XLSM),
    "xlsb": (xlsb_bytes([XlsbSheet("表", {(1, 1): 1})]), FileKind.XLSB),
    "xls": (xls({(1, 1): 1}), FileKind.XLS),
    "ods": (ods(row()), FileKind.ODS),
    "html": (b"<table><tr><td>1</table>", FileKind.HTML),
    "csv": (b"a,b\nc,d\n", FileKind.TEXT),
    "empty": (b"", FileKind.EMPTY),
}


@pytest.mark.parametrize("name", SPREADSHEETS)
def test_spreadsheets_are_known_by_their_content(name: str) -> None:
    content, kind = SPREADSHEETS[name]

    assert sniff(content) is kind


@pytest.mark.parametrize("name", ["xlsx", "xlsm", "xlsb", "xls", "ods"])
def test_a_half_copied_spreadsheet_is_damaged_and_no_stranger(name: str) -> None:
    content = SPREADSHEETS[name][0]

    for cut in (content[: len(content) * 2 // 3], content[: len(content) * 2 // 3].ljust(len(content), b"\0")):
        assert refused(cut)[:2] == ("unreadable", "B01")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", ("ignored", "B05", "empty")),
        (bytes(5000), ("unreadable", "B01", "damage.zeros")),
        (b"PK\x03\x04", ("unreadable", "B01", "damage.zip_cut")),
        (xlsx(ONE)[:-30], ("unreadable", "B01", "damage.zip_cut")),
        (xlsx("<row>"), ("unreadable", "B01", "damage.xml")),
        (xlsx('<row r="1"><c r="A1" t="s"><v>9</v></c></row>'), ("unreadable", "B01", "damage.string_index")),
        (xlsx('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'), ("unreadable", "B01", "damage.string_index")),
        (xlsx('<row r="1"><c r="1A"><v>9</v></c></row>'), ("unreadable", "B01", "damage.address")),
        (xlsx('<row r="99999999999"><c><v>9</v></c></row>'), ("unreadable", "B01", "unsafe.position")),
        (xlsx('<row r="1"><c r="XFE1"><v>9</v></c></row>'), ("unreadable", "B01", "unsafe.position")),
        (xlsx('<row r="1"><c r="A1048577"><v>9</v></c></row>'), ("unreadable", "B01", "unsafe.position")),
        (xlsx("<a>" * 80 + "</a>" * 80), ("unreadable", "B01", "unsafe.depth")),
        (xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'), ("unreadable", "B01", "unsafe.duplicate_cell")),
        (changed(WHOLE, lambda name, data: f"{HEAD}<workbook xmlns='{MAIN}'/>".encode() if name == "xl/workbook.xml" else data), ("unreadable", "B01", "no_sheets")),
        (changed(WHOLE, lambda name, data: None if name == "xl/workbook.xml" else data), ("unreadable", "B01", "damage.part_missing")),
        (compound("Workbook"), ("unreadable", "B01", "damage.xls")),
        (compound("EncryptedPackage"), ("encrypted", "B02", "")),
    ],
)  # fmt: skip
def test_each_wreck_has_its_refusal(content: bytes, expected: tuple[str, str, str]) -> None:
    assert refused(content) == expected


def test_a_flipped_bit_is_damage() -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    at = entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2

    assert refused(WHOLE[:at] + bytes([WHOLE[at] ^ 0x10]) + WHOLE[at + 1 :]) == (
        "unreadable",
        "B01",
        "damage.part_broken",
    )


BOMB = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
FETCH = '<!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", ["<!DOCTYPE worksheet>", BOMB, FETCH])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml"])
def test_declarations_are_refused(declaration: str, part: str) -> None:
    content = changed(
        WHOLE, lambda name, data: data.replace(b"?>", b"?>" + declaration.encode(), 1) if name == part else data
    )

    assert refused(content) == ("unreadable", "B01", "unsafe.doctype")


def test_one_endless_token_is_refused_early() -> None:
    assert refused(xlsx(f'<row r="1" x="{"a" * 3_000_000}"/>')) == ("unreadable", "B01", "unsafe.token")


def twice(first: str, second: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in ("[Content_Types].xml", first, second):
            archive.writestr(name, "<a/>")
    return buffer.getvalue()


@pytest.mark.parametrize("second", ["xl/workbook.xml", "xl/WORKBOOK.xml", "/xl/workbook.xml", "xl\\workbook.xml"])
def test_a_part_that_occurs_twice_is_refused(second: str) -> None:
    assert refused(twice("xl/workbook.xml", second)) == ("unreadable", "B01", "unsafe.duplicate_part")


def test_parts_that_overlap_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "x" * 100)
        archive.writestr("xl/other.xml", "y" * 100)
        archive.filelist[1].header_offset = 20
        archive.filelist[0].header_offset = 0

    assert refused(buffer.getvalue())[2] in ("unsafe.overlap", "damage.zip_broken")


def test_an_unusual_compression_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive, zipfile.ZipFile(io.BytesIO(WHOLE)) as old:
        for name in old.namelist():
            archive.writestr(name, old.read(name))

    assert refused(buffer.getvalue()) == ("unreadable", "B01", "unsafe.compression")


@pytest.mark.parametrize(
    ("limits", "amount"),
    [
        (Limits(file=100), "file"),
        (Limits(part=100), "part"),
        (Limits(inflated=1000), "inflated"),
        (Limits(entries=3), "entries"),
        (Limits(sheets=0), "sheets"),
        (Limits(cells=1), "cells"),
        (Limits(strings=0), "strings"),
        (Limits(characters=3), "characters"),
        (Limits(merges=0), "merges"),
    ],
)
def test_each_limit_is_told_by_name(limits: Limits, amount: str) -> None:
    content = changed(
        WHOLE,
        lambda _, data: data.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'),
    )
    answer = open_workbook(content, "甲.xlsx", limits=limits)

    assert isinstance(answer, Refusal)
    assert (answer.code, answer.case, answer.details["what"]) == ("B01", "too_large", f"amount.{amount}")


def test_a_thousand_sheets_are_read() -> None:
    book = openpyxl.Workbook()
    for number in range(999):
        book.create_sheet(f"表{number}")["A1"] = number
    buffer = io.BytesIO()
    book.save(buffer)

    assert len(opened(buffer.getvalue()).sheets) == 1000


def test_a_count_that_lies_reserves_no_memory() -> None:
    content = changed(
        WHOLE, lambda _, data: data.replace(b"<sst ", b'<sst count="2000000000" uniqueCount="2000000000" ')
    )

    assert only(content).cells[2, 1].text == "指标名称"


def test_one_stray_cell_at_the_last_corner_costs_nothing() -> None:
    assert set(only(xlsx(ONE + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')).cells) == {
        (1, 1),
        (1048576, 16384),
    }


def library_made() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["指标名称", 12])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def encrypted(content: bytes, password: str) -> bytes:
    buffer = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, buffer)
    return buffer.getvalue()


def test_the_default_password_opens_and_no_other_is_known() -> None:
    book = opened(encrypted(library_made(), "VelvetSweatshop"))

    assert (book.sheets, codes(book)) == (opened(library_made()).sheets, [])
    assert refused(encrypted(library_made(), "秘密")) == ("encrypted", "B02", "")
    assert sniff(encrypted(library_made(), "秘密")) is FileKind.ENCRYPTED


def test_an_encrypted_file_that_is_cut_is_still_called_encrypted() -> None:
    whole = encrypted(library_made(), "秘密")

    assert refused(whole[: len(whole) - 2048])[1] in ("B01", "B02")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section"), ["damage", "unsafe", "amount", "file_kind", "format", "hidden"])
def test_every_reason_has_its_words_in_each_language(language: str, section: str) -> None:
    words = catalogue(language).words[section]

    assert words
    assert all(word.strip() for word in words.values())
    assert set(words) == set(catalogue("zh").words[section])
    if section == "file_kind":
        assert {str(kind) for _, kind in STRANGERS.values()} <= set(words)


def test_a_refusal_is_told_in_words() -> None:
    answer = open_workbook(b"%PDF-1.7", "甲.xlsx")

    assert isinstance(answer, Refusal)
    assert (
        catalogue("zh").sentence(answer.code, answer.case, answer.details)
        == "这是 PDF 文件，不是电子表格。请报送电子表格。"
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["", "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "\x09\x08\x10\x00", "<html>", "<?xml version='1.0'?>"]
    ),
)
def test_any_bytes_get_exactly_one_answer(tail: bytes, head: str) -> None:
    assert isinstance(open_workbook(head.encode("latin-1") + tail, "甲.xls"), Workbook | Refusal)


def mutations(name: str, count: int) -> list[Submission]:
    """Files with a few bytes changed, the same ones every time. They are read in a worker: calamine may abort."""
    chance = random.Random(name)  # noqa: S311 - no secret
    found = []
    for number in range(count):
        content = bytearray(SPREADSHEETS[name][0])
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content))
            content[at : at + chance.choice((0, 1, 1, 1, 4))] = chance.randbytes(chance.choice((0, 1, 1, 4)))
        found.append(Submission(f"{number}.{name}", "", bytes(content)))
    return found


@pytest.mark.parametrize("name", ["xlsx", "xlsb", "xls", "ods"])
def test_any_change_of_a_file_gets_exactly_one_answer_and_meets_no_bug(name: str) -> None:
    files = mutations(name, 200)

    answers = read_all(files, jobs=1)

    assert len(answers) == len(files)
    assert not [
        answer.details
        for answer in answers.values()
        if isinstance(answer, Refusal) and answer.case == "crashed" and answer.details
    ]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(
        [
            "xl/worksheets/sheet1.xml",
            "xl/workbook.xml",
            "xl/styles.xml",
            "xl/sharedStrings.xml",
            "xl/_rels/workbook.xml.rels",
        ]
    ),
    st.data(),
)
def test_any_change_of_a_part_gets_exactly_one_answer(part: str, data: st.DataObject) -> None:
    def mutated(name: str, content: bytes) -> bytes:
        if name != part:
            return content
        at = data.draw(st.integers(0, len(content)))
        return content[:at] + data.draw(st.binary(max_size=6)) + content[at + data.draw(st.integers(0, 6)) :]

    assert isinstance(open_workbook(changed(WHOLE, mutated), "甲.xlsx"), Workbook | Refusal)
