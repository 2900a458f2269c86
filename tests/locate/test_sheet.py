from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from consolidator.form import BlankPolicy
from consolidator.locate import Unlocated, observe
from consolidator.model import Area, Cell, CellKind, Period, Sheet, Visibility, Workbook
from sample_workbooks.printed_form import NUMBERS
from tests.builders import Layout, lay_out
from tests.locate.grids import SIGNED, filing, form, grave, line_of, located, numbered, put, workbook_of


def only(workbook: Workbook, **more: object) -> tuple[list[tuple[str, str, str]], dict[str, int | None]]:
    seen = observe(workbook, (form(),), **more)  # type: ignore[arg-type]
    assert isinstance(seen, tuple)
    values = {code: None if o.number is None else int(o.number) for code, o in seen[0].observations.items()}
    return grave(seen[0]), values


def changed(workbook: Workbook, **facts: object) -> Workbook:
    return replace(workbook, sheets=(replace(workbook.sheets[0], **facts), *workbook.sheets[1:]))


def test_a_merge_over_two_indicators_leaves_both_without_a_value_and_is_told_once() -> None:
    book, _ = located()
    row, column = book.places[line_of("C11")]
    workbook = put(book, row + 1, column, None)
    workbook = changed(workbook, merges=(*workbook.sheets[0].merges, Area(row, column, row + 1, column)))

    told, values = only(workbook)

    assert told == [("hard", "L06", "")]
    assert (values["C11"], values["C12"]) == (None, None)


def test_a_row_that_is_two_lines_high_is_one_row() -> None:
    book, _ = located()
    sheet = workbook_of(book).sheets[0]
    spread = {(2 * row, column): replace(cell, row=2 * row) for (row, column), cell in sheet.cells.items()}
    columns = {column for _, column in spread}
    merges = tuple(Area(row, column, row + 1, column) for row in {row for row, _ in spread} for column in columns)

    told, values = only(changed(workbook_of(book), cells=spread, merges=merges))

    assert told == []
    assert {code: values[code] for code in NUMBERS} == numbered()


def test_a_value_merged_over_two_columns_is_read() -> None:
    book, _ = located()
    row, column = book.places[line_of("C11")]
    workbook = workbook_of(book)
    workbook = changed(workbook, merges=(*workbook.sheets[0].merges, Area(row, column, row, column + 1)))

    assert only(workbook) == ([], {**dict.fromkeys(("C4", "C4t")), **numbered()})


def test_a_column_inserted_inside_the_form_is_refused() -> None:
    book = lay_out(filing(), Layout(spacers=True))
    row, column = book.places[line_of("C1")]

    told, values = only(put(book, row, column - 1, Cell(row, column - 1, CellKind.NUMBER, "3", Decimal(3))))

    assert told == [("hard", "L05", "inside")]
    assert {code: values[code] for code in NUMBERS} == numbered()


def test_two_value_columns_are_never_chosen_between() -> None:
    book = lay_out(filing(headers=("统计指标", "单位", "甲数")))
    workbook = workbook_of(book)
    sheet = workbook.sheets[0]
    twins = {
        (row, column + 1): replace(cell, column=column + 1)
        for (row, column), cell in sheet.cells.items()
        if (row, column) in book.places.values()
    }

    told, values = only(changed(workbook, cells={**sheet.cells, **twins}))

    assert ("hard", "L04", "several") in told
    assert not any(values.values())


def test_the_only_column_with_numbers_is_taken_where_its_head_is_reworded() -> None:
    book = lay_out(filing(headers=("统计指标", "单位", "我镇情况")))

    told, values = only(workbook_of(book))

    assert told == []
    assert {code: values[code] for code in NUMBERS} == numbered()


def test_hidden_and_filtered_parts_are_read_and_told() -> None:
    book, _ = located()
    row, _ = book.places[line_of("C1")]

    assert only(changed(workbook_of(book), hidden_rows=frozenset({row})))[0] == [("soft", "B12", "rows")]
    assert only(changed(workbook_of(book), hidden_rows=frozenset({row}), filtered=True))[0] == [
        ("soft", "B12", "filtered")
    ]
    assert only(changed(workbook_of(book), hidden_columns=frozenset({3})))[0] == [("soft", "B12", "columns")]
    assert only(changed(workbook_of(book), visibility=Visibility.VERY_HIDDEN))[0] == [("soft", "B12", "sheet")]
    assert only(changed(workbook_of(book), hidden_rows=frozenset({500})))[0] == []


def test_comments_are_listed() -> None:
    book, _ = located()
    row, column = book.places[line_of("C1")]
    cell = Cell(row, column, CellKind.NUMBER, "5", Decimal(5), comment="含去年结转")

    assert only(put(book, row, column, cell))[0] == [("soft", "B15", "")]


