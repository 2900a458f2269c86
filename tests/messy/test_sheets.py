"""MESSY F1–F11, F19, F21–F24: what is done to the sheet. Parametrised over the formats that can hold it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter
from msgspec.structs import replace
from openpyxl.comments import Comment

from tests.builders import Formula, Layout, Line, lay_out
from tests.filings import SIGN_OFF
from tests.form.definitions import SMALL
from tests.formats import to_xlsm
from tests.messy.cells import KINDS, save
from tests.messy.county import (
    FIGURES,
    FORM,
    SIGNED,
    SOUND_FILE,
    Outcome,
    book_of,
    filing,
    judge,
    line_of,
    put,
)
from tests.read.books import changed
from tests.xlsb_writer import XlsbSheet, xlsb_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.filings import Book

    NewFolder = Callable[[], Path]

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
every_format = pytest.mark.parametrize("kind", KINDS)


def spread(names: str, *variants: object) -> pytest.MarkDecorator:
    """The first variant in every format, each other one in one of them."""
    entries = [(KINDS[n], variants[0]) for n in range(len(KINDS))]
    entries += [(KINDS[n % len(KINDS)], variant) for n, variant in enumerate(variants) if n]
    several = "," in names
    values = [(kind, *variant) if several else (kind, variant) for kind, variant in entries]  # type: ignore[misc]
    return pytest.mark.parametrize(f"kind, {names}", values)


def one(new_folder: NewFolder, book: Book | bytes, kind: str = "xlsx", **settings: object) -> tuple[Outcome, str]:
    """The run over one messy filing, and its file."""
    file = f"甲镇.{kind}"
    content = book if isinstance(book, bytes) else save(book, kind)
    return judge(new_folder(), {file: content}, **settings), file  # type: ignore[arg-type]


def with_lines(change: Callable[[list[Line]], object]) -> Book:
    """A filing whose printed lines were changed."""
    form = filing("甲镇")
    lines = list(form.lines)
    change(lines)
    return lay_out(replace(form, lines=tuple(lines)))


# ── F1 ───────────────────────────────────────────────────────────────────────


@spread("label, value", ("6. 电子显示屏公开政府信息数", 9), ("（五）其他工作", "若干"))
def test_f01_an_extra_row_is_refused_and_the_rest_is_read(
    kind: str, label: str, value: object, new_folder: NewFolder
) -> None:
    book = with_lines(lambda lines: lines.insert(line_of("B"), Line(label, "条", value)))  # type: ignore[arg-type]
    outcome, file = one(new_folder, book, kind)

    assert outcome.told(file) == ["hard S04 extra"]
    finding = outcome.finding(file, "S04", "extra")
    assert (finding.cells, finding.observed) == ((book.address(line_of("B"), "label"),), label)
    assert f"第 {book.labels[line_of('B')][0]} 行" in outcome.sentence(file, "S04")
    assert outcome.status(file) == "rejected"
    assert outcome.figures(file) == FIGURES


@spread("code", "F", "H2", "I1")
def test_f01_a_deleted_row_is_refused_and_nothing_slips_into_its_place(
    kind: str, code: str, new_folder: NewFolder
) -> None:
    outcome, file = one(new_folder, with_lines(lambda lines: lines.pop(line_of(code))), kind)

    assert outcome.told(file) == ["hard S04 missing"]
    assert outcome.finding(file, "S04", "missing").indicators == (code,)
    assert outcome.status(file) == "rejected"
    assert outcome.figures(file) == {other: value for other, value in FIGURES.items() if other != code}


@spread("code, to", ("A24", "A22"), ("I3", "I1"), ("H32", "H31"))
def test_f01_rows_in_another_order_keep_their_values_with_a_note(
    kind: str, code: str, to: str, new_folder: NewFolder
) -> None:
    book = with_lines(lambda lines: lines.insert(line_of(to), lines.pop(line_of(code))))
    outcome, file = one(new_folder, book, kind)

    assert set(outcome.told(file)) == {"note S04 moved"}
    assert outcome.status(file) == "accepted"
    assert outcome.figures(file) == FIGURES


# ── F2 ───────────────────────────────────────────────────────────────────────


def with_column(at: int, head: str, values: dict[int, object]) -> Book:
    """The form with one column more, everything from `at` moved to the right; `values` stand on the lines given."""
    book = book_of("甲镇", layout=Layout(merged_title=False))
    page = book.pages[0]
    header = book.labels[0][0] - 1
    page.cells = {(row, column + (column >= at)): cell for (row, column), cell in page.cells.items()}
    page.put(header, at, head, "header")
    for line, value in values.items():
        page.put(book.labels[line][0], at, value)  # type: ignore[arg-type]
    for places in (book.places, book.labels, book.units):
        for line, (row, column) in places.items():
            places[line] = (row, column + (column >= at))
    return book


@every_format
@pytest.mark.parametrize(("at", "head"), [(2, "核对人"), (3, "核对人"), (2, "备注"), (3, "说明")])
def test_f02_a_column_inside_the_form_is_refused(kind: str, at: int, head: str, new_folder: NewFolder) -> None:
    book = with_column(at, head, {line_of("A1"): "张三", line_of("F"): "李四"})
    outcome, file = one(new_folder, book, kind)

    assert outcome.told(file) == ["hard L05 inside"]
    assert outcome.finding(file, "L05", "inside").observed == head
    assert outcome.status(file) == "rejected"
    assert outcome.figures(file) == FIGURES


@every_format
@pytest.mark.parametrize("head", ["审核意见栏", "股室"])
def test_f02_a_column_right_of_the_form_is_noted(kind: str, head: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, with_column(4, head, {line_of("A1"): "含微信", line_of("F"): "信访办"}), kind)

    assert outcome.told(file) == ["note L05 right"]
    assert outcome.finding(file, "L05", "right").observed == head
    assert outcome.status(file) == "accepted"
    assert outcome.figures(file) == FIGURES


@every_format
def test_f02_a_filled_column_of_remarks_is_noted(kind: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, with_column(4, "备注", {line_of("F"): "含去年2件"}), kind)

    assert outcome.figures(file) == FIGURES
    assert outcome.told(file) == ["note L05 right"]


def test_f02_an_empty_column_of_remarks_needs_no_word(new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, with_column(4, "备注", {}))

    assert outcome.told(file) == []


# ── F3 ───────────────────────────────────────────────────────────────────────


@every_format
@pytest.mark.parametrize(("first", "last"), [("H1", "H2"), ("I1", "I2"), ("D1", "D3")])
def test_f03_a_merge_over_several_figures_gives_none_of_them(
    kind: str, first: str, last: str, new_folder: NewFolder
) -> None:
    book = book_of("甲镇")
    (top, column), (bottom, _) = book.places[line_of(first)], book.places[line_of(last)]
    page = book.pages[0]
    page.cells = {at: cell for at, cell in page.cells.items() if not (top < at[0] <= bottom and at[1] == column)}
    page.merges.append((top, column, bottom, column))
    outcome, file = one(new_folder, book, kind)
    finding = next(f for f in outcome.findings(file) if f.code == "L06")
    codes = list(FIGURES)[list(FIGURES).index(first) : list(FIGURES).index(last) + 1]

    assert outcome.accused(file) == ["hard L06"]
    assert list(finding.indicators) == codes
    assert f"C{top}:C{bottom} 是合并单元格" in outcome.sentence(file, "L06")
    assert finding.cells == (book.address(line_of(first)),)
    assert outcome.status(file) == "rejected"
    assert {outcome.values(file)[code] for code in codes} == {None}


def test_f03_a_merge_along_one_row_hides_nothing(new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    row, column = book.places[line_of("F")]
    book.pages[0].put(row, column + 1, None)
    book.pages[0].merges.append((row, column, row, column + 1))
    outcome, file = one(new_folder, book)

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES


# ── F4 ───────────────────────────────────────────────────────────────────────


@spread(
    "code, wording",
    *[
        ("F", "六、群众举报投诉数量"),
        ("I1", "（一）召开政务公开工作会议或专题会议次数"),
        ("H2", "（二）设置信息公开查阅场所数"),
    ],
)
def test_f04_a_changed_wording_is_proposed_never_accepted(
    kind: str, code: str, wording: str, new_folder: NewFolder
) -> None:
    at = line_of(code)
    outcome, file = one(
        new_folder, with_lines(lambda lines: lines.__setitem__(at, replace(lines[at], label=wording))), kind
    )
    finding = outcome.finding(file, "L01", "near")

    assert outcome.told(file) == ["soft L01 near"]
    assert (finding.indicators, finding.observed) == ((code,), wording)
    assert 60 <= int(finding.details["similarity"]) < 100
    assert f"{finding.details['similarity']}%" in outcome.sentence(file, "L01")
    assert outcome.status(file) == "accepted"
    assert code not in outcome.figures(file)
    assert outcome.total(code) == FIGURES[code]


# ── F5 ───────────────────────────────────────────────────────────────────────


@spread(
    "layout",
    *[
        Layout(top=6),
        Layout(above=("附件1", "2016年度政府信息公开工作报告附表")),
        Layout(top=3, left=4),
        Layout(top=2, left=2, above=("附件：",), merged_title=False),
        Layout(breaks=(20, 40), repeat_header=True),
    ],
)
def test_f05_a_form_that_was_moved_is_read_in_silence(kind: str, layout: Layout, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, book_of("甲镇", layout=layout), kind)

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES
    assert outcome.observation(file, "F").address.a1 == book_of("甲镇", layout=layout).address(line_of("F"))


# ── F6 ───────────────────────────────────────────────────────────────────────


@spread("name", "甲镇2016年", "统计表 (2)", "1", "Лист1")
def test_f06_a_renamed_sheet_is_read(kind: str, name: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, book_of("甲镇", layout=Layout(sheet=name)), kind)

    assert outcome.told(file) == []
    assert outcome.observation(file, "F").address.sheet == name


@every_format
def test_f06_a_form_on_the_second_sheet_is_noted(kind: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, book_of("甲镇", layout=Layout(notes=("填表说明：按年填报。",))), kind)

    assert outcome.figures(file) == FIGURES
    assert outcome.told(file) == ["note L03 chosen"]


def test_f06_the_sheet_is_counted_as_the_workbook_counts_it(new_folder: NewFolder) -> None:
    blank = book_of("", dict.fromkeys([*FIGURES, "C4t"]), sign_off={}, layout=Layout(notes=("填表说明：按年填报。",)))
    outcome, file = one(new_folder, several(blank, book_of("甲镇")), "xlsx")

    assert outcome.told(file) == ["note L03 chosen"]
    assert "第 3 个工作表“表3”" in outcome.sentence(file, "L03")


def several(*books: Book) -> Book:
    """The sheets of several books in one, each under a name of its own."""
    pages = [page for book in books for page in book.pages]
    for number, page in enumerate(pages, start=1):
        page.name = f"表{number}"
    return replace(books[0], pages=pages)


@every_format
def test_f06_an_empty_copy_beside_the_filled_form_is_noted(kind: str, new_folder: NewFolder) -> None:
    blank = book_of("", dict.fromkeys([*FIGURES, "C4t"]), sign_off={})
    outcome, file = one(new_folder, several(blank, book_of("甲镇")), kind)

    assert outcome.told(file) == ["note L03 chosen"]
    assert "第 2 个工作表“表2”" in outcome.sentence(file, "L03")
    assert outcome.figures(file) == FIGURES


@every_format
def test_f06_two_sheets_that_differ_are_refused_with_both_names(kind: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, several(book_of("甲镇"), book_of("甲镇", {"F": 9})), kind)

    assert outcome.accused(file) == ["hard L03 several"]
    assert "“表1”、“表2”" in outcome.sentence(file, "L03")
    assert outcome.status(file) == "rejected"


# ── F7, F8 ───────────────────────────────────────────────────────────────────


@spread("codes", ("F",), ("D1", "D2", "D3"), ("A22", "I3"))
def test_f07_hidden_rows_are_read_and_said(kind: str, codes: tuple[str, ...], new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    rows = sorted(book.places[line_of(code)][0] for code in codes)
    book.pages[0].hidden_rows.update(rows)
    outcome, file = one(new_folder, book, kind)

    assert outcome.told(file) == ["soft B12 rows"]
    assert f"有隐藏行：{'、'.join(map(str, rows))}。已全部读取" in outcome.sentence(file, "B12")
    assert outcome.status(file) == "accepted"
    assert outcome.figures(file) == FIGURES


def with_hidden_columns(kind: str, columns: set[int]) -> bytes:
    book = book_of("甲镇", layout=Layout(remarks=True))
    book.pages[0].cells[book.places[line_of("F")][0], 4] = ("无", "label")
    if kind == "xlsb":
        cells = {at: value for at, (value, _) in book.pages[0].cells.items() if value is not None}
        return xlsb_bytes([XlsbSheet("Sheet1", cells, hidden_columns=columns)])
    content = save(book, kind)
    if kind == "xlsx":
        workbook = openpyxl.load_workbook(io.BytesIO(content))
        for column in columns:
            workbook.active.column_dimensions["ABCDE"[column - 1]].hidden = True  # type: ignore[union-attr]
        buffer = io.BytesIO()
        workbook.save(buffer)
        return buffer.getvalue()
    gone = ' table:visibility="collapse"'
    marks = "".join(f"<table:table-column{gone * (column in columns)}/>" for column in range(1, 5))
    return changed(
        content, lambda name, data: data.replace(b"<table:table-row", f"{marks}<table:table-row".encode(), 1)
    )


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xlsb"])
def test_f07_hidden_columns_are_read_and_said(kind: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, with_hidden_columns(kind, {2, 3}), kind)

    assert sorted(outcome.told(file)) == ["note L05 right", "soft B12 columns"]
    assert "有隐藏列：B、C。已全部读取" in outcome.sentence(file, "B12")
    assert outcome.figures(file) == FIGURES


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
@pytest.mark.parametrize("form_hidden", [True, False])
def test_f07_hidden_sheets_are_said_whether_they_are_read_or_not(
    state: str, form_hidden: bool, new_folder: NewFolder
) -> None:
    book = book_of("甲镇", layout=Layout(notes=("旧数据 12",)))
    workbook = openpyxl.load_workbook(io.BytesIO(save(book, "xlsx")))
    name = "Sheet1" if form_hidden else "填表说明"
    workbook[name].sheet_state = state
    workbook.active = 0 if form_hidden else 1
    buffer = io.BytesIO()
    workbook.save(buffer)
    outcome, file = one(new_folder, buffer.getvalue())

    assert f"soft B12 {'sheet' if form_hidden else 'other_sheet'}" in outcome.told(file)
    assert f"“{name}”" in outcome.sentence(file, "B12")
    assert outcome.status(file) == "accepted"
    assert outcome.figures(file) == FIGURES


def test_f08_filtered_rows_are_read_and_said(new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    last = max(row for row, _ in book.places.values())
    gone = [book.places[line_of(code)][0] for code in ("F", "I2")]
    book.pages[0].hidden_rows.update(gone)
    criteria = f'<autoFilter ref="A4:C{last}"><filterColumn colId="2"><filters><filter val="0"/></filters></filterColumn></autoFilter>'

    def filtered(name: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", b"</sheetData>" + criteria.encode()) if "sheet1" in name else data

    outcome, file = one(new_folder, changed(save(book, "xlsx"), filtered))

    assert outcome.told(file) == ["soft B12 filtered"]
    assert f"第 {gone[0]}、{gone[1]} 行没有显示。已全部读取" in outcome.sentence(file, "B12")
    assert outcome.figures(file) == FIGURES


def test_f08_filtered_rows_of_an_open_document_are_said(new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    book.pages[0].hidden_rows.add(book.places[line_of("F")][0])
    content = changed(save(book, "ods"), lambda _, data: data.replace(b'"collapse"', b'"filter"'))
    outcome, file = one(new_folder, content, "ods")

    assert outcome.told(file) == ["soft B12 filtered"]
    assert outcome.figures(file) == FIGURES


# ── F9 ───────────────────────────────────────────────────────────────────────


@every_format
def test_f09_two_units_in_one_file_are_two_filings(kind: str, new_folder: NewFolder) -> None:
    book = several(book_of("甲镇"), book_of("乙镇", {"F": 9}))
    file = f"两镇.{kind}"
    outcome = judge(new_folder(), {file: save(book, kind)}, ["甲镇", "乙镇"])
    filed = {(r.unit_name, r.status.value) for r in outcome.result.submissions if r.file == file}

    assert filed == {("甲镇", "accepted"), ("乙镇", "accepted")}
    assert outcome.total("F") == FIGURES["F"] * 2 + 9
    assert outcome.missing() == set()


@every_format
def test_f09_the_split_is_noted(kind: str, new_folder: NewFolder) -> None:
    book = several(book_of("甲镇"), book_of("乙镇", {"F": 9}))
    outcome = judge(new_folder(), {f"两镇.{kind}": save(book, kind)}, ["甲镇", "乙镇"])

    assert {f.severity.value for f in outcome.findings(f"两镇.{kind}")} == {"note"}


@spread("second", "", "甲镇")
def test_f09_two_forms_without_two_clear_names_are_refused(kind: str, second: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, several(book_of("甲镇"), book_of(second, {"F": 9})), kind)

    assert outcome.accused(file) == ["hard L03 several"]
    assert outcome.status(file) == "rejected"


@every_format
def test_f09_the_same_form_twice_counts_once(kind: str, new_folder: NewFolder) -> None:
    outcome, file = one(new_folder, several(book_of("甲镇"), book_of("甲镇")), kind)

    assert outcome.told(file) == ["note L03 copies"]
    assert "“表1”、“表2”" in outcome.sentence(file, "L03")
    assert outcome.total("F") == FIGURES["F"] * 2


@pytest.mark.parametrize(("one_sheet", "other"), [(None, "约3"), ("约3", "12条左右")])
def test_f06_sheets_that_differ_in_what_is_no_number_are_not_chosen_between(
    one_sheet: str | None, other: str, new_folder: NewFolder
) -> None:
    outcome, file = one(new_folder, several(book_of("甲镇", {"F": one_sheet}), book_of("甲镇", {"F": other})))

    assert outcome.accused(file) == ["hard L03 several"]


@pytest.mark.parametrize("second", ["乙镇", "甲镇", ""])
def test_f09_two_forms_below_each_other_on_one_sheet_are_two_filings_or_none(
    second: str, new_folder: NewFolder
) -> None:
    book, other = book_of("甲镇"), book_of(second, {"F": 9})
    for (row, column), cell in other.pages[0].cells.items():
        book.pages[0].cells[row + 90, column] = cell
    outcome = judge(new_folder(), {"两镇.xlsx": save(book, "xlsx")}, ["甲镇", "乙镇"])
    filed = {r.unit_name: r.status.value for r in outcome.result.submissions if r.file == "两镇.xlsx"}

    if filed == {"甲镇": "accepted", "乙镇": "accepted"}:
        assert second == "乙镇"
        assert outcome.total("F") == FIGURES["F"] * 2 + 9
    else:
        assert "accepted" not in filed.values()
        assert any(f.severity == "hard" for f in outcome.findings("两镇.xlsx"))
        assert outcome.total("F") == FIGURES["F"]


# ── F10 ──────────────────────────────────────────────────────────────────────


def test_f10_the_form_of_another_campaign_is_told_by_its_name(tmp_path: Path, new_folder: NewFolder) -> None:
    definition = tmp_path / "dogs-2020.yaml"
    definition.write_text(SMALL, encoding="utf-8")
    outcome = judge(new_folder(), {"甲镇.xlsx": save(book_of("甲镇"), "xlsx")}, forms=(str(definition),), sound=False)

    assert outcome.status("甲镇.xlsx") == "wrong_version"
    assert outcome.told("甲镇.xlsx") == ["hard L10"]
    assert "《政府信息公开情况统计表》，本期应报《犬只登记统计表》" in outcome.sentence("甲镇.xlsx", "L10")


# ── F11 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("password", ["", "secret"])
def test_f11_a_protected_sheet_is_read_in_silence(password: str, new_folder: NewFolder) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        for (row, column), (value, _) in book_of("甲镇").pages[0].cells.items():
            sheet.write(row - 1, column - 1, value)
        sheet.protect(password)
    outcome, file = one(new_folder, buffer.getvalue())

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES


# ── F19 ──────────────────────────────────────────────────────────────────────


@spread("absent", *((field,) for field in SIGN_OFF), SIGN_OFF)
def test_f19_an_empty_sign_off_is_asked_about(kind: str, absent: tuple[str, ...], new_folder: NewFolder) -> None:
    book = book_of("甲镇", sign_off={key: text for key, text in SIGNED.items() if key not in absent})
    outcome, file = one(new_folder, book, kind)

    assert outcome.told(file) == ["soft S01 blank"]
    assert f"签字栏未填：{'、'.join(absent)}。" in outcome.sentence(file, "S01")
    assert outcome.status(file) == "accepted"


# ── F21 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("last", "cells"),
    [
        (150_000, ""),
        (150_000, '<c r="A{row}" s="1"/><c r="C{row}" s="1"/>'),
        pytest.param(1_048_576, '<c r="A{row}" s="1"/>', marks=pytest.mark.slow),
    ],
    ids=["rows", "cells", "million"],
)
def test_f21_formatted_empty_rows_without_end_are_read_in_silence(last: int, cells: str, new_folder: NewFolder) -> None:
    first = max(row for row, _ in book_of("甲镇").pages[0].cells) + 1
    rows = range(first, last + 1)
    empty = "".join(f'<row r="{row}" s="1" customFormat="1">{cells.format(row=row)}</row>' for row in rows)

    def padded(name: str, data: bytes) -> bytes:
        return data.replace(b"</sheetData>", empty.encode() + b"</sheetData>") if "sheet1" in name else data

    outcome, file = one(new_folder, changed(save(book_of("甲镇"), "xlsx"), padded))

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES


def test_f21_endless_empty_rows_of_an_open_document_cost_nothing(new_folder: NewFolder) -> None:
    empty = '<table:table-row table:number-rows-repeated="1048400"><table:table-cell table:number-columns-repeated="16384" table:style-name="x"/></table:table-row>'
    content = changed(
        save(book_of("甲镇"), "ods"),
        lambda _, data: data.replace(b"</table:table>", empty.encode() + b"</table:table>"),
    )
    outcome, file = one(new_folder, content, "ods")

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES


# ── F22 ──────────────────────────────────────────────────────────────────────


def test_f22_a_workbook_with_macros_is_read_with_a_note(new_folder: NewFolder) -> None:
    buffer = io.BytesIO(to_xlsm(book_of("甲镇")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    outcome, file = one(new_folder, buffer.getvalue(), "xlsm")

    assert outcome.told(file) == ["note B09"]
    assert "未执行" in outcome.sentence(file, "B09")
    assert outcome.figures(file) == FIGURES


# ── F23 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("code", ["F", "H1"])
def test_f23_comments_are_listed(code: str, new_folder: NewFolder) -> None:
    book = book_of("甲镇")
    address = book.address(line_of(code))
    workbook = openpyxl.load_workbook(io.BytesIO(save(book, "xlsx")))
    workbook["Sheet1"][address].comment = Comment("含去年结转\n2 件", "王一")
    buffer = io.BytesIO()
    workbook.save(buffer)
    outcome, file = one(new_folder, buffer.getvalue())

    assert outcome.told(file) == ["soft B15"]
    assert outcome.finding(file, "B15").cells == (address,)
    assert f"单元格 {address} 有批注：含去年结转 2 件。" in outcome.sentence(file, "B15")
    assert outcome.status(file) == "accepted"
    assert outcome.figures(file) == FIGURES


def test_f23_comments_of_an_open_document_are_listed(new_folder: NewFolder) -> None:
    note = "<office:annotation><text:p>含去年2件</text:p></office:annotation>"
    content = changed(
        save(put(book_of("甲镇"), "F", 77), "ods"),
        lambda _, data: data.replace(b"<text:p>77<", note.encode() + b"<text:p>77<"),
    )
    outcome, file = one(new_folder, content, "ods")

    assert outcome.told(file) == ["soft B15"]
    assert "含去年2件" in outcome.sentence(file, "B15")
    assert outcome.values(file)["F"] == 77


def test_f23_a_stamp_pasted_over_cells_is_ignored(new_folder: NewFolder) -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        for (row, column), (value, _) in book_of("甲镇").pages[0].cells.items():
            sheet.write(row - 1, column - 1, value)
        sheet.insert_image("C5", "章.png", {"image_data": io.BytesIO(DOT)})
    outcome, file = one(new_folder, buffer.getvalue())

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES


# ── F24 ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_f24_formulas_where_values_stand_and_values_where_formulas_stand_are_read(
    kind: str, new_folder: NewFolder
) -> None:
    book = book_of("甲镇")
    put(book, "C1", Formula(f"SUM({book.address(line_of('C11'))}:{book.address(line_of('C14'))})", FIGURES["C1"]))
    put(book, "F", Formula("2+2", FIGURES["F"]))
    outcome, file = one(new_folder, book, kind)

    assert outcome.told(file) == []
    assert outcome.figures(file) == FIGURES
    assert outcome.figures(SOUND_FILE) == FIGURES
    assert outcome.records[file].form == FORM
