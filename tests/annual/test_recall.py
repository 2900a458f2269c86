"""A report read by a print that was met before says exactly what the full search says of it."""

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
from consolidator.locate.prints.recall import Recall
from consolidator.model import Area, Cell, CellKind, Sheet, Visibility, Workbook
from tests.annual.arrange import CHAPTERS, WAYS, side_by_side, with_prose
from tests.annual.pages import Layout, lay_out
from tests.annual.test_published import FORMS, WHOLE, workbook
from tests.locate.test_recall import main, of_sheet, with_cell

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.annual.pages import Laid

NEW = FORMS["annual-report-2021"]
LAYOUTS: dict[str, Callable[[], Laid]] = {
    "tables alone": lambda: lay_out(WHOLE),
    "moved": lambda: lay_out(WHOLE, Layout(top=3, left=2)),
    "flat labels": lambda: lay_out(WHOLE, Layout(depth=1, merged=False)),
    "chapter four in rows": lambda: lay_out(WHOLE, Layout(disputes_in_rows=True)),
    "side by side": lambda: side_by_side(lay_out(WHOLE)),
} | {f"prose, {way}": lambda way=way: with_prose(lay_out(WHOLE), WAYS[way]) for way in WAYS}  # type: ignore[misc]
TEXTS = (
    "", "0", "7", "１２", "12", "约5", "—", "无", "条", "一", "二、", "（一）", "3.", "统计指标", "总计", "其他", "申请人情况", "自然人", "结果维持",
    "行政复议", "行政许可", "本年制发件数", "本年收费金额（单位：元）", "单位：元", "单位：万件", "三、收到和处理政府信息公开申请情况（2024年）",
    "第二十条第（一）项（2024年）", "2024年", "上年", "（上半年）", "计划数", "2024年申请人情况", "平罗县乙镇2025年政府信息公开工作年度报告",
    "平罗县乙镇2024年政府信息公开工作年度报告", "一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项", "五、存在的主要问题及改进情况：没有。",
    "四、政府信息公开行政复议、行政诉讼情况", "（三）不予公开", "1.属于国家秘密", "1.属于", "国家秘密", "注：本表为2024年数据", "此表作废", "乙镇人民政府",
    "2026年1月12日", "2026年", "年度报告（计划）", "本年新收政府信息公开申请数量", "共2人", "规章", "规", "章", "序号", "备注",
)  # fmt: skip


@cache
def others() -> tuple[Form, ...]:
    return (load_by_id("annual-report-2019"), load_by_id("gov-info-disclosure-2014"))


@cache
def printed(name: str) -> Workbook:
    return workbook(LAYOUTS[name]())


@cache
def question(policy: BlankPolicy | None, *, alone: bool) -> tuple[tuple[Form, ...], dict[str, Any]]:
    """Which forms are asked for, one or all; every print has been met under this question."""
    known: dict[str, Any] = {"others": others() if alone else (), "policy": policy}
    asked = (NEW,) if alone else (NEW, *others())
    for name in LAYOUTS:
        observe(printed(name), asked, **known)
    return asked, known


def a_cell(draw: st.DrawFn, row: int, column: int) -> Cell | None:
    kind = draw(st.sampled_from([None, CellKind.BLANK, CellKind.TEXT, CellKind.TEXT, CellKind.NUMBER, CellKind.NUMBER]))
    if kind is None:
        return None
    rare = draw(
        st.sampled_from(
            [{}, {}, {}, {}, {"struck": True}, {"comment": "问"}, {"number_format": ";;;"}, {"words": "7万条"}]
        )
    )
    if kind is CellKind.NUMBER:
        number = draw(st.sampled_from(("0", "7", "12", "2016", "3.5", "-1", "1234567890123456")))
        return Cell(row, column, kind, number, Decimal(number), **rare)
    return Cell(row, column, kind, "" if kind is CellKind.BLANK else draw(st.sampled_from(TEXTS)), **rare)


