"""Cells taken from memory beside cells parsed in full: whatever the XML, both ways give the same workbook or refusal."""

from __future__ import annotations

import random
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consolidator.model import Workbook
from consolidator.read import open_workbook
from consolidator.read.excel import ooxml
from consolidator.read.excel.regular import regular_grid
from tests.builders import Layout, lay_out
from tests.formats import to_xlsx
from tests.locate.grids import filing, numbered
from tests.read.books import changed, xlsx
from tests.read.test_differential import by_openpyxl, by_xlsxwriter
from tests.read.test_differential_books import BOOKS, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from consolidator.model import Refusal

SNIPPETS = (
    b'<c r="B2"><v>1</v></c>', b'<c r="B2" t="s"><v>0</v></c>', b'<c r="C3" t="b"><v>1</v></c>', b"</row>", b"<row>",
    b'<row r="9" hidden="1"><c r="A9"><v>1</v></c></row>', b'<row r="9" ht="0">', b"<!-- c -->", b"<![CDATA[x]]>", b"&lt;",
    b"&#65;", b"&bad;", b"<v>1</v>", b' t="e"', b' t="str"', b' s="0"', b' s="999"', b"]]>", b"\r\n", b"\x01", b"\xff",
    b"\xef\xbf\xbe", b"<f>SUM(A1:A2)</f>", b'<f t="shared" si="0">A1</f>', b'<f t="shared" si="0"/>', b"<f>[1]Sheet1!A1</f>",
    b"<x:c xmlns:x='urn:x'/>", b"</sheetData>", b"<sheetData>", b"<sheetData/>", b'<mergeCell ref="A1:B2"/>', b" ", b"\n",
    b"<is><t>x</t></is>", b"<is><r><rPr><strike/></rPr><t>x</t></r></is>", b"<t/>", b"<t>y</t>", b"<si><t>z</t></si>",
    b'<phoneticPr fontId="1"/>', b'<rPh sb="0" eb="1"><t>p</t></rPh>', b"e5", b"-", b".5", b"0", b"9999999", b"_x0041_",
    b'<col min="1" max="2" hidden="1"/>', b'<sheetPr filterMode="1"/>', b'<c r="XFE1"><v>1</v></c>', b"<c><v>3</v></c>",
    b'xmlns="urn:other"', b'<c r="A1"', b"/>", b"'", b'"',
)  # fmt: skip


def both(content: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[Workbook | Refusal, Workbook | Refusal]:
    """The file read twice by memory, where it can be, and once without."""
    open_workbook(content, "甲.xlsx")
    quick = open_workbook(content, "甲.xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(ooxml, "regular_grid", lambda *_: None)
        patch.setattr(ooxml, "regular_strings", lambda *_: None)
        return quick, open_workbook(content, "甲.xlsx")


@cache
def forms() -> tuple[bytes, ...]:
    values = numbered() | {"C1": 3.5, "C2": "约5", "C3": None}
    layouts = (Layout(), Layout(serial=True, remarks=True, spare_sheets=("Sheet2",)), Layout(panels=2))
    inline = xlsx(
        '<row r="1" ht="20"><c r="A1" t="inlineStr"><is><t>甲 &amp; 乙</t></is></c><c r="B1"><v>5</v></c></row>'
        '<row r="2"/><row r="3"><c r="A3" t="str"><f>A1</f><v>甲</v></c><c r="B3"><f>SUM(B1)</f><v>5</v></c></row>'
    )
    grid = {(1, 1): "甲", (2, 2): 7, (3, 1): "甲", (3, 3): 0.5, (4, 4): True}
    return (
        *(to_xlsx(lay_out(filing(values), each)) for each in layouts),
        inline,
        by_openpyxl(grid),
        by_xlsxwriter(grid),
    )


def damaged(content: bytes, numbers: random.Random) -> bytes:
    """The file with one to three changes in the XML of a sheet or of its strings."""
    wanted = numbers.choice(("worksheets/sheet", "worksheets/sheet", "sharedStrings"))

    def change(name: str, part: bytes) -> bytes:
        if wanted not in name:
            return part
        for _ in range(numbers.randint(1, 3)):
            place = numbers.randrange(len(part) + 1)
            if numbers.random() < 0.6:  # between two tags, where changes do more than break the XML
                place = max(part.rfind(b"<", 0, place), 0)
            length = numbers.choice((0, 0, 1, 5, 12))
            part = part[:place] + numbers.choice((b"", *SNIPPETS)) + part[place + length :]
        return part

    return changed(content, change)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 1 << 32))
