"""Three townships that file both forms in their own ways, one of them the statistics form alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from consolidator.inbox import Campaign
from consolidator.model import Consolidation, Period
from consolidator.pipeline import Request, run
from tests.formats import save
from tests.platform.tables import FIGURES, Layout, alone, filed_by, on_one_sheet, sound, statistics, table

if TYPE_CHECKING:
    from pathlib import Path

    from tests.filings import Book

UNITS = ("姚伏镇", "崇岗镇", "陶乐镇")


def write(folder: Path, **books: Book) -> Path:
    """The books as workbooks of these names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, book in books.items():
        (folder / f"{name}.xlsx").write_bytes(save(book, "xlsx"))
    return folder


def consolidate(folder: Path, **settings: object) -> Consolidation:
    """A run over the folder in this process."""
    campaign = Campaign(county="平罗县", **settings)  # type: ignore[arg-type]
    return run(Request(folder, campaign, jobs=0))


def three_townships(root: Path) -> Consolidation:
    """姚伏镇 as published on one sheet; 崇岗镇 in two files, the platform table without fault; 陶乐镇 without one."""
    neighbour = table(Layout(corner="平台类别", top=2), sound(wechat_remark="咨询13912345678"))
    write(
        root / "in",
        姚伏镇=on_one_sheet()[0],
        崇岗镇统计表=statistics("平罗县崇岗镇", {**FIGURES, "A1": 600}),
        崇岗镇平台表=filed_by("平罗县崇岗镇", alone(neighbour)),
        陶乐镇=statistics("平罗县陶乐镇"),
    )
    roster = root / "roster.csv"
    rows = [f"0{number},{name}" for number, name in enumerate(UNITS, start=1)]
    roster.write_text("\n".join(["单位代码,单位名称", *rows]), encoding="utf-8")
    return consolidate(root / "in", roster=roster, period=Period(2016))
