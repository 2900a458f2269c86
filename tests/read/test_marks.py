"""The marks of a blank form, in every format that keeps them, as the file claims them."""

from __future__ import annotations

import io
import struct
import zipfile
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import xlwt

from consolidator.model import CellAddress, Refusal, Workbook
from consolidator.read import open_workbook
from consolidator.read.binary.biff import workbook_stream
from consolidator.read.files.sniff import FileKind, sniff
from consolidator.read.limits import LIMITS
from consolidator.read.markings.marks import Marks, excel_address, read_marks
from consolidator.read.markings.marks_binary import user_defined, xls_names
from tests.template.sheets import blank, form
from tests.xlsb_writer import XlsbSheet, record, wide, xlsb_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping

FORM = "gov-info-disclosure-2014"
CUSTOM = (
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{}</Properties>'
)
RELATION = (
    '<Relationship Id="rId9" Target="docProps/custom.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/></Relationships>'
)


def custom(properties: Mapping[str, str]) -> bytes:
    listed = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{value}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), start=2)
    )
    return CUSTOM.format(listed).encode()


def rezipped(content: bytes, changes: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for name in (*old.namelist(), *(name for name in changes if name not in old.namelist())):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return target.getvalue()


def marks(content: bytes) -> Marks:
    return read_marks(sniff(content), content, LIMITS)


def test_every_name_and_property_of_a_blank_form_is_handed_on() -> None:
    workbook = open_workbook(blank(FORM), "甲镇.xlsx")

    assert isinstance(workbook, Workbook)
    assert set(workbook.names) == {f"csl_{code}" for code in form(FORM).indicators}
    assert workbook.names["csl_A1"] == (CellAddress("填报表", 7, 3),)
    assert workbook.properties["csl.form"] == FORM


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("填报表!$C$7", CellAddress("填报表", 7, 3)),
        ("'甲 镇''s'!C7", CellAddress("甲 镇's", 7, 3)),
        ("填报表!$C$7:$C$8", None),
        ("[1]填报表!$C$7", None),
        ("'[甲镇.xlsx]填报表'!$C$7", CellAddress("[甲镇.xlsx]填报表", 7, 3)),
        ("#REF!", None),
        ("填报表!#REF!", None),
        ("填报表!$ZZZ$7", None),
        ("填报表!$C$9999999", None),
        ("SUM(填报表!$C$7)", None),
        ("$C$7", None),
    ],
)
def test_a_name_counts_where_it_refers_to_one_cell(reference: str, found: CellAddress | None) -> None:
    assert excel_address(reference) == found


def test_names_of_anybody_else_are_left_out() -> None:
    content = rezipped(blank(FORM), {})
    part = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
    other = part.replace("<definedNames>", '<definedNames><definedName name="合计">填报表!$C$9</definedName>')

    assert "合计" not in marks(rezipped(content, {"xl/workbook.xml": other.encode()})).names


def test_a_name_that_a_copied_sheet_repeats_refers_to_both() -> None:
    part = zipfile.ZipFile(io.BytesIO(blank(FORM))).read("xl/workbook.xml").decode()
    copy = '<definedNames><definedName name="csl_A1" localSheetId="1">备份!$C$7</definedName>'
    found = marks(rezipped(blank(FORM), {"xl/workbook.xml": part.replace("<definedNames>", copy).encode()}))

    assert set(found.names["csl_A1"]) == {CellAddress("备份", 7, 3), CellAddress("填报表", 7, 3)}


def test_broken_marks_cost_the_marks_alone() -> None:
    content = rezipped(blank(FORM), {"docProps/custom.xml": b"<Properties"})
    workbook = open_workbook(content, "甲镇.xlsx")

    assert isinstance(workbook, Workbook)
    assert (workbook.properties, workbook.names) == ({}, {})


def test_more_names_than_any_form_has_are_none() -> None:
    part = zipfile.ZipFile(io.BytesIO(blank(FORM))).read("xl/workbook.xml").decode()
    many = "".join(f'<definedName name="csl_X{n}">填报表!$C$7</definedName>' for n in range(20_001))
    found = marks(
        rezipped(blank(FORM), {"xl/workbook.xml": part.replace("<definedNames>", f"<definedNames>{many}").encode()})
    )

    assert (found.names, found.properties) == ({}, {})


