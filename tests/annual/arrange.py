"""Laid-out reports arranged anew: lines inserted, tables side by side, chapters of prose put in the ways people do.

In: a `Laid` report, whose places stay right. Nothing here reads the project's own definitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.filings import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tests.annual.pages import Laid

OVERVIEW, PROBLEMS, OTHERS = "一、总体情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
CHAPTERS: Mapping[str, str] = {
    OVERVIEW: (
        "2025年，我镇认真贯彻《中华人民共和国政府信息公开条例》（2019年修订），现将情况报告如下。\n"
        "（一）主动公开。通过县政府网站公开信息约300余条。\n（二）依申请公开。一是规范办理，二是及时答复。"
    ),
    PROBLEMS: "一、政策解读形式单一；二、更新不够及时。下一步，2026年将增加图解，落实专人负责。",
    OTHERS: "本年度未收取信息处理费，没有其他需要报告的事项。",
}


def insert_rows(laid: Laid, sheet: int, before: int, count: int) -> None:
    """Push everything from row `before` on down by `count`; a merge that spans the place grows."""
    page = laid.pages[sheet]
    page.cells = {(row + count if row >= before else row, column): cell for (row, column), cell in page.cells.items()}
    page.merges = [
        (top + count if top >= before else top, left, bottom + count if bottom >= before else bottom, right)
        for top, left, bottom, right in page.merges
    ]
    for code, (name, row, column) in laid.places.items():
        if name == page.name and row >= before:
            laid.places[code] = (name, row + count, column)


def last_row(page: Page) -> int:
    return max(row for row, _ in page.cells)


def blank_lines(laid: Laid) -> Laid:
    """A blank line over every third line of every sheet, as pages that were broken leave them."""
    for number, page in enumerate(laid.pages):
        for row in range(last_row(page), 3, -3):
            insert_rows(laid, number, row, 1)
    return laid


def side_by_side(laid: Laid) -> Laid:
    """All sheets on one, each right of the one before it, with a narrow column between."""
    joined, offset = Page("年报"), 0
    for page in laid.pages:
        for (row, column), (value, style) in page.cells.items():
            joined.put(row, column + offset, value, style)
        joined.merges += [(top, left + offset, bottom, right + offset) for top, left, bottom, right in page.merges]
        for code, (name, row, column) in laid.places.items():
            if name == page.name:
                laid.places[code] = (joined.name, row, column + offset)
        offset = max(*(column for _, column in joined.cells), *(right for *_, right in joined.merges)) + 1
    laid.pages[:] = [joined]
    return laid


def beneath(page: Page, row: int, heading: str, text: str) -> int:
    """One merged cell under the heading."""
    page.put(row, 1, heading)
    page.put(row + 1, 1, text)
    page.merges.append((row + 1, 1, row + 3, 8))
    return row + 5


def in_rows(page: Page, row: int, heading: str, text: str) -> int:
    """A row for each paragraph."""
    page.put(row, 1, heading)
    for number, line in enumerate(text.split("\n"), start=1):
        page.put(row + number, 1, f"　　{line}")
    return row + 2 + text.count("\n")


def beside(page: Page, row: int, heading: str, text: str) -> int:
    """The heading at the left, merged downwards, and the text at its right."""
    page.put(row, 1, heading)
    page.merges.append((row, 1, row + 2, 1))
    page.put(row, 2, text)
    page.merges.append((row, 2, row + 2, 8))
    return row + 4


def same_cell(page: Page, row: int, heading: str, text: str) -> int:
    """Heading and text in one cell."""
    page.put(row, 1, f"{heading}\n{text}")
    page.merges.append((row, 1, row, 8))
    return row + 1


def run_on(page: Page, row: int, heading: str, text: str) -> int:
    """The text right after the heading, in its line."""
    page.put(row, 1, f"{heading}：{text}")
    return row + 1


WAYS: Mapping[str, Callable[[Page, int, str, str], int]] = {
    "one merged cell beneath": beneath,
    "several rows beneath": in_rows,
    "beside": beside,
    "in the heading's own cell": same_cell,
    "after the heading": run_on,
}


def with_prose(
    laid: Laid,
    way: Callable[[Page, int, str, str], int] = beneath,
    chapters: Mapping[str, str] = CHAPTERS,
    closing: Sequence[str] = ("平罗县甲镇人民政府", "2026年1月12日"),
) -> Laid:
    """Chapter 一 between the title and the tables, the others below them, then the office and the date."""
    first, last = laid.pages[0], laid.pages[-1]
    over = Page("over")
    size = sum((way(over, 1, heading, chapters[heading]) for heading in [OVERVIEW] if heading in chapters), 0)
    insert_rows(laid, 0, 2, size)
    if OVERVIEW in chapters:
        way(first, 2, OVERVIEW, chapters[OVERVIEW])
    row = last_row(last) + 2
    for heading, text in chapters.items():
        if heading != OVERVIEW:
            row = way(last, row, heading, text)
    for line in closing:
        last.put(row, 6, line)
        row += 1
    return laid


def on_own_sheets(laid: Laid, chapters: Mapping[str, str] = CHAPTERS, *, named: bool = False) -> Laid:
    """A sheet for each chapter, under its heading or with the heading as the sheet's name."""
    for heading, text in chapters.items():
        page = Page(heading if named else heading[:2] + "文字")
        if not named:
            page.put(1, 1, heading)
        page.put(1 if named else 2, 1, text)
        laid.pages.append(page)
    return laid
