"""Build `sample_workbooks/county-2025/`: a county's annual reports of 2025, townships and bureaus, and what is expected.

Run from the project's folder: `python -m sample_workbooks.build_county_2025 [FOLDER]`. The same files every time.
"""

from __future__ import annotations

import csv
import io
import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from sample_workbooks.expectation import file_lines, finding_lines, toml_list, write_all
from sample_workbooks.previous_2024 import previous_values
from sample_workbooks.report import FORM
from sample_workbooks.reports_2025 import COUNTY, FILED, OWN, REGISTER
from tests.annual.pages import lay_out
from tests.builders import Book, letters
from tests.filings import Page
from tests.formats import save

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.annual.pages import Laid

HERE = Path(__file__).resolve().parent / "county-2025"
BY_HAND = {
    "Q1.tot": "32",  # 花马池 7 + 大水坑 2 + 惠安堡 2 + 教育 5 + 自然资源 14 + 审批 2
    "Q4.tot": "3",  # 1 + 0 + 0 + 0 + 2 + 0
    "L1.total": "4",  # 1 + 3
    "P12.in_force": "59",  # 9 + 4 + 6 + 12 + 21 + 7
    "P51.decisions": "5535",  # 31 + 12 + 8 + 46 + 318 + 5120
    "P81.amount": "43.78",
}
"""County totals of a few figures, added up by hand over the accepted reports."""
CAMPAIGN = f"""\
# 一次汇总的设置。命令行上写的优先于这里写的。
county = "{COUNTY}"
period = "2025"
forms = ["annual-report-2021"]
roster = "roster.xlsx"

# 报告日期不晚于这一天（不写时为次年 1 月 31 日）。
deadline = "2026-01-20"

# 合计算哪些单位："accepted" 只算审核通过的；"received" 算全部读得出的。
totals = "accepted"

# 文字部分："expected" 有则审核，全无则提示；"required" 必须有；"optional" 不过问。
chapters = "expected"

# 本级自己的汇总表：不计入合计，只与各单位之和比较。
county_report = "{OWN}"
"""


def build(folder: Path) -> None:
    """Write the whole sample county under `folder`."""
    write_all(folder, contents())


def contents() -> Iterator[tuple[str, bytes]]:
    """Every file of the sample county: its path under the county's folder, and its bytes."""
    laid = {report.file: report.laid() for report in FILED}
    for report in FILED:
        yield f"inbox/{report.file}", workbook(laid[report.file], report.kind)
    yield f"inbox/{OWN}", workbook(own_report(), "xlsx")
    yield "roster.xlsx", save(roster(), "xlsx")
    yield "campaign.toml", CAMPAIGN.encode()
    yield "expected.toml", expected_toml(laid).encode()
    yield "README.md", readme().encode()
    yield "previous/data/values.csv", values_csv()


def workbook(laid: Laid, kind: str) -> bytes:
    """The report as a file."""
    return save(Book(laid.pages, laid.pages[0].name, {}, {}), kind)


def own_report() -> Laid:
    """The county's own report: the sum of all that was filed on the right tables, as typed in its office."""
    filed = [report.figures() for report in FILED if not report.old and report.year == 2025]
    sums = {code: f"{sum(Decimal(figures[code]) for figures in filed):f}" for code in filed[0]}
    whole = FILED[0].matrix(sums)
    return lay_out(FORM["name"], unit=f"{COUNTY}人民政府", year=2025, matrix=whole)


def roster() -> Book:
    """The register of reporting units, as the county office keeps it."""
    page = Page("名录", widths={1: 12, 2: 20, 3: 20, 4: 12})
    for column, header in enumerate(("单位代码", "单位名称", "别名", "类别"), start=1):
        page.put(1, column, header, "header")
    for row, entry in enumerate(REGISTER, start=2):
        for column, value in enumerate(entry, start=1):
            page.put(row, column, value or None, "label")
    return Book([page], page.name, {}, {})