def test_damaged_parts_are_read_or_refused_alike(seed: int) -> None:
    numbers = random.Random(seed)  # noqa: S311 - damage, not secrets
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, full = both(damaged(numbers.choice(forms()), numbers), monkeypatch)
    assert quick == full


@settings(deadline=None, max_examples=25)
@given(BOOKS)
def test_whole_books_are_read_alike(book: object) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        quick, full = both(written(book), monkeypatch)  # type: ignore[arg-type]
    assert quick == full


@pytest.mark.parametrize("number", range(6))
def test_everyday_workbooks_are_regular(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the tests above compare two ways and not one with itself."""
    taken: list[bool] = []

    def watched(*given: object) -> object:
        found = regular_grid(*given)  # type: ignore[arg-type]
        taken.append(found is not None)
        return found

    monkeypatch.setattr(ooxml, "regular_grid", watched)
    open_workbook(forms()[number], "甲.xlsx")

    assert taken[0]


def pieces() -> Iterator[str]:
    """Cells that are regular, and those that are told only by a second look."""
    yield '<c r="A1"><v>1</v></c>'
    yield '<c r="A1" t="n"><v>1e3</v></c>'
    yield '<c r="A1"><v>x</v></c>'
    yield '<c r="A1" t="inlineStr"><is><t/></is></c>'
    yield '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a_x000D_b </t></is></c>'
    yield '<c r="A1"><is><t>5</t></is></c>'
    yield '<c r="A1" t="e"><v>#REF!</v></c>'
    yield '<c r="A1" t="str"><v></v></c>'
    yield '<c r="A1"><f>1+1</f></c>'
    yield '<c r="A1"><f>1+1</f><v/></c>'
    yield '<c r="A1" t="d"><v>2016-05-01</v></c>'
    yield '<c r="A1" foo="a>b"><v>1</v></c>'
    yield '<c r="A1"><v>1</v><extLst/></c>'
    yield '<c r="A01"><v>1</v></c>'
    yield '<c r="$A$1"><v>1</v></c>'
    yield '<c r="A1"><v>1</v></c><c r="A1"><v>1</v></c>'
    yield '<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>'
    yield '<c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="A2"><v>1</v></c>'
    yield '<c r="A1"><v>1</v></c></row><row r="2" r="3"><c r="A2"><v>1</v></c>'
    yield '<c r="A1"><v>1</v></c></row><c r="A2"><v>1</v></c><row r="3">'
    yield '<c r="A1" t="n" t="n"><v>1</v></c>'
    yield '<c r="A1"><t>x</t></c><c r="B1" t="inlineStr"><is><t>y</t></is></c>'


def test_a_text_outside_of_cells_is_no_part_of_a_cell() -> None:
    cell = '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r></is></c></row>'
    book = open_workbook(xlsx(cell, before="<sheetPr><t>x</t></sheetPr>"), "甲.xlsx")

    assert isinstance(book, Workbook)
    assert book.sheets[0].cells[1, 1].text == "甲"


@pytest.mark.parametrize("piece", list(pieces()))
def test_cells_of_every_shape_are_read_alike(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, full = both(xlsx(f'<row r="1">{piece}</row>'), monkeypatch)

    assert quick == full
