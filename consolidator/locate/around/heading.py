"""Read what stands around the table: who files, and the sign-off fields.

In: the cells above and below the table. Out: stated texts with their addresses.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from consolidator.locate.located import Stated
from consolidator.locate.words.labels import any_of, core
from consolidator.model import Cell, CellAddress, CellKind, Period
from consolidator.patterns import regex
from consolidator.spelling import fold, outset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from consolidator.form.definition import Form, SignOff
    from consolidator.model import Sheet

_KEPT = "texts_in"
_GAP = r"[\s\u3000]*"


def _spaced(*words: str) -> str:
    """Alternatives whose characters may be spread with spaces, as headings often are."""
    return "|".join(_GAP.join(word) for word in words)


_FILER = regex(
    rf"(?:{_spaced('填报', '填表', '报送', '上报', '报表', '编报', '报告')}){_GAP}"
    rf"(?:{_spaced('单位', '机关', '部门')})(?:{_GAP}(?:{_spaced('名称', '全称')}))?"
    rf"|{_spaced('单位名称')}|{_spaced('单位')}(?={_GAP}[(（][^)）]*章)"
)
_LOOSE_FILER = regex(
    rf"^{_GAP}(?:{_spaced('单位', '乡镇', '街道', '部门', '机构', '机关')}|{_spaced('乡镇')}[(（、/]?{_spaced('街道')}[)）]?)"
    rf"(?:{_GAP}{_spaced('名称')})?{_GAP}[:：]"
)
OFFICE = regex(r"^[^、,，/]+[镇乡办局委处会村院校区县市所站中心街道场府室]$")
_SEAL = regex(r"^\s*[(（][^()（）]*[)）]")
_SEAL_AFTER = regex(r"[(（][^()（）]*章[)）]\s*$")
SEAL = "章"  # without which there is no word for a seal
SEALED = regex(rf"([^:：()（）]{{2,30}})[(（]{_GAP}(?:加?盖?公?签?{_GAP}章){_GAP}[)）]")
_ASKS_FILER = regex(
    r"(?:填报|填表|报送|上报|编报)(?:单位|机关|部门|人|(?:乡镇|街道|[乡镇县区村办局])*$)|(?:乡镇|街道|[乡镇县区村办局])+$"
)
_NOT_FILER = regex(r"^\s*(?:负责人|领导|联系|个数|数量|数|户数)")
_STOP = regex(
    r"[\s\u3000]{2,}|\t|\n|[；;]|[，,\s\u3000](?=[^\s\u3000:：]{2,8}[:：])|[(（]?\s*(?:\d{4}|[○〇零一二三四五六七八九]{4})\s*年|计量单位|单位[:：]|填报(?:日期|时间|人)|报送日期|表\s*号|统计(?:年度|期|月)|报告期|年度|月份"
)
_FIELD_WORD = regex(r"计量单位|单位|年度|填报(?:日期|时间|人)|报送日期|表号|统计(?:年度|期|月)|报告期|月份")
_OF_PLACES = regex(r"所在|所属|隶属|主管|名称|类别|类型|性质")
_FIRST_WORD = regex(r"([^\s\u3000;；,，:：]+)(?![^\s\u3000;；,，]|[\s\u3000]*[:：])")
_ATTACHED = regex(r"^附[件表]?\d*[:.,]?")
_YEAR_AT_END = regex(r"\(?(?:19|20)\d{2}\)?$")
_JOINED = regex(r"^关于|(?:关于|的)+$")
_IN_BRACKETS = regex(r"\([^()]*\)")
_SIGNS = regex(r"(?:[人员长]|负责|领导|经办|审核|主管|制表|主任|书记)$")
_BARE_NUMBER = regex(r"\d{1,6}(?:\.\d+)?")
_UNFILLED = regex(r"^[\s_＿:：()（）\-—/\\.。]*$")


def texts_in(sheet: Sheet, rows: Iterable[int]) -> Sequence[Cell]:
    """The filled cells of some rows, row by row; kept with the sheet, for much is looked for in the same rows."""
    wanted = rows if isinstance(rows, tuple) else tuple(rows)
    memory: dict[tuple[int, ...], Sequence[Cell]] = sheet.__dict__.setdefault(_KEPT, {})
    if wanted not in memory:
        among = set(wanted)
        lines = (line for row, line in sheet.lines.items() if row in among)
        memory[wanted] = [cell for line in lines for cell in line if cell.kind is not CellKind.BLANK]
    return memory[wanted]


def find_filer(sheet: Sheet, rows: Iterable[int], form: Form) -> Stated | None:
    """The name after 填报单位, in the same cell or the next one to the right; else the name in the form's title, or over a seal."""
    cells = texts_in(sheet, rows)
    for cell in cells:
        match = _FILER.search(cell.text)
        if cell.kind is not CellKind.TEXT or match is None or _NOT_FILER.match(cell.text[match.end() :]):
            continue
        name = _name_after(cell.text[match.end() :])
        if name:
            return Stated(name, CellAddress(sheet.name, cell.row, cell.column), cell.text)
        beside = _beside(cells, cell)
        if beside is not None:
            name = _cut(beside.text)
            if name:
                return Stated(name, CellAddress(sheet.name, beside.row, beside.column), beside.text)
    return _named_in_title(sheet, cells, form) or _named_after_a_word(sheet, cells) or _sealed(sheet, cells)


