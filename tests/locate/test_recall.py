"""A sheet read by a print that was met before says exactly what the full search says of it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from consolidator.form import BlankPolicy, Form, load_by_id
from consolidator.locate import Unlocated, observe
from consolidator.locate.observing import observe_in_full
from consolidator.locate.prints.recall import Recall, recall
from consolidator.model import Area, Cell, CellKind, FileFormat, Sheet, Visibility, Workbook
from tests.builders import Layout, lay_out
from tests.locate.grids import filing, form, numbered, workbook_of

if TYPE_CHECKING:
    from collections.abc import Callable

LAYOUTS = {
    "plain": Layout(),
    "moved": Layout(top=4, left=3, above=("附件2",)),
    "serial": Layout(serial=True),
    "remarks": Layout(remarks=True),
    "panels": Layout(panels=2),
    "spare sheets": Layout(spare_sheets=("Sheet2", "Sheet3")),
    "notes": Layout(sheet="统计表", notes=("填表说明", "本表由各乡镇填报，一式两份。")),
}
OTHERS = ("annual-report-2021", "annual-report-2019")
TEXTS = (
    "", "0", "7", "１２", "12", "1,234", "约5", "—", "无", "条", "一", "二、", "（一）", "统计指标", "统计数（万条）", "（一）收到申请数（2015年）", "12\n13", "单位：万条", "计量单位：千件、个", "单位", "统计数", "备注", "本年",
    "上年", "2015", "金额单位：万元", "填报单位：乙镇", "（2015年度）", "二、回应解读情况", "审核人：李四", "政府信息公开情况统计表",
    "一、主动公开情况", "序号", "（2016年上半年）", "（1—6月）", "统计数（1—6月）", "（一）收到申请数（上半年）", "（2016年第三季度）", "注：单位为万条",
    "2015年政府信息公开情况统计表", "2015年度    填报日期：2016年1月13日", "政府信息公开情况统计表（第三季度）", "2016-Q3", "7月、8月、9月",
    "档案馆2016年政府信息公开情况统计表", "3.", "共2人", "主动公开政府信息数（不同渠道和方式公开相同信息计1条）",
    "注：本表为2015年数据", "政府信息公开情况统计表（计划）", "政府信息公开情况统计半年报", "此表作废",
    "（万条）", "政府信息公开情况统计表（万件）", "指标（千条）",
)  # fmt: skip


@cache
def others() -> tuple[Form, ...]:
    return tuple(map(load_by_id, OTHERS))


@cache
def printed(name: str) -> Workbook:
    return workbook_of(lay_out(filing(), LAYOUTS[name]))


def main(workbook: Workbook) -> int:
    """The number of the sheet that the form stands on."""
    return max(range(len(workbook.sheets)), key=lambda number: len(workbook.sheets[number].cells))


def of_sheet(workbook: Workbook, change: Callable[[Sheet], Sheet], number: int | None = None) -> Workbook:
    sheets = list(workbook.sheets)
    number = main(workbook) if number is None else number
    sheets[number] = change(sheets[number])
    return replace(workbook, sheets=tuple(sheets))


def with_cell(sheet: Sheet, place: tuple[int, int], cell: Cell | None) -> Sheet:
    cells = {where: each for where, each in sheet.cells.items() if where != place}
    if cell is not None:
        cells[place] = cell
    return replace(sheet, cells=dict(sorted(cells.items())))


@st.composite
def cells(draw: st.DrawFn, row: int, column: int) -> Cell | None:
    kind = draw(st.sampled_from([None, *CellKind, CellKind.TEXT, CellKind.NUMBER]))
    if kind is None:
        return None
    rare = draw(
        st.sampled_from(
            (
                {},
                {},
                {},
                {"struck": True},
                {"comment": "问"},
                {"source": "b.xlsx"},
                {"number_format": "0%"},
                {"number_format": "0;-0;;@"},
                {"number_format": ";;;"},
                {"shown": "12"},
                {"words": "7万条"},
            )
        )
    )
    if kind in (CellKind.NUMBER, CellKind.DATE):
        number = draw(st.sampled_from(("0", "7", "12", "2016", "3.5", "-1", "1234567890123456")))
        return Cell(row, column, kind, number, Decimal(number), **rare)
    return Cell(row, column, kind, "" if kind is CellKind.BLANK else draw(st.sampled_from(TEXTS)), **rare)


@st.composite
def damaged(draw: st.DrawFn) -> Workbook:
    """A filled form with one to three things changed: a cell, a merge, what is hidden, a name."""
    workbook = printed(draw(st.sampled_from(list(LAYOUTS))))
    for _ in range(draw(st.integers(1, 3))):
        filled = [number for number, each in enumerate(workbook.sheets) if each.cells]
        at = draw(st.sampled_from([main(workbook)] * 3 + filled))
        sheet = workbook.sheets[at]
        places = list(sheet.cells)
        row, column = draw(st.sampled_from(places))
        row, column = row + draw(st.sampled_from((0, 0, 0, 1, -1))), column + draw(st.sampled_from((0, 0, 0, 1)))
        row = max(row, 1)
        area = Area(row, column, row + draw(st.integers(0, 2)), column + draw(st.integers(0, 2)))
        cell = draw(cells(row, column))
        changes: list[Callable[[Sheet], Sheet]] = [
            lambda sheet, cell=cell, place=(row, column): with_cell(sheet, place, cell),
            lambda sheet, area=area: replace(sheet, merges=(*sheet.merges, area)),
            lambda sheet: replace(sheet, merges=sheet.merges[1:]),
            lambda sheet, row=row: replace(sheet, hidden_rows=frozenset({row})),
            lambda sheet, column=column: replace(sheet, hidden_columns=frozenset({column})),
            lambda sheet: replace(sheet, name="甲镇2015年"),
            lambda sheet: replace(sheet, name="样表"),
            lambda sheet: replace(sheet, visibility=Visibility.HIDDEN, filtered=True),
        ]
        workbook = of_sheet(workbook, draw(st.sampled_from([changes[0]] * 12 + changes)), at)
    return workbook


@cache
def question(policy: BlankPolicy | None, *, alone: bool) -> tuple[tuple[Form, ...], dict[str, Any]]:
    """Which forms are asked for, one or all; every print has been met under this question."""
    known: dict[str, Any] = {"others": others() if alone else (), "policy": policy}
    asked = (form(),) if alone else (form(), *others())
    for name in LAYOUTS:
        observe(printed(name), asked, **known)
    return asked, known


@settings(deadline=None, max_examples=60)
@given(damaged(), st.booleans(), st.sampled_from([None, BlankPolicy.ZERO]))
def test_whatever_is_changed_the_print_and_the_full_search_agree(
    workbook: Workbook, alone: bool, policy: BlankPolicy | None
) -> None:
    asked, known = question(policy, alone=alone)
    assert observe(workbook, asked, **known) == observe_in_full(workbook, asked, **known)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_next_form_on_a_known_print_is_read_by_it(name: str) -> None:
    met = Recall((form(),), (), None)
    first = printed(name)
    found = observe_in_full(first, (form(),))
    assert not isinstance(found, Unlocated)
    met.remember(first, found)
    values = numbered() | {"C2": "１２", "C3": None, "C5": "约7", "C1": 5}
    other = filing(values, filer="平罗县乙镇", sign_off={"审核人": "钱五"})
    book = workbook_of(lay_out(other, LAYOUTS[name]))

    seen = met.seen(book)

    assert seen is not None
    assert (seen,) == observe_in_full(book, (form(),))
    assert seen.filer is not None
    assert seen.filer.text == "平罗县乙镇"


def test_a_number_shown_with_words_is_read_by_a_known_print_as_in_full() -> None:
    met = Recall((form(),), (), None)
    first = printed("plain")
    found = observe_in_full(first, (form(),))
    assert not isinstance(found, Unlocated)
    met.remember(first, found)
    sheet = first.sheets[0]
    observation = found[0].observations["A1"]
    place = observation.address.row, observation.address.column
    book = of_sheet(first, lambda sheet: with_cell(sheet, place, replace(sheet.cells[place], words="1000万条")))

    seen = met.seen(book)

    assert sheet.cells[place].kind is CellKind.NUMBER
    assert seen is not None
    assert (seen,) == observe_in_full(book, (form(),))
    assert seen.observations["A1"].value is None


@pytest.mark.parametrize("name", LAYOUTS)
def test_another_print_is_not_taken_for_a_known_one(name: str) -> None:
    met = Recall((form(),), (), None)
    for other in LAYOUTS:
        found = observe_in_full(printed(other), (form(),))
        assert not isinstance(found, Unlocated)
        if other != name:
            met.remember(printed(other), found)

    same = {"plain": "spare sheets", "spare sheets": "plain"}  # but for sheets without a cell
    assert (met.seen(printed(name)) is None) == (name not in same)


def test_facts_that_the_print_knows_nothing_of_send_a_sheet_the_full_way() -> None:
    met = Recall((form(),), (), None)
    workbook = printed("plain")
    found = observe_in_full(workbook, (form(),))
    assert not isinstance(found, Unlocated)
    met.remember(workbook, found)
    beside = Sheet("旧表", {(1, 1): Cell(1, 1, CellKind.TEXT, "x")}, visibility=Visibility.HIDDEN)

    assert met.seen(workbook) is not None
    assert met.seen(replace(workbook, sheets=(*workbook.sheets, beside))) is None
    assert met.seen(of_sheet(workbook, lambda sheet: replace(sheet, hidden_rows=frozenset({3})))) is None


LABEL = Cell(2, 1, CellKind.TEXT, "一、主动公开情况")


@pytest.mark.parametrize(
    "change",
    [
        lambda sheet: with_cell(sheet, (2, 1), LABEL),
        lambda sheet: with_cell(sheet, (9, 9), LABEL),
        lambda sheet: replace(sheet, name="说明"),
        lambda sheet: replace(sheet, visibility=Visibility.HIDDEN),
    ],
)
def test_the_notes_beside_a_form_belong_to_the_print(change: Callable[[Sheet], Sheet]) -> None:
    met = Recall((form(),), (), None)
    workbook = printed("notes")
    found = observe_in_full(workbook, (form(),))
    assert not isinstance(found, Unlocated)
    met.remember(workbook, found)

    assert met.seen(workbook) == found[0]
    assert met.seen(of_sheet(workbook, change, 0)) is None
    assert met.seen(replace(workbook, sheets=(workbook.sheets[0], workbook.sheets[0], workbook.sheets[1]))) is None


def test_notes_beside_a_form_may_say_anything_that_no_form_has() -> None:
    met = Recall((form(),), (), None)
    workbook = printed("notes")
    found = observe_in_full(workbook, (form(),))
    assert not isinstance(found, Unlocated)
    met.remember(workbook, found)
    other = of_sheet(workbook, lambda sheet: with_cell(sheet, (2, 1), Cell(2, 1, CellKind.TEXT, "一式三份。")), 0)

    seen = met.seen(other)

    assert seen is not None
    assert (seen,) == observe_in_full(other, (form(),))


def test_a_sheet_beside_the_form_that_says_something_to_a_form_has_no_print() -> None:
    met = Recall((form(),), (), None)
    workbook = of_sheet(printed("notes"), lambda sheet: with_cell(sheet, (2, 1), LABEL), 0)
    found = observe_in_full(workbook, (form(),))
    assert not isinstance(found, Unlocated)
    met.remember(workbook, found)

    assert met.seen(workbook) is None


def test_only_so_many_prints_are_kept() -> None:
    met = Recall((form(),), (), None)
    books = [workbook_of(lay_out(filing(), Layout(top=top))) for top in range(1, 40)]
    for book in books:
        found = observe_in_full(book, (form(),))
        assert not isinstance(found, Unlocated)
        met.remember(book, found)

    assert met.seen(books[0]) is None
    assert met.seen(books[-1]) is not None


def test_each_question_has_its_own_prints() -> None:
    first = recall((form(),), (), None)

    assert recall((form(),), (), None) is first
    assert recall((form(),), (), BlankPolicy.ZERO) is not first
    assert recall((form(),), others(), None) is not first
    assert recall((replace(form()),), (), None) is not first


def test_an_empty_workbook_has_no_print() -> None:
    assert recall((form(),), (), None).seen(Workbook(FileFormat.XLSX, (Sheet("Sheet1", {}),))) is None


@pytest.mark.parametrize("look", [{"number_format": ";;;"}, {"number_format": "0;-0;"}, {"shown": "99"}], ids=str)
@pytest.mark.parametrize("number", ["0", "7"])
def test_a_number_that_its_format_hides_is_read_by_a_known_print_as_in_full(look: dict[str, str], number: str) -> None:
    asked, known = question(None, alone=True)
    found = observe(printed("plain"), asked, **known)
    assert not isinstance(found, Unlocated)
    place = found[0].observations["A1"].address
    cell = Cell(place.row, place.column, CellKind.NUMBER, number, Decimal(number), **look)  # type: ignore[arg-type]
    book = of_sheet(printed("plain"), lambda sheet: with_cell(sheet, (place.row, place.column), cell))

    assert observe(book, asked, **known) == observe_in_full(book, asked, **known)