def test_an_empty_form_is_told_once_and_a_form_of_zeros_is_asked_about() -> None:
    assert only(workbook_of(lay_out(filing(values={}))))[0] == [("hard", "N04", "blank")]
    assert only(workbook_of(lay_out(filing(values=dict.fromkeys(NUMBERS, 0)))))[0] == [("soft", "N04", "all_zero")]


@pytest.mark.parametrize("policy", list(BlankPolicy))
def test_an_empty_form_is_empty_whatever_a_blank_means(policy: BlankPolicy) -> None:
    assert only(workbook_of(lay_out(filing(values={}))), policy=policy)[0] == [("hard", "N04", "blank")]


def test_many_blanks_are_told_in_one_sentence_with_all_their_cells() -> None:
    values = {code: value for code, value in numbered().items() if not code.startswith("C3")}
    _, result = located(values=values)

    blanks = [finding for finding in result.findings if finding.code == "N01"]

    assert [(f.case, len(f.cells)) for f in blanks] == [("blank_many", len(NUMBERS) - len(values))]


def test_a_number_on_a_heading_line_is_told() -> None:
    book, _ = located()
    row, column = book.places[line_of("H")]
    seen = observe(put(book, row, column, Cell(row, column, CellKind.NUMBER, "4", Decimal(4))), (form(),))

    assert isinstance(seen, tuple)
    assert [(f.severity.value, f.case) for f in seen[0].findings] == [("info", "heading_value")]


def two_sheets(first: dict[str, object], second: dict[str, object]) -> Workbook:
    books = [workbook_of(lay_out(filing(**changes))) for changes in (first, second)]  # type: ignore[arg-type]
    names = ("表一", "表二")
    sheets = tuple(replace(book.sheets[0], name=name) for book, name in zip(books, names, strict=True))
    return replace(books[0], sheets=sheets)


def test_of_an_empty_and_a_filled_sheet_the_filled_one_is_read() -> None:
    seen = observe(two_sheets({"values": {}}, {}), (form(),))

    assert isinstance(seen, tuple)
    assert [entry.sheet for entry in seen] == ["表二"]
    assert grave(seen[0]) == []


def test_of_last_years_and_this_years_sheet_this_years_is_read() -> None:
    seen = observe(two_sheets({"period": "（2015年度）"}, {}), (form(),), period=Period(2016))

    assert isinstance(seen, tuple)
    assert [entry.sheet for entry in seen] == ["表二"]


def test_of_two_different_sheets_none_is_chosen() -> None:
    seen = observe(two_sheets({}, {"values": {**numbered(), "C1": 5}}), (form(),))

    assert isinstance(seen, tuple)
    assert grave(seen[0]) == [("hard", "L03", "several")]


def test_sheets_of_two_units_are_two_filings() -> None:
    seen = observe(two_sheets({}, {"filer": "平罗县乙乡"}), (form(),))

    assert isinstance(seen, tuple)
    assert [entry.filer.text for entry in seen if entry.filer] == ["平罗县甲镇", "平罗县乙乡"]


def test_a_workbook_without_the_form_is_not_taken_for_it() -> None:
    cells = {(1, 1): Cell(1, 1, CellKind.TEXT, "通讯录"), (2, 1): Cell(2, 1, CellKind.TEXT, "当面申请")}
    workbook = workbook_of(located()[0])

    seen = observe(replace(workbook, sheets=(Sheet("S", cells),)), (form(),))

    assert isinstance(seen, Unlocated)
    assert seen.found == 1


def test_another_known_form_is_recognised_as_such() -> None:
    other = replace(form(), id="other", title="另一张表")
    mine = replace(form(), tables=(replace(form().tables[0], rows=form().tables[0].rows[:0]),), sha256="x")
    workbook = workbook_of(located()[0])

    seen = observe(
        workbook,
        (replace(mine, tables=(replace(form().tables[0], rows=(replace(form().tables[0].rows[0], label="别的"),)),)),),
        others=(other,),
    )

    assert isinstance(seen, Unlocated)
    assert seen.other is other


def test_an_unsigned_form_is_told_once() -> None:
    assert only(workbook_of(lay_out(filing(sign_off={}))))[0] == [("soft", "S01", "blank")]


@pytest.mark.parametrize("number", [77, "12", "3.5"], ids=str)
def test_a_number_where_somebody_signs_is_asked_about_and_a_telephone_number_is_not(number: int | str) -> None:
    signed = {**SIGNED, "审核人": number}

    assert only(workbook_of(lay_out(filing(sign_off=signed))))[0] == [("soft", "S01", "number")]
    assert only(workbook_of(lay_out(filing(sign_off={**SIGNED, "联系电话": 655321}))))[0] == []
