"""A blank form comes back: read exactly, wherever its rows went; its marks are checked, never trusted against its labels."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.form import available
from consolidator.locate import Located, observe
from consolidator.model import Cell, CellAddress, CellKind, Period, ReportingUnit, Workbook
from consolidator.read import open_workbook
from tests.template import clerk
from tests.template.sheets import blank, form, opened, places, saved

if TYPE_CHECKING:
    import openpyxl

    from consolidator.findings import Finding

OWN = "gov-info-disclosure-2014"
MATRIX = "annual-report-2021"
UNIT = ReportingUnit("640221101", "甲镇")


def observed(workbook: Workbook, form_id: str = OWN) -> Located:
    seen = observe(workbook, (form(form_id),))
    assert isinstance(seen, tuple)
    assert len(seen) == 1
    return seen[0]


def opened_again(book: openpyxl.Workbook) -> Workbook:
    clerk.without_formats(book)
    workbook = open_workbook(saved(book), "甲镇.xlsx")
    assert isinstance(workbook, Workbook)
    return workbook


def located(book: openpyxl.Workbook, form_id: str = OWN) -> Located:
    return observed(opened_again(book), form_id)


def filled(
    form_id: str = OWN, period: Period | None = None, unit: ReportingUnit | None = None
) -> tuple[openpyxl.Workbook, dict[str, float | str]]:
    book = opened(blank(form_id, period, unit))
    expected = clerk.fill(book, clerk.own_values(form(form_id)))
    return book, expected or clerk.fill(book, clerk.own_texts(form(form_id)))


@cache
def returned(form_id: str = OWN) -> tuple[Workbook, dict[str, float | str]]:
    """A filled form that was made for one unit and one period, as it is read, and what should be read from it."""
    book, expected = filled(form_id, Period(2016), UNIT)
    return opened_again(book), expected


def typed(workbook: Workbook, texts: dict[tuple[int, int], str | None]) -> Workbook:
    """The workbook with other texts in some cells of the form's sheet; None empties a cell."""
    sheet, *others = workbook.sheets
    cells = {place: cell for place, cell in sheet.cells.items() if place not in texts}
    cells |= {place: Cell(*place, CellKind.TEXT, text) for place, text in texts.items() if text is not None}
    return replace(workbook, sheets=(replace(sheet, cells=dict(sorted(cells.items()))), *others))


def named(workbook: Workbook, **cells: tuple[CellAddress, ...] | None) -> Workbook:
    """The workbook with other cells behind some names; None deletes a name."""
    names = {f"csl_{code}": found for code, found in cells.items()}
    kept = {name: found for name, found in (dict(workbook.names) | names).items() if found is not None}
    return replace(workbook, names=kept)


def place(workbook: Workbook, code: str) -> CellAddress:
    return workbook.names[f"csl_{code}"][0]


def claiming(workbook: Workbook, **properties: str) -> Workbook:
    changed = {f"csl.{key}": value for key, value in properties.items()}
    return replace(workbook, properties={**workbook.properties, **changed})


def values(entry: Located) -> dict[str, object]:
    codes = entry.form.numeric or tuple(entry.form.indicators)
    return {code: seen.value for code, seen in entry.observations.items() if code in codes}


def exact(expected: dict[str, float | str]) -> dict[str, object]:
    return {code: value if isinstance(value, str) else Decimal(str(value)) for code, value in expected.items()}


def of_marks(entry: Located) -> list[Finding]:
    return [finding for finding in entry.findings if finding.code == "L12"]


def cases(entry: Located) -> list[tuple[str, str]]:
    return [(finding.case, finding.severity.value) for finding in of_marks(entry)]


def grave(entry: Located) -> set[tuple[str, str]]:
    return {(f.code, f.case) for f in entry.findings if f.severity.value in {"hard", "soft"}} - {("S01", "blank")}