def _sealed(sheet: Sheet, cells: Sequence[Cell]) -> Stated | None:
    """`甲镇（盖章）`: a line that is nothing but an office's name and the place of its seal."""
    for cell in cells:
        match = SEALED.fullmatch(cell.text.strip()) if cell.kind is CellKind.TEXT else None
        if match and OFFICE.search(fold(match[1])) and not _ASKS_FILER.match(fold(match[1])):
            return Stated(match[1].strip(), CellAddress(sheet.name, cell.row, cell.column), cell.text)
    return None


def _named_after_a_word(sheet: Sheet, cells: Sequence[Cell]) -> Stated | None:
    """`单位：甲镇`, `乡镇名称：甲镇`: a word that may mean other things too, so an office's name must follow it."""
    for cell in cells:
        match = _LOOSE_FILER.match(cell.text) if cell.kind is CellKind.TEXT else None
        if match is None:
            continue
        beside = _beside(cells, cell)
        for found, text in ((cell, cell.text[match.end() :]), (beside, beside.text if beside else "")):
            name = _cut(text)
            if found is not None and OFFICE.search(name):
                return Stated(name, CellAddress(sheet.name, found.row, found.column), found.text)
    return None


def _name_after(rest: str) -> str:
    rest = _SEAL.sub("", rest).lstrip().lstrip(":：").lstrip()
    return _cut(_SEAL.sub("", rest))


def _cut(text: str) -> str:
    """The name up to the next field of the line; empty when only blanks to fill in stand there."""
    text = text.strip().lstrip(":：").strip()
    match = _STOP.search(text)
    first = _FIRST_WORD.match(text)
    if match and first and match.start() < first.end() and _is_place(fold(first[1])):
        match = _STOP.search(text, first.end(1))
    name = text[: match.start()] if match else text
    name = _SEAL_AFTER.sub("", _SEAL.sub("", name)).strip(" \u3000_＿:：")
    return "" if _UNFILLED.match(name) else name


def _beside(cells: Sequence[Cell], cell: Cell) -> Cell | None:
    """The next cell of the row, unless it is another field of the heading line."""
    for other in cells:
        if other.row == cell.row and other.column > cell.column and fold(other.text):
            return None if other.kind is not CellKind.TEXT or _is_field(other.text) else other
    return None


def _is_field(text: str) -> bool:
    bare = fold(text)
    word = re.match(r"计量单位|单位|年度|填报日期|表号|统计(?:年度|期|月)|报告期|月份", bare)
    return (word is not None and not _is_place(bare)) or Period.find(text) is not None


def _is_place(text: str) -> bool:
    """Whether a text is the name of a place or an office that only begins with, or holds, a word of a heading (单位湾镇)."""
    word = _FIELD_WORD.search(text)
    named = word is not None and word.end() < len(text) and ":" not in text and not _OF_PLACES.search(text)
    return named and OFFICE.search(text) is not None


def titles_of(form: Form) -> tuple[str, ...]:
    """The titles that a form is met under, folded."""
    return tuple(map(fold, (form.title, *form.title_aliases)))


def find_titled(sheet: Sheet, rows: Iterable[int], form: Form) -> Stated | None:
    """Whatever stands before the form's title beside the period: perhaps the name of a unit, which a roster would know."""
    return next(_before_title(sheet, texts_in(sheet, rows), form), None)


