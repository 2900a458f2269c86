"""A made-up county that files annual reports: inboxes of workbooks, built by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.annual.pages import HEADS, PUBLISHED, Layout, Press, lay_out
from tests.builders import Book
from tests.formats import save

if TYPE_CHECKING:
    from collections.abc import Collection
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


def matrix_of_2019(factor: int = 1) -> dict[str, Any]:
    """The same report's chapter 三 as the tables of 2019 have it: 其他处理 is one row."""
    rows: dict[str, list[str]] = {}
    for label, values in township_matrix(factor)["三"]["rows"].items():
        if label.startswith("（七）"):
            rows["（六）其他处理"] = ["0"] * 7
        if not label.startswith("（六）其他处理|"):
            rows[label] = values
    for number in range(7):  # what is left of the results, so that the total is theirs
        rows["（六）其他处理"][number] = str(
            int(rows["（七）总计"][number])
            - sum(int(values[number]) for label, values in rows.items() if label[0] == "（" and "总计" not in label)
        )
    return {"cols": WHOLE["三"]["cols"], "rows": rows}


def tables_of_both(
    old: Collection[str], *, matrix: bool = False, unit: str = "平罗县丁镇", year: int = 2023, sheets: bool = False
) -> Laid:
    """A report whose articles `old` of chapter 二, and perhaps its `matrix`, are on the tables of 2019."""
    earlier, now = PUBLISHED["2019m_中村乡_2020"]["matrix"]["二"], township_matrix(1)
    press = Press(Layout(sheets=sheets), "年度报告")
    press.line(f"{unit}{year}年政府信息公开工作年度报告")
    press.line("二、主动公开政府信息情况")
    for article, block in now["二"].items():
        form = "annual-report-2019" if article in old else "annual-report-2021"
        chosen = earlier[article] if article in old else block
        press.small(article, chosen["cols"], chosen["rows"], HEADS[form][article[article.index("（") + 1]])
    chapter = matrix_of_2019() if matrix else now["三"]
    press.new_sheet("申请")
    press.line("三、收到和处理政府信息公开申请情况")
    press.matrix(chapter["cols"], chapter["rows"])
    press.new_sheet("复议诉讼")
    press.line("四、政府信息公开行政复议、行政诉讼情况")
    press.disputes(now["四"])
    return press.laid


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