def row_of(book: openpyxl.Workbook, code: str) -> int:
    return int(places(book)[code][1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


@pytest.mark.parametrize("form_id", available())
def test_a_filled_form_is_read_cell_by_cell_without_a_word(form_id: str) -> None:
    book, expected = filled(form_id)
    entry = located(book, form_id)

    assert values(entry) == exact(expected)
    assert (entry.filer.text if entry.filer else "", str(entry.period.period) if entry.period else "") == (
        "甲镇",
        "2016",
    )
    assert {(f.code, f.case) for f in entry.findings} <= {
        ("S01", "blank"),
        ("N01", "blank"),
        ("U01", "unstated"),
        ("S04", "no_chapters"),
    }
    assert not of_marks(entry)


@pytest.mark.parametrize("form_id", available())
def test_a_blank_form_is_told_to_be_blank(form_id: str) -> None:
    workbook = open_workbook(blank(form_id, Period(2016), UNIT), "甲镇.xlsx")
    assert isinstance(workbook, Workbook)
    entry = observed(workbook, form_id)

    assert entry.blank
    assert (entry.filer.text if entry.filer else "") == "甲镇"
    assert "V22" not in {code for code, _ in grave(entry)}


@pytest.mark.parametrize("typed_period", ["2016年第3季度", "2016年三季度"])
def test_a_quarter_is_read_from_the_field_for_the_period(typed_period: str) -> None:
    book = opened(blank(OWN))
    clerk.fill(book, {"A1": 1}, period=typed_period)
    entry = located(book)

    assert entry.period is not None
    assert entry.period.period == Period(2016, 3)


def test_rows_and_columns_that_a_clerk_inserts_change_nothing() -> None:
    book, expected = filled()
    clerk.insert_rows(book, row_of(book, "A22"), 2)
    clerk.insert_rows(book, 1, 3)
    clerk.insert_columns(book, 1)
    entry = located(book)

    assert values(entry) == exact(expected)
    assert not of_marks(entry)
    assert not grave(entry)


def test_a_block_that_is_cut_and_pasted_elsewhere_is_read_there() -> None:
    book, expected = filled()
    first, last = row_of(book, "G"), row_of(book, "G")
    clerk.move_rows(book, first, last, row_of(book, "I3") + 1)
    entry = located(book)

    assert values(entry) == exact(expected)
    assert not of_marks(entry)


def test_rows_that_change_places_without_their_names_are_read_by_their_labels() -> None:
    workbook, expected = returned()
    sheet, *others = workbook.sheets
    one, other = place(workbook, "A22").row, place(workbook, "A24").row
    swapped = {one: other, other: one}  # as sorting does
    cells = {
        (row, column): replace(cell, row=row)
        for (old, column), cell in sheet.cells.items()
        for row in (swapped.get(old, old),)
    }
    entry = observed(replace(workbook, sheets=(replace(sheet, cells=dict(sorted(cells.items()))), *others)))

    assert values(entry) == exact(expected)
    assert cases(entry) == [("contradicts", "info")]
    assert set(of_marks(entry)[0].indicators) == {"A22", "A24"}


def test_rows_that_a_script_inserts_leave_dead_names_and_are_read_by_their_labels() -> None:
    book, expected = filled()
    for area in list(book.worksheets[0].merged_cells.ranges):
        book.worksheets[0].unmerge_cells(str(area))
    book.worksheets[0].insert_rows(row_of(book, "B1"), 2)
    entry = located(book)

    assert values(entry) == exact(expected)
    assert cases(entry) == [("contradicts", "info")]


@pytest.mark.parametrize("form_id", [OWN, MATRIX])
def test_a_renamed_sheet_and_sheets_beside_it_change_nothing(form_id: str) -> None:
    book, expected = filled(form_id)
    clerk.rename_sheet(book, "甲镇")
    book.create_sheet("核对", 0)["A1"] = "已核对"
    entry = located(book, form_id)

    assert values(entry) == exact(expected)
    assert not of_marks(entry)


def test_numbers_whose_labels_are_lost_are_read_by_their_names() -> None:
    workbook, expected = returned()
    row = place(workbook, "A23").row
    entry = observed(typed(workbook, {(row, 1): None, (row + 1, 1): None}))

    assert values(entry) == exact(expected)
    assert cases(entry) == [("named", "soft")]
    assert of_marks(entry)[0].indicators == ("A23", "A24")
    assert of_marks(entry)[0].cells == (f"C{row}", f"C{row + 1}")
    assert ("S04", "missing") not in grave(entry)


@pytest.mark.parametrize("form_id", [OWN, MATRIX])
def test_a_form_without_any_label_is_read_by_its_names(form_id: str) -> None:
    workbook, expected = returned(form_id)
    cells = {(cells[0].row, cells[0].column) for cells in workbook.names.values()}
    bare = typed(workbook, {spot: None for spot in workbook.sheets[0].cells if spot not in cells})
    entry = observed(replace(bare, sheets=bare.sheets[:1]), form_id)

    assert values(entry) == exact(expected)
    assert [case for case, _ in cases(entry)] == ["named", "unit", "period"]
    assert (entry.filer.text if entry.filer else "", str(entry.period.period) if entry.period else "") == (
        "甲镇",
        "2016",
    )


def test_a_form_without_any_label_or_value_is_blank() -> None:
    workbook, _ = returned()
    bare = typed(workbook, dict.fromkeys(workbook.sheets[0].cells))

    assert observed(replace(bare, sheets=bare.sheets[:1])).blank


def test_a_label_typed_over_is_no_longer_the_indicator() -> None:
    workbook, _ = returned()
    entry = observed(typed(workbook, {(place(workbook, "A23").row, 1): "3. 抖音公开政府信息数"}))

    assert "A23" not in entry.observations
    assert cases(entry) == [("contradicts", "info")]
    assert {code for code, _ in grave(entry)} & {"S04", "L01"}


def test_another_unit_of_measure_typed_beside_a_lost_label_speaks_against_it() -> None:
    workbook, _ = returned()
    row = place(workbook, "H4").row
    entry = observed(typed(workbook, {(row, 1): None, (row, 2): "元"}))

    assert "H4" not in entry.observations
    assert cases(entry) == [("contradicts", "info")]


def test_a_name_that_leads_to_another_indicator_is_not_believed() -> None:
    workbook, expected = returned()
    one, other = place(workbook, "A22"), place(workbook, "A25")
    entry = observed(named(workbook, A22=(other,), A25=(one,)))

    assert values(entry) == exact(expected)
    assert cases(entry) == [("contradicts", "info")]


def test_a_name_that_leads_beside_another_label_does_not_save_a_lost_one() -> None:
    workbook, _ = returned()
    one, other = place(workbook, "A22"), place(workbook, "A25")
    entry = observed(named(typed(workbook, {(one.row, 1): None}), A22=(other,), A25=(one,)))

    assert "A22" not in entry.observations
    assert cases(entry) == [("contradicts", "info")]


@pytest.mark.parametrize(
    "cells", [(), None, (CellAddress("填报表", 7, 3), CellAddress("填报表", 8, 3)), (CellAddress("甲", 7, 3),)]
)
def test_a_name_that_leads_to_no_single_cell_makes_the_marks_useless(cells: tuple[CellAddress, ...] | None) -> None:
    workbook, expected = returned()
    row = place(workbook, "A22").row
    entry = observed(named(typed(workbook, {(row, 1): None}), A22=cells))

    assert "A22" not in entry.observations
    assert len(values(entry)) == len(expected) - 1
    assert cases(entry) == [("broken", "note")]


def test_two_names_on_one_cell_make_the_marks_useless() -> None:
    workbook, expected = returned()
    entry = observed(named(workbook, A22=(place(workbook, "A23"),)))

    assert values(entry) == exact(expected)
    assert cases(entry) == [("broken", "note")]


def test_a_form_of_another_version_of_the_definition_is_read_by_its_labels() -> None:
    workbook, expected = returned()
    entry = observed(claiming(workbook, definition="0" * 64))

    assert values(entry) == exact(expected)
    assert cases(entry) == [("version", "note")]


@pytest.mark.parametrize("claim", [{"form": "../../etc"}, {"scheme": "2"}, {"period": "去年", "unit_name": ""}])
def test_claims_that_mean_nothing_are_ignored(claim: dict[str, str]) -> None:
    workbook, expected = returned()
    entry = observed(claiming(workbook, **claim))

    assert values(entry) == exact(expected)
    assert not of_marks(entry)


def test_a_blank_heading_is_filled_by_the_marks() -> None:
    workbook, _ = returned()
    entry = observed(typed(workbook, {(2, 1): None, (4, 1): None, (4, 2): None}))

    assert (entry.filer.text, entry.filer.raw) == ("甲镇", "")  # type: ignore[union-attr]
    assert entry.period.period == Period(2016)  # type: ignore[union-attr]
    assert cases(entry) == [("unit", "soft"), ("period", "note")]


def test_a_heading_at_odds_with_the_marks_counts_and_is_told() -> None:
    workbook, _ = returned()
    entry = observed(typed(workbook, {(2, 1): "（2017年度）", (4, 2): "乙乡"}))

    assert entry.filer.text == "乙乡"  # type: ignore[union-attr]
    assert entry.period.period == Period(2017)  # type: ignore[union-attr]
    assert cases(entry) == [("other_unit", "soft"), ("other_period", "soft")]
    assert [finding.cells for finding in of_marks(entry)] == [("B4",), ("A2",)]


def test_a_longer_name_of_the_same_unit_is_no_contradiction() -> None:
    workbook, _ = returned()

    assert not of_marks(observed(typed(workbook, {(4, 2): "平罗县甲镇人民政府"})))


def test_a_copy_of_the_sheet_with_other_numbers_is_not_chosen_by_the_marks() -> None:
    workbook, _ = returned()
    form_sheet, guide = workbook.sheets
    spot = place(workbook, "A22")
    cells = {**form_sheet.cells, (spot.row, 3): Cell(spot.row, 3, CellKind.NUMBER, "5", Decimal(5))}
    copied = {
        name: (*found, *(replace(each, sheet="备份") for each in found)) for name, found in workbook.names.items()
    }
    copy = replace(form_sheet, name="备份", cells=cells)
    entry = observed(replace(workbook, sheets=(form_sheet, copy, guide), names=copied))

    assert ("L03", "several") in grave(entry)


def test_a_cell_under_a_head_typed_over_is_no_longer_the_indicator() -> None:
    workbook, _ = returned(MATRIX)
    spot = place(workbook, "Q1.ent")
    entry = observed(typed(workbook, {(spot.row - 1, spot.column): "个体工商户"}), MATRIX)

    assert "Q2.ent" not in values(entry)
    assert cases(entry) == [("contradicts", "info")]


def test_a_matrix_whose_heads_are_lost_is_read_by_its_names() -> None:
    workbook, expected = returned(MATRIX)
    row = place(workbook, "Q1.np").row
    heads = {(line, column): None for line in (row - 1, row - 2) for column in range(2, 9)}
    entry = observed(typed(workbook, heads), MATRIX)

    assert values(entry) == exact(expected)
    assert cases(entry) == [("named", "soft")]


def test_a_column_of_a_table_across_stands_under_its_own_name() -> None:
    workbook, _ = returned(MATRIX)
    one, other = place(workbook, "L1.upheld"), place(workbook, "L2.upheld")
    swapped = replace(workbook, names={**workbook.names, "csl_L1.upheld": (other,), "csl_L2.upheld": (one,)})
    heads = {(one.row - 1, one.column): None, (one.row - 1, other.column): None}
    entry = observed(typed(swapped, heads), MATRIX)

    assert not {"L1.upheld", "L2.upheld"} & set(values(entry))
    assert cases(entry) == [("contradicts", "info")]