def test_properties_of_any_length_are_bounded() -> None:
    found = marks(
        rezipped(blank(FORM), {"docProps/custom.xml": custom({"csl.form": "x", "csl.unit_name": "甲" * 5000})})
    )

    assert found.properties == {"csl.form": "x"}


def test_a_flat_opendocument_file_keeps_both() -> None:
    content = (
        '<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        '<office:meta><meta:user-defined meta:name="csl.form">x</meta:user-defined></office:meta>'
        "<office:body><office:spreadsheet><table:named-expressions>"
        '<table:named-range table:name="csl_Q1.np" table:cell-range-address="$填报表.$C$7"/>'
        """<table:named-range table:name="csl_B" table:cell-range-address="$'甲 ''镇'.$D$8"/>"""
        '<table:named-range table:name="csl_C" table:cell-range-address="$填报表.$C$7:.$C$9"/>'
        '<table:named-expression table:name="csl_D" table:expression="of:=#REF!"/>'
        "</table:named-expressions></office:spreadsheet></office:body></office:document>"
    ).encode()
    found = read_marks(FileKind.ODS, content, LIMITS)

    assert found.properties == {"csl.form": "x"}
    assert found.names == {
        "csl_Q1.np": (CellAddress("填报表", 7, 3),),
        "csl_B": (CellAddress("甲 '镇", 8, 4),),
        "csl_C": (),
        "csl_D": (),
    }


def test_an_xml_spreadsheet_of_2003_keeps_both() -> None:
    content = (
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<CustomDocumentProperties xmlns="urn:schemas-microsoft-com:office:office">'
        "<csl.form>x</csl.form><csl.unit_name>甲镇</csl.unit_name></CustomDocumentProperties>"
        '<Names><NamedRange ss:Name="csl_A1" ss:RefersTo="=填报表!R7C3"/>'
        '<NamedRange ss:Name="csl_A2" ss:RefersTo="=#REF!"/></Names>'
        '<Worksheet ss:Name="填报表"><Table><Row><Cell><Data ss:Type="Number">1</Data></Cell></Row></Table></Worksheet>'
        "</Workbook>"
    ).encode()
    workbook = open_workbook(content, "甲镇.xml")

    assert isinstance(workbook, Workbook)
    assert workbook.properties == {"csl.form": "x", "csl.unit_name": "甲镇"}
    assert workbook.names == {"csl_A1": (CellAddress("填报表", 7, 3),), "csl_A2": ()}


def test_a_web_page_keeps_the_properties() -> None:
    page = (
        '<html><head><meta name="csl.form" content="x"/><meta name="csl.unit_name" content="甲&amp;乙"/></head>'
        "<body><table><tr><td>1</td></tr></table></body></html>"
    ).encode()

    assert marks(page).properties == {"csl.form": "x", "csl.unit_name": "甲&乙"}


def xlsb(names: bytes) -> bytes:
    content = xlsb_bytes([XlsbSheet("说明", {(1, 1): "甲"}), XlsbSheet("填报表", {(7, 3): 5})])
    archive = zipfile.ZipFile(io.BytesIO(content))
    book = archive.read("xl/workbook.bin")
    end = record(132)
    externals = record(353) + record(357) + record(362, struct.pack("<LLLLLLL", 2, 0, 1, 1, 0, 0, 1)) + record(354)
    relations = archive.read("_rels/.rels").decode().replace("</Relationships>", RELATION)
    return rezipped(
        content,
        {
            "xl/workbook.bin": book.removesuffix(end) + externals + names + end,
            "_rels/.rels": relations.encode(),
            "docProps/custom.xml": custom({"csl.form": "x"}),
        },
    )


def binary_name(name: str, formula: bytes) -> bytes:
    head = struct.pack("<LBL", 1, 0, 0xFFFFFFFF)
    return record(39, head + wide(name) + struct.pack("<L", len(formula)) + formula + struct.pack("<LL", 0, 0xFFFFFFFF))


