"""What one file of the sample county is: whose, how it is laid out, what is wrong with it on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sample_workbooks.printed_form import CODES, NUMBERS, PRINTED
from tests.builders import Filing, Formula, Layout, Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.filings import Value

SENTENCE = "主要侧重{0}、{1}等几个方面，其中{0}占比{2}%、{1}占比{3}%。"


@dataclass(frozen=True)
class Fault:
    """A fault planted on purpose: the finding expected for it, and what a person sees.

    `indicators` name the rows; the finding must stand at their cells: the `value`, or the `unit` of measure. An empty
    `part` means that no one cell is at fault (a deleted row, a header).
    """

    code: str
    severity: str
    indicators: tuple[str, ...] = ()
    case: str = ""
    part: str = "value"


@dataclass(frozen=True)
class Township:
    """One filing of the sample county.

    `values` are the true figures by row code, rows not named are 0; `typed` is what stands in the cell where that is
    something else. `labels` and `units` are misprints on the form, `dropped` are rows deleted by the township.
    """

    code: str
    name: str
    file: str
    values: Mapping[str, int | float]
    proves: str
    filer: str = ""
    period: str = "（2016年度）"
    layout: Layout = field(default_factory=Layout)
    typed: Mapping[str, Value] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    topics: tuple[str, str, int, int] | None = None
    sign_off: Mapping[str, str] = field(default_factory=dict)
    status: str = "accepted"
    faults: tuple[Fault, ...] = ()
    damage: float = 1.0

    @property
    def kind(self) -> str:
        """The format, by the file's suffix."""
        return self.file.rpartition(".")[2]

    @property
    def rows(self) -> tuple[str, ...]:
        """Codes of the rows that stand on this form, in order."""
        return tuple(code for code in CODES if code not in self.dropped)

    def figure(self, code: str) -> int | float | None:
        """The true figure of a numeric row; None where the township left the cell blank."""
        if code in self.typed and self.typed[code] is None:
            return None
        return self.values.get(code, 0)

    def filing(self) -> Filing:
        """The form as this township printed and filled it."""
        lines = tuple(self._line(code, level, label, unit) for code, level, label, unit in PRINTED if code in self.rows)
        return Filing(lines, filer=self.filer or f"平罗县{self.name}", period=self.period, sign_off=self.sign_off)

    def _line(self, code: str, level: int, label: str, unit: str) -> Line:
        printed = self.units.get(code, unit)
        return Line(self.labels.get(code, label), printed, self._typed(code), self.remarks.get(code, ""), level)

    def _typed(self, code: str) -> Value:
        if code in self.typed:
            return self.typed[code]
        if code in NUMBERS:
            return self.values.get(code, 0)
        if code == "C4":
            return "、".join(self.topics[:2]) if self.topics else "无"
        if code == "C4t" and self.topics and code not in self.labels:
            return SENTENCE.format(*self.topics)
        return None


def signed(head: str, reviewer: str, preparer: str, number: int) -> dict[str, str]:
    """The five closing fields, filled with made-up names and a telephone number that cannot exist."""
    return {
        "单位负责人": head,
        "审核人": reviewer,
        "填报人": preparer,
        "联系电话": f"0952-0000{number:03d}",
        "填报日期": f"2017年1月{number % 12 + 3}日",
    }


def adds(total: str, first: str, last: str, value: int) -> dict[str, Value]:
    """A total typed as a SUM formula over the rows from `first` to `last`, with its stored result."""
    return {total: Formula(f"SUM({{{CODES.index(first)}}}:{{{CODES.index(last)}}})", value)}


def figures(text: str) -> dict[str, int | float]:
    """Figures by row code, from `A1=412 H4=3.5`."""
    pairs = (pair.split("=") for pair in text.split())
    return {code: float(value) if "." in value else int(value) for code, value in pairs}
