"""Annual-report tables as worksheets: what was published, laid out as these forms are printed.

Nothing here reads the project's own definitions: labels and values come from published reports.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.filings import Page

if TYPE_CHECKING:
    from collections.abc import Callable

PUBLISHED = {
    filing["name"]: filing
    for filing in json.loads((Path(__file__).parent / "published.json").read_text(encoding="utf-8"))
}
REMARK = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
COLUMNS = ("np", "ent", "res", "ngo", "law", "oth", "tot")
RESULTS = ("upheld", "corrected", "other", "pending", "total")
HEADS = {
    "annual-report-2021": {
        "一": ("issued", "repealed", "in_force"),
        "五": ("decisions",),
        "六": ("decisions",),
        "八": ("amount",),
    },
    "annual-report-2019": {
        "一": ("made", "published", "total"),
        "五": ("previous", "change", "decisions"),
        "六": ("previous", "change", "decisions"),
        "八": ("previous", "change"),
        "九": ("items", "amount"),
    },
}
SMALL = {
    "规章": "P11", "规范性文件": "P12", "行政规范性文件": "P12", "行政许可": "P51", "其他对外管理服务事项": "P52",
    "行政处罚": "P61", "行政强制": "P62", "行政事业性收费": "P81", "政府集中采购": "P91",
}  # fmt: skip
DISPUTES = {"行政复议": "L1", "未经复议直接起诉": "L2", "复议后起诉": "L3"}


@dataclass(frozen=True)
class Layout:
    """How the tables are laid out: label columns of chapter 三, merged or flat heads, tables on several sheets."""

    depth: int = 3
    merged: bool = True
    head: Callable[[str], str] = str
    label: Callable[[str], str] = str
    sheets: bool = False
    disputes_in_rows: bool = False
    top: int = 1
    left: int = 1
    numbers: bool = True
    index_row: bool = False


@dataclass
class Laid:
    """Worksheets with the place of every value: indicator code to (sheet, row, column), and what was published there."""

    pages: list[Page] = field(default_factory=list)
    places: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)


def question_code(label: str) -> str:
    """Q code of a row by its printed numbers."""
    chapters = {"一": "Q1", "二": "Q2", "三": "Q3", "四": "Q4"}
    parent, _, last = label.rpartition("|")
    for part in filter(None, (parent, last)):
        if part[1:2] == "、":
            code = chapters[part[0]]
        elif part[0] in "（(":
            code = "Q3" + str("一二三四五六七".index(part[1]) + 1)
        else:
            code = code + part[0]
    return code


class Press:
    """Lays one published filing out."""

    def __init__(self, layout: Layout, name: str) -> None:
        self.layout = layout
        self.laid = Laid([Page(name)])
        self.row = layout.top

    @property
    def page(self) -> Page:
        return self.laid.pages[-1]

    def new_sheet(self, name: str) -> None:
        if self.layout.sheets:
            self.laid.pages.append(Page(name))
            self.row = self.layout.top

    def line(self, text: str) -> None:
        self.page.put(self.row, self.layout.left, text)
        self.row += 1

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if self.layout.merged and (bottom > top or right > left):
            self.page.merges.append((top, left, bottom, right))

    def value(self, code: str, column: int, raw: str) -> None:
        typed: Any = int(raw) if self.layout.numbers and raw.isdigit() else raw
        self.page.put(self.row, column, typed if raw else None)
        self.laid.places[code] = (self.page.name, self.row, column)
        self.laid.raw[code] = raw

    def small(self, article: str, cols: list[str], rows: list[list[str]], keys: tuple[str, ...]) -> None:
        left = self.layout.left
        self.page.put(self.row, left, article)
        self.merge(self.row, left, self.row, left + 3)
        self.row += 1
        wide = 3 if len(cols) == 2 else 1
        for number, text in enumerate(cols):
            at = left + number
            self.page.put(self.row, at, self.layout.head(text) if number else text)
            if number and wide > 1:
                self.merge(self.row, at, self.row, at + 2)
        self.row += 1
        for label, *values in rows:
            self.page.put(self.row, left, self.layout.label(label))
            for number, (key, raw) in enumerate(zip(keys, values, strict=True), start=1):
                self.value(f"{SMALL[label]}.{key}", left + number, raw)
            if wide > 1:
                self.merge(self.row, left + 1, self.row, left + 3)
            self.row += 1

    def matrix(self, cols: list[str], rows: dict[str, list[str]]) -> None:
        left, depth = self.layout.left, self.layout.depth
        first = left + depth
        top = self.row
        if self.layout.merged:
            self.page.put(top, left, REMARK)
            self.merge(top, left, top + 2, first - 1)
            self.page.put(top, first, "申请人情况")
            self.merge(top, first, top, first + 6)
            self.page.put(top + 1, first + 1, "法人或其他组织")
            self.merge(top + 1, first + 1, top + 1, first + 5)
        for number, text in enumerate(cols):
            outer = number in (0, 6) and self.layout.merged
            self.page.put(top + 1 if outer else top + 2, first + number, self.layout.head(text))
            if outer:
                self.merge(top + 1, first + number, top + 2, first + number)
        self.row = top + 3
        self._questions(rows, left, first)

    def _questions(self, rows: dict[str, list[str]], left: int, first: int) -> None:
        depth = self.layout.depth
        open_at: dict[str, int] = {}
        for label, values in rows.items():
            parent, _, last = label.rpartition("|")
            third = last[0] in "（(" or bool(parent)
            if depth == 1:
                for heading in ("三、本年度办理结果" if third else "", parent):
                    if heading and heading not in open_at:
                        open_at[heading] = self.row
                        self.page.put(self.row, left, self.layout.label(heading))
                        self.row += 1
                self.page.put(self.row, left, self.layout.label(last))
            elif depth == 2:
                if third and "三" not in open_at:
                    open_at["三"] = self.row
                    self.page.put(self.row, left, self.layout.label("三、本年度办理结果"))
                    self.row += 1
                if parent and parent not in open_at:
                    open_at[parent] = self.row
                    self.page.put(self.row, left, self.layout.label(parent))
                at = left + 1 if parent else left
                self.page.put(self.row, at, self.layout.label(last))
                self.merge(self.row, at, self.row, first - 1)
            else:
                if third and "三" not in open_at:
                    open_at["三"] = self.row
                    self.page.put(self.row, left, self.layout.label("三、本年度办理结果"))
                if parent and parent not in open_at:
                    open_at[parent] = self.row
                    self.page.put(self.row, left + 1, self.layout.label(parent))
                at = left if not third else left + 1 if not parent else left + 2
                self.page.put(self.row, at, self.layout.label(last))
                self.merge(self.row, at, self.row, first - 1)
            for number, raw in enumerate(values):
                self.value(f"{question_code(label)}.{COLUMNS[number]}", first + number, raw)
            self.row += 1
        if depth > 1:
            self._merge_down(rows, open_at, left)

    def _merge_down(self, rows: dict[str, list[str]], open_at: dict[str, int], left: int) -> None:
        third = [label for label in rows if label[0] in "（("]
        at = left + self.layout.depth - 2
        if third and self.layout.depth > 2:
            self.merge(open_at["三"], left, open_at["三"] + len(third) - 1, left)
        for parent, row in open_at.items():
            if parent != "三":
                size = sum(label.startswith(f"{parent}|") for label in rows)
                self.merge(row, at, row + size - 1, at)

    def disputes(self, given: dict[str, list[str]]) -> None:
        left = self.layout.left
        if self.layout.disputes_in_rows:
            names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
            for number, text in enumerate(["类别", *names]):
                self.page.put(self.row, left + number, text)
            self.row += 1
            for label, values in given.items():
                self.page.put(self.row, left, label)
                for number, raw in enumerate(values):
                    self.value(f"{DISPUTES[label]}.{RESULTS[number]}", left + 1 + number, raw)
                self.row += 1
            return
        top = self.row
        self.page.put(top, left, "行政复议")
        self.merge(top, left, top, left + 4)
        self.page.put(top, left + 5, "行政诉讼")
        self.merge(top, left + 5, top, left + 14)
        for number, text in enumerate(("未经复议直接起诉", "复议后起诉")):
            self.page.put(top + 1, left + 5 + 5 * number, text)
            self.merge(top + 1, left + 5 + 5 * number, top + 1, left + 9 + 5 * number)
        names = ("结果维持", "结果纠正", "其他\n结果", "尚未审结", "总计")
        for number in range(15):
            upper = number < 5 and self.layout.merged
            self.page.put(top + 1 if upper else top + 2, left + number, self.layout.head(names[number % 5]))
            if upper:
                self.merge(top + 1, left + number, top + 2, left + number)
        self.row = top + 3
        if self.layout.index_row:
            for number in range(15):
                self.page.put(self.row, left + number, number + 1)
            self.row += 1
        for group, (label, values) in enumerate(given.items()):
            for number, raw in enumerate(values):
                self.value(f"{DISPUTES[label]}.{RESULTS[number]}", left + 5 * group + number, raw)
        self.row += 1


def lay_out(name: str, layout: Layout = Layout(), **changes: Any) -> Laid:
    """A published filing as worksheets; `changes` replace its unit, year or matrix."""
    filing = {**PUBLISHED[name], **changes}
    press = Press(layout, "年度报告")
    unit = filing.get("unit", "某镇")
    press.line(f"{unit}{filing['year']}年政府信息公开工作年度报告")
    press.line("二、主动公开政府信息情况")
    heads = HEADS[filing["form"]]
    for article, block in filing["matrix"].get("二", {}).items():
        number = article[article.index("（") + 1]
        press.small(article, block["cols"], block["rows"], heads[number])
    if "三" in filing["matrix"]:
        press.new_sheet("申请")
        press.line("三、收到和处理政府信息公开申请情况")
        press.matrix(filing["matrix"]["三"]["cols"], filing["matrix"]["三"]["rows"])
    if "四" in filing["matrix"]:
        press.new_sheet("复议诉讼")
        press.line("四、政府信息公开行政复议、行政诉讼情况")
        press.disputes(filing["matrix"]["四"])
    return press.laid
