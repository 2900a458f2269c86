"""The platform table beside the statistics form, as 姚伏镇 (平罗县) filed both for 2016, laid out in many ways.

Figures and spellings are the published ones. The telephone numbers are made up, the list of sections is shortened, and
the source does not tell which platform each figure of 点击量或关注情况 belongs to. Nothing here reads the project's own
definitions: labels and values come from the published filing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import Layout as ListLayout
from tests.builders import lay_out
from tests.filings import Book, Filing, Line, Page, Value, letters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STATISTICS, PLATFORM = "gov-info-disclosure-2014", "platform-2016"
UNIT = "平罗县姚伏镇"
TITLE = "政务公开平台建设情况表"
FIGURES: Mapping[str, Value] = {
    **dict.fromkeys(NUMBERS, 0),
    "A1": 623, "A22": 182, "A23": 112, "A24": 287, "A25": 103,
    "B1": 320, "B23": 37, "B24": 6, "B25": 2100, "C4": "0",
    "E": 3, "E1": 2, "E2": 1, "F": 2,
    "H1": 1, "H2": 3, "H3": 6, "H31": 1, "H32": 5, "I1": 4, "I2": 4, "I3": 120,
}  # fmt: skip
"""The value column of 政府信息公开情况统计表 by code; the sign-off fields were blank."""

HEADS = {
    "name": "平台名称",
    "start": "始办日期",
    "sections": "栏目、频道、功能等设置情况",
    "push": "信息公示或推送情况",
    "reach": "点击量或关注情况",
    "interpret": "运用平台开展政策解读情况",
    "interact": "进行政务舆情回应及政民互动情况",
    "opendata": "运用平台实施数据开放情况",
    "remark": "备注",
}
KINDS = {
    "website": "官方网站",
    "wechat": "政务微信",
    "weibo": "政务微博",
    "app": "移动客户端（APP）",
    "hotline": "热线电话",
    "other": "其他",
}
_SECTIONS = "设：公文发布、通知公告、政策解读"
_OPEN = "根据规定对每月（季度）各项工作进展进行公示"
_ASKED, _ANSWERED = "定期发布各类政策决策信息", "定期回复网民问题"
FILED: Mapping[str, tuple[str, ...]] = {
    "website": ("平罗县人民政府网", "2012.08", _SECTIONS, "168次", "2591次", _ASKED, _ANSWERED, _OPEN),
    "wechat": ("平罗姚伏", "2015.12", "", "30-40条每月", "点击量200-300次/月", "5-10条/月", "10-15次/月", ""),
    "weibo": ("姚伏镇政府", "2015.06", "", "15-20条每月", "120次/条", "5-10条/月", "10-15次/月", ""),
    "app": ("平罗姚伏", "2015.12", "", "30-40条每月", "100/条", "5-10条/月", "10-15次/月", ""),
    "hotline": ("0952-6123456 0952-6123457", "", "", "", "电话24小时开通", "", "", ""),
    "other": (),
}
"""What stood in the cells of each row, from 平台名称 on; 备注 was blank everywhere."""

Cells = dict[str, str]


def cells(**changes: str) -> Cells:
    """What was filed by code (`wechat.push`), blanks included; `wechat_push="…"` replaces one."""
    filed = {
        f"{kind}.{key}": dict(zip(HEADS, FILED[kind], strict=False)).get(key, "") for kind in KINDS for key in HEADS
    }
    return filed | {name.replace("_", ".", 1): text for name, text in changes.items()}


def sound(**changes: str) -> Cells:
    """The same table without what is questionable in it."""
    repaired = {"wechat_push": "287条", "weibo_push": "112条", "app_name": "无"}
    emptied = dict.fromkeys(("app_start", "app_push", "app_reach", "app_interpret", "app_interact"), "")
    return cells(**{**repaired, **emptied, **changes})


@dataclass(frozen=True)
class Layout:
    """How the table is laid out. The default is the printed one: no word over the kinds, one head row."""

    top: int = 1
    left: int = 1
    title: str = TITLE
    corner: str = ""
    heading: bool = True
    merged_head: bool = False
    wide_kind: bool = False
    gap: tuple[str, ...] = ()
    order: tuple[str, ...] = tuple(KINDS)
    keys: tuple[str, ...] = tuple(HEADS)
    strange: tuple[str, ...] = ()
    serial: bool = False
    head: Callable[[str], str] = str
    label: Callable[[str], str] = str


@dataclass
class Laid:
    """A worksheet with the place of every cell by code."""

    page: Page
    places: dict[str, tuple[int, int]]

    def address(self, code: str) -> str:
        row, column = self.places[code]
        return f"{letters(column)}{row}"


def table(layout: Layout = Layout(), filed: Cells | None = None, page: Page | None = None) -> Laid:
    """The platform table on a sheet of its own, or on a `page` that has something above."""
    filed = cells() if filed is None else filed
    laid = Laid(page or Page(TITLE), {})
    page, row, left = laid.page, layout.top, layout.left
    if layout.title:
        page.put(row, left, layout.title)
        row += 1
    if layout.heading:
        page.put(row, left, f"填报单位（盖章）：{UNIT}")
        page.put(row, left + 5, "（2016年度）")
        row += 1
    kind = left + layout.serial
    first = kind + 1 + layout.wide_kind + len(layout.strange)
    row = _heads(page, layout, row, kind, first)
    for number, code in enumerate(layout.order, start=1):
        row += code in layout.gap
        if layout.serial:
            page.put(row, left, number)
        page.put(row, kind, layout.label(KINDS[code]))
        if layout.wide_kind:
            page.merges.append((row, kind, row, kind + 1))
        for step, key in enumerate(layout.keys):
            page.put(row, first + step, filed[f"{code}.{key}"] or None)
            laid.places[f"{code}.{key}"] = (row, first + step)
        row += 1
    return laid


def _heads(page: Page, layout: Layout, row: int, kind: int, first: int) -> int:
    last = row + layout.merged_head
    if layout.serial:
        page.put(row, layout.left, "序号")
    if layout.corner:
        page.put(row, kind, layout.corner)
    for step, text in enumerate(layout.strange):
        page.put(row, first - len(layout.strange) + step, text)
    for step, key in enumerate(layout.keys):
        page.put(row, first + step, layout.head(HEADS[key]))
        if layout.merged_head:
            page.merges.append((row, first + step, last, first + step))
    return last + 1


def statistics(filer: str = UNIT, values: Mapping[str, Value] = FIGURES, top: int = 1) -> Book:
    """政府信息公开情况统计表 as published, on one sheet."""
    lines = tuple(Line(label, unit, values.get(code), level=level) for code, level, label, unit in PRINTED)
    return lay_out(Filing(lines, filer=filer), ListLayout(sheet="统计表", top=top))


def figure_address(book: Book, code: str) -> str:
    return book.address(CODES.index(code))


def on_two_sheets(filed: Cells | None = None) -> tuple[Book, Laid]:
    """Both forms in one file, a sheet each."""
    book, laid = statistics(), table(filed=filed)
    book.pages.append(laid.page)
    return book, laid


def on_one_sheet(filed: Cells | None = None, *, heading: bool = True) -> tuple[Book, Laid]:
    """Both forms on one sheet, the platform table below the sign-off of the other."""
    book = statistics()
    page = book.pages[0]
    bottom = max(row for row, _ in page.cells)
    return book, table(Layout(top=bottom + 2, heading=heading), filed, page)


def alone(laid: Laid) -> Book:
    """The platform table in a file of its own."""
    return Book([laid.page], laid.page.name, {}, {})


def filed_by(unit: str, book: Book) -> Book:
    """The book as another unit of the county files it."""
    for page in book.pages:
        for place, (value, style) in page.cells.items():
            if isinstance(value, str):
                page.cells[place] = (value.replace(UNIT, unit), style)
    return book
