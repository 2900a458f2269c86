"""The sample county's figures of 2024, as `values.csv` of that year's run: what the reports of 2025 carry on from.

Consistent with 2025 but for two things on purpose: 县教育局 carries over a case that 2024 did not carry forward, and
县自然资源局's documents in force do not follow from those of the year before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sample_workbooks.report import LABELS, PEOPLE, Report
from tests.annual.pages import lay_out
from tests.builders import letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = (
    *("unit_code", "unit_name", "form", "period", "indicator", "value"),
    *("raw", "file", "sheet", "cell", "how"),
)
NOT_CARRIED, NOT_IN_FORCE = "县教育局", "县自然资源局"


def previous_values(reports: Sequence[Report]) -> Iterator[Sequence[str]]:
    """The header, then every value of every unit that filed this form for 2025."""
    yield COLUMNS
    for report in reports:
        if report.old:
            continue
        figures = figures_2024(report)
        file = f"{report.name}2024.xlsx"
        for code, (sheet, row, column) in _places().items():
            value = figures[code]
            yield (
                *(report.code, report.name, "annual-report-2021", "2024", code, value),
                *(value, file, sheet, f"{letters(column)}{row}", "label"),
            )


def figures_2024(report: Report) -> dict[str, str]:
    """A year like 2025 with fewer results; what it carried forward is what 2025 carried over."""
    now = report.figures()
    found = dict.fromkeys(now, "0")
    issued, repealed, in_force = report.documents
    found["P12.in_force"] = str(in_force - issued + repealed + (report.name == NOT_IN_FORCE))
    found["P12.issued"] = str(min(1, int(found["P12.in_force"])))
    for code in ("P51.decisions", "P61.decisions", "P62.decisions"):
        found[code] = str(int(now[code]) * 9 // 10)
    found["P81.amount"] = "41.2" if report.fees != "0" else "0"
    for person in PEOPLE:
        forward = 0 if report.name == NOT_CARRIED else int(now[f"Q2.{person}"])
        results = {row: int(now[f"{row}.{person}"]) // 2 for row in LABELS if row.startswith("Q3") and row != "Q37"}
        column = {**dict.fromkeys(LABELS, 0), **results, "Q37": sum(results.values()), "Q4": forward}
        column["Q1"] = column["Q37"] + forward
        found |= {f"{row}.{person}": str(count) for row, count in column.items()}
    for row in LABELS:
        found[f"{row}.tot"] = str(sum(int(found[f"{row}.{person}"]) for person in PEOPLE))
    return found


def _places() -> dict[str, tuple[str, int, int]]:
    return lay_out("2021m_测试市_杭州样式_2025").places