def test_a_binary_workbook_keeps_both() -> None:
    names = binary_name("csl_A1", struct.pack("<BHLH", 0x3A, 0, 6, 2))  # the second sheet alone
    names += binary_name("csl_A2", struct.pack("<BHLH", 0x3A, 1, 6, 2))  # two sheets at once
    names += binary_name("csl_A3", struct.pack("<BHLLHH", 0x3B, 0, 6, 7, 2, 2))  # an area
    names += binary_name("csl_A4", struct.pack("<BHLH", 0x3A, 9, 6, 2))  # nothing
    workbook = open_workbook(xlsb(names), "甲镇.xlsb")

    assert isinstance(workbook, Workbook)
    assert workbook.properties == {"csl.form": "x"}
    assert workbook.names == {"csl_A1": (CellAddress("填报表", 7, 3),), "csl_A2": (), "csl_A3": (), "csl_A4": ()}


def test_broken_names_of_a_binary_workbook_are_none() -> None:
    assert marks(xlsb(record(39, b"\0"))).names == {}


def test_user_defined_properties_of_an_old_workbook() -> None:
    def pair(kind: int, value: bytes) -> bytes:
        return struct.pack("<LL", kind, len(value)) + value

    names = b"".join(struct.pack("<LL", n, len(t)) + t for n, t in ((2, b"csl.form\0"), (3, b"csl.unit_name\0")))
    unit = pair(0x1E, "甲镇\0".encode("gbk"))
    values = [struct.pack("<L", 2) + names, struct.pack("<LL", 2, 936), pair(0x1E, b"x\0"), unit]
    offsets = [8 + 8 * len(values) + sum(map(len, values[:n])) for n in range(len(values))]
    listed = b"".join(struct.pack("<LL", key, offset) for key, offset in zip((0, 1, 2, 3), offsets, strict=True))
    section = struct.pack("<LL", 0, len(values)) + listed + b"".join(values)
    head = bytes(28) + bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae") + struct.pack("<L", 48)

    assert dict(user_defined(head + section)) == {"csl.form": "x", "csl.unit_name": "甲镇"}
    for cut in range(len(head + section)):
        with suppress(struct.error):
            assert len(dict(user_defined((head + section)[:cut]))) <= 2


def old_workbook(*names: bytes) -> bytes:
    """The records of an .xls of two sheets, with a reference to each sheet and the names; no container around them."""
    book = xlwt.Workbook()
    for title in ("one", "two"):
        book.add_sheet(title).write(6, 2, 5)
    buffer = io.BytesIO()
    book.save(buffer)
    stream = workbook_stream(buffer.getvalue())
    externals = [(0x01AE, struct.pack("<HH", 2, 0x0401)), (0x0017, struct.pack("<H6H", 2, 0, 0, 0, 0, 1, 1))]
    added = b"".join(
        struct.pack("<HH", code, len(data)) + data for code, data in (*externals, *((0x18, n) for n in names))
    )
    place = 0
    records = []
    while not records or records[-1][0] != 0x000A:  # up to the end of the workbook's own records
        code, length = struct.unpack_from("<HH", stream, place)
        records.append((code, stream[place + 4 : place + 4 + length]))
        place += 4 + length
    moved = [
        (code, struct.pack("<L", struct.unpack_from("<L", data)[0] + len(added)) + data[4:] if code == 0x85 else data)
        for code, data in records
    ]
    before, end = moved[:-1], moved[-1]
    written = [struct.pack("<HH", code, len(data)) + data for code, data in before]
    return b"".join(written) + added + struct.pack("<HH", end[0], 0) + stream[place:]


def old_name(name: str, formula: bytes) -> bytes:
    return struct.pack("<HBBHHHBBBB", 0, 0, len(name), len(formula), 0, 0, 0, 0, 0, 0) + b"\0" + name.encode() + formula


def test_an_old_workbook_keeps_its_names() -> None:
    found = Marks()
    names = (
        old_name("csl_A1", struct.pack("<BHHH", 0x3A, 1, 6, 2)),  # the second sheet
        old_name("csl_A2", struct.pack("<BHHHHH", 0x3B, 0, 6, 7, 2, 2)),  # an area
        old_name("csl_A3", b"\x1c\x17"),  # #REF!
    )
    xls_names(old_workbook(*names), found)

    assert found.names == {"csl_A1": (CellAddress("two", 7, 3),), "csl_A2": (), "csl_A3": ()}


def test_a_name_that_nobody_can_read_is_damage_and_no_crash() -> None:
    content = old_workbook(old_name("csl_A1", b"\x52\x00"))
    found = Marks()
    xls_names(content, found)

    assert found.names == {}
    assert isinstance(open_workbook(content, "甲镇.xls"), Refusal)