def _named_in_title(sheet: Sheet, cells: Sequence[Cell], form: Form) -> Stated | None:
    """`姚伏镇2016年度政府信息公开情况统计表` names its unit before the year."""
    return next((each for each in _before_title(sheet, cells, form) if OFFICE.search(each.text)), None)


def _before_title(sheet: Sheet, cells: Sequence[Cell], form: Form) -> Iterator[Stated]:
    titles = titles_of(form)
    for cell in cells:
        name = name_before(cell.text, titles) if cell.kind is CellKind.TEXT else ""
        if name:
            yield Stated(name, CellAddress(sheet.name, cell.row, cell.column), cell.text)


@lru_cache(maxsize=4096)
def name_before(text: str, titles: tuple[str, ...]) -> str:
    """What stands before a title in a text, without its period; kept, as the same titles stand on form after form."""
    bare = fold(text)
    title = next((title for title in titles if title in bare), None)
    if title is None:
        return ""
    rest = _ATTACHED.sub("", bare[: bare.index(title)])
    return _bare_name(_YEAR_AT_END.sub("", Period.cut_from(rest)))


def _bare_name(text: str) -> str:
    """A name without what joins it to a title, and without brackets around it or that lack their other half."""
    name = _JOINED.sub("", text.strip("_-:,."))
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    return name[1:-1] if _IN_BRACKETS.fullmatch(name) else name


class SignOffField(Struct, frozen=True):
    """One sign-off field: its label's cell (None when it is not printed) and what is filled in (empty when blank)."""

    field: SignOff
    label: Cell | None
    text: str


def signs(label: str) -> bool:
    """Whether a field of the sign-off asks for a person's name."""
    return _SIGNS.search(core(label)) is not None


def is_bare_number(text: str) -> bool:
    """Whether what is filled in is a number, and no telephone's, rather than a name."""
    return _BARE_NUMBER.fullmatch(fold(text)) is not None


def find_fields(sheet: Sheet, rows: Iterable[int], fields: Sequence[SignOff]) -> tuple[SignOffField, ...]:
    """Every one of some fields around the tables, in their order."""
    if not fields:
        return ()
    cells, names = texts_in(sheet, rows), _names(tuple(fields))
    found: dict[str, SignOffField] = {}
    for cell in cells:
        if cell.kind is not CellKind.TEXT:
            continue
        for field, text in _fields_of(cell.text, names):
            filled = text or _text_beside(cells, cell, names)
            known = found.get(field.key)
            if known is None or (filled and not known.text):
                found[field.key] = SignOffField(field, cell, filled)
    return tuple(found.get(field.key, SignOffField(field, None, "")) for field in fields)


class _Names(NamedTuple):
    """What fields are called: a pattern for any of their names, and the field by each name, folded."""

    pattern: re.Pattern[str]
    fields: Mapping[str, SignOff]


@lru_cache(maxsize=64)
def _names(fields: tuple[SignOff, ...]) -> _Names:
    words = {word: field for field in fields for word in field.wordings}
    return _Names(any_of(tuple(words)), {fold(word): field for word, field in words.items()})


def _fields_of(text: str, names: _Names) -> list[tuple[SignOff, str]]:
    """The sign-off fields in one cell, each with the text up to the next one."""
    begin = outset(text)
    if names.pattern.match(text, begin) is None:
        return []
    matches = list(names.pattern.finditer(text, begin))
    ends = [match.start() for match in matches[1:]] + [len(text)]
    return [
        (names.fields[fold(match.group())], _filled_in(text[match.end() : end]))
        for match, end in zip(matches, ends, strict=True)
    ]


def _filled_in(text: str) -> str:
    text = re.sub(r"[(（]\s*(?:签字|签名|签章|盖章|公章)\s*[)）]", "", text)
    stripped = text.strip(" \u3000\t\r\n:：_＿")
    return "" if _UNFILLED.match(stripped) or not re.sub(r"[年月日\s\u3000_]", "", stripped) else stripped


def _text_beside(cells: Sequence[Cell], label: Cell, names: _Names) -> str:
    for other in cells:
        if other.row == label.row and other.column > label.column:
            if other.kind is CellKind.TEXT and _fields_of(other.text, names):
                return ""
            text = _filled_in(other.text)
            if text:
                return text
    return ""
