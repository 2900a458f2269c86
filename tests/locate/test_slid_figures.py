"""Figures that stand one column too far right, or one line too low, are not taken for others; labels in every cell of their area."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from consolidator.locate import observe
from consolidator.model import Cell, CellKind, FileFormat, Workbook
from sample_workbooks.printed_form import CODES, NUMBERS
from tests.builders import Layout, lay_out
from tests.locate.grids import filing, grave, numbered, sheet_of, workbook_of
from tests.locate.grids import form as printed_form
from tests.locate.test_columns_of_forms import ROWS, TITLE, form
from tests.locate.test_regressions import sheet

if TYPE_CHECKING:
    from consolidator.locate import Located

LABELS = ("早稻", "晚稻", "合计")
TOP: list[list[object]] = [[f"{TITLE}（2016年度）"], ["填报单位：甲镇"], ["指标", "单位", *LABELS]]


def seen(lines: list[list[object]]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet(TOP + lines),)), (form(LABELS),))
    assert isinstance(found, tuple)
    return found[0]


def line(number: int) -> list[object]:
    return [10 * number + place for place in range(1, 4)]


def read(result: Located) -> int:
    return sum(each.number is not None for each in result.observations.values())


def test_a_block_one_column_too_far_right_is_not_read() -> None:
    result = seen([[label, "只", None, *line(number)] for number, label in enumerate(ROWS)])

    assert (read(result), grave(result)) == (0, [("hard", "L05", "slid")])


def test_a_remark_right_of_the_table_or_an_empty_column_alone_is_no_slide() -> None:
    blank = seen([[label, "只", None, *line(number)[1:]] for number, label in enumerate(ROWS)])
    beside = seen([[label, "只", *line(number), 7] for number, label in enumerate(ROWS)])

    assert read(blank) == 2 * len(ROWS)
    assert read(beside) == 3 * len(ROWS)
    assert not any(severity == "hard" for severity, _, _ in (*grave(blank), *grave(beside)))


@pytest.mark.parametrize("under", [None, "单位负责人：", "注：以上为快报"], ids=["nothing", "sign-off", "note"])
def test_a_block_one_line_too_low_is_not_read(under: str | None) -> None:
    lines = [[label, "只", *(line(number) if number else [None] * 3)] for number, label in enumerate(ROWS)]
    result = seen([*lines, [under, None, *line(9)]])

    assert read(result) == 0
    assert ("hard", "S04", "slid_down") in grave(result)


def test_numbers_under_a_filled_table_are_asked_about_and_its_own_stay() -> None:
    lines = [[label, "只", *line(number)] for number, label in enumerate(ROWS)]
    result = seen([*lines, [None, None, *line(9)]])

    assert read(result) == 3 * len(ROWS)
    assert set(grave(result)) == {("soft", "S04", "unlabelled")}


@pytest.mark.parametrize("below", [[None, None, 2017], ["联系电话", None, 9526012345], [None, None, "甲"]], ids=str)
def test_a_blank_first_row_over_a_year_or_a_telephone_number_is_no_slide(below: list[object]) -> None:
    lines = [[label, "只", *(line(number) if number else [None] * 3)] for number, label in enumerate(ROWS)]
    result = seen([*lines, below])

    assert read(result) == 3 * (len(ROWS) - 1)


ONE = form(("数量",))
WITH_REMARKS = [*TOP[:2], ["指标", "单位", "数量", "备注"]]
SIDE_BY_SIDE = [*TOP[:2], ["指标", "单位", "数量", "指标", "单位", "数量"]]


def one_column(rows: list[list[object]]) -> Located:
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (ONE,))
    assert isinstance(found, tuple)
    return found[0]


@pytest.mark.parametrize("remarks", [[], ["备注"]], ids=["no head", "remarks"])
@pytest.mark.parametrize("from_row", [0, 3], ids=["all rows", "some rows"])
def test_figures_of_several_rows_one_column_too_far_right_are_not_read(remarks: list[object], from_row: int) -> None:
    head = [*TOP[:2], [*TOP[2], *remarks]]
    lines = [
        [label, "只", *([None, *line(number)] if number >= from_row else line(number))]
        for number, label in enumerate(ROWS)
    ]
    found = observe(Workbook(FileFormat.XLSX, (sheet(head + lines),)), (form(LABELS),))
    assert isinstance(found, tuple)

    assert read(found[0]) == 3 * from_row
    assert grave(found[0]) == [("hard", "L05", "slid_rows" if from_row else "slid")]


def test_figures_among_the_remarks_beside_blanks_are_asked_about_and_those_beside_figures_are_not() -> None:
    slid = one_column(
        [*WITH_REMARKS, *([label, "只", *((None, 7) if n == 2 else (n, None))] for n, label in enumerate(ROWS))]
    )
    sound = one_column([*WITH_REMARKS, *([label, "只", n, 7 + n] for n, label in enumerate(ROWS))])
    years = one_column([*WITH_REMARKS, *([label, "只", None if n else 1, 2015] for n, label in enumerate(ROWS))])

    assert grave(slid) == [("soft", "L05", "slid_rows")]
    assert (read(sound), grave(sound)) == (len(ROWS), [])
    assert {code for _, code, _ in grave(years)} == {"N01"}


@pytest.mark.parametrize("blank", [{1, 3}, {0}, {4}], ids=str)
def test_blanks_beside_a_column_of_somebodys_own_sums_stay_blanks(blank: set[int]) -> None:
    lines: list[list[object]] = [
        [label, "只", *(None if place in blank else number for number in line(place)[:1]), *line(place)[1:], 0]
        for place, label in enumerate(ROWS)
    ]
    result = seen(lines)

    assert read(result) == 3 * len(ROWS) - len(blank)
    assert not any(severity == "hard" for severity, _, _ in grave(result))


def test_of_two_panels_only_the_one_that_slid_is_not_read() -> None:
    left: list[list[object]] = [[ROWS[0], "只", None], [ROWS[1], "只", 2], [ROWS[2], "只", 3], [None, None, 9]]
    right: list[list[object]] = [[ROWS[3], "只", 4], [ROWS[4], "只", 5], [None] * 3, [None] * 3]
    down = one_column([*SIDE_BY_SIDE, *([*one, *other] for one, other in zip(left, right, strict=True))])
    aside = one_column(
        [*SIDE_BY_SIDE, *([*one, *other[:2], None, other[2]] for one, other in zip(left[1:3], right[:2], strict=True))]
    )

    assert (read(down), grave(down)) == (2, [("hard", "S04", "slid_down")])
    assert read(aside) == 2
    assert ("hard", "L05", "slid") in grave(aside)


def test_a_panel_that_slid_into_the_gap_before_the_next_one_is_not_read() -> None:
    head: list[object] = ["指标", "单位", "数量", None, "指标", "单位", "数量"]
    left: list[list[object]] = [[label, "只", None, 7 + 2 * n] for n, label in enumerate(ROWS[:3])]
    right: list[list[object]] = [[ROWS[3], "只", 4], [ROWS[4], "只", 5], [None] * 3]
    result = one_column([*TOP[:2], head, *([*one, *other] for one, other in zip(left, right, strict=True))])

    assert (read(result), grave(result)) == (2, [("hard", "L05", "slid")])


def test_serial_numbers_of_the_next_panel_are_nobodys_figures() -> None:
    head: list[object] = ["指标", "单位", "数量", None, "指标", "单位", "数量"]
    left: list[list[object]] = [[label, "只", None, 4 + n] for n, label in enumerate(ROWS[:3])]
    right: list[list[object]] = [[ROWS[3], "只", 4], [ROWS[4], "只", 5], [None] * 3]
    result = one_column([*TOP[:2], head, *([*one, *other] for one, other in zip(left, right, strict=True))])

    assert {code for severity, code, _ in grave(result) if severity == "hard"} == set()
    assert read(result) == 2


@pytest.mark.parametrize("under", [None, "单位负责人："], ids=["nothing", "sign-off"])
@pytest.mark.parametrize("blank", [1, 2, 3])
def test_the_last_rows_one_line_too_low_are_not_read_and_those_above_are(under: str | None, blank: int) -> None:
    lines = [[r, "只", *([None] * 3 if n == blank else line(n - (n > blank)))] for n, r in enumerate(ROWS)]
    result = seen([*lines, [under, None, *line(4)]])

    assert read(result) == 3 * blank
    assert ("hard", "S04", "slid_down") in grave(result)


def test_a_blank_row_above_unlabelled_sums_or_a_blank_last_row_is_no_slide() -> None:
    lines = [[r, "只", *([None] * 3 if n == 2 else line(n))] for n, r in enumerate(ROWS)]
    sums = [sum(line(n)[place] for n in (0, 1, 3, 4)) for place in range(3)]
    summed = seen([*lines, [None, None, *sums]])
    last = seen([*([r, "只", *(line(n) if n < 4 else [None] * 3)] for n, r in enumerate(ROWS)), [None, None, *line(9)]])

    assert (read(summed), read(last)) == (12, 12)
    assert not any(severity == "hard" for severity, _, _ in (*grave(summed), *grave(last)))


@pytest.mark.parametrize("rows", [range(5), range(2, 4), range(4, 5)], ids=["all", "some", "one"])
def test_figures_one_column_too_far_left_are_not_read(rows: range) -> None:
    result = seen([[r, *((*line(n), None) if n in rows else ("只", *line(n)))] for n, r in enumerate(ROWS)])

    assert read(result) == 3 * (5 - len(rows))
    assert ("hard", "L05", "slid_rows") in grave(result)


def filled(rows: dict[int, int | None]) -> tuple[int, set[int], list[tuple[str, str, str]]]:
    """The form of 2014 with some rows filled in otherwise: how many figures are read, which ones, what is accused."""
    book = lay_out(filing(), Layout())
    cells = dict(sheet_of(book.pages[0]).cells)
    for number, value in rows.items():
        row, column = book.places[number]
        cells.pop((row, column), None)
        if value is not None:
            cells[row, column] = Cell(row, column, CellKind.NUMBER, str(value), Decimal(value))
    workbook = Workbook(FileFormat.XLSX, (replace(sheet_of(book.pages[0]), cells=cells),))
    observe(workbook_of(book), (printed_form(),))
    found = observe(workbook, (printed_form(),))
    assert isinstance(found, tuple)
    numbers = [int(each.number) for each in found[0].observations.values() if each.number is not None]
    return len(numbers), set(numbers), grave(found[0])


def test_figures_that_slid_on_over_headings_are_not_read_and_totals_on_headings_change_nothing() -> None:
    given = [numbered().get(code) for code in CODES]
    start, stop = CODES.index("A22"), CODES.index("B22")
    slid = {n: given[n - 1] if n > start else None for n in range(start, stop)} | {stop: given[stop - 1]}
    _, numbers, said = filled(slid)
    moved = {given[n] for n in range(start, CODES.index("A25") + 1)}

    assert ("hard", "S04", "slid_down") in said
    assert not moved & numbers

    count, _, said = filled({CODES.index("A22"): None, CODES.index("B"): 99, CODES.index("C"): 98})
    assert (count, [severity for severity, _, _ in said]) == (len(NUMBERS) - 1, ["soft"])


@pytest.mark.parametrize(
    ("field", "number", "asked"),
    [
        ("单位负责人：王一", 77, True),
        ("单位负责人：王一　审核人：李二", 77, True),
        ("联系电话：", 77, False),
        ("填报日期：2017年1月", 2017, False),
        ("填报人：赵三", 13900000000, False),
    ],
)
def test_a_figure_beside_a_field_that_is_signed_already_is_asked_about(field: str, number: int, asked: bool) -> None:
    lines = [[label, "只", *line(n)] for n, label in enumerate(ROWS)]
    result = seen([*lines, [field, None, number]])

    assert (("soft", "S04", "unlabelled") in grave(result)) is asked
    assert read(result) == 3 * len(ROWS)


def test_numbers_that_are_remarks_on_other_rows_are_remarks_beside_a_blank_as_well() -> None:
    head = [*TOP[:2], [*TOP[2], "备注"]]
    rows = [[label, "只", *((None, 5, 6) if n == 3 else line(n)), 7 if n > 1 else None] for n, label in enumerate(ROWS)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(head + rows),)), (form(LABELS),))
    assert isinstance(found, tuple)

    assert (read(found[0]), {code for _, code, _ in grave(found[0])}) == (3 * len(ROWS) - 1, {"N01"})


def test_a_blank_first_row_over_unlabelled_sums_is_no_slide() -> None:
    lines = [[label, "只", *(line(n) if n else [None] * 3)] for n, label in enumerate(ROWS)]
    result = seen([*lines, [None, None, *(sum(line(n)[place] for n in range(1, 5)) for place in range(3))]])

    assert read(result) == 3 * (len(ROWS) - 1)
    assert not any(severity == "hard" for severity, _, _ in grave(result))


def test_a_merged_label_that_was_unmerged_and_filled_in_is_one_row() -> None:
    rows: list[list[object]] = [*TOP[:2], ["指标", None, "单位", *LABELS]]
    rows += [[label, label if number % 2 else None, "只", *line(number)] for number, label in enumerate(ROWS)]
    found = observe(Workbook(FileFormat.XLSX, (sheet(rows),)), (form(LABELS),))
    assert isinstance(found, tuple)

    assert (read(found[0]), grave(found[0])) == (3 * len(ROWS), [])


def with_gap(figures: list[list[object]], words: object = None) -> Located:
    """A table with a line without a label after its third row; the figures of all its lines from the top."""
    labels: list[list[object]] = [[label, "只"] for label in ROWS]
    labels.insert(3, [words, None])
    return seen([left + right for left, right in zip(labels, figures, strict=True)])


@pytest.mark.parametrize("first", [0, 1])
def test_figures_that_slid_down_onto_a_blank_line_within_the_table_are_not_read(first: int) -> None:
    blank: list[object] = [None] * 3
    figures = [line(number) for number in range(len(ROWS))]
    result = with_gap([*figures[:first], blank, *figures[first:3], *figures[3:]])

    assert grave(result) == [("hard", "S04", "slid_down")]
    assert read(result) == 3 * (first + 2)


def test_a_blank_row_over_a_line_of_sums_or_of_a_second_figure_is_no_slide() -> None:
    blank: list[object] = [None] * 3
    figures = [line(number) for number in range(len(ROWS))]
    sums: list[object] = [line(1)[place] + line(2)[place] for place in range(3)]  # type: ignore[operator]
    summed = with_gap([blank, figures[1], figures[2], sums, *figures[3:]])
    below = with_gap([figures[0], figures[1], blank, figures[2], *figures[3:]])

    assert [read(each) for each in (summed, below)] == [12, 12]
    assert not any(severity == "hard" for each in (summed, below) for severity, _, _ in grave(each))


def one_blank(row: int, place: int, rows: int = len(ROWS), text: object = None) -> Located:
    """A filled table with one cell that is blank, or holds `text`; the lines below the first `rows` have no figures."""
    figures = [line(number) if number < rows else [None] * 3 for number in range(len(ROWS))]
    figures[row][place] = text
    return seen([[label, "只", *cells] for label, cells in zip(ROWS, figures, strict=True)])


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_column_whose_first_figure_alone_is_blank_is_asked_about_once_and_read(place: int) -> None:
    result = one_blank(0, place)

    assert read(result) == 3 * len(ROWS) - 1
    assert grave(result) == [("soft", "S04", "slid_column")]


def test_one_blank_elsewhere_or_another_beside_it_is_a_blank() -> None:
    within, last, short_of_rows = one_blank(1, 1), one_blank(len(ROWS) - 1, 1), one_blank(0, 1, rows=4)
    dash = one_blank(0, 1, text="—")

    for result in (within, last, short_of_rows):
        assert {code for _, code, _ in grave(result)} == {"N01"}
    assert "slid_column" not in {case for _, _, case in grave(dash)}
