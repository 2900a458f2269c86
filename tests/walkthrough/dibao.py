"""The form of the walk-through: 农村居民最低生活保障情况统计月报, blank and as townships fill it in.

A form of a civil affairs office, not of the one that this program was first made for. Built by code; the definition is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.filings import Book, Page
from tests.formats import save

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.filings import Value

TITLE = "农村居民最低生活保障情况统计月报"
HEADS = ("指标名称", "计量单位", "本月数")
ROWS = (
    ("一、保障对象", "——", ""),
    ("（一）保障户数", "户", "households"),
    ("（二）保障人数", "人", "people"),
    ("其中：女性", "人", "women"),
    ("老年人", "人", "old"),
    ("未成年人", "人", "young"),
    ("重度残疾人", "人", "disabled"),
    ("二、本月变动", "——", ""),
    ("（一）本月新增人数", "人", "added"),
    ("（二）本月退出人数", "人", "removed"),
    ("1.收入超过标准", "人", "over"),
    ("2.死亡", "人", "dead"),
    ("3.其他原因", "人", "else"),
    ("三、保障资金", "——", ""),
    ("（一）资金支出", "万元", "spent"),
    ("（二）人均补助水平", "元/人·月", "level"),
)
SOUND: Mapping[str, Value] = {
    "households": 120, "people": 260, "women": 110, "old": 90, "young": 40, "disabled": 35, "added": 6, "removed": 4,
    "over": 2, "dead": 1, "else": 1, "spent": 9.1, "level": 350,
}  # fmt: skip


SIGNED = "单位负责人：王一　　填表人：李二　　联系电话：0000-0000000　　报出日期：2026年{month}月3日"
UNSIGNED = "单位负责人：　　　　填表人：　　　　联系电话：　　　　报出日期："


def page(unit: str = "", month: int | None = None, values: Mapping[str, Value] | None = None) -> Page:
    """The form on one worksheet; blank without a month, a unit and values."""
    sheet = Page("低保月报")
    sheet.put(1, 1, TITLE)
    sheet.put(2, 1, f"（2026年{month}月）" if month else "（　　　　年　　月）")
    sheet.put(3, 1, f"填报单位（盖章）：{unit}")
    sheet.put(3, 3, "表号：民保月1表")
    sheet.merges += [(1, 1, 1, 3), (2, 1, 2, 3), (3, 1, 3, 2)]
    for column, head in enumerate(HEADS, start=1):
        sheet.put(4, column, head)
    for row, (label, measure, key) in enumerate(ROWS, start=5):
        sheet.put(row, 1, label)
        sheet.put(row, 2, measure)
        sheet.put(row, 3, (values or {}).get(key))
    last = 5 + len(ROWS)
    sheet.put(last, 1, SIGNED.format(month=month + 1) if month else UNSIGNED)
    sheet.put(last + 1, 1, "注：本表由乡镇人民政府、街道办事处填报，每月5日前报送上月数据。")
    sheet.merges += [(last, 1, last, 3), (last + 1, 1, last + 1, 3)]
    sheet.widths |= {1: 44, 2: 12, 3: 14}
    return sheet


def write(path: Path, sheet: Page) -> None:
    """Save one worksheet in the format that the file's name tells."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(save(Book([sheet], sheet.name, {}, {}), path.suffix[1:]))


def office(folder: Path) -> None:
    """What lies on the desk: the blank form, the list of units, what came for July and for August."""
    write(folder / "农村低保月报.xlsx", page())
    units = ("甲镇", "乙乡", "丙镇", "丁乡", "戊镇")
    lines = ["单位代码,单位名称,别名", *(f"{n},{unit},平川县{unit}人民政府" for n, unit in enumerate(units, start=1))]
    (folder / "名册.csv").write_text("\n".join((*lines, "")), encoding="utf-8")
    _july(folder / "7月收件")
    _august(folder / "8月收件")


def _july(inbox: Path) -> None:
    """Four of five townships: two sound ones, one on the form of June, one with three faults."""
    write(inbox / "甲镇.xlsx", page("平川县甲镇人民政府", 7, SOUND))
    write(inbox / "乙乡低保7月.xls", page("平川县乙乡人民政府", 7, {**SOUND, "people": 250, "spent": 8.75}))
    write(inbox / "丙镇.ods", page("平川县丙镇人民政府", 6, SOUND))
    faults = {"women": 300, "over": 3, "spent": 91000}
    write(inbox / "丁乡.xlsx", page("平川县丁乡人民政府", 7, {**SOUND, **faults}))


def _august(inbox: Path) -> None:
    """Two townships: one whose people do not follow from those of July, one that sent July's form again."""
    write(inbox / "甲镇.xlsx", page("平川县甲镇人民政府", 8, {**SOUND, "people": 270, "spent": 9.45}))
    write(inbox / "乙乡.xls", page("平川县乙乡人民政府", 7, {**SOUND, "people": 250, "spent": 8.75}))
