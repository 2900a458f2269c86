"""A few really different workbooks, each cut into what all its copies share and the cells that differ.

In: a `Layout` and a writer. Out: a `Template` that gives a filled form as bytes in a fraction of a millisecond.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from benchmarks.archive import Member, archive, member
from benchmarks.figures import PARTS
from benchmarks.writers import WRITERS
from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import half_width, lay_out
from tests.filings import SIGN_OFF, Filing, Formula, Layout, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.filings import Book, Value

_FIRST = 770000  # the number of the first row's cell in a template; no row height or style looks like it
_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"( s="[0-9]+")?(?: t="n")?><v>(77[0-9]{4})</v></c>')
_MARKS = re.compile("(§[A-Z]+§)".encode())
_FILER, _PERIOD, _PHONE, _TOPICS = "§FILER§", "§PERIOD§", "§PHONE§", "§TOPICS§"
_TEXTS = {"C4": _TOPICS}
_ALL = (_FILER, _PERIOD, _PHONE, _TOPICS)


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula that no program has calculated yet: there is no value in the file."""


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell in which Excel shows an error."""

    text: str = "#DIV/0!"


Typed = int | float | str | None | Uncalculated | ErrorValue


class Words(NamedTuple):
    """The texts that differ from unit to unit, in the order of the marks in a template."""

    filer: str
    period: str
    phone: str
    topics: str


@dataclass(frozen=True)
class Design:
    """How one kind of workbook looks: its layout, its writer, and what is odd about it."""

    layout: Layout
    writer: str = "shared"
    formulas: bool = False
    dropped: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


DESIGNS: tuple[Design, ...] = (
    Design(Layout()),
    Design(Layout(above=("附件2", "政务公开工作统计（年报）"), serial=True), "openpyxl"),
    Design(Layout(top=3, left=2, indent="spaces", merged_title=False), "inline"),
    Design(Layout(sheet="统计表", notes=("填表说明", "本表由各乡镇填报。"), remarks=True), "openpyxl"),
    Design(Layout(breaks=(22, 44), repeat_header=True, top=2)),
    Design(Layout(spare_sheets=("Sheet2", "Sheet3"), print_label=half_width), "openpyxl"),
    Design(Layout(sheet="2016年", indent="columns", above=("政府信息公开",))),
    Design(Layout(left=3, spacers=True, sign_off_in_one_line=True), formulas=True),
)
"""The everyday workbooks."""

ROW_MISSING = (Design(Layout(), dropped=("A1b",)), Design(Layout(serial=True), "openpyxl", dropped=("E2",)))
ROW_HIDDEN = (Design(Layout(top=2), hidden=("H32",)), Design(Layout(remarks=True), "openpyxl", hidden=("I3",)))


@dataclass(frozen=True, slots=True)
class _Slot:
    """The place of one number in a sheet's XML."""

    code: str
    reference: bytes
    style: bytes


@dataclass
class Template:
    """One workbook whose numbers and `Words` are still open."""

    members: list[tuple[str, Member | list[bytes | _Slot]]]
    addresses: Mapping[str, str]
    formulas: bool
    _encoded: dict[str, bytes] = field(default_factory=dict)

    def fill(self, typed: Mapping[str, Typed], words: Words) -> bytes:
        """The workbook of one unit."""
        told = {mark.encode(): text.encode() for mark, text in zip(_ALL, words, strict=True)}
        made = []
        for name, content in self.members:
            if isinstance(content, Member):
                made.append(content)
                continue
            parts = [told.get(part, part) if isinstance(part, bytes) else self._cell(part, typed) for part in content]
            made.append(member(name, b"".join(parts)))
        return archive(made)

    def _cell(self, slot: _Slot, typed: Mapping[str, Typed]) -> bytes:
        value = typed[slot.code]
        head = b'<c r="%b"%b' % (slot.reference, slot.style)
        if value is None:
            return head + b"/>"
        if isinstance(value, str):
            return b'%b t="inlineStr"><is><t>%b</t></is></c>' % (head, escape(value).encode())
        if isinstance(value, ErrorValue):
            return b'%b t="e"><v>%b</v></c>' % (head, value.text.encode())
        if isinstance(value, Uncalculated):
            return b"%b><f>%b</f></c>" % (head, self._formula(slot.code))
        if self.formulas and slot.code in PARTS:
            return b"%b><f>%b</f><v>%b</v></c>" % (head, self._formula(slot.code), str(value).encode())
        return b"%b><v>%b</v></c>" % (head, str(value).encode())

    def _formula(self, code: str) -> bytes:
        parts = (self.addresses[part] for part in PARTS.get(code, (code,)) if part in self.addresses)
        return "+".join(parts).encode()


def template(design: Design) -> Template:
    """Build a workbook once and cut it up."""
    book = lay_out(_filing(design), design.layout)
    kept = [code for code in CODES if code not in design.dropped]
    page = next(page for page in book.pages if page.name == book.sheet)
    page.hidden_rows |= {book.places[kept.index(code)][0] for code in design.hidden}
    addresses = {code: book.address(number) for number, code in enumerate(kept)}
    with zipfile.ZipFile(io.BytesIO(WRITERS[design.writer](book))) as source:
        members = [(name, _cut(name, source.read(name))) for name in source.namelist()]
    return Template(members, addresses, design.formulas)


def plain_book(typed: Mapping[str, Typed], words: Words) -> Book:
    """The form as a book of cells, for formats that are written whole."""
    cells = {**typed, **dict.fromkeys(_TEXTS, words.topics)}
    filled = _filing(DESIGNS[0])
    lines = tuple(replace(line, value=_stored(cells.get(code))) for code, line in zip(CODES, filled.lines, strict=True))
    closing = {**filled.sign_off, SIGN_OFF[3]: words.phone}
    filled = replace(filled, lines=lines, filer=words.filer, period=words.period, sign_off=closing)
    return lay_out(filled, Layout())


def _stored(value: Typed) -> Value:
    if isinstance(value, ErrorValue):
        return value.text
    return Formula("0", None) if isinstance(value, Uncalculated) else value


def _filing(design: Design) -> Filing:
    lines = tuple(
        Line(label, unit, _FIRST + number if code in NUMBERS else _TEXTS.get(code), level=level)
        for number, (code, level, label, unit) in enumerate(PRINTED)
        if code not in design.dropped
    )
    closing = dict(zip(SIGN_OFF, ("王建国", "李秀英", "张伟", _PHONE, "2017年1月6日"), strict=True))
    return Filing(lines, filer=_FILER, period=_PERIOD, sign_off=closing)


def _cut(name: str, content: bytes) -> Member | list[bytes | _Slot]:
    parts: list[bytes | _Slot] = []
    end = 0
    for found in _CELL.finditer(content):
        parts += _marked(content[end : found.start()])
        parts.append(_Slot(CODES[int(found[3]) - _FIRST], found[1], found[2] or b""))
        end = found.end()
    parts += _marked(content[end:])
    return member(name, content) if len(parts) == 1 else parts


def _marked(content: bytes) -> list[bytes]:
    return [part for part in _MARKS.split(content) if part]