def totals() -> dict[str, str]:
    """The county's total of each of the 200 figures over the accepted reports, as plain decimal text."""
    accepted = [report.counted() for report in FILED if report.status == "accepted"]
    sums = {
        code: f"{sum((Decimal(figure) for figures in accepted if (figure := figures[code]) is not None), Decimal(0)):f}"
        for code in accepted[0]
    }
    wrong = {code: (sums[code], value) for code, value in BY_HAND.items() if sums[code] != value}
    if wrong:
        msg = f"totals differ from those added up by hand: {wrong}"
        raise ValueError(msg)
    return sums


def expected_toml(laid: dict[str, Laid]) -> str:
    """`expected.toml`: units, `[[file]]` with status, `[[finding]]` with code and cells, `[totals]`."""
    parts = ["# Written by sample_workbooks/build_county_2025.py. What a right run must say of this county.", ""]
    parts += ["[coverage]", f"required = {len(REGISTER)}", 'missing = ["15"]']
    parts.append(f"consolidated = {sum(report.status == 'accepted' for report in FILED)}")
    statuses = {report.file: (report.code, report.status) for report in FILED} | {OWN: ("", "ignored")}
    parts += file_lines(statuses)
    for report in FILED:
        for fault in report.faults:
            parts += finding_lines(report.file, report.code, fault.code, fault.case, fault.severity)
            parts.append(f"indicators = {toml_list(fault.indicators)}")
            if fault.part:
                parts.append(f"cells = {toml_list(_cell(laid[report.file], code) for code in fault.indicators)}")
    parts += [*finding_lines(OWN, "", "K06", "incomplete", "info"), "indicators = []"]
    parts += [*finding_lines("", "15", "K01", "", "hard"), "indicators = []", "cells = []"]
    parts += ["", "[totals]", *(f'"{code}" = "{value}"' for code, value in totals().items())]
    return "\n".join(parts) + "\n"


def _cell(laid: Laid, code: str) -> str:
    _, row, column = laid.places[code]
    return f"{letters(column)}{row}"


def values_csv() -> bytes:
    """`values.csv` of the year before, as a run of that year left it."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerows(previous_values(FILED))
    return b"\xef\xbb\xbf" + target.getvalue().encode()


def readme() -> str:
    """The county's README: what each file proves."""
    rows = [(report.file, report.status, report.proves) for report in FILED]
    rows.append(
        (OWN, "ignored", "本级自己的汇总表（`county_report`）：不计入合计；还有单位没有计入，暂不与各单位之和比较")
    )
    rows.append(("（县民政局）", "missing", "名录里有，收件夹里没有：未报"))
    table = "\n".join(f"| `{file}` | {status} | {proves} |" for file, status, proves in sorted(rows))
    return README.format(table=table, files=len(rows) - 1, units=len(REGISTER))


README = """\
# 示例县：盐池县 2025 年度

政府信息公开工作年度报告的表格（2021 年表式）和文字，乡镇街道与县直单位各报各的。`inbox/` 里有 {files} 个文件；`roster.xlsx` 是
填报单位名录（{units} 个单位，“类别”分乡镇街道、县直单位），`campaign.toml` 是本次汇总的设置，`expected.toml` 列出每个文件的结论、每处
差错所在的单元格和合计，测试据此核对；`previous/data/values.csv` 是上一年（2024）的数，供与上年比较。

地名是真的，数字、文字和日期都是编造的。全部由 `sample_workbooks/build_county_2025.py` 生成，请改脚本，不要直接改文件。

The annual reports of a county's townships and bureaus: tables and prose. The places are real, everything else is invented.
`expected.toml` says what a right run must find; `previous/` holds the figures of the year before. Built by the script; do not
edit by hand.

| 文件 | 结论 | 说明什么 |
|---|---|---|
{table}

运行：`consolidator run sample_workbooks/county-2025/inbox --campaign sample_workbooks/county-2025/campaign.toml`
"""


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
