"""The platform table as offices lay it out: every cell is found by what is printed, wherever it stands."""

from __future__ import annotations

from functools import cache

import pytest

from consolidator.findings import Severity
from consolidator.form import Form, load_by_id
from consolidator.locate import Located, observe
from consolidator.model import FileFormat, Sheet, Workbook
from tests.filings import Page
from tests.locate.grids import sheet_of
from tests.platform.tables import (
    HEADS,
    KINDS,
    PLATFORM,
    STATISTICS,
    Laid,
    Layout,
    cells,
    on_one_sheet,
    statistics,
    table,
)

MIXED = ("other", "weibo", "website", "hotline", "app", "wechat")
LAYOUTS = {
    "as printed": Layout(),
    "a word over the kinds": Layout(corner="平台类别"),
    "two head rows": Layout(merged_head=True, corner="类别"),
    "kinds over two merged columns": Layout(wide_kind=True, corner="平台类型"),
    "moved down and right": Layout(top=6, left=4),
    "no title": Layout(title=""),
    "another title": Layout(title="2016年政务公开平台建设情况统计表"),
    "rows in another order": Layout(order=MIXED),
    "blank rows between": Layout(gap=("wechat", "hotline", "other")),
    "serial numbers": Layout(serial=True, corner="平台类别"),
    "line breaks in heads": Layout(head=lambda text: f"{text[:4]}\n{text[4:]}"),
    "spaces in labels": Layout(label=lambda text: "　".join(text) if len(text) < 5 else text),
    "half-width brackets": Layout(label=lambda text: text.replace("（", " (").replace("）", ")")),
    "numbered kinds": Layout(label=lambda text: f"{list(KINDS.values()).index(text) + 1}. {text}"),
    "other words for the kinds": Layout(label=lambda text: {"官方网站": "门户网站", "政务微信": "微信公众号"}.get(text, text)),
    "heads in another order": Layout(keys=("start", "name", "reach", "push", "opendata", "interact", "interpret", "remark", "sections")),
}  # fmt: skip


@cache
def form(form_id: str) -> Form:
    return load_by_id(form_id)


def located(sheets: tuple[Sheet, ...], *forms: str) -> dict[str, Located]:
    seen = observe(Workbook(FileFormat.XLSX, sheets), tuple(map(form, forms or (PLATFORM,))))
    assert isinstance(seen, tuple), seen
    found = {each.form.id: each for each in seen}
    assert len(found) == len(seen)
    return found


def read(laid: Laid) -> Located:
    return located((sheet_of(laid.page),))[PLATFORM]


def texts(result: Located) -> dict[str, tuple[str, str]]:
    return {code: (seen.raw, seen.address.a1) for code, seen in result.observations.items()}


def wanted(laid: Laid) -> dict[str, tuple[str, str]]:
    return {code: (text, laid.address(code)) for code, text in cells().items() if code in laid.places}


def told(result: Located) -> set[tuple[str, str]]:
    return {(each.code, each.case) for each in result.findings if each.severity in {Severity.HARD, Severity.SOFT}}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_cell_is_read_in_every_layout(layout: Layout) -> None:
    laid = table(layout)

    result = read(laid)

    assert texts(result) == wanted(laid)
    assert told(result) == set()


def test_a_column_that_the_form_has_not_is_not_read() -> None:
    laid = table(Layout(strange=("主管部门",)))
    for row, column in [laid.places[f"{kind}.name"] for kind in KINDS]:
        laid.page.put(row, column - 1, "宣传办")

    result = read(laid)

    assert texts(result) == wanted(laid)
    assert told(result) == set()


def test_two_accounts_under_one_kind_are_not_added_and_not_chosen() -> None:
    laid = table(Layout())
    row, column = laid.places["wechat.name"]
    pushed = {
        (at + (at > row), across): cell for (at, across), cell in laid.page.cells.items()
    }  # one row more under 政务微信
    page = Page(laid.page.name, cells=pushed)
    page.put(row + 1, column - 1, "政务微信")
    page.put(row + 1, column, "平罗发布")

    result = located((sheet_of(page),))[PLATFORM]

    assert result.observations["wechat.name"].how == "doubled"
    assert result.observations["wechat.name"].value is None
    assert result.observations["weibo.name"].value == "姚伏镇政府"


@pytest.mark.parametrize("heading", [True, False], ids=["two headings", "one heading"])
def test_two_forms_under_one_another_keep_to_their_own_rows(heading: bool) -> None:
    book, laid = on_one_sheet(heading=heading)

    found = located((sheet_of(book.pages[0]),), STATISTICS, PLATFORM)

    assert texts(found[PLATFORM]) == wanted(laid)
    assert found[STATISTICS].observations["A24"].number == 287
    assert {each.filer.text for each in found.values() if each.filer} == {"平罗县姚伏镇"}
    assert {str(each.period.period) for each in found.values() if each.period} == {"2016"}
    assert all(each.filer and each.period for each in found.values())


def test_the_platform_table_may_stand_above_the_other_form() -> None:
    laid = table(Layout())
    below = statistics(top=max(row for row, _ in laid.page.cells) + 2)
    laid.page.cells.update(below.pages[0].cells)

    found = located((sheet_of(laid.page),), STATISTICS, PLATFORM)

    assert texts(found[PLATFORM]) == wanted(laid)
    numbers = {code: seen.number for code, seen in found[STATISTICS].observations.items() if seen.number}
    assert (numbers["A22"], numbers["A23"], numbers["A24"]) == (182, 112, 287)


def test_under_no_head_no_cell_is_read_and_that_is_all_there_is_to_say() -> None:
    laid = table(Layout())
    page = Page(laid.page.name, cells={place: cell for place, cell in laid.page.cells.items() if place[0] != 3})

    result = located((sheet_of(page),))[PLATFORM]

    assert result.observations == {}
    assert told(result) == {("L04", "headless")}


@pytest.mark.parametrize(
    ("text", "withheld"), [("未建网站，见县政府门户", True), ("未开通", False), ("无", False), ("", False)]
)
def test_a_text_merged_over_several_columns_is_taken_for_none_unless_it_says_nothing(text: str, withheld: bool) -> None:
    laid = table(Layout())
    row, column = laid.places["app.name"]
    for step in range(3):
        laid.page.put(row, column + step, text if not step else None)
    laid.page.merges.append((row, column, row, column + 2))

    result = read(laid)

    assert ("L06", "") in told(result) if withheld else told(result) == set()
    assert {result.observations[f"app.{key}"].value for key in list(HEADS)[:3]} == {None if withheld else text or None}
