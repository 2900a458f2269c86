"""A made-up county that files annual reports: inboxes of workbooks, built by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.annual.pages import PUBLISHED, Layout, lay_out
from tests.builders import Book
from tests.formats import save

if TYPE_CHECKING:
    from pathlib import Path

    from tests.annual.pages import Laid

WHOLE = PUBLISHED["2021m_测试市_杭州样式_2025"]["matrix"]


def township_matrix(factor: int) -> dict[str, Any]:
    """The complete report scaled to `factor` / 100, relations kept: whole numbers, no government rules."""
    return {
        "二": {
            article: {
                "cols": block["cols"],
                "rows": [
                    [label, *("0" if label == "规章" else str(int(value) % 90 + factor) for value in values)]
                    for label, *values in block["rows"]
                ],
            }
            for article, block in WHOLE["二"].items()
        },
        "三": {
            "cols": WHOLE["三"]["cols"],
            "rows": {label: [str(int(v) * factor) for v in values] for label, values in WHOLE["三"]["rows"].items()},
        },
        "四": {label: [str(int(v) * factor) for v in values] for label, values in WHOLE["四"].items()},
    }


def file_report(folder: Path, unit: str, laid: Laid, kind: str = "xlsx") -> None:
    """Save a laid-out report into an inbox under the unit's name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{unit}.{kind}").write_bytes(save(Book(laid.pages, laid.pages[0].name, {}, {}), kind))


def small_county(folder: Path, year: int = 2023) -> dict[str, Laid]:
    """Three sound reports in three layouts and formats; what stands in each."""
    layouts = {
        "甲镇": Layout(),
        "乙镇": Layout(depth=1, merged=False, sheets=True),
        "丙乡": Layout(disputes_in_rows=True),
    }
    filed = {}
    for number, (unit, layout) in enumerate(layouts.items(), start=1):
        laid = lay_out(
            "2021m_测试市_杭州样式_2025", layout, unit=f"平罗县{unit}", year=year, matrix=township_matrix(number)
        )
        file_report(folder, unit, laid, ("xlsx", "xls", "ods")[number - 1])
        filed[unit] = laid
    return filed


def old_tables(folder: Path, unit: str, year: int) -> None:
    """A report of `year` on the tables of 2019."""
    file_report(folder, unit, lay_out("2019m_中村乡_2020", unit=f"平罗县{unit}", year=year))