@st.composite
def damaged(draw: st.DrawFn) -> Workbook:
    """A filled report with one to three things changed: a cell, cells that slid, a merge, what is hidden, a name."""
    book = printed(draw(st.sampled_from(list(LAYOUTS))))
    for _ in range(draw(st.integers(1, 3))):
        sheet = book.sheets[main(book)]
        row, column = draw(st.sampled_from(list(sheet.cells)))
        row, column = (
            max(1, row + draw(st.sampled_from((0, 0, 0, 1, -1)))),
            column + draw(st.sampled_from((0, 0, 0, 1))),
        )
        area = Area(row, column, row + draw(st.integers(0, 2)), column + draw(st.integers(0, 2)))
        cell, by = a_cell(draw, row, column), draw(st.sampled_from((1, -1)))
        changes: list[Callable[[Sheet], Sheet]] = [
            lambda sheet, cell=cell, place=(row, column): with_cell(sheet, place, cell),
            lambda sheet, row=row: with_numbers(sheet, {place: "0" for place in sheet.cells if place[0] == row}),
            lambda sheet, row=row, by=by: slid(sheet, row, by),
            lambda sheet, area=area: replace(sheet, merges=(*sheet.merges, area)),
            lambda sheet, row=row: replace(sheet, hidden_rows=frozenset({row})),
            lambda sheet: replace(sheet, name="2024年"),
            lambda sheet: replace(sheet, visibility=Visibility.HIDDEN),
        ]
        book = of_sheet(book, draw(st.sampled_from([changes[0]] * 8 + [changes[1]] * 2 + changes)))
    return book


def with_numbers(sheet: Sheet, numbers: dict[tuple[int, int], str]) -> Sheet:
    """The sheet with other numbers in cells that hold one."""
    for place, number in numbers.items():
        cell = sheet.cells[place]
        if cell.kind is CellKind.NUMBER:
            sheet = with_cell(sheet, place, replace(cell, text=number, number=Decimal(number)))
    return sheet


def slid(sheet: Sheet, row: int, by: int) -> Sheet:
    """The sheet with the numbers of a row one column to the side."""
    numbers = {place: cell for place, cell in sheet.cells.items() if place[0] == row and cell.kind is CellKind.NUMBER}
    cells = {place: cell for place, cell in sheet.cells.items() if place not in numbers}
    moved = {
        (row, column + by): replace(cell, column=column + by) for (_, column), cell in numbers.items() if column + by
    }
    return replace(sheet, cells=dict(sorted((cells | {k: v for k, v in moved.items() if k not in cells}).items())))


@settings(deadline=None, max_examples=60)
@given(damaged(), st.booleans(), st.sampled_from([None, BlankPolicy.ZERO]))
def test_whatever_is_changed_the_print_and_the_full_search_agree(
    book: Workbook, alone: bool, policy: BlankPolicy | None
) -> None:
    asked, known = question(policy, alone=alone)

    assert observe(book, asked, **known) == observe_in_full(book, asked, **known)


@pytest.mark.parametrize("name", LAYOUTS)
def test_the_next_report_on_a_known_print_is_read_by_it(name: str) -> None:
    met = Recall((NEW,), (), None)
    first = printed(name)
    found = observe_in_full(first, (NEW,))
    assert not isinstance(found, Unlocated)
    met.remember(first, found)
    numbers = {place: str(place[0] * 7 + place[1]) for sheet in first.sheets for place in sheet.cells}
    book = of_sheet(first, lambda sheet: with_numbers(sheet, numbers))
    for before, after in (("平罗县甲镇", "平罗县乙镇"), (CHAPTERS["六、其他需要报告的事项"], "没有。")):
        book = of_sheet(book, lambda sheet, before=before, after=after: reworded(sheet, before, after))

    seen = met.seen(book)

    assert seen is not None
    assert (seen,) == observe_in_full(book, (NEW,))
    where = seen.observations["L3.total"].address
    assert seen.observations["L3.total"].value == Decimal(numbers[where.row, where.column])
    assert not any(CHAPTERS["六、其他需要报告的事项"] == one.value for one in seen.observations.values())


@pytest.mark.parametrize("name", ["tables alone", "prose, beside"])
def test_the_name_of_the_sheet_is_no_part_of_the_print(name: str) -> None:
    met = Recall((NEW,), (), None)
    first = printed(name)
    found = observe_in_full(first, (NEW,))
    assert not isinstance(found, Unlocated)
    met.remember(first, found)
    book = of_sheet(first, lambda sheet: replace(sheet, name="乙镇"))

    seen = met.seen(book)

    assert seen is not None
    assert (seen,) == observe_in_full(book, (NEW,))


def reworded(sheet: Sheet, before: str, after: str) -> Sheet:
    """The sheet with other words in its texts."""
    for place, cell in sheet.cells.items():
        if cell.kind is CellKind.TEXT and before in cell.text:
            sheet = with_cell(sheet, place, replace(cell, text=cell.text.replace(before, after)))
    return sheet


def test_a_blank_among_the_figures_sends_a_report_the_full_way() -> None:
    met = Recall((NEW,), (), None)
    first = printed("tables alone")
    found = observe_in_full(first, (NEW,))
    assert not isinstance(found, Unlocated)
    met.remember(first, found)
    place = found[0].observations["Q1.np"].address
    book = of_sheet(first, lambda sheet: with_cell(sheet, (place.row, place.column), None))

    assert met.seen(first) == found[0]
    assert met.seen(book) is None
